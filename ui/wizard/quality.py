"""How well addresses were located: rows by level, and by score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ..words import level, tr
from .notice import wrapped

#: Share of the rows at a street or better under which something is wrong with the file.
_GOOD = 0.7


class Bars(QWidget):
    """Horizontal bars, a line each: words, bar, count. Drawn with the colours of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[tuple[str, int]]) -> None:
        self._rows = list(rows)
        self.setAccessibleName(", ".join(f"{words} {count}" for words, count in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * self.fontMetrics().averageCharWidth(), self._line() * len(self._rows))

    def _line(self) -> int:
        return int(self.fontMetrics().height() * 1.3)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        metrics, line = self.fontMetrics(), self._line()
        words_width = max(metrics.horizontalAdvance(words) for words, _ in self._rows) + line // 2
        most = max(count for _, count in self._rows) or 1
        figures = max(metrics.horizontalAdvance(str(count)) for _, count in self._rows) + line // 2
        room = max(self.width() - words_width - figures, 1)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for rank, (words, count) in enumerate(self._rows):
            top = rank * line
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(QRectF(0, top, words_width, line), left, words)
            width = room * count / most
            bar = QRectF(words_width, top + line * 0.2, width, line * 0.6)
            painter.fillRect(bar, self.palette().color(QPalette.ColorRole.Highlight))
            start = words_width + width + line / 4
            painter.drawText(QRectF(start, top, figures, line), left, str(count))
        painter.end()


class Histogram(QWidget):
    """Rows by score, from 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[int]) -> None:
        self._bars = tuple(bars)
        said = [
            tr("from {low} to {high}: {count}").format(
                low=_mark(at, len(bars)), high=_mark(at + 1, len(bars)), count=count
            )
            for at, count in enumerate(bars)
            if count
        ]
        self.setAccessibleName(tr("Rows by score: {bars}").format(bars=", ".join(said)))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * self.fontMetrics().averageCharWidth(), 5 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not any(self._bars):
            return
        painter = QPainter(self)
        foot = self.fontMetrics().height()
        height = self.height() - foot - 2
        step = self.width() / len(self._bars)
        most = max(self._bars)
        for at, count in enumerate(self._bars):
            tall = height * count / most
            bar = QRectF(at * step + 1, height - tall, step - 2, tall)
            painter.fillRect(bar, self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawLine(0, height, self.width(), height)
        marks = (
            (Qt.AlignmentFlag.AlignLeft, 0),
            (Qt.AlignmentFlag.AlignHCenter, len(self._bars) // 2),
            (Qt.AlignmentFlag.AlignRight, len(self._bars)),
        )
        for side, at in marks:
            area = QRectF(0, height + 2, self.width(), foot)
            painter.drawText(area, side, _mark(at, len(self._bars)))
        painter.end()


def _mark(at: int, count: int) -> str:
    """A score at the edge of a bar, with the decimal mark of the language."""
    units, cents = divmod(round(100 * at / count), 100)
    return tr("{units}.{cents}").format(units=units, cents=f"{cents:02d}")


class QualityView(QWidget):
    """What a trial gave, in words and in bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = wrapped("")
        self.levels = Bars()
        self.scores_said = wrapped(
            tr("Scores, from 0 to 1, of the rows placed at an address, a street or a place name:")
        )
        self.scores = Histogram()
        self.advice = wrapped("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.said, self.levels, self.scores_said, self.scores, self.advice):
            layout.addWidget(widget)

    def show_quality(self, quality: Any) -> None:
        """Show the levels and the scores of the rows that were tried."""
        self.said.setText(
            tr("{tried} rows tried, of {asked}; {doubtful} with a remark.").format(
                tried=quality.tried, asked=quality.asked, doubtful=quality.doubtful
            )
        )
        self.levels.show_rows([(level(name), count) for name, count in quality.levels.items()])
        scored = any(quality.bars)
        self.scores.setVisible(scored)
        self.scores_said.setVisible(scored)
        self.scores.show_bars(quality.bars)
        poor = quality.tried and quality.share < _GOOD
        self.advice.setText(
            tr(
                "Few rows are placed at a street. Check the columns of the address, postcode and town in step 2, and that the addresses cover the territory."
            )
            if poor
            else ""
        )
        self.advice.setVisible(bool(poor))
