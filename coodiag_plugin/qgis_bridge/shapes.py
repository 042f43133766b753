"""Geometries of zones: polygons of arrays, hulls, unions of communes, points of layers."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSource,
    QgsGeometry,
    QgsNotSupportedException,
    QgsPointXY,
    QgsWkbTypes,
)

from ..core.choices import CONCAVITY
from ..core.codes import MAINLAND_CRS, legal_crs
from ..core.errors import InputError
from .layers import attributes, native, transformer

if TYPE_CHECKING:
    import numpy as np

    from ..zones.contour import Polygon

#: Grid to which the points of people are moved before a hull is drawn around them, metres.
GENERAL_GRID = 500.0


def from_polygons(polygons: Iterable[Polygon]) -> QgsGeometry:
    """MultiPolygon of polygons given as arrays; empty when there is none."""
    parts = []
    for polygon in polygons:
        rings = [polygon.outer, *polygon.holes]
        body = b"".join(
            struct.pack("<I", len(ring)) + ring.astype("<f8").tobytes() for ring in rings
        )
        parts.append(struct.pack("<BII", 1, 3, len(rings)) + body)
    shape = QgsGeometry()
    if parts:
        shape.fromWkb(struct.pack("<BII", 1, 6, len(parts)) + b"".join(parts))
    return shape


def multi(shape: QgsGeometry) -> QgsGeometry:
    """The polygons of a geometry as a MultiPolygon (lines and points of an overlay go)."""
    if shape.isEmpty():
        return QgsGeometry()
    if shape.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        shape = QgsGeometry.unaryUnion(
            [
                part
                for part in shape.asGeometryCollection()
                if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry
            ]
        )
    if not shape.isEmpty():
        shape.convertToMultiType()
    return shape


def overlay(shape: QgsGeometry, taken: QgsGeometry) -> QgsGeometry:
    """``shape`` without ``taken``."""
    if shape.isEmpty() or taken.isEmpty():
        return multi(QgsGeometry(shape))
    return multi(shape.difference(taken))


def union(shapes: Sequence[QgsGeometry]) -> QgsGeometry:
    """Union of polygons, invalid ones mended first; empty for none."""
    sound = [shape if shape.isGeosValid() else shape.makeValid() for shape in shapes]
    sound = [shape for shape in sound if not shape.isEmpty()]
    return multi(QgsGeometry.unaryUnion(sound)) if sound else QgsGeometry()


def hull(
    points: np.ndarray, kind: str, generalise: bool, concavity: float = CONCAVITY
) -> QgsGeometry:
    """Convex or concave hull of ``points`` (n, 2), metres.

    ``generalise`` moves each point to the centre of its 500 m square and grows the hull by half
    the diagonal: it still covers every point and no vertex of it is one. Points on one place or
    one line give a strip around them.
    """
    import numpy as np

    margin = GENERAL_GRID / math.sqrt(2)
    if generalise:
        points = (np.floor(points / GENERAL_GRID) + 0.5) * GENERAL_GRID
    points = np.unique(points, axis=0)
    cloud = QgsGeometry.fromMultiPointXY([QgsPointXY(*row) for row in points.tolist()])
    shape = cloud.convexHull()
    flat = shape.type() != QgsWkbTypes.GeometryType.PolygonGeometry
    if kind == "concave" and not flat:
        try:
            shape = cloud.concaveHull(concavity, False)
        except QgsNotSupportedException as error:
            raise InputError(
                "This QGIS cannot draw a concave hull (GEOS older than 3.11). Choose another shape, for example convex."
            ) from error
    if generalise or flat:
        shape = shape.buffer(margin, 8)
    return multi(shape)


def point_table(
    source: QgsFeatureSource, crs: str, what: str
) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Attributes of each feature and its point (n, 2) in ``crs``, NaN for one without geometry.

    A layer of other geometries gives their centroids. ``what`` is the name of the layer, for
    the refusal of a point that cannot be projected.
    """
    names = source.fields().names()
    rows: list[dict[str, Any]] = []
    points = _points(source, crs, what, lambda item: rows.append(attributes(item, names)))
    return rows, points


