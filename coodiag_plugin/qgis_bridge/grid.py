"""Insee's grids, as polygons, points, or a table of squares told by their identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsWkbTypes,
)

from ..core.catalogue import Indicator, rows
from ..core.errors import InputError
from ..core.progress import Progress
from .layers import records, transformer
from .zone_overlay import Layer

if TYPE_CHECKING:
    import numpy as np

    from ..zones.zone_statistics import Column

#: Sides of Insee's grids, metres, as printed; the real ones are a little off in a local projection.
_SIDES = (200.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0, 32000.0)
_MARGIN = 2000.0


@dataclass
class Grid:
    """Squares that touch the zones: where they are, and their columns by canonical name.

    ``imputed``: squares whose figures Insee estimated, by the column that the mark speaks of
    (``*``: all). ``side``: metres, 0 for points.
    """

    cells: Layer
    columns: Mapping[str, Column]
    imputed: Mapping[str, np.ndarray]
    side: float
    outside: int  # rows beyond the zones, or without place

    @property
    def people(self) -> Column:
        return self.columns["ind"]


@cache
def grid_indicators() -> dict[str, Indicator]:
    """Figures that a grid gives, by id."""
    return {
        row["id"]: Indicator(
            **{
                **row,  # type: ignore[arg-type]
                "decimals": int(row["decimals"] or 0),
                "multiplier": float(row["multiplier"] or 1),
            }
        )
        for row in rows("grid_indicators")
    }


def read_grid(source: QgsFeatureSource, crs: str, around: QgsRectangle, progress: Progress) -> Grid:
    """The squares of a grid near ``around`` (in ``crs``).

    Squares without geometry are drawn from their identifier (``CRS3035RES200mN…E…``). A column of
    people is needed; the others of Filosofi are taken where they are.
    """
    names = _names(source.fields().names())
    if "ind" not in names:
        raise InputError(
            "The grid “{layer}” has no column of people (ind, ind_c, pop_carr, pop…). Give Insee's grid, or a layer of points or squares with a field pop.",
            layer=source.sourceName(),
        )
    near = QgsRectangle(around)
    near.grow(_MARGIN)
    if source.wkbType() in (QgsWkbTypes.Type.NoGeometry, QgsWkbTypes.Type.Unknown):
        table, shapes, outside = _from_identifiers(source, names, crs, near, progress)
    else:
        table, shapes, outside = _from_shapes(source, crs, near, progress)
    if not shapes:
        raise InputError(
            "No square of the grid “{layer}” lies near the zones: check that it covers them.",
            layer=source.sourceName(),
        )
    points = shapes[0].type() == QgsWkbTypes.GeometryType.PointGeometry
    cells = Layer(shapes, points)
    side = 0.0 if points else _side(cells.areas)
    columns, imputed = _columns(table, names)
    return Grid(cells, columns, imputed, side, outside)


def _names(fields: Sequence[str]) -> dict[str, str]:
    """Field of each column of the catalogue that the grid has; other columns of Filosofi as such."""
    lower = {name.lower(): name for name in fields}
    found: dict[str, str] = {}
    for row in rows("grid_columns"):
        for alias in row["columns"].split():
            if alias in lower:
                found.setdefault(row["name"], lower[alias])
    wanted = {
        word
        for item in grid_indicators().values()
        for word in re.findall(r"[a-z]\w*", f"{item.numerator} {item.denominator}")
    }
    for name in sorted(wanted):
        if name in lower:
            found.setdefault(name, lower[name])
    return found


_Table = list[dict[str, Any]]


def _from_shapes(
    source: QgsFeatureSource, crs: str, near: QgsRectangle, progress: Progress
) -> tuple[_Table, list[QgsGeometry], int]:
    to_metres = transformer(source.sourceCrs(), crs)
    table: _Table = []
    shapes = []
    outside = 0
    for row, shape in records(source):
        progress.check()
        if not shape.isEmpty():
            shape.transform(to_metres)
            shape.convertToSingleType()
        if shape.isEmpty() or not near.intersects(_box(shape)):
            outside += 1
            continue
        table.append(row)
        shapes.append(shape)
    return table, shapes, outside


def _box(shape: QgsGeometry) -> QgsRectangle:
    box = shape.boundingBox()
    box.grow(0.01)  # the box of a point has no surface, and would meet nothing
    return box


def _from_identifiers(
    source: QgsFeatureSource,
    names: Mapping[str, str],
    crs: str,
    near: QgsRectangle,
    progress: Progress,
) -> tuple[_Table, list[QgsGeometry], int]:
    from ..sources.grid_square import grid_square

    if "idcar" not in names:
        raise InputError(
            "The grid “{layer}” has neither geometry nor identifiers of squares (idcar_200m, for example CRS3035RES200mN2029800E4252400).",
            layer=source.sourceName(),
        )
    table: _Table = []
    shapes = []
    outside = 0
    places: dict[str, tuple[Any, QgsRectangle]] = {}
    for row, _ in records(source):
        progress.check()
        identifier = str(row[names["idcar"]] or "").strip()
        if not identifier:
            outside += 1
            continue
        square = grid_square(identifier)
        if square.crs not in places:
            change = transformer(QgsCoordinateReferenceSystem(square.crs), crs)
            back = transformer(QgsCoordinateReferenceSystem(crs), square.crs)
            places[square.crs] = change, back.transformBoundingBox(near)
        change, box = places[square.crs]
        if not (
            box.xMinimum() <= square.east <= box.xMaximum()
            and box.yMinimum() <= square.north <= box.yMaximum()
        ):
            outside += 1
            continue
        shape = QgsGeometry.fromPolygonXY([[QgsPointXY(x, y) for x, y in square.ring]])
        shape.transform(change)
        table.append(row)
        shapes.append(shape)
    return table, shapes, outside


def _side(areas: Sequence[float]) -> float:
    """Side of the squares as Insee names it: the one nearest to the root of their median surface."""
    middle = sorted(areas)[len(areas) // 2] ** 0.5
    nearest = min(_SIDES, key=lambda side: abs(side - middle))
    return nearest if abs(nearest - middle) < 0.05 * nearest else round(middle)


def _columns(
    table: _Table, names: Mapping[str, str]
) -> tuple[dict[str, Column], dict[str, np.ndarray]]:
    import numpy as np

    from ..core.values import State
    from ..zones.zone_statistics import STATES, Column

    absent, secret = STATES.index(State.ABSENT), STATES.index(State.SECRET)
    marks = {row["name"]: row["imputed"] for row in rows("grid_columns") if row["imputed"]}
    raw = {
        name: np.array([_number(row[field]) for row in table], dtype=float)
        for name, field in names.items()
        if name != "idcar"
    }
    treated = np.nan_to_num(raw.pop("secret", np.zeros(len(table)))) > 0
    imputed = {marks[name]: np.nan_to_num(raw.pop(name)) > 0 for name in marks if name in raw}
    for row in rows("grid_columns"):
        one, _, two = row["derived"].partition("*")
        if row["name"] not in raw and one in raw and two in raw:
            raw[row["name"]] = raw[one] * raw[two]
    columns = {}
    for name, numbers in raw.items():
        lost = ~np.isfinite(numbers)
        states = np.where(lost, np.where(treated, secret, absent), 0).astype(np.int8)
        columns[name] = Column(np.where(lost, 0.0, numbers), states)
    return columns, imputed


def _number(cell: Any) -> float:
    """A number, from text as well (a csv read without types); NaN for none."""
    if isinstance(cell, (int, float)):
        return float(cell)
    try:
        return float(str(cell).replace(",", "."))
    except ValueError:
        return float("nan")
