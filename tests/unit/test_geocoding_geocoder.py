"""From rows to places: levels, refusals to guess, reconciliation, determinism, no connection."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.ban_index import BanIndex, open_index
from coodiag.coodiag_plugin.geocoding.geocoder import Located, Query, geocode
from coodiag.coodiag_plugin.geocoding.towns import Towns
from coodiag.tests.unit.geocoding_samples import lines, write_ban

TOWNS = Towns.from_rows(
    [
        {"codgeo": "99001", "nom": "Valmoreau", "lon": 9.0, "lat": 9.0},
        {"codgeo": "99050", "nom": "Hors-Base", "lon": 3.0, "lat": 47.5},
    ]
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BanIndex]:
    folder = tmp_path_factory.mktemp("ban")
    with open_index([write_ban(folder / "ban.csv")], folder / "cache", Silent()) as opened:
        yield opened


def locate(index: BanIndex | None, *cells: str, **options: object) -> Located:
    settings: dict[str, object] = {"town_fallback": True, **options}
    return geocode([Query("r", *cells)], index, TOWNS, progress=Silent(), **settings)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "postcode", "city", "status", "label"),
    [
        ("12 rue de la Gare", "99100", "Valmoreau", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("12 bis r de la gare", "", "VALMOREAU", "adresse", "12 bis Rue de la Gare 99100 Valmoreau"),
        ("12B RUE DE LA GARE", "99100", "Valmoreau", "adresse", "12 bis Rue de la Gare 99100 Valmoreau"),
        ("12 ter rue de la Gare", "99100", "Valmoreau", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("6 rue J. Jaures", "99100", "Valmoreau", "adresse", "6 a Rue Jean Jaurès 99100 Valmoreau"),
        ("2 av Gal de Gaule", "99100", "Valmoreau", "adresse", "2 Avenue du Général de Gaulle 99100 Valmoreau"),
        ("9-12 rue de la Gare", "99100", "Valmoreau", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("99 rue de la Gare", "99100", "Valmoreau", "voie", "Rue de la Gare 99100 Valmoreau"),
        ("rue de la Gare", "99100", "Valmoreau", "voie", "Rue de la Gare 99100 Valmoreau"),
        ("place du 8 mai", "99100", "Valmoreau", "voie", "Place du 8 Mai 1945 99100 Valmoreau"),
        ("Grande Rue", "99100", "Valmoreau", "voie", "Grande Rue 99100 Valmoreau"),
        ("2 Gde Rue", "99100", "Valmoreau", "adresse", "2 Grande Rue 99100 Valmoreau"),
        ("La Ville Guerin", "99100", "Valmoreau", "lieu-dit", "La Ville Guérin 99100 Valmoreau"),
        ("2 la ville guérin", "99100", "Valmoreau", "adresse", "2 La Ville Guérin 99100 Valmoreau"),
        ("Haut Clairet", "99100", "St Ardoin s/ Lisse", "lieu-dit", "Le Haut Clairet 99100 Saint-Ardoin-sur-Lisse"),
        ("12 rue de la Gare", "99999", "Valmoreau", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("4 rue du Lavoir", "99100", "", "adresse", "4 Rue du Lavoir 99100 Saint-Ardoin-sur-Lisse"),
        ("12 rue de la Gare 99100 Valmoreau", "", "", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("12 rue de la Gare Valmoreau", "", "", "adresse", "12 Rue de la Gare 99100 Valmoreau"),
        ("1 rue de l'Eglise", "99200", "Montlisse", "adresse", "1 Rue de l'Église 99200 Les Trois-Chênes"),
        ("10 rue de Charonne", "75011", "Paris", "adresse", "10 Rue de Charonne 75011 Paris 11e Arrondissement"),
        ("10 rue de Charonne", "", "Paris XI", "adresse", "10 Rue de Charonne 75011 Paris 11e Arrondissement"),
        ("rue Inconnue", "99100", "Valmoreau", "commune", "Valmoreau"),
        ("BP 27", "99100", "Valmoreau CEDEX", "commune", "Valmoreau"),
        ("", "", "Valmoreau", "commune", "Valmoreau"),
        ("12 rue de la Gare", "", "Hors Base", "commune", "Hors-Base"),
        ("12 rue Inconnue", "", "Paris", "commune", "Paris"),
        ("", "", "", "echec", ""),
        ("12 rue de la Gare", "", "", "echec", ""),
        ("12 rue de la Gare", "31000", "Toulouse", "echec", ""),
    ],
)  # fmt: skip
def test_level_and_label(
    index: BanIndex, address: str, postcode: str, city: str, status: str, label: str
) -> None:
    found = locate(index, address, "", postcode, city)
    assert (found.status, found.label) == (status, label)
    assert found.found == (status != "echec")


def test_plain_match_scores_one_and_has_nothing_to_say(index: BanIndex) -> None:
    found = locate(index, "12 rue de la Gare", "", "99100", "Valmoreau")
    assert (found.score, found.note, found.source, found.citycode) == (1.0, "", "BAN", "99001")
    assert found.gap > 0.4


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("12 ter rue de la Gare", "", "99100", "Valmoreau"), "Indice « ter » absent"),
        (("99 rue de la Gare", "", "99100", "Valmoreau"), "Numéro 99 absent"),
        (("6 rue Jean Jaurès", "", "99100", "Valmoreau"), "sans indice"),
        (("9-12 rue de la Gare", "", "99100", "Valmoreau"), "même intervalle"),
        (("rue de la Gare", "", "99100", "Valmoreau"), "milieu de la voie"),
        (("12 avenue de la Gare", "", "99100", "Valmoreau"), "Type de voie différent"),
        (("12 rue de la Gare", "", "75011", "Valmoreau"), "code postal 75011"),
        (("12 rue de la Gare", "", "99100", "Valmaureau"), "comprise comme Valmoreau"),
        (("12 rue Lavoir", "", "99100", "Valmoreau"), "introuvable"),
        (("BP 27", "", "99100", "Valmoreau"), "Boîte postale"),
        (("12 rue de la Gare", "", "", "Hors-Base"), "Aucune adresse de la BAN"),
    ],
)
def test_what_is_doubtful_is_said(index: BanIndex, cells: tuple[str, ...], words: str) -> None:
    assert words in locate(index, *cells).note.replace("\u00a0", " ")


def test_homonyms_in_two_communes_of_a_postcode_are_not_guessed(index: BanIndex) -> None:
    """Even when one of them alone has the number: BAN does not hold every number."""
    for number in (12, 14):
        found = locate(index, f"{number} rue de la Gare", "", "99100", "")
        assert found.status == "echec"
        assert "Plusieurs voies de" in found.note or "Plusieurs voies possibles" in found.note


def test_homonyms_within_a_merged_commune(index: BanIndex) -> None:
    """Two « Rue de l'Église »: the old commune or the number decides, else nobody."""
    assert locate(index, "1 rue de l'Eglise", "", "99200", "Les Trois Chênes").status == "commune"
    assert locate(index, "5 rue de l'Eglise", "", "99200", "Les Trois Chênes").status == "adresse"
    first = locate(index, "1 rue de l'Eglise", "", "99200", "Montlisse")
    second = locate(index, "1 rue de l'Eglise", "", "99200", "Bois Ferrant")
    assert first.status == second.status == "adresse"
    assert first.x != second.x


