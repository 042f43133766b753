"""Access by hand, conservation whatever the market, unknown figures left out and counted."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core import catalogue
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.zones.accessibility import (
    METHODS,
    Bands,
    floating_catchment,
    fractions,
    hansen,
    make_bands,
)
from coodiag.coodiag_plugin.zones.interaction import make_decay
from coodiag.coodiag_plugin.zones.pairs import pairs_within
from coodiag.tests.unit.market_samples import full_pairs, markets, square_of_roads
from hypothesis import given
from hypothesis import strategies as st

NAN = float("nan")
CATCHMENTS = [method for method in METHODS if method != "hansen"]


def test_two_steps_by_hand() -> None:
    """S = 2 over 100 + 300 people, S = 3 over 300; the second place reaches both."""
    pairs = full_pairs(np.array([[10.0, np.inf], [20.0, 5.0], [np.inf, np.inf]]))
    found = floating_catchment(
        pairs, np.array([2.0, 3.0]), np.array([100.0, 300, 50]), make_bands("2sfca", 30)
    )
    assert found.ratio is not None and found.ratio.tolist() == pytest.approx([0.005, 0.01])
    assert found.index[:2].tolist() == pytest.approx([0.005, 0.015])
    assert np.isnan(found.index[2]) and np.isnan(found.nearest[2])
    assert found.reached.tolist() == [1, 2, 0] and found.nearest[:2].tolist() == [10, 5]


def test_bands_by_hand() -> None:
    """Ends are within their band: 10 → 1, 10.5 and 20 → 0.68, 30 → 0.22, 30.1 → out."""
    cost = np.array([[0.0], [10.0], [10.5], [20.0], [30.0], [30.1]])
    bands = make_bands("e2sfca", 30)
    assert bands.weigh(cost[:, 0]).tolist() == [1, 1, 0.68, 0.68, 0.22, 0]
    found = floating_catchment(full_pairs(cost), np.array([10.0]), np.full(6, 100.0), bands)
    share = 10 / (100 * (1 + 1 + 0.68 + 0.68 + 0.22))
    assert found.index[:5].tolist() == pytest.approx(
        [share, share, 0.68 * share, 0.68 * share, 0.22 * share]
    )
    assert np.isnan(found.index[5])
    apl = make_bands("apl", 30)
    assert apl.weigh(np.array([10.0, 15, 20, 20.1])).tolist() == pytest.approx([1, 2 / 3, 1 / 3, 0])


def test_hansen_by_hand() -> None:
    pairs = full_pairs(np.array([[2.0, 4.0], [0.0, np.inf], [np.inf, np.inf]]))
    found = hansen(pairs, np.array([8.0, 16.0]), make_decay("power", [-1]))
    assert found.index[:2].tolist() == [8, 8] and np.isnan(found.index[2])


def test_on_roads_the_minutes_of_the_band_are_those_of_the_trip() -> None:
    """A square of streets at 60 km/h: one minute per kilometre, 4 km is a band of its own."""
    graph = square_of_roads()
    places = np.array([[0.0, 0], [2000, 0], [4000, 0], [4000, 4000]])
    pairs = pairs_within(places, places[:1], graph, limit=4.0, progress=Silent())
    assert pairs.cost.tolist() == pytest.approx([0, 2, 4])
    weight = Bands((2.0, 4.0), (1.0, 0.5)).weigh(pairs.cost)
    assert weight.tolist() == [1, 1, 0.5]


@given(
    market=markets(),
    method=st.sampled_from(CATCHMENTS),
    reach=st.floats(1, 80),
)
def test_what_is_shared_out_is_what_is_there(market: tuple, method: str, reach: float) -> None:
    """Σ A·P = Σ S over the supplies that reach somebody (METHODS §4)."""
    cost, supply, people = market
    bands = make_bands(method, reach)
    found = floating_catchment(full_pairs(cost), supply, people, bands)
    served = (bands.weigh(np.nan_to_num(cost, posinf=1e9)) * people[:, None]).sum(axis=0) > 0
    assert np.nansum(found.index * people) == pytest.approx(supply[served].sum())
    assert found.ratio is not None
    assert np.isfinite(found.ratio).tolist() == served.tolist()


@given(market=markets(), seed=st.integers(0, 99), method=st.sampled_from(CATCHMENTS))
def test_unknown_is_left_out_never_zero(market: tuple, seed: int, method: str) -> None:
    """An unknown figure gives what the market gives without that supply or that population."""
    cost, supply, people = market
    random = np.random.default_rng(seed)
    lost, unknown = random.random(len(supply)) < 0.3, random.random(len(people)) < 0.3
    bands = make_bands(method, 30)
    found = floating_catchment(
        full_pairs(cost), np.where(lost, NAN, supply), np.where(unknown, NAN, people), bands
    )
    without = floating_catchment(
        full_pairs(np.where(lost, np.inf, cost)), supply, np.where(unknown, 0, people), bands
    )
    np.testing.assert_allclose(found.index, without.index)
    assert found.missing is not None
    near = bands.weigh(np.nan_to_num(cost, posinf=1e9)) > 0
    assert found.missing.tolist() == (near & unknown[:, None]).sum(axis=0).tolist()
    assert (found.reached + found.unusable).tolist() == near.sum(axis=1).tolist()
    potential = hansen(full_pairs(cost), np.where(lost, NAN, supply), make_decay("exponential"))
    kept = hansen(full_pairs(np.where(lost, np.inf, cost)), supply, make_decay("exponential"))
    np.testing.assert_allclose(potential.index, kept.index)


@given(market=markets(), near=st.floats(1, 30), more=st.floats(0, 30))
def test_a_longer_reach_never_lowers_the_potential(market: tuple, near: float, more: float) -> None:
    cost, supply, _ = market
    decay = make_decay("exponential")

    def index(reach: float) -> np.ndarray:
        within = np.where(cost <= reach, cost, np.inf)
        return np.nan_to_num(hansen(full_pairs(within), supply, decay).index)

    assert (index(near + more) >= index(near) - 1e-9).all()


def test_bands_of_the_user_and_a_reach_that_cuts() -> None:
    assert make_bands("e2sfca", 60, [5, 15], [1, 0.5]) == Bands((5, 15), (1, 0.5))
    assert make_bands("e2sfca", 25) == Bands((10, 20, 25), (1, 0.68, 0.22))
    assert make_bands("e2sfca", 20) == Bands((10, 20), (1, 0.68))
    assert make_bands("apl", 4) == Bands((4,), (1,))
    assert fractions("1, 2/3,1/3") == pytest.approx([1, 2 / 3, 1 / 3])


@pytest.mark.parametrize(
    ("ends", "weights"),
    [
        ([10, 20], [1]),
        ([20, 10], [1, 1]),
        ([10, 10], [1, 1]),
        ([0, 5], [1, 1]),
        ([5], [-1]),
        ([], [1]),
    ],
)
def test_bands_that_do_not_hold_are_refused(ends: list, weights: list) -> None:
    with pytest.raises(InputError, match="BANDS"):
        make_bands("e2sfca", 30, ends, weights)


@pytest.mark.parametrize("text", ["1,a", "1/0", "1;2"])
def test_weights_that_are_no_numbers_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="weights"):
        fractions(text)


def test_every_row_of_the_catalogue_has_its_source() -> None:
    rows = catalogue.rows("accessibility_bands")
    assert {row["method"] for row in rows} == {"e2sfca", "apl"}
    assert all(row["source"] for row in rows)
