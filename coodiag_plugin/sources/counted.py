"""Variables counted from rows: the catalogue of them, the communes of the run, their figures.

A statistical table has a row by commune; the Base permanente des équipements, the register or the
list of the inclusion enterprises have a row by place. What they count becomes variables like the
others: additive, dated, with their file. A commune without a row has none of the places when the
file covers it, and no figure when it does not: :meth:`Places.covered` tells one from the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import pandas as pd

from ..core.catalogue import rows
from ..core.codes import commune_code, commune_of, department
from ..core.provenance import Provenance
from ..core.values import ABSENT, Value
from .changes import Changes
from .ecosystem_kinds import Equipment
from .names import normalise
from .official_file import OfficialFile, citation_of, list_year, provenance

#: Family of the variables counted in the register, which is several files.
REGISTER = "register"
#: Share of the communes of a département (or an EPCI) that must have a row, of whatever kind, for
#: the others to have none of the places rather than no figure.
COVERED = 0.9
#: Rows from which a list of places is taken for the national one: about 1 500 priority
#: neighbourhoods, 2 700 France services.
NATIONAL = 1_200


@dataclass(frozen=True)
class Condition:
    """``typequ=D265,D201:-2023,F1*``: what a cell of a column must be."""

    column: str
    codes: tuple[Equipment, ...]

    @classmethod
    def read(cls, text: str) -> Condition:
        column, _, values = text.partition("=")
        return cls(column, tuple(map(Equipment.read, filter(None, values.split(",")))))

    def keeps(self, cells: pd.Series[str], vintage: int | None) -> pd.Series[bool]:
        """The mask of the cells that meet the condition in a file of that vintage."""
        held = [code.code for code in self.codes if code.holds(vintage)]
        starts = tuple(code[:-1] for code in held if code.endswith("*"))
        mask = cells.isin([code for code in held if not code.endswith("*")])
        return mask | cells.str.startswith(starts) if starts else mask


@dataclass(frozen=True)
class Counted:
    """A row of ``catalogue/counted.csv``."""

    name: str
    family: str
    conditions: tuple[Condition, ...]
    words: re.Pattern[str] | None
    sum: str
    always: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(condition.column for condition in self.conditions)

    def keeps(
        self, table: pd.DataFrame, vintage: int | None, labels: Mapping[str, str] | None = None
    ) -> pd.Series[bool]:
        """The mask of the rows that are counted; ``labels``: of the codes, in that vintage."""
        mask = pd.Series(True, index=table.index)
        named = self._named(labels or {})
        for condition in self.conditions:
            cells = table[condition.column]
            mask &= cells.isin(named) if named else condition.keeps(cells, vintage)
        return mask

    def _named(self, labels: Mapping[str, str]) -> set[str]:
        if self.words is None:
            return set()
        return {code for code, label in labels.items() if self.words.search(normalise(label))}


@cache
def counted() -> dict[str, Counted]:
    """Every counted variable by name."""
    return {
        row["variable"]: Counted(
            row["variable"],
            row["family"],
            tuple(map(Condition.read, row["filter"].split())),
            re.compile(row["words"]) if row["words"] else None,
            row["sum"],
            row["always"] == "yes",
        )
        for row in rows("counted")
    }


class CommuneList(Protocol):
    """What the counting needs to know of the geography of the run."""

    cog: int
    communes: pd.DataFrame  # index: commune codes; columns nom, epci
    changes: Changes

    def members(self, unit: str) -> Collection[str]: ...


@dataclass(frozen=True)
class Asked:
    """Where a run needs counts.

    ``communes``: of the territory and its neighbours. ``units``: unit keys and their complete list
    of communes, () when it is not known; « TERRITOIRE » among them.
    """

    communes: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """``now``: code as written → present commune. ``lost``: present communes that were split since,
    whose rows the file gives together with those of another one: no figure."""

    now: Mapping[str, str]
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Places:
    """The communes known of the run, and which of them the codes of the files stand for."""

    geography: CommuneList
    asked: Asked
    others: frozenset[str] = frozenset()  # communes that only the statistical tables name

    @property
    def known(self) -> set[str]:
        return {*self.geography.communes.index, *self.others}

    def place(self, written: Iterable[str], file: OfficialFile) -> Placed:
        """What the codes of a file stand for today.

        Its list of communes is the one that the codes fit best. Municipal arrondissements give
        their commune.
        """
        raw = {text: commune_code(text) for text in dict.fromkeys(written)}
        codes = {code for code in raw.values() if code}
        changes, cog = self.geography.changes, self.geography.cog
        if not changes:
            return Placed({text: commune_of(code) for text, code in raw.items() if code})
        year = changes.list_year({commune_of(code) for code in codes}, list_year(file))
        after = {code: changes.current(code, year, cog) for code in codes}
        return Placed(
            {text: after[code][0] for text, code in raw.items() if code and len(after[code]) == 1},
            frozenset(unit for parts in after.values() if len(parts) > 1 for unit in parts),
        )

    def covered(self, present: Collection[str]) -> set[str]:
        """Communes that a file with a row for each of ``present`` covers.

        Those, and the known ones of a département, or of an EPCI, where :data:`COVERED` have one.
        """
        epci = self.geography.communes.get("epci")
        groups: dict[str, set[str]] = {}
        for code in self.known:
            groups.setdefault(f"DEP:{department(code)}", set()).add(code)
        for code, unit in () if epci is None else epci.items():
            if unit:
                groups.setdefault(f"EPCI:{unit}", set()).add(str(code))
        there = set(present)
        whole = [codes for codes in groups.values() if len(codes & there) >= COVERED * len(codes)]
        return there.union(*whole)

    def fetched(self, file: OfficialFile, named: Collection[str]) -> set[str]:
        """The communes of the run when Coodiag fetched the file for them: it names some of them."""
        asked = set(self.asked.communes)
        return asked if asked & set(named) and citation_of(file) is not None else set()

    def of_departments(self, departments: Collection[str], national: bool) -> set[str]:
        """Known communes of these départements, all of them for a national list."""
        return {code for code in self.known if national or department(code) in departments}


class CountedTable:
    """Figures of counted variables by unit: the face of ``statistic_tables.Table``.

    ``rows``: the communes that the file covers. ``origins``: the files behind the figures.
    ``split``: communes that the file only tells together with another one.
    """

    level = "commune"

    def __init__(
        self,
        file: OfficialFile,
        year: int,
        cells: Mapping[str, Mapping[str, Value]],
        origins: Collection[Provenance] = (),
        split: Collection[str] = (),
    ) -> None:
        self.file, self.year, self.split = file, year, set(split)
        self.values = cells
        self.origins = tuple(origins) or (provenance(file),)
        self.cog: int | None = None
        units = dict.fromkeys(unit for found in cells.values() for unit in found)
        self.rows: dict[str, list[int]] = {unit: [] for unit in units if commune_code(unit)}

    @property
    def communes(self) -> list[str]:
        return sorted(self.rows)

    def cells(self, header: str, name: str, units: Iterable[str] | None = None) -> dict[str, Value]:
        """Values of a variable for ``units`` (default: all that the table has)."""
        found = self.values[name]
        if units is None:
            return dict(found)
        return {unit: found.get(unit, ABSENT) for unit in units}


def with_zeros(
    found: Mapping[str, float], covered: Iterable[str], lost: Collection[str] = ()
) -> dict[str, Value]:
    """Counts by commune: those found, zero where the file covers and has none, absent if lost."""
    counts = {**dict.fromkeys(sorted(covered), 0.0), **found}
    return {
        code: ABSENT if code in lost else Value(float(number)) for code, number in counts.items()
    }
