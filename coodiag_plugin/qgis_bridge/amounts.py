"""Rows of a layer with a place and a figure: what is not known is never a zero."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsWkbTypes,
)

from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.progress import Progress
from ..core.values import State
from .communes import middle_of
from .counts import check_counts
from .coverage import as_multi
from .isochrones import SNAP_DISTANCE
from .layers import attributes, transformer
from .travel import MIDDLE_GAP

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")
__all__ = ["Amounts", "PlacedRows", "check_counts", "check_field", "checked", "read_amounts"]


@dataclass(frozen=True, eq=False)
class Amounts:
    """``numbers`` are ≥ 0, NaN where the state is not known; both follow the rows of the layer."""

    numbers: np.ndarray
    states: tuple[State, ...]

    def join(self, other: Amounts) -> Amounts:
        import numpy as np

        return Amounts(np.r_[self.numbers, other.numbers], self.states + other.states)


def read_amounts(
    rows: Sequence[Mapping[str, Any]], field: str, layer: str, progress: Progress
) -> Amounts:
    """The figures of ``field`` (and ``<field>_etat``) in the rows of a layer; the others are told.

    Negative and infinite numbers, and what is no number, are absent.
    """
    import numpy as np

    check_field(rows, field, layer)
    numbers, states = np.full(len(rows), np.nan), []
    for rank, row in enumerate(rows):
        number = row[field]
        if isinstance(number, float) and not math.isfinite(number):
            number = None
        value = value_of(number, row.get(field + STATE_SUFFIX))
        usable = value.number is not None and value.number >= 0
        states.append(State.ABSENT if value.known and not usable else value.state)
        numbers[rank] = value.number if usable else np.nan
    unknown = [state for state in states if state is not State.KNOWN]
    if unknown:
        progress.warn(
            "{count} rows of the layer {layer} have no known figure in the field {field} ({secret} of them secret): they are left out, not counted as zero.",
            count=len(unknown),
            layer=layer,
            field=field,
            secret=unknown.count(State.SECRET),
        )
    return Amounts(numbers, tuple(states))


def checked(rows: Iterable[T], progress: Progress) -> Iterator[T]:
    """The rows, a cancel being seen between two."""
    for row in rows:
        progress.check()
        yield row


def check_field(rows: Sequence[Mapping[str, Any]], field: str, layer: str) -> None:
    """Refuse a field that the layer does not have."""
    if rows and field not in rows[0]:
        raise InputError(
            "The layer {layer} has no field {field}. Choose one of its fields.",
            layer=layer,
            field=field,
        )


class PlacedRows:
    """Rows of a layer with their shape in ``crs`` and the point where each is reached.

    Polygons (communes, grid cells) are reached at a point of their surface, and may lie farther
    from a road than a point does: ``gap`` metres.
    """

    def __init__(self, source: QgsFeatureSource, crs: str, progress: Progress) -> None:
        import numpy as np

        kind = QgsWkbTypes.geometryType(source.wkbType())
        if kind == QgsWkbTypes.GeometryType.NullGeometry:
            raise InputError(
                "The layer {layer} has no geometry: geocode it first.", layer=source.sourceName()
            )
        polygons = kind == QgsWkbTypes.GeometryType.PolygonGeometry
        self.geometry = "MultiPolygon" if polygons else "Point"
        self.gap = MIDDLE_GAP if polygons else SNAP_DISTANCE
        self.fields = source.fields()
        self.values: list[list[Any]] = []
        self.rows: list[dict[str, Any]] = []
        self.shapes: list[QgsGeometry] = []
        to_metres = transformer(source.sourceCrs(), crs)
        for item in source.getFeatures():
            progress.check()
            self.values.append(item.attributes())
            self.rows.append(attributes(item, self.fields.names()))
            self.shapes.append(_moved(item.geometry(), polygons, to_metres, source))
        points = [_middle(shape, polygons) for shape in self.shapes]
        self.xy = np.array([(point.x(), point.y()) for point in points]).reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.rows)


def _moved(
    shape: QgsGeometry,
    polygons: bool,
    to_metres: QgsCoordinateTransform,
    source: QgsFeatureSource,
) -> QgsGeometry:
    """A shape in metres: polygons as such, other geometries as their centre."""
    if shape.isEmpty():
        return QgsGeometry()
    shape = QgsGeometry(shape) if polygons else shape.centroid()
    try:
        shape.transform(to_metres)
    except QgsCsException as error:
        raise InputError(
            "A feature of the layer “{layer}” cannot be brought into the projection of the territory: check the layer's coordinate reference system.",
            layer=source.sourceName(),
        ) from error
    return as_multi(shape) if polygons else shape


def _middle(shape: QgsGeometry, polygons: bool) -> QgsPointXY:
    return middle_of(shape) if polygons or shape.isEmpty() else shape.asPoint()
