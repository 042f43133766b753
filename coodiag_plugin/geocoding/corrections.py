"""Places that a person gave to addresses, kept for the next run and the next year.

A correction is found by address and commune (``address_key.py``), never by person: the file holds a
keyed hash of them, the point, its label, the commune code, a note and a date, and nothing else of
the row. The key of the hash lies in the same file: it keeps the addresses from being read at a
glance, not from being searched by whoever has the file, so the file is its owner's alone.

Each change is one transaction, on disk before it returns. Several processes may write: SQLite queues
them. A damaged file is set aside under another name and what can be read of it is taken over.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress
from .address_key import AddressKey, address_key
from .closing import Closing
from .correction import Correction
from .corrections_file import opened
from .geocoder import Located
from .queries import Query

#: Keys of other machines in one file: each costs three microseconds for each row of a run.
MOST_SALTS = 200

_SALT = re.compile("[0-9a-f]{32}")
_COLUMNS = "how, status, lon, lat, label, citycode, note, date"


@dataclass(frozen=True)
class Hashed:
    """A key as it is stored: ``named`` or ``coded`` is empty where the :class:`AddressKey`'s is."""

    named: str
    coded: str


#: Keys and corrections that one salt has hashed: what a file of exchange holds.
Exported = tuple[str, Hashed, Correction]
#: Corrections under each of their hashes.
Known = dict[str, list[tuple[Hashed, Correction]]]


