"""``coodiag:answersheet``: the sheet that the respondents of a self-evaluation fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import cap_parameters as cap


class WriteAnswerSheet(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.selfevaluation.write_answer_sheet`."""

    NAME = "answersheet"
    LABEL = "Answer sheet of a self-evaluation (Cap)"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    HELP = (
        "<p>Writes the workbook that the respondents of a Cap self-evaluation fill in: an objective "
        "per row with what helps to judge it, a note from 0 to 4, a priority from 1 to 3, an action "
        "with its pilot and deadline, and a sheet that explains. One respondent per sheet; copies "
        "of the file in one folder do as well.</p>"
        "<p>The objectives are Coodiag's own wording under the four themes that COORACE published, "
        "not the grid of a federation: give your own grid in its place.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(cap.grid(), cap.GRID_HELP)
        self.add(
            QgsProcessingParameterString("STRUCTURE", tr("Structure"), optional=True),
            "Name of the structure, written in every sheet.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "RESPONDENTS", tr("Respondents"), defaultValue=1, minValue=1, maxValue=50
            ),
            "Number of sheets to fill in.",
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Answer sheet"), "Excel (*.xlsx)"),
            "Workbook to fill in. A file of that name, perhaps filled in, is kept unless its replacement is allowed.",
        )
        self.add(
            QgsProcessingParameterBoolean(
                "OVERWRITE", tr("Replace a file that is there"), defaultValue=False
            ),
            "Without it, a workbook of that name is never replaced: it may be filled in.",
        )
        self.addOutput(QgsProcessingOutputNumber("OBJECTIVES", tr("Objectives")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.selfevaluation import write_answer_sheet

        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context)).expanduser()
        count = write_answer_sheet(
            path,
            cap.file_of(self, parameters, "GRID", context),
            self.parameterAsString(parameters, "STRUCTURE", context).strip(),
            self.parameterAsInt(parameters, "RESPONDENTS", context),
            self.parameterAsBoolean(parameters, "OVERWRITE", context),
            progress,
        )
        return {"OUTPUT": str(path), "OBJECTIVES": count}
