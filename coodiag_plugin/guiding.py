"""The wizard in QGIS: its dock, its menu entry and its button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QAction, QIcon

from .core.version import ROOT
from .qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..ui.wizard.dock import WizardDock

MENU = "Coodiag"


class Guiding(QObject):
    """Adds the wizard to the windows of QGIS; everything else is loaded when it is opened."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.dock: WizardDock | None = None
        icon = QIcon(str(ROOT / "coodiag_plugin" / "icon.svg"))
        self.action = QAction(icon, tr("Territorial diagnosis…"), iface.mainWindow())
        self.action.setObjectName("coodiagWizard")
        self.action.triggered.connect(lambda _=False: self.open())
        iface.addPluginToMenu(MENU, self.action)
        iface.addToolBarIcon(self.action)

    def open(self) -> WizardDock:
        """Show the dock, made at its first opening."""
        if self.dock is None:
            from ..ui.wizard.dock import WizardDock
            from .qgis_bridge.desk import Desk

            self.dock = WizardDock(Desk(self.iface), self.iface.mainWindow())
            self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.setUserVisible(True)
        return self.dock

    def remove(self) -> None:
        if self.dock is not None:
            self.dock.leave()  # keeps what was told, stops what is under way
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        self.iface.removePluginMenu(MENU, self.action)
        self.iface.removeToolBarIcon(self.action)
        self.action.deleteLater()
