"""The archive of priority neighbourhoods as data.gouv.fr serves it, with invented neighbourhoods."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

DATASET = "5a561801c751df42d7fca9b6"
RESOURCE = "942d4ee8-8142-4556-8ea1-335537ce1119"
MEMBER = "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
METRES = "GEOJSON/QP2024_France_Hexagonale_LB93.geojson"
STORED = "/storage/qpv-2024-geojson.zip"


def features(world: World) -> list[dict[str, Any]]:
    """A neighbourhood in the biggest commune, one over two communes, two elsewhere."""
    people = {
        row["COM"]: int(row["PMUN"]) for row in world.rows("populations_legales_2021_communes.csv")
    }
    first, second, third = sorted(people, key=lambda code: -people[code])[:3]
    return [
        feature(1, "QN05302M", "Quartier du Rêve", f"{second}, {third}", box(world, second)),
        feature(2, "QN05301M", "Quartier du Songe", first, box(world, first)),
        feature(3, "QN07501M", "Porte fictive", "75056", [2.30, 48.80, 2.31, 48.81]),
        feature(4, "QN2A001M", "Cité imaginée", "2A004", [8.70, 41.90, 8.71, 41.91]),
    ]


def feature(rank: int, code: str, name: str, communes: str, corners: list[float]) -> dict[str, Any]:
    west, south, east, north = corners
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {
            "fid": rank, "code_qp": code, "lib_qp": name, "insee_reg": "52", "lib_reg": "Région fictive",
            "insee_dep": communes[:2], "lib_dep": "Département fictif", "insee_com": communes,
            "lib_com": "Commune fictive", "siren_epci": "245390919",
        },
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }  # fmt: skip


def box(world: World, code: str) -> list[float]:
    """A small square at the first vertex of a commune."""
    point = world.contours[code]["geometry"]["coordinates"]
    while isinstance(point[0], list):
        point = point[0]
    return [point[0], point[1], point[0] + 0.004, point[1] + 0.003]


def archive(world: World) -> bytes:
    """The zip, with the same neighbourhoods in metres beside those in degrees."""
    listed = features(world)
    degrees = {"type": "FeatureCollection", "name": "QP2024", "features": listed}
    metres = [
        {**item, "geometry": {"type": "Point", "coordinates": [652_000.0 + rank, 6_862_000.0]}}
        for rank, item in enumerate(listed * 20)
    ]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, value in ((METRES, {**degrees, "features": metres}), (MEMBER, degrees)):
            entry = zipfile.ZipInfo(name, (2026, 1, 15, 0, 0, 0))
            made.writestr(entry, json.dumps(value, ensure_ascii=False), zipfile.ZIP_DEFLATED)
    return content.getvalue()


class QpvServer(LocalServer):
    """data.gouv.fr with this one dataset. ``listed``: False, it lists another file only."""

    def __init__(self, world: Optional[World] = None, **more: Any) -> None:
        self.listed = more.pop("listed", True)
        self.content = more.pop("content", None)
        LocalServer.__init__(self, **more)
        if self.content is None and world is not None:
            self.content = archive(world)

    def answer(self, seen: Seen) -> Response:
        if seen.path == f"/datasets/{DATASET}/":
            return Response.of_json(self._listing())
        if seen.path == f"/datasets/r/{RESOURCE}":
            return Response(status=302, headers=(("Location", self.url + STORED),))
        if seen.path == STORED:
            return Response.typed(self.content, "application/zip")
        return Response.of_json({"message": "Not Found"}, 404)

    def _listing(self) -> dict[str, Any]:
        files = [
            {"id": "autre", "title": "Notice", "format": "pdf", "url": f"{self.url}/notice.pdf"}
        ]
        if self.listed:
            files.append(
                {
                    "id": RESOURCE,
                    "title": "QP2024 - GeoJSON",
                    "format": "zip",
                    "url": f"{self.url}{STORED}",
                    "last_modified": "2026-01-15T20:43:23+00:00",
                    "filesize": len(self.content),
                }
            )
        return {
            "title": "Quartiers prioritaires de la politique de la ville (QPV)",
            "license": "lov2",
            "organization": {"name": "Agence nationale de la cohésion des territoires"},
            "page": f"https://www.data.gouv.fr/datasets/{DATASET}/",
            "resources": files,
        }
