"""Structures of inclusion and the themes of their services, from data·inclusion (free key).

Contacts, opening hours and street addresses are left out. What several publishers list is one
row: the answer tells the duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ...core.codes import commune_code
from ...core.progress import Progress, each
from ...core.words import N_, Words
from ..web.client import Web
from ..web.request import Request
from .asking import Asking
from .depot import Depot
from .inclusion_pages import Page, Row, identity, siret_of, text_of, whole_list
from .scope import Scope

SERVICE = "data_inclusion"
FILE = "data_inclusion.csv"
PAGE_SIZE = 5000
#: Columns of the producer that are written, then what is gathered from the duplicates (sources)
#: and the services of each structure.
COLUMNS = (
    "id", "source", "nom", "siret", "code_postal", "code_insee", "commune", "longitude",
    "latitude", "adresse_certifiee", "reseaux_porteurs", "date_maj", "score_qualite",
    "sources", "types_services", "thematiques",
)  # fmt: skip
#: Several values in a cell.
SEPARATOR = "|"
_LISTS = {
    "structures": N_("structures of the département {code}"),
    "services": N_("services of the département {code}"),
}


def collect_structures(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the structures of the communes of ``scope``, one row each, with their services' themes.

    Raises ServiceError when no key was given, or it is refused.
    """
    asking = Asking(web, SERVICE)
    inside = scope.written
    structures: list[Row] = []
    services: list[Row] = []
    steps = [(code, path) for code in scope.all_departments for path in _LISTS]
    for (code, path), part in each(steps, progress):
        rows = _listed(asking, path, code, part)
        found = structures if path == "structures" else services
        found += [row for row in rows if commune_code(text_of(row, "code_insee")) in inside]
    groups = merged(structures)
    table, orphans = _table(groups, services)
    progress.say(
        "{service}: {count} structures, {duplicates} duplicates merged, {services} services.",
        service=asking.service.title,
        count=len(groups),
        duplicates=len(structures) - len(groups),
        services=len(services),
    )
    if orphans:
        progress.say(
            "{count} services given in the communes by structures from elsewhere are left out.",
            count=orphans,
        )
    if len(table):
        depot.table(FILE, table, asking.source("data_inclusion"))


def merged(structures: Iterable[Row]) -> list[list[Row]]:
    """Structures that tell each other as duplicates put together, best quality first, by id.

    ``doublons`` names the other ones by id, with or without their source before it.
    """
    rows = {identity(row): row for row in structures}
    place = {name: key for key, row in rows.items() for name in _names(row)}
    leader = {key: key for key in rows}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for key in sorted(rows):
        for other in rows[key].get("doublons") or ():
            twin = next((place[name] for name in _names(other) if name in place), None)
            if twin is not None:
                leader[max(find(key), find(twin))] = min(find(key), find(twin))
    groups: dict[str, list[Row]] = {}
    for key in sorted(rows):
        groups.setdefault(find(key), []).append(rows[key])
    return [sorted(group, key=_best_first) for _, group in sorted(groups.items())]


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    """``id`` alone when it holds its source (« dora--1 »), else both."""
    name, source = text_of(row, "id"), text_of(row, "source")
    return (name, f"{source}--{name}") if name else ()


def _best_first(row: Row) -> tuple[float, str]:
    score = row.get("score_qualite")
    return (-float(score) if isinstance(score, (int, float)) else 0.0, identity(row))


def _listed(asking: Asking, path: str, department: str, progress: Progress) -> list[Row]:
    def request(number: int) -> Request:
        parameters = {"code_departement": department, "page": number, "size": PAGE_SIZE}
        return Request.get(SERVICE, path, parameters)

    return whole_list(asking, request, _page, Words(_LISTS[path], code=department), progress)


def _page(payload: Any) -> Page | None:
    """A page of fastapi-pagination, which tells the size that it grants."""
    if not isinstance(payload, dict) or not isinstance(payload.get("items"), list):
        return None
    rows, total, size = payload["items"], payload.get("total"), payload.get("size")
    if not isinstance(total, int) or not isinstance(size, int) or size < 1:
        return None
    return Page(rows, total, size) if all(isinstance(row, dict) for row in rows) else None


def _table(groups: list[list[Row]], services: list[Row]) -> tuple[pd.DataFrame, int]:
    """The rows of the file, and the number of services whose structure is not among them."""
    rows, owner = [], {}
    for rank, group in enumerate(groups):
        rows.append(_cells(group))
        owner.update({name: rank for row in group for name in _names(row)})
    types: dict[int, set[str]] = {}
    themes: dict[int, set[str]] = {}
    orphans = 0
    for service in services:
        mine = owner.get(text_of(service, "structure_id"))
        if mine is None:
            orphans += 1
            continue
        types.setdefault(mine, set()).update(_several(service, "type"))
        themes.setdefault(mine, set()).update(_several(service, "thematiques"))
    for rank, row in enumerate(rows):
        row["types_services"] = _joined(types.get(rank, ()))
        row["thematiques"] = _joined(themes.get(rank, ()))
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
    return table.sort_values(["code_insee", "id"], ignore_index=True), orphans


def _cells(group: list[Row]) -> dict[str, str]:
    """A structure from the rows that describe it: the best one, completed by the others."""
    cells = {}
    for name in COLUMNS:
        told = [siret_of(row) if name == "siret" else text_of(row, name) for row in group]
        cells[name] = next((text for text in told if text), "")
    cells["code_insee"] = commune_code(cells["code_insee"]) or ""
    cells["longitude"], cells["latitude"] = _point(group)
    cells["reseaux_porteurs"] = _joined(
        name for row in group for name in _several(row, "reseaux_porteurs")
    )
    cells["sources"] = _joined(text_of(row, "source") for row in group)
    return cells


def _point(group: list[Row]) -> tuple[str, str]:
    """Both coordinates of the same row: those of a certified address before others."""
    points = [
        (
            row.get("adresse_certifiee") is not True,
            rank,
            text_of(row, "longitude"),
            text_of(row, "latitude"),
        )
        for rank, row in enumerate(group)
    ]
    told = sorted(point for point in points if point[2] and point[3])
    return told[0][2:] if told else ("", "")


def _several(row: Row, name: str) -> list[str]:
    value = row.get(name)
    found = value if isinstance(value, list) else [value]
    return [str(item) for item in found if item]


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(sorted({value for value in values if value}))
