"""Who is ranked together and from where: centres of the clients, groups of sites, their zones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..core.errors import InputError
from .catchment_input import Ground, cost_from
from .catchment_shapes import Group
from .shapes import GENERAL_GRID
from .travel import MIDDLE_GAP
from .zone_words import TOGETHER

if TYPE_CHECKING:
    import numpy as np

    from ..zones.catchment import Zone


def centres(ground: Ground, centre: str, generalise: bool) -> np.ndarray:
    """Centre of the ranked clients of each site; the site itself where it has none with a point.

    ``generalise``: brought to the middle of a 500 m square, as a median may be a client's place.
    """
    import numpy as np

    from ..zones.dispersion import median_centre

    result = ground.places.copy()
    located = np.isfinite(ground.points).all(axis=1) & ground.ranked & (ground.weights > 0)
    for row in range(len(result)):
        own = located & (ground.site == row)
        if not own.any():
            continue
        points, weights = ground.points[own], ground.weights[own]
        if centre == "median":
            result[row] = median_centre(points, weights)
        else:
            result[row] = (points * weights[:, None]).sum(axis=0) / weights.sum()
        if generalise:
            result[row] = (np.floor(result[row] / GENERAL_GRID) + 0.5) * GENERAL_GRID
    return result


def costs_from(ground: Ground, origins: np.ndarray) -> np.ndarray:
    """Cost (origins, clients) from the centres; refuses a centre that no road serves."""
    import numpy as np

    if ground.by_commune:
        rows = ground.commune_rows
        costs = ground.commune_costs(origins)
        cost = np.where(rows >= 0, costs[:, np.maximum(rows, 0)], np.inf)
    else:
        cost = ground.travel.costs(origins, ground.points, MIDDLE_GAP)[0]
    own = cost_from(cost, ground.site)
    lost = ground.ranked & ~np.isfinite(own)
    if lost.any():
        raise InputError(
            "The centre of the clients of {count} sites lies too far from the roads. Rank the clients from their site.",
            count=len(np.unique(ground.site[lost])),
        )
    return cost


def site_groups(
    ground: Ground,
    cost: np.ndarray,
    origins: np.ndarray,
    main: np.ndarray,
    one_site: bool,
    whole_units: bool,
) -> list[Group]:
    """All sites together, then each of several sites. ``main``: site of the client's commune.

    ``whole_units``: communes cost whole minutes or kilometres, rounded up, so that every commune
    within the reach that is told is in the zone.
    """
    import numpy as np

    everyone = np.arange(len(ground.places))
    ranked = np.flatnonzero(ground.ranked)
    communes = owner = None
    rows = np.empty(0, dtype=int)
    if ground.by_commune:
        communes = ground.commune_costs(origins)
        rows = ground.commune_rows
        owner = _owners(communes, rows[ranked], main[ranked])
        if whole_units:
            communes = np.ceil(communes - 1e-9)
        cost = np.where(rows >= 0, communes[:, np.maximum(rows, 0)], np.inf)
    site = ground.site
    whole = None
    if communes is not None and owner is not None:
        # A commune enters as one, though its clients may go to several sites.
        whole = communes[owner, np.arange(len(owner))]
        together = np.where(rows >= 0, whole[np.maximum(rows, 0)], np.inf)
    else:
        together = cost_from(cost, site)
    groups = [Group(TOGETHER, everyone, ranked, together, whole)]
    if len(everyone) == 1:
        return groups
    for rank, name in enumerate(ground.names):
        own = None
        if communes is not None and owner is not None:
            own = np.where(owner == rank, communes[rank], np.inf) if one_site else communes[rank]
        clients = ranked[site[ranked] == rank]
        groups.append(Group(name, np.array([rank]), clients, cost[rank], own))
    return groups


def _owners(communes: np.ndarray, rows: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Site of each commune: that of its clients, the nearest one where nobody is a client."""
    owner = communes.argmin(axis=0)
    known = site >= 0
    owner[rows[known]] = site[known]
    return owner


def group_zones(
    group: Group, ground: Ground, by_share: bool, least: int, thresholds: Sequence[float]
) -> list[Zone]:
    """Zones of one group; their members are row numbers of the clients.

    By share, communes of 1 to ``least − 1`` clients come last, and a zone that needs them has no
    share (NaN).
    """
    import numpy as np

    from ..zones.catchment import Zone, check_thresholds, cumulative, share_keys, zone_name

    rows, cost, weights = group.clients, group.cost, ground.weights
    if not len(rows) or not weights[rows].sum() > 0:
        nobody = np.empty(0, dtype=int)
        return [
            Zone(zone_name(rank), threshold, math.nan, nobody, math.nan)
            for rank, threshold in enumerate(check_thresholds(thresholds))
        ]
    keys = few = None
    if by_share and ground.home is not None:
        homes = ground.home[rows].astype(str)
        _, place, count = np.unique(homes, return_inverse=True, return_counts=True)
        few = count[place] < least
        keys = np.where(few, 1.0, share_keys(homes, weights[rows]))
    result = []
    for zone in cumulative(cost[rows], weights[rows], keys, thresholds):
        share = zone.share
        if few is not None and few[zone.members].any():
            share = math.nan
        result.append(Zone(zone.name, zone.threshold, share, rows[zone.members], zone.reach))
    return result
