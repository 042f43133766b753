"""Readings of single cells: what spreadsheets damage and how it comes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from coodiag.coodiag_plugin.core.codes import luhn
from coodiag.coodiag_plugin.sources.cells import clean, unique_names
from coodiag.coodiag_plugin.sources.places import Place, settle, with_number
from coodiag.coodiag_plugin.sources.repairs import (
    Reading,
    decimal_sign,
    read_citycode,
    read_date,
    read_naf,
    read_number,
    read_postcode,
    read_siret,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("12 rue de l’Ã‰glise", "12 rue de l’Église", ("mojibake",)),
        ("GÃ©rard nâ€™est pas lÃ\xa0", "Gérard n’est pas là", ("mojibake",)),
        ("Route de VitrÃ© Ã  Rennes", "Route de Vitré à Rennes", ("mojibake",)),
        ("Bœuf à l’Âtre", "Bœuf à l’Âtre", ()),
        ("Rue de l&#39;&Eacute;glise &amp;amp; Cie", "Rue de l'Église & Cie", ("entity",)),
        ("AT&T; SARL", "AT&T; SARL", ()),
        ("a\x00b\x07c\u200b", "abc", ("control",)),
        ("35\u00a0000\u202f€", "35 000 €", ()),
        ("#REF!", "", ("sheet_error",)),
        ("#N/A", "", ("sheet_error",)),
        ("########", "", ("sheet_error",)),
        ("NULL", "", ()),
        ("n/a", "", ()),
        ("-", "", ()),
        ('=HYPERLINK("x")', 'HYPERLINK("x")', ("formula",)),
        ("@SUM(A1)", "SUM(A1)", ("formula",)),
        ("-cmd|' /C calc'!A0", "cmd|' /C calc'!A0", ("formula",)),
        ("-2+3+cmd|' /C calc'!A0", "2+3+cmd|' /C calc'!A0", ("formula",)),
        ("=+-@x", "x", ("formula",)),
        ('="01400"', "01400", ("excel_text",)),
        ('="=cmd"', "cmd", ("excel_text", "formula")),
        ('=HYPERLINK("https://exemple.test","Fictif ""SA""")', 'Fictif "SA"', ("excel_text",)),
        ('=LIEN_HYPERTEXTE("x";"Fictif")', "Fictif", ("excel_text",)),
        ("+33 6 39 98 00 01", "+33 6 39 98 00 01", ()),
        ("-12,5", "-12,5", ()),
        ("- note", "- note", ()),
        ("perdu \ufffd ici", "perdu \ufffd ici", ("lost_character",)),
        ("e\u0301te\u0301", "été", ()),
    ],
)
def test_clean(text: str, expected: str, codes: tuple[str, ...]) -> None:
    assert clean(text) == (expected, codes)


def test_clean_keeps_the_lines_of_an_address() -> None:
    assert clean(" Bât B \r\n\r\n 12  rue X ", lines=True)[0] == "Bât B\n12 rue X"


@given(st.text())
def test_clean_never_leaves_a_formula_or_a_control(text: str) -> None:
    result, _ = clean(text)
    assert not any(ord(char) < 32 for char in result)
    assert result == " ".join(result.split())
    assert not result.startswith(("=", "@"))


