"""What every engine of isochrones gives: the same polygons layer, the same layer of failed points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSource,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPoint,
    QgsVectorLayer,
)

from .layers import REAL, TEXT, add
from .shapes import overlay, point_table

if TYPE_CHECKING:
    import numpy as np

RINGS = ("nested", "bands")
MERGES = ("each", "merged", "nearest")
#: Per cent of wrong places inside and outside a polygon, None where it is not known.
Errors = tuple["float | None", "float | None"]
_OWN_FIELDS = {
    "value": REAL, "mode": TEXT, "engine": TEXT, "inside_error": REAL, "outside_error": REAL,
}  # fmt: skip


class Starts:
    """The points of a layer: their features, and ``xy`` (n, 2) in ``crs``, NaN without geometry."""

    def __init__(self, layer: QgsFeatureSource, crs: str) -> None:
        self.layer, self.crs = layer, crs
        _, self.xy = point_table(layer, crs, layer.sourceName())
        self.features = list(layer.getFeatures())

    @property
    def located(self) -> np.ndarray:
        import numpy as np

        return np.isfinite(self.xy).all(axis=1)


@dataclass(frozen=True)
class Drawn:
    """Nested polygons for ascending ``values``: one row for each of ``points`` (their numbers in
    the layer), or one row without point when the points are merged.

    ``reasons``: why a point lacks one ring or all, in French, by its number.
    """

    values: Sequence[float]
    points: Sequence[int]
    shapes: Sequence[list[QgsGeometry]]
    errors: Sequence[list[Errors]]
    reasons: Mapping[int, str]


def layers(
    starts: Starts, drawn: Drawn, mode: str, engine: str, rings: str
) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """Polygons with the fields of the points and ours, the largest value first; failed points."""
    shapes = [_bands(row) for row in drawn.shapes] if rings == "bands" else drawn.shapes
    result = _layer("isochrones", starts.layer.fields(), _OWN_FIELDS, "MultiPolygon", starts.crs)
    nobody = [None] * len(starts.layer.fields())
    for rank in reversed(range(len(drawn.values))):
        for group, row in enumerate(shapes):
            if row[rank].isEmpty():
                continue
            known = starts.features[drawn.points[group]].attributes() if drawn.points else nobody
            own = [drawn.values[rank], mode, engine, *drawn.errors[group][rank]]
            _write(result, known + own, row[rank])
    result.updateExtents()
    return result, _failed(starts, drawn.reasons)


def _bands(row: list[QgsGeometry]) -> list[QgsGeometry]:
    """Nested polygons cut into bands: each without the one before."""
    return [row[0]] + [overlay(outer, inner) for inner, outer in zip(row, row[1:])]


def _failed(starts: Starts, reasons: Mapping[int, str]) -> QgsVectorLayer:
    """The points that lack a polygon, as they came, with the reason in French."""
    layer = _layer("isochrones_echec", starts.layer.fields(), {"reason": TEXT}, "Point", starts.crs)
    located = starts.located
    for row, reason in sorted(reasons.items()):
        shape = QgsGeometry(QgsPoint(*starts.xy[row].tolist())) if located[row] else QgsGeometry()
        _write(layer, [*starts.features[row].attributes(), reason], shape)
    layer.updateExtents()
    return layer


def _layer(
    name: str, given: QgsFields, own: dict[str, Any], geometry: str, crs: str
) -> QgsVectorLayer:
    """Memory layer with the given fields, then ours; a given field of our name gets a number."""
    layer = QgsVectorLayer(f"{geometry}?crs={crs}", name, "memory")
    # A copied fid would be the same key for every ring of a point.
    taken = {"fid", "ogc_fid", *(field.lower() for field in own)}
    columns = []
    for field in given:
        copy = QgsField(field)
        rank = 1
        while copy.name().lower() in taken:
            rank += 1
            copy.setName(f"{field.name()}_{rank}")
        taken.add(copy.name().lower())
        columns.append(copy)
    columns += [QgsField(key, kind) for key, kind in own.items()]
    layer.dataProvider().addAttributes(columns)
    layer.updateFields()
    return layer


def _write(layer: QgsVectorLayer, attributes: list[Any], shape: QgsGeometry) -> None:
    item = QgsFeature(layer.fields())
    item.setAttributes(attributes)
    item.setGeometry(shape)
    add(layer.dataProvider(), item)
