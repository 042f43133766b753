"""A server of Valhalla, run by the user or their network: four rings of one point by request.

``POST /isochrone``. The default limits of a server (``service_limits.isochrone``) are 4 contours,
120 minutes and 200 km; one that allows fewer contours is asked one by one. Where there is no road
the server draws a lozenge of a few metres around the point all the same (version 3.9): only the
place on the road, which ``show_locations`` adds to the answer, tells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ..web.client import Web
from ..web.request import Request
from .asking import SNAP_DISTANCE, Lack, Lot, Point, Reach, Refusal, Wanted, Why, fetch, rings
from .shapes import Shape, shape_of

#: Share of the largest contour under which an island is left out (0: none is), and the tolerance
#: of the simplification, metres.
DENOISE, GENERALIZE = 0.0, 10.0
#: Most places timed by one request (``service_limits.*.max_matrix_location_pairs`` is 2 500).
MATRIX_PLACES = 1000
_TIME, _CONTOURS, _DISTANCE, _CONTOUR_DISTANCE, _NO_EDGE = 151, 152, 154, 166, 171
#: Unreachable places are given as null, or as this many seconds by older versions.
_NEVER = 4e9


class Valhalla:
    """See :class:`~.asking.Engine`."""

    service = "valhalla"
    most_points = 1
    most_values = 4
    at_once = 2
    profiles = {"car": "auto", "bike": "bicycle", "foot": "pedestrian"}

    def ask(self, web: Web, lot: Lot) -> Reach:
        (point,), wanted = lot.points, lot.wanted
        body = {
            "locations": [_location(point)],
            "costing": self.profiles[wanted.profile],
            "contours": [{wanted.mode: value} for value in wanted.values],
            "polygons": True,
            "denoise": DENOISE,
            "generalize": GENERALIZE,
            "show_locations": True,
        }
        request = Request.of_json(
            self.service, "isochrone", body, accept=(400, 404), private=wanted.private
        )

        def read(answer: Any) -> Reach:
            shapes: dict[tuple[int, float], Shape] = {}
            for feature in answer["features"]:
                if feature["properties"].get("type") == "snapped":
                    if not feature["geometry"]["coordinates"]:
                        return Reach(lacks=dict.fromkeys(lot.pairs(), Lack(Why.NO_ROAD)))
                    continue
                shape = shape_of(feature["geometry"])
                if shape:  # the point of the question comes back among the rings
                    value = nearest(feature["properties"]["contour"], wanted.values)
                    shapes.setdefault((point.row, value), []).extend(shape)
            return rings(lot, shapes)

        return fetch(web, request, read)

    def lack(self, refusal: Refusal) -> Lack:
        if refusal.code in (_TIME, _DISTANCE, _CONTOUR_DISTANCE):
            return Lack(Why.TOO_FAR, refusal.words)
        if refusal.code == _NO_EDGE:
            return Lack(Why.NO_ROAD)
        return Lack(Why.REFUSED, refusal.words)

    def parts(self, refusal: Refusal, lot: Lot) -> list[Lot]:
        by_value = refusal.code in (_TIME, _CONTOURS, _DISTANCE, _CONTOUR_DISTANCE)
        return lot.by_value() if by_value else []


def costs(
    web: Web, origin: Point, places: Sequence[tuple[float, float]], wanted: Wanted, away: float
) -> list[tuple[float, tuple[float, float] | None]]:
    """Seconds or metres from a point to each place (degrees), inf where it cannot be reached.

    With each, the place on the road where the trip ends: None without a road within ``away``
    metres, or when the server does not tell it (``POST /sources_to_targets`` says it since version
    3.5). ``POST /locate`` comes first, since one place without a road fails the whole matrix.
    """
    near = _near(web, places, wanted, away)
    found: list[tuple[float, tuple[float, float] | None]] = [(math.inf, None)] * len(places)
    for start in range(0, len(near), MATRIX_PLACES):
        ranks = near[start : start + MATRIX_PLACES]
        body = {
            "sources": [_location(origin)],
            "targets": [_place(*places[rank]) for rank in ranks],
            "costing": Valhalla.profiles[wanted.profile],
            "units": "km",
        }

        def read(answer: Any, count: int = len(ranks)) -> list[Any]:
            (row,) = answer["sources_to_targets"]
            told = {cell["to_index"]: _cost(cell, wanted.mode) for cell in row}
            return [told[rank] for rank in range(count)]

        for rank, cost in zip(ranks, _asked(web, "sources_to_targets", body, wanted, read)):
            found[rank] = cost
    return found


def _near(
    web: Web, places: Sequence[tuple[float, float]], wanted: Wanted, away: float
) -> list[int]:
    """Ranks of the places that have a road within ``away`` metres."""
    found = []
    for start in range(0, len(places), MATRIX_PLACES):
        some = places[start : start + MATRIX_PLACES]
        body = {
            "locations": [{**_place(lon, lat), "search_cutoff": away} for lon, lat in some],
            "costing": Valhalla.profiles[wanted.profile],
            "verbose": False,
        }

        def read(answer: Any, count: int = len(some)) -> list[bool]:
            return [bool(answer[rank]["edges"]) for rank in range(count)]

        told = _asked(web, "locate", body, wanted, read)
        found += [start + rank for rank, is_near in enumerate(told) if is_near]
    return found


def _asked(
    web: Web, path: str, body: dict[str, Any], wanted: Wanted, read: Callable[[Any], list[Any]]
) -> list[Any]:
    request = Request.of_json(
        Valhalla.service, path, body, accept=(400, 404), private=wanted.private
    )
    return fetch(web, request, read)


def _cost(cell: Any, mode: str) -> tuple[float, tuple[float, float] | None]:
    told = cell.get("time" if mode == "time" else "distance")
    cost = math.inf if told is None else float(told) * (1 if mode == "time" else 1000)
    end = None
    if cell.get("end_lon") is not None and cell.get("end_lat") is not None:
        end = float(cell["end_lon"]), float(cell["end_lat"])
    return (cost if cost < _NEVER else math.inf), end


def _location(point: Point) -> dict[str, float]:
    return {**_place(point.lon, point.lat), "search_cutoff": SNAP_DISTANCE}


def _place(lon: float, lat: float) -> dict[str, float]:
    return {"lat": round(lat, 6), "lon": round(lon, 6)}


def nearest(told: Any, values: Sequence[float]) -> float:
    """The value asked that an answer names; raises ValueError when it names none of them."""
    value = min(values, key=lambda asked: abs(asked - float(told)))
    if abs(value - float(told)) > 1e-3 * max(value, 1):
        raise ValueError(f"a ring of {told!r} that was not asked"[:80])
    return value
