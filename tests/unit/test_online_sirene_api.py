"""Establishments by the API Sirène: the stock's own table, or a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.nomenclatures import NafFilter
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.online import establishments, sirene_api
from coodiag.coodiag_plugin.sources.online.sirene_api import collect_establishments, row_of
from coodiag.coodiag_plugin.sources.sirene import read_stock
from coodiag.coodiag_plugin.sources.web.client import ServiceError
from coodiag.coodiag_plugin.sources.web.services import services
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.sirene_api import SireneApiServer
from coodiag.tests.servers.world import World
from coodiag.tests.unit.register_samples import POINTS, Bench, epci, scope_of, stock_of


@pytest.fixture
def server(world: World) -> Iterator[SireneApiServer]:
    with SireneApiServer(world) as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, server: SireneApiServer) -> Bench:
    return Bench(tmp_path, "sirene", server.url)


@pytest.fixture(scope="module")
def territory(world: World) -> tuple[str, ...]:
    return epci(world)


def query(seen: Seen) -> str:
    return seen.param("q") or seen.body.decode()


def test_the_reader_gives_the_table_of_the_stock(
    bench: Bench, world: World, territory: tuple[str, ...]
) -> None:
    path, table = bench.collected(collect_establishments, scope_of(territory))
    assert path.name == "sirene_api_etablissements.csv"
    assert [file.dataset for file in scan(bench.depot.folder).files] == ["sirene_etablissement"]
    pd.testing.assert_frame_equal(table, stock_of(world, territory, points=False))
    whole = stock_of(world, territory)
    pd.testing.assert_frame_equal(table.drop(columns=POINTS), whole.drop(columns=POINTS))
    cited = read_citation(path)
    assert cited is not None
    assert (cited.producer, cited.retrieved, cited.service) == (
        "Insee", "2026-11-18", "API Sirène 3.11",
    )  # fmt: skip


def test_points_are_those_of_the_geolocation_to_the_decimetre(
    bench: Bench, world: World, territory: tuple[str, ...]
) -> None:
    _, table = bench.collected(collect_establishments, scope_of(territory))
    geo = pd.DataFrame(
        world.rows("GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv")
    ).set_index("siret")
    sure = geo.index[geo["qualite_xy"] == "11"]
    placed = table[table["x"].notna() & table["siret"].isin(sure)]
    assert len(placed) > 1000
    insee = geo.loc[placed["siret"]]
    for name in ("x", "y"):
        assert (
            placed[name].to_numpy() - insee[name].astype(float).to_numpy()
        ).__abs__().max() < 0.06
    assert set(placed["epsg"]) == {"EPSG:2154"}


def test_the_question_and_the_pages(
    bench: Bench,
    server: SireneApiServer,
    territory: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sirene_api, "PAGE", 300)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    cursors = [seen.param("curseur") for seen in server.log]
    assert cursors[0] == "*" and len(set(cursors)) == len(cursors)
    assert len(cursors) == -(-len(table) // 300) + 1, "the last page is empty"
    first = server.log[0]
    assert first.param("date") == "", "the same question tomorrow"
    assert first.param("nombre") == "300" and first.param("masquerValeursNulles") == "true"
    assert "periode(etatAdministratifEtablissement:A AND -dateFin:*)" in first.param("q")
    assert "prenom" not in first.param("champs") and "Voie" not in first.param("champs")
    assert any("establishments to read in" in said for said in bench.listener.said)
    assert bench.listener.fractions[-1] == 1.0


def test_the_same_answers_give_the_same_bytes_and_nothing_is_asked_twice(
    bench: Bench, server: SireneApiServer, territory: tuple[str, ...], tmp_path: Path
) -> None:
    path, _ = bench.collected(collect_establishments, scope_of(territory))
    before, asked = path.read_bytes(), len(server.log)
    bench.clock.sleep(5 * 86400)
    bench.collected(collect_establishments, scope_of(territory))
    assert path.read_bytes() == before and len(server.log) == asked
    server.newest_first = False
    other = Bench(tmp_path / "other", "sirene", server.url)
    assert other.collected(collect_establishments, scope_of(territory))[0].read_bytes() == before


def test_nothing_of_a_person_is_written(bench: Bench, world: World) -> None:
    path, _ = bench.collected(collect_establishments, scope_of(tuple(sorted(world.communes))))
    text = path.read_text()
    for row in world.rows("StockUniteLegale_utf8.zip", delimiter=","):
        name = row["nomUniteLegale"]
        assert name in ("", "[ND]") or name not in text
    assert "[ND]" not in text
    table = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    assert list(table.columns) == list(establishments.COLUMNS)
    assert not [name for name in table.columns if "oie" in name or "Postal" in name]
    hidden = table[table["statutDiffusionEtablissement"] != "O"]
    assert len(hidden) > 100
    names = ["enseigne1Etablissement", "denominationUniteLegale", "sigleUniteLegale"]
    assert (hidden[[*names, "coordonneeLambertAbscisseEtablissement", "latitude"]] == "").all(None)
    assert (hidden["codeCommuneEtablissement"] != "").all()


@pytest.mark.parametrize("naf", [("N", "Q"), ("94.9",), ("94.99Z", "88")])
def test_activities_and_ess_are_asked_of_the_service(
    bench: Bench,
    server: SireneApiServer,
    world: World,
    territory: tuple[str, ...],
    naf: tuple[str, ...],
) -> None:
    _, table = bench.collected(collect_establishments, scope_of(territory), naf=naf, ess_only=True)
    whole = stock_of(world, territory, points=False)
    chosen = whole["naf"].map(NafFilter(naf).keeps) & whole["ess"].eq(True)
    assert list(table["siret"]) == list(whole.loc[chosen, "siret"])
    assert "economieSocialeSolidaireUniteLegale:O" in query(server.log[0])
    assert "activitePrincipaleEtablissement:" in query(server.log[0])
    cited = read_citation(bench.depot.files[0])
    assert cited is not None and cited.note == "activités choisies, ESS seulement"


@pytest.mark.parametrize(("grouped", "open_period"), [(False, True), (True, False), (False, False)])
def test_a_service_that_refuses_a_form_is_asked_in_another(
    bench: Bench,
    server: SireneApiServer,
    world: World,
    territory: tuple[str, ...],
    grouped: bool,
    open_period: bool,
) -> None:
    server.grouped, server.open_period = grouped, open_period
    _, table = bench.collected(collect_establishments, scope_of(territory), day="2026-11-02")
    pd.testing.assert_frame_equal(table, stock_of(world, territory, points=False))
    days = {seen.param("date") for seen in server.log}
    assert ("2026-11-02" in days) == (not open_period)
    assert any("Asked in another form" in said for said in bench.listener.said)


def test_a_period_that_the_service_ignores_still_gives_the_open_ones_only(
    bench: Bench, server: SireneApiServer, world: World, territory: tuple[str, ...]
) -> None:
    """« periode » matches any past period: closed establishments come, and are left out here."""
    matches = [item for item in server.items if len(item["periodesEtablissement"]) > 1]
    assert matches
    for item in matches:
        for period in item["periodesEtablissement"]:
            period["dateFin"] = period["dateFin"] or None

    def forget(seen: Seen) -> Response | None:
        asked = {**dict(seen.params), "q": seen.param("q").replace(" AND -dateFin:*", "")}
        return server._list(asked)

    server.each(forget)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    pd.testing.assert_frame_equal(table, stock_of(world, territory, points=False))


def test_a_long_question_travels_in_the_body(
    tmp_path: Path, server: SireneApiServer, world: World
) -> None:
    bench = Bench(tmp_path, "sirene", server.url)
    many = tuple(f"{number:05d}" for number in range(1000, 1230))
    codes = tuple(sorted({*world.communes, *many}))
    server.grouped = False
    _, table = bench.collected(collect_establishments, scope_of(codes))
    sizes = {seen.method: len(query(seen)) for seen in server.log[1:]}
    assert set(sizes) == {"GET", "POST"} and sizes["GET"] < 1500 < sizes["POST"]
    assert len(table) == len(stock_of(world, codes))


def test_a_city_is_asked_by_arrondissement(bench: Bench, server: SireneApiServer) -> None:
    server.items = [_item("11111111100001", "75108"), _item("11111111100002", "75056")]
    _, table = bench.collected(collect_establishments, scope_of(("75056",)))
    assert list(table["siret"]) == ["11111111100001"] and list(table["codgeo"]) == ["75056"]
    assert "75101 OR" in query(server.log[0]) and "75120" in query(server.log[0])


def test_nothing_found_is_an_empty_table_and_is_said(bench: Bench, server: SireneApiServer) -> None:
    collect_establishments(bench.web, scope_of(("01001",)), bench.depot, bench.listener)
    table = pd.read_csv(bench.depot.files[0], sep=";", dtype=str)
    assert len(table) == 0 and list(table.columns) == list(establishments.COLUMNS)
    assert any("no active establishment" in text for text in bench.listener.warned)


def test_a_404_that_is_not_of_the_service_is_not_an_empty_list(
    bench: Bench, server: SireneApiServer
) -> None:
    server.script(
        Response.of_json({"message": "No context-path matches", "http_status_code": 404}, 404)
    )
    with pytest.raises(ServiceError, match="No context-path"):
        collect_establishments(bench.web, scope_of(("53918",)), bench.depot, bench.listener)
    assert not bench.depot.files


def test_a_key_is_needed(tmp_path: Path, server: SireneApiServer) -> None:
    for key in ("", "wrong"):
        bench = Bench(tmp_path / (key or "none"), "sirene", server.url, key=key)
        if key:
            server.script(
                Response.of_json({"message": "Unauthorized", "http_status_code": 401}, 401)
            )
        with pytest.raises(ServiceError, match="key"):
            collect_establishments(bench.web, scope_of(("53918",)), bench.depot, bench.listener)


def test_totals_that_do_not_add_up_are_read_again_then_refused(
    bench: Bench, server: SireneApiServer
) -> None:
    server.lie = 7
    with pytest.raises(SourceError, match=r"announces [0-9]+ establishments and gives"):
        collect_establishments(bench.web, scope_of(("53918",)), bench.depot, bench.listener)
    assert not bench.depot.files
    asked = len(server.log)
    assert asked % 3 == 0 and asked > 3, "read three times, on both pages"


def test_a_register_that_changes_during_the_reading_is_read_again(
    bench: Bench,
    server: SireneApiServer,
    world: World,
    territory: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sirene_api, "PAGE", 500)
    away = next(
        item
        for item in sorted(server.items, key=lambda item: item["siret"], reverse=True)
        if item["adresseEtablissement"]["codeCommuneEtablissement"] in territory
        and item["periodesEtablissement"][0]["etatAdministratifEtablissement"] == "A"
    )

    server.items.remove(away)
    server.items.sort(key=lambda item: item["siret"])
    late = dict(away, siret="00000000000001")  # opens before the page already read
    server.each(lambda seen: server.items.append(late) if len(server.log) == 2 else None)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    assert "00000000000001" in set(table["siret"])
    assert len(table) == len(stock_of(world, territory))


def test_a_page_shorter_than_it_tells_is_asked_again(
    bench: Bench, server: SireneApiServer, world: World, territory: tuple[str, ...]
) -> None:
    def shorten(seen: Seen) -> Response:
        answer: dict[str, Any] = json.loads(server.answer(seen).body)
        answer["etablissements"] = answer["etablissements"][:-3]
        return Response.of_json(answer)

    server.script(shorten)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    assert len(table) == len(stock_of(world, territory))


@pytest.mark.parametrize("shape", ["same cursor for ever", "cursor in a ring"])
def test_a_cursor_that_goes_round_is_not_followed_for_ever(
    bench: Bench, server: SireneApiServer, shape: str
) -> None:
    def ring(seen: Seen) -> Response:
        asked = {**dict(seen.params), "curseur": "*", "nombre": "10"}
        answer = json.loads(server._list(asked).body)
        answer["header"].update(
            curseurSuivant=f"round{len(server.log) % (9 if 'same' in shape else 2)}"
        )
        return Response.of_json(answer)

    server.each(ring)
    with pytest.raises(SourceError, match="and gives 10"):
        collect_establishments(bench.web, scope_of(("53918",)), bench.depot, bench.listener)


def test_the_quota_is_never_overrun(
    bench: Bench, server: SireneApiServer, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty a minute, counted by the server on the clock of the client."""
    monkeypatch.setattr(sirene_api, "PAGE", 100)
    server.quota, server.now = (30, 60.0), bench.clock.now
    bench.collected(collect_establishments, scope_of(tuple(sorted(world.communes))))
    assert len(server.log) > 60 and not server.refused
    documented = services()["sirene"]
    assert (documented.quota, documented.quota_seconds) == (30, 60.0)


