"""``coodiag:catchment``: catchment zones of the sites from the located clients."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.catchment import ORDERS, SHAPES, catchment_layer
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.roads import load_graph
from ..coodiag_plugin.qgis_bridge.shapes import metric_crs
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import percentages, pour, source
from . import parameters as common


class Catchment(CoodiagAlgorithm):
    """Primary, secondary and tertiary zones by the cumulative rule."""

    NAME = "catchment"
    LABEL = "Catchment zones"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Draws the zones that hold 60, 80 and 95 % (or other shares) of the clients, or of a "
        "weight such as turnover or hours. Clients are ranked by travel time from their site, by "
        "distance as the crow flies, or by the share of their commune; equal clients enter "
        "together. The table gives the share actually held, the number of clients, the reach of "
        "the last one and the number of outliers left out.</p>"
        "<p>A zone that adds fewer clients than the least count keeps its row, without figure and "
        "without shape. Unless told otherwise, shapes are generalised so that no vertex of them "
        "is the place of a client, and reaches are rounded up.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("CLIENTS", tr("Clients"), common.POINT),
            "Located clients, for example the output of Geocode addresses.",
        )
        self.add(
            common.features("SITES", tr("Sites"), common.POINT),
            "Located sites of the structure.",
        )
        self.add(
            QgsProcessingParameterField(
                "WEIGHT",
                tr("Weight"),
                parentLayerParameterName="CLIENTS",
                type=QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            "Field of the clients whose sum is shared out (turnover, hours…); an empty or negative weight counts for zero. Left out: each client counts for one.",
        )
        self.add(
            QgsProcessingParameterField(
                "SITE_FIELD",
                tr("Site of the client"),
                parentLayerParameterName="CLIENTS",
                optional=True,
            ),
            "Field of the clients that names their site. Empty: each client goes to the nearest site.",
        )
        self.add(common.thresholds(), common.THRESHOLDS_HELP)
        self.add(
            common.choice("ORDER", tr("Order"), tuple(ORDERS)),
            "How clients are ranked: time (travel time from the site, needs ROADS), distance (as the crow flies) or commune (share of the commune, largest first; needs COMMUNES).",
        )
        self.add(
            common.choice("SHAPE", tr("Shape"), SHAPES),
            "communes: the communes where the clients of the zone live. concave, convex: hull of the clients. isochrone: what is reached within the time of the last client. density: isopleth that holds the share of the density.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "OUTLIERS",
                tr("Cut-off distance (km)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.0,
            ),
            "Clients farther than this from their site, in kilometres as the crow flies, are left out and counted. Empty: above Q3 + 3·IQR of the logarithm of the distance. 0: none is left out.",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON, optional=True),
            "Communes with their code (codgeo), for example the output of Communes of a territory.",
        )
        self.add(
            common.roads(),
            "Road layer (BD TOPO, OpenStreetMap or any lines). Without it only the order distance or commune is possible.",
        )
        self.add(
            common.min_count(),
            "Fewest clients that a zone must add to be counted and drawn.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(
            common.choice("RINGS", tr("Rings"), ("bands", "nested")),
            "bands: each zone is what it adds to the inner ones. nested: each zone holds the inner ones.",
        )
        self.add(
            QgsProcessingParameterBoolean("GENERALISE", tr("Fit to be shared"), defaultValue=True),
            "Generalise hulls to a 500 m grid and round reaches up, so that the layer can be handed out. Without it the layer and the log are for internal use only.",
        )
        self.add(
            common.sink("ZONES", tr("Catchment zones"), common.POLYGON),
            "One row per site and threshold, and for all sites together (Ensemble).",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        percentages(self.parameterAsString(parameters, "THRESHOLDS", context), "THRESHOLDS")

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        clients = source(self, parameters, "CLIENTS", context)
        sites = source(self, parameters, "SITES", context)
        communes = source(self, parameters, "COMMUNES", context, optional=True)
        roads = source(self, parameters, "ROADS", context, optional=True)
        order = self.parameterAsEnumString(parameters, "ORDER", context)
        graph = None
        if roads is not None and order != "distance":
            crs = metric_crs(sites if communes is None else communes)
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, crs, profile, progress.part(0, 0.5))
        cutoff = None
        if given(parameters, "OUTLIERS", context):
            cutoff = self.parameterAsDouble(parameters, "OUTLIERS", context)
        zones = catchment_layer(
            clients,
            sites,
            weight=self.parameterAsString(parameters, "WEIGHT", context) or None,
            site_field=self.parameterAsString(parameters, "SITE_FIELD", context) or None,
            thresholds=percentages(
                self.parameterAsString(parameters, "THRESHOLDS", context), "THRESHOLDS"
            ),
            order=order,
            shape=self.parameterAsEnumString(parameters, "SHAPE", context),
            outlier_km=cutoff,
            communes=communes,
            graph=graph,
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            generalise=self.parameterAsBoolean(parameters, "GENERALISE", context),
            bands=self.parameterAsEnumString(parameters, "RINGS", context) == "bands",
            progress=progress.part(0.5, 0.95),
        )
        return {"ZONES": pour(self, parameters, "ZONES", context, zones, progress)}
