"""The plugin as QGIS sees it: a translator, a Processing provider and the windows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTimer, QTranslator
from qgis.PyQt.QtWidgets import QMenu

from ..processing_algorithms.provider import CoodiagProvider
from .core.version import ROOT

#: Module and class of what is added to the windows of QGIS, in the order of the menu. Each is made
#: with ``iface`` and taken back by ``remove()``; what it shows is loaded when it is opened.
PARTS = (
    ("guiding", "Guiding"),
    ("reviewing", "Reviewing"),
    ("editing", "Editing"),
    ("configuring", "Configuring"),
)

#: Name that the parts give their menu.
MENU = "Coodiag"


class CoodiagPlugin:
    """Loads and unloads what Coodiag adds to QGIS. ``iface`` is None under qgis_process.

    ``forget``: called when everything has been taken back.
    """

    def __init__(self, iface: Any, forget: Callable[[], None] = lambda: None) -> None:
        self.iface = iface
        self._forget = forget
        self.provider: CoodiagProvider | None = None
        self.translator: QTranslator | None = None
        self.parts: list[Any] = []

    def initProcessing(self) -> None:
        self._load_translation()
        provider = CoodiagProvider()
        if not QgsApplication.processingRegistry().addProvider(provider):
            return  # another Coodiag is there, and QGIS has deleted this one
        self.provider = provider
        if self.iface is None:
            self._load_models()
        else:
            QTimer.singleShot(0, self._load_models)  # once the windows of QGIS are there

    def _load_models(self) -> None:
        if self.provider is not None:  # not taken back meanwhile
            self.provider.load_models()

    def initGui(self) -> None:
        from .qgis_bridge.layouts.font_files import load_shipped

        self.initProcessing()
        load_shipped()  # the layouts of a dossier use the shipped family
        for module, name in PARTS:
            part = getattr(import_module(f".{module}", __package__), name)
            self.parts.append(part(self.iface))
        self.parts[0].reach(self.parts)  # the wizard opens the windows of the others

    def unload(self) -> None:
        """Take everything back, the last thing first; all of it, even when one part raises."""
        from .qgis_bridge.layouts import font_files

        with ExitStack() as back:
            back.callback(self._forget)
            back.callback(self._remove_translation)
            back.callback(self._remove_provider)
            back.callback(font_files.unload)
            back.callback(self._remove_menu)
            for part in self.parts:
                back.callback(part.remove)
            self.parts = []

    def _remove_menu(self) -> None:
        """QGIS takes the emptied menu of a plugin out of its own menus, and keeps it."""
        if self.iface is not None:
            for menu in self.iface.mainWindow().findChildren(QMenu, MENU):
                if menu.isEmpty():
                    menu.deleteLater()

    def _remove_provider(self) -> None:
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None

    def _remove_translation(self) -> None:
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None

    def _load_translation(self) -> None:
        language = str(QgsSettings().value("locale/userLocale", QLocale().name()))[:2]
        path = ROOT / "i18n" / f"coodiag_{language}.qm"
        if self.translator is None and path.exists():
            self.translator = QTranslator()
            if self.translator.load(str(path)):
                QCoreApplication.installTranslator(self.translator)
