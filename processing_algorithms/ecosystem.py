"""``coodiag:ecosystem``: the places that matter around an inclusion enterprise."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
)

from ..coodiag_plugin.core.catalogue import rows
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour, source
from . import parameters as common

COUNTS = {
    "COUNT": N_("Places of interest"),
    "COUNT_LOCATED": N_("Places located"),
    "COUNT_UNLOCATED": N_("Places without a point"),
}


class FindEcosystem(CoodiagAlgorithm):
    """Inclusion enterprises, counters, training, childcare, stations of the communes."""

    NAME = "ecosystem"
    LABEL = "Places of interest"
    GROUP = "Import and sources"
    GROUP_ID = "import"
    PACKAGES = ("pandas", "numpy")
    HELP = (
        "<p>Gathers the places that matter around an inclusion enterprise: inclusion enterprises by "
        "type, sheltered and adapted workshops, France services, France Travail, missions locales, "
        "CCAS, Cap emploi, PLIE, CAF, CPAM, training, childcare, railway stations. They come from "
        "the Base permanente des équipements (BPE), data·inclusion, les emplois de l’inclusion, the "
        "list of France services houses and Sirène; a place that several sources have is one "
        "row, and the field source names them. The BPE is a file to put in the data folder: no service "
        "gives it place by place, so stations and what only the BPE knows are missing without it.</p>"
        "<p>Places of organisations only: neither persons, contacts nor addresses. A place without a "
        "point keeps its row without geometry. The field quality tells how precise the point is: bonne, "
        "acceptable, inconnue, approchee, or commune (placed at the commune).</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            common.features("COMMUNES", tr("Communes"), common.POLYGON),
            common.COMMUNES_HELP,
        )
        self.add(common.official_source(), common.OFFICIAL_HELP)
        self.add(common.data_folder(), common.FOLDER_HELP)
        self.add(
            QgsProcessingParameterEnum(
                "KINDS",
                tr("Kinds of places"),
                options=[row["id"] for row in rows("ecosystem")],
                allowMultiple=True,
                optional=True,
                usesStaticStrings=True,
            ),
            "Kinds to keep: types of inclusion enterprises (aci, ai, ei, etti, eiti, geiq), ea, esat, france_services, france_travail, mission_locale, ccas, formation, petite_enfance, gare… Empty: all.",
        )
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        common.add_key(self, "data_inclusion")
        self.add(
            common.sink("ECOSYSTEM", tr("Places of interest"), common.POINT),
            "Points with kind, label, theme, name, siret, source, codgeo and quality.",
        )
        self.add(
            common.sink("PROVENANCE", tr("Provenance"), common.ROWS, optional=True),
            common.PROVENANCE_HELP,
        )
        for name, label in COUNTS.items():
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        common.source_of(self, parameters, context)

    def work(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.ecosystem import read_ecosystem
        from ..coodiag_plugin.qgis_bridge.establishments import provenance_layer
        from ..coodiag_plugin.qgis_bridge.shapes import metric_crs

        communes = source(self, parameters, "COMMUNES", context)
        found = read_ecosystem(
            communes,
            metric_crs(communes),
            common.source_of(self, parameters, context),
            [kind for kind in self.parameterAsEnumStrings(parameters, "KINDS", context) if kind],
            progress.part(0.0, 0.95),
        )
        results = {
            "ECOSYSTEM": pour(
                self,
                parameters,
                "ECOSYSTEM",
                context,
                found.layer,
                progress,
                "places",
                found.provenance,
            ),
            "PROVENANCE": pour(
                self,
                parameters,
                "PROVENANCE",
                context,
                provenance_layer(found.provenance),
                progress,
            ),
        }
        return {
            **{name: value for name, value in results.items() if value is not None},
            "COUNT": found.count,
            "COUNT_LOCATED": found.located,
            "COUNT_UNLOCATED": found.count - found.located,
        }
