"""Catchment zones of the structure's sites from its located clients (METHODS §1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer

from ..core.choices import CENTRES, CONCAVITY
from ..core.errors import InputError
from ..core.privacy import MIN_COUNT, is_few, suppressed_keys
from ..core.progress import Progress
from .catchment_groups import centres, costs_from, group_zones, site_groups
from .catchment_held import isopleth_zones
from .catchment_input import (
    STATES,
    Ground,
    assign,
    client_weights,
    cost_from,
    rank_clients,
    read_ground,
)
from .catchment_shapes import Group, ZoneDrawer
from .catchment_table import FIELDS, ZoneTable
from .layers import memory_layer
from .travel import MIDDLE_GAP, Travel, split
from .zone_words import TOGETHER, field_words

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from .catchment_table import Made as _Made


@dataclass
class Catchment:
    """Zones of a run, and what became of each client.

    ``layer`` has one row per site and threshold. The arrays follow the rows of the clients:
    ``site`` (−1: none), ``cost`` to it (minutes, or km when there are no roads; NaN unknown; of
    the commune's middle where zones are made of communes, in whole units if they may be shared)
    and ``state``: ``ranked``,
    ``no_place``, ``unlinked``, ``unreachable``, ``no_commune``, ``outlier``. They and ``ground``
    are about persons and stay out of shareable files. ``hidden``: sites with too few clients for
    anything about them to be told.
    """

    layer: QgsVectorLayer
    site: np.ndarray
    cost: np.ndarray
    state: np.ndarray
    counts: dict[str, int]
    ground: Ground
    weight: str | None = None
    min_count: int = MIN_COUNT
    generalise: bool = True
    hidden: frozenset[int] = field(default_factory=frozenset)


def catchment_layer(
    clients: QgsFeatureSource, sites: QgsFeatureSource, **options: Any
) -> QgsVectorLayer:
    """The zones of :func:`catchment` alone."""
    return catchment(clients, sites, **options).layer


def catchment(
    clients: QgsFeatureSource,
    sites: QgsFeatureSource,
    *,
    weight: str | None = None,
    site_field: str | None = None,
    thresholds: Sequence[float] = (60, 80, 95),
    order: str = "time",
    shape: str = "communes",
    outlier_km: float | None = None,
    communes: QgsFeatureSource | None = None,
    graph: RoadGraph | None = None,
    min_count: int = MIN_COUNT,
    generalise: bool = True,
    bands: bool = True,
    distance: str = "air",
    direction: str = "from",
    centre: str = "site",
    one_site: bool = False,
    each: bool = True,
    concavity: float = CONCAVITY,
    bandwidth: float | None = None,
    progress: Progress,
) -> Catchment:
    """Zones that hold each share of the clients (or of ``weight``), per site and together.

    Clients go to the site named by ``site_field``, else to the nearest one. They are ranked by
    minutes of road when ``graph`` is given, or by kilometres in the order ``distance`` (by road
    when ``distance`` is ``roads``, else as the crow flies), or by the share of their commune.
    Where zones are made of communes a client takes the cost of the middle of the commune (none
    where the site stands): whole communes enter, and what is drawn holds what is said. ``centre``
    ranks clients from their own centre in place of their site; ``direction`` tells the way of the
    trip. ``outlier_km`` leaves out clients farther than this from their site; None applies the
    rule of quartiles on the logarithm, 0 leaves out none. ``bands`` gives each zone what it adds
    to the inner ones; ``one_site`` gives each place to one site's zones (METHODS §1, split): a
    commune to the site of most of its clients, any other shape by the nearest site. Without
    ``each`` the zones of all sites together are the only ones, and nothing stands beside them.

    ``generalise`` makes the result fit to be handed out: see :func:`.shapes.hull`; reaches are
    rounded up, and what one could work out about 1 to ``min_count − 1`` clients is not told. A
    zone that adds so few keeps its row, without figure and without shape.
    """
    import numpy as np

    from ..zones.catchment import main_site, outliers

    _check(order, shape, communes, graph, distance)
    by_commune = shape == "communes"
    by_road = graph is not None and (order != "distance" or distance == "roads")
    travel = Travel(
        graph if by_road else None, "distance" if order == "distance" else "time", direction == "to"
    )
    if graph is None:
        travel = Travel(None, "distance", direction == "to")
    ground = read_ground(clients, sites, communes, travel, site_field, by_commune)
    rank_clients(ground, progress)
    ground.site = assign(ground.cost, ground.rows, site_field, ground.names, progress)
    state, home = ground.state, ground.home
    if home is not None and order == "commune":
        state[(state == "ranked") & (home == "")] = "no_commune"
    state[(state == "ranked") & ~np.isfinite(cost_from(ground.cost, ground.site))] = "unreachable"
    away = ground.away()
    if outlier_km != 0:
        considered = np.where(state == "ranked", away, np.nan)
        state[outliers(considered, None if outlier_km is None else outlier_km * 1000)] = "outlier"
    ground.weights = client_weights(ground.rows, weight, state, progress)
    counts = {key: int((state == key).sum()) for key in STATES}
    _tell(counts, state, away, generalise, progress)
    main = ground.site
    if home is not None and (by_commune or order == "commune"):
        main = main_site(home, np.where(ground.ranked, ground.site, -1), ground.weights)
        if one_site:
            _tell_moved(int((ground.ranked & (main != ground.site)).sum()), progress)
            ground.site = np.where(ground.ranked, main, ground.site)

    origins, cost = ground.places, ground.cost
    if centre != "site":
        origins = centres(ground, centre, generalise)
        cost = costs_from(ground, origins)
    groups = site_groups(ground, cost, origins, main, one_site, generalise)[: None if each else 1]
    hidden = _hidden_sites(ground, min_count) if generalise else frozenset()
    isopleth = shape == "density"
    by_share = order == "commune" and not isopleth
    words = "densité des clients" if isopleth else travel.words
    table = ZoneTable(
        ground, shape, "part des communes" if by_share else words, by_share, weight,
        min_count, generalise, bands, CENTRES[centre],
        "chaque lieu à un seul site" if one_site else "chevauchement", counts,
        field_words(clients, weight),
    )  # fmt: skip
    drawer = ZoneDrawer(
        shape, ground, origins, by_share, generalise, min_count, concavity, bandwidth, progress
    )
    least = min_count if generalise else 0
    made = []
    for group in groups:
        progress.check()
        zones = group_zones(group, ground, by_share, least, thresholds)
        # What an isopleth holds, hence what may be told of it, is known once it is drawn.
        drawn = [True] * len(zones) if isopleth else table.drawn(zones, _hides(group, hidden))
        made.append((group, zones, drawn, drawer.draw(zones, drawn, group)))
    if one_site and not by_commune and len(groups) > 1:
        made[1:] = _parted(made[1:], ground, origins, progress)
    if isopleth:
        made = [_as_drawn(parts, table, _hides(parts[0], hidden)) for parts in made]
    found = table.rows(made, hidden)
    layer = memory_layer("chalandise", FIELDS, "MultiPolygon", ground.crs, found)
    own = groups[0].cost
    return Catchment(
        layer, ground.site, np.where(np.isfinite(own), own, np.nan), state, counts, ground,
        weight, min_count, generalise, hidden,
    )  # fmt: skip


def _check(
    order: str,
    shape: str,
    communes: QgsFeatureSource | None,
    graph: RoadGraph | None,
    distance: str,
) -> None:
    if graph is None and (order == "time" or (order == "distance" and distance == "roads")):
        raise InputError(
            "Ranking clients by travel time needs a road layer. Give ROADS, or choose the order “distance”."
        )
    if shape == "isochrone" and (graph is None or (order == "distance" and distance != "roads")):
        raise InputError(
            "The shape “isochrone” needs a road layer and the order “time” or “commune”. Give ROADS, or choose another shape."
        )
    if communes is None and (shape == "communes" or order == "commune"):
        raise InputError(
            "The communes are needed for this order or shape. Give COMMUNES, or choose the order “time” or “distance” and a hull."
        )


def _hidden_sites(ground: Ground, min_count: int) -> frozenset[int]:
    """Sites of which nothing is told: their clients are few, or would give those away."""
    import numpy as np

    if len(ground.places) == 1:
        return frozenset()
    held = np.bincount(ground.site[ground.ranked], minlength=len(ground.places))
    hidden = suppressed_keys(dict(enumerate(held.tolist())), min_count)
    # All but the others: the hidden sites together are told, and must not be few themselves.
    while is_few(int(held[sorted(hidden)].sum()), min_count):
        more = [row for row in np.flatnonzero(held).tolist() if row not in hidden]
        if not more:
            break
        hidden.update(row for row in more if held[row] == held[more].min())
    return frozenset(hidden)


def _hides(group: Group, hidden: frozenset[int]) -> bool:
    """Whether nothing is told of a group: that of one hidden site."""
    return group.name != TOGETHER and bool(hidden.intersection(group.sites.tolist()))


def _as_drawn(made: _Made, table: ZoneTable, hide: bool) -> _Made:
    """Zones of isopleths by the clients inside; the shapes of those that may not be drawn go."""
    group, zones, _, shapes = made
    found = isopleth_zones(group, zones, [shape for shape, _ in shapes], table.ground)
    drawn = table.drawn(found, hide)
    kept = [item if fits else (QgsGeometry(), item[1]) for item, fits in zip(shapes, drawn)]
    return group, found, drawn, kept


def _parted(
    made: list[_Made], ground: Ground, origins: np.ndarray, progress: Progress
) -> list[_Made]:
    """The zones of each site without what lies nearer to another one."""
    import numpy as np

    rows = [[shape for shape, _ in shapes] for *_, shapes in made]
    boxes = [shape.boundingBox() for row in rows for shape in row if not shape.isEmpty()]
    if not boxes:
        return made
    box = np.array(
        [
            min(b.xMinimum() for b in boxes), min(b.yMinimum() for b in boxes),
            max(b.xMaximum() for b in boxes), max(b.yMaximum() for b in boxes),
        ]
    ) + np.array([-1000.0, -1000.0, 1000.0, 1000.0])  # fmt: skip
    reach = max(
        (zone.reach for _, zones, *_ in made for zone in zones if math.isfinite(zone.reach)),
        default=0.0,
    )
    own = ground.travel.territories(origins, reach, box, progress, MIDDLE_GAP)
    cut = split(rows, own)
    return [
        (group, zones, drawn, [(shape, note) for shape, (_, note) in zip(row, shapes)])
        for (group, zones, drawn, shapes), row in zip(made, cut)
    ]


def _tell_moved(moved: int, progress: Progress) -> None:
    if moved:
        progress.say(
            "{count} clients live in a commune given to another site than theirs, and are counted with it.",
            count=moved,
        )


def _tell(
    counts: dict[str, int],
    state: np.ndarray,
    away: np.ndarray,
    generalise: bool,
    progress: Progress,
) -> None:
    """Counts of the clients by what became of them; outliers by row only in a private run."""
    import numpy as np

    if not counts["ranked"]:
        raise InputError(
            "No client takes part in the catchment: {no_place} have no point, {unlinked} lie far from any road, {unreachable} cannot be reached, {no_commune} lie outside the communes and {outlier} are outliers.",
            **counts,
        )
    progress.say(
        "Catchment: {ranked} clients ranked, {no_place} without a point, {unlinked} far from any road, {unreachable} out of reach of their site, {no_commune} outside the communes, {outlier} outliers left out.",
        **counts,
    )
    if counts["outlier"] and not generalise:
        rows = np.flatnonzero(state == "outlier")
        progress.warn(
            "Outliers left out (row: km to the site): {rows}.",
            rows=", ".join(f"{row + 1}: {away[row] / 1000:.0f}" for row in rows),
        )


__all__ = ["TOGETHER", "Catchment", "catchment", "catchment_layer"]
