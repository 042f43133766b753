"""What the catchment reads: clients, sites, communes; who goes where, and at what cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource

from ..core.errors import InputError
from ..core.progress import Progress
from .communes import CommuneMap, middles_of, read_communes
from .isochrones import SNAP_DISTANCE
from .shapes import metric_crs, need_points, point_table
from .travel import MIDDLE_GAP, Travel
from .zone_words import TOGETHER

if TYPE_CHECKING:
    import numpy as np

#: Share of the located clients that must be near a road for the roads to cover the territory.
_COVERED = 0.5
_NAMES = ("nom", "name", "libelle", "libellé", "label", "site", "id")
#: What may become of a client: in the zones, or left out and why.
STATES = ("ranked", "no_place", "unlinked", "unreachable", "no_commune", "outlier")


@dataclass
class Ground:
    """Clients and sites of a run, in ``crs``. Arrays of clients follow the rows of their layer.

    ``home`` is the commune of each client ("" in none; None without communes). ``cost`` (sites,
    clients) is that of the client, or of the middle of the commune where zones are made of
    communes; ``site`` is −1 for nobody's client.
    """

    crs: str
    rows: list[dict[str, Any]]
    points: np.ndarray
    names: list[str]
    places: np.ndarray
    travel: Travel
    area: CommuneMap | None
    home: np.ndarray | None
    by_commune: bool
    cost: np.ndarray = field(init=False)
    state: np.ndarray = field(init=False)
    site: np.ndarray = field(init=False)
    weights: np.ndarray = field(init=False)
    _from_sites: np.ndarray | None = field(init=False, default=None)

    @property
    def ranked(self) -> np.ndarray:
        return self.state == "ranked"

    @cached_property
    def middles(self) -> np.ndarray:
        """The middle of each commune (n, 2)."""
        assert self.area is not None
        return middles_of(self.area.communes)

    @cached_property
    def commune_rows(self) -> np.ndarray:
        """Row of the commune of each client, −1 for none."""
        import numpy as np

        assert self.area is not None and self.home is not None
        rank = {place.code: row for row, place in enumerate(self.area.communes)}
        return np.array([rank.get(code, -1) for code in self.home.tolist()], dtype=int)

    def commune_costs(self, origins: np.ndarray) -> np.ndarray:
        """Cost (origins, communes) of the middles; nothing for the commune where an origin stands."""
        import numpy as np

        if self._from_sites is not None and origins is self.places:
            return self._from_sites
        assert self.area is not None
        cost = self.travel.costs(origins, self.middles, MIDDLE_GAP)[0]
        rank = {place.code: row for row, place in enumerate(self.area.communes)}
        homes = self.area.homes([{}] * len(origins), origins)
        for row, code in enumerate(homes.tolist()):
            if code and np.isfinite(cost[row]).any():
                cost[row, rank[code]] = 0.0
        if origins is self.places:
            self._from_sites = cost
        return cost

    def away(self) -> np.ndarray:
        """Metres as the crow flies from each client to its site; the commune's middle stands in."""
        import numpy as np

        points = self.points
        if self.by_commune:
            rows = self.commune_rows
            middles = self.middles[np.maximum(rows, 0)]
            lost = ~np.isfinite(points).all(axis=1) & (rows >= 0)
            points = np.where(lost[:, None], middles, points)
        away = np.full(len(points), np.nan)
        has_site = self.site >= 0
        away[has_site] = np.hypot(*(points[has_site] - self.places[self.site[has_site]]).T)
        return away


def read_ground(
    clients: QgsFeatureSource,
    sites: QgsFeatureSource,
    communes: QgsFeatureSource | None,
    travel: Travel,
    site_field: str | None,
    by_commune: bool,
) -> Ground:
    """The layers as arrays; refuses sites or clients without any point."""
    import numpy as np

    need_points(clients)
    need_points(sites)
    graph = travel.graph
    crs = graph.crs if graph is not None else metric_crs(clients if communes is None else communes)
    rows, points = point_table(clients, crs, clients.sourceName())
    site_rows, places = point_table(sites, crs, sites.sourceName())
    keep = np.isfinite(places).all(axis=1)
    if not keep.any():
        raise InputError(
            "No site is located: the catchment needs at least one site with a point. Geocode the sites first."
        )
    if not np.isfinite(points).all(axis=1).any():
        raise InputError(
            "No client is located: the catchment needs points. Geocode the clients first."
        )
    area = home = None
    if communes is not None:
        area = CommuneMap(read_communes(communes, crs, neighbours=True))
        home = area.homes(rows, points)
    names = site_names([row for row, kept in zip(site_rows, keep) if kept], site_field)
    return Ground(crs, rows, points, names, places[keep], travel, area, home, by_commune)


