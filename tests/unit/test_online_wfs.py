"""Géoplateforme WFS: pages, caps, axes, models, errors, and the layers that Coodiag writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.sources.citations import read_citation
from coodiag.coodiag_plugin.sources.folder import scan
from coodiag.coodiag_plugin.sources.geography import load_geography
from coodiag.coodiag_plugin.sources.online import wfs
from coodiag.coodiag_plugin.sources.online.boxes import apart, around, enlarged, extent, meet
from coodiag.coodiag_plugin.sources.online.depot import Depot
from coodiag.coodiag_plugin.sources.online.scope import Scope
from coodiag.coodiag_plugin.sources.online.wfs_pages import Reader, layers
from coodiag.coodiag_plugin.sources.web.client import Request, ServiceError, Web
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.servers.wfs import CARTO, IRIS, ROADS, SMALL, WfsServer
from coodiag.tests.unit import online_samples as samples
from coodiag.tests.unit.web_samples import Listener

COMMUNES = CARTO + "commune"
ALPHA = (-1.72, 48.08, -1.58, 48.22)


@pytest.fixture
def server() -> Iterator[WfsServer]:
    with samples.wfs() as running:
        yield running


@pytest.fixture
def list_server() -> Iterator[GeoApiServer]:
    with samples.geo_api() as running:
        yield running


@pytest.fixture
def web(server: WfsServer, list_server: GeoApiServer, tmp_path: Path) -> Web:
    return samples.web(tmp_path, wfs=server, geo_api=list_server)


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    return Depot(tmp_path / "folder")


def scope(box: tuple[float, float, float, float] = ALPHA, *communes: str) -> Scope:
    codes = communes or ("35001", "35002")
    return Scope(codes, codes, (), ("35",), ("53",), (box,))


def many(count: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Roads in a row, in an order that is not that of their key."""
    return [
        (
            {
                "cleabs": f"TRONROUT{(7919 * rank) % count:06d}", "nature": "Route à 1 chaussée",
                "importance": "5", "sens_de_circulation": "Double sens", "vitesse_moyenne_vl": 30,
                "acces_vehicule_leger": "Libre", "position_par_rapport_au_sol": "0",
                "etat_de_l_objet": "En service", "cpx_numero": None,
            },
            {"type": "LineString", "coordinates": [[-1.7, 48.1 + rank * 1e-6, 41.5], [-1.69, 48.1, 40.0]]},
        )
        for rank in range(count)
    ]  # fmt: skip


