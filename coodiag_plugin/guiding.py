"""The wizard in QGIS: its dock, its menu entry, its button, and its offer at the first start."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtGui import QAction, QIcon
from qgis.PyQt.QtWidgets import QPushButton

from .core.version import ROOT
from .qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..ui.wizard.dock import WizardDock

MENU = "Coodiag"
#: Setting that says that the wizard was offered once: it is not again.
OFFERED = "coodiag/wizard/offered"
#: Setting that says that the dock had its first width.
WIDENED = "coodiag/wizard/widened"


class Guiding(QObject):
    """Adds the wizard to the windows of QGIS; everything else is loaded when it is opened."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.dock: WizardDock | None = None
        self._beside: dict[str, Any] = {}
        self._offer: Any = None  # item of the message bar that stands there
        icon = QIcon(str(ROOT / "coodiag_plugin" / "icon.svg"))
        self.action = QAction(icon, tr("Territorial diagnosis…"), iface.mainWindow())
        self.action.setObjectName("coodiagWizard")
        self.action.triggered.connect(lambda _=False: self.open())
        iface.addPluginToMenu(MENU, self.action)
        iface.addToolBarIcon(self.action)
        self._offer_once()

    def reach(self, parts: Iterable[Any]) -> None:
        """Know the other parts of the plugin, whose windows the wizard opens."""
        self._beside = {type(part).__name__: part for part in parts if part is not self}

    def open(self) -> WizardDock:
        """Show the dock, made at its first opening, where QGIS remembers it."""
        if self.dock is None:
            from ..ui.wizard.dock import WizardDock
            from .qgis_bridge.desk import Desk

            desk = Desk(self.iface)
            desk.review = self._review
            desk.edit_profiles = self._edit_profiles
            main = self.iface.mainWindow()
            self.dock = WizardDock(desk, main)
            self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
            main.restoreDockWidget(self.dock)
        self._take_offer_back()
        QgsSettings().setValue(OFFERED, True)
        self.dock.setUserVisible(True)
        self._widen_once()
        return self.dock

    def _widen_once(self) -> None:
        """Give the dock the width that it asks for, the first time in this profile: QGIS opens a new
        one as narrow as it goes, and keeps the width that the user gives it."""
        assert self.dock is not None
        if not QgsSettings().value(WIDENED, False, bool):
            QgsSettings().setValue(WIDENED, True)
            wide = self.dock.widget().sizeHint().width()
            main = self.iface.mainWindow()
            main.resizeDocks([self.dock], [wide], Qt.Orientation.Horizontal)

    def _review(self, **chosen: Any) -> str:
        from ..ui.review_open import Chosen

        return str(self._beside["Reviewing"].open(Chosen(**chosen)))

    def _edit_profiles(self) -> None:
        self._beside["Editing"].open()

    # --- the first start

    def _offer_once(self) -> None:
        """Say where to begin, the first time that the plugin is loaded in this profile."""
        if QgsSettings().value(OFFERED, False, bool):
            return
        QgsSettings().setValue(OFFERED, True)
        bar = self.iface.messageBar()
        item = bar.createMessage(
            "Coodiag",
            tr("Ready: the wizard leads from your files to an atlas. A demonstration is in it."),
        )
        button = QPushButton(tr("Open the wizard"))
        button.clicked.connect(lambda _=False: self.open())
        item.layout().addWidget(button)
        item.destroyed.connect(self._offer_gone)
        self._offer = item
        bar.pushWidget(item, Qgis.MessageLevel.Info)

    def _offer_gone(self) -> None:
        self._offer = None

    def _take_offer_back(self) -> None:
        offer, self._offer = self._offer, None
        if offer is not None:
            offer.destroyed.disconnect(self._offer_gone)
            self.iface.messageBar().popWidget(offer)

    def remove(self) -> None:
        self._take_offer_back()
        if self.dock is not None:
            self.dock.leave()  # keeps what was told, stops what is under way
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        self._beside = {}
        self.iface.removePluginMenu(MENU, self.action)
        self.iface.removeToolBarIcon(self.action)
        self.action.deleteLater()
