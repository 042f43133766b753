"""What was repaired, flagged or refused in a file, cell by cell. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..words import N_, tip, tr

_COLUMNS = {
    "line": N_("Row"),
    "column": N_("Column"),
    "value": N_("In the file"),
    "problem": N_("What was found"),
    "action": N_("What was done"),
}
_NAMES = tuple(_COLUMNS)
_PROBLEM = 3


class IssueTable(QAbstractTableModel):
    """The issues of a reading, a row each."""

    def __init__(self, issues: Sequence[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._issues = list(issues)

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._issues)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = getattr(self._issues[index.row()], _NAMES[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(str(value))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if isinstance(value, int):
            return value or None  # the whole file
        return " ".join(str(value).split())

    def headerData(
        self, section: int, direction: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and direction == Qt.Orientation.Horizontal:
            return tr(_COLUMNS[_NAMES[section]])
        return None


class IssueWindow(QDialog):
    """The issues of one file, all of them or those of one kind. Stays beside the wizard."""

    def __init__(self, reading: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What was found in the file"))
        self.model = IssueTable(reading.issues, self)
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(self.model)
        self.proxy.setFilterKeyColumn(_PROBLEM)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("What was found"))
        self.kind.addItem(tr("All of them ({count})").format(count=len(reading.issues)), "")
        counts: dict[str, int] = {}
        for item in reading.issues:
            counts[item.problem] = counts.get(item.problem, 0) + 1
        for problem, count in sorted(counts.items(), key=lambda pair: -pair[1])[:60]:
            self.kind.addItem(f"{problem} ({count})", problem)
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.table = QTableView()
        self._lay_out()

    def _lay_out(self) -> None:
        self.table.setModel(self.proxy)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setAccessibleName(tr("What was found in the file"))
        self.table.resizeColumnsToContents()
        widest = 34 * self.fontMetrics().averageCharWidth()
        for at in range(len(_COLUMNS)):
            self.table.setColumnWidth(at, min(self.table.columnWidth(at), widest))
        told = QLabel(
            tr(
                "These cells stay on this screen. The journal of the dossier gives their number only."
            )
        )
        told.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.kind)
        layout.addWidget(self.table, 1)
        layout.addWidget(told)
        layout.addWidget(buttons)
        self.resize(130 * self.fontMetrics().averageCharWidth(), 28 * self.fontMetrics().height())

    def _show_kind(self, at: int) -> None:
        self.proxy.setFilterFixedString(self.kind.itemData(at) or "")