class TestPages:
    def read(self, web: Web, layer: str = "routes") -> list[str]:
        reader = Reader(web, layer, Listener())
        return [reader.key(item) for item in reader.within(ALPHA)]

    @pytest.mark.parametrize("told", [True, False])
    @pytest.mark.parametrize("cap", [5000, 1000])
    @pytest.mark.parametrize("count", [0, 1, 4999, 5000, 5001, 12000])
    def test_every_feature_comes_once_whatever_the_cap(
        self, server: WfsServer, web: Web, told: bool, cap: int, count: int
    ) -> None:
        server.layers[ROADS] = many(max(count, 1))
        server.told, server.cap = told, cap
        if not count:
            server.layers[ROADS][0][1]["coordinates"] = [[5, 5, 0], [5.1, 5, 0]]
        keys = self.read(web)
        assert len(keys) == count and keys == sorted(set(keys))

    def test_a_page_that_repeats_the_former_one_is_refused(
        self, server: WfsServer, web: Web
    ) -> None:
        server.layers[ROADS] = many(6000)

        def stuck(seen: Seen) -> Response | None:
            params = tuple((k, "0" if k == "STARTINDEX" else v) for k, v in seen.params)
            return server.answer(Seen("GET", seen.path, params, {}, b"", 0.0))

        server.script(stuck, stuck, stuck)
        with pytest.raises(SourceError, match="changed while it was read"):
            self.read(web)

    def test_a_total_that_changes_on_the_way_is_refused(self, server: WfsServer, web: Web) -> None:
        server.layers[ROADS] = many(6000)

        def fewer(seen: Seen) -> None:
            server.layers[ROADS] = server.layers[ROADS][:5500]

        server.script(lambda seen: None, lambda seen: None, fewer)
        with pytest.raises(SourceError, match="changed while it was read"):
            self.read(web)

    def test_a_page_shorter_than_it_says_is_asked_again(self, server: WfsServer, web: Web) -> None:
        server.layers[ROADS] = many(10)
        short = {
            "type": "FeatureCollection",
            "features": [],
            "numberMatched": 10,
            "numberReturned": 10,
        }
        server.script(lambda seen: None, Response.of_json(short))
        assert len(self.read(web)) == 10

    def test_pages_that_stay_empty_are_told(self, server: WfsServer, web: Web) -> None:
        server.layers[ROADS] = many(10)
        empty = {
            "type": "FeatureCollection",
            "features": [],
            "numberMatched": 10,
            "numberReturned": 0,
        }
        server.script(lambda seen: None, *[Response.of_json(empty)] * 5)
        with pytest.raises(ServiceError, match="cut before its end"):
            self.read(web)

    def test_an_xml_exception_is_told_in_its_words(self, server: WfsServer, web: Web) -> None:
        text = '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>Base indisponible</ows:ExceptionText></ows:Exception></ows:ExceptionReport>'
        server.script(Response.of_text(text, "application/xml"))
        with pytest.raises(ServiceError, match="Base indisponible"):
            self.read(web, "commune")

    def test_a_passing_400_is_asked_again(self, server: WfsServer, web: Web) -> None:
        server.script(
            Response.of_text("<ServiceException>occupé</ServiceException>", "text/xml", 400)
        )
        assert self.read(web, "commune") == ["35001", "35002"]

    def test_a_layer_that_is_not_served_is_told(self, web: Web) -> None:
        with pytest.raises(ServiceError, match="unknown"):
            self.read(web, "routes")

    def test_another_typename_stands_in(self, server: WfsServer, web: Web) -> None:
        server.layers[CARTO + "departement"] = server.layers.pop(SMALL + "departement")
        reader = Reader(web, "departement", Listener())
        assert [reader.key(item) for item in reader.having(["35", "2A"])] == ["2A", "35"]

    def test_a_field_that_left_the_model_is_said(self, server: WfsServer, web: Web) -> None:
        server.layers[ROADS] = [({k: v for k, v in known.items() if k != "nature"}, shape) for known, shape in many(3)]  # fmt: skip
        heard = Listener()
        reader = Reader(web, "routes", heard)
        assert "nature" in heard.warned[0] and len(list(reader.within(ALPHA))) == 3

    def test_a_layer_without_its_key_is_refused(self, server: WfsServer, web: Web) -> None:
        server.layers[ROADS] = [
            ({"id": 1}, {"type": "LineString", "coordinates": [[0, 0], [1, 1]]})
        ]
        with pytest.raises(SourceError, match="cleabs"):
            self.read(web)

    def test_a_server_with_latitude_first_everywhere_is_understood(
        self, server: WfsServer, web: Web
    ) -> None:
        def swapped(seen: Seen) -> Response | None:
            if seen.param("BBOX").endswith(",EPSG:4326"):
                x0, y0, x1, y1, crs = seen.param("BBOX").split(",")
                turned = tuple(
                    (k, f"{y0},{x0},{y1},{x1},{crs}" if k == "BBOX" else v) for k, v in seen.params
                )
                return server.answer(Seen("GET", seen.path, turned, {}, b"", 0.0))
            return None

        server.script(*[swapped] * 6)
        assert self.read(web, "commune") == ["35001", "35002"]

    def test_objects_from_elsewhere_are_refused(self, server: WfsServer, web: Web) -> None:
        def unfiltered(seen: Seen) -> Response | None:
            params = tuple(pair for pair in seen.params if pair[0] != "BBOX")
            return server.answer(Seen("GET", seen.path, params, {}, b"", 0.0))

        server.script(lambda seen: None, unfiltered)
        with pytest.raises(SourceError, match="outside"):
            self.read(web, "commune")

    def test_the_quota_is_respected(self, server: WfsServer, tmp_path: Path) -> None:
        slow = samples.web(tmp_path, clock=Clock(), wfs=server)
        params = {"SERVICE": "WFS", "REQUEST": "GetFeature", "TYPENAMES": COMMUNES}
        for number in range(30):
            slow.text(Request.get("wfs", "", {**params, "COUNT": number, "RESULTTYPE": "hits"}))
        assert not server.refused and server.per_window(1.0) <= 30


