"""Where the content of a road layer lies: the bytes of a file, when it is nothing but a file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from ..core.progress import Progress
from .layers import transforms

#: Ending of a file that is read whole → endings of the files that belong to it.
_BESIDE = {
    ".gpkg": ("-wal",),
    ".shp": (".dbf", ".shx", ".prj", ".cpg"),
    ".geojson": (),
    ".json": (),
    ".fgb": (),
    ".osm": (),
    ".pbf": (),
    ".gz": (),
    ".zip": (),
}
_BLOCK = 1 << 20
_SQLITE = b"SQLite format 3\0"
#: Journal mode, change counter, and for which change and by which SQLite the header was written
#: (sqlite.org/fileformat.html §1.3): any change of the tables shows in their own pages as well.
_VOLATILE = (slice(18, 20), slice(24, 28), slice(92, 100))


@dataclass(frozen=True)
class RoadFile:
    """A layer that shows a file as it is: the path, and what was asked of it (layer, filter…)."""

    path: Path
    asked: str

    def digest(self, progress: Progress) -> str:
        """SHA-256 of the bytes of the file and of those beside it, and of what was asked."""
        sums = [
            [path.name[len(self.path.stem) :], _content(path, progress)]
            for path in (self.path, *_beside(self.path))
            if path == self.path or (path.is_file() and path.stat().st_size)
        ]
        return hashlib.sha256(json.dumps([sums, self.asked]).encode()).hexdigest()


def road_file(layer: QgsVectorLayer | None) -> RoadFile | None:
    """The file of a layer; None for a layer that is edited, joined, computed, or of a database.

    The strings of the layer only are read: it may be asked from the thread of an algorithm.
    """
    if layer is None or layer.providerType() != "ogr":
        return None
    if layer.isEditable() or not _is_plain(layer):
        return None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = Path(str(parts.pop("path", "")))
    if path.suffix.lower() not in _BESIDE or not path.is_file():
        return None
    provider = layer.dataProvider()
    asked = {
        **{name: str(value) for name, value in parts.items()},
        "subset": layer.subsetString(),
        "encoding": provider.encoding(),
        "crs": layer.crs().toWkt(),
    }
    return RoadFile(path, json.dumps(asked, sort_keys=True))


def _is_plain(layer: QgsVectorLayer) -> bool:
    """Whether every field comes from the file: none joined, none computed, none renamed."""
    return layer.fields().names() == layer.dataProvider().fields().names()


def _content(path: Path, progress: Progress) -> str:
    """SHA-256 of a file; of a GeoPackage without what changes when QGIS merely opens it."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        head = bytearray(stream.read(_BLOCK))
        if head.startswith(_SQLITE):
            for field in _VOLATILE:
                head[field] = bytes(len(head[field]))
        digest.update(head)
        while block := stream.read(_BLOCK):
            progress.check()
            digest.update(block)
    return digest.hexdigest()


def _beside(path: Path) -> list[Path]:
    endings = _BESIDE[path.suffix.lower()]
    return [
        path.with_name(path.name + ending) if ending.startswith("-") else path.with_suffix(ending)
        for ending in endings
    ]


def operation(source: QgsCoordinateReferenceSystem, crs: str) -> str:
    """How coordinates are brought from one projection to another: part of what a graph is."""
    target = QgsCoordinateReferenceSystem(crs)
    transform = QgsCoordinateTransform(source, target, transforms())
    return str(transform.instantiatedCoordinateOperationDetails().proj)
