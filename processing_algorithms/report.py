"""``coodiag:report``: write the documents of a dossier again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingParameterFile,
)

from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class WriteReport(CoodiagAlgorithm):
    """Thin: :func:`qgis_bridge.documents.write_documents`. Pictures come from layouts, which
    forbid a background thread."""

    NAME = "report"
    LABEL = "Write the documents of a dossier"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    PACKAGES = ("jinja2", "matplotlib")
    HELP = (
        "<p>Writes the documents of the restitution from a dossier as it stands, with the changes that you "
        "made in QGIS to the maps of its project: a report to be edited (rapport.odt), a report for a browser "
        "(rapport.html), the workbook of every figure (indicateurs.xlsx), the slides (diaporama.pdf) and the "
        "two-page summary (synthese.pdf). The figures and texts are those of the diagnosis; nothing is "
        "computed again.</p>"
        "<p>A report that you have edited is never overwritten: the new one takes a free name, such as "
        "rapport (2).odt.</p>"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterFile(
                "DOSSIER", tr("Dossier"), behavior=QgsProcessingParameterFile.Behavior.Folder
            ),
            "Folder that a full diagnosis has written (it holds diagnostic.qgz and contexte.json).",
        )
        self.add(common.formats(), common.FORMATS_HELP)
        self.add(common.house_style(), common.HOUSE_HELP, advanced=True)
        self.add(common.dpi(), common.DPI_HELP, advanced=True)
        for name, label in (
            ("ODT", N_("Report to edit")),
            ("HTML", N_("Report for a browser")),
            ("WORKBOOK", N_("Workbook of figures")),
            ("SLIDES", N_("Slides")),
            ("SYNTHESIS", N_("Two-page summary")),
        ):
            self.addOutput(QgsProcessingOutputFile(name, tr(label)))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        common.house_of(self, parameters, context)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.core.house import in_use
        from ..coodiag_plugin.qgis_bridge.documents import open_rendering, write_documents
        from ..coodiag_plugin.qgis_bridge.dossier import DOCUMENTS, Dossier, taken

        house = common.house_of(self, parameters, context)
        dossier = Dossier(Path(self.parameterAsString(parameters, "DOSSIER", context)).expanduser())
        formats = self.parameterAsEnumStrings(parameters, "FORMATS", context)
        with in_use(house), taken(dossier.folder):
            material = open_rendering(
                dossier, house, self.parameterAsInt(parameters, "DPI", context)
            )
            written = write_documents(material, formats, progress)
        return {DOCUMENTS[name][0]: str(path) for name, path in written.items()}
