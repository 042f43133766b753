"""``coodiag:thresholdareas``: around each site, the ring that holds so many people or households."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import DIRECTIONS, SPREADS
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common

MODES = ("time", "distance")


class ThresholdAreas(CoodiagAlgorithm):
    """Rings that grow until a target of a count is met."""

    NAME = "thresholdareas"
    LABEL = "Threshold areas"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Grows a ring around each site, in minutes or kilometres, until it holds a target: so "
        "many inhabitants, households, job seekers… of a layer of communes, grid cells or points. "
        "The ring is found exactly, without trial rings: places are ranked by their cost from the "
        "site and summed up, places at the same cost together. The value really met, its gap to "
        "the target and the reach are in the table.</p>"
        "<p>These are forecast areas (kind is prévue): they say what a ring holds, not where "
        "clients come from, and have no place in the legend of the measured zones.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("SITES", tr("Sites"), common.POINT),
            "Located sites, or places where one could be.",
        )
        self.add(
            common.features("DEMAND", tr("Demand"), common.ANY_GEOMETRY),
            "Communes, grid cells or points with a count, for example the output of Indicators.",
        )
        self.add(
            QgsProcessingParameterField(
                "COUNT",
                tr("Count"),
                parentLayerParameterName="DEMAND",
                type=QgsProcessingParameterField.DataType.Numeric,
            ),
            "Field that counts people, households, job seekers… A rate or a median cannot be summed up. Unknown and secret figures take no part and are told.",
        )
        self.add(
            QgsProcessingParameterString("TARGETS", tr("Targets"), defaultValue="5000,10000"),
            "How many of them each ring is to hold, separated by commas.",
        )
        self.add(
            common.choice("MODE", tr("Mode"), MODES),
            "time: minutes on the roads (needs ROADS). distance: kilometres, on the roads when they are given, else as the crow flies.",
        )
        self.add(common.roads(), "Road layer (BD TOPO, OpenStreetMap or any lines).")
        self.add(common.move(), common.MOVE_HELP)
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            QgsProcessingParameterNumber(
                "TOLERANCE",
                tr("Tolerance (%)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=0.0,
                minValue=0.0,
                maxValue=99.0,
            ),
            "A ring that holds this much less than the target is enough. 0: at least the target.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "LIMIT",
                tr("Largest reach"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
                minValue=0.0,
            ),
            "Minutes or kilometres beyond which nothing is looked for. Empty: no limit.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("SPLIT", tr("One site per place"), defaultValue=False),
            "Each place counts for its nearest site alone, and areas do not overlap.",
        )
        self.add(
            common.choice("SPREAD", tr("Units of a polygon"), SPREADS),
            "surface: spread evenly over the polygon, or along its roads when there are roads. middle: all at one point inside it.",
            advanced=True,
        )
        self.add(
            common.choice("DIRECTION", tr("Direction of travel"), DIRECTIONS),
            "from: trips leave the site. to: they go to it, which one-way roads make another thing.",
            advanced=True,
        )
        self.add(
            common.sink("OUTPUT", tr("Threshold areas"), common.POLYGON),
            "One row per site and target, the largest first: site, variable, target, value (met), gap (%), reach and unit, mode, places, status (atteint, non atteint), kind (prévue), label and note. Areas are nested.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        targets = numbers(self.parameterAsString(parameters, "TARGETS", context), "TARGETS")
        if min(targets) <= 0:
            raise InputError("The targets must be above zero.")
        mode = self.parameterAsEnumString(parameters, "MODE", context)
        if mode == "time" and not given(parameters, "ROADS", context):
            raise InputError(
                "A ring in minutes needs a road layer: give ROADS, or choose the mode distance."
            )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs
        from ..coodiag_plugin.qgis_bridge.threshold_areas import threshold_layer

        demand = source(self, parameters, "DEMAND", context)
        roads = roads_of(self, parameters, context)
        graph = limit = None
        if roads is not None:
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, metric_crs(demand), profile, progress.part(0, 0.5))
        if given(parameters, "LIMIT", context):
            limit = self.parameterAsDouble(parameters, "LIMIT", context)
        layer = threshold_layer(
            source(self, parameters, "SITES", context),
            demand,
            self.parameterAsString(parameters, "COUNT", context),
            targets=numbers(self.parameterAsString(parameters, "TARGETS", context), "TARGETS"),
            mode=self.parameterAsEnumString(parameters, "MODE", context),
            graph=graph,
            tolerance=self.parameterAsDouble(parameters, "TOLERANCE", context),
            one_site=self.parameterAsBoolean(parameters, "SPLIT", context),
            spread=self.parameterAsEnumString(parameters, "SPREAD", context),
            direction=self.parameterAsEnumString(parameters, "DIRECTION", context),
            limit=limit,
            progress=progress.part(0.5, 0.95),
        )
        return {"OUTPUT": pour(self, parameters, "OUTPUT", context, layer, progress, "thresholds")}
