"""Parameters that several algorithms declare, and what is checked of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsProcessing,
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
    "auto and folder read the folder of official files. online comes with a later version."
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
    return choice("SOURCE", tr("Source"), ("auto", "online", "folder"))


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


def check_official(source: str, folder: str) -> None:
    """Refuse what this version cannot read official data from."""
    if source == "online":
        raise InputError(
            "Online sources come with a later version: choose folder, and give the folder of official files."
        )
    if not folder.strip():
        raise InputError("Choose the folder of official files (DATA_FOLDER).")
    if not Path(folder).expanduser().is_dir():
        raise InputError(
            "The folder of official files does not exist: {folder}. Choose the folder where the files were downloaded.",
            folder=folder,
        )
