"""Cells of the report: what is a number is one, and its text stays what was printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.edition.odt.cells import cell
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "kind", "value", "style"),
    [
        ("246", "float", "246", "float0"),
        ("12\u202f346,5", "float", "12346.5", "float1"),
        ("−0,27\u00a0%", "percentage", "-0.0027", "percentage2m"),
        ("+1,6\u00a0%", "percentage", "0.016", "percentage1p"),
        ("0,00\u00a0%", "percentage", "0.0000", "percentage2"),
        ("21\u202f550\u00a0€", "currency", "21550", "currency0"),
        ("100\u00a0%", "percentage", "1.00", "percentage0"),
    ],
)
def test_a_figure_is_typed(text: str, kind: str, value: str, style: str) -> None:
    found = cell(text)
    assert (found.kind, found.value, found.style) == (kind, value, style)
    assert found.text == text


@pytest.mark.parametrize(
    "text",
    ["", "s", "…", "///", "n.s.", "–", "2024", "T1 2027", "12 communes", "35238", "1 234", "12-15", "0,12345"],
)  # fmt: skip
def test_anything_else_is_a_text(text: str) -> None:
    found = cell(text)
    assert (found.kind, found.value, found.style) == ("string", "", "")


@given(
    st.floats(-1e9, 1e9, allow_nan=False),
    st.integers(0, 4),
    st.booleans(),
    st.sampled_from(["", "\u00a0%", "\u00a0€"]),
)
def test_the_value_is_that_which_is_printed(
    number: float, decimals: int, signed: bool, unit: str
) -> None:
    text = french.number(number, decimals, signed)
    found = cell(text + unit)
    scale = 100 if "%" in unit else 1
    assert Decimal(found.value) * scale == french.rounded(number, decimals)
