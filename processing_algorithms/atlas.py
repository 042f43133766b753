"""``coodiag:atlas``: print the atlas of a dossier again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr


class PrintAtlas(CoodiagAlgorithm):
    """Prints the layouts of the dossier's project, with the changes made to them by hand."""

    NAME = "atlas"
    LABEL = "Print the atlas of a dossier"
    GROUP = "Cartography"
    GROUP_ID = "cartography"
    HELP = (
        "<p>Prints the layouts of a dossier's project as one PDF, in their order, with the changes that you "
        "made to them in QGIS (texts, colours, scale…). The project and the layers are left as they are.</p>"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterFile(
                "DOSSIER", tr("Dossier"), behavior=QgsProcessingParameterFile.Behavior.Folder
            ),
            "Folder that a full diagnosis has written (it holds diagnostic.qgz).",
        )
        self.add(
            QgsProcessingParameterEnum(
                "PAPER",
                tr("Paper"),
                ["A4", "A3", "16:9"],
                defaultValue="A4",
                usesStaticStrings=True,
            ),
            "Format of the atlas. This version prints A4 landscape; A3 and 16:9 come with a later version.",
        )
        self.add(
            QgsProcessingParameterBoolean(
                "COMMUNE_PAGES", tr("One page per commune"), defaultValue=True
            ),
            "Print the page of each commune.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "DPI",
                tr("Resolution (dpi)"),
                defaultValue=300,
                minValue=72,
                maxValue=600,
            ),
            "Resolution of what cannot be drawn as vectors.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "ATLAS", tr("Atlas"), fileFilter="PDF (*.pdf)"
            ),
            "PDF to write.",
        )
        self.addOutput(QgsProcessingOutputNumber("PAGES", tr("Pages")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if self.parameterAsString(parameters, "PAPER", context) != "A4":
            raise InputError("This version prints A4: A3 and 16:9 come with a later version.")

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.dossier import Dossier
        from ..coodiag_plugin.qgis_bridge.reprint import reprint

        path = Path(self.parameterAsFileOutput(parameters, "ATLAS", context))
        pages = reprint(
            Dossier(Path(self.parameterAsString(parameters, "DOSSIER", context))),
            path,
            commune_pages=self.parameterAsBool(parameters, "COMMUNE_PAGES", context),
            dpi=self.parameterAsInt(parameters, "DPI", context),
            progress=progress,
        )
        return {"ATLAS": str(path), "PAGES": pages}
