"""What the algorithms share: lists in a text, sources, sinks."""

from __future__ import annotations

import math
import re
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)

from ..core.errors import InputError
from .algorithm import given
from .feedback import FeedbackProgress
from .layers import add_all


def numbers(text: str, parameter: str) -> list[float]:
    """Numbers of ``5,10,15`` or ``2.5; 5``; anything else is refused with the parameter's name."""
    pieces = [piece for piece in re.split(r"[,;\s]+", text.strip()) if piece]
    try:
        values = [float(piece) for piece in pieces]
        if not all(map(math.isfinite, values)):
            values = []
    except ValueError:
        values = []
    if not values:
        raise InputError(
            "{parameter} must be a list of numbers separated by commas, for example 5,10,15; “{text}” is not.",
            parameter=parameter,
            text=text,
        )
    return values


def percentages(text: str, parameter: str) -> list[float]:
    """Ascending percentages above 0 and up to 100, as ``60,80,95``."""
    values = numbers(text, parameter)
    if values != sorted(set(values)) or not all(0 < value <= 100 for value in values):
        raise InputError(
            "{parameter} must be ascending percentages above 0 and up to 100, for example 60,80,95; “{text}” is not.",
            parameter=parameter,
            text=text,
        )
    return values


def codes(text: str) -> list[str]:
    """Codes of ``N, 81.2; 8121Z``."""
    return [code.strip() for code in re.split("[,;]", text) if code.strip()]


def source(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    optional: bool = False,
) -> QgsProcessingFeatureSource | None:
    """Feature source of a parameter; None only when it is optional and was not given."""
    if optional and not given(parameters, name, context):
        return None
    found = algorithm.parameterAsSource(parameters, name, context)
    if found is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    return found


def pour(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    layer: QgsVectorLayer,
    progress: FeedbackProgress,
) -> str | None:
    """Copy a layer into the sink of a parameter; its id, None when the sink was left out."""
    sink, identifier = algorithm.parameterAsSink(
        parameters, name, context, layer.fields(), layer.wkbType(), layer.crs()
    )
    if sink is None:
        if not given(parameters, name, context):
            return None
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    add_all(sink, layer.getFeatures(), progress.check)
    return identifier
