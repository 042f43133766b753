"""Communes, grid cells or other polygons with their figures as arrays, and what zones hold of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsPoint, QgsSpatialIndex

from ..core import french
from ..core.catalogue import indicators
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.progress import Progress
from .layers import records, transformer

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Places:
    """Polygons in ``crs``, their attributes and figures (places, fields), NaN where not known."""

    rows: list[dict[str, Any]]
    shapes: list[QgsGeometry]
    figures: np.ndarray
    crs: str

    def points(self) -> np.ndarray:
        """A point on the surface of each place (n, 2), NaN for one without geometry."""
        import numpy as np

        found = []
        for shape in self.shapes:
            point = QgsGeometry() if shape.isEmpty() else shape.pointOnSurface()
            at = (math.nan, math.nan)
            if not point.isEmpty():
                at = (point.asPoint().x(), point.asPoint().y())
            found.append(at)
        return np.array(found, dtype=float).reshape(-1, 2)


def read_places(source: QgsFeatureSource, fields: Sequence[str], crs: str) -> Places:
    """Places of a layer; neighbours (``role`` = ``voisin``) left out. Refuses an unknown field."""
    import numpy as np

    missing = [name for name in fields if source.fields().indexFromName(name) < 0]
    if missing:
        raise InputError(
            "The layer “{layer}” has no field {fields}.",
            layer=source.sourceName(),
            fields=", ".join(missing),
        )
    to_metres = transformer(source.sourceCrs(), crs)
    rows, shapes, figures = [], [], []
    for row, shape in records(source):
        if row.get("role") == "voisin":
            continue
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        numbers = [value_of(row.get(name), row.get(name + STATE_SUFFIX)).number for name in fields]
        rows.append(row)
        shapes.append(moved)
        figures.append([math.nan if number is None else number for number in numbers])
    if not rows:
        raise InputError("The layer “{layer}” is empty.", layer=source.sourceName())
    return Places(rows, shapes, np.array(figures, dtype=float).reshape(len(rows), -1), crs)


def held_by(
    zones: Sequence[tuple[str, QgsGeometry]], places: Places, way: str, progress: Progress
) -> dict[str, np.ndarray]:
    """For each zone, which part of each place it holds: 0 or 1 by ``centroid``, else by area.

    Zones of one name count as one.
    """
    import numpy as np

    index = QgsSpatialIndex()
    for number, shape in enumerate(places.shapes):
        if not shape.isEmpty():
            index.addFeature(number, shape.boundingBox())
    points = places.points()
    result: dict[str, np.ndarray] = {}
    for name, zone in zones:
        progress.check()
        part = result.setdefault(name, np.zeros(len(places.rows)))
        if zone.isEmpty():
            continue
        engine = QgsGeometry.createGeometryEngine(zone.constGet())
        engine.prepareGeometry()
        for number in index.intersects(zone.boundingBox()):
            if way == "centroid":
                inside = engine.contains(QgsPoint(*points[number].tolist()))
                part[number] = max(part[number], float(inside))
            else:
                shape = places.shapes[number]
                area = shape.area()
                if area > 0 and engine.intersects(shape.constGet()):
                    part[number] += shape.intersection(zone).area() / area
    return {name: np.minimum(part, 1.0) for name, part in result.items()}


def label_of(field: str) -> str:
    """Short label of an indicator of the catalogue, else the name of the field."""
    known = indicators().get(field)
    return known.short if known is not None else field


def text_of(field: str, value: float) -> str:
    """A figure of a field as it is printed."""
    known = indicators().get(field)
    if known is None:
        return french.number(value, 0 if abs(value) >= 100 else 1)
    unit = f"{french.NO_BREAK_SPACE}{known.unit}" if known.unit else ""
    return f"{french.number(value, known.decimals)}{unit}"
