"""Boxes in degrees (WGS84): extents of shapes, boxes enlarged, boxes that meet put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .scope import Box

#: Kilometres of a degree of latitude.
_DEGREE_KM = 111.2


def extent(geometry: Mapping[str, Any]) -> Box | None:
    """Box of a GeoJSON geometry, None when it holds no point."""
    return around(_points(geometry.get("coordinates") or ()))


def around(points: Iterable[tuple[float, float]]) -> Box | None:
    """Box of points, None when there is none."""
    found = list(points)
    if not found:
        return None
    xs, ys = zip(*found)
    return min(xs), min(ys), max(xs), max(ys)


def union(boxes: Iterable[Box]) -> Box | None:
    """The box that holds all of them."""
    return around(point for box in boxes for point in (box[:2], box[2:]))


def enlarged(box: Box, km: float) -> Box:
    """The box with its sides moved outwards, by ``km`` at its latitude."""
    dy = km / _DEGREE_KM
    widest = min(max(abs(box[1]), abs(box[3])), 85.0)
    dx = dy / math.cos(math.radians(widest))
    return box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share a point, their limits included."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def apart(boxes: Iterable[Box]) -> list[Box]:
    """Boxes that hold the given ones and do not meet, from west to east.

    A territory in two places far apart is asked for in two boxes: the box of both could hold
    half of the country between them.
    """
    result: list[Box] = []
    for box in sorted(boxes):
        grown = True
        while grown:
            touched = [other for other in result if meet(other, box)]
            grown = bool(touched)
            result = [other for other in result if other not in touched]
            box = union([box, *touched]) or box
        result.append(box)
    return sorted(result)


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every point of nested GeoJSON coordinates, without its height."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)
