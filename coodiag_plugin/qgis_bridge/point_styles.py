"""Marks of a map of points by kind (:mod:`analysis.points`): symbols, points that overlap, names."""

from __future__ import annotations

from qgis.core import Qgis, QgsFeatureRenderer, QgsSymbol, QgsVectorLayer

from ..core.design import MapDesign
from ..core.errors import InputError
from . import families, labels, rules
from .symbols import painted

#: More points than this have no name on the map: the table of the sheet names them.
MOST_NAMES = 40
NAME = "name"


def check_points(layer: QgsVectorLayer) -> None:
    """Refuse a layer without points."""
    if layer.geometryType() != Qgis.GeometryType.Point:
        raise InputError(
            "The layer {layer} is not made of points: its map cannot be drawn.", layer=layer.name()
        )


def point_rules(design: MapDesign, names: list[str]) -> list[tuple[str, QgsSymbol, str]]:
    """``(expression, symbol, label)`` of each kind."""
    return [
        (where, painted("points", colour, role=shape), label)
        for (where, colour, label), shape in zip(rules.classes(design, names), design.shapes)
    ]


def spread(inside: QgsFeatureRenderer) -> QgsFeatureRenderer:
    """``inside``, with the points that lie on one another set around their place when the style
    moves them: many actors of a small town are known by their commune alone."""
    made = families.renderer("points")
    if made.type() != "pointDisplacement":
        return inside
    made.setEmbeddedRenderer(inside)
    return made


def label_points(layer: QgsVectorLayer) -> None:
    """Names beside the points when they are few and stand alone; the table names the others."""
    if NAME in layer.fields().names() and 0 < layer.featureCount() <= MOST_NAMES:
        labels.label_points(layer, NAME)
    else:
        layer.setLabelsEnabled(False)
