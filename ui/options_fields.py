"""One setting on the page of the options: its editor, what it is for, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.gui import QgsAuthConfigSelect, QgsFileWidget
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from .words import tr

_PAUSE = 500  # milliseconds without a key before what was typed is looked at


class Field(QWidget):
    """The editor of ``setting``, a row of the session's registry; its content is always a text.

    A value that cannot be used is told under the editor, in the session's words. ``helped`` shows
    what the setting is for under it, else it is a tooltip.
    """

    changed = pyqtSignal()

    def __init__(self, setting: Any, session: Any, helped: bool) -> None:
        super().__init__()
        self.setting = setting
        self.session = session
        self.fixed = session.fixed_by(setting.name)
        self.replaces = False  # whether it shows something else than what is kept, and why
        self.editor, self._read, self._write = _EDITORS[setting.kind.name](
            setting, session.ordinary(setting.name), self._edited
        )
        self.editor.setAccessibleName(tr(setting.label))
        self.editor.setAccessibleDescription(tr(setting.help))
        self.editor.setToolTip(tr(setting.help))
        self.editor.setEnabled(not self.fixed)
        self.editor.installEventFilter(self)
        self.setFocusProxy(self.editor)
        self.problem = _Problem()
        layout = QVBoxLayout(self)
        below = self.fontMetrics().height() // 2 if helped else 0
        layout.setContentsMargins(0, 0, 0, below)
        layout.addWidget(self.editor)
        layout.addWidget(self.problem)
        for text in self._notes(helped):
            layout.addWidget(note(text))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.check)
        self._show_kept()

    def text(self) -> str:
        """What the editor holds."""
        return self._read().strip()

    def reset(self) -> None:
        """Put the default into the editor; nothing is kept yet."""
        if not self.fixed:
            self._write(self.session.default(self.setting.name))
            self.check()

    def check(self) -> bool:
        """Look at what the editor holds, and tell what is wrong; whether it can be kept."""
        self._pause.stop()
        refusal = "" if self.fixed else self.session.refusal(self.setting.name, self.text())
        self.problem.tell(refusal)
        self.editor.setAccessibleDescription(refusal or tr(self.setting.help))
        return not refusal

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turning the wheel over the page must not turn a value that lies in its way."""
        if event.type() != QEvent.Type.Wheel or self.editor.hasFocus():
            return False
        event.ignore()  # so that the page scrolls
        return True

    def _notes(self, helped: bool) -> list[str]:
        notes = [tr(self.setting.help)] if helped else []
        if self.fixed:
            notes.append(
                tr("Decided by the environment variable {variable}.").format(variable=self.fixed)
            )
        return notes

    def _show_kept(self) -> None:
        """Show what is kept; of a value that cannot be used, what stands in its place and why."""
        kept = self.session.shown(self.setting.name)
        self._write(kept)
        refusal = self.session.refusal(self.setting.name, kept)
        if refusal and self.text() != kept:
            self.replaces = True
            self._write(self.session.default(self.setting.name))
            refusal = tr("What was kept could not be used, this stands in its place. {why}").format(
                why=refusal
            )
        self._pause.stop()
        self.problem.tell(refusal)

    def _edited(self) -> None:
        self._pause.start()
        self.changed.emit()


class _Problem(QWidget):
    """A sentence with the sign of a warning; takes no room when there is none."""

    def __init__(self) -> None:
        super().__init__()
        sign = QLabel()
        side = self.fontMetrics().height()
        sign.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(QSize(side, side)))
        self.label = note("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        self.hide()

    def tell(self, text: str) -> None:
        self.label.setText(text)
        self.setVisible(bool(text))


def note(text: str) -> QLabel:
    """A sentence on the page, as wide as there is room."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # as wide as the page, no more
    label.setSizePolicy(policy)
    return label


_Editor = tuple[QWidget, Callable[[], str], Callable[[str], None]]


def _choice(setting: Any, ordinary: str, edited: Callable[[], None]) -> _Editor:
    box = QComboBox()
    for word, spoken in zip(setting.options, setting.spoken):
        box.addItem(tr(spoken), word)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(20)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.currentIndexChanged.connect(lambda _=0: edited())
    return (
        box,
        lambda: str(box.currentData() or ""),
        lambda text: box.setCurrentIndex(box.findData(text)),
    )


def _number(setting: Any, ordinary: str, edited: Callable[[], None]) -> _Editor:
    box = QSpinBox()
    box.setRange(setting.minimum, setting.maximum)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    box.valueChanged.connect(lambda _=0: edited())

    def write(text: str) -> None:
        box.setValue(int(text) if text.lstrip("-").isdecimal() else setting.minimum)

    return box, lambda: str(box.value()), write


def _line(setting: Any, ordinary: str, edited: Callable[[], None]) -> _Editor:
    line = QLineEdit()
    line.setPlaceholderText(ordinary)
    line.textChanged.connect(lambda _="": edited())
    return line, line.text, line.setText


def _folder(setting: Any, ordinary: str, edited: Callable[[], None]) -> _Editor:
    widget = QgsFileWidget()
    widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
    widget.setDialogTitle(tr(setting.label))
    widget.lineEdit().setPlaceholderText(ordinary)
    widget.lineEdit().setAccessibleName(tr(setting.label))
    widget.setFocusProxy(widget.lineEdit())
    widget.fileChanged.connect(lambda _="": edited())
    return widget, widget.filePath, widget.setFilePath


def _key(setting: Any, ordinary: str, edited: Callable[[], None]) -> _Editor:
    widget = QgsAuthConfigSelect()
    widget.selectedConfigIdChanged.connect(lambda _="": edited())
    return widget, widget.configId, widget.setConfigId


_EDITORS: dict[str, Callable[[Any, str, Callable[[], None]], _Editor]] = {
    "CHOICE": _choice,
    "NUMBER": _number,
    "PERCENTAGES": _line,
    "FOLDER": _folder,
    "HOUSE": _folder,
    "ADDRESS": _line,
    "KEY": _key,
}
