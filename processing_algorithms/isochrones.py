"""``coodiag:isochrones``: polygons of reach around points."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.isochrones import MERGES, RINGS, isochrone_layer
from ..coodiag_plugin.qgis_bridge.roads import load_graph
from ..coodiag_plugin.qgis_bridge.shapes import metric_crs
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common

ENGINES = ("roads", "geoplateforme", "valhalla", "openrouteservice", "pgrouting")
MODES = ("time", "distance")


class Isochrones(CoodiagAlgorithm):
    """Every ring of every point on a road layer, offline."""

    NAME = "isochrones"
    LABEL = "Isochrones"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Draws, around each point, the area that can be reached within given times or distances "
        "on a road layer. Everything is computed on this machine: no point is sent anywhere.</p>"
        "<p>The road layer may be BD TOPO (fields nature, sens_de_circulation, vitesse_moyenne_vl), "
        "OpenStreetMap (highway, oneway, maxspeed) or any lines, then taken at one speed that the "
        "log states. A polygon holds the places within 500 m of a road whose time from door to "
        "door is within the value, the legs off the road being walked at 4 km/h; holes under 1 km² "
        "are filled. The fields inside_error and outside_error give the share of sampled places "
        "that lie on the wrong side, in per cent.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("INPUT", tr("Points"), common.POINT),
            "Points to start from, for example the sites of the structure. All their fields are kept.",
        )
        self.add(
            common.choice("MODE", tr("Mode"), MODES), "Rings of travel time or of road distance."
        )
        self.add(
            QgsProcessingParameterString("VALUES", tr("Values"), defaultValue="5,10,15"),
            "Values of the rings, separated by commas: minutes in mode time, kilometres in mode distance.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(
            common.choice("ENGINE", tr("Engine"), ENGINES),
            "What computes the rings. This version computes them on a road layer (roads); the other engines come with a later version.",
        )
        self.add(
            common.roads(),
            "Road layer that covers the surroundings of the points: BD TOPO, OpenStreetMap or any lines. Needed by the engine roads.",
        )
        self.add(
            QgsProcessingParameterString("URL", tr("Service address"), optional=True),
            "Address of the routing service, for the engines of a later version.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterAuthConfig("AUTHCFG", tr("Authentication"), optional=True),
            "Authentication of the routing service, for the engines of a later version.",
            advanced=True,
        )
        self.add(
            common.choice("RINGS", tr("Rings"), RINGS),
            "nested: each ring holds the smaller ones. bands: the smaller ones are cut out.",
        )
        self.add(
            common.choice("MERGE", tr("Several points"), MERGES),
            "each: polygons of each point. merged: one polygon per value for all points. nearest: each place belongs to the point that is nearest to it.",
        )
        self.add(
            common.sink("OUTPUT", tr("Isochrones"), common.POLYGON),
            "Polygons with the fields of the points and value, mode, engine, inside_error, outside_error; the largest first.",
        )
        self.add(
            common.sink("FAILED", tr("Points without isochrone"), common.POINT, optional=True),
            "Points for which one ring or all could not be drawn, with the reason.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        engine = self.parameterAsEnumString(parameters, "ENGINE", context)
        if engine != "roads":
            raise InputError(
                "The engine {engine} comes with a later version. Choose the engine roads and give a road layer (ROADS).",
                engine=engine,
            )
        if not given(parameters, "ROADS", context):
            raise InputError("The engine roads needs a road layer: give ROADS.")
        values = numbers(self.parameterAsString(parameters, "VALUES", context), "VALUES")
        if min(values) <= 0:
            raise InputError(
                "The values of the rings must be numbers above zero, for example 5,10,15 (minutes or kilometres)."
            )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        points = source(self, parameters, "INPUT", context)
        roads = source(self, parameters, "ROADS", context)
        graph = load_graph(
            roads,
            metric_crs(points),
            self.parameterAsEnumString(parameters, "PROFILE", context),
            progress.part(0, 0.4),
        )
        polygons, failed = isochrone_layer(
            graph,
            points,
            values=numbers(self.parameterAsString(parameters, "VALUES", context), "VALUES"),
            mode=self.parameterAsEnumString(parameters, "MODE", context),
            rings=self.parameterAsEnumString(parameters, "RINGS", context),
            merge=self.parameterAsEnumString(parameters, "MERGE", context),
            progress=progress.part(0.4, 0.95),
        )
        if failed.featureCount():
            progress.warn(
                "{count} points lack one ring or all: see the output of failed points for the reasons.",
                count=failed.featureCount(),
            )
        results = {
            "OUTPUT": pour(self, parameters, "OUTPUT", context, polygons, progress),
            "FAILED": pour(self, parameters, "FAILED", context, failed, progress),
        }
        return {name: value for name, value in results.items() if value is not None}
