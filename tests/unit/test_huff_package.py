"""The PyPI package ``huff`` and our functions say the same, to nine digits, of the same market."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from coodiag.coodiag_plugin.zones.accessibility import Bands, floating_catchment, hansen
from coodiag.coodiag_plugin.zones.interaction import (
    Decay,
    Huff,
    expected,
    make_decay,
    probabilities,
    totals,
)
from coodiag.coodiag_plugin.zones.pairs import Pairs
from coodiag.tests.unit.huff_numbers import (
    CASES,
    CATCHMENT,
    GOLDEN,
    HANSEN_POWER,
    PLACES,
    SITES,
    market,
    of_package,
)

EXACT = {"rtol": 1e-9, "atol": 0}
#: Below the least cost of the market: the package has no floor.
NO_FLOOR = 0.01


@pytest.fixture(scope="module")
def golden() -> pd.DataFrame:
    return pd.read_csv(GOLDEN, comment="#")


@pytest.fixture(scope="module")
def pairs(golden: pd.DataFrame) -> Pairs:
    place = golden["place"].str[1:].astype(int).to_numpy()
    site = golden["site"].str[1:].astype(int).to_numpy()
    cost = golden["cost"].to_numpy()
    return Pairs(place, site, cost, np.ones(PLACES, dtype=bool), np.ones(SITES, dtype=bool))


def by_place(table: pd.DataFrame, column: str) -> np.ndarray:
    return table.groupby("place")[column].first().to_numpy()


def by_site(table: pd.DataFrame, column: str) -> np.ndarray:
    return table.groupby("site")[column].first().to_numpy()


@pytest.mark.parametrize("case", CASES)
def test_huff(case: str, golden: pd.DataFrame, pairs: Pairs) -> None:
    gamma, kind, parameters = CASES[case]
    model = Huff(gamma, make_decay(kind, parameters), NO_FLOOR)
    share = probabilities(pairs, by_site(golden, "attraction"), model)
    flows = expected(pairs, share, by_place(golden, "demand"))
    np.testing.assert_allclose(share, golden[f"p_{case}"], **EXACT)
    np.testing.assert_allclose(flows, golden[f"e_{case}"], **EXACT)
    np.testing.assert_allclose(totals(pairs, flows), by_site(golden, f"t_{case}"), **EXACT)


def test_hansen(golden: pd.DataFrame, pairs: Pairs) -> None:
    decay = Decay("power", (HANSEN_POWER,))
    found = hansen(pairs, by_site(golden, "attraction"), decay, NO_FLOOR)
    np.testing.assert_allclose(found.index, by_place(golden, "hansen"), **EXACT)


def test_two_step_floating_catchment(golden: pd.DataFrame, pairs: Pairs) -> None:
    found = floating_catchment(
        pairs,
        by_site(golden, "attraction"),
        by_place(golden, "demand"),
        Bands((CATCHMENT,), (1.0,)),
    )
    theirs = by_place(golden, "catchment")
    assert theirs.min() > 0  # every place reaches a supply: nothing rests on how none is written
    np.testing.assert_allclose(found.index, theirs, **EXACT)


def test_the_numbers_are_still_those_of_the_package(golden: pd.DataFrame) -> None:
    pytest.importorskip("huff", reason="the package huff is not in this environment")
    pd.testing.assert_frame_equal(of_package(market()), golden, check_dtype=False, rtol=1e-12)
