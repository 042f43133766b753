"""Isochrones of the Géoplateforme (IGN), computed on BD TOPO: one request by point and value.

``GET /navigation/isochrone``, resource ``bdtopo-valhalla``. The service knows cars and pedestrians
(4 km/h) only. Where the value is too small for an area it gives the point itself, in the sea it
answers 404 « No iso found ».
"""

from __future__ import annotations

from typing import Any

from ..web.client import Web
from ..web.request import Request
from .asking import Lack, Lot, Reach, Refusal, Why, fetch, rings
from .shapes import shape_of

RESOURCE = "bdtopo-valhalla"
_NOWHERE = ("no iso found", "no data found")


class Geoplateforme:
    """See :class:`~.asking.Engine`."""

    service = "isochrone"
    most_points = 1
    most_values = 1
    at_once = 4
    profiles = {"car": "car", "foot": "pedestrian"}

    def ask(self, web: Web, lot: Lot) -> Reach:
        (point,), (value,), wanted = lot.points, lot.wanted.values, lot.wanted
        by_time = wanted.mode == "time"
        request = Request.get(
            self.service,
            "isochrone",
            {
                "resource": RESOURCE,
                "point": f"{point.lon:.6f},{point.lat:.6f}",
                "profile": self.profiles[wanted.profile],
                "costType": wanted.mode,
                "costValue": f"{wanted.cost(value):g}",
                "timeUnit": "second" if by_time else None,
                "distanceUnit": None if by_time else "meter",
                "direction": "departure",
                "geometryFormat": "geojson",
                "crs": "EPSG:4326",  # any other one is reprojected wrongly (IGNF/road2#119)
            },
            accept=(400, 404),
            private=wanted.private,
        )

        def read(answer: Any) -> Reach:
            return rings(lot, {(point.row, value): shape_of(answer["geometry"])})

        return fetch(web, request, read)

    def lack(self, refusal: Refusal) -> Lack:
        nowhere = refusal.status == 404 and refusal.words.strip().lower() in _NOWHERE
        return Lack(Why.NOTHING) if nowhere else Lack(Why.REFUSED, refusal.words)

    def parts(self, refusal: Refusal, lot: Lot) -> list[Lot]:
        return []
