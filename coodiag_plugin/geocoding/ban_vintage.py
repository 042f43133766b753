"""Vintages of BAN indexes: which one is read where several hold the same ground, which may go.

An index is *superseded* by a newer one of the same ground: half of its communes at least, with half of
its numbered addresses there. Less is an extract, or a file of places alone, and hides nothing.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from .ban_build import FORMAT

#: Days after which an index that no run opened is removed: a diagnosis is often made once a year.
UNUSED_DAYS = 400
_DAY = 86400.0
#: Seconds in which a run that has looked at an index will open it.
_ABOUT_TO_OPEN = 3600.0


class Commune(NamedTuple):
    """What an index holds of a commune; ``numbers``: the addresses that have one."""

    addresses: int
    numbers: int


@dataclass(frozen=True)
class Vintage:
    """One index. ``rank``: its place among those looked at; ``dated``: ISO 8601, UTC."""

    rank: int
    dated: str
    communes: dict[str, Commune]

    @classmethod
    def of(cls, rank: int, database: sqlite3.Connection) -> Vintage:
        (dated,) = database.execute("SELECT value FROM meta WHERE key = 'dated'").fetchone()
        held = database.execute("SELECT code, addresses, numbers FROM commune")
        return cls(rank, dated, {code: Commune(*counts) for code, *counts in held})

    def superseded_by(self, other: Vintage) -> bool:
        common = self.communes.keys() & other.communes.keys()
        ours = sum(each.numbers for each in self.communes.values())
        theirs = sum(other.communes[code].numbers for code in common)
        return (
            self.dated < other.dated
            and 2 * len(common) >= len(self.communes)
            and 2 * theirs >= ours
        )


def present(vintages: Sequence[Vintage]) -> list[Vintage]:
    """Those that no other one supersedes."""
    return [v for v in vintages if not any(v.superseded_by(other) for other in vintages)]


def homes(vintages: Sequence[Vintage]) -> dict[str, Vintage]:
    """The vintage in which each commune is read: the newest of those that have at least half as
    many numbered addresses there as any other."""
    holding: dict[str, list[Vintage]] = {}
    for vintage in vintages:
        for code in vintage.communes:
            holding.setdefault(code, []).append(vintage)
    return {code: _home(code, found) for code, found in holding.items()}


def _home(code: str, holding: list[Vintage]) -> Vintage:
    most = max(vintage.communes[code].numbers for vintage in holding)
    full = [vintage for vintage in holding if 2 * vintage.communes[code].numbers >= most]
    return max(full, key=lambda vintage: (vintage.dated, vintage.communes[code]))


def used(path: Path) -> None:
    """Note that an index is in use: :func:`prune` leaves it for a while."""
    with contextlib.suppress(OSError):  # a cache that others filled may be read-only
        os.utime(path)


def prune(cache: Path, built: Path) -> None:
    """Remove the indexes that others supersede, those long unused and those of other formats.

    Neither ``built`` nor one that a run is about to open. One that is open stays readable where the
    system keeps removed files until they are closed; where it refuses, a later build removes it.
    """
    now = time.time()
    files = sorted(cache.glob("ban-*-v*.sqlite"))
    vintages = [found for at, path in enumerate(files) if (found := _vintage(at, path)) is not None]
    kept = {vintage.rank for vintage in present(vintages)}
    for at, path in enumerate(files):
        with contextlib.suppress(OSError):
            unused = now - path.stat().st_mtime
            old = unused > UNUSED_DAYS * _DAY or (unused > _ABOUT_TO_OPEN and at not in kept)
            if old and path != built:
                path.unlink()


def _vintage(rank: int, path: Path) -> Vintage | None:
    """None for an index that is damaged or of a format that this version does not read."""
    if not path.stem.endswith(f"-v{FORMAT}"):
        return None
    try:
        with closing(read_only(path)) as database:
            return Vintage.of(rank, database)
    except (sqlite3.DatabaseError, TypeError):
        return None


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that takes no lock: an index never changes once it has its name."""
    return sqlite3.connect(f"file:{quote(path.as_posix())}?mode=ro&immutable=1", uri=True)
