"""Which column of a file is which: its first rows, its columns coloured, and a line per field.

A column is given to a field by dragging its name onto the line of the field, or by choosing it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QMimeData, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QBrush,
    QColor,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
)
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QShortcut,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..words import tip, tr
from .notice import wrapped

MIME = "application/x-coodiag-column"
#: Strength of the colour of a column that is used, and of one that the user gave.
_USED, _GIVEN = 46, 96
_BY_HAND, _GUESSED = "✎", "?"
_RECOGNISED, _NONE = 0, 1  # first entries of a list of columns


class ColumnHeader(QHeaderView):
    """Names of columns that can be dragged onto a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._pressed: tuple[int, QPoint] | None = None
        self.setSectionsClickable(False)  # a click would scroll the column into view
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(
            Qt.TextElideMode.ElideNone
        )  # Qt would cut the second line with the first

    def mousePressEvent(self, event: QMouseEvent) -> None:
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        at = self.logicalIndexAt(event.pos())  # before the table may scroll under the mouse
        self._pressed = None if resizing or at < 0 else (at, event.pos())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            at, start = self._pressed
            if (event.pos() - start).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                drag = QDrag(self)
                drag.setMimeData(column_data(at))
                drag.exec(Qt.DropAction.CopyAction)
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)


def column_data(column: int) -> QMimeData:
    """What a dragged column carries: its number, never its name."""
    data = QMimeData()
    data.setData(MIME, str(column).encode())
    return data


