"""Pieces of the forms of the profile editor: fields with their problem below, texts, lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QEvent, QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .profile_editor_words import MAPS, word
from .words import tip

_TEXT_LINES = 4
#: A name that stands in a profile, as problems quote it in either language.
_CODE = re.compile(r"(?P<opening>“|«\s)(?P<name>[a-z_]+)(?P<closing>”|\s»)")


class Line(QLineEdit):
    """A text of one line, told when it is left. Once nothing is typed to take back, the keys of
    Undo and Redo are those of the window."""

    told = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        self._shown = text
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.told.emit(text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not self.isUndoAvailable()
            if undo or (event.matches(keys.Redo) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return bool(super().event(event))


class Words(QPlainTextEdit):
    """A text of several lines, told when it is left; the tab key leaves it."""

    told = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * (_TEXT_LINES + 1))

    def show_text(self, text: str) -> None:
        self._shown = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def commit(self) -> None:
        text = self.toPlainText().strip()
        if text != self._shown:
            self._shown = text
            self.told.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not self.document().isUndoAvailable()
            if undo or (event.matches(keys.Redo) and not self.document().isRedoAvailable()):
                event.ignore()
                return False
        return bool(super().event(event))


class Choice(QComboBox):
    """A list of names with their words; a name that is not among them is shown as it is."""

    told = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _: self.told.emit(str(self.currentData())))

    def show_choice(self, offered: list[tuple[str, str]], name: str) -> None:
        """Offer names with their words, and stand on one of them."""
        blocker = QSignalBlocker(self)
        self.clear()
        for value, words in offered:
            self.addItem(words, value)
        if self.findData(name) < 0:
            self.insertItem(0, name or "–", name)
        self.setCurrentIndex(self.findData(name))
        blocker.unblock()
        self.setToolTip(tip(self.currentText()))  # it may be cut


class Field(QWidget):
    """A widget under its label, and above the problem that stands there."""

    def __init__(self, label: str, widget: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.widget = widget
        self.label = QLabel(label)
        self.label.setBuddy(widget)
        self.label.setWordWrap(True)
        plain = label.replace("&", "")
        widget.setAccessibleName(plain)
        if help_text:
            widget.setToolTip(help_text)
            widget.setAccessibleDescription(help_text)
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)  # it quotes what the file holds
        self.fault.setWordWrap(True)
        bold = self.fault.font()
        bold.setBold(True)
        self.fault.setFont(bold)
        self.fault.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        for each in (self.label, widget, self.fault):
            layout.addWidget(each)

    def show_fault(self, text: str) -> None:
        """Show the sentence of a problem, nothing when it is mended."""
        self.fault.setText(f"⚠ {text}" if text else "")
        self.fault.setVisible(bool(text))
        self.fault.setAccessibleName(text)


class Form(QWidget):
    """The fields of one part of a profile. Each change goes to the session through ``attempt``,
    which the window gives: it says a refusal, and shows the profile anew."""

    def __init__(self, session: Any, attempt: Callable[[Callable[[], None]], Any]) -> None:
        super().__init__()
        self.session = session
        self.attempt = attempt
        self.place: tuple[int, ...] = ()
        self.fields: dict[str, Field] = {}
        self._layout = QVBoxLayout(self)
        self.general = QLabel()  # the problem of no field that is shown
        self.general.setTextFormat(Qt.TextFormat.PlainText)
        self.general.setWordWrap(True)
        bold = self.general.font()
        bold.setBold(True)
        self.general.setFont(bold)
        self._layout.addWidget(self.general)

    def add(self, key: str, label: str, widget: QWidget, help_text: str = "") -> None:
        self.fields[key] = Field(label, widget, help_text)
        self._layout.addWidget(self.fields[key])

    def show_part(self, place: tuple[int, ...]) -> None:
        """Show what the part at ``place`` says now."""
        self.place = place
        self.fill(self.session.part(place))

    def fill(self, part: dict[str, Any]) -> None:
        raise NotImplementedError

    def show_faults(self, faults: list[tuple[str, str]]) -> None:
        """Each problem (key, sentence) below its field, else at the top."""
        by_key: dict[str, str] = {}
        for key, text in faults:
            shown = key in self.fields and not self.fields[key].isHidden()
            by_key.setdefault(key if shown else "", _CODE.sub(self._in_words, text))
        for key, field in self.fields.items():
            field.show_fault(by_key.get(key, ""))
        general = by_key.get("", "")
        self.general.setText(f"⚠ {general}" if general else "")
        self.general.setVisible(bool(general))

    def _in_words(self, code: re.Match[str]) -> str:
        """The name of a field or of a kind of map as the form shows it, in place of the file's."""
        field = self.fields.get(code["name"])
        said = field.widget.accessibleName() if field else word(MAPS, code["name"])
        return f"{code['opening']}{said}{code['closing']}"

    def commit(self) -> None:
        """Tell what is typed and not left yet."""
        for field in self.fields.values():
            if isinstance(field.widget, (Line, Words)):
                field.widget.commit()

    def put(self, key: str) -> Callable[[Any], None]:
        """A slot that sets the member ``key`` of the part shown."""
        return lambda value: self.edit(lambda: self.session.put(self.place, key, value))

    def edit(self, act: Callable[[], None]) -> None:
        """Change the part, after what is typed in it and not left yet."""
        self.commit()
        self.attempt(act)
