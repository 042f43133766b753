"""What a service may learn and what it may claim: no name in a lone complement, no place too far."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.geocoder import MIN_SCORE, geocode
from coodiag.coodiag_plugin.geocoding.judge import Judge
from coodiag.coodiag_plugin.geocoding.proposals import HOUSE, Proposal
from coodiag.coodiag_plugin.geocoding.queries import Query
from coodiag.coodiag_plugin.geocoding.towns import FOREIGN, Town, Towns
from coodiag.tests.servers.addok import AddokServer
from coodiag.tests.servers.geocodage import Engine, GeocodageServer
from coodiag.tests.unit.geocoding_samples import lines
from coodiag.tests.unit.geocoding_services import run
from coodiag.tests.unit.web_samples import FakeClock


@pytest.mark.parametrize("server", [GeocodageServer, AddokServer])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        (Query("1", "", "ZORGLUBINE Jeanne", "99100", "Valmoreau"), "commune"),
        (Query("1", "", "12 rue de la Gare", "99100", "Valmoreau"), "adresse"),
        (Query("1", "12 rue de la Gare", "", "", "Valmoreau (Zorglubine 06 12 34 56 78)"), ""),
        (Query("1", "12 rue de la Gare", "", "99100", "Zzz (Zorglubine 06 12 34 56 78)"), ""),
    ],
)
def test_a_person_in_the_wrong_column_is_not_sent(
    server: type[GeocodageServer], query: Query, status: str, tmp_path: Path
) -> None:
    engine = Engine(list(csv.DictReader(io.StringIO("\n".join(lines())), delimiter=";")))
    name = "addok" if server is AddokServer else "geoplateforme"
    with server(engine=engine) as running:
        found = run(name, running.url, tmp_path, [query], clock=FakeClock())[0]
        sent = " ".join(
            f"{seen.path} {seen.params} {unquote_plus(seen.body.decode())}" for seen in running.log
        ).lower()
    assert "valmoreau" in sent or "99100" in sent
    assert "zorglubine" not in sent and "56 78" not in sent
    assert not status or found.status == status


@pytest.mark.parametrize(("lon", "located"), [(2.0, True), (2.7, True), (4.5, False)])
def test_a_place_too_far_from_its_commune_is_not_taken(lon: float, located: bool) -> None:
    judge = Judge(
        Towns([Town("99001", "Valmoreau", 2.0, 47.0, ("99100",))]),
        "service",
        min_score=MIN_SCORE,
        town_fallback=False,
    )
    house = Proposal(HOUSE, lon, 47.0, "99001", "Valmoreau", "99100", 12, "", "Rue de la Gare")
    query = Query("1", "12 rue de la Gare", "", "99100", "Valmoreau")
    assert judge.locate(query, [house]).found is located


def test_a_homonym_of_another_departement_is_in_doubt() -> None:
    """« Valmoreau, 75011 »: the only known Valmoreau is elsewhere; it may be another one."""
    towns = Towns([Town("53001", "Valmoreau", 2.0, 47.0, ("53100",))])
    assert towns.find("Valmoreau", "75011", "").factor == FOREIGN
    assert towns.find("Valmoreau", "53990", "").factor > FOREIGN
    answer = geocode([Query("1", "", "", "75011", "Valmoreau")], None, towns, progress=Silent())[0]
    assert answer.status == "echec"
