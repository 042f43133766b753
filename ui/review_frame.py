"""What stands where in the review window, before anything acts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction, QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QSplitter,
    QToolButton,
    QWidget,
)

from .bar import Bar
from .review_map import ReviewMap
from .review_panel import ReviewPanel
from .review_parts import column, line, row_table
from .review_table import RowFilter, RowModel, filters
from .words import tr

#: Grounds of the map, in the order of their list.
DOSSIER, PROJECT, ONLINE = range(3)


class ReviewFrame(QMainWindow):
    """The widgets of a review of ``session``, reached by the tab key in the order of the work."""

    def __init__(self, session: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.session = session
        self.setWindowTitle(tr("Coodiag: addresses to review"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = RowModel(session.rows, self)
        self.proxy = RowFilter(session.rows, self)
        self.proxy.setSourceModel(self.model)
        self.map = ReviewMap(session.crs)
        self.panel = ReviewPanel()
        self._build()
        self.resize(1280, 760)
        self.statusBar()  # there from the start: the map must not change its size for a sentence

    def _build(self) -> None:
        self.filter = QComboBox()
        self.filter.addItems(filters())
        self.filter.setAccessibleName(tr("Rows shown"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search (Ctrl+F)"))
        self.search.setAccessibleName(tr("Search in the addresses"))
        self.search.setClearButtonEnabled(True)
        self.table = row_table(self.proxy)
        self.count = QLabel()
        self.count.setWordWrap(True)  # one long line would keep the window from a small screen
        self.count.setAccessibleName(tr("Progress of the review"))
        self.bar = Bar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.bar.setAccessibleName(tr("Progress of the review"))
        self.ground = QComboBox()
        self.ground.setAccessibleName(tr("Background of the map"))
        self.ground.addItems([tr("Dossier"), tr("Project"), tr("Project, with online layers")])
        self.ground.setItemData(
            ONLINE,
            tr("The server of an online layer sees which places you look at."),
            Qt.ItemDataRole.ToolTipRole,
        )
        self.ground.setCurrentIndex(DOSSIER if self.session.grounds else PROJECT)
        left = column(line(self.filter, self.search), self.table, self.count, self.bar)
        ground = line(QLabel(tr("Background of the map")), self.ground, stretch=False)
        upper = column(ground, self.map)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(upper)
        right.addWidget(self.panel)
        right.setSizes([320, 380])
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(left)
        whole.addWidget(right)
        whole.setSizes([620, 660])
        self.setCentralWidget(whole)

    def order(self, text: str, tip: str, keys: Any, act: Callable[..., Any]) -> QAction:
        """An order of the window, given by its keys."""
        action = QAction(text, self)
        action.setToolTip(tip)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def lay_orders(
        self, buttons: Sequence[QAction], bar: Sequence[QAction], more: Sequence[QAction]
    ) -> None:
        """Give orders a button under the places, three in a line, a place in the tool bar, or in
        the menu at its end."""
        placed = [
            self.panel.add_button(action, *divmod(place, 3)) for place, action in enumerate(buttons)
        ]
        tools = self.addToolBar(tr("Review"))
        tools.setObjectName("coodiagReview")
        tools.setMovable(False)
        tools.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        tools.addActions(bar)
        self.more = QToolButton()
        self.more.setText(tr("More"))
        self.more.setAccessibleName(tr("More orders"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addActions(more)
        self.more.setMenu(menu)
        tools.addWidget(self.more)
        chain = [self.filter, self.search, self.table, self.panel.list, *placed]
        chain += [self.panel.note, self.ground, self.map]
        for before, after in zip(chain, chain[1:]):
            QWidget.setTabOrder(before, after)
