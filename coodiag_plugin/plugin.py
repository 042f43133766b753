"""The plugin as QGIS sees it: a translator, a Processing provider and the review of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from ..processing_algorithms.provider import CoodiagProvider
from .core.version import ROOT

if TYPE_CHECKING:
    from .reviewing import Reviewing


class CoodiagPlugin:
    """Loads and unloads what Coodiag adds to QGIS. ``iface`` is None under qgis_process."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: CoodiagProvider | None = None
        self.translator: QTranslator | None = None
        self.reviewing: Reviewing | None = None

    def initProcessing(self) -> None:
        self._load_translation()
        self.provider = CoodiagProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        from .qgis_bridge.layouts.fonts import load_fonts
        from .reviewing import Reviewing

        self.initProcessing()
        load_fonts()  # the layouts of a dossier use the shipped family
        self.reviewing = Reviewing(self.iface)

    def unload(self) -> None:
        if self.reviewing is not None:
            self.reviewing.remove()
            self.reviewing = None
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
