"""API Découpage administratif: the national list, extents, simplified contours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import load_geography
from coodiag.coodiag_plugin.sources.online import geo_api
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.statistics import Statistics
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError, Web
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.unit import online_samples as samples
from coodiag.tests.unit.web_samples import FakeClock, Listener


@pytest.fixture
def server() -> Iterator[GeoApiServer]:
    with samples.geo_api() as running:
        yield running


@pytest.fixture
def web(server: GeoApiServer, tmp_path: Path) -> Web:
    return samples.web(tmp_path, geo_api=server)


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path / "folder")


class TestList:
    def test_one_row_by_commune_with_its_memberships(self, web: Web, depot: Depot) -> None:
        table = geo_api.collect_communes(web, depot, Listener()).set_index("code")
        assert list(table.index) == sorted(row[0] for row in samples.COUNTRY)
        assert table.loc["35001"].to_dict() == {
            "nom": "Alpha",
            "EPCI": "243500139",
            "LIBEPCI": "Alpha Métropole",
            "DEP": "35",
            "LIBDEP": "Ille-et-Vilaine",
            "REG": "53",
            "LIBREG": "Bretagne",
            "SUPERF": "12.3450",
            "population": "1000",
            "zone": "metro",
            "codes_postaux": "35000",
            "anciens_codes": "35009",
        }
        assert table.at["97502", "REG"] == "" and table.at["97502", "DEP"] == "975"
        assert table.at["2A004", "LIBDEP"] == "Corse-du-Sud"

    def test_the_file_is_read_as_a_table_of_communes(self, web: Web, depot: Depot) -> None:
        geo_api.collect_communes(web, depot, Listener())
        found = scan(depot.folder)
        assert [file.dataset for file in found.files] == ["geo_api_communes"]
        geography = load_geography(found)
        assert geography.cog == 2026
        assert geography.name("EPCI:243500139") == "Alpha Métropole"
        assert geography.name("DEP:988") == "Nouvelle-Calédonie"
        assert geography.members("EPCI:243500139") == ("35001", "35002")
        assert geography.communes.loc["98818"].to_dict() == {
            "nom": "Nouméa", "epci": "", "dep": "988", "reg": "", "ze": "",
        }  # fmt: skip
        assert [source.dataset for source in geography.provenance] == ["geo_api_communes"]
        assert geography.provenance[0].cog == "2026"

    def test_the_surface_is_a_variable_in_square_kilometres(self, web: Web, depot: Depot) -> None:
        geo_api.collect_communes(web, depot, Listener())
        found = scan(depot.folder)
        statistics = Statistics(found, load_geography(found), ["SUPERF"])
        cells = statistics.choose(["SUPERF"], ["35001"])["SUPERF"].cells
        assert cells["35001"].number == pytest.approx(12.345)

    def test_the_source_is_told(self, web: Web, depot: Depot) -> None:
        geo_api.collect_communes(web, depot, Listener())
        source = read_citation(depot.folder / geo_api.FILE)
        assert source is not None
        assert source.retrieved == "2026-11-18" and source.cog == "2026"
        assert source.service.startswith("API Découpage administratif")
        assert "déduite" in source.note and source.licence == "Licence Ouverte 2.0"

    def test_codes_that_still_stand_are_not_old_codes(
        self, server: GeoApiServer, web: Web, depot: Depot
    ) -> None:
        server.communes[0]["anciensCodes"] = ["35009", "35002", "35001"]
        server.communes[0]["deleguees"] = [
            {"code": "35001", "nom": "Alpha"},
            {"code": "35008", "nom": "Autre"},
        ]
        table = geo_api.collect_communes(web, depot, Listener()).set_index("code")
        assert table.at["35001", "anciens_codes"] == "35008 35009"

    def test_arrondissements_given_beside_their_commune_are_not_communes(
        self, server: GeoApiServer, web: Web, depot: Depot
    ) -> None:
        for item in server.communes:
            item["type"] = "commune-actuelle"
        table = geo_api.collect_communes(web, depot, Listener())
        assert "75056" in set(table["code"]) and "75101" not in set(table["code"])

    def test_a_code_that_is_no_commune_is_named(
        self, server: GeoApiServer, web: Web, depot: Depot
    ) -> None:
        server.communes.append({"code": "X9", "nom": "?", "zone": "metro"})
        heard = Listener()
        geo_api.collect_communes(web, depot, heard)
        assert "X9" in heard.warned[0]

    def test_an_epci_without_name_is_said(
        self, server: GeoApiServer, web: Web, depot: Depot
    ) -> None:
        server.epcis = server.epcis[1:]
        heard = Listener()
        geo_api.collect_communes(web, depot, heard)
        assert len(heard.warned) == 1 and "243500139" in heard.warned[0]

    def test_a_list_without_a_departement_is_refused_by_name(
        self, server: GeoApiServer, web: Web, depot: Depot
    ) -> None:
        server.communes = [item for item in server.communes if item["code"] != "2A004"]
        with pytest.raises(SourceError, match="2A"):
            geo_api.collect_communes(web, depot, Listener())
        assert not depot.files

    def test_an_empty_list_is_refused(self, server: GeoApiServer, web: Web, depot: Depot) -> None:
        server.communes, server.departements = [], []
        with pytest.raises(SourceError, match="incomplete"):
            geo_api.collect_communes(web, depot, Listener())

    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            (Response.of_json({"message": "en maintenance"}), "maintenance"),
            (Response.of_json(["35001"]), "35001"),
            (Response.of_text("Not Found", status=404), "Not Found"),
            (Response.of_text("Method GET not allowed", status=401), "not allowed"),
        ],
    )
    def test_an_answer_of_another_shape_is_told(
        self, server: GeoApiServer, web: Web, depot: Depot, answer: Response, words: str
    ) -> None:
        server.script(answer)
        with pytest.raises(ServiceError, match=words):
            geo_api.collect_communes(web, depot, Listener())

    def test_a_cut_list_is_asked_again(self, server: GeoApiServer, web: Web, depot: Depot) -> None:
        whole = json.dumps([{"code": "35001", "nom": "Alpha"}]).encode()
        server.script(Response.typed(whole[:-5], "application/json"))
        assert len(geo_api.collect_communes(web, depot, Listener())) == len(samples.COUNTRY)

    @pytest.mark.parametrize(
        ("day", "year"), [("2026-11-18", 2026), ("2026-05-01", 2026), ("2027-02-03", 2026)]
    )
    def test_the_year_of_the_list_follows_the_day(self, day: str, year: int) -> None:
        assert geo_api.list_year(day) == year

    def test_same_answers_same_bytes(self, web: Web, server: GeoApiServer, tmp_path: Path) -> None:
        written = []
        for name in ("a", "b"):
            depot = Depot(tmp_path / name / "folder")
            server.communes.reverse()
            fresh = samples.web(tmp_path / name, geo_api=server)
            geo_api.collect_communes(fresh, depot, Listener())
            written.append({p.name: p.read_bytes() for p in depot.folder.iterdir()})
        assert written[0] == written[1]

    def test_the_quota_is_respected(self, server: GeoApiServer, tmp_path: Path) -> None:
        slow = samples.web(tmp_path, clock=Clock(), geo_api=server)
        for number in range(40):
            slow.json(Request.get("geo_api", "communes", {"code": f"{number:05d}"}))
        assert not server.refused and server.per_window(1.0) <= 50


class TestExtents:
    def test_boxes_of_communes(self, web: Web) -> None:
        found = geo_api.extents(web, ["75056", "2A004"], Listener())
        assert found["75056"] == pytest.approx((2.25, 48.82, 2.41, 48.98))
        assert list(found) == ["2A004", "75056"]

    def test_a_commune_without_extent_is_placed_by_its_middle(
        self, server: GeoApiServer, web: Web
    ) -> None:
        del server.communes[0]["bbox"]
        west, south, east, north = geo_api.extents(web, ["35001"], Listener())["35001"]
        assert west < -1.70 < -1.60 < east and south < 48.10 < 48.20 < north

    def test_a_code_that_is_nowhere_is_named(self, web: Web) -> None:
        with pytest.raises(SourceError, match="35777"):
            geo_api.extents(web, ["35001", "35777"], Listener())


class TestContours:
    def test_the_communes_asked_and_those_around(self, web: Web) -> None:
        features, source = geo_api.contours(
            web, [(-1.72, 48.08, -1.58, 48.22)], ["35001"], Listener()
        )
        assert [item["properties"]["code"] for item in features] == ["35001", "35002"]
        assert source.producer == "Etalab, IGN" and source.cog == "2026"
        assert source.dataset == "contours_communes"

    def test_a_commune_without_contour_is_named(self, server: GeoApiServer, web: Web) -> None:
        del server.communes[0]["contour"]
        with pytest.raises(SourceError, match="35001"):
            geo_api.contours(web, [(-1.72, 48.08, -1.58, 48.22)], ["35001"], Listener())


def _recorded(real_data: Path, name: str) -> list[dict[str, object]]:
    body = json.loads((real_data / "api" / "geo-api" / name).read_text(encoding="utf-8"))["body"]
    found: list[dict[str, object]] = body if isinstance(body, list) else json.loads(body)
    return found


@pytest.mark.real
def test_real_answers(real_data: Path, tmp_path: Path) -> None:
    """Recorded answers of 2022–2023: a whole département, the départements and the régions."""
    server = GeoApiServer()
    server.communes = [{**row, "type": "commune-actuelle"} for row in _recorded(real_data, "communes_60.json")]  # fmt: skip
    server.epcis = _recorded(real_data, "epcis_01_0.json")
    server.departements = [
        row for row in _recorded(real_data, "departements_0.json") if row["code"] == "60"
    ]
    server.regions = _recorded(real_data, "regions_0.json")
    with server:
        clock = FakeClock()
        clock.time = 1_679_400_000.0  # 21 March 2023
        web = samples.web(tmp_path, clock=clock, geo_api=server)
        depot = Depot(tmp_path / "folder")
        table = geo_api.collect_communes(web, depot, Listener())
    assert len(table) == len(server.communes) > 650
    geography = load_geography(scan(depot.folder))
    assert geography.cog == 2022, "in March the list of the year may not be served yet"
    assert geography.name("DEP:60") == "Oise" and geography.name("REG:32") == "Hauts-de-France"
    assert "60057" in geography.members("DEP:60") and geography.name("60057") == "Beauvais"
    assert table.set_index("code").at["60057", "SUPERF"] == "", "the recorded answer has no surface"