def test_the_31st_call_is_refused_by_the_server_and_waited_for(
    bench: Bench, server: SireneApiServer, territory: tuple[str, ...]
) -> None:
    server.script(server.over_quota)
    _, table = bench.collected(collect_establishments, scope_of(territory))
    assert len(table) and any("slow down" in said for said in bench.listener.said)


def test_more_than_a_thousand_rows_is_refused_by_the_server(
    bench: Bench, territory: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sirene_api, "PAGE", 1001)
    with pytest.raises(ServiceError, match="1000"):
        bench.collected(collect_establishments, scope_of(territory))


# One row.


def _item(siret: str = "11111111100001", commune: str = "53918", **more: Any) -> dict[str, Any]:
    period = {
        "dateFin": None, "dateDebut": "2020-01-01", "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "81.21Z",
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "enseigne1Etablissement": None, "enseigne2Etablissement": None,
        "denominationUsuelleEtablissement": None, "caractereEmployeurEtablissement": "O",
    }  # fmt: skip
    unit = {
        "statutDiffusionUniteLegale": "O", "categorieJuridiqueUniteLegale": "5710",
        "denominationUniteLegale": "INVENTEE", "economieSocialeSolidaireUniteLegale": "N",
    }  # fmt: skip
    place = {
        "codeCommuneEtablissement": commune,
        "coordonneeLambertAbscisseEtablissement": "432000.0",
        "coordonneeLambertOrdonneeEtablissement": "6792000.0",
    }
    for part in (period, unit, place):
        part.update({name: value for name, value in more.items() if name in part})
    item = {"siret": siret, "statutDiffusionEtablissement": more.get("status", "O")}
    past = more.get("past", [])
    return {**item, "uniteLegale": unit, "adresseEtablissement": place,
            "periodesEtablissement": [*past, period] if more.get("oldest_first") else [period, *past]}  # fmt: skip


