"""The look of the outputs of single algorithms when QGIS loads them (:mod:`showing`): the catalogue's
colours, French legends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    Qgis,
    QgsClassificationRange,
    QgsFeatureRequest,
    QgsGraduatedSymbolRenderer,
    QgsRendererRange,
    QgsVectorLayer,
)

from ..core import french
from ..core.catalogue import layer_fields
from ..core.figures import figure_of
from ..core.progress import Silent
from . import basemap
from .families import symbol
from .layers import records
from .zone_words import NBSP, decimal

#: Symbols of the family of flows, from the smallest class to the largest.
_WIDTHS = ("1", "2", "3", "4", "5")
#: Words, unit and decimals of fields that are shaded; the theme gives the hue.
_SHADED = {
    "probability": ("Part du site dans la demande (de 0 à 1)", "", 2, "structure"),
    "own_share": ("Part des sites de la structure", "%", 1, "structure"),
    "accessibility": ("Accessibilité", "", 2, "structure"),
}
_MOBILITY = re.compile(r"(site|jobs|stop)_(car|bike|foot)_(\d+(?:\.\d+)?)")
_TARGETS = {"site": "du site le plus proche", "jobs": "d’un pôle d’emplois", "stop": "d’un arrêt"}
_MODES = {"car": "en voiture", "bike": "à vélo", "foot": "à pied"}
_ORDER = ("primaire", "secondaire", "tertiaire")


def style_rings(layer: QgsVectorLayer) -> None:
    """Isochrones one over the other, the smaller the darker."""
    _rings(layer, nested=True)


def style_bands(layer: QgsVectorLayer) -> None:
    """Isochrones beside one another, the smaller the darker."""
    _rings(layer, nested=False)


def _rings(layer: QgsVectorLayer, nested: bool) -> None:
    rows = [row for row, _ in records(layer)]
    timed = rows[0]["mode"] == "time"
    unit, title = ("min", "Temps de trajet") if timed else ("km", "Distance par la route")
    values = sorted({float(row["value"]) for row in rows})
    levels = [(value, f"{decimal(value)}{NBSP}{unit} au plus") for value in values]
    _zones(layer, "value", title, levels, "structure", nested)


def style_catchment(layer: QgsVectorLayer) -> None:
    """Measured zones, the primary one the darkest."""
    held = {str(row["zone"]) for row, shape in records(layer) if not shape.isEmpty()}
    names = [name for name in _ORDER if name in held] + sorted(held - set(_ORDER))
    levels = [(name, _zone_words(name)) for name in names]
    _zones(layer, "zone", "Zone de chalandise mesurée", levels, "structure", False)


def _zone_words(name: str) -> str:
    return name.capitalize() if name.startswith("zone") else f"Zone {name}"


def style_forecast(layer: QgsVectorLayer) -> None:
    """Rings around sites that are a forecast, in another hue than the measured zones."""
    values = {float(row["percentile"]) for row, _ in records(layer)}
    levels = [
        (value, f"Anneau de {decimal(value)}{NBSP}% des clients observés")
        for value in sorted(values)
    ]
    _zones(layer, "percentile", "Zone prévue", levels, "prospection", True)


def style_thresholds(layer: QgsVectorLayer) -> None:
    """Threshold areas, a forecast, the smaller target the darker."""
    rows = [row for row, _ in records(layer)]
    targets = sorted({float(row["target"]) for row in rows})
    levels = [(target, f"{french.number(target)} visés") for target in targets]
    title = f"Zone de seuil prévue ({rows[0]['variable']})"
    _zones(layer, "target", title, levels, "prospection", True)


def _zones(
    layer: QgsVectorLayer,
    field: str,
    title: str,
    levels: Sequence[tuple[Any, str]],
    theme: str,
    nested: bool,
) -> None:
    from ..analysis.design import design_zones
    from .styling import apply

    apply(layer, design_zones(field, title, levels, theme, nested=nested))


def style_shares(layer: QgsVectorLayer) -> None:
    """Share of each site in each commune, the leading site above the others."""
    _shade(layer, "probability", *_SHADED["probability"])
    order = QgsFeatureRequest.OrderByClause('"probability"', True, True)
    layer.renderer().setOrderBy(QgsFeatureRequest.OrderBy([order]))
    layer.renderer().setOrderByEnabled(True)


def style_market(layer: QgsVectorLayer) -> None:
    """Share of the structure's own sites in each commune."""
    _shade(layer, "own_share", *_SHADED["own_share"])


