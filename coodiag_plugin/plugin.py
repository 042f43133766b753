"""The plugin as QGIS sees it: a translator, a Processing provider and the windows."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

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


class CoodiagPlugin:
    """Loads and unloads what Coodiag adds to QGIS. ``iface`` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: CoodiagProvider | None = None
        self.translator: QTranslator | None = None
        self.parts: list[Any] = []

    def initProcessing(self) -> None:
        self._load_translation()
        self.provider = CoodiagProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        from .qgis_bridge.layouts.fonts import load_fonts

        self.initProcessing()
        load_fonts()  # the layouts of a dossier use the shipped family
        for module, name in PARTS:
            part = getattr(import_module(f".{module}", __package__), name)
            self.parts.append(part(self.iface))

    def unload(self) -> None:
        while self.parts:
            self.parts.pop().remove()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
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
