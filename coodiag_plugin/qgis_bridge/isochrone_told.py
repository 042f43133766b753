"""What the log says of isochrones: their areas and errors, and where the road layer may cut them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsFeatureSource

from ..core.progress import Progress
from .isochrone_output import Drawn, Errors
from .reach_shapes import UNIT_COST
from .shapes import point_table
from .zone_log import shown

if TYPE_CHECKING:
    from ..zones.graph import RoadGraph
    from ..zones.snapping import Snapped

#: Share of wrong places inside a polygon beyond which the log warns, per cent.
MOST_WRONG = 5.0


def tell_result(drawn: Drawn, points: int, mode: str, holes: float, progress: Progress) -> None:
    """Area, errors and missing points of each ring; ``holes``: the largest filled hole, hectares."""
    unit = "min" if mode == "time" else "km"
    for rank, value in enumerate(drawn.values):
        shapes = [row[rank] for row in drawn.shapes if not row[rank].isEmpty()]
        known = [row[rank] for row in drawn.errors]
        told = {
            "value": shown(value),
            "unit": unit,
            "area": shown(sum(shape.area() for shape in shapes) / 1e6),
            "count": len(shapes),
            "inside": _mean([error[0] for error in known]),
            "outside": _mean([error[1] for error in known]),
        }
        if drawn.points:
            progress.say(
                "{value} {unit}: {area} km² in {count} polygons for {points} points; wrong places: {inside} inside, {outside} outside.",
                points=points,
                **told,
            )
        else:
            progress.say(
                "{value} {unit}: {area} km² from {points} points together; wrong places: {inside} inside, {outside} outside.",
                points=points - len(drawn.reasons),
                **told,
            )
    _warn_wrong(drawn.errors, holes, progress)


def _warn_wrong(errors: Sequence[Sequence[Errors]], holes: float, progress: Progress) -> None:
    wrong = [inside for row in errors for inside, _ in row if inside is not None]
    wrong = [inside for inside in wrong if inside > MOST_WRONG]
    if wrong:
        progress.warn(
            "{count} polygons hold more than {limit} % of places that lie beyond their value (inside_error up to {most} %): filled holes under {holes} ha may be large for them. A smaller HOLES leaves more of these open.",
            count=len(wrong),
            limit=shown(MOST_WRONG),
            most=shown(max(wrong)),
            holes=shown(holes),
        )


def _mean(errors: Sequence[float | None]) -> str:
    known = [error for error in errors if error is not None]
    return f"{shown(sum(known) / len(known))} %" if known else "–"


def warn_cut(
    graph: RoadGraph, origins: Snapped, values: Sequence[float], mode: str, progress: Progress
) -> None:
    """Warn once when the largest ring reaches the limit of the roads."""
    count = cut_count(graph, origins, max(values), mode)
    if count:
        progress.warn(
            "The rings of {count} points reach the limit of the road layer within {value} {unit}: the area may be cut off there. Give roads that go further.",
            count=count,
            value=shown(max(values)),
            unit="min" if mode == "time" else "km",
        )


def cut_count(graph: RoadGraph, origins: Snapped, value: float, mode: str) -> int:
    """How many of ``origins`` reach the limit of the roads within ``value``."""
    from ..zones.rim import near_rim
    from ..zones.search import search

    rim = near_rim(graph)
    limit = value * UNIT_COST[mode]
    return sum(
        int((nodes[:, rim] < limit).any(axis=1).sum())
        for _, nodes in search(graph, origins, limit, False, mode)
    )


def sites_cut(graph: RoadGraph, sites: QgsFeatureSource, value: float) -> int:
    """How many points of a layer reach the limit of the roads within ``value`` minutes."""
    from ..zones.snapping import snap
    from .isochrones import SNAP_DISTANCE

    _, places = point_table(sites, graph.crs, sites.sourceName())
    snapped = snap(graph, places, SNAP_DISTANCE)
    return cut_count(graph, snapped.take(snapped.linked.nonzero()[0]), value, "time")
