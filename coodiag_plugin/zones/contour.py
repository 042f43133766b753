"""Polygons of a field on a regular grid: where it is zero or less.

Each square is cut into two triangles, on which the field is linear: no ambiguous case, valid
rings, and a field that is nowhere larger gives polygons that contain the others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import label

#: Neighbours that share a side or the diagonal of the triangles.
_TOUCH = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])
#: A crossing keeps this share of the grid side away from its ends, so that rings never touch.
_MARGIN = 0.01


@dataclass(frozen=True, eq=False)
class Polygon:
    """Closed rings (k, 2): the outer one counter-clockwise, the holes clockwise."""

    outer: np.ndarray
    holes: list[np.ndarray]

    def area(self) -> float:
        return ring_area(self.outer) + sum(ring_area(hole) for hole in self.holes)


def ring_area(ring: np.ndarray) -> float:
    """Signed area (shoelace), positive counter-clockwise."""
    x, y = (ring - ring[0]).T
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def contour(
    field: np.ndarray, x0: float = 0.0, y0: float = 0.0, cell: float = 1.0, hole_area: float = 0.0
) -> list[Polygon]:
    """Polygons where ``field`` (rows upwards, columns) ≤ 0; holes under ``hole_area`` filled."""
    inside = field <= 0
    if not inside.any():
        return []
    rows, columns = (np.flatnonzero(inside.any(axis=axis)) for axis in (1, 0))
    low = np.maximum([rows[0] - 1, columns[0] - 1], 0)
    beyond = float(np.abs(field).max(initial=1.0)) or 1.0
    field = field[low[0] : rows[-1] + 2, low[1] : columns[-1] + 2]
    field = np.pad(field, 1, constant_values=beyond)
    inside = field <= 0
    crossings, follow = _segments(inside)
    nodes, others, places = _cross(field, crossings)
    places = (places + np.array([low[1] - 1, low[0] - 1])) * cell + (x0, y0)
    parts, gaps = label(inside, structure=_TOUCH)[0], label(~inside, structure=_TOUCH)[0]
    part_of, gap_of = (
        np.maximum(labels.ravel()[nodes], labels.ravel()[others]) for labels in (parts, gaps)
    )
    order, starts = _rings(follow)
    around_of = _Rings(places[order], starts)
    outers: dict[int, tuple[int, int]] = {}
    holes: dict[int, list[int]] = {}
    filled: set[int] = set()
    around: dict[int, int] = {}  # gap → the part whose hole it is
    first = order[starts]
    for ring, (area, part, gap) in enumerate(
        zip(around_of.areas(), part_of[first].tolist(), gap_of[first].tolist())
    ):
        if area > 0:
            outers[part] = (gap, ring)
            continue
        around[gap] = part
        if -area >= hole_area:
            holes.setdefault(part, []).append(ring)
        else:
            filled.add(gap)

    def swallowed(part: int) -> bool:
        """Whether the part is an island in a hole that was filled."""
        gap = outers[part][0]
        return gap in filled or (gap in around and swallowed(around[gap]))

    straight = around_of.straight()
    return [
        Polygon(straight(outers[part][1]), [straight(ring) for ring in holes.get(part, [])])
        for part in sorted(outers)
        if not swallowed(part)
    ]


class _Rings:
    """Rings that follow one another in ``places``, not closed, each from one of ``starts``."""

    def __init__(self, places: np.ndarray, starts: np.ndarray) -> None:
        self.places, self.starts = places, starts
        self.ends = np.r_[starts[1:], len(places)]
        self.after = np.arange(1, len(places) + 1)
        self.after[self.ends - 1] = starts
        self.before = np.arange(-1, len(places) - 1)
        self.before[starts] = self.ends - 1

    def areas(self) -> list[float]:
        """Signed area of each ring (shoelace), positive counter-clockwise."""
        counts = self.ends - self.starts
        x, y = (self.places - np.repeat(self.places[self.starts], counts, axis=0)).T
        cross = x * y[self.after] - x[self.after] * y
        return (np.add.reduceat(cross, self.starts) / 2).tolist()

    def straight(self) -> Callable[[int], np.ndarray]:
        """Gives a ring by its rank, closed, without the points that lie on the straight line
        between their neighbours."""
        a = self.places - self.places[self.before]
        b = self.places[self.after] - self.places
        bend = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) > 1e-9 * np.abs(a * b).sum(axis=1)

        def ring(rank: int) -> np.ndarray:
            rows = slice(self.starts[rank], self.ends[rank])
            kept = self.places[rows][bend[rows]]
            return np.concatenate([kept, kept[:1]])

        return ring


def _segments(inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Crossed grid sides (their numbers) and, for each, the rank of the next one on its ring.

    Sides are numbered kind · size + node, kind 0 to the right, 1 upwards, 2 along the diagonal.
    """
    size = inside.size
    width = inside.shape[1]
    # Squares whose four corners are not alike: no side is crossed anywhere else.
    corners_in = np.add(inside[:-1], inside[1:], dtype=np.int8)
    corners_in = corners_in[:, :-1] + corners_in[:, 1:]
    row, column = np.nonzero((corners_in > 0) & (corners_in < 4))
    node = row * width + column
    right, up, across = node + 1, node + width, node + width + 1
    triangles = (
        ((node, right, across), (node, size + right, 2 * size + node)),
        ((node, across, up), (2 * size + node, up, size + node)),
    )
    flat = inside.ravel()
    starts, ends = [], []
    for corners, sides in triangles:
        bits = np.stack([flat[corner] for corner in corners])
        sides_of = np.stack(sides)
        leaving = bits & ~np.roll(bits, -1, axis=0)
        entering = ~bits & np.roll(bits, -1, axis=0)
        mixed = np.flatnonzero(leaving.any(axis=0))
        starts.append(sides_of[leaving[:, mixed].argmax(axis=0), mixed])
        ends.append(sides_of[entering[:, mixed].argmax(axis=0), mixed])
    start, end = np.concatenate(starts), np.concatenate(ends)
    order = np.argsort(start)
    crossings = start[order]
    return crossings, np.searchsorted(crossings, end[order])


def _cross(field: np.ndarray, crossings: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both nodes of each crossed side, and the place of the crossing by linear interpolation."""
    size, width = field.size, field.shape[1]
    kind, node = crossings // size, crossings % size
    shift = np.array([[1, 0], [0, 1], [1, 1]])[kind]
    other = node + shift[:, 0] + shift[:, 1] * width
    flat = field.ravel()
    share = np.clip(flat[node] / (flat[node] - flat[other]), _MARGIN, 1 - _MARGIN)
    place = np.column_stack([node % width, node // width]) + share[:, None] * shift
    return node, other, place


def _rings(follow: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cycles of the permutation ``follow``, one after the other, and where each one starts."""
    count = len(follow)
    rounds = max(count - 1, 1).bit_length()
    # By doubling (Wyllie 1979): the least member of each cycle, which leads it, then the steps
    # from each member to its leader.
    leader, ahead = np.arange(count), follow
    for _ in range(rounds):
        leader, ahead = np.minimum(leader, leader[ahead]), ahead[ahead]
    leads = leader == np.arange(count)
    steps, ahead = (~leads).astype(np.int64), np.where(leads, leader, follow)
    for _ in range(rounds):
        steps, ahead = steps + steps[ahead], ahead[ahead]
    sizes = np.bincount(leader, minlength=count)
    starts = np.cumsum(sizes) - sizes
    order = np.empty(count, dtype=np.int64)
    order[starts[leader] + (sizes[leader] - steps) % sizes[leader]] = np.arange(count)
    return order, starts[leads]
