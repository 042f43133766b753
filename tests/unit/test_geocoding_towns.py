"""Which commune is meant: codes, written names, postcodes, and their contradictions."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.geocoding.towns import Town, Towns, city_name

TOWNS = Towns(
    [
        Town("35238", "Rennes", -1.68, 48.11, ("35000", "35200", "35700")),
        Town("35240", "Le Rheu", -1.79, 48.1, ("35650",)),
        Town("35300", "Saint-Pierre-de-Plesguen", -1.9, 48.4, ("35720",), ("SAINT PIERRE",)),
        Town("35191", "Val-Couesnon", -1.4, 48.4, ("35560",), ("Antrain", "Tremblay"), ("35004", "35341")),
        Town("35024", "Betton", -1.64, 48.18, ("35830",)),
        Town("44055", "La Baule-Escoublac", -2.39, 47.28, ("44500",)),
        Town("44100", "Montoir", -2.1, 47.3, ("44550",)),
        Town("56100", "Montoir", -2.8, 47.7, ("56300",)),
        Town("75111", "Paris 11e Arrondissement", 2.38, 48.86, ("75011",)),
        Town("75112", "Paris 12e Arrondissement", 2.4, 48.84, ("75012",)),
        Town("2A004", "Ajaccio", 8.73, 41.92, ("20000", "20090")),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "full", "district"),
    [
        ("ST-AUBIN S/ MER CEDEX 2", "saint aubin sur mer", 0),
        ("Ste Luce", "sainte luce", 0),
        ("Paris XI", "paris", 11),
        ("PARIS 11E ARRONDISSEMENT", "paris", 11),
        ("Lyon 3ème", "lyon", 3),
        ("MARSEILLE 08", "marseille", 8),
        ("35000 RENNES CEDEX", "rennes", 0),
        ("Rennes (35)", "rennes", 0),
        ("L’Haÿ-les-Roses", "l hay les roses", 0),
    ],
)
def test_written_names(text: str, full: str, district: int) -> None:
    found = city_name(text)
    assert (found.full, found.district) == (full, district)


@pytest.mark.parametrize(
    ("city", "postcode", "citycode", "codes"),
    [
        ("RENNES", "35000", "", ["35238"]),
        ("Rennes Cedex 7", "35042", "", ["35238"]),
        ("", "", "35238", ["35238"]),
        ("Rheu", "35650", "", ["35240"]),
        ("RENES", "35000", "", ["35238"]),
        ("Renes", "", "", ["35238"]),
        ("Antrain", "35560", "", ["35191"]),
        ("", "", "35004", ["35191"]),
        ("La Baule", "44500", "", ["44055"]),
        ("Montoir", "56300", "", ["56100"]),
        ("Montoir", "44999", "", ["44100"]),
        ("Montoir", "", "", ["44100", "56100"]),
        ("Paris", "75012", "", ["75112"]),
        ("Paris 11", "", "", ["75111"]),
        ("Paris", "", "75056", ["75111", "75112"]),
        ("Ajaccio", "20090", "", ["2A004"]),
        ("", "20090", "", ["2A004"]),
        ("Nulle-Part", "", "", []),
        ("", "", "", []),
    ],
)
def test_commune_found(city: str, postcode: str, citycode: str, codes: list[str]) -> None:
    assert [town.code for town in TOWNS.find(city, postcode, citycode).towns] == codes


def test_right_name_wins_over_a_wrong_postcode_and_says_so() -> None:
    found = TOWNS.find("Rennes", "35830", "")
    assert [town.code for town in found.towns] == ["35238"]
    assert [town.code for town in found.rivals] == ["35024"]
    assert found.notes == ("Le code postal 35830 n’est pas celui de Rennes.",)
    assert found.factor < 1


def test_code_wins_over_another_name_and_says_so() -> None:
    found = TOWNS.find("Betton", "35000", "35238")
    assert [town.code for town in found.towns] == ["35238"]
    assert "Betton" in found.notes[0]


def test_old_name_is_kept_to_choose_among_the_merged_parts() -> None:
    assert TOWNS.find("Antrain", "35560", "").old_name == "antrain"
    assert TOWNS.find("Val-Couesnon", "35560", "").old_name == ""


def test_unknown_name_leaves_the_postcode_with_a_note() -> None:
    found = TOWNS.find("Zone industrielle", "35830", "")
    assert [town.code for town in found.towns] == ["35024"]
    assert not found.named
    assert found.notes


def test_rows_of_a_layer() -> None:
    towns = Towns.from_rows([{"codgeo": "1001", "nom": "L’Abergement", "lon": 5.4, "lat": 46.1}])
    assert [town.code for town in towns.find("l abergement", "", "").towns] == ["01001"]


def test_first_directory_wins_for_a_code() -> None:
    both = TOWNS.joined(Towns([Town("35238", "Autre", 0, 0), Town("22113", "Lannion", -3.4, 48.7)]))
    assert both.by_code("35238")[0].name == "Rennes"
    assert both.by_code("22113")[0].name == "Lannion"
