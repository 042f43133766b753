"""The official table of commune changes: what became of a code, and when a list was drawn up.

Source: Insee, code officiel géographique, « événements survenus aux communes » (``mvtcommune``).
Only communes in the full sense (TYPECOM ``COM``) are followed; the lines about delegated and
associated communes of the same event describe what stays inside the new commune.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..core.codes import commune_of

#: Columns of the published table that are used.
COLUMNS = (
    "DATE_EFF",
    "TYPECOM_AV",
    "COM_AV",
    "LIBELLE_AV",
    "TYPECOM_AP",
    "COM_AP",
    "LIBELLE_AP",
)
#: Commune lists are dated no earlier than this: before it no table of communes is in use.
OLDEST_LIST = 1990

#: Code and name of a commune of former times, and the communes that hold it today.
Former = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """What one commune became on one day.

    ``after`` is the commune itself when it only changed its name or absorbed others, several
    codes when it was split.
    """

    date: str  # ISO, "" when all that is known is that the code has left the list
    code: str
    name: str
    after: tuple[str, ...]
    names: tuple[str, ...]  # of the communes of ``after``

    @property
    def leaves(self) -> bool:
        return self.code not in self.after


class Changes:
    """Changes of commune codes; empty when the folder holds no table of changes."""

    def __init__(self, events: Iterable[Change] = ()) -> None:
        self._events: dict[str, list[Change]] = {}
        self._born: dict[str, list[str]] = {}
        self._names: dict[str, list[tuple[str, str]]] = {}
        ordered = sorted(events, key=lambda e: (e.date, e.code))
        there = {(event.date, event.code) for event in ordered}
        for event in ordered:
            self._events.setdefault(event.code, []).append(event)
            for code, name in zip(event.after, event.names):
                self._names.setdefault(code, []).append((event.date, name))
                if event.date and (event.date, code) not in there:  # no commune that morning
                    self._born.setdefault(code, []).append(event.date)

    @classmethod
    def from_table(cls, table: pd.DataFrame) -> Changes:
        """From :data:`COLUMNS` of the published file, every cell text."""
        communes = table[table["TYPECOM_AV"] == "COM"]
        former: dict[tuple[str, str], str] = {}
        later: dict[tuple[str, str], dict[str, str]] = {}
        columns = ("DATE_EFF", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP")
        for date, code, name, kind, after, label in zip(*(communes[column] for column in columns)):
            former.setdefault((date, code), name)
            if kind == "COM":
                later.setdefault((date, code), {}).setdefault(after, label)
        return cls(
            Change(*key, former[key], tuple(found), tuple(found.values()))
            for key, found in sorted(later.items())
        )

    def with_former(self, former: Mapping[str, tuple[str, ...]]) -> Changes:
        """These changes, and ``{old code: present communes}`` of a source that tells no day.

        Only for codes that the table does not know: it tells more. Such a code is on no list.
        """
        fresh = [
            Change("", code, "", after, ("",) * len(after))
            for code, after in sorted(former.items())
            if code not in self._events and code not in self._born
        ]
        return Changes([*(event for events in self._events.values() for event in events), *fresh])

    def __bool__(self) -> bool:
        return bool(self._events)

    @cached_property
    def year(self) -> int | None:
        """Year of the latest commune list that the table describes, None when it tells no day."""
        dates = [event.date for events in self._events.values() for event in events if event.date]
        return max(_first_list(date) for date in dates) if dates else None

    def name_since(self, code: str, year: int) -> str | None:
        """Name that the commune took by a change later than the list of ``year``."""
        names = [name for date, name in self._names.get(code, ()) if date > _day(year)]
        return names[-1] if names else None

    def last_change(self, code: str) -> Change | None:
        """The change by which ``code`` left the list for the last time, None when it never did."""
        leaving = [event for event in self._events.get(code, ()) if event.leaves]
        return leaving[-1] if leaving else None

    def existed(self, code: str, year: int) -> bool:
        """Whether the code is on the list of 1 January ``year``; a code never changed always is."""
        turns = [(event.date, False) for event in self._events.get(code, ()) if event.leaves]
        turns += [(date, True) for date in self._born.get(code, ())]
        if not turns:
            return True
        turns.sort()
        before = [state for date, state in turns if date <= f"{year:04d}-01-01"]
        return before[-1] if before else not turns[0][1]

    def current(
        self, code: str, from_year: int | None = None, to_year: int | None = None
    ) -> tuple[str, ...]:
        """Communes that hold, on 1 January ``to_year``, what ``code`` was on 1 January ``from_year``.

        Several codes when the commune was split in between. ``to_year`` None is the latest list.
        With ``from_year`` None a code of the list of ``to_year`` stands for itself, another for
        what it became. Municipal arrondissements give their commune, unknown codes themselves.
        """
        code = commune_of(code)
        end = to_year if to_year is not None else (self.year or 0)
        if from_year is None:
            leaving = [e for e in self._events.get(code, ()) if e.leaves and _day(end) >= e.date]
            if not leaving or self.existed(code, end):
                return (code,)
            return self._spread(leaving[-1], end)
        return self._follow(code, _day(from_year), end)

    def _follow(self, code: str, start: str, end: int) -> tuple[str, ...]:
        for event in self._events.get(code, ()):
            if (not event.date or start < event.date <= _day(end)) and event.after != (code,):
                return self._spread(event, end)
        return (code,)

    def _spread(self, event: Change, end: int) -> tuple[str, ...]:
        """What the outcome of ``event`` became in turn."""
        if not event.date:
            return event.after  # communes of the present list
        return tuple(
            dict.fromkeys(
                last for code in event.after for last in self._follow(code, event.date, end)
            )
        )

    def since(self, code: str, year: int, cog: int) -> int | None:
        """The year to convert a code from, for a table of ``year`` brought to the list of ``cog``.

        None, for « what it became last », when the table is undated or later than the list, or
        when the code was not on the list of the year that the table claims.
        """
        return year if 0 < year <= cog and self.existed(code, year) else None

    def convert(
        self, codes: Iterable[str], from_year: int | None = None, to_year: int | None = None
    ) -> dict[str, tuple[str, ...]]:
        """``{code: communes that hold it}``; counts are then summed and rates recomputed."""
        return {code: self.current(code, from_year, to_year) for code in codes}

    def made_of(self, year: int, earlier: int) -> dict[str, tuple[str, ...]]:
        """Communes of the list of ``earlier`` that each commune of the later list of ``year`` holds,
        whole or in part; only those that a change touched."""
        found: dict[str, set[str]] = {}
        for code in self._events:
            if self.existed(code, earlier):
                for later in self._follow(code, _day(earlier), year):
                    found.setdefault(later, set()).add(code)
        return {later: tuple(sorted(held)) for later, held in found.items()}

    def former(self) -> list[Former]:
        """Every commune that a change took off the list, or gave another name, and what holds it.

        People go on writing the old names; a code that was used twice counts once for each name.
        """
        rows = {
            (event.code, event.name): self._spread(event, self.year or 0)
            for code in sorted(self._events)
            for event in self._events[code]
            if event.leaves or event.name not in event.names
        }
        return [(code, name, present) for (code, name), present in rows.items() if name]

    def list_year(self, codes: Collection[str], declared: int | None = None) -> int | None:
        """Year of a list of communes: the latest one with the fewest codes out of place.

        ``declared`` is the year that the file gives. It counts beyond the last list that the
        table describes, or when there is no table; otherwise the codes tell.
        """
        if self.year is None:
            return declared
        moving = [code for code in codes if code in self._events or code in self._born]
        misfits = {
            year: sum(not self.existed(code, year) for code in moving)
            for year in range(OLDEST_LIST, self.year + 1)
        }
        fewest = min(misfits.values())
        found = max(year for year, count in misfits.items() if count == fewest)
        if found == self.year and declared is not None:
            return max(found, declared)
        return found


def _day(year: int) -> str:
    return f"{year:04d}-01-01"


def _first_list(date: str) -> int:
    """Year of the first list, drawn up on 1 January, that takes a change into account."""
    return int(date[:4]) + (0 if date[5:] == "01-01" else 1)
