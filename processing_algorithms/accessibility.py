"""``coodiag:accessibility``: what supply each place can reach, shared with those who reach it too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import ACCESS_DECAYS, ACCESS_METHODS
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import numbers, pour, source
from . import parameters as common

if TYPE_CHECKING:
    from ..coodiag_plugin.qgis_bridge.accessibility import Measure

MODES = ("time", "distance")


class Accessibility(CoodiagAlgorithm):
    """Hansen's potential, floating catchments and the French APL."""

    NAME = "accessibility"
    LABEL = "Accessibility"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "scipy")
    HELP = (
        "<p>Measures the access of each place (commune, grid cell, address) to a supply: services, "
        "jobs, places of care… <b>hansen</b>: the sum of the capacities, each lowered by the time "
        "it takes to reach it. <b>2sfca</b>: the capacity of each supply is divided by the people "
        "within its reach, then each place adds up what the supplies within its own reach offer. "
        "<b>e2sfca</b>: the same, with three bands of 10 minutes that weigh 1, 0.68 and 0.22 (Luo "
        "and Qi, 2009). <b>apl</b>: the bands of the French indicator of access to care, 10, 15 and "
        "20 minutes, that weigh 1, 2/3 and 1/3, on the population as given (the official figure "
        "weighs it by age). Whatever is there is shared out: people × access adds up to the "
        "capacities, and the log tells it.</p>"
        "<p>Times are those of the trip to the supply, by road when ROADS is given; without roads "
        "they are kilometres as the crow flies. A capacity or a population that is absent or "
        "secret is left out, never counted as zero, and the log says how many. A place that "
        "reaches nothing has no figure (NULL) and a note that says so. The output keeps the rows "
        "of DEMAND: when these are persons, it is for internal use.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("SUPPLY", tr("Supply"), common.ANY_GEOMETRY),
            "Places that offer something: services, practitioners, employers…",
        )
        self.add(
            _field("CAPACITY", tr("Capacity"), "SUPPLY"),
            "Field of the supply that counts what it offers: places, full-time equivalents, jobs…",
        )
        self.add(
            common.features("DEMAND", tr("Demand"), common.ANY_GEOMETRY),
            "Places where people live: communes, grid cells or points. A polygon is reached at a point of its surface.",
        )
        self.add(
            _field("POPULATION", tr("Population"), "DEMAND"),
            "Field of the demand that counts the people: inhabitants, job seekers, children under three… It does not enter Hansen's potential.",
        )
        self.add(
            _number("REACH", tr("Reach"), 30.0),
            "Farthest supply that counts: minutes on roads, else kilometres. It cuts the bands of e2sfca and apl where it is shorter.",
        )
        self.add(
            common.choice("METHOD", tr("Method"), ACCESS_METHODS),
            "hansen: potential. 2sfca: capacity per person within the reach. e2sfca: the same by bands. apl: the bands of the French APL.",
        )
        self.add(common.roads(), "Road layer (BD TOPO, OpenStreetMap or any lines).")
        self.add(
            common.choice("MODE", tr("Mode"), MODES),
            "On roads: time, minutes; distance, kilometres. Without roads: kilometres as the crow flies.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            QgsProcessingParameterString("BANDS", tr("Bands"), optional=True),
            "Ends of the bands of 2sfca, e2sfca or apl, separated by commas, for example 10,20,30. Empty: those of the method (catalogue/accessibility_bands.csv).",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("WEIGHTS", tr("Weights of the bands"), optional=True),
            "As many weights as bands: 1,0.68,0.22 or 1,2/3,1/3.",
            advanced=True,
        )
        self.add(
            common.choice("DECAY", tr("Decay"), ACCESS_DECAYS),
            "How a supply of hansen counts less when it is farther: power t^λ, exponential e^(λt), logistic 1/(1+e^(λ1+λ2·t)).",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("LAMBDA", tr("Lambda"), optional=True),
            "Parameter of the decay: one number below zero (power, exponential), or two separated by a comma (logistic). Empty: -2, -0.1 or -3,0.2 (catalogue/decays.csv).",
            advanced=True,
        )
        self.add(
            _number("FLOOR", tr("Least cost"), 1.0, 0.001),
            "Costs below it count as this in a decay: minutes or kilometres.",
            advanced=True,
        )
        self.add(
            _number("PER", tr("Per how many people"), 1000.0, 0.001),
            "The index and the ratios of the floating catchments are capacity per this many people.",
            advanced=True,
        )
        self.add(
            common.sink("OUTPUT", tr("Accessibility"), common.ANY_GEOMETRY),
            "The rows of the demand with accessibility (and accessibility_etat), supplies (how many count), left_out (within reach, without figure), nearest, unit, method and note.",
        )
        self.add(
            common.optional_sink("RATIOS", tr("Supply per person"), common.ANY_GEOMETRY),
            "The rows of the supply with ratio (capacity per PER people within reach), served (people within reach, weighted), missing (places within reach without known population) and note.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.qgis_bridge.accessibility import check_measure

        check_measure(self._measure(parameters, context))

    def _measure(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Measure:
        from ..coodiag_plugin.qgis_bridge.accessibility import Measure, weights_of

        bands = self.parameterAsString(parameters, "BANDS", context).strip()
        power = self.parameterAsString(parameters, "LAMBDA", context).strip()
        return Measure(
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            reach=self.parameterAsDouble(parameters, "REACH", context),
            bands=numbers(bands, "BANDS") if bands else (),
            weights=weights_of(self.parameterAsString(parameters, "WEIGHTS", context)),
            decay=self.parameterAsEnumString(parameters, "DECAY", context),
            parameters=numbers(power, "LAMBDA") if power else (),
            floor=self.parameterAsDouble(parameters, "FLOOR", context),
            per=self.parameterAsDouble(parameters, "PER", context),
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.accessibility import accessibility_layers
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        demand = source(self, parameters, "DEMAND", context)
        roads = roads_of(self, parameters, context)
        graph = None
        if roads is not None:
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, metric_crs(demand), profile, progress.part(0, 0.4))
        layers = accessibility_layers(
            source(self, parameters, "SUPPLY", context),
            demand,
            capacity=self.parameterAsString(parameters, "CAPACITY", context),
            population=self.parameterAsString(parameters, "POPULATION", context),
            measure=self._measure(parameters, context),
            graph=graph,
            mode=self.parameterAsEnumString(parameters, "MODE", context),
            progress=progress.part(0.4, 0.95),
        )
        results = {
            "OUTPUT": pour(
                self,
                parameters,
                "OUTPUT",
                context,
                layers.places,
                progress,
                "accessibility",
            ),
            "RATIOS": pour(self, parameters, "RATIOS", context, layers.supplies, progress),
        }
        return {name: value for name, value in results.items() if value is not None}


def _field(name: str, label: str, parent: str) -> QgsProcessingParameterField:
    return QgsProcessingParameterField(
        name,
        label,
        parentLayerParameterName=parent,
        type=QgsProcessingParameterField.DataType.Numeric,
    )


def _number(
    name: str, label: str, default: float, least: float = 0.0
) -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        name,
        label,
        QgsProcessingParameterNumber.Type.Double,
        defaultValue=default,
        minValue=least,
    )
