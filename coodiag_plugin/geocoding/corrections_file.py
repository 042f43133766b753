"""The SQLite file of the corrections: made, recognised, and saved when it is damaged."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress

VERSION = 1
#: ``Coor``: tells the file from any other SQLite database (a GeoPackage, say).
APPLICATION = 0x436F6F72
WAIT_SECONDS = 20.0

_MAGIC = b"SQLite format 3\x00"
_SCHEMA = """
CREATE TABLE salt (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE correction (
    salt INTEGER NOT NULL, named TEXT NOT NULL, coded TEXT NOT NULL, how TEXT NOT NULL,
    status TEXT NOT NULL, lon REAL, lat REAL, label TEXT NOT NULL, citycode TEXT NOT NULL,
    note TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY (salt, named, coded));
CREATE INDEX correction_named ON correction (named);
CREATE INDEX correction_coded ON correction (coded);
"""
_OURS = frozenset(
    (
        ("table", "salt", "salt"),
        ("table", "correction", "correction"),
        ("index", "correction_named", "correction"),
        ("index", "correction_coded", "correction"),
        ("index", "sqlite_autoindex_salt_1", "salt"),
        ("index", "sqlite_autoindex_correction_1", "correction"),
    )
)


def opened(path: Path, progress: Progress, ours: bool) -> sqlite3.Connection:
    """A connection to a sound file of this version, made where there is none.

    Raises :class:`InputError`: see :class:`~.corrections.Corrections`.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path)
        if not _recognised(path, ours):
            raise _another(path)
        _for_its_owner(path, progress)
        try:
            return _connected(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            _set_aside(path, progress)
            return _connected(path)
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            "The file of corrections {file} cannot be used ({reason}). Check that it can be written and that its disk has room.",
            file=str(path),
            reason=str(error),
        ) from error


def _create(path: Path) -> None:
    """An empty file that only its owner may open; SQLite gives its journal the same rights."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _for_its_owner(path: Path, progress: Progress) -> None:
    """Close to others a file that came open, from a copy or a download."""
    if os.name != "posix" or not path.stat().st_mode & 0o077:
        return
    try:
        path.chmod(0o600)
    except OSError as error:
        progress.warn(
            "The file of corrections {file} can be read by others ({reason}): it says where people may live. Keep it in a folder of your own.",
            file=str(path),
            reason=error.strerror or str(error),
        )


def _another(path: Path) -> InputError:
    return InputError(
        "{file} is not a file of corrections. Choose another name in CORRECTIONS.", file=str(path)
    )


def _recognised(path: Path, ours: bool) -> bool:
    """Whether the file is one of corrections, or an empty one, or may be taken for a damaged one."""
    with path.open("rb") as stream:
        head = stream.read(100)
    if not head:
        return True
    if head[:16] != _MAGIC or len(head) < 100:
        return ours
    mark = int.from_bytes(head[68:72], "big")
    # 0: the tables are being made, or were when the process was killed
    return mark == APPLICATION or (mark == 0 and _blank(path))


def _blank(path: Path) -> bool:
    with closing(_connection(path)) as base:
        return base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def _connection(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=WAIT_SECONDS)
    base.isolation_level = None
    base.execute("PRAGMA synchronous = FULL")  # a correction told as kept is on the disk
    return base


def _connected(path: Path) -> sqlite3.Connection:
    base = _connection(path)
    try:
        if base.execute("PRAGMA user_version").fetchone()[0] == 0:
            _make_tables(base)
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise InputError(
                "The file of corrections {file} was written by a newer Coodiag. Update the plugin, or choose another file in CORRECTIONS.",
                file=str(path),
            )
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        if not _OURS.issuperset(base.execute("SELECT type, name, tbl_name FROM sqlite_master")):
            raise _another(path)  # a trigger or a view would act in what we write and read
        base.execute("SELECT named, coded FROM correction LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        base.close()
        if "no such" in str(error):  # a table or a column is gone: no passing trouble
            raise sqlite3.DatabaseError(str(error)) from error
        raise
    except BaseException:
        base.close()
        raise
    return base


def _make_tables(base: sqlite3.Connection) -> None:
    """The tables in one transaction; a second process that waited for it finds them made."""
    base.execute("BEGIN IMMEDIATE")
    if base.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _SCHEMA.split(";"):
            base.execute(statement)
        base.execute("INSERT INTO salt (value) VALUES (?)", (secrets.token_hex(16),))
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
    base.execute("COMMIT")


def _set_aside(path: Path, progress: Progress) -> None:
    """Rename the damaged file and take over what can still be read of it.

    Under a lock and after a second look: another process may have done it in the meantime.
    """
    with closing(
        sqlite3.connect(path.with_name(path.name + ".lock"), timeout=WAIT_SECONDS)
    ) as lock:
        lock.isolation_level = None
        lock.execute("BEGIN EXCLUSIVE")
        try:
            _connected(path).close()
            return
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            kept = _free_name(path)
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            journal.rename(kept.with_name(kept.name + "-journal"))
        path.rename(kept)
        _create(path)
        with closing(_connected(path)) as base:
            saved = _take_over(kept, base)
    progress.warn(
        "The file of corrections was damaged: it is kept as {file}, and {count} corrections could be taken over.",
        file=str(kept),
        count=saved,
    )


def _free_name(path: Path) -> Path:
    stamp = datetime.now(timezone.utc).strftime("%Y%m%d-%H%M%S")
    rank = 1
    while True:
        extra = f"-{rank}" if rank > 1 else ""
        name = path.with_name(f"{path.stem}.damaged-{stamp}{extra}{path.suffix}")
        if not name.exists():
            return name
        rank += 1


def _take_over(damaged: Path, base: sqlite3.Connection) -> int:
    """Copy the readable rows, from the first on and from the last back; how many."""
    saved: dict[tuple, tuple] = {}
    salts: list[tuple] = []
    with closing(sqlite3.connect(damaged)) as old:
        # what is read before the damage counts; the rest stays in the file set aside
        with contextlib.suppress(sqlite3.DatabaseError):
            salts = old.execute("SELECT id, value FROM salt").fetchall()
        for order in ("ASC", "DESC"):
            with contextlib.suppress(sqlite3.DatabaseError):
                for line in old.execute(
                    "SELECT salt, named, coded, how, status, lon, lat, label, citycode, note, date "
                    f"FROM correction ORDER BY rowid {order}"  # nosec B608
                ):
                    saved[line[:3]] = line
    known = dict(salts)
    lines = [line for line in saved.values() if line[0] in known]
    base.execute("BEGIN IMMEDIATE")
    if salts:
        base.execute("DELETE FROM salt")
        base.executemany("INSERT INTO salt VALUES (?, ?)", salts)
    base.executemany("INSERT INTO correction VALUES (?,?,?,?,?,?,?,?,?,?,?)", lines)
    base.execute("COMMIT")
    return len(lines)
