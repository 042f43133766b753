"""Writing the SQLite index of one BAN file, in one pass and all or nothing."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from ..core.codes import department
from ..core.errors import SourceError
from ..core.progress import Progress
from .ban_file import BanRow, read
from .words import street_name

#: Raise it whenever a table or the parsing behind it changes: older indexes are then rebuilt.
FORMAT = 3

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE commune (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
    addresses INTEGER NOT NULL, numbers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE commune_postcode (
    code TEXT NOT NULL, postcode TEXT NOT NULL, PRIMARY KEY (code, postcode)) WITHOUT ROWID;
CREATE TABLE commune_alias (
    code TEXT NOT NULL, name TEXT NOT NULL, old_code TEXT NOT NULL,
    PRIMARY KEY (code, name, old_code)) WITHOUT ROWID;
CREATE TABLE street (
    citycode TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, alias TEXT NOT NULL,
    place INTEGER NOT NULL, postcode TEXT NOT NULL, old_city TEXT NOT NULL,
    old_citycode TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (citycode, id)) WITHOUT ROWID;
CREATE TABLE number (
    street INTEGER NOT NULL, number INTEGER NOT NULL, suffix TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, postcode TEXT NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (street, number, suffix)) WITHOUT ROWID;
"""
_INSERT_NUMBER = """
INSERT INTO number VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (street, number, suffix) DO UPDATE SET
    lon = excluded.lon, lat = excluded.lat, postcode = excluded.postcode, rank = excluded.rank
WHERE excluded.rank < rank
"""


@dataclass
class _Middle:
    """Finds, in two looks at the points, the one nearest their mean."""

    count: int = 0
    lon: float = 0.0
    lat: float = 0.0

    def add(self, lon: float, lat: float) -> None:
        self.count += 1
        self.lon += lon
        self.lat += lat

    def distance(self, lon: float, lat: float) -> float:
        mean_lon, mean_lat = self.lon / self.count, self.lat / self.count
        return math.hypot((lon - mean_lon) * math.cos(math.radians(mean_lat)), lat - mean_lat)


@dataclass
class _Street:
    id: int
    row: BanRow
    place: bool
    middle: _Middle = field(default_factory=_Middle)
    postcodes: dict[str, int] = field(default_factory=dict)
    points: list[tuple[float, float]] = field(default_factory=list)  # of a place only


