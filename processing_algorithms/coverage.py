"""``coodiag:coverage``: how far the people of a layer cover the targets of each commune."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterField,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.dependencies import require
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
    PACKAGES = ("numpy", "scipy")
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
        "<p>On demand, the typology of recruitment: where the need for work is marked, is it "
        "reached, and if not, is the nearest site distant, or near? It takes the points for the "
        "beneficiaries and the unemployed of the communes for the targets. Its rules, in the "
        "catalogue, are told in the log.</p>"
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
        self._add_typology()

    def _add_typology(self) -> None:
        self.add(
            common.features("SITES", tr("Sites"), common.POINT, optional=True),
            "Sites of the structure. Needed by the typology only.",
        )
        self.add(
            common.roads(),
            "Roads, for minutes to the nearest site in the typology. Empty: kilometres as the crow flies.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            common.optional_sink("TYPOLOGY", tr("Typology of recruitment"), common.POLYGON),
            "Communes with need, need_rate, index, minutes or km, type (touchee, eloignee, proche_non_touchee, sans_besoin…) and type_label. The communes must carry the indicators chomeurs (or demandeurs_emploi) and actifs, and may carry part_sans_voiture, part_sans_diplome and menages: see Indicators.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if given(parameters, "TYPOLOGY", context):
            require("numpy", "scipy")
            if not given(parameters, "SITES", context):
                raise InputError(
                    "The typology of recruitment compares with the nearest site: give SITES."
                )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.coverage import penetration_layer
        from ..coodiag_plugin.qgis_bridge.recruitment import recruitment_layer, tell_rules
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        points = source(self, parameters, "POINTS", context)
        communes = source(self, parameters, "COMMUNES", context)
        least = self.parameterAsInt(parameters, "MIN_COUNT", context)
        found = penetration_layer(
            points,
            communes,
            self.parameterAsString(parameters, "TARGET", context),
            weight=self.parameterAsString(parameters, "WEIGHT", context) or "",
            min_count=least,
            progress=progress,
        )
        results = {
            "OUTPUT": pour(self, parameters, "OUTPUT", context, found.layer, progress, "coverage")
        }
        if given(parameters, "TYPOLOGY", context):
            roads = roads_of(self, parameters, context)
            graph = None
            if roads is not None:
                profile = self.parameterAsEnumString(parameters, "PROFILE", context)
                graph = load_graph(roads, metric_crs(communes), profile, progress.part(0.3, 0.8))
            sites = source(self, parameters, "SITES", context)
            typed = recruitment_layer(
                points, communes, sites, graph, min_count=least, progress=progress.part(0.8, 1)
            )
            tell_rules(graph is not None, progress)
            results["TYPOLOGY"] = pour(self, parameters, "TYPOLOGY", context, typed.layer, progress)
        return results
