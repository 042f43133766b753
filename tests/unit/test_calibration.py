"""Exponents found again in drawn choices, against a plain search, and refusals with their reason."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.zones.calibration import Fit, calibrate
from coodiag.coodiag_plugin.zones.interaction import (
    Decay,
    Huff,
    make_decay,
    probabilities,
)
from coodiag.coodiag_plugin.zones.pairs import Pairs
from coodiag.tests.unit.market_samples import full_pairs
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

TRUE = {
    "power": Huff(0.8, make_decay("power", [-1.7])),
    "exponential": Huff(1.2, make_decay("exponential", [-0.12])),
    "logistic": Huff(1.0, make_decay("logistic", [-4.0, 0.25])),
}


def market(places: int = 60, sites: int = 6, seed: int = 3) -> tuple[Pairs, np.ndarray]:
    random = np.random.default_rng(seed)
    cost = random.uniform(1, 45, (places, sites))
    cost[random.random((places, sites)) < 0.1] = np.inf
    return full_pairs(cost), random.uniform(50, 3000, sites)


def choices(pairs: Pairs, attraction: np.ndarray, model: Huff, each: int, seed: int) -> np.ndarray:
    """Number of clients on each pair when ``each`` clients of every place choose by ``model``."""
    random = np.random.default_rng(seed)
    share = probabilities(pairs, attraction, model)
    result = np.zeros(len(pairs))
    for place in np.unique(pairs.place):
        rows = np.flatnonzero(pairs.place == place)
        result[rows] = random.multinomial(each, share[rows] / share[rows].sum())
    return result


def values(fit: Fit) -> list[float]:
    return [estimate.value for estimate in fit.estimates]


@pytest.mark.parametrize("kind", TRUE)
def test_the_exponents_come_back(kind: str) -> None:
    pairs, attraction = market()
    model = TRUE[kind]
    fit = calibrate(pairs, attraction, choices(pairs, attraction, model, 400, 1), kind)
    true = [model.gamma, *model.decay.parameters]
    for estimate, value in zip(fit.estimates, true):
        assert abs(estimate.value - value) < 4 * estimate.error, estimate
        assert 0.3 < estimate.robust / estimate.error < 3
    assert fit.plausible and 0 < fit.pseudo_r2 < 1 and fit.p_value < 1e-9
    assert (fit.clients, fit.places, fit.sites) == (400 * fit.places, 60, 6)
    assert fit.common > 0.9


def test_standard_errors_cover_as_they_should() -> None:
    """Of 200 drawn samples, about 95 % of the intervals hold the true exponent."""
    pairs, attraction = market(places=25)
    model = TRUE["power"]
    inside = np.zeros(2)
    for seed in range(200):
        fit = calibrate(pairs, attraction, choices(pairs, attraction, model, 20, seed), "power")
        for rank, (estimate, value) in enumerate(zip(fit.estimates, (0.8, -1.7))):
            inside[rank] += abs(estimate.value - value) < 1.96 * estimate.error
    assert (inside >= 182).all() and (inside <= 198).all(), inside


@pytest.mark.parametrize("kind", TRUE)
def test_against_a_plain_search(kind: str) -> None:
    """The same likelihood written with loops, climbed without derivatives; its own curvature."""
    pairs, attraction = market(places=12, sites=4, seed=8)
    clients = choices(pairs, attraction, TRUE[kind], 60, 2)
    fit = calibrate(pairs, attraction, clients, kind)

    def loglik(x: np.ndarray) -> float:
        total = 0.0
        for place in np.unique(pairs.place):
            rows = np.flatnonzero(pairs.place == place)
            pull = attraction[pairs.site[rows]] ** x[0] * Decay(kind, tuple(x[1:]))(
                np.maximum(pairs.cost[rows], 1.0)
            )
            total += (clients[rows] * np.log(pull / pull.sum())).sum()
        return total

    assert fit.loglik == pytest.approx(loglik(np.array(values(fit))), rel=1e-9)
    start = [TRUE[kind].gamma, *TRUE[kind].decay.parameters]
    found = minimize(
        lambda x: -loglik(x),
        start,
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000},
    )
    assert fit.loglik >= -found.fun - 1e-6
    np.testing.assert_allclose(values(fit), found.x, rtol=2e-4)
    curvature = numeric_hessian(loglik, np.array(values(fit)))
    errors = np.sqrt(np.diag(np.linalg.inv(-curvature)))
    np.testing.assert_allclose([one.error for one in fit.estimates], errors, rtol=1e-3)


def numeric_hessian(function, at: np.ndarray) -> np.ndarray:
    steps = np.diag(np.maximum(np.abs(at), 0.1) * 1e-4)
    size = len(at)
    result = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            a, b = steps[i], steps[j]
            result[i, j] = (
                function(at + a + b) - function(at + a - b) - function(at - a + b)
                + function(at - a - b)
            ) / (4 * a[i] * b[j])  # fmt: skip
    return result


def test_the_robust_error_grows_when_the_clients_of_a_place_are_alike() -> None:
    """Each client counted nine times over: the plain error falls by three, the robust one stays."""
    pairs, attraction = market()
    clients = choices(pairs, attraction, TRUE["power"], 30, 5)
    one = calibrate(pairs, attraction, clients, "power")
    nine = calibrate(pairs, attraction, 9 * clients, "power")
    for few, many in zip(one.estimates, nine.estimates):
        assert many.error == pytest.approx(few.error / 3, rel=1e-5)
        assert many.robust == pytest.approx(few.robust, rel=1e-5)


def test_null_and_ratio_by_hand() -> None:
    """Two sites, every place has both: the null is N·ln 2."""
    pairs = full_pairs(np.array([[5.0, 10], [10, 5], [7, 7], [4, 20]]))
    clients = np.array([30.0, 10, 12, 28, 15, 25, 35, 5])
    fit = calibrate(pairs, np.array([100.0, 150]), clients, "power")
    assert fit.null == pytest.approx(-160 * np.log(2))
    assert fit.likelihood_ratio == pytest.approx(2 * (fit.loglik - fit.null))
    assert fit.pseudo_r2 == pytest.approx(1 - fit.loglik / fit.null)


@settings(max_examples=25)
@given(seed=st.integers(0, 500), unit=st.floats(0.01, 100), size=st.floats(0.01, 100))
def test_units_do_not_matter_and_moments_are_met(seed: int, unit: float, size: float) -> None:
    """Other units of cost and attraction leave the exponents; at the maximum Σ n·x = Σ N·p·x."""
    pairs, attraction = market(seed=seed)
    clients = choices(pairs, attraction, TRUE["power"], 30, seed)
    fit = calibrate(pairs, attraction, clients, "power")
    other = calibrate(
        Pairs(pairs.place, pairs.site, pairs.cost * unit, pairs.place_linked, pairs.site_linked),
        attraction * size,
        clients,
        "power",
        floor=unit,
    )
    np.testing.assert_allclose(values(other), values(fit), rtol=1e-6)
    share = probabilities(pairs, attraction, fit.model)
    sent = pairs.by_place(clients)[pairs.place] * share
    for x in (np.log(attraction)[pairs.site], np.log(np.maximum(pairs.cost, 1))):
        assert sent @ x == pytest.approx(clients @ x, rel=1e-6)


def test_places_without_clients_do_not_count() -> None:
    pairs, attraction = market()
    clients = choices(pairs, attraction, TRUE["power"], 30, 4)
    clients[pairs.place < 20] = 0
    fit = calibrate(pairs, attraction, clients, "power")
    kept = pairs.only(pairs.place >= 20)
    again = calibrate(kept, attraction, clients[pairs.place >= 20], "power")
    assert values(fit) == values(again) and fit.places == 40


COST = np.array([[5.0, 9, 20], [12, 4, 9], [7, 30, 3], [15, 8, 11]])
SIZES = np.array([100.0, 250, 900])
NEAREST = 30.0 * np.isclose(COST, COST.min(axis=1, keepdims=True)).ravel()


@pytest.mark.parametrize(
    ("cost", "sizes", "clients", "kind", "reason"),
    [
        (COST, SIZES, np.full(12, 2.0), "power", "Too few clients"),
        (COST, SIZES, np.zeros(12), "power", "Too few clients"),
        (COST, SIZES, np.tile([30.0, 0, 0], 4), "power", "a choice needs two"),
        (COST[:, :1], SIZES[:1], np.full(4, 30.0), "power", "a choice needs two"),
        (COST, np.full(3, 7.0), np.full(12, 9.0), "power", "GAMMA cannot"),
        (np.tile(COST[:, :1], 3), SIZES, np.full(12, 9.0), "power", "LAMBDA cannot"),
        (np.tile(SIZES, (4, 1)) ** 0.5, SIZES, np.full(12, 9.0), "power", "from each other"),
        (np.full((4, 3), 0.2), SIZES, np.full(12, 9.0), "power", "LAMBDA cannot"),
        (COST, SIZES, NEAREST, "power", "any value"),
        (COST, SIZES, NEAREST, "logistic", "any value"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(
    cost: np.ndarray, sizes: np.ndarray, clients: np.ndarray, kind: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        calibrate(full_pairs(cost), sizes, clients, kind)


def test_a_logistic_that_is_an_exponential_is_refused() -> None:
    """Far beyond its knee a logistic is an exponential: its first parameter can be anything."""
    pairs, attraction = market()
    clients = 300 * probabilities(pairs, attraction, TRUE["exponential"])
    assert calibrate(pairs, attraction, clients, "exponential").plausible
    with pytest.raises(InputError, match="another decay fits as well"):
        calibrate(pairs, attraction, clients, "logistic")


def test_clients_who_prefer_the_farther_site_are_told_apart() -> None:
    pairs, attraction = market()
    model = Huff(1.0, Decay("power", (0.5,)))
    fit = calibrate(pairs, attraction, choices(pairs, attraction, model, 100, 6), "power")
    assert values(fit)[1] > 0 and not fit.plausible
