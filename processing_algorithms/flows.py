"""``coodiag:flows``: who goes where, to work or to a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterField

from ..coodiag_plugin.core.choices import FLOW_SHAPES
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common


class Flows(CoodiagAlgorithm):
    """Flows from home to work (a table) or from home to a site (points)."""

    NAME = "flows"
    LABEL = "Flows"
    GROUP = "Zones"
    GROUP_ID = "zones"
    PACKAGES = ("numpy", "pandas")
    HELP = (
        "<p>Draws lines between the places where people live and those where they work, from a "
        "table of flows such as the mobility file of Insee (FLOWS), or between the communes where "
        "located people live and their site (POINTS). Each line has its count, its shares of all, "
        "of its origin and of its destination, the opposite flow and the difference. The log and "
        "FIGURES tell the commuting figures of the zone: stable people (who live and work in it) "
        "over employed residents, inflow, outflow, jobs for 100 employed residents.</p>"
        "<p>Flows under the least count are hidden, and as many others as it takes so that none "
        "can be found from the sums of its origin, of its destination or of all. Flows hidden and "
        "flows that do not exist are both left out. Each figure has a second column, ending in "
        "_etat: known, secret, not applicable.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("POINTS", tr("Located people"), common.ANY_GEOMETRY, optional=True),
            "Located clients or beneficiaries, with a field that names their site. Give POINTS or FLOWS.",
        )
        self.add(
            common.features("FLOWS", tr("Table of flows"), common.ROWS, optional=True),
            "Table of flows: one row per flow (CODGEO, DCLT, NBFLUX_C22_ACTOCC15P…), one row per person, or one column per commune. Columns are recognised in any order. Give POINTS or FLOWS.",
        )
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Communes with their code (codgeo). Those whose role is not voisin make the zone; lines are drawn to the neighbours as well.",
        )
        self.add(
            common.min_count(),
            "Fewest people of a shown flow. Flows below it are hidden.",
        )
        self.add(
            common.features("SITES", tr("Sites"), common.POINT, optional=True),
            "Sites of the structure, where the lines of POINTS end. Without it they end in the middle of the commune that the field names.",
        )
        self.add(
            QgsProcessingParameterField(
                "SITE_FIELD",
                tr("Site of each person"),
                parentLayerParameterName="POINTS",
                optional=True,
            ),
            "Field of the points that names the site (or the commune) of each person. May stay empty when there is one site.",
        )
        for name, label, help_text in (
            (
                "ORIGIN",
                tr("Column of residence"),
                N_(
                    "Column of the table with the commune of residence. Empty: recognised, or the commune of the points of the table when the column of work is given."
                ),
            ),
            (
                "DESTINATION",
                tr("Column of work"),
                N_(
                    "Column of the table with the commune of work, by its code or its name. Empty: recognised."
                ),
            ),
            (
                "COUNT",
                tr("Column of counts"),
                N_(
                    "Column of the table with the number of people. Empty: recognised, else each row counts for one."
                ),
            ),
        ):
            self.add(
                QgsProcessingParameterField(
                    name, label, parentLayerParameterName="FLOWS", optional=True
                ),
                help_text,
                advanced=True,
            )
        self.add(
            common.choice("SHAPE", tr("Lines"), FLOW_SHAPES),
            "auto: two opposite flows are bent apart, the others are straight. straight or curved: all of them.",
            advanced=True,
        )
        self.add(
            common.data_folder(),
            "Folder that holds Insee's table of commune changes, for a table of flows older than the communes: flows of merged communes are summed.",
            advanced=True,
        )
        self.add(
            common.sink("LINES", tr("Lines of flows"), common.LINE),
            "One row per shown flow, the largest first: origin, destination, kind (interne, sortant, entrant, sur place), count, share, share_origin, share_destination (%), back, net. Flows inside a commune, or to a place that is not drawn, have no line.",
        )
        self.add(
            common.sink("PLACES", tr("Places"), common.POINT, optional=True),
            "Communes of the zone and sites: leaving, coming, staying, net, stable_share, concentration.",
        )
        self.add(
            common.sink("FIGURES", tr("Figures"), common.ROWS, optional=True),
            "Figures of the zone: id, label, value, text as printed.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        if given(parameters, "POINTS", context) == given(parameters, "FLOWS", context):
            raise InputError(
                "Give located people (POINTS) or a table of flows (FLOWS), one of them."
            )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.flows import site_flows, work_flows

        communes = source(self, parameters, "COMMUNES", context)
        shape = self.parameterAsEnumString(parameters, "SHAPE", context)
        least = self.parameterAsInt(parameters, "MIN_COUNT", context)
        if given(parameters, "POINTS", context):
            found = site_flows(
                source(self, parameters, "POINTS", context),
                communes,
                sites=source(self, parameters, "SITES", context, optional=True),
                site_field=self.parameterAsString(parameters, "SITE_FIELD", context) or "",
                min_count=least,
                shape=shape,
                progress=progress,
            )
        else:
            folder = self.parameterAsString(parameters, "DATA_FOLDER", context).strip()
            found = work_flows(
                source(self, parameters, "FLOWS", context),
                communes,
                columns=tuple(
                    self.parameterAsString(parameters, name, context) or ""
                    for name in ("ORIGIN", "DESTINATION", "COUNT")
                ),
                data_folder=Path(folder).expanduser() if folder else None,
                min_count=least,
                shape=shape,
                progress=progress,
            )
        results = {
            name: pour(self, parameters, name, context, layer, progress, look)
            for name, layer, look in (
                ("LINES", found.lines, "flows"),
                ("PLACES", found.places, None),
                ("FIGURES", found.figures, None),
            )
        }
        return {name: value for name, value in results.items() if value is not None}
