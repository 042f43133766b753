"""``coodiag:selfevaluation``: from answers to radar, progress plan and consolidation (Cap)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import DIVERGENCE, HIGHEST, MIN_RESPONDENTS, TARGET
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour
from . import cap_parameters as cap
from . import parameters as common

_DOUBLE = QgsProcessingParameterNumber.Type.Double


class SelfEvaluation(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.selfevaluation.selfevaluation`."""

    NAME = "selfevaluation"
    LABEL = "Self-evaluation (Cap)"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    PACKAGES = ("matplotlib",)
    HELP = (
        "<p>Reads the answers of several respondents to a Cap self-evaluation and writes a radar, "
        "printed pages (PDF) and a workbook: scores by sub-theme and theme, where the respondents "
        "differ, a progress plan sorted by gap to the target × priority × weight, and what has "
        "changed since the last time. With three structures or more, a consolidation that names "
        "none of them.</p>"
        "<p>Nothing tells who answered what: the spread of the answers and the scores of a function "
        "are shown from three respondents only. The objectives are Coodiag's own wording, not the "
        "grid of a federation: give your own grid in its place.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            cap.answers("ANSWERS", tr("Answers")),
            "A workbook with a sheet per respondent, a long table with a column répondant, or the path of a folder of such files.",
        )
        self.add(
            cap.answers("PREVIOUS", tr("Previous self-evaluation"), optional=True),
            "Answers of the last time (file or folder), or the workbook or TABLE of an earlier result. Only objectives that have a score both times are compared.",
        )
        self.add(cap.grid(), cap.GRID_HELP)
        self.add(
            QgsProcessingParameterString("STRUCTURE", tr("Structure"), optional=True),
            "Name of the structure for the sheets that do not say it.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "TARGET", tr("Target"), _DOUBLE, TARGET, minValue=0.0, maxValue=float(HIGHEST)
            ),
            "Note that each objective should reach, from 0 to 4.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "MIN_RESPONDENTS",
                tr("Least number of respondents"),
                defaultValue=MIN_RESPONDENTS,
                minValue=MIN_RESPONDENTS,
            ),
            "Fewest respondents behind the scores of a function: three or more. The lowest and the highest note are told from two more on.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "DIVERGENCE",
                tr("Threshold of divergence"),
                _DOUBLE,
                DIVERGENCE,
                minValue=0.1,
                maxValue=2.0,
            ),
            "Standard deviation of the notes from which the views on an objective are said to diverge.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("DATE", tr("Date of production"), optional=True),
            "Date printed on the pages, as 2026-03-31. Empty: today.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Output folder")),
            "Folder of the radar, the pages and the workbook; several structures have a folder each below it.",
        )
        self.add(
            common.sink("TABLE", tr("Scores"), common.ROWS),
            "Scores, states, numbers of answers and spread by objective, sub-theme, theme and shown function.",
        )
        self.add(
            common.sink("PLAN", tr("Progress plan"), common.ROWS),
            "Objectives under the target, the most pressing first, with action, pilot, deadline and indicator.",
        )
        self.add(
            common.optional_sink("ISSUES", tr("Issues"), common.ROWS),
            "Everything of the files that was not taken as it stands, with file, sheet and row. It quotes cells: keep it with the answers.",
        )
        for name, label in (
            ("RADAR", N_("Radar")),
            ("PAGES", N_("Printed pages")),
            ("WORKBOOK", N_("Workbook")),
        ):
            self.addOutput(QgsProcessingOutputFile(name, tr(label)))
        for name, label in (
            ("RESPONDENTS", N_("Answer sheets read")),
            ("STRUCTURES", N_("Structures")),
            ("ISSUE_COUNT", N_("Number of issues")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        self._day(parameters, context)

    def _day(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        text = self.parameterAsString(parameters, "DATE", context).strip()
        if not text:
            return date.today().isoformat()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise InputError(
                "“{text}” is not a date: write it as 2026-03-31.", text=text
            ) from error

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.selfevaluation import CapRequest, selfevaluation

        folder = Path(self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context)).expanduser()
        answers = cap.file_of(self, parameters, "ANSWERS", context)
        if answers is None:
            raise InputError("Give the file or the folder of the answers.")
        made = selfevaluation(
            CapRequest(
                answers,
                folder,
                self._day(parameters, context),
                cap.file_of(self, parameters, "GRID", context),
                cap.file_of(self, parameters, "PREVIOUS", context),
                self.parameterAsString(parameters, "STRUCTURE", context).strip(),
                self.parameterAsDouble(parameters, "TARGET", context),
                self.parameterAsInt(parameters, "MIN_RESPONDENTS", context),
                self.parameterAsDouble(parameters, "DIVERGENCE", context),
            ),
            progress,
        )
        layers = {"TABLE": made.table, "PLAN": made.plan, "ISSUES": made.issues}
        sinks = {
            name: pour(self, parameters, name, context, layer, progress)
            for name, layer in layers.items()
        }
        return {
            **{name: sink for name, sink in sinks.items() if sink is not None},
            "OUTPUT_FOLDER": str(folder),
            "RADAR": str(made.radar),
            "PAGES": str(made.pages),
            "WORKBOOK": str(made.workbook),
            "RESPONDENTS": made.respondents,
            "STRUCTURES": made.structures,
            "ISSUE_COUNT": made.issues.featureCount(),
        }
