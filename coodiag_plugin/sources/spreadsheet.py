"""Raw reading of a structure's table: csv, txt, xlsx or ods, header row found by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import InputError
from ..core.places import check_small
from .cells import clean, unique_names
from .columns import header_score
from .packed_xml import LARGEST_IN_MEMORY
from .textfile import read_text
from .workbook import DRIVERS, read_sheets

TEXT_FORMATS = (".csv", ".txt", ".tsv")
_HEADER_ROWS = 50
#: Best score of a row below which its synonyms do not prove that it is a header.
_HEADER_SCORE = 3.0


@dataclass(frozen=True)
class RawTable:
    """Cells as they are in the file.

    ``columns`` are cleaned and unique; ``headers`` the cells as written. ``rows`` all have the
    width of ``columns``; blank rows are left out. ``lines`` are the 1-based line (text) or row of
    the sheet where each row starts. ``header_line`` is 0 when no header row was found.
    ``notes``: ``(code of issues, line, column, detail)`` of what the reading had to decide.
    ``sheets``: those of the workbook in its order, none for a text table.
    """

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]
    encoding: str
    separator: str
    sheet: str
    header_line: int
    headers: tuple[str, ...] = ()
    notes: tuple[tuple[str, int, str, str], ...] = ()
    sheets: tuple[str, ...] = ()


def read_table(path: Path, sheet: str | int = "") -> RawTable:
    """Read a table; errors are :class:`InputError` with what to do.

    ``sheet``: its name, or its place in the workbook counted from 1. Without it, the filled sheet whose header names the most known fields is taken, the
    first one on equal terms.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    _check_file(path, suffix)
    if suffix in DRIVERS:
        return _read_workbook(path, sheet)
    try:
        grid = read_text(path.read_bytes(), path.name)
    except OSError as error:
        raise _unreadable(path, error) from error
    if sheet:
        raise InputError(
            "{file} is a text table and has no sheet “{sheet}”.", file=path.name, sheet=sheet
        )
    notes = (("stray_quotes", 1, "", ""),) if grid.stray_quotes else ()
    return _table(path, grid.rows, grid.lines, grid.encoding, grid.separator, "", notes)