def test_unique_names() -> None:
    names, renamed = unique_names(
        ["Nom", "nom", "", "NOM_2", "geo_score", "fid"], frozenset({"fid"})
    )
    assert names == ["Nom", "nom_2", "colonne_3", "NOM_2_2", "geo_score_2", "fid_2"]
    assert renamed == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("35000", "35000", ()),
        ("1400", "01400", ("postcode_zero",)),
        ("1400.0", "01400", ("postcode_zero",)),
        ("35000.0", "35000", ("postcode_form",)),
        ("35 000", "35000", ("postcode_form",)),
        ("35.000", "35000", ("postcode_form",)),
        ("F-35000", "35000", ("postcode_form",)),
        ("FR 35000", "35000", ("postcode_form",)),
        ("'35000", "35000", ("postcode_form",)),
        ("20000", "20000", ()),
        ("97411", "97411", ()),
        ("98000", "98000", ()),
        ("96000", None, ("postcode_bad",)),
        ("99123", None, ("postcode_bad",)),
        ("00000", None, ("postcode_bad",)),
        ("350000", None, ("postcode_bad",)),
        ("Rennes", None, ("postcode_bad",)),
        ("B-1000", None, ("postcode_bad",)),
    ],
)
def test_postcode(text: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = read_postcode(text)
    assert (reading.value, reading.codes) == (value, codes)


def test_postcode_cell_with_more_in_it() -> None:
    assert read_postcode("35000 RENNES").city == "RENNES"
    assert read_postcode("2a004").citycode == "2A004"
    assert read_postcode("2a004").value is None


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("35238", "35238", ()),
        ("1004", "01004", ("citycode_zero",)),
        ("35238.0", "35238", ()),
        ("2a004", "2A004", ()),
        ("98000X", None, ("citycode_bad",)),
    ],
)
def test_citycode(text: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = read_citycode(text)
    assert (reading.value, reading.codes) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("732 829 320 00074", "73282932000074", ()),
        ("732.829.320.00074", "73282932000074", ()),
        ("73282932000074.0", "73282932000074", ()),
        ("73282932000075", "73282932000075", ("siret_luhn",)),
        ("3,8013E+13", None, ("siret_scientific",)),
        ("7,32829E+13", None, ("siret_scientific",)),
        ("7.3282932000074E+13", "73282932000074", ("siret_expanded",)),
        ("732829320", "732829320", ("siren_only",)),
        ("732829321", "732829321", ("siren_only", "siret_luhn")),
        ("FR44732829320", "732829320", ("siren_only",)),
        ("12345", None, ("siret_bad",)),
        ("en cours", None, ("siret_bad",)),
        ("²²²²²²²²²²²²²²", None, ("siret_bad",)),
    ],
)
def test_siret(text: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = read_siret(text)
    assert (reading.value, reading.codes) == (value, codes)


def test_siret_that_lost_its_zeros() -> None:
    whole = next(f"0542065180{n:04d}" for n in range(100) if luhn(f"0542065180{n:04d}"))
    assert read_siret(whole).codes == ()
    assert read_siret(whole[1:]) == Reading(whole, ("siret_zero",))
    wrong = whole[:-1] + str((int(whole[-1]) + 1) % 10)
    assert read_siret(wrong[1:]) == Reading(wrong, ("siret_zero", "siret_luhn"))
    twice = next(f"0042065180{n:04d}" for n in range(100) if luhn(f"0042065180{n:04d}"))
    assert read_siret(twice[2:]) == Reading(twice, ("siret_zero",))


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("88.99B", "88.99B", ()),
        ("8899b", "88.99B", ()),
        ("88.99 B - Action sociale", "88.99B", ()),
        ("111Z", "01.11Z", ("naf_zero",)),
        ("8899", "88.99", ("naf_incomplete",)),
        ("Action sociale", None, ("naf_bad",)),
        ("88990B", None, ("naf_bad",)),
    ],
)
def test_naf(text: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = read_naf(text)
    assert (reading.value, reading.codes) == (value, codes)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("1 234,5", ",", 1234.5),
        ("1\u202f234,50\u00a0€", ",", 1234.5),
        ("1.234,50", "", 1234.5),
        ("1,234.50", "", 1234.5),
        ("1'234.5", "", 1234.5),
        ("1.234", ",", 1234.0),
        ("1.234", "", 1.234),
        ("1,234", ".", 1234.0),
        ("1,234", "", 1.234),
        ("0.125", ",", 0.125),
        ("1.234.567", "", 1234567.0),
        ("(120,5)", "", -120.5),
        ("-120", "", -120.0),
        ("−120", "", -120.0),
        ("120-", "", -120.0),
        ("+12", "", 12.0),
        (",5", "", 0.5),
        ("1.5E+3", "", 1500.0),
        ("850 EUR HT", "", 850.0),
        ("12.34.5", "", None),
        ("12-15", "", None),
        ("+-5", "", None),
        ("(5", "", None),
        ("inf", "", None),
        ("nan", "", None),
        ("1_000", "", None),
        ("environ 300", "", None),
    ],
)
def test_number(text: str, sign: str, value: float | None) -> None:
    assert read_number(text, sign).value == value


def test_number_of_thousands_is_flagged() -> None:
    reading = read_number("12,5 k€")
    assert (reading.value, reading.codes) == (12500.0, ("number_thousand",))


