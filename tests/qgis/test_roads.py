"""Road layers as graphs: kept and reused, tables of speeds, layers as they should not be."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.isochrones import isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import Roads, load_graph, open_roads, polylines
from coodiag.coodiag_plugin.zones.graph import RoadGraph
from coodiag.tests.qgis.conftest import Heard
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingProvider,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all roads below are invented
COLUMNS = {
    "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
}  # fmt: skip
ROAD = {
    "nature": "Route à 1 chaussée",
    "importance": "4",
    "sens_de_circulation": "Double sens",
    "vitesse_moyenne_vl": 60.0,
}
KEPT, BUILT = "taken from those that are kept", "built, and kept"


class Listening(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    warn = say

    def part(self, start: float, end: float) -> Listening:
        return self

    def heard(self, words: str) -> bool:
        return any(words in sentence for sentence in self.said)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for each test: what one built is not there for the next."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def shape(text: str, x: float = X, y: float = Y) -> QgsGeometry:
    found = QgsGeometry.fromWkt(text)
    found.translate(x, y)
    return found


def road_layer(
    *rows: tuple[dict[str, Any], QgsGeometry | None], kind: str = "LineString"
) -> QgsVectorLayer:
    return memory_layer("troncon_de_route", COLUMNS, kind, CRS, rows)


def star() -> QgsVectorLayer:
    """Four roads of 4 km, one of a class that no table knows, one without geometry."""
    arms = ["4000 0", "0 4000", "-4000 0", "0 -4000"]
    rows: list[tuple[dict[str, Any], QgsGeometry | None]] = [
        (ROAD, shape(f"LineString(0 0, {tip})")) for tip in arms
    ]
    rows.append(({**ROAD, "nature": "Voie nouvelle"}, shape("LineString(4000 0, 5000 0)")))
    rows.append((ROAD, None))
    return road_layer(*rows)


def in_file(layer: QgsVectorLayer, path: Path) -> QgsVectorLayer:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}[
        path.suffix
    ]
    options.layerName = "troncon_de_route"
    code, message, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(path), QgsProject.instance().transformContext(), options
    )
    assert code == QgsVectorFileWriter.WriterError.NoError, message
    return open_roads(path)


def load(layer: Any, profile: str = "car", crs: str = CRS) -> tuple[RoadGraph, Listening]:
    progress = Listening()
    return load_graph(layer, crs, profile, progress), progress


def same(one: RoadGraph, two: RoadGraph) -> bool:
    names = ("xy", "u", "v", "length", "forward", "backward", "coords", "joinable")
    return all(np.array_equal(getattr(one, name), getattr(two, name)) for name in names)


# --- kept and reused ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["routes.gpkg", "routes.shp", "routes.geojson"])
def test_a_file_is_read_once_and_says_the_same_again(name: str, tmp_path: Path) -> None:
    layer = in_file(star(), tmp_path / name)
    built, first = load(layer)
    kept, second = load(open_roads(tmp_path / name))
    assert first.heard(BUILT) and not first.heard(KEPT)
    assert second.heard(KEPT) and not second.heard(BUILT)
    assert same(built, kept)
    told = [
        [s for s in progress.said if BUILT not in s and KEPT not in s]
        for progress in (first, second)
    ]
    assert told[0] == told[1]
    assert first.heard("Voie nouvelle (1)") or name.endswith(".shp")
    assert first.heard("1 roads are left out: 1 without a line")


def test_the_content_counts_and_not_the_name_or_the_date(tmp_path: Path) -> None:
    layer = in_file(star(), tmp_path / "a.gpkg")
    load(layer)
    del layer
    shutil.copy(tmp_path / "a.gpkg", tmp_path / "ailleurs.gpkg")
    os.utime(tmp_path / "ailleurs.gpkg", (1, 1))
    assert load(open_roads(tmp_path / "ailleurs.gpkg"))[1].heard(KEPT)


def test_whatever_changes_the_graph_builds_another(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    whole, _ = load(in_file(star(), path))
    filtered = open_roads(path)
    assert filtered.setSubsetString("\"nature\" <> 'Voie nouvelle'")
    part, told = load(filtered)
    assert told.heard(BUILT) and len(part.u) == len(whole.u) - 1
    assert load(open_roads(path), "foot")[1].heard(BUILT)
    assert load(open_roads(path), crs="EPSG:3857")[1].heard(BUILT)
    moved = open_roads(path)
    moved.setCrs(QgsCoordinateReferenceSystem("EPSG:27572"))
    assert load(moved)[1].heard(BUILT)
    table = tmp_path / "v.csv"
    table.write_text("schema;class;importance;car;bike;foot;join\nosm;path;;1;1;1;1\n")
    assert load(Roads(open_roads(path), open_roads(path), table))[1].heard(BUILT)
    assert load(open_roads(path))[1].heard(KEPT)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    before, _ = load(in_file(star(), path))
    layer = open_roads(path)
    assert layer.startEditing()
    item = next(layer.getFeatures())
    layer.changeAttributeValue(item.id(), layer.fields().indexFromName("vitesse_moyenne_vl"), 30.0)
    during, told = load(layer)  # an edit that is not saved counts
    assert told.heard(BUILT) and not same(before, during)
    assert layer.commitChanges()
    after, told = load(layer)
    assert told.heard(BUILT) and same(during, after)
    assert load(layer)[1].heard(KEPT)


def test_a_layer_that_is_no_file_is_known_by_its_features() -> None:
    built, first = load(star())
    kept, second = load(star())
    assert first.heard(BUILT) and second.heard(KEPT) and same(built, kept)
    assert second.heard("Voie nouvelle (1)")


def test_a_joined_or_computed_field_is_not_that_of_the_file(tmp_path: Path) -> None:
    from coodiag.coodiag_plugin.qgis_bridge.road_files import road_file
    from qgis.core import QgsField

    layer = in_file(star(), tmp_path / "a.gpkg")
    assert road_file(layer) is not None
    layer.addExpressionField("30", QgsField("vitesse", REAL))
    assert road_file(layer) is None
    assert road_file(star()) is None and road_file(None) is None


def test_a_cache_that_cannot_be_written_is_said_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "file"))
    graph, told = load(star())
    assert len(graph.u) == 5
    assert told.heard("goes on without keeping it") and not told.heard(BUILT)


def test_a_damaged_graph_is_built_again_and_said(own_cache: Path) -> None:
    load(star())
    (array,) = own_cache.glob("roads/*/coords.npy")
    array.write_bytes(b"")
    assert load(star())[1].heard("damaged")
    assert load(star())[1].heard(KEPT)


def test_a_cancel_stops_and_keeps_nothing(own_cache: Path, tmp_path: Path) -> None:
    layer = in_file(star(), tmp_path / "a.gpkg")
    stopped = Silent()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        load_graph(layer, CRS, "car", stopped)
    assert not list(own_cache.glob("roads/*"))


# --- layers as they should not be ----------------------------------------------------------------

LINES = {
    "LineString": "LineString(0 0, 3000 0, 3000 400)",
    "LineStringZ": "LineStringZ(0 0 9, 3000 0 8, 3000 400 7)",
    "LineStringM": "LineStringM(0 0 9, 3000 0 8, 3000 400 7)",
    "LineStringZM": "LineStringZM(0 0 9 1, 3000 0 8 1, 3000 400 7 1)",
    "MultiLineString": "MultiLineString((0 0, 3000 0), (3000 0, 3000 400))",
    "MultiLineStringZ": "MultiLineStringZ((0 0 1, 3000 0 1, 3000 400 1))",
    "CompoundCurve": "CompoundCurve((0 0, 3000 0), (3000 0, 3000 400))",
}


@pytest.mark.parametrize("kind", sorted(LINES))
def test_every_kind_of_line_is_read(kind: str) -> None:
    graph, _ = load(road_layer((ROAD, shape(LINES[kind])), kind=kind))
    assert graph.length.sum() == pytest.approx(3400)
    np.testing.assert_allclose(graph.xy.min(axis=0), (X, Y))


def test_kinds_mixed_in_one_table_keep_their_order() -> None:
    """Of geometries of all widths, each road keeps its own speed."""
    rows = []
    for rank, kind in enumerate([*sorted(LINES), *sorted(LINES)]):
        road = {**ROAD, "vitesse_moyenne_vl": 10.0 + rank}
        line = shape(LINES[kind], X + 10_000 * rank)
        rows.append((road, line))
    rows.append((ROAD, shape("Point(0 0)")))
    rows.append((ROAD, shape("Polygon((0 0, 900 0, 900 900, 0 0))")))
    from coodiag.coodiag_plugin.qgis_bridge.road_lines import _Heap, _take

    heap = _Heap()
    taken = [_take(heap, line, rank) for rank, (_, line) in enumerate(rows)]
    assert taken == [True] * 14 + [False, False]
    lines, road, broken = heap.lines()
    assert broken == 0
    lengths = np.bincount(road, weights=lines.lengths())
    np.testing.assert_allclose(lengths, 3400)
    starts = lines.coords[np.cumsum(lines.counts) - lines.counts]
    for rank in range(14):
        first = starts[road == rank][0]
        assert first.tolist() == [X + 10_000 * rank, Y]


def test_an_arc_is_followed() -> None:
    arc = shape("CircularString(0 0, 1000 1000, 2000 0)")
    graph, _ = load(road_layer((ROAD, arc), kind="CircularString"))
    assert graph.length.sum() == pytest.approx(1000 * np.pi, rel=1e-3)
    assert len(polylines(arc)) == 1


def test_coordinates_that_are_no_number_are_left_out_and_counted() -> None:
    good = shape("LineString(0 0, 3000 0)")
    odd = QgsGeometry()
    raw = bytearray(bytes(good.asWkb()))
    raw[9:17] = np.array([np.nan], "<f8").tobytes()
    odd.fromWkb(bytes(raw))
    graph, told = load(road_layer((ROAD, odd), (ROAD, good)))
    assert graph.length.tolist() == [3000]
    assert told.heard("1 roads are left out: 0 without a line that can be projected, 1 with")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "The road layer is empty"),
        ([(ROAD, None)], "no line that this profile may use"),
        ([({**ROAD, "nature": "Sentier"}, "LineString(0 0, 9 9)")], "no line that this profile"),
        ([({**ROAD, "vitesse_moyenne_vl": None, "nature": "Escalier"}, "LineString(0 0, 9 9)")],
         "no line that this profile"),
    ],
)  # fmt: skip
def test_a_layer_without_a_road_is_refused_in_a_sentence(
    rows: list[tuple[dict[str, Any], str | None]], sentence: str, own_cache: Path
) -> None:
    layer = road_layer(*((road, shape(text) if text else None) for road, text in rows))
    with pytest.raises(InputError, match=sentence):
        load(layer)
    assert not list(own_cache.glob("roads/*"))


def test_a_layer_without_a_projection_is_refused() -> None:
    layer = road_layer((ROAD, shape("LineString(0 0, 3000 0)")))
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(InputError, match="coordinate reference system"):
        load(layer)


def test_roads_across_the_antimeridian_of_the_pacific() -> None:
    """Wallis lies by the 180th meridian: a road across it is as long as it is, not round the world."""
    rows = [
        ({}, QgsGeometry.fromWkt("LineString(179.9 -13.3, 179.98 -13.3, -179.95 -13.3)")),
        ({}, QgsGeometry.fromWkt("LineString(-179.95 -13.3, -179.9 -13.3)")),
        ({}, QgsGeometry.fromWkt("LineString(180.1 -13.3, 180.15 -13.3)")),
    ]
    layer = memory_layer("routes", {}, "LineString", "EPSG:4326", rows)
    graph, _ = load(layer, crs="EPSG:32701")
    assert len(graph.component_length) == 1 and len(graph.u) == 3
    degree = 111_320 * np.cos(np.radians(13.3))
    assert graph.length.sum() == pytest.approx(0.25 * degree, rel=0.01)
    assert np.ptp(graph.coords[:, 0]) < 30_000
    site = memory_layer(
        "sites", {"nom": TEXT}, "Point", "EPSG:4326",
        [({"nom": "site"}, QgsGeometry.fromPointXY(QgsPointXY(180.0, -13.3)))],
    )  # fmt: skip
    rings, failed = isochrone_layer(graph, site, values=[5], progress=Silent())
    (ring,) = rings.getFeatures()
    assert failed.featureCount() == 0
    assert ring.geometry().isGeosValid()
    assert ring.geometry().boundingBox().width() == pytest.approx(2 * 5 * 500, rel=0.1)


def test_parts_apart_are_told_with_their_place_and_an_island_stays_one() -> None:
    rows = [
        (ROAD, shape("LineString(0 0, 9000 0, 9000 6000)")),
        (ROAD, shape("LineString(0 30000, 4000 30000)")),
    ]
    graph, told = load(road_layer(*rows))
    assert told.heard("The roads are broken up: 21.1 %")
    assert told.heard(f"4.0 km ({CRS} {X + 2000:.0f}, {Y + 30_000:.0f})")
    sites = memory_layer(
        "sites", {"nom": TEXT}, "Point", CRS,
        [({"nom": "île"}, shape("Point(1000 30000)")), ({"nom": "terre"}, shape("Point(10 10)"))],
    )  # fmt: skip
    progress = Listening()
    rings, _ = isochrone_layer(graph, sites, values=[60], progress=progress)
    assert progress.heard("1 points stand on a part of the roads that is cut off")
    island, land = sorted(
        (item.geometry().boundingBox() for item in rings.getFeatures()),
        key=lambda box: -box.yMinimum(),
    )
    assert island.yMinimum() > Y + 29_000 and land.yMaximum() < Y + 7000
    assert island.width() == pytest.approx(5000, abs=120)


# --- through the algorithms ----------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> QgsVectorLayer:
    return memory_layer("sites", {"nom": TEXT}, "Point", CRS, [({"nom": "a"}, shape("Point(0 0)"))])


def isochrones(heard: Heard, **parameters: Any) -> QgsVectorLayer:
    import processing

    given = {"VALUES": "3", "MODE": "time", "OUTPUT": "memory:", **parameters}
    return processing.run("coodiag:isochrones", given, feedback=heard)["OUTPUT"]


def width(layer: QgsVectorLayer) -> float:
    return next(layer.getFeatures()).geometry().boundingBox().width()


def test_the_users_speeds_travel_and_the_log_names_the_table(
    provider: QgsProcessingProvider, site: QgsVectorLayer, tmp_path: Path
) -> None:
    import processing

    path = tmp_path / "routes.gpkg"
    in_file(star(), path)
    usual = width(isochrones(Heard(), INPUT=site, ROADS=str(path)))
    again = Heard()
    assert width(isochrones(again, INPUT=site, ROADS=str(path))) == usual
    assert any(KEPT in sentence for sentence in again.said)

    table = tmp_path / "mes vitesses.csv"
    heard = Heard()
    found = processing.run(
        "coodiag:roadspeeds", {"ROADS": str(path), "OUTPUT": str(table)}, feedback=heard
    )
    assert found["OUTPUT"] == str(table)
    text = table.read_text(encoding="utf-8-sig")
    assert "bdtopo;Route à 1 chaussée;4;50;15;4;1;5;16.0\n" in text
    assert "bdtopo;Voie nouvelle;;30;12;4;1;1;1.0" in text and "osm" not in text.split("schema")[1]
    unchanged = Heard()
    kept = isochrones(unchanged, INPUT=site, ROADS=str(path), SPEEDS=str(table))
    assert width(kept) == usual
    assert any("mes vitesses.csv: 0 of its" in sentence for sentence in unchanged.said)

    slower = text.replace("Route à 1 chaussée;4;50;", "Route à 1 chaussée;4;20;")
    table.write_text(slower, encoding="utf-8-sig")
    heard = Heard()
    slow = isochrones(heard, INPUT=site, ROADS=str(path), SPEEDS=str(table))
    assert width(slow) == pytest.approx(2 * 3 * 20_000 / 60, rel=0.1)
    assert width(slow) < usual / 2
    assert any("mes vitesses.csv: 1 of its" in sentence for sentence in heard.said)


def test_a_bad_table_stops_the_run_with_its_line(
    provider: QgsProcessingProvider, site: QgsVectorLayer, tmp_path: Path
) -> None:
    table = tmp_path / "v.csv"
    table.write_text("schema;class;importance;car;bike;foot;join\nosm;path;;vite;1;1;1\n")
    with pytest.raises(QgsProcessingException, match=r"v\.csv, line 2, column car: “vite”"):
        isochrones(Heard(), INPUT=site, ROADS=star(), SPEEDS=str(table))


def test_selected_roads_are_not_the_whole_file(
    provider: QgsProcessingProvider, site: QgsVectorLayer, tmp_path: Path
) -> None:
    layer = in_file(star(), tmp_path / "routes.gpkg")
    QgsProject.instance().addMapLayer(layer, False)
    whole = width(isochrones(Heard(), INPUT=site, ROADS=layer))
    layer.selectByExpression("$id = 1")
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    heard = Heard()
    part = width(isochrones(heard, INPUT=site, ROADS=chosen))
    assert part < 0.75 * whole
    assert any(BUILT in sentence for sentence in heard.said)
    assert width(isochrones(Heard(), INPUT=site, ROADS=layer)) == whole
    QgsProject.instance().removeMapLayer(layer.id())


def test_the_whole_table_is_written_and_read_back(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    import processing
    from coodiag.coodiag_plugin.zones.speed_table import catalogue_speeds, read_speeds

    path = tmp_path / "tout.csv"
    processing.run("coodiag:roadspeeds", {"OUTPUT": str(path)})
    found = read_speeds(path)
    assert found.digest == catalogue_speeds().digest and found.changed == 0
    with pytest.raises(QgsProcessingException, match="cannot be written"):
        processing.run("coodiag:roadspeeds", {"OUTPUT": str(tmp_path / "absent" / "x" / "t.csv")})


@pytest.mark.parametrize(
    "algorithm", ["isochrones", "catchment", "prospects", "huff", "accessibility", "thresholdareas"]
)
def test_every_algorithm_on_roads_takes_a_table_of_speeds(
    algorithm: str, provider: QgsProcessingProvider
) -> None:
    found = provider.algorithm(algorithm)
    assert found.parameterDefinition("ROADS") is not None
    assert found.parameterDefinition("SPEEDS").help()
