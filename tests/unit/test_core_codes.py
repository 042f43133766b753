"""Codes of places and of the register: shapes, corrections, and refusals in a sentence."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.core import codes
from coodiag.coodiag_plugin.core.codes import TerritoryPart, parse_territory
from coodiag.coodiag_plugin.core.errors import TerritoryError
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("35238", "35238"),
        (" 35238 ", "35238"),
        (1001, "01001"),
        ("1001", "01001"),
        ("2a004", "2A004"),
        ("2B033", "2B033"),
        ("97411", "97411"),
        ("2C001", None),
        ("A2004", None),
        ("352381", None),
        ("352", None),
        ("", None),
        (None, None),
        ("35238.0", None),
        ("٣٥٢٣٨", None),  # digits of another script are no code
    ],
)
def test_commune_codes(text: object, code: str | None) -> None:
    assert codes.commune_code(text) == code


@pytest.mark.parametrize(
    ("commune", "department", "region", "crs"),
    [
        ("35238", "35", "53", "EPSG:2154"),
        ("2A004", "2A", "94", "EPSG:2154"),
        ("2B033", "2B", "94", "EPSG:2154"),
        ("97105", "971", "01", "EPSG:5490"),
        ("97209", "972", "02", "EPSG:5490"),
        ("97302", "973", "03", "EPSG:2972"),
        ("97411", "974", "04", "EPSG:2975"),
        ("97502", "975", None, "EPSG:4467"),
        ("97608", "976", "06", "EPSG:4471"),
        ("97701", "977", None, "EPSG:5490"),
        ("75056", "75", "11", "EPSG:2154"),
    ],
)
def test_where_a_commune_is(commune: str, department: str, region: str | None, crs: str) -> None:
    assert codes.department(commune) == department
    assert codes.region(commune) == region
    assert codes.legal_crs(commune) == crs


def test_every_department_is_in_one_region() -> None:
    listed = [dep for deps in codes.REGION_DEPARTMENTS.values() for dep in deps.split()]
    assert len(listed) == len(set(listed)) == 101
    assert len(codes.REGION_DEPARTMENTS) == 18


@pytest.mark.parametrize(
    ("arrondissement", "commune"),
    [
        ("75101", "75056"),
        ("75120", "75056"),
        ("75121", "75121"),
        ("69381", "69123"),
        ("69389", "69123"),
        ("69390", "69390"),
        ("13201", "13055"),
        ("13216", "13055"),
        ("13217", "13217"),
        ("35238", "35238"),
        ("2A004", "2A004"),
        ("75²01", "75²01"),
    ],
)
def test_municipal_arrondissements(arrondissement: str, commune: str) -> None:
    assert codes.commune_of(arrondissement) == commune


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("732829320", True),
        ("732829321", False),
        ("73282932000074", True),
        ("73282932000075", False),
        ("35600000000048", True),  # head office of La Poste, sums by Luhn too
        ("35600000049837", True),  # an establishment of La Poste: digits sum to 5n, Luhn fails
        ("35600000049838", False),
        ("", False),
        ("73282932O", False),
        ("73282932²", False),  # a digit to Unicode, not to the register
    ],
)
def test_check_digits(digits: str, right: bool) -> None:
    assert codes.luhn(digits) is right


@given(st.integers(0, 99_999_999))
def test_exactly_one_check_digit_fits_a_siren(number: int) -> None:
    assert sum(codes.luhn(f"{number:08d}{digit}") for digit in range(10)) == 1


# --- territories -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("EPCI:243500139", [("EPCI", ["243500139"])]),
        ("com: 35238 , 35047", [("COM", ["35238", "35047"])]),
        ("COM:1001,1001,01002", [("COM", ["01001", "01002"])]),
        ("COM:2a004;DEP:2b", [("COM", ["2A004"]), ("DEP", ["2B"])]),
        ("DEP:974;REG:53;ZE:5315", [("DEP", ["974"]), ("REG", ["53"]), ("ZE", ["5315"])]),
        ("Rennes Métropole", [("NAME", ["Rennes Métropole"])]),
        ("Saint-Denis : centre", [("NAME", ["Saint-Denis : centre"])]),
        ("EPCI:243500139;; Redon ;", [("EPCI", ["243500139"]), ("NAME", ["Redon"])]),
        ("COM:75101", [("COM", ["75101"])]),
        ("COM:97411", [("COM", ["97411"])]),
    ],
)
def test_territories_read(text: str, parts: list[tuple[str, list[str]]]) -> None:
    expected = tuple(TerritoryPart(level, tuple(found)) for level, found in parts)
    assert parse_territory(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "example"),
    [
        ("COM:352", "352", "COM:35238"),
        ("COM:35238,ABCDE", "ABCDE", "COM:35238"),
        ("EPCI:24350013", "24350013", "EPCI:243500139"),
        ("DEP:2C", "2C", "DEP:35"),
        ("REG:535", "535", "REG:53"),
        ("ZE:53", "53", "ZE:5315"),
        ("EPCI:243500139;DEP:abc", "ABC", "DEP:35"),
    ],
)
def test_a_malformed_code_is_refused_by_name(text: str, code: str, example: str) -> None:
    with pytest.raises(TerritoryError) as caught:
        parse_territory(text)
    sentence = str(caught.value)
    assert f"“{code}”" in sentence and example in sentence
    assert sentence.endswith(".") and "{" not in sentence


@pytest.mark.parametrize("text", ["", "   ", ";", "COM:", "COM: , ", ";;EPCI:;"])
def test_an_empty_territory_says_what_to_write(text: str) -> None:
    with pytest.raises(TerritoryError, match="EPCI:243500139"):
        parse_territory(text)


@given(st.text(max_size=40))
def test_whatever_is_written_reads_or_is_refused(text: str) -> None:
    try:
        parts = parse_territory(text)
    except TerritoryError as error:
        assert str(error)
    else:
        assert parts and all(part.codes for part in parts)