@pytest.mark.parametrize(
    ("text", "value"),
    [("7h30", 7.5), ("35 h", 35.0), ("07:15", 7.25), ("PT07H30M00S", 7.5), ("151,67", 151.67)],
)
def test_hours(text: str, value: float) -> None:
    assert read_number(text, hours=True).value == value


def test_decimal_sign_of_a_column() -> None:
    assert decimal_sign(["1.234", "12,5"]) == ","
    assert decimal_sign(["1,234", "12.5"]) == "."
    assert decimal_sign(["1.234", "12"]) == ""
    assert decimal_sign(["12,5", "12.5"]) == ""
    assert decimal_sign(["1.234.567"]) == ","


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_comes_back_from_french_notation(value: Decimal) -> None:
    text = f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")
    assert read_number(text + " €", ",").value == float(value)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("01/02/2024", "2024-02-01", ()),
        ("1-2-2024", "2024-02-01", ()),
        ("01.02.2024 14:30", "2024-02-01", ()),
        ("2024-02-01", "2024-02-01", ()),
        ("2024/02/01 12:00:00", "2024-02-01", ()),
        ("2024-02-01T12:00:00Z", "2024-02-01", ()),
        ("20240201", "2024-02-01", ()),
        ("1 févr. 2024", "2024-02-01", ()),
        ("1er février 2024", "2024-02-01", ()),
        ("jeudi 1 février 2024", "2024-02-01", ()),
        ("12 août 2023", "2023-08-12", ()),
        ("45323", "2024-02-01", ("date_serial",)),
        ("45323.5", "2024-02-01", ("date_serial",)),
        ("01/02/24", "2024-02-01", ("date_short_year",)),
        ("01/02/87", "1987-02-01", ("date_short_year",)),
        ("2024", "2024", ()),
        ("02/2024", "2024-02", ()),
        ("31/02/2024", None, ("date_bad",)),
        ("02/13/2024", None, ("date_bad",)),
        ("1 brumaire 2024", None, ("date_bad",)),
        ("00/00/0000", None, ("date_bad",)),
        ("12345", None, ("date_bad",)),
        ("bientôt", None, ("date_bad",)),
    ],
)
def test_date(text: str, value: str | None, codes: tuple[str, ...]) -> None:
    reading = read_date(text)
    assert (reading.value, reading.codes) == (value, codes)


@given(
    st.dates(
        min_value=date(1950, 1, 1),
        max_value=date(2060, 1, 1),
    )
)
def test_a_date_comes_back_from_its_notations(day: date) -> None:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"):
        assert read_date(day.strftime(pattern)).value == day.isoformat()