PAST = {
    "dateFin": "2019-12-31", "dateDebut": "2000-01-01", "etatAdministratifEtablissement": "F",
    "activitePrincipaleEtablissement": "74.7Z",
    "nomenclatureActivitePrincipaleEtablissement": "NAF1993",
}  # fmt: skip


@pytest.mark.parametrize("oldest_first", [True, False])
def test_the_current_period_has_no_end(oldest_first: bool) -> None:
    row = row_of(_item(past=[PAST], oldest_first=oldest_first))
    assert row is not None and row["activitePrincipaleEtablissement"] == "81.21Z"
    closed = _item(
        etatAdministratifEtablissement="F", past=[{**PAST, "etatAdministratifEtablissement": "A"}]
    )
    assert row_of(closed) is None
    assert row_of({**_item(), "periodesEtablissement": [PAST]}) is None


def test_naf_2025_is_not_read_as_naf_revision_2() -> None:
    item = _item(nomenclatureActivitePrincipaleEtablissement="NAF2025")
    item["activitePrincipaleNAF25Etablissement"] = "81.21Y"
    row = row_of(item)
    assert row is not None and row["activitePrincipaleEtablissement"] == ""
    assert "81.21Y" not in row.values()


@pytest.mark.parametrize("status", ["P", "N", ""])
def test_any_status_but_o_hides_name_and_place(status: str) -> None:
    row = row_of(_item(status=status, enseigne1Etablissement="ENSEIGNE"))
    assert row is not None
    assert row["denominationUniteLegale"] == row["enseigne1Etablissement"] == ""
    assert row["coordonneeLambertAbscisseEtablissement"] == ""
    assert row["codeCommuneEtablissement"] == "53918"
    unit = row_of(_item(statutDiffusionUniteLegale="P"))
    assert unit is not None and unit["denominationUniteLegale"] == ""


