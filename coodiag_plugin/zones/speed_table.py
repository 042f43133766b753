"""The table of speeds by class of road: that of the catalogue, and the one that a user edits."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ..core import catalogue
from ..core.errors import InputError

PROFILES = ("car", "bike", "foot")
COLUMNS = ("schema", "class", "importance", *PROFILES, "join")
SCHEMAS = ("bdtopo", "osm", "lines")
#: Stands for the classes that the table does not name.
ANY = "*"
#: Fastest speed that a table may give, km/h.
FASTEST = 200.0

Key = tuple[str, str, str]  # schema, class, importance


@dataclass(frozen=True)
class Speeds:
    """A row: km/h by way of moving (0: closed), whether points may join such a road.

    ``own``: the speed by car is the user's, and comes before the one that the layer gives.
    """

    car: float
    bike: float
    foot: float
    join: bool
    own: bool = False

    def of(self, profile: str) -> float:
        return {"car": self.car, "bike": self.bike, "foot": self.foot}[profile]


@dataclass(frozen=True, eq=False)
class SpeedTable:
    """Speeds by (schema, class, importance); ``name`` of the user's file, empty without one.

    ``named`` and ``changed`` count the rows of the file, and those whose speeds are new.
    """

    rows: Mapping[Key, Speeds]
    name: str = ""
    named: int = 0
    changed: int = 0

    def find(self, schema: str, name: str, importance: str = "") -> Speeds | None:
        """The row of a class, the one of its importance first; None for a class not named."""
        exact = self.rows.get((schema, name, importance))
        return self.rows.get((schema, name, "")) if exact is None else exact

    def other(self, schema: str) -> Speeds:
        """The row of the classes that the table does not name."""
        return self.rows[schema, ANY, ""]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the table says: two files that say the same have the same."""
        said = sorted([*key, *vars(row).values()] for key, row in self.rows.items())
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@cache
def catalogue_speeds() -> SpeedTable:
    """The table that comes with Coodiag."""
    return SpeedTable(
        {
            (row["schema"], row["class"], row["importance"]): Speeds(
                float(row["car"]), float(row["bike"]), float(row["foot"]), row["join"] == "1"
            )
            for row in catalogue.rows("road_speeds")
        }
    )


def read_speeds(path: Path | None) -> SpeedTable:
    """The table of a file, completed by the catalogue; the catalogue's without a file.

    A class named in the file loses all its rows of the catalogue, those of each importance too.
    Columns beyond :data:`COLUMNS` are left alone. Raises InputError naming the line, the column
    and what to write.
    """
    base = catalogue_speeds()
    if path is None:
        return base
    given: dict[Key, Speeds] = {}
    lines: dict[Key, int] = {}
    for line, cells in _cells(path):
        key, row = _row(path, line, cells)
        if key in lines:
            raise InputError(
                "Table of speeds {file}, line {line}: the class {name} already stands in line {first}. Keep one of the two.",
                file=path.name,
                line=line,
                name=" ".join(filter(None, key[1:])),
                first=lines[key],
            )
        lines[key] = line
        given[key] = _marked(row, _usual(base, key))
    if not given:
        raise InputError(
            "The table of speeds {file} has no row. Write one line for each class of roads, or leave the parameter empty.",
            file=path.name,
        )
    named = {key[:2] for key in given}
    kept = {key: row for key, row in base.rows.items() if key[:2] not in named}
    changed = sum(row != _usual(base, key) for key, row in given.items())
    return SpeedTable({**kept, **given}, path.name, len(given), changed)


def _usual(base: SpeedTable, key: Key) -> Speeds:
    """What the catalogue says of a class, or of the classes that it does not name."""
    return base.find(*key) or base.other(key[0])


def _marked(row: Speeds, usual: Speeds) -> Speeds:
    """The row, its speed by car told to be the user's when the catalogue has another."""
    return Speeds(row.car, row.bike, row.foot, row.join, own=row.car != usual.car)


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column of each row; blank lines and those after # left out."""
    text = _text(path)
    head = next((line for line in text.splitlines() if _told(line)), "")
    separator = max(";,\t", key=head.count)
    columns: list[str] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for found in reader:
        row = [cell.strip() for cell in found]
        if not any(row) or row[0].startswith("#"):
            continue
        if columns is None:
            columns = [cell.lower() for cell in row]
            missing = [name for name in COLUMNS if name not in columns]
            if missing:
                raise InputError(
                    "The table of speeds {file} lacks the columns {columns}. Its first line must be {wanted}.",
                    file=path.name,
                    columns=", ".join(missing),
                    wanted=";".join(COLUMNS),
                )
            continue
        row += [""] * (len(columns) - len(row))
        yield reader.line_num, dict(zip(columns, row))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            "The table of speeds {file} cannot be read ({reason}).",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
    if b"\0" in raw:
        raise InputError(
            "The table of speeds {file} is not a text file. Save it as CSV (UTF-8).", file=path.name
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # a spreadsheet of Windows
        return raw.decode("cp1252", errors="replace")


def _told(line: str) -> bool:
    return bool(line.strip(" ;,\t\"'")) and not line.lstrip("\"' ").startswith("#")


def _row(path: Path, line: int, cells: Mapping[str, str]) -> tuple[Key, Speeds]:
    schema, name, importance = (cells[column] for column in COLUMNS[:3])
    where = {"file": path.name, "line": line}
    if schema not in SCHEMAS:
        raise InputError(
            "Table of speeds {file}, line {line}, column schema: “{text}” is not known. Write {schemas}.",
            **where,
            text=schema,
            schemas=", ".join(SCHEMAS),
        )
    if not name:
        raise InputError(
            "Table of speeds {file}, line {line}, column class: it is empty. Write a class of roads, or * for all those that are not named.",
            **where,
        )
    if importance and (schema != "bdtopo" or importance not in tuple("123456")):
        raise InputError(
            "Table of speeds {file}, line {line}, column importance: “{text}” is not known. Write 1 to 6 for a class of bdtopo, or nothing for any.",
            **where,
            text=importance,
        )
    car, bike, foot = (_speed(cells[profile], profile, where) for profile in PROFILES)
    join = cells["join"]
    if join not in ("0", "1"):
        raise InputError(
            "Table of speeds {file}, line {line}, column join: “{text}” is not known. Write 1 when a point may be joined to such a road, else 0.",
            **where,
            text=join,
        )
    return (schema, name, importance), Speeds(car, bike, foot, join == "1")


def _speed(text: str, column: str, where: Mapping[str, object]) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= FASTEST:
        raise InputError(
            "Table of speeds {file}, line {line}, column {column}: “{text}” is not a speed. Write km/h from 0 (closed) to {fastest}, for example 30 or 12,5.",
            **where,
            column=column,
            text=text,
            fastest=round(FASTEST),
        )
    return value
