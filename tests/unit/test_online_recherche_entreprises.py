"""Establishments by the API Recherche d'entreprises: whole lists under a cap, or a sentence."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, SourceError
from coodiag.coodiag_plugin.core.nomenclatures import NafFilter, tranches
from coodiag.coodiag_plugin.demo.plane import Degrees
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.names import normalise
from coodiag.coodiag_plugin.sources.online import company_search, establishments, sirene_api
from coodiag.coodiag_plugin.sources.online.recherche_entreprises import (
    collect_establishments,
    find_siae,
    row_of,
)
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.recherche_entreprises import (
    RechercheEntreprisesServer,
    establishment_of,
    section_of,
    unit_of,
)
from coodiag.tests.servers.world import World
from coodiag.tests.unit.register_samples import Bench, epci, scope_of, stock_of
from hypothesis import given, settings
from hypothesis import strategies as st

SERVICE = "recherche_entreprises"


@pytest.fixture
def server(world: World) -> Iterator[RechercheEntreprisesServer]:
    with RechercheEntreprisesServer(world) as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, server: RechercheEntreprisesServer) -> Bench:
    return Bench(tmp_path, SERVICE, server.url)


@pytest.fixture(scope="module")
def territory(world: World) -> tuple[str, ...]:
    return epci(world)


def hidden_persons(world: World) -> set[str]:
    """SIREN of natural persons under partial diffusion: the service does not list them."""
    return {
        row["siren"]
        for row in world.rows("StockUniteLegale_utf8.zip", delimiter=",")
        if row["categorieJuridiqueUniteLegale"] == "1000"
        and row["statutDiffusionUniteLegale"] == "P"
    }


def first_names(world: World) -> dict[str, set[str]]:
    return {
        row["siren"]: set(normalise(row["prenomUsuelUniteLegale"]).split())
        for row in world.rows("StockUniteLegale_utf8.zip", delimiter=",")
    }


def test_the_reader_gives_the_table_of_the_stock(
    bench: Bench, world: World, territory: tuple[str, ...]
) -> None:
    """Equal but for what the service cannot give.

    - natural persons under partial diffusion are not listed;
    - ``geo_quality`` is not told (points are Insee's, so lon and lat are equal; x and y are not
      told and no other projection is used);
    - a sign is left out when it carries a first name of its owner too, since the service does not
      tell first and family names apart: ``nom`` and ``enseigne`` of these natural persons.
    """
    path, table = bench.collected(collect_establishments, scope_of(territory))
    assert path.name == "recherche_entreprises_etablissements.csv"
    assert [file.dataset for file in scan(bench.depot.folder).files] == ["sirene_etablissement"]
    stock = stock_of(world, territory)
    missing = stock["siren"].isin(hidden_persons(world))
    assert missing.any() and (stock.loc[missing, "statut"] == "P").all()
    stock = stock[~missing].reset_index(drop=True)
    same = ["nom", "enseigne", "geo_quality", "x", "y", "epsg"]
    pd.testing.assert_frame_equal(table.drop(columns=same), stock.drop(columns=same))
    other = table["enseigne"] != stock["enseigne"]
    assert (table.loc[other, "enseigne"] == "").all()
    assert set(table.loc[other, "legal_form"]) <= {"1000"}
    names = first_names(world)
    for siren, sign in zip(stock.loc[other, "siren"], stock.loc[other, "enseigne"]):
        assert names[siren] & set(normalise(sign).split())
    assert (table.loc[~other, "nom"] == stock.loc[~other, "nom"]).all()
    cited = read_citation(path)
    assert cited is not None and "diffusion partielle" in cited.note


def test_the_plan_is_said_then_followed(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...]
) -> None:
    bench.collected(collect_establishments, scope_of(territory))
    said = next(text for text in bench.listener.said if "units to read" in text)
    words = said.split()
    units, requests = int(words[words.index("units") - 1]), int(words[words.index("more") - 1])
    assert requests == -(-units // 25) - 1 == len(server.log) - 1
    assert "about 1 min" in said
    fractions = bench.listener.fractions
    assert fractions == sorted(fractions) and fractions[-1] == 1.0
    assert all(int(seen.param("per_page")) == 25 for seen in server.log)
    assert all(seen.param("etat_administratif") == "A" for seen in server.log)


def test_the_same_answers_give_the_same_bytes_and_nothing_is_asked_twice(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...], tmp_path: Path
) -> None:
    path, _ = bench.collected(collect_establishments, scope_of(territory))
    before, asked = path.read_bytes(), len(server.log)
    bench.clock.sleep(5 * 86400)
    bench.collected(collect_establishments, scope_of(territory))
    assert path.read_bytes() == before and len(server.log) == asked
    server.units = server.units[::-1]
    other = Bench(tmp_path / "other", SERVICE, server.url)
    assert other.collected(collect_establishments, scope_of(territory))[0].read_bytes() == before


def test_activities_are_those_of_the_establishment(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    rows = [
        establishment_of("11111111100001", "53918", naf="94.99Z"),
        establishment_of("11111111100002", "53918", naf="81.30Z", seat=False),
    ]
    server.units = [unit_of("111111111", rows, naf="94.99Z")]
    _, table = bench.collected(collect_establishments, scope_of(("53918",)), naf=("N",))
    assert list(table["siret"]) == ["11111111100002"]
    assert not any(seen.param("activite_principale") for seen in server.log)


def test_ess_only_is_asked_of_the_service(
    bench: Bench, server: RechercheEntreprisesServer, world: World, territory: tuple[str, ...]
) -> None:
    _, table = bench.collected(
        collect_establishments, scope_of(territory), ess_only=True, naf=("S",)
    )
    stock = stock_of(world, territory)
    chosen = stock["naf"].map(NafFilter(["S"]).keeps) & stock["ess"].eq(True)
    assert list(table["siret"]) == list(stock.loc[chosen, "siret"])
    assert all(seen.param("est_ess") == "true" for seen in server.log)


def test_nothing_of_a_person_is_written(bench: Bench, world: World) -> None:
    path, _ = bench.collected(collect_establishments, scope_of(tuple(sorted(world.communes))))
    text = path.read_text()
    assert "PERSONNE FICTIVE" not in text and "NON-DIFFUSIBLE" not in text and "RUE INV" not in text
    table = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    assert list(table.columns) == list(establishments.COLUMNS)
    persons = table["categorieJuridiqueUniteLegale"] == "1000"
    assert persons.sum() > 500 and (table.loc[persons, "denominationUniteLegale"] == "").all()
    masked = table["statutDiffusionEtablissement"] != "O"
    assert masked.sum() > 50
    assert (table.loc[masked, ["longitude", "latitude", "denominationUniteLegale"]] == "").all(None)


def test_closed_and_elsewhere_are_left_out_and_counted(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    rows = [
        establishment_of("11111111100001", "53918"),
        establishment_of("11111111100002", "53918", state="F", seat=False),
        establishment_of("11111111100003", "53926", seat=False),
    ]
    server.units = [unit_of("111111111", rows)]
    _, table = bench.collected(collect_establishments, scope_of(("53918",)))
    assert list(table["siret"]) == ["11111111100001"]
    assert any(
        "1 establishments kept, 0 received twice, 1 closed" in text for text in bench.listener.said
    )


def test_a_city_is_asked_by_arrondissement(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    rows = [
        establishment_of("11111111100001", "69383"),
        establishment_of("11111111100002", "69123", seat=False),
    ]
    server.units = [unit_of("111111111", rows)]
    _, table = bench.collected(collect_establishments, scope_of(("69123",)))
    assert list(table["siret"]) == ["11111111100001"] and list(table["codgeo"]) == ["69123"]


# The cap.


@pytest.fixture
def low_cap(server: RechercheEntreprisesServer, monkeypatch: pytest.MonkeyPatch) -> int:
    server.cap = 200
    monkeypatch.setattr(company_search, "CAP", server.cap)
    return server.cap


def test_a_question_over_the_cap_is_cut_until_it_is_whole(
    bench: Bench,
    server: RechercheEntreprisesServer,
    world: World,
    territory: tuple[str, ...],
    low_cap: int,
) -> None:
    path, table = bench.collected(collect_establishments, scope_of(territory))
    stock = stock_of(world, territory)
    assert list(table["siret"]) == list(
        stock.loc[~stock["siren"].isin(hidden_persons(world)), "siret"]
    )
    assert {seen.param("section_activite_principale") for seen in server.log} != {""}
    assert all(int(seen.param("page")) * 25 <= low_cap for seen in server.log)
    server.cap = 10_000
    other = Bench(bench.place / "other", SERVICE, server.url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company_search, "CAP", 10_000)
        whole, _ = other.collected(collect_establishments, scope_of(territory))
    assert path.read_bytes() == whole.read_bytes(), "cut or not, the same file"


def test_what_cannot_be_cut_any_more_is_refused(
    bench: Bench, server: RechercheEntreprisesServer, low_cap: int
) -> None:
    server.units = [
        unit_of(f"{number:09d}", [establishment_of(f"{number:09d}00001", "53918")])
        for number in range(1, 251)
    ]
    with pytest.raises(SourceError, match="the list would be incomplete"):
        bench.collected(collect_establishments, scope_of(("53918",)))
    assert not bench.depot.files
    assert any("," not in seen.param("activite_principale", ",") for seen in server.log)


def test_units_that_no_criterion_reaches_are_missed_by_no_silence(
    bench: Bench, server: RechercheEntreprisesServer, low_cap: int
) -> None:
    """A unit without activity is in none of the sections."""
    server.units = [
        unit_of(f"{number:09d}", [establishment_of(f"{number:09d}00001", "53918")], naf=None)
        for number in range(1, 251)
    ]
    with pytest.raises(SourceError, match="200 units and gives 0"):
        bench.collected(collect_establishments, scope_of(("53918",)))


NAFS = ("01.11Z", "47.11F", "68.20B", "81.21Z", "94.99Z")
PLACES = ("53901", "53915", "2A004", "97411")
cells = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(NAFS),
    st.sampled_from(sorted(tranches())),
    st.sampled_from(("5710", "1000")),
    st.integers(1, 55),
    st.sampled_from((None, *PLACES)),
)


@settings(max_examples=15)
@given(st.lists(cells, max_size=6, unique_by=lambda cell: cell[:4]), st.booleans())
def test_any_distribution_is_fully_collected(
    tmp_path_factory: pytest.TempPathFactory, groups: list[tuple[Any, ...]], shaky: bool
) -> None:
    """Whatever the communes, sections and sizes: every open establishment once, nothing else."""
    units: list[dict[str, Any]] = []
    expected: set[str] = set()
    for place, naf, size, form, count, second in groups:
        for _ in range(count):
            siren = f"{len(units) + 1:09d}"
            rows = [establishment_of(f"{siren}00001", place, naf=naf)]
            if second:
                rows.append(establishment_of(f"{siren}00002", second, naf=naf, seat=False))
            rows.append(establishment_of(f"{siren}00003", place, state="F", seat=False))
            units.append(unit_of(siren, rows, naf=naf, size=size, form=form))
            expected |= {row["siret"] for row in rows if row["etat_administratif"] == "A"}
    with ExitStack() as stack:
        server = stack.enter_context(RechercheEntreprisesServer())
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        # Two pages and a bit: the order of the service changes between the pages.
        server.units, server.cap = units, 75
        patch.setattr(company_search, "CAP", 75)
        if shaky:
            server.shaky = random.Random(len(units))
        place = tmp_path_factory.mktemp("any")
        bench = Bench(place, SERVICE, server.url)
        collect_establishments(bench.web, scope_of(PLACES), bench.depot, bench.listener)
    table = pd.read_csv(bench.depot.files[0], sep=";", dtype=str)
    assert list(table["siret"]) == sorted(expected)


# Totals, pages, order.


def test_pages_whose_order_changes_are_read_again(
    bench: Bench, server: RechercheEntreprisesServer, world: World
) -> None:
    """The service sorts by number of establishments only: ties change places between two pages."""
    server.shaky = random.Random(3)
    places = ("53908", "53930")
    _, table = bench.collected(collect_establishments, scope_of(places))
    stock = stock_of(world, places)
    assert list(table["siret"]) == list(
        stock.loc[~stock["siren"].isin(hidden_persons(world)), "siret"]
    )


@pytest.mark.parametrize("lie", [3, 30, -3, -30])
def test_a_total_that_is_not_true_is_refused(
    bench: Bench, server: RechercheEntreprisesServer, lie: int
) -> None:
    server.lie = lie
    with pytest.raises((SourceError, ServiceError)):
        bench.collected(collect_establishments, scope_of(("53908",)))
    assert not bench.depot.files


def test_a_long_list_is_told_by_an_estimate(
    bench: Bench, server: RechercheEntreprisesServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company_search, "SURE", 50)
    server.units = [
        unit_of(f"{number:09d}", [establishment_of(f"{number:09d}00001", "53918")])
        for number in range(1, 211)
    ]
    server.lie = 4
    _, table = bench.collected(collect_establishments, scope_of(("53918",)))
    assert len(table) == 210
    server.lie = 40
    worse = Bench(bench.place / "worse", SERVICE, server.url)
    with pytest.raises((SourceError, ServiceError)):
        worse.collected(collect_establishments, scope_of(("53918",)))


@pytest.mark.parametrize("fault", ["short", "wrong page", "no establishments"])
def test_a_page_that_is_not_the_one_asked_for_is_asked_again(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...], fault: str
) -> None:
    def spoil(seen: Seen) -> Response:
        answer: dict[str, Any] = json.loads(server.answer(seen).body)
        if fault == "short":
            answer["results"] = answer["results"][:10]
        elif fault == "wrong page":
            answer["page"] = 7
        else:
            del answer["results"][0]["matching_etablissements"]
        return Response.of_json(answer)

    server.script(spoil)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    assert len(table) > 1000 and any("cut" in text for text in bench.listener.said)


def test_the_same_page_over_and_over_is_never_a_list(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    def first(seen: Seen) -> Response:
        asked = tuple((name, "1" if name == "page" else value) for name, value in seen.params)
        answer = json.loads(server.answer(Seen("GET", "/search", asked, {}, b"", 0.0)).body)
        return Response.of_json({**answer, "page": int(seen.param("page"))})

    server.each(first)
    _, table = bench.collected(collect_establishments, scope_of(("53930",)))
    assert len(table) > 100, "cut until every part is one page"
    server.units = [
        unit_of(f"{number:09d}", [establishment_of(f"{number:09d}00001", "53918")])
        for number in range(1, 61)
    ]
    with pytest.raises(SourceError, match="60 units and gives 25"):
        bench.collected(collect_establishments, scope_of(("53918",)))


def test_an_error_body_is_told(bench: Bench, server: RechercheEntreprisesServer) -> None:
    words = "Une erreur inattendue s'est produite. Veuillez réessayer plus tard."
    server.script(Response.of_json({"erreur": words}))
    with pytest.raises(ServiceError, match="inattendue"):
        bench.collected(collect_establishments, scope_of(("53918",)))
    with pytest.raises(ServiceError, match="commune est non valide"):
        bench.collected(collect_establishments, scope_of(("20004",)))


def test_nothing_found_is_an_empty_table_and_is_said(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    collect_establishments(bench.web, scope_of(("01001",)), bench.depot, bench.listener)
    table = pd.read_csv(bench.depot.files[0], sep=";", dtype=str)
    assert len(table) == 0 and list(table.columns) == list(establishments.COLUMNS)
    assert any("no active establishment" in text for text in bench.listener.warned)


def test_a_cancel_stops_the_reading(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...]
) -> None:
    def cancel(seen: Seen) -> None:
        if len(server.log) == 3:
            bench.listener.cancel.set()

    server.each(cancel)
    with pytest.raises(Cancelled):
        bench.collected(collect_establishments, scope_of(territory))
    assert len(server.log) <= 4 and not bench.depot.files


# Big units.


def big(count: int, places: tuple[str, ...] = ("53918", "53926")) -> dict[str, Any]:
    rows = [
        establishment_of(f"111111111{number:05d}", places[number % len(places)], seat=number == 0)
        for number in range(count)
    ]
    return unit_of("111111111", rows)


@pytest.mark.parametrize("count", [100, 101, 200, 350])
def test_a_unit_of_more_than_a_hundred_establishments_is_read_in_pieces(
    bench: Bench, server: RechercheEntreprisesServer, count: int
) -> None:
    server.units = [big(count)]
    _, table = bench.collected(collect_establishments, scope_of(("53918",)))
    expected = [
        row["siret"] for row in server.units[0]["etablissements"] if row["commune"] == "53918"
    ]
    assert list(table["siret"]) == sorted(expected)
    assert len(server.log) == 1 + (-(-count // 100) if count > 100 else 0)
    assert not bench.listener.warned
    assert any("more requests" in text for text in bench.listener.said)


def test_a_big_unit_whose_pieces_are_refused_is_said(
    bench: Bench, server: RechercheEntreprisesServer
) -> None:
    server.units, server.admin = [big(350)], False
    _, table = bench.collected(collect_establishments, scope_of(("53918",)))
    assert len(table) == 50, "those of the first piece"
    assert any("1 units of more than 100 establishments" in text for text in bench.listener.warned)
    cited = read_citation(bench.depot.files[0])
    assert cited is not None and "lues en partie" in cited.note


# SIAE.


def test_siae_with_their_place_and_kinds(
    bench: Bench, server: RechercheEntreprisesServer, world: World
) -> None:
    server.units = [
        *server.units,
        unit_of(
            "999999999",
            [
                establishment_of("99999999900001", "53918", at=("-0.6", "48.1")),
                establishment_of("99999999900002", "35238", seat=False, at=("-1.6", "48.1")),
                establishment_of(
                    "99999999900003", "53926", seat=False, status="P", at=("-0.5", "48.2")
                ),
                establishment_of("99999999900004", "53926", seat=False, state="F"),
                establishment_of("99999999900005", "53926", seat=False),
            ],
            siae="EI, ACI",
        ),
    ]
    found = find_siae(bench.web, scope_of(("53918",), ("53926",)), bench.listener)
    assert list(found.columns) == ["siret", "lon", "lat", "codgeo", "kinds"]
    mine = found[found["siret"].str.startswith("999999999")].set_index("siret")
    assert list(mine.index) == ["99999999900001", "99999999900003", "99999999900005"]
    assert mine.loc["99999999900001"].tolist() == [-0.6, 48.1, "53918", "ACI, EI"]
    assert mine.loc["99999999900003", ["lon", "lat"]].isna().all()
    assert mine.loc["99999999900005", ["lon", "lat"]].isna().all()
    expected = {
        row["siret"]
        for unit in server.units
        if unit["complements"]["est_siae"] and unit["etat_administratif"] == "A"
        for row in unit["etablissements"]
        if row["etat_administratif"] == "A" and row["departement"] == "53"
    }
    assert set(found["siret"]) == expected and len(expected) > 5
    assert not bench.depot.files
    assert {seen.param("departement") for seen in server.log} == {"53"}


def test_no_siae_is_an_empty_table(bench: Bench, server: RechercheEntreprisesServer) -> None:
    server.units = []
    found = find_siae(bench.web, scope_of(("53918",)), bench.listener)
    assert len(found) == 0 and list(found.columns) == ["siret", "lon", "lat", "codgeo", "kinds"]


# Quota.


def test_the_quota_is_never_overrun(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...]
) -> None:
    """Seven a second, counted by the server on the clock of the client."""
    server.quota, server.now = (7, 1.0), bench.clock.now
    bench.collected(collect_establishments, scope_of(territory))
    assert len(server.log) > 40 and not server.refused
    assert (services()[SERVICE].quota, services()[SERVICE].quota_seconds) == (7, 1.0)


def test_the_quota_holds_on_a_true_clock(
    tmp_path: Path, server: RechercheEntreprisesServer
) -> None:
    server.quota = (7, 1.0)
    bench = Bench(tmp_path, SERVICE, server.url, clock=Clock())
    bench.collected(collect_establishments, scope_of(("53908",)))
    assert len(server.log) > 10 and not server.refused and server.per_window() <= 5


def test_an_overrun_is_waited_for(
    bench: Bench, server: RechercheEntreprisesServer, territory: tuple[str, ...]
) -> None:
    server.script(server.over_quota, server.over_quota)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    assert len(table) > 1000 and any("slow down" in text for text in bench.listener.said)


# Recorded answers of the service.


def recorded(folder: Path, name: str) -> dict[str, Any]:
    text = (folder / "api" / name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found.get("result", found)


def answers(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    names = sorted((folder / "api" / SERVICE.replace("_", "-")).glob("*.json"))
    read = [(path.name, recorded(folder, f"{path.parent.name}/{path.name}")) for path in names]
    return [(name, answer) for name, answer in read if isinstance(answer.get("results"), list)]


def test_recorded_answers_are_understood(real_data: Path) -> None:
    units = [(name, unit) for name, answer in answers(real_data) for unit in answer["results"]]
    assert len(units) > 30
    rows = [
        row_of(unit, establishment)
        for _, unit in units
        for establishment in [*unit["matching_etablissements"], unit["siege"]]
    ]
    for name, answer in answers(real_data):
        assert company_search._refusal(answer) is None, name
    for row in rows:
        assert len(row["siret"]) == 14 and set(row) == set(establishments.COLUMNS)
        assert (
            row["activitePrincipaleEtablissement"] == ""
            or row["activitePrincipaleEtablissement"][2] == "."
        )
        assert row["economieSocialeSolidaireUniteLegale"] in ("O", "N")
    placed = [row for row in rows if row["longitude"]]
    assert len(placed) > 50
    restos = next(unit for _, unit in units if unit["siren"] == "400461356")
    row = row_of(restos, restos["siege"])
    assert row["denominationUniteLegale"] == "LES RESTAURANTS DU COEUR"
    assert (row["economieSocialeSolidaireUniteLegale"], row["codeCommuneEtablissement"]) == (
        "O",
        "49007",
    )
    assert (row["activitePrincipaleEtablissement"], row["longitude"]) == (
        "88.99B",
        "-0.55712675004242",
    )
    assert restos["complements"]["type_siae"] == "ACI"
    abroad = next(unit for _, unit in units if unit["siege"]["commune"] is None)
    assert row_of(abroad, abroad["siege"])["longitude"] == ""


def test_recorded_answers_of_both_services_agree(real_data: Path) -> None:
    """OCTO-TECHNOLOGY, recorded from each: the open establishment is the same, but for its date."""
    base = real_data / "api" / "conseillers-entreprises"
    insee = json.loads((base / "api_insee_siret.json").read_text())["etablissement"]
    many = json.loads((base / "api_insee_sirets_by_siren_many.json").read_text())["etablissements"]
    found = json.loads((base / "api_recherche_entreprises_search_fulltext.json").read_text())
    unit = next(unit for unit in found["results"] if unit["siren"] == insee["siren"])
    mine = next(row for row in unit["matching_etablissements"] if row["siret"] == insee["siret"])
    ours, theirs = row_of(unit, mine), sirene_api.row_of(insee)
    assert theirs is not None
    points = {name for name in establishments.COLUMNS if "Lambert" in name or "itude" in name}
    for name in set(establishments.COLUMNS) - points:
        assert ours[name] == theirs[name], name
    x, y = (
        float(theirs[f"coordonneeLambert{axis}Etablissement"]) for axis in ("Abscisse", "Ordonnee")
    )
    [(lon, lat)] = Degrees().many([(x, y)])
    assert (lon, lat) == pytest.approx(
        (float(ours["longitude"]), float(ours["latitude"])), abs=5e-4
    )
    by_insee = {item["siret"]: sirene_api.row_of(item) is not None for item in many}
    by_us = {
        row["siret"]: row["etat_administratif"] == "A" for row in unit["matching_etablissements"]
    }
    common = by_insee.keys() & by_us.keys()
    assert len(common) == 6
    assert {siret: by_insee[siret] for siret in common} == {siret: by_us[siret] for siret in common}


# One row.


def test_words_of_a_person_leave_its_trade_name() -> None:
    unit = unit_of("111111111", [], form="1000", name="TEMOIN INVENTON (LE BON FICTIF)")
    unit["siege"] = {"nom_commercial": "Le Bon Fictif"}
    signs = ["LE BON FICTIF", "CHEZ INVENTON", "TEMOIN & FILS"]
    row = row_of(
        unit, establishment_of("11111111100001", "53918", signs=signs, trade="LE BON FICTIF")
    )
    assert row["enseigne1Etablissement"] == "LE BON FICTIF" and row["enseigne2Etablissement"] == ""
    assert "INVENTON" not in " ".join(row.values()) and "TEMOIN" not in " ".join(row.values())
    unit["nom_complet"] = "TEMOIN AUTRE(INVENTON, )"
    row = row_of(unit, establishment_of("11111111100001", "53918", signs=["INVENTON"]))
    assert "INVENTON" not in " ".join(row.values())


def test_a_unit_of_unknown_form_has_no_name() -> None:
    unit = unit_of("111111111", [], form="", name="TEMOIN INVENTON")
    row = row_of(unit, establishment_of("11111111100001", "53918"))
    assert "INVENTON" not in " ".join(row.values())


@pytest.mark.parametrize("hidden", ["[NON-DIFFUSIBLE]", None, ""])
def test_hidden_coordinates_make_no_point(hidden: str | None) -> None:
    unit = unit_of("111111111", [])
    row = row_of(unit, establishment_of("11111111100001", "53918", at=(hidden, hidden)))
    assert row["longitude"] == row["latitude"] == ""
    row = row_of(unit, establishment_of("11111111100001", "97411", at=("-0.6", "48.1")))
    assert row["longitude"] == "", "not on the land of its commune"


def test_the_server_knows_the_sections() -> None:
    assert [section_of(naf) for naf in NAFS] == ["A", "G", "L", "N", "S"]