def test_a_sign_that_carries_its_owner_is_not_written() -> None:
    item = _item(categorieJuridiqueUniteLegale="1000", enseigne1Etablissement="CHEZ INVENTON",
                 enseigne2Etablissement="LE BON FICTIF", denominationUsuelleEtablissement="X")  # fmt: skip
    item["uniteLegale"].update(nomUniteLegale="INVENTON", prenom1UniteLegale="TEMOIN")
    row = row_of(item)
    assert row is not None
    assert row["enseigne1Etablissement"] == row["denominationUsuelleEtablissement"] == ""
    assert row["enseigne2Etablissement"] == "LE BON FICTIF"
    assert "INVENTON" not in " ".join(row.values())


@pytest.mark.parametrize(
    ("commune", "x", "y", "kept"),
    [
        ("53918", "432000.0", "6792000.0", True),
        ("97411", "340000.0", "7690000.0", True),
        ("97411", "432000.0", "6792000.0", False),
        ("97105", "640000.0", "1770000.0", True),
        ("97302", "350000.0", "545000.0", True),
        ("97611", "520000.0", "8590000.0", True),
        ("2A004", "1180000.0", "6107000.0", True),
        ("53918", "340000.0", "7690000.0", False),
        ("53918", "0.0", "0.0", False),
        ("53918", "[ND]", "[ND]", False),
        ("53918", None, None, False),
    ],
)
def test_coordinates_are_on_the_land_of_their_projection(
    commune: str, x: str | None, y: str | None, kept: bool
) -> None:
    row = row_of(_item(commune=commune, coordonneeLambertAbscisseEtablissement=x,
                       coordonneeLambertOrdonneeEtablissement=y))  # fmt: skip
    assert row is not None
    found = (
        row["coordonneeLambertAbscisseEtablissement"],
        row["coordonneeLambertOrdonneeEtablissement"],
    )
    assert found == ((x, y) if kept else ("", ""))


