"""The road graph on networks small enough to reckon by hand, and against a plain Dijkstra."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.search import cost_from_any, times
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st

INF = np.inf


def line(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=float)


def simple(lines: list[np.ndarray], speed: float = 10.0, **options: object) -> RoadGraph:
    seconds = [np.hypot(*np.diff(one, axis=0).T).sum() / speed for one in lines]
    return build_graph(lines, np.array(seconds), np.array(seconds), **options)


def test_a_cross_drawn_at_a_shared_vertex_is_split_there() -> None:
    graph = simple([line((0, 0), (100, 0), (200, 0)), line((100, -50), (100, 0), (100, 50))])
    assert len(graph.u) == 4
    assert len(graph.xy) == 5
    assert graph.length.tolist() == [100, 100, 50, 50]
    assert graph.forward.tolist() == [10, 10, 5, 5]
    assert graph.main_share == 1.0


def test_lines_that_cross_without_a_vertex_stay_apart() -> None:
    graph = simple([line((0, 0), (200, 0)), line((100, -50), (100, 50))])
    assert len(graph.u) == 2
    assert graph.main_share == pytest.approx(2 / 3)


def test_a_bridge_does_not_touch_the_road_below() -> None:
    road = line((0, 0), (100, 0), (200, 0))
    bridge = line((100, -50), (100, 0), (100, 50))
    assert len(simple([road, bridge], level=np.array([0, 1])).u) == 2
    assert len(simple([road, bridge], level=np.array([0, 0])).u) == 4


def test_ends_within_the_tolerance_are_one_node() -> None:
    near = [line((0, 0), (100, 0)), line((100.05, 0), (200, 0))]
    assert simple(near, tolerance=0.1).main_share == 1.0
    assert len(simple(near, tolerance=0.01).component_length) == 2


def test_one_way_closed_and_parallel_edges() -> None:
    # A → B one way in 10 s; a detour back B → A of 30 s; a slower parallel A → B.
    lines = [
        line((0, 0), (100, 0)),
        line((100, 0), (100, 100), (0, 100), (0, 0)),
        line((0, 0), (50, 20), (100, 0)),
    ]
    graph = build_graph(lines, np.array([10.0, 30.0, 25.0]), np.array([INF, INF, INF]))
    ends = snap(graph, np.array([[0.0, 0.0], [100.0, 0.0]]), 1)
    assert times(graph, ends, ends).tolist() == [[0, 10], [30, 0]]
    assert times(graph, ends, ends, reverse=True).tolist() == [[0, 30], [10, 0]]
    assert times(graph, ends, ends, limit_seconds=20).tolist() == [[0, 10], [INF, 0]]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_of_parallel_edges_the_cheapest_counts(order: tuple[int, ...]) -> None:
    lines = [
        line((0, 0), (100, 0)),
        line((0, 0), (50, 30), (100, 0)),
        line((100, 0), (200, 0)),
    ]
    seconds = np.array([25.0, 10.0, 10.0])
    rows = list(order)
    graph = build_graph([lines[row] for row in rows], seconds[rows], seconds[rows])
    ends = snap(graph, np.array([[-1.0, 0.0], [201.0, 0.0]]), 2)
    # From beyond the ends: whichever of the two lines the point joins, the way is over the cheap one.
    walk = 2 / (4 / 3.6)
    assert times(graph, ends, ends)[0, 1] == pytest.approx(20 + walk)
    nodes = times(graph, ends, None)[0]
    start, end = (
        int(np.flatnonzero((graph.xy == place).all(axis=1))[0]) for place in ((0, 0), (200, 0))
    )
    assert nodes[end] - nodes[start] == pytest.approx(20)


def test_at_the_end_of_a_one_way_edge_the_closed_direction_costs_nothing() -> None:
    """A point a hair from the end, by rounding, is not sent around the block."""
    ring = [line((0, 0), (100, 0)), line((100, 0), (100, 100), (0, 100), (0, 0))]
    graph = build_graph(ring, np.array([10.0, 30.0]), np.array([INF, INF]))
    hair = snap(graph, np.array([[1e-9, -5.0], [100 - 1e-9, -5.0]]), 10)
    assert hair.edge.tolist() == [0, 0] and hair.position.tolist() == [0.0, 100.0]
    walk = 10 / (4 / 3.6)
    assert times(graph, hair, hair)[1, 0] == pytest.approx(30 + walk)


def test_a_closed_ring_is_left_by_its_shorter_side() -> None:
    square = line((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
    graph = simple([square, line((0, 0), (-100, 0))], speed=1.0)
    place = snap(graph, np.array([[0.0, 50.0], [50.0, 0.0], [-100.0, 0.0]]), 1)
    found = times(graph, place, place)
    assert found[:, 2].tolist() == pytest.approx([150, 150, 0])
    assert found[2].tolist() == pytest.approx([150, 150, 0])


def test_points_are_joined_inside_edges_and_the_walk_counts() -> None:
    graph = simple([line((0, 0), (1000, 0))], speed=10.0)
    points = np.array([[200.0, 0.0], [700.0, 20.0], [0.0, -4000.0], [np.nan, 0.0]])
    found = snap(graph, points, 100)
    assert found.edge.tolist() == [0, 0, -1, -1]
    assert found.position[:2].tolist() == [200, 700]
    assert found.gap[1] == 20
    matrix = times(graph, found, found)
    walk = 20 / (4 / 3.6)
    assert matrix[0, 0] == 0
    assert matrix[0, 1] == pytest.approx(50 + walk)
    assert matrix[1, 0] == pytest.approx(50 + walk)
    assert np.isinf(matrix[2:]).all() and np.isinf(matrix[:, 2:]).all()
    metres = times(graph, found, found, mode="distance")
    assert metres[0, 1] == pytest.approx(500 + 20)


def test_on_a_one_way_edge_the_place_behind_is_reached_around_the_block() -> None:
    ring = [line((0, 0), (100, 0)), line((100, 0), (100, 100), (0, 100), (0, 0))]
    graph = build_graph(ring, np.array([10.0, 30.0]), np.array([INF, INF]))
    places = snap(graph, np.array([[60.0, 0.0], [40.0, 0.0]]), 1)
    matrix = times(graph, places, places)
    assert matrix[1, 0] == pytest.approx(2)
    assert matrix[0, 1] == pytest.approx(4 + 30 + 4)


def test_a_closed_ring_is_an_edge_from_a_node_to_itself() -> None:
    square = line((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
    graph = simple([square, line((0, 0), (-100, 0))], speed=1.0)
    places = snap(graph, np.array([[100.0, 50.0], [-100.0, 0.0], [50.0, 100.0]]), 1)
    assert times(graph, places, places)[0].tolist() == pytest.approx([0, 250, 100])


def test_no_point_is_joined_to_a_motorway_or_to_a_scrap() -> None:
    lines = [line((0, 0), (90_000, 0)), line((0, 0), (0, 9000)), line((500, 40), (600, 40))]
    graph = simple(lines, joinable=np.array([False, True, True]))
    found = snap(graph, np.array([[550.0, 30.0]]), 1000)
    assert found.edge.tolist() == [1]
    assert found.gap.tolist() == [550]


def test_a_network_closed_to_the_profile_is_refused() -> None:
    with pytest.raises(InputError, match="profile"):
        build_graph([line((0, 0), (1, 1))], np.array([INF]), np.array([INF]))
    with pytest.raises(InputError):
        build_graph([], np.array([]), np.array([]))


def grid_network(size: int, seed: int) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    """Streets of a grid with random speeds, one-way streets and gaps."""
    random = np.random.default_rng(seed)
    lines, forward, backward = [], [], []
    for x in range(size):
        for y in range(size):
            for dx, dy in ((1, 0), (0, 1)):
                if x + dx < size and y + dy < size and random.random() > 0.15:
                    lines.append(line((x * 100, y * 100), ((x + dx) * 100, (y + dy) * 100)))
                    forward.append(random.uniform(5, 40) if random.random() > 0.1 else INF)
                    backward.append(random.uniform(5, 40) if random.random() > 0.1 else INF)
    return lines, np.array(forward), np.array(backward)


def plain_dijkstra(links: dict[object, dict[object, float]], start: object) -> dict[object, float]:
    done: dict[object, float] = {}
    queue = [(0.0, 0, start)]
    rank = 0
    while queue:
        cost, _, node = heapq.heappop(queue)
        if node in done:
            continue
        done[node] = cost
        for other, step in links.get(node, {}).items():
            rank += 1
            heapq.heappush(queue, (cost + step, rank, other))
    return done


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_times_agree_with_an_independent_dijkstra(seed: int) -> None:
    lines, forward, backward = grid_network(6, seed)
    random = np.random.default_rng(seed)
    graph = build_graph(lines, forward, backward)
    points = random.uniform(0, 500, (8, 2))
    found = snap(graph, points, 500)

    links: dict[object, dict[object, float]] = {}

    def link(a: object, b: object, cost: float) -> None:
        if np.isfinite(cost):
            links.setdefault(a, {})[b] = min(cost, links.get(a, {}).get(b, INF))

    # Independent: each street is cut by hand at the feet of the points that stand on it.
    feet: dict[int, list[tuple[float, int]]] = {}
    opened = [row for row in range(len(lines)) if min(forward[row], backward[row]) < INF]
    for number, point in enumerate(points):
        best = min(
            (abs(a[1] - point[1]) if a[1] == b[1] else abs(a[0] - point[0]), row)
            if min(a[axis], b[axis]) <= point[axis] <= max(a[axis], b[axis])
            else (min(np.hypot(*(a - point)), np.hypot(*(b - point))), row)
            for row in opened
            for a, b in [lines[row]]
            for axis in [0 if lines[row][0][1] == lines[row][1][1] else 1]
        )
        assert found.gap[number] == pytest.approx(best[0])
        a, b = lines[best[1]]
        along = float(np.clip(np.dot(point - a, b - a) / 100, 0, 100))
        feet.setdefault(best[1], []).append((along, number))
    for row in opened:
        a, b = lines[row]
        stops: list[tuple[float, object]] = [(0.0, tuple(a)), (100.0, tuple(b))]
        stops += [(along, ("foot", number)) for along, number in feet.get(row, [])]
        stops.sort(key=lambda stop: (stop[0], str(stop[1])))
        for (p, one), (q, other) in zip(stops, stops[1:]):
            link(one, other, forward[row] * (q - p) / 100 if q > p else 0.0)
            link(other, one, backward[row] * (q - p) / 100 if q > p else 0.0)
    matrix = times(graph, found, found)
    walk = found.gap / (4 / 3.6)
    for origin in range(len(points)):
        reference = plain_dijkstra(links, ("foot", origin))
        for target in range(len(points)):
            if origin == target:
                continue
            expected = reference.get(("foot", target), INF) + walk[origin] + walk[target]
            assert matrix[origin, target] == pytest.approx(expected, rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_lines_changes_nothing(seed: int) -> None:
    lines, forward, backward = grid_network(5, seed)
    order = np.random.default_rng(seed).permutation(len(lines))
    first = build_graph(lines, forward, backward)
    second = build_graph([lines[row] for row in order], forward[order], backward[order])
    points = np.random.default_rng(seed + 1).uniform(0, 400, (6, 2))
    one, two = (snap(graph, points, 400) for graph in (first, second))
    np.testing.assert_allclose(one.gap, two.gap)
    np.testing.assert_allclose(
        times(first, one, one), times(second, two, two), rtol=1e-9, atol=1e-9
    )
    np.testing.assert_array_equal(first.xy, second.xy)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_cost_from_any_origin_is_the_least_of_the_costs(seed: int) -> None:
    graph = build_graph(*grid_network(5, seed))
    random = np.random.default_rng(seed)
    origins = snap(graph, random.uniform(0, 400, (3, 2)), 400)
    targets = snap(graph, random.uniform(0, 400, (10, 2)), 400)
    nodes = times(graph, origins, None).min(axis=0)
    np.testing.assert_allclose(
        cost_from_any(graph, nodes, origins, targets),
        times(graph, origins, targets).min(axis=0),
    )


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_nearest_edge_is_exact(seed: int) -> None:
    random = np.random.default_rng(seed)
    lines = [random.uniform(0, 2000, (random.integers(2, 6), 2)) for _ in range(30)]
    graph = simple(lines)
    points = random.uniform(-200, 2200, (40, 2))
    found = snap(graph, points, 1e6)
    edges = [graph.coords[s:e] for s, e in zip(graph.offsets, graph.offsets[1:])]
    edges = [edge for edge, usable in zip(edges, graph.usable) if usable]
    a = np.concatenate([edge[:-1] for edge in edges])
    b = np.concatenate([edge[1:] for edge in edges])
    for point, gap, foot in zip(points, found.gap, found.foot):
        share = np.clip(((point - a) * (b - a)).sum(axis=1) / ((b - a) ** 2).sum(axis=1), 0, 1)
        expected = np.hypot(*(point - a - share[:, None] * (b - a)).T).min()
        assert gap == pytest.approx(expected, abs=1e-6)
        assert np.hypot(*(point - foot)) == pytest.approx(expected, abs=1e-6)
