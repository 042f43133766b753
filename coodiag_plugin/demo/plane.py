"""The plane of the demonstration: where it lies, how it is bent, and triangles on it.

Everything is laid out on a flat plan (metres, x along the river, y = 0 on it) and then bent by a
smooth map without folds. Lines that do not cross on the plan do not cross in the world, and a line
shared by two polygons stays shared: topology is clean by construction.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

from osgeo import ogr, osr

Point = tuple[float, float]

#: Lambert-93 position of the plan's origin, and its turn.
ORIGIN = (430000.0, 6790000.0)
TURN = math.radians(17)
#: Octaves of the bending: wavelength and amplitude in metres. The sum of 2πA/λ stays under 1, so
#: that the map never folds.
_OCTAVES = ((17000.0, 900.0), (6500.0, 230.0), (2300.0, 55.0), (900.0, 13.0))


class Bending:
    """The smooth map from the plan to Lambert-93."""

    def __init__(self, rng: random.Random) -> None:
        self._waves = []
        for wavelength, amplitude in _OCTAVES:
            for axis in (0, 1):
                for part in (0.6, 0.4):
                    angle = rng.uniform(0, math.tau)
                    k = math.tau / wavelength
                    self._waves.append(
                        (
                            k * math.cos(angle),
                            k * math.sin(angle),
                            rng.uniform(0, math.tau),
                            part * amplitude * 0.7,
                            axis,
                        )
                    )

    def world(self, point: Point) -> Point:
        """Lambert-93 position of a point of the plan, to the centimetre."""
        x, y = point
        shift = [0.0, 0.0]
        for kx, ky, phase, amplitude, axis in self._waves:
            shift[axis] += amplitude * math.sin(kx * x + ky * y + phase)
        x, y = x + shift[0], y + shift[1]
        cos, sin = math.cos(TURN), math.sin(TURN)
        return (
            round(ORIGIN[0] + x * cos - y * sin, 2),
            round(ORIGIN[1] + x * sin + y * cos, 2),
        )

    def line(self, points: Iterable[Point], step: float = 90.0) -> list[Point]:
        """A line of the plan in the world, with a vertex at least every ``step`` metres."""
        path = list(points)
        result = [self.world(path[0])]
        for (ax, ay), (bx, by) in zip(path, path[1:]):
            pieces = max(1, math.ceil(math.hypot(bx - ax, by - ay) / step))
            for piece in range(1, pieces + 1):
                t = piece / pieces
                result.append(self.world((ax + (bx - ax) * t, ay + (by - ay) * t)))
        return result


class Degrees:
    """Lambert-93 to WGS84 longitude and latitude."""

    def __init__(self) -> None:
        source, target = osr.SpatialReference(), osr.SpatialReference()
        source.ImportFromEPSG(2154)
        target.ImportFromEPSG(4326)
        for reference in (source, target):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        self._transformation = osr.CoordinateTransformation(source, target)

    def many(self, points: Iterable[Point], decimals: int = 6) -> list[Point]:
        """``(lon, lat)`` of each point, rounded."""
        return [
            (round(x, decimals), round(y, decimals))
            for x, y, *_ in self._transformation.TransformPoints([list(p) for p in points])
        ]


def triangles(points: list[Point]) -> list[tuple[int, int, int]]:
    """Delaunay triangles of ``points`` as sorted triples of their indices."""
    cloud = ogr.Geometry(ogr.wkbMultiPoint)
    index = {}
    for number, (x, y) in enumerate(points):
        index[(x, y)] = number
        vertex = ogr.Geometry(ogr.wkbPoint)
        vertex.AddPoint_2D(x, y)
        cloud.AddGeometry(vertex)
    mesh = cloud.DelaunayTriangulation()
    found = []
    for face in range(mesh.GetGeometryCount()):
        corners = mesh.GetGeometryRef(face).GetGeometryRef(0).GetPoints()[:3]
        a, b, c = sorted(index[corner[:2]] for corner in corners)
        found.append((a, b, c))
    return sorted(found)


def circumcentre(a: Point, b: Point, c: Point) -> Point:
    bx, by, cx, cy = b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]
    d = 2 * (bx * cy - by * cx)
    bb, cc = bx * bx + by * by, cx * cx + cy * cy
    return a[0] + (cy * bb - by * cc) / d, a[1] + (bx * cc - cx * bb) / d


def distance(a: Point, b: Point) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def area(ring: list[Point]) -> float:
    """Area of a closed ring in square metres, positive when anticlockwise (shoelace)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def holds(ring: list[Point], point: Point) -> bool:
    """Whether ``point`` lies inside the closed ring (crossings of a ray to the east)."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            odd = not odd
    return odd


class Scatter:
    """Points of the plan no nearer to each other than their own spacing (a grid of buckets)."""

    def __init__(self, cell: float = 400.0) -> None:
        self.points: list[Point] = []
        self._cell = cell
        self._buckets: dict[tuple[int, int], list[Point]] = {}

    def near(self, point: Point, radius: float) -> bool:
        """Whether a point already stands within ``radius``."""
        reach = math.ceil(radius / self._cell)
        column, row = self._key(point)
        return any(
            distance(other, point) < radius
            for i in range(column - reach, column + reach + 1)
            for j in range(row - reach, row + reach + 1)
            for other in self._buckets.get((i, j), ())
        )

    def add(self, point: Point) -> int:
        point = (round(point[0], 2), round(point[1], 2))
        self.points.append(point)
        self._buckets.setdefault(self._key(point), []).append(point)
        return len(self.points) - 1

    def _key(self, point: Point) -> tuple[int, int]:
        return math.floor(point[0] / self._cell), math.floor(point[1] / self._cell)
