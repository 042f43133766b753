"""Penetration and recruitment of communes as layers: people counted inside, figures beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCsException,
    QgsFeature,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsSpatialIndex,
    QgsVectorLayer,
)

from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, value_of
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import Value
from .establishments import commune_codes
from .layers import REAL, TEXT, memory_layer, records, transformer
from .shapes import metric_crs

if TYPE_CHECKING:
    from ..analysis.coverage import Coverage

PENETRATION = "penetration"
#: Name, among what is counted beside the communes, of the people outside the territory.
OUTSIDE = "outside"


@dataclass
class Commune:
    """A commune of the layer: its attributes and its shape in the working projection."""

    code: str
    row: Mapping[str, Any]
    shape: QgsGeometry

    @property
    def name(self) -> str:
        return str(self.row.get("nom") or self.code)

    def figure(self, name: str) -> Value:
        """A figure of the layer with its state (``<name>``, ``<name>_etat``)."""
        return value_of(self.row.get(name), self.row.get(name + STATE_SUFFIX))


@dataclass(frozen=True)
class Covered:
    """A layer of communes, and the figures it was written from with those of the territory."""

    layer: QgsVectorLayer
    coverage: Coverage


@dataclass
class Counted:
    """People by commune: how many, sum of weights, heaviest weight; and those outside."""

    people: dict[str, int] = field(default_factory=dict)
    sums: dict[str, float] = field(default_factory=dict)
    largest: dict[str, float] = field(default_factory=dict)
    by_code: int = 0  # placed by their commune code, the point being absent or outside
    outside: int = 0
    unweighted: int = 0  # inside, without a usable weight: counted with weight zero

    def add(self, code: str, weight: float) -> None:
        self.people[code] = self.people.get(code, 0) + 1
        self.sums[code] = self.sums.get(code, 0.0) + weight
        self.largest[code] = max(self.largest.get(code, 0.0), weight)


def read_communes(source: QgsFeatureSource, crs: str) -> list[Commune]:
    """Communes of the territory in ``crs``, by code; neighbours are left out."""
    commune_codes(source)
    to_metres = transformer(source.sourceCrs(), crs)
    found = []
    for row, shape in records(source):
        if row.get("role") == "voisin":
            continue
        moved = QgsGeometry(shape)
        moved.transform(to_metres)
        found.append(Commune(str(row["codgeo"]), row, moved))
    return sorted(found, key=lambda commune: commune.code)


def count_points(
    points: QgsFeatureSource,
    communes: Iterable[Commune],
    crs: str,
    progress: Progress,
    weight: str = "",
) -> Counted:
    """Count the people of a layer in the communes: by their point, else by ``geo_citycode``.

    ``weight``: numeric field, empty to count people only. Negative and missing weights stand for
    zero and are told. People in + outside = people of the layer.
    """
    communes = list(communes)
    index = QgsSpatialIndex()
    for number, commune in enumerate(communes):
        item = QgsFeature(number)
        item.setGeometry(commune.shape)
        index.addFeature(item)
    codes = {commune.code for commune in communes}
    to_metres = transformer(points.sourceCrs(), crs)
    counted = Counted()
    for row, shape in records(points):
        progress.check()
        code = None
        if not shape.isEmpty():
            code = _holder(shape, to_metres, index, communes)
        if code is None and str(row.get("geo_citycode") or "") in codes:
            code = str(row["geo_citycode"])
            counted.by_code += 1
        if code is None:
            counted.outside += 1
            continue
        number = row.get(weight) if weight else 0.0
        usable = isinstance(number, (int, float)) and number >= 0
        counted.unweighted += not usable
        counted.add(code, float(number) if usable else 0.0)
    _tell(counted, bool(weight), progress)
    return counted


def _holder(
    shape: QgsGeometry, to_metres: Any, index: QgsSpatialIndex, communes: list[Commune]
) -> str | None:
    """Code of the first commune, by code, that holds a point."""
    try:
        point = to_metres.transform(shape.centroid().asPoint())
    except QgsCsException as error:
        raise InputError(
            "A point cannot be brought into the projection of the territory: check the coordinate reference system of the layer."
        ) from error
    place = QgsGeometry.fromPointXY(QgsPointXY(point))
    for number in sorted(index.intersects(place.boundingBox())):
        if communes[number].shape.intersects(place):
            return communes[number].code
    return None


def _tell(counted: Counted, weighted: bool, progress: Progress) -> None:
    inside = sum(counted.people.values())
    progress.say(
        "{inside} points counted in the communes ({by_code} of them by their commune code only), {outside} outside the territory.",
        inside=inside,
        by_code=counted.by_code,
        outside=counted.outside,
    )
    if weighted and counted.unweighted:
        progress.warn(
            "{count} points have no usable weight and count for zero.", count=counted.unweighted
        )


def coverage_of(
    counted: Counted,
    targets: Mapping[str, Value],
    min_count: int,
    *,
    weighted: bool = False,
    beside: Mapping[str, int] | None = None,
) -> Coverage:
    """Coverage of the communes from what was counted, protected with all that is known beside.

    ``beside``: people of the same file who are not of this count, by a word of the caller's. Sums
    of weights are told apart from the people outside, who have no part in them.
    """
    from ..analysis.coverage import coverage

    if weighted:
        return coverage(counted.people, targets, counted.sums, counted.largest, min_count)
    around = {**(beside or {}), OUTSIDE: counted.outside}
    return coverage(counted.people, targets, min_count=min_count, beside=around)


def figure_fields(names: Iterable[str]) -> dict[str, Any]:
    """Two columns per figure: its number and its state."""
    columns: dict[str, Any] = {}
    for name in names:
        columns[name] = REAL
        columns[name + STATE_SUFFIX] = TEXT
    return columns


def figure_row(figures: Mapping[str, Value]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in figures.items():
        row[name] = value.number
        row[name + STATE_SUFFIX] = value.state.value
    return row


def penetration_layer(
    points: QgsFeatureSource,
    communes: QgsFeatureSource,
    target: str,
    *,
    weight: str = "",
    min_count: int = MIN_COUNT,
    beside: Mapping[str, int] | None = None,
    name: str = PENETRATION,
    progress: Progress,
) -> Covered:
    """Communes with the penetration of the people of ``points`` among the ``target`` field.

    Fields: codgeo, nom, then count, target, rate (%), low, high (95 %), shrunk (empirical
    Bayes, %), index (100 = as expected) and share (% of all counted), each with its ``_etat``,
    and status (connu, secret, n.s., absent, sans_objet). The CRS is the legal one. ``beside``:
    people of the same file who are not in ``points`` (see :func:`coverage_of`).
    """
    from ..analysis.coverage import FIGURES

    if communes.fields().indexFromName(target) < 0:
        raise InputError(
            "The layer of communes has no field {field}: choose the field of the targets (households, job seekers, establishments…).",
            field=target,
        )
    crs = metric_crs(communes)
    places = read_communes(communes, crs)
    counted = count_points(points, places, crs, progress, weight)
    targets = {place.code: place.figure(target) for place in places}
    result = coverage_of(counted, targets, min_count, weighted=bool(weight), beside=beside)
    columns = {"codgeo": TEXT, "nom": TEXT, **figure_fields(FIGURES), "status": TEXT}
    layer = memory_layer(name, columns, "MultiPolygon", crs, _penetration_rows(places, result))
    return Covered(layer, result)


def _penetration_rows(
    places: Iterable[Commune], result: Coverage
) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    rows = result.by_unit()
    for place in places:
        row = rows[place.code]
        yield (
            {
                "codgeo": place.code,
                "nom": place.name,
                **figure_row(row.figures()),
                "status": row.status,
            },
            as_multi(place.shape),
        )


def as_multi(shape: QgsGeometry) -> QgsGeometry:
    result = QgsGeometry(shape)
    result.convertToMultiType()
    return result
