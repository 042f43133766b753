"""Coodiag's page in the options of QGIS."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QWidget

from .core.version import ROOT


class Configuring(QObject):
    """Registers the factory of the page; the page itself is made when the options are opened."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.factory = _Factory()
        iface.registerOptionsWidgetFactory(self.factory)

    def remove(self) -> None:
        self.iface.unregisterOptionsWidgetFactory(self.factory)


class _Factory(QgsOptionsWidgetFactory):
    def __init__(self) -> None:
        super().__init__("Coodiag", QIcon(str(ROOT / "coodiag_plugin" / "icon.svg")), "coodiag")

    def createWidget(self, parent: QWidget) -> QgsOptionsPageWidget:
        from ..ui.options_page import OptionsPage
        from .qgis_bridge.settings.session import SettingsSession

        return OptionsPage(SettingsSession(), parent)
