"""Rows located by the imitated services: their answers are those of the offline index."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding import service
from coodiag.coodiag_plugin.geocoding.ban_index import open_index
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, Located, geocode
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.towns import Towns
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.unit.geocoding_runs import SERVERS
from coodiag.tests.unit.geocoding_samples import lines
from coodiag.tests.unit.geocoding_services import run
from coodiag.tests.unit.web_samples import FakeClock


def test_the_services_answer_as_the_offline_index(
    name: str,
    server: GeocodageServer,
    people: list[Query],
    offline: list[Located],
    tmp_path: Path,
) -> None:
    """On the same BAN: same level, same label, same score, and the point within ten metres.

    They may differ where a number is not in the BAN: offline takes the nearest number (or the same
    with another suffix), a service only the street; and at the commune, whose point the service
    chooses. The gap of a row without doubt is the one that the service tells.
    """
    found = run(name, server.url, tmp_path, people, clock=FakeClock())
    assert [one.row_id for one in found] == [query.row_id for query in people]
    wrong = []
    for query, ours, theirs in zip(people, offline, found):
        same = (ours.status, ours.label, ours.citycode, ours.score) == (
            theirs.status, theirs.label, theirs.citycode, theirs.score,
        )  # fmt: skip
        numberless = "absent de la BAN" in ours.note
        if ours.status in ("adresse", "voie", "lieu-dit") and same and not numberless:
            same = abs(ours.x - theirs.x) < 1e-4 and abs(ours.y - theirs.y) < 1e-4
        if not same:
            wrong.append((query, ours, theirs))
    assert not wrong, wrong[:3]
    assert Counter(one.status for one in found)["adresse"] > 1000
    assert {one.source for one in found if one.found} == {name}


def test_a_doubtful_row_has_the_gap_and_the_refusals_of_the_offline_index(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    """Homonyms in two communes of a postcode, in a merged commune, in another commune."""
    queries = [
        Query("two communes", "12 rue de la Gare", "", "99100", ""),
        Query("merged", "1 rue de l'Eglise", "", "99200", "Les Trois Chênes"),
        Query("merged, told", "1 rue de l'Eglise", "", "99200", "Montlisse"),
        Query("no type", "1 Carnot", "", "", "Valmoreau"),
        Query("other type", "12 avenue de la Gare", "", "99100", "Valmoreau"),
        Query("absent", "4 rue Inconnue", "", "99100", "Valmoreau"),
        Query("rare", "4 rue du Lavoir", "", "99100", "Les Trois Chênes"),
        Query("common", "12 rue de la Gare", "", "99100", "Les Trois Chênes"),
        Query("box", "BP 27", "", "99100", "Valmoreau CEDEX"),
        Query("old code", "1 rue de l'Eglise", "", "", "", "99004"),
        Query("misspelt", "12 rue de la Garre", "", "99100", "Valmaureau"),
        Query("far", "12 rue de la Gare", "", "31000", "Toulouse"),
        Query("swapped", "Valmoreau", "", "99100", "12 rue de la Gare"),
        Query("one cell", "12 rue de la Gare 99100 Valmoreau"),
        Query("one cell, no postcode", "12 rue de la Gare Valmoreau"),
        Query("nothing", ""),
    ]
    ban = tmp_path / "ban.csv"
    ban.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    with open_index([ban], tmp_path / "index", Silent()) as index:
        expected = geocode(queries, index, None, progress=Silent())
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
    for ours, theirs in zip(expected, found):
        assert (theirs.status, theirs.label, theirs.citycode) == (
            ours.status, ours.label, ours.citycode,
        ), (ours, theirs)  # fmt: skip
        assert theirs.score == ours.score, (ours, theirs)
    by_id = {one.row_id: one for one in found}
    assert "Plusieurs voies" in by_id["two communes"].note
    assert by_id["rare"].citycode == "99002" and by_id["common"].status == "commune"
    assert by_id["other type"].gap == next(
        one.gap for one in expected if one.row_id == "other type"
    )


def test_an_ok_of_the_service_below_the_least_score_does_not_pass(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    query = Query("1", "12 avenue de la Gare", "", "99100", "Valmoreau")
    with SERVERS[name](engine=sample) as running:
        passed = run(name, running.url, tmp_path, [query], clock=FakeClock())[0]
        refused = run(name, running.url, tmp_path, [query], clock=FakeClock(), min_score=0.9)[0]
        without = run(
            name, running.url, tmp_path, [query], clock=FakeClock(), min_score=0.9, town_fallback=False
        )[0]  # fmt: skip
    assert passed.status == "adresse"
    assert (refused.status, refused.label) == ("commune", "Valmoreau")
    assert without.status == "echec" and without.note


def test_arrondissements(name: str, sample: Engine, tmp_path: Path) -> None:
    queries = [
        Query("postcode", "10 rue de Charonne", "", "75011", "Paris"),
        Query("city code", "10 rue de Charonne", "", "75011", "Paris", "75056"),
        Query("own code", "10 rue de Reuilly", "", "", "", "75112"),
        Query("roman", "10 rue de Charonne", "", "", "Paris XI"),
    ]
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, queries, clock=FakeClock())
    assert [(one.status, one.citycode) for one in found] == [
        ("adresse", "75111"), ("adresse", "75111"), ("adresse", "75112"), ("adresse", "75111"),
    ]  # fmt: skip


def test_given_communes_take_what_the_service_does_not_know(
    name: str, sample: Engine, tmp_path: Path
) -> None:
    given = Towns.from_rows([{"codgeo": "99050", "nom": "Hors-Base", "lon": 3.0, "lat": 47.5}])
    query = Query("1", "7 rue du Lac", "", "", "Hors-Base")
    with SERVERS[name](engine=sample) as running:
        found = run(name, running.url, tmp_path, [query], clock=FakeClock(), given=given)[0]
    assert (found.status, found.source, found.x) == ("commune", "communes", 3.0)


def test_least_score_is_that_of_the_offline_index() -> None:
    assert MIN_SCORE < service.SURE_SCORE
