"""Cells of tables: what is printed, what it sorts by, and what its sign is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...core.french import MINUS, NARROW_SPACE, NO_BREAK_SPACE
from ...core.values import SIGN_NOT_SIGNIFICANT, SIGNS, State
from ..context import Table

#: Signs of figures that are not there, in words.
SPOKEN = {
    SIGNS[State.SECRET]: "secret statistique",  # pragma: allowlist secret
    SIGNS[State.ABSENT]: "non disponible",
    SIGNS[State.NOT_APPLICABLE]: "sans objet",
    SIGN_NOT_SIGNIFICANT: "non significatif",
}
_NUMBER = re.compile(
    rf"[+{MINUS}-]?\d{{1,3}}(?:[{NARROW_SPACE}{NO_BREAK_SPACE} ]\d{{3}})+(?:,\d+)?|[+{MINUS}-]?\d+(?:,\d+)?"
)
_SPACES = re.compile(r"\s")


@dataclass(frozen=True)
class Cell:
    """A text; ``spoken``: a sign in words; ``sort``: the number that it sorts by, "" without one."""

    text: str
    spoken: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Grid:
    """A table ready to be written: which columns are figures, and its rows of cells, label first."""

    columns: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]


def number(text: str) -> float | None:
    """The number that a printed figure begins with (« −0,20 % », « 12 346 »); None without one."""
    found = _NUMBER.match(text.strip())
    if not found:
        return None
    plain = _SPACES.sub("", found.group()).replace(MINUS, "-").replace(",", ".")
    return float(plain)


def cell(text: str) -> Cell:
    """A cell of figures: signs are told in words and have nothing to be sorted by."""
    value = None if text in SPOKEN else number(text)
    return Cell(text, SPOKEN.get(text, ""), "" if value is None else f"{value:.12g}")


def grid(table: Table) -> Grid:
    """``table`` with its columns of figures found: every cell a figure, a sign, or empty."""
    rows = [tuple(map(cell, row.cells)) for row in table.rows]
    figures = tuple(
        _figures([row[at] for row in rows if at < len(row)]) for at in range(len(table.columns) - 1)
    )
    made = tuple((Cell(row.label), *cells) for row, cells in zip(table.rows, rows))
    return Grid(table.columns, (False, *figures), made)


def _figures(cells: list[Cell]) -> bool:
    held = [item for item in cells if item.text and not item.spoken]
    return bool(cells) and all(item.sort and len(item.text) < 30 for item in held)
