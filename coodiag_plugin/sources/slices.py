"""What the readers of long tables have in common: a table with several dates gives one slice a date.

A long table has several rows by commune (dates, categories, activities), so its columns cannot be
read one cell a unit: its reader picks the rows of a date, the statistics sum those of a unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ..core.progress import Progress
from ..core.variables import columns
from .official_file import OfficialFile

_QUARTER = re.compile(r"(\d{4})\D*(?:T|Q|TRIM\w*)\D*([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])(?:-?\d{2})?(?:T.*)?")


@dataclass(frozen=True)
class Slice:
    """Rows of a long table at one date.

    ``period``: the date as printed, « 4e trimestre 2024 ». ``headers``: variable → its column.
    ``part`` tells apart the slices of one date, when variables keep other rows of the table.
    """

    year: int
    period: str
    frame: pd.DataFrame
    key: str
    headers: Mapping[str, str]
    part: str = ""


#: Slices of a file that hold one of the variables.
Reader = Callable[[OfficialFile, Collection[str], Progress], Iterator[Slice]]


def quarter(text: str) -> tuple[int, int] | None:
    """``2024-T4`` → (2024, 4); ``2024-12`` → (2024, 4)."""
    match = _QUARTER.search(text)
    if match:
        return int(match.group(1)), int(match.group(2))
    found = month(text)
    return (found[0], (found[1] + 2) // 3) if found else None


def month(text: str) -> tuple[int, int] | None:
    """``2024-12``, ``202412``, ``2024-12-31``, ``2024-12-01T00:00:00`` → (2024, 12)."""
    match = _MONTH.fullmatch(text.strip())
    return (int(match.group(1)), int(match.group(2))) if match else None


def latest(
    texts: Collection[str], rank: Callable[[str], tuple[int, int] | None]
) -> dict[int, tuple[int, str]]:
    """The last date of each year: year → (rank in the year, text of the column), by year."""
    found: dict[int, tuple[int, str]] = {}
    for text in texts:
        dated = rank(text)
        if dated is not None:
            year, place = dated
            found[year] = max(found.get(year, (0, "")), (place, text))
    return dict(sorted(found.items()))


def columns_of(file: OfficialFile, names: Collection[str]) -> dict[str, str]:
    """Variable → the column of the file that bears one of its names in the catalogue."""
    lower = {column.lower(): column for column in file.columns}
    found: dict[str, str] = {}
    for name in names:
        for alias in columns(name):
            if alias.lower() in lower:
                found[name] = lower[alias.lower()]
                break
    return found
