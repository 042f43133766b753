"""Items of a page: every box of the atlas is placed through these few functions."""

from __future__ import annotations

import re

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...core import french
from .. import symbols
from . import fonts
from .theme import GREY, INK, Sheet

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
TOP = Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignVCenter
BOTTOM = Qt.AlignmentFlag.AlignBottom


#: The expressions that the pages themselves write; anything else is plain text.
_OWN_EXPRESSION = re.compile(
    r'\[% (?:"[a-z_0-9]+"|@coodiag_page|\d+ - 1 \+ @atlas_featurenumber) %\]'
)


class Page:
    """A layout of one page and the pen that draws on it. Positions in mm from the top left."""

    def __init__(self, project: QgsProject, name: str, sheet: Sheet) -> None:
        fonts.load_fonts()
        self.sheet = sheet
        self.layout = QgsPrintLayout(project)
        self.layout.initializeDefaults()
        self.layout.setName(name)
        paper: QgsLayoutItemPage = self.layout.pageCollection().page(0)
        paper.setPageSize(QgsLayoutSize(sheet.width, sheet.height, Qgis.LayoutUnit.Millimeters))
        self.layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)

    def place(
        self, item: QgsLayoutItem, name: str, x: float, y: float, width: float, height: float
    ) -> None:
        """Put an item on the page under its name."""
        item.setId(name)
        self.layout.addLayoutItem(item)
        item.attemptMove(QgsLayoutPoint(x, y, Qgis.LayoutUnit.Millimeters))
        item.attemptResize(QgsLayoutSize(width, height, Qgis.LayoutUnit.Millimeters))

    def text(
        self,
        name: str,
        text: str,
        x: float,
        y: float,
        width: float,
        height: float,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        colour: str = INK,
        align: Qt.AlignmentFlag = LEFT,
        vertical: Qt.AlignmentFlag = TOP,
        least: float = 7,
        widest: str = "",
    ) -> QgsLayoutItemLabel:
        """A label whose size shrinks (down to ``least``) until its text holds in its box.

        ``widest`` measures in place of a text that is an expression.
        """
        label = QgsLayoutItemLabel(self.layout)
        text = french.typography(text) if _OWN_EXPRESSION.fullmatch(text) is None else text
        if _OWN_EXPRESSION.fullmatch(text) is None:
            text = text.replace("[%", "[\u2060%")  # a name is never evaluated
        size = fonts.fit(widest or text, width, height, size, bold, least)
        form = QgsTextFormat()
        form.setFont(fonts.font(size, bold, italic))
        if bold:
            form.setNamedStyle("Bold")
        form.setSize(size)
        form.setSizeUnit(Qgis.RenderUnit.Points)
        form.setColor(QColor(colour))
        label.setTextFormat(form)
        label.setText(text)
        label.setMarginX(0)
        label.setMarginY(0)
        label.setHAlign(align)
        label.setVAlign(vertical)
        self.place(label, name, x, y, width, height)
        return label

    def box(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        outline: str = "",
        line: float = 0.2,
        shape: QgsLayoutItemShape.Shape = QgsLayoutItemShape.Shape.Rectangle,
        hatch: bool = False,
        angle: float = 45.0,
    ) -> QgsLayoutItemShape:
        """A rectangle or an ellipse; ``fill`` or ``outline`` empty means none."""
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(shape)
        item.setSymbol(fill_symbol(fill, outline, line, hatch, angle))
        self.place(item, name, x, y, width, height)
        return item

    def rule(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        *,
        colour: str = GREY,
        weight: float = 0.2,
    ) -> None:
        """A thin horizontal rule."""
        self.box(name, x, y, width, weight, fill=colour)

    def map(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        theme: str,
        extent: QgsRectangle,
        crs: str,
        frame: str = "",
    ) -> QgsLayoutItemMap:
        """A map that follows a map theme: only the layers of its page are ever drawn."""
        item = QgsLayoutItemMap(self.layout)
        self.place(item, name, x, y, width, height)
        item.setCrs(QgsCoordinateReferenceSystem(crs))
        item.setFollowVisibilityPreset(True)
        item.setFollowVisibilityPresetName(theme)
        item.zoomToExtent(extent)
        item.setBackgroundColor(QColor("#ffffff"))
        if frame:
            item.setFrameEnabled(True)
            item.setFrameStrokeColor(QColor(frame))
            item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, Qgis.LayoutUnit.Millimeters))
        return item

    def scale_bar(
        self, name: str, of: QgsLayoutItemMap, x: float, y: float
    ) -> QgsLayoutItemScaleBar:
        """A graphic scale in round kilometres, 20 to 42 mm long; ``x``, ``y``: its lower left corner."""
        bar = QgsLayoutItemScaleBar(self.layout)
        bar.setLinkedMap(of)
        bar.setStyle("Line Ticks Up")
        bar.setUnits(Qgis.DistanceUnit.Kilometers)
        bar.setUnitLabel("km")
        bar.setNumberOfSegmentsLeft(0)
        bar.setNumberOfSegments(2)
        bar.setSegmentSizeMode(Qgis.ScaleBarSegmentSizeMode.FitWidth)
        bar.setMinimumBarWidth(20)
        bar.setMaximumBarWidth(42)
        form = QgsTextFormat()
        form.setFont(fonts.font(7))
        form.setSize(7)
        form.setSizeUnit(Qgis.RenderUnit.Points)
        form.setColor(QColor(GREY))
        bar.setTextFormat(form)
        bar.setHeight(1.5)
        bar.setLabelBarSpace(0.8)
        bar.setBoxContentSpace(0.8)
        bar.setId(name)
        self.layout.addLayoutItem(bar)
        bar.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
        bar.attemptMove(QgsLayoutPoint(x, y, Qgis.LayoutUnit.Millimeters))
        bar.update()
        return bar


def fill_symbol(
    fill: str, outline: str, line: float = 0.2, hatch: bool = False, angle: float = 45.0
) -> QgsFillSymbol:
    """The symbol of a shape; ``hatch`` draws oblique lines in the outline colour."""
    properties = {
        "color": fill or "#ffffff",
        "style": "solid" if fill else "no",
        "outline_color": outline or "#ffffff",
        "outline_style": "solid" if outline else "no",
        "outline_width": str(line),
    }
    symbol = QgsFillSymbol.createSimple(properties)
    if hatch:
        symbol.appendSymbolLayer(symbols.hatch(outline, angle))
    return symbol