def rank_clients(ground: Ground, progress: Progress) -> None:
    """Fill the cost of each client from each site, and its state as far as that tells it."""
    import numpy as np

    located = np.isfinite(ground.points).all(axis=1)
    if ground.by_commune:
        rows = ground.commune_rows
        costs = ground.commune_costs(ground.places)
        ground.cost = np.where(rows >= 0, costs[:, np.maximum(rows, 0)], np.inf)
        ground.state = np.where(
            rows >= 0, "ranked", np.where(located, "no_commune", "no_place")
        ).astype(object)
        reached = np.isfinite(ground.cost).any(axis=0)
        _check_cover(ground, np.isfinite(ground.cost).any(axis=1), reached, rows >= 0, progress)
        return
    ground.cost, sites, linked = ground.travel.costs(ground.places, ground.points)
    _check_cover(ground, sites, linked, located, progress)
    ground.state = np.where(located, np.where(linked, "ranked", "unlinked"), "no_place").astype(
        object
    )


def _check_cover(
    ground: Ground,
    sites: np.ndarray,
    linked: np.ndarray,
    considered: np.ndarray,
    progress: Progress,
) -> None:
    """Refuse roads that do not cover the territory; tell of sites that take no part."""
    if ground.travel.graph is None or not considered.any():
        return
    covered = (linked & considered).sum() / considered.sum()
    if not sites.any() or covered < _COVERED:
        raise InputError(
            "The roads do not cover the territory: {sites} of {all_sites} sites and {share} % of the located clients lie within {distance} m of a road. Give a larger road layer, or choose the order “distance”.",
            sites=int(sites.sum()),
            all_sites=len(sites),
            share=math.floor(100 * covered),
            distance=round(MIDDLE_GAP if ground.by_commune else SNAP_DISTANCE),
        )
    if not sites.all():
        progress.warn(
            "{count} sites lie farther than {distance} m from any road and take no part.",
            count=int((~sites).sum()),
            distance=round(MIDDLE_GAP if ground.by_commune else SNAP_DISTANCE),
        )


def assign(
    cost: np.ndarray,
    rows: list[dict[str, Any]],
    site_field: str | None,
    names: list[str],
    progress: Progress,
) -> np.ndarray:
    """Site of each client: the named one where there is one, else the nearest (−1: none reached)."""
    import numpy as np

    from ..zones.catchment import nearest_site

    site, _ = nearest_site(cost)
    if not site_field:
        return site
    known = {_key(name): rank for rank, name in enumerate(names)}
    named = np.array([known.get(_key(row.get(site_field)), -1) for row in rows], dtype=int)
    lost = int((named < 0).sum())
    if lost:
        progress.warn(
            "{count} clients name no known site in the field {field} and are given to the nearest one.",
            count=lost,
            field=site_field,
        )
    return np.where(named >= 0, named, site)


def cost_from(cost: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Cost of each client from its ``site``, inf without one."""
    import numpy as np

    own = cost[np.maximum(site, 0), np.arange(cost.shape[1])]
    return np.where(site >= 0, own, np.inf)


def _key(name: Any) -> str:
    return " ".join(str(name).casefold().split()) if name is not None else ""


def site_names(rows: list[dict[str, Any]], site_field: str | None) -> list[str]:
    """A distinct name for each site, from the field of its name, else its number."""
    by_lower = {key.lower(): key for key in (rows[0] if rows else {})}
    wanted = [site_field.lower()] if site_field else []
    column = next((by_lower[n] for n in (*wanted, *_NAMES) if n in by_lower), None)
    names: list[str] = []
    for rank, row in enumerate(rows, 1):
        name = str(row[column]) if column and row[column] is not None else f"Site {rank}"
        names.append(name if name not in (*names, TOGETHER) else f"{name} ({rank})")
    return names


def client_weights(
    rows: list[dict[str, Any]], weight: str | None, state: np.ndarray, progress: Progress
) -> np.ndarray:
    """Weight of each client, 1 without a field.

    As in the coverage: what is no number, or is below zero, counts for zero and is told.
    """
    import numpy as np

    if not weight:
        return np.ones(len(rows))
    given = [row.get(weight) for row in rows]
    values = np.array([v if isinstance(v, (int, float)) else np.nan for v in given], dtype=float)
    bad = ~((values >= 0) & np.isfinite(values))
    lost = int((bad & (state == "ranked")).sum())
    if lost:
        progress.warn(
            "{count} clients have no usable weight in the field {field}: they count for zero.",
            count=lost,
            field=weight,
        )
    return np.where(bad, 0.0, values)