# Recorded answers of the service.


def recorded(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "api" / name).read_text(encoding="utf-8"))
    return found.get("body", found)


def test_a_recorded_cursor_chain_is_read(real_data: Path) -> None:
    rows: dict[str, dict[str, str]] = {}
    for number in range(4):
        answer = recorded(real_data, f"sirene-v3/siret_small_update_OK_0{number}.json")
        for item in answer["etablissements"]:
            row = row_of(item)
            if row:
                rows[row["siret"]] = row
    assert len(rows) > 15
    last = recorded(real_data, "sirene-v3/siret_small_update_OK_03.json")["header"]
    assert last["curseur"] == last["curseurSuivant"]
    text = " ".join(cell for row in rows.values() for cell in row.values())
    assert "[ND]" not in text
    assert {len(row["siret"]) for row in rows.values()} == {14}


def test_recorded_establishments_are_read_by_the_reader(real_data: Path, tmp_path: Path) -> None:
    item = recorded(real_data, "conseillers-entreprises/api_insee_siret.json")["etablissement"]
    row = row_of(item)
    assert row is not None
    assert row["denominationUniteLegale"] == "OCTO-TECHNOLOGY"
    path = tmp_path / "rows.csv"
    establishments.as_table([row]).to_csv(path, sep=";", index=False)
    table = read_stock(path, ["75056"])
    shown = table.iloc[0]
    assert (shown["nom"], shown["naf"], shown["tranche"], shown["codgeo"]) == (
        "OCTO-TECHNOLOGY", "62.02A", "41", "75056",
    )  # fmt: skip
    assert shown["epsg"] == "EPSG:2154" and round(shown["x"]) == 651100
    many = recorded(real_data, "conseillers-entreprises/api_insee_sirets_by_siren_many.json")
    open_ones = {row["siret"] for row in map(row_of, many["etablissements"]) if row}
    assert open_ones == {"41816609600069"}


def test_a_recorded_refusal_is_told_in_the_words_of_the_service(
    bench: Bench, server: SireneApiServer, real_data: Path
) -> None:
    body = recorded(real_data, "conseillers-entreprises/api_insee_siret_400.json")
    server.each(Response.of_json(body, 400))
    with pytest.raises(ServiceError, match="Erreur de syntaxe dans le paramètre q=liyuyv"):
        collect_establishments(bench.web, scope_of(("53918",)), bench.depot, bench.listener)
    assert len(server.log) == 3, "one try for each form"
