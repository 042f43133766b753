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


def file_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
) -> Path | None:
    """A file or folder, None when the parameter is empty."""
    text = algorithm.parameterAsString(parameters, name, context).strip()
    return Path(text).expanduser() if text else None
