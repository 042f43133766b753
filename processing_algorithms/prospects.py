"""``coodiag:prospects``: establishments that look like the clients, scored and explained."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import codes, pour, source
from . import parameters as common

MODES = ("time", "distance")
#: How each output is drawn.
_LOOKS = {"PROSPECTS": "prospects", "ZONES": "prospection", "HEXAGONS": "prospection"}


class Prospects(CoodiagAlgorithm):
    """Target activities from the client portfolio, not yet clients, within reach."""

    NAME = "prospects"
    LABEL = "Prospects"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "pandas", "scipy")
    HELP = (
        "<p>Finds, among the establishments within reach of the sites, those of the activities and "
        "sizes that the clients have more than the others, leaves out the clients, the structure "
        "and the establishments with partial diffusion, and scores the rest from 0 to 100. The "
        "score is the product of the lift of the activity, the lift of the size, a decay with time "
        "or distance (one half at the clients' median) and what the commune has left to offer. Each "
        "prospect carries its reason in words (in French).</p>"
        "<p>The log tells how steady the ranking is when a weight moves by 20 %, and a back-test on "
        "hidden clients. Zones are the communes, or hexagons of 1 km without a layer of communes.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("CLIENTS", tr("Clients"), common.POINT),
            "Located clients with siret, or name, and naf when it is known.",
        )
        self.add(
            common.features("ESTABLISHMENTS", tr("Establishments"), common.POINT),
            "Establishments of the register, for example the output of Establishments.",
        )
        self.add(
            common.features("SITES", tr("Sites"), common.POINT),
            "Sites of the structure. A field siret lets its own establishments be left out.",
        )
        self.add(
            QgsProcessingParameterNumber(
                "REACH",
                tr("Reach"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=20.0,
                minValue=0.0,
            ),
            "Farthest prospect from a site: minutes in mode time, kilometres in mode distance.",
        )
        self.add(
            common.choice("MODE", tr("Mode"), MODES),
            "time: minutes on the roads (needs ROADS). distance: kilometres, on the roads when they are given, else as the crow flies.",
        )
        self.add(
            common.roads(),
            "Road layer (BD TOPO, OpenStreetMap or any lines).",
        )
        self.add(
            QgsProcessingParameterString("NAF", tr("Activities"), optional=True),
            "Activities to look for, separated by commas (N, 81, 81.2, 81.21Z). Empty: the divisions of the clients.",
        )
        self.add(
            QgsProcessingParameterString("WEIGHTS", tr("Weights"), optional=True),
            "Weight of each factor, 1 when not given: naf=1, size=1, cost=1, saturation=1. 0 takes a factor out.",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON, optional=True),
            "Communes with their code (codgeo): the zones. Empty: hexagons of 1 km.",
        )
        self.add(common.move(), common.MOVE_HELP)
        self.add(common.speeds(), common.SPEEDS_HELP, advanced=True)
        self.add(
            QgsProcessingParameterString("STRUCTURE", tr("Structure"), optional=True),
            "Name of the structure, so that its own establishments are left out.",
            advanced=True,
        )
        self.add(
            common.min_count(),
            "Fewest clients of an activity, size or commune that may show through a score or a reason.",
            advanced=True,
        )
        self.add(
            common.sink("PROSPECTS", tr("Prospects"), common.POINT),
            "Prospects with score, rank and reason, the best first. commune is the name in COMMUNES, else that of the establishments, else the code.",
        )
        self.add(
            common.sink("ZONES", tr("Prospection zones"), common.POLYGON),
            "Prospects and scores by commune (all of them, by code) or hexagon (the best first, called by its rank; those that score zero are left out); white: beyond the reach of every site. Scores are about establishments of the public register, not about persons: none is hidden, even where one establishment makes most of it.",
        )
        self.add(
            common.optional_sink("HEXAGONS", tr("Prospection hexagons"), common.POLYGON),
            "The same sums by hexagon of 1 km, beside the communes: the best first, called by its rank and the nearest commune.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.core.nomenclatures import NafFilter

        mode = self.parameterAsEnumString(parameters, "MODE", context)
        if mode == "time" and not given(parameters, "ROADS", context):
            raise InputError(
                "A reach in minutes needs a road layer: give the roads, or choose the mode distance."
            )
        NafFilter(codes(self.parameterAsString(parameters, "NAF", context)))

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.prospects import prospects_layers
        from ..coodiag_plugin.qgis_bridge.road_parameters import roads_of
        from ..coodiag_plugin.qgis_bridge.roads import load_graph
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        establishments = source(self, parameters, "ESTABLISHMENTS", context)
        communes = source(self, parameters, "COMMUNES", context, optional=True)
        roads = roads_of(self, parameters, context)
        graph = None
        if roads is not None:
            crs = metric_crs(establishments if communes is None else communes)
            profile = self.parameterAsEnumString(parameters, "PROFILE", context)
            graph = load_graph(roads, crs, profile, progress.part(0, 0.5))
        layers = prospects_layers(
            source(self, parameters, "CLIENTS", context),
            establishments,
            source(self, parameters, "SITES", context),
            reach=self.parameterAsDouble(parameters, "REACH", context),
            mode=self.parameterAsEnumString(parameters, "MODE", context),
            graph=graph,
            communes=communes,
            naf=codes(self.parameterAsString(parameters, "NAF", context)),
            weights=self.parameterAsString(parameters, "WEIGHTS", context) or "",
            structure_name=self.parameterAsString(parameters, "STRUCTURE", context) or "",
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            hexagons=given(parameters, "HEXAGONS", context),
            progress=progress.part(0.5, 0.95),
        )
        made = {"PROSPECTS": layers.prospects, "ZONES": layers.zones}
        if layers.hexagons is not None and given(parameters, "HEXAGONS", context):
            made["HEXAGONS"] = layers.hexagons
        return {
            name: pour(self, parameters, name, context, layer, progress, _LOOKS[name])
            for name, layer in made.items()
        }
