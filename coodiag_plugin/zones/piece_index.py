"""Where the roads are: straight pieces of edges by square of a grid, in arrays that can be mapped.

No tree is built and nothing is loaded: a search touches the squares around its points only, so the
first point of a session costs as little as the next.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from .graph import RoadGraph

#: Side of a square and longest part of a piece that is entered once, metres.
SIDE, STEP = 64.0, 32.0
#: Points × pieces compared at once.
_AT_ONCE = 400_000
#: Points that one thread looks after at a time, and threads at most.
_BLOCK, _WORKERS = 10_000, 4
#: Half-width, in squares, of the first window that is searched, and by how much the next grows.
_WINDOW, _GROWTH = 1, 2.5


@dataclass(frozen=True, eq=False)
class PieceIndex:
    """Pieces sorted by square: ``piece[starts[i]:starts[i + 1]]`` lie in the square ``squares[i]``.

    A piece is the number of the vertex of ``graph.coords`` where it begins. It is entered in the
    square of the middle of each of its parts of at most ``STEP`` metres. ``corner`` holds the
    column and row of the first square and the number of columns; squares are numbered row by row.
    ``middle`` is that of the part, in metres from the corner (single precision).
    """

    corner: np.ndarray
    squares: np.ndarray
    starts: np.ndarray
    piece: np.ndarray
    middle: np.ndarray

    @classmethod
    def of(cls, graph: RoadGraph) -> PieceIndex:
        """Index of the usable edges of a graph."""
        edge = np.repeat(np.arange(len(graph.u)), np.diff(graph.offsets))
        begins = graph.usable[edge]
        begins[graph.offsets[1:] - 1] = False
        piece = np.flatnonzero(begins)
        a, step = graph.coords[piece], graph.coords[piece + 1] - graph.coords[piece]
        parts = np.maximum(np.ceil(np.hypot(*step.T) / STEP).astype(np.int64), 1)
        owner = np.repeat(np.arange(len(piece)), parts)
        rank = np.arange(len(owner)) - (np.cumsum(parts) - parts)[owner]
        middle = a[owner] + ((rank + 0.5) / parts[owner])[:, None] * step[owner]
        piece = piece[owner]
        if not len(piece):
            none = np.empty(0, dtype=np.int64)
            flat = np.empty((0, 2), dtype=np.float32)
            return cls(np.array([0, 0, 1]), none, np.zeros(1, dtype=np.int64), none, flat)
        column, row = np.floor(middle / SIDE).astype(np.int64).T
        corner = np.array([column.min(), row.min(), column.max() - column.min() + 1])
        square = (row - corner[1]) * corner[2] + column - corner[0]
        order = np.argsort(square, kind="stable")
        square, piece, middle = square[order], piece[order], middle[order] - corner[:2] * SIDE
        squares, starts = np.unique(square, return_index=True)
        return cls(
            corner,
            squares,
            np.r_[starts, len(square)],
            piece.astype(np.int32),
            middle.astype(np.float32),
        )

    def nearest(
        self, graph: RoadGraph, points: np.ndarray, limit: float
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each finite point (n, 2): distance, nearest piece and how far along it the foot lies.

        The piece is −1, and the distance more than ``limit``, where no piece lies within
        ``limit``. Of pieces at the same distance the first one is taken.
        """
        count = len(points)
        gap, piece = np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
        part = np.zeros(count)
        rows = np.arange(count if len(self.piece) else 0)
        blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]

        def find(block: np.ndarray) -> None:
            self._find(graph, points, block, limit, (gap, piece, part))

        if len(blocks) > 1:  # numpy computes outside the lock of Python
            with ThreadPoolExecutor(min(os.cpu_count() or 1, _WORKERS)) as pool:
                list(pool.map(find, blocks))
        else:
            list(map(find, blocks))
        lost = gap > limit
        piece[lost] = -1
        gap[lost] = np.maximum(limit, np.nextafter(limit, np.inf))
        return gap, piece, part

    def _find(
        self,
        graph: RoadGraph,
        points: np.ndarray,
        rows: np.ndarray,
        limit: float,
        result: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:
        """Fill ``result`` (gap, piece, part) for the points ``rows``, in larger and larger windows.

        A piece that was not seen has no middle in the window. Once any piece was seen, the window
        that proves the nearest one is known.
        """
        last = int(np.ceil((limit + STEP / 2) / SIDE)) + 1
        half = np.full(len(rows), min(_WINDOW, last))
        while len(rows):
            for width in np.unique(half).tolist():
                self._search(graph, points, rows[half == width], width, result)
            inner = points[rows] / SIDE - np.floor(points[rows] / SIDE)
            margin = np.minimum(inner, 1 - inner).min(axis=1)
            gap = result[0][rows]
            needed = np.ceil((np.minimum(gap, limit) + STEP / 2) / SIDE - margin).astype(int)
            going = half < needed
            rows, half, needed, seen = rows[going], half[going], needed[going], gap[going] < np.inf
            grown = np.maximum((half * _GROWTH).astype(int), half + 1)
            half = np.minimum(np.where(seen, needed, grown), last)

    def _search(
        self,
        graph: RoadGraph,
        points: np.ndarray,
        rows: np.ndarray,
        half: int,
        result: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:
        """Compare the points ``rows`` with all the pieces of their windows of 2·half + 1 squares."""
        for group in _groups(rows, 2 * half + 1):
            column, row = np.floor(points[group] / SIDE).astype(np.int64).T - self.corner[:2, None]
            low, high = self._ranges(column, row, half)
            counts = (high - low).sum(axis=1)
            for at in _bunches(counts):
                self._compare(graph, points, group[at], low[at], high[at], result)

    def _ranges(
        self, column: np.ndarray, row: np.ndarray, half: int
    ) -> tuple[np.ndarray, np.ndarray]:
        """Ranges (points, rows of the window) of the pieces in the windows around squares."""
        columns = int(self.corner[2])
        left = np.clip(column - half, 0, columns)
        right = np.clip(column + half + 1, 0, columns)
        first = (row[:, None] + np.arange(-half, half + 1)) * columns
        ends = np.stack([first + left[:, None], first + right[:, None]])
        low, high = self.starts[np.searchsorted(self.squares, ends)]
        return low, high

    def _compare(
        self,
        graph: RoadGraph,
        points: np.ndarray,
        rows: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
        result: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:
        sizes = (high - low).ravel()
        total = int(sizes.sum())
        if not total:
            return
        entry = np.repeat(low.ravel() - (np.cumsum(sizes) - sizes), sizes) + np.arange(total)
        counts = sizes.reshape(low.shape).sum(axis=1)
        rows, counts = rows[counts > 0], counts[counts > 0]
        # A sieve: the middle of an entry is on the piece, and no part reaches farther than half a
        # step from it. Single precision errs by centimetres.
        place = (points[rows] - self.corner[:2] * SIDE).astype(np.float32)
        away = place[np.repeat(np.arange(len(rows)), counts)]
        away -= self.middle[entry]
        far = np.einsum("ij,ij->i", away, away)
        first = np.cumsum(counts) - counts
        bound = np.sqrt(np.minimum.reduceat(far, first)) + (STEP / 2 + 1.0)
        keep = np.flatnonzero(far <= np.repeat(bound * bound, counts))
        counts = np.diff(np.searchsorted(keep, np.r_[first, total]))
        piece = self.piece[entry[keep]]
        self._exact(graph, points, rows, counts, piece, result)

    def _exact(
        self,
        graph: RoadGraph,
        points: np.ndarray,
        rows: np.ndarray,
        counts: np.ndarray,
        piece: np.ndarray,
        result: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> None:
        """The nearest of ``counts`` pieces for each of the points ``rows``."""
        a = graph.coords[piece]
        step = graph.coords[piece + 1] - a
        a -= np.repeat(points[rows], counts, axis=0)  # from the point to the beginning
        square = np.maximum(np.einsum("ij,ij->i", step, step), 1e-18)
        part = np.clip(-np.einsum("ij,ij->i", a, step) / square, 0.0, 1.0)
        step *= part[:, None]
        a += step
        away = np.hypot(a[:, 0], a[:, 1])
        first = np.cumsum(counts) - counts
        least = np.minimum.reduceat(away, first)
        # Of equal pieces the first: those that are farther are numbered beyond all others.
        rank = np.where(away == np.repeat(least, counts), piece, len(graph.coords))
        found = np.minimum.reduceat(rank, first)
        best = np.flatnonzero(rank == np.repeat(found, counts))
        owner = np.repeat(np.arange(len(rows)), counts)[best]
        gaps, pieces, parts = result
        gaps[rows], pieces[rows] = least, found
        parts[rows[owner]] = part[best]


def _groups(rows: np.ndarray, width: int) -> list[np.ndarray]:
    """Rows in groups whose windows, of ``width`` ranges each, stay small in memory."""
    size = max(_AT_ONCE // width, 1)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _bunches(counts: np.ndarray) -> list[slice]:
    """Slices of consecutive points with about ``_AT_ONCE`` pieces in all."""
    bunch = np.cumsum(counts) // _AT_ONCE
    cuts = np.flatnonzero(np.diff(bunch)) + 1
    return [slice(a, b) for a, b in zip([0, *cuts.tolist()], [*cuts.tolist(), len(counts)])]
