"""Threshold areas: around each site, the smallest ring that holds a target (METHODS §1)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsPoint, QgsVectorLayer, QgsWkbTypes

from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.progress import Progress
from .catchment_input import site_names
from .communes import middle_of
from .counts import check_counts
from .isochrones import SNAP_DISTANCE
from .layers import INTEGER, REAL, TEXT, memory_layer, records, transformer
from .shapes import metric_crs, need_points, point_table
from .travel import Travel, split
from .zone_log import tell_thresholds
from .zone_words import FORECAST, field_words, threshold_label

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.thresholds import Ring

FIELDS = {
    "site": TEXT, "variable": TEXT, "target": REAL, "value": REAL, "gap": REAL, "reach": REAL,
    "unit": TEXT, "mode": TEXT, "places": INTEGER, "status": TEXT, "kind": TEXT, "label": TEXT,
    "note": TEXT,
}  # fmt: skip
MET, NOT_MET = "atteint", "non atteint"
#: Distance between the places over which a polygon's units are spread, metres; and at most how many.
SPACING, MOST_PLACES = 250.0, 400


@dataclass(frozen=True, eq=False)
class Demand:
    """Places (n, 2) and how many units (people, households…) stand at each.

    ``lost``: features without a known figure or without geometry, which take no part.
    """

    places: np.ndarray
    counts: np.ndarray
    spread: bool
    lost: int


def threshold_layer(
    sites: QgsFeatureSource,
    demand: QgsFeatureSource,
    count: str,
    *,
    targets: Sequence[float],
    mode: str = "time",
    graph: RoadGraph | None = None,
    tolerance: float = 0.0,
    one_site: bool = False,
    spread: str = "surface",
    direction: str = "from",
    limit: float | None = None,
    progress: Progress,
) -> QgsVectorLayer:
    """One polygon per site and target, the largest first: the ring that holds so many units.

    ``count``: numeric field of ``demand`` (points, grid cells, communes). Rings are minutes (mode
    ``time``, needs ``graph``) or kilometres, of road when there is a graph, else as the crow
    flies; ``limit`` in the same unit ends the search. The ring is exact: places are ranked by
    cost and summed, ties together, see :func:`..zones.thresholds.grow` for ``tolerance``.
    ``one_site``: a place counts for its nearest site alone and zones do not overlap. A target
    that is not met keeps its row, with all that is there, and no shape.
    """
    import numpy as np

    from ..zones.thresholds import check_targets, grow, nearest_only

    _check(mode, graph, tolerance)
    check_counts([count])
    need_points(sites)
    need_points(demand)
    targets = check_targets(targets)
    crs = graph.crs if graph is not None else metric_crs(demand)
    site_rows, places = point_table(sites, crs, sites.sourceName())
    keep = np.isfinite(places).all(axis=1)
    if not keep.any():
        raise InputError("No site is located: give at least one site with a point.")
    names = site_names([row for row, kept in zip(site_rows, keep) if kept], None)
    places = places[keep]
    travel = Travel(graph, mode, direction == "to")
    wanted = read_demand(demand, count, crs, spread, travel)
    cost, linked, reached = travel.costs(places, wanted.places)
    _tell(wanted, count, linked, reached, progress)
    if limit is not None:
        cost = np.where(cost > limit, np.inf, cost)
    if one_site:
        cost = nearest_only(cost)
    rings = [grow(row, wanted.counts, targets, tolerance) for row in cost]
    shapes = _shapes(travel, places, rings, one_site, progress)
    table = []
    for rank in reversed(range(len(targets))):
        for row, name in enumerate(names):
            progress.check()
            attributes = _row(name, count, rings[row][rank], travel, wanted, bool(linked[row]))
            attributes["label"] = _label(field_words(demand, count) or count, attributes)
            table.append((attributes, shapes[row][rank]))
    layer = memory_layer("zones_seuil", FIELDS, "MultiPolygon", crs, table)
    tell_thresholds(layer, field_words(demand, count) or count, progress)
    return layer


def _check(mode: str, graph: RoadGraph | None, tolerance: float) -> None:
    if mode == "time" and graph is None:
        raise InputError(
            "A ring in minutes needs a road layer: give ROADS, or choose the mode distance."
        )
    if not 0 <= tolerance < 100:
        raise InputError("The tolerance must be a percentage from 0 to less than 100.")


def read_demand(
    source: QgsFeatureSource, count: str, crs: str, spread: str, travel: Travel
) -> Demand:
    """Places of demand: the points of a layer, or places over the surface of its polygons.

    ``surface`` spreads the units of a polygon evenly over places (one in 250 m × 250 m, at most
    400). With roads, those within 500 m of a road are brought to it and the others are left out:
    people live along the roads, not in a lake or deep in a forest. A polygon smaller than that,
    and ``middle``, put them at one point inside it.
    """
    import numpy as np

    from ..zones.reach import DOOR_DISTANCE

    if source.fields().indexFromName(count) < 0:
        raise InputError("The layer of demand has no field {field}.", field=count)
    to_metres = transformer(source.sourceCrs(), crs)
    crowds: list[np.ndarray] = []
    counts: list[float] = []
    lost = 0
    for row, shape in records(source):
        value = value_of(row.get(count), row.get(count + STATE_SUFFIX)).number
        if shape.isEmpty() or value is None or not math.isfinite(value) or value < 0:
            lost += 1
            continue
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        flat = moved.type() != QgsWkbTypes.GeometryType.PolygonGeometry
        crowds.append(_middle(moved) if flat or spread == "middle" else _scatter(moved))
        counts.append(value)
    if not counts:
        raise InputError(
            "No place of demand has a geometry and a known figure in the field {field}.",
            field=count,
        )
    sizes = np.array([len(crowd) for crowd in crowds])
    owner = np.repeat(np.arange(len(crowds)), sizes)
    points = np.concatenate(crowds)
    keep = np.ones(len(points), dtype=bool)
    many = sizes[owner] > 1
    if travel.graph is not None and many.any():
        doors = travel.snap(points, DOOR_DISTANCE)
        some = np.bincount(owner, doors.linked, len(sizes)) > 0
        keep = ~many | doors.linked | ~some[owner]
        points = np.where((many & doors.linked)[:, None], doors.foot, points)
    share = np.bincount(owner[keep], minlength=len(sizes))
    parts = np.array(counts)[owner[keep]] / share[owner[keep]]
    return Demand(points[keep], parts, bool((sizes > 1).any()), lost)


def _middle(shape: QgsGeometry) -> np.ndarray:
    import numpy as np

    polygon = shape.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    point = middle_of(shape) if polygon else shape.centroid().asPoint()
    return np.array([[point.x(), point.y()]])


def _scatter(shape: QgsGeometry) -> np.ndarray:
    """Places spread over a polygon, always the same ones; one point of its surface when none falls in.

    By the golden ratio in two dimensions (Roberts' R2 sequence): no rows that could run along a
    grid of streets.
    """
    import numpy as np

    box = shape.boundingBox()
    wanted = min(shape.area() / SPACING**2, MOST_PLACES)
    if wanted < 2:
        return _middle(shape)
    plastic = 1.32471795724474602596
    rank = np.arange(1, round(wanted * box.area() / shape.area()) + 1)
    spread = np.column_stack([rank / plastic, rank / plastic**2]) % 1.0
    places = spread * (box.width(), box.height()) + (box.xMinimum(), box.yMinimum())
    engine = QgsGeometry.createGeometryEngine(shape.constGet())
    engine.prepareGeometry()
    inside = np.array([engine.contains(QgsPoint(*place)) for place in places.tolist()])
    return places[inside] if inside.any() else _middle(shape)


def _tell(
    wanted: Demand, count: str, linked: np.ndarray, reached: np.ndarray, progress: Progress
) -> None:
    """How much demand there is, and what takes no part."""
    if not linked.any():
        raise InputError(
            "No site lies within {distance} m of a road. Check that the road layer covers the territory.",
            distance=round(SNAP_DISTANCE),
        )
    off = float(wanted.counts[~reached].sum())
    total = float(wanted.counts.sum())
    progress.say(
        "Demand: {total} in the field {field}, {off} of them too far from any road; {lost} features without a known figure or without geometry.",
        total=round(total),
        field=count,
        off=round(off),
        lost=wanted.lost,
    )
    if not linked.all():
        progress.warn(
            "{count} sites lie farther than {distance} m from any road and take no part.",
            count=int((~linked).sum()),
            distance=round(SNAP_DISTANCE),
        )


def _shapes(
    travel: Travel,
    places: np.ndarray,
    rings: list[list[Ring]],
    one_site: bool,
    progress: Progress,
) -> list[list[QgsGeometry]]:
    """Polygon of each ring, nested by site; empty where the target is not met."""
    import numpy as np

    result = []
    for rank, (place, row) in enumerate(zip(places, rings)):
        part = progress.part(rank / len(places), (rank + 1) / len(places))
        values = sorted({ring.reach for ring in row if ring.met})
        found: dict[float, QgsGeometry] = {}
        if values:
            drawn = travel.reaches(place[None], values, "each", part)[0]
            found = dict(zip(values, drawn))
        result.append([QgsGeometry(found.get(ring.reach, QgsGeometry())) for ring in row])
    if not one_site or len(places) == 1:
        return result
    reach = max((ring.reach for row in rings for ring in row if ring.met), default=0.0)
    boxes = [shape.boundingBox() for row in result for shape in row if not shape.isEmpty()]
    if not boxes:
        return result
    low = np.min([(box.xMinimum(), box.yMinimum()) for box in boxes], axis=0) - 1000
    high = np.max([(box.xMaximum(), box.yMaximum()) for box in boxes], axis=0) + 1000
    own = travel.territories(places, reach, np.r_[low, high], progress)
    return split(result, own)


def _row(
    site: str, variable: str, ring: Ring, travel: Travel, wanted: Demand, linked: bool
) -> dict[str, Any]:
    note = "unités en un point de chaque lieu"
    if wanted.spread:
        where = "sur la surface" if travel.graph is None else "le long des routes"
        note = f"unités réparties {where} de chaque lieu"
    return {
        "site": site,
        "variable": variable,
        "target": ring.target,
        "value": ring.value,
        "gap": round(ring.gap, 1),
        "reach": ring.reach,
        "unit": travel.unit,
        "mode": travel.words,
        "places": ring.places,
        "status": MET if ring.met else NOT_MET,
        "kind": FORECAST,
        "note": note if linked else "site loin de toute route",
    }


def _label(variable: str, row: Mapping[str, Any]) -> str:
    return threshold_label(variable, row["target"], row["value"], row["reach"], row["unit"])
