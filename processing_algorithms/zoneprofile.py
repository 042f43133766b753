"""``coodiag:zoneprofile``: what zones, or the places where clients live, look like."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterField

from ..coodiag_plugin.core.choices import WAYS
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common


class ZoneProfile(CoodiagAlgorithm):
    """Index 100 = like the territory."""

    NAME = "zoneprofile"
    LABEL = "Profile of zones"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("numpy",)
    HELP = (
        "<p>Compares each zone with the territory: how many people of a kind per 100 of the base "
        "(population, households…) live in the communes or cells of the zone, and the index: 100 "
        "means as in the whole layer. Sums are made before rates.</p>"
        "<p>With clients, a further profile tells in what kind of places they live: the mean of "
        "the rates of their places, from places with enough clients only. It describes the places, "
        "not the clients.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("PLACES", tr("Communes or cells"), common.POLYGON),
            "Communes or grid cells with counts, for example the output of Indicators: all together they are the reference. Neighbours (role = voisin) are left out.",
        )
        self.add(
            QgsProcessingParameterField(
                "VARIABLES",
                tr("Variables"),
                parentLayerParameterName="PLACES",
                type=QgsProcessingParameterField.DataType.Numeric,
                allowMultiple=True,
            ),
            "Fields that count people, households… of a kind. Rates and medians cannot be summed up and are refused.",
        )
        self.add(
            QgsProcessingParameterField(
                "BASE",
                tr("Base"),
                parentLayerParameterName="PLACES",
                type=QgsProcessingParameterField.DataType.Numeric,
            ),
            "Field of the count that the variables are related to: population, households…",
        )
        self.add(
            common.features("ZONES", tr("Zones"), common.POLYGON, optional=True),
            "Zones to profile, for example the output of Catchment zones.",
        )
        self.add(
            QgsProcessingParameterField(
                "ZONE_FIELD",
                tr("Name of the zone"),
                parentLayerParameterName="ZONES",
                optional=True,
            ),
            "Field that names the zones; zones of one name count as one. Empty: site and zone of a catchment, else a number.",
        )
        self.add(
            common.features("CLIENTS", tr("Clients"), common.POINT, optional=True),
            "Located clients, for the profile of the places where they live.",
        )
        self.add(
            common.choice("METHOD", tr("Method"), WAYS),
            "centroid: a place belongs to the zone that holds a point of its surface. area: by the share of its surface inside.",
        )
        self.add(common.min_count(), "Fewest clients of a place that takes part in their profile.")
        self.add(
            common.sink("OUTPUT", tr("Profile"), common.ROWS),
            "One row per zone and variable: count, base, rate (per 100), reference (of all places) and index, each with its _etat; known (per cent of the base with a known figure), clients, reading.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if not given(parameters, "ZONES", context) and not given(parameters, "CLIENTS", context):
            raise InputError("Give zones, clients, or both: there is nothing to profile.")

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.zone_profile import profile_layer

        table = profile_layer(
            source(self, parameters, "PLACES", context),
            self.parameterAsStrings(parameters, "VARIABLES", context),
            self.parameterAsString(parameters, "BASE", context),
            zones=source(self, parameters, "ZONES", context, optional=True),
            zone_field=self.parameterAsString(parameters, "ZONE_FIELD", context) or None,
            clients=source(self, parameters, "CLIENTS", context, optional=True),
            way=self.parameterAsEnumString(parameters, "METHOD", context),
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            progress=progress,
        )
        return {"OUTPUT": pour(self, parameters, "OUTPUT", context, table, progress)}
