"""``coodiag:structures``: a dossier for each structure of a table."""

from __future__ import annotations

from collections import Counter
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
)

from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.many.run import DONE, KEPT, REFUSED, run_all, summary_layer
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour
from . import parameters as common
from .structure_parameters import OnStructures


class DiagnoseStructures(OnStructures):
    """Runs ``coodiag:diagnostic`` for each row; layouts forbid a background thread."""

    NAME = "structures"
    LABEL = "Full diagnosis of several structures"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    PACKAGES = ("jinja2", "matplotlib", "pandas", "scipy")
    HELP = (
        "<p>Makes a full diagnosis for each row of a table of structures, one dossier each. A row that "
        "cannot be made is told with its reason, and the others go on. The summary has a row per "
        "structure: <i>status</i> is fait (made), deja_fait (left as it is) or refuse (refused, with "
        "<i>reason</i>).</p>"
        "<p>A dossier that was made before from the same files and parameters is left as it is: after "
        "a refusal is mended or a run was cancelled, run again with the same folder and only the rest is "
        "made. Each dossier keeps the persons of its structure apart, in its own <i>confidentiel</i>.</p>"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add_table()
        self.add_common()
        self.add(
            QgsProcessingParameterBoolean(
                "REDO", tr("Make every dossier again"), defaultValue=False
            ),
            "Also those that were made before from the same files and parameters.",
            advanced=True,
        )
        self.add_folder()
        self.add(
            common.sink("SUMMARY", tr("Summary of the structures"), common.ROWS, optional=True),
            "A row per structure: line of the table, folder, status, reason of a refusal, pages, rows read and located.",
        )
        for name, label in (
            ("COUNT", N_("Structures read")),
            ("COUNT_DONE", N_("Dossiers made")),
            ("COUNT_KEPT", N_("Dossiers left as they were")),
            ("COUNT_REFUSED", N_("Structures refused")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        folder = self.folder(parameters, context)
        planned = self.planned(parameters, context, progress)
        redo = self.parameterAsBool(parameters, "REDO", context)
        outcomes = run_all(planned, folder, redo, context, progress)
        status = Counter(outcome.status for outcome in outcomes)
        progress.say(
            "Structures: {count} = {done} made + {kept} left as they were + {refused} refused.",
            count=len(outcomes),
            done=status[DONE],
            kept=status[KEPT],
            refused=status[REFUSED],
        )
        results: dict[str, Any] = {
            "OUTPUT_FOLDER": str(folder),
            "COUNT": len(outcomes),
            "COUNT_DONE": status[DONE],
            "COUNT_KEPT": status[KEPT],
            "COUNT_REFUSED": status[REFUSED],
        }
        summary = pour(self, parameters, "SUMMARY", context, summary_layer(outcomes), progress)
        return results if summary is None else {**results, "SUMMARY": summary}
