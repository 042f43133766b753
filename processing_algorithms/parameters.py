"""Parameters that several algorithms declare, and what is checked of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.choices import GEOCODERS
from ..coodiag_plugin.core.places import place
from ..coodiag_plugin.core.profiles import DEFAULT_PROFILE
from ..coodiag_plugin.core.wanted import CACHES, MODES, OfficialSource
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.algorithm import CoodiagAlgorithm
from ..coodiag_plugin.qgis_bridge.settings import value
from ..coodiag_plugin.qgis_bridge.settings.registry import LEAST_COUNT, PAPERS
from ..coodiag_plugin.qgis_bridge.translation import tr

if TYPE_CHECKING:
    from ..coodiag_plugin.core.house import House

POINT = QgsProcessing.SourceType.TypeVectorPoint
LINE = QgsProcessing.SourceType.TypeVectorLine
POLYGON = QgsProcessing.SourceType.TypeVectorPolygon
ROWS = QgsProcessing.SourceType.TypeVector
ANY_GEOMETRY = QgsProcessing.SourceType.TypeVectorAnyGeometry

#: Ways of moving on the roads.
MOVES = ("car", "bike", "foot")
SCALES = ("fit", "fixed")
#: Documents of a restitution beside the atlas, in the order of their writing.
FORMATS = ("odt", "html", "xlsx", "diaporama", "synthese")
PAPER_HELP = N_(
    "Format of the atlas, landscape: A4, or A3 (the same pages, larger). 16:9 prints the slides of the plenary restitution."
)
DIAGNOSTIC_PAPER_HELP = N_(
    "Format of the atlas, landscape: A4, or A3 (the same pages, larger). 16:9: an A4 atlas, and the slides whatever FORMATS says."
)
FORMATS_HELP = N_(
    "Documents to write: odt (report to be edited), html (one file for a browser, without a network), xlsx (every figure), diaporama (16:9 slides, PDF), synthese (two pages, PDF)."
)
HOUSE_HELP = N_(
    "Folder of your house style: colours, logo, photo, fonts and layer styles (docs/styles.md says how to make one). Left empty, that of the plugin."
)
SCALE_HELP = N_(
    "Scale of the maps of the communes: fit (each commune fills its map) or fixed (the same scale for all, so that pages compare)."
)
TERRITORY_HELP = N_(
    "Code or name of the territory: EPCI:243500139, COM:35238,35047, DEP:35, REG:53, ZE:5315, several joined by “;”, or a name. May stay empty when polygons are given."
)
AREA_HELP = N_(
    "Polygons of your own territory, in place of a code or added to it: a commune is taken when a point of its surface, or more than half of it, lies inside."
)
COMMUNES_HELP = N_(
    "Communes of the territory with their code (codgeo), for example the output of Communes of a territory. Neighbours (role = voisin) are left out."
)
PROFILE_HELP = N_(
    "The profile names the indicators, the maps and the pages: coodiag, ess, ctg, or the path of a profile file (JSON) of your own, made with “Copy a diagnosis profile to edit”."
)
OFFICIAL_HELP = N_(
    "folder: only the files of the data folder, nothing leaves this machine. online: the public services, completed by the data folder when one is given. auto: the data folder when one is given, else the services."
)
FOLDER_HELP = N_(
    "Folder of official files, as published or as Download official data writes them, zipped or not, in subfolders or not: each one is recognised by its headers."
)
CACHE_HELP = N_(
    "What becomes of the answers of the services kept on this machine. auto: recent ones are used again, older ones only when the network is down (their age is said). refresh: everything is asked again. offline: only kept answers are used, nothing is asked."
)
#: Parameter, label and help of the key of each service that asks for one.
KEYS = {
    "sirene": (
        "AUTHCFG",
        N_("Key of the Sirène API"),
        N_(
            "Authentication configuration of QGIS (type API Header) that holds the key of the Sirène API. Empty: the one that the QGIS setting coodiag/keys/sirene names, if any."
        ),
    ),
    "data_inclusion": (
        "AUTHCFG_INCLUSION",
        N_("Key of data·inclusion"),
        N_(
            "Authentication configuration of QGIS (type API Header) that holds the key of data·inclusion. Empty: the one that the QGIS setting coodiag/keys/data_inclusion names; without any, this source is left out and the log says so."
        ),
    ),
}
PROVENANCE_HELP = N_("One row for each file used, with its vintage and licence.")
SERVICE_HELP = N_(
    "offline: addresses are matched on this machine with BAN files and nothing leaves it. geoplateforme: the national service of the BAN (IGN). addok: a server of your own network, at URL. Both receive the number, street, postcode and commune of each different address, under an identifier without meaning, and nothing else; their number is said before."
)
URL_HELP = N_(
    "Address of the addok server, for example http://localhost:7878. Empty: the one of the options of QGIS, and for geoplateforme the national service."
)
CORRECTIONS_HELP = N_(
    "Places that a person gave to addresses in the review window: they come first and are asked of no service. Empty: the file of the QGIS profile."
)
THRESHOLDS_HELP = N_(
    "Shares of the clients, in per cent, that the primary, secondary and tertiary zones hold, separated by commas."
)
SPEEDS_HELP = N_(
    "Your own speeds by class of road (CSV), as Table of road speeds writes them. A class that it does not name keeps the speed of Coodiag. Empty: the speeds of Coodiag."
)
MOVE_HELP = N_("Way of moving on the roads: car, bike or foot.")
COMMUNE_PAGES_HELP = N_("Print a page for each commune of the territory.")
DPI_HELP = N_("Resolution of what cannot be drawn as vectors.")


def choice(
    name: str, label: str, options: Sequence[str], default: str = ""
) -> QgsProcessingParameterEnum:
    """A choice by words, that scripts and models also use; the default is the first one, if none
    is told."""
    return QgsProcessingParameterEnum(
        name,
        label,
        options=list(options),
        defaultValue=default or options[0],
        usesStaticStrings=True,
    )


def features(
    name: str, label: str, kind: QgsProcessing.SourceType, optional: bool = False
) -> QgsProcessingParameterFeatureSource:
    """A layer, or its selected features."""
    return QgsProcessingParameterFeatureSource(name, label, [kind], optional=optional)


def sink(
    name: str, label: str, kind: QgsProcessing.SourceType, optional: bool = False
) -> QgsProcessingParameterFeatureSink:
    """A layer to write."""
    return QgsProcessingParameterFeatureSink(name, label, kind, optional=optional)


def optional_sink(
    name: str, label: str, kind: QgsProcessing.SourceType
) -> QgsProcessingParameterFeatureSink:
    """A layer that is written only when it is asked for."""
    return QgsProcessingParameterFeatureSink(
        name, label, kind, defaultValue=None, optional=True, createByDefault=False
    )


def roads() -> QgsProcessingParameterFeatureSource:
    return features("ROADS", tr("Roads"), LINE, optional=True)


def speeds() -> QgsProcessingParameterFile:
    """The table of speeds that goes with :func:`roads`, read by ``road_parameters.roads_of``."""
    return QgsProcessingParameterFile(
        "SPEEDS", tr("Table of speeds"), extension="csv", optional=True
    )


def move() -> QgsProcessingParameterEnum:
    return choice("PROFILE", tr("Way of moving"), MOVES)


def geocoder() -> QgsProcessingParameterEnum:
    """The service of the options, as it is when the algorithm is opened: so are all the defaults
    that come from :func:`value`."""
    return choice("SERVICE", tr("Geocoding service"), GEOCODERS, str(value("geocoder")))


def geocoder_url() -> QgsProcessingParameterString:
    return QgsProcessingParameterString("URL", tr("Service address"), optional=True)


def corrections() -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile("CORRECTIONS", tr("Corrections"), optional=True)


def thresholds() -> QgsProcessingParameterString:
    return QgsProcessingParameterString(
        "THRESHOLDS", tr("Catchment thresholds"), defaultValue=value("thresholds")
    )


def min_count() -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        "MIN_COUNT", tr("Least count"), defaultValue=value("min_count"), minValue=1
    )


def fewest_people() -> QgsProcessingParameterNumber:
    """The least count of what is made to be shared."""
    return QgsProcessingParameterNumber(
        "MIN_COUNT",
        tr("Fewest people shown"),
        defaultValue=value("min_count"),
        minValue=LEAST_COUNT,
    )


def profile() -> QgsProcessingParameterString:
    return QgsProcessingParameterString("PROFILE", tr("Profile"), defaultValue=DEFAULT_PROFILE)


def official_source() -> QgsProcessingParameterEnum:
    return choice("SOURCE", tr("Source"), MODES)


def cache() -> QgsProcessingParameterEnum:
    return choice("CACHE", tr("Kept answers"), CACHES)


def source_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> OfficialSource:
    """Where the official data come from, by SOURCE, DATA_FOLDER and CACHE; a bad folder is refused."""
    folder = algorithm.parameterAsString(parameters, "DATA_FOLDER", context).strip()
    source = OfficialSource(
        algorithm.parameterAsString(parameters, "SOURCE", context),
        place(folder) if folder else None,
        algorithm.parameterAsString(parameters, "CACHE", context),
        keys_of(algorithm, parameters, context),
    )
    source.check()
    return source


def add_key(algorithm: CoodiagAlgorithm, service: str) -> None:
    """Declare the authentication configuration that holds the key of a service."""
    name, label, help_text = KEYS[service]
    parameter = QgsProcessingParameterAuthConfig(name, tr(label), optional=True)
    algorithm.add(parameter, help_text, advanced=True)


def keys_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> dict[str, str]:
    """The configurations that were chosen, by service."""
    chosen = {
        service: algorithm.parameterAsString(parameters, name, context)
        for service, (name, _, _) in KEYS.items()
        if algorithm.parameterDefinition(name) is not None
    }
    return {service: authcfg for service, authcfg in chosen.items() if authcfg}


def data_folder() -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile(
        "DATA_FOLDER",
        tr("Data folder"),
        QgsProcessingParameterFile.Behavior.Folder,
        optional=True,
    )


def paper() -> QgsProcessingParameterEnum:
    return choice("PAPER", tr("Paper"), PAPERS, str(value("paper")))


def commune_pages() -> QgsProcessingParameterBoolean:
    return QgsProcessingParameterBoolean(
        "COMMUNE_PAGES", tr("One page per commune"), defaultValue=True
    )


def dpi() -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        "DPI", tr("Resolution of the atlas (dpi)"), defaultValue=300, minValue=72, maxValue=600
    )


def formats() -> QgsProcessingParameterEnum:
    return QgsProcessingParameterEnum(
        "FORMATS",
        tr("Documents"),
        list(FORMATS),
        allowMultiple=True,
        usesStaticStrings=True,
        defaultValue=list(FORMATS),
        optional=True,
    )


def house_style() -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile(
        "HOUSE_STYLE",
        tr("House style"),
        behavior=QgsProcessingParameterFile.Behavior.Folder,
        defaultValue=value("house_style") or None,
        optional=True,
    )


def house_of(
    algorithm: CoodiagAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> House:
    """The house style asked for; raises :class:`InputError` for one that cannot be used."""
    from ..coodiag_plugin.core.house import DEFAULT, load_house
    from ..coodiag_plugin.qgis_bridge.families import check

    folder = algorithm.parameterAsString(parameters, "HOUSE_STYLE", context).strip()
    if not folder:
        return DEFAULT
    house = load_house(place(folder))
    check(house)
    return house


def commune_scale() -> QgsProcessingParameterEnum:
    return choice("COMMUNE_SCALE", tr("Scale of the commune maps"), SCALES)
