"""The Coodiag provider of the Processing toolbox."""

from __future__ import annotations

from importlib import import_module

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..coodiag_plugin.core.version import version
from ..coodiag_plugin.qgis_bridge.algorithm import ICON

#: Module and class of each algorithm, in the order of a diagnosis.
ALGORITHMS = (
    ("download", "Download"),
    ("importtable", "ImportTable"),
    ("territory", "BuildTerritory"),
    ("indicators", "ComputeIndicators"),
    ("establishments", "ReadEstablishments"),
    ("ecosystem", "FindEcosystem"),
    ("geocode", "Geocode"),
    ("exportcorrections", "ExportCorrections"),
    ("importcorrections", "ImportCorrections"),
    ("roadspeeds", "RoadSpeeds"),
    ("isochrones", "Isochrones"),
    ("catchment", "Catchment"),
    ("thresholdareas", "ThresholdAreas"),
    ("coverage", "Coverage"),
    ("zoneprofile", "ZoneProfile"),
    ("similarcommunes", "SimilarCommunes"),
    ("prospects", "Prospects"),
    ("huff", "HuffModel"),
    ("accessibility", "Accessibility"),
    ("flows", "Flows"),
    ("zonestatistics", "ZoneStatistics"),
    ("mobility", "Mobility"),
    ("style", "ApplyStyle"),
    ("atlas", "PrintAtlas"),
    ("report", "WriteReport"),
    ("profile", "CopyProfile"),
    ("templates", "WriteTemplates"),
    ("answersheet", "WriteAnswerSheet"),
    ("selfevaluation", "SelfEvaluation"),
    ("diagnostic", "Diagnostic"),
    ("replay", "Replay"),
    ("structures", "DiagnoseStructures"),
    ("batchfile", "WriteBatchFile"),
)


class CoodiagProvider(QgsProcessingProvider):
    """Loads in a QGIS whose Python lacks pandas or scipy: no compute module is imported here."""

    def id(self) -> str:
        return "coodiag"

    def name(self) -> str:
        return "Coodiag"

    def longName(self) -> str:
        return f"Coodiag {version()}"

    def icon(self) -> QIcon:
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        return str(ICON)

    def loadAlgorithms(self) -> None:
        for module, name in ALGORITHMS:
            algorithm = getattr(import_module(f".{module}", __package__), name)
            self.addAlgorithm(algorithm())
        registry = QgsApplication.processingRegistry()
        if registry.providerById(self.id()) is self:  # loaded again: see load_models
            self._add_models()

    def load_models(self) -> None:
        """Add the ready models: a model finds its algorithms in the registry, so that they come
        when this provider is there."""
        self._add_models()
        self.algorithmsLoaded.emit()

    def _add_models(self) -> None:
        from .models.model import MODELS, CoodiagModel

        for name in MODELS:
            self.addAlgorithm(CoodiagModel(name))
