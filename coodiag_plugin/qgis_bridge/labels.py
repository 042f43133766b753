"""Names on maps: communes with halos and without overlaps, neighbours small and grey."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLabelObstacleSettings,
    QgsPalLayerSettings,
    QgsProperty,
    QgsPropertyCollection,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from .layouts.fonts import font
from .rules import quoted

INK, FAINT = "#22313a", "#6f767b"
COMMUNE_SIZE, CHIEF_SIZE, NEIGHBOUR_SIZE = 7.5, 9.0, 7.0  # points; nothing under 7 on A4
HALO = 0.7  # mm
#: A commune with this share of the most populated one's figure is named as a chief town.
CHIEF_SHARE = 0.3


def text_format(size: float, ink: str, halo: bool = True, italic: bool = False) -> QgsTextFormat:
    """Type of a name in points, with a white halo."""
    result = QgsTextFormat()
    result.setFont(font(size, italic=italic))
    result.setSize(size)
    result.setSizeUnit(Qgis.RenderUnit.Points)
    result.setColor(QColor(ink))
    if halo:
        around = QgsTextBufferSettings()
        around.setEnabled(True)
        around.setSize(HALO)
        around.setSizeUnit(Qgis.RenderUnit.Millimeters)
        around.setColor(QColor("#ffffff"))
        result.setBuffer(around)
    return result


def label_communes(layer: QgsVectorLayer, name: str = "nom", rank: str = "") -> None:
    """Name the communes, the most important first (``rank``: a count such as the population).

    Names that would overlap are left out from the least important up; the chief towns are larger
    and bold.
    """
    settings = _settings(name, text_format(COMMUNE_SIZE, INK))
    if rank:
        settings.setDataDefinedProperties(_by_importance(rank))
    _enable(layer, settings)


def label_circles(layer: QgsVectorLayer, name: str, field: str, ratio: float) -> None:
    """Names beside the circles of ``field`` (ground radius √(ratio·value/π)), not over them.

    The circle of a chief town is large enough to hold its name.
    """
    settings = _settings(name, text_format(COMMUNE_SIZE, INK))
    settings.geometryGeneratorEnabled = True
    settings.geometryGeneratorType = Qgis.GeometryType.Point
    settings.geometryGenerator = "point_on_surface(@geometry)"
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = 0
    settings.distUnits = Qgis.RenderUnit.MapUnits
    place = Qgis.LabelPredefinedPointPosition
    settings.pointSettings().setPredefinedPositionOrder(
        [place.BottomMiddle, place.TopMiddle, place.MiddleRight, place.MiddleLeft]
    )
    properties = _by_importance(field)
    radius = f"sqrt({ratio!r} * coalesce({quoted(field)}, 0) / pi())"
    properties.setProperty(
        QgsPalLayerSettings.Property.LabelDistance,
        QgsProperty.fromExpression(f"if({_chief(field)}, 0, {radius})"),
    )
    settings.setDataDefinedProperties(properties)
    _enable(layer, settings)


def _chief(rank: str) -> str:
    return f"coalesce({quoted(rank)} / maximum({quoted(rank)}) >= {CHIEF_SHARE}, false)"


def _by_importance(rank: str) -> QgsPropertyCollection:
    """Size, weight and priority of names by a count."""
    figure, key = quoted(rank), QgsPalLayerSettings.Property
    expressions = {
        key.Size: f"if({_chief(rank)}, {CHIEF_SIZE}, {COMMUNE_SIZE})",
        key.Bold: _chief(rank),
        # Priority 2–10 on the order of magnitude: a town goes before the villages around it.
        key.Priority: f"coalesce(2 + 8 * ln(1 + {figure}) / ln(1 + maximum({figure})), 2)",
    }
    properties = QgsPropertyCollection()
    for name, expression in expressions.items():
        properties.setProperty(name, QgsProperty.fromExpression(expression))
    return properties


def label_neighbours(layer: QgsVectorLayer, name: str = "nom") -> None:
    """Small grey names, given up before those of the territory."""
    settings = _settings(name, text_format(NEIGHBOUR_SIZE, FAINT, halo=False, italic=True))
    settings.priority = 0
    settings.fitInPolygonOnly = True
    _enable(layer, settings)


def label_sites(layer: QgsVectorLayer, name: str) -> None:
    """Bold names of the structure's sites beside their marks."""
    chosen = text_format(COMMUNE_SIZE, INK)
    face = chosen.font()
    face.setBold(True)
    chosen.setFont(face)
    settings = _settings(name, chosen)
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = 1.2
    settings.priority = 10
    _enable(layer, settings)


def label_points(layer: QgsVectorLayer, name: str, room: float) -> None:
    """Names beside marks that have ``room`` (mm of paper) to themselves, over two lines when long."""
    settings = _settings(name, text_format(NEIGHBOUR_SIZE, INK))
    settings.placement = Qgis.LabelPlacement.OrderedPositionsAroundPoint
    settings.dist = 2.0
    settings.autoWrapLength = 24
    settings.priority = 6
    alone = (
        f"array_length(overlay_nearest(@layer, 1, limit:=1, max_distance:={room / 1000!r}"
        " * @map_scale)) = 0"
    )
    properties = QgsPropertyCollection()
    properties.setProperty(QgsPalLayerSettings.Property.Show, QgsProperty.fromExpression(alone))
    settings.setDataDefinedProperties(properties)
    _enable(layer, settings)


def _settings(name: str, chosen: QgsTextFormat) -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = name
    settings.isExpression = False
    settings.setFormat(chosen)
    settings.placement = Qgis.LabelPlacement.OverPoint
    settings.centroidInside = True
    settings.centroidWhole = False
    # Areas do not push names away: only names push names, or the villages would lose theirs.
    obstacle = QgsLabelObstacleSettings()
    obstacle.setIsObstacle(False)
    settings.setObstacleSettings(obstacle)
    return settings


def _enable(layer: QgsVectorLayer, settings: QgsPalLayerSettings) -> None:
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