def read_grids(path: Path) -> dict[str, tuple[list[list[str]], list[int]]]:
    """Every filled sheet as it is: ``{sheet: (rows, lines)}``; a text table is the sheet ``""``.

    For tables whose header is not that of a file of clients, sites or beneficiaries. Same
    refusals as :func:`read_table`.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    _check_file(path, suffix)
    try:
        if suffix in DRIVERS:
            found = read_sheets(path)
        else:
            grid = read_text(path.read_bytes(), path.name)
            found = {"": (grid.rows, grid.lines)}
    except OSError as error:
        raise _unreadable(path, error) from error
    filled = {name: grid for name, grid in found.items() if any(map(any, grid[0]))}
    if not filled:
        raise InputError("The file {file} is empty.", file=path.name)
    return filled


def _check_file(path: Path, suffix: str) -> None:
    if not path.exists():
        raise InputError(
            "The file {file} does not exist. Check its name and folder.", file=str(path)
        )
    if not path.is_file():
        raise InputError("{file} is not a file: give a csv, txt, xlsx or ods file.", file=str(path))
    if suffix == ".xls":
        raise InputError(
            "{file} is an old Excel 97 workbook. Save it as xlsx or csv.", file=path.name
        )
    if suffix not in TEXT_FORMATS and suffix not in DRIVERS:
        raise InputError(
            "{file} is of an unknown format. Give a csv, txt, xlsx or ods file.", file=path.name
        )
    try:
        check_small(path, LARGEST_IN_MEMORY)
        with path.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not start:
        raise InputError("The file {file} is empty.", file=path.name)
    if suffix in TEXT_FORMATS and start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(
            "{file} has the extension of a text table but is a workbook: rename it to .xlsx or .ods.",
            file=path.name,
        )


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        "The file {file} cannot be read: {reason}. Close it elsewhere or check its rights.",
        file=path.name,
        reason=error.strerror or str(error),
    )


def _read_workbook(path: Path, sheet: str | int) -> RawTable:
    try:
        sheets = read_sheets(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    filled = {name: grid for name, grid in sheets.items() if grid[0]}
    if isinstance(sheet, int) and 0 < sheet <= len(sheets):
        sheet = list(sheets)[sheet - 1]
    if sheet:
        if sheet not in sheets:
            raise InputError(
                "{file} has no sheet “{sheet}”. Its sheets: {sheets}.",
                file=path.name,
                sheet=sheet,
                sheets=", ".join(sheets),
            )
        if sheet not in filled:
            raise InputError("The sheet “{sheet}” of {file} is empty.", sheet=sheet, file=path.name)
        return replace(_table(path, *filled[sheet], "", "", sheet), sheets=tuple(sheets))
    if not filled:
        raise InputError("The file {file} is empty: none of its sheets has a row.", file=path.name)
    best = max(filled, key=lambda name: _best_header(filled[name][0])[1])  # first on equal terms
    notes = (("other_sheets", 0, best, ", ".join(filled)),) if len(filled) > 1 else ()
    return replace(_table(path, *filled[best], "", "", best, notes), sheets=tuple(sheets))


def _table(
    path: Path,
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    encoding: str,
    separator: str,
    sheet: str,
    notes: tuple[tuple[str, int, str, str], ...] = (),
) -> RawTable:
    """The table below its header; blank rows leave, short rows are filled up."""
    filled = [
        (list(row), line) for row, line in zip(rows, lines) if any(cell.strip() for cell in row)
    ]
    if not filled:
        raise InputError("The file {file} is empty.", file=path.name)
    cells = [row for row, _ in filled]
    position = find_header(cells)
    header = cells[position] if position is not None else []
    body = filled[position + 1 :] if position is not None else filled
    if not body:
        raise InputError("{file} has column names but no row below them.", file=path.name)
    width = max(len(header), *(len(row) for row, _ in body))
    named = len(header) or width
    headers = [*header, *[""] * (width - len(header))]
    columns, renamed = unique_names(headers)
    header_line = filled[position][1] if position is not None else 0
    found = list(notes)
    if position is None:
        found.append(("no_header", body[0][1], "", ""))
    found += [("duplicate_header", header_line, columns[i], headers[i]) for i in renamed]
    for row, line in body:
        if any(cell.strip() for cell in row[named:]):
            found.append(("extra_cells", line, "", separator.join(row[named:])))
    return RawTable(
        tuple(columns),
        [tuple(row) + ("",) * (width - len(row)) for row, _ in body],
        [line for _, line in body],
        encoding,
        separator,
        sheet,
        header_line,
        tuple(headers),
        tuple(found),
    )


def _best_header(rows: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Position and score of the row that names the most fields, among the first ones."""
    scores = [header_score([clean(cell)[0] for cell in row]) for row in rows[:_HEADER_ROWS]]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    return best, scores[best]


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Position of the header among non-blank ``rows``: by synonyms, else by width and type.

    Without a known synonym, the header is the first row of full width whose cells are all short
    texts without digits, above rows that hold digits; None when the first full row is data.
    """
    best, score = _best_header(rows)
    if score >= _HEADER_SCORE:
        return best
    widths = sorted(sum(bool(cell.strip()) for cell in row) for row in rows)
    usual = widths[len(widths) // 2]
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        texts = [cell.strip() for cell in row if cell.strip()]
        if len(texts) < max(1, 0.7 * usual):
            continue
        wordy = all(not re.search(r"\d", text) and len(text) <= 60 for text in texts)
        below = rows[position + 1 :]
        return position if wordy and len(set(texts)) == len(texts) and below else None
    return None
