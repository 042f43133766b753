"""How much of each part (commune, IRIS, square of a grid) lies in each zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qgis.core import QgsGeometry, QgsGeometryEngine, QgsSpatialIndex

from ..core.progress import Progress
from .shapes import multi

#: Overlaps under this (m²) come from limits that do not quite meet.
_SLIVER_AREA = 1.0
#: Points are compared a hair aside, so that one on a common border is in one zone and not in two.
_ASIDE = (1.3e-5, 0.7e-5)


@dataclass
class Layer:
    """Geometries in metres with their index. ``points``: parts without surface."""

    shapes: Sequence[QgsGeometry]
    points: bool = False

    def __post_init__(self) -> None:
        self.index = QgsSpatialIndex()
        for number, shape in enumerate(self.shapes):
            if not shape.isEmpty():
                self.index.addFeature(number, shape.boundingBox())
        self.areas = [shape.area() if not shape.isEmpty() else 0.0 for shape in self.shapes]

    def near(self, zone: QgsGeometry) -> list[int]:
        return sorted(self.index.intersects(zone.boundingBox())) if not zone.isEmpty() else []


def polygons(shape: QgsGeometry) -> QgsGeometry:
    """A valid multipolygon, empty for anything else."""
    if shape.isEmpty():
        return QgsGeometry()
    return multi(shape if shape.isGeosValid() else shape.makeValid())


def engine(zone: QgsGeometry) -> QgsGeometryEngine:
    prepared = QgsGeometry.createGeometryEngine(zone.constGet())
    prepared.prepareGeometry()
    return prepared


def areas_inside(zone: QgsGeometry, parts: Layer, progress: Progress) -> dict[int, float]:
    """Surface (m²) of each part of which some lies in the zone."""
    inside: dict[int, float] = {}
    if zone.isEmpty():
        return inside
    prepared = engine(zone)
    for number in parts.near(zone):
        progress.check()
        shape = parts.shapes[number].constGet()
        if prepared.contains(shape):
            inside[number] = parts.areas[number]
        elif prepared.intersects(shape):
            area = zone.intersection(parts.shapes[number]).area()
            if area >= min(_SLIVER_AREA, parts.areas[number] / 2):
                inside[number] = area
    return inside


def points_inside(zone: QgsGeometry, points: Layer, progress: Progress) -> dict[int, float]:
    """1 for each point in the zone."""
    if zone.isEmpty():
        return {}
    prepared = engine(zone)
    result = {}
    for number in points.near(zone):
        progress.check()
        place = QgsGeometry(points.shapes[number])
        place.translate(*_ASIDE)
        if prepared.contains(place.constGet()):
            result[number] = 1.0
    return result


def shares_inside(zone: QgsGeometry, parts: Layer, progress: Progress) -> dict[int, float]:
    """Share (0–1) of each part that lies in the zone: of its surface, or whether the point does."""
    if parts.points:
        return points_inside(zone, parts, progress)
    return {
        number: area / parts.areas[number]
        for number, area in areas_inside(zone, parts, progress).items()
        if parts.areas[number] > 0
    }


def middles(parts: Layer) -> Layer:
    """A point of each part: its centroid, or one of its surface when that lies outside."""
    points = []
    for shape in parts.shapes:
        middle = shape.centroid()
        inside = not shape.isEmpty() and shape.contains(middle)
        points.append(middle if inside or shape.isEmpty() else shape.pointOnSurface())
    return Layer(points, points=True)


def by_people(
    zone: QgsGeometry,
    parts: Layer,
    inside: dict[int, float],
    people: PeopleGrid,
    progress: Progress,
) -> Iterator[tuple[int, float, bool]]:
    """Part, share of its people in the zone, and whether the grid tells it (else by surface).

    ``inside``: surfaces of the parts in the zone. A part that is whole needs no grid. People are
    spread evenly within a square.
    """
    for number, area in inside.items():
        progress.check()
        whole = parts.areas[number]
        if area >= whole * (1 - 1e-9):
            yield number, 1.0, True
            continue
        everybody = people.inside_part(number, parts.shapes[number], progress)
        if everybody > 0:
            piece = polygons(zone.intersection(parts.shapes[number]))
            held = people.count(piece, progress)
            yield number, min(held / everybody, 1.0), True
        elif whole > 0:
            yield number, area / whole, False


class PeopleGrid:
    """People of a grid in any polygon; remembers those of the parts."""

    def __init__(self, cells: Layer, people: Sequence[float]) -> None:
        self._cells = cells
        self._people = people
        self._parts: dict[int, float] = {}

    def count(self, shape: QgsGeometry, progress: Progress) -> float:
        shares = shares_inside(shape, self._cells, progress)
        return sum(share * self._people[number] for number, share in shares.items())

    def inside_part(self, number: int, shape: QgsGeometry, progress: Progress) -> float:
        if number not in self._parts:
            self._parts[number] = self.count(shape, progress)
        return self._parts[number]
