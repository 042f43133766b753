"""A statistical table on the commune list of the run: rows by unit, changes of communes followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import pandas as pd

from ..core.catalogue import rows
from ..core.codes import commune_code, commune_of, department
from ..core.progress import Progress
from ..core.values import ABSENT, State, Value
from ..core.variables import family
from .changes import Changes
from .folder import OfficialFile
from .official_file import citation_of
from .statistic_cells import CellReader, merged
from .statistic_columns import LEVELS, level_of

#: Share of a département's communes of 2021 that a list must hold to be taken for the whole of it
#: (communes go on merging: 34 965 in 2021, a few dozen less each year).
_WHOLE = 0.9
#: Share of the codes of a département that must be on the commune list before the others are
#: said to be misplaced: below it the list itself is an extract.
_PLACED = 0.9
_SHOWN = 12
#: Between the codes of communes that a table gives together.
JOIN = "+"


class Table:
    """Rows of one file by unit key.

    A unit may stand on several rows: the communes that merged into it, the arrondissements of
    Paris, Lyon and Marseille, the categories of a long table. ``split`` holds the communes whose
    figures the table gives together with those of another one (separated since, or merged in a
    table later than the list): they are absent. Their common figures stand under both codes
    (``14712+14666``), so that a sum over the table is whole.
    """

    def __init__(
        self,
        file: OfficialFile,
        frame: pd.DataFrame,
        key: str,
        changes: Changes,
        cog: int,
        known: Iterable[str],
        progress: Progress,
    ) -> None:
        self.file = file
        self.frame = frame
        self.level = level_of(file) or "commune"
        self.cog: int | None = None
        self.split: set[str] = set()
        self.rows: dict[str, list[int]] = {}
        self._progress = progress
        self._texts: dict[str, list[str]] = {}
        codes = frame[key].str.strip()
        if self.level == "commune":
            self._place_communes(codes, changes, cog, set(known))
        else:
            for row, code in enumerate(codes):
                unit = "FRANCE" if self.level == "france" else LEVELS[self.level] + _padded(code)
                self.rows.setdefault(unit, []).append(row)

    def _place_communes(
        self, raw: pd.Series[str], changes: Changes, cog: int, known: set[str]
    ) -> None:
        codes = [commune_code(text) for text in raw]
        present = {code for code in codes if code}
        declared = _declared(self.file)
        year = _list_year(changes, present, declared)
        # Without a declared year the latest list of the changes only means "that one or later".
        self.cog = year if declared or (year and year < (changes.year or 0)) else None
        later = changes.made_of(year, cog) if year and 0 < cog < year else {}
        strays: list[str] = []
        for row, code in enumerate(codes):
            if code is None:
                strays.append(raw.iloc[row])
                continue
            whole = commune_of(code)
            if whole != code and whole in present:
                continue  # an arrondissement beside the commune that it is part of
            if whole in later:
                now = later[whole]
                if len(now) == 1 and not present.issuperset(changes.current(now[0], cog, year)):
                    self.split.update(now)  # a part of it, and the table lacks the other
                    continue
            else:
                now = changes.current(code, year, cog) if changes else (whole,)
            if len(now) > 1:
                self.split.update(now)
            self.rows.setdefault(JOIN.join(now), []).append(row)
        self._report(strays, known)
        self._report_split(known)

    def _report_split(self, known: set[str]) -> None:
        """Say whose figures the table only gives together with those of another commune."""
        lost = sorted(self.split & known)
        if lost:
            self._progress.warn(
                "{file}: the figures of {codes} are given together with those of another commune, which they left or joined since: they are not available.",
                file=self.file.name,
                codes=", ".join(lost[:_SHOWN]) + ("…" if len(lost) > _SHOWN else ""),
            )

    def _report(self, strays: list[str], known: set[str]) -> None:
        """Say by name which codes could not be placed on the commune list."""
        by_department: dict[str, list[str]] = {}
        for code in self.rows:
            by_department.setdefault(department(code), []).append(code)
        for codes in by_department.values():
            lost = [code for code in codes if code not in known and JOIN not in code]
            if lost and len(codes) - len(lost) >= _PLACED * len(codes):
                strays += sorted(lost)
        strays = [code for code in strays if code]
        if strays:
            self._progress.warn(
                "{file}: {count} commune codes are on no list of communes and could not be placed: {codes}.",
                file=self.file.name,
                count=len(strays),
                codes=", ".join(strays[:_SHOWN]) + ("…" if len(strays) > _SHOWN else ""),
            )

    @cached_property
    def communes(self) -> list[str]:
        """Communes of the table, none when it is about other units."""
        return sorted(self.rows) if self.level == "commune" else []

    def cells(self, header: str, name: str, units: Iterable[str] | None = None) -> dict[str, Value]:
        """Values of a column for ``units`` (default: all that the table has)."""
        group = family(name)
        reader = CellReader(self.file.family.secrecy, self._empty(group.empty))
        nowhere = CellReader(self.file.family.secrecy, State.ABSENT)
        elsewhere = group.nowhere if self.level == "commune" else frozenset()
        texts = self._text(header)
        result: dict[str, Value] = {}
        for unit in dict.fromkeys([*self.rows, *sorted(self.split)]) if units is None else units:
            rows = self.rows.get(unit)
            if rows is None or unit in self.split:
                result[unit] = ABSENT
                continue
            uncovered = elsewhere and department(unit) in elsewhere
            read = nowhere.read if uncovered else reader.read
            if len(rows) == 1:
                result[unit] = read(texts[rows[0]])
            else:
                result[unit] = merged((read(texts[row]) for row in rows), group.additive)
        self._report_unreadable(header, reader.unreadable + nowhere.unreadable)
        return result

    def _text(self, header: str) -> list[str]:
        if header not in self._texts:
            self._texts[header] = [text.strip() for text in self.frame[header]]
        return self._texts[header]

    def _empty(self, state: State) -> State:
        """An empty cell is secret for communes only: a département is above every threshold."""
        return state if self.level == "commune" else State.ABSENT

    def _report_unreadable(self, header: str, texts: list[str]) -> None:
        if texts:
            shown = ", ".join(f"“{text}”" for text in dict.fromkeys(texts[:5]))
            self._progress.warn(
                "{file}: cells of {column} that are neither a number nor a known sign are marked as failed: {texts}.",
                file=self.file.name,
                column=header,
                texts=shown,
            )


#: Years between the vintage of a family and the commune list it is published on: the census and
#: the comparateur of 2018 are on the communes of 2021, the populations of 2021 on those of 2023,
#: the IRIS of the census of 2020 on those of 2022.
_LAG = {"comparateur": 3, "rp_base_cc": 3, "rp_base_ic": 2, "populations_legales": 2}


def _declared(file: OfficialFile) -> int | None:
    cited = citation_of(file)
    if cited is not None and cited.cog.isdigit():
        return int(cited.cog)
    lag = _LAG.get(file.dataset)
    return file.vintage + lag if lag and file.vintage else None


def _list_year(changes: Changes, codes: set[str], declared: int | None) -> int | None:
    """Year of the commune list of a table: the declared one when the codes fit it as well."""
    found = changes.list_year(codes, declared)
    if declared is None or found is None or not changes:
        return found
    misfits = {
        year: sum(not changes.existed(code, year) for code in codes) for year in (declared, found)
    }
    return declared if misfits[declared] <= misfits[found] else found


def _padded(code: str) -> str:
    """Code of a département or région that lost its zero (``1`` → ``01``)."""
    return code.zfill(2) if code.isdigit() else code


def duplicated(frame: pd.DataFrame, key: str) -> list[str]:
    """Codes that stand on several different rows of a table that should have one per unit."""
    distinct = frame.drop_duplicates()
    codes = distinct[key].str.strip()
    return sorted(set(codes[codes.duplicated()]))


def is_national(communes: Mapping[str, object] | Iterable[str], threshold: int = 34_000) -> bool:
    """Whether a table is about the whole country: about 35 000 communes since 2019."""
    return len(list(communes)) >= threshold


def whole_departments(communes: Iterable[str]) -> list[str]:
    """Those of these communes that lie in départements of which they are the whole."""
    counts = {row["departement"]: int(row["communes"]) for row in rows("commune_counts")}
    by_department: dict[str, list[str]] = {}
    for code in sorted(communes):
        by_department.setdefault(department(code), []).append(code)
    return [
        code
        for dep, codes in by_department.items()
        if len(codes) >= _WHOLE * counts.get(dep, 0) or _made_up(codes)
        for code in codes
    ]


def _made_up(codes: Sequence[str]) -> bool:
    """Whether the codes lie beyond the last official one: an invented geography."""
    last = {row["departement"]: row["last"] for row in rows("commune_counts")}
    return bool(codes) and all(code > last.get(department(code), "") for code in codes)
