"""The self-check of a polygon of reach (METHODS §7): sampled places re-timed on both sides of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPoint, QgsRectangle

from ..core.progress import Progress
from .isochrone_output import Errors
from .reach_shapes import UNIT_COST

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.snapping import Snapped

#: Places drawn in the box of a polygon, and how far a check looks for a road, metres.
SAMPLE, _SAMPLE_REACH = 400, 5000.0
UNKNOWN: Errors = (None, None)


def graph_errors(
    graph: RoadGraph,
    origins: Snapped,
    shapes: list[list[QgsGeometry]],
    values: Sequence[float],
    mode: str,
    merge: str,
    progress: Progress,
) -> list[list[Errors]]:
    """Errors of each polygon: places inside beyond the value, outside within it.

    Outside means nothing where sites share the ground (``nearest``).
    """
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
            result.append(_row_errors(graph, one, costs, shapes[row], values, mode, merge))
    if merge == "merged" and shapes:
        result.append(_row_errors(graph, origins, best, shapes[0], values, mode, merge))
    return result


def _row_errors(
    graph: RoadGraph,
    origins: Snapped,
    nodes: np.ndarray,
    row: list[QgsGeometry],
    values: Sequence[float],
    mode: str,
    merge: str,
) -> list[Errors]:
    from ..zones.reach import DOOR_DISTANCE
    from ..zones.search import cost_from_any
    from ..zones.snapping import snap

    result = []
    for shape, value in zip(row, values):
        if shape.isEmpty():
            result.append(UNKNOWN)
            continue
        places = sample(shape)
        doors = snap(graph, places, _SAMPLE_REACH)
        cost = cost_from_any(graph, nodes, origins, doors, mode=mode)
        wrong_in, wrong_out = errors(
            inside(shape, places), cost <= value * UNIT_COST[mode], doors.gap <= DOOR_DISTANCE
        )
        result.append((wrong_in, None if merge == "nearest" else wrong_out))
    return result


def errors(contained: np.ndarray, within: np.ndarray, near_road: np.ndarray) -> Errors:
    """Per cent of wrong places on each side; outside only those near a road count."""
    return per_cent(~within[contained]), per_cent(within[~contained & near_road])


def sample(shape: QgsGeometry, count: int = SAMPLE) -> np.ndarray:
    """Places (count, 2) in and around a polygon, always the same ones."""
    from ..zones.reach import DOOR_DISTANCE

    return _lattice(shape.boundingBox().buffered(DOOR_DISTANCE), count)


def _lattice(box: QgsRectangle, count: int) -> np.ndarray:
    """Places spread over a box by a golden-ratio lattice (R2 sequence)."""
    import numpy as np

    plastic = 1.32471795724474602596
    rank = np.arange(1, count + 1)
    spread = np.column_stack([rank / plastic, rank / plastic**2]) % 1.0
    return spread * (box.width(), box.height()) + (box.xMinimum(), box.yMinimum())


def inside(shape: QgsGeometry, places: np.ndarray) -> np.ndarray:
    """Which places lie in a polygon."""
    import numpy as np

    engine = QgsGeometry.createGeometryEngine(shape.constGet())
    engine.prepareGeometry()
    return np.array([engine.contains(QgsPoint(*place)) for place in places.tolist()], dtype=bool)


def per_cent(wrong: np.ndarray) -> float | None:
    return round(100 * float(wrong.mean()), 1) if len(wrong) else None
