"""The layers around a map: communes beneath, neighbours, administrative limits, sites, points."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import Qgis, QgsGeometry, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from . import families, labels
from .layers import TEXT, memory_layer, records

#: Ground of every map, and of the project.
PAPER = QColor("#ffffff")
#: Points of the dossier that may lie under a map, and their colour.
POINTS = {"prospects": "#b0267d", "etablissements": "#6a51a3", "equipements": "#3d7f4d"}
LIMIT_LAYER = "limites"
DEPARTEMENTS = "departements"
#: Level and field of the communes; the strongest last.
LIMITS = (("EPCI", "epci"), ("DEP", "dep"), ("TERRITOIRE", ""))


def style_communes(layer: QgsVectorLayer) -> None:
    """Pale ground under circles and zones."""
    families.put(layer, "communes")


def style_names(layer: QgsVectorLayer, rank: str = "") -> None:
    """Names of the communes alone, the most populated first (``rank``: a count, when it is there)."""
    families.put(layer, "noms")
    labels.rank_names(layer, rank if rank in layer.fields().names() else "")


def style_current(layer: QgsVectorLayer) -> None:
    """The commune of the atlas page alone (field ``codgeo``); nothing outside an atlas."""
    families.put(layer, "commune_de_la_page")


def style_inset(layer: QgsVectorLayer) -> None:
    """The territory in one dark colour, as one shape: the eye finds it at once."""
    families.put(layer, "encart")


def style_departements(layer: QgsVectorLayer) -> None:
    """Départements of an inset: light, with a thin limit."""
    families.put(layer, "departements")


def style_neighbours(layer: QgsVectorLayer) -> None:
    """Light grey with fine white limits."""
    families.put(layer, "voisins")


def style_neighbour_names(layer: QgsVectorLayer) -> None:
    """Small grey names alone."""
    families.put(layer, "noms_voisins")


def style_limits(layer: QgsVectorLayer) -> None:
    """Lines of :func:`limit_layer`, by level."""
    families.put(layer, "limites")


def style_sites(layer: QgsVectorLayer) -> None:
    """The structure's sites with their names (field ``nom``)."""
    families.put(layer, "sites")


def style_points(layer: QgsVectorLayer, fill: str, size: float = 0.0) -> None:
    """Small marks of one colour (prospects, establishments, facilities); ``size`` in mm, 0: as styled."""
    mark = families.symbol("reperes")
    mark.setColor(QColor(fill))
    if size:
        mark.setSize(size)
    layer.setRenderer(QgsSingleSymbolRenderer(mark))
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
    for level, field in LIMITS:
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
