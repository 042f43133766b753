"""Pairs within a reach: the same costs as the whole table, in the memory of what is kept."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.zones import pairs as module
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.pairs import Pairs, pairs_within
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from coodiag.tests.unit.market_samples import square_of_roads
from hypothesis import given, settings
from hypothesis import strategies as st

SPOTS = st.lists(
    st.tuples(st.floats(-500, 4500, width=32), st.floats(-500, 4500, width=32)),
    min_size=1,
    max_size=12,
)


def table(pairs: Pairs) -> np.ndarray:
    """Costs (places, sites), inf for a pair that was not kept."""
    result = np.full((pairs.places, pairs.sites), np.inf)
    result[pairs.place, pairs.site] = pairs.cost
    return result


@pytest.fixture(scope="module")
def graph() -> RoadGraph:
    return square_of_roads()


def test_straight_by_hand_the_limit_is_within() -> None:
    places = np.array([[0.0, 0], [3000, 4000], [np.nan, 1]])
    sites = np.array([[0.0, 0], [0, 5000], [np.nan, np.nan]])
    found = pairs_within(places, sites, None, limit=5.0, progress=Silent())
    assert table(found).tolist() == [
        [0, 5, np.inf],
        [5, pytest.approx(10**0.5), np.inf],
        [np.inf] * 3,
    ]
    assert found.place_linked.tolist() == [True, True, False]
    assert found.site_linked.tolist() == [True, True, False]
    assert found.find(np.array([1, 1, 2]), np.array([1, 2, 0])).tolist() == [3, -1, -1]


@settings(max_examples=60)
@given(places=SPOTS, sites=SPOTS, limit=st.floats(0.1, 8))
def test_a_limit_only_leaves_out(places: list, sites: list, limit: float) -> None:
    here, there = np.array(places, dtype=float), np.array(sites, dtype=float)
    whole = table(pairs_within(here, there, None, progress=Silent()))
    near = table(pairs_within(here, there, None, limit=limit, progress=Silent()))
    np.testing.assert_allclose(whole, np.hypot(*(here[:, None] - there[None]).T).T / 1000)
    sure = np.abs(whole - limit) > 1e-6
    expected = np.where(whole <= limit, whole, np.inf)
    np.testing.assert_allclose(near[sure], expected[sure])


@settings(max_examples=30)
@given(places=SPOTS, sites=SPOTS, mode=st.sampled_from(["time", "distance"]))
def test_roads_give_the_costs_of_the_search(places: list, sites: list, mode: str) -> None:
    graph = square_of_roads()
    here, there = np.array(places, dtype=float), np.array(sites, dtype=float)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK_CELLS", 20)
        found = pairs_within(here, there, graph, mode, progress=Silent())
    cost = times(graph, snap(graph, there, 1000), snap(graph, here, 1000), reverse=True, mode=mode)
    np.testing.assert_allclose(table(found), cost.T / (60 if mode == "time" else 1000))
    assert (np.diff(found.place.astype(int) * found.sites + found.site) > 0).all()


def test_the_way_goes_to_the_site() -> None:
    """A one-way street: the site is near in its direction, far against it."""
    ring = np.array([(0.0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)])
    lines = [ring[rank : rank + 2] for rank in range(4)]
    graph = build_graph(lines, np.full(4, 60.0), np.full(4, np.inf))
    found = pairs_within([[500.0, 0]], [[1000.0, 500]], graph, progress=Silent())
    assert found.cost.tolist() == [pytest.approx(1.0)]
    back = pairs_within([[1000.0, 500]], [[500.0, 0]], graph, progress=Silent())
    assert back.cost.tolist() == [pytest.approx(3.0)]


def test_an_island_and_a_place_far_from_roads_are_in_no_pair() -> None:
    coast = np.array([(0.0, 0), (5000, 0)])
    island = np.array([(50_000.0, 0), (55_000, 0)])
    graph = build_graph([coast, island], np.full(2, 300.0), np.full(2, 300.0))
    places = np.array([[1000.0, 0], [51_000, 0], [20_000, 0]])
    found = pairs_within(places, [[0.0, 0]], graph, progress=Silent())
    assert found.place.tolist() == [0] and found.cost.tolist() == [pytest.approx(1.0)]
    assert found.place_linked.tolist() == [True, True, False]


@pytest.mark.parametrize("limit", [5.0, np.inf])
def test_nothing_to_pair(graph: RoadGraph, limit: float) -> None:
    nobody = np.empty((0, 2))
    for roads in (None, graph):
        found = pairs_within(nobody, [[0.0, 0]], roads, limit=limit, progress=Silent())
        assert len(found) == 0 and found.by_site(found.cost).tolist() == [0]
        found = pairs_within([[0.0, 0]], nobody, roads, limit=limit, progress=Silent())
        assert len(found) == 0 and found.largest_by_place(found.cost).tolist() == [-np.inf]


def test_a_cancel_is_seen(graph: RoadGraph) -> None:
    progress = Silent()
    progress.cancelled = True
    for roads in (None, graph):
        with pytest.raises(Cancelled):
            pairs_within([[0.0, 0]], [[1.0, 1]], roads, progress=progress)


def test_memory_follows_what_is_kept() -> None:
    """5 000 places × 1 000 sites as a table is 40 MB; the 1 % within reach takes a part of it."""
    random = np.random.default_rng(1)
    places, sites = random.uniform(0, 1e5, (5000, 2)), random.uniform(0, 1e5, (1000, 2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK_CELLS", 200_000)
        tracemalloc.start()
        found = pairs_within(places, sites, None, limit=5.6, progress=Silent())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert 0.005 < len(found) / 5e6 < 0.015
    assert peak < 10e6
