"""What is read of the services' answers, and what is made of a row to ask them."""

from __future__ import annotations

import math

import pytest
from coodiag.coodiag_plugin.geocoding import bulk
from coodiag.coodiag_plugin.geocoding.cleaning import parse
from coodiag.coodiag_plugin.geocoding.places import Where
from coodiag.coodiag_plugin.geocoding.proposals import (
    Proposal,
    Question,
    district,
    district_name,
    plain,
    spoken,
)
from coodiag.coodiag_plugin.geocoding.queries import Query

#: Properties of a feature of geocodage (SOURCES, §1.2).
PORT = {
    "label": "8 Boulevard du Port 95000 Cergy", "score": 0.9708954545454545, "housenumber": "8",
    "id": "95127_1448_00008", "name": "8 Boulevard du Port", "postcode": "95000",
    "citycode": "95127", "x": 631468.28, "y": 6881710.34, "city": "Cergy", "type": "housenumber",
    "importance": 0.67985, "street": "Boulevard du Port",
}  # fmt: skip


def of(**changes: object) -> Proposal | None:
    return Proposal.of({**PORT, **changes}, 2.062794, 49.031624, False)


def test_an_address_of_geocodage() -> None:
    found = of()
    assert found is not None
    assert (found.number, found.suffix, found.street, found.street_id) == (
        8, "", "Boulevard du Port", "95127_1448",
    )  # fmt: skip
    assert (found.citycode, found.city, found.lon) == ("95127", "Cergy", 2.062794)
    assert Proposal(*found.packed()) == found


@pytest.mark.parametrize(
    ("changes", "number", "suffix", "street"),
    [
        ({"housenumber": "8bis"}, 8, "bis", "Boulevard du Port"),
        ({"housenumber": "8 Ter"}, 8, "ter", "Boulevard du Port"),
        ({"street": "", "name": "8 Boulevard du Port"}, 8, "", "Boulevard du Port"),
        ({"street": None, "housenumber": None, "name": "Rue X", "type": "street"}, 0, "", "Rue X"),
    ],
)
def test_numbers_and_streets(
    changes: dict[str, object], number: int, suffix: str, street: str
) -> None:
    found = of(**changes)
    assert found is not None
    assert (found.number, found.suffix, found.street) == (number, suffix, street)


@pytest.mark.parametrize(
    "changes",
    [{"citycode": "", "city": ""}, {"citycode": None, "city": None}, {"type": ""}],
)
def test_what_has_no_commune_or_type_is_no_proposal(changes: dict[str, object]) -> None:
    assert of(**changes) is None


def test_a_commune_code_that_is_not_told_stays_empty() -> None:
    for cell in ("", None, "abc"):
        found = of(citycode=cell)
        assert found is not None and found.citycode == ""


@pytest.mark.parametrize("lon", ["", None, "x", math.nan, math.inf, 200.0])
def test_what_has_no_position_is_no_proposal(lon: object) -> None:
    assert Proposal.of(PORT, lon, 49.0, False) is None


@pytest.mark.parametrize(
    ("citycode", "postcode", "expected"),
    [
        ("75056", "75011", "75111"), ("75056", "75116", "75116"), ("75056", "75016", "75116"),
        ("69123", "69003", "69383"), ("13055", "13016", "13216"), ("13055", "13017", "13055"),
        ("75056", "", "75056"), ("75056", "69003", "75056"), ("35238", "35000", "35238"),
        ("75056", "75000", "75056"), ("69123", "69100", "69123"),
    ],
)  # fmt: skip
def test_district_of_a_postcode(citycode: str, postcode: str, expected: str) -> None:
    assert district(citycode, postcode) == expected


def test_district_names() -> None:
    assert district_name("75101", "Paris") == "Paris 1er Arrondissement"
    assert district_name("69383", "Lyon") == "Lyon 3e Arrondissement"
    assert district_name("75111", "Paris 11e Arrondissement") == "Paris 11e Arrondissement"
    assert district_name("35238", "Rennes") == "Rennes"


@pytest.mark.parametrize(
    ("cell", "sent"),
    [
        ("12 bis r. de la Gare", "12 bis rue de la gare"),
        ("3 L'Inventière", "3 l'inventiere"),
        ("chez Mme X, 4 av Foch apt 3", "4 avenue foch"),
        ("12B rue d'Orléans", "12 b rue d'orleans"),
    ],
)
def test_what_is_sent_of_an_address(cell: str, sent: str) -> None:
    assert spoken(parse(cell).variants[0]) == sent


def test_a_long_address_is_cut_between_words() -> None:
    text = spoken(parse("1 rue " + "tres longue " * 30).variants[0])
    assert len(text) <= 120 and not text.endswith("tre")


def test_a_commune_s_name_holds_no_separator() -> None:
    assert plain('Saint-X;"L’Y"\n(35)') == "Saint-X L'Y"


@pytest.mark.parametrize("text", ["", "ab", "'abc", "x" * 201])
def test_what_the_services_do_not_take_is_not_asked(text: str) -> None:
    assert not Question(text).can_be_asked
    assert Question("12 rue x").can_be_asked


def test_a_row_without_any_commune() -> None:
    assert not Where.of(Query("1", "12 rue de la Gare")).told
    assert Where.of(Query("1", "12 rue X 35000 Rennes")).postcode == "35000"
    assert Where.of(Query("1", "1 rue X", "", "35000", "RENNES cedex 2")).city == "rennes"


def test_a_cell_cannot_break_the_file() -> None:
    question = Question('1 rue ;"x"\n', "35000", "Rennes")
    content = bulk.written([question], (bulk.ID, *bulk.TEXT_COLUMNS)).decode()
    (row,) = bulk.read_rows(
        content.replace("commune\n", "commune;longitude;latitude;result_type\n", 1).rstrip("\n")
        + ";1;2;street\n"
    )
    assert row["adresse"] == question.address
