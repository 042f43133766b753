"""``coodiag:coverage``: how far the people of a layer cover the targets of each commune."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterField,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.coverage import penetration_layer
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common


class Coverage(CoodiagAlgorithm):
    """Penetration of clients among households, of beneficiaries among job seekers…"""

    NAME = "coverage"
    LABEL = "Penetration and coverage"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    HELP = (
        "<p>Counts the points in each commune and relates them to a target of the commune: "
        "households, job seekers, establishments… The rate is per 100 targets, with its 95 % "
        "interval (Wilson), the rate drawn towards the territory's when the commune is small "
        "(shrunk, empirical Bayes), and the index: 100 means as many as the target leads to "
        "expect. share is the part of all points that the commune holds.</p>"
        "<p>Counts from 1 to the least count minus one are hidden, with every figure that follows "
        "from them, and as many other communes as it takes so that the total does not give them "
        "away. A rate on fewer than 30 targets that does not differ from the territory's is "
        "marked n.s. Each figure has a second column, ending in _etat, that says whether it is "
        "known, secret, absent or not applicable.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("POINTS", tr("Points"), common.ANY_GEOMETRY),
            "Located clients or beneficiaries. A point that falls in no commune is counted by its field geo_citycode when there is one.",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Communes with their code (codgeo) and the field of the targets. Neighbours (role = voisin) are left out.",
        )
        self.add(
            QgsProcessingParameterField(
                "TARGET",
                tr("Targets"),
                parentLayerParameterName="COMMUNES",
                type=QgsProcessingParameterField.DataType.Numeric,
            ),
            "Field of the communes that counts the targets: households, job seekers, establishments…",
        )
        self.add(
            QgsProcessingParameterField(
                "WEIGHT",
                tr("Weight"),
                parentLayerParameterName="POINTS",
                type=QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            "Field of the points whose sum stands for the count (turnover, hours…). Secrecy still goes by the number of points, and hides a commune where one point holds more than 85 % of the weight.",
        )
        self.add(
            common.min_count(),
            "Fewest points behind a shown figure. Counts of people below it are hidden.",
        )
        self.add(
            common.sink("OUTPUT", tr("Coverage"), common.POLYGON),
            "Communes with count, target, rate, low, high, shrunk, index, share and status.",
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        found = penetration_layer(
            source(self, parameters, "POINTS", context),
            source(self, parameters, "COMMUNES", context),
            self.parameterAsString(parameters, "TARGET", context),
            weight=self.parameterAsString(parameters, "WEIGHT", context) or "",
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            progress=progress,
        )
        return {"OUTPUT": pour(self, parameters, "OUTPUT", context, found.layer, progress)}
