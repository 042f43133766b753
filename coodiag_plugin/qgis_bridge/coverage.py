"""Penetration and recruitment of communes as layers: people counted inside, figures beside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.values import Value
from .communes import Commune, CommuneMap, read_communes
from .counts import check_counts
from .layers import REAL, TEXT, memory_layer, records, transformer
from .shapes import metric_crs

if TYPE_CHECKING:
    from ..analysis.coverage import Coverage, Ring

PENETRATION = "penetration"
#: Name, among what is counted beside the communes, of the people outside the territory.
OUTSIDE = "outside"


@dataclass(frozen=True)
class Covered:
    """A layer of communes, and the figures it was written from with those of the territory."""

    layer: QgsVectorLayer
    coverage: Coverage


@dataclass
class Counted:
    """The weights of the people of each commune, and those outside."""

    weights: dict[str, list[float]] = field(default_factory=dict)
    by_code: int = 0  # placed by their commune code, the point being absent or outside
    outside: int = 0
    unweighted: int = 0  # inside, without a usable weight: counted with weight zero

    @property
    def people(self) -> dict[str, int]:
        return {code: len(weights) for code, weights in self.weights.items()}

    @property
    def sums(self) -> dict[str, float]:
        """Exact sums, so that the order of the rows does not show in the last digit."""
        return {code: math.fsum(weights) for code, weights in self.weights.items()}

    @property
    def largest(self) -> dict[str, float]:
        return {code: max(weights) for code, weights in self.weights.items()}


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
    places = CommuneMap(list(communes))
    to_metres = transformer(points.sourceCrs(), crs)
    counted = Counted()
    for row, shape in records(points):
        progress.check()
        home = places.home(_moved(shape, to_metres), row.get("geo_citycode"))
        code = home.code
        counted.by_code += home.by_code
        if not code:
            counted.outside += 1
            continue
        number = row.get(weight) if weight else 0.0
        usable = isinstance(number, (int, float)) and 0 <= number < math.inf
        counted.unweighted += not usable
        counted.weights.setdefault(code, []).append(float(number) if usable else 0.0)
    _tell(counted, bool(weight), progress)
    return counted


def _moved(shape: QgsGeometry, to_metres: QgsCoordinateTransform) -> QgsPointXY | None:
    """The point of a row in the working projection, None when it has none."""
    if shape.isEmpty():
        return None
    try:
        return to_metres.transform(shape.centroid().asPoint())
    except QgsCsException as error:
        raise InputError(
            "A point cannot be brought into the projection of the territory: check the coordinate reference system of the layer."
        ) from error


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
    rings: Sequence[Ring] = (),
) -> Coverage:
    """Coverage of the communes from what was counted, protected with all that is known beside.

    ``beside``: people of the same file who are not of this count, by a word of the caller's. Sums
    of weights are told apart from the people outside, who have no part in them. ``rings``: sums of
    communes that another output tells of the same people.
    """
    from ..analysis.coverage import coverage

    if weighted:
        return coverage(counted.people, targets, counted.sums, counted.largest, min_count)
    around = {**(beside or {}), OUTSIDE: counted.outside}
    return coverage(counted.people, targets, min_count=min_count, beside=around, rings=rings)


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
    rings: Sequence[Ring] = (),
    name: str = PENETRATION,
    progress: Progress,
) -> Covered:
    """Communes with the penetration of the people of ``points`` among the ``target`` field.

    Fields: codgeo, nom, then count, target, rate (%), low, high (95 %), shrunk (empirical
    Bayes, %), index (100 = as expected) and share (% of all counted), each with its ``_etat``,
    and status (connu, secret, n.s., absent, sans_objet). The CRS is the legal one. ``beside``:
    people of the same file who are not in ``points``; ``rings``: see :func:`coverage_of`.
    """
    from ..analysis.coverage import FIGURES

    if communes.fields().indexFromName(target) < 0:
        raise InputError(
            "The layer of communes has no field {field}: choose the field of the targets (households, job seekers, establishments…).",
            field=target,
        )
    check_counts([target])
    crs = metric_crs(communes)
    places = read_communes(communes, crs)
    counted = count_points(points, places, crs, progress, weight)
    targets = {place.code: place.figure(target) for place in places}
    result = coverage_of(
        counted, targets, min_count, weighted=bool(weight), beside=beside, rings=rings
    )
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
