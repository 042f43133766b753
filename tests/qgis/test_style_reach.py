"""A style of the user's stays within its layer: no word of the machine, no file, no other layer."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from xml.sax.saxutils import quoteattr

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.house import House
from coodiag.coodiag_plugin.core.style_families import families
from coodiag.coodiag_plugin.qgis_bridge import families as looks
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsPalLayerSettings,
    QgsProperty,
    QgsReadWriteContext,
    QgsRenderContext,
    QgsSvgMarkerSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument
from qgis.utils import qgsfunction

SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>{}</svg>"


def house(folder: Path, family: str, text: str) -> House:
    (folder / f"{family}.qml").write_text(text, encoding="utf-8")
    return House(folder=folder)


def shipped(family: str) -> str:
    return families()[family].path.read_text(encoding="utf-8")


def labelled(expression: str) -> str:
    """The names of communes, written by an expression."""
    text = shipped("noms")
    assert 'isExpression="0"' in text and 'fieldName="nom"' in text
    text = text.replace('isExpression="0"', 'isExpression="1"', 1)
    return text.replace('fieldName="nom"', f"fieldName={quoteattr(expression)}", 1)


def sized(expression: str) -> str:
    """The size of the names, set by an expression."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:2154&field=nom:string", "l", "memory")
    assert layer.loadNamedStyle(str(families()["noms"].path))[1]
    labeling = layer.labeling()
    settings = QgsPalLayerSettings(labeling.settings())
    properties = settings.dataDefinedProperties()
    properties.setProperty(
        QgsPalLayerSettings.Property.Size, QgsProperty.fromExpression(expression)
    )
    settings.setDataDefinedProperties(properties)
    labeling.setSettings(settings)
    return saved(layer)


def saved(layer: QgsVectorLayer) -> str:
    document = QDomDocument()
    layer.exportNamedStyle(document, QgsReadWriteContext())
    return str(document.toString())


@pytest.fixture()
def own_function(qgis_app) -> Iterator[str]:  # type: ignore[no-untyped-def]
    @qgsfunction(args="auto", group="Custom")
    def fictive_spy(feature, parent):  # type: ignore[no-untyped-def]
        return "secret"

    yield "fictive_spy"
    QgsExpression.unregisterFunction("fictive_spy")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("env('HOME')", "calls env()"),
        ("\"nom\" || eval('1')", "calls eval()"),
        ("file_exists('/etc/passwd')", "calls file_exists()"),
        ("@user_account_name", "reads @user_account_name"),
        ("var('user_' || 'full_name')", "calls var()"),
        ("@project_folder", "reads @project_folder"),
        ("layer_property(@layer, 'source')", "calls layer_property()"),
        ("aggregate('personnes', 'concatenate', \"nom\")", "calls aggregate()"),
        ("overlay_nearest('personnes', \"nom\")", "overlay_nearest() on another layer"),
        ("with_variable('layer', 'personnes', overlay_nearest(@layer, 1))", "on another layer"),
    ],
)
def test_an_expression_that_leaves_its_layer_is_refused(
    tmp_path: Path, expression: str, words: str
) -> None:
    for make in (labelled, sized):
        with pytest.raises(InputError, match=r"noms\.qml cannot be used: one of its") as caught:
            looks.check(house(tmp_path, "noms", make(expression)))
        assert words in str(caught.value)


def test_a_function_of_the_user_is_refused(tmp_path: Path, own_function: str) -> None:
    with pytest.raises(InputError, match="calls fictive_spy"):
        looks.check(house(tmp_path, "noms", labelled(f"{own_function}()")))


def test_what_stays_in_its_layer_is_taken(tmp_path: Path) -> None:
    told = "upper(\"nom\") || ' ' || round(@map_scale / 1000) || coalesce($area, 0)"
    looks.check(house(tmp_path, "noms", labelled(told)))
    for family in families():
        looks.check(house(tmp_path, family, shipped(family)))


def marked(path: str) -> str:
    """Places under a drawing."""
    layer = QgsVectorLayer("Point?crs=EPSG:2154", "l", "memory")
    assert layer.loadNamedStyle(str(families()["sites"].path))[1]
    for symbol in layer.renderer().symbols(QgsRenderContext()):
        symbol.changeSymbolLayer(0, QgsSvgMarkerSymbolLayer(path))
    return saved(layer)


def embedded(content: str) -> str:
    return "base64:" + base64.b64encode(SVG.format(content).encode()).decode()


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "https://exemple.invalid/a.svg",
        "D:/dessins/a.svg",
        "../a.svg",
        embedded("<image x:href='/etc/a.png' width='9' height='9'/>"),
    ],
)
def test_a_drawing_from_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError, match=r"sites\.qml cannot be used: it shows a file"):
        looks.check(house(tmp_path, "sites", marked(path)))


@pytest.mark.parametrize("path", ["arrows/Arrow_01.svg", embedded("<path d='M0 0h9v9z'/>")])
def test_a_drawing_of_qgis_or_of_the_style_is_taken(tmp_path: Path, path: str) -> None:
    looks.check(house(tmp_path, "sites", marked(path)))


def altered(text: str, kind: str, new_kind: str, option: str) -> str:
    """The first symbol layer of a ``kind`` made one of another, with one more option."""
    head, found, rest = text.partition(f'class="{kind}"')
    before, mark, after = rest.partition('<Option type="Map">')
    assert found and mark
    return f'{head}class="{new_kind}"{before}{mark}{option}{after}'


def test_a_fill_by_a_picture_from_elsewhere_is_refused(tmp_path: Path) -> None:
    option = '<Option name="imageFile" type="QString" value="/srv/photo.png"/>'
    text = altered(shipped("communes"), "SimpleFill", "RasterFill", option)
    with pytest.raises(InputError, match=r"shows a file that is not in it: /srv/photo\.png"):
        looks.check(house(tmp_path, "communes", text))


def test_an_expression_may_not_choose_a_drawing(tmp_path: Path) -> None:
    option = (
        '<Option name="name" type="Map"><Option name="active" type="bool" value="true"/>'
        '<Option name="expression" type="QString" value="\'https:\' || nom"/></Option>'
    )
    text = altered(marked("arrows/Arrow_01.svg"), "SvgMarker", "SvgMarker", option)
    with pytest.raises(InputError, match="an expression chooses its drawings"):
        looks.check(house(tmp_path, "sites", text))


def test_a_drawing_of_a_server_is_refused_before_it_is_fetched(
    provider: object, tmp_path: Path
) -> None:
    """QGIS asks for it as soon as it reads the symbol, even when nothing is drawn."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *given: object) -> None:
            """Nothing on the console."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        text = marked("D:/dessins/a.svg")
        assert "D:/dessins/a.svg" in text
        drawing = f"http://127.0.0.1:{server.server_address[1]}/x.svg"
        with pytest.raises(InputError, match="it shows a file"):
            looks.check(house(tmp_path, "sites", text.replace("D:/dessins/a.svg", drawing)))
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            QgsApplication.processEvents()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []
