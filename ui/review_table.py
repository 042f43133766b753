"""The rows of a review as a table: filtered by what is to be done, searched, sorted."""

from __future__ import annotations

import unicodedata
from typing import Any

from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)
from qgis.PyQt.QtGui import QBrush, QColor

from .words import N_, level, score, tip, tr

STATE, ADDRESS, TOWN, LEVEL, SCORE, NOTE = range(6)
_HEADS = (
    N_("State"),
    N_("Address"),
    N_("Commune"),
    N_("Level"),
    N_("Score"),
    N_("Why"),
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = int(getattr(_RIGHT, "value", _RIGHT))  # flags are no integers in Qt 6
#: Filters in the order of their list: key and label.
WAITING, FAILED, AT_TOWN, DOUBTFUL, DECIDED, ALL = range(6)
_FILTERS = (
    N_("To review"),
    N_("Not located"),
    N_("Located at the commune"),
    N_("Low score"),
    N_("Decided"),
    N_("All rows"),
)
_STATES = {
    "waiting": N_("to review"),
    "placed": N_("placed"),
    "given up": N_("given up"),
    "mute": N_("no address"),
    "sure": N_("sure"),
}


def filters() -> list[str]:
    """Labels of the filters, in their order."""
    return [tr(text) for text in _FILTERS]


def states() -> list[str]:
    """What the column of states may hold."""
    return [tr(text) for text in _STATES.values()]


def state(row: Any) -> str:
    """Key of what is to be done with a row."""
    if row.correction is not None:
        return "given up" if row.correction.lon is None else "placed"
    if not row.keyed:
        return "mute"
    return "waiting" if row.waiting else "sure"


def rank(row: Any) -> float:
    """Where a row stands by its score: rows not located, then at the commune, then the others."""
    return {"failed": -2.0, "town": -1.0}.get(row.kind, float(row.score))


def folded(text: str) -> str:
    """Lower case without accents, for the search."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


class RowModel(QAbstractTableModel):
    """The rows of a session; the row number is that of the session."""

    def __init__(self, rows: list[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(_HEADS[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (ADDRESS, TOWN, NOTE):
            return tip(self._text(row, index.column()))
        if role == Qt.ItemDataRole.UserRole:
            return rank(row) if index.column() == SCORE else self._text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == SCORE:
            return _NUMBERS
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE:
            colours = {"waiting": "#b3470c", "placed": "#1d6b3c", "given up": "#6f767b"}
            shade = colours.get(state(row))
            return QBrush(QColor(shade)) if shade else None
        return None

    def changed(self) -> None:
        """A decision may have touched several rows."""
        last = self.index(len(self._rows) - 1, len(_HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _text(row: Any, column: int) -> str:
        placed = row.correction
        if column == STATE:
            return tr(_STATES[state(row)])
        if column == ADDRESS:
            return str(row.address)
        if column == TOWN:
            return str(row.town)
        if column == LEVEL:
            return level(placed.status if placed else row.status)
        if column == SCORE:
            return score(row.status, row.score)
        return str(placed.note if placed and placed.note else row.note)


class RowFilter(QSortFilterProxyModel):
    """Rows that a filter and the words of a search leave."""

    def __init__(self, rows: list[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._filter = WAITING
        self._words: list[str] = []
        self.setSortRole(Qt.ItemDataRole.UserRole)
        self.setSortLocaleAware(True)
        self.setDynamicSortFilter(True)

    def show_only(self, chosen: int) -> None:
        self._filter = chosen
        self.invalidateFilter()

    def search(self, text: str) -> None:
        self._words = folded(text).split()
        self.invalidateFilter()

    def shown(self) -> list[int]:
        """Rows that the filter leaves, in the order shown."""
        return [self.mapToSource(self.index(place, 0)).row() for place in range(self.rowCount())]

    def following(self, at: int) -> list[int]:
        """Rows in the order shown, from the one after ``at`` on, then from the top."""
        shown = self.shown()
        place = shown.index(at) if at in shown else -1
        return [*shown[place + 1 :], *shown[: max(place, 0)]]

    def filterAcceptsRow(self, at: int, parent: QModelIndex) -> bool:
        row = self._rows[at]
        if not self._fits(row):
            return False
        if not self._words:
            return True
        text = folded(f"{row.ref} {row.address} {row.town} {row.label} {row.note}")
        return all(word in text for word in self._words)

    def _fits(self, row: Any) -> bool:
        if self._filter == WAITING:
            return bool(row.waiting)
        if self._filter == FAILED:
            return bool(row.kind == "failed")
        if self._filter == AT_TOWN:
            return bool(row.kind == "town")
        if self._filter == DOUBTFUL:
            return bool(row.kind == "doubtful")
        if self._filter == DECIDED:
            return row.correction is not None
        return True
