"""Networks as they should not be: a sentence or a right answer, never a wrong one."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.contour import contour
from coodiag.coodiag_plugin.zones.graph import Lines, RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.reach import Surface, reached_box, touched_edges
from coodiag.coodiag_plugin.zones.search import cost_at, times
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st

INF = np.inf


def both_ways(lines: list[np.ndarray], speed: float = 10.0) -> RoadGraph:
    seconds = np.array([np.hypot(*np.diff(line, axis=0).T).sum() / speed for line in lines])
    return build_graph(lines, seconds, seconds)


def test_a_line_with_a_coordinate_that_is_no_number_is_left_out_whole() -> None:
    good = np.array([(0.0, 0.0), (1000.0, 0.0)])
    for bad in (np.nan, INF, -INF):
        odd = np.array([(0.0, 0.0), (bad, 5.0), (0.0, 900.0)])
        graph = build_graph([odd, good, odd], np.full(3, 9.0), np.full(3, 9.0))
        assert graph.length.tolist() == [1000.0]
        assert np.isfinite(graph.coords).all()
    with pytest.raises(InputError, match="no line that this profile may use"):
        build_graph([odd], np.array([9.0]), np.array([9.0]))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [np.empty((0, 2))],
        [np.array([(1.0, 1.0)])],
        [np.array([(1.0, 1.0), (1.0, 1.0)])],
        [np.array([(1.0, 1.0), (1.05, 1.0)])],  # within the tolerance: a stutter
    ],
)
def test_lines_without_length_make_no_network(lines: list[np.ndarray]) -> None:
    with pytest.raises(InputError, match="no line"):
        build_graph(lines, np.ones(len(lines)), np.ones(len(lines)))


def test_flat_lines_and_a_list_of_lines_make_the_same_graph() -> None:
    random = np.random.default_rng(1)
    lines = [random.uniform(0, 1000, (int(random.integers(2, 9)), 2)) for _ in range(30)]
    seconds = random.uniform(1, 9, 30)
    one = build_graph(lines, seconds, seconds)
    two = build_graph(Lines.of(lines), seconds, seconds)
    for name in ("xy", "u", "v", "length", "coords", "along", "offsets"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    expected = [np.hypot(*np.diff(line, axis=0).T).sum() for line in lines]
    np.testing.assert_allclose(Lines.of(lines).lengths(), expected)


def test_one_huge_line() -> None:
    """200 000 vertices on 400 km: as long as it is, cut where the budget ends."""
    x = np.linspace(0, 400_000, 200_001)
    graph = both_ways([np.column_stack([x, np.sin(x / 3000)])], speed=25.0)
    assert len(graph.u) == 1
    site = snap(graph, np.array([[200_000.0, 0.0]]), 1000.0)
    nodes = times(graph, site, None)
    box = reached_box(graph, nodes[0], site, 600.0)
    surface = Surface(graph, 200.0)
    window = surface.window(box, touched_edges(graph, nodes[0], site, 600.0))
    cost = cost_at(graph, nodes, site, window.doors)[0]
    (area,) = contour(surface.excess(window, cost, 600.0, "time"), window.x0, window.y0, 200.0)
    assert area.outer[:, 0].min() == pytest.approx(185_000, abs=250)
    assert area.outer[:, 0].max() == pytest.approx(215_000, abs=250)


def test_an_island_is_reached_from_nowhere_else_and_keeps_its_own() -> None:
    main = [np.array([(0.0, y), (9000.0, y)]) for y in (0.0, 3000.0)]
    main += [np.array([(0.0, 0.0), (0.0, 3000.0)])]
    island = [np.array([(0.0, 20_000.0), (4000.0, 20_000.0)])]
    graph = both_ways(main + island)
    assert len(graph.component_length) == 2
    assert graph.main_share == pytest.approx(21_000 / 25_000)
    places = snap(graph, np.array([[100.0, 0.0], [100.0, 20_000.0], [3100.0, 20_000.0]]), 10.0)
    matrix = times(graph, places, places)
    assert np.isinf(matrix[0, 1:]).all() and np.isinf(matrix[1:, 0]).all()
    assert matrix[1, 2] == pytest.approx(300)


def test_doors_left_unjoined_change_no_field() -> None:
    """A window culled by the touched edges gives the same field as the whole one."""
    random = np.random.default_rng(4)
    lines = []
    for x in range(0, 12_000, 600):
        for dx, dy in ((600, 0), (0, 600)):
            for y in range(0, 12_000, 600):
                if random.random() < 0.8:
                    lines.append(np.array([(x, y), (x + dx, y + dy)], dtype=float))
    graph = both_ways(lines)
    site = snap(graph, np.array([[6000.0, 6000.0]]), 1000.0)
    for limit in (100.0, 400.0):
        nodes = times(graph, site, None, limit)
        box = reached_box(graph, nodes[0], site, limit)
        fields = []
        for edges in (None, touched_edges(graph, nodes[0], site, limit)):
            surface = Surface(graph, 50.0)
            surface._tiles = {}
            window = surface.window(box, edges)
            cost = cost_at(graph, nodes, site, window.doors)[0]
            fields.append(surface.excess(window, cost, limit, "time"))
            joined = len(surface._tiles)
        np.testing.assert_array_equal(*fields)
        assert joined * 256 < fields[0].size


@settings(max_examples=100)
@given(seed=st.integers(0, 10_000), rows=st.integers(1, 9), columns=st.integers(1, 9))
def test_a_polygon_does_not_depend_on_the_room_around_it(
    seed: int, rows: int, columns: int
) -> None:
    random = np.random.default_rng(seed)
    field = np.round(random.uniform(-1, 1, (6, 7)), 2)
    wide = np.ones((6 + 2 * rows, 7 + 2 * columns))
    wide[rows:-rows, columns:-columns] = field
    tight = np.ones((8, 9))
    tight[1:-1, 1:-1] = field
    one = contour(tight, x0=-1.0, y0=-1.0)
    two = contour(wide, x0=-float(columns), y0=-float(rows))
    assert len(one) == len(two)
    for a, b in zip(one, two):
        np.testing.assert_allclose(a.outer, b.outer, atol=1e-9)
        assert len(a.holes) == len(b.holes)


def one_way_network(seed: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    lines, forward, backward = [], [], []
    places = random.uniform(0, 1000, (12, 2))
    for a in range(12):
        for b in random.choice(12, 3, replace=False):
            if a != b:
                lines.append(places[[a, b]])
                state = random.random()
                forward.append(random.uniform(1, 90) if state < 0.8 else INF)
                backward.append(random.uniform(1, 90) if state > 0.4 else INF)
    return lines, np.array(forward), np.array(backward)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000))
def test_one_way_streets_against_a_naive_search(seed: int) -> None:
    lines, forward, backward = one_way_network(seed)
    graph = build_graph(lines, forward, backward)
    links: dict[tuple[float, ...], dict[tuple[float, ...], float]] = {}
    for line, there, back in zip(lines, forward, backward):
        a, b = (tuple(np.round(end, 3)) for end in line)
        for tail, head, cost in ((a, b, there), (b, a, back)):
            if np.isfinite(cost):
                known = links.setdefault(tail, {})
                known[head] = min(cost, known.get(head, INF))
    nodes = [tuple(np.round(place, 3)) for place in graph.xy]
    start = nodes[seed % len(nodes)]
    done: dict[tuple[float, ...], float] = {}
    queue = [(0.0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node not in done:
            done[node] = cost
            for other, step in links.get(node, {}).items():
                heapq.heappush(queue, (cost + step, other))
    origin = snap(graph, graph.xy[[seed % len(nodes)]], 1.0)
    expected = [done.get(node, INF) for node in nodes]
    np.testing.assert_allclose(times(graph, origin, None)[0], expected, atol=1e-9)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000))
def test_backwards_is_the_transpose_and_a_closed_way_never_helps(seed: int) -> None:
    lines, forward, backward = one_way_network(seed)
    graph = build_graph(lines, forward, backward)
    places = snap(graph, np.random.default_rng(seed).uniform(0, 1000, (6, 2)), 2000.0)
    for mode in ("time", "distance"):
        there = times(graph, places, places, mode=mode)
        back = times(graph, places, places, reverse=True, mode=mode)
        np.testing.assert_allclose(there, back.T, atol=1e-9)
    closed = forward.copy()
    victim = seed % len(lines)
    if np.isfinite(backward[victim]):
        closed[victim] = INF
        fewer = build_graph(lines, closed, backward)
        again = snap(fewer, np.random.default_rng(seed).uniform(0, 1000, (6, 2)), 2000.0)
        assert (times(fewer, again, again) >= times(graph, places, places) - 1e-9).all()
