"""Corrections of addresses from a csv file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class ImportCorrections(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.corrections.import_corrections`."""

    NAME = "importcorrections"
    LABEL = "Import corrections of addresses"
    GROUP = "Geocoding"
    GROUP_ID = "geocoding"
    HELP = (
        "<p>Adds the corrections of an export to those that are there; of two for one address, the "
        "later one holds. A file with a line that is no correction is refused whole.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterFile("INPUT", tr("Exported corrections"), extension="csv"),
            "csv file of “Export corrections of addresses”.",
        )
        self.add(common.corrections(), common.CORRECTIONS_HELP)
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Corrections taken in")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.corrections import import_corrections

        text = self.parameterAsString(parameters, "CORRECTIONS", context).strip()
        given = Path(text).expanduser() if text else None
        source = Path(self.parameterAsFile(parameters, "INPUT", context))
        return {"COUNT": import_corrections(source, given, progress)}
