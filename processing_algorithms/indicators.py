"""``coodiag:indicators``: the figures of a profile for each commune and its references."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.profiles import load_profile
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common


class ComputeIndicators(CoodiagAlgorithm):
    """Thin: a layer of communes in, :func:`qgis_bridge.indicators.compute_indicators`, sinks out."""

    NAME = "indicators"
    LABEL = "Indicators of a territory"
    GROUP = "Analysis"
    GROUP_ID = "analysis"
    PACKAGES = ("pandas",)
    HELP = (
        "<p>Computes the indicators of a profile for each commune of a layer and for its references "
        "(the territory, its EPCI, département, région, France) from the services of Insee and others "
        "or from a folder of official statistics as published. For each indicator the newest vintage "
        "that covers the communes is taken; a ratio never mixes years unless the catalogue says so.</p>"
        "<p>Each figure has two fields: its number, and its state in <i>name</i>_etat (connu, absent, "
        "secret, sans_objet, echec). The ratio of a group of communes is the sum of the "
        "numerators over the sum of the denominators; published medians are never recomputed.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            "Polygons of communes with the field codgeo; the field role (territoire or voisin) tells the neighbours, which count in no reference.",
        )
        self.add(common.profile(), common.PROFILE_HELP)
        self.add(common.official_source(), common.OFFICIAL_HELP)
        self.add(common.data_folder(), common.FOLDER_HELP)
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        self.add(
            common.sink("INDICATORS", tr("Indicators"), common.POLYGON),
            "Communes with their fields, then their figures and the state of each.",
        )
        self.add(
            common.sink("REFERENCES", tr("References"), common.ROWS, optional=True),
            "Figures of the territory and of the units around it.",
        )
        self.add(
            common.sink("PROVENANCE", tr("Provenance"), common.ROWS, optional=True),
            common.PROVENANCE_HELP,
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        common.source_of(self, parameters, context)
        load_profile(self.parameterAsString(parameters, "PROFILE", context))
        if "codgeo" not in source(self, parameters, "COMMUNES", context).fields().names():
            raise InputError(
                "The layer of communes has no field codgeo. Take the output of “Communes of a territory”, or name the field of the Insee codes codgeo."
            )

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.indicators import read_indicators
        from ..coodiag_plugin.qgis_bridge.metadata import sources_of

        profile = load_profile(self.parameterAsString(parameters, "PROFILE", context))
        layers = read_indicators(
            source(self, parameters, "COMMUNES", context),
            profile.indicator_ids(),
            common.source_of(self, parameters, context),
            progress.part(0.0, 0.9),
        )
        sources = sources_of(layers.provenance)
        results = {
            name: pour(self, parameters, name, context, layer, progress, look, sources)
            for name, layer, look in (
                ("INDICATORS", layers.communes, "indicators"),
                ("REFERENCES", layers.references, ""),
                ("PROVENANCE", layers.provenance, ""),
            )
        }
        return {name: value for name, value in results.items() if value is not None}
