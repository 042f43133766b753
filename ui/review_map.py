"""The map beside the table: numbered choices, the present place, and a point given by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapToolEmitPoint, QgsMapToolPan
from qgis.PyQt.QtCore import QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPen, QTextOption
from qgis.PyQt.QtWidgets import QWidget
from qgis.PyQt.QtXml import QDomDocument

CHOICE, PRESENT, DECIDED = "#1f5a92", "#b3470c", "#1d6b3c"
_RADIUS = 11.0
#: Metres (or map units) kept around the markers when they are shown.
_AROUND = 350.0


class Marker(QgsMapCanvasItem):
    """A disc with a number or a sign; the chosen one is larger and ringed."""

    def __init__(
        self, canvas: QgsMapCanvas, text: str, shade: str, at: QgsPointXY, height: float = 10.0
    ) -> None:
        super().__init__(canvas)
        self._height = height
        self.text = text
        self.at = at
        self._shade = QColor(shade)
        self._chosen = False
        self.likely = True  # whether the map opens on it
        self.setZValue(height)
        self.updatePosition()

    def choose(self, chosen: bool) -> None:
        self.prepareGeometryChange()
        self._chosen = chosen
        self.setZValue(20.0 if chosen else self._height)
        self.update()

    @property
    def chosen(self) -> bool:
        return self._chosen

    def updatePosition(self) -> None:
        self.setPos(self.toCanvasCoordinates(self.at))

    def boundingRect(self) -> QRectF:
        side = _RADIUS + 6.0
        return QRectF(-side, -side, 2 * side, 2 * side)

    def paint(
        self, painter: QPainter, option: object = None, widget: QWidget | None = None
    ) -> None:
        radius = _RADIUS + (3.0 if self._chosen else 0.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#ffffff"), 2.0))
        painter.setBrush(QBrush(self._shade))
        painter.drawEllipse(QPointF(0.0, 0.0), radius, radius)
        if self._chosen:
            painter.setPen(QPen(QColor("#22313a"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0.0, 0.0), radius + 1.5, radius + 1.5)
        font = QFont()
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        box = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        painter.drawText(box, self.text, QTextOption(Qt.AlignmentFlag.AlignCenter))


class Aim(QgsMapCanvasItem):
    """A cross at the middle of the map, where Enter places the address."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setZValue(30)
        self.hide()

    def updatePosition(self) -> None:
        self.setPos(QPointF(self._canvas.width() / 2, self._canvas.height() / 2))

    def boundingRect(self) -> QRectF:
        return QRectF(-20, -20, 40, 40)

    def paint(
        self, painter: QPainter, option: object = None, widget: QWidget | None = None
    ) -> None:
        for shade, width in (("#ffffff", 5.0), ("#22313a", 2.0)):
            painter.setPen(QPen(QColor(shade), width))
            for start, end in ((-18, -5), (5, 18)):
                painter.drawLine(QPointF(start, 0), QPointF(end, 0))
                painter.drawLine(QPointF(0, start), QPointF(0, end))


