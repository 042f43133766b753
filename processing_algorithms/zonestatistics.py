"""``coodiag:zonestatistics``: figures of any polygon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterField

from ..coodiag_plugin.core.choices import ZONE_METHODS
from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common


class ZoneStatistics(CoodiagAlgorithm):
    """Figures of isochrones, catchment zones, priority neighbourhoods… from parts or a grid."""

    NAME = "zonestatistics"
    LABEL = "Figures of zones"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("numpy", "scipy", "pandas")
    HELP = (
        "<p>Gives the figures of any polygons (isochrones, catchment zones, priority "
        "neighbourhoods…) from the indicators of communes or IRIS, or from the squares of Insee's "
        "grid. Counts are summed by the share of each part that lies in the zone; rates are "
        "recomputed as a sum of numerators over a sum of denominators, never as a mean of rates; "
        "medians are not recomputed.</p>"
        "<p>Each figure has a column ending in _etat (known, absent, secret, not applicable: one "
        "part that is secret makes the sum secret) and one ending in _part, the share of the zone "
        "that is known. Zones of fewer than 11 households of the grid, or fewer people than the "
        "least count, are hidden, and so is a ring that adds so few to a smaller one. coverage is "
        "the share of the surface of the zone that the indicators cover; imputed is the share of "
        "the people in squares that Insee estimated.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("ZONES", tr("Zones"), common.POLYGON),
            "Polygons to describe. They may overlap, as rings do. All their fields are kept.",
        )
        self.add(
            common.features("INDICATORS", tr("Indicators"), common.POLYGON, optional=True),
            "Communes with the output of Indicators, or communes or IRIS with variables of Insee (P21_POP…). May stay empty when a grid is given.",
        )
        self.add(
            common.choice("METHOD", tr("Method"), ZONE_METHODS),
            "How the parts that a limit crosses are shared. grid: by their people in the squares of GRID. area: by surface. centroid: all to the zone that holds their centre.",
        )
        self.add(
            common.features("GRID", tr("Grid"), common.ROWS, optional=True),
            "Insee's grid of 200 m or 1 km (Filosofi): squares, points, or the table with identifiers of squares (idcar_200m). Its own figures are added, whatever the method.",
        )
        self.add(
            QgsProcessingParameterField(
                "COUNTS",
                tr("More counts"),
                parentLayerParameterName="INDICATORS",
                type=QgsProcessingParameterField.DataType.Numeric,
                allowMultiple=True,
                optional=True,
            ),
            "Other fields of the indicators that count something and may be summed.",
            advanced=True,
        )
        self.add(
            common.data_folder(),
            "Folder of official statistics of communes, for the rates whose numerator and denominator the layer of indicators does not hold.",
            advanced=True,
        )
        self.add(
            common.min_count(),
            "Fewest people of a shown figure. Figures of the grid need 11 households whatever this count.",
        )
        self.add(
            common.sink("OUTPUT", tr("Figures of zones"), common.POLYGON),
            "Zones with method, coverage (%), squares, imputed (%), and each figure with its columns _etat and _part. A field of the zones that bears the name of a figure is kept as zone_<name>.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        squares = given(parameters, "GRID", context)
        if self.parameterAsEnumString(parameters, "METHOD", context) == "grid" and not squares:
            raise InputError(
                "The method “grid” needs the squares of a grid: give GRID, or choose the method “area” or “centroid”."
            )

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.zone_statistics import zone_statistics

        folder = self.parameterAsString(parameters, "DATA_FOLDER", context).strip()
        found = zone_statistics(
            source(self, parameters, "ZONES", context),
            source(self, parameters, "INDICATORS", context, optional=True),
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            grid=source(self, parameters, "GRID", context, optional=True),
            counts=self.parameterAsStrings(parameters, "COUNTS", context),
            data_folder=Path(folder).expanduser() if folder else None,
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            progress=progress,
        )
        return {"OUTPUT": pour(self, parameters, "OUTPUT", context, found, progress)}
