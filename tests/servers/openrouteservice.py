"""/v2/isochrones of openrouteservice, with the limits of its public plan and its numbered errors.

One location without a road fails the whole request: HTTP 500, code 3099.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .base import LocalServer, Response, Seen
from .isochrone import at_sea, disc

KEY = "invented-ors-key-0042"
SPEEDS = {"driving-car": 40 / 3.6, "cycling-regular": 15 / 3.6, "foot-walking": 5 / 3.6}


def error(code: int, words: str, status: int = 400) -> Response:
    info = {"engine": {"version": "9.5.0"}, "timestamp": 1_790_000_000_000}
    return Response.of_json({"error": {"code": code, "message": words}, "info": info}, status)


@dataclass
class OpenRouteServiceServer(LocalServer):
    """``key``: empty for a server of one's own. ``shift``: degrees by which points are moved."""

    key: str = KEY
    most_locations: int = 5
    most_intervals: int = 10
    most_time: float = 3600
    most_distance: float = 120_000
    shift: float = 0.0

    def over_quota(self, seen: Seen) -> Response:
        return Response.of_json({"error": "Rate Limit Exceeded"}, 429)

    def answer(self, seen: Seen) -> Response:
        if self.key and seen.headers.get("authorization") != self.key:
            return Response.of_json({"error": "Access to this API has been disallowed"}, 403)
        _, _, profile = seen.path.rpartition("/")
        if seen.path != f"/isochrones/{profile}" or profile not in SPEEDS:
            return error(3003, "Parameter 'profile' has incorrect value")
        asked = json.loads(seen.body)
        refused = self._refused(asked)
        return refused or self._areas(asked, profile)

    def _refused(self, asked: dict[str, Any]) -> Response | None:
        count = len(asked["locations"])
        if count > self.most_locations:
            words = f"Parameter 'locations={count}' is out of range: the maximum possible value is {self.most_locations}."
            return error(3004, words)
        most = self.most_time if asked["range_type"] == "time" else self.most_distance
        if max(asked["range"]) > most:
            words = f"Parameter 'range={max(asked['range'])}' is out of range: the maximum possible value is {most}."
            return error(3004, words)
        if len(asked["range"]) > self.most_intervals:
            words = f"Parameter 'interval=Resulting number of {len(asked['range'])} isochrones exceeds maximum value of {self.most_intervals}.' is out of range."
            return error(3012, words)
        if any(at_sea(lon, lat) for lon, lat in asked["locations"]):
            return error(3099, "Unable to build an isochrone map.", 500)
        return None

    def _areas(self, asked: dict[str, Any], profile: str) -> Response:
        features = []
        for rank, (lon, lat) in enumerate(asked["locations"]):
            for value in sorted(asked["range"]):
                speed = SPEEDS[profile] if asked["range_type"] == "time" else 1.0
                told = {
                    "group_index": rank,
                    "value": float(value),
                    "center": [lon + self.shift, lat],
                }
                geometry = {"type": "Polygon", "coordinates": disc(lon, lat, value * speed)}
                features.append({"type": "Feature", "properties": told, "geometry": geometry})
        metadata = {"attribution": "openrouteservice.org | OpenStreetMap contributors",
                    "service": "isochrones", "timestamp": 1_790_000_000_000, "query": asked}  # fmt: skip
        return Response.of_json(
            {"type": "FeatureCollection", "bbox": [], "features": features, "metadata": metadata}
        )