class Corrections(Closing):
    """The corrections of one file, created when it is missing. Not to be shared between threads.

    Raises :class:`InputError` when the file is another thing, of a newer Coodiag, or cannot be
    opened. ``ours``: whether a file that is no SQLite database may be set aside: never one that
    the user named, which may be any file of theirs.
    """

    def __init__(self, path: Path, progress: Progress, ours: bool = False) -> None:
        self.path = path
        self._base = opened(path, progress, ours)
        try:
            self._check_salts()
        except InputError:
            self.close()
            raise
        self._salt = str(self._one("SELECT value FROM salt ORDER BY id LIMIT 1"))

    def close(self) -> None:
        self._base.close()

    def __len__(self) -> int:
        return int(str(self._one("SELECT count(*) FROM correction")))

    def get(self, query: Query) -> Correction | None:
        """The correction of an address, None when there is none or when several could be meant."""
        key = address_key(query)
        return None if key is None else self._found(key)

    def put(self, query: Query, correction: Correction) -> Correction | None:
        """Remember a correction; returns what it replaces, for :meth:`restore`.

        Raises :class:`InputError` for a row without an address.
        """
        return self.put_all([(query, correction)])[0]

    def put_all(self, pairs: Sequence[tuple[Query, Correction]]) -> list[Correction | None]:
        """:meth:`put` for several rows: all of them, or none when one is refused."""
        with self._transaction():
            return [self._put(query, correction) for query, correction in pairs]

    def restore(self, query: Query, before: Correction | None) -> None:
        """Undo a :meth:`put`: ``before`` is what it returned."""
        self.restore_all([(query, before)])

    def restore_all(self, pairs: Sequence[tuple[Query, Correction | None]]) -> None:
        """Undo a :meth:`put_all`, the last row first: two rows may have one correction."""
        with self._transaction():
            for query, before in reversed(pairs):
                key = address_key(query)
                if key is not None:
                    self._replace(key, before)

    def snapshot(self) -> Snapshot:
        """Every correction as it is now, for a run that goes several times through its rows."""
        known: Known = {}
        for line in self._rows(f"SELECT named, coded, {_COLUMNS} FROM correction"):  # nosec B608
            _enter(known, Hashed(line[0], line[1]), self._correction(line[2:]))
        return Snapshot(tuple(self._salts().values()), known)

    def export(self) -> Iterator[Exported]:
        """Every correction under its salt, in the order in which they were given."""
        salts = self._salts()
        for line in self._rows(
            f"SELECT salt, named, coded, {_COLUMNS} "  # nosec B608
            "FROM correction ORDER BY date, named, coded"
        ):
            yield salts[line[0]], Hashed(line[1], line[2]), self._correction(line[3:])

    def take(self, lines: Sequence[Exported]) -> int:
        """Add corrections of another file; of two for one address the later stays. How many entered."""
        entered = 0
        salts = {*self._salts().values(), *(salt for salt, _, _ in lines)}
        if len(salts) > MOST_SALTS:
            raise InputError(
                "These corrections come from {count} files made apart, and {most} at most can be kept together. Gather them in one file of CORRECTIONS first, on one machine, and export that one.",
                count=len(salts),
                most=MOST_SALTS,
            )
        with self._transaction():
            for salt, key, correction in lines:
                self._base.execute("INSERT OR IGNORE INTO salt (value) VALUES (?)", (salt,))
                number = self._one("SELECT id FROM salt WHERE value = ?", salt)
                before = self._one(
                    "SELECT date FROM correction WHERE salt = ? AND named = ? AND coded = ?",
                    number, key.named, key.coded,
                )  # fmt: skip
                if before is None or str(before) < correction.date:
                    self._insert(number, key, correction)
                    entered += 1
        return entered

    def forget(self, lines: Sequence[Exported]) -> None:
        """Delete corrections that :meth:`export` gave; :meth:`take` brings them back."""
        with self._transaction():
            for salt, key, _ in lines:
                number = self._one("SELECT id FROM salt WHERE value = ?", salt)
                self._base.execute(
                    "DELETE FROM correction WHERE salt = ? AND named = ? AND coded = ?",
                    (number, key.named, key.coded),
                )

    def _put(self, query: Query, correction: Correction) -> Correction | None:
        key = address_key(query)
        if key is None:
            raise InputError(
                "This row has no address: its place cannot be kept apart from that of other rows."
            )
        dated = replace(correction, date=correction.date or _later(self._found(key)))
        if not dated.sound:  # the file would be refused for it
            raise InputError(
                "This row has no place to accept: choose one, place it on the map or give it up."
            )
        return self._replace(key, dated)

    def _found(self, key: AddressKey) -> Correction | None:
        salts = list(self._salts().values())
        known: Known = {}
        for each in (hashed(key, salt) for salt in salts):
            for line in self._rows(
                f"SELECT named, coded, {_COLUMNS} FROM correction "  # nosec B608
                "WHERE (coded = ?1 AND ?1 <> '') OR (named = ?2 AND ?2 <> '')",
                each.coded,
                each.named,
            ):
                _enter(known, Hashed(line[0], line[1]), self._correction(line[2:]))
        return _meant(key, salts, known)

    def _replace(self, key: AddressKey, correction: Correction | None) -> Correction | None:
        """Inside a transaction."""
        mine = hashed(key, self._salt)
        number = self._one("SELECT id FROM salt WHERE value = ?", self._salt)
        where = "salt = ? AND named = ? AND coded = ?"
        line = self._base.execute(
            f"SELECT {_COLUMNS} FROM correction WHERE {where}",  # nosec B608
            (number, mine.named, mine.coded),
        ).fetchone()
        if correction is None:
            self._base.execute(
                f"DELETE FROM correction WHERE {where}",  # nosec B608
                (number, mine.named, mine.coded),
            )
        else:
            self._insert(number, mine, correction)
        return Correction(*line) if line else None

    def _insert(self, salt: object, key: Hashed, correction: Correction) -> None:
        self._base.execute(
            f"INSERT OR REPLACE INTO correction (salt, named, coded, {_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (salt, key.named, key.coded, *astuple(correction)),
        )

    def _correction(self, cells: Sequence[object]) -> Correction:
        """A line of the file, refused when it is no correction."""
        found = Correction(*cells)  # type: ignore[arg-type]
        if not found.sound:
            raise self._strange()
        return found

    def _check_salts(self) -> None:
        values = [line[0] for line in self._rows("SELECT value FROM salt")]
        sound = 0 < len(values) <= MOST_SALTS
        if not sound or not all(_SALT.fullmatch(str(value)) for value in values):
            raise self._strange()

    def _strange(self) -> InputError:
        return InputError(
            "{file} is not a file of corrections. Choose another name in CORRECTIONS.",
            file=str(self.path),
        )

    def _salts(self) -> dict[int, str]:
        return {line[0]: line[1] for line in self._rows("SELECT id, value FROM salt ORDER BY id")}

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        try:
            return self._base.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def _one(self, statement: str, *values: object) -> object:
        rows = self._rows(statement, *values)
        return rows[0][0] if rows else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise self._refusal(error) from error

    def _refusal(self, error: sqlite3.Error) -> InputError:
        return InputError(
            "The file of corrections {file} cannot be used ({reason}). Check that it can be written and that its disk has room.",
            file=str(self.path),
            reason=str(error),
        )


