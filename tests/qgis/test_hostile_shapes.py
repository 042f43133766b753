"""Files that only say where shapes are: whatever their name, GDAL is not sent to a server."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from coodiag.coodiag_plugin.core.errors import CoodiagError, InputError
from coodiag.coodiag_plugin.core.runfile import RUN_FILE
from coodiag.coodiag_plugin.qgis_bridge.many.cells import diagnosis, value_of
from coodiag.coodiag_plugin.qgis_bridge.review_ground import road_layer
from coodiag.coodiag_plugin.qgis_bridge.review_rows import features
from coodiag.coodiag_plugin.qgis_bridge.roads import open_roads
from coodiag.coodiag_plugin.sources.vectors import holds_its_shapes, open_vector
from qgis.core import QgsProcessingProvider, QgsVectorFileWriter, QgsVectorLayer


class Heard:
    """A server of this machine, and what it was asked."""

    def __init__(self) -> None:
        heard = self.asked = list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(self.path)
                self.send_error(404)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *told: object) -> None:
                """Nothing on the console."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def sends(self, path: Path) -> Path:
        """Make ``path`` a text that sends GDAL to this server."""
        to = f"/vsicurl/http://127.0.0.1:{self.server.server_port}/{path.name}"
        source = f'<SrcDataSource relativeToVRT="0">{to}</SrcDataSource>'
        layer = f'<OGRVRTLayer name="clients">{source}</OGRVRTLayer>'
        path.write_text(f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>")
        return path


@pytest.fixture
def heard() -> Iterator[Heard]:
    server = Heard()
    yield server
    server.server.shutdown()
    server.server.server_close()


def test_persons_of_a_received_dossier_ask_no_server(
    qgis_app: object, tmp_path: Path, heard: Heard
) -> None:
    try:
        found = list(features(heard.sends(tmp_path / "personnes.gpkg"), "clients"))
    except RuntimeError:  # where GDAL raises
        found = []
    assert found == [] and heard.asked == []


def test_roads_of_a_received_dossier_ask_no_server(
    qgis_app: object, tmp_path: Path, heard: Heard
) -> None:
    heard.sends(tmp_path / "troncons.gpkg")
    told = '{"sources": [{"dataset": "routes", "file": "troncons.gpkg"}]}'
    (tmp_path / RUN_FILE).write_text(told)
    assert road_layer(tmp_path, [tmp_path]) is None and heard.asked == []


@pytest.mark.parametrize("name", ["communes.shp", "communes.gpkg", "communes.geojson"])
def test_official_files_ask_no_server(
    qgis_app: object, tmp_path: Path, heard: Heard, name: str
) -> None:
    path = heard.sends(tmp_path / name)
    for opened in (open_vector, open_roads):
        with pytest.raises(CoodiagError, match="cannot be opened"):
            opened(path)
    assert heard.asked == []


def test_a_cell_names_a_layer_that_holds_its_shapes(
    provider: QgsProcessingProvider, tmp_path: Path, heard: Heard
) -> None:
    heard.sends(tmp_path / "zone.geojson")
    algorithm = diagnosis()  # kept: its definitions go with it
    definition = algorithm.parameterDefinition("AREA")
    with pytest.raises(InputError, match="no file of this machine"):
        value_of(definition, "zone.geojson", tmp_path)
    assert heard.asked == []


@pytest.mark.parametrize(
    ("driver", "name"),
    [("GPKG", "a.gpkg"), ("ESRI Shapefile", "a.shp"), ("GeoJSON", "a.geojson"),
     ("FlatGeobuf", "a.fgb")],
)  # fmt: skip
def test_usual_formats_hold_their_shapes(
    qgis_app: object, tmp_path: Path, driver: str, name: str
) -> None:
    layer = QgsVectorLayer("LineString?crs=EPSG:2154", "a", "memory")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(tmp_path / name), layer.transformContext(), options
    )
    assert holds_its_shapes(tmp_path / name)


def test_a_packed_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    for name, text, good in (
        ("rues.osm.gz", '<osm version="0.6"><node id="1" lat="48" lon="-1"/></osm>', True),
        ("envoi.osm.gz", "<OGRVRTDataSource/>", False),
    ):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
        assert holds_its_shapes(tmp_path / name) is good, name
