"""Polygons of reach as geometries: each origin's, merged, or shared between the nearest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry

from ..core.progress import Progress
from .shapes import from_polygons, multi, overlay, union

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
    from ..zones.reach import Surface, Window
    from ..zones.snapping import Snapped

#: Cost of one unit of VALUES: seconds in a minute, metres in a kilometre.
UNIT_COST = {"time": 60.0, "distance": 1000.0}


def reach_shapes(
    graph: RoadGraph,
    origins: Snapped,
    values: Sequence[float],
    mode: str,
    merge: str,
    progress: Progress,
    reverse: bool = False,
) -> list[list[QgsGeometry]]:
    """Nested polygons for ascending ``values``: one row per origin, or a single row if merged.

    ``reverse``: from where the origins are reached, in place of what is reached from them.
    """
    budgets = [value * UNIT_COST[mode] for value in values]
    rows = list(_shapes(graph, origins, budgets, mode, progress.part(0, 0.6), reverse))
    if merge == "each" or not rows:
        return rows
    joined = _merged(rows)
    if merge == "merged":
        return [joined]
    result: list[list[QgsGeometry]] = []
    taken = QgsGeometry()
    for own in territories(graph, origins, budgets[-1], mode, progress.part(0.6, 1), reverse):
        own = overlay(own, taken)
        taken = union([part for part in (taken, own) if not part.isEmpty()])
        result.append([multi(shape.intersection(own)) for shape in joined])
    return result


def _shapes(
    graph: RoadGraph,
    origins: Snapped,
    budgets: Sequence[float],
    mode: str,
    progress: Progress,
    reverse: bool,
) -> Iterator[list[QgsGeometry]]:
    """Polygons of each origin for ascending budgets."""
    from ..zones.contour import contour
    from ..zones.reach import DOOR_DISTANCE, HOLE_AREA
    from ..zones.search import cost_at

    for surface, window, one, nodes in _windows(
        graph, origins, budgets[-1], mode, DOOR_DISTANCE, progress, reverse
    ):
        cost = cost_at(graph, nodes, one, window.doors, reverse, mode)[0]
        yield [
            from_polygons(
                contour(
                    surface.excess(window, cost, budget, mode),
                    window.x0,
                    window.y0,
                    window.cell,
                    HOLE_AREA,
                )
            )
            for budget in budgets
        ]


def territories(
    graph: RoadGraph,
    origins: Snapped,
    limit: float,
    mode: str,
    progress: Progress,
    reverse: bool = False,
) -> Iterator[QgsGeometry]:
    """Where each origin is the nearest one, as far from the roads as a filled hole may lie."""
    from ..zones.contour import contour
    from ..zones.reach import DOOR_DISTANCE, HOLE_AREA
    from ..zones.search import cost_at

    rivals = _Rivals(graph, origins, limit, mode, reverse)
    door = DOOR_DISTANCE + math.sqrt(HOLE_AREA / math.pi)
    windows = _windows(graph, origins, limit, mode, door, progress, reverse)
    for rank, (surface, window, one, nodes) in enumerate(windows):
        cost = cost_at(graph, nodes, one, window.doors, reverse, mode)[0]
        border = surface.border(window, cost, rivals.cost(rank, window.doors), mode)
        yield from_polygons(contour(border, window.x0, window.y0, window.cell))


def _windows(
    graph: RoadGraph,
    origins: Snapped,
    limit: float,
    mode: str,
    door: float,
    progress: Progress,
    reverse: bool,
) -> Iterator[tuple[Surface, Window, Snapped, np.ndarray]]:
    """For each origin: a surface of doors, its window, the origin alone and its costs to nodes."""
    import numpy as np

    from ..zones.reach import Surface, cell_size, reached_box, touched_edges
    from ..zones.search import search

    boxes = [
        reached_box(graph, costs, origins.take(np.array([row])), limit)
        for rows, nodes in search(graph, origins, limit, reverse, mode)
        for row, costs in zip(rows, nodes)
    ]
    if not boxes:
        return
    surface = Surface(graph, cell_size(boxes), door)
    for rows, nodes in search(graph, origins, limit, reverse, mode):
        for row, costs in zip(rows, nodes):
            progress.check()
            progress.set(row / len(origins))
            one = origins.take(np.array([row]))
            window = surface.window(boxes[row], touched_edges(graph, costs, one, limit))
            yield surface, window, one, costs[None]


class _Rivals:
    """Cost of any place from the nearest of the *other* origins."""

    def __init__(
        self, graph: RoadGraph, origins: Snapped, limit: float, mode: str, reverse: bool
    ) -> None:
        import numpy as np

        from ..zones.search import search

        self._graph, self._origins, self._mode, self._reverse = graph, origins, mode, reverse
        count = len(graph.xy)
        self._best, self._second = np.full(count, np.inf), np.full(count, np.inf)
        self._owner = np.full(count, -1)
        for rows, nodes in search(graph, origins, limit, reverse, mode):
            for row, costs in zip(rows, nodes):
                better = costs < self._best
                self._second = np.where(better, self._best, np.minimum(self._second, costs))
                self._best = np.where(better, costs, self._best)
                self._owner[better] = row

    def cost(self, row: int, doors: Snapped) -> np.ndarray:
        import numpy as np

        from ..zones.search import cost_from_any

        nodes = np.where(self._owner == row, self._second, self._best)
        others = self._origins.take(np.flatnonzero(np.arange(len(self._origins)) != row))
        return cost_from_any(self._graph, nodes, others, doors, self._reverse, self._mode)


def _merged(rows: list[list[QgsGeometry]]) -> list[QgsGeometry]:
    from ..zones.reach import HOLE_AREA

    return [multi(union(column).removeInteriorRings(HOLE_AREA)) for column in zip(*rows)]
