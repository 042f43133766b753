"""Joining points to the road graph: on edges, not on nodes, with the walked leg counted."""

from __future__ import annotations

from dataclasses import dataclass, fields
from weakref import WeakKeyDictionary

import numpy as np

from .graph import WALK, RoadGraph
from .piece_index import PieceIndex

#: Arrays of the index of pieces among those kept with a graph are named so.
INDEX = "pieces_"
_END = 1e-6


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


def snap(graph: RoadGraph, points: np.ndarray, max_distance: float) -> Snapped:
    """Join ``points`` (n, 2) to the nearest usable edge within ``max_distance`` metres, exactly."""
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    count = len(points)
    located = np.flatnonzero(np.isfinite(points).all(axis=1))
    gap, edge = np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
    position, foot = np.zeros(count), np.full((count, 2), np.nan)
    away, piece, part = pieces_of(graph).nearest(graph, points[located], max_distance)
    gap[located] = away
    rows, part, piece = located[piece >= 0], part[piece >= 0], piece[piece >= 0]
    edge[rows] = np.searchsorted(graph.offsets, piece, side="right") - 1
    start, end = graph.coords[piece], graph.coords[piece + 1]
    foot[rows] = start + part[:, None] * (end - start)
    along = graph.along[piece]
    place = along + part * (graph.along[piece + 1] - along)
    # At an end to the micron is at the end: a closed direction costs nothing on no length.
    length = graph.length[edge[rows]]
    position[rows] = np.where(place < _END, 0.0, np.where(place > length - _END, length, place))
    return Snapped(edge, position, foot, gap)


_indexes: WeakKeyDictionary[RoadGraph, PieceIndex] = WeakKeyDictionary()


def pieces_of(graph: RoadGraph) -> PieceIndex:
    """Index of the pieces of a graph: the one kept with it, else made at the first call."""
    if graph not in _indexes:
        names = [field.name for field in fields(PieceIndex)]
        kept = [graph.kept[INDEX + name] for name in names if INDEX + name in graph.kept]
        _indexes[graph] = PieceIndex(*kept) if kept else PieceIndex.of(graph)
    return _indexes[graph]
