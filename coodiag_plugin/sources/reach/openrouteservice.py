"""openrouteservice: all the rings of five points by request, with the user's key.

``POST /v2/isochrones/{profile}``. One point without a road fails the whole request (HTTP 500, code
3099), so the points of a refused lot are asked one by one. A server of one's own (URL without a
key) has its own row of the catalogue, without key or quota.
"""

from __future__ import annotations

import math
from typing import Any

from ..web.client import Web
from ..web.request import Request
from .asking import SNAP_DISTANCE, Lack, Lot, Point, Reach, Refusal, Why, fetch, rings
from .shapes import Shape, shape_of
from .valhalla import nearest

SERVICE, OWN_SERVER = "openrouteservice", "openrouteservice_serveur"
#: Code of the service: a value above or under its limits, and an isochrone that it cannot build.
_ABOVE, _UNDER, _UNBUILT = 3004, 3012, 3099
_DEGREE = 111_195.0  # metres of a degree of latitude on a sphere of 6 371 km


class OpenRouteService:
    """See :class:`~.asking.Engine`."""

    most_points = 5
    most_values = 10
    at_once = 1
    profiles = {"car": "driving-car", "bike": "cycling-regular", "foot": "foot-walking"}

    def __init__(self, service: str = SERVICE) -> None:
        self.service = service

    def ask(self, web: Web, lot: Lot) -> Reach:
        wanted = lot.wanted
        asked = {wanted.cost(value): value for value in wanted.values}
        body = {
            "locations": [[round(point.lon, 6), round(point.lat, 6)] for point in lot.points],
            "range": list(asked),
            "range_type": wanted.mode,
            "location_type": "start",
        }
        request = Request.of_json(
            self.service,
            f"isochrones/{self.profiles[wanted.profile]}",
            body,
            accept=(400, 404, 413, 500),
            private=wanted.private,
        )

        def read(answer: Any) -> Reach:
            shapes: dict[tuple[int, float], Shape] = {}
            away: set[int] = set()
            for feature in answer["features"]:
                told = feature["properties"]
                rank = int(told["group_index"])
                if not 0 <= rank < len(lot.points):
                    raise ValueError(f"a point {rank} that was not asked")
                point = lot.points[rank]
                if _away(point, told.get("center")) > SNAP_DISTANCE:
                    away.add(point.row)
                    continue
                value = asked[nearest(told["value"], list(asked))]
                shapes.setdefault((point.row, value), []).extend(shape_of(feature["geometry"]))
            found = rings(lot, shapes)
            for row, value in list(found.lacks):
                if row in away:
                    found.lacks[row, value] = Lack(Why.NO_ROAD)
            return found

        return fetch(web, request, read)

    def lack(self, refusal: Refusal) -> Lack:
        if refusal.code == _ABOVE and "range" in refusal.words:
            return Lack(Why.TOO_FAR, refusal.words)
        if refusal.code == _UNBUILT:
            return Lack(Why.NO_ROAD)
        return Lack(Why.REFUSED, refusal.words)

    def parts(self, refusal: Refusal, lot: Lot) -> list[Lot]:
        if refusal.code in (_ABOVE, _UNDER):
            if "locations" in refusal.words:
                return lot.by_point()
            return lot.by_value()
        return lot.by_point() if refusal.code == _UNBUILT else []


def _away(point: Point, centre: Any) -> float:
    """Metres between a point and where the service put it, 0 when it does not tell."""
    if centre is None:
        return 0.0
    east = (float(centre[0]) - point.lon) * math.cos(math.radians(point.lat))
    return math.hypot(east, float(centre[1]) - point.lat) * _DEGREE