class TestContours:
    @pytest.mark.parametrize("model", [4, 3])
    def test_the_communes_and_those_around_are_read_back(
        self, server: WfsServer, web: Web, depot: Depot, model: int
    ) -> None:
        server.model = model
        found = wfs.collect_contours(web, ["35001"], None, depot, Listener())
        assert list(found) == ["35001", "35002"], "35003 is farther than the margin"
        assert found["35001"] == pytest.approx((-1.7, 48.1, -1.6, 48.2))
        inventory = scan(depot.folder)
        assert [file.dataset for file in inventory.files] == ["contours_communes"]
        geography = load_geography(inventory)
        assert geography.cog == 2026 and geography.name("35002") == "Bêta-sur-Oust"
        assert geography.communes.at["35001", "epci"] == "243500139"

    def test_the_source_is_told(self, web: Web, depot: Depot) -> None:
        wfs.collect_contours(web, ["35001"], None, depot, Listener())
        source = read_citation(depot.folder / wfs.CONTOURS)
        assert source is not None
        assert (source.producer, source.cog, source.retrieved) == ("IGN", "2026", "2026-11-18")
        assert source.title.startswith("ADMIN EXPRESS") and source.attribution == "© IGN"

    def test_two_places_far_apart_are_asked_in_two_boxes(
        self, server: WfsServer, web: Web, depot: Depot
    ) -> None:
        found = wfs.collect_contours(web, ["35001", "97411", "2A004"], None, depot, Listener())
        assert set(found) == {"35001", "35002", "97411", "2A004"}

    def test_a_box_alone(self, web: Web, depot: Depot) -> None:
        found = wfs.collect_contours(web, [], (-1.55, 48.12, -1.45, 48.15), depot, Listener())
        assert set(found) == {"35002", "35003"}

    def test_a_box_at_sea_is_refused(self, web: Web, depot: Depot) -> None:
        with pytest.raises(SourceError, match=r"-30\.000, 40\.000"):
            wfs.collect_contours(web, [], (-30.0, 40.0, -29.0, 41.0), depot, Listener())

    def test_simplified_contours_stand_in_and_it_is_said(
        self, server: WfsServer, web: Web, depot: Depot
    ) -> None:
        server.script(*[Response.of_text("panne", status=503)] * 5)
        heard = Listener()
        found = wfs.collect_contours(web, ["35001"], None, depot, heard)
        assert set(found) == {"35001", "35002"}
        assert "simplified" in heard.warned[0] and "503" in heard.warned[0]
        source = read_citation(depot.folder / wfs.CONTOURS)
        assert source is not None and "simplifiés" in source.title
        assert load_geography(scan(depot.folder)).name("35001") == "Alpha"

    def test_a_commune_that_ign_does_not_draw_comes_from_the_other_service(
        self, web: Web, depot: Depot
    ) -> None:
        heard = Listener()
        found = wfs.collect_contours(web, ["98818"], None, depot, heard)
        assert list(found) == ["98818"] and "98818" in heard.warned[0]

    def test_outlines_are_read_as_departements_and_regions(self, web: Web, depot: Depot) -> None:
        wfs.collect_outlines(web, "departement", ["35", "2A"], depot, Listener())
        wfs.collect_outlines(web, "region", ["53"], depot, Listener())
        families = {file.path.name: file.dataset for file in scan(depot.folder).files}
        assert families == {
            "contours_departements.geojson": "contours_departements",
            "contours_regions.geojson": "contours_regions",
        }

    def test_same_answers_same_bytes(
        self, server: WfsServer, list_server: GeoApiServer, tmp_path: Path
    ) -> None:
        written = []
        for name in ("a", "b"):
            server.layers[COMMUNES].reverse()
            depot = Depot(tmp_path / name / "folder")
            web = samples.web(tmp_path / name, wfs=server, geo_api=list_server)
            wfs.collect_contours(web, ["35001"], None, depot, Listener())
            written.append({p.name: p.read_bytes() for p in depot.folder.iterdir()})
        assert written[0] == written[1]


