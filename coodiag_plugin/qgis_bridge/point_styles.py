"""Marks of a map of points by kind (:mod:`analysis.points`): symbols, points that overlap, names."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFeatureRenderer,
    QgsMarkerSymbol,
    QgsPointDisplacementRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..core.design import MapDesign
from ..core.errors import InputError
from . import labels, rules

#: Size (mm) of each mark, such that they look alike in weight.
SIZES = {"circle": 2.8, "square": 2.5, "triangle": 3.2}
OUTLINE, OUTLINE_WIDTH = "#22313a", 0.2
#: Points nearer than this (mm of paper) are set around their place.
NEAR = 4.0
RING = "#8d979e"
#: Millimetres of paper around a point without another one, so that it bears its name.
ROOM = 10.0
#: More points than this have no name on the map: the table of the sheet names them.
MOST_NAMES = 40
NAME = "name"


def check_points(layer: QgsVectorLayer) -> None:
    """Refuse a layer without points."""
    if layer.geometryType() != Qgis.GeometryType.Point:
        raise InputError(
            "The layer {layer} is not made of points: its map cannot be drawn.", layer=layer.name()
        )


def mark(colour: str, shape: str) -> QgsMarkerSymbol:
    """A filled mark with a fine dark line, so that pale hues hold on pale ground."""
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": colour,
            "outline_color": OUTLINE,
            "outline_width": str(OUTLINE_WIDTH),
            "size": str(SIZES[shape]),
        }
    )


def point_rules(design: MapDesign, names: list[str]) -> list[tuple[str, QgsMarkerSymbol, str]]:
    """``(expression, symbol, label)`` of each kind."""
    return [
        (where, mark(colour, shape), label)
        for (where, colour, label), shape in zip(rules.classes(design, names), design.shapes)
    ]


def spread(inside: QgsFeatureRenderer) -> QgsPointDisplacementRenderer:
    """``inside``, with the points that lie on one another set around their place: many actors of a
    small town are known by their commune alone."""
    made = QgsPointDisplacementRenderer()
    made.setEmbeddedRenderer(inside)
    made.setTolerance(NEAR)
    made.setToleranceUnit(Qgis.RenderUnit.Millimeters)
    made.setPlacement(QgsPointDisplacementRenderer.Placement.ConcentricRings)
    made.setCircleColor(QColor(RING))
    made.setCircleWidth(0.1)
    made.setCenterSymbol(
        QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": RING, "outline_style": "no", "size": "0.6"}
        )
    )
    return made


def label_points(layer: QgsVectorLayer) -> None:
    """Names beside the points when they are few and stand alone; the table names the others."""
    if NAME in layer.fields().names() and 0 < layer.featureCount() <= MOST_NAMES:
        labels.label_points(layer, NAME, ROOM)
    else:
        layer.setLabelsEnabled(False)
