"""Symbols of maps: fills, hatches, circles that are true to the ground, zones."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsSimpleFillSymbolLayer,
    QgsSymbol,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..core.design import LegendBox

#: Limit between two shaded communes, and outline of the boxes (mm).
LIMIT, LIMIT_WIDTH = "#ffffff", 0.15
OUTLINE_WIDTH = 0.15
CIRCLE_OUTLINE, DARK_OUTLINE, CIRCLE_OUTLINE_WIDTH = "#ffffff", "#4d4d4d", 0.18
HATCH_SPACING, HATCH_WIDTH = 1.4, 0.2


def colour(text: str, opacity: float = 1.0) -> QColor:
    """``#rrggbb`` as a QColor, see-through by its alpha (never by a blend mode)."""
    result = QColor(text)
    result.setAlphaF(opacity)
    return result


def simple_fill(
    fill: str,
    outline: str = LIMIT,
    width: float = LIMIT_WIDTH,
    opacity: float = 1.0,
    outline_opacity: float = 1.0,
) -> QgsSimpleFillSymbolLayer:
    """Plain fill; ``fill`` empty leaves the inside open, ``outline`` empty leaves no line."""
    layer = QgsSimpleFillSymbolLayer()
    if fill:
        layer.setFillColor(colour(fill, opacity))
    else:
        layer.setBrushStyle(Qt.BrushStyle.NoBrush)
    if outline:
        layer.setStrokeColor(colour(outline, outline_opacity))
        layer.setStrokeWidth(width)
    else:
        layer.setStrokeStyle(Qt.PenStyle.NoPen)
    layer.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return layer


def fill_symbol(*layers: object) -> QgsFillSymbol:
    """A polygon symbol made of ``layers``, the first at the bottom."""
    symbol = QgsFillSymbol()
    symbol.deleteSymbolLayer(0)
    for layer in layers:
        symbol.appendSymbolLayer(layer)
    return symbol


def hatch(line: str, angle: float = 45.0) -> QgsLinePatternFillSymbolLayer:
    """Hatch (diagonal for secret figures), drawn as lines (true vectors in a PDF)."""
    pattern = QgsLinePatternFillSymbolLayer()
    pattern.setLineAngle(angle)
    pattern.setDistance(HATCH_SPACING)
    stroke = QgsLineSymbol.createSimple({"line_color": line, "line_width": str(HATCH_WIDTH)})
    pattern.setSubSymbol(stroke)
    return pattern


def box_symbol(box: LegendBox) -> QgsFillSymbol:
    """The fill of a box outside the ramp, the same on the map and in its legend."""
    layers: list[object] = [simple_fill(box.colour, box.outline, OUTLINE_WIDTH)]
    if box.hatch:
        layers.append(hatch(box.outline, box.angle))
    return fill_symbol(*layers)


def circle_symbol(geometry: Qgis.GeometryType, inside: QgsFillSymbol, shape: str) -> QgsSymbol:
    """``inside`` painted in the geometry of the expression ``shape`` (:func:`circle_shape`)."""
    generator = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": shape})
    generator.setSymbolType(Qgis.SymbolType.Fill)
    generator.setSubSymbol(inside)
    symbol = QgsMarkerSymbol() if geometry == Qgis.GeometryType.Point else QgsFillSymbol()
    symbol.deleteSymbolLayer(0)
    symbol.appendSymbolLayer(generator)
    return symbol


def circle_shape(field: str, ratio: float, layer_crs: str, metric_crs: str) -> str:
    """Expression of a circle of ``ratio`` × ``field`` m² on the ground, inside the feature.

    A polygon of the ground, so that its area holds at every scale; without a feature (legend of
    QGIS) a small one. ``layer_crs`` and ``metric_crs`` differ for layers in degrees.
    """
    radius = f'sqrt({ratio!r} * "{field}" / pi())'
    centre = "point_on_surface(@geometry)"
    if layer_crs == metric_crs:
        return f"buffer({centre}, try({radius}, 3), 24)"
    there, back = f"'{layer_crs}', '{metric_crs}'", f"'{metric_crs}', '{layer_crs}'"
    return f"transform(buffer(transform({centre}, {there}), {radius}, 24), {back})"