def hashed(key: AddressKey, salt: str) -> Hashed:
    """The key under a salt (hexadecimal): HMAC-SHA-256, its first 16 bytes."""
    secret = bytes.fromhex(salt)

    def digest(text: str) -> str:
        return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32] if text else ""

    return Hashed(digest(key.named), digest(key.coded))


def now() -> str:
    """The present moment, so fine that of two corrections one is the later."""
    return datetime.now(timezone.utc).isoformat(timespec="microseconds")


def _later(before: Correction | None) -> str:
    """Now, or just after what is replaced when that is of a clock ahead of this one's: of two
    corrections the latest holds, and that is the one which is being made."""
    present = now()
    if before is None or before.date < present:
        return present
    last = datetime.fromisoformat(before.date)
    last = last if last.tzinfo else last.replace(tzinfo=timezone.utc)
    return (last.astimezone(timezone.utc) + timedelta(microseconds=1)).isoformat(
        timespec="microseconds"
    )


class Snapshot:
    """The corrections of one moment. Called with rows, it answers those that have one."""

    def __init__(self, salts: Sequence[str] = (), known: Known | None = None) -> None:
        self._salts = salts
        self._known = known or {}

    def __call__(self, queries: Sequence[Query]) -> dict[int, Located]:
        """Answers by position among ``queries``."""
        answers: dict[int, Located] = {}
        for at, query in enumerate(queries if self._known else ()):
            found = self.get(query)
            if found is not None:
                answers[at] = found.located(query.row_id)
        return answers

    def get(self, query: Query) -> Correction | None:
        """The correction of an address, as :meth:`Corrections.get` gives it."""
        key = address_key(query) if self._known else None
        return None if key is None else _meant(key, self._salts, self._known)


def remembered(path: Path, progress: Progress, ours: bool = False) -> Snapshot:
    """What persons corrected so far. No file is made: where there is none there is nothing, or
    :class:`InputError` when the user named it (``ours`` false)."""
    if ours and not path.exists():
        return Snapshot()
    if not ours:
        check_named(path)
    with Corrections(path, progress, ours) as corrections:
        return corrections.snapshot()


def check_named(path: Path) -> None:
    """Refuse a file that the user named and that is not there: its places would be missed."""
    if not path.is_file():
        raise InputError(
            "The file of corrections {file} does not exist. Check CORRECTIONS, or leave it empty.",
            file=str(path),
        )


def _enter(known: Known, key: Hashed, correction: Correction) -> None:
    for text in (key.named, key.coded):
        if text:
            known.setdefault(text, []).append((key, correction))


def _meant(
    key: AddressKey,
    salts: Sequence[str],
    known: Known,
) -> Correction | None:
    """The correction that a row means, the latest of several.

    By code when the row has one, else by name: but a correction made for a code is not for another
    code, and a name that was placed apart under two codes is not guessed.
    """
    coded: list[Correction] = []
    named: list[Correction] = []
    of_a_code: set[tuple[float | None, float | None]] = set()
    of_no_code = ""  # when the address was placed last without a code
    for salt in salts:
        mine = hashed(key, salt)
        if mine.coded:
            coded += [each for _, each in known.get(mine.coded, ())]
        for theirs, each in known.get(mine.named, ()) if mine.named else ():
            if not (mine.coded and theirs.coded):
                named.append(each)
            if not mine.coded and theirs.coded:
                of_a_code.add((each.lon, each.lat))
            elif not mine.coded:
                of_no_code = max(of_no_code, each.date)
    if len(of_a_code) > 1 and of_no_code < max(each.date for each in named):
        return None
    return max(coded or named, key=lambda each: each.date, default=None)
