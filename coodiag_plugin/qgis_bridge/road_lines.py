"""The lines of a road layer as arrays: bulk WKB, each different row of attributes judged once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsGeometry,
    QgsVariantUtils,
    QgsWkbTypes,
)

from ..core.progress import Progress
from .layers import transforms

if TYPE_CHECKING:
    import numpy as np

    from ..zones.graph import Lines
    from ..zones.speeds import Road, RoadReader

_PLAIN = (str, int, float, bool, type(None))


def _widths() -> dict[int, tuple[bool, int]]:
    """WKB code of a line or lines → several?, numbers by vertex (ISO codes and the old 2.5D)."""
    found = {0x80000002: (False, 3), 0x80000005: (True, 3)}
    for extra, width in ((0, 2), (1000, 3), (2000, 3), (3000, 4)):
        found[2 + extra], found[5 + extra] = (False, width), (True, width)
    return found


_WIDTHS = _widths()
_HEAD, _SEVERAL = 9, 9  # bytes before the coordinates of a line, before the first of several


@dataclass
class RoadLines:
    """Polylines open to the profile, the road of each, and what was left out.

    ``without_shape``: open roads without geometry or that cannot be projected; ``broken``: lines
    with a coordinate that is no number.
    """

    lines: Lines
    roads: list[Road]
    road: np.ndarray  # number in ``roads`` of each line
    features: int = 0
    without_shape: int = 0
    broken: int = 0

    def seconds(self) -> tuple[np.ndarray, np.ndarray]:
        """Seconds along each line, there and back (inf: closed)."""
        import numpy as np

        speed = np.array([(road.forward, road.backward) for road in self.roads], dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            seconds = self.lines.lengths()[:, None] / (speed.reshape(-1, 2)[self.road] / 3.6)
        return seconds[:, 0], seconds[:, 1]

    def digest(self) -> str:
        """SHA-256 of the lines and of what is known of each."""
        digest = hashlib.sha256(repr(self.roads).encode())
        for array in (self.lines.coords, self.lines.counts, self.road):
            digest.update(array.tobytes())
        return digest.hexdigest()

    def column(self, name: str) -> np.ndarray:
        """``joinable`` or ``level`` of each line."""
        import numpy as np

        kind = bool if name == "joinable" else int
        return np.array([getattr(road, name) for road in self.roads], dtype=kind)[self.road]


@dataclass
class _Heap:
    """Coordinates by numbers per vertex, as bytes, and the order in which the lines came."""

    bodies: dict[int, list[bytes]] = field(default_factory=dict)
    ranks: dict[int, list[int]] = field(default_factory=dict)
    road: list[int] = field(default_factory=list)

    def add(self, width: int, body: bytes, road: int) -> None:
        self.bodies.setdefault(width, []).append(body)
        self.ranks.setdefault(width, []).append(len(self.road))
        self.road.append(road)

    def lines(self) -> tuple[Lines, np.ndarray, int]:
        """All the lines in the order in which they came, their roads, how many were broken."""
        import numpy as np

        from ..zones.graph import Lines

        parts, counts, ranks = [np.empty((0, 2))], [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for width, bodies in self.bodies.items():
            flat = np.frombuffer(b"".join(bodies), "<f8").reshape(-1, width)[:, :2]
            parts.append(flat.astype(float))
            sizes = np.fromiter(map(len, bodies), dtype=np.int64, count=len(bodies))
            counts.append(sizes // (8 * width))
            ranks.append(np.array(self.ranks[width], dtype=np.int64))
        coords, count = np.concatenate(parts), np.concatenate(counts)
        road = np.array(self.road, dtype=np.int64)
        if len(self.bodies) > 1:
            order = np.argsort(np.concatenate(ranks), kind="stable")
            start = np.cumsum(count) - count
            count, start = count[order], start[order]
            shift = np.repeat(start - (np.cumsum(count) - count), count)
            coords = coords[np.arange(len(coords)) + shift]
        lines = Lines(coords, count)
        good = np.isfinite(coords).all(axis=1)
        if good.all():
            return lines, road, 0
        sound = np.ones(len(count), dtype=bool)
        sound[lines.line[~good]] = False
        kept = Lines(coords[sound[lines.line]], count[sound])
        return kept, road[sound], int((~sound).sum())


def read_lines(
    layer: QgsFeatureSource, crs: str, reader: RoadReader, progress: Progress
) -> RoadLines:
    """Polylines (metres in ``crs``) of the open roads of a layer, multi-lines taken apart."""
    fields = layer.fields()
    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem(crs), transforms())
    columns = [fields.indexFromName(name) for name in reader.names.values()]
    request.setSubsetOfAttributes(columns)
    total = max(layer.featureCount(), 1)
    heap, numbers, roads = _Heap(), {}, []
    lost = rank = 0
    for rank, item in enumerate(layer.getFeatures(request), 1):
        if rank % 1000 == 1:
            progress.check()
            progress.set(min(rank / total, 1))
        road = reader.road(_values(item.attributes(), columns))
        if road is None or not (road.forward or road.backward):
            continue
        number = numbers.setdefault(road, len(roads))
        if number == len(roads):
            roads.append(road)
        if not _take(heap, item.geometry(), number):
            lost += 1
    lines, road_of, broken = heap.lines()
    return RoadLines(lines, roads, road_of, rank, lost, broken)


def _values(attributes: list[Any], columns: list[int]) -> tuple[Any, ...]:
    return tuple(
        value if isinstance(value, _PLAIN) or not QgsVariantUtils.isNull(value) else None
        for value in [attributes[column] for column in columns]
    )


def _take(heap: _Heap, shape: QgsGeometry, road: int) -> bool:
    """Add the lines of a geometry; whether it has any."""
    wkb = shape.asWkb().data()
    several, width = _WIDTHS.get(int.from_bytes(wkb[1:5], "little"), (True, 0))
    if width and not several:
        heap.add(width, wkb[_HEAD:], road)
        return len(wkb) > _HEAD
    if width and wkb[5:9] == b"\1\0\0\0":
        heap.add(width, wkb[_SEVERAL + _HEAD :], road)
        return True
    found = polylines(shape)
    for line in found:
        heap.add(2, line.tobytes(), road)
    return bool(found)


def polylines(shape: QgsGeometry) -> list[np.ndarray]:
    """Coordinates (k, 2) of each line of a geometry, read from its WKB (fast); none for others."""
    import numpy as np

    if shape.isEmpty() or shape.type() != QgsWkbTypes.GeometryType.LineGeometry:
        return []
    if QgsWkbTypes.isCurvedType(shape.wkbType()):
        shape = QgsGeometry(shape.constGet().segmentize())
    width = 2 + QgsWkbTypes.hasZ(shape.wkbType()) + QgsWkbTypes.hasM(shape.wkbType())
    wkb = bytes(shape.asWkb())
    lines, at = [], 0
    count = 1
    if shape.isMultipart():
        count = int(np.frombuffer(wkb, "<u4", 1, 5)[0])
        at = 9
    for _ in range(count):
        size = int(np.frombuffer(wkb, "<u4", 1, at + 5)[0])
        coords = np.frombuffer(wkb, "<f8", size * width, at + 9).reshape(-1, width)
        lines.append(coords[:, :2])
        at += 9 + 8 * size * width
    return lines
