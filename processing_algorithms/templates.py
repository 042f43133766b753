"""``coodiag:templates``: the tables that an analyst fills in for a diagnosis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class WriteTemplates(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.templates.write_templates`."""

    NAME = "templates"
    LABEL = "Tables to fill in for a diagnosis"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    HELP = (
        "<p>Writes four workbooks that an analyst fills in and gives to Full diagnosis: a survey or "
        "interviews (enquete.xlsx), the actors of the territory (acteurs.xlsx), the action plan "
        "(plan_action.xlsx) and the analyst's own texts by page (textes.xlsx).</p>"
        "<p>Each has a sheet « Lisez-moi » that explains its columns. The invented sample rows begin "
        "with « Exemple » and are ignored when the table is read. Tables of your own, csv or ods "
        "ones too, do as well: columns are recognised by their names.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.profile(),
            "The profile whose pages and chapters are the rows of textes.xlsx: coodiag, ess, ctg, or the path of a profile file (JSON) of your own.",
        )
        self.add(
            QgsProcessingParameterBoolean(
                "OVERWRITE", tr("Replace tables that are there"), defaultValue=False
            ),
            "Without it, a folder that holds one of these files already is refused: it may be filled in.",
        )
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Folder of the tables")),
            "Folder where the workbooks are written.",
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Tables written")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.templates import write_templates

        folder = Path(self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context)).expanduser()
        paths = write_templates(
            folder,
            self.parameterAsString(parameters, "PROFILE", context),
            self.parameterAsBoolean(parameters, "OVERWRITE", context),
            progress,
        )
        return {"OUTPUT_FOLDER": str(folder), "COUNT": len(paths)}
