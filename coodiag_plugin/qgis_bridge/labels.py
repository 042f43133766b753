"""Names on maps: how large they are, which go first, where they stand. Their look is in ``styles/``."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsPalLayerSettings,
    QgsProperty,
    QgsPropertyCollection,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from . import families
from .families import TYPE_SCALE, on_paper
from .layouts.fonts import font
from .rules import quoted

__all__ = [
    "INK",
    "NAMED",
    "TYPE_SCALE",
    "label_circles",
    "label_points",
    "rank_names",
    "text_format",
]

INK = "#22313a"
HALO = 0.7  # mm
#: Field by which a style of the folder ``styles`` ranks names; a layer may have another one.
_RANK = quoted("population")
#: A commune with this share of the most populated one's figure holds its name in its circle.
CHIEF_SHARE = 0.3
#: Variable of a layout: a text whose communes alone are named, with the first of them by rank; when
#: it is not set, every commune is that has room.
NAMED, FIRST = "coodiag_noms", 3
_KEY = QgsPalLayerSettings.Property


def text_format(size: float, ink: str, halo: bool = True, italic: bool = False) -> QgsTextFormat:
    """Type of a name in points, with a white halo."""
    result = QgsTextFormat()
    result.setFont(font(size, italic=italic))
    result.setSize(size)
    result.setSizeUnit(Qgis.RenderUnit.Points)
    result.setColor(QColor(ink))
    if halo:
        result.setBuffer(white_halo())
    return result


def white_halo(scale: float = 1.0) -> QgsTextBufferSettings:
    """What keeps letters apart from the map under them."""
    around = QgsTextBufferSettings()
    around.setEnabled(True)
    around.setSize(HALO * scale)
    around.setSizeUnit(Qgis.RenderUnit.Millimeters)
    around.setColor(QColor("#ffffff"))
    return around


def rank_names(layer: QgsVectorLayer, rank: str) -> None:
    """Let the names of a layer, styled already, be ranked by the field ``rank``; by none when empty."""
    if layer.labelsEnabled():
        settings = QgsPalLayerSettings(layer.labeling().settings())
        _rank(settings, rank)
        _few(settings, rank)
        _enable(layer, settings)


def label_circles(layer: QgsVectorLayer, family: str, name: str, field: str, ratio: float) -> None:
    """Names beside the circles of ``field`` (ground radius √(ratio·value/π)), not over them.

    The circle of a chief town is large enough to hold its name.
    """
    settings = families.labels(family)
    settings.fieldName = name
    _rank(settings, field)
    figure = quoted(field)
    radius = f"sqrt({ratio!r} * coalesce({figure}, 0) / pi())"
    chief = f"coalesce({figure} / maximum({figure}) >= {CHIEF_SHARE}, false)"
    properties = settings.dataDefinedProperties()
    away = QgsProperty.fromExpression(f"if({chief}, 0, {radius})")
    properties.setProperty(_KEY.LabelDistance, away)
    settings.setDataDefinedProperties(properties)
    _few(settings, field)
    _enable(layer, settings)


def label_points(layer: QgsVectorLayer, name: str) -> None:
    """Names beside the marks that have room, over two lines when they are long."""
    settings = families.labels("points")
    settings.fieldName = name
    _enable(layer, settings)


def _rank(settings: QgsPalLayerSettings, field: str) -> None:
    """Read ``field`` in the expressions that rank names; without it names are all alike."""
    given = settings.dataDefinedProperties()
    kept = QgsPropertyCollection()
    for key in given.propertyKeys():
        one = given.property(key)
        if _RANK in one.expressionString():
            if not field:
                continue
            one = QgsProperty.fromExpression(one.expressionString().replace(_RANK, quoted(field)))
        kept.setProperty(key, one)
    settings.setDataDefinedProperties(kept)


def _few(settings: QgsPalLayerSettings, field: str) -> None:
    """Where the layout asks for few names: those of its text, and the first by ``field``."""
    told = f"strpos(coalesce(@{NAMED}, ''), {quoted(settings.fieldName)}) > 0"
    shown = f"@{NAMED} is null or {told}"
    if field:
        ranked = f"array_sort(array_agg({quoted(field)}), false)"
        after = f"coalesce(array_get({ranked}, {FIRST}), 0)"  # as many as it are not first
        shown += f" or coalesce({quoted(field)} > {after}, false)"
    properties = settings.dataDefinedProperties()
    properties.setProperty(_KEY.Show, QgsProperty.fromExpression(shown))
    if properties.isActive(_KEY.Priority):
        priority = properties.property(_KEY.Priority).asExpression()
        first = QgsProperty.fromExpression(f"if({told}, 10, {priority})")
        properties.setProperty(_KEY.Priority, first)
    settings.setDataDefinedProperties(properties)


def _enable(layer: QgsVectorLayer, settings: QgsPalLayerSettings) -> None:
    on_paper(settings)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
