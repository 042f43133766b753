"""Corrections of addresses into a csv file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class ExportCorrections(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.corrections.export_corrections`."""

    NAME = "exportcorrections"
    LABEL = "Export corrections of addresses"
    GROUP = "Geocoding"
    GROUP_ID = "geocoding"
    HELP = (
        "<p>Writes the places that a person gave to addresses in the review window into a csv file, to "
        "take them to another machine. Addresses as they were written are not in it, only keys that "
        "find them again; but points and labels of places are: keep it like a file of persons.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(common.corrections(), common.CORRECTIONS_HELP)
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT", tr("Exported corrections"), "csv (*.csv)"
            ),
            "csv file, readable by its owner only.",
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Corrections")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.corrections import export_corrections

        text = self.parameterAsString(parameters, "CORRECTIONS", context).strip()
        given = Path(text).expanduser() if text else None
        target = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        return {"OUTPUT": str(target), "COUNT": export_corrections(target, given, progress)}
