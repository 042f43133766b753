"""The offline address index: one SQLite file per BAN file, built once, shared by all processes.

An index is named after the SHA-256 of its BAN file, so a changed file gives another index and two
processes agree without talking. It is written under a temporary name and renamed when complete: a
builder that is killed leaves no half index behind, only a ``.part`` file which the next builder
removes. Builders queue behind an exclusive lock of SQLite, which the system frees with the process.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from pathlib import Path

from ..core.errors import InputError, SourceError
from ..core.fingerprint import fingerprint
from ..core.progress import Progress
from .ban_build import FORMAT, build
from .ban_file import ban_files
from .ban_vintage import Vintage, homes, present, prune, read_only, used
from .closing import Closing
from .street_index import Place
from .streets import Street, StreetTable
from .towns import Town, Towns

#: Streets kept parsed in memory, about one kilobyte each.
STREETS_IN_MEMORY = 60_000
_LOCK_WAIT_SECONDS = 0.2


class BanIndex(Closing):
    """Read-only access to the indexes of several BAN files, as one.

    Of two vintages of a département the newest is read (``ban_vintage.py``). Not to be shared
    between threads. Raises sqlite3.DatabaseError when an index is damaged.
    """

    def __init__(self, databases: Sequence[Path]) -> None:
        with ExitStack() as opened:
            found = [opened.enter_context(closing(read_only(path))) for path in databases]
            read = homes(present([Vintage.of(at, base) for at, base in enumerate(found)]))
            self._home = {code: vintage.rank for code, vintage in read.items()}
            self._addresses = sum(v.communes[code].addresses for code, v in read.items())
            self._connections = found
            self.towns = Towns(self._towns())
            self._files = opened.pop_all()
        self._tables: OrderedDict[str, StreetTable] = OrderedDict()
        self._held = 0
        self._numbers = lru_cache(maxsize=20_000)(self._read_numbers)

    def close(self) -> None:
        self._files.close()

    def __contains__(self, citycode: str) -> bool:
        return citycode in self._home

    @property
    def addresses(self) -> int:
        """Addresses of the communes held."""
        return self._addresses

    def _towns(self) -> Iterator[Town]:
        for at, connection in enumerate(self._connections):
            postcodes: dict[str, list[str]] = {}
            for code, postcode in connection.execute(
                "SELECT code, postcode FROM commune_postcode ORDER BY code, postcode"
            ):
                postcodes.setdefault(code, []).append(postcode)
            aliases: dict[str, list[tuple[str, str]]] = {}
            for code, name, old_code in connection.execute(
                "SELECT code, name, old_code FROM commune_alias ORDER BY code, name, old_code"
            ):
                aliases.setdefault(code, []).append((name, old_code))
            for code, name, lon, lat in connection.execute(
                "SELECT code, name, lon, lat FROM commune ORDER BY code"
            ):
                if self._home.get(code) == at:
                    yield Town(
                        code=code,
                        name=name,
                        lon=lon,
                        lat=lat,
                        postcodes=tuple(postcodes.get(code, ())),
                        aliases=tuple(n for n, _ in aliases.get(code, ()) if n and n != name),
                        old_codes=tuple(c for _, c in aliases.get(code, ()) if c),
                        source="BAN",
                    )

    def table(self, citycode: str) -> StreetTable:
        """Streets of a commune, parsed; the least recently used communes leave memory."""
        table = self._tables.get(citycode)
        if table is not None:
            self._tables.move_to_end(citycode)
            return table
        rows = self._home_connection(citycode).execute(
            "SELECT id, name, alias, place, postcode, old_city, old_citycode, lon, lat FROM street "
            "WHERE citycode = ? ORDER BY id",
            (citycode,),
        )
        table = StreetTable([Street(citycode, *row) for row in rows])
        self._tables[citycode] = table
        self._held += len(table.streets)
        while self._held > STREETS_IN_MEMORY and len(self._tables) > 1:
            _, dropped = self._tables.popitem(last=False)
            self._held -= len(dropped.streets)
        return table

    def numbers(self, street: Street) -> dict[int, tuple[Place, ...]]:
        """Addresses of a street by number, each sorted by suffix."""
        return self._numbers(street.citycode, street.id)

    def communes_with(self, key: str) -> int:
        """In how many communes a street of this parsed name (``StreetName.key``) exists."""
        codes: set[str] = set()
        for at, connection in enumerate(self._connections):
            codes.update(
                code
                for (code,) in connection.execute(
                    "SELECT DISTINCT citycode FROM street WHERE key = ?", (key,)
                )
                if self._home.get(code) == at
            )
        return len(codes)

    def _read_numbers(self, citycode: str, street: int) -> dict[int, tuple[Place, ...]]:
        found: dict[int, list[Place]] = {}
        for row in self._home_connection(citycode).execute(
            "SELECT number, suffix, lon, lat, postcode FROM number WHERE street = ? "
            "ORDER BY number, suffix",
            (street,),
        ):
            found.setdefault(row[0], []).append(Place(*row))
        return {number: tuple(places) for number, places in found.items()}

    def _home_connection(self, citycode: str) -> sqlite3.Connection:
        return self._connections[self._home[citycode]]


def open_index(paths: Sequence[Path], cache: Path, progress: Progress) -> BanIndex:
    """Open the index of BAN files or folders, building in ``cache`` what is missing.

    A file is taken as it is, so that one which is no BAN file is refused by name. Raises
    InputError (no BAN file, cache that cannot be written), SourceError (damaged BAN file),
    Cancelled.
    """
    files: list[Path] = []
    for path in paths:
        found = [path] if path.is_file() else ban_files(path)
        if not found:
            raise InputError(
                "No BAN file was found in {paths}. Give a file adresses-NN.csv.gz of adresse.data.gouv.fr, or the folder that holds it.",
                paths=str(path),
            )
        files += [file for file in found if file not in files]
    databases = []
    for at, file in enumerate(files):
        part = progress.part(at / len(files), (at + 1) / len(files))
        databases.append(_ensure(file, cache, part))
    return BanIndex(list(dict.fromkeys(databases)))


def _ensure(file: Path, cache: Path, progress: Progress) -> Path:
    """Path of the ready index of one BAN file."""
    try:
        sha256 = fingerprint(file, progress.check)
    except OSError as error:
        raise InputError(
            "The BAN file {file} cannot be read ({reason}).", file=str(file), reason=str(error)
        ) from error
    target = cache / f"ban-{sha256[:24]}-v{FORMAT}.sqlite"
    if _is_sound(target, sha256):
        used(target)
        return target
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _only_builder(target, progress):
            if _is_sound(target, sha256):  # another process built it while we waited
                return target
            _build_aside(file, sha256, target, progress)
            prune(cache, target)
    except (OSError, sqlite3.OperationalError) as error:
        raise InputError(
            "The address index cannot be written in {folder} ({reason}). Check that the folder can be written and has room.",
            folder=str(cache),
            reason=str(error),
        ) from error
    return target


def _build_aside(file: Path, sha256: str, target: Path, progress: Progress) -> None:
    """Build under a temporary name, then rename. Only called by the holder of the lock."""
    for orphan in target.parent.glob(f"{target.stem}.*.part"):
        orphan.unlink()
    part = target.with_name(f"{target.stem}.{os.getpid()}.part")
    progress.say("Building the address index of {file}.", file=file.name)
    try:
        build(file, sha256, part, progress)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):  # renamed: the usual case
            part.unlink()


def _is_sound(path: Path, sha256: str) -> bool:
    """Whether the index is complete and undamaged; a damaged one will be built again."""
    if not path.is_file():
        return False
    try:
        with closing(read_only(path)) as database:
            meta = dict(database.execute("SELECT key, value FROM meta"))
            healthy = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        return False
    return healthy and meta.get("sha256") == sha256 and meta.get("format") == str(FORMAT)


@contextmanager
def _only_builder(target: Path, progress: Progress) -> Iterator[None]:
    """Hold the builders' lock of ``target``, waiting (and cancellable) while another builds."""
    lock = target.with_suffix(".lock")
    with closing(sqlite3.connect(lock, timeout=_LOCK_WAIT_SECONDS)) as database:
        database.isolation_level = None
        waiting = False
        while True:
            progress.check()
            try:
                database.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
            except sqlite3.DatabaseError as error:
                raise SourceError(
                    "The lock {file} of the address index is damaged. Delete it and run again.",
                    file=str(lock),
                ) from error
            if not waiting:
                waiting = True
                progress.say("Another process is building this address index: waiting for it.")
        yield
        database.execute("ROLLBACK")
