"""Priority neighbourhoods (QPV) of the territory, from the national archive of data.gouv.fr."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...core.codes import commune_code, commune_of
from ...core.errors import SourceError
from ...core.progress import Progress
from ..web.client import Web
from .asking import shared_folder
from .data_gouv import obtain
from .depot import Depot
from .scope import Scope

ENTRY, FAMILY = "qpv", "contours_qpv"
FILE = "quartiers_prioritaires.geojson"
_LARGEST = 500_000_000  # bytes of a member once unpacked; the published one has 11 million
_CODE, _COMMUNES = "code_qp", "insee_com"

Feature = Mapping[str, Any]


def collect_districts(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the neighbourhoods that touch a commune of the scope, nothing when there is none."""
    known, path = obtain(web, ENTRY, shared_folder(web), progress.part(0.0, 0.8))
    inside = {commune_of(code) for code in scope.communes}
    found = []
    for feature in _features(path):
        progress.check()
        if inside & {commune_of(code) for code in communes_of(feature)}:
            _in_degrees(feature, path)
            found.append(feature)
    progress.set(1.0)
    progress.say("Priority neighbourhoods: {count} in the communes.", count=len(found))
    if found:
        found.sort(key=lambda feature: str(feature["properties"][_CODE]))
        generation = "2024" if str(found[0]["properties"][_CODE]).startswith("QN") else "2015"
        depot.layer(FILE, found, known.source(FAMILY, vintage=generation))


def communes_of(feature: Feature) -> set[str]:
    """Communes that a neighbourhood lies on: ``"13055, 13070"``, ``"14118"``, ``["14118"]``."""
    told = feature["properties"].get(_COMMUNES)
    parts = told if isinstance(told, list) else re.split(r"[^0-9A-Za-z]+", str(told or ""))
    return {code for part in parts if (code := commune_code(part))}


def _features(path: Path) -> Iterator[Feature]:
    """Features of the file, without what stands beside geometry and properties."""
    try:
        collection = json.loads(_content(path))
        features = collection["features"]
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        zlib.error,
        zipfile.BadZipFile,
    ) as error:
        raise _unusable(path, str(error) or type(error).__name__) from error
    for item in features:
        properties, geometry = item.get("properties") or {}, item.get("geometry")
        if _CODE not in properties or _COMMUNES not in properties:
            raise _unusable(path, f"{_CODE}, {_COMMUNES} ?")
        if geometry:
            yield {"type": "Feature", "properties": properties, "geometry": geometry}


def _content(path: Path) -> bytes:
    """The GeoJSON in degrees of the archive, or the file itself when it is no archive."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        members = [
            item
            for item in archive.infolist()
            if item.filename.lower().endswith((".geojson", ".json")) and item.file_size <= _LARGEST
        ]
        if not members:
            raise zipfile.BadZipFile("GeoJSON ?")
        # One file a projection and a territory: the national one in degrees is the biggest.
        best = max(members, key=lambda item: ("wgs84" in item.filename.lower(), item.file_size))
        if best.flag_bits & 1:
            raise zipfile.BadZipFile("encrypted")
        return archive.read(best)


def _in_degrees(feature: Feature, path: Path) -> None:
    """Refuse metres, which GeoJSON does not allow but producers write."""
    first = feature["geometry"].get("coordinates")
    while isinstance(first, list) and first and isinstance(first[0], list):
        first = first[0]
    if not (isinstance(first, list) and abs(first[0]) <= 180 and abs(first[1]) <= 90):
        raise _unusable(path, "WGS84 ?")


def _unusable(path: Path, reason: str) -> SourceError:
    return SourceError(
        "The file of priority neighbourhoods {file} cannot be used ({reason}). Download the contours from data.gouv.fr into the data folder, or look for a newer version of Coodiag.",
        file=path.name,
        reason=reason,
    )
