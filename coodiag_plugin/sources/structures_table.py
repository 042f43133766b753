"""The table of a network head: a structure per row, its diagnosis in the columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..core.catalogue import rows
from ..core.errors import InputError
from ..core.progress import Progress
from .analyst_table import assigned, read_analyst_table
from .columns import Synonyms, words_of

#: Codes of the rows that the reading leaves out: those of a template, sums.
_LEFT_OUT = ("sample_row", "total")


@dataclass(frozen=True)
class StructureRow:
    """``cells``: parameter of the diagnosis → text, the empty ones left out; ``line``: in the file."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class StructuresTable:
    """``columns``: parameter → header; ``unread``: headers that name no parameter; ``left_out``:
    rows of totals, and sample rows that begin with « Exemple »."""

    file: str
    rows: tuple[StructureRow, ...]
    columns: dict[str, str]
    unread: tuple[str, ...]
    left_out: int


@cache
def entries() -> tuple[Synonyms, ...]:
    """The names of each parameter as a header, its own included (``structure_columns.csv``)."""
    result = []
    for row in rows("structure_columns"):
        names = [row["parameter"], *row["exact"].split("|")]
        ranks = {"".join(words_of(name)): rank for rank, name in reversed(list(enumerate(names)))}
        result.append(Synonyms(row["parameter"], ranks, {}, (), frozenset()))
    return tuple(result)


def read_structures(path: Path, progress: Progress) -> StructuresTable:
    """Read the table of structures (csv, txt, xlsx, ods).

    Raises :class:`InputError` when it cannot be read, or has no column of names.
    """
    table = read_analyst_table(path, entries(), progress)
    found = assigned(table.columns, entries())
    if "STRUCTURE" not in found:
        raise InputError(
            "{file} must have a column « structure » with the name of each one. Columns seen: {columns}.",
            file=table.file,
            columns=", ".join(table.columns),
        )
    taken = set(found.values())
    return StructuresTable(
        table.file,
        tuple(
            StructureRow(line, {name: row[at] for name, at in found.items() if row[at]})
            for row, line in zip(table.rows, table.lines)
        ),
        {name: table.columns[at] for name, at in found.items()},
        tuple(name for at, name in enumerate(table.columns) if at not in taken),
        sum(item.code in _LEFT_OUT for item in table.issues),
    )
