"""The design that a layer alone calls for: by its field, the catalogue, and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsVectorLayer

from ..core.catalogue import indicators
from ..core.design import MapDesign
from ..core.errors import InputError
from ..core.figures import STATE_SUFFIX, figure_of, value_of
from ..core.progress import Progress
from ..core.values import State, Value
from .layers import records, transformer
from .styling import metric_crs

if TYPE_CHECKING:
    from ..analysis.design import Subject

#: Fields of other tables of the dossier that are not in the catalogue: label, unit, kind.
KNOWN_FIELDS = {
    "rate": ("Taux", "%", 1, "rate"),
    "share": ("Part", "%", 1, "rate"),
    "index": ("Indice (100 = comme le territoire)", "", 0, "index"),
    "count": ("Effectif", "", 0, "stock"),
    "score": ("Score", "points", 0, "stock"),
}
_DECIMALS_READ = 4  # most decimals looked for in a field that the catalogue does not know


def check_polygons(layer: QgsVectorLayer) -> None:
    if layer.geometryType() != Qgis.GeometryType.Polygon:
        raise InputError(
            "The layer {layer} is not made of polygons: shading needs areas.", layer=layer.name()
        )


def choose_field(layer: QgsVectorLayer, wanted: str = "") -> str:
    """The field to map: ``wanted``, else the first catalogue indicator, else the first number.

    Raises :class:`InputError` when the field is not there or nothing can be mapped.
    """
    names = layer.fields().names()
    if wanted:
        if wanted not in names:
            raise InputError(
                "The layer {layer} has no field {field}. Choose one of its fields.",
                layer=layer.name(),
                field=wanted,
            )
        return wanted
    for name in (*indicators(), *KNOWN_FIELDS):
        if name in names:
            return name
    codes = ("fid", "id", "ogc_fid", "codgeo", "code")
    for field in layer.fields():
        if field.isNumeric() and field.name().lower() not in codes:
            return field.name()
    raise InputError(
        "The layer {layer} has no numeric field: there is nothing to map.", layer=layer.name()
    )


def design_layer(
    layer: QgsVectorLayer,
    field: str,
    method: str,
    classes: int | None,
    fixed: Sequence[float],
    progress: Progress,
) -> MapDesign:
    """Choropleth of a rate, circles of a count, typology of a text field.

    Raises :class:`InputError` for a layer without polygons or without a known figure.
    """
    from ..analysis import design as designs

    check_polygons(layer)
    if not layer.fields().field(field).isNumeric():
        return _typology(layer, field, progress)
    values, area = _read(layer, field, progress)
    known = [value.number for value in values.values() if value.number is not None]
    if not known:
        raise InputError(
            "No figure of the field {field} is known (all are secret or missing): there is nothing to map.",
            field=field,
        )
    what = subject_of(layer, field, known)
    if what.is_count:
        return designs.design_circles(what, values, area)
    return designs.design_choropleth(what, values, method=method, classes=classes, breaks=fixed)


def subject_of(layer: QgsVectorLayer, field: str, known: Sequence[float]) -> Subject:
    """Words and kind of a field: the catalogue's, else guessed from its name and figures.

    Outside the catalogue whole numbers are taken for a count, others for a rate.
    """
    from ..analysis.design import Subject, subject

    if field in indicators():
        return subject(indicators()[field])
    label = layer.attributeDisplayName(layer.fields().indexOf(field))
    if field in KNOWN_FIELDS:
        words, unit, decimals, kind = KNOWN_FIELDS[field]
        return Subject(field, words, unit, decimals, kind)
    whole = all(number == round(number) and number >= 0 for number in known)
    return Subject(field, label, "", _decimals(known), "stock" if whole else "rate")


def _decimals(known: Sequence[float]) -> int:
    """Decimals that tell the figures apart at three significant digits of their span."""
    span = max(known) - min(known)
    decimals = 0
    while decimals < _DECIMALS_READ and span * 10**decimals < 100:
        decimals += 1
    return decimals


def _read(layer: QgsVectorLayer, field: str, progress: Progress) -> tuple[dict[str, Value], float]:
    """Figures by rank of the feature, and the area of all polygons in m²."""
    transform = transformer(layer.crs(), metric_crs(layer))
    values: dict[str, Value] = {}
    area = 0.0
    for rank, (row, shape) in enumerate(records(layer)):
        progress.check()
        values[str(rank)] = figure_of(row, field)
        if not shape.isEmpty():
            shape.transform(transform)
            area += shape.area()
    return values, area


def _typology(layer: QgsVectorLayer, field: str, progress: Progress) -> MapDesign:
    from ..analysis.design import design_typology

    values: dict[str, Any] = {}
    for rank, (row, _) in enumerate(records(layer)):
        progress.check()
        state = value_of(None, row.get(field + STATE_SUFFIX)).state
        values[str(rank)] = str(row[field]) if row[field] is not None else State(state)
    kinds = sorted({item for item in values.values() if not isinstance(item, State)})
    if not kinds:
        raise InputError(
            "No figure of the field {field} is known (all are secret or missing): there is nothing to map.",
            field=field,
        )
    label = layer.attributeDisplayName(layer.fields().indexOf(field))
    return design_typology(field, label, values, [(kind, kind) for kind in kinds])
