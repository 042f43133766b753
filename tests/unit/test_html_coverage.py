"""Simplified outlines: near the true ones, and common borders still common."""

from __future__ import annotations

import math
import random
import re

from coodiag.coodiag_plugin.edition.html.coverage import (
    Ring,
    line_path,
    path,
    simplified,
    snapped,
    thinned,
)
from hypothesis import given, settings
from hypothesis import strategies as st


def mosaic(seed: int, side: int = 4, each: int = 400) -> list[list[Ring]]:
    """Cells of a grid whose borders wander, the same for both neighbours."""
    draw = random.Random(seed)
    nodes = {
        (column, row): (column * each + draw.randint(-60, 60), row * each + draw.randint(-60, 60))
        for column in range(side + 1)
        for row in range(side + 1)
    }
    borders: dict[tuple, list[tuple[int, int]]] = {}

    def border(one: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
        key = (min(one, other), max(one, other))
        if key not in borders:
            (x, y), (to_x, to_y) = nodes[key[0]], nodes[key[1]]
            borders[key] = [
                (
                    round(x + (to_x - x) * step / 40 + draw.uniform(-3, 3) * (0 < step < 40)),
                    round(y + (to_y - y) * step / 40 + draw.uniform(-3, 3) * (0 < step < 40)),
                )
                for step in range(41)
            ]
        line = borders[key]
        return line if one == key[0] else line[::-1]

    cells = []
    for column in range(side):
        for row in range(side):
            corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
            points: list[tuple[int, int]] = []
            for one, other in zip(corners, (*corners[1:], corners[0])):
                points += border(one, other)[:-1]
            cells.append([snapped(points)])
    return cells


def edges(ring: Ring) -> list[tuple]:
    return [(min(pair), max(pair)) for pair in zip(ring, (*ring[1:], ring[0]))]


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_inner_borders_belong_to_two_cells_still(seed: int) -> None:
    made = simplified(mosaic(seed), 1.5)
    count: dict[tuple, int] = {}
    for rings in made:
        for ring in rings:
            for edge in edges(ring):
                count[edge] = count.get(edge, 0) + 1
    assert set(count.values()) <= {1, 2}
    outer = {edge for edge, times in count.items() if times == 1}
    # What bounds one cell alone is the outside of the mosaic: one closed line.
    ends: dict[tuple, int] = {}
    for one, other in outer:
        ends[one] = ends.get(one, 0) + 1
        ends[other] = ends.get(other, 0) + 1
    assert set(ends.values()) == {2}
    area = sum(abs(_area(ring)) for rings in made for ring in rings)
    boundary = abs(sum(_area(ring) for rings in made for ring in rings))
    assert math.isclose(area, boundary)


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]))
    return sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairs) / 2


def test_points_are_fewer_and_none_strays_farther_than_the_tolerance() -> None:
    cells = mosaic(1)
    made = simplified(cells, 1.5)
    before = sum(len(ring) for rings in cells for ring in rings)
    after = sum(len(ring) for rings in made for ring in rings)
    assert after < 0.9 * before
    for (ring,), (thin,) in zip(cells, made):
        for point in ring:
            assert min(_away(point, *edge) for edge in edges(thin)) <= 1.5 + 1e-9


def _away(point: tuple, one: tuple, other: tuple) -> float:
    right, down = other[0] - one[0], other[1] - one[1]
    length = right * right + down * down
    share = 0.0
    if length:
        share = ((point[0] - one[0]) * right + (point[1] - one[1]) * down) / length
        share = min(max(share, 0.0), 1.0)
    return math.dist(point, (one[0] + share * right, one[1] + share * down))


def test_an_island_fills_its_hole_still() -> None:
    hole = snapped([(100 + 40 * math.cos(a / 9), 100 + 40 * math.sin(a / 9)) for a in range(57)])
    around = snapped([(0, 0), (200, 0), (200, 200), (0, 200)])
    (outer, inner), (island,) = simplified([[around, hole[::-1]], [hole]], 1.5)
    assert set(edges(inner)) == set(edges(island)) and len(island) < len(hole)
    assert set(edges(outer)) == set(edges(around))


def test_what_is_too_small_to_be_seen_is_gone() -> None:
    assert snapped([(0, 0), (0.2, 0.1), (0.4, 0)]) == ()
    assert simplified([[((0, 0), (40, 1), (80, 0))]], 1.5) == [[]]


def test_paths_say_the_points() -> None:
    ring = ((10, 20), (30, 15), (25, -40))
    assert path([ring]) == "M10 20l20-5-5-55z"
    assert line_path([thinned(ring, 0.1)]) == "M10 20l20-5-5-55"
    x, y, found = 10, 20, [(10, 20)]
    for right, down in re.findall(r"(-?\d+)[ ]?(-?\d+)", "20-5-5-55"):
        x, y = x + int(right), y + int(down)
        found.append((x, y))
    assert tuple(found) == ring
