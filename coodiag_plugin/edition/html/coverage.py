"""Outlines for a screen: fewer points, and borders that stay common.

Two neighbours share the points of their border. The outlines are cut where three lines meet into
arcs, each arc is simplified once (Douglas and Peucker, 1973), whichever outline it is met in: what
was common stays common, without gaps or overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Point = tuple[int, int]
Ring = tuple[Point, ...]  # closed: the first point is not repeated


def snapped(points: Iterable[tuple[float, float]]) -> Ring:
    """A closed ring on whole units, without repeated points; empty when nothing of it is left."""
    ring: list[Point] = []
    for x, y in points:
        point = (round(x), round(y))
        if not ring or ring[-1] != point:
            ring.append(point)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return tuple(ring) if len(ring) > 2 else ()


def simplified(shapes: Sequence[Sequence[Ring]], tolerance: float) -> list[list[Ring]]:
    """The shapes, each a sequence of rings, with common borders still common."""
    junctions = _junctions(ring for rings in shapes for ring in rings)
    known: dict[Ring, Ring] = {}
    return [
        [thin for ring in rings if (thin := _ring(ring, junctions, tolerance, known))]
        for rings in shapes
    ]


def thinned(line: Sequence[Point], tolerance: float) -> Ring:
    """An open line without the points that bend it by less than ``tolerance``."""
    kept = [False] * len(line)
    kept[0] = kept[-1] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        worst, at = tolerance * tolerance, -1
        for rank in range(first + 1, last):
            away = _away(line[rank], line[first], line[last])
            if away > worst:
                worst, at = away, rank
        if at >= 0:
            kept[at] = True
            spans += [(first, at), (at, last)]
    return tuple(point for point, held in zip(line, kept) if held)


def path(rings: Iterable[Ring]) -> str:
    """An SVG path of closed rings, in relative whole units."""
    return "".join(f"{_moves(ring)}z" for ring in rings)


def line_path(lines: Iterable[Ring]) -> str:
    """An SVG path of open lines."""
    return "".join(map(_moves, lines))


def _moves(points: Ring) -> str:
    x, y = points[0]
    text = [f"M{x} {y}l"]
    for rank, (to_x, to_y) in enumerate(points[1:]):
        right, down = to_x - x, to_y - y
        gap = " " if rank and right >= 0 else ""
        text.append(f"{gap}{right}{' ' if down >= 0 else ''}{down}")
        x, y = to_x, to_y
    return "".join(text)


def _away(point: Point, one: Point, other: Point) -> float:
    """Square of the distance from a point to a segment."""
    right, down = other[0] - one[0], other[1] - one[1]
    x, y = float(point[0] - one[0]), float(point[1] - one[1])
    length = right * right + down * down
    if length:
        share = min(max((x * right + y * down) / length, 0.0), 1.0)
        x, y = x - share * right, y - share * down
    return x * x + y * y


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where other than two lines meet."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        for one, other in zip(ring, (*ring[1:], ring[0])):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    return {point for point, others in beside.items() if len(others) != 2}


def _ring(ring: Ring, junctions: set[Point], tolerance: float, known: dict[Ring, Ring]) -> Ring:
    """A ring made of its thinned arcs; empty when it has no area left to show."""
    cuts = [rank for rank, point in enumerate(ring) if point in junctions]
    if not cuts:
        ring = _turned(ring)
        far = max(range(len(ring)), key=lambda rank: (_away(ring[rank], ring[0], ring[0]), rank))
        cuts = [0, far]
    ring, cuts = (*ring[cuts[0] :], *ring[: cuts[0]]), [cut - cuts[0] for cut in cuts]
    made: list[Point] = []
    for first, last in zip(cuts, (*cuts[1:], len(ring))):
        arc = (*ring[first : last + 1], *(ring[:1] if last == len(ring) else ()))
        made += _arc(arc, tolerance, known)[:-1]
    return tuple(made) if len(made) > 2 else ()


def _arc(arc: Ring, tolerance: float, known: dict[Ring, Ring]) -> Ring:
    """An arc thinned in one direction, the same for the two outlines that it parts."""
    back = arc[::-1]
    key = min(arc, back)
    if key not in known:
        known[key] = thinned(key, tolerance)
    return known[key] if key == arc else known[key][::-1]


def _turned(ring: Ring) -> Ring:
    """A ring without junctions, from its least point on and in one direction: an island and the
    hole that it fills are cut alike."""
    at = ring.index(min(ring))
    ring = (*ring[at:], *ring[:at])
    return ring if ring[1] <= ring[-1] else (ring[0], *ring[:0:-1])
