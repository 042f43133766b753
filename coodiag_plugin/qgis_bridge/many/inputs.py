"""What a diagnosis is made from, as one sum: the same inputs give the same dossier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterFile,
    QgsVectorLayer,
)

from ...core.fingerprint import fingerprint
from ...core.places import is_file, is_folder, place
from ...core.version import version
from ..corrections import corrections_file
from .cells import PATHS
from .finding import files_under

#: Parameters that say where a dossier goes or how its data are asked for, not what is in it.
_ASIDE = ("OUTPUT_FOLDER", "CACHE")
_LAYERS = ("AREA", "ROADS")


def sum_of(
    algorithm: QgsProcessingAlgorithm,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
    check: Callable[[], None],
) -> str:
    """SHA-256 over the version, the parameters and whatever files and layers they name.

    The files of a structure go by their content; those of the official data, which may weigh
    gigabytes, by their names, sizes and dates. ``check`` sees a cancel.
    """
    parts: dict[str, Any] = {"version": version()}
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        value = parameters.get(name)
        if name in _ASIDE or value is None:
            continue
        if name in _LAYERS:
            layer = algorithm.parameterAsVectorLayer(dict(parameters), name, context)
            parts[name] = str(value) if layer is None else layer_sum(layer)
        else:
            file = isinstance(definition, QgsProcessingParameterFile)
            parts[name] = _part(value, check) if file or _is_path(name, value) else value
    named = str(parameters.get("CORRECTIONS") or "").strip()
    corrections, _ = corrections_file(place(named) if named else None)
    parts["corrections"] = _part(str(corrections), check) if is_file(corrections) else ""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def layer_sum(layer: QgsVectorLayer) -> str:
    """SHA-256 of what tells a layer from another, wherever it is kept: its shapes are not read.

    The bytes of a GeoPackage change when it is opened, so that its own sum would tell nothing.
    """
    box = layer.extent()
    sides = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    told = (
        layer.crs().authid(),
        int(layer.geometryType()),
        layer.featureCount(),
        [round(side, 3) for side in sides],
    )
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _is_path(name: str, value: Any) -> bool:
    """Whether a text, which is a place or something else, is a place: a name such as « / » is none."""
    return name in PATHS and isinstance(value, str) and place(value).is_absolute()


def _part(value: Any, check: Callable[[], None]) -> Any:
    """A file by its content, a folder by what it holds, anything else as it is.

    What cannot be looked at in a folder is passed over: the run that reads it tells of it.
    """
    if not isinstance(value, str) or not value.strip():
        return value
    path = place(value)
    if is_file(path):
        return fingerprint(path, check)
    if not is_folder(path):
        return value
    return [
        (found.relative_to(path).as_posix(), state.st_size, state.st_mtime_ns)
        for found, state in files_under(path, check, lambda error: None)
    ]
