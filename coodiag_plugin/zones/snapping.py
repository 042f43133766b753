"""Joining points to the road graph: on edges, not on nodes, with the walked leg counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from scipy.spatial import cKDTree

from .graph import WALK, RoadGraph

#: Longest piece of road behind one point of the search tree, metres.
_SPACING = 25.0


@dataclass(frozen=True, eq=False)
class Snapped:
    """Points joined to a graph, in the order they were given.

    ``edge`` is −1 for a point farther than the allowed distance or without coordinates;
    ``position`` is the distance of the foot from ``u`` of the edge (m), ``foot`` its coordinates
    (NaN when not linked) and ``gap`` the distance from the point to the road (m, at least that
    much when not linked, inf without coordinates).
    """

    edge: np.ndarray
    position: np.ndarray
    foot: np.ndarray
    gap: np.ndarray

    def __len__(self) -> int:
        return len(self.edge)

    @property
    def linked(self) -> np.ndarray:
        return self.edge >= 0

    def access(self, mode: str = "time") -> np.ndarray:
        """Cost of the leg between point and road: seconds on foot at 4 km/h, or metres."""
        return self.gap / WALK if mode == "time" else self.gap

    def take(self, rows: np.ndarray) -> Snapped:
        return Snapped(self.edge[rows], self.position[rows], self.foot[rows], self.gap[rows])


class _Index:
    """Search tree over the usable edges, each cut into straight pieces of at most 25 m."""

    def __init__(self, graph: RoadGraph) -> None:
        first = np.ones(len(graph.coords), dtype=bool)
        first[graph.offsets[1:-1]] = False
        starts = np.setdiff1d(np.arange(len(graph.coords)), graph.offsets[1:] - 1)
        edge = np.searchsorted(graph.offsets, starts, side="right") - 1
        usable = graph.usable[edge]
        starts, edge = starts[usable], edge[usable]
        a, b = graph.coords[starts], graph.coords[starts + 1]
        parts = np.maximum(np.ceil(np.hypot(*(b - a).T) / _SPACING).astype(int), 1)
        rank = np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)
        step = np.repeat((b - a) / parts[:, None], parts, axis=0)
        self.edge = np.repeat(edge, parts)
        self.start = np.repeat(a, parts, axis=0) + step * rank[:, None]
        self.step = step
        self.size = np.hypot(*step.T)
        self.along = np.repeat(graph.along[starts], parts) + rank * self.size
        self.tree: Any = cKDTree(self.start + step / 2) if len(self.edge) else None

    def project(self, points: np.ndarray, piece: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Distance of each point to its pieces (n, k) and how far along the foot lies (0–1)."""
        start, step = self.start[piece], self.step[piece]
        towards = points[:, None, :] - start
        square = np.maximum((step * step).sum(axis=2), 1e-18)
        part = np.clip((towards * step).sum(axis=2) / square, 0.0, 1.0)
        return np.linalg.norm(towards - part[..., None] * step, axis=2), part


_indexes: WeakKeyDictionary[RoadGraph, _Index] = WeakKeyDictionary()


def snap(graph: RoadGraph, points: np.ndarray, max_distance: float) -> Snapped:
    """Join ``points`` (n, 2) to the nearest edge within ``max_distance`` metres, exactly.

    The nearest road among the 4 (then 32, 256…) nearest pieces is accepted once no farther piece
    can beat it: a piece reaches at most half its length from its middle.
    """
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    if graph not in _indexes:
        _indexes[graph] = _Index(graph)
    index = _indexes[graph]
    count = len(points)
    gap = np.full(count, np.inf)
    piece = np.full(count, -1)
    part = np.zeros(count)
    rows = np.flatnonzero(np.isfinite(points).all(axis=1))
    neighbours = 4
    while len(rows) and index.tree is not None:
        neighbours = min(neighbours, len(index.edge))
        rows = _nearest(index, points, rows, neighbours, max_distance, (gap, piece, part))
        neighbours *= 8
    linked = (piece >= 0) & (gap <= max_distance)
    found = np.where(linked, piece, 0)
    if index.tree is None:
        return Snapped(np.full(count, -1), part, np.full((count, 2), np.nan), gap)
    foot = index.start[found] + part[:, None] * index.step[found]
    position = index.along[found] + part * index.size[found]
    return Snapped(
        edge=np.where(linked, index.edge[found], -1),
        position=np.where(linked, np.minimum(position, graph.length[index.edge[found]]), 0.0),
        foot=np.where(linked[:, None], foot, np.nan),
        gap=gap,
    )


def _nearest(
    index: _Index,
    points: np.ndarray,
    rows: np.ndarray,
    neighbours: int,
    max_distance: float,
    result: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> np.ndarray:
    """Fill ``result`` (gap, piece, part) for ``rows``; give back the rows not yet proven."""
    gap, piece, part = result
    far, near = index.tree.query(
        points[rows],
        k=np.arange(1, neighbours + 1),
        distance_upper_bound=max_distance + _SPACING / 2,
    )
    lost = ~np.isfinite(far[:, 0])
    gap[rows[lost]] = max_distance + 1e-9
    rows, far, near = rows[~lost], far[~lost], near[~lost]
    distance, share = index.project(points[rows], np.where(np.isfinite(far), near, 0))
    distance[~np.isfinite(far)] = np.inf
    best = distance.argmin(axis=1)
    line = np.arange(len(rows))
    gap[rows], piece[rows], part[rows] = distance[line, best], near[line, best], share[line, best]
    if neighbours == len(index.edge):
        return rows[:0]
    return rows[far[:, -1] < gap[rows] + _SPACING / 2]
