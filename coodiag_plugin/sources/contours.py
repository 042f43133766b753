"""Polygons of communes: which lists of contours a folder holds, and their shapes as WKB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from osgeo import ogr

from ..core.codes import commune_code
from ..core.errors import SourceError
from ..core.progress import Progress
from . import vectors
from .changes import Changes
from .folder import Inventory, OfficialFile, read_columns
from .official_file import list_year

#: xmin, ymin, xmax, ymax in the coordinates of the file.
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class ContourList:
    """A layer of communes: the codes it holds as written, and the year of its commune list."""

    file: OfficialFile
    codes: frozenset[str]
    year: int | None

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Sort key: most recent list first, then the most complete, then the newest edition."""
        return (-(self.year or 0), -len(self.codes), -(self.file.vintage or 0), self.file.name)


def contour_lists(inventory: Inventory, changes: Changes, progress: Progress) -> list[ContourList]:
    """Every layer of communes of the folder, the best first.

    The year of a list is told by its codes and the table of changes, not by the file name: a
    layer called 2024 that still has a commune merged on 1 January 2024 follows the list of 2023.
    """
    lists = []
    for file in inventory.of("contours_communes"):
        progress.check()
        key = key_of(file)
        codes = {commune_code(cell) for cell in read_columns(file, [key])[key]}
        known = frozenset(code for code in codes if code is not None)
        if known:
            lists.append(ContourList(file, known, changes.list_year(known, list_year(file))))
    return sorted(lists, key=lambda item: item.rank)


def key_of(file: OfficialFile) -> str:
    if file.key is None:
        raise SourceError("The file {file} has no column of commune codes.", file=file.name)
    return file.key


def crs_wkt(file: OfficialFile) -> str:
    """Coordinate reference system of a layer as WKT; a layer without one is refused."""
    source = vectors.open_vector(file.path, file.member)
    layer = source.GetLayerByName(file.layer) if file.layer else source.GetLayer(0)
    reference = layer.GetSpatialRef()
    if reference is None:
        raise SourceError(
            "The contours of {file} have no coordinate reference system. Set it in QGIS, save the layer, and run again.",
            file=file.name,
        )
    return str(reference.ExportToWkt())


def polygons(
    file: OfficialFile,
    wanted: Callable[[str], bool],
    check: Callable[[], None],
    within: Rectangle | None = None,
) -> Iterator[tuple[str, bytes]]:
    """``(commune code, WKB)`` of the polygons whose code is wanted, in the CRS of the file.

    ``within``: only polygons whose envelope meets this rectangle. Shapes come as they are in the
    file: a commune in several pieces may come several times, and nothing is repaired here.
    """
    source = vectors.open_vector(file.path, file.member)
    layer = source.GetLayerByName(file.layer) if file.layer else source.GetLayer(0)
    if within is not None:
        layer.SetSpatialFilterRect(*within)
    place = layer.GetLayerDefn().GetFieldIndex(key_of(file))
    for item in layer:
        check()
        code = commune_code(item.GetFieldAsString(place))
        shape = item.GetGeometryRef()
        if code is None or shape is None or shape.IsEmpty() or not wanted(code):
            continue
        if shape.HasCurveGeometry():
            shape = shape.GetLinearGeometry()
        shape.FlattenTo2D()
        yield code, bytes(shape.ExportToWkb(ogr.wkbNDR))
