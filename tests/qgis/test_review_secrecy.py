"""What the review must not leave behind: in a project, in a file while it is written, at a server."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.geocoding.corrections import Corrections
from coodiag.coodiag_plugin.qgis_bridge import layers, review_failed
from coodiag.coodiag_plugin.qgis_bridge.corrections import export_corrections
from coodiag.coodiag_plugin.qgis_bridge.review import ReviewSession
from coodiag.coodiag_plugin.qgis_bridge.review_ground import is_local
from coodiag.coodiag_plugin.qgis_bridge.review_rows import review_rows
from coodiag.ui.review_map import ReviewMap
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
)
from qgis.PyQt.QtCore import QMetaType

ROW = {
    "ref": "=HYPERLINK(A1)", "adresse": "9 rue Fictive", "cp": "99100", "ville": "@SUM(1)",
    "tel": "+33 6 00 00 00 00", "geo_status": "echec", "geo_score": 0.0,
}  # fmt: skip
TMS = """<GDAL_WMS><Service name="TMS"><ServerUrl>http://127.0.0.1:9/${z}/${x}/${y}.png</ServerUrl>
</Service></GDAL_WMS>"""


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qgis_app: Any) -> Any:
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    made = ReviewSession(review_rows([(ROW, None)], {}, 0), [])
    yield made
    made.close()


def test_a_project_saved_during_a_review_does_not_say_where_it_looks(
    tmp_path: Path, qgis_app: QgsApplication
) -> None:
    canvas = ReviewMap("EPSG:2154")
    canvas.resize(400, 300)
    canvas.show_places([(2.3488, 48.8534)], None, None)
    canvas.look_at_places()
    assert f"{canvas.extent().yMinimum():.0f}" == "6861331"
    path = tmp_path / "project.qgs"
    project = QgsProject.instance()
    assert project.write(str(path))
    text = path.read_text(encoding="utf-8")
    assert "coodiagReview" not in text and "6861331" not in text  # the south of what is shown
    canvas.release()
    project.clear()


def test_a_project_opened_during_a_review_does_not_move_it(
    tmp_path: Path, qgis_app: QgsApplication
) -> None:
    from qgis.gui import QgsMapCanvas

    project = QgsProject.instance()
    main = QgsMapCanvas()
    main.setObjectName("theMapCanvas")
    main.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    assert project.write(str(tmp_path / "other.qgs"))
    canvas = ReviewMap("EPSG:2154")
    canvas.resize(400, 300)
    canvas.show_places([(2.3488, 48.8534)], None, None)
    canvas.look_at_places()
    before = canvas.extent().center()
    assert project.read(str(tmp_path / "other.qgs"))
    assert canvas.mapSettings().destinationCrs().authid() == "EPSG:2154"
    assert canvas.extent().center().compare(before, 1.0)
    canvas.release()
    project.clear()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "gpkg"])
def test_an_export_is_its_owners_while_it_is_written(
    session: ReviewSession, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []
    writer = QgsVectorFileWriter.writeAsVectorFormatV3

    class Watched(QgsVectorFileWriter):
        @staticmethod
        def writeAsVectorFormatV3(layer: Any, path: str, *more: Any) -> Any:
            modes.append(Path(path).parent.stat().st_mode & 0o777)
            return writer(layer, path, *more)

    monkeypatch.setattr(review_failed, "QgsVectorFileWriter", Watched)
    mask = os.umask(0o022)
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    try:
        assert session.export_failed(shared / f"echecs.{ending}") == 1
    finally:
        os.umask(mask)
    assert modes == [0o700]
    written = list(shared.iterdir())
    assert [path.name for path in written] == [f"echecs.{ending}"]
    assert written[0].stat().st_mode & 0o777 == 0o600


def test_a_spreadsheet_computes_nothing_of_a_csv(session: ReviewSession, tmp_path: Path) -> None:
    session.export_failed(tmp_path / "echecs.csv")
    with (tmp_path / "echecs.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream, delimiter=";")
    assert (row["ref"], row["ville"], row["tel"]) == ("'=HYPERLINK(A1)", "'@SUM(1)", ROW["tel"])


def test_a_file_that_only_describes_a_server_is_not_local(tmp_path: Path, qgis_app: Any) -> None:
    service = tmp_path / "plan.xml"
    service.write_text(TMS)
    mosaic = tmp_path / "mosaic.vrt"
    mosaic.write_text(f"<VRTDataset><SourceFilename>{service}</SourceFilename></VRTDataset>")
    for path in (service, mosaic):
        assert not is_local(QgsRasterLayer(str(path), "", "gdal"))
    near = tmp_path / "near.vrt"
    near.write_text("<VRTDataset><SourceFilename>ortho.tif</SourceFilename></VRTDataset>")
    assert is_local(QgsRasterLayer(str(near), "", "gdal"))


def test_an_export_does_not_replace_the_corrections_themselves(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"  # CORRECTIONS may have any name
    with Corrections(path, Silent()):
        before = path.read_bytes()
    (tmp_path / "link.csv").symlink_to(path)
    for target in (path, tmp_path / "link.csv"):
        with pytest.raises(InputError):
            export_corrections(target, path, Silent())
    assert path.read_bytes() == before


class _Layer:
    def __init__(self, source: str) -> None:
        self._source = source

    def source(self) -> str:
        return self._source

    def providerType(self) -> str:
        return "ogr"


@pytest.mark.parametrize(
    ("source", "local"),
    [
        ("PG:host=db.example dbname=x", False),
        ("MySQL:x,host=db.example", False),
        ("OAPIF:db.example", False),
        ("/vsiaz/bucket/x.tif", False),
        ("/vsigs/bucket/x.tif", False),
        ("/vsizip//vsicurl_streaming/x.zip", False),
        ("ftp://files.example/x.shp", False),
        ("/data/communes.gpkg|layername=communes", True),
        ("/vsizip//data/x.zip/x.shp", True),
        ("C:/data/x.shp", True),
        ("file:///data/x.csv?delimiter=;", True),
        ("GPKG:/data/x.gpkg:ortho", True),
    ],
)
def test_what_asks_a_server_is_known_by_its_source(source: str, local: bool) -> None:
    assert is_local(_Layer(source)) == local  # type: ignore[arg-type]


def test_a_row_that_cannot_be_written_is_not_told_to_the_log(qgis_app: Any) -> None:
    columns = QgsFields()
    columns.append(QgsField("nom", QMetaType.Type.QString))
    person = QgsFeature(columns)
    person.setAttributes(["Zorglubine Fictive"])

    class Full:
        def addFeature(self, item: QgsFeature, flag: Any) -> bool:
            return False

    with pytest.raises(InputError) as raised:
        layers.add(Full(), person)  # type: ignore[arg-type]
    assert "Zorglubine" not in str(raised.value) and "nom" in str(raised.value)
