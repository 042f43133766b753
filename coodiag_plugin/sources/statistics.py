"""Statistics of a folder of official files, each variable at the vintage that serves best.

The choice: the vintage that covers most of the communes that are needed, then the newest; among
files of that vintage the one that holds all variables of the ratio, then the one with most
communes (the national table, which also gives the references). A ratio never mixes years unless
the catalogue says so: the names of one group are chosen together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from ..core.codes import REGION_DEPARTMENTS, department, region
from ..core.errors import SourceError
from ..core.progress import Progress, Silent
from ..core.provenance import Provenance
from ..core.territory import JOINED, parts
from ..core.values import State, Value
from ..core.variables import Variable, families, family
from . import caf, counting, dares, iris, urssaf
from .changes import Changes
from .counted import Asked, CountedTable, Places
from .folder import Inventory, OfficialFile, provenance, read_columns
from .slices import Reader
from .statistic_columns import Column, CountedColumn, find
from .statistic_tables import Table, duplicated, is_national, whole_departments

#: Readers of the families that hold several rows by commune.
_LONG: Mapping[str, Reader] = {
    dares.DATASET: dares.slices,
    caf.DATASET: caf.slices,
    urssaf.DATASET: urssaf.slices,
    iris.DATASET: iris.slices,
}
#: Mark of the figures counted from the rows of a file.
_COUNTED = "counted"


class CommuneList(Protocol):
    """What the choice needs to know of the geography of the run."""

    cog: int
    communes: pd.DataFrame  # index: commune codes; column reg
    changes: Changes

    def members(self, unit: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class _Option:
    """Columns that could serve the names of a group together."""

    columns: tuple[Column, ...]
    year: int

    @property
    def files(self) -> set[OfficialFile]:
        return {column.file for column in self.columns}


def _option(columns: Sequence[Column]) -> _Option:
    """Columns with the year that they speak of; 0, older than any, when nothing dates them."""
    return _Option(tuple(columns), max(column.year for column in columns))


class Statistics:
    """The statistical tables of an inventory, read once for the variables ``names``."""

    def __init__(
        self,
        inventory: Inventory,
        geography: CommuneList,
        names: Iterable[str],
        progress: Progress | None = None,
        asked: Asked | None = None,
        read: Statistics | None = None,
    ) -> None:
        """``asked``: where what is counted from rows is needed; None, nothing is counted.

        ``read``: statistics of the same folder for these names and more, counted or not: its
        tables and the cells looked at there serve again. What is counted never does: it goes by
        the places asked for.
        """
        self._geography = geography
        progress = progress or Silent()
        self._progress = progress if asked is None else progress.part(0.0, 0.5)
        self._regions: dict[str, str] = geography.communes["reg"].to_dict()
        self._known = set(self._regions)
        self._tables: dict[tuple[OfficialFile, str], Table | CountedTable] = {}
        self._periods: dict[Column, str] = {}
        self._parts: dict[Column, str] = {}
        self._cells: dict[tuple[Column, tuple[str, ...] | None], dict[str, Value]] = {}
        self._variables: dict[Column, Variable] = {}
        names = list(dict.fromkeys(names))
        self._names = frozenset(names)
        if read is not None:
            self._columns = self._shared(read)
        else:
            self._columns = self._read(find(inventory, names))
            self._columns += self._read_long(inventory, names)
        if asked is not None:
            self._columns += self._read_counted(inventory, names, asked, progress.part(0.5, 1.0))

    def choose(self, names: Iterable[str], needed: Iterable[str]) -> dict[str, Variable]:
        """Variables ``names`` at one vintage (undated ones and ``X~`` aside); {} when there is none.

        ``needed``: communes that should be covered.
        """
        best = self._best(list(dict.fromkeys(names)), tuple(dict.fromkeys(needed)))
        if best is None:
            return {}
        return {column.name: self._variable(column) for column in best.columns}

    def members(self, unit: str, variables: Mapping[str, Variable]) -> tuple[str, ...]:
        """Complete list of communes of a unit for these variables, () when none can be trusted.

        EPCI, employment zones: the list of the geography. Départements, régions and France: the
        commune list of a national table that the variables come from, else (not for France) that
        of the geography when it holds the whole département. A joined unit: those of its parts,
        when each can be trusted.
        """
        if unit.startswith(JOINED):
            found = [self.members(part, variables) for part in parts(unit)]
            return tuple(code for codes in found for code in codes) if all(found) else ()
        if not unit.startswith(("DEP:", "REG:", "FRANCE")):
            return tuple(self._geography.members(unit))
        national = self._national(variables)
        if unit == "FRANCE":  # its régions: a list may hold the overseas collectivities too
            return tuple(code for code in national if self._region(code))
        listed = national or whole_departments(self._known)
        if unit.startswith("DEP:"):
            return tuple(code for code in listed if department(code) == unit[4:])
        inside = [code for code in listed if self._region(code) == unit[4:]]
        there = {department(code) for code in inside}
        wanted = set(REGION_DEPARTMENTS.get(unit[4:], "").split())
        return tuple(inside) if national or wanted <= there else ()

    def _national(self, variables: Mapping[str, Variable]) -> list[str]:
        for variable in variables.values():
            for (file, _), table in self._tables.items():
                if file.name == variable.provenance.file and is_national(table.communes):
                    return table.communes
        return []

    def _region(self, code: str) -> str | None:
        return self._regions.get(code) or region(code)

    # -- reading ---------------------------------------------------------------------------

    def _shared(self, read: Statistics) -> list[Column]:
        """Columns of the names among those that ``read`` has read, with their tables."""
        if not self._names <= read._names:
            raise ValueError(f"never read: {sorted(self._names - read._names)}")
        own = [column for column in read._columns if column.name in self._names]
        columns = [column for column in own if not isinstance(column, CountedColumn)]
        self._cells = read._cells
        self._parts = {c: read._parts[c] for c in columns if c in read._parts}
        self._periods = {c: read._periods[c] for c in columns if c in read._periods}
        slots = {(column.file, self._parts.get(column, "")) for column in columns}
        self._tables = {slot: table for slot, table in read._tables.items() if slot in slots}
        return columns

    def _read(self, columns: list[Column]) -> list[Column]:
        """Read every file once; columns of a file that cannot be used are left out."""
        by_file: dict[OfficialFile, list[Column]] = {}
        for column in columns:
            by_file.setdefault(column.file, []).append(column)
        usable: list[Column] = []
        for rank, (file, found) in enumerate(by_file.items()):
            self._progress.check()
            self._progress.set(rank / len(by_file))
            key = file.key
            if key is None:
                continue
            headers = list(dict.fromkeys([key, *(column.header for column in found)]))
            try:
                frame = read_columns(file, headers).drop_duplicates(ignore_index=True)
            except SourceError as error:
                self._put_aside(file, error)
                continue
            twice = duplicated(frame, key)
            if twice:
                self._progress.warn(
                    "{file} is put aside: it gives several different rows for {codes}.",
                    file=file.name,
                    codes=", ".join(twice[:12]),
                )
                continue
            self._tables[file, ""] = self._table(file, frame, key)
            usable += found
        return usable

    def _read_long(self, inventory: Inventory, names: Sequence[str]) -> list[Column]:
        """Columns of the tables that hold several dates, one a date."""
        columns = []
        for dataset, read in _LONG.items():
            asked = [name for name in names if dataset in family(name).datasets]
            for file in inventory.of(dataset) if asked else ():
                try:
                    parts = list(read(file, asked, self._progress))
                except SourceError as error:
                    self._put_aside(file, error)
                    continue
                for part in parts:
                    slot = f"{part.period} {part.part}"
                    self._tables[file, slot] = self._table(file, part.frame, part.key)
                    for name, header in part.headers.items():
                        column = Column(name, part.year, file, header)
                        self._parts[column], self._periods[column] = slot, part.period
                        columns.append(column)
        return columns

    def _read_counted(
        self, inventory: Inventory, names: Sequence[str], asked: Asked, progress: Progress
    ) -> list[Column]:
        """Columns of what is counted from rows; units without their communes are given them."""
        units = {unit: codes or self.members(unit, {}) for unit, codes in asked.units.items()}
        listed = frozenset(code for table in self._tables.values() for code in table.communes)
        places = Places(self._geography, Asked(asked.communes, units), listed)
        columns: list[Column] = []
        for table in counting.count(inventory, names, places, progress):
            self._tables[table.file, _COUNTED] = table
            for name in table.values:
                column = CountedColumn(name, table.year, table.file, name)
                self._parts[column] = _COUNTED
                columns.append(column)
        return columns

    def _put_aside(self, file: OfficialFile, error: SourceError) -> None:
        """A file damaged beyond its first lines: the others go on."""
        self._progress.warn("{file} is put aside: {reason}", file=file.name, reason=error.words())

    def _table(self, file: OfficialFile, frame: pd.DataFrame, key: str) -> Table:
        return Table(
            file,
            frame,
            key,
            self._geography.changes,
            self._geography.cog,
            self._known,
            self._progress,
        )

    def _of(self, column: Column) -> Table | CountedTable:
        return self._tables[column.file, self._parts.get(column, "")]

    def _cells_of(self, column: Column, needed: tuple[str, ...] | None = None) -> dict[str, Value]:
        """Cells of the units ``needed``, of all those of the table without; never to be changed."""
        table = self._of(column)
        if isinstance(table, CountedTable):
            return table.cells(column.header, column.name, needed)
        slot = (column, needed)
        if slot not in self._cells:
            self._cells[slot] = table.cells(column.header, column.name, needed)
        return self._cells[slot]

    # -- choosing --------------------------------------------------------------------------

    def _best(self, names: list[str], needed: tuple[str, ...]) -> _Option | None:
        scored = [(self._score(option, needed), option) for option in self._options(names, needed)]
        if not scored:
            return None
        score, option = max(scored, key=lambda pair: pair[0])
        return option if score[0] or not needed else None

    def _score(
        self, option: _Option, needed: tuple[str, ...]
    ) -> tuple[int, bool, int, bool, int, bool, list[tuple[str, ...]]]:
        """What makes an option better, the weightiest first: communes covered, then the year…

        A column of its own comes before a borrowed one (P_POP as PMUN). The places of the columns
        come last, so that no two options are equal.
        """
        cells = [self._cells_of(column, needed) for column in option.columns]
        covered = sum(all(c[unit].state is not State.ABSENT for c in cells) for unit in needed)
        sizes = min(len(self._of(column).rows) for column in option.columns)
        reserved = any(file.reserve for file in option.files)
        places: list[tuple[str, ...]] = sorted(
            (str(c.file.path), c.file.member, c.file.sheet, c.file.layer, c.header)
            for c in option.columns
        )
        own = not any(column.source for column in option.columns)
        return (covered, not reserved, option.year, len(option.files) == 1, sizes, own, places)

    def _options(self, names: list[str], needed: tuple[str, ...]) -> list[_Option]:
        """Whole files first, then the best column of each name, for each year that has them all."""
        communes = {
            name: [c for c in self._columns if c.name == name and c.level in ("commune", "")]
            for name in names
        }
        if not all(communes.values()):
            return []
        dated = [
            {column.year for column in communes[name] if column.year}
            for name in names
            if not name.endswith("~")
        ]
        common = set.intersection(*([years for years in dated if years] or [{0}]))
        return [
            option
            for year in sorted(common)
            for option in self._options_of(year, names, communes, needed)
        ]

    def _options_of(
        self,
        year: int,
        names: list[str],
        communes: Mapping[str, list[Column]],
        needed: tuple[str, ...],
    ) -> list[_Option]:
        fitting = {
            name: [c for c in communes[name] if name.endswith("~") or c.year in (0, year)]
            for name in names
        }
        options = []
        for file in dict.fromkeys(column.file for found in fitting.values() for column in found):
            inside = [next((c for c in fitting[n] if c.file == file), None) for n in names]
            whole = tuple(column for column in inside if column is not None)
            if len(whole) == len(names):
                options.append(_option(whole))
        mixed = self._mixed(fitting, needed)
        return options + ([mixed] if mixed is not None else [])

    def _mixed(
        self, fitting: Mapping[str, list[Column]], needed: tuple[str, ...]
    ) -> _Option | None:
        """The best column of each name; ``X~`` comes from the file of ``X``."""
        chosen: dict[str, Column] = {}
        for name in sorted(fitting, key=lambda n: n.endswith("~")):
            found = fitting[name]
            base = chosen.get(name.rstrip("~"))
            if name.endswith("~") and base is not None:
                found = [column for column in found if column.file == base.file]
            if not found:
                return None
            chosen[name] = max(found, key=lambda c: self._score(_option([c]), needed))
        return _option([chosen[name] for name in fitting])

    # -- variables -------------------------------------------------------------------------

    def _variable(self, column: Column) -> Variable:
        """All cells of a column, with what is published of the same year for larger units."""
        if column in self._variables:
            return self._variables[column]
        table = self._of(column)
        cells = self._cells_of(column)
        first, *more_files = (
            table.origins if isinstance(table, CountedTable) else [self._provenance(column)]
        )
        origins = [first, *more_files]
        for other in self._columns:
            same = other.name == column.name and other.year == column.year
            if not same or other.level in ("commune", ""):
                continue
            more = self._cells_of(other)
            fresh = {unit: value for unit, value in more.items() if unit not in cells}
            if fresh:
                cells = {**cells, **fresh}
                origins.append(self._provenance(other))
        self._variables[column] = variable = Variable(
            name=column.name,
            year=column.year,
            cells=cells,
            provenance=first,
            period=self._periods.get(column, ""),
            origins=tuple(origins),
            source=column.source,
            split=frozenset(table.split),
        )
        return variable

    def _provenance(self, column: Column) -> Provenance:
        """The line of the sources page: « RP 2018, Filosofi 2019 » for a file of several."""
        found = provenance(column.file, self._of(column).cog)
        period = self._periods.get(column)
        if period:
            return replace(found, vintage=period)
        dated = {
            (families().index(family(c.name)), c.year)
            for c in self._columns
            if c.file == column.file and c.year and not c.name.endswith("~") and not c.source
        }
        named = [f"{families()[rank].short} {year}".strip() for rank, year in sorted(dated)]
        parts = list(dict.fromkeys(named))
        return replace(found, vintage=", ".join(parts)) if len(parts) > 1 else found
