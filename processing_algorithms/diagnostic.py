"""``coodiag:diagnostic``: from raw files to a printed atlas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.places import place
from ..coodiag_plugin.core.profiles import DEFAULT_PROFILE, load_profile
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from ..coodiag_plugin.qgis_bridge.locating import How
from ..coodiag_plugin.qgis_bridge.tables import mappings_of
from ..coodiag_plugin.qgis_bridge.translation import tr
from ..coodiag_plugin.qgis_bridge.zone_parameters import percentages
from . import parameters as common

FILES = {
    "SITES": (
        N_("Sites of the structure"),
        N_("Spreadsheet of the structure's sites (csv, txt, xlsx, ods): name and address."),
    ),
    "CLIENTS": (
        N_("Clients"),
        N_(
            "Spreadsheet of the clients: address, postcode, town; SIRET, activity, turnover and hours when they are known."
        ),
    ),
    "BENEFICIARIES": (
        N_("Beneficiaries"),
        N_(
            "Spreadsheet of the beneficiaries (or employees): address, postcode, town. They never appear as points in anything that can be shared."
        ),
    ),
}


MAPPING_HELP = N_(
    'JSON by file, only for what is not recognised by itself: {"clients": {"sheet": "Feuil1", "columns": {"address": "Adresse du client", "naf": ""}}}. Files: sites, clients, beneficiaries. Fields as in Import a structure\'s table. A sheet and a column are told by name, or by number from 1; an empty name leaves the field out.'
)
#: The analyst's own tables, in the order of their reading.
TABLES = {
    "SURVEY": (
        N_("Survey or interviews"),
        N_(
            "Table of answers: a row per respondent and a column per question, or a row per answer. Columns that identify people are dropped, free texts only counted, small counts hidden. A sheet « Questions », or a file « questions » beside it, may describe the questions."
        ),
    ),
    "ACTORS": (
        N_("Actors of the territory"),
        N_(
            "Table of organisations: name, kind, role, address or commune or coordinates, link with the structure. Contacts are dropped; persons are neither named nor placed."
        ),
    ),
    "ACTIONS": (
        N_("Action plan"),
        N_(
            "Table of actions: theme, action, pilot (a function or an organisation), calendar, indicator, and other columns as they are."
        ),
    ),
    "WORDS": (
        N_("Texts of the analyst"),
        N_(
            "Table of two columns, « page » and « texte »: id or title of a page or a chapter of the profile, and the text that it is to carry. Nothing is checked in it: do not name people."
        ),
    ),
}


class Diagnostic(CoodiagAlgorithm):
    """Runs the whole pipeline; layouts forbid a background thread."""

    NAME = "diagnostic"
    LABEL = "Full diagnosis"
    GROUP = "Diagnosis"
    GROUP_ID = "diagnosis"
    PACKAGES = ("jinja2", "matplotlib", "pandas", "scipy")
    HELP = (
        "<p>From a territory code and the structure's own spreadsheets to a dossier: located clients and "
        "beneficiaries (kept apart, confidential), official statistics, catchment and prospection zones, "
        "the recruitment crossing, a styled project, an atlas ready to print, a report to edit, a report for "
        "a browser, the slides of the restitution, a two-page summary and a workbook of every figure.</p>"
        "<p>Official data come from the public services (IGN, Insee, Sirène, Dares, Caf, BAN…) or from a "
        "folder of files as published, zipped or not, recognised by their headers: commune contours, "
        "COG and EPCI tables, census, Filosofi, Sirène stock, BAN addresses, a road layer. The services "
        "are asked for the territory by its codes; nothing of the structure's files is sent to them, unless "
        "SERVICE is an online geocoder: it then receives the addresses, and nothing else. "
        "What is missing is said in the journal and on the pages; nothing is invented.</p>"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flags:
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.add(
            QgsProcessingParameterString("TERRITORY", tr("Territory"), optional=True),
            common.TERRITORY_HELP,
        )
        self.add(
            QgsProcessingParameterVectorLayer(
                "AREA", tr("Own area"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            common.AREA_HELP,
        )
        self.add(
            QgsProcessingParameterString("STRUCTURE", tr("Name of the structure")),
            "Name printed on the cover and at the foot of every page.",
        )
        self.add(common.profile(), common.PROFILE_HELP)
        for name, (label, help_text) in FILES.items():
            self.add(
                QgsProcessingParameterFile(name, tr(label), optional=True),
                help_text,
            )
        self.add(
            QgsProcessingParameterString(
                "MAPPING", tr("Columns mapped by hand"), multiLine=True, optional=True
            ),
            MAPPING_HELP,
            advanced=True,
        )
        for name, (label, help_text) in TABLES.items():
            self.add(QgsProcessingParameterFile(name, tr(label), optional=True), help_text)
        self._add_data()
        self._add_options()
        for name, label in (
            ("ATLAS", N_("Atlas")),
            ("PROJECT", N_("QGIS project")),
            ("GEOPACKAGE", N_("GeoPackage")),
            ("WORKBOOK", N_("Workbook of figures")),
            ("SLIDES", N_("Slides")),
            ("SYNTHESIS", N_("Two-page summary")),
            ("ODT", N_("Report to edit")),
            ("HTML", N_("Report for a browser")),
        ):
            self.addOutput(QgsProcessingOutputFile(name, tr(label)))
        self.addOutput(QgsProcessingOutputFolder("DOSSIER", tr("Dossier")))
        for name, label in (
            ("PAGES", N_("Pages")),
            ("CLIENTS_IN", N_("Clients read")),
            ("CLIENTS_LOCATED", N_("Clients located")),
            ("BENEFICIARIES_IN", N_("Beneficiaries read")),
            ("BENEFICIARIES_LOCATED", N_("Beneficiaries located")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def _add_data(self) -> None:
        self.add(common.official_source(), common.OFFICIAL_HELP)
        self.add(common.data_folder(), common.FOLDER_HELP)
        self.add(common.cache(), common.CACHE_HELP, advanced=True)
        for service in common.KEYS:
            common.add_key(self, service)
        self.add(
            QgsProcessingParameterVectorLayer(
                "ROADS", tr("Roads"), [QgsProcessing.SourceType.TypeVectorLine], optional=True
            ),
            "Road layer (BD TOPO, OpenStreetMap or any lines). Left empty, the roads of the services or of the data folder are used when they cover the territory; without any, distances are as the crow flies.",
        )
        self.add(
            QgsProcessingParameterString("BAN", tr("BAN addresses"), optional=True),
            "File or folder of BAN addresses (csv, csv.gz). Left empty, those of the services or of the data folder are used.",
        )
        self.add(common.geocoder(), common.SERVICE_HELP)
        self.add(common.geocoder_url(), common.URL_HELP, advanced=True)
        self.add(common.corrections(), common.CORRECTIONS_HELP, advanced=True)

    def _add_options(self) -> None:
        self.add(common.paper(), common.DIAGNOSTIC_PAPER_HELP)
        self.add(common.formats(), common.FORMATS_HELP)
        self.add(common.thresholds(), common.THRESHOLDS_HELP)
        self.add(
            common.fewest_people(),
            "Counts of people below this are hidden, with the other cells that would give them away.",
        )
        self.add(common.house_style(), common.HOUSE_HELP, advanced=True)
        self.add(common.commune_pages(), common.COMMUNE_PAGES_HELP, advanced=True)
        self.add(common.commune_scale(), common.SCALE_HELP, advanced=True)
        self.add(common.dpi(), common.DPI_HELP, advanced=True)
        self.add(
            QgsProcessingParameterString("DATE", tr("Date of production"), optional=True),
            "Date printed on the pages, as 2026-03-31. Left empty: today.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Dossier folder")),
            "Folder of the dossier. An earlier dossier there is replaced once the new one is complete.",
        )

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        common.source_of(self, parameters, context)
        common.house_of(self, parameters, context)
        named = self.parameterAsString(parameters, "CORRECTIONS", context).strip()
        How(
            service=self.parameterAsString(parameters, "SERVICE", context),
            url=self.parameterAsString(parameters, "URL", context),
            min_score=0.0,
            corrections=place(named) if named else None,
        ).check()
        area = self.parameterAsVectorLayer(parameters, "AREA", context)
        if not self.parameterAsString(parameters, "TERRITORY", context).strip() and area is None:
            raise InputError(
                "No territory was given: write a code such as EPCI:243500139, a name, or choose a layer of polygons."
            )
        mappings_of(self.parameterAsString(parameters, "MAPPING", context))
        percentages(self.parameterAsString(parameters, "THRESHOLDS", context), "THRESHOLDS")
        _date(self.parameterAsString(parameters, "DATE", context).strip())
        profile = self.parameterAsString(parameters, "PROFILE", context).strip()
        load_profile(profile or DEFAULT_PROFILE)

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: FeedbackProgress
    ) -> dict[str, Any]:
        from ..coodiag_plugin.qgis_bridge.pipeline.options import Options
        from ..coodiag_plugin.qgis_bridge.pipeline.run import diagnose

        def text(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        def path(name: str) -> Path | None:
            return place(text(name)) if text(name) else None

        slides = text("PAPER") == "16:9"
        formats = {*self.parameterAsEnumStrings(parameters, "FORMATS", context)}
        formats |= {"diaporama"} if slides else set()
        options = Options(
            territory=text("TERRITORY"),
            structure=text("STRUCTURE"),
            profile=text("PROFILE") or DEFAULT_PROFILE,
            source=common.source_of(self, parameters, context),
            output=place(self.parameterAsFileOutput(parameters, "OUTPUT_FOLDER", context)),
            date=_date(text("DATE")),
            area=self.parameterAsVectorLayer(parameters, "AREA", context),
            sites=path("SITES"),
            clients=path("CLIENTS"),
            beneficiaries=path("BENEFICIARIES"),
            roads=self.parameterAsVectorLayer(parameters, "ROADS", context),
            ban=path("BAN"),
            service=text("SERVICE"),
            url=text("URL"),
            corrections=path("CORRECTIONS"),
            mapping=mappings_of(text("MAPPING")),
            tables={name: path(name) for name in TABLES},
            thresholds=tuple(percentages(text("THRESHOLDS"), "THRESHOLDS")),
            min_count=self.parameterAsInt(parameters, "MIN_COUNT", context),
            paper="A4" if slides else text("PAPER"),
            formats=tuple(name for name in common.FORMATS if name in formats),
            commune_scale=text("COMMUNE_SCALE"),
            house=common.house_of(self, parameters, context),
            commune_pages=self.parameterAsBool(parameters, "COMMUNE_PAGES", context),
            dpi=self.parameterAsInt(parameters, "DPI", context),
        )
        return {"OUTPUT_FOLDER": str(options.output), **diagnose(options, progress)}


def _date(text: str) -> str:
    """The ISO date of the pages; today when nothing is given."""
    if not text:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InputError("“{text}” is not a date: write it as 2026-03-31.", text=text) from error
