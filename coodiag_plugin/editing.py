"""The profile editor in QGIS: its menu entry, and its window."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QAction

from .core.errors import CoodiagError
from .qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..ui.profile_editor import ProfileEditor

MENU = "Coodiag"


class Editing(QObject):
    """Adds the profile editor to the menu; everything else is loaded when it is opened.

    ``saved``: the path of a profile that was just saved, so that a wizard can offer it.
    """

    saved = pyqtSignal(str)

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.window: ProfileEditor | None = None
        self.action = QAction(tr("Edit a diagnosis profile…"), iface.mainWindow())
        self.action.setObjectName("coodiagProfiles")
        self.action.triggered.connect(lambda _=False: self.open())
        iface.addPluginToMenu(MENU, self.action)

    def open(self, profile: str = "") -> None:
        """Show the editor on what was left there, or on a profile: a copy of a shipped one, by its
        id, or a file, by its path."""
        if self.window is None:
            try:
                self._make()
            except CoodiagError as error:
                from .qgis_bridge.algorithm import sentence

                bar = self.iface.messageBar()
                said = escape(sentence(error), quote=False)  # the bar takes it for markup
                bar.pushMessage("Coodiag", said, Qgis.MessageLevel.Warning)
                return
        assert self.window is not None
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if profile:
            self.window.edit(profile)

    def _make(self) -> None:
        from ..ui.profile_editor import ProfileEditor
        from .qgis_bridge.profile_editing import ProfileSession

        self.window = ProfileEditor(ProfileSession(), self.iface.mainWindow())
        self.window.saved.connect(self.saved)
        self.window.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self.window = None

    def remove(self) -> None:
        if self.window is not None:
            self.window.close()
        self.iface.removePluginMenu(MENU, self.action)
        self.action.deleteLater()
