"""Polygons of reach around points, on a road graph: every ring of every point in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSource,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPoint,
    QgsRectangle,
    QgsVectorLayer,
)

from ..core import french
from ..core.errors import InputError
from ..core.progress import Progress
from .layers import REAL, TEXT, add
from .reach_shapes import UNIT_COST, reach_shapes
from .shapes import overlay, point_table

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.snapping import Snapped

#: Farthest road to which a point is joined, metres.
SNAP_DISTANCE = 1000.0
RINGS = ("nested", "bands")
MERGES = ("each", "merged", "nearest")
_OWN_FIELDS = {
    "value": REAL, "mode": TEXT, "engine": TEXT, "inside_error": REAL, "outside_error": REAL,
}  # fmt: skip
#: Points drawn in the box of a polygon for its self-check, and how far a check looks for a road.
_SAMPLE, _SAMPLE_REACH = 400, 5000.0


def isochrone_layer(
    graph: RoadGraph,
    points_layer: QgsFeatureSource,
    *,
    values: Sequence[float],
    mode: str = "time",
    rings: str = "nested",
    merge: str = "each",
    progress: Progress,
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Polygons (fields of the points, value, mode, engine, self-check) and the points that failed.

    ``values`` are minutes, or kilometres of road in mode ``distance``. A polygon holds the places
    within 500 m of a road whose door-to-door cost is within the value (the legs off the road are
    walked at 4 km/h); holes under 1 km² are filled. ``bands`` cuts the smaller values out;
    ``merged`` joins the points of a value, ``nearest`` gives each place to one point. The largest
    value is written first, so that the rings draw one over the other.
    ``inside_error`` and ``outside_error`` are per cent of sampled places on the wrong side.
    """
    import numpy as np

    from ..zones.snapping import snap

    if not values or min(values) <= 0:
        raise InputError(
            "The values of the rings must be numbers above zero, for example 5,10,15 (minutes or kilometres)."
        )
    _, points = point_table(points_layer, graph.crs, points_layer.sourceName())
    features = list(points_layer.getFeatures())
    snapped = snap(graph, points, SNAP_DISTANCE)
    linked = np.flatnonzero(snapped.linked)
    if len(features) and not len(linked):
        raise InputError(
            "No point can be joined to the roads: none lies within {distance} m of a road. Check that the road layer covers the territory.",
            distance=round(SNAP_DISTANCE),
        )
    values = sorted(set(values))
    origins = snapped.take(linked)
    shapes = reach_shapes(graph, origins, values, mode, merge, progress.part(0, 0.8))
    errors = _self_check(graph, origins, shapes, values, mode, merge, progress.part(0.8, 1))
    if rings == "bands":
        shapes = [_bands(row) for row in shapes]

    result = _layer("isochrones", points_layer.fields(), _OWN_FIELDS, "MultiPolygon", graph.crs)
    names_kept = len(points_layer.fields())
    lost: list[tuple[int, float]] = []
    for rank in reversed(range(len(values))):
        for group, row in enumerate(shapes):
            if row[rank].isEmpty():
                if merge != "merged":
                    lost.append((int(linked[group]), values[rank]))
                continue
            own = [values[rank], mode, "roads", *errors[group][rank]]
            source = (
                [None] * names_kept if merge == "merged" else features[linked[group]].attributes()
            )
            _write(result, source + own, row[rank])
    reasons = _reasons(points, snapped, lost, mode)
    return result, _failed(points_layer, features, points, reasons, graph.crs)


def _bands(row: list[QgsGeometry]) -> list[QgsGeometry]:
    """Nested polygons cut into bands: each without the one before."""
    return [row[0]] + [overlay(outer, inner) for inner, outer in zip(row, row[1:])]


def _self_check(
    graph: RoadGraph,
    origins: Snapped,
    shapes: list[list[QgsGeometry]],
    values: Sequence[float],
    mode: str,
    merge: str,
    progress: Progress,
) -> list[list[tuple[float | None, float | None]]]:
    """Errors of each polygon (METHODS §7): places inside beyond the value, outside within it."""
    import numpy as np

    from ..zones.search import search

    limit = max(values) * UNIT_COST[mode]
    result = []
    best = np.full(len(graph.xy), np.inf)
    for rows, nodes in search(graph, origins, limit, False, mode):
        for row, costs in zip(rows, nodes):
            progress.check()
            if merge == "merged":
                best = np.minimum(best, costs)
                continue
            one = origins.take(np.array([row]))
            result.append(_errors(graph, one, costs, shapes[row], values, mode, merge))
    if merge == "merged" and shapes:
        result.append(_errors(graph, origins, best, shapes[0], values, mode, merge))
    return result


