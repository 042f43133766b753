"""The layers around a map: communes beneath, neighbours, administrative limits, sites, points."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsMergedFeatureRenderer,
    QgsNullSymbolRenderer,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from . import labels
from .layers import TEXT, memory_layer, records
from .symbols import circle_symbol, fill_symbol, simple_fill

#: Ground of every map, and of the project.
PAPER = QColor("#ffffff")
COMMUNE_FILL, COMMUNE_LIMIT = "#f7f4ec", "#b9b3a4"
NEIGHBOUR_FILL, NEIGHBOUR_LIMIT = "#ececec", "#ffffff"
CURRENT_FILL, CURRENT_LIMIT = "#ffd98a", "#22313a"
SITE_FILL, SITE_OUTLINE = "#1b1b1b", "#ffffff"
LIMIT_LAYER = "limites"
#: The ground is on every map and inset: points that bend its limits by less than 0.06 mm of paper
#: are left out. Without a scale (a legend) all are kept.
_SEEN = "simplify(@geometry, coalesce(0.00006 * @map_scale, 0))"
DEPARTEMENTS = "departements"
INSET_FILL = "#33505c"
#: Level, field of the communes, name in the legend, style of the line; the strongest last.
LIMITS = (
    (
        "EPCI",
        "epci",
        "Limite d’intercommunalité",
        {"line_color": "#5f6b73", "line_width": "0.3", "line_style": "dash"},
    ),
    ("DEP", "dep", "Limite de département", {"line_color": "#3c464c", "line_width": "0.4"}),
    ("TERRITOIRE", "", "Limite du territoire", {"line_color": "#22313a", "line_width": "0.45"}),
)


def _ground(fill: str, limit: str, width: float) -> QgsFillSymbol:
    """A plain fill without the points that nobody could see at the scale of the map."""
    inside = fill_symbol(simple_fill(fill, limit, width))
    return circle_symbol(Qgis.GeometryType.Polygon, inside, _SEEN)


def style_communes(layer: QgsVectorLayer) -> None:
    """Pale ground under circles and zones."""
    layer.setRenderer(QgsSingleSymbolRenderer(_ground(COMMUNE_FILL, COMMUNE_LIMIT, 0.15)))
    layer.setLabelsEnabled(False)


def style_names(layer: QgsVectorLayer, rank: str = "") -> None:
    """Names of the communes alone, the most populated first (``rank``: a count, when it is there)."""
    layer.setRenderer(QgsNullSymbolRenderer())
    labels.label_communes(layer, rank=rank if rank in layer.fields().names() else "")


def style_current(layer: QgsVectorLayer) -> None:
    """The commune of the atlas page alone (field ``codgeo``); nothing outside an atlas."""
    root = QgsRuleBasedRenderer.Rule(None)
    symbol = fill_symbol(simple_fill(CURRENT_FILL, CURRENT_LIMIT, 0.5))
    where = "\"codgeo\" = attribute(@atlas_feature, 'codgeo')"
    rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, where, "Commune de la page")
    rule.setRuleKey("coodiag-page")
    root.appendChild(rule)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    layer.setLabelsEnabled(False)


def style_inset(layer: QgsVectorLayer) -> None:
    """The territory in one dark colour, as one shape: the eye finds it at once."""
    single = QgsSingleSymbolRenderer(fill_symbol(simple_fill(INSET_FILL, INSET_FILL, 0.2)))
    layer.setRenderer(QgsMergedFeatureRenderer(single))
    layer.setLabelsEnabled(False)


def style_departements(layer: QgsVectorLayer) -> None:
    """Départements of an inset: light, with a thin limit."""
    layer.setRenderer(
        QgsSingleSymbolRenderer(fill_symbol(simple_fill(NEIGHBOUR_FILL, "#8d979e", 0.2)))
    )
    layer.setLabelsEnabled(False)


def style_neighbours(layer: QgsVectorLayer) -> None:
    """Light grey with fine white limits."""
    layer.setRenderer(QgsSingleSymbolRenderer(_ground(NEIGHBOUR_FILL, NEIGHBOUR_LIMIT, 0.2)))
    layer.setLabelsEnabled(False)


def style_neighbour_names(layer: QgsVectorLayer) -> None:
    """Small grey names alone."""
    layer.setRenderer(QgsNullSymbolRenderer())
    labels.label_neighbours(layer)


def style_limits(layer: QgsVectorLayer) -> None:
    """Lines of :func:`limit_layer`, by level."""
    root = QgsRuleBasedRenderer.Rule(None)
    for level, _, name, line in LIMITS:
        symbol = QgsLineSymbol.createSimple({**line, "joinstyle": "round", "capstyle": "round"})
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"niveau\" = '{level}'", name)
        rule.setRuleKey(f"coodiag-{level.lower()}")
        root.appendChild(rule)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    layer.setLabelsEnabled(False)


def style_sites(layer: QgsVectorLayer, name: str = "nom") -> None:
    """The structure's sites: black diamonds with their names."""
    symbol = QgsMarkerSymbol.createSimple(
        {
            "name": "diamond",
            "color": SITE_FILL,
            "outline_color": SITE_OUTLINE,
            "outline_width": "0.3",
            "size": "3.6",
        }
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    if name in layer.fields().names():
        labels.label_sites(layer, name)


def style_points(layer: QgsVectorLayer, fill: str, size: float = 1.8) -> None:
    """Small marks of one colour (prospects, establishments, facilities)."""
    symbol = QgsMarkerSymbol.createSimple(
        {
            "name": "circle",
            "color": fill,
            "outline_color": "#ffffff",
            "outline_width": "0.15",
            "size": str(size),
        }
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setLabelsEnabled(False)


def limit_layer(
    communes: QgsVectorLayer, neighbours: QgsVectorLayer | None = None
) -> QgsVectorLayer:
    """Lines between intercommunalités, between départements, and around the territory.

    Built from the polygons of the communes and of their neighbours, in the communes' projection;
    a line that only bounds what is loaded (the edge of the neighbours) is not a limit and is left
    out. Fields: ``niveau`` (EPCI, DEP, TERRITOIRE).
    """
    inside = list(records(communes))
    around = list(records(neighbours)) if neighbours is not None else []
    rows = []
    for level, field, _, _ in LIMITS:
        if not field:
            line = _outline(shape for _, shape in inside)
        else:
            groups: dict[str, list[QgsGeometry]] = {}
            for row, shape in (*inside, *around):
                if row.get(field):
                    groups.setdefault(str(row[field]), []).append(shape)
            line = _between([QgsGeometry.unaryUnion(group) for group in groups.values()])
        if not line.isEmpty():
            rows.append(({"niveau": level}, line))
    return memory_layer(
        LIMIT_LAYER, {"niveau": TEXT}, "MultiLineString", communes.crs().authid(), rows
    )


def _outline(shapes: Iterable[QgsGeometry]) -> QgsGeometry:
    return _lines(_boundary(QgsGeometry.unaryUnion(list(shapes))))


def _between(shapes: list[QgsGeometry]) -> QgsGeometry:
    """Lines shared by two of the shapes."""
    shared = [
        _lines(_boundary(one).intersection(_boundary(other)))
        for rank, one in enumerate(shapes)
        for other in shapes[rank + 1 :]
        if one.boundingBox().intersects(other.boundingBox())
    ]
    return _lines(QgsGeometry.unaryUnion([line for line in shared if not line.isEmpty()]))


def _boundary(shape: QgsGeometry) -> QgsGeometry:
    return QgsGeometry(shape.constGet().boundary()) if not shape.isEmpty() else QgsGeometry()


def _lines(shape: QgsGeometry) -> QgsGeometry:
    """The lines of a geometry as one MultiLineString, joined end to end (points go)."""
    parts = [
        part
        for part in shape.asGeometryCollection()
        if part.type() == Qgis.GeometryType.Line and part.length() > 0
    ]
    if not parts:
        return QgsGeometry()
    merged = QgsGeometry.collectGeometry(parts).mergeLines()
    merged.convertToMultiType()
    return merged
