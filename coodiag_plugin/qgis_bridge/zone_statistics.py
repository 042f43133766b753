"""Figures of any polygons, from the indicators of communes or IRIS, or from a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureSource, QgsGeometry, QgsRectangle, QgsVectorLayer

from ..core.choices import ZONE_METHODS
from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from ..core.words import N_, Words
from .grid import Grid, read_grid
from .grid_figures import grid_figures
from .layers import INTEGER, REAL, TEXT, memory_layer, records, transformer
from .part_figures import part_figures, read_parts
from .shapes import metric_crs
from .zone_figures import write
from .zone_log import shown
from .zone_overlay import (
    Layer,
    PeopleGrid,
    areas_inside,
    by_people,
    middles,
    points_inside,
    polygons,
)

if TYPE_CHECKING:
    from ..zones.zone_statistics import Shares

_METHODS = {
    "area": N_("by the part of their surface"),
    "centroid": N_("parts whose centre lies in the zone"),
}
_WORDS = {
    "area": "au prorata de la surface",
    "centroid": "parties dont le centre est dans la zone",
}


def zone_statistics(
    zones: QgsFeatureSource,
    indicators_layer: QgsFeatureSource | None,
    *,
    method: str = "grid",
    grid: QgsFeatureSource | None = None,
    counts: Sequence[str] = (),
    data_folder: Path | None = None,
    min_count: int = MIN_COUNT,
    progress: Progress,
) -> QgsVectorLayer:
    """The zones with the figures of the parts that they cover.

    Counts are summed by the share of each part in the zone: of its surface (``area``), all or
    nothing by its centre (``centroid``), of its people in the squares of the grid (``grid``).
    Rates are recomputed from the sums; medians are given for a zone that is one whole part only.
    ``counts``: more fields of the parts to be summed. ``data_folder``: official statistics, for
    the rates whose parts the layer does not hold. The figures of the grid itself are added.
    """
    _check(method, indicators_layer, grid)
    crs = metric_crs(zones)
    rows, shapes = _zones(zones, crs)
    if not any(not shape.isEmpty() for shape in shapes):
        raise InputError("The layer of zones holds no polygon.")
    squares = None
    if grid is not None:
        squares = read_grid(grid, crs, _extent(shapes), progress.part(0, 0.2))
    columns: dict[str, Any] = {}
    records_of: list[dict[str, Any]] = [{} for _ in rows]
    if indicators_layer is not None:
        parts = read_parts(indicators_layer, crs)
        shares, coverage, spread = _shares(
            shapes, parts.layer, method, squares, progress.part(0.2, 0.7)
        )
        found = part_figures(
            parts, shares, indicators_layer, counts, data_folder, min_count, progress
        )
        write(found, columns, records_of)
        for record, share, by_area in zip(records_of, coverage, spread):
            record["coverage"] = share
            if by_area:
                record["note"] = "partie sans habitant de la grille : au prorata de la surface"
    if squares is not None:
        grid_figures(shapes, squares, columns, records_of, progress.part(0.7, 1.0))
    words = _method_words(method, squares, indicators_layer is not None)
    for record in records_of:
        record["method"] = words
    told = _told_method(method, squares, indicators_layer is not None)
    _tell(records_of, told, squares, progress)
    return _layer(zones, rows, shapes, columns, records_of, crs)


def _check(
    method: str, indicators_layer: QgsFeatureSource | None, grid: QgsFeatureSource | None
) -> None:
    if method not in ZONE_METHODS:
        raise InputError("The method must be grid, area or centroid.")
    if method == "grid" and grid is None:
        raise InputError(
            "The method “grid” needs the squares of a grid: give GRID, or choose the method “area” or “centroid”."
        )
    if indicators_layer is None and grid is None:
        raise InputError("Give the indicators of communes or IRIS (INDICATORS), or a grid (GRID).")


def _zones(source: QgsFeatureSource, crs: str) -> tuple[list[dict[str, Any]], list[QgsGeometry]]:
    to_metres = transformer(source.sourceCrs(), crs)
    rows, shapes = [], []
    for row, shape in records(source):
        moved = QgsGeometry(shape)
        if not moved.isEmpty():
            moved.transform(to_metres)
        rows.append(row)
        shapes.append(polygons(moved))
    return rows, shapes


def _extent(shapes: Iterable[QgsGeometry]) -> QgsRectangle:
    box = QgsRectangle()
    box.setNull()
    for shape in shapes:
        if not shape.isEmpty():
            box.combineExtentWith(shape.boundingBox())
    return box


def _shares(
    zones: Sequence[QgsGeometry],
    parts: Layer,
    method: str,
    squares: Grid | None,
    progress: Progress,
) -> tuple[Shares, list[float], list[bool]]:
    """Shares of the parts in the zones, covered share of each zone (%), and whether some part
    that the grid tells nothing of went by its surface."""
    from ..zones.zone_statistics import shares_matrix

    centres = middles(parts) if method == "centroid" else None
    people = PeopleGrid(squares.cells, squares.people.numbers.tolist()) if squares else None
    found, coverage, spread = [], [], []
    for rank, zone in enumerate(zones):
        progress.set(rank / max(len(zones), 1))
        inside = areas_inside(zone, parts, progress)
        area = zone.area() if not zone.isEmpty() else 0.0
        coverage.append(min(100.0 * sum(inside.values()) / area, 100.0) if area else 0.0)
        by_area = False
        if centres is not None:
            shares = points_inside(zone, centres, progress)
        elif method == "grid" and people is not None:
            told = list(by_people(zone, parts, inside, people, progress))
            shares = {number: share for number, share, _ in told}
            by_area = not all(known for _, _, known in told)
        else:
            shares = {n: a / parts.areas[n] for n, a in inside.items() if parts.areas[n]}
        found.append(shares)
        spread.append(by_area)
    return shares_matrix(found, len(parts.shapes)), coverage, spread


def _method_words(method: str, squares: Grid | None, with_parts: bool) -> str:
    of_grid = ""
    if squares is not None:
        kind = f"carreaux de {squares.side:.0f} m" if squares.side else "points de population"
        of_grid = f"{kind}, au prorata de leur surface" if squares.side else kind
    if not with_parts:
        return of_grid
    if method == "grid":
        return f"population par {of_grid}"
    return _WORDS[method]


def _told_method(method: str, squares: Grid | None, with_parts: bool) -> Words:
    """The method in the log; the one of the table is printed, hence French."""
    of_grid = Words("points of people")
    if squares is not None and squares.side:
        of_grid = Words(
            "squares of {side} m, by the part of their surface", side=f"{squares.side:.0f}"
        )
    if not with_parts:
        return of_grid
    return Words("people by {grid}", grid=of_grid) if method == "grid" else Words(_METHODS[method])


def _tell(
    records_of: Sequence[Mapping[str, Any]], words: Words, squares: Grid | None, progress: Progress
) -> None:
    progress.say("Method: {words}.", words=words)
    if squares is not None:
        progress.say(
            "Grid: {count} squares of {people} people near the zones, {outside} rows elsewhere.",
            count=len(squares.cells.shapes),
            people=round(float(squares.people.numbers.sum())),
            outside=squares.outside,
        )
    short = [r["coverage"] for r in records_of if r.get("coverage") is not None]
    if short:
        progress.say(
            "Share of the surface of the zones that the layer of indicators covers: {least} to {most} %.",
            least=shown(min(short)),
            most=shown(max(short)),
        )
    partial = [share for share in short if share < 99.5]
    if partial:
        progress.warn(
            "{count} zones go beyond the layer of indicators: {least} % of the surface is covered at worst. Their figures are those of the covered part.",
            count=len(partial),
            least=round(min(partial)),
        )


def _layer(
    zones: QgsFeatureSource,
    rows: Sequence[dict[str, Any]],
    shapes: Sequence[QgsGeometry],
    columns: Mapping[str, Any],
    records_of: Sequence[Mapping[str, Any]],
    crs: str,
) -> QgsVectorLayer:
    """Fields of the zones first, those that a figure would overwrite under ``zone_<name>``."""
    told = {"method": TEXT, "coverage": REAL, "squares": INTEGER, "note": TEXT, **columns}
    own = {
        field.name(): (f"zone_{field.name()}" if field.name() in told else field.name())
        for field in zones.fields()
        if field.name().lower() != "fid"
    }
    kinds = {own[field.name()]: field.type() for field in zones.fields() if field.name() in own}
    return memory_layer(
        "zones",
        {**kinds, **told},
        "MultiPolygon",
        crs,
        (
            ({**{own[name]: row[name] for name in own}, **record}, shape)
            for row, record, shape in zip(rows, records_of, shapes)
        ),
    )
