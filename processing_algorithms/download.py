"""``coodiag:download``: fill a folder of official files from the public services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.profiles import load_profile
from ..coodiag_plugin.core.wanted import REGISTERS, OfficialSource, collections
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm, given
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import pour
from . import parameters as common


class Download(CoodiagAlgorithm):
    """Thin: what is wanted in, :func:`qgis_bridge.download.download`, a folder out."""

    NAME = "download"
    LABEL = "Download official data"
    GROUP = "Import and sources"
    GROUP_ID = "import"
    PACKAGES = ("pandas", "requests")
    HELP = (
        "<p>Asks the public services for the official data of a territory and keeps them as files in a "
        "folder. The algorithms that need official data then read that folder (DATA_FOLDER, with SOURCE "
        "set to folder): they work without network, and several runs share the same data. Beside each "
        "file stand where it comes from, its vintage, the day it was fetched and its licence.</p>"
        "<p>What one service cannot give is said, and the rest is fetched all the same. A download that "
        "was cut is resumed where it stopped. Services are asked by the codes of the communes: nothing about "
        "a person is sent.</p>"
    )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterString("TERRITORY", tr("Territory"), optional=True),
            common.TERRITORY_HELP,
        )
        self.add(
            common.features("AREA", tr("Own area"), common.POLYGON, optional=True),
            "Polygons of your own territory, in place of a code or added to it: the data of every commune that meets their extent are fetched.",
        )
        self.add(
            QgsProcessingParameterEnum(
                "WHAT",
                tr("What to fetch"),
                options=list(collections()),
                allowMultiple=True,
                defaultValue=[item.id for item in collections().values() if item.default],
                usesStaticStrings=True,
            ),
            "geography: communes and contours, always fetched. statistics: census, incomes, births, employers. job_seekers: job seekers (Dares). benefits: recipients of benefits (Caf). private_jobs: private employers and jobs (Urssaf). establishments: active establishments (Sirène). ess: list of the social and solidarity economy. addresses: BAN, about 20 MB by département. roads: BD TOPO, some minutes. districts: priority neighbourhoods (QPV). iris: contours of the IRIS. siae: inclusion enterprises. inclusion: structures and services of data·inclusion, needs a key. france_services: France services houses.",
        )
        self.add(common.profile(), common.PROFILE_HELP)
        self.add(
            common.choice("REGISTER", tr("Source of the establishments"), REGISTERS),
            "recherche-entreprises: without a key, slow on large territories. sirene-api: with the key of the Sirène API. stock: the national files (about 3 GB), of which only the rows of the territory are kept. auto: sirene-api when a key is known, else recherche-entreprises.",
            advanced=True,
        )
        common.add_key(self, "sirene")
        common.add_key(self, "data_inclusion")
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Data folder")),
            "Folder to fill. What was fetched there for another territory is removed; your own files stay.",
        )
        self.add(
            common.sink("PROVENANCE", tr("Provenance"), common.ROWS, optional=True),
            common.PROVENANCE_HELP,
        )
        self.addOutput(QgsProcessingOutputFolder("FOLDER", tr("Data folder")))
        for name, label in (("FILES", N_("Files fetched")), ("FAILED", N_("Not fetched"))):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        from ..coodiag_plugin.core.codes import parse_territory
        from ..coodiag_plugin.qgis_bridge.download import check_target

        expression = self.parameterAsString(parameters, "TERRITORY", context)
        if expression.strip() or not given(parameters, "AREA", context):
            parse_territory(expression)
        load_profile(self.parameterAsString(parameters, "PROFILE", context))
        check_target(self._folder(parameters, context))

    def _folder(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Path:
        return Path(self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context)).expanduser()

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.download import download

        folder = self._folder(parameters, context)
        found = download(
            self.parameterAsString(parameters, "TERRITORY", context),
            self.parameterAsSource(parameters, "AREA", context),
            self.parameterAsEnumStrings(parameters, "WHAT", context),
            self.parameterAsString(parameters, "PROFILE", context),
            self.parameterAsString(parameters, "REGISTER", context),
            OfficialSource(
                "online",
                cache=self.parameterAsString(parameters, "CACHE", context),
                authcfgs=common.keys_of(self, parameters, context),
            ),
            folder,
            progress.part(0.0, 0.98),
        )
        results = {
            "OUTPUT_FOLDER": str(folder),  # what a model hands on
            "FOLDER": str(folder),
            "FILES": found.files,
            "FAILED": found.failed,
            "PROVENANCE": pour(self, parameters, "PROVENANCE", context, found.provenance, progress),
        }
        return {name: value for name, value in results.items() if value is not None}
