"""The territory on the map of QGIS: its outline, and a click that tells a commune."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
)
from qgis.gui import QgsMapToolEmitPoint, QgsRubberBand
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

_FILL = 50  # of 255: the map is read through it
_MAINLAND = QgsRectangle(-5.2, 41.3, 9.6, 51.1)  # degrees


class TerritoryMap(QObject):
    """An outline that is taken away again, and a tool that gives the canvas back its own.

    ``clicked``: a point of the map, in the CRS of the canvas. ``left``: the tool was given up.
    """

    clicked = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self.canvas = iface.mapCanvas()
        self._band: QgsRubberBand | None = None
        self._tool: QgsMapToolEmitPoint | None = None
        self._before: Any = None

    @property
    def shown(self) -> bool:
        """Whether an outline is on the map."""
        return self._band is not None

    @property
    def empty(self) -> bool:
        """Whether the project has no layer to click on."""
        return not self.canvas.layers()

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        return QgsCoordinateReferenceSystem(self.canvas.mapSettings().destinationCrs())

    def uncover(self) -> None:
        """Show the map where QGIS shows its welcome page: that of a project with nothing in it."""
        if self.empty and not self.canvas.isVisible() and not QgsProject.instance().isDirty():
            self._iface.newProject()

    def show(self, shape: QgsGeometry, crs: str) -> None:
        """Lay an outline on the map, in place of the one that is there."""
        self.clear()
        if shape.isEmpty():
            return
        shade = QApplication.palette().color(QPalette.ColorRole.Highlight)
        band = QgsRubberBand(self.canvas, Qgis.GeometryType.Polygon)
        band.setStrokeColor(shade)
        band.setFillColor(QColor(shade.red(), shade.green(), shade.blue(), _FILL))
        band.setWidth(2)
        band.setToGeometry(shape, QgsCoordinateReferenceSystem(crs))
        self._band = band

    def lay(self, shape: QgsGeometry, crs: str) -> None:
        """Communes to click on, on a map that has nothing else."""
        self.look_at(shape, crs)
        self.show(shape, crs)

    def look_at_france(self) -> None:
        """Move the map to the mainland."""
        self.look_at(QgsGeometry.fromRect(_MAINLAND), "EPSG:4326")

    def look_at(self, shape: QgsGeometry, crs: str) -> None:
        """Move the map to an outline, with some ground around it."""
        if shape.isEmpty():
            return
        system = QgsCoordinateReferenceSystem(crs)
        if not self.crs.isValid():
            self.canvas.setDestinationCrs(system)
        project = QgsProject.instance()
        if self.empty and not project.isDirty():  # degrees would flatten the territory
            project.setCrs(system)
            project.setDirty(False)
        self.canvas.setReferencedExtent(
            QgsReferencedRectangle(
                shape.boundingBox().buffered(shape.boundingBox().width() * 0.1), system
            )
        )
        self.canvas.refresh()

    def clear(self) -> None:
        """Take the outline away."""
        if self._band is not None:
            self.canvas.scene().removeItem(self._band)
            self._band = None

    def listen(self) -> None:
        """Wait for a click on the map."""
        if self._tool is not None:
            return
        self.uncover()
        self._before = self.canvas.mapTool()
        self._tool = _Click(self.canvas, self._hear)
        self._tool.deactivated.connect(self._gone)
        self.canvas.setMapTool(self._tool)

    def ignore(self) -> None:
        """Wait no more; the canvas has its former tool again."""
        tool, before = self._tool, self._before
        if tool is None:
            return
        self._tool = self._before = None
        tool.deactivated.disconnect(self._gone)
        if before is not None:
            self.canvas.setMapTool(before)
        else:
            self.canvas.unsetMapTool(tool)
        tool.deleteLater()

    @property
    def listening(self) -> bool:
        return self._tool is not None

    def _hear(self, point: Any) -> None:
        """A point, or nothing when the key that leaves was pressed."""
        if point is None:
            self.ignore()
            self.left.emit()
        else:
            self.clicked.emit(point)

    def _gone(self) -> None:
        """Another tool was taken in the tool bar."""
        tool, self._tool, self._before = self._tool, None, None
        if tool is not None:
            tool.deleteLater()
        self.left.emit()


class _Click(QgsMapToolEmitPoint):
    """A click, or Enter at the middle of the map, or Esc."""

    def __init__(self, canvas: Any, hear: Callable[[Any], None]) -> None:
        super().__init__(canvas)
        self._hear = hear
        self.canvasClicked.connect(self._clicked)

    def _clicked(self, point: Any, button: Qt.MouseButton) -> None:
        if button == Qt.MouseButton.LeftButton:
            self._hear(QgsPointXY(point))  # that of the signal does not outlive it

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._hear(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self._hear(self.canvas().center())
