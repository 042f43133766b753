"""``coodiag:atlas``: print the atlas of a dossier again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from . import parameters as common


class PrintAtlas(CoodiagAlgorithm):
    """Prints the layouts of the dossier's project, with the changes made to them by hand, or its
    pages in another format."""

    NAME = "atlas"
    LABEL = "Print the atlas of a dossier"
    GROUP = "Cartography"
    GROUP_ID = "cartography"
    HELP = (
        "<p>Prints the layouts of a dossier's project as one PDF, in their order, with the changes that you "
        "made to them in QGIS (texts, colours, scale…). The project and the layers are left as they are.</p>"
        "<p>In another format than that of the layouts (A4 or A3), the pages are built anew from the figures of "
        "the dossier, and the changes made by hand are not on them. 16:9 prints the slides.</p>"
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
            QgsProcessingParameterString("PROFILE", tr("Profile"), optional=True),
            "Empty, or the profile that the dossier was made with. Another profile has other figures and maps: it needs a new diagnosis.",
            advanced=True,
        )
        self.add(common.paper(), common.PAPER_HELP)
        self.add(common.commune_pages(), common.COMMUNE_PAGES_HELP)
        self.add(
            QgsProcessingParameterEnum(
                "COMMUNE_SCALE",
                tr("Scale of the commune maps"),
                options=list(common.SCALES),
                usesStaticStrings=True,
                optional=True,
            ),
            "fit (each commune fills its map) or fixed (the same scale for all, so that pages compare). Empty: as in the dossier.",
            advanced=True,
        )
        self.add(
            common.house_style(),
            "Folder of the house style: its fonts, which the layouts may need, and its logo and photo where pages are built anew. Empty: none.",
            advanced=True,
        )
        self.add(common.dpi(), common.DPI_HELP, advanced=True)
        self.add(
            QgsProcessingParameterFileDestination("ATLAS", tr("Atlas"), fileFilter="PDF (*.pdf)"),
            "PDF to write.",
        )
        self.addOutput(QgsProcessingOutputNumber("PAGES", tr("Pages")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.qgis_bridge.dossier import Dossier
        from ..coodiag_plugin.qgis_bridge.reprint import check_profile

        common.house_of(self, parameters, context)
        profile = self.parameterAsString(parameters, "PROFILE", context).strip()
        if profile:
            folder = Path(self.parameterAsString(parameters, "DOSSIER", context))
            check_profile(Dossier(folder), profile)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.dossier import Dossier
        from ..coodiag_plugin.qgis_bridge.reprint import reprint

        path = Path(self.parameterAsFileOutput(parameters, "ATLAS", context))
        pages = reprint(
            Dossier(Path(self.parameterAsString(parameters, "DOSSIER", context))),
            path,
            paper=self.parameterAsString(parameters, "PAPER", context),
            commune_pages=self.parameterAsBool(parameters, "COMMUNE_PAGES", context),
            commune_scale=self.parameterAsString(parameters, "COMMUNE_SCALE", context),
            house=common.house_of(self, parameters, context),
            dpi=self.parameterAsInt(parameters, "DPI", context),
            progress=progress,
        )
        return {"ATLAS": str(path), "PAGES": pages}
