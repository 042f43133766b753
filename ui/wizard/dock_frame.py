"""What stands where in the wizard, before anything acts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from qgis.PyQt.QtCore import QSize, Qt, QUrl
from qgis.PyQt.QtGui import QAction, QDesktopServices
from qgis.PyQt.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..scrolled import Scrolled
from ..words import N_, tr
from .notice import wrapped
from .rows import tighten
from .step import Step
from .step_list import MISSING, StepList

#: Width of the dock, in characters, from which the steps stand beside the page.
WIDE = 110
#: The one that it opens with the first time: the pages read well, the map keeps most of the window.
FIRST = 66
_KEYS = (
    (N_("Ctrl+Page down, Ctrl+Page up"), N_("next step, step before")),
    (N_("Tab, Shift+Tab"), N_("from one field to the next, and back")),
    (N_("↑, ↓ in the steps"), N_("another step")),
    (N_("Enter"), N_("takes what is chosen in a list")),
    (N_("Esc"), N_("leaves the map")),
    (N_("F1"), N_("shows and hides this help")),
)


class Holder(QWidget):
    """What the dock holds, and the width that it would have."""

    def sizeHint(self) -> QSize:
        wide = FIRST * self.fontMetrics().averageCharWidth()
        return super().sizeHint().expandedTo(QSize(wide, 0))


class WizardFrame(QWidget):
    """The list of the steps, the page of one, and the way to its neighbours."""

    def __init__(self, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = list(steps)
        self.list = StepList(self.steps)
        self.title = QLabel()
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        self.help = wrapped("")
        self.keys = _Keys()
        self.missing = wrapped("")
        self.missing.setAccessibleName(tr("What is missing in this step"))
        self.page = QStackedWidget()
        for step in self.steps:
            self.page.addWidget(Scrolled(step))
        self.back = QPushButton(tr("&Back"))
        self.next = QPushButton(tr("&Next"))
        self.more = QPushButton(tr("Dia&gnosis"))  # a tool button would draw its arrow on the words
        self.more.setToolTip(tr("Open, begin anew, take back, demonstration, keys"))
        self._busy: list[str | None] = []
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.more)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        right = QVBoxLayout()
        right.addLayout(head)
        right.addWidget(self.keys)
        right.addWidget(self.help)
        right.addWidget(self.page, 1)
        right.addWidget(self.missing)
        right.addLayout(foot)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.list)
        self._layout.addLayout(right, 1)
        self.widen(False)
        chain: list[QWidget] = [self.list, self.more, self.page, self.back, self.next]
        for before, after in zip(chain, chain[1:]):
            QWidget.setTabOrder(before, after)

    def orders(self, *given: tuple[str, Callable[[], None]]) -> None:
        """Fill the menu of the diagnosis."""
        menu = QMenu(self.more)
        for text, act in given:
            action = QAction(text, menu)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        self.more.setMenu(menu)

    def widen(self, wide: bool) -> None:
        """Steps beside the page when there is room, above it otherwise."""
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        policy = QSizePolicy.Policy
        self.list.setSizePolicy(
            policy.Fixed if wide else policy.Expanding, policy.Expanding if wide else policy.Fixed
        )

    def show_step(self, row: int) -> None:
        """Show the page of a step."""
        step = self.steps[row]
        self.title.setText(f"{row + 1}. {tr(step.TITLE)}")
        self.help.setText(tr(step.HELP))
        self.page.setCurrentIndex(row)
        area = self.page.widget(row)
        assert isinstance(area, QScrollArea)
        area.verticalScrollBar().setValue(0)
        self.back.setEnabled(row > 0)
        last = row == len(self.steps) - 1
        self.next.setEnabled(not last)
        self.next.setText(
            tr("&Next") if last else tr("&Next: {step}").format(step=tr(self.steps[row + 1].TITLE))
        )
        self.draw()
        self.list.at(row)

    def draw(self) -> None:
        """Draw the marks and what is missing in the page again."""
        self.list.draw()
        row = self.page.currentIndex()
        self.steps[row].drawn()
        problems = self.steps[row].problems() if self.list.marks[row] == MISSING else []
        self.missing.setText("\n".join(f"• {problem}" for problem in problems))
        self.missing.setVisible(bool(problems))

    def see_busy(self) -> None:
        """Draw again when something has begun, gone on or ended in a step."""
        busy = [step.summary() if step.busy() else None for step in self.steps]
        if busy != self._busy:
            self._busy = busy
            self.draw()

    def show_help(self, guide: str) -> None:
        """Show what the keys do and where the guide is, or hide it."""
        self.keys.link.setText(
            f'<a href="{escape(guide)}">{escape(tr("Open the guide in the browser"))}</a>'
        )
        self.keys.setVisible(not self.keys.isVisible())


class _Keys(QFrame):
    """What each key does, and the way to the guide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        grid = QGridLayout(self)
        tighten(grid)
        for row, (keys, text) in enumerate(_KEYS):
            for column, words in enumerate((keys, text)):
                label = wrapped(tr(words))
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label, row, column)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.link = QLabel()
        self.link.setTextFormat(Qt.TextFormat.RichText)
        self.link.linkActivated.connect(lambda link: QDesktopServices.openUrl(QUrl(link)))
        grid.addWidget(self.link, len(_KEYS), 0, 1, 2)
        self.hide()
