"""Polygons of GeoJSON as a service gives them, read with care: nothing of an answer is trusted."""

from __future__ import annotations

import math
from typing import Any

Ring = list[tuple[float, float]]
#: Polygons, each an outer ring then its holes; rings are closed, in degrees (longitude, latitude).
Shape = list[list[Ring]]
_FEWEST = 4  # points of a closed ring with an inside


def shape_of(geometry: Any) -> Shape:
    """The polygons of a GeoJSON geometry; none for a point, which stands for « nowhere ».

    Raises ValueError, TypeError or LookupError for what is no geometry.
    """
    if geometry is None:
        return []
    kind = geometry["type"]
    if kind in ("Point", "MultiPoint"):
        return []
    if kind == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in shape_of(part)]
    coordinates = geometry["coordinates"]
    if kind == "Polygon":
        coordinates = [coordinates]
    elif kind != "MultiPolygon":
        raise ValueError(f"geometry of the type {kind!r}"[:80])
    polygons = [_polygon(rings) for rings in coordinates]
    return [polygon for polygon in polygons if polygon]


def _polygon(rings: Any) -> list[Ring]:
    """Outer ring and holes; nothing for an outer ring without an inside."""
    if not isinstance(rings, list):
        raise TypeError("a polygon that is no list")
    read = [_ring(ring) for ring in rings]
    if not read or len(read[0]) < _FEWEST:
        return []
    return [read[0], *(hole for hole in read[1:] if len(hole) >= _FEWEST)]


def _ring(points: Any) -> Ring:
    ring = [_place(point) for point in points]
    if ring and ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def _place(point: Any) -> tuple[float, float]:
    lon, lat = float(point[0]), float(point[1])
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 360 and abs(lat) <= 90):
        raise ValueError("a place that is not on earth")
    return lon, lat
