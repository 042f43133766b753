"""Formulas of the catalogue: what they are made of, and how states go through a sum."""

from __future__ import annotations

import re

import pytest
from coodiag.coodiag_plugin.analysis.formula import parse
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, SECRET, State, Value
from coodiag.coodiag_plugin.core.variables import families, family
from hypothesis import given
from hypothesis import strategies as st

STATES = [ABSENT, SECRET, FAILED]


def test_signed_terms_and_the_previous_census() -> None:
    formula = parse(" P_RP - P_RP_VOIT1P + P_POP~")
    assert formula is not None
    assert formula.terms == ((1, "P_RP"), (-1, "P_RP_VOIT1P"), (1, "P_POP~"))
    assert formula.names == ("P_RP", "P_RP_VOIT1P", "P_POP~")
    assert parse("") is None


@pytest.mark.parametrize("text", ["P_POP P_RP", "P_POP/P_RP", "P_POP+", "2*P_POP", "(P_POP)", "~P"])
def test_what_is_no_sum_is_refused_and_shown(text: str) -> None:
    with pytest.raises(InputError, match=re.escape(text)):
        parse(text)


def test_every_formula_of_the_catalogue_reads_and_knows_its_variables() -> None:
    for item in indicators().values():
        numerator, denominator = parse(item.numerator), parse(item.denominator)
        assert numerator is not None, item.id
        for name in numerator.names + (denominator.names if denominator else ()):
            assert family(name) in families(), (item.id, name)
        assert (denominator is None) == (item.kind in ("stock", "median")), item.id
        assert item.multiplier > 0 and item.decimals >= 0
        assert item.kind in ("stock", "rate", "density", "index", "evolution", "median"), item.id
        assert item.years in ("", "mixed")
        assert item.years == "" or item.caveat, f"{item.id} mixes years without saying so"


def test_catalogue_texts_are_french_and_whole() -> None:
    for item in indicators().values():
        for text in (item.definition, item.caveat):
            assert not text or text.endswith("."), item.id
            assert "'" not in text, f"{item.id}: straight apostrophe"
        assert item.label and item.short and len(item.short) <= 30, item.id


@given(
    numbers=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30),
    bad=st.sampled_from(STATES),
    order=st.randoms(use_true_random=False),
)
def test_sum_is_exact_in_any_order_and_one_unknown_part_hides_it(
    numbers: list[float], bad: Value, order: object
) -> None:
    formula = parse("P_POP")
    assert formula is not None
    units = [{"P_POP": Value(number)} for number in numbers]
    before = formula.evaluate(units)
    order.shuffle(units)  # type: ignore[attr-defined]
    assert formula.evaluate(units) == before
    assert formula.evaluate([*units, {"P_POP": bad}]) == Value(None, bad.state)


def test_the_gravest_reason_wins() -> None:
    formula = parse("P_RP-P_RP_VOIT1P")
    assert formula is not None
    cells = {"P_RP": ABSENT, "P_RP_VOIT1P": SECRET}
    assert formula.evaluate([cells]).state is State.SECRET