class ReviewMap(QgsMapCanvas):
    """A canvas that knows the markers of one row. Positions come and go in WGS84 degrees."""

    placed = pyqtSignal(float, float)
    left = pyqtSignal()  # placing was given up

    def __init__(self, crs: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crs = QgsCoordinateReferenceSystem(crs)
        self.setDestinationCrs(self._crs)
        self.setObjectName("coodiagReview")
        # every canvas writes what it shows into the project that is saved, and takes the CRS of
        # one that is opened: here, where a person lives. Connected after it, called after it.
        QgsProject.instance().writeProject.connect(self._leave_out)
        QgsProject.instance().readProject.connect(self._stay)
        self.setCanvasColor(QColor("#ffffff"))
        self.enableAntiAliasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.markers: list[Marker] = []
        self._aim = Aim(self)
        self._placing = False
        self._pan = QgsMapToolPan(self)
        self._point = QgsMapToolEmitPoint(self)
        self._point.canvasClicked.connect(self._clicked)
        self.setMapTool(self._pan)
        self.extentsChanged.connect(self._aim.updatePosition)

    def release(self) -> None:
        """Let the tools and the markers go before the canvas goes."""
        self.show_places([], None, None)
        self.unsetMapTool(self._pan)
        self.unsetMapTool(self._point)
        self.setLayers([])

    def _leave_out(self, document: QDomDocument) -> None:
        """Take what the canvas looks at out of a project that is being saved."""
        nodes = document.elementsByTagName("mapcanvas")
        for node in [nodes.at(at).toElement() for at in range(nodes.count())]:
            if node.attribute("name") == self.objectName():
                node.parentNode().removeChild(node)

    def _stay(self, document: QDomDocument) -> None:
        """Keep the place and the CRS when another project is opened."""
        self.setDestinationCrs(self._crs)
        self.look_at_places()

    def show_places(
        self,
        choices: Sequence[tuple[float, float]],
        present: tuple[float, float] | None,
        decided: tuple[float, float] | None,
        equal: Collection[int] = (),
    ) -> None:
        """Numbered markers of the choices, and what the row has now. ``equal``: numbers of those
        that are as likely as the first."""
        for marker in self.markers:
            self.scene().removeItem(marker)
        self.markers = []
        if decided is not None:
            self.markers.append(Marker(self, "✓", DECIDED, self._to_map(*decided), 15.0))
        elif present is not None:
            self.markers.append(Marker(self, "?", PRESENT, self._to_map(*present), 5.0))
        for number, place in enumerate(choices, start=1):
            marker = Marker(self, str(number), CHOICE, self._to_map(*place))
            marker.likely = number == 1 or number in equal
            self.markers.append(marker)

    def look_at_places(self, every: bool = False) -> None:
        """Show what the row has now and the likeliest place, or all that are as likely, or ``every``
        place; with some ground."""
        self._look_at([marker for marker in self.markers if every or marker.likely])

    def choose(self, number: int) -> None:
        """Ring the marker of a choice (1…), none for 0; one out of sight comes into it."""
        for marker in self.markers:
            marker.choose(marker.text == str(number))
            if marker.chosen and not self.extent().contains(marker.at):
                self._look_at([marker, *(m for m in self.markers if not m.text.isdigit())])

    def _look_at(self, markers: Sequence[Marker]) -> None:
        if not markers:
            self.zoomToFullExtent()
            return
        box = QgsRectangle()
        box.setNull()
        for marker in markers:
            box.combineExtentWith(marker.at)
        plane = not self.mapSettings().destinationCrs().isGeographic()
        around = _AROUND if plane else _AROUND / 111_000.0
        box.grow(max(around, 0.1 * max(box.width(), box.height())))
        self.setExtent(box)
        self.refresh()

    def set_placing(self, on: bool) -> None:
        """Whether a click, or Enter at the cross, places the address."""
        self._placing = on
        self.setMapTool(self._point if on else self._pan)
        self._aim.updatePosition()
        self._aim.setVisible(on)
        if on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def placing(self) -> bool:
        return self._placing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._placing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(self.center(), Qt.MouseButton.LeftButton)
        elif self._placing and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoomByFactor(0.5 if event.key() == Qt.Key.Key_Plus else 2.0)
        else:
            super().keyPressEvent(event)

    def _clicked(self, point: QgsPointXY, button: Qt.MouseButton) -> None:
        if button == Qt.MouseButton.LeftButton:
            there = self._crossing(back=True).transform(point)
            self.placed.emit(there.x(), there.y())

    def _to_map(self, lon: float, lat: float) -> QgsPointXY:
        return self._crossing().transform(QgsPointXY(lon, lat))

    def _crossing(self, back: bool = False) -> QgsCoordinateTransform:
        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        plane = self.mapSettings().destinationCrs()
        ends = (plane, degrees) if back else (degrees, plane)
        return QgsCoordinateTransform(*ends, QgsProject.instance().transformContext())
