"""Styles are files: what is printed today, what a house's own file changes, what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.house import House, in_use
from coodiag.coodiag_plugin.core.style_families import families
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, Value
from coodiag.coodiag_plugin.qgis_bridge import basemap, styling
from coodiag.coodiag_plugin.qgis_bridge import families as looks
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPalLayerSettings,
    QgsRectangle,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

CRS, SIDE = "EPSG:2154", 4000.0
RATE = d.Subject("taux", "Taux", "%", 1, "rate", "emploi")
COUNT = d.Subject("population", "Population", "", 0, "stock", "demographie")
RATES = [Value(float(n)) for n in (3, 5, 6, 8, 9, 12)] + [SECRET, ABSENT]
COUNTS = [Value(float(n)) for n in (100, 300, 40, 900, 55, 2500)] + [SECRET, ABSENT]


def communes() -> QgsVectorLayer:
    columns = {"codgeo": TEXT, "nom": TEXT, "population": REAL, "population_etat": TEXT}
    columns |= {"taux": REAL, "taux_etat": TEXT}
    rows = []
    for rank, (rate, count) in enumerate(zip(RATES, COUNTS)):
        x, y = 350_000 + SIDE * (rank % 4), 6_780_000 + SIDE * (rank // 4)
        row = {"codgeo": f"000{rank:02d}", "nom": f"Bourg {rank}"}
        row |= {"population": count.number, "population_etat": count.state.value}
        row |= {"taux": rate.number, "taux_etat": rate.state.value}
        rows.append((row, QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))))
    return memory_layer("communes", columns, "MultiPolygon", CRS, rows)


def keyed(values: list[Value]) -> dict[str, Value]:
    return {str(rank): value for rank, value in enumerate(values)}


def drawn(*layers: QgsVectorLayer) -> QImage:
    """The layers, topmost first, as a page shows them at 150 dpi."""
    settings = QgsMapSettings()
    settings.setLayers([*layers])
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(600, 360))
    settings.setOutputDpi(150)
    settings.setExtent(layers[0].extent().buffered(500))
    settings.setBackgroundColor(QColor("#ffffff"))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def colours_of(image: QImage) -> dict[str, int]:
    """Pixels of each colour."""
    found: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def edited(folder: Path, family: str, edit: Callable[[QgsVectorLayer], None]) -> House:
    """A house whose ``family`` was changed as in QGIS: loaded, edited, saved."""
    kinds = {"polygon": "MultiPolygon", "line": "MultiLineString", "point": "Point"}
    what = families()[family]
    layer = QgsVectorLayer(f"{kinds[what.geometry]}?crs={CRS}&field=nom:string", "l", "memory")
    _, good = layer.loadNamedStyle(str(what.path))
    assert good
    edit(layer)
    _, good = layer.saveNamedStyle(str(folder / f"{family}.qml"))
    assert good
    return House(folder=folder)


def outlined(colour: str, width: float) -> Callable[[QgsVectorLayer], None]:
    def edit(layer: QgsVectorLayer) -> None:
        layer.renderer().symbol().symbolLayer(0).setStrokeColor(QColor(colour))
        layer.renderer().symbol().symbolLayer(0).setStrokeWidth(width)

    return edit


def inner(symbol: QgsSymbol) -> dict[str, str]:
    """Properties of the first plain layer of a symbol, inside its geometry generator if any."""
    layer = symbol.symbolLayer(0)
    return (
        inner(layer.subSymbol()) if layer.layerType() == "GeometryGenerator" else layer.properties()
    )


# --- what is printed today -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "fill", "line", "width"),
    [
        ("communes", "247,244,236", "185,179,164", 0.15),
        ("voisins", "236,236,236", "255,255,255", 0.2),
        ("departements", "236,236,236", "141,151,158", 0.2),
        ("choropleth", "107,174,214", "255,255,255", 0.15),
        ("typology", "107,174,214", "255,255,255", 0.15),
        ("bivariate", "107,174,214", "255,255,255", 0.15),
        ("circles", "107,174,214", "255,255,255", 0.18),
        ("coloured_circles", "107,174,214", "77,77,77", 0.18),
    ],
)
def test_plain_looks(family: str, fill: str, line: str, width: float) -> None:
    if families()[family].kind == "template":
        symbol = looks.symbol(family)
    else:
        made = looks.renderer(family)
        symbol = made.symbol().clone()
    held = inner(symbol)
    assert held["color"].startswith(fill) and held["outline_color"].startswith(line)
    assert float(held["outline_width"]) == width


def test_lines_marks_and_names() -> None:
    limits = looks.renderer("limites")
    widths = {
        rule.filterExpression().split("'")[1]: rule.symbol().width()
        for rule in limits.rootRule().children()
    }
    assert widths == {"EPCI": 0.3, "DEP": 0.4, "TERRITOIRE": 0.45}
    sizes = {
        shape: looks.symbol("points", shape).size() for shape in ("circle", "square", "triangle")
    }
    assert sizes == {"circle": 2.8, "square": 2.5, "triangle": 3.2}
    assert looks.symbol("reperes").size() == 1.8
    flows = [looks.symbol("flows", str(rank)) for rank in range(1, 6)]  # they own their layers
    arrows = [flow.symbolLayer(0).subSymbol().symbolLayer(0) for flow in flows]
    assert [arrow.arrowWidth() for arrow in arrows] == [0.3, 0.7, 1.2, 1.9, 2.8]


@pytest.mark.parametrize(
    ("family", "size", "halo"),
    [("noms", 7.5, 0.7), ("noms_voisins", 7.0, 0.0), ("sites", 7.5, 0.7), ("circles", 7.5, 0.7)],
)
def test_names_are_in_the_type_of_the_house(family: str, size: float, halo: float) -> None:
    settings = looks.labels(family)
    text = settings.format()
    assert text.size() == size and text.font().family() == "Coodiag Sans"
    assert (text.buffer().size() if text.buffer().enabled() else 0.0) == pytest.approx(halo)
    grown = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Size)
    assert "* coalesce(@coodiag_corps, 1)" in grown.expressionString()


@pytest.mark.parametrize("family", families())
def test_every_style_of_the_plugin_can_be_loaded_in_qgis(family: str) -> None:
    kinds = {"polygon": "MultiPolygon", "line": "MultiLineString", "point": "Point"}
    what = families()[family]
    layer = QgsVectorLayer(f"{kinds[what.geometry]}?crs={CRS}", "l", "memory")
    message, good = layer.loadNamedStyle(str(what.path))
    assert good, message
    text = what.path.read_text(encoding="utf-8")
    assert ("Coodiag Sans" in text) == what.labelled and "/home/" not in text
    assert layer.labelsEnabled() == what.labelled


def test_names_grow_with_the_paper_once(tmp_path: Path) -> None:
    settings = looks.labels("noms_voisins")
    before = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Size)
    looks.on_paper(settings)
    after = settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Size)
    assert before.expressionString() == after.expressionString()


# --- a file of the house --------------------------------------------------------------------


def test_an_outline_edited_in_qgis_is_printed(tmp_path: Path) -> None:
    design = d.design_choropleth(RATE, keyed(RATES))
    layer = communes()
    styling.apply(layer, design)
    plain = colours_of(drawn(layer))
    house = edited(tmp_path, "choropleth", outlined("#d0006f", 1.2))
    looks.check(house)
    with in_use(house):
        styling.apply(layer, design)
    changed = colours_of(drawn(layer))
    assert "#d0006f" not in plain and changed["#d0006f"] > 3000
    for shade in design.colours:  # the classes keep the colours of the legend
        assert changed[shade] > 100 and plain[shade] > changed[shade]
    assert changed["#c9c9c9"] > 100, "cases outside the classes are of another family"
    styling.apply(layer, design)
    assert colours_of(drawn(layer)) == plain, "nothing remains of the house after its run"


def test_names_edited_in_qgis_are_printed(tmp_path: Path) -> None:
    def larger(layer: QgsVectorLayer) -> None:
        settings = QgsPalLayerSettings(layer.labeling().settings())
        text = settings.format()
        text.setColor(QColor("#0050ff"))
        settings.setFormat(text)
        key = QgsPalLayerSettings.Property.Size
        properties = settings.dataDefinedProperties()
        held = properties.property(key)
        held.setExpressionString("14 * coalesce(@coodiag_corps, 1)")
        properties.setProperty(key, held)
        settings.setDataDefinedProperties(properties)
        labeling = layer.labeling().clone()
        labeling.setSettings(settings)
        layer.setLabeling(labeling)

    layer = communes()
    basemap.style_names(layer, "population")
    plain = colours_of(drawn(layer))
    with in_use(edited(tmp_path, "noms", larger)):
        basemap.style_names(layer, "population")
    changed = colours_of(drawn(layer))
    ink = plain["#22313a"]
    assert "#22313a" not in changed and changed["#0050ff"] > 1.5 * ink


def test_a_layer_that_is_locked_keeps_its_colour(tmp_path: Path) -> None:
    def overlaid(layer: QgsVectorLayer) -> None:
        symbol = layer.renderer().symbol()
        dots = symbol.symbolLayer(0).clone()
        dots.setStrokeColor(QColor("#00aa00"))
        dots.setColor(QColor(0, 0, 0, 0))
        dots.setLocked(True)
        symbol.appendSymbolLayer(dots)

    house = edited(tmp_path, "choropleth", overlaid)
    layer = communes()
    with in_use(house):
        styling.apply(layer, d.design_choropleth(RATE, keyed(RATES)))
    symbol = layer.renderer().rootRule().children()[0].symbol()
    assert symbol.symbolLayerCount() == 2
    assert symbol.symbolLayer(1).color().alpha() == 0


def test_circles_and_flows_take_the_look_of_the_house(tmp_path: Path) -> None:
    def thick(layer: QgsVectorLayer) -> None:
        for rule in layer.renderer().rootRule().children():
            rule.symbol().symbolLayer(0).setStrokeColor(QColor("#ff00aa"))

    layer = communes()
    area = len(RATES) * SIDE**2
    with in_use(edited(tmp_path, "circles", thick)):
        styling.apply(layer, d.design_circles(COUNT, keyed(COUNTS), area), limits=True)
    rule = layer.renderer().rootRule().children()[0]
    limit, generator = (rule.symbol().symbolLayer(rank) for rank in (0, 1))
    assert limit.strokeColor().name() == "#ff00aa"
    assert generator.subSymbol().symbolLayer(0).strokeColor().name() == "#ff00aa"
    assert "buffer(" in generator.geometryExpression()
    assert layer.labelsEnabled()


def test_the_type_of_the_house_is_that_of_the_names(tmp_path: Path) -> None:
    own = edited(tmp_path, "noms_voisins", lambda layer: None)
    path = own.style("noms_voisins")
    assert path is not None
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Coodiag Sans", "Monospace"), encoding="utf-8")
    with in_use(House(folder=tmp_path, family="DejaVu Sans")):
        assert looks.labels("noms").format().font().family() == "DejaVu Sans"
        chosen = looks.labels("noms_voisins").format().font().family()
        assert chosen != "DejaVu Sans", "a type chosen in the file of the house stays"
    assert looks.labels("noms").format().font().family() == "Coodiag Sans"


def test_a_file_that_is_edited_is_read_again(tmp_path: Path) -> None:
    house = edited(tmp_path, "choropleth", outlined("#d0006f", 1.0))
    with in_use(house):
        assert looks.symbol("choropleth").symbolLayer(0).strokeWidth() == 1.0
        edited(tmp_path, "choropleth", outlined("#d0006f", 2.0))
        path = tmp_path / "choropleth.qml"
        os.utime(path, ns=(1, 10**18))
        assert looks.symbol("choropleth").symbolLayer(0).strokeWidth() == 2.0


# --- refusals --------------------------------------------------------------------------------


def refusal(folder: Path, family: str, text: str) -> str:
    (folder / f"{family}.qml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        looks.check(House(folder=folder))
    assert f"{family}.qml" in str(caught.value)
    return str(caught.value)


def shipped(family: str) -> str:
    return families()[family].path.read_text(encoding="utf-8")


def test_styles_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    assert "line 1" in refusal(tmp_path, "communes", "pas du XML")
    (tmp_path / "communes.qml").write_bytes(b"<qgis name='\xe9'/>")
    with pytest.raises(InputError, match="UTF-8"):
        looks.check(House(folder=tmp_path))
    assert "vector layer" in refusal(tmp_path, "communes", "<qgis><pipe/></qgis>")
    assert "without polygons" in refusal(tmp_path, "communes", shipped("sites"))
    blended = shipped("communes").replace("<blendMode>0<", "<blendMode>6<")
    assert "blend mode" in refusal(tmp_path, "communes", blended)
    (tmp_path / "communes.qml").unlink()
    lacking = shipped("boxes").replace('label="hachure"', 'label="rayures"')
    assert "“hachure” is missing" in refusal(tmp_path, "boxes", lacking)
    (tmp_path / "boxes.qml").unlink()
    assert "“1” is missing" in refusal(tmp_path, "flows", shipped("limites"))
    (tmp_path / "flows.qml").unlink()
    head, _, rest = shipped("circles").partition("<labeling")
    silent = head + rest.partition("</labeling>")[2]
    assert "single labels" in refusal(tmp_path, "circles", silent)


def test_a_symbol_belongs_to_one_layer() -> None:
    """Loading twice gives two renderers: one layer never changes the style of another."""
    first, second = looks.symbol("choropleth"), looks.symbol("choropleth")
    first.setColor(QColor("#ff0000"))
    assert second.color().name() == "#6baed6"
