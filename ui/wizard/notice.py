"""A sentence that stands in the window, with what can be done about it: no box in the way."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..words import tr

#: What a button says, and what it does.
Act = tuple[str, Callable[[], None]]

INFORMATION = QStyle.StandardPixmap.SP_MessageBoxInformation
WARNING = QStyle.StandardPixmap.SP_MessageBoxWarning
QUESTION = QStyle.StandardPixmap.SP_MessageBoxQuestion


class Notice(QFrame):
    """Hidden until :meth:`tell`; a new sentence takes the place of the one that stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.passing = False  # whether it may go when the user goes on
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = wrapped("")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = Buttons()
        close = QToolButton()
        close.setAutoRaise(True)
        close.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        close.setAccessibleName(tr("Close the message"))
        close.setToolTip(tr("Close the message"))
        close.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.addWidget(self.text)
        words.addWidget(self.buttons)
        layout = QHBoxLayout(self)
        layout.addWidget(self._sign)
        layout.addLayout(words, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(
        self, text: str, *acts: Act, sign: QStyle.StandardPixmap = INFORMATION, focus: bool = False
    ) -> None:
        """Show a translated sentence, with a button for each act; a button closes the notice
        before it acts. ``focus``: the first button takes the keyboard."""
        self.buttons.empty()
        self.passing = sign == INFORMATION
        self.text.setText(text)
        self.setAccessibleName(text)
        size = self.fontMetrics().height()
        self._sign.setPixmap(self.style().standardIcon(sign).pixmap(size, size))
        for words, act in acts:
            button = QPushButton(words)
            button.clicked.connect(lambda _=False, act=act: self._do(act))
            self.buttons.add(button)
        self.buttons.setVisible(bool(acts))
        self.show()
        if focus and acts:
            self.buttons.held[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Take the sentence away."""
        self.text.clear()
        self.buttons.empty()
        self.hide()

    def _do(self, act: Callable[[], None]) -> None:
        self.clear()
        act()


class Buttons(QWidget):
    """Buttons two by two: they fit beside a narrow map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.held: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def add(self, button: QPushButton) -> None:
        self._grid.addWidget(button, *divmod(len(self.held), 2))
        self.held.append(button)

    def empty(self) -> None:
        for button in self.held:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.held = []


def wrapped(text: str) -> QLabel:
    """A label that goes to the next line, and never makes its window wider."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # names of files and services are no markup
    label.setWordWrap(True)
    policy = label.sizePolicy()  # its height goes on following its width
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label