def test_missing_type_of_way_is_guessed_only_when_one_street_has_the_number(
    index: BanIndex,
) -> None:
    assert locate(index, "40 Carnot", "", "", "Valmoreau").label.startswith("40 Avenue Carnot")
    assert locate(index, "1 Carnot", "", "", "Valmoreau").status == "commune"


def test_other_type_of_way_needs_the_number(index: BanIndex) -> None:
    assert locate(index, "40 rue Carnot", "", "", "Valmoreau").status == "adresse"
    assert locate(index, "41 rue Carnot", "", "", "Valmoreau").status == "commune"


def test_city_and_postcode_that_contradict(index: BanIndex) -> None:
    """The name wins; the postcode's commune only for a street name that exists nowhere else."""
    rare = locate(index, "4 rue du Lavoir", "", "99100", "Les Trois Chênes")
    assert (rare.status, rare.citycode) == ("adresse", "99002")
    assert "trouvée dans la commune du code postal" in rare.note
    common = locate(index, "12 rue de la Gare", "", "99100", "Les Trois Chênes")
    assert (common.status, common.citycode) == ("commune", "99003")


def test_below_the_least_score_nothing_passes(index: BanIndex) -> None:
    doubtful = ("12 avenue de la Gare", "", "99100", "Valmoreau")
    assert locate(index, *doubtful).status == "adresse"
    refused = locate(index, *doubtful, min_score=0.9)
    assert refused.status == "commune"
    assert "Rue de la Gare" in refused.note


