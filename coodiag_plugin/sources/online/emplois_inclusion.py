"""Inclusion enterprises as listed by « Les emplois de l’inclusion » (public API, no key).

The list tells the postcode and the town, neither the commune code nor a point: both are asked of
the Annuaire des entreprises by SIRET. The file keeps the whole départements; the reader places
what stays without a point by the register or by its town.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...core.errors import CoodiagError
from ...core.progress import Progress, each
from ...core.words import N_, Words
from ..web.client import Web
from ..web.request import Request
from . import recherche_entreprises
from .asking import Asking
from .depot import Depot
from .inclusion_pages import Page, Row, siret_of, text_of, whole_list
from .scope import Scope

SERVICE = "emplois_inclusion"
FILE = "siae.csv"
#: Asked for; the service grants fewer and its answer tells how many.
PAGE_SIZE = 1000
#: Columns of the producer that are written: neither contacts nor addresses.
COLUMNS = ("siret", "type", "raison_sociale", "enseigne", "code_postal", "ville", "departement")
#: Columns added by SIRET from the Annuaire des entreprises.
PLACED = ("code_commune", "longitude", "latitude")
_NOTE = "communes et points : Annuaire des entreprises"
_WHAT = N_("inclusion enterprises of the département {code}")


def collect_siae(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the inclusion enterprises of the départements of ``scope``, one row by SIRET and type."""
    asking = Asking(web, SERVICE)
    departments = scope.all_departments
    rows: list[tuple[str, ...]] = []
    for code, part in each(departments, progress.part(0.0, 0.6)):
        rows += [_cells(row, code) for row in siae_of(asking, code, part)]
    progress.say(
        "{service}: {count} inclusion enterprises in {departments} départements.",
        service=asking.service.title,
        count=len(set(rows)),
        departments=len(departments),
    )
    if not rows:
        return
    points = _points(web, scope, depot, progress.part(0.6, 1.0))
    cells = [(*row, *points.get(row[0], ("", "", ""))) for row in sorted(set(rows), key=_order)]
    table = pd.DataFrame(cells, columns=[*COLUMNS, *PLACED], dtype=str)
    depot.table(FILE, table, asking.source("siae", note=_NOTE if points else ""))


def _points(
    web: Web, scope: Scope, depot: Depot, progress: Progress
) -> dict[str, tuple[str, str, str]]:
    """Commune, longitude and latitude by SIRET.

    A failure of that other service is said; it does not take the list away.
    """
    try:
        table = recherche_entreprises.find_siae(web, scope, progress)
    except CoodiagError as error:
        progress.warn(
            "The inclusion enterprises could not be located with the Annuaire des entreprises. {reason}",
            reason=error.words(),
        )
        depot.fail(["siae_points"], error)
        return {}
    return {
        siret: (code, *(("", "") if lon != lon else (f"{lon:.6f}", f"{lat:.6f}")))
        for siret, code, lon, lat in zip(
            table["siret"], table["codgeo"], table["lon"], table["lat"]
        )
    }


def siae_of(asking: Asking, department: str, progress: Progress) -> list[Row]:
    """Rows of a département as the service gives them."""

    def request(number: int) -> Request:
        parameters = {"departement": department, "page": number, "page_size": PAGE_SIZE}
        return Request.get(SERVICE, "siaes/", {**parameters, "format": "json"})

    return whole_list(asking, request, _page, Words(_WHAT, code=department), progress)


def _page(payload: Any) -> Page | None:
    """A page of Django REST framework; a page that is followed by another one is a full one."""
    if not isinstance(payload, dict) or not isinstance(payload.get("results"), list):
        return None
    rows, total = payload["results"], payload.get("count")
    if not isinstance(total, int) or not all(isinstance(row, dict) for row in rows):
        return None
    size = len(rows) if payload.get("next") else max(total, 1)
    return Page(rows, total, max(size, 1))


def _cells(row: Row, department: str) -> tuple[str, ...]:
    cells = {name: text_of(row, name) for name in COLUMNS}
    cells["siret"] = siret_of(row)
    cells["departement"] = cells["departement"] or department
    return tuple(cells.values())


def _order(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (cells[-1], *cells)
