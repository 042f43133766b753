"""What the algorithms share: lists in a text, sources, sinks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)

from ..core.errors import InputError
from ..core.provenance import Provenance
from .algorithm import given
from .feedback import FeedbackProgress
from .layers import add_all
from .showing import show

#: A space that no line may break at, before three digits: French writes thousands so.
_THOUSANDS = re.compile("(?<=\\d)[\u00a0\u202f](?=\\d{3}(?!\\d))")
#: What may be the thousands of the number before it, after an ordinary space.
_GROUP = re.compile(r"\d{3}(\.\d+)?")


def numbers(text: str, parameter: str) -> list[float]:
    """Numbers of ``5,10,15``, ``2.5; 5`` or ``5 10 15``; anything else is refused by its name.

    Refused too is what reads in two ways: ``12 500`` (one number or two), ``2,5; 5``.
    """
    told = _THOUSANDS.sub("", text.strip())
    lists = [re.findall(r"[^ \t\r\n]+", piece) for piece in re.split("[,;]", told)]
    if any(_GROUP.fullmatch(item) for items in lists for item in items[1:]):
        raise InputError(
            "{parameter}: “{text}” may be read in two ways, as the space may part the thousands of one number or two numbers. Write each number without spaces and separate them with commas, for example 5000,12500.",
            parameter=parameter,
            text=text,
        )
    if "," in told and ";" in told:
        raise InputError(
            "{parameter}: “{text}” may be read in two ways, as the comma may part two numbers or a number and its decimals. Write decimals with a point and separate the numbers with commas, for example 2.5,5.",
            parameter=parameter,
            text=text,
        )
    try:
        values = [float(item) for items in lists for item in items]
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
    look: str = "",
    sources: Sequence[Provenance] = (),
) -> str | None:
    """Copy a layer into the sink of a parameter; its id, None when the sink was left out.

    ``look``: how it is drawn if it is to be shown (``zone_styles.LOOKS``); ``sources``: what it is
    made of, for its metadata.
    """
    sink, identifier = algorithm.parameterAsSink(
        parameters, name, context, layer.fields(), layer.wkbType(), layer.crs()
    )
    if sink is None:
        if not given(parameters, name, context):
            return None
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    add_all(sink, layer.getFeatures(), progress.check)
    from .aliases import years_of
    from .zone_styles import LOOKS

    drawn = LOOKS[look] if look else None
    show(algorithm, name, context, identifier, drawn, sources, years_of(layer))
    return identifier
