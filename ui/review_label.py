"""A label that keeps to a few lines: what does not fit is cut, and told whole by its tooltip."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout
from qgis.PyQt.QtWidgets import QLabel

from .words import tip


class ShortLabel(QLabel):
    """Plain text of at most ``most`` lines, never markup: it may come from a file."""

    def __init__(self, most: int, bold: bool = False, italic: bool = False) -> None:
        super().__init__()
        self._most = most
        self._whole = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.font()
        font.setItalic(italic)
        if bold:
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.15)
        self.setFont(font)

    def setText(self, text: str | None) -> None:
        self._whole = text or ""
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # a pixel less than there is: the label and this count of lines must not differ by a hair
        starts = line_starts(self._whole, self.font(), self.contentsRect().width() - 1)
        shown = self._whole
        metrics = QFontMetrics(self.font())
        if len(starts) > self._most:
            last = starts[self._most - 1]
            rest = self._whole[last:]
            width = self.contentsRect().width() - metrics.averageCharWidth()
            shown = self._whole[:last] + metrics.elidedText(
                rest, Qt.TextElideMode.ElideRight, width
            )
        super().setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")
        self.setMinimumHeight(metrics.lineSpacing() * min(max(len(starts), 1), self._most))


def line_starts(text: str, font: QFont, width: int) -> list[int]:
    """Where each line of a text begins when it is broken at a width in pixels."""
    layout = QTextLayout(text, font)
    starts = []
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(width, 1))
        starts.append(line.textStart())
        line = layout.createLine()
    layout.endLayout()
    return starts
