"""Short lists of the wizard: as high as what they hold, worked with the keyboard."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QWidget,
)

from ..words import tip

VALUE = Qt.ItemDataRole.UserRole


class Rows(QListWidget):
    """A list of ``most`` lines at once. ``deleted``: Del was pressed."""

    deleted = pyqtSignal()

    def __init__(self, most: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, rows: list[tuple[Any, str]], at: int = 0) -> None:
        """Values and texts; the cursor is put on row ``at``, on none when it is negative."""
        self.clear()
        for value, text in rows:
            item = QListWidgetItem(text)
            item.setToolTip(tip(text))
            item.setData(VALUE, value)
            self.addItem(item)
        if rows and at >= 0:
            self.setCurrentRow(min(at, len(rows) - 1))
        self.updateGeometry()

    def value(self) -> Any:
        """Value of the row under the cursor, None without one."""
        item = self.currentItem()
        return item.data(VALUE) if item is not None else None

    def move(self, by: int) -> None:
        """Move the cursor without taking the keyboard."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def sizeHint(self) -> QSize:
        line = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + 4
        shown = min(max(self.count(), 1), self._most)
        wide = self.fontMetrics().averageCharWidth() * 20
        return QSize(wide, shown * line + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


def line(*widgets: QWidget) -> QHBoxLayout:
    """Widgets side by side from the left."""
    layout = QHBoxLayout()
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def tighten(layout: QLayout) -> None:
    """Narrow margins: the wizard stands beside a map."""
    layout.setContentsMargins(4, 4, 4, 4)
