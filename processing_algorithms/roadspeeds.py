"""``coodiag:roadspeeds``: the table of road speeds, to be edited and given back as SPEEDS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterFileDestination

from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import source
from . import parameters as common


class RoadSpeeds(CoodiagAlgorithm):
    """A copy of the catalogue's speeds, cut down to the classes of a layer."""

    NAME = "roadspeeds"
    LABEL = "Table of road speeds"
    GROUP = "Zones"
    GROUP_ID = "zones"
    HELP = (
        "<p>Writes the speeds by class of road that Coodiag uses (car, bike, foot, in km/h) as a "
        "CSV table. Change what you know better in a spreadsheet, then give the table as Table of "
        "speeds to isochrones, catchment, prospects and the others that travel on roads.</p>"
        "<p>With a road layer, the table holds the classes of that layer only, those that Coodiag "
        "does not know included, with their number of sections and kilometres.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.roads(),
            "Road layer whose classes the table is about. Empty: all the classes of BD TOPO and OpenStreetMap.",
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Table of speeds"), "CSV (*.csv)"),
            "Table to edit: schema, class, importance, car, bike, foot, join (and sections, km with a road layer).",
        )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.road_speeds import write_speeds

        path = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        layer = source(self, parameters, "ROADS", context, optional=True)
        count = write_speeds(Path(path), layer, progress)
        progress.say("Table of speeds: {count} rows.", count=count)
        return {"OUTPUT": path}
