"""The indicators of the catalogue, by theme, to search and to choose from."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .profile_editor_words import KINDS, word
from .words import tip, tr

_NAME = Qt.ItemDataRole.UserRole
_ABOUT = Qt.ItemDataRole.UserRole + 1


class IndicatorChooser(QDialog):
    """Choose indicators that fit the member ``key`` of a page. ``most``: how many may be chosen
    (0: any number); with 1 the one under the cursor is meant, else those that are ticked."""

    def __init__(
        self,
        choices: Any,
        page: dict[str, Any],
        key: str,
        taken: list[str],
        most: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices, self._page, self._key = choices, page, key
        self._taken, self._most = taken, most
        self._ticked: dict[str, None] = {}  # in the order of their ticking
        self.setWindowTitle(tr("Choose indicators") if most != 1 else tr("Choose an indicator"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search: unemployment, housing, age…"))
        self.search.setAccessibleName(tr("Search in the indicators"))
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Indicators by theme"))
        self.tree.setHeaderLabels([tr("Indicator"), tr("Figure")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.about.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        layout = QVBoxLayout(self)
        for widget in (self.search, self.tree, self.about, self.count, self.buttons):
            layout.addWidget(widget, int(widget is self.tree))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._to_tree)
        self.tree.currentItemChanged.connect(lambda *_: self._tell())
        self.tree.itemChanged.connect(self._tick)
        self.tree.itemActivated.connect(self._activate)
        self.resize(34 * self.fontMetrics().averageCharWidth() * 2, 560)
        self._fill()

    def chosen(self) -> list[str]:
        """The names chosen, in the order of their choice."""
        if self._most != 1:
            return list(self._ticked)
        item = self.tree.currentItem()
        name = item.data(0, _NAME) if item else None
        return [str(name)] if name else []

    def _fill(self) -> None:
        asked = self.search.text()
        self.tree.blockSignals(True)
        self.tree.clear()
        found = self._choices.found(asked, self._page, self._key)
        for theme, entries in found:
            group = QTreeWidgetItem([theme])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.tree.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            for entry in entries:
                group.addChild(self._item(entry))
            group.setExpanded(bool(asked.strip()) or len(found) == 1)
        self.tree.blockSignals(False)
        if not found:
            self.about.setText(tr("No indicator with these words fits here."))
        self._tell()

    def _item(self, entry: Any) -> QTreeWidgetItem:
        figure = " ".join(
            filter(None, (word(KINDS, entry.kind), f"({entry.unit})" * bool(entry.unit)))
        )
        item = QTreeWidgetItem([entry.label, figure])
        item.setData(0, _NAME, entry.name)
        item.setData(0, _ABOUT, entry.about)
        item.setToolTip(0, tip(f"{entry.label}\n{entry.about}"))
        if entry.name in self._taken:
            item.setFlags(Qt.ItemFlag.ItemIsSelectable)
            item.setText(1, tr("already there"))
        elif self._most != 1:
            on = entry.name in self._ticked
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        return item

    def _to_tree(self) -> None:
        """From the search to the first indicator found."""
        group = self.tree.topLevelItem(0)
        if group is not None:
            group.setExpanded(True)
            self.tree.setCurrentItem(group.child(0))
            self.tree.setFocus()

    def _tick(self, item: QTreeWidgetItem, _column: int) -> None:
        name = item.data(0, _NAME)
        if item.checkState(0) == Qt.CheckState.Checked:
            self._ticked[name] = None
        else:
            self._ticked.pop(name, None)
        self._tell()

    def _activate(self, item: QTreeWidgetItem, _column: int) -> None:
        """Enter or a double click: take the indicator, or tick it among several."""
        if not item.data(0, _NAME) or item.isDisabled():
            return
        if self._most == 1:
            self.accept()
        else:
            on = item.checkState(0) == Qt.CheckState.Checked
            item.setCheckState(0, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _tell(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.about.setText(str(item.data(0, _ABOUT) or ""))
        chosen = len(self.chosen())
        good = chosen > 0
        if self._most == 1:
            self.count.hide()
        elif self._most and chosen > self._most:
            good = False
            self.count.setText(
                tr("{count} chosen: there is room for {most}.").format(
                    count=chosen, most=self._most
                )
            )
        else:
            self.count.setText(tr("{count} chosen.").format(count=chosen))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)


def ask(
    choices: Any,
    page: dict[str, Any],
    key: str,
    taken: list[str],
    most: int,
    parent: QWidget,
) -> list[str]:
    """The indicators that the user chooses, none when the dialog is left."""
    dialog = IndicatorChooser(choices, page, key, taken, most, parent)
    chosen = dialog.chosen() if dialog.exec() else []
    dialog.deleteLater()
    return chosen
