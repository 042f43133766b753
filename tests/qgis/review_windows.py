"""The review window for the tests: opened, driven by its keys, looked at.

With ``COODIAG_PICTURES`` a folder, a picture of each state is kept there to be looked at.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

from coodiag.coodiag_plugin.qgis_bridge.review import ReviewSession
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.review import ReviewWindow
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QMainWindow,
)

CONTROL = Qt.KeyboardModifier.ControlModifier


SHIFT = Qt.KeyboardModifier.ShiftModifier


def opened(session: ReviewSession) -> ReviewWindow:
    window = ReviewWindow(session, MagicMock())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    window.show()
    window.activateWindow()
    QgsApplication.setActiveWindow(window)
    QTest.qWaitForWindowActive(window, 3000)
    window.table.setFocus()
    return window


def press(widget: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
    settle()


def picture(window: ReviewWindow, language: str, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        for _ in range(25):
            QTest.qWait(20)
        window.map.waitWhileRendering()
        settle()
        assert window.grab().save(str(Path(folder) / f"{language}_{name}.png"))


def waiting(window: ReviewWindow) -> int:
    return int(window.session.counts().waiting)


def find(window: ReviewWindow, words: str) -> Any:
    """Search, and the row that comes under review."""
    window.search.setText(words)
    settle()
    at = window.current()
    assert at is not None, words
    return window.session.rows[at]


def a_row(window: ReviewWindow, fits: Any) -> Any:
    """Put the cursor on a row that fits, by the table itself."""
    row = next(row for row in window.session.rows if row.waiting and fits(row))
    window.show_row(row.at)
    settle()
    assert window.current() == row.at
    return row


def with_choices(window: ReviewWindow, least: int = 2) -> Any:
    return a_row(
        window, lambda row: row.lon is not None and len(window.session.choices(row.at)) >= least
    )


def interface() -> Any:
    bar, main = MagicMock(), QMainWindow()
    return SimpleNamespace(mainWindow=lambda: main, messageBar=lambda: bar, **places())


class Place(list[Any]):
    """A menu or a tool bar of QGIS: the actions that stand in it."""

    def take_away(self, action: Any) -> None:
        self.remove(action)  # one that does not stand there is a mistake


def places() -> dict[str, Any]:
    """Where QGIS puts the actions of a plugin: ``menu``, by the name of the submenu, ``toolbar``."""
    menu: dict[str, Place] = defaultdict(Place)
    toolbar = Place()
    return {
        "menu": menu,
        "toolbar": toolbar,
        "addPluginToMenu": lambda name, action: menu[name].append(action),
        "removePluginMenu": lambda name, action: menu[name].take_away(action),
        "addToolBarIcon": toolbar.append,
        "removeToolBarIcon": toolbar.take_away,
    }
