"""Which columns of the official files hold the variables of the catalogue, and at which vintage.

Producers write the vintage into the name of the column: ``P18_CHOM1564`` (census), ``MED19``,
``TP6019``, ``ETTOT18``, ``ETTEFP1018`` (``ETTEFP10`` of 2018). A name is only tried against the
variables that are asked for, so ``TP60AGE118`` is never taken for ``TP60``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..core.variables import columns, family
from .folder import Inventory, OfficialFile
from .recognise import full_year

#: Levels of a file (catalogue/datasets.csv) and the prefix of their unit keys.
LEVELS = {
    "commune": "",
    "epci": "EPCI:",
    "departement": "DEP:",
    "region": "REG:",
    "france": "FRANCE",
}
_CENSUS = re.compile(r"([PC])_(\w+)")
#: Income after taxes and benefits, what a standard of living is made of. The tables of declared
#: income carry columns of the same names without it: another median, other deciles and shares.
_DISPOSABLE = re.compile(r"(?:PPSOC|MED)\d\d")
_DECLARED_TOO = frozenset(["Q2", "D1", "D9", "RD", "GI", "PACT", "PTSA", "PCHO", "PBEN", "PPEN"])
#: Events between two censuses: ``NAIS1318`` from that of 2013 to that of 2018.
_BETWEEN = re.compile(r"(?:NAIS|DECE)\d\d(\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of a file that holds a variable; ``year`` 0 when nothing dates it."""

    name: str  # of the variable: « P_POP », « P_POP~ » at the previous census of the file
    year: int
    file: OfficialFile
    header: str
    source: str = ""  # whom to cite when it is not the usual source of the variable

    @property
    def level(self) -> str:
        return level_of(self.file)


class CountedColumn(Column):
    """Figures by commune counted from the rows of a file, whatever these are about."""

    @property
    def level(self) -> str:
        return "commune"


def level_of(file: OfficialFile) -> str:
    """Level of the figures of a file: a table of IRIS is read as the sum of each commune."""
    return "commune" if file.family.level == "iris" else file.family.level


def find(inventory: Inventory, names: Iterable[str]) -> list[Column]:
    """Every column of the inventory that holds one of ``names``, files in the inventory's order."""
    wanted = list(dict.fromkeys(names))
    return [
        column
        for file in inventory.files
        if file.family.level in LEVELS and file.key is not None
        for name in wanted
        if (column := newest(file, name)) is not None
    ]


def newest(file: OfficialFile, name: str) -> Column | None:
    """The newest column of a variable in a file, or the one before it for ``NAME~``."""
    group = family(name)
    if group.datasets and file.dataset not in group.datasets:
        return None
    base = name.rstrip("~")
    for alias in columns(name):
        if alias in _DECLARED_TOO and not _disposable(file):
            continue
        dated = sorted(_dated(file, _pattern(alias)), reverse=True)
        rank = 1 if name.endswith("~") else 0
        if len(dated) > rank:
            borrowed = alias != base and _CENSUS.fullmatch(alias)
            source = family(alias).source if borrowed else ""
            source = "" if source == group.source else source
            return Column(name, dated[rank][0], file, dated[rank][1], source)
    return None


def _disposable(file: OfficialFile) -> bool:
    """Whether the incomes of a file are those after taxes and benefits."""
    return file.dataset.startswith("melodi") or any(map(_DISPOSABLE.fullmatch, file.columns))


def _pattern(alias: str) -> re.Pattern[str]:
    """Column names of a variable; the group is the year (``P_POP`` → ``P(18)_POP``)."""
    census = _CENSUS.fullmatch(alias)
    if census:
        return re.compile(rf"{census.group(1)}(\d\d)_{re.escape(census.group(2))}", re.IGNORECASE)
    return re.compile(rf"{re.escape(alias)}(?:_?(\d{{4}}|\d\d))?", re.IGNORECASE)


def _dated(file: OfficialFile, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    found = []
    for column in file.columns:
        match = pattern.fullmatch(column)
        if match is None:
            continue
        between = _BETWEEN.fullmatch(column)
        if between:
            found.append((_census_after(file, int(between.group(1))), column))
        elif match.group(1):
            found.append((full_year(match.group(1)), column))
        else:
            found.append((_year_of_file(file, pattern), column))
    return found


def _census_after(file: OfficialFile, last: int) -> int:
    """Census that closes a period: ``NAIS1318`` stands beside P18_POP, ``NAIS1621`` beside P22_POP.

    Until 2018 the name ends with the year of the census (events before its 1 January), since then
    with the last full year.
    """
    census = {int(year) for year in re.findall(r"\bP(\d\d)_POP\b", " ".join(file.columns))}
    after = last + 1 if last not in census and last + 1 in census else last
    return full_year(f"{after:02d}")


def _year_of_file(file: OfficialFile, pattern: re.Pattern[str]) -> int:
    """Year of a column that carries none: that of its file, none for what does not age."""
    return 0 if pattern.fullmatch("SUPERF") else (file.vintage or 0)
