"""Polygons of a field on a regular grid: where it is zero or less.

Each square is cut into two triangles, on which the field is linear: no ambiguous case, valid
rings, and a field that is nowhere larger gives polygons that contain the others.
"""

from __future__ import annotations

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
    rings = np.split(places[order], starts[1:])
    outers: dict[int, tuple[int, np.ndarray]] = {}
    holes: dict[int, list[np.ndarray]] = {}
    filled: set[int] = set()
    around: dict[int, int] = {}  # gap → the part whose hole it is
    first = order[starts]
    for ring, area, part, gap in zip(
        rings, _areas(places[order], starts), part_of[first].tolist(), gap_of[first].tolist()
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

    return [
        Polygon(_straighten(outers[part][1]), [_straighten(ring) for ring in holes.get(part, [])])
        for part in sorted(outers)
        if not swallowed(part)
    ]


def _areas(places: np.ndarray, starts: np.ndarray) -> list[float]:
    """Signed area of each ring, the rings following one another and not closed."""
    counts = np.diff(np.r_[starts, len(places)])
    x, y = (places - np.repeat(places[starts], counts, axis=0)).T
    after = np.arange(1, len(places) + 1)
    after[starts + counts - 1] = starts
    return (np.add.reduceat(x * y[after] - x[after] * y, starts) / 2).tolist()


def _segments(inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Crossed grid sides (their numbers) and, for each, the rank of the next one on its ring.

    Sides are numbered kind · size + node, kind 0 to the right, 1 upwards, 2 along the diagonal.
    """
    size = inside.size
    width = inside.shape[1]
    node = np.arange(size).reshape(inside.shape)[:-1, :-1].ravel()
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
    following = follow.tolist()
    seen = bytearray(len(following))
    order: list[int] = []
    starts = []
    for start, done in enumerate(seen):
        if done:
            continue
        starts.append(len(order))
        at = start
        while not seen[at]:
            seen[at] = 1
            order.append(at)
            at = following[at]
    return np.array(order), np.array(starts)


def _straighten(ring: np.ndarray) -> np.ndarray:
    """The closed ring without the points that lie on the straight line between their neighbours."""
    before, after = np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0)
    a, b = ring - before, after - ring
    bend = np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) > 1e-9 * np.abs(a * b).sum(axis=1)
    kept = ring[bend]
    return np.vstack([kept, kept[:1]])
