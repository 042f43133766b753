"""The grid of a Cap self-evaluation: Coodiag's own, or the file of a federation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..core.cap import FEWEST_RAYS, MOST_RAYS, Grid, Objective
from ..core.catalogue import rows
from ..core.errors import InputError
from .cells import clean
from .names import normalise
from .repairs import read_number
from .spreadsheet import read_grids

_NEEDED = ("theme", "sub_theme", "code", "objective")
_HEADER_ROWS = 30


@cache
def _fields() -> dict[str, str]:
    """Normalised header → field."""
    return {
        normalise(word): row["field"]
        for row in rows("cap_columns")
        for word in row["words"].split("|")
    }


def columns_of(row: Sequence[str]) -> dict[str, int]:
    """Field → column of a row read as a header; the first column of each field."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = _fields().get(normalise(cell.split("(")[0])) or _fields().get(normalise(cell))
        if name and name not in found:
            found[name] = at
    return found


def header_of(grid: Sequence[Sequence[str]], *needed: str) -> int | None:
    """Position of the first row, among the first ones, that names all ``needed`` fields."""
    heads = (columns_of(row) for row in grid[:_HEADER_ROWS])
    return next((at for at, head in enumerate(heads) if set(needed) <= set(head)), None)


def coodiag_grid() -> Grid:
    """The grid of ``catalogue/cap.csv``, Coodiag's own wording."""
    return Grid(
        tuple(
            Objective(
                row["theme"],
                row["sub_theme"],
                row["id"],
                row["objective"],
                row["evidence"],
                float(row["weight"] or 1),
            )
            for row in rows("cap")
        )
    )


def read_grid(path: Path | None) -> Grid:
    """The grid of a file (csv, xlsx, ods: theme, sub-theme, id, objective, evidence, weight), or
    Coodiag's without one. A bad row is refused with its line and what is wrong."""
    if path is None:
        return coodiag_grid()
    for cells, lines in read_grids(path).values():
        # Lines « # » of a copy of Coodiag's own file.
        kept = [(row, line) for row, line in zip(cells, lines) if not _is_remark(row)]
        body, numbers = [row for row, _ in kept], [line for _, line in kept]
        at = header_of(body, *_NEEDED)
        if at is not None:
            head = columns_of(body[at])
            return _grid(path, body[at + 1 :], numbers[at + 1 :], head)
    raise InputError(
        "{file} is not a grid of objectives: a header with theme, sub_theme, id, objective, evidence and weight is needed.",
        file=path.name,
    )


def _is_remark(row: Sequence[str]) -> bool:
    return next((cell for cell in row if cell.strip()), "").lstrip().startswith("#")


def _grid(
    path: Path, body: Sequence[Sequence[str]], lines: Sequence[int], head: dict[str, int]
) -> Grid:
    objectives: list[Objective] = []
    seen: dict[str, int] = {}
    homes: dict[str, str] = {}
    for row, line in zip(body, lines):
        if not any(cell.strip() for cell in row):
            continue
        item = _objective(path, row, line, head)
        code = normalise(item.code)
        if code in seen:
            raise InputError(
                "{file}, line {line}: the objective “{code}” stands on line {other} already. Give each objective its own id.",
                file=path.name,
                line=line,
                code=item.code,
                other=seen[code],
            )
        if homes.setdefault(normalise(item.sub_theme), item.theme) != item.theme:
            raise InputError(
                "{file}, line {line}: the sub-theme “{name}” stands in the theme “{other}” already. Give it one theme only.",
                file=path.name,
                line=line,
                name=item.sub_theme,
                other=homes[normalise(item.sub_theme)],
            )
        seen[code] = line
        objectives.append(item)
    grid = Grid(tuple(objectives), path.name)
    count = len(grid.sub_themes())
    if not FEWEST_RAYS <= count <= MOST_RAYS:
        raise InputError(
            "{file} has {count} sub-themes: {least} to {most} are needed, one ray of the radar each.",
            file=path.name,
            count=count,
            least=FEWEST_RAYS,
            most=MOST_RAYS,
        )
    return grid


def _objective(path: Path, row: Sequence[str], line: int, head: dict[str, int]) -> Objective:
    cells = {name: clean(row[at])[0] if at < len(row) else "" for name, at in head.items()}
    for name in _NEEDED:
        if not cells[name]:
            raise InputError(
                "{file}, line {line}: the column “{column}” is empty. Fill it or remove the line.",
                file=path.name,
                line=line,
                column={"code": "id"}.get(name, name),
            )
    weight = 1.0
    if cells.get("weight"):
        read = read_number(cells["weight"]).value
        if read is None or not 0 < read <= 100:
            raise InputError(
                "{file}, line {line}: the weight “{weight}” is not a number above 0 and up to 100.",
                file=path.name,
                line=line,
                weight=cells["weight"],
            )
        weight = read
    return Objective(
        cells["theme"], cells["sub_theme"], cells["code"], cells["objective"],
        cells.get("evidence", ""), weight,
    )  # fmt: skip