class TestLayers:
    def test_iris_of_the_communes_with_arrondissements(self, web: Web, depot: Depot) -> None:
        wfs.collect_iris(web, scope((2.2, 48.8, 2.5, 49.0), "75056"), depot, Listener())
        file = scan(depot.folder).files[0]
        text = (depot.folder / "contours_iris.geojson").read_text(encoding="utf-8")
        assert file.dataset == "contours_iris" and file.key == "code_iris"
        codes = [item["properties"]["code_iris"] for item in json.loads(text)["features"]]
        assert codes == ["751010000", "751200000"]

    def test_iris_around_the_scope_are_left_out(self, web: Web, depot: Depot) -> None:
        wfs.collect_iris(web, scope(ALPHA, "35001"), depot, Listener())
        text = (depot.folder / "contours_iris.geojson").read_text(encoding="utf-8")
        assert "350010000" in text and "350020000" not in text

    def test_nothing_in_the_extent_is_told(self, server: WfsServer, web: Web, depot: Depot) -> None:
        server.layers[IRIS] = server.layers[IRIS][3:]
        with pytest.raises(SourceError, match="nothing in the extent"):
            wfs.collect_iris(web, scope(), depot, Listener())

    def test_roads_keep_what_the_graph_reads_and_no_height(
        self, server: WfsServer, web: Web, depot: Depot
    ) -> None:
        server.layers[ROADS] = many(3)
        wfs.collect_roads(web, scope(), depot, Listener())
        assert scan(depot.folder).files[0].dataset == "routes"
        text = (depot.folder / "troncon_de_route.geojson").read_text(encoding="utf-8")
        first = json.loads(text)["features"][0]
        assert first["geometry"]["coordinates"][0] == [-1.7, 48.1]
        assert first["properties"]["vitesse_moyenne_vl"] == 30
        assert "cpx_numero" not in first["properties"]

    def test_too_many_roads_are_refused_before_they_are_fetched(
        self, server: WfsServer, web: Web, depot: Depot
    ) -> None:
        huge = {"features": [], "numberMatched": 900_000, "numberReturned": 0}
        one = {**huge, "features": [{"properties": many(1)[0][0], "geometry": many(1)[0][1]}], "numberReturned": 1}  # fmt: skip
        server.layers[ROADS] = many(1)
        server.script(lambda seen: None, Response.of_json(one))
        with pytest.raises(SourceError, match="900000"):
            wfs.collect_roads(web, scope(), depot, Listener())


class TestBoxes:
    def test_extent_of_nested_coordinates(self) -> None:
        shape = {
            "type": "MultiPolygon",
            "coordinates": [[samples.square(1, 2, 3)], [samples.square(-5, 0, 1)]],
        }
        assert extent(shape) == (-5, 0, 4, 5)
        assert extent({"coordinates": []}) is None and around([]) is None

    def test_boxes_that_meet_are_put_together(self) -> None:
        found = apart([(0, 0, 1, 1), (5, 5, 6, 6), (1, 1, 2, 2), (1.5, 1.5, 5, 5.5), (9, 0, 10, 1)])
        assert found == [(0, 0, 6, 6), (9, 0, 10, 1)]
        assert not any(meet(a, b) for a in found for b in found if a != b)

    def test_two_kilometres_at_48_degrees(self) -> None:
        west, south, east, north = enlarged((0.0, 48.0, 0.0, 48.0), 2.0)
        assert north - 48 == pytest.approx(0.018, abs=1e-3)
        assert east == pytest.approx(0.0269, abs=1e-3) and west == -east and south < 48


@pytest.mark.real
def test_real_typenames(real_data: Path) -> None:
    """Every layer but the small scale ones, younger, is in the recorded capabilities."""
    text = (real_data / "api" / "ign" / "wfs_getcapabilities_data.geopf.fr.xml").read_text("utf-8")
    for layer in layers().values():
        served = [name for name in layer.typenames if f"<Name>{name}</Name>" in text]
        assert served, layer.id
        assert set(layer.typenames) - set(served) <= {SMALL + "departement", SMALL + "region"}


@pytest.mark.real
def test_real_pages(real_data: Path, tmp_path: Path) -> None:
    """Recorded pages: two single features of a total of 1 000, then an empty answer."""
    folder = real_data / "api" / "ign"
    pages = [json.loads((folder / f"wfs_{name}.json").read_text("utf-8")) for name in ("multi_page_e72820", "multi_page_fd18fa")]  # fmt: skip
    empty = json.loads((folder / "wfs_no_features.json").read_text("utf-8"))
    with WfsServer() as server:
        web = samples.web(tmp_path, wfs=server)
        server.script(*(Response.of_json(page) for page in (pages[0], empty, empty)))
        reader = Reader(web, "commune", Listener())
        assert list(reader.within((0.0, 0.0, 1.0, 1.0))) == []
        for page in pages:
            page["numberMatched"] = 2
        server.script(*(Response.of_json(page) for page in pages))
        found = [reader.key(item) for item in reader.having(["29019", "29158"])]
    assert found == ["29019", "29158"]
    assert reader.model.geometry == "fake_geom"