def _errors(
    graph: RoadGraph,
    origins: Snapped,
    nodes: np.ndarray,
    row: list[QgsGeometry],
    values: Sequence[float],
    mode: str,
    merge: str,
) -> list[tuple[float | None, float | None]]:
    """Per cent of wrong places inside and outside; outside means nothing where sites share."""
    import numpy as np

    from ..zones.reach import DOOR_DISTANCE
    from ..zones.search import cost_from_any
    from ..zones.snapping import snap

    result = []
    for shape, value in zip(row, values):
        if shape.isEmpty():
            result.append((None, None))
            continue
        box = shape.boundingBox().buffered(DOOR_DISTANCE)
        places = _sample(box)
        engine = QgsGeometry.createGeometryEngine(shape.constGet())
        engine.prepareGeometry()
        inside = np.array([engine.contains(QgsPoint(*place)) for place in places.tolist()])
        doors = snap(graph, places, _SAMPLE_REACH)
        within = cost_from_any(graph, nodes, origins, doors, mode=mode) <= value * UNIT_COST[mode]
        outside = ~inside & (doors.gap <= DOOR_DISTANCE)
        result.append(
            (
                _per_cent(~within[inside]),
                None if merge == "nearest" else _per_cent(within[outside]),
            )
        )
    return result


def _sample(box: QgsRectangle) -> np.ndarray:
    """Places spread over a box by a golden-ratio lattice (R2 sequence): always the same ones."""
    import numpy as np

    plastic = 1.32471795724474602596
    rank = np.arange(1, _SAMPLE + 1)
    spread = np.column_stack([rank / plastic, rank / plastic**2]) % 1.0
    return spread * (box.width(), box.height()) + (box.xMinimum(), box.yMinimum())


def _per_cent(wrong: np.ndarray) -> float | None:
    return round(100 * float(wrong.mean()), 1) if len(wrong) else None


def _layer(
    name: str, given: QgsFields, own: dict[str, Any], geometry: str, crs: str
) -> QgsVectorLayer:
    """Memory layer with the given fields, then ours; a given field of our name gets a number."""
    layer = QgsVectorLayer(f"{geometry}?crs={crs}", name, "memory")
    # A copied fid would be the same key for every ring of a point.
    taken = {"fid", "ogc_fid", *(field.lower() for field in own)}
    columns = []
    for field in given:
        copy = QgsField(field)
        rank = 1
        while copy.name().lower() in taken:
            rank += 1
            copy.setName(f"{field.name()}_{rank}")
        taken.add(copy.name().lower())
        columns.append(copy)
    columns += [QgsField(key, kind) for key, kind in own.items()]
    layer.dataProvider().addAttributes(columns)
    layer.updateFields()
    return layer


def _write(layer: QgsVectorLayer, attributes: list[Any], shape: QgsGeometry) -> None:
    item = QgsFeature(layer.fields())
    item.setAttributes(attributes)
    item.setGeometry(shape)
    add(layer.dataProvider(), item)
    layer.updateExtents()


def _reasons(
    points: np.ndarray, snapped: Snapped, lost: list[tuple[int, float]], mode: str
) -> dict[int, str]:
    """Why a point has no polygon, or not all of them, in French, by row number."""
    import numpy as np

    reasons = {}
    for row in np.flatnonzero(~snapped.linked).tolist():
        located = bool(np.isfinite(points[row]).all())
        far = f"à plus de {french.number(SNAP_DISTANCE)} m d’une route"
        reasons[row] = far if located else "sans coordonnées"
    unit = "min" if mode == "time" else "km"
    for row in sorted({row for row, _ in lost}):
        rings = [_decimal(value) for other, value in sorted(lost) if other == row]
        reasons[row] = f"rien d’accessible en {french.listing(rings)} {unit}"
    return reasons


def _decimal(value: float) -> str:
    """``5`` or ``2,5``."""
    return french.number(value, 0 if value == int(value) else 1)


def _failed(
    source: QgsFeatureSource,
    features: list[QgsFeature],
    points: np.ndarray,
    reasons: dict[int, str],
    crs: str,
) -> QgsVectorLayer:
    """The points without a polygon, as they came, with the reason in French."""
    import numpy as np

    layer = _layer("isochrones_echec", source.fields(), {"reason": TEXT}, "Point", crs)
    for row, reason in sorted(reasons.items()):
        located = bool(np.isfinite(points[row]).all())
        shape = QgsGeometry(QgsPoint(*points[row].tolist())) if located else QgsGeometry()
        _write(layer, [*features[row].attributes(), reason], shape)
    return layer
