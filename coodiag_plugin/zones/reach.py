"""What can be reached within a budget: pieces of edges, and the surface of door-to-door costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from .graph import WALK, RoadGraph
from .search import search
from .snapping import Snapped, snap

#: Farthest place from a reached road that still belongs to a polygon of reach, metres.
DOOR_DISTANCE = 500.0
#: Holes of a polygon of reach smaller than this are filled, square metres.
HOLE_AREA = 100_000.0
#: Parts of a polygon of reach smaller than this go, but for that of the origin, square metres.
CRUMB_AREA = 10_000.0
#: Sides of the square cells of a surface, metres, and the most of them in the box of a ring: few
#: sizes, so that rings share their doors, and more cells of those that are coarse beside a street.
_CELLS = ((5.0, 20_000), (10.0, 20_000), (25.0, 20_000), (50.0, 40_000), (100.0, 400_000))
_LARGEST = 200.0
#: Doors on the side of a tile, and tiles joined to the roads at once.
_TILE, _AT_ONCE = 16, 400
#: Doors of each graph as joined, by (cell, door): edge, position and gap by tile.
_Tiles = dict[tuple[int, int], tuple[np.ndarray, np.ndarray, np.ndarray]]
_LAST: WeakKeyDictionary[RoadGraph, dict[tuple[float, float], _Tiles]] = WeakKeyDictionary()
#: Tiles of a graph that are kept, 5 kB each, before those of another size go.
_KEPT_TILES = 40_000


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
    polygons and tables agree. Tiles are joined to the roads once, shared by all origins and kept
    for the next surfaces of the same graph and size.
    """

    def __init__(self, graph: RoadGraph, cell: float, door: float = DOOR_DISTANCE) -> None:
        self.graph = graph
        self.cell = cell
        self.door = max(door, 1.5 * cell)
        size = (cell, self.door)
        known = _LAST.setdefault(graph, {})
        self._tiles: _Tiles = known.pop(size, {})
        while known and sum(map(len, known.values())) > _KEPT_TILES:
            del known[next(iter(known))]
        known[size] = self._tiles

    def window(self, box: np.ndarray, edges: np.ndarray | None = None) -> Window:
        """Whole tiles that cover ``box`` (xmin, ymin, xmax, ymax) and the doors around it.

        Doors that are too far from all of ``edges`` may stay unjoined: with the touched edges of a
        search, these are doors that it does not reach.
        """
        side = self.cell * _TILE
        reach = self.door + 2 * self.cell
        low = np.floor((box[:2] - reach) / side).astype(int)
        high = np.floor((box[2:] + reach) / side).astype(int)
        columns, rows = (high - low + 1).tolist()
        needed = np.ones((rows, columns), dtype=bool)
        if edges is not None:
            needed = self._near(edges, low, (rows, columns))
        wanted = [(low[0] + i, low[1] + j) for j, i in np.argwhere(needed).tolist()]
        self._join([key for key in wanted if key not in self._tiles])
        shape = (rows * _TILE, columns * _TILE)
        edge, position = np.full(shape, -1, dtype=np.int64), np.zeros(shape)
        gap = np.full(shape, np.inf)
        for i, j in wanted:
            tile = self._tiles[i, j]
            at = (
                slice((j - low[1]) * _TILE, (j - low[1] + 1) * _TILE),
                slice((i - low[0]) * _TILE, (i - low[0] + 1) * _TILE),
            )
            edge[at], position[at], gap[at] = tile
        foot = np.broadcast_to(np.nan, (edge.size, 2))  # nobody asks for the feet of the doors
        doors = Snapped(edge.ravel(), position.ravel(), foot, gap.ravel())
        return Window(low[0] * side, low[1] * side, self.cell, shape, doors)

    def _near(self, edges: np.ndarray, low: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Tiles (rows, columns) with a door that may be joined to one of ``edges``."""
        side, reach = self.cell * _TILE, self.door + 1.5 * self.cell
        boxes = _boxes(self.graph, edges, side)
        top = np.array([shape[1], shape[0]])
        begin = np.floor((boxes[:, :2] - reach) / side).astype(int) - low
        end = np.floor((boxes[:, 2:] + reach) / side).astype(int) - low + 1
        begin, end = np.clip(begin, 0, top), np.clip(end, 0, top)
        # The number of boxes over each tile, from their corners (a summed-area table).
        width = shape[1] + 1
        total = np.zeros((shape[0] + 1) * width, dtype=np.int64)
        for sign, x, y in ((1, begin, begin), (-1, end, begin), (-1, begin, end), (1, end, end)):
            total += sign * np.bincount(y[:, 1] * width + x[:, 0], minlength=len(total))
        cover = total.reshape(shape[0] + 1, width).cumsum(axis=0).cumsum(axis=1)
        return cover[:-1, :-1] > 0

    def _join(self, tiles: Sequence[tuple[int, int]]) -> None:
        """Join the doors of tiles to the roads, many at once."""
        inner = np.stack(np.meshgrid(np.arange(_TILE), np.arange(_TILE)), axis=-1)
        square = (_TILE, _TILE)
        for start in range(0, len(tiles), _AT_ONCE):
            some = tiles[start : start + _AT_ONCE]
            place = (np.array(some)[:, None, None] * _TILE + inner) * self.cell
            found = snap(self.graph, place.reshape(-1, 2), self.door + 1.5 * self.cell)
            parts = (found.edge.astype(np.int32), found.position, found.gap)
            for key, *tile in zip(some, *(part.reshape(-1, *square) for part in parts)):
                self._tiles[key] = (tile[0], tile[1], tile[2])

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


def _boxes(graph: RoadGraph, edges: np.ndarray, side: float) -> np.ndarray:
    """Boxes (n, 4) that cover edges: one for each, or for each segment of those beyond ``side``."""
    boxes = graph.bounds[edges]
    long = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) > side
    edges = edges[long]
    first, count = graph.offsets[edges], graph.offsets[edges + 1] - graph.offsets[edges] - 1
    start = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())
    a, b = graph.coords[start], graph.coords[start + 1]
    return np.vstack([boxes[~long], np.hstack([np.minimum(a, b), np.maximum(a, b)])])


def touched_edges(graph: RoadGraph, nodes: np.ndarray, origin: Snapped, limit: float) -> np.ndarray:
    """Edges that have an end within ``limit``, and those on which the points stand."""
    return touched_within(graph, nodes, origin, [limit])[0]


def touched_within(
    graph: RoadGraph, nodes: np.ndarray, origin: Snapped, limits: Sequence[float]
) -> list[np.ndarray]:
    """:func:`touched_edges` of each limit, from one reading of the graph."""
    nearest = np.minimum(nodes[graph.u], nodes[graph.v])
    nearest[origin.edge[origin.linked]] = -np.inf
    edges = np.flatnonzero(nearest <= max(limits))
    nearest = nearest[edges]
    return [edges[nearest <= limit] for limit in limits]


def reached_box(graph: RoadGraph, nodes: np.ndarray, origin: Snapped, limit: float) -> np.ndarray:
    """Box around every edge that is touched within ``limit`` and around the points themselves."""
    return box_of(graph, touched_edges(graph, nodes, origin, limit))


def box_of(graph: RoadGraph, edges: np.ndarray) -> np.ndarray:
    """Box (xmin, ymin, xmax, ymax) around edges."""
    boxes = graph.bounds[edges]
    return np.r_[boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)]


def cell_size(box: np.ndarray) -> float:
    """Finest cell for which the box of a ring has a reasonable number of cells."""
    area = float((box[2] - box[0]) * (box[3] - box[1]))
    return next((cell for cell, most in _CELLS if area <= most * cell**2), _LARGEST)
