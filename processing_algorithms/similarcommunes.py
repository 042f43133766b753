"""``coodiag:similarcommunes``: the communes most like the core zone."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common

METHODS = ("values", "profile")


class SimilarCommunes(CoodiagAlgorithm):
    """Where else it looks like at home."""

    NAME = "similarcommunes"
    LABEL = "Similar communes"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("numpy",)
    HELP = (
        "<p>Ranks the communes (or cells) outside a core zone by how much they are like it: "
        "indicators are standardised, and the distance is the root mean square of the deviations "
        "from the core. Each one carries its reason in words (in French): the indicators that come "
        "nearest, and the one that differs most.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Communes or cells with indicators, for example the output of Indicators. Neighbours (role = voisin) are left out.",
        )
        self.add(
            common.features("CORE", tr("Core zone"), common.POLYGON),
            "Polygons of the zone to look like. Of Catchment zones: the smallest zone of all sites.",
        )
        self.add(
            QgsProcessingParameterField(
                "FIELDS",
                tr("Indicators"),
                parentLayerParameterName="COMMUNES",
                type=QgsProcessingParameterField.DataType.Numeric,
                allowMultiple=True,
            ),
            "Indicators to compare by. Rates say more than counts, which mostly tell the size.",
        )
        self.add(
            QgsProcessingParameterField(
                "WEIGHT",
                tr("Weight"),
                parentLayerParameterName="COMMUNES",
                type=QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            "Field by which the communes of the core count, for example the population. Empty: all alike.",
        )
        self.add(
            common.choice("METHOD", tr("Method"), METHODS),
            "values: nearest in level. profile: nearest in shape (angle between the deviations from the mean), whatever the level.",
        )
        self.add(
            QgsProcessingParameterNumber("NUMBER", tr("How many"), defaultValue=10, minValue=1),
            "Number of communes to write, the most alike first.",
        )
        self.add(
            common.sink("OUTPUT", tr("Similar communes"), common.POLYGON),
            "codgeo, nom, rank, distance (standard deviations, or 1 − cosine), reason, method, then the indicators.",
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.similar_communes import similar_layer

        layer = similar_layer(
            source(self, parameters, "COMMUNES", context),
            source(self, parameters, "CORE", context),
            self.parameterAsStrings(parameters, "FIELDS", context),
            weight=self.parameterAsString(parameters, "WEIGHT", context) or None,
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            most=self.parameterAsInt(parameters, "NUMBER", context),
            progress=progress,
        )
        return {"OUTPUT": pour(self, parameters, "OUTPUT", context, layer, progress)}
