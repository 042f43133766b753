"""/navigation/isochrone of the Géoplateforme, as SOURCES describes it.

The area is a disc, radius = speed × time (car 40 km/h, pedestrian 4 km/h): deterministic, and
nothing of the code under test. The parameters come back in the documented order; a tiny value gives
the point itself; in the sea (a box of the Atlantic) there is no isochrone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from .base import LocalServer, Response, Seen

SPEEDS = {"car": 40 / 3.6, "pedestrian": 4 / 3.6}
TINY = 10.0  # seconds or metres
_DEGREE = 111_195.0


def disc(lon: float, lat: float, radius: float, sides: int = 24) -> list[list[list[float]]]:
    """Rings of a disc of ``radius`` metres, in degrees."""
    ring = []
    for side in [*range(sides), 0]:
        angle = 2 * math.pi * side / sides
        east = radius * math.cos(angle) / _DEGREE / math.cos(math.radians(lat))
        ring.append([round(lon + east, 7), round(lat + radius * math.sin(angle) / _DEGREE, 7)])
    return [ring]


def at_sea(lon: float, lat: float) -> bool:
    return -5.0 <= lon <= -3.0 and 44.5 <= lat <= 46.5


def wrong(message: str, status: int = 400) -> Response:
    return Response.of_json({"error": {"message": message}}, status)


@dataclass
class IsochroneServer(LocalServer):
    """``most``: largest value in seconds or metres."""

    most: float = 36_000

    def over_quota(self, seen: Seen) -> Response:
        return Response.of_text(
            "<html>429 Too Many Requests</html>", "text/html", 429
        ).with_headers(("Retry-After", "5"))

    def answer(self, seen: Seen) -> Response:
        if seen.path != "/isochrone":
            return Response.of_json({"error": "Not found"}, 404)
        refused = self._refused(seen)
        if refused:
            return wrong(refused)
        lon, lat = map(float, seen.param("point").split(","))
        if at_sea(lon, lat):
            return wrong(" No iso found ", 404)
        cost, profile = float(seen.param("costValue")), seen.param("profile", "car")
        by_time = seen.param("costType") == "time"
        unit = (
            {"timeUnit": seen.param("timeUnit", "second")}
            if by_time
            else {"distanceUnit": seen.param("distanceUnit", "meter")}
        )
        geometry: dict[str, Any] = {"type": "Point", "coordinates": [lon, lat]}
        if cost > TINY:
            radius = cost * (SPEEDS[profile] if by_time else 1.0)
            geometry = {"type": "Polygon", "coordinates": disc(lon, lat, radius)}
        return Response.of_json(
            {
                "point": seen.param("point"),
                "resource": seen.param("resource"),
                "resourceVersion": "2026-09-15",
                "costType": seen.param("costType"),
                "costValue": cost,
                **unit,
                "profile": profile,
                "direction": seen.param("direction", "departure"),
                "crs": seen.param("crs"),
                "geometry": geometry,
                "constraints": [],
            }
        )

    def _refused(self, seen: Seen) -> str:
        for name in ("resource", "point", "costType", "costValue"):
            if not seen.param(name):
                return f"Parameter '{name}' not found."
        if seen.param("resource") == "bdtopo-osrm":
            return "Operation not permitted on this resource."
        if seen.param("resource") not in ("bdtopo-valhalla", "bdtopo-pgr"):
            return "Parameter 'resource' is invalid."
        if seen.param("profile", "car") not in SPEEDS:
            return "Parameters 'profile' and 'costType' are not compatible."
        if float(seen.param("costValue")) > self.most:
            return "Parameter 'costValue' is invalid."
        return ""
