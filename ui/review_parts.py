"""Pieces of the review window: its table, its lines, its sentences."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from .review_map import ReviewMap
from .review_table import ADDRESS, LEVEL, NOTE, SCORE, STATE, TOWN, RowFilter, states
from .words import LEVELS, N_, level, tr

KEYS = (
    ("A", N_("accept the place found by the run")),
    ("1 – 9", N_("take the place of that number (Enter or double click in the list too)")),
    ("0", N_("see every place on the map")),
    ("P", N_("place on the map: a click, or the arrows and Enter; Esc to leave")),
    ("C", N_("place at the commune")),
    ("Ctrl+Shift+A", N_("accept rows shown together, by score or by remark")),
    ("Del", N_("give the address up: it stays not located, and is asked no more")),
    ("N", N_("write a note; Enter keeps it")),
    ("Ctrl+Z, Ctrl+Shift+Z", N_("undo, redo")),
    ("Ctrl+↓, Ctrl+↑", N_("next, previous row")),
    ("Ctrl+F", N_("search")),
    ("F6", N_("from the table to the places, to the map, and back")),
    ("+, −", N_("zoom, in the map; the arrows move it")),
    ("Ctrl+E", N_("export what is still not located")),
    ("Ctrl+K", N_("corrections kept, to delete some")),
)


def keys_text() -> str:
    """What each key does, as a small table."""
    cells = [
        f"<tr><td><b>{keys}</b>&nbsp;&nbsp;</td><td>{tr(text)}</td></tr>" for keys, text in KEYS
    ]
    return f"<table>{''.join(cells)}</table>"


def counts_text(counts: Any) -> str:
    """How many rows are left."""
    text = tr("To review: {waiting} · decided: {decided} · rows in all: {total}").format(
        waiting=counts.waiting, decided=counts.decided, total=counts.total
    )
    if counts.mute:
        text += " · " + tr("without an address: {count}").format(count=counts.mute)
    return text


def nothing_text(waiting: int) -> str:
    """Why no row is under review, and what to do next."""
    if waiting:
        return tr("No row here: choose another filter or search.")
    return tr(
        "Nothing is left to review. Run the diagnosis or the geocoding again: it will use these places."
    )


def row_table(proxy: RowFilter) -> QTableView:
    """The table of the rows: whole rows, sorted by score, left by the tab key."""
    table = QTableView()
    table.setModel(proxy)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSortingEnabled(True)
    table.sortByColumn(SCORE, Qt.SortOrder.AscendingOrder)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(22)
    table.setAccessibleName(tr("Rows under review"))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    metrics, margin = table.fontMetrics(), 10
    for at, texts in ((STATE, states()), (LEVEL, [level(status) for status in LEVELS])):
        table.setColumnWidth(at, margin + max(map(metrics.horizontalAdvance, texts)))
    arrow = 20  # of the sorted column
    table.setColumnWidth(SCORE, margin + arrow + metrics.horizontalAdvance(tr("Score")))
    header.moveSection(SCORE, STATE + 1)  # what the rows are sorted by stays in sight
    for at, width in {ADDRESS: 146, TOWN: 118, NOTE: 120}.items():
        table.setColumnWidth(at, width)
    return table


def line(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Widgets side by side; the last one takes the room that is left, or nothing does."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget, int(stretch and widget is widgets[-1]))
    if not stretch:
        layout.addStretch(1)
    return holder


def column(*widgets: QWidget) -> QWidget:
    """Widgets one above the other; a table or a map takes the room that is left."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(6, 6, 6, 6)
    for widget in widgets:
        layout.addWidget(widget, int(isinstance(widget, (QTableView, ReviewMap))))
    return holder
