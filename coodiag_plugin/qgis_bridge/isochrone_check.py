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

#: Places timed for a polygon, half of them inside it, and how far a check looks for a road, metres.
SAMPLE, _SAMPLE_REACH = 400, 5000.0
#: Places on a side of a polygon below which nothing is said of it.
FEWEST = 20
#: Places drawn for each one wanted, and where a side lacks them; turns of a check at most.
_DRAWN, _MORE, _TURNS = 2, 8, 3
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
    import numpy as np

    from ..zones.reach import DOOR_DISTANCE
    from ..zones.search import cost_from_any
    from ..zones.snapping import snap

    drawn = [rank for rank, shape in enumerate(row) if not shape.isEmpty()]
    result = [UNKNOWN] * len(row)
    if not drawn:
        return result
    told: dict[int, list[np.ndarray]] = {rank: [] for rank in drawn}
    for turn in range(_TURNS):
        drawings = [sample(row[rank], turn=turn) for rank in drawn]
        # The places of all the rings are joined to the roads at once.
        doors = snap(graph, np.concatenate([places for places, _ in drawings]), _SAMPLE_REACH)
        cost = cost_from_any(graph, nodes, origins, doors, mode=mode)
        ends = np.cumsum([len(places) for places, _ in drawings])[:-1]
        parts = zip(drawn, drawings, np.split(cost, ends), np.split(doors.gap, ends))
        for rank, (_, contained), own, gap in parts:
            within = own <= values[rank] * UNIT_COST[mode]
            told[rank].append(np.stack([contained, within, gap <= DOOR_DISTANCE]))
        drawn = [rank for rank in drawn if _few(*np.hstack(told[rank]))]
        if not drawn:
            break
    for rank, rounds in told.items():
        wrong_in, wrong_out = errors(*np.hstack(rounds))
        result[rank] = (wrong_in, None if merge == "nearest" else wrong_out)
    return result


def _few(contained: np.ndarray, within: np.ndarray, near_road: np.ndarray) -> bool:
    return min(contained.sum(), (~contained & near_road).sum()) < FEWEST


def errors(contained: np.ndarray, within: np.ndarray, near_road: np.ndarray) -> Errors:
    """Per cent of wrong places on each side; outside only those near a road count.

    None for a side with fewer than FEWEST places.
    """
    return per_cent(~within[contained]), per_cent(within[~contained & near_road])


def sample(shape: QgsGeometry, count: int = SAMPLE, turn: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Places (``count`` or fewer, 2) in and around a polygon, and which of them lie in it.

    Half of them inside, as far as a few thousand places drawn in its box give so many; always the
    same ones, others for each ``turn``.
    """
    import numpy as np

    from ..zones.reach import DOOR_DISTANCE

    box = shape.boundingBox().buffered(DOOR_DISTANCE)
    half = count // 2
    for times in (_DRAWN, _MORE):
        places = _lattice(box, turn * _MORE * count, times * count)
        contained = inside(shape, places)
        own, others = np.flatnonzero(contained), np.flatnonzero(~contained)
        if 2 * min(len(own), len(others)) >= half:
            break
    most = count - min(half, len(others)), count - min(half, len(own))
    kept = np.sort(np.r_[own[: most[0]], others[: most[1]]])
    return places[kept], contained[kept]


def _lattice(box: QgsRectangle, first: int, count: int) -> np.ndarray:
    """Places spread over a box by a golden-ratio lattice (R2 sequence), from the ``first``."""
    import numpy as np

    plastic = 1.32471795724474602596
    rank = np.arange(first + 1, first + count + 1)
    spread = np.column_stack([rank / plastic, rank / plastic**2]) % 1.0
    return spread * (box.width(), box.height()) + (box.xMinimum(), box.yMinimum())


def inside(shape: QgsGeometry, places: np.ndarray) -> np.ndarray:
    """Which places lie in a polygon."""
    import numpy as np

    engine = QgsGeometry.createGeometryEngine(shape.constGet())
    engine.prepareGeometry()
    return np.array([engine.contains(QgsPoint(*place)) for place in places.tolist()], dtype=bool)


def per_cent(wrong: np.ndarray) -> float | None:
    return round(100 * float(wrong.mean()), 1) if len(wrong) >= FEWEST else None
