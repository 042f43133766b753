"""A cell of a table as the value of a parameter of ``coodiag:diagnostic``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorLayer,
)

from ...core.errors import InputError
from ...core.places import is_file, is_folder, leads_away, place
from ..running import DIAGNOSTIC

#: Texts that name a file: a relative one stands beside the table.
PATHS = ("BAN", "PROFILE")
_YES = ("oui", "o", "vrai", "yes", "y", "true", "1", "x")
_NO = ("non", "n", "faux", "no", "false", "0")


def diagnosis() -> QgsProcessingAlgorithm:
    """A new ``coodiag:diagnostic``, from the registry."""
    found = QgsApplication.processingRegistry().createAlgorithmById(DIAGNOSTIC)
    if found is None:
        raise InputError("Coodiag is not among the providers of the toolbox: switch its plugin on.")
    return found


def value_of(definition: QgsProcessingParameterDefinition, text: str, beside: Path) -> Any:
    """The value that ``text`` is for a parameter; ``beside``: folder of relative paths.

    Raises :class:`InputError` for a word, a number or a choice that the parameter does not take,
    and for a place that is not of this machine or of the shared folder of the table.
    """
    if isinstance(definition, QgsProcessingParameterEnum):
        return _choice(definition, text)
    if isinstance(definition, QgsProcessingParameterBoolean):
        return _truth(definition, text)
    if isinstance(definition, QgsProcessingParameterNumber):
        return _number(definition, text)
    if isinstance(definition, QgsProcessingParameterFile):
        return str(_path(definition, text, beside))
    if isinstance(definition, QgsProcessingParameterVectorLayer):
        return _layer(definition, text, beside)
    if definition.name() in PATHS:
        path = _path(definition, text, beside)
        return str(path) if is_file(path) or is_folder(path) else text
    return text


def _path(definition: QgsProcessingParameterDefinition, text: str, beside: Path) -> Path:
    path = beside / place(text.strip())
    if leads_away(os.path.normpath(path), beside):
        raise _away(definition, text)
    return path


def _layer(definition: QgsProcessingParameterDefinition, text: str, beside: Path) -> str:
    """The file of a layer, and which of its layers: any other word after the bar orders GDAL."""
    file, bar, rest = text.partition("|")
    if bar and ("|" in rest or not rest.strip().startswith(("layername=", "layerid="))):
        raise _away(definition, text)
    from ...sources.vectors import holds_its_shapes

    path = _path(definition, file, beside)
    if is_file(path) and not holds_its_shapes(path):
        raise _away(definition, text)
    return f"{path}{bar}{rest.strip()}"


def _away(definition: QgsProcessingParameterDefinition, text: str) -> InputError:
    return InputError(
        "{parameter}: “{text}” is no file of this machine, nor of the shared folder of the table. Copy it beside the table.",
        parameter=definition.name(),
        text=text,
    )


def _choice(definition: QgsProcessingParameterEnum, text: str) -> str | list[str]:
    known = {option.casefold(): option for option in definition.options()}
    words = [word.strip() for word in re.split("[,;|\n]", text) if word.strip()]
    unknown = next((word for word in words if word.casefold() not in known), "")
    if unknown or (len(words) != 1 and not definition.allowMultiple()):
        raise InputError(
            "“{text}” is no value of {parameter}. Write one of: {known}.",
            text=unknown or text,
            parameter=definition.name(),
            known=", ".join(definition.options()),
        )
    chosen = [known[word.casefold()] for word in words]
    return chosen if definition.allowMultiple() else chosen[0]


def _truth(definition: QgsProcessingParameterDefinition, text: str) -> bool:
    word = text.strip().casefold()
    if word not in (*_YES, *_NO):
        raise InputError(
            "“{text}” is no value of {parameter}. Write one of: {known}.",
            text=text,
            parameter=definition.name(),
            known="oui, non",
        )
    return word in _YES


def _number(definition: QgsProcessingParameterDefinition, text: str) -> float | int:
    try:
        number = float(text.replace(",", ".").replace(" ", ""))
        whole = int(number)
    except (ValueError, OverflowError) as error:  # « nan » and « inf » have no whole part
        raise InputError(
            "{parameter}: “{text}” is not a number.", parameter=definition.name(), text=text
        ) from error
    return whole if number == whole else number
