"""``coodiag:huff``: where the demand of the communes may be expected to go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import HUFF_DECAYS
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common

if TYPE_CHECKING:
    from ..coodiag_plugin.qgis_bridge.huff import Terms
    from ..coodiag_plugin.qgis_bridge.observed import Observed

MODES = ("time", "distance")


class HuffModel(CoodiagAlgorithm):
    """Shares of the sites in each commune, expected totals, calibration on observed clients."""

    NAME = "huff"
    LABEL = "Huff model"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Shares the demand of each commune among the sites of the structure and its competitors "
        "(Huff, 1962): a site draws by its attraction to the power GAMMA, less and less with the "
        "time it takes to reach it (DECAY, LAMBDA). SHARES gives the probability and the expected "
        "flow of each commune and site; TOTALS what each site may expect; MARKET the share of the "
        "structure in each commune; BREAKS the points between two sites where both draw equally "
        "(Converse).</p>"
        "<p>When observed clients are given (OBSERVED: points or a table, with the field that names "
        "their site), GAMMA and LAMBDA are estimated from them by maximum likelihood. The log tells "
        "the estimates, their standard errors and how much better than chance the model does; too "
        "few clients, or clients who cannot tell one exponent from another, are refused with the "
        "reason. Counts of clients below the least count are hidden. An unknown demand or "
        "attraction is left out and told, never counted as zero; a commune that reaches no site "
        "has no figure (NULL) and a note.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self._add_sites()
        self._add_model()
        self._add_observed()
        self._add_outputs()

    def _add_sites(self) -> None:
        self.add(
            common.features("SITES", tr("Sites"), common.ANY_GEOMETRY), "Sites of the structure."
        )
        self.add(
            common.features("COMPETITORS", tr("Competitors"), common.ANY_GEOMETRY, optional=True),
            "Sites of the others, with the same attraction field, or with that of COMPETITOR_ATTRACTION. Empty: the demand is shared among the structure's own sites.",
        )
        self.add(
            _field("ATTRACTION", tr("Attraction"), "SITES"),
            "Field of the sites that says how much they draw: surface, capacity, staff, jobs…",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Communes with their code (codgeo) and the field of the demand. The trip starts at a point of their surface.",
        )
        self.add(
            _field("DEMAND", tr("Demand"), "COMMUNES"),
            "Field of the communes to be shared out: households, inhabitants, expenditure…",
        )

    def _add_model(self) -> None:
        self.add(
            _number("GAMMA", tr("Gamma"), 1.0, 0.0),
            "Exponent of the attraction. Estimated when OBSERVED is given.",
        )
        self.add(
            QgsProcessingParameterString("LAMBDA", tr("Lambda"), optional=True),
            "Parameter of the decay: one number below zero (power, exponential), or two separated by a comma (logistic). Empty: -2, -0.1 or -3,0.2 (catalogue/decays.csv). Estimated when OBSERVED is given.",
        )
        self.add(
            common.choice("DECAY", tr("Decay"), HUFF_DECAYS),
            "How the draw falls with the cost t: power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).",
        )
        self.add(common.roads(), "Road layer (BD TOPO, OpenStreetMap or any lines).")
        self.add(
            common.choice("MODE", tr("Mode"), MODES),
            "On roads: time, minutes; distance, kilometres. Without roads: kilometres as the crow flies.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            _number("FLOOR", tr("Least cost"), 1.0, 0.001),
            "Costs below it count as this: minutes or kilometres. At the door of a site a power has no value.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "REACH",
                tr("Reach"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.0,
            ),
            "Farthest site that a commune considers, minutes or kilometres. Empty: all of them.",
            advanced=True,
        )
        self.add(
            _field("SITE_FIELD", tr("Name of the site"), "SITES", optional=True, any_type=True),
            "Field that names the sites, also among the competitors. Empty: nom, name… when there is one.",
        )
        self.add(
            _field(
                "COMPETITOR_ATTRACTION",
                tr("Attraction of the competitors"),
                "COMPETITORS",
                optional=True,
            ),
            "Field of the competitors, in the unit of ATTRACTION. Empty: the field of the same name.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(
                "NEIGHBOURS", tr("With the neighbours"), defaultValue=False
            ),
            "Also share out the demand of the communes whose role is voisin.",
            advanced=True,
        )

    def _add_observed(self) -> None:
        self.add(
            common.features("OBSERVED", tr("Observed clients"), common.ROWS, optional=True),
            "Clients as points, or a table of flows by commune and site, from which GAMMA and LAMBDA are estimated.",
        )
        self.add(
            _field(
                "OBSERVED_SITE", tr("Site of the clients"), "OBSERVED", optional=True, any_type=True
            ),
            "Field of the observed clients that names their site, as SITE_FIELD does.",
        )
        self.add(
            _field("OBSERVED_COUNT", tr("Number of clients"), "OBSERVED", optional=True),
            "Field of a table that counts the clients of the row. Empty: each row is one client.",
        )
        self.add(
            _field(
                "OBSERVED_CODE",
                tr("Commune of the clients"),
                "OBSERVED",
                optional=True,
                any_type=True,
            ),
            "Field of the code of their commune. Empty: where the point lies, else geo_citycode, codgeo…",
        )
        self.add(
            _number("MIN_OBSERVED", tr("Fewest observed clients"), 30.0, 1.0),
            "Below this number of clients GAMMA and LAMBDA are not estimated.",
            advanced=True,
        )
        self.add(
            common.min_count(),
            "Fewest clients of a shown count. It hides the observed clients of a site.",
            advanced=True,
        )

    def _add_outputs(self) -> None:
        self.add(
            common.sink("SHARES", tr("Shares"), common.POLYGON),
            "One row per commune and site: the fields of the commune, then site, role, cost, unit, attraction, probability, rank, expected (and expected_etat), note.",
        )
        self.add(
            common.sink("TOTALS", tr("Totals"), common.POINT),
            "One row per site: the fields of the sites, then site, role, attraction, expected, share (%), first_in (communes where it leads), left_out (communes without known demand), observed, modelled (the same clients as the model sends them), note.",
        )
        self.add(
            common.optional_sink("MARKET", tr("Market by commune"), common.POLYGON),
            "One row per commune: own_share (% of the structure's sites together), own_expected, leader, leader_share, sites, nearest, nearest_cost, unit, note.",
        )
        self.add(
            common.optional_sink(
                "BREAKS", tr("Break points"), QgsProcessing.SourceType.TypeVectorLine
            ),
            "Lines from each site to each competitor with distance and break_distance, in kilometres as the crow flies.",
        )
        self.addOutput(QgsProcessingOutputNumber("GAMMA_USED", tr("Gamma used")))
        self.addOutput(QgsProcessingOutputString("LAMBDA_USED", tr("Lambda used")))
        self.addOutput(QgsProcessingOutputNumber("PSEUDO_R2", tr("Pseudo-R² of the calibration")))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.qgis_bridge.huff import check_terms

        check_terms(self._terms(parameters, context))
        seen = given(parameters, "OBSERVED", context)
        if seen and not given(parameters, "OBSERVED_SITE", context):
            raise InputError(
                "OBSERVED needs OBSERVED_SITE, the field that names the site of each client."
            )

    def _terms(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Terms:
        from ..coodiag_plugin.qgis_bridge.huff import Terms

        power = self.parameterAsString(parameters, "LAMBDA", context).strip()
        reach = math.inf
        if given(parameters, "REACH", context):
            reach = self.parameterAsDouble(parameters, "REACH", context)
        return Terms(
            gamma=self.parameterAsDouble(parameters, "GAMMA", context),
            decay=self.parameterAsEnumString(parameters, "DECAY", context),
            parameters=numbers(power, "LAMBDA") if power else (),
            floor=self.parameterAsDouble(parameters, "FLOOR", context),
            reach=reach,
            fewest=self.parameterAsDouble(parameters, "MIN_OBSERVED", context),
        )

    def _observed(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> Observed | None:
        from ..coodiag_plugin.qgis_bridge.observed import Observed

        clients = source(self, parameters, "OBSERVED", context, optional=True)
        if clients is None:
            return None
        return Observed(
            clients,
            self.parameterAsString(parameters, "OBSERVED_SITE", context),
            self.parameterAsString(parameters, "OBSERVED_COUNT", context),
            self.parameterAsString(parameters, "OBSERVED_CODE", context),
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.huff import huff_layers
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        communes = source(self, parameters, "COMMUNES", context)
        roads = roads_of(self, parameters, context)
        graph = None
        if roads is not None:
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, metric_crs(communes), profile, progress.part(0, 0.4))
        layers = huff_layers(
            source(self, parameters, "SITES", context),
            communes,
            attraction=self.parameterAsString(parameters, "ATTRACTION", context),
            demand=self.parameterAsString(parameters, "DEMAND", context),
            competitors=source(self, parameters, "COMPETITORS", context, optional=True),
            rival_attraction=self.parameterAsString(parameters, "COMPETITOR_ATTRACTION", context),
            terms=self._terms(parameters, context),
            site_field=self.parameterAsString(parameters, "SITE_FIELD", context),
            observed=self._observed(parameters, context),
            graph=graph,
            mode=self.parameterAsEnumString(parameters, "MODE", context),
            neighbours=self.parameterAsBool(parameters, "NEIGHBOURS", context),
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            progress=progress.part(0.4, 0.95),
        )
        model, fit = layers.market.model, layers.market.fit
        results = {
            "SHARES": pour(self, parameters, "SHARES", context, layers.shares, progress, "shares"),
            "TOTALS": pour(self, parameters, "TOTALS", context, layers.totals, progress),
            "MARKET": pour(
                self, parameters, "MARKET", context, layers.communes, progress, "market"
            ),
            "BREAKS": pour(self, parameters, "BREAKS", context, layers.breaks, progress),
            "GAMMA_USED": float(model.gamma),
            "LAMBDA_USED": ",".join(f"{value:.10g}" for value in model.decay.parameters),
            "PSEUDO_R2": None if fit is None else float(fit.pseudo_r2),
        }
        return {name: value for name, value in results.items() if value is not None}


def _field(
    name: str, label: str, parent: str, optional: bool = False, any_type: bool = False
) -> QgsProcessingParameterField:
    kinds = QgsProcessingParameterField.DataType
    return QgsProcessingParameterField(
        name,
        label,
        parentLayerParameterName=parent,
        type=kinds.Any if any_type else kinds.Numeric,
        optional=optional,
    )


def _number(name: str, label: str, default: float, least: float) -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        name,
        label,
        QgsProcessingParameterNumber.Type.Double,
        defaultValue=default,
        minValue=least,
    )
