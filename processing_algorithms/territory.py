"""``coodiag:territory``: communes of a territory and their neighbours."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour
from . import parameters as common


class BuildTerritory(CoodiagAlgorithm):
    """Communes of a code, a name or drawn polygons, with the role of each."""

    NAME = "territory"
    LABEL = "Communes of a territory"
    GROUP = "Import and sources"
    GROUP_ID = "import"
    PACKAGES = ("pandas",)
    HELP = (
        "<p>Builds the layer of the communes of a territory, and of its neighbours, from the public "
        "services (geo.api.gouv.fr and the Géoplateforme) or from a folder of official files as "
        "published (contours of communes, COG and EPCI tables; zipped or not, recognised by their "
        "headers). Codes of communes merged since are converted.</p>"
        "<p>The layer comes in the legal projection of the territory (EPSG:2154 in mainland France), "
        "with the fields codgeo, nom, epci, nom_epci, dep, reg and role (territoire or voisin).</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterString("TERRITORY", tr("Territory"), optional=True),
            common.TERRITORY_HELP,
        )
        self.add(
            common.features("AREA", tr("Own area"), common.POLYGON, optional=True),
            common.AREA_HELP,
        )
        self.add(common.official_source(), common.OFFICIAL_HELP)
        self.add(common.data_folder(), common.FOLDER_HELP)
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        self.add(
            QgsProcessingParameterBoolean("NEIGHBOURS", tr("Neighbours"), defaultValue=True),
            "Add the communes that touch the territory, with the role voisin.",
        )
        self.add(
            common.sink("COMMUNES", tr("Communes"), common.POLYGON),
            "Communes of the territory and its neighbours.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.core.codes import parse_territory

        common.source_of(self, parameters, context)
        expression = self.parameterAsString(parameters, "TERRITORY", context)
        if expression.strip() or not given(parameters, "AREA", context):
            parse_territory(expression)

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.territory import read_territory

        layers = read_territory(
            self.parameterAsString(parameters, "TERRITORY", context),
            common.source_of(self, parameters, context),
            area=self._area(parameters, context),
            neighbours=self.parameterAsBool(parameters, "NEIGHBOURS", context),
            progress=progress.part(0.0, 0.9),
        )
        return {
            "COMMUNES": pour(
                self,
                parameters,
                "COMMUNES",
                context,
                layers.communes,
                progress,
                "communes",
                layers.provenance,
            )
        }

    def _area(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> QgsVectorLayer | None:
        """The polygons as a layer, only the selected ones when the user asked so."""
        source = self.parameterAsSource(parameters, "AREA", context)
        if source is None:
            return None
        layer = source.materialize(QgsFeatureRequest())
        layer.setName(source.sourceName())
        return layer
