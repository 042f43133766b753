"""Shapes of communes from the contours of a folder, on one commune list, in one projection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsRectangle,
    QgsWkbTypes,
)

from ..core.errors import SourceError, TerritoryError
from ..core.progress import Progress
from .layers import transformer

if TYPE_CHECKING:
    from ..sources.contours import ContourList
    from ..sources.folder import OfficialFile
    from ..sources.geography import Geography

#: Pieces and holes smaller than this (m²) come from limits that do not quite meet.
SLIVER_AREA = 100.0
#: Limits of merged communes that lie this close (m) are the same limit.
GAP = 1.0
#: How many missing communes a refusal names.
NAMED = 5


class CommuneShapes:
    """Reads shapes, the most recent list first; remembers the files it has used."""

    def __init__(self, geography: Geography, crs: str, progress: Progress) -> None:
        from ..sources.geography import targets

        if not geography.contours:
            raise SourceError(
                "The folder holds no contours of communes. Add a layer of communes, for example ADMIN EXPRESS of IGN."
            )
        self._geography = geography
        self._crs = crs
        self._progress = progress
        self._targets = {
            item: targets(item, geography.changes, geography.cog) for item in geography.contours
        }
        self.used: dict[OfficialFile, None] = {}

    def of(self, codes: Iterable[str]) -> dict[str, QgsGeometry]:
        """Shape of each commune; those that no contours show are refused together, by name.

        One file is used when one has them all, the most recent list first; else several.
        """
        wanted = list(dict.fromkeys(codes))
        lists = sorted(self._targets, key=lambda item: not self._covers(item, wanted))
        found: dict[str, QgsGeometry] = {}
        for item in lists:
            rest = {code for code in wanted if code not in found}
            if not rest:
                break
            shapes = self._read(item, rest)
            if shapes and found:
                self._progress.warn(
                    "No single file has the contours of every commune: {count} come from {file}.",
                    count=len(shapes),
                    file=item.file.name,
                )
            found.update(shapes)
        self._refuse_missing([code for code in wanted if code not in found])
        return {code: found[code] for code in wanted}

    def _covers(self, item: ContourList, wanted: Collection[str]) -> bool:
        return set(wanted) <= set(self._targets[item].values())

    def _refuse_missing(self, missing: list[str]) -> None:
        if missing:
            named = [f"{self._geography.name(code)} ({code})" for code in missing[:NAMED]]
            raise TerritoryError(
                "The folder has no contours for {count} communes of the territory: {names}{more}. Add the contours of their département.",
                count=len(missing),
                names=", ".join(named),
                more="…" if len(missing) > NAMED else "",
            )

    def _read(self, item: ContourList, wanted: Collection[str]) -> dict[str, QgsGeometry]:
        """Shapes of one file; communes that have merged since are put together."""
        from ..sources.contours import polygons

        target = self._targets[item]
        pieces: dict[str, list[QgsGeometry]] = {}
        transform = self._transform(item)
        for code, wkb in polygons(
            item.file, lambda c: target.get(c) in wanted, self._progress.check
        ):
            pieces.setdefault(target[code], []).append(cleaned(shape_of(wkb), transform))
        if pieces:
            self.used[item.file] = None
        return {code: joined(parts) for code, parts in pieces.items()}

    def meeting(self, area: QgsGeometry) -> list[str]:
        """Codes of the communes whose envelope meets that of ``area`` (in the CRS of the shapes)."""
        codes: dict[str, None] = {}
        for item in self._targets:
            for code in self._codes_in(item, area.boundingBox()):
                codes[code] = None
        return list(codes)

    def _codes_in(self, item: ContourList, box: QgsRectangle) -> Iterator[str]:
        from ..sources.contours import polygons

        target = self._targets[item]
        back = self._transform(item).transformBoundingBox(box, Qgis.TransformDirection.Reverse)
        within = (back.xMinimum(), back.yMinimum(), back.xMaximum(), back.yMaximum())
        for code, _ in polygons(item.file, target.__contains__, self._progress.check, within):
            yield target[code]

    def _transform(self, item: ContourList) -> QgsCoordinateTransform:
        from ..sources.contours import crs_wkt

        return transformer(QgsCoordinateReferenceSystem.fromWkt(crs_wkt(item.file)), self._crs)


def shape_of(wkb: bytes) -> QgsGeometry:
    shape = QgsGeometry()
    shape.fromWkb(wkb)
    return shape


def cleaned(shape: QgsGeometry, transform: QgsCoordinateTransform) -> QgsGeometry:
    """The shape reprojected, valid, polygons only."""
    result = QgsGeometry(shape)
    result.transform(transform)
    return as_multipolygon(result if result.isGeosValid() else result.makeValid())


def as_multipolygon(shape: QgsGeometry) -> QgsGeometry:
    """Polygons of a shape as one multipolygon, without the lines and points that repairs leave."""
    parts = [
        part
        for part in shape.asGeometryCollection()
        if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    ]
    result = QgsGeometry.collectGeometry(parts)
    result.convertToMultiType()
    return result


def joined(parts: list[QgsGeometry]) -> QgsGeometry:
    """Parts of a commune as one shape, closed where their limits do not quite meet."""
    if len(parts) == 1:
        return parts[0]
    whole = QgsGeometry.unaryUnion([_grown(part, GAP) for part in parts])
    whole = _grown(whole, -GAP).removeInteriorRings(SLIVER_AREA)
    pieces = [piece for piece in whole.asGeometryCollection() if piece.area() >= SLIVER_AREA]
    return as_multipolygon(QgsGeometry.collectGeometry(pieces))


def _grown(shape: QgsGeometry, distance: float) -> QgsGeometry:
    """The shape with its limits moved, corners kept sharp so that moving back restores them."""
    return shape.buffer(distance, 1, Qgis.EndCapStyle.Flat, Qgis.JoinStyle.Miter, 5.0)
