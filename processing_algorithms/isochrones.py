"""``coodiag:isochrones``: polygons of reach around points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import EDGE_COLUMNS, EDGE_TABLE, ENGINES, HOLES, MERGES, RINGS
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common

if TYPE_CHECKING:
    from ..coodiag_plugin.qgis_bridge import isochrone_engines as engines

MODES = ("time", "distance")
ENGINE_HELP = N_(
    "roads: on the road layer ROADS, on this machine. geoplateforme: the national service (IGN, BD TOPO), cars and pedestrians. valhalla: a server of Valhalla, at URL. openrouteservice: the public service with your key, or your own server at URL. pgrouting: a PostgreSQL database with pgRouting. The three services receive the longitude and latitude of the points and nothing else; their number is said before."
)
URL_HELP = N_(
    "valhalla: address of the server (empty: http://localhost:8002). openrouteservice: address of your own server, for example http://localhost:8080/ors/v2. pgrouting: the name of a PostgreSQL connection of QGIS, or a connection string (host=… dbname=… user=…); leave the password to AUTHCFG, for this text stays in the history of QGIS. geoplateforme: empty."
)
AUTHCFG_HELP = N_(
    "Authentication configuration of QGIS: the key of openrouteservice (type API Header, header Authorization), or the user and password of the database of pgrouting. Empty for openrouteservice: the one that the QGIS setting coodiag/keys/openrouteservice names."
)


class Isochrones(CoodiagAlgorithm):
    """Every ring of every point: on a road layer, by a service or by a database."""

    NAME = "isochrones"
    LABEL = "Isochrones"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Draws, around each point, the area that can be reached within given times or distances. "
        "With the engines roads and pgrouting everything is computed on this machine or in your "
        "database: no point is sent anywhere.</p>"
        "<p>The road layer may be BD TOPO (fields nature, sens_de_circulation, vitesse_moyenne_vl), "
        "OpenStreetMap (highway, oneway, maxspeed) or any lines, then taken at one speed that the "
        "log states. A polygon holds the places within 500 m of a road whose time from door to "
        "door is within the value, the legs off the road being walked at 4 km/h; holes under "
        "10 hectares (HOLES) are filled, and detached parts under 1 hectare are left out.</p>"
        "<p>The fields inside_error and outside_error give the share of sampled places that lie on "
        "the wrong side, in per cent: re-timed on the same graph for roads and pgrouting, by the "
        "same server for valhalla. They stay empty for geoplateforme and openrouteservice, which do "
        "not time places, and for merged areas of a service.</p>"
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
            ENGINE_HELP,
        )
        self.add(
            common.roads(),
            "Road layer that covers the surroundings of the points: BD TOPO, OpenStreetMap or any lines. Needed by the engine roads, and by no other.",
        )
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            QgsProcessingParameterString("URL", tr("Service address"), optional=True),
            URL_HELP,
            advanced=True,
        )
        self.add(
            QgsProcessingParameterAuthConfig("AUTHCFG", tr("Authentication"), optional=True),
            AUTHCFG_HELP,
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(
                "TABLE", tr("Table of edges"), defaultValue=EDGE_TABLE, optional=True
            ),
            "Engine pgrouting: table of the edges, with its schema if need be (public.ways).",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(
                "COLUMNS",
                tr("Columns of the edges"),
                defaultValue=",".join(EDGE_COLUMNS),
                optional=True,
            ),
            "Engine pgrouting: names of the columns id, source, target, cost, reverse_cost and geom, in this order; costs in seconds, negative where closed. For osm2pgrouting: gid,source,target,cost_s,reverse_cost_s,the_geom.",
            advanced=True,
        )
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        self.add(
            QgsProcessingParameterBoolean("PEOPLE", tr("Points of people"), defaultValue=False),
            "The points are places of people: nothing of what a service is asked or answers is kept on this machine, so that each run asks again.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "HOLES",
                tr("Largest filled hole (hectares)"),
                QgsProcessingParameterNumber.Type.Double,
                HOLES,
                minValue=0.0,
            ),
            "Holes of a polygon under this area are filled: places that are not reached, such as fields between roads, then count as reached. inside_error tells how many. 0 fills none.",
            advanced=True,
        )
        self.add(
            common.choice("RINGS", tr("Rings"), RINGS),
            "nested: each ring holds the smaller ones. bands: the smaller ones are cut out.",
        )
        self.add(
            common.choice("MERGE", tr("Several points"), MERGES),
            "each: polygons of each point. merged: one polygon per value for all points. nearest: each place belongs to the point that is nearest to it (engines roads and pgrouting).",
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
        from ..coodiag_plugin.qgis_bridge import isochrone_engines as engines

        engines.check(
            self._engine(parameters, context),
            self._asked(parameters, context),
            given(parameters, "ROADS", context),
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge import isochrone_engines as engines
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of

        polygons, failed = engines.draw(
            self._engine(parameters, context),
            self._asked(parameters, context),
            source(self, parameters, "INPUT", context),
            roads_of(self, parameters, context),
            progress.part(0, 0.95),
        )
        if failed.featureCount():
            progress.warn(
                "{count} points lack one ring or all: see the output of failed points for the reasons.",
                count=failed.featureCount(),
            )
        rings = self.parameterAsEnumString(parameters, "RINGS", context)
        look = "bands" if rings == "bands" else "rings"
        results = {
            "OUTPUT": pour(self, parameters, "OUTPUT", context, polygons, progress, look),
            "FAILED": pour(self, parameters, "FAILED", context, failed, progress),
        }
        return {name: value for name, value in results.items() if value is not None}

    def _engine(self, parameters: dict[str, Any], context: QgsProcessingContext) -> engines.Engine:
        from ..coodiag_plugin.qgis_bridge import isochrone_engines as engines

        def text(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        return engines.Engine(
            self.parameterAsEnumString(parameters, "ENGINE", context),
            url=text("URL"),
            authcfg=text("AUTHCFG"),
            table=text("TABLE"),
            columns=text("COLUMNS"),
            cache=self.parameterAsEnumString(parameters, "CACHE", context),
            people=self.parameterAsBoolean(parameters, "PEOPLE", context),
        )

    def _asked(self, parameters: dict[str, Any], context: QgsProcessingContext) -> engines.Asked:
        from ..coodiag_plugin.qgis_bridge import isochrone_engines as engines

        return engines.Asked(
            numbers(self.parameterAsString(parameters, "VALUES", context), "VALUES"),
            self.parameterAsEnumString(parameters, "MODE", context),
            self.parameterAsEnumString(parameters, "PROFILE", context),
            self.parameterAsEnumString(parameters, "RINGS", context),
            self.parameterAsEnumString(parameters, "MERGE", context),
            self.parameterAsDouble(parameters, "HOLES", context),
        )
