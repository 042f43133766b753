"""The roads that an algorithm is given, with the table of speeds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
)

from .roads import Roads
from .zone_parameters import source


def roads_of(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Roads | None:
    """Roads of ROADS with the table of SPEEDS, for ``load_graph``; None when ROADS was not given.

    The layer is told only when all of its features were asked for.
    """
    features = source(algorithm, parameters, "ROADS", context, optional=True)
    if features is None:
        return None
    asked = parameters.get("ROADS")
    partial = isinstance(asked, QgsProcessingFeatureSourceDefinition) and (
        asked.selectedFeaturesOnly or asked.featureLimit >= 0 or bool(asked.filterExpression)
    )
    layer = None if partial else algorithm.parameterAsVectorLayer(parameters, "ROADS", context)
    speeds = algorithm.parameterAsString(parameters, "SPEEDS", context).strip()
    return Roads(features, layer, Path(speeds).expanduser() if speeds else None)
