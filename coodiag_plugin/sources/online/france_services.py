"""France services houses, from the list published on data.gouv.fr.

The field list of the file is not documented by a contract: its columns are recognised among the
names seen so far, in any of the resources of the data set.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.codes import commune_code
from ...core.errors import SourceError
from ...core.progress import Progress, each
from ..names import normalise
from ..official_csv import encoding_of
from ..web.answers import Answer
from ..web.client import Web
from ..web.faults import ServiceError
from ..web.request import Request
from . import data_gouv
from .asking import Asking
from .depot import Depot
from .scope import Scope

SERVICE = "data_gouv"
ENTRY = "france_services"
FILE = "france_services.csv"
#: Column that is written → names seen in the files, as normalised words.
ALIASES = {
    "id_fs": ("ID FS", "ID", "IDENTIFIANT", "IDENTIFIANT FS"),
    "lib_fs": (
        "LIB FS", "NOM DE LA STRUCTURE", "NOM STRUCTURE", "NOM FS", "NOM", "LIBELLE",
        "NOM DE LA FRANCE SERVICES",
    ),
    "insee_com": (
        "INSEE COM", "CODE INSEE", "CODE COMMUNE", "CODE INSEE COMMUNE", "CODGEO", "INSEE",
        "CODE COMMUNE INSEE",
    ),
    "lib_com": ("LIB COM", "COMMUNE", "NOM COMMUNE", "VILLE", "LIBELLE COMMUNE"),
    "format_fs": ("FORMAT FS", "FORMAT", "TYPE"),
    "longitude": ("LONGITUDE", "LON", "LONG", "LNG", "X LONGITUDE"),
    "latitude": ("LATITUDE", "LAT", "Y LATITUDE"),
}  # fmt: skip
#: Columns without which a file is not the list of the houses.
NEEDED = ("lib_fs", "insee_com")
#: In the title of the likeliest resource; then that of the catalogue, then any.
_LIKELIEST = r"\bstructures\b"


def collect_france_services(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """Write the houses of the communes of ``scope``. Raises SourceError when no resource fits."""
    asking = Asking(web, SERVICE)
    found, table = _list_of_houses(web, asking, progress)
    here = table[table["insee_com"].isin(scope.written)]
    progress.say(
        "France services: {count} houses in the communes, {all} in the whole list.",
        count=len(here),
        all=len(table),
    )
    if len(here):
        rows = here.sort_values(["insee_com", "lib_fs", "id_fs"], ignore_index=True)
        depot.table(FILE, rows, found.source("france_services", retrieved=asking.day))


def _list_of_houses(
    web: Web, asking: Asking, progress: Progress
) -> tuple[data_gouv.Resource, pd.DataFrame]:
    """The file that holds the houses: the data set also has documents and derived tables."""
    entry, seen = data_gouv.entries()[ENTRY], dict[str, str]()
    slug = entry.dataset
    for title, part in each((_LIKELIEST, entry.match, ""), progress):
        part.set(0.0)
        found = _resource(web, slug, title)
        if found is None or found.address in seen:
            continue
        header, lines = _parsed(asking.fetch(Request.get(SERVICE, found.address), Answer.body))
        columns = recognised(header)
        if all(name in columns for name in NEEDED):
            return found, _houses(columns, lines)
        seen[found.address] = ", ".join(header[:6])
    raise SourceError(
        "data.gouv.fr: no file of the dataset {dataset} has the expected columns (columns found: {seen}). The list has changed: look for a newer version of Coodiag, or put the file in the data folder.",
        dataset=slug,
        seen=" / ".join(seen.values()) or "–",
    )


def _resource(web: Web, slug: str, title: str) -> data_gouv.Resource | None:
    """The newest csv whose title holds a pattern, None when there is none."""
    try:
        return data_gouv.resource(web, slug, match=title, formats=("csv",))
    except ServiceError:
        raise
    except SourceError:
        return None


def _parsed(content: bytes) -> tuple[list[str], Iterator[list[str]]]:
    """Header and lines of a csv, whatever its separator and encoding."""
    text = content.decode(encoding_of(content, whole=True), errors="replace")
    first = text.partition("\n")[0]
    separator = max(";,\t|", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell.strip() for cell in next(lines, [])], lines


def recognised(header: list[str]) -> dict[str, int]:
    """Place of each column of :data:`ALIASES` in a header, the first alias that is there."""
    words = [normalise(name) for name in header]
    found = {}
    for column, names in ALIASES.items():
        place = next((words.index(name) for name in names if name in words), None)
        if place is not None:
            found[column] = place
    return found


def _houses(columns: Mapping[str, int], lines: Iterator[list[str]]) -> pd.DataFrame:
    rows = []
    for line in lines:
        row = {
            name: " ".join(line[place].split())
            for name, place in columns.items()
            if place < len(line)
        }
        code = commune_code(row.get("insee_com", ""))
        if code and row.get("lib_fs"):
            rows.append({**row, "insee_com": code})
    return pd.DataFrame(rows, columns=list(ALIASES), dtype=str).fillna("")
