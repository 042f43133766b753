"""Polygons of reach as geometries: each origin's, merged, or shared between the nearest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsPointXY

from ..core.progress import Progress
from .shapes import from_polygons, multi, overlay, union

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import RoadGraph
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
    holes: float | None = None,
) -> list[list[QgsGeometry]]:
    """Nested polygons for ascending ``values``: one row per origin, or a single row if merged.

    A polygon owes nothing to the other values, but for joining the smaller ones. Holes under
    ``holes`` (m², None: HOLE_AREA) are filled, parts under CRUMB_AREA go (:func:`without_crumbs`).
    ``reverse``: from where the origins are reached, in place of what is reached from them.
    """
    from ..zones.reach import HOLE_AREA

    holes = HOLE_AREA if holes is None else holes
    budgets = [value * UNIT_COST[mode] for value in values]
    rows = list(_shapes(graph, origins, budgets, mode, progress.part(0, 0.6), reverse, holes))
    if merge == "each" or not rows:
        return rows
    joined = [multi(union(column).removeInteriorRings(holes)) for column in zip(*rows)]
    if merge == "merged":
        return [joined]
    result: list[list[QgsGeometry]] = []
    taken = QgsGeometry()
    part = progress.part(0.6, 1)
    owned = territories(graph, origins, budgets[-1], mode, part, reverse, holes)
    for place, own in zip(origins.foot, owned):
        own = overlay(own, taken)
        taken = union([part for part in (taken, own) if not part.isEmpty()])
        row = [multi(shape.intersection(own)) for shape in joined]
        result.append(without_crumbs(row, place))
    return result


def _shapes(
    graph: RoadGraph,
    origins: Snapped,
    budgets: Sequence[float],
    mode: str,
    progress: Progress,
    reverse: bool,
    holes: float,
) -> Iterator[list[QgsGeometry]]:
    """Polygons of each origin for ascending budgets."""
    for one, costs in _alone(graph, origins, budgets[-1], mode, progress, reverse):
        row: list[QgsGeometry] = []
        last = 0.0
        for cell, shape in _rings(graph, one, costs, budgets, mode, reverse, holes):
            # On grids of different cells a ring does not hold the smaller ones by itself.
            last = last or cell
            row.append(shape if cell == last else holding(shape, row[-1], holes))
        yield without_crumbs(row, one.foot[0])


def _rings(
    graph: RoadGraph,
    one: Snapped,
    costs: np.ndarray,
    budgets: Sequence[float],
    mode: str,
    reverse: bool,
    holes: float,
) -> Iterator[tuple[float, QgsGeometry]]:
    """Cell and polygon of each budget, each as if it were asked for alone."""
    import numpy as np

    from ..zones.contour import contour
    from ..zones.reach import Surface, box_of, cell_size, touched_within
    from ..zones.search import cost_at

    edges = touched_within(graph, costs, one, budgets)
    boxes = [box_of(graph, some) for some in edges]
    cells = [cell_size(box) for box in boxes]
    for cell in dict.fromkeys(cells):
        ranks = [rank for rank, own in enumerate(cells) if own == cell]
        surface = Surface(graph, cell)
        window = surface.window(boxes[ranks[-1]], edges[ranks[-1]])
        for rank in ranks:
            # Costs that only a larger value has searched for would move the outline a little.
            known = np.where(costs <= budgets[rank], costs, np.inf)[None]
            field = surface.excess(
                window,
                cost_at(graph, known, one, window.doors, reverse, mode)[0],
                budgets[rank],
                mode,
            )
            yield cell, from_polygons(contour(field, window.x0, window.y0, cell, holes))


def holding(shape: QgsGeometry, inner: QgsGeometry, holes: float) -> QgsGeometry:
    """``shape`` joined with the smaller ring ``inner``; the holes that this leaves small are filled."""
    if inner.isEmpty() or shape.contains(inner):
        return shape
    both = union([part for part in (shape, inner) if not part.isEmpty()])
    return multi(both.removeInteriorRings(holes))


def without_crumbs(row: Sequence[QgsGeometry], place: Sequence[float]) -> list[QgsGeometry]:
    """Nested polygons without their parts under CRUMB_AREA, but for that of the origin ``place``.

    Where all parts are so small and none holds the origin, the nearest one stays. What stays in a
    ring stays in the larger ones.
    """
    from ..zones.reach import CRUMB_AREA

    anchors = [QgsGeometry.fromPointXY(QgsPointXY(*map(float, place)))]
    result = []
    for shape in row:
        parts = [] if shape.isEmpty() else shape.asGeometryCollection()
        small = [part for part in parts if part.area() < CRUMB_AREA]
        if not small:
            result.append(shape)
            continue
        own = [part for part in small if any(part.intersects(anchor) for anchor in anchors)]
        if not own and len(small) == len(parts):
            own = [min(small, key=anchors[0].distance)]
        anchors += [part.pointOnSurface() for part in own]
        result.append(
            multi(QgsGeometry.collectGeometry([p for p in parts if p.area() >= CRUMB_AREA] + own))
        )
    return result


def territories(
    graph: RoadGraph,
    origins: Snapped,
    limit: float,
    mode: str,
    progress: Progress,
    reverse: bool = False,
    holes: float | None = None,
) -> Iterator[QgsGeometry]:
    """Where each origin is the nearest one, as far from the roads as a filled hole may lie."""
    import numpy as np

    from ..zones.contour import contour
    from ..zones.reach import (
        DOOR_DISTANCE,
        HOLE_AREA,
        Surface,
        cell_size,
        reached_box,
        touched_edges,
    )
    from ..zones.search import cost_at, search

    boxes = [
        reached_box(graph, costs, origins.take(np.array([row])), limit)
        for rows, nodes in search(graph, origins, limit, reverse, mode)
        for row, costs in zip(rows, nodes)
    ]
    if not boxes:
        return
    rivals = _Rivals(graph, origins, limit, mode, reverse)
    door = DOOR_DISTANCE + math.sqrt((HOLE_AREA if holes is None else holes) / math.pi)
    # One grid for all: territories share their borders.
    surface = Surface(graph, max(map(cell_size, boxes)), door)
    for rank, (one, costs) in enumerate(_alone(graph, origins, limit, mode, progress, reverse)):
        window = surface.window(boxes[rank], touched_edges(graph, costs, one, limit))
        cost = cost_at(graph, costs[None], one, window.doors, reverse, mode)[0]
        border = surface.border(window, cost, rivals.cost(rank, window.doors), mode)
        yield from_polygons(contour(border, window.x0, window.y0, window.cell))


def _alone(
    graph: RoadGraph,
    origins: Snapped,
    limit: float,
    mode: str,
    progress: Progress,
    reverse: bool,
) -> Iterator[tuple[Snapped, np.ndarray]]:
    """Each origin alone and its costs to the nodes."""
    import numpy as np

    from ..zones.search import search

    for rows, nodes in search(graph, origins, limit, reverse, mode):
        for row, costs in zip(rows, nodes):
            progress.check()
            progress.set(row / len(origins))
            yield origins.take(np.array([row])), costs


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
