"""Communes of a layer, and the commune where somebody is: one reader, one answer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeatureSource,
    QgsGeometry,
    QgsGeometryEngine,
    QgsPointXY,
    QgsRectangle,
    QgsSpatialIndex,
)

from ..core.codes import commune_code
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.values import Value
from .layers import records, transformer
from .shapes import multi

if TYPE_CHECKING:
    import numpy as np

#: Field of the commune code in our layers, then in those of IGN and others.
CODE_FIELDS = ("codgeo", "insee_com", "code_insee", "insee", "code", "depcom")
#: Field where a geocoder keeps the code of the commune that it found.
FOUND_CODE = "geo_citycode"


@dataclass(frozen=True)
class Commune:
    """A commune of a layer: its attributes and its shape in the working projection."""

    code: str
    row: Mapping[str, Any]
    shape: QgsGeometry

    @property
    def name(self) -> str:
        return str(self.row.get("nom") or self.code)

    def figure(self, name: str) -> Value:
        """A figure of the layer with its state (``<name>``, ``<name>_etat``)."""
        return value_of(self.row.get(name), self.row.get(name + STATE_SUFFIX))


def commune_codes(communes: QgsFeatureSource) -> list[str]:
    """Codes of a layer of communes, neighbours (``role`` = ``voisin``) left out.

    Refuses a layer without ``codgeo``, or where a code stands twice.
    """
    if communes.fields().indexFromName("codgeo") < 0:
        raise InputError(
            "The layer of communes has no field codgeo. Take the output of “Communes of a territory”, or name the field of the Insee codes codgeo."
        )
    codes = [str(row["codgeo"]) for row, _ in records(communes) if row.get("role") != "voisin"]
    _check(codes)
    return codes


def read_communes(source: QgsFeatureSource, crs: str, *, neighbours: bool = False) -> list[Commune]:
    """Communes of a layer in ``crs``, by code (``codgeo``, ``INSEE_COM``, ``code``…).

    ``neighbours``: also those whose ``role`` is ``voisin``. Refuses a layer without a field of
    codes, without a commune, or where a code stands twice.
    """
    by_lower = {name.lower(): name for name in source.fields().names()}
    column = next((by_lower[name] for name in CODE_FIELDS if name in by_lower), None)
    if column is None:
        raise InputError(
            "The communes have no field with their code. Give the layer a field “codgeo” with the five-character codes."
        )
    to_metres = transformer(source.sourceCrs(), crs)
    found = []
    for row, shape in records(source):
        if row.get("role") == "voisin" and not neighbours:
            continue
        code = commune_code(row[column])
        if code is None:
            raise InputError(
                "“{code}” in the field {field} of the layer of communes is not a commune code: write for example 35238.",
                code="" if row[column] is None else str(row[column]),
                field=column,
            )
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        # A limit that crosses itself would hold the wrong points, or none.
        found.append(Commune(code, row, moved if moved.isGeosValid() else multi(moved.makeValid())))
    _check([commune.code for commune in found])
    return sorted(found, key=lambda commune: commune.code)


def _check(codes: Sequence[str]) -> None:
    if not codes:
        raise InputError("The layer of communes holds no commune of the territory.")
    twice = sorted(code for code, count in Counter(codes).items() if count > 1)
    if twice:
        raise InputError(
            "The layer of communes holds these codes twice: {codes}.", codes=", ".join(twice)
        )


@dataclass(frozen=True)
class Home:
    """Commune of somebody; ``by_code``: by the code beside the point, which is not inside one."""

    code: str  # empty: in none of the communes
    by_code: bool = False


def middle_of(shape: QgsGeometry) -> QgsPointXY:
    """The middle of a commune: a point that lies inside whatever its shape; NaN without shape.

    Not the centroid, which falls into the neighbour or the sea for a crescent or an archipelago.
    """
    if shape.isEmpty():
        return QgsPointXY(math.nan, math.nan)
    return shape.pointOnSurface().asPoint()


def middles_of(communes: Sequence[Commune]) -> np.ndarray:
    """The middle of each commune (n, 2)."""
    import numpy as np

    points = [middle_of(commune.shape) for commune in communes]
    return np.array([(point.x(), point.y()) for point in points], dtype=float).reshape(-1, 2)


class CommuneMap:
    """Answers in which of some communes a point lies."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        self.communes = communes
        self._codes = {commune.code for commune in communes}
        self._index = QgsSpatialIndex()
        self._engines: dict[int, QgsGeometryEngine] = {}
        for number, commune in enumerate(communes):
            if not commune.shape.isEmpty():
                self._index.addFeature(number, commune.shape.boundingBox())

    def home(self, point: QgsPointXY | None, code: Any = None) -> Home:
        """The commune that holds ``point`` (metres), else the one of ``code``.

        The point goes first: it was put there, by hand perhaps, after the code was written. On a
        common border the commune that comes first has it.
        """
        if point is not None:
            place = QgsGeometry.fromPointXY(point)
            box = QgsRectangle(point.x(), point.y(), point.x(), point.y())
            for number in sorted(self._index.intersects(box)):
                if self._engine(number).intersects(place.constGet()):
                    return Home(self.communes[number].code)
        written = commune_code(code or "")
        return Home(written, True) if written in self._codes else Home("")

    def _engine(self, number: int) -> QgsGeometryEngine:
        if number not in self._engines:
            shape = self.communes[number].shape
            self._engines[number] = QgsGeometry.createGeometryEngine(shape.constGet())
            self._engines[number].prepareGeometry()
        return self._engines[number]

    def homes(self, rows: Sequence[Mapping[str, Any]], points: np.ndarray) -> np.ndarray:
        """Commune code of each row of a table and its point (n, 2), NaN for none; "" outside."""
        import numpy as np

        located = np.isfinite(points).all(axis=1).tolist()
        result = np.full(len(rows), "", dtype=object)
        for rank, (row, point) in enumerate(zip(rows, points.tolist())):
            place = QgsPointXY(*point) if located[rank] else None
            result[rank] = self.home(place, row.get(FOUND_CODE)).code
        return result
