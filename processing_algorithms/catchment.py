"""``coodiag:catchment``: catchment zones of the sites from the located clients."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)

from ..coodiag_plugin.core.choices import (
    CENTRES,
    CONCAVITY,
    DIRECTIONS,
    DISTANCES,
    ORDERS,
    ZONE_SHAPES,
)
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
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
        "the last one and the number of outliers left out. Where zones are made of communes, a "
        "client counts at the middle of the commune: whole communes enter, and the share is that "
        "of the zone as drawn.</p>"
        "<p>A zone that adds fewer clients than the least count keeps its row, without figure and "
        "without shape. Unless told otherwise, shapes are generalised so that no vertex of them "
        "is the place of a client, reaches are rounded up, and no figure is told from which a "
        "handful of clients could be worked out. The log counts everything and is for internal "
        "use.</p>"
        "<p>On demand: mean and median centre, standard distance and ellipse, desire lines, the "
        "ring within which most of the observed clients live (a forecast, never in the legend of "
        "the measured zones), and the clients left out.</p>"
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
            "How clients are ranked: time (travel time from the site, needs ROADS), distance (as the crow flies, or by road: see DISTANCE) or commune (share of the commune, largest first; needs COMMUNES).",
        )
        self.add(
            common.choice("SHAPE", tr("Shape"), ZONE_SHAPES),
            "communes: the communes whose middle lies within the reach (in the order commune: those where the clients live). concave, convex: hull of the clients. isochrone: what is reached within the time of the last client. density: isopleth that holds the share of the density, which is not that share of the clients: the row tells the clients inside, and no reach.",
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
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
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
            "One row per site and threshold, and for all sites together (Ensemble): threshold and share (%), clients, held (weight), reach and unit, order, shape, outliers, unlinked, kind (mesurée), label and note. The share is that of the clients ranked up to the reach (density: of those inside); the outline of a hull or an isochrone may hold others, and note then tells the share that it holds, or, fit to be shared and with several sites or a weight, whether that is more or less.",
        )
        self._add_ways()
        self._add_more_sinks()

    def _add_ways(self) -> None:
        """How it is ranked and drawn, for those who want it otherwise."""
        self.add(
            common.choice("DISTANCE", tr("Distance"), DISTANCES),
            "In the order distance: air (as the crow flies) or roads (kilometres of road, needs ROADS).",
            advanced=True,
        )
        self.add(
            common.choice("DIRECTION", tr("Direction of travel"), DIRECTIONS),
            "from: trips leave the site. to: they go to it, which one-way roads make another thing.",
            advanced=True,
        )
        self.add(
            common.choice("CENTRE", tr("Centre of the zones"), tuple(CENTRES)),
            "From where clients are ranked: site, or the mean or median centre of the clients of each site.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("SPLIT", tr("One site per place"), defaultValue=False),
            "Zones of several sites do not overlap: a commune goes to the site of most of its clients, any other place to the nearest site. Without it they may overlap.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "CONCAVITY",
                tr("Concavity"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=CONCAVITY,
                minValue=0.0,
                maxValue=1.0,
            ),
            "Of the concave hull: 0 follows the points most closely, 1 is the convex hull. It is printed in the note.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "BANDWIDTH",
                tr("Bandwidth of the density (m)"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=1.0,
            ),
            "Standard deviation of the Gaussian kernel, at least 500 m in a layer to be shared. Empty: Scott's rule. It is printed in the note.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "PERCENTILE",
                tr("Percentile of the forecast ring"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=80.0,
                minValue=1.0,
                maxValue=100.0,
            ),
            "Share of the observed clients, in per cent, whose cost the ring of FORECAST takes in.",
            advanced=True,
        )

    def _add_more_sinks(self) -> None:
        for name, label, kind, help_text in _MORE:
            self.add(common.optional_sink(name, tr(label), kind), help_text)

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        percentages(self.parameterAsString(parameters, "THRESHOLDS", context), "THRESHOLDS")
        shared = self.parameterAsBoolean(parameters, "GENERALISE", context)
        if shared and given(parameters, "EXCLUDED", context):
            raise InputError(
                "The list of the clients left out is about persons. Switch off “Fit to be shared” to get it."
            )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.catchment import catchment
        from ..coodiag_plugin.qgis_bridge.catchment_extras import (
            centres_layer,
            excluded_layer,
            lines_layer,
            rings_layer,
            spread_layer,
        )
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs
        from ..coodiag_plugin.qgis_bridge.zone_log import tell_catchment

        clients = source(self, parameters, "CLIENTS", context)
        sites = source(self, parameters, "SITES", context)
        communes = source(self, parameters, "COMMUNES", context, optional=True)
        roads = roads_of(self, parameters, context)
        order = self.parameterAsEnumString(parameters, "ORDER", context)
        distance = self.parameterAsEnumString(parameters, "DISTANCE", context)
        bandwidth = None
        if given(parameters, "BANDWIDTH", context):
            bandwidth = self.parameterAsDouble(parameters, "BANDWIDTH", context)
        graph = None
        if roads is not None and (order != "distance" or distance == "roads"):
            crs = metric_crs(sites if communes is None else communes)
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, crs, profile, progress.part(0, 0.5))
        cutoff = None
        if given(parameters, "OUTLIERS", context):
            cutoff = self.parameterAsDouble(parameters, "OUTLIERS", context)
        found = catchment(
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
            distance=distance,
            direction=self.parameterAsEnumString(parameters, "DIRECTION", context),
            centre=self.parameterAsEnumString(parameters, "CENTRE", context),
            one_site=self.parameterAsBoolean(parameters, "SPLIT", context),
            concavity=self.parameterAsDouble(parameters, "CONCAVITY", context),
            bandwidth=bandwidth,
            progress=progress.part(0.5, 0.9),
        )
        tell_catchment(found.layer, clients, progress)
        results = {
            "ZONES": pour(self, parameters, "ZONES", context, found.layer, progress, "catchment")
        }
        percentile = self.parameterAsDouble(parameters, "PERCENTILE", context)
        more = {
            "CENTRES": lambda: centres_layer(found),
            "SPREAD": lambda: spread_layer(found),
            "LINES": lambda: lines_layer(found, progress),
            "FORECAST": lambda: rings_layer(found, percentile, progress.part(0.9, 1)),
            "EXCLUDED": lambda: excluded_layer(found, clients),
        }
        for name, make in more.items():
            if given(parameters, name, context):
                look = "forecast" if name == "FORECAST" else ""
                results[name] = pour(self, parameters, name, context, make(), progress, look)
        return results


#: Outputs made on demand: name, label, geometry, help.
_MORE = (
    (
        "CENTRES",
        N_("Centres of the clients"),
        common.POINT,
        N_(
            "Mean and median centre of the clients of each site and of all, with the standard distance, half-axes (m) and direction of the ellipse. Fit to be shared: made of communes with enough clients."
        ),
    ),
    (
        "SPREAD",
        N_("Spread of the clients"),
        common.POLYGON,
        N_(
            "Circle of the standard distance and standard deviational ellipse around each mean centre; within: per cent of the weight inside."
        ),
    ),
    (
        "LINES",
        N_("Desire lines"),
        common.LINE,
        N_(
            "Lines from the clients to their site. Fit to be shared: one per commune and site, from the middle of the commune, where there are enough clients. Else one per client, for internal use only."
        ),
    ),
    (
        "FORECAST",
        N_("Forecast rings"),
        common.POLYGON,
        N_(
            "Around each site, the ring of the travel time (or distance) that PERCENTILE per cent of the observed clients stay within; kind is prévue."
        ),
    ),
    (
        "EXCLUDED",
        N_("Clients left out"),
        common.POINT,
        N_(
            "The clients that take no part, with the reason and the kilometres to their site. About persons: only when the run is not fit to be shared."
        ),
    ),
)
