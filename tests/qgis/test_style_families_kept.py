"""A GeoPackage opened alone, without the project and without the plugin's styles, draws the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.analysis.points import PointKind, design_points
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.qgis_bridge import basemap, styling, zone_styles
from coodiag.coodiag_plugin.qgis_bridge.layers import (
    REAL,
    TEXT,
    memory_layer,
    write_geopackage,
)
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

CRS, SIDE, NUMBER = "EPSG:2154", 4000.0, 12
COUNT = d.Subject("population", "Population", "", 0, "stock", "demographie")
RATE = d.Subject("taux", "Taux", "%", 1, "rate", "emploi")
KINDS = [PointKind("a", "Genre A", "#0072b2"), PointKind("b", "Genre B", "#e69f00", "square")]


def cell(rank: int) -> QgsRectangle:
    x, y = 350_000 + SIDE * (rank % 4), 6_780_000 + SIDE * (rank // 4)
    return QgsRectangle(x, y, x + SIDE, y + SIDE)


def row(rank: int) -> dict[str, object]:
    return {
        "codgeo": f"{rank:05d}",
        "nom": f"Bourg {rank}",
        "name": f"Acteur {rank}",
        "kind": "ab"[rank % 2],
        "population": 40.0 * (rank + 1) ** 2,
        "taux": 3.0 + rank,
        "count": 5.0 * (rank + 1),
    }


def layer_of(name: str, geometry: str) -> QgsVectorLayer:
    columns = {key: TEXT if isinstance(cell, str) else REAL for key, cell in row(0).items()}
    shapes: dict[str, Callable[[QgsRectangle], QgsGeometry]] = {
        "MultiPolygon": QgsGeometry.fromRect,
        "Point": lambda box: QgsGeometry.fromPointXY(box.center()),
        "LineString": lambda box: QgsGeometry.fromWkt(
            f"LineString({box.xMinimum()} {box.yMinimum()}, {box.xMaximum() + 3 * SIDE} {box.yMaximum()})"
        ),
    }
    rows = [(row(rank), shapes[geometry](cell(rank))) for rank in range(NUMBER)]
    return memory_layer(name, columns, geometry, CRS, rows)


def values(field: str) -> dict[str, Value]:
    return {str(rank): Value(float(str(row(rank)[field]))) for rank in range(NUMBER)}


def circles(layer: QgsVectorLayer) -> None:
    styling.apply(layer, d.design_circles(COUNT, values("population"), NUMBER * SIDE**2), True)


def shades(layer: QgsVectorLayer) -> None:
    styling.apply(layer, d.design_choropleth(RATE, values("taux")))


def zones(layer: QgsVectorLayer) -> None:
    levels = [(float(str(row(rank)["taux"])), f"Niveau {rank}") for rank in range(4)]
    styling.apply(layer, d.design_zones("taux", "Zones", levels, nested=False))


def points(layer: QgsVectorLayer) -> None:
    held = [str(row(rank)["kind"]) for rank in range(NUMBER)]
    styling.apply(layer, design_points("kind", "Acteurs", held, KINDS))


LOOKS: dict[str, tuple[str, Callable[[QgsVectorLayer], None], bool]] = {
    "circles": ("MultiPolygon", circles, True),
    "choropleth": ("MultiPolygon", shades, False),
    "zones": ("MultiPolygon", zones, False),
    "points": ("Point", points, True),
    "flows": ("LineString", zone_styles.style_flows, False),
    "communes": ("MultiPolygon", basemap.style_communes, False),
    "noms": ("MultiPolygon", lambda layer: basemap.style_names(layer, "population"), True),
    "sites": ("Point", basemap.style_sites, True),
}


def drawn(layer: QgsVectorLayer) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(480, 380))
    settings.setOutputDpi(120)
    settings.setExtent(QgsRectangle(349_000, 6_779_000, 370_000, 6_794_000))
    settings.setBackgroundColor(QColor("#ffffff"))
    context = QgsExpressionContext()
    context.appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


@pytest.mark.parametrize("look", LOOKS)
def test_a_geopackage_alone_draws_the_same(tmp_path: Path, look: str) -> None:
    geometry, style, named = LOOKS[look]
    path = tmp_path / "diagnostic.gpkg"
    write_geopackage(path, [layer_of(look, geometry)])
    source = f"{path}|layername={look}"
    layer = QgsVectorLayer(source, look, "ogr")
    plain = drawn(layer)
    style(layer)
    wanted = drawn(layer)
    assert wanted != plain
    styling.save_style(layer, look, True)
    del layer
    fresh = QgsVectorLayer(source, "autre nom", "ogr")
    assert fresh.labelsEnabled() == named
    assert drawn(fresh) == wanted
    fresh.setLabelsEnabled(False)
    assert (drawn(fresh) != wanted) == named
