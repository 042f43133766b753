"""Items of a page: every box of the atlas is placed through these few functions."""

from __future__ import annotations

import re

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
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
from ..labels import TYPE_SCALE, white_halo
from . import fonts
from .images import Image
from .theme import GREY, INK, Sheet

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
TOP = Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignVCenter
BOTTOM = Qt.AlignmentFlag.AlignBottom


#: Variables that hold the texts of the pages, and the property of an item that leads to a page.
VARIABLE, LINK = "coodiag_{}", "coodiag/link"
#: The expressions that the pages themselves write, among plain text.
_OWN_EXPRESSION = re.compile(
    r'(?:[^\[]|\[(?!%)|\[% (?:"[a-z_0-9]+"|@coodiag_[a-z_]+|upper\(@coodiag_[a-z_]+\)'
    r"|@coodiag_page - 1 \+ @atlas_featurenumber) %\])*"
)


def variable(name: str) -> str:
    """What a label holds to print the variable ``name`` of its page or of the project."""
    return f"[% @{VARIABLE.format(name)} %]"


class Page:
    """A layout of one page and the pen that draws on it.

    Positions and sizes are those of the sheet's drawing (millimetres from the top left, points):
    the pen alone knows its :attr:`~.theme.Sheet.scale`, and turns them into those of the paper.
    """

    def __init__(self, project: QgsProject, name: str, sheet: Sheet) -> None:
        fonts.load_fonts()
        self.sheet = sheet
        self.layout = QgsPrintLayout(project)
        self.layout.initializeDefaults()
        # Nothing to undo yet: a history of every item would take a third of the time.
        self.layout.undoStack().blockCommands(True)
        self.layout.setName(name)
        paper: QgsLayoutItemPage = self.layout.pageCollection().page(0)
        paper.setPageSize(self._size(sheet.width, sheet.height))
        QgsExpressionContextUtils.setLayoutVariable(self.layout, TYPE_SCALE, sheet.scale)
        self.layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)

    def _point(self, x: float, y: float) -> QgsLayoutPoint:
        scale = self.sheet.scale
        return QgsLayoutPoint(x * scale, y * scale, Qgis.LayoutUnit.Millimeters)

    def _size(self, width: float, height: float) -> QgsLayoutSize:
        scale = self.sheet.scale
        return QgsLayoutSize(width * scale, height * scale, Qgis.LayoutUnit.Millimeters)

    def place(
        self, item: QgsLayoutItem, name: str, x: float, y: float, width: float, height: float
    ) -> None:
        """Put an item on the page under its name."""
        item.setId(name)
        self.layout.addLayoutItem(item)
        self.move(item, x, y, width, height)

    def move(self, item: QgsLayoutItem, x: float, y: float, width: float, height: float) -> None:
        """Put an item that is on the page at its place."""
        item.attemptMove(self._point(x, y))
        item.attemptResize(self._size(width, height))

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
        variable: str = "",
    ) -> QgsLayoutItemLabel:
        """A label whose size shrinks (down to ``least``) until its text holds in its box.

        ``variable`` keeps the text as that variable of the layout, which the label prints.
        ``widest`` says that ``text`` is an expression of the pages', and measures in its place;
        no other text is ever evaluated.
        """
        label = QgsLayoutItemLabel(self.layout)
        if not (widest and _OWN_EXPRESSION.fullmatch(text)):
            text = french.typography(text)
            size = fonts.fit(widest or text, width, height, size, bold, least)
            text = fonts.unbroken(text, width, size, bold)
            text = self.tell(variable, text) if variable else text.replace("[%", "[\u2060%")
        else:
            size = fonts.fit(widest, width, height, size, bold, least)
        label.setTextFormat(self.text_format(size, bold, italic, colour))
        label.setText(text)
        label.setMarginX(0)
        label.setMarginY(0)
        label.setHAlign(align)
        label.setVAlign(vertical)
        self.place(label, name, x, y, width, height)
        return label

    def tell(self, name: str, text: str) -> str:
        """Keep ``text`` as a variable of the layout; what a label holds to print it."""
        QgsExpressionContextUtils.setLayoutVariable(self.layout, VARIABLE.format(name), text)
        return variable(name)

    @staticmethod
    def link(item: QgsLayoutItem, number: int) -> None:
        """In the PDF, ``item`` leads to the page of that number."""
        item.setCustomProperty(LINK, str(number))

    def image(
        self, name: str, image: Image, x: float, y: float, width: float, height: float
    ) -> QgsLayoutItemPicture:
        """A picture that the project itself holds; it keeps its proportions in its box."""
        item = QgsLayoutItemPicture(self.layout)
        self.place(item, name, x, y, width, height)
        item.setPicturePath(image.source, image.format)
        item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
        item.setPictureAnchor(QgsLayoutItem.ReferencePoint.Middle)
        return item

    def text_format(
        self, size: float, bold: bool = False, italic: bool = False, colour: str = INK
    ) -> QgsTextFormat:
        """The shipped family at ``size`` points of the drawing."""
        size *= self.sheet.scale
        form = QgsTextFormat()
        form.setFont(fonts.font(size, bold, italic))
        if bold:
            form.setNamedStyle("Bold")
        form.setSize(size)
        form.setSizeUnit(Qgis.RenderUnit.Points)
        form.setColor(QColor(colour))
        return form

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
        symbol: QgsFillSymbol | None = None,
        locked: bool = False,
    ) -> QgsLayoutItemShape:
        """A rectangle or an ellipse; ``fill`` or ``outline`` empty means none.

        ``symbol``: that of a map, in their place. ``locked``: a background, which a click on the page does not seize.
        """
        item = QgsLayoutItemShape(self.layout)
        item.setShapeType(shape)
        item.setSymbol(symbol or fill_symbol(fill, outline, line * self.sheet.scale))
        self.place(item, name, x, y, width, height)
        item.setLocked(locked)
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
            width = 0.2 * self.sheet.scale
            item.setFrameStrokeWidth(QgsLayoutMeasurement(width, Qgis.LayoutUnit.Millimeters))
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
        scale = self.sheet.scale
        bar.setMinimumBarWidth(20 * scale)
        bar.setMaximumBarWidth(42 * scale)
        form = self.text_format(7, colour=GREY)
        form.setBuffer(white_halo(scale))  # it lies on the map
        bar.setTextFormat(form)
        bar.setHeight(1.5 * scale)
        bar.setLabelBarSpace(0.8 * scale)
        bar.setBoxContentSpace(0.8 * scale)
        bar.setId(name)
        self.layout.addLayoutItem(bar)
        bar.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
        bar.attemptResize(self._size(1, 1))  # what its bar and letters need, no more
        bar.attemptMove(self._point(x, y))
        bar.update()
        of.addLabelBlockingItem(bar)  # names make way for it
        return bar


def fill_symbol(fill: str, outline: str, line: float = 0.2) -> QgsFillSymbol:
    """The symbol of a shape."""
    return QgsFillSymbol.createSimple(
        {
            "color": fill or "#ffffff",
            "style": "solid" if fill else "no",
            "outline_color": outline or "#ffffff",
            "outline_style": "solid" if outline else "no",
            "outline_width": str(line),
        }
    )