def style_accessibility(layer: QgsVectorLayer) -> None:
    """Index of access of places; points keep the plain look of QGIS."""
    if layer.geometryType() == Qgis.GeometryType.Polygon:
        _shade(layer, "accessibility", *_SHADED["accessibility"])


def style_mobility(layer: QgsVectorLayer) -> None:
    """Share of the people within the shortest time of the first target by the first mode."""
    for name in layer.fields().names():
        found = _MOBILITY.fullmatch(name)
        if found:
            target, mode, minutes = found.groups()
            words = f"Personnes à {decimal(float(minutes))}{NBSP}min au plus {_TARGETS[target]}, {_MODES[mode]}"
            _shade(layer, name, words, "%", 0, "recrutement")
            return


def style_coverage(layer: QgsVectorLayer) -> None:
    """Penetration rate of each commune."""
    row = layer_fields()["penetration", "rate"]
    _shade(layer, "rate", row.label, row.unit, row.decimals, row.theme, zero_apart=True)


def _shade(
    layer: QgsVectorLayer,
    field: str,
    label: str,
    unit: str,
    decimals: int,
    theme: str,
    zero_apart: bool = False,
) -> None:
    from ..analysis.design import Subject, design_choropleth
    from .styling import apply

    values = {str(rank): figure_of(row, field) for rank, (row, _) in enumerate(records(layer))}
    what = Subject(field, label, unit, decimals, "rate", theme, zero_apart)
    apply(layer, design_choropleth(what, values))


def style_flows(layer: QgsVectorLayer) -> None:
    """Arrows whose width follows the count, in one neutral colour, the widest beneath; those without
    a known count are not drawn."""
    from ..analysis.classification import classify

    known = [figure_of(row, "count").number for row, _ in records(layer)]
    counts = [number for number in known if number is not None]
    if not counts:
        return
    breaks = classify(counts, 0, classes=min(len(_WIDTHS), len(set(counts)))).breaks
    ranges = []
    widths = _WIDTHS[: len(breaks) - 1]
    for low, high, width in zip(breaks, breaks[1:], widths):
        label = f"{french.number(low)} à {french.number(high)}"
        ranges.append(
            QgsRendererRange(QgsClassificationRange(label, low, high), symbol("flows", width))
        )
    renderer = QgsGraduatedSymbolRenderer("count", ranges)
    order = QgsFeatureRequest.OrderByClause('"count"', False, False)
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([order]))
    renderer.setOrderByEnabled(True)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_points(colour: str) -> Callable[[QgsVectorLayer], None]:
    """Small marks of one colour, as in a dossier."""
    return lambda layer: basemap.style_points(layer, colour)


def style_communes(layer: QgsVectorLayer) -> None:
    """Pale ground of the communes, with their names where there is room."""
    basemap.style_communes(layer)
    names = layer.clone()
    basemap.style_names(names)
    if names.labelsEnabled():
        layer.setLabeling(names.labeling().clone())
        layer.setLabelsEnabled(True)


def style_indicators(layer: QgsVectorLayer) -> None:
    """The first indicator that the layer holds."""
    from . import autostyle, styling

    field = autostyle.choose_field(layer)
    styling.apply(layer, autostyle.design_layer(layer, field, "auto", None, (), Silent()), True)


def style_prospection(layer: QgsVectorLayer) -> None:
    """Circles for the sums of scores of the communes or hexagons."""
    from . import autostyle, styling

    design = autostyle.design_layer(layer, "score", "auto", None, (), Silent())
    styling.apply(layer, design, limits=True)


def style_places(layer: QgsVectorLayer) -> None:
    """Places of interest by theme."""
    from .ecosystem import style_ecosystem

    style_ecosystem(layer)


#: What an output may look like, by name.
LOOKS: dict[str, Callable[[QgsVectorLayer], None]] = {
    "rings": style_rings,
    "bands": style_bands,
    "catchment": style_catchment,
    "forecast": style_forecast,
    "thresholds": style_thresholds,
    "shares": style_shares,
    "market": style_market,
    "accessibility": style_accessibility,
    "mobility": style_mobility,
    "coverage": style_coverage,
    "flows": style_flows,
    "communes": style_communes,
    "indicators": style_indicators,
    "establishments": style_points(basemap.POINTS["etablissements"]),
    "prospects": style_points(basemap.POINTS["prospects"]),
    "prospection": style_prospection,
    "places": style_places,
}
