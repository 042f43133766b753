"""What is longer than its window."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """A page that scrolls downwards alone: it is never narrower than what it holds."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return least.expandedTo(QSize(self.widget().minimumSizeHint().width() + bar, 0))
