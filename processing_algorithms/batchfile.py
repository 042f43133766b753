"""``coodiag:batchfile``: a table of structures as a file that QGIS's batch window loads."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
)

from ..coodiag_plugin.core.places import place
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.many.batch import write_batch
from ..coodiag_plugin.qgis_bridge.translation import tr
from .structure_parameters import OnStructures


class WriteBatchFile(OnStructures):
    """Thin: :func:`qgis_bridge.many.batch.write_batch`."""

    NAME = "batchfile"
    LABEL = "Batch file from a table of structures"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    HELP = (
        "<p>Writes a table of structures as a file of QGIS's batch window. Open Full diagnosis, choose "
        "“Run as batch process…”, then “Open” and this file: each structure is a row, whose values can "
        "still be changed before the run.</p>"
        "<p>“Full diagnosis of several structures” makes the same dossiers without the window, and does not "
        "make again what is made. The file names the structure's files: keep it to yourself.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add_table()
        self.add_common()
        self.add_folder()
        self.add(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                tr("Batch file"),
                fileFilter=tr("Batch files") + " (*.batch *.json)",
            ),
            "File to write (.batch).",
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Structures read")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_REFUSED", tr("Structures refused")))

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        planned = self.planned(parameters, context, progress)
        path = place(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        refused = write_batch(path, planned, context, progress)
        return {
            "OUTPUT_FOLDER": str(self.folder(parameters, context)),
            "OUTPUT": str(path),
            "COUNT": len(planned),
            "COUNT_REFUSED": refused,
        }
