"""The answers of a run, kept while it lasts so that a killed run goes on where it stopped.

One SQLite file per setting (service, index, thresholds), readable by its owner only, in the cache
folder. Addresses are in it as digests, but what was found is there in clear: it is removed as
soon as the run ends well, and what a killed or cancelled run left goes after a week. An answer that
is the failure of a service stays for the run that had it, and is forgotten by the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from ..core.errors import SourceError
from ..core.progress import Progress
from ..sources.web.lock import held
from .geocoder import Located
from .queries import Query

FORMAT = 2
#: Days after which what a killed run left is removed.
KEPT_DAYS = 7
_DAY = 86400.0
_ENDINGS = ("", "-journal")
_AT_ONCE = 500  # SQLite allows 999 values in a statement

_SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS located (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passing (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def row_key(query: Query) -> str:
    """Digest of the cells that locate a row; rows of one address share it."""
    cells = (query.address, query.complement, query.postcode, query.city, query.citycode)
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


class Answers:
    """Answers by digest: of a service to a question, and of the run to a row."""

    def __init__(self, database: sqlite3.Connection, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def asked(self, keys: Sequence[str]) -> dict[str, Any]:
        """What services answered to questions, by key; a question never asked is left out."""
        return {key: json.loads(text) for key, text in self._find("asked", keys)}

    def keep_asked(self, answers: Mapping[str, Any]) -> None:
        self._keep("asked", answers)

    def located(self, keys: Sequence[str]) -> dict[str, Located]:
        """Answers of the run by :func:`row_key`; their ``row_id`` is empty."""
        return {key: Located("", *json.loads(text)) for key, text in self._find("located", keys)}

    def keep_located(self, answers: Mapping[str, Located], passing: Collection[str] = ()) -> None:
        """``passing``: keys of those that another run is to ask for again."""
        with _told(self._folder), self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO passing VALUES (?)", [(key,) for key in passing]
            )
        self._keep("located", {key: astuple(answer)[1:] for key, answer in answers.items()})

    def forget_passing(self) -> None:
        """Let go of the answers of another run that are to be asked for again."""
        with _told(self._folder), self._database:
            self._database.execute("DELETE FROM located WHERE key IN (SELECT key FROM passing)")
            self._database.execute("DELETE FROM passing")

    def _find(self, table: str, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, answer FROM {table} WHERE key IN ({marks})"  # nosec B608
            with _told(self._folder):
                found = self._database.execute(query, part).fetchall()
            yield from found

    def _keep(self, table: str, answers: Mapping[str, Any]) -> None:
        rows = [(key, json.dumps(a, ensure_ascii=False)) for key, a in answers.items()]
        with _told(self._folder), self._database:
            self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)


@contextmanager
def kept_answers(folder: Path, setting: Sequence[str], progress: Progress) -> Iterator[Answers]:
    """The answers kept under a setting; removed when the block ends well, kept when it does not.

    A second run with the same setting at the same time works on a file of its own.
    """
    digest = hashlib.sha256(json.dumps([FORMAT, *setting]).encode()).hexdigest()[:32]
    path = folder / f"run-{digest}.sqlite"
    with ExitStack() as stack:
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            remove_old(folder)
            try:
                stack.enter_context(held(path.with_suffix(".lock"), _refuse))
            except _Taken:
                path = folder / f"run-{digest}-{secrets.token_hex(8)}.sqlite"
            database = stack.enter_context(closing(_open(path, progress)))
        answers = Answers(database, folder)
        answers.forget_passing()
        yield answers
        database.close()
        _remove(path)


def remove_old(folder: Path, days: float = KEPT_DAYS) -> None:
    """Remove what runs killed more than ``days`` days ago have left, and what is dated in the
    future: a clock was set back since, and would not be that late for long."""
    now = time.time()
    for path in folder.glob("run-*.sqlite*"):  # not the locks: a run may hold one
        with suppress(FileNotFoundError):  # another run removed it
            if not -_DAY <= now - path.stat().st_mtime <= days * _DAY:
                path.unlink()


class _Taken(Exception):
    """Another run holds the file."""


def _refuse() -> None:
    raise _Taken


def _open(path: Path, progress: Progress) -> sqlite3.Connection:
    """The database, made for its owner only; a damaged one is made again."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    database = sqlite3.connect(path, timeout=30.0)
    try:
        # a killed process loses nothing; a power cut may, and is then found by quick_check
        database.execute("PRAGMA synchronous = OFF")
        if database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            database.executescript(_SCHEMA)
            return database
    except sqlite3.OperationalError:
        database.close()
        raise
    except sqlite3.DatabaseError as error:
        found = str(error)
    else:
        found = "quick_check"
    database.close()
    progress.warn(
        "What an interrupted run had kept is damaged ({reason}): it starts anew.", reason=found
    )
    _remove(path)
    return _open(path, progress)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """A disk that refuses, in a sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise SourceError(
            "The answers of this run cannot be kept in {folder} ({reason}). Check that the folder can be written and has room.",
            folder=str(folder),
            reason=str(error),
        ) from error


def _remove(path: Path) -> None:
    for ending in _ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
