"""Parameters that the algorithms of the self-evaluation share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterFile,
)

from ..coodiag_plugin.core.words import N_
from ..coodiag_plugin.qgis_bridge.translation import tr

GRID_HELP = N_(
    "Your own grid of objectives (csv, xlsx, ods) with the columns theme, sub_theme, id, objective, evidence, weight. A bad line is refused by its number. Empty: the grid of Coodiag."
)


def grid() -> QgsProcessingParameterFile:
    return QgsProcessingParameterFile("GRID", tr("Grid of objectives"), optional=True)


def answers(name: str, label: str, optional: bool = False) -> QgsProcessingParameterFile:
    """A file or a folder: the filter lets names without a dot through."""
    return QgsProcessingParameterFile(
        name, label, optional=optional, fileFilter=tr("Tables or a folder") + " (*)"
    )


def file_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Path | None:
    """A file or folder, None when the parameter is empty."""
    text = algorithm.parameterAsString(parameters, name, context).strip()
    return Path(text).expanduser() if text else None
