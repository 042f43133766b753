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
from ...core.places import place
from ...core.version import version
from ..corrections import corrections_file

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
            relative = isinstance(definition, QgsProcessingParameterFile)
            parts[name] = _part(value, relative, check)
    named = str(parameters.get("CORRECTIONS") or "").strip()
    corrections, _ = corrections_file(place(named) if named else None)
    parts["corrections"] = _part(str(corrections), True, check) if corrections.is_file() else ""
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


def _part(value: Any, relative: bool, check: Callable[[], None]) -> Any:
    """A value; a file by its content; a folder by what it holds. ``relative``: a text that is no
    whole path names a file too."""
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        return value
    path = place(value)
    if not relative and not path.is_absolute():
        return value
    if path.is_file():
        return fingerprint(path, check)
    if not path.is_dir():
        return value
    found = []
    for item in sorted(path.rglob("*")):
        check()
        if item.is_file():
            state = item.stat()
            found.append((item.relative_to(path).as_posix(), state.st_size, state.st_mtime_ns))
    return found
