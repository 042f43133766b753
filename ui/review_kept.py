"""The corrections kept in a file, from this dossier and from others, and how to delete some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .words import N_, day, tip, tr

_HEADS = (N_("Place"), N_("Commune"), N_("Date"), N_("Note"))


class CorrectionsKept(QDialog):
    """Shows what ``kept`` gives; ``forget`` deletes some of them and returns whether it could.

    The addresses themselves are not in the file: only the place that was given to each.
    """

    def __init__(
        self,
        kept: Callable[[], Sequence[Any]],
        forget: Callable[[Sequence[Any]], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self._forget = forget
        self._shown: list[Any] = []
        self.setWindowTitle(tr("Corrections kept"))
        self.resize(720, 420)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr(text) for text in _HEADS])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(tr("Corrections kept"))
        for column, width in enumerate((300, 150)):
            self.list.setColumnWidth(column, width)
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.count = QLabel()
        self.count.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.delete = self.buttons.addButton(tr("Delete…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.delete.setShortcut(QKeySequence("Del"))
        self.delete.clicked.connect(lambda _=False: self.ask())
        self.buttons.rejected.connect(self.reject)
        self.list.itemSelectionChanged.connect(self._enable)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.buttons)
        self._fill()

    def chosen(self) -> list[Any]:
        """The corrections under the selection."""
        return [self._shown[self.list.indexOfTopLevelItem(i)] for i in self.list.selectedItems()]

    def ask(self) -> None:
        """Delete what is selected, once it is confirmed."""
        chosen = self.chosen()
        if not chosen:
            return
        said = QMessageBox.question(
            self,
            tr("Corrections kept"),
            tr(
                "Corrections that will be deleted: {count}. The next run will look for these addresses again."
            ).format(count=len(chosen)),
        )
        if said == QMessageBox.StandardButton.Yes and self._forget(chosen):
            self._fill()

    def _fill(self) -> None:
        self._shown = list(self._kept())
        self.list.clear()
        for each in self._shown:
            place = tr("given up") if each.given_up else each.label
            item = QTreeWidgetItem([place, each.town, day(each.date), each.note])
            for column in (0, 3):
                item.setToolTip(column, tip(item.text(column)))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, place)
            self.list.addTopLevelItem(item)
        self.count.setText(
            tr(
                "Corrections kept: {count}, all dossiers together. After a deletion, Undo of the window brings them back."
            ).format(count=len(self._shown))
        )
        self._enable()

    def _enable(self) -> None:
        self.delete.setEnabled(bool(self.list.selectedItems()))
