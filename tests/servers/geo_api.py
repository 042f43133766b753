"""API Découpage administratif (geo.api.gouv.fr) as its public sources write it (version 2.5.3).

Bare arrays; parameters that it does not know are ignored; ``nom`` and ``code`` always come; a
field without value is left out. Communes and arrondissements of tests are added to ``communes``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from .base import LocalServer, Response, Seen
from .world import World

Record = dict[str, Any]
_COMMUNE_DEFAULT = (
    "nom", "code", "codeDepartement", "siren", "codeEpci", "codeRegion", "codesPostaux",
    "population",
)  # fmt: skip
_GEOMETRIES = ("centre", "contour", "mairie", "bbox")
_UNFILTERED = (
    "This endpoint does not support an unfiltered API call with a geojson format output or a "
    "field with contour"
)
_FILTERS = {
    "code": "code",
    "codePostal": "codesPostaux",
    "codeEpci": "codeEpci",
    "codeDepartement": "codeDepartement",
    "codeRegion": "codeRegion",
    "codeParent": "codeParent",
    "ancienCode": "anciensCodes",
    "zone": "zone",
    "type": "type",
}


class GeoApiServer(LocalServer):
    """The units of a world; ``communes``, ``epcis``, ``departements``, ``regions`` may be changed."""

    def __init__(self, world: Optional[World] = None, quota: Any = (50, 1.0)) -> None:
        super().__init__(quota=quota)
        self.communes: list[Record] = []
        self.epcis: list[Record] = []
        self.departements: list[Record] = []
        self.regions: list[Record] = []
        if world is not None:
            self._settle(world)

    def _settle(self, world: World) -> None:
        delegated: dict[str, list[Record]] = {}
        for row in world.rows("v_commune_2024.csv", delimiter=","):
            if row["TYPECOM"] == "COMD":
                part = {"code": row["COM"], "nom": row["LIBELLE"]}
                delegated.setdefault(row["COMPARENT"], []).append(part)
        for code, row in world.communes.items():
            feature = world.contours[code]
            ring = feature["geometry"]["coordinates"][0]
            self.communes.append(
                commune(
                    code,
                    row["LIBELLE"],
                    ring,
                    codeEpci=row["EPCI"],
                    codeDepartement=row["DEP"],
                    codeRegion=row["REG"],
                    surface=round(feature["properties"]["SUPERF_2023"] * 100, 2),
                    population=feature["properties"]["POP_2021"],
                    deleguees=delegated.get(code),
                    anciensCodes=[part["code"] for part in delegated.get(code, ())],
                )
            )
        known = {row["EPCI"]: row["LIBEPCI"] for row in world.communes.values()}
        self.epcis = [unit(code, name) for code, name in known.items()]
        self.departements = [
            unit(row["DEP"], row["LIBELLE"], codeRegion=row["REG"])
            for row in world.rows("v_departement_2024.csv", delimiter=",")
        ]
        self.regions = [
            unit(row["REG"], row["LIBELLE"])
            for row in world.rows("v_region_2024.csv", delimiter=",")
        ]

    def answer(self, seen: Seen) -> Response:
        if seen.method not in ("GET", "HEAD"):
            return Response.of_text(f"Method {seen.method} not allowed", status=401)
        kind, _, code = seen.path.strip("/").partition("/")
        zones = ["metro", "drom", "com"] if kind == "communes" else ["metro", "drom"]
        tables = {
            "communes": (self.communes, _COMMUNE_DEFAULT),
            "epcis": (
                self.epcis,
                ("nom", "code", "codesDepartements", "codesRegions", "population"),
            ),
            "departements": (self.departements, ("nom", "code", "codeRegion")),
            "regions": (self.regions, ("nom", "code")),
        }
        if kind not in tables or "/" in code:
            return Response.of_text("Not Found", status=404)
        table, default = tables[kind]
        fields = [name for name in seen.param("fields").split(",") if name] or list(default)
        if code:
            found = [item for item in table if item["code"] == code]
            if not found:
                return Response.of_text("Not Found", status=404)
            return Response.of_json(_picked(found[0], fields))
        return self._search(seen, kind, table, fields, zones)

    def _search(
        self, seen: Seen, kind: str, table: list[Record], fields: list[str], zones: list[str]
    ) -> Response:
        asked = {key: seen.param(key) for key in _FILTERS if seen.param(key)}
        located = kind in ("communes", "epcis")
        geojson = located and seen.param("format") == "geojson"
        if not asked and located and (geojson or "contour" in fields):
            return Response.of_text(_UNFILTERED, status=400)
        limit = seen.param("limit")
        if limit and not limit.isdigit():
            text = "Your limit parameter is not a number or is negative"
            return Response.of_text(text, status=400)
        asked = {"zone": ",".join(zones), **({"type": "commune-actuelle"} if kind == "communes" else {}), **asked}  # fmt: skip
        found = [item for item in table if all(_fits(item, *pair) for pair in asked.items())]
        found = found[: int(limit)] if limit else found
        if not geojson:
            return Response.of_json([_picked(item, fields) for item in found])
        shape = seen.param("geometry", "centre")
        shape = shape if shape in _GEOMETRIES else "centre"
        fields = [name for name in fields if name not in _GEOMETRIES]
        features = []
        for item in found:
            feature = {"type": "Feature", "properties": _picked(item, fields)}
            if shape in item:
                feature["geometry"] = item[shape]
            features.append(feature)
        return Response.of_json({"type": "FeatureCollection", "features": features})


def commune(code: str, name: str, ring: Iterable[Iterable[float]], **known: Any) -> Record:
    """A commune as the API describes it, with the shapes that follow from its outline."""
    points = [list(point)[:2] for point in ring]
    record: Record = {
        "nom": name,
        "code": code,
        "type": "commune-actuelle",
        "siren": f"21{code}0018" if code.isdigit() else None,
        "codesPostaux": [f"{code[:2]}000"],
        "anciensCodes": [],
        "zone": "metro",
        **{key: value for key, value in known.items() if value is not None},
    }
    if points:
        xs, ys = zip(*points)
        west, south, east, north = min(xs), min(ys), max(xs), max(ys)
        corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        middle = [round((west + east) / 2, 4), round((south + north) / 2, 4)]
        record["contour"] = {"type": "Polygon", "coordinates": [points]}
        record["bbox"] = {"type": "Polygon", "coordinates": [corners]}
        record["centre"] = {"type": "Point", "coordinates": middle}
    return record


def unit(code: str, name: str, zone: str = "metro", **known: Any) -> Record:
    """An EPCI, a département or a région."""
    return {"nom": name, "code": code, "zone": zone, **known}


def _fits(item: Record, name: str, wanted: str) -> bool:
    value = item.get(_FILTERS[name])
    if name in ("zone", "type"):
        return value is None or value in wanted.split(",")
    return wanted in value if isinstance(value, list) else value == wanted


def _picked(item: Record, fields: list[str]) -> Record:
    names = dict.fromkeys([*fields, "nom", "code"])
    return {name: item[name] for name in names if name in item}
