"""The six steps of the wizard with their marks."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPen, QPixmap
from qgis.PyQt.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from ..words import N_, tip, tr
from .step import Step

READY, MISSING, BUSY, TO_DO = "ready", "missing", "busy", "to do"
_SAID = {
    READY: N_("ready"),
    MISSING: N_("something is missing"),
    BUSY: N_("under way"),
    TO_DO: N_("to do"),
}
_SIGNS = {READY: "✓", MISSING: "!", BUSY: "…", TO_DO: ""}


def mark_of(step: Step) -> str:
    """The mark that a step deserves now."""
    if step.busy():
        return BUSY
    if step.problems():
        return MISSING
    return READY if step.summary() else TO_DO


class StepList(QListWidget):
    """A line by step: its mark, its title and what it holds."""

    chosen = pyqtSignal(int)

    def __init__(self, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = list(steps)
        self.marks = [""] * len(self._steps)
        self.setAccessibleName(tr("Steps of the diagnosis"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        side = self.fontMetrics().height() + 4
        self.setIconSize(QSize(side, side))
        for _ in self._steps:
            self.addItem(QListWidgetItem())
        self.draw()
        self.currentRowChanged.connect(self._go)

    def _go(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def at(self, row: int) -> None:
        """Show a step as the present one."""
        self.setCurrentRow(row)

    def draw(self) -> None:
        """Draw the marks and the summaries again."""
        for row, step in enumerate(self._steps):
            mark, summary = mark_of(step), step.summary()
            self.marks[row] = mark
            title = tr(step.TITLE)
            item = self.item(row)
            item.setText(f"{title} – {summary}" if summary else title)
            item.setIcon(self._icon(row + 1, mark))
            said = tr("Step {number}: {title}, {state}").format(
                number=row + 1, title=title, state=tr(_SAID[mark])
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{said}. {summary}")
            item.setToolTip(tip("\n".join([said, summary, *step.problems()]).strip()))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its lines: it never scrolls in a narrow dock."""
        frame = 2 * self.frameWidth()
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        wide = self.fontMetrics().averageCharWidth() * 32
        return QSize(wide, rows + frame + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.sizeHint().height())

    def _icon(self, number: int, mark: str) -> QIcon:
        """A disc with the number, or with the sign of its state, in the colours of the theme."""
        role, palette = QPalette.ColorRole, self.palette()
        light = palette.color(role.HighlightedText)
        sign = _SIGNS[mark] or str(number)
        filled = mark in (READY, BUSY)
        shades = (
            (palette.color(role.Highlight), light) if filled else (None, palette.color(role.Text))
        )
        icon = QIcon(self._disc(sign, *shades))
        icon.addPixmap(self._disc(sign, shades[0], light), QIcon.Mode.Selected)
        return icon

    def _disc(self, sign: str, fill: QColor | None, ink: QColor) -> QPixmap:
        """``fill``: None for a ring."""
        side = self.iconSize().width()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(Qt.GlobalColor.transparent))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(fill or ink, 1.5))
        painter.setBrush(fill or QColor(Qt.GlobalColor.transparent))
        painter.drawEllipse(QRectF(1.5, 1.5, side - 3.0, side - 3.0))
        painter.setPen(ink)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, side, side), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.end()
        return picture
