"""Indicators in a form: a list in its order, or one alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .profile_editor_chooser import ask
from .words import tip, tr

_NAME = Qt.ItemDataRole.UserRole
_ROWS = 8


class _List(QListWidget):
    """Its keys: Ins, Del, Alt+Up, Alt+Down."""

    def __init__(self, orders: dict[Any, Callable[[], None]]) -> None:
        super().__init__()
        self._orders = orders
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit()

    def fit(self) -> None:
        """As high as its rows, within reason."""
        rows = min(max(self.count(), 1), _ROWS)
        line = max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        self.setFixedHeight(rows * line + 2 * self.frameWidth() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        act = self._orders.get((alt, event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()


class IndicatorList(QWidget):
    """Indicators in the order of the page, to add, remove, and move by drag, button or key.

    ``page`` gives the part that they belong to, ``key`` their member of it; ``most``: how many it
    holds, 0 for any number.
    """

    told = pyqtSignal(list)

    def __init__(self, choices: Any, page: Callable[[], dict[str, Any]], key: str) -> None:
        super().__init__()
        self._choices, self._page, self._key = choices, page, key
        self._most = choices.most.get(key, 0)
        self._row = -1  # to stand on after an edit of one's own
        up, down = (lambda: self.shift(-1)), (lambda: self.shift(1))
        keys = Qt.Key
        self.list = _List(
            {
                (False, keys.Key_Insert): self.ask,
                (False, keys.Key_Delete): self.remove,
                (True, keys.Key_Up): up,
                (True, keys.Key_Down): down,
            }
        )
        self.setFocusProxy(self.list)
        self.add = _button(tr("Add…"), tr("Add indicators (Ins)"), self.ask)
        self.drop = _button(tr("Remove"), tr("Remove the indicator (Del)"), self.remove)
        self.up = _button("↑", tr("Move up (Alt+↑)"), up)
        self.down = _button("↓", tr("Move down (Alt+↓)"), down)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 0, 0, 1, 5)
        for column, button in enumerate((self.add, self.drop, self.up, self.down)):
            layout.addWidget(button, 1, column)
        layout.setColumnStretch(4, 1)
        # told once the drag is over: the list may be filled anew then
        self.list.model().rowsMoved.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.list.currentRowChanged.connect(lambda _: self._enable())

    def setAccessibleName(self, name: str) -> None:
        self.list.setAccessibleName(name)

    def names(self) -> list[str]:
        return [str(self.list.item(row).data(_NAME)) for row in range(self.list.count())]

    def show_names(self, names: list[str]) -> None:
        if names != self.names():
            self.list.clear()
            for name in names:
                entry = self._choices.entry(name)
                label = f"{entry.label} ({entry.unit})" if entry.unit else entry.label
                item = QListWidgetItem(label)
                item.setData(_NAME, name)
                item.setToolTip(tip(f"{label}\n{entry.about}"))
                self.list.addItem(item)
            self.list.setCurrentRow(min(self._row, len(names) - 1))
            self.list.fit()
        self._row = -1
        self._enable()

    def ask(self) -> None:
        """Ask for indicators to add after the one chosen."""
        names = self.names()
        room = self._most - len(names) if self._most else 0
        if self._most and room < 1:
            return
        # with room for one, several cannot be ticked: 1 means the one under the cursor
        chosen = ask(self._choices, self._page(), self._key, names, room, self)
        if chosen:
            at = self.list.currentRow()
            at = len(names) if at < 0 else at + 1
            self._row = at + len(chosen) - 1
            self.told.emit([*names[:at], *chosen, *names[at:]])

    def remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            names = self.names()
            del names[row]
            self._row = row
            self.told.emit(names)

    def shift(self, by: int) -> None:
        """Move the indicator up or down."""
        row, names = self.list.currentRow(), self.names()
        if row >= 0 and 0 <= row + by < len(names):
            names[row], names[row + by] = names[row + by], names[row]
            self._row = row + by
            self.told.emit(names)

    def _tell(self, *_: Any) -> None:
        self.told.emit(self.names())

    def _enable(self) -> None:
        row, count = self.list.currentRow(), self.list.count()
        self.add.setEnabled(not self._most or count < self._most)
        self.drop.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)


class OneIndicator(QWidget):
    """One indicator, chosen in the catalogue; ``may_lack``: it can be taken out."""

    told = pyqtSignal(str)

    def __init__(
        self, choices: Any, page: Callable[[], dict[str, Any]], key: str, may_lack: bool = False
    ) -> None:
        super().__init__()
        self._choices, self._page, self._key = choices, page, key
        self.name = ""
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.choose = _button(tr("Choose…"), tr("Choose an indicator"), self.ask)
        self.drop = _button(tr("None"), tr("Take the indicator out"), lambda: self.told.emit(""))
        self.drop.setVisible(may_lack)
        self.setFocusProxy(self.choose)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose)
        buttons.addWidget(self.drop)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)
        layout.addLayout(buttons)

    def setAccessibleName(self, name: str) -> None:
        self.choose.setAccessibleName(name)

    def show_name(self, name: str) -> None:
        self.name = name
        entry = self._choices.entry(name)
        label = f"{entry.label} ({entry.unit})" if entry.unit else entry.label
        self.label.setText(label if name else "–")
        self.label.setToolTip(tip(entry.about))
        self.choose.setAccessibleDescription(self.label.text())
        self.drop.setEnabled(bool(name))

    def ask(self) -> None:
        chosen = ask(self._choices, self._page(), self._key, [], 1, self)
        if chosen:
            self.told.emit(chosen[0])


def _button(text: str, help_text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(help_text)
    button.setAccessibleName(help_text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _=False: act())
    if len(text) == 1:
        button.setMaximumWidth(button.fontMetrics().horizontalAdvance("MMMM"))
    return button
