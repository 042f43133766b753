"""What can be reached within a budget: pieces of edges, and the surface of door-to-door costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .graph import WALK, RoadGraph
from .search import search
from .snapping import Snapped, snap

#: Farthest place from a reached road that still belongs to a polygon of reach, metres.
DOOR_DISTANCE = 500.0
#: Holes of a polygon of reach smaller than this are filled, square metres.
HOLE_AREA = 1_000_000.0
#: Sides of the square cells on which a surface is computed, metres, and the most cells wanted.
_CELLS, _WANTED = (5.0, 10.0, 25.0, 50.0, 100.0, 200.0), 400_000
_TILE = 64


@dataclass(frozen=True, eq=False)
class Pieces:
    """Reached parts of edges: the stretch from ``start`` to ``end`` (metres from ``u``)."""

    edge: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def length(self) -> float:
        return float((self.end - self.start).sum())

    def lines(self, graph: RoadGraph) -> list[np.ndarray]:
        return [graph.piece(*row) for row in zip(self.edge, self.start, self.end)]


def reached(
    graph: RoadGraph,
    origin: Snapped,
    budgets: Sequence[float],
    mode: str = "time",
    reverse: bool = False,
) -> list[Pieces]:
    """Edge pieces reached from any of the points of ``origin`` within each budget.

    Edges are cut where the budget ends; the pieces of one budget do not overlap.
    """
    best = np.full(len(graph.xy), np.inf)
    for _, nodes in search(graph, origin, max(budgets), reverse, mode):
        best = np.minimum(best, nodes.min(axis=0))
    return [_pieces(graph, origin, best, budget, mode, reverse) for budget in budgets]


def _pieces(
    graph: RoadGraph, origin: Snapped, best: np.ndarray, budget: float, mode: str, reverse: bool
) -> Pieces:
    there, back = graph.costs(mode, reverse)
    ahead = _stretch(graph.length, there, budget - best[graph.u])
    behind = graph.length - _stretch(graph.length, back, budget - best[graph.v])
    left = budget - origin.access(mode)
    start = [np.zeros(len(ahead)), behind]
    end = [ahead, graph.length]
    edge = [np.arange(len(ahead))] * 2
    own = np.flatnonzero(origin.linked & (left > 0))
    if len(own):
        on = origin.edge[own]
        step_ahead = _stretch(graph.length[on], there[on], left[own])
        step_back = _stretch(graph.length[on], back[on], left[own])
        edge.append(on)
        start.append(np.maximum(origin.position[own] - step_back, 0))
        end.append(np.minimum(origin.position[own] + step_ahead, graph.length[on]))
    return _merge(np.concatenate(edge), np.concatenate(start), np.concatenate(end))


def _stretch(length: np.ndarray, cost: np.ndarray, left: np.ndarray) -> np.ndarray:
    """Metres of an edge that the rest of the budget pays for, 0 to its length."""
    with np.errstate(invalid="ignore"):
        share = np.where(left > 0, left / cost, 0.0)
    return length * np.clip(np.nan_to_num(share), 0.0, 1.0)


def _merge(edge: np.ndarray, start: np.ndarray, end: np.ndarray) -> Pieces:
    """Union of the stretches of each edge (at most a few per edge)."""
    keep = end > start
    edge, start, end = edge[keep], start[keep], end[keep]
    order = np.lexsort((start, edge))
    edge, start, end = edge[order], start[order], end[order]
    # Running end of the stretches before, restarted at each edge by a large step between edges.
    lift = edge * (2 * (end.max() if len(end) else 0.0) + 1)
    furthest = np.maximum.accumulate(end + lift) if len(end) else end
    new = np.ones(len(edge), dtype=bool)
    new[1:] = start[1:] + lift[1:] > furthest[:-1]
    first = np.flatnonzero(new)
    last = np.r_[first[1:], len(edge)] - 1
    return Pieces(edge[first], start[first], (furthest - lift)[last] if len(edge) else end)


@dataclass(frozen=True, eq=False)
class Window:
    """Nodes of a regular grid: ``xy = origin + cell · (column, row)``; doors joined to roads."""

    x0: float
    y0: float
    cell: float
    shape: tuple[int, int]
    doors: Snapped


class Surface:
    """A grid of doors over a graph: every node of the grid is a place one may want to reach.

    The cost of a place is that of :func:`~.search.times` (nearest road, leg on foot counted), so
    polygons and tables agree. Tiles are joined to the roads once and shared by all origins.
    """

    def __init__(self, graph: RoadGraph, cell: float, door: float = DOOR_DISTANCE) -> None:
        self.graph = graph
        self.cell = cell
        self.door = max(door, 1.5 * cell)
        self._tiles: dict[tuple[int, int], Snapped] = {}

    def window(self, box: np.ndarray) -> Window:
        """Whole tiles that cover ``box`` (xmin, ymin, xmax, ymax) and the doors around it."""
        side = self.cell * _TILE
        reach = self.door + 2 * self.cell
        left, bottom = (int(np.floor((low - reach) / side)) for low in box[:2])
        right, top = (int(np.floor((high + reach) / side)) for high in box[2:])
        rows = []
        for j in range(bottom, top + 1):
            tiles = [self._tile(i, j) for i in range(left, right + 1)]
            rows.append([np.concatenate(part, axis=1) for part in zip(*tiles)])
        edge, position, foot, gap = (np.concatenate(part, axis=0) for part in zip(*rows))
        doors = Snapped(edge.ravel(), position.ravel(), foot.reshape(-1, 2), gap.ravel())
        shape = (edge.shape[0], edge.shape[1])
        return Window(left * side, bottom * side, self.cell, shape, doors)

    def _tile(self, i: int, j: int) -> tuple[np.ndarray, ...]:
        if (i, j) not in self._tiles:
            x = (i * _TILE + np.arange(_TILE)) * self.cell
            y = (j * _TILE + np.arange(_TILE)) * self.cell
            grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
            self._tiles[i, j] = snap(self.graph, grid, self.door + 1.5 * self.cell)
        tile = self._tiles[i, j]
        square = (_TILE, _TILE)
        return (
            tile.edge.reshape(square),
            tile.position.reshape(square),
            tile.foot.reshape(*square, 2),
            tile.gap.reshape(square),
        )

    def excess(self, window: Window, cost: np.ndarray, budget: float, mode: str) -> np.ndarray:
        """Field (rows, columns) that is ≤ 0 where ``cost`` is within ``budget`` and a road near.

        In the unit of the cost, cut at one cell on foot either side, so that its zero line lies
        half-way in a cliff; never larger for a larger budget, hence nested rings.
        """
        foot = 1 / WALK if mode == "time" else 1.0
        away = (window.doors.gap - self.door) * foot
        cap = self.cell * foot
        return np.clip(np.maximum(cost - budget, away), -cap, cap).reshape(window.shape)

    def border(self, window: Window, cost: np.ndarray, rival: np.ndarray, mode: str) -> np.ndarray:
        """Field that is ≤ 0 where ``cost`` is not above the cost from the nearest rival."""
        cap = self.cell * (1 / WALK if mode == "time" else 1.0)
        with np.errstate(invalid="ignore"):
            lead = np.nan_to_num(cost - rival, nan=cap, posinf=cap, neginf=-cap)
        return np.clip(lead, -cap, cap).reshape(window.shape)


def reached_box(graph: RoadGraph, nodes: np.ndarray, origin: Snapped, limit: float) -> np.ndarray:
    """Box around every edge that is touched within ``limit`` and around the points themselves."""
    within = nodes <= limit
    touched = within[graph.u] | within[graph.v]
    touched[origin.edge[origin.linked]] = True
    boxes = graph.bounds[touched]
    return np.r_[boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)]


def cell_size(boxes: Sequence[np.ndarray]) -> float:
    """Finest cell for which the largest box has a reasonable number of cells."""
    area = max((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)
    return next((cell for cell in _CELLS if area / cell**2 <= _WANTED), _CELLS[-1])
