"""The profile editor in QGIS: its menu entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QAction

from .qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..ui.profile_editor import ProfileEditor

MENU = "Coodiag"


class Editing(QObject):
    """Adds the profile editor to the menu; everything else is loaded when it is opened."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.window: ProfileEditor | None = None
        self.action = QAction(tr("Edit a diagnosis profile…"), iface.mainWindow())
        self.action.setObjectName("coodiagProfiles")
        self.action.triggered.connect(lambda _=False: self.open())
        iface.addPluginToMenu(MENU, self.action)

    def open(self) -> None:
        """Show the editor, made at its first opening."""
        if self.window is None:
            from ..ui.profile_editor import ProfileEditor
            from .qgis_bridge.profile_editing import ProfileSession

            self.window = ProfileEditor(ProfileSession(), self.iface.mainWindow())
            self.window.destroyed.connect(lambda: setattr(self, "window", None))
        self.window.show()
        self.window.raise_()

    def remove(self) -> None:
        if self.window is not None:
            self.window.close()
        self.iface.removePluginMenu(MENU, self.action)
        self.action.deleteLater()
