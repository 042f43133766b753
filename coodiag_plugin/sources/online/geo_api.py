"""API Découpage administratif (geo.api.gouv.fr): the communes, their memberships and old codes.

Facts used: answers are bare arrays; ``surface`` is in hectares and computed by the service on its
contours; contours cannot be asked without a filter; départements, régions and EPCI of the overseas
collectivities come only when their zone is named; the list is that of the code officiel
géographique in force, whose year the service does not tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from ...core.codes import REGION_DEPARTMENTS, commune_code, commune_of, department
from ...core.errors import SourceError
from ...core.progress import Progress
from ...core.provenance import Provenance
from ..web.client import Request, Web
from .asking import Asking
from .boxes import enlarged, extent, meet
from .depot import Depot
from .scope import Box

SERVICE = "geo_api"
FAMILY = "geo_api_communes"
FILE = "communes_geo_api.csv"
COLUMNS = (
    "code", "nom", "EPCI", "LIBEPCI", "DEP", "LIBDEP", "REG", "LIBREG", "SUPERF", "population",
    "zone", "codes_postaux", "anciens_codes",
)  # fmt: skip
_ZONES = "metro,drom,com"
_FIELDS = (
    "nom,code,codeEpci,codeDepartement,codeRegion,population,surface,anciensCodes,associees,"
    "deleguees,codesPostaux,zone,centre"
)
_CONTOUR_FIELDS = ("code", "nom", "codeEpci", "codeDepartement", "codeRegion")
#: The list of a year is put online between the end of February and the end of April.
_MONTH_OF_NEW_LIST = 5
#: Half of the width of a commune whose extent the service does not know.
_HALF_COMMUNE_KM = 15.0
#: The communes of a département can be this far from their middle.
_REACH_KM = 40.0
_SHOWN = 8


def collect_communes(web: Web, depot: Depot, progress: Progress) -> pd.DataFrame:
    """Write the national list of communes; returns it, columns :data:`COLUMNS`, all text.

    Old codes are those of the communes that merged into one and of the delegated or associated
    ones. Paris, Lyon and Marseille stand as communes. A unit without commune that the service
    names means that the list is incomplete: it is refused.
    """
    asking = Asking(web, SERVICE)
    communes = _list(asking, "communes", progress, fields=_FIELDS)
    progress.set(0.7)
    names = {
        level: {row["code"]: row["nom"] for row in _list(asking, path, progress, fields="nom,code")}
        for level, path in (("epci", "epcis"), ("dep", "departements"), ("reg", "regions"))
    }
    rows = _rows(communes, names, progress)
    _refuse_holes(rows, names["dep"])
    _tell_unnamed(rows, progress)
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
    depot.table(FILE, frame, _source(asking, FAMILY))
    progress.set(1.0)
    return frame


def extents(web: Web, communes: Iterable[str], progress: Progress) -> dict[str, Box]:
    """Box of each commune (degrees); one that the service does not place is refused by its code."""
    wanted = sorted(communes)
    asking, found = Asking(web, SERVICE), {}
    for dep in sorted({department(code) for code in wanted}):
        for row in _list(asking, "communes", progress, codeDepartement=dep, fields="code,bbox"):
            box = extent(row.get("bbox") or {})
            if box is not None:
                found[row["code"]] = box
    centres = {} if set(wanted) <= found.keys() else _centres(asking, progress)
    for code in wanted:
        if code not in found and code in centres:
            found[code] = enlarged((*centres[code], *centres[code]), _HALF_COMMUNE_KM)
    _refuse_unplaced([code for code in wanted if code not in found])
    return {code: found[code] for code in wanted}


def contours(
    web: Web, areas: Collection[Box], communes: Collection[str], progress: Progress
) -> tuple[list[dict[str, Any]], Provenance]:
    """Simplified contours of ``communes`` and of those that meet ``areas``, as GeoJSON features."""
    asking = Asking(web, SERVICE)
    wide = [enlarged(area, _REACH_KM) for area in areas]
    departments = {department(code) for code in communes} | {
        department(code)
        for code, (x, y) in _centres(asking, progress).items()
        if any(meet((x, y, x, y), area) for area in wide)
    }
    wanted, features = set(communes), {}
    for rank, dep in enumerate(sorted(departments)):
        progress.set(rank / len(departments))
        for feature in _features(asking, dep, progress):
            box = extent(feature.get("geometry") or {})
            code = feature["properties"]["code"]
            if box and (code in wanted or any(meet(box, area) for area in areas)):
                named = {name: feature["properties"].get(name) for name in _CONTOUR_FIELDS}
                features[code] = {
                    "type": "Feature",
                    "properties": named,
                    "geometry": feature["geometry"],
                }
    _refuse_unplaced(sorted(wanted - features.keys()))
    source = _source(
        asking,
        "contours_communes",
        title="Contours simplifiés des communes (API Découpage administratif)",
        producer="Etalab, IGN",
    )
    return [features[code] for code in sorted(features)], source


def list_year(day: str) -> int:
    """Year of the commune list that was in force on an ISO day.

    The new list comes online during the spring, so before May the former one is supposed.
    """
    year, month = int(day[:4]), int(day[5:7])
    return year if month >= _MONTH_OF_NEW_LIST else year - 1


def _source(asking: Asking, family: str, **known: str) -> Provenance:
    return asking.source(
        family,
        cog=str(list_year(asking.day)),
        note="année de la liste des communes déduite du jour de la réponse",
        address="https://geo.api.gouv.fr/decoupage-administratif",
        **known,
    )


def _list(asking: Asking, path: str, progress: Progress, **params: str) -> list[dict[str, Any]]:
    """An array of objects with a code; the zones are named unless another filter is."""
    progress.check()
    filters = params if "codeDepartement" in params else {"zone": _ZONES, **params}
    found: list[dict[str, Any]] = asking.json(Request.get(SERVICE, path, filters), _unexpected)
    return found


def _unexpected(answer: Any) -> str | None:
    """What is wrong with an answer of status 200, in the words of the service if it has any."""
    if isinstance(answer, list) and all(
        isinstance(row, dict) and isinstance(row.get("code"), str) for row in answer
    ):
        return None
    return str(answer)[:200] or "?"


def _centres(asking: Asking, progress: Progress) -> dict[str, tuple[float, float]]:
    """Middle of each commune of the national list (asked once, then in the cache)."""
    return {
        row["code"]: (row["centre"]["coordinates"][0], row["centre"]["coordinates"][1])
        for row in _list(asking, "communes", progress, fields=_FIELDS)
        if row.get("centre")
    }


def _features(asking: Asking, dep: str, progress: Progress) -> list[dict[str, Any]]:
    progress.check()
    params = {
        "codeDepartement": dep,
        "fields": ",".join(_CONTOUR_FIELDS),
        "format": "geojson",
        "geometry": "contour",
    }
    answer = asking.json(Request.get(SERVICE, "communes", params), _not_features)
    found: list[dict[str, Any]] = answer["features"]
    return found


def _not_features(answer: Any) -> str | None:
    features = answer.get("features") if isinstance(answer, dict) else None
    if isinstance(features, list) and all(
        "code" in item.get("properties", {}) for item in features
    ):
        return None
    return str(answer)[:200]


def _rows(
    communes: Iterable[Mapping[str, Any]],
    names: Mapping[str, Mapping[str, str]],
    progress: Progress,
) -> list[dict[str, str]]:
    """A row by commune, sorted by code; what is no commune is said by its code."""
    rows: dict[str, dict[str, str]] = {}
    strangers: list[str] = []
    for item in communes:
        code = commune_code(item["code"])
        if code is None:
            strangers.append(item["code"])
        elif commune_of(code) == code:  # an arrondissement is part of its commune
            rows[code] = _row(code, item, names)
    if strangers:
        progress.warn(
            "geo.api.gouv.fr lists {count} codes that are not codes of communes: {codes}. They are left out.",
            count=len(strangers),
            codes=", ".join(strangers[:_SHOWN]),
        )
    for code, row in rows.items():
        former = row["anciens_codes"].split()
        row["anciens_codes"] = " ".join(old for old in former if old not in rows or old == code)
    return [rows[code] for code in sorted(rows)]


def _row(
    code: str, item: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    units = {
        "epci": _text(item.get("codeEpci")),
        "dep": _text(item.get("codeDepartement")),
        "reg": _text(item.get("codeRegion")),
    }
    former = {_text(old) for old in item.get("anciensCodes") or ()}
    for kind in ("associees", "deleguees"):
        former.update(_text(part.get("code")) for part in item.get(kind) or ())
    hectares = item.get("surface")
    return {
        "code": code,
        "nom": _text(item.get("nom")),
        "EPCI": units["epci"],
        "LIBEPCI": names["epci"].get(units["epci"], ""),
        "DEP": units["dep"],
        "LIBDEP": names["dep"].get(units["dep"], ""),
        "REG": units["reg"],
        "LIBREG": names["reg"].get(units["reg"], ""),
        "SUPERF": "" if hectares is None else f"{hectares / 100:.4f}",
        "population": _text(item.get("population")),
        "zone": _text(item.get("zone")),
        "codes_postaux": " ".join(sorted(item.get("codesPostaux") or ())),
        "anciens_codes": " ".join(sorted(former - {"", code})),
    }


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _refuse_holes(rows: Collection[Mapping[str, str]], departments: Mapping[str, str]) -> None:
    """Refuse a list without any commune of a département that the service names."""
    there = {row["DEP"] for row in rows}
    official = {dep for deps in REGION_DEPARTMENTS.values() for dep in deps.split()}
    holes = sorted(set(departments) & official - there)
    if holes or not rows:
        raise SourceError(
            "geo.api.gouv.fr gives {count} communes and none of the départements {holes}: its list is incomplete. Try again later, or take the files of Insee (code officiel géographique) in the data folder.",
            count=len(rows),
            holes=", ".join(holes[:_SHOWN]) or "?",
        )


def _tell_unnamed(rows: Iterable[Mapping[str, str]], progress: Progress) -> None:
    unnamed = sorted({row["EPCI"] for row in rows if row["EPCI"] and not row["LIBEPCI"]})
    if unnamed:
        progress.warn(
            "geo.api.gouv.fr gives no name for {count} EPCI: {codes}. Their code is shown in place of their name.",
            count=len(unnamed),
            codes=", ".join(unnamed[:_SHOWN]),
        )


def _refuse_unplaced(codes: Collection[str]) -> None:
    if codes:
        raise SourceError(
            "geo.api.gouv.fr does not say where {count} communes are: {codes}. Check the codes, or put their contours (ADMIN EXPRESS of IGN) in the data folder.",
            count=len(codes),
            codes=", ".join(list(codes)[:_SHOWN]),
        )
