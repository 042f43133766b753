"""Lists of numbers as people type them: what reads in two ways is refused."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.core.errors import InputError

pytest.importorskip("qgis.core")

from coodiag.coodiag_plugin.qgis_bridge.zone_parameters import numbers, percentages


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5,10,15", [5, 10, 15]),
        (" 5 , 10 ;", None),
        ("2.5; 5", [2.5, 5]),
        ("5 10 15", [5, 10, 15]),
        ("5\n10\t15", [5, 10, 15]),
        ("120, 500, 1000", [120, 500, 1000]),
        ("100 2000", [100, 2000]),
        ("12500", [12500]),
        ("12\u202f500", [12500]),
        ("1\u00a0234\u00a0567;12\u202f500.5", [1234567, 12500.5]),
        ("12\u00a050", None),
        ("5\u00a0; 10", [5, 10]),
        ("cinq", None),
        ("", None),
        ("5,nan", None),
        ("5,inf", None),
    ],
)
def test_what_is_a_list_of_numbers(text: str, values: list[float] | None) -> None:
    if values is None:
        with pytest.raises(InputError):
            numbers(text, "TARGETS")
    else:
        assert numbers(text, "TARGETS") == values


@pytest.mark.parametrize("text", ["12 500", "5 000, 12 500", "1 234 567", "60 90 120", "12 500.5"])
def test_a_space_that_may_part_thousands_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"TARGETS: “{text}” may be read in two ways.*5000,12500"):
        numbers(text, "TARGETS")


def test_a_comma_that_may_be_a_decimal_one_is_refused() -> None:
    with pytest.raises(InputError, match="number and its decimals"):
        numbers("2,5; 5", "VALUES")


def test_percentages_ascend() -> None:
    assert percentages("60 80 95", "THRESHOLDS") == [60, 80, 95]
    for text in ("80,60", "0,50", "50,101", "50,50"):
        with pytest.raises(InputError, match="ascending"):
            percentages(text, "THRESHOLDS")
