"""What is reached within a budget, and the polygons of a field."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.zones.contour import contour, ring_area
from coodiag.coodiag_plugin.zones.graph import build_graph
from coodiag.coodiag_plugin.zones.reach import Surface, cell_size, reached, reached_box
from coodiag.coodiag_plugin.zones.rim import near_rim
from coodiag.coodiag_plugin.zones.search import cost_at, times
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

INF = np.inf


def test_edges_are_cut_where_the_budget_ends() -> None:
    # A cross of four arms of 100 m at 1 m/s, one of them one way inwards.
    arms = [np.array([(0, 0), tip], float) for tip in ((100, 0), (0, 100), (-100, 0), (0, -100))]
    seconds = np.full(4, 100.0)
    graph = build_graph(arms, np.array([100.0, 100.0, 100.0, INF]), seconds)
    origin = snap(graph, np.array([[30.0, 0.0]]), 1)
    short, whole, all_of_it = reached(graph, origin, [20, 90, 500])
    assert short.length() == 40
    assert whole.length() == 30 + 70 + 60 + 60  # one arm is whole, two are cut, one is closed
    assert all_of_it.length() == 300
    tips = np.sort(np.concatenate([part[-1] for part in whole.lines(graph)]))
    assert tips.max() == 100 and (60 in tips)


def test_pieces_from_both_ends_do_not_overlap() -> None:
    ring = [np.array([(0, 0), (100, 0)], float), np.array([(100, 0), (50, 80), (0, 0)], float)]
    graph = build_graph(ring, np.full(2, 100.0), np.full(2, 100.0))
    origin = snap(graph, np.array([[50.0, 0.0]]), 1)
    for pieces in reached(graph, origin, [10, 60, 99, 100, 200]):
        assert pieces.length() <= graph.length.sum() + 1e-9
    assert reached(graph, origin, [100])[0].length() == pytest.approx(graph.length.sum())
    half = reached(graph, origin, [75])[0]
    assert half.length() == pytest.approx(100 + graph.length[1] / 2)
    assert len(half.edge) == 3


fields = arrays(
    float, st.tuples(st.integers(2, 12), st.integers(2, 12)),
    elements=st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 3)),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(field=fields)
def test_rings_are_closed_oriented_and_as_many_as_the_parts(field: np.ndarray) -> None:
    polygons = contour(field)
    for polygon in polygons:
        assert ring_area(polygon.outer) > 0
        assert all(ring_area(hole) < 0 for hole in polygon.holes)
        for ring in (polygon.outer, *polygon.holes):
            assert (ring[0] == ring[-1]).all() and len(ring) >= 4
    assert bool(polygons) == bool((field <= 0).any())


@settings(max_examples=200, deadline=None)
@given(field=fields, more=st.floats(0, 1))
def test_a_lower_field_gives_a_larger_area_and_holes_can_only_be_filled(
    field: np.ndarray, more: float
) -> None:
    area = sum(polygon.area() for polygon in contour(field))
    assert sum(polygon.area() for polygon in contour(field - more)) >= area - 1e-9
    filled = contour(field, hole_area=1e9)
    assert not any(polygon.holes for polygon in filled)
    assert sum(polygon.area() for polygon in filled) >= area - 1e-9


def test_an_island_in_a_filled_hole_goes_with_it() -> None:
    field = np.full((9, 9), -1.0)
    field[2:7, 2:7] = 1.0
    field[4, 4] = -1.0
    assert len(contour(field)) == 2
    (whole,) = contour(field, hole_area=1e9)
    assert not whole.holes
    kept = contour(field, hole_area=1.0)
    assert len(kept) == 2 and len(kept[0].holes) == 1


def test_a_disc_has_the_area_of_a_disc() -> None:
    x, y = np.meshgrid(np.arange(-60, 61), np.arange(-60, 61))
    (disc,) = contour(np.hypot(x, y) - 50, cell=2.0)
    assert disc.area() == pytest.approx(np.pi * 100**2, rel=2e-3)


def test_a_surface_has_the_cost_of_the_search_and_no_area_beyond_reach() -> None:
    road = [np.array([(0, 0), (5000, 0)], float)]
    graph = build_graph(road, np.array([500.0]), np.array([500.0]))
    origin = snap(graph, np.array([[0.0, 0.0]]), 1)
    nodes = times(graph, origin, None)
    box = reached_box(graph, nodes[0], origin, 200)
    surface = Surface(graph, cell_size(box))
    window = surface.window(box)
    cost = cost_at(graph, nodes, origin, window.doors)[0]
    (area,) = contour(surface.excess(window, cost, 200, "time"), window.x0, window.y0, window.cell)
    # 200 s at 10 m/s: the road is reached for 2 km, and off it for what the walk leaves.
    assert area.outer[:, 0].max() == pytest.approx(2000, abs=surface.cell)
    for x, y in area.outer:
        away = np.hypot(min(x, 0), y)
        assert max(x, 0) / 10 + away / (4 / 3.6) <= 200 + 2 * surface.cell
    assert np.abs(area.outer[:, 1]).max() == pytest.approx(200 * 4 / 3.6, abs=surface.cell)


def test_the_cell_of_a_ring_is_finer_for_a_smaller_one() -> None:
    sides = [100, 600, 1_300, 3_500, 9_900, 60_000, 200_000]
    cells = [cell_size(np.array([0.0, 0.0, side, side])) for side in sides]
    assert cells == [5, 5, 10, 25, 50, 100, 200]


def test_the_rim_of_a_network_is_near_its_hull() -> None:
    lines = [
        np.array([(x, y), (x + 1000, y)], float)
        for x in range(0, 5000, 1000)
        for y in range(0, 5000, 1000)
    ]
    graph = build_graph(lines, np.full(25, 60.0), np.full(25, 60.0))
    rim = graph.xy[near_rim(graph)]
    inner = np.delete(graph.xy, near_rim(graph), axis=0)
    assert ((rim == graph.xy.min(axis=0)) | (rim == graph.xy.max(axis=0))).any(axis=1).all()
    assert len(inner) == 4 * 3
    road = build_graph(
        [np.array([(at, 0), (at + 1000, 0)], float) for at in (0, 1000, 2000)],
        np.full(3, 60.0),
        np.full(3, 60.0),
    )
    assert sorted(road.xy[near_rim(road), 0].tolist()) == [0, 3000]
