"""The address under review: what is written, what was found, the choices and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
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

from .review_label import ShortLabel
from .words import N_, UNSCORED, level, score, tip, tr

_HEADS = (N_("No."), N_("Place"), N_("Level"), N_("Score"), N_("Commune"), N_("Why"))


class ReviewPanel(QWidget):
    """Shows one row; says what the person wants by signals. Knows no session."""

    choice_shown = pyqtSignal(int)  # number under the cursor, 0 for none
    choice_taken = pyqtSignal(int)
    note_given = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = ShortLabel(3, bold=True)
        self.address.setAccessibleName(tr("Address under review"))
        self.found = ShortLabel(3)
        self.found.setAccessibleName(tr("What the run found"))
        self.remark = ShortLabel(3, italic=True)
        self.remark.setAccessibleName(tr("Remark of the run"))
        self.list = self._list()
        self.why = ShortLabel(3)
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
        layout.addWidget(self.remark)
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
        # a street may stand in the column of the town: that row has an address
        address = row.address or ("" if row.keyed else tr("(no address)"))
        self.address.setText(" · ".join(part for part in (row.ref, address, row.town) if part))
        self.found.setText(self._sentence(row))
        self._quote(row.note if row.correction is None else "")
        self.note.setText(row.correction.note if row.correction else "")
        self.list.clear()
        for number, choice in enumerate(choices, start=1):
            texts = [
                str(number), choice.label, level(choice.status), score(choice.status, choice.score),
                choice.town, choice.why,
            ]  # fmt: skip
            item = QTreeWidgetItem(texts)
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight)
            for column in (1, 5):
                item.setToolTip(column, tip(texts[column]))
            self.list.addTopLevelItem(item)
        self._why = [choice.why for choice in choices]
        if not choices:
            self.why.setText(why_empty)
        else:  # that the first of the list is not the best must be seen before it is taken
            self.why.setText(choices[0].why if choices[0].equal else "")

    def clear(self, text: str) -> None:
        """Nothing is under review: only a sentence."""
        self.address.setText(text)
        for words in (self.found, self.why):
            words.setText("")
        self._quote("")
        self._why = []
        self.list.clear()
        self.note.setText("")

    def hint(self, text: str) -> None:
        """A sentence under the places, until another choice is looked at."""
        self.why.setText(text)

    def _quote(self, note: str) -> None:
        """What the file says of the row, in its own language: French, as everything printed."""
        self.remark.setVisible(bool(note))
        self.remark.setText(tr("“{note}”").format(note=note) if note else "")

    def _sentence(self, row: Any) -> str:
        placed = row.correction
        parts = []
        if placed is not None:
            what = tr("Given up.") if placed.lon is None else tr("Decided: {place} ({level}).")
            parts.append(what.format(place=placed.label, level=level(placed.status)))
        elif row.label and row.status in UNSCORED:
            parts.append(
                tr("Found: {place} ({level}).").format(place=row.label, level=level(row.status))
            )
        elif row.label:
            parts.append(
                tr("Found: {place} ({level}, score {score}).").format(
                    place=row.label, level=level(row.status), score=score(row.status, row.score)
                )
            )
        else:
            parts.append(tr("Not located."))
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
        result.setMinimumHeight(100)  # some places at least, when a long address takes the room
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
