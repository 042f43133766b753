"""What every engine of isochrones gives: the same polygons layer, the same layer of failed points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureSource,
    QgsGeometry,
    QgsPoint,
    QgsVectorLayer,
)

from .layers import REAL, TEXT, layer_keeping
from .shapes import multi, overlay, point_table, union

if TYPE_CHECKING:
    import numpy as np

#: Square metres.
HECTARE = 10_000.0
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
    nobody = [None] * len(starts.layer.fields())

    def rows() -> Iterator[tuple[Sequence[Any], Mapping[str, Any], QgsGeometry]]:
        for rank in reversed(range(len(drawn.values))):
            for group, row in enumerate(shapes):
                if row[rank].isEmpty():
                    continue
                given = (
                    starts.features[drawn.points[group]].attributes() if drawn.points else nobody
                )
                own = (drawn.values[rank], mode, engine, *drawn.errors[group][rank])
                yield given, dict(zip(_OWN_FIELDS, own)), row[rank]

    given = starts.layer.fields()
    result = layer_keeping("isochrones", given, _OWN_FIELDS, "MultiPolygon", starts.crs, rows())
    return result, _failed(starts, drawn.reasons)


def _bands(row: list[QgsGeometry]) -> list[QgsGeometry]:
    """Nested polygons cut into bands: each without the one before.

    Where two outlines nearly meet the difference leaves crumbs: they join the next band.
    """
    from ..zones.reach import CRUMB_AREA

    bands, held = [row[0]], row[0]
    for outer in row[1:]:
        parts = overlay(outer, held).asGeometryCollection()
        kept = [part for part in parts if part.area() >= CRUMB_AREA]
        band = multi(QgsGeometry.collectGeometry(kept)) if kept else QgsGeometry()
        crumbs = [part for part in parts if part.area() < CRUMB_AREA]
        bands.append(band)
        held = overlay(outer, union(crumbs)) if crumbs else outer
    return bands


def _failed(starts: Starts, reasons: Mapping[int, str]) -> QgsVectorLayer:
    """The points that lack a polygon, as they came, with the reason in French."""
    located = starts.located
    rows = [
        (
            starts.features[row].attributes(),
            {"reason": reason},
            QgsGeometry(QgsPoint(*starts.xy[row].tolist())) if located[row] else QgsGeometry(),
        )
        for row, reason in sorted(reasons.items())
    ]
    given = starts.layer.fields()
    return layer_keeping("isochrones_echec", given, {"reason": TEXT}, "Point", starts.crs, rows)
