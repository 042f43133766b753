"""A table of the actors of a territory: organisations, what they do, where, and their link.

The layer made of it is handed out: only the columns named here are taken, contacts are dropped, and
an actor that may be a person is neither named nor placed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..core.catalogue import rows as catalogue_rows
from ..core.errors import InputError
from ..core.progress import Progress, Silent
from ..core.qualitative import Actor
from .analyst_table import AnalystTable, assigned, fields_of, place_fields, read_analyst_table
from .identifying import identifying, is_person, without_contacts
from .issues import Issue
from .names import normalise
from .places import Place, settle, with_number
from .repairs import read_number

OTHER_KIND, OTHER_LINK = "autre", "autre"
#: Degrees in which a French place lies, overseas included; beyond, a coordinate is a mistake.
_LONGITUDES, _LATITUDES = (-64.0, 56.0), (-22.0, 52.0)
_SEPARATORS = re.compile(r"\s*[;,/|\n]\s*|\s+et\s+")
_PLACE_CELLS = ("address", "complement", "postcode", "city", "citycode")


@dataclass(frozen=True)
class ActorRow:
    """An actor and the cells that locate it; ``point``: longitude and latitude when they are given."""

    actor: Actor
    line: int
    place: Mapping[str, str]
    point: tuple[float, float] | None = None


@dataclass
class ActorTable:
    """``rows_in = len(rows) + refused + persons``. ``persons``: actors that may be persons."""

    rows: list[ActorRow]
    issues: list[Issue] = field(default_factory=list)
    dropped: tuple[tuple[str, str], ...] = ()
    rows_in: int = 0
    refused: int = 0
    persons: int = 0

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(row.actor for row in self.rows)


@cache
def _patterns(table: str, key: str, column: str) -> tuple[tuple[str, str], ...]:
    """``(words, id)``, the longest words first; the label is one of the ``words``."""
    found = [
        (normalise(word), row[key])
        for row in catalogue_rows(table)
        for word in (row["label"] if column == "words" else "", *row[column].split("|"))
        if word
    ]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def _recognised(table: str, key: str, text: str, column: str = "words") -> str:
    """The id whose words a text holds, the longest first; "" when it holds none."""
    plain = f" {normalise(text)} "
    singular = re.sub(r"S(?= )", "", plain)
    return next(
        (
            found
            for words, found in _patterns(table, key, column)
            if f" {words} " in plain or f" {words} " in singular
        ),
        "",
    )


def kind_of(category: str, name: str = "", role: str = "") -> str:
    """Kind of ``actor_kinds.csv`` by a name that settles it, else the category, else the name, else
    the role; "" unknown."""
    settled = _recognised("actor_kinds", "kind", name, "names") if name else ""
    if settled:
        return settled
    for text in (category, name, role):
        found = _recognised("actor_kinds", "kind", text) if text else ""
        if found and (found != OTHER_KIND or text == category):
            if found == OTHER_KIND:  # « association »: the name may say more
                return kind_of("", name, role) or found
            return found
    return ""


def links_of(text: str) -> tuple[str, ...]:
    """Links of ``actor_links.csv`` that a cell names, in the order of the catalogue."""
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    found = {_recognised("actor_links", "link", part) or OTHER_LINK for part in parts}
    return tuple(row["link"] for row in catalogue_rows("actor_links") if row["link"] in found)


def read_actors(path: Path, progress: Progress | None = None) -> ActorTable:
    """Read a table of actors (csv, txt, xlsx, ods).

    Raises :class:`InputError` when no column names the actors or none is left.
    """
    progress = progress or Silent()
    table = read_analyst_table(path, fields_of("actors"), progress)
    columns = _columns(table)
    result = ActorTable([], table.issues, _dropped(table, columns), len(table.rows))
    first: dict[tuple[str, str], int] = {}
    for row, line in zip(table.rows, table.lines):
        progress.check()
        cells = {name: row[at] for name, at in columns.items()}
        _take(table, result, cells, line, first)
    if not result.rows:
        raise InputError(
            "No actor of {file} can be used: {refused} rows without a name, {persons} that look like persons.",
            file=table.file,
            refused=result.refused,
            persons=result.persons,
        )
    return result


def _columns(table: AnalystTable) -> dict[str, int]:
    """Field → column: those of the actors first, then the cells that locate."""
    found = assigned(table.columns, fields_of("actors"))
    taken = set(found.values())
    free = [name if at not in taken else "" for at, name in enumerate(table.columns)]
    places = assigned(free, place_fields())
    if "name" not in found:
        if len(table.columns) > 1:
            raise InputError(
                "No column of {file} names the actors. Call one of them « Nom ». Columns seen: {columns}.",
                file=table.file,
                columns=", ".join(table.columns),
            )
        return {"name": 0}
    return {**places, **found}


def _dropped(table: AnalystTable, columns: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The columns that are not taken, with what they tell of a person."""
    result = []
    for at, name in enumerate(table.columns):
        if at in columns.values():
            continue
        what = identifying(name, table.column(at))
        table.note(
            table.header_line, at, "identifying_column" if what else "column_left", other=what
        )
        result.append((name, what))
    return tuple(result)


