"""Parameters that several algorithms declare, and what is checked of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..coodiag_plugin.core.errors import InputError
from ..coodiag_plugin.core.privacy import MIN_COUNT
from ..coodiag_plugin.core.profiles import DEFAULT_PROFILE
from ..coodiag_plugin.core.wanted import CACHES, MODES, OfficialSource
from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.translation import tr

POINT = QgsProcessing.SourceType.TypeVectorPoint
LINE = QgsProcessing.SourceType.TypeVectorLine
POLYGON = QgsProcessing.SourceType.TypeVectorPolygon
ROWS = QgsProcessing.SourceType.TypeVector
ANY_GEOMETRY = QgsProcessing.SourceType.TypeVectorAnyGeometry

#: Ways of moving on the roads.
MOVES = ("car", "bike", "foot")
PAPERS = ("A4", "A3", "16:9")
PAPER_HELP = N_(
    "Format of the atlas. This version prints A4 landscape; A3 and 16:9 come with a later version."
)
OFFICIAL_HELP = N_(
    "folder: the files of the folder only, nothing leaves this machine. online: the public services, completed by the folder. auto: the folder when one is given, else the services."
)
CACHE_HELP = N_(
    "Answers of the services that were kept. auto: recent ones are used again, older ones when the network is down (their age is said). refresh: everything is asked again. offline: only what was kept."
)
DPI_HELP = N_("Resolution of what cannot be drawn as vectors.")


def choice(name: str, label: str, options: Sequence[str]) -> QgsProcessingParameterEnum:
    """A choice by words, that scripts and models also use; the first one is the default."""
    return QgsProcessingParameterEnum(
        name, label, options=list(options), defaultValue=options[0], usesStaticStrings=True
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


def roads() -> QgsProcessingParameterFeatureSource:
    return features("ROADS", tr("Roads"), LINE, optional=True)


def min_count() -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        "MIN_COUNT", tr("Least count"), defaultValue=MIN_COUNT, minValue=1
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
        Path(folder).expanduser() if folder else None,
        algorithm.parameterAsString(parameters, "CACHE", context),
    )
    source.check()
    return source


def data_folder() -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile(
        "DATA_FOLDER",
        tr("Folder of official files"),
        QgsProcessingParameterFile.Behavior.Folder,
        optional=True,
    )


def paper() -> QgsProcessingParameterEnum:
    return choice("PAPER", tr("Paper"), PAPERS)


def commune_pages() -> QgsProcessingParameterBoolean:
    return QgsProcessingParameterBoolean(
        "COMMUNE_PAGES", tr("One page per commune"), defaultValue=True
    )


def dpi() -> QgsProcessingParameterNumber:
    return QgsProcessingParameterNumber(
        "DPI", tr("Resolution of the atlas (dpi)"), defaultValue=300, minValue=72, maxValue=600
    )


def check_paper(chosen: str) -> None:
    if chosen != PAPERS[0]:
        raise InputError("This version prints A4: A3 and 16:9 come with a later version.")
