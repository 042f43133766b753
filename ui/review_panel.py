"""The address under review: what is written, what was found, the choices and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .words import N_, level, tip, tr

_HEADS = (N_("No."), N_("Place"), N_("Level"), N_("Score"), N_("Commune"), N_("Why"))


class ReviewPanel(QWidget):
    """Shows one row; says what the person wants by signals. Knows no session."""

    choice_shown = pyqtSignal(int)  # number under the cursor, 0 for none
    choice_taken = pyqtSignal(int)
    note_given = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = self._words(bold=True)
        self.address.setAccessibleName(tr("Address under review"))
        self.found = self._words()
        self.found.setAccessibleName(tr("What the run found"))
        self.list = self._list()
        self.why = self._words()
        self.why.setAccessibleName(tr("Why this place"))
        self._why: list[str] = []
        self.note = QLineEdit()
        self.note.setPlaceholderText(tr("Note kept with the correction (no name of a person)"))
        self.note.setAccessibleName(tr("Note"))
        self.note.setMaxLength(200)
        self.note.returnPressed.connect(lambda: self.note_given.emit(self.note.text().strip()))
        label = QLabel(tr("Note"))
        label.setBuddy(self.note)
        self.buttons = QGridLayout()
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 0)
        layout.addWidget(self.address)
        layout.addWidget(self.found)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.why)
        layout.addLayout(self.buttons)
        layout.addLayout(line)

    def add_button(self, action: Any, row: int, column: int) -> QToolButton:
        """A button of an action, with its key in its text."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(self.note.sizePolicy())
        button.setAccessibleName(action.toolTip())
        self.buttons.addWidget(button, row, column)
        return button

    def show_row(self, row: Any, choices: Sequence[Any], why_empty: str) -> None:
        """Fill everything for a row; ``why_empty`` is told when there is no choice."""
        town = f" · {row.town}" if row.town else ""
        ref = f"{row.ref} · " if row.ref else ""
        self.address.setText(f"{ref}{row.address or tr('(no address)')}{town}")
        self.address.setToolTip(tip(self.address.text()))  # a very long one is cut
        self.found.setText(self._sentence(row))
        self.note.setText(row.correction.note if row.correction else "")
        self.list.clear()
        for number, choice in enumerate(choices, start=1):
            score = QLocale().toString(choice.score, "f", 2)
            texts = [
                str(number), choice.label, level(choice.status), score, choice.town, choice.why,
            ]  # fmt: skip
            item = QTreeWidgetItem(texts)
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
            for column in (1, 5):
                item.setToolTip(column, tip(texts[column]))
            self.list.addTopLevelItem(item)
        self._why = [choice.why for choice in choices]
        self.why.setText("" if choices else why_empty)

    def clear(self, text: str) -> None:
        """Nothing is under review: only a sentence."""
        self.address.setText(text)
        for words in (self.found, self.why):
            words.setText("")
        self._why = []
        self.list.clear()
        self.note.setText("")

    def _sentence(self, row: Any) -> str:
        placed = row.correction
        parts = []
        if placed is not None:
            what = tr("Given up.") if placed.lon is None else tr("Decided: {place} ({level}).")
            parts.append(what.format(place=placed.label, level=level(placed.status)))
        elif row.label:
            score = QLocale().toString(row.score, "f", 2)
            parts.append(
                tr("Found: {place} ({level}, score {score}).").format(
                    place=row.label, level=level(row.status), score=score
                )
            )
        else:
            parts.append(tr("Not located."))
        if row.note and placed is None:
            parts.append(row.note)
        if row.twins:
            parts.append(
                tr("A decision holds for {count} other rows of this address.").format(
                    count=row.twins
                )
                if row.twins > 1
                else tr("A decision holds for another row of this address.")
            )
        return " ".join(parts)

    def _list(self) -> QTreeWidget:
        result = QTreeWidget()
        result.setHeaderLabels([tr(text) for text in _HEADS])
        result.setRootIsDecorated(False)
        result.setUniformRowHeights(True)
        result.setAlternatingRowColors(True)
        result.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        result.setAccessibleName(tr("Places to choose from"))
        result.setMinimumHeight(70)  # two places at least, when a long address takes the room
        header = result.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for column, width in ((1, 280), (2, 90), (3, 55), (4, 140)):
            result.setColumnWidth(column, width)
        result.currentItemChanged.connect(lambda item, _: self._show_choice(self._number(item)))
        result.itemActivated.connect(lambda item, _: self.choice_taken.emit(self._number(item)))
        return result

    def _show_choice(self, number: int) -> None:
        if 0 < number <= len(self._why):
            self.why.setText(self._why[number - 1])
        self.choice_shown.emit(number)

    @staticmethod
    def _number(item: QTreeWidgetItem | None) -> int:
        return 0 if item is None else int(item.data(0, Qt.ItemDataRole.UserRole))

    @staticmethod
    def _words(bold: bool = False) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)  # what a file holds is never markup
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if bold:
            font = label.font()
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.15)
            label.setFont(font)
        return label
