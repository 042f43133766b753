"""Colours as they are seen: fills of shapes and symbols, and what they make over a ground."""

from __future__ import annotations

from qgis.core import (
    QgsFillSymbol,
    QgsGeometryGeneratorSymbolLayer,
    QgsLayoutItemShape,
    QgsLinePatternFillSymbolLayer,
    QgsMarkerSymbol,
    QgsSimpleFillSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ....core.colour import contrast as contrast
from ....core.colour import lightness as lightness

WHITE = "#ffffff"


def over(colour: QColor, opacity: float, ground: str) -> str:
    """``#rrggbb`` of a colour painted at its own alpha and ``opacity`` over ``ground``."""
    share, under = colour.alphaF() * opacity, QColor(ground)
    parts = (
        round(share * top + (1 - share) * bottom)
        for top, bottom in zip(colour.getRgb()[:3], under.getRgb()[:3])
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def plain(colour: QColor) -> str:
    return str(colour.name())


def paint(symbol: QgsSymbol) -> tuple[QColor, float] | None:
    """Fill of a symbol and its opacity; None when nothing fills it."""
    for layer in symbol.symbolLayers():
        if not layer.enabled():
            continue
        if isinstance(layer, QgsGeometryGeneratorSymbolLayer):
            found = paint(layer.subSymbol())
        else:
            found = _fill(layer)
        if found is not None:
            return found[0], found[1] * symbol.opacity()
    return None


def _fill(layer: QgsSymbolLayer) -> tuple[QColor, float] | None:
    if isinstance(layer, QgsSimpleFillSymbolLayer):
        filled = layer.brushStyle() != Qt.BrushStyle.NoBrush and layer.fillColor().alpha() > 0
        return (layer.fillColor(), 1.0) if filled else None
    if layer.layerType() in ("SimpleMarker", "EllipseMarker", "SimpleLine", "ArrowLine"):
        return (layer.fillColor() if "Marker" in layer.layerType() else layer.color()), 1.0
    return None


def is_hatched(symbol: QgsSymbol) -> bool:
    """Whether lines are drawn across the fill of a symbol, in its own shape or another one."""
    return any(
        isinstance(layer, QgsLinePatternFillSymbolLayer)
        or (isinstance(layer, QgsGeometryGeneratorSymbolLayer) and is_hatched(layer.subSymbol()))
        for layer in symbol.symbolLayers()
    )


def generator(symbol: QgsSymbol) -> QgsGeometryGeneratorSymbolLayer | None:
    """The layer of a symbol that draws another geometry than the feature's (a circle)."""
    if isinstance(symbol, (QgsFillSymbol, QgsMarkerSymbol)):
        for layer in symbol.symbolLayers():
            if isinstance(layer, QgsGeometryGeneratorSymbolLayer):
                return layer
    return None


class Paints:
    """The fills of the shapes of a check, read once each."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[QgsLayoutItemShape, tuple[QColor, float] | None]] = {}

    def of(self, item: QgsLayoutItemShape) -> tuple[QColor, float] | None:
        """Fill and opacity of a shape; None when it is an outline alone."""
        found = self._kept.get(id(item))
        if found is None:
            filled = paint(item.symbol())
            if filled is not None:
                filled = filled[0], filled[1] * item.itemOpacity()
            found = self._kept[id(item)] = (item, filled)
        return found[1]

    def opaque(self, item: QgsLayoutItemShape) -> bool:
        filled = self.of(item)
        return filled is not None and filled[0].alphaF() * filled[1] > 0.95
