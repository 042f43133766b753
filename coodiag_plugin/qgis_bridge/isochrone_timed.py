"""The self-check of isochrones by Valhalla: places on both sides re-timed by the server itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
)

from ..core.progress import Progress
from .isochrone_check import UNKNOWN, errors, sample
from .isochrone_output import Errors
from .layers import transforms
from .reach_shapes import UNIT_COST

if TYPE_CHECKING:
    from ..sources.reach.asking import Point, Wanted
    from ..sources.web.client import Web

WGS84 = "EPSG:4326"
#: Places timed for each polygon.
_CHECKED = 100


def between(source: str, target: str) -> QgsCoordinateTransform:
    """Transform from an EPSG code to another one."""
    return QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(source), QgsCoordinateReferenceSystem(target), transforms()
    )


def timed_errors(
    web: Web,
    points: Sequence[Point],
    shapes: Sequence[list[QgsGeometry]],
    wanted: Wanted,
    crs: str,
    progress: Progress,
) -> list[list[Errors]]:
    """Errors of each polygon (METHODS §7) as the server times the places, two requests by point.

    The cost of a place means what it means for the engine roads: that of the trip, and of the leg
    from the road to the place on foot. Unknown, with a warning, where the server cannot time them.
    Raises ServiceError.
    """
    to_degrees, to_metres = between(crs, WGS84), between(WGS84, crs)
    unknown = [UNKNOWN] * len(wanted.values)
    web = web.under(progress)
    result, silent = [], 0
    for rank, (point, row) in enumerate(zip(points, shapes)):
        progress.check()
        progress.set(rank / len(points))
        told = _row_errors(web, point, row, wanted, to_degrees, to_metres)
        silent += told is None
        result.append(told or unknown)
    if silent:
        progress.warn(
            "The server could not time the places of the self-check of {count} points (sources_to_targets): their inside_error and outside_error stay empty.",
            count=silent,
        )
    return result


def _row_errors(
    web: Web,
    point: Point,
    row: list[QgsGeometry],
    wanted: Wanted,
    to_degrees: QgsCoordinateTransform,
    to_metres: QgsCoordinateTransform,
) -> list[Errors] | None:
    """Errors of the polygons of a point; None when the server refuses to time the places."""
    import numpy as np

    from ..sources.reach.asking import Refusal
    from ..sources.reach.valhalla import costs
    from ..sources.web.faults import Kind, ServiceError
    from ..zones.graph import WALK
    from ..zones.reach import DOOR_DISTANCE

    drawn = [rank for rank, shape in enumerate(row) if not shape.isEmpty()]
    drawings = [sample(row[rank], _CHECKED) for rank in drawn]
    if not drawn:
        return [UNKNOWN] * len(row)
    places = np.vstack([places for places, _ in drawings])
    moved = [to_degrees.transform(QgsPointXY(*xy)) for xy in places.tolist()]
    try:
        told = costs(web, point, [(place.x(), place.y()) for place in moved], wanted, DOOR_DISTANCE)
    except Refusal:
        return None
    except ServiceError as error:
        if error.kind not in (Kind.REFUSED, Kind.ERROR_BODY):
            raise
        return None
    result = [UNKNOWN] * len(row)
    start = 0
    for rank, (own, contained) in zip(drawn, drawings):
        some = told[start : start + len(own)]
        start += len(own)
        cost = np.array([seconds for seconds, _ in some])
        near = np.array([_gap(xy, *reached, to_metres) for xy, reached in zip(own.tolist(), some)])
        cost = cost + near / (WALK if wanted.mode == "time" else 1.0)
        limit = wanted.values[rank] * UNIT_COST[wanted.mode]
        result[rank] = errors(contained, cost <= limit, near <= DOOR_DISTANCE)
    return result


def _gap(
    place: Sequence[float],
    cost: float,
    end: tuple[float, float] | None,
    to_metres: QgsCoordinateTransform,
) -> float:
    """Metres from a place to the end of the trip on the road; 0 when the server does not tell it,
    inf when there is none."""
    if end is None:
        return 0.0 if math.isfinite(cost) else math.inf
    return float(to_metres.transform(QgsPointXY(*end)).distance(QgsPointXY(*place)))
