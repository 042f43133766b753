"""The nearest road by the index of pieces, against every road compared."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.zones import piece_index
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.piece_index import PieceIndex
from coodiag.coodiag_plugin.zones.snapping import snap
from hypothesis import given, settings
from hypothesis import strategies as st


def graph_of(lines: list[np.ndarray], **options: np.ndarray) -> RoadGraph:
    seconds = np.ones(len(lines))
    return build_graph(lines, seconds, seconds, **options)


def network(random: np.random.Generator, scale: float) -> RoadGraph:
    """Roads of all lengths, from a metre to several kilometres."""
    lines = [np.array([(0.0, 0.0), (scale, scale / 3)])]
    for _ in range(int(random.integers(1, 40))):
        reach = scale * 10 ** random.uniform(-3, 0)
        start = random.uniform(0, scale, 2)
        lines.append(start + random.uniform(-reach, reach, (int(random.integers(2, 7)), 2)))
    return graph_of(lines)


def by_comparison(graph: RoadGraph, points: np.ndarray) -> np.ndarray:
    """Distance of each point to the nearest segment of the usable edges."""
    edge = np.repeat(np.arange(len(graph.u)), np.diff(graph.offsets))
    begins = graph.usable[edge]
    begins[graph.offsets[1:] - 1] = False
    at = np.flatnonzero(begins)
    a, b = graph.coords[at], graph.coords[at + 1]
    towards = points[:, None] - a
    share = np.clip((towards * (b - a)).sum(axis=2) / ((b - a) ** 2).sum(axis=1), 0, 1)
    return np.hypot(*np.moveaxis(towards - share[..., None] * (b - a), 2, 0)).min(axis=1)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 100_000),
    scale=st.sampled_from([30.0, 2000.0, 60_000.0]),
    limit=st.sampled_from([1.0, 80.0, 1000.0, 50_000.0]),
)
def test_the_nearest_piece_is_exact_and_the_limit_kept(
    seed: int, scale: float, limit: float
) -> None:
    random = np.random.default_rng(seed)
    graph = network(random, scale)
    points = random.uniform(-0.3 * scale, 1.3 * scale, (50, 2))
    points[0] = graph.coords[0]
    found = snap(graph, points, limit)
    expected = by_comparison(graph, points)
    near = expected <= limit
    np.testing.assert_array_equal(found.linked, near)
    np.testing.assert_allclose(found.gap[near], expected[near], atol=1e-6)
    assert (found.gap[~near] > limit).all()
    foot = np.hypot(*(points[near] - found.foot[near]).T)
    np.testing.assert_allclose(foot, expected[near], atol=1e-6)
    for row in np.flatnonzero(near):
        piece = graph.piece(found.edge[row], 0, found.position[row])
        np.testing.assert_allclose(piece[-1], found.foot[row], atol=1e-5)


def test_many_points_over_several_threads_are_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(3)
    graph = network(random, 5000.0)
    points = random.uniform(0, 5000, (500, 2))
    whole = snap(graph, points, 400.0)
    monkeypatch.setattr(piece_index, "_BLOCK", 7)
    monkeypatch.setattr(piece_index, "_AT_ONCE", 50)
    parts = snap(graph, points, 400.0)
    for name in ("edge", "position", "foot", "gap"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))


def test_no_usable_edge_and_no_point() -> None:
    line = [np.array([(0.0, 0.0), (9000.0, 0.0)])]
    motorway = graph_of(line, joinable=np.array([False]))
    found = snap(motorway, np.array([[10.0, 10.0]]), 100.0)
    assert found.edge.tolist() == [-1] and found.gap[0] > 100 and np.isnan(found.foot).all()
    assert len(PieceIndex.of(motorway).piece) == 0
    assert len(snap(graph_of(line), np.empty((0, 2)), 100.0)) == 0


def test_a_place_at_the_end_of_a_one_way_street_is_at_its_end() -> None:
    """Rounding must not put it a hair before, where the closed direction would count."""
    random = np.random.default_rng(0)
    for _ in range(200):
        line = random.uniform(0, 1000, (4, 2))
        graph = build_graph([line], np.array([10.0]), np.array([np.inf]))
        ends = graph.coords[[0, -1]]
        assert snap(graph, ends, 1.0).position.tolist() == [0.0, graph.length[0]]
