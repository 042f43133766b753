"""The plugin as QGIS sees it: a translator and a Processing provider."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from ..processing_algorithms.provider import CoodiagProvider
from .core.version import ROOT


class CoodiagPlugin:
    """Loads and unloads what Coodiag adds to QGIS. ``iface`` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: CoodiagProvider | None = None
        self.translator: QTranslator | None = None

    def initProcessing(self) -> None:
        self._load_translation()
        self.provider = CoodiagProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        from .qgis_bridge.layouts.fonts import load_fonts

        self.initProcessing()
        load_fonts()  # the layouts of a dossier use the shipped family

    def unload(self) -> None:
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