class FieldLine(QWidget):
    """A field and its column: chosen in the list, or dropped on the line."""

    told = pyqtSignal(str, object)  # field, column: a name, empty for none, None for the found one

    def __init__(self, field: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._columns: tuple[str, ...] = ()
        self.setAcceptDrops(True)
        self.list = QComboBox()
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.list.setMinimumContentsLength(8)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setAccessibleName(tr("Column of the field {field}").format(field=label))
        self.list.activated.connect(self._chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, 1)

    def show_column(self, columns: Sequence[str], found: int | None, by_hand: bool) -> None:
        """Show the column of the field: ``found`` is its number, None when there is none."""
        self._columns = tuple(columns)
        self.list.clear()
        if by_hand:
            recognised = tr("(as recognised)")
        elif found is None:
            recognised = tr("(not found)")
        else:
            recognised = tr("{column} (recognised)").format(column=columns[found])
        self.list.addItem(recognised)
        self.list.addItem(tr("(none)"))
        self.list.addItems(list(columns))
        at = _RECOGNISED
        if by_hand:
            at = _NONE if found is None else found + 2
        self.list.setCurrentIndex(at)
        self.list.setToolTip(tip(self.list.currentText()))

    def _chosen(self, at: int) -> None:
        if at == _RECOGNISED:
            self.told.emit(self.field, None)
        else:
            self.told.emit(self.field, "" if at == _NONE else self._columns[at - 2])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        at = int(bytes(event.mimeData().data(MIME)).decode())
        if 0 <= at < len(self._columns):
            event.acceptProposedAction()
            self.told.emit(self.field, self._columns[at])


class MappingPanel(QWidget):
    """The preview of a file and its columns. ``told``: field, column (see :class:`FieldLine`);
    ``replaced``: every column said by hand, after « as recognised » or an undo; ``sheet_chosen``."""

    told = pyqtSignal(str, object)
    replaced = pyqtSignal(dict)
    sheet_chosen = pyqtSignal(str)

    def __init__(
        self, fields: Sequence[tuple[str, str]], main: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._labels = dict(fields)
        self._said: dict[str, str] = {}
        self._before: list[dict[str, str]] = []
        self.sheet = QComboBox()
        self.sheet.setAccessibleName(tr("Sheet"))
        self.sheet.activated.connect(self._sheet)
        self._sheet_line = QWidget()
        self.table = QTableWidget()
        self.lines = {field: FieldLine(field, label) for field, label in fields}
        self.more = QgsCollapsibleGroupBox(tr("Other columns"))
        self.reset = QPushButton(tr("As recognised"))
        self.undo = QPushButton(tr("Undo"))
        self._lay_out(main)
        for line in self.lines.values():
            line.told.connect(self._told)
        self.reset.clicked.connect(lambda _=False: self._replace({}))
        self.undo.clicked.connect(lambda _=False: self.take_back())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.take_back)

    def _lay_out(self, main: int) -> None:
        sheets = QFormLayout(self._sheet_line)
        sheets.setContentsMargins(0, 0, 0, 0)
        sheets.addRow(tr("Sheet"), self.sheet)
        self.table.setHorizontalHeader(ColumnHeader(self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(tr("First rows of the file"))
        first, rest = QFormLayout(), QFormLayout(self.more)
        for layout in (first, rest):
            layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
            layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for rank, (field, line) in enumerate(self.lines.items()):
            label = QLabel(self._labels[field])
            label.setBuddy(line.list)
            (first if rank < main else rest).addRow(label, line)
        self.more.setCollapsed(True)
        self.more.setVisible(len(self.lines) > main)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reset)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sheet_line)
        layout.addWidget(self.table)
        layout.addWidget(
            wrapped(
                tr(
                    "Coloured columns are used ({hand}: told by you, {guess}: guessed from the contents). To change one, drag its name onto a line below, or choose it there."
                ).format(hand=_BY_HAND, guess=_GUESSED)
            )
        )
        layout.addLayout(first)
        layout.addWidget(self.more)
        layout.addLayout(buttons)

    # --- what is shown

    def show_reading(self, reading: Any, said: dict[str, str]) -> None:
        """Show a file as it was read; ``said``: what the user told of its columns."""
        self._said = dict(said)
        self._sheet_line.setVisible(len(reading.sheets) > 1)
        self.sheet.clear()
        self.sheet.addItems(list(reading.sheets))
        self.sheet.setCurrentText(reading.sheet)
        for field, line in self.lines.items():
            line.show_column(reading.columns, reading.fields.get(field), field in said)
        if any(field in said for field in list(self.lines)[4:]):
            self.more.setCollapsed(False)
        self._fill(reading)
        self._enable()

    def forget(self) -> None:
        """Another file: what was told of the one before cannot be taken back here."""
        self._before = []

    def _fill(self, reading: Any) -> None:
        fields = {index: field for field, index in reading.fields.items()}
        self.table.setColumnCount(len(reading.columns))
        self.table.setRowCount(len(reading.head))
        for at, column in enumerate(reading.columns):
            field = fields.get(at, "")
            given = field in reading.by_hand
            item = QTableWidgetItem(self._header(column, field, given, field in reading.guessed))
            item.setToolTip(tip(column))
            self.table.setHorizontalHeaderItem(at, item)
            brush = self._brush(_GIVEN if given else _USED) if field else None
            for number, row in enumerate(reading.head):
                cell = QTableWidgetItem(" ".join(row[at].split())[:120])
                if brush is not None:
                    cell.setBackground(brush)
                self.table.setItem(number, at, cell)
        self._fit(len(reading.head))

    def _header(self, column: str, field: str, given: bool, guessed: bool) -> str:
        """The name of a column, over the field that it is."""
        if not field:
            return f"{column}\n"
        mark = f" {_BY_HAND}" if given else f" {_GUESSED}" if guessed else ""
        return f"{column}\n→ {self._labels.get(field, field)}{mark}"

    def _brush(self, strength: int) -> QBrush:
        """The colour of what is chosen in this theme, thinned so that texts stay readable."""
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        colour.setAlpha(strength)
        return QBrush(colour)

    def _fit(self, rows: int) -> None:
        """As high as its rows, columns as wide as their contents within reason."""
        self.table.resizeColumnsToContents()
        widest = 30 * self.fontMetrics().averageCharWidth()
        for at in range(self.table.columnCount()):
            self.table.setColumnWidth(at, min(self.table.columnWidth(at), widest))
        self.table.resizeRowsToContents()
        height = sum(self.table.rowHeight(number) for number in range(rows))
        header = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(header + height + bar + 2 * self.table.frameWidth())

    # --- what is told

    def _told(self, field: str, column: object) -> None:
        self._before.append(dict(self._said))
        self.told.emit(field, column)

    def _replace(self, said: dict[str, str]) -> None:
        if said != self._said:
            self._before.append(dict(self._said))
            self.replaced.emit(said)

    def take_back(self) -> None:
        """Undo what was told last."""
        if self._before:
            self.replaced.emit(self._before.pop())

    def _enable(self) -> None:
        self.reset.setEnabled(bool(self._said))
        self.undo.setEnabled(bool(self._before))

    def _sheet(self, at: int) -> None:
        self.forget()
        self.sheet_chosen.emit(self.sheet.itemText(at))
