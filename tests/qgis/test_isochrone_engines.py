"""The engines of ``coodiag:isochrones`` that are not ``roads``: the same output, said before."""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Iterator
from typing import Any

import processing
import pytest
from coodiag.coodiag_plugin.core.choices import EDGE_COLUMNS
from coodiag.coodiag_plugin.core.errors import CoodiagError, InputError, SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.edge_database import Database, EdgeTable
from coodiag.coodiag_plugin.qgis_bridge.isochrone_engines import Asked, Engine, draw
from coodiag.coodiag_plugin.qgis_bridge.isochrone_timed import WGS84, between
from coodiag.coodiag_plugin.qgis_bridge.isochrones import isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, attributes, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.pgrouting import served
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph
from coodiag.tests.conftest import ROOT
from coodiag.tests.qgis.conftest import Heard, stored
from coodiag.tests.servers.base import Response
from coodiag.tests.servers.isochrone import IsochroneServer, disc
from coodiag.tests.servers.openrouteservice import KEY, OpenRouteServiceServer
from coodiag.tests.servers.valhalla import ValhallaServer
from qgis.core import (
    QgsAuthManager,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsSettings,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all places below are invented
SERVERS: dict[str, Any] = {
    "geoplateforme": IsochroneServer,
    "valhalla": ValhallaServer,
    "openrouteservice": OpenRouteServiceServer,
}
OWN = ["value", "mode", "engine", "inside_error", "outside_error"]


def sites(*places: tuple[str, tuple[float, float] | None]) -> QgsVectorLayer:
    rows = [
        (
            {"nom": name, "value": 7.0},
            QgsGeometry.fromPointXY(QgsPointXY(X + at[0], Y + at[1])) if at else QgsGeometry(),
        )
        for name, at in places
    ]
    return memory_layer("Zorglubines", {"nom": TEXT, "value": REAL}, "Point", CRS, rows)


TWO = (("Atelier", (3000.0, 3000.0)), ("Dépôt", (6000.0, 6050.0)))
AT_SEA = ("En mer", (-140_000.0, -300_000.0))  # in the ocean of the servers


@pytest.fixture(params=SERVERS)
def service(request: pytest.FixtureRequest) -> Iterator[tuple[str, Any]]:
    more = {"key": ""} if request.param == "openrouteservice" else {}
    with SERVERS[request.param](**more) as server:
        yield request.param, server


def to_degrees(place: tuple[float, float]) -> QgsPointXY:
    return between(CRS, WGS84).transform(QgsPointXY(X + place[0], Y + place[1]))


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [
        {**attributes(item, layer.fields().names()), "shape": item.geometry()}
        for item in layer.getFeatures()
    ]


def by(service: tuple[str, Any], **more: Any) -> Engine:
    return Engine(service[0], url=service[1].url, **more)


def run(name: str, url: str, points: QgsVectorLayer, feedback: Any = None, **more: Any) -> Any:
    given = {"INPUT": points, "ENGINE": name, "URL": url, "OUTPUT": "memory:", "FAILED": "memory:"}
    return processing.run("coodiag:isochrones", {**given, **more}, feedback=feedback)


def test_the_output_is_that_of_roads(
    provider: QgsProcessingProvider, service: tuple[str, Any]
) -> None:
    name, server = service
    results = run(name, f"{server.url}/isochrone", sites(*TWO), VALUES="15,5,10")
    output, failed = results["OUTPUT"], results["FAILED"]
    assert output.fields().names() == ["nom", "value_2", *OWN]
    assert output.crs().authid() == CRS and failed.featureCount() == 0
    rows = rows_of(output)
    assert [(row["value"], row["nom"]) for row in rows] == [
        (15, "Atelier"), (15, "Dépôt"), (10, "Atelier"), (10, "Dépôt"), (5, "Atelier"), (5, "Dépôt"),
    ]  # fmt: skip
    for row in rows:
        assert row["engine"] == name and row["mode"] == "time" and row["value_2"] == 7
        assert row["shape"].isGeosValid() and row["shape"].isMultipart()
        # a disc of 40 km/h, 24 sides, about the site
        radius = row["value"] * 60 * 40 / 3.6
        assert row["shape"].area() == pytest.approx(3.106 * radius**2, rel=0.02)
        checked = row["inside_error"] is not None
        assert checked == (name == "valhalla")
        if checked:
            assert row["inside_error"] <= 15 and row["outside_error"] <= 10
    for first, second in zip(rows[::2], rows[2::2]):
        assert second["shape"].difference(first["shape"]).area() < 1


def test_bands_are_apart_and_merged_is_one(service: tuple[str, Any]) -> None:
    near = sites(("ouest", (3000, 3000)), ("est", (5000, 3000)))
    bands, _ = draw(by(service), Asked([5, 10], rings="bands"), near, None, Silent())
    large, small = (row["shape"] for row in rows_of(bands) if row["nom"] == "ouest")
    assert large.intersection(small).area() < 1
    merged, _ = draw(by(service), Asked([5, 10], merge="merged"), near, None, Silent())
    rows = rows_of(merged)
    assert [row["value"] for row in rows] == [10, 5] and rows[0]["nom"] in (None, "")
    assert not any(row["inside_error"] for row in rows)
    each, _ = draw(by(service), Asked([5]), near, None, Silent())
    one, two = (row["shape"] for row in rows_of(each))
    assert rows[1]["shape"].area() == pytest.approx(one.combine(two).area(), rel=1e-6)


def test_failed_points_keep_their_fields_and_say_why(service: tuple[str, Any]) -> None:
    name = service[0]
    points = sites(*TWO, AT_SEA, ("nulle part", None))
    output, failed = draw(by(service), Asked([5, 700]), points, None, Silent())
    reasons = {row["nom"]: row["reason"] for row in rows_of(failed)}
    assert set(reasons) == {"Atelier", "Dépôt", "En mer", "nulle part"}
    assert reasons["nulle part"] == "sans coordonnées"
    far = "à plus de 1\u202f000 m d’une route connue du service"
    if name == "geoplateforme":
        assert reasons["En mer"].startswith("rien d’accessible en 5 min")
        assert reasons["Atelier"].startswith("700 min\u00a0: refusé par le service (Parameter")
    else:
        assert reasons["En mer"].startswith(far)
        assert reasons["Atelier"].startswith("700 min\u00a0: au-delà de ce que permet le service (")
    assert [(row["nom"], row["value"]) for row in rows_of(output)] == [("Atelier", 5), ("Dépôt", 5)]
    shapes = {row["nom"]: row["shape"] for row in rows_of(failed)}
    assert shapes["nulle part"].isNull() and not shapes["En mer"].isNull()


def test_when_nothing_comes_the_run_says_why(service: tuple[str, Any]) -> None:
    with pytest.raises(SourceError, match="no area for any of the 1 points"):
        draw(by(service), Asked([5]), sites(AT_SEA), None, Silent())
    service[1].each(Response.of_json({"error": "Not found"}, 404))
    with pytest.raises(SourceError, match="Not found"):
        draw(by(service), Asked([6]), sites(*TWO), None, Silent())


@pytest.mark.parametrize("mode", ["time", "distance"])
def test_an_area_that_nobody_reaches_is_told_and_not_drawn(
    qgis_app: Any, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """A service that puts the areas of one of two points 60 km from it."""
    true = disc
    lon = to_degrees(TWO[1][1]).x()

    def moved(x: float, y: float, radius: float) -> Any:
        return true(x, y + (0.54 if abs(x - lon) < 1e-4 else 0.0), radius)

    monkeypatch.setattr("coodiag.tests.servers.valhalla.disc", moved)
    with ValhallaServer() as server:
        output, failed = draw(
            Engine("valhalla", url=server.url),
            Asked([5, 8], mode=mode),
            sites(*TWO),
            None,
            Silent(),
        )
    assert [(row["nom"], row["value"]) for row in rows_of(output)] == [
        ("Atelier", 8),
        ("Atelier", 5),
    ]
    (row,) = rows_of(failed)
    assert row["nom"] == "Dépôt" and row["reason"].endswith("surface hors d’atteinte de ce point")


def test_a_layer_without_points_gives_empty_layers(service: tuple[str, Any]) -> None:
    for merge in ("each", "merged"):
        asked = Asked([5], merge=merge)
        output, failed = draw(by(service), asked, sites(("nulle part", None)), None, Silent())
        assert output.featureCount() == 0 and failed.featureCount() == 1
    assert not service[1].log


def test_what_will_be_sent_is_said_before_and_no_name_leaves(
    provider: QgsProcessingProvider, service: tuple[str, Any]
) -> None:
    name, server = service

    class Before(Heard):
        requests: int | None = None

        def _hear(self, text: str) -> None:
            if "is about to receive" in text:
                self.requests = len(server.log)
            super()._hear(text)

    heard = Before()
    run(name, server.url, sites(*TWO, ("nulle part", None)), heard, VALUES="5,10")
    assert heard.requests == 0
    said = next(text for text in heard.said if "is about to receive" in text)
    assert "127.0.0.1" in said and "2 points" in said
    for seen in server.log:
        for word in ("Atelier", "Zorglubines", "nom", "value_2"):
            assert word not in f"{seen.path} {seen.params} {seen.body.decode()}", word


@pytest.mark.parametrize("people", [True, False])
def test_points_of_people_leave_no_trace(service: tuple[str, Any], people: bool) -> None:
    engine = by(service, people=people)
    for _ in range(2):
        draw(engine, Asked([5.5]), sites(TWO[0]), None, Silent())
    paths = [seen.path for seen in service[1].log if "isochrone" in seen.path]
    assert len(paths) == (2 if people else 1)


class Said(Silent):
    """A progress that keeps its sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.lines.append(template.format(**fields))

    warn = say

    def part(self, start: float, end: float) -> Said:
        return self


def test_a_server_that_does_not_answer_is_one_sentence(qgis_app: Any) -> None:
    with ValhallaServer() as server:
        server.stop()
        heard = Said()
        asked = sites(*(TWO * 4))
        with pytest.raises(
            SourceError, match=r"No server of valhalla answers at http://127\.0"
        ) as told:
            draw(Engine("valhalla", url=server.url), Asked([5]), asked, None, heard)
    assert "start it" in str(told.value) and "internet" not in str(told.value)
    again = [line for line in heard.lines if "New attempt" in line]
    assert len(again) == len(set(again)) == 2, "each wait is told once, whatever is asked at once"


def test_the_check_of_valhalla_stays_empty_where_it_cannot_time(
    provider: QgsProcessingProvider,
) -> None:
    with ValhallaServer(matrix=False) as server:
        heard = Heard()
        results = run("valhalla", server.url, sites(*TWO), heard, VALUES="5")
        assert all(not row["inside_error"] for row in rows_of(results["OUTPUT"]))
        assert results["OUTPUT"].featureCount() == 2
        assert any("self-check of 2 points" in said for said in heard.said)


def test_the_key_of_openrouteservice_comes_from_authcfg(
    provider: QgsProcessingProvider, authentication: QgsAuthManager
) -> None:
    with OpenRouteServiceServer() as server:
        authcfg = stored(authentication, "APIHeader", {"Authorization": KEY})
        heard = Heard()
        results = run("openrouteservice", server.url, sites(*TWO), heard, AUTHCFG=authcfg)
        assert results["OUTPUT"].featureCount() == 6
        assert {seen.headers["authorization"] for seen in server.log} == {KEY}
        assert not any(KEY in said for said in heard.said)
        wrong = stored(authentication, "APIHeader", {"Authorization": "another-key-9"})
        with pytest.raises(QgsProcessingException, match="refuses the key"):
            run("openrouteservice", server.url, sites(TWO[0]), AUTHCFG=wrong, VALUES="6")


def test_without_a_key_the_public_openrouteservice_is_refused(
    provider: QgsProcessingProvider,
) -> None:
    QgsSettings().remove("coodiag/keys/openrouteservice")
    with pytest.raises(QgsProcessingException, match="needs a key"):
        run("openrouteservice", "", sites(*TWO))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ENGINE": "geoplateforme", "PROFILE": "bike"}, "cars and pedestrians only"),
        ({"ENGINE": "geoplateforme", "MERGE": "nearest"}, "nearest"),
        ({"ENGINE": "valhalla", "MERGE": "nearest"}, "roads or pgrouting"),
        ({"ENGINE": "valhalla", "URL": "mon serveur"}, "not the address of a server"),
        ({"ENGINE": "openrouteservice", "VALUES": "-1"}, "above zero"),
        ({"ENGINE": "pgrouting"}, "needs a database"),
        ({"ENGINE": "pgrouting", "URL": "dbname=x", "COLUMNS": "id,cost"}, "six columns"),
        ({"ENGINE": "pgrouting", "URL": "dbname=x", "TABLE": 'ways"; DROP'}, "cannot be the name"),
        ({"ENGINE": "pgrouting", "URL": "dbname=x", "TABLE": "a$edges$b"}, "cannot be the name"),
        ({"ENGINE": "roads"}, "road layer"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_sent(
    provider: QgsProcessingProvider, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(QgsProcessingException, match=sentence):
        run("roads", "", sites(*TWO), **change)


# --- pgrouting --------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["nowhere at all", "postgresql://me@localhost", "host=localhost"])
def test_a_text_that_names_no_database_is_refused(qgis_app: Any, url: str) -> None:
    with pytest.raises(InputError, match="names no database"):
        Database(url)


@pytest.mark.parametrize(
    "url",
    [
        "host=127.0.0.1 port=1 dbname=routes user=moi password=tr0p-secret",
        "postgresql://moi:tr0p-secret@127.0.0.1:1/routes?sslmode=disable",
    ],
)
def test_a_silent_database_is_a_sentence_without_its_password(qgis_app: Any, url: str) -> None:
    engine = Engine("pgrouting", url=url)
    with pytest.raises(
        SourceError, match=r"database routes \(127.0.0.1\) cannot be opened"
    ) as told:
        draw(engine, Asked([5]), sites(*TWO), None, Silent())
    whole = f"{told.value} {told.value.__cause__} {told.value.__context__}"
    assert "tr0p-secret" not in whole


def corner(i: int, j: int) -> str:
    """A crossing of an uneven grid: nothing lies exactly midway between two roads."""
    return f"{X + 1000 * i + 137 * math.sin(3 * i + 5 * j):.2f} {Y + 1000 * j + 151 * math.sin(7 * i - 2 * j):.2f}"


def grid() -> QgsVectorLayer:
    """Roads about every kilometre over 8 × 8 km at 60 km/h; the first column goes north only."""
    rows = []
    for step in range(9):
        for start in range(8):
            for ends in ((start, step, start + 1, step), (step, start, step, start + 1)):
                shape = QgsGeometry.fromWkt(f"LineString({corner(*ends[:2])}, {corner(*ends[2:])})")
                one_way = step == 0 and ends[0] == ends[2]
                row = {
                    "nature": "Route à 1 chaussée",
                    "importance": "4",
                    "sens_de_circulation": "Sens direct" if one_way else "Double sens",
                    "vitesse_moyenne_vl": 60.0,
                }
                rows.append((row, shape))
    columns = {
        "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
    }  # fmt: skip
    return memory_layer("troncon_de_route", columns, "LineString", CRS, rows)


@pytest.fixture(scope="module")
def bench_pgrouting() -> Iterator[Any]:
    """The script that starts a PostgreSQL with pgRouting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("bench_pgrouting")


@pytest.fixture(scope="module")
def database(qgis_app: Any, bench_pgrouting: Any) -> Iterator[str]:
    """Connection string, with its password, of a database that holds the grid."""
    folder = bench_pgrouting.installed()
    if folder is None:
        pytest.skip(f"pgRouting is not installed ({' '.join(bench_pgrouting.PACKAGES)})")
    with bench_pgrouting.server(folder, password="tr0p-secret") as string:
        bench_pgrouting.write_edges(string, load_graph(grid(), CRS, "car", Silent()))
        bench_pgrouting.psql(
            string,
            'CREATE TABLE "Mes rues" AS SELECT id AS "Numéro", source AS de, target AS vers, cost AS aller, '
            "CASE WHEN reverse_cost >= 0 THEN reverse_cost END AS retour, ST_Multi(ST_Transform(geom, 4326)) AS forme FROM ways;",
        )
        yield string


@pytest.mark.parametrize("mode", ["time", "distance"])
@pytest.mark.parametrize("merge", ["each", "merged", "nearest"])
def test_pgrouting_draws_what_roads_draws(database: str, mode: str, merge: str) -> None:
    points = sites(*TWO, ("loin", (90_000, 0)), ("nulle part", None), ("à l’écart", (3500, 3450)))
    values = [1.5, 3]
    graph = load_graph(grid(), CRS, "car", Silent())
    expected = isochrone_layer(
        graph, points, values=values, mode=mode, merge=merge, progress=Silent()
    )
    tables = [("public.ways", ""), ("Mes rues", "Numéro,de,vers,aller,retour,forme")]
    for table, columns in tables if (mode, merge) == ("distance", "each") else tables[:1]:
        engine = Engine("pgrouting", url=database, table=table, columns=columns)
        got = draw(engine, Asked(values, mode, merge=merge), points, None, Silent())
        for mine, theirs in zip(expected, got):
            assert theirs.fields().names() == mine.fields().names()
            assert theirs.crs() == mine.crs() and theirs.featureCount() == mine.featureCount()
        for mine, theirs in zip(rows_of(expected[0]), rows_of(got[0])):
            assert theirs.pop("engine") == "pgrouting" and mine.pop("engine") == "roads"
            one, two = mine.pop("shape"), theirs.pop("shape")
            assert one.intersection(two).area() / one.combine(two).area() > 0.999
            for name in ("inside_error", "outside_error"):
                assert (mine.pop(name) or 0) == pytest.approx(theirs.pop(name) or 0, abs=1)
            assert mine == theirs
        strip = [{k: v for k, v in row.items() if k != "shape"} for row in rows_of(expected[1])]
        assert [{k: v for k, v in row.items() if k != "shape"} for row in rows_of(got[1])] == strip


def test_pgrouting_through_the_algorithm_with_a_stored_password(
    provider: QgsProcessingProvider, authentication: QgsAuthManager, database: str
) -> None:
    open_part = database.partition(" user=")[0]
    authcfg = stored(authentication, "Basic", {"username": "coodiag", "password": "tr0p-secret"})
    heard = Heard()
    results = run("pgrouting", open_part, sites(*TWO), heard, AUTHCFG=authcfg, VALUES="3,6", RINGS="bands")  # fmt: skip
    assert results["OUTPUT"].featureCount() == 4
    assert not any("tr0p-secret" in said for said in heard.said)
    with pytest.raises(QgsProcessingException, match="cannot be opened"):
        wrong = stored(authentication, "Basic", {"username": "coodiag", "password": "faux"})
        run("pgrouting", open_part, sites(*TWO), AUTHCFG=wrong)


def test_pgrouting_by_the_name_of_a_connection(qgis_app: Any, database: str) -> None:
    parts = dict(part.split("=") for part in database.split())
    settings = QgsSettings()
    settings.beginGroup("PostgreSQL/connections/Routes du réseau")
    for key, value in (("host", parts["host"]), ("port", parts["port"]), ("database", parts["dbname"]),
                       ("username", parts["user"]), ("password", parts["password"])):  # fmt: skip
        settings.setValue(key, value)
    settings.setValue("saveUsername", "true")
    settings.setValue("savePassword", "true")
    settings.endGroup()
    try:
        engine = Engine("pgrouting", url="Routes du réseau")
        output, _ = draw(engine, Asked([3]), sites(TWO[0]), None, Silent())
        assert output.featureCount() == 1
    finally:
        settings.remove("PostgreSQL/connections/Routes du réseau")


def test_a_wrong_table_or_database_is_a_sentence(database: str, bench_pgrouting: Any) -> None:
    def told(**more: Any) -> str:
        with pytest.raises(CoodiagError) as raised:
            draw(Engine("pgrouting", url=database, **more), Asked([3]), sites(*TWO), None, Silent())
        assert "tr0p-secret" not in str(raised.value)
        return str(raised.value)

    assert "cannot be read as edges" in told(table="ruelles")
    assert "missing: durée" in told(columns="id,source,target,durée,reverse_cost,geom")
    bench_pgrouting.psql(database, "CREATE DATABASE vide;")
    with pytest.raises(SourceError, match="has no pgRouting"):
        Database(database.replace("dbname=postgres", "dbname=vide")).pgrouting()
    far = sites(("Strasbourg", (700_000, 50_000)))
    with pytest.raises(InputError, match="no road near the points"):
        draw(Engine("pgrouting", url=database), Asked([3]), far, None, Silent())


def test_names_are_quoted_and_never_become_sql() -> None:
    table = EdgeTable.of("public.Mes rues", "gid,source,target,cost_s,reverse_cost_s,the_geom")
    assert table.quoted == '"public"."Mes rues"' and table.column("geom") == "the_geom"
    assert EdgeTable.of("", "").columns == EDGE_COLUMNS
    for name in ('x"y', "a;b", "a'b", "1a", "a\\b", "", "a$b"):
        with pytest.raises(InputError, match="cannot be the name"):
            EdgeTable.of(name or "schema.", "")


def test_a_served_graph_is_asked_and_not_searched() -> None:
    import numpy as np
    from coodiag.coodiag_plugin.zones.search import times
    from coodiag.coodiag_plugin.zones.snapping import snap

    graph = load_graph(grid(), CRS, "car", Silent())

    def costs(origins: Any, limit: float, reverse: bool, mode: str) -> Iterator[Any]:
        for row in range(len(origins)):
            yield np.array([row]), np.full((1, len(graph.xy)), 12.5)

    answer = times(served(graph, costs), snap(graph, graph.xy[:2] + 5, 50), None)  # type: ignore[arg-type]
    assert (answer == 12.5).all() and json.dumps(answer.shape) == json.dumps([2, len(graph.xy)])