def test_without_town_fallback_the_row_fails_with_its_reason(index: BanIndex) -> None:
    found = locate(index, "rue Inconnue", "", "99100", "Valmoreau", town_fallback=False)
    assert (found.status, found.x, found.y) == ("echec", None, None)
    assert found.note


def test_towns_alone_place_at_the_commune() -> None:
    found = locate(None, "12 rue de la Gare", "", "", "Valmoreau")
    assert (found.status, found.source, found.x, found.y) == ("commune", "communes", 9.0, 9.0)


def rows() -> list[Query]:
    found = []
    for at, line in enumerate(lines()[1:] * 3):
        cells = line.split(";")
        city = "" if at % 5 == 0 else cells[7]
        found.append(Query(f"id{at}", f"{cells[2]} {cells[3]} {cells[4]}", "", cells[5], city))
    return [*found, Query("empty", ""), Query("lost", "1 rue X", city="Ailleurs")]


def test_every_row_comes_back_in_its_place(index: BanIndex) -> None:
    queries = rows()
    answers = geocode(queries, index, TOWNS, progress=Silent())
    assert [a.row_id for a in answers] == [q.row_id for q in queries]


def test_same_answers_whatever_the_order_and_the_chunks(index: BanIndex, tmp_path: Path) -> None:
    queries = rows()
    expected = {a.row_id: a for a in geocode(queries, index, TOWNS, progress=Silent())}
    shuffled = list(queries)
    random.Random(3).shuffle(shuffled)
    chunks = [shuffled[at : at + 7] for at in range(0, len(shuffled), 7)]
    with open_index([write_ban(tmp_path / "b.csv.gz")], tmp_path / "c", Silent()) as other:
        for chunk in chunks:
            for answer in geocode(chunk, other, TOWNS, progress=Silent()):
                assert answer == expected[answer.row_id]


def test_shuffled_ban_file_gives_the_same_answers(index: BanIndex, tmp_path: Path) -> None:
    header, *body = lines()
    random.Random(5).shuffle(body)
    ban = write_ban(tmp_path / "b.csv", [header, *body])
    expected = geocode(rows(), index, TOWNS, progress=Silent())
    with open_index([ban], tmp_path / "c", Silent()) as other:
        assert geocode(rows(), other, TOWNS, progress=Silent()) == expected


def test_memory_limit_changes_no_answer(
    index: BanIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coodiag.coodiag_plugin.geocoding import ban_index

    monkeypatch.setattr(ban_index, "STREETS_IN_MEMORY", 1)
    expected = geocode(rows(), index, TOWNS, progress=Silent())
    with open_index([write_ban(tmp_path / "b.csv")], tmp_path / "c", Silent()) as other:
        assert geocode(rows(), other, TOWNS, progress=Silent()) == expected
        assert len(other._tables) == 1


def test_no_socket_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with open_index([write_ban(tmp_path / "b.csv")], tmp_path / "c", Silent()) as built:
        assert geocode(rows(), built, TOWNS, progress=Silent())
    with pytest.raises(AssertionError, match="asked for"):
        socket.socket()


def test_cancel(index: BanIndex) -> None:
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        geocode(rows(), index, TOWNS, progress=progress)