def point_columns(
    source: QgsFeatureSource, crs: str, what: str, names: Sequence[str]
) -> tuple[dict[str, list[Any]], np.ndarray]:
    """:func:`point_table` of the fields ``names`` only, by column: for layers of many rows."""
    fields = source.fields()
    places = [fields.indexFromName(name) for name in names]
    values: list[Any] = []

    def keep(item: QgsFeature) -> None:
        values.extend([item[place] for place in places])

    points = _points(source, crs, what, keep, QgsFeatureRequest().setSubsetOfAttributes(places))
    plain = [value if type(value) is str else native(value) for value in values]
    return {name: plain[at :: len(names)] for at, name in enumerate(names)}, points


def _points(
    source: QgsFeatureSource,
    crs: str,
    what: str,
    told: Callable[[QgsFeature], None],
    request: QgsFeatureRequest | None = None,
) -> np.ndarray:
    """Points (n, 2) of the features, each of which is ``told``."""
    import numpy as np

    to_metres = transformer(source.sourceCrs(), crs)
    same = to_metres.isShortCircuited()
    single = QgsWkbTypes.flatType(source.wkbType()) == QgsWkbTypes.Type.Point
    flat: list[float] = []
    nowhere = (math.nan, math.nan)
    for item in source.getFeatures(request or QgsFeatureRequest()):
        told(item)
        shape = item.geometry()
        if shape.isEmpty():
            flat += nowhere
            continue
        centre = shape.asPoint() if single else shape.centroid().asPoint()
        try:
            moved = centre if same else to_metres.transform(centre)
        except QgsCsException as error:
            raise InputError(
                "A point of the layer “{layer}” cannot be brought into {crs}: check the layer's coordinate reference system.",
                layer=what,
                crs=crs,
            ) from error
        flat += (moved.x(), moved.y())
    return np.array(flat, dtype=float).reshape(-1, 2)


#: Legal projections by longitude and latitude: (west, south, east, north), a commune code there.
_PLACES = (
    ((-5.7, 41.2, 10.2, 51.5), "35238"),
    ((-64.0, 14.0, -60.0, 18.5), "97100"),
    ((-55.0, 1.5, -51.0, 6.5), "97300"),
    ((55.0, -21.7, 56.2, -20.5), "97400"),
    ((44.7, -13.3, 45.6, -12.3), "97600"),
    ((-57.0, 46.5, -55.8, 47.4), "97500"),
)


def need_points(source: QgsFeatureSource) -> None:
    """Refuse a table: its rows have addresses perhaps, but no place."""
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        raise InputError(
            "The layer “{layer}” has no points: run “Geocode addresses” first, and take its output.",
            layer=source.sourceName(),
        )


def metric_crs(source: QgsFeatureSource) -> str:
    """Legal projection of the part of France where a layer lies.

    A layer without any geometry has nothing to be measured: mainland France's. Raises
    :class:`InputError` for one that lies elsewhere, where no legal projection of France measures
    right.
    """
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        raise InputError(
            "The layer “{layer}” has no geometry. Points come from “Geocode addresses”, communes from “Communes of a territory”: run it first.",
            layer=source.sourceName(),
        )
    to_degrees = transformer(source.sourceCrs(), "EPSG:4326")
    extent = source.sourceExtent()
    if extent.isNull():
        return MAINLAND_CRS
    try:
        centre = to_degrees.transform(extent.center())
    except QgsCsException as error:
        raise _elsewhere(source) from error
    for (west, south, east, north), commune in _PLACES:
        if west <= centre.x() <= east and south <= centre.y() <= north:
            return legal_crs(commune)
    raise _elsewhere(source)


def _elsewhere(source: QgsFeatureSource) -> InputError:
    return InputError(
        "The layer “{layer}” does not lie in France, where Coodiag measures: check its coordinate reference system.",
        layer=source.sourceName(),
    )
