"""What stands where in the profile editor, before anything acts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction, QKeySequence, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .profile_editor_forms import ChapterForm, ProfileForm
from .profile_editor_page import PageForm
from .profile_editor_parts import Form
from .profile_editor_picture import PicturePane
from .profile_editor_tree import PlanTree
from .scrolled import Scrolled
from .words import tr

_LEAST = 36  # letters beside one another that the narrowest window holds
_NARROW = 90  # letters beside one another below which the parts stand one above the other


class EditorFrame(QMainWindow):
    """The plan on the left, the form of what is chosen in it, the picture of the page."""

    def __init__(self, session: Any, trial: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.session = session
        self.setWindowTitle(tr("Coodiag: diagnosis profiles") + "[*]")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tree = PlanTree(session)
        self.file = QLabel()
        self.file.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
        self.file.setWordWrap(True)
        self.told = QLabel()  # what was just done, or why it was not
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setAccessibleName(tr("Message"))
        self.told.hide()
        self.forms: list[Form] = [
            kind(session, self.attempt) for kind in (ProfileForm, ChapterForm, PageForm)
        ]
        self.stack = QStackedWidget()
        for form in self.forms:
            area = Scrolled(form)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.stack.addWidget(area)
        self.picture = PicturePane(session, trial, self.tree.place)
        self.picture.hide()
        self.buttons = QGridLayout()
        self._build()
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 165, letter * 105)

    def _build(self) -> None:
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.addWidget(self.tree, 1)
        self.tree.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        layout.addLayout(self.buttons)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.parts = (left, self.stack, self.picture)
        for part in self.parts:
            self.splitter.addWidget(part)
        for rank, share in enumerate((3, 4, 5)):
            self.splitter.setStretchFactor(rank, share)
        whole = QWidget()
        # less than the parts side by side: they go one above the other when it gets narrow
        whole.setMinimumWidth(_LEAST * self.fontMetrics().averageCharWidth())
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.file)  # a splitter would not leave it the lines that it needs
        outer.addWidget(self.splitter, 1)
        outer.addWidget(self.told)
        self.file.setContentsMargins(9, 6, 9, 0)
        self.told.setContentsMargins(9, 3, 9, 6)
        self.setCentralWidget(whole)

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Change the profile; a refusal is said, and nothing is changed."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside one another, or one above the other in a narrow window."""
        super().resizeEvent(event)
        self.stand()

    def stand(self) -> None:
        """Put the parts that are shown beside one another where all of each can be seen."""
        shown = [part for part in self.parts if not part.isHidden()]
        room = sum(part.minimumSizeHint().width() for part in shown)
        room += self.splitter.handleWidth() * (len(shown) - 1)
        least = max(room, _NARROW * self.fontMetrics().averageCharWidth())
        orientation = Qt.Orientation
        way = orientation.Vertical if self.width() < least else orientation.Horizontal
        if self.splitter.orientation() != way:
            self.splitter.setOrientation(way)

    def order(self, text: str, tip: str, keys: Any, act: Callable[[], Any]) -> QAction:
        """An order of the window, given by its keys."""
        action = QAction(text, self)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())
        self.addAction(action)
        return action

    def lay_orders(
        self, below: Sequence[QAction], bar: Sequence[QAction | None], copies: QMenu
    ) -> None:
        """Buttons under the plan, two in a line, and the tool bar; None parts it."""
        for place, action in enumerate(below):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setSizePolicy(
                self.tree.sizePolicy().horizontalPolicy(), button.sizePolicy().verticalPolicy()
            )
            button.setAccessibleName(action.toolTip())
            self.buttons.addWidget(button, *divmod(place, 2))
        tools = QToolBar(tr("Profile"))
        tools.setObjectName("coodiagProfileTools")
        tools.setMovable(False)
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(tools)
        self.copy_button = QPushButton(tr("Copy of…"))
        self.copy_button.setFlat(True)
        self.copy_button.setToolTip(tr("Begin from a copy of a profile"))
        self.copy_button.setAccessibleName(tr("Begin from a copy of a profile"))
        self.copy_button.setMenu(copies)
        tools.addWidget(self.copy_button)
        for action in bar:
            if action is None:
                tools.addSeparator()
            else:
                tools.addAction(action)
        chain = [self.tree, *(self.buttons.itemAt(n).widget() for n in range(self.buttons.count()))]
        for before, after in zip(chain, [*chain[1:], self.stack]):
            QWidget.setTabOrder(before, after)