class _Builder:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        self.streets: dict[tuple[str, str, str, str], _Street] = {}
        self.communes: dict[str, tuple[str, _Middle]] = {}
        self.numbered: Counter[str] = Counter()  # addresses with a number, by commune
        self.postcodes: set[tuple[str, str]] = set()
        self.aliases: set[tuple[str, str, str]] = set()
        self.addresses = 0
        self.skipped = 0

    def street(self, row: BanRow, name: str, place: bool) -> _Street:
        """The street of a row. The BAN id keeps apart two streets of one name in a commune."""
        owner = "" if place else row.street_id
        key = (row.citycode, row.old_citycode, owner, street_name(name).key)
        found = self.streets.get(key)
        if found is None:
            found = self.streets[key] = _Street(len(self.streets) + 1, row, place)
        return found

    def take(self, row: BanRow) -> Iterator[tuple[int, int, str, float, float, str, int]]:
        """Register a row; yields its line of ``number``, if it has one."""
        street = self.street(row, row.street, place=row.number is None)
        street.middle.add(row.lon, row.lat)
        street.postcodes[row.postcode] = street.postcodes.get(row.postcode, 0) + 1
        if row.number is None:
            street.points.append((row.lon, row.lat))
        else:
            self.numbered[row.citycode] += 1
            yield street.id, row.number, row.suffix, row.lon, row.lat, row.postcode, row.rank
        if row.locality and street_name(row.locality).key != street_name(row.street).key:
            place = self.street(row, row.locality, place=True)
            place.middle.add(row.lon, row.lat)
            place.postcodes[row.postcode] = place.postcodes.get(row.postcode, 0) + 1
            place.points.append((row.lon, row.lat))
        self.commune(row)

    def commune(self, row: BanRow) -> None:
        self.communes.setdefault(row.citycode, (row.city, _Middle()))[1].add(row.lon, row.lat)
        if row.postcode:
            self.postcodes.add((row.citycode, row.postcode))
        if row.old_city or row.old_citycode:
            self.aliases.add((row.citycode, row.old_city, row.old_citycode))
        if row.postal_city:
            self.aliases.add((row.citycode, row.postal_city, ""))

    def fill(self, source: Path, progress: Progress) -> None:
        batch: list[tuple[int, int, str, float, float, str, int]] = []
        for row in read(source, progress.part(0.0, 0.8)):
            if row is None:
                self.skipped += 1
                continue
            self.addresses += 1
            batch.extend(self.take(row))
            if len(batch) >= 20_000:
                self.database.executemany(_INSERT_NUMBER, batch)
                batch.clear()
        self.database.executemany(_INSERT_NUMBER, batch)
        self.place_middles(progress.part(0.8, 1.0))

    def place_middles(self, progress: Progress) -> None:
        """Give each street and commune the address nearest the mean of its addresses."""
        nearest: dict[str, tuple[float, float, float]] = {}
        lines = []
        for at, (key, street) in enumerate(self.streets.items()):
            if at % 500 == 0:
                progress.check()
                progress.set(at / len(self.streets))
            points = street.points + [
                (lon, lat)
                for lon, lat in self.database.execute(
                    "SELECT lon, lat FROM number WHERE street = ? ORDER BY number, suffix",
                    (street.id,),
                )
            ]
            _, lon, lat = min((street.middle.distance(*point), *point) for point in points)
            middle = self.communes[key[0]][1]
            for point in points:
                candidate = (middle.distance(*point), *point)
                if key[0] not in nearest or candidate < nearest[key[0]]:
                    nearest[key[0]] = candidate
            lines.append(self._street_line(key, street, lon, lat))
        self.database.executemany("INSERT INTO street VALUES (?,?,?,?,?,?,?,?,?,?,?)", lines)
        self.database.executemany(
            "INSERT INTO commune VALUES (?,?,?,?,?,?)",
            [
                (code, name, *nearest[code][1:], middle.count, self.numbered[code])
                for code, (name, middle) in self.communes.items()
            ],
        )
        self.database.executemany(
            "INSERT INTO commune_postcode VALUES (?,?)", sorted(self.postcodes)
        )
        self.database.executemany("INSERT INTO commune_alias VALUES (?,?,?)", sorted(self.aliases))

    @staticmethod
    def _street_line(
        key: tuple[str, str, str, str], street: _Street, lon: float, lat: float
    ) -> tuple[str, int, str, str, int, str, str, str, float, float, str]:
        row = street.row
        name = row.street
        if street.place and row.number is not None:
            name = row.locality
        postcode = min(street.postcodes, key=lambda code: (-street.postcodes[code], code))
        alias = "" if street.place else row.alias
        return (
            row.citycode,
            street.id,
            name,
            alias,
            int(street.place),
            postcode,
            row.old_city,
            row.old_citycode,
            lon,
            lat,
            key[3],
        )


def build(source: Path, sha256: str, target: Path, progress: Progress) -> None:
    """Write the index of ``source`` into ``target`` (which must not be in use).

    The files of the BAN do not say their date: it is that of the file, which a download sets.
    """
    dated = datetime.fromtimestamp(source.stat().st_mtime, timezone.utc).isoformat(
        timespec="microseconds"
    )
    with closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        with _transaction(database):
            for statement in _SCHEMA.split(";"):
                database.execute(statement)
            builder = _Builder(database)
            builder.fill(source, progress)
            if not builder.addresses:
                raise SourceError(
                    "The BAN file {file} holds no address with a position.", file=source.name
                )
            database.execute("CREATE INDEX street_key ON street (key, citycode)")
            database.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [
                    ("format", str(FORMAT)),
                    ("sha256", sha256),
                    ("file", source.name),
                    ("dated", dated),
                    ("departments", " ".join(sorted(set(map(department, builder.communes))))),
                    ("addresses", str(builder.addresses)),
                    ("skipped", str(builder.skipped)),
                ],
            )
    progress.say(
        "{file}: {addresses} addresses indexed in {communes} communes, {skipped} rows without name or position left out.",
        file=source.name,
        addresses=builder.addresses,
        communes=len(builder.communes),
        skipped=builder.skipped,
    )


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    """One explicit transaction around everything, tables included."""
    database.isolation_level = None
    database.execute("BEGIN")
    yield
    database.execute("COMMIT")
