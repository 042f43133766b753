"""Polygons of reach around points, on a road graph: every ring of every point in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsFeatureSource, QgsGeometry, QgsVectorLayer

from ..core import french
from ..core.choices import HOLES
from ..core.errors import InputError
from ..core.progress import Progress
from .isochrone_check import graph_errors
from .isochrone_output import HECTARE, Drawn, Starts, layers
from .isochrone_told import tell_result, warn_cut
from .reach_shapes import reach_shapes
from .roads import tell_apart
from .zone_words import decimal

if TYPE_CHECKING:
    from ..zones.graph import RoadGraph
    from ..zones.snapping import Snapped

__all__ = ["HOLES", "SNAP_DISTANCE", "isochrone_layer"]
#: Farthest road to which a point is joined, metres.
SNAP_DISTANCE = 1000.0
NO_PLACE = "sans coordonnées"


def isochrone_layer(
    graph: RoadGraph,
    points_layer: QgsFeatureSource,
    *,
    values: Sequence[float],
    mode: str = "time",
    rings: str = "nested",
    merge: str = "each",
    progress: Progress,
    engine: str = "roads",
    holes: float = HOLES,
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Polygons (fields of the points, value, mode, engine, self-check) and the points that failed.

    ``values`` are minutes, or kilometres of road in mode ``distance``. A polygon holds the places
    within 500 m of a road whose door-to-door cost is within the value (the legs off the road are
    walked at 4 km/h); holes under ``holes`` hectares are filled. ``bands`` cuts the smaller values out;
    ``merged`` joins the points of a value, ``nearest`` gives each place to one point. The largest
    value is written first, so that the rings draw one over the other.
    ``inside_error`` and ``outside_error`` are per cent of sampled places on the wrong side.
    ``engine``: what gives the costs of the nodes, our own search by default.
    """
    import numpy as np

    from ..zones.snapping import snap

    values = ascending(values)
    starts = Starts(points_layer, graph.crs)
    snapped = snap(graph, starts.xy, SNAP_DISTANCE)
    linked = np.flatnonzero(snapped.linked)
    if len(starts.features) and not len(linked):
        raise InputError(
            "No point can be joined to the roads: none lies within {distance} m of a road. Check that the road layer covers the territory.",
            distance=round(SNAP_DISTANCE),
        )
    origins = snapped.take(linked)
    tell_apart(graph, origins, progress)
    part = progress.part(0, 0.8)
    shapes = reach_shapes(graph, origins, values, mode, merge, part, holes=holes * HECTARE)
    errors = graph_errors(graph, origins, shapes, values, mode, merge, progress.part(0.8, 1))
    alone = merge != "merged"
    reasons = _off_road(starts, snapped)
    if alone:
        reasons.update(_unreached(linked.tolist(), shapes, values, mode))
    drawn = Drawn(values, linked.tolist() if alone else [], shapes, errors, reasons)
    tell_result(drawn, len(starts.features), mode, holes, progress)
    warn_cut(graph, origins, values, mode, progress)
    return layers(starts, drawn, mode, engine, rings)


def ascending(values: Sequence[float]) -> list[float]:
    """The different values of the rings in order; none, or one that is not above zero, is refused."""
    if not values or min(values) <= 0:
        raise InputError(
            "The values of the rings must be numbers above zero, for example 5,10,15 (minutes or kilometres)."
        )
    return sorted(set(values))


def _off_road(starts: Starts, snapped: Snapped) -> dict[int, str]:
    """Why a point is not joined to the roads, in French, by row number."""
    import numpy as np

    far = f"à plus de {french.number(SNAP_DISTANCE)} m d’une route"
    located = starts.located
    return {
        row: far if located[row] else NO_PLACE for row in np.flatnonzero(~snapped.linked).tolist()
    }


def _unreached(
    rows: Sequence[int], shapes: Sequence[list[QgsGeometry]], values: Sequence[float], mode: str
) -> dict[int, str]:
    """Which rings of a point hold nothing, in French, by row number."""
    reasons = {}
    for row, polygons in zip(rows, shapes):
        empty = [value for value, shape in zip(values, polygons) if shape.isEmpty()]
        if empty:
            reasons[row] = f"rien d’accessible en {listed(empty, mode)}"
    return reasons


def listed(values: Sequence[float], mode: str) -> str:
    """``5, 10 et 2,5 min``."""
    return f"{french.listing([decimal(value) for value in values])} {'min' if mode == 'time' else 'km'}"
