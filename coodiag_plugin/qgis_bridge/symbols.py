"""Symbols of maps: the look of a family with the colour of a class, circles true to the ground."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbolLayer,
    QgsMarkerSymbol,
    QgsSimpleFillSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
)
from qgis.PyQt.QtGui import QColor

from ..core.design import LegendBox
from . import families


def colour(text: str, opacity: float = 1.0) -> QColor:
    """``#rrggbb`` as a QColor, see-through by its alpha (never by a blend mode)."""
    result = QColor(text)
    result.setAlphaF(opacity)
    return result


def painted(
    family: str, paint: str, opacity: float = 1.0, line: str = "", role: str = "classe"
) -> QgsSymbol:
    """The symbol of a family in the colour of a class; ``line``: of its line layers, else as styled.

    Layers that are locked in the style keep their own colours.
    """
    symbol = families.symbol(family, role)
    for layer in _open_layers(symbol):
        if not isinstance(layer, QgsLineSymbolLayer):
            layer.setColor(colour(paint, opacity))
        elif line:
            layer.setColor(colour(line))
    return symbol


def box_symbol(box: LegendBox) -> QgsFillSymbol:
    """The fill of a box outside the ramp, in the very colours of its legend."""
    symbol = families.symbol("boxes", "hachure" if box.hatch else "plein")
    for layer in _open_layers(symbol):
        if isinstance(layer, QgsLinePatternFillSymbolLayer):
            layer.setLineAngle(box.angle)
            layer.setColor(colour(box.outline))
        elif isinstance(layer, QgsSimpleFillSymbolLayer):
            layer.setColor(colour(box.colour))
            layer.setStrokeColor(colour(box.outline))
    return symbol


def _open_layers(symbol: QgsSymbol) -> Iterator[QgsSymbolLayer]:
    return (layer for layer in symbol.symbolLayers() if not layer.isLocked())


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
