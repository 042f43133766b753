"""/isochrone, /locate and /sources_to_targets of Valhalla 3.9, its limits and its numbered errors.

Areas are discs, radius = speed × time; the matrix tells the times of the same straight trips. A
point without a road gets a lozenge of twenty metres under status 200, as the true server gives it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from .base import LocalServer, Response, Seen
from .isochrone import at_sea, disc

SPEEDS = {"auto": 40 / 3.6, "bicycle": 15 / 3.6, "pedestrian": 5 / 3.6}
_DEGREE = 111_195.0


def error(code: int, words: str, status: int = 400) -> Response:
    name = "Bad Request" if status == 400 else "Not Found"
    told = {"error_code": code, "error": words, "status_code": status, "status": name}
    return Response.of_json(told, status)


@dataclass
class ValhallaServer(LocalServer):
    """The limits are those of ``service_limits.isochrone``. ``numbered``: error 171 for a point
    without a road, as other actions and versions give it."""

    max_contours: int = 4
    max_time: float = 120
    max_distance: float = 200
    matrix: bool = True
    numbered: bool = False

    def answer(self, seen: Seen) -> Response:
        asked = json.loads(seen.body or b"{}")
        if seen.path == "/isochrone":
            return self._isochrone(asked)
        if seen.path == "/locate":
            return self._locate(asked)
        if seen.path == "/sources_to_targets" and self.matrix:
            return self._matrix(asked)
        return error(106, "Try any of: '/isochrone' '/status'", 404)

    def _isochrone(self, asked: dict[str, Any]) -> Response:
        if len(asked.get("locations", ())) != 1:
            return error(150, "Exceeded max locations: 1")
        contours = asked["contours"]
        if len(contours) > self.max_contours:
            return error(152, f"Exceeded max contours: {self.max_contours}")
        if any(contour.get("time", 0) > self.max_time for contour in contours):
            return error(151, f"Exceeded max time: {self.max_time:g}")
        if any(contour.get("distance", 0) > self.max_distance for contour in contours):
            return error(166, f"Exceeded max distance: {self.max_distance:g}")
        place = asked["locations"][0]
        lost = at_sea(place["lon"], place["lat"])
        if lost and self.numbered:
            return error(171, "No suitable edges near location")
        features = []
        for contour in sorted(contours, key=lambda c: -next(iter(c.values()))):
            ((metric, value),) = contour.items()
            radius = value * (60 * SPEEDS[asked["costing"]] if metric == "time" else 1000)
            radius = 20.0 if lost else radius
            geometry = {"type": "Polygon", "coordinates": disc(place["lon"], place["lat"], radius)}
            told = {"contour": value, "metric": metric, "color": "#bf4040", "fill": "#bf4040",
                    "fillColor": "#bf4040", "opacity": 0.33, "fill-opacity": 0.33, "fillOpacity": 0.33}  # fmt: skip
            features.append({"type": "Feature", "properties": told, "geometry": geometry})
        if asked.get("show_locations"):
            point = [place["lon"], place["lat"]]
            for kind, shape, at in (
                ("snapped", "MultiPoint", [] if lost else [point]),
                ("input", "Point", point),
            ):
                told = {"type": kind, "location_index": 0}
                geometry = {"type": shape, "coordinates": at}
                features.append({"type": "Feature", "properties": told, "geometry": geometry})
        return Response.of_json({"type": "FeatureCollection", "features": features})

    def _locate(self, asked: dict[str, Any]) -> Response:
        told = [
            {
                "input_lat": place["lat"],
                "input_lon": place["lon"],
                "edges": [] if at_sea(place["lon"], place["lat"]) else [{"way_id": 1}],
                "nodes": [],
            }
            for place in asked["locations"]
        ]
        return Response.of_json(told)

    def _matrix(self, asked: dict[str, Any]) -> Response:
        (start,) = asked["sources"]
        if any(at_sea(place["lon"], place["lat"]) for place in asked["targets"]):
            return error(
                170, "Locations are in unconnected regions. Go check/edit the map at osm.org"
            )
        if len(asked["targets"]) > 2500:
            return error(150, "Exceeded max locations: 2500")
        row = []
        for rank, place in enumerate(asked["targets"]):
            east = (place["lon"] - start["lon"]) * math.cos(math.radians(start["lat"]))
            metres = math.hypot(east, place["lat"] - start["lat"]) * _DEGREE
            row.append(
                {
                    "distance": round(metres / 1000, 3),
                    "time": round(metres / SPEEDS[asked["costing"]]),
                    "from_index": 0,
                    "to_index": rank,
                    "end_lat": place["lat"],
                    "end_lon": place["lon"],
                }
            )
        return Response.of_json(
            {"algorithm": "costmatrix", "units": "kilometers", "sources_to_targets": [row]}
        )
