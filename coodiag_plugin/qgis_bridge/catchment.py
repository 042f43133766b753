"""Catchment zones of the structure's sites from its located clients (METHODS §1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer

from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from .catchment_input import (
    TOGETHER,
    assign,
    client_weights,
    kilometres_by_air,
    minutes_by_road,
    site_names,
)
from .catchment_shapes import ZoneDrawer
from .communes import CommuneMap, read_communes
from .layers import INTEGER, REAL, TEXT, memory_layer
from .shapes import metric_crs, overlay, point_table, union
from .zone_words import catchment_label, decimal

if TYPE_CHECKING:
    import numpy as np

    from ..zones.catchment import Zone
    from ..zones.graph import RoadGraph

ORDERS = {
    "time": "temps de trajet",
    "distance": "distance à vol d’oiseau",
    "commune": "part des communes",
}
SHAPES = ("communes", "concave", "convex", "isochrone", "density")
_FIELDS = {
    "site": TEXT, "zone": TEXT, "threshold": REAL, "share": REAL, "clients": INTEGER,
    "status": TEXT, "reach": REAL, "unit": TEXT, "order": TEXT, "shape": TEXT, "weight": TEXT,
    "outliers": INTEGER, "unlinked": INTEGER, "label": TEXT, "note": TEXT,
}  # fmt: skip


@dataclass
class Catchment:
    """Zones of a run, and what became of each client.

    ``layer`` has one row per site and threshold. The arrays follow the rows of the clients:
    ``site`` (−1: none), ``cost`` to it (minutes, or km when there are no roads; NaN unknown) and
    ``state``: ``ranked``, ``no_place``, ``unlinked``, ``unreachable``, ``no_commune``,
    ``outlier``. They are about persons and stay out of shareable files.
    """

    layer: QgsVectorLayer
    site: np.ndarray
    cost: np.ndarray
    state: np.ndarray
    counts: dict[str, int] = field(default_factory=dict)


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
    progress: Progress,
) -> Catchment:
    """Zones that hold each share of the clients (or of ``weight``), per site and together.

    Clients go to the site named by ``site_field``, else to the nearest one, in minutes by road
    from the site when ``graph`` is given and ``order`` is not ``distance``, else in kilometres as
    the crow flies. ``order`` ranks them by that cost or by the share of their commune.
    ``outlier_km`` leaves out clients farther than this from their site; None applies the rule of
    quartiles on the logarithm, 0 leaves out none. ``bands`` gives each zone what it adds to the
    inner ones. ``generalise`` makes the result fit to be handed out: see :func:`.shapes.hull`;
    reaches are rounded up. A zone that adds 1 to ``min_count − 1`` clients keeps its row, without
    figure and without shape.
    """
    import numpy as np

    from ..zones.catchment import outliers

    _check(order, shape, communes, graph)
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
    names = site_names([row for row, kept in zip(site_rows, keep) if kept], site_field)
    places = places[keep]
    by_road = graph is not None and order != "distance"
    if by_road:
        cost, state = minutes_by_road(graph, places, points, progress)
    else:
        cost, state = kilometres_by_air(places, points)
    site, own = assign(cost, rows, site_field, names, progress)
    state[(state == "ranked") & ~np.isfinite(own)] = "unreachable"
    area = home = None
    if communes is not None:
        area = CommuneMap(read_communes(communes, crs, neighbours=True))
        home = area.homes(rows, points)
    if home is not None and (order == "commune" or shape == "communes"):
        state[(state == "ranked") & (home == "")] = "no_commune"
    away = np.full(len(rows), np.nan)
    has_site = site >= 0
    away[has_site] = np.hypot(*(points[has_site] - places[site[has_site]]).T)
    if outlier_km != 0:
        considered = np.where(state == "ranked", away, np.nan)
        cutoff = None if outlier_km is None else outlier_km * 1000
        state[outliers(considered, cutoff)] = "outlier"

    weights = client_weights(rows, weight, state, progress)
    counts = {key: int((state == key).sum()) for key in _STATES}
    _tell(counts, state, away, generalise, progress)
    drawer = ZoneDrawer(shape, points, weights, graph, places, area, home, generalise, progress)
    unit = "min" if by_road else "km"
    table = _Table(order, shape, weight, unit, min_count, generalise, bands, counts, drawer)
    groups = [(TOGETHER, np.arange(len(places)))]
    if len(places) > 1:
        groups += [(name, np.array([rank])) for rank, name in enumerate(names)]
    ranked = state == "ranked"
    found: list[tuple[dict[str, Any], QgsGeometry]] = []
    for name, members in groups:
        progress.check()
        rows_of = np.flatnonzero(ranked & np.isin(site, members))
        zones = _zones(rows_of, own, weights, home, order, thresholds)
        found += table.rows(name, zones, rows_of, members)
    layer = memory_layer("chalandise", _FIELDS, "MultiPolygon", crs, found)
    return Catchment(layer, site, np.where(np.isfinite(own), own, np.nan), state, counts)


_STATES = ("ranked", "no_place", "unlinked", "unreachable", "no_commune", "outlier")


def _check(
    order: str, shape: str, communes: QgsFeatureSource | None, graph: RoadGraph | None
) -> None:
    if order == "time" and graph is None:
        raise InputError(
            "Ranking clients by travel time needs a road layer. Give ROADS, or choose the order “distance”."
        )
    if shape == "isochrone" and (graph is None or order == "distance"):
        raise InputError(
            "The shape “isochrone” needs a road layer and the order “time” or “commune”. Give ROADS, or choose another shape."
        )
    if communes is None and (shape == "communes" or order == "commune"):
        raise InputError(
            "The communes are needed for this order or shape. Give COMMUNES, or choose the order “time” or “distance” and a hull."
        )


def _zones(
    rows: np.ndarray,
    cost: np.ndarray,
    weights: np.ndarray,
    home: np.ndarray | None,
    order: str,
    thresholds: Sequence[float],
) -> list[Zone]:
    """Zones of one group; their members are row numbers of the clients."""
    import numpy as np

    from ..zones.catchment import Zone, check_thresholds, cumulative, share_keys, zone_name

    if not len(rows) or not weights[rows].sum() > 0:
        nobody = np.empty(0, dtype=int)
        return [
            Zone(zone_name(rank), threshold, math.nan, nobody, math.nan)
            for rank, threshold in enumerate(check_thresholds(thresholds))
        ]
    keys = None
    if order == "commune" and home is not None:
        keys = share_keys(home[rows].astype(str), weights[rows])
    return [
        Zone(zone.name, zone.threshold, zone.share, rows[zone.members], zone.reach)
        for zone in cumulative(cost[rows], weights[rows], keys, thresholds)
    ]


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


@dataclass
class _Table:
    """Rows of the zones layer, with the rules on what may be shown."""

    order: str
    shape: str
    weight: str | None
    unit: str
    min_count: int
    generalise: bool
    bands: bool
    counts: dict[str, int]
    drawer: ZoneDrawer

    def rows(
        self,
        site: str,
        zones: list[Zone],
        clients: np.ndarray,
        sites: np.ndarray,
    ) -> list[tuple[dict[str, Any], QgsGeometry]]:
        """One row per zone. A zone that adds too few clients is neither counted nor drawn."""
        from ..zones.catchment import shown_counts

        shown = shown_counts([zone.count for zone in zones], self.min_count)
        drawn = self.drawer.draw(zones, shown, clients, sites)
        taken = QgsGeometry()
        result = []
        for zone, fits, (geometry, note) in zip(zones, shown, drawn):
            if self.bands and not geometry.isEmpty():
                geometry, whole = overlay(geometry, taken), geometry
                taken = union([part for part in (taken, whole) if not part.isEmpty()])
                if geometry.isEmpty():
                    note = "n’ajoute rien à la zone précédente"
            row = self._row(site, zone, fits, note)
            result.append((row, geometry))
        return result

    def _row(self, site: str, zone: Zone, fits: bool, note: str) -> dict[str, Any]:
        reach = zone.reach
        if self.generalise and math.isfinite(reach):
            reach = float(math.ceil(reach - 1e-9))
        known = fits and zone.count > 0
        # A share of people tells their number: it is hidden with it. A share of hours does not.
        share = zone.share if known or (self.weight and zone.count) else None
        return {
            "site": site,
            "zone": zone.name,
            "threshold": zone.threshold,
            "share": share,
            "clients": zone.count if fits else None,
            "status": "connu" if fits else "secret",
            "reach": reach if known else None,
            "unit": self.unit,
            "order": ORDERS[self.order],
            "shape": self.shape,
            "weight": self.weight or "nombre de clients",
            "outliers": self.counts["outlier"],
            "unlinked": self.counts["unlinked"] + self.counts["unreachable"],
            "label": catchment_label(
                zone.name, zone.threshold, share, reach if known else None, self.unit, self.weight
            ),
            "note": note
            if fits
            else f"moins de {decimal(self.min_count)} clients de plus : non montré",
        }