PLACES = [
    # (cells in, cells out, codes)
    ({"city": "35000 RENNES"}, {"postcode": "35000", "city": "RENNES"}, {"postcode_in_city"}),
    ({"city": "Rennes (35000)"}, {"postcode": "35000", "city": "Rennes"}, {"postcode_in_city"}),
    (
        {"city": "1400 Bourg"},
        {"postcode": "01400", "city": "Bourg"},
        {"postcode_in_city", "postcode_zero"},
    ),
    ({"city": "Redon (35)"}, {"city": "Redon"}, {"department_in_city"}),
    (
        {"postcode": "35042", "city": "RENNES CEDEX 9"},
        {"postcode": "35042", "city": "RENNES"},
        {"cedex"},
    ),
    (
        {"postcode": "35042 CEDEX", "city": "RENNES"},
        {"postcode": "35042", "city": "RENNES"},
        {"cedex"},
    ),
    (
        {"postcode": "35042 RENNES CEDEX 9"},
        {"postcode": "35042", "city": "RENNES"},
        {"cedex", "city_in_postcode"},
    ),
    (
        {"postcode": "Rennes", "city": "35000"},
        {"postcode": "35000", "city": "Rennes"},
        {"inverted"},
    ),
    (
        {"postcode": "2A004", "city": "Ajaccio"},
        {"citycode": "2A004", "city": "Ajaccio"},
        {"postcode_is_citycode"},
    ),
    (
        {"postcode": "35200", "city": "35000 RENNES"},
        {"postcode": "35200", "city": "RENNES"},
        {"postcode_in_city", "postcode_conflict"},
    ),
    ({"city": "12"}, {}, {"city_bad"}),
    (
        {"address": "12 rue du Lac, 35000 Rennes"},
        {"address": "12 rue du Lac", "postcode": "35000", "city": "Rennes"},
        {"address_split"},
    ),
    (
        {"address": "12 rue du Lac 35000 RENNES CEDEX 9 FRANCE"},
        {"address": "12 rue du Lac", "postcode": "35000", "city": "RENNES"},
        {"address_split", "cedex"},
    ),
    (
        {"address": "12 rue du Lac, Rennes, 35000"},
        {"address": "12 rue du Lac", "postcode": "35000", "city": "Rennes"},
        {"address_split"},
    ),
    (
        {"address": "12 rue du Lac 35000 Rennes", "postcode": "35000", "city": "Rennes"},
        {"address": "12 rue du Lac", "postcode": "35000", "city": "Rennes"},
        {"address_tail"},
    ),
    (
        {"address": "12 rue du Lac 35200 Rennes", "postcode": "35000", "city": "Rennes"},
        {"address": "12 rue du Lac 35200 Rennes", "postcode": "35000", "city": "Rennes"},
        {"postcode_conflict"},
    ),
    ({"address": "12345 route de la Mer"}, {"address": "12345 route de la Mer"}, set()),
    ({"address": "35000 Rennes"}, {"postcode": "35000", "city": "Rennes"}, {"address_split"}),
    (
        {"address": "Bât. B\n12 rue du Lac\nCS 40 123\n35042 Rennes Cedex"},
        {
            "address": "12 rue du Lac",
            "complement": "Bât. B, CS 40 123",
            "postcode": "35042",
            "city": "Rennes",
        },
        {"bp", "address_split", "cedex", "address_lines"},
    ),
    (
        {"address": "BP 40 12 rue du Lac", "postcode": "35000"},
        {"address": "12 rue du Lac", "complement": "BP 40", "postcode": "35000"},
        {"bp"},
    ),
    (
        {"address": "12 rue du Lac - B.P. 123", "complement": "Étage 2"},
        {"address": "12 rue du Lac", "complement": "Étage 2, B.P. 123"},
        {"bp"},
    ),
    (
        {"city": "BP 123 35042 RENNES CEDEX"},
        {"complement": "BP 123", "postcode": "35042", "city": "RENNES"},
        {"bp", "postcode_in_city", "cedex"},
    ),
    (
        {"address": "8 rue de l’Abbaye", "postcode": "97411", "city": "Saint-Paul"},
        {"address": "8 rue de l’Abbaye", "postcode": "97411", "city": "Saint-Paul"},
        set(),
    ),
    ({"address": "3 quai du 8 mai 1945"}, {"address": "3 quai du 8 mai 1945"}, set()),
    (
        {"address": "5 place de la Mairie, 75012 PARIS 12"},
        {"address": "5 place de la Mairie", "postcode": "75012", "city": "PARIS 12"},
        {"address_split"},
    ),
]


@pytest.mark.parametrize(("cells", "expected", "codes"), PLACES)
def test_places(cells: dict[str, str], expected: dict[str, str], codes: set[str]) -> None:
    place = settle(Place(**cells))
    names = ("address", "complement", "postcode", "city", "citycode")
    assert {name: getattr(place, name) for name in names if getattr(place, name)} == expected
    assert {code for _, code in place.codes} == codes


@given(st.text(max_size=400), st.text(max_size=30), st.text(max_size=30))
def test_settling_twice_changes_nothing_more_in_postcode(
    address: str, postcode: str, city: str
) -> None:
    place = settle(Place(address=address, postcode=postcode, city=city))
    assert place.postcode == "" or (len(place.postcode) == 5 and place.postcode.isdigit())


def test_address_in_parts() -> None:
    assert with_number("12", "B", "rue", "du Lac") == "12 B rue du Lac"
    assert with_number("12", "", "rue", "rue du Lac") == "12 rue du Lac"
    assert with_number("12", "bis", "", "12 bis rue du Lac") == "12 bis rue du Lac"
    assert with_number("163,0000000000", "", "", "rue du Port") == "163 rue du Port"
    assert with_number("1", "", "", "12 rue du Lac") == "1 12 rue du Lac"
