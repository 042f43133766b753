"""Proportional circles: a seventh of the study area at most, the same size on map and legend.

Both are measured from what the renderer draws: the geometry of its circles, feature by feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsDistanceArea,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsLayoutItemShape,
    QgsProject,
    QgsVectorLayer,
)

from .drawn import Features, Theme, has_areas, table_of
from .fault import CIRCLES, Fault, mm, number
from .legends import PREFIX
from .looks import Paints, generator
from .reading import SHAPE, TEXT, Piece, Sheet, least_size

#: Insee, Guide de sémiologie cartographique: circles cover at most this share of the study area.
SHARE = 1 / 7
#: Of that share and of the diameters of the legend: 24 sides a quarter are not quite a circle.
_TOLERANCE = 0.01
_KINDS = ("circles", "coloured_circles")


@dataclass(frozen=True)
class Drawn:
    """Circles of a map: their whole area in m² of ground, and the count that they stand for."""

    area: float
    total: float

    @property
    def ratio(self) -> float:
        """m² per unit of the count."""
        return self.area / self.total if self.total else 0.0


def check(
    sheet: Sheet, themes: Sequence[Theme], features: Features, paints: Paints
) -> Iterator[Fault]:
    """The circles of the maps of a page."""
    for theme in themes:
        layer = theme.subject
        if theme.page is None or layer is None or theme.page.design.kind not in _KINDS:
            continue
        drawn = _measured(theme, layer, features)
        study = _study_area(theme)
        if study and drawn.area > study * SHARE * (1 + _TOLERANCE):
            told = (
                f"les cercles couvrent {number(100 * drawn.area / study)} % du territoire, "
                f"{number(100 * SHARE)} % au plus (un septième)"
            )
            yield Fault(sheet.layout.name(), theme.piece.name, CIRCLES, told)
        yield from _legend(sheet, theme, drawn, paints)


def _measured(theme: Theme, layer: QgsVectorLayer, features: Features) -> Drawn:
    area = total = 0.0
    field = theme.page.design.field if theme.page else ""
    measure = _measure(layer)
    for key in features.keys(layer, theme.map):
        circle = generator(key.symbol)
        if circle is None or not key.features:
            continue
        expression = QgsExpression(circle.geometryExpression())
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        expression.prepare(context)
        for feature in key.features:
            context.setFeature(feature)
            shape = expression.evaluate(context)
            if isinstance(shape, QgsGeometry) and not shape.isEmpty():
                area += measure.measureArea(shape)
                total += float(feature[field] or 0.0)
    return Drawn(area, total)


def _measure(layer: QgsVectorLayer) -> QgsDistanceArea:
    """Plane areas in a projection in metres, on the ellipsoid in degrees."""
    result = QgsDistanceArea()
    result.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    if layer.crs().mapUnits() != Qgis.DistanceUnit.Meters:
        result.setEllipsoid(layer.crs().ellipsoidAcronym())
    return result


def _study_area(theme: Theme) -> float:
    """Area of the communes of the territory, which lie under every map; 0 where none does."""
    for layer in theme.layers:
        if has_areas(layer) and table_of(layer) == "communes":
            measure = _measure(layer)
            return sum(measure.measureArea(item.geometry()) for item in layer.getFeatures())
    return 0.0


def _legend(sheet: Sheet, theme: Theme, drawn: Drawn, paints: Paints) -> Iterator[Fault]:
    """Each circle of the legend has the size that the map gives to its value."""
    circles = sorted(_nest(sheet, paints), key=lambda piece: piece.box.width())
    values = sorted(_values(sheet, circles))
    if not drawn.total:
        return
    if not circles or len(circles) != len(values):
        told = f"{len(circles)} cercles dans la légende pour {len(values)} valeurs lues"
        yield Fault(sheet.layout.name(), theme.piece.name, CIRCLES, told)
        return
    ground = theme.map.extent().width() / theme.map.rect().width()
    for piece, value in zip(circles, values):
        wanted = 2 * math.sqrt(drawn.ratio * value / math.pi) / ground
        found = piece.box.width()
        if abs(found - wanted) > _TOLERANCE * wanted + 0.02:
            told = f"{mm(found)} pour {number(value)}, {mm(wanted)} sur la carte"
            yield Fault(sheet.layout.name(), piece.name, CIRCLES, told)


def _nest(sheet: Sheet, paints: Paints) -> list[Piece]:
    """The circles of a legend: outlines of which each holds the smaller ones."""
    return [
        piece
        for piece in sheet.of(SHAPE)
        if piece.name.startswith(PREFIX)
        and piece.item.shapeType() == QgsLayoutItemShape.Shape.Ellipse
        and paints.of(piece.item) is None
    ]


def _values(sheet: Sheet, circles: Sequence[Piece]) -> Iterator[float]:
    """Numbers written at the right of the circles."""
    if not circles:
        return
    nest = circles[0].box
    for piece in circles[1:]:
        nest = nest.united(piece.box)
    room = 4 * least_size(sheet.paper) / 7
    for piece in sheet.of(TEXT):
        beside = nest.top() - room <= piece.ink.center().y() <= nest.bottom() + room
        if piece.name.startswith(PREFIX) and beside and piece.ink.left() >= nest.center().x():
            value = read_number(piece.words)
            if value is not None:
                yield value


def read_number(text: str) -> float | None:
    """« 1 200,5 » → 1200.5; None for words."""
    plain = "".join(text.split()).replace(",", ".").replace("\u2212", "-")
    try:
        return float(plain)
    except ValueError:
        return None
