"""``coodiag:mobility``: who lives within reach of work, by car and without one."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import CLUSTERINGS, STOP_MINUTES
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common


class Mobility(CoodiagAlgorithm):
    """Shares of people within some minutes of a site, of jobs and of a stop."""

    NAME = "mobility"
    LABEL = "Mobility towards work"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("numpy", "scipy", "pandas")
    HELP = (
        "<p>Measures, from where people live, the time to the nearest site of the structure and "
        "to the nearest cluster of jobs, by car and by the ways of people without a car: bicycle, "
        "foot, and walking to the nearest stop where a layer of stops is given. Without timetables "
        "the latter is access to a stop, not a journey. The output gives, by commune, the median "
        "time and the share of people within each number of minutes; the log tells those of all.</p>"
        "<p>Shares of communes with few people, or that would tell of few people, are hidden, with "
        "as many others as it takes so that the share of all does not give them away. The fields "
        "ending in _centre are times from the middle of the commune and speak of nobody.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("POINTS", tr("Located people"), common.ANY_GEOMETRY, optional=True),
            "Located beneficiaries. Empty: the people that a field of the communes counts.",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            common.COMMUNES_HELP,
        )
        self.add(
            QgsProcessingParameterField(
                "COUNT",
                tr("People of the commune"),
                parentLayerParameterName="COMMUNES",
                type=QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            "Field of the communes that counts people, when there are no points: they are taken to live in the middle of the commune.",
        )
        self.add(
            common.features("SITES", tr("Sites"), common.POINT),
            "Sites of the structure.",
        )
        self.add(
            common.features("JOBS", tr("Places of work"), common.POINT, optional=True),
            "Establishments with their workforce (the output of Establishments), or any points of jobs.",
        )
        self.add(
            QgsProcessingParameterField(
                "WEIGHT",
                tr("Jobs"),
                parentLayerParameterName="JOBS",
                type=QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            "Field of the number of jobs. Empty: the middle of the slice of workforce (tranche) where there is one, else one for each place.",
        )
        self.add(
            common.choice("CLUSTERS", tr("Clusters of jobs"), CLUSTERINGS),
            "hexagon: hexagons of 1 km. commune: communes (field codgeo of the places). The densest that hold CLUSTER_SHARE of the jobs are taken. points: each place as it is.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "CLUSTER_SHARE",
                tr("Share of the jobs in the clusters (%)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=50,
                minValue=1,
                maxValue=100,
            ),
            "The fewest hexagons or communes that hold this share of the jobs are the clusters.",
            advanced=True,
        )
        self.add(
            common.features("STOPS", tr("Stops"), common.ROWS, optional=True),
            "Stops of public transport: points, or the table stops.txt of a GTFS.",
        )
        self.add(
            common.roads(),
            "Road layer of the territory: BD TOPO, OpenStreetMap or any lines. Needed.",
        )
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            QgsProcessingParameterString("MINUTES", tr("Times (minutes)"), defaultValue="20,30,45"),
            "Times whose shares are told, in minutes, separated by commas.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "STOP_MINUTES",
                tr("Walk to a stop (minutes)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=STOP_MINUTES,
                minValue=1,
            ),
            "Longest walk to a stop, at 4 km/h.",
            advanced=True,
        )
        self.add(
            common.min_count(),
            "Fewest people behind a shown figure.",
        )
        self.add(
            common.sink("OUTPUT", tr("Mobility"), common.POLYGON),
            "Communes with people and, for each target (site, jobs, stop) and way of moving (car, bike, foot), the median time (_min), the shares within each time (_20, _30, _45…, %) and the time from the middle of the commune (_centre). Each figure has its column _etat.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if given(parameters, "POINTS", context) == given(parameters, "COUNT", context):
            raise InputError(
                "Give located people (POINTS), or the field of the communes that counts them (COUNT), one of them."
            )
        if not given(parameters, "ROADS", context):
            raise InputError("Times need a road layer: give ROADS.")
        times = numbers(self.parameterAsString(parameters, "MINUTES", context), "MINUTES")
        if times != sorted(set(times)) or times[0] <= 0:
            raise InputError("MINUTES must be ascending numbers above zero, for example 20,30,45.")

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.mobility import (
            Targets,
            homes_of,
            jobs_of,
            mobility_layer,
            stops_of,
        )
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs, point_table

        communes = source(self, parameters, "COMMUNES", context)
        crs = metric_crs(communes)
        sites = source(self, parameters, "SITES", context)
        roads = roads_of(self, parameters, context)
        if roads is None:
            raise InputError("Times need a road layer: give ROADS.")
        jobs = source(self, parameters, "JOBS", context, optional=True)
        stops = source(self, parameters, "STOPS", context, optional=True)
        targets = Targets(
            point_table(sites, crs, sites.sourceName())[1],
            None
            if jobs is None
            else jobs_of(
                jobs,
                crs,
                self.parameterAsString(parameters, "WEIGHT", context) or "",
                self.parameterAsEnumString(parameters, "CLUSTERS", context),
                self.parameterAsDouble(parameters, "CLUSTER_SHARE", context),
            ),
            None if stops is None else stops_of(stops, crs),
        )

        found = mobility_layer(
            communes,
            homes_of(
                source(self, parameters, "POINTS", context, optional=True),
                communes,
                crs,
                self.parameterAsString(parameters, "COUNT", context) or "",
                progress,
            ),
            targets,
            lambda mode, part: load_graph(roads, crs, mode, part),
            crs=crs,
            times=numbers(self.parameterAsString(parameters, "MINUTES", context), "MINUTES"),
            stop_minutes=self.parameterAsDouble(parameters, "STOP_MINUTES", context),
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            progress=progress,
        )
        return {
            "OUTPUT": pour(self, parameters, "OUTPUT", context, found.layer, progress, "mobility")
        }
