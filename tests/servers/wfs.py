"""The Géoplateforme WFS 2.0.0: pages cut at a cap without a word, two orders of axes, XML errors.

``told`` says whether ``numberMatched`` is a number in the JSON (else « unknown »), ``model`` which
names the properties of ADMIN EXPRESS bear (4, or 3 before May 2025). Layers may be changed by the
tests: ``layers[typename]`` holds (properties, geometry) in degrees, longitude first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Optional

from osgeo import ogr, osr

from .base import LocalServer, Response, Seen
from .world import World

CARTO = "ADMINEXPRESS-COG-CARTO.LATEST:"
SMALL = "ADMINEXPRESS-COG-CARTO-PE.LATEST:"
IRIS = "STATISTICALUNITS.IRISGE:iris_ge"
ROADS = "BDTOPO_V3:troncon_de_route"
_OLD = {
    "commune": {"code_insee": "insee_com", "nom_officiel": "nom", "code_insee_du_departement": "insee_dep",
                "code_insee_de_la_region": "insee_reg", "codes_siren_des_epci": "siren_epci"},
    "departement": {"code_insee": "insee_dep", "nom_officiel": "nom", "code_insee_de_la_region": "insee_reg"},
    "region": {"code_insee": "insee_reg", "nom_officiel": "nom"},
}  # fmt: skip
Record = tuple[dict[str, Any], dict[str, Any]]


class WfsServer(LocalServer):
    """The layers of a world."""

    cap = 5000
    told = True
    model = 4

    def __init__(self, world: Optional[World] = None, quota: Any = (30, 1.0)) -> None:
        super().__init__(quota=quota)
        self.layers: dict[str, list[Record]] = {}
        if world is not None:
            self._settle(world)

    def _settle(self, world: World) -> None:
        communes, iris = [], []
        for code, row in world.communes.items():
            shape = world.contours[code]["geometry"]
            communes.append(
                commune(code, row["LIBELLE"], shape, row["DEP"], row["REG"], row["EPCI"])
            )
            iris.append(iris_of(code, row["LIBELLE"], shape))
        self.layers[CARTO + "commune"] = communes
        self.layers[IRIS] = iris
        for kind, name in (("departement", "DEP"), ("region", "REG")):
            first = next(iter(world.communes.values()))
            label = world.rows(f"v_{kind}_2024.csv", delimiter=",")[0]["LIBELLE"]
            known = {"code_insee": first[name], "nom_officiel": label}
            if kind == "departement":
                known["code_insee_de_la_region"] = first["REG"]
            outline = box_polygon(shape for _, shape in communes)
            self.layers[SMALL + kind] = [({"cleabs": f"{kind.upper()}_1", **known}, outline)]
        named = {row["EPCI"]: row["LIBEPCI"] for row in world.communes.values() if row.get("EPCI")}
        self.layers[CARTO + "epci"] = [
            (
                {
                    "cleabs": f"EPCI_{code}",
                    "code_siren": code,
                    "nom_officiel": name,
                    "nature": "CC",
                },
                box_polygon(
                    world.contours[item]["geometry"]
                    for item, row in world.communes.items()
                    if row.get("EPCI") == code
                ),
            )
            for code, name in sorted(named.items())
        ]
        self.layers[ROADS] = list(_roads(str(world.folder / "troncon_de_route.gpkg")))

    def answer(self, seen: Seen) -> Response:
        asked = {name.upper(): value for name, value in seen.params}
        if asked.get("SERVICE", "").upper() != "WFS" or asked.get("REQUEST") != "GetFeature":
            return _exception("OperationNotSupported", "request", "Unknown request")
        typename = asked.get("TYPENAMES", "")
        if typename not in self.layers:
            return _exception(
                "InvalidParameterValue", "typeName", f"Feature type {typename} unknown"
            )
        if "BBOX" in asked and "CQL_FILTER" in asked:
            return _exception("NoApplicableCode", "", "bbox and cql_filter both specified", 500)
        records = [self._named(typename, record) for record in self.layers[typename]]
        names = set(records[0][0]) if records else set()
        wanted = [name for name in asked.get("PROPERTYNAME", "").split(",") if name]
        unknown = [name for name in wanted if name not in names | {"geometrie"}]
        if unknown or (asked.get("SORTBY") and asked["SORTBY"].split(" ")[0] not in names):
            text = f"Illegal property name: {(unknown or [asked['SORTBY']])[0]}"
            return _exception("InvalidParameterValue", "propertyName", text)
        found = self._filtered(records, asked)
        if isinstance(found, Response):
            return found
        if asked.get("RESULTTYPE") == "hits":
            text = f'<?xml version="1.0" encoding="UTF-8"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" numberMatched="{len(found)}" numberReturned="0" timeStamp="2026-11-02T10:00:00.000Z"/>'
            return Response.of_text(text, "text/xml")
        if asked.get("OUTPUTFORMAT") != "application/json":
            return Response.of_text("<wfs:FeatureCollection/>", "text/xml")
        return self._page(typename, found, asked, wanted)

    def _page(
        self, typename: str, found: list[Record], asked: dict[str, str], wanted: list[str]
    ) -> Response:
        key = asked.get("SORTBY", "").split(" ")[0]
        if key:
            found = sorted(found, key=lambda record: str(record[0][key]))
        start = int(asked.get("STARTINDEX", "0"))
        page = found[start : start + min(int(asked.get("COUNT", self.cap)), self.cap)]
        features = [
            {
                "type": "Feature",
                "id": f"{typename.partition(':')[2]}.{start + rank}",
                "geometry": shape if not wanted or "geometrie" in wanted else None,
                "geometry_name": "geometrie",
                "properties": {k: v for k, v in known.items() if not wanted or k in wanted},
            }
            for rank, (known, shape) in enumerate(page)
        ]
        return Response.of_json(
            {
                "type": "FeatureCollection",
                "features": features,
                "totalFeatures": len(found) if self.told else "unknown",
                **({"numberMatched": len(found)} if self.told else {}),
                "numberReturned": len(features),
                "timeStamp": "2026-11-02T10:00:00.000Z",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
            }
        )

    def _named(self, typename: str, record: Record) -> Record:
        old = _OLD.get(typename.partition(":")[2], {}) if self.model == 3 else {}
        return {old.get(name, name): value for name, value in record[0].items()}, record[1]

    def _filtered(self, records: list[Record], asked: dict[str, str]) -> list[Record] | Response:
        if "CQL_FILTER" in asked:
            found = re.fullmatch(r"(\w+) IN \(((?:'[^']*',?)+)\)", asked["CQL_FILTER"])
            if found is None:
                return _exception("InvalidParameterValue", "CQL_FILTER", "Could not parse CQL filter list.")  # fmt: skip
            values = set(re.findall(r"'([^']*)'", found[2]))
            return [record for record in records if str(record[0].get(found[1])) in values]
        if "BBOX" not in asked:
            return records
        parts = asked["BBOX"].split(",")
        a, b, c, d = (float(part) for part in parts[:4])
        # only « EPSG:4326 » has longitude first; the URN, or no system at all, has latitude first
        box = (a, b, c, d) if parts[4:] == ["EPSG:4326"] else (b, a, d, c)
        return [record for record in records if _meets(record[1], box)]


def commune(
    code: str, name: str, shape: dict[str, Any], dep: str, reg: str, epci: str = ""
) -> Record:
    return (
        {
            "cleabs": f"COMMUNE_{code}",
            "nom_officiel": name,
            "code_insee": code,
            "statut": "Commune simple",
            "population": 0,
            "code_insee_du_departement": dep,
            "code_insee_de_la_region": reg,
            "codes_siren_des_epci": epci or "NR",
        },
        shape,
    )


def iris_of(code: str, name: str, shape: dict[str, Any]) -> Record:
    """The one IRIS of a commune that is not divided."""
    known = {"cleabs": f"IRIS____{code}", "code_insee": code, "nom_commune": name, "iris": "0000"}
    return {**known, "code_iris": f"{code}0000", "nom_iris": name, "type_iris": "Z"}, shape


def box_polygon(shapes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    xs, ys = zip(*(point for shape in shapes for point in _points(shape["coordinates"])))
    w, s, e, n = min(xs), min(ys), max(xs), max(ys)
    return {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}


def _roads(path: str) -> Iterator[Record]:
    """The road layer of the world in degrees, with its heights, as the service gives them."""
    source = ogr.Open(path)
    layer = source.GetLayer(0)
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(layer.GetSpatialRef(), degrees)
    names = [field.GetName() for field in layer.schema]
    for item in layer:
        shape = item.GetGeometryRef().Clone()
        shape.Transform(transform)
        line = [[round(x, 10), round(y, 10), *z] for x, y, *z in shape.GetPoints()]
        known = {name: item.GetField(name) for name in names}
        known.setdefault("cleabs", f"TRONROUT{item.GetFID():016d}")
        yield known, {"type": "LineString", "coordinates": line}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from _points(part)


def _meets(shape: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    xs, ys = zip(*_points(shape["coordinates"]))
    return min(xs) <= box[2] and box[0] <= max(xs) and min(ys) <= box[3] and box[1] <= max(ys)


def _exception(code: str, locator: str, text: str, status: int = 400) -> Response:
    where = f' locator="{locator}"' if locator else ""
    body = f'<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0"><ows:Exception exceptionCode="{code}"{where}><ows:ExceptionText>{text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>'
    return Response.of_text(body, "application/xml", status)
