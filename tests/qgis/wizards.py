"""The wizard for the tests: its dock on a desk of its own, driven by its keys, looked at.

With ``COODIAG_PICTURES`` a folder, a picture of each state is kept there to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from coodiag.coodiag_plugin.qgis_bridge.desk import Desk
from coodiag.coodiag_plugin.qgis_bridge.desk.draft import DraftStore
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.wizard.dock import WizardDock
from coodiag.ui.wizard.options import OptionsStep
from coodiag.ui.wizard.step import Step
from coodiag.ui.wizard.territory import TerritoryStep
from qgis.core import QgsApplication
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
NARROW = 400


class Plain(Step):
    """A step of another colleague in short: it says what its test tells it to."""

    HELP = "Help of this step."

    def __init__(self, desk: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.missing: list[str] = []
        self.held = ""
        self.working = False
        self.calls: list[str] = []
        QVBoxLayout(self).addWidget(QLabel(self.TITLE))

    def enter(self) -> None:
        self.calls.append("enter")

    def problems(self) -> list[str]:
        return self.missing

    def summary(self) -> str:
        return self.held

    def busy(self) -> bool:
        return self.working

    def stop(self) -> None:
        self.calls.append("stop")
        self.working = False


def plain(name: str, title: str) -> type[Plain]:
    return type(f"Plain_{name}", (Plain,), {"ID": name, "TITLE": title})


PLAIN = {
    name: plain(name, title)
    for name, title in (
        ("territory", "Territory"),
        ("files", "Structure and files"),
        ("people", "People"),
        ("options", "Options"),
        ("run", "Run"),
        ("results", "Results"),
    )
}


def plain_steps(desk: Any) -> list[Step]:
    return [kind(desk) for kind in PLAIN.values()]


def own_steps(desk: Any) -> list[Step]:
    """The steps under test, the others in short."""
    real: dict[str, type[Step]] = {"territory": TerritoryStep, "options": OptionsStep}
    return [{**PLAIN, **real}[name](desk) for name in PLAIN]


class Window:
    """What the wizard asks of QGIS: a window with a map."""

    def __init__(self) -> None:
        self.main = QMainWindow()
        self.canvas = QgsMapCanvas(self.main)
        self.canvas.resize(600, 400)
        self.main.setCentralWidget(self.canvas)

        self.iface: Any = SimpleNamespace(
            mapCanvas=lambda: self.canvas, mainWindow=lambda: self.main
        )


def desk_at(path: Path, window: Window | None = None) -> Desk:
    """A desk whose draft lies in ``path``."""
    return Desk((window or Window()).iface, DraftStore(path / "assistant.json"))


def opened(desk: Any, make: Callable[[Any], Any] = plain_steps, width: int = NARROW) -> WizardDock:
    dock = WizardDock(desk, None, make)
    dock.setFloating(True)
    dock.resize(width, 900)
    dock.show()
    QgsApplication.setActiveWindow(dock)
    settle()
    return dock


def narrowest(widget: QWidget) -> int:
    """Width of a dock that leaves nearly all of the window to the map, in letters of this machine."""
    return 36 * widget.fontMetrics().averageCharWidth()


def press(widget: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
    settle()


def picture(widget: QWidget, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        QTest.qWait(200)
        settle()
        assert widget.grab().save(str(Path(folder) / f"{name}.png"))
