"""The roads of a run under the map of its review: found where they lie, never through a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, write_geopackage
from coodiag.coodiag_plugin.qgis_bridge.review import ReviewSession, dossier_session
from coodiag.coodiag_plugin.qgis_bridge.review_ground import road_layer
from coodiag.coodiag_plugin.reviewing import road_places
from coodiag.tests.qgis.review_windows import a_row, opened
from coodiag.tests.qgis.waiting import settle
from qgis.core import QgsGeometry, QgsVectorLayer
from qgis.gui import QgsGui

NAME, TABLE = "troncon_de_route.gpkg", "troncon_de_route"


def written(path: Path, geometry: str = "LineString") -> Path:
    shape = "LINESTRING(0 0, 10 10)" if geometry == "LineString" else "POINT(0 0)"
    rows = [({"nom_1_gauche": "Rue Fictive"}, QgsGeometry.fromWkt(shape))]
    layer = memory_layer(TABLE, {"nom_1_gauche": TEXT}, geometry, "EPSG:2154", rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_geopackage(path, [layer])
    return path


@pytest.fixture
def folder(tmp_path: Path, qgis_app: Any) -> Path:
    """A dossier whose run file names its roads."""
    told(tmp_path / "dossier", f"{NAME} ({TABLE})")
    return tmp_path / "dossier"


def told(folder: Path, file: str) -> None:
    folder.mkdir(exist_ok=True)
    sources = [{"dataset": "ban", "file": "x.csv"}, {"dataset": "routes", "file": file}]
    (folder / "coodiag.json").write_text(json.dumps({"sources": sources}), encoding="utf-8")


def test_the_roads_are_found_in_a_folder_or_given(folder: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "officiel" / "routes" / NAME)
    for places in ([tmp_path / "officiel"], [tmp_path / "gone.gpkg", path]):
        found = road_layer(folder, places)
        assert found is not None and found.isValid() and found.featureCount() == 1
        assert found.labeling().settings().fieldName == "nom_1_gauche"
        assert found.labeling().settings().scaleVisibility and found.hasScaleBasedVisibility()
    assert road_layer(folder, []) is None and road_layer(folder, [tmp_path / "vide"]) is None


def test_what_is_no_layer_of_lines_is_left_out(folder: Path, tmp_path: Path) -> None:
    assert road_layer(folder, [written(tmp_path / "p" / NAME, "Point")]) is None
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / NAME).write_text("no table", encoding="utf-8")
    assert road_layer(folder, [tmp_path / "q"]) is None


@pytest.mark.parametrize(
    "file", ["../" + NAME, "/etc/" + NAME, "x.csv", f"{NAME} (a|option:X=1)", "*.gpkg", 7, ""]
)
def test_a_run_file_of_anybody_leads_to_no_other_file(
    folder: Path, tmp_path: Path, file: Any
) -> None:
    written(tmp_path / "officiel" / NAME)
    written(tmp_path / NAME)
    told(folder, file)
    assert road_layer(folder, [tmp_path / "officiel"]) is None


def test_a_file_that_may_lead_to_a_server_is_not_opened(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coodiag.coodiag_plugin.qgis_bridge import review_ground

    asked: list[str] = []

    def layer(source: str, *more: str) -> QgsVectorLayer:
        asked.append(source)
        return QgsVectorLayer(source, *more)

    monkeypatch.setattr(review_ground, "QgsVectorLayer", layer)
    far = tmp_path / "officiel" / NAME
    far.parent.mkdir()
    far.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/http://127.0.0.1:9/a.shp"
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    places = [far, far.parent, Path("//server.example/roads.gpkg"), Path("/vsicurl/http://x.gpkg")]
    assert road_layer(folder, places) is None
    assert asked == []


def test_the_history_of_this_machine_tells_where_the_roads_lie(
    tmp_path: Path, qgis_app: Any
) -> None:
    registry = QgsGui.historyProviderRegistry()
    dossier = tmp_path / "dossier"
    run = {
        "algorithm_id": "coodiag:diagnostic",
        "parameters": {
            "inputs": {"ROADS": "/donnees/r.gpkg|layername=a", "DATA_FOLDER": "/donnees"}
        },
        "results": {"DOSSIER": str(dossier)},
    }
    registry.addEntry("processing", {**run, "results": {"DOSSIER": str(tmp_path / "autre")}})
    registry.addEntry("processing", {**run, "results": {}})
    assert road_places(dossier) == []
    registry.addEntry("processing", run)
    assert road_places(dossier) == [Path("/donnees/r.gpkg"), Path("/donnees")]


def test_the_roads_lie_between_the_sites_and_the_communes(
    demo_run: Any, cache: Path, qgis_app: Any
) -> None:
    session = dossier_session(demo_run.dossier, None, [demo_run.demo.data_folder])
    window = opened(session)
    a_row(window, lambda row: row.kind == "town")
    names = [layer.name() for layer in window.map.layers()]
    assert names == ["voies", "sites", "routes", "communes", "voisins"]
    assert not session.roads.labelsEnabled(), "the streets of the index bear the names"
    assert session.dossier_ground(named=True)[1].labelsEnabled()
    told = window.panel.why.text()
    window.start_placing()
    assert window.panel.why.text() == told, "there are streets: no other is asked for"
    window.close()
    settle()
    plain = dossier_session(demo_run.dossier)
    assert plain.roads is None and plain.dossier_ground(named=True) == plain.grounds
    plain.close()


def test_roads_are_no_communes(folder: Path, tmp_path: Path, cache: Path) -> None:
    roads = road_layer(folder, [written(tmp_path / "officiel" / NAME)])
    session = ReviewSession([], [], None, None, roads)
    assert session.commune_at(0.0, 0.0) == ("", "") and session.dossier_ground(named=True) == [
        roads
    ]
    session.close()
