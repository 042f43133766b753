"""Départements around the territory: what a locator inset shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsVectorLayer

from ..core.codes import department
from ..core.progress import Progress
from ..core.territory import Territory
from .layers import TEXT, memory_layer, transformer

if TYPE_CHECKING:
    from ..sources.folder import Inventory
    from ..sources.geography import Geography

NAME = "departements"
#: A locator is a few centimetres wide: shapes are simplified to this (metres).
TOLERANCE = 300.0
#: Share of a département's communes below which its outline would be false.
_WHOLE = 0.97


def departement_layer(
    inventory: Inventory, geography: Geography, territory: Territory, progress: Progress
) -> QgsVectorLayer | None:
    """Outlines of the territory's départements, from their own contours, else from the communes'.

    Fields: code, nom. None when no file shows one of them whole.
    """
    wanted = sorted({department(code) for code in territory.communes})
    shapes = _published(inventory, wanted, territory.crs, progress)
    missing = [code for code in wanted if code not in shapes]
    shapes.update(_dissolved(geography, missing, territory.crs, progress))
    if not shapes:
        return None
    rows = (
        ({"code": code, "nom": geography.name(f"DEP:{code}")}, _light(shape))
        for code, shape in sorted(shapes.items())
    )
    return memory_layer(NAME, {"code": TEXT, "nom": TEXT}, "MultiPolygon", territory.crs, rows)


def _published(
    inventory: Inventory, wanted: list[str], crs: str, progress: Progress
) -> dict[str, QgsGeometry]:
    """Shapes of the most recent file of départements."""
    from ..sources.contours import crs_wkt, key_of
    from ..sources.vectors import open_vector

    found: dict[str, QgsGeometry] = {}
    for file in inventory.of("contours_departements")[:1]:
        source = open_vector(file.path, file.member)
        layer = source.GetLayerByName(file.layer) if file.layer else source.GetLayer(0)
        place = layer.GetLayerDefn().GetFieldIndex(key_of(file))
        transform = transformer(QgsCoordinateReferenceSystem.fromWkt(crs_wkt(file)), crs)
        for item in layer:
            progress.check()
            code = item.GetFieldAsString(place)
            if code in wanted and item.GetGeometryRef() is not None:
                shape = QgsGeometry()
                shape.fromWkb(bytes(item.GetGeometryRef().ExportToWkb()))
                shape.transform(transform)
                found[code] = shape
    return found


def _dissolved(
    geography: Geography, wanted: list[str], crs: str, progress: Progress
) -> dict[str, QgsGeometry]:
    """Unions of the communes of a département, where the contours hold nearly all of them."""
    from ..sources.contours import crs_wkt, polygons

    if not wanted or not geography.contours:
        return {}
    file = geography.contours[0].file
    parts: dict[str, list[QgsGeometry]] = {code: [] for code in wanted}
    for code, wkb in polygons(file, lambda code: department(code) in parts, progress.check):
        shape = QgsGeometry()
        shape.fromWkb(wkb)
        parts[department(code)].append(shape)
    transform = transformer(QgsCoordinateReferenceSystem.fromWkt(crs_wkt(file)), crs)
    found = {}
    for code, pieces in parts.items():
        if len(pieces) >= _WHOLE * max(len(geography.members(f"DEP:{code}")), 1):
            progress.check()
            found[code] = QgsGeometry.unaryUnion(pieces)
            found[code].transform(transform)
    return found


def _light(shape: QgsGeometry) -> QgsGeometry:
    result = shape.simplify(TOLERANCE)
    result.convertToMultiType()
    return result
