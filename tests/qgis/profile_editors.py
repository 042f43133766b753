"""What the tests of the profile editor share: a runner without a child process, and patience.

With ``COODIAG_PICTURES`` a folder, a picture of each state is kept there to be looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.qgis_bridge.profile_editing import ProfileSession
from coodiag.tests.qgis.waiting import settle
from coodiag.ui.profile_editor import ProfileEditor
from qgis.core import QgsApplication, QgsProcessingFeedback
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget


class _Running(QObject):
    progressed = pyqtSignal(float)
    ended = pyqtSignal(dict, str)

    def cancel(self) -> None:
        """It has run already."""


class InThisWindow:
    """Runs the diagnosis at once, as the runner of the wizard does beside QGIS."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def start(self, parameters: dict[str, Any]) -> _Running:
        import processing
        from qgis.PyQt.QtCore import QTimer

        self.asked.append(parameters)
        running = _Running()
        results = processing.run(
            "coodiag:diagnostic", parameters, feedback=QgsProcessingFeedback(False)
        )
        QTimer.singleShot(0, lambda: running.ended.emit(results, ""))
        return running


def picture(window: QWidget, language: str, name: str) -> None:
    folder = os.environ.get("COODIAG_PICTURES")
    if folder:
        settle()
        assert window.grab().save(str(Path(folder) / f"{language}_profile_{name}.png"))


def opened(draft: Path) -> ProfileEditor:
    """A window on the default profile, which is not deleted when it closes."""
    window = ProfileEditor(ProfileSession(draft))
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    window.show()
    window.activateWindow()
    QgsApplication.setActiveWindow(window)
    QTest.qWaitForWindowActive(window, 3000)
    window.tree.setFocus()
    return window


def closed(window: ProfileEditor) -> None:
    window.close()
    window.deleteLater()
    settle()


def form(editor: ProfileEditor) -> Any:
    return editor.forms[editor.stack.currentIndex()]


def field(editor: ProfileEditor, key: str) -> Any:
    return form(editor).fields[key].widget
