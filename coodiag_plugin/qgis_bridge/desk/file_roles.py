"""Which file of the structure a table may be, from its name and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.catalogue import rows as catalogue_rows
from ...core.errors import InputError
from ...core.french import without_accents

if TYPE_CHECKING:
    from ...sources.columns import Synonyms

#: Files of places and people, located by their addresses; the others are the analyst's tables.
STRUCTURE = ("sites", "clients", "beneficiaries")
TABLES = ("survey", "actors", "actions", "words")
#: Points by which the best role must lead, and have at the least.
_LEAD, _LEAST = 2, 2
#: A structure has few sites: a longer table is not one of them, whatever a column is called.
_MOST_SITES = 60
#: Larger files are told by their name alone: they would be read while someone holds the mouse.
_LARGEST = 8 * 1024 * 1024
#: Table of the catalogue → role, and the fields of which one at the least must be there.
_GROUPS = {
    "answers": ("survey", {"answer"}),
    "actors": ("actors", {"kind", "link"}),
    "actions": ("actions", {"action"}),
    "words": ("words", {"text"}),
}


@cache
def _words() -> tuple[tuple[str, str, tuple[tuple[str, ...], ...], int], ...]:
    return tuple(
        (
            row["role"],
            row["where"],
            tuple(tuple(text.split()) for text in row["words"].split("|")),
            int(row["points"]),
        )
        for row in catalogue_rows("role_words")
    )


def role_of(path: Path) -> str:
    """The role of a file, empty when it cannot be read or is not clear."""
    points = dict.fromkeys((*STRUCTURE, *TABLES), 0)
    _add(points, "name", [path.stem])
    try:
        if path.stat().st_size <= _LARGEST:
            _read(path, points)
    except (InputError, OSError):
        return ""  # the row that it is dropped on says why it cannot be read
    best, second = sorted(points.values(), reverse=True)[:2]
    if best < _LEAST or best - second < _LEAD:
        return ""
    return next(role for role, count in points.items() if count == best)


def _read(path: Path, points: dict[str, int]) -> None:
    from ...sources.columns import LOCATORS, synonyms
    from ...sources.spreadsheet import read_table

    raw = read_table(path)
    _add(points, "name", [raw.sheet])
    _add(points, "header", raw.headers)
    named = _named(raw.headers, synonyms())
    if not named.intersection(LOCATORS):  # nobody can be placed: an analyst's table, if anything
        for role in STRUCTURE:
            points[role] = 0
    if len(raw.rows) > _MOST_SITES:
        points["sites"] = 0
    elif "name" in named and not named & {"siret", "naf", "turnover", "hours", "date"}:
        points["sites"] += 1
    _add_tables(raw.headers, points)


def _add_tables(headers: Sequence[str], points: dict[str, int]) -> None:
    """A point for each field of an analyst's table that a header names."""
    from ...sources.analyst_table import fields_of

    for table, (role, needed) in _GROUPS.items():
        named = _named(headers, fields_of(table))
        if len(named) > 1 and named & needed:
            points[role] += len(named)


def _named(headers: Iterable[str], entries: Iterable[Synonyms]) -> set[str]:
    from ...sources.columns import name_score

    wide = 35.0  # by its words at the least
    return {
        entry.field
        for entry in entries
        if any(name_score(header, entry) >= wide for header in headers if header)
    }


def _add(points: dict[str, int], where: str, texts: Sequence[str]) -> None:
    """Points of each list of words found in one of the texts."""
    spoken = [_split(text) for text in texts if text]
    for role, place, words, count in _words():
        if place == where:
            found = sum(any(_within(one, text) for text in spoken) for one in words)
            points[role] += count * min(found, 3)


def _split(text: str) -> list[str]:
    letters = "".join(c if c.isalnum() else " " for c in without_accents(text).lower())
    small = {"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "of", "the"}
    return [word for word in letters.split() if word not in small]


def _within(part: Sequence[str], words: Sequence[str]) -> bool:
    size = len(part)
    return any(tuple(words[at : at + size]) == tuple(part) for at in range(len(words) - size + 1))
