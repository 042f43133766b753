"""Layouts of an invented territory, and what stands where on their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.layouts import fonts
from coodiag.coodiag_plugin.qgis_bridge.layouts.series import make_layouts
from coodiag.coodiag_plugin.qgis_bridge.sheets import fiches_layers
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsGeometry,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemPage,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF, Qt

CRS = "EPSG:2154"
SIDE = 6300.0


def plain(text: str) -> str:
    return re.sub(r"[ \u00a0\u202f\n]+", " ", text)


@dataclass
class Made:
    """The layouts of a context with the project that holds them."""

    project: QgsProject
    context: ReportContext
    layouts: list[QgsPrintLayout]


def square(rank: int) -> QgsGeometry:
    x, y = 350_000 + SIDE * (rank % 4), 6_780_000 + SIDE * (rank // 4)
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))


def make(context: ReportContext, paper: str = "A4", **options: Any) -> Made:
    """Layouts over a project with one layer in every theme; ``options`` of ``make_layouts``."""
    project = QgsProject()
    shapes = {code: square(rank) for rank, code in enumerate(samples.CODES)}
    rows = [({"codgeo": code}, shape) for code, shape in shapes.items()]
    communes = memory_layer("communes", {"codgeo": TEXT}, "MultiPolygon", CRS, rows)
    symbol = QgsFillSymbol.createSimple({"color": "#dddddd", "outline_color": "#ffffff"})
    communes.renderer().setSymbol(symbol)
    added: list[QgsVectorLayer] = [communes]
    if context.communes:
        added += fiches_layers(context, shapes, CRS)
    project.addMapLayers(added)
    record = QgsMapThemeCollection.MapThemeRecord()
    record.setLayerRecords([QgsMapThemeCollection.MapThemeLayerRecord(communes)])
    names = [page.theme for chapter in context.chapters for page in chapter.pages]
    for name in (*names, "couverture", "situation", "commune", "situation_commune"):
        project.mapThemeCollection().insert(name, record)
    extent, around = communes.extent(), communes.extent()
    extent.scale(1.05)
    around.scale(1.9)
    layouts = make_layouts(
        project, context, paper=paper, crs=CRS, extent=extent, around=around, **options
    )
    return Made(project, context, layouts)


def pages(made: Made) -> Iterator[tuple[str, QgsPrintLayout]]:
    for layout in made.layouts:
        if layout.atlas().enabled():
            layout.atlas().beginRender()
            layout.atlas().first()
        layout.refresh()
        yield layout.name(), layout


def items(layout: QgsPrintLayout) -> list[QgsLayoutItem]:
    found = [item for item in layout.items() if isinstance(item, QgsLayoutItem)]
    return [item for item in found if not isinstance(item, QgsLayoutItemPage)]


def labels(layout: QgsPrintLayout) -> list[QgsLayoutItemLabel]:
    return [item for item in items(layout) if isinstance(item, QgsLayoutItemLabel)]


def box(item: QgsLayoutItem) -> QRectF:
    return item.mapRectToScene(item.rect())


def size_and_weight(label: QgsLayoutItemLabel) -> tuple[float, bool]:
    form = label.textFormat()
    assert form.sizeUnit() == Qgis.RenderUnit.Points
    return form.size(), form.font().bold()


def lines_of(label: QgsLayoutItemLabel) -> list[str]:
    size, bold = size_and_weight(label)
    return fonts.wrap(label.currentText(), box(label).width() + 0.05, size, bold)


def ink(label: QgsLayoutItemLabel) -> QRectF:
    """Where the letters of a label stand in its box."""
    size, bold = size_and_weight(label)
    room, lines = box(label), lines_of(label)
    width = max(fonts.text_width(line, size, bold) for line in lines)
    height = len(lines) * fonts.line_height(size)
    across, down = label.hAlign(), label.vAlign()
    x = {Qt.AlignmentFlag.AlignRight: room.right() - width,
         Qt.AlignmentFlag.AlignHCenter: room.center().x() - width / 2}.get(across, room.x())  # fmt: skip
    y = {Qt.AlignmentFlag.AlignVCenter: room.center().y() - height / 2,
         Qt.AlignmentFlag.AlignBottom: room.bottom() - height}.get(down, room.y())  # fmt: skip
    # a line is spaced at 1.37 times its size, its letters take three quarters of it
    inset = fonts.line_height(size) * 0.13
    return QRectF(x, y + inset, width, height - 2 * inset)
