"""The numbers of docs/geocoding.md: factors of a score, least score, gap, and when nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.ban_index import BanIndex, open_index
from coodiag.coodiag_plugin.geocoding.geocoder import Located, Query, geocode
from coodiag.tests.unit.geocoding_samples import lines, write_ban

#: identifier, number, street, postcode, code, commune, longitude, latitude.
MORE = (
    # far apart in one commune, under two postcodes
    ("99001_0021", 1, "Rue Longue", "99100", "99001", "Valmoreau", 2.01, 47.0),
    ("99001_0022", 9, "Rue Longue", "99110", "99001", "Valmoreau", 2.09, 47.0),
    # two streets of the BAN, 75 m apart
    ("99001_0023", 1, "Rue Courte", "99100", "99001", "Valmoreau", 2.020, 47.0),
    ("99001_0024", 1, "Rue Courte", "99100", "99001", "Valmoreau", 2.021, 47.0),
    ("99001_0025", 1, "Rue Seule", "99110", "99001", "Valmoreau", 2.03, 47.0),
    # a name that two communes bear
    ("99002_0026", 7, "Rue du Puits", "99100", "99002", "Saint-Ardoin-sur-Lisse", 2.2, 47.0),
    ("75111_0027", 7, "Rue du Puits", "75011", "75111", "Paris 11e Arrondissement", 2.38, 48.86),
)


def more_lines() -> list[str]:
    return [
        f"{street}_{number:05d};;{number};;{name};{postcode};{code};{city};;;;;{lon};{lat};entrée;;;;;;;1;"
        for street, number, name, postcode, code, city, lon, lat in MORE
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BanIndex]:
    folder = tmp_path_factory.mktemp("ban")
    source = write_ban(folder / "ban.csv", [*lines(), *more_lines()])
    with open_index([source], folder / "cache", Silent()) as opened:
        yield opened


def locate(index: BanIndex, address: str, postcode: str, city: str, code: str = "") -> Located:
    query = Query("r", address, "", postcode, city, code)
    return geocode([query], index, None, progress=Silent())[0]


@pytest.mark.parametrize(
    ("address", "postcode", "status", "score"),
    [
        ("14 rue de la Gare", "99100", "adresse", 1.0),
        ("14 ter rue de la Gare", "99100", "adresse", 0.98),  # another suffix, or none
        ("99 rue de la Gare", "99100", "voie", 0.93),  # the street lacks the number
        ("1 rue Seule", "99110", "adresse", 1.0),
        ("1 rue Seule", "99100", "adresse", 0.97),  # the street's own postcode is another
        ("14 rue de la Gare", "99000", "adresse", 0.98),  # no commune has this postcode
        ("14 rue de la Gare", "99200", "adresse", 0.96),  # another commune has it
        ("4-14 rue de la Gare", "99100", "adresse", 1.0),  # a number of the interval
        ("4-140 rue de la Gare", "99100", "voie", 0.93),  # which is no interval
    ],
)
def test_what_each_doubt_costs(
    index: BanIndex, address: str, postcode: str, status: str, score: float
) -> None:
    found = locate(index, address, postcode, "Valmoreau")
    assert (found.status, found.score) == (status, score)
    assert found.score in (1.0, 0.97) or found.note


@pytest.mark.parametrize(
    ("address", "complement", "score"),
    [
        ("Le Haut Clairet", "", 1.0),
        ("Bâtiment Rouge", "Le Haut Clairet", 0.98),  # read from a secondary part of the row
    ],
)
def test_a_secondary_part_of_the_row_is_trusted_a_little_less(
    index: BanIndex, address: str, complement: str, score: float
) -> None:
    query = Query("r", address, complement, "99100", "Saint-Ardoin-sur-Lisse")
    found = geocode([query], index, None, progress=Silent())[0]
    assert (found.status, found.score) == ("lieu-dit", score)


def test_another_spelling_is_told(index: BanIndex) -> None:
    found = locate(index, "12 rue de la Garre", "99100", "Valmoreau")
    assert found.status == "adresse" and 0.9 < found.score < 0.97
    assert found.note == "Voie comprise comme «\u00a0Rue de la Gare\u00a0»."


def test_the_least_score_lets_through_what_is_just_above(index: BanIndex) -> None:
    """Another type of way, another name than the code's, another postcode: 0.82 × 0.94 × 0.96."""
    found = locate(index, "12 avenue de la Gare", "99200", "Paris", "99001")
    assert (found.status, found.citycode) == ("adresse", "99001")
    assert 0.68 < found.score < 0.75


def test_a_runner_up_a_little_behind_is_as_likely(index: BanIndex) -> None:
    """1 against 0.97, for the other postcode: nearer than the least gap."""
    found = locate(index, "rue Longue", "99100", "Valmoreau")
    assert found.status == "commune" and "Plusieurs voies" in found.note


def test_two_streets_at_one_place_are_one_whatever_the_order_of_the_file(tmp_path: Path) -> None:
    """Less than 200 m apart: nothing to choose, and always the same of the two."""
    rows = [*lines(), *more_lines()]
    found = []
    for number, order in enumerate((rows, [rows[0], *reversed(rows[1:])])):
        source = write_ban(tmp_path / f"{number}.csv", order)
        with open_index([source], tmp_path / "cache", Silent()) as opened:
            found.append(locate(opened, "1 rue Courte", "99100", "Valmoreau"))
    assert found[0].status == "adresse" and found[0].x == 2.02
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("address", "citycode"),
    [
        ("4 rue du Lavoir", "99002"),
        ("5 rue du Lavoir", "99003"),  # no such number
        ("4 avenue du Lavoir", "99003"),  # another type of way
        ("7 rue du Puits", "99003"),  # another commune has a street of that name
    ],
)
def test_the_commune_of_the_postcode_only_for_a_perfect_and_lone_street(
    index: BanIndex, address: str, citycode: str
) -> None:
    found = locate(index, address, "99100", "Les Trois Chênes")
    assert found.citycode == citycode
    assert (found.status == "adresse") == (citycode == "99002")


def test_the_homonym_of_a_commune_of_another_departement_is_no_place(index: BanIndex) -> None:
    found = locate(index, "3 rue Inconnue", "31000", "Valmoreau")
    assert found.status == "echec" and "homonyme" in found.note