def _take(
    table: AnalystTable,
    result: ActorTable,
    cells: Mapping[str, str],
    line: int,
    first: dict[tuple[str, str], int],
) -> None:
    text = {
        name: _bare(table, line, cells.get(name, "")) for name in ("name", "kind", "role", "link")
    }
    name = " ".join(text["name"].split())
    if not name:
        table.note(line, -1, "actor_unnamed")
        result.refused += 1
        return
    if is_person(name) and not _said_organisation(text["kind"]):
        table.note(line, -1, "actor_person")
        result.persons += 1
        return
    place = _place(cells)
    key = normalise(name), normalise(f"{place['address']} {place['postcode']} {place['city']}")
    if key in first:
        table.note(line, -1, "same_actor", other=first[key])
        result.refused += 1
        return
    first[key] = line
    kind = kind_of(text["kind"], name, text["role"])
    if not kind:
        table.note(line, -1, "actor_kind", text["kind"])
    links = links_of(text["link"])
    if OTHER_LINK in links and normalise(text["link"]) not in ("AUTRE", "AUTRES"):
        table.note(line, -1, "actor_link", text["link"])
    role = " ".join(text["role"].split())
    actor = Actor(name, kind or OTHER_KIND, role, links, place["city"])
    result.rows.append(ActorRow(actor, line, place, _point(table, cells, line)))


def _said_organisation(kind: str) -> bool:
    """Whether the category itself says that the actor is no natural person."""
    plain = set(normalise(kind).split())
    return bool(
        plain
        & {
            "ASSOCIATION",
            "ENTREPRISE",
            "SOCIETE",
            "COLLECTIVITE",
            "INSTITUTION",
            "ORGANISME",
            "FONDATION",
        }
    )


def _bare(table: AnalystTable, line: int, text: str) -> str:
    bare = without_contacts(text)
    if bare != text:
        table.note(line, -1, "contact_in_text")
    return bare


def _place(cells: Mapping[str, str]) -> dict[str, str]:
    given = {
        name: " ".join(cells.get(name, "").split()) for name in ("number", "street_type", "street")
    }
    street = cells.get("address", "") or given["street"]
    place = settle(
        Place(
            address=with_number(given["number"], "", given["street_type"], street)
            if street
            else "",
            complement=cells.get("complement", ""),
            postcode=cells.get("postcode", ""),
            city=cells.get("city", ""),
            citycode=cells.get("citycode", ""),
        )
    )
    return {name: getattr(place, name) for name in _PLACE_CELLS}


def _point(table: AnalystTable, cells: Mapping[str, str], line: int) -> tuple[float, float] | None:
    """Longitude and latitude of a row, None when they are not given or cannot be."""
    texts = cells.get("lon", ""), cells.get("lat", "")
    if not any(texts):
        return None
    lon, lat = (read_number(text, ".").value if text else None for text in texts)
    inside = (
        lon is not None
        and lat is not None
        and _LONGITUDES[0] <= lon <= _LONGITUDES[1]
        and _LATITUDES[0] <= lat <= _LATITUDES[1]
        and (lon, lat) != (0.0, 0.0)
    )
    if not inside or lon is None or lat is None:
        table.note(line, -1, "coordinates_bad", ", ".join(texts))
        return None
    return lon, lat
