"""A statistical variable at one vintage: what the formulas of the catalogue are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .catalogue import rows
from .errors import InputError
from .provenance import Provenance
from .values import ABSENT, State, Value


@dataclass(frozen=True)
class Family:
    """A row of ``catalogue/variables.csv``: variables of one source and one behaviour.

    ``columns``: names of the column in the files, without their year, () for the variable's own;
    they may repeat a group of the name (``C_EMPLT_GS\\1``).
    ``source`` is cited under a map, ``short`` (« RP ») stands before a year on the sources page.
    ``nowhere``: départements that the source does not cover.
    """

    pattern: re.Pattern[str]
    columns: tuple[str, ...]
    source: str
    short: str
    datasets: frozenset[str]
    additive: bool
    empty: State
    nowhere: frozenset[str]


@cache
def families() -> tuple[Family, ...]:
    return tuple(
        Family(
            pattern=re.compile(row["name"]),
            columns=tuple(row["columns"].split()),
            source=row["source"],
            short=row["short"],
            datasets=frozenset(row["datasets"].split()),
            additive=row["sum"] == "yes",
            empty=State(row["empty"]),
            nowhere=frozenset(row["nowhere"].split()),
        )
        for row in rows("variables")
    )


@cache
def family(name: str) -> Family:
    """The family of a variable (``P_POP~`` is of the family of ``P_POP``)."""
    base = name.rstrip("~")
    for item in families():
        if item.pattern.fullmatch(base):
            return item
    raise InputError(
        "The variable “{variable}” is not in the catalogue: add it to catalogue/variables.csv.",
        variable=name,
    )


def columns(name: str) -> tuple[str, ...]:
    """Names under which a variable stands in the files, without their year, the best first.

    ``C_EMPLT_CS3`` is ``C_EMPLT_CS3`` until the census of 2021 and ``C_EMPLT_GS3`` since.
    """
    base = name.rstrip("~")
    found = family(base)
    match = found.pattern.fullmatch(base)
    return (
        tuple(match.expand(text) for text in found.columns) if match and found.columns else (base,)
    )


@dataclass(frozen=True)
class Variable:
    """Published values of a variable by unit key.

    ``name`` carries no vintage (``P_CHOM1564``, ``MED``, ``DEFM_ABC``; ``P_POP~`` is ``P_POP`` at
    the previous census of the same file). ``cells`` holds communes (``35238``) and, where the
    producer publishes them, other units (``EPCI:243500139``, ``DEP:35``, ``REG:53``, ``FRANCE``):
    nothing in it was computed by Coodiag but the sum over communes that merged since.

    ``year`` is 0 for what has no date (an area). ``period`` is the date as printed when it is
    finer than a year. ``origins``: every file that gave cells, ``provenance`` the one of the
    communes. ``source`` is set when it is not the usual one of the variable.
    ``split``: communes whose figure the file only gives together with another one's.
    """

    name: str
    year: int
    cells: dict[str, Value]
    provenance: Provenance
    period: str = ""
    origins: tuple[Provenance, ...] = ()
    source: str = ""
    split: frozenset[str] = frozenset()

    @property
    def additive(self) -> bool:
        """Whether the values of several units may be summed (a median may not)."""
        return family(self.name).additive

    @property
    def citation(self) -> str:
        """The source as printed under a map, without its date; empty for an area."""
        return self.source or family(self.name).source

    @property
    def date(self) -> str:
        """The date as printed: « 2018 », « 4e trimestre 2024 », empty for an undated variable."""
        return self.period or (str(self.year) if self.year else "")

    def get(self, unit: str) -> Value:
        return self.cells.get(unit, ABSENT)
