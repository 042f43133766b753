"""``coodiag:establishments``: establishments of a territory from the Sirène stock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.wanted import REGISTERS, OfficialSource
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import codes, pour, source
from . import parameters as common


class ReadEstablishments(CoodiagAlgorithm):
    """Active establishments of the communes, from the files of Insee or from the services."""

    NAME = "establishments"
    LABEL = "Establishments"
    GROUP = "Import and sources"
    GROUP_ID = "import"
    PACKAGES = ("pandas", "numpy")
    HELP = (
        "<p>Reads the active establishments of the communes from the Sirène register: from the services "
        "(API Sirène, Recherche d’entreprises), from Insee's stock files (StockEtablissement, and "
        "beside it StockUniteLegale and the geolocation file; zipped or not), from a geo_sirene "
        "extract, or from any extract that keeps Sirène's column names. The national files are never "
        "whole in memory: an ordinary computer can read them.</p>"
        "<p>Establishments with partial diffusion keep their commune, activity and size only: they "
        "are counted, not drawn. The names of natural persons are never written. No address is "
        "written.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            common.COMMUNES_HELP,
        )
        self.add(
            common.choice("SOURCE", tr("Source"), REGISTERS),
            "stock: the files given, else the national files, which are downloaded once (about 3 GB). recherche-entreprises: without a key, slow on large territories. sirene-api: with the key of the Sirène API (30 requests a minute). auto: the files when some are given, else sirene-api when a key is known, else recherche-entreprises.",
        )
        self.add(
            QgsProcessingParameterFile("STOCK", tr("Sirène stock"), optional=True),
            "StockEtablissement (csv or zip), an extract, or the folder that holds the files. The unit and geolocation files beside it are found by themselves.",
        )
        self.add(
            common.data_folder(),
            "Folder where the Sirène files are recognised by their headers when STOCK is empty, and where the table of commune changes is looked for.",
        )
        self.add(
            QgsProcessingParameterString("NAF", tr("Activities"), optional=True),
            "Activities to keep, separated by commas: sections, divisions, groups or classes (N, 81, 81.2, 81.21Z). Empty: all.",
        )
        self.add(
            QgsProcessingParameterBoolean("ESS_ONLY", tr("ESS only"), defaultValue=False),
            "Keep only the social and solidarity economy: Sirène's flag, else the legal forms of the statistical perimeter (the log says which).",
        )
        self.add(
            QgsProcessingParameterNumber(
                "WORKFORCE_MIN", tr("Least workforce"), optional=True, minValue=0
            ),
            "Keep the workforce classes whose lower bound is at least this number; unknown workforces are then left out. Empty: all.",
        )
        common.add_key(self, "sirene")
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        self.add(
            common.sink("ESTABLISHMENTS", tr("Establishments"), common.POINT),
            "Active establishments; those without a point keep their row without geometry.",
        )
        self.add(
            common.sink("PROVENANCE", tr("Provenance"), common.ROWS, optional=True),
            common.PROVENANCE_HELP,
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.core.nomenclatures import NafFilter

        self._official(parameters, context).check()
        NafFilter(codes(self.parameterAsString(parameters, "NAF", context)))

    def _official(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> OfficialSource:
        """Files when they are given and no service is asked for by name."""
        way = self.parameterAsString(parameters, "SOURCE", context)
        folder = self._path(parameters, "DATA_FOLDER", context)
        return OfficialSource(
            "auto" if way in ("auto", "stock") else "online",
            folder,
            self.parameterAsString(parameters, "CACHE", context),
            common.keys_of(self, parameters, context),
        )

    def _path(
        self, parameters: dict[str, Any], name: str, context: QgsProcessingContext
    ) -> Path | None:
        text = self.parameterAsString(parameters, name, context).strip()
        return Path(text).expanduser() if text else None

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.communes import commune_codes
        from ..coodiag_plugin.qgis_bridge.establishments import (
            establishments_layer,
            establishments_of,
            provenance_layer,
        )
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        communes = source(self, parameters, "COMMUNES", context)
        least = None
        if given(parameters, "WORKFORCE_MIN", context):
            least = self.parameterAsInt(parameters, "WORKFORCE_MIN", context)
        table, sources = establishments_of(
            commune_codes(communes),
            self.parameterAsString(parameters, "SOURCE", context),
            stock=self._path(parameters, "STOCK", context),
            source=self._official(parameters, context),
            naf=codes(self.parameterAsString(parameters, "NAF", context)),
            ess_only=self.parameterAsBoolean(parameters, "ESS_ONLY", context),
            workforce_min=least,
            progress=progress.part(0.0, 0.9),
        )
        layer = establishments_layer(table, metric_crs(communes))
        results = {
            "ESTABLISHMENTS": pour(
                self,
                parameters,
                "ESTABLISHMENTS",
                context,
                layer,
                progress,
                "establishments",
                sources,
            ),
            "PROVENANCE": pour(
                self, parameters, "PROVENANCE", context, provenance_layer(sources), progress
            ),
        }
        return {name: value for name, value in results.items() if value is not None}
