"""French typography: rounding to the digit, spaces, signs, dates, plural, elision."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    Value,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1\u202f000"),
        (12345.6, 0, "12\u202f346"),
        (1234567.891, 2, "1\u202f234\u202f567,89"),
        (0.5, 0, "1"),  # half away from zero, not to the even digit
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "−1"),
        (-2.5, 0, "−3"),
        (0.05, 1, "0,1"),
        (2.675, 2, "2,68"),  # the shortest decimal of the float, as a reader of the table sees it
        (1.005, 2, "1,01"),
        (8.25, 1, "8,3"),
        (8.35, 1, "8,4"),
        (99.95, 1, "100,0"),
        (999.5, 0, "1\u202f000"),
        (-1234.5, 0, "−1\u202f235"),
        (-0.04, 1, "0,0"),  # no minus before a zero
        (-0.0, 0, "0"),
        (1e-7, 2, "0,00"),
        (1e15, 0, "1\u202f000\u202f000\u202f000\u202f000\u202f000"),
    ],
)
def test_numbers_are_rounded_to_the_digit(value: float, decimals: int, expected: str) -> None:
    assert french.number(value, decimals) == expected


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_is_that_of_the_written_decimal(value: Decimal, decimals: int) -> None:
    text = french.number(float(value), decimals)
    read = Decimal(text.replace("\u202f", "").replace(",", ".").replace("−", "-"))
    shortest = Decimal(repr(float(value)))
    assert read == shortest.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_groups_of_three_digits_and_no_breaking_space(value: float, decimals: int) -> None:
    text = french.number(value, decimals).lstrip("−")
    whole, _, fraction = text.partition(",")
    assert len(fraction) == decimals
    groups = whole.split("\u202f")
    assert 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    assert "".join(groups).isdigit()


@pytest.mark.parametrize(
    ("value", "expected"), [(1.24, "+1,2"), (-1.25, "−1,3"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_evolutions_carry_their_sign_and_zero_has_none(value: float, expected: str) -> None:
    assert french.number(value, 1, signed=True) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_cannot_be_printed(value: float) -> None:
    with pytest.raises(ValueError):
        french.number(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SECRET, "s"),
        (ABSENT, "…"),
        (FAILED, "…"),
        (NOT_APPLICABLE, "///"),
        (Value(12.4, significant=False), "n.s."),
    ],
)
def test_signs_of_insee(value: Value, expected: str) -> None:
    assert french.figure(value, 1, "%") == expected, "a sign has no unit"


def test_a_unit_follows_a_no_break_space() -> None:
    assert french.figure(Value(12.45), 1, "%") == "12,5\u00a0%"
    assert french.figure(Value(12.0, unit="habitants")) == "12\u00a0habitants"
    assert french.figure(Value(12.0, unit="habitants"), unit="") == "12"
    assert french.figure(Value(0.0), 1, "%") == "0,0\u00a0%"
    assert french.figure(Value(0.25), 1, "%", signed=True) == "+0,3\u00a0%"


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2026-03-01", "1er\u00a0mars\u00a02026"),
        ("2026-08-31", "31\u00a0août\u00a02026"),
        ("2025-12-09T10:00:00", "9\u00a0décembre\u00a02025"),
        ("2024-02-29", "29\u00a0février\u00a02024"),
    ],
)
def test_dates(iso: str, expected: str) -> None:
    assert french.date(iso).replace(" ", "\u00a0") == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0\u00a0ligne"),
        (1, "1\u00a0ligne"),
        (1.5, "2\u00a0ligne"),
        (2, "2\u00a0lignes"),
        (1500, "1\u202f500\u00a0lignes"),
    ],
)
def test_the_french_plural_starts_at_two(count: float, expected: str) -> None:
    assert french.plural(count, "ligne") == expected


def test_an_irregular_plural_is_given() -> None:
    assert french.plural(3, "autre réseau", "autres réseaux") == "3\u00a0autres réseaux"
    assert french.plural(1, "autre réseau", "autres réseaux") == "1\u00a0autre réseau"


def test_lists() -> None:
    assert french.listing([]) == ""
    assert french.listing(["a"]) == "a"
    assert french.listing(["a", "b"]) == "a et b"
    assert french.listing(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    ("name", "at", "of"),
    [
        ("Rennes", "à Rennes", "de Rennes"),
        ("Acigné", "à Acigné", "d’Acigné"),
        ("Étrelles", "à Étrelles", "d’Étrelles"),
        ("Le Rheu", "au Rheu", "du Rheu"),
        ("Les Mureaux", "aux Mureaux", "des Mureaux"),
        ("La Bouëxière", "à La Bouëxière", "de La Bouëxière"),
        ("L’Hermitage", "à L’Hermitage", "de L’Hermitage"),
        ("Lesneven", "à Lesneven", "de Lesneven"),
        ("Yffiniac", "à Yffiniac", "d’Yffiniac"),
        ("Œting", "à Œting", "d’Œting"),
        ("Hédé-Bazouges", "à Hédé-Bazouges", "de Hédé-Bazouges"),  # « de » in the COG
    ],
)
def test_place_names_contract_and_elide(name: str, at: str, of: str) -> None:
    assert french.at(name) == at
    assert french.of(name) == of


def test_signs_that_turn_the_reading_are_left_out() -> None:
    turns = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert french.one_way(f"Bourg{turns}-Neuf\u202f: là") == "Bourg-Neuf\u202f: là"
    assert french.typography(f"Bourg\u202eel{turns} ?") == "Bourgel\u202f?"


def test_thousands_of_a_written_text_never_part() -> None:
    thin = "pour 1\u202f000 habitants, moins de 10\u202f000\u202f; 2\u202f034\u202f965 en 2021 345 fois"
    assert (
        french.typography("pour 1 000 habitants, moins de 10 000 ; 2 034 965 en 2021 345 fois")
        == thin
    )
    assert french.typography("2018 2021, 12 34 et 1 0000") == "2018 2021, 12 34 et 1 0000"
