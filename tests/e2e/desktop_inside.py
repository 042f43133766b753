"""The other end of :mod:`desktop`: run by QGIS itself (``--code``), it lets a driver work.

It uses nothing of the plugin's package and nothing of the tests: QGIS has only what its user has.
"""

from __future__ import annotations

import json
import os
import runpy
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtCore import QEventLoop, QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMessageBox, QWidget
from qgis.utils import iface

_TASKS_SECONDS = 10.0


class Waited(AssertionError):
    """What a driver waited for did not come."""


class Driven:
    """What a driver is given: the window of QGIS, and hands."""

    def __init__(self, folder: Path, given: list[Any]) -> None:
        self.iface = iface
        self.given = given
        self.folder = folder
        self.messages: list[tuple[str, str, str]] = []  # tab, level, text of the log of QGIS
        QgsApplication.messageLog().messageReceived.connect(self._hear)

    def _hear(self, text: str, tab: str, level: Qgis.MessageLevel) -> None:
        self.messages.append((tab, str(level), text))

    # --- telling

    def tell(self, name: str, value: Any = True) -> None:
        """Give ``value`` (JSON) back to the test, at once."""
        with (self.folder / "told.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([name, value], ensure_ascii=False) + "\n")

    def grab(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the whole window of QGIS, or of one of its widgets: ``name.png``."""
        self.settle()
        shown = widget or iface.mainWindow()
        assert shown.grab().save(str(self.folder / f"{name}.png")), name

    def screen(self, name: str) -> None:
        """A picture of the screen as it is, dialogs and menus included."""
        self.settle()
        assert QApplication.primaryScreen().grabWindow(0).save(str(self.folder / f"{name}.png"))

    # --- waiting

    def settle(self, milliseconds: int = 50) -> None:
        """Let QGIS work for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait(self, condition: Callable[[], Any], seconds: float = 30.0, what: str = "") -> Any:
        """What ``condition`` gives once it is true, while QGIS goes on."""
        until = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > until:
                self.screen("waited")
                raise Waited(f"{what or 'the condition'} did not come in {seconds:g} s")
            self.settle()
        return found

    def later(self, milliseconds: int, act: Callable[[], Any]) -> None:
        """Do something while a dialog waits for its answer; a failure fails the driver."""
        QTimer.singleShot(milliseconds, lambda: self._kept(act))

    def _kept(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except BaseException:  # noqa: BLE001 told to the test
            self.tell("driver failed", traceback.format_exc())
            self.quit()

    # --- finding and using

    def find(self, kind: type, name: str = "", within: QObject | None = None) -> Any:
        """The one child of a type (and object name) that stands on the screen."""
        inside = within or iface.mainWindow()
        found = [
            each
            for each in (inside.findChildren(kind, name) if name else inside.findChildren(kind))
            if not isinstance(each, QWidget) or each.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} of {kind.__name__} “{name}”"
        return found[0]

    def action(self, name: str) -> QAction:
        found = iface.mainWindow().findChild(QAction, name)
        assert found is not None, f"no action {name}"
        return found

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button of the mouse, in the middle of a widget that can be clicked."""
        assert widget.isVisible() and widget.isEnabled(), (
            f"{widget.objectName()}: not to be clicked"
        )
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at if at is not None else widget.rect().center(),
        )
        self.settle()

    def write(self, widget: QWidget, text: str) -> None:
        """Replace the text of a field, as typed."""
        widget.setFocus()
        widget.selectAll()
        QTest.keyClicks(widget, text)
        self.settle()

    def key(self, key: Qt.Key, modifier: Any = None, widget: QWidget | None = None) -> None:
        """A key, for what has the focus."""
        target = widget or QApplication.focusWidget() or iface.mainWindow()
        # no window manager gives windows the focus here
        QApplication.setActiveWindow(target.window())
        QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def plugin(self) -> Any:
        """The object of the plugin in QGIS."""
        from qgis.utils import plugins

        return plugins["coodiag"]

    def quit(self) -> None:
        """Leave QGIS as a user does who does not want to keep the project, once its tasks are over:
        it would ask about them."""
        until = time.monotonic() + _TASKS_SECONDS
        while QgsApplication.taskManager().countActiveTasks() and time.monotonic() < until:
            self.settle()
        QgsProject.instance().setDirty(False)
        self.action("mActionExit").trigger()


class _Questions:
    """Message boxes that nobody expects would wait for ever: they are told, so that the test that
    runs out of time says why."""

    def __init__(self, driven: Driven) -> None:
        self._driven = driven
        self._told = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(500)

    def _look(self) -> None:
        shown = QApplication.activeModalWidget()
        text = shown.text() if isinstance(shown, QMessageBox) else ""
        if text and text != self._told:
            self._driven.tell("message box", text)
        self._told = text

    def end(self) -> None:
        self._timer.stop()


def _drive() -> None:
    with Path(os.environ["COODIAG_DRIVE"]).open(encoding="utf-8") as stream:
        told = json.load(stream)
    iface.mainWindow().setGeometry(0, 0, *told["size"])
    driven = Driven(Path(told["folder"]), told["given"])
    questions = _Questions(driven)
    try:
        driven.settle(200)
        runpy.run_path(told["driver"])["drive"](driven)
        driven.tell("driver ended")
    except BaseException:  # noqa: BLE001 told to the test
        driven.tell("driver failed", traceback.format_exc())
        driven.screen("failed")
    finally:
        questions.end()
        driven.quit()


QTimer.singleShot(0, _drive)
