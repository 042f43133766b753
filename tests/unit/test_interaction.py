"""Huff's shares by hand and whatever the market; break points."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core import catalogue
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.interaction import (
    DECAYS,
    Decay,
    Huff,
    break_point,
    expected,
    make_decay,
    probabilities,
    totals,
)
from coodiag.tests.unit.market_samples import full_pairs, markets
from hypothesis import given
from hypothesis import strategies as st

MODELS = st.builds(
    Huff,
    st.floats(0, 3),
    st.one_of(
        st.builds(lambda x: make_decay("power", [x]), st.floats(-6, -0.01)),
        st.builds(lambda x: make_decay("exponential", [x]), st.floats(-3, -0.001)),
        st.builds(
            lambda x, y: make_decay("logistic", [x, y]), st.floats(-9, 9), st.floats(0.01, 3)
        ),
    ),
    st.floats(0.01, 5),
)


def test_by_hand() -> None:
    """A = 100 and 400, t = 10 and 20, γ = 1, λ = −2: U = 1 and 1; the floor makes 0 min one."""
    pairs = full_pairs(np.array([[10.0, 20], [0.0, 2], [30.0, np.inf]]))
    share = probabilities(pairs, np.array([100.0, 400]), Huff(1.0, make_decay("power", [-2])))
    assert share.tolist() == pytest.approx([0.5, 0.5, 0.5, 0.5, 1.0])
    flows = expected(pairs, share, np.array([80.0, np.nan, 7]))
    assert flows[[0, 1, 4]].tolist() == pytest.approx([40, 40, 7])
    assert np.isnan(flows[2:4]).all()
    assert totals(pairs, flows).tolist() == pytest.approx([47, 40])


def test_a_site_without_attraction_draws_nobody() -> None:
    pairs = full_pairs(np.array([[5.0, 5]]))
    model = Huff(1.0, make_decay("power"))
    assert probabilities(pairs, np.array([0.0, 3]), model).tolist() == [0, 1]
    assert np.isnan(probabilities(pairs, np.zeros(2), model)).all()
    assert probabilities(pairs, np.zeros(2), Huff(0.0, model.decay)).tolist() == [0.5, 0.5]


def test_extremes_do_not_overflow() -> None:
    pairs = full_pairs(np.array([[1.0, 100_000], [90_000, 100_000]]))
    for kind in DECAYS:
        model = Huff(40.0, make_decay(kind))
        share = probabilities(pairs, np.array([1e9, 1e-9]), model)
        assert np.isfinite(share).all() and share[[0, 2]].tolist() == [1, 1]


@given(market=markets(), model=MODELS)
def test_shares_sum_to_one_and_the_demand_is_shared_out(market: tuple, model: Huff) -> None:
    cost, attraction, demand = market
    attraction = attraction + 1
    pairs = full_pairs(cost)
    share = probabilities(pairs, attraction, model)
    assert ((share >= 0) & (share <= 1)).all()
    reached = np.isfinite(cost).any(axis=1)
    np.testing.assert_allclose(pairs.by_place(share), reached.astype(float), atol=1e-12)
    total = totals(pairs, expected(pairs, share, demand))
    assert total.sum() == pytest.approx(demand[reached].sum())


@given(market=markets(), model=MODELS, factor=st.floats(0.1, 1000))
def test_only_relative_attraction_counts(market: tuple, model: Huff, factor: float) -> None:
    cost, attraction, _ = market
    pairs = full_pairs(cost)
    one = probabilities(pairs, attraction + 1, model)
    np.testing.assert_allclose(
        one, probabilities(pairs, factor * (attraction + 1), model), atol=1e-9
    )


@given(market=markets(), model=MODELS)
def test_a_new_site_takes_from_all_in_the_same_proportion(market: tuple, model: Huff) -> None:
    """Independence of irrelevant alternatives: the ratio of two shares does not change."""
    cost, attraction, _ = market
    grown = np.column_stack([cost, np.full(len(cost), 3.0)])
    before = full_pairs(cost)
    share = probabilities(before, attraction + 1, model)
    after = full_pairs(grown)
    new = probabilities(after, np.r_[attraction + 1, 9.0], model)[after.site < len(attraction)]
    left = before.by_place(new)[before.place]
    np.testing.assert_allclose(new, share * left, atol=1e-12)


def test_break_points() -> None:
    assert break_point(30, 100, 400) == pytest.approx(10)
    assert break_point(30, 5, 5) == 15
    assert break_point(30, 0, 5) == 0
    assert break_point(30, 5, 0) == 30


@given(d=st.floats(0, 1e5), a=st.floats(0.1, 1e9), b=st.floats(0.1, 1e9))
def test_both_ends_agree_where_the_break_is(d: float, a: float, b: float) -> None:
    assert break_point(d, a, b) + break_point(d, b, a) == pytest.approx(d, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("power", [2]),
        ("power", [0]),
        ("power", [-2, 1]),
        ("exponential", [0.1]),
        ("logistic", [-3]),
        ("logistic", [-3, -0.2]),
        ("power", [float("nan")]),
    ],
)
def test_a_decay_that_does_not_fall_is_refused(kind: str, given: list[float]) -> None:
    with pytest.raises(InputError, match="LAMBDA"):
        make_decay(kind, given)


def test_the_catalogue_has_each_decay() -> None:
    assert [row["decay"] for row in catalogue.rows("decays")] == list(DECAYS)
    assert make_decay("power") == Decay("power", (-2.0,))
    assert make_decay("logistic")(np.array([15.0])) == pytest.approx(0.5)
    assert make_decay("exponential")(np.array([7.0])) == pytest.approx(0.5, abs=0.01)
