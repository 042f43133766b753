"""One file of the structure: which one, what is in it, what is wrong, which column is which."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..bar import Bar
from ..words import N_, tr
from .issues import IssueWindow
from .mapping import MappingPanel
from .notice import wrapped

TITLES = {
    "sites": N_("Sites of the structure"),
    "clients": N_("Clients"),
    "beneficiaries": N_("Beneficiaries"),
}
_ABOUT = {
    "sites": N_("Its places: name and address."),
    "clients": N_("Address, and when known SIRET, activity, turnover and hours."),
    "beneficiaries": N_(
        "Persons accompanied or employed. Never shown as points in what is shared."
    ),
}
_SIGNS = {
    "stop": QStyle.StandardPixmap.SP_MessageBoxCritical,
    "look": QStyle.StandardPixmap.SP_MessageBoxWarning,
    "fine": QStyle.StandardPixmap.SP_MessageBoxInformation,
}


class FileCard(QGroupBox):
    """A row of the step. ``chosen``: path, empty when the file is taken away; ``asked_again``: the
    file is to be read again, without what was told of it by hand when True."""

    chosen = pyqtSignal(str)
    asked_again = pyqtSignal(bool)

    def __init__(self, role: str, files: Any, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLES[role]), parent)
        self.role = role
        self.reading: Any = None
        self._windows: list[IssueWindow] = []
        self.setAcceptDrops(True)
        self.file = QgsFileWidget()
        self.file.setFilter(f"{tr('Tables')} ({files.filter})")
        self.file.setAccessibleName(tr(TITLES[role]))
        self.file.lineEdit().setPlaceholderText(tr("Choose or drop a file: xlsx, ods, csv"))
        self.file.fileChanged.connect(self._file_changed)
        self.state = wrapped("")
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = Bar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.bar.setAccessibleName(tr("Reading"))
        self.notes = QGridLayout()
        self.notes.setColumnStretch(1, 1)
        self.columns = QToolButton()
        self.columns.setText(tr("Preview"))
        self.columns.setCheckable(True)
        self.columns.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.columns.setArrowType(Qt.ArrowType.RightArrow)
        self.columns.toggled.connect(self._unfold)
        self.issues = QPushButton()
        self.issues.clicked.connect(lambda _=False: self.show_issues())
        self.again = QToolButton()
        self.again.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_BrowserReload))
        self.again.setToolTip(tr("Read the file again"))
        self.again.setAccessibleName(tr("Read the file again"))
        self.again.clicked.connect(lambda _=False: self.asked_again.emit(False))
        self.anew = QPushButton(tr("Forget what was told of its columns"))
        self.anew.clicked.connect(lambda _=False: self.asked_again.emit(True))
        fields = [(field, files.label(field)) for field in files.fields(role)]
        self.mapping = MappingPanel(fields, 4)
        self._lay_out(tr(_ABOUT[role]))
        self.show_nothing()

    def _lay_out(self, said: str) -> None:
        line = QHBoxLayout()
        line.addWidget(self.columns)
        line.addWidget(self.issues)
        line.addStretch(1)
        line.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.addWidget(wrapped(said))
        layout.addWidget(self.file)
        layout.addWidget(self.bar)
        layout.addWidget(self.state)
        layout.addLayout(self.notes)
        layout.addWidget(self.anew)
        layout.addLayout(line)
        layout.addWidget(self.mapping)

    # --- what is shown

    def show_path(self, path: str) -> None:
        """Show the file of the draft, without telling it back."""
        if self.file.filePath() != path:
            self.file.blockSignals(True)
            self.file.setFilePath(path)
            self.file.blockSignals(False)
            self.mapping.forget()

    def show_nothing(self) -> None:
        """No file is chosen."""
        self.reading = None
        self._say("", [])
        self.bar.hide()
        self._buttons(False)

    def show_busy(self, fraction: float | None = None) -> None:
        """The file is being read."""
        self.bar.setVisible(True)
        self.bar.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.bar.setValue(int(fraction))
        if self.reading is None:
            self._say(tr("Reading…"), [])

    def show_refusal(self, why: str, told: bool = False) -> None:
        """The file cannot be read at all, or what was ``told`` of it by hand does not fit."""
        self.reading = None
        self.bar.hide()
        self._say("", [("stop", why)] if why else [])
        self._buttons(False)
        self.again.show()
        self.anew.setVisible(told)

    def show_reading(self, reading: Any, said: dict[str, str]) -> None:
        """Show what was read of the file."""
        self.reading = reading
        self.bar.hide()
        text = ""
        if reading.usable:
            text = tr(
                "{rows} rows read = {kept} kept + {refused} refused + {twins} duplicates."
            ).format(
                rows=reading.rows_in,
                kept=reading.rows_out,
                refused=reading.refused,
                twins=reading.duplicates,
            )
        self._say(text, [(note.gravity, note.text) for note in reading.notes])
        self.mapping.show_reading(reading, said)
        self._buttons(True)
        self.issues.setVisible(bool(reading.issues))
        self.issues.setText(tr("Details ({count})…").format(count=len(reading.issues)))
        if not reading.usable:
            self.columns.setChecked(True)

    def show_issues(self) -> None:
        """Open the list of what was found, beside the wizard."""
        if self.reading is not None:
            window = IssueWindow(self.reading, self.window())
            self._windows.append(window)
            window.destroyed.connect(lambda: self._gone(window))
            window.show()

    def close_windows(self) -> None:
        """Close what was opened from here."""
        for window in list(self._windows):
            window.close()

    def _gone(self, window: IssueWindow) -> None:
        self._windows = [each for each in self._windows if each is not window]

    def _say(self, text: str, notes: list[tuple[str, str]]) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        while self.notes.count():
            item = self.notes.takeAt(0).widget()
            item.hide()
            item.deleteLater()
        size = self.fontMetrics().height()
        for row, (gravity, said) in enumerate(notes):
            sign = QLabel()
            sign.setPixmap(self.style().standardIcon(_SIGNS[gravity]).pixmap(size, size))
            words = wrapped(said)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.notes.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self.notes.addWidget(words, row, 1)

    def _buttons(self, shown: bool) -> None:
        self.again.setVisible(shown)
        self.anew.hide()
        self.columns.setVisible(shown)
        self.issues.setVisible(shown)
        self.mapping.setVisible(shown and self.columns.isChecked())

    def _unfold(self, shown: bool) -> None:
        self.columns.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.mapping.setVisible(shown and self.reading is not None)

    # --- what is told

    def _file_changed(self, path: str) -> None:
        self.mapping.forget()
        self.chosen.emit(path.strip())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.file.setFilePath(path)


def _dropped(event: Any) -> str:
    """The one file that is being dropped; several are for the whole wizard to sort out."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else ""
