"""Tables that an analyst fills in (survey, actors, plan, texts): header by their own words.

Their headers are neither those of a list of clients nor short: a question of a survey is one. The
row that names the most fields of the table is its header, else the first full row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..core.catalogue import rows as catalogue_rows
from ..core.errors import InputError
from ..core.french import NO_BREAK_SPACE, number
from ..core.progress import Progress
from .cells import clean, unique_names
from .columns import Synonyms, name_score, synonyms, words_of
from .issues import SENTENCES, Issue, issue
from .names import normalise
from .spreadsheet import read_grids

#: Rows of a sheet and the line where each starts.
Grid = tuple[list[list[str]], list[int]]
_HEADER_ROWS = 30
#: Sheets of a workbook that explain it and hold no row of the table.
_ASIDE = frozenset(
    {"lisez moi", "lisezmoi", "readme", "notice", "mode emploi", "explications", "aide", "listes"}
)
_SAMPLE = re.compile(r"EXEMPLE\b")
_TOTAL = re.compile(r"(?:SOUS )?TOTAL(?: GENERAL)?|TOTAUX|MOYENNE|SOMME")
_FULL = 0.7
_LINES_TOLD = 8


@dataclass
class AnalystTable:
    """``rows`` have the width of ``columns``, cells cleaned; ``lines``: where each stands in the file."""

    file: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    sheet: str = ""
    header_line: int = 0
    issues: list[Issue] = field(default_factory=list)

    def column(self, index: int) -> list[str]:
        return [row[index] for row in self.rows]

    def note(self, line: int, column: int, code: str, value: str = "", other: object = "") -> None:
        name = self.columns[column] if column >= 0 else ""
        self.issues.append(issue(line, name, value, code, other))


@cache
def fields_of(table: str) -> tuple[Synonyms, ...]:
    """Synonyms of the fields of ``table`` (``qualitative_columns.csv``)."""
    result = []
    for row in catalogue_rows("qualitative_columns"):
        if row["table"] == table:
            exact, words = (
                [words_of(text) for text in row[name].split("|") if text]
                for name in ("exact", "words")
            )
            ranks = {"".join(words): rank for rank, words in reversed(list(enumerate(exact)))}
            forbidden = frozenset(word for word in row["not"].split("|") if word)
            result.append(Synonyms(row["field"], ranks, {}, tuple(words), forbidden))
    return tuple(result)


def assigned(headers: Sequence[str], entries: Iterable[Synonyms]) -> dict[str, int]:
    """Field → column: the best header of each field, one column per field, the first on equal terms."""
    scored = sorted(
        (-score, rank, column, entry.field)
        for rank, entry in enumerate(entries)
        for column, header in enumerate(headers)
        if (score := name_score(header, entry))
    )
    found: dict[str, int] = {}
    for _, _, column, name in scored:
        if name not in found and column not in found.values():
            found[name] = column
    return found


def place_fields() -> tuple[Synonyms, ...]:
    """Synonyms of the cells that locate a row, those of ``columns.csv``."""
    wanted = (
        "address",
        "complement",
        "postcode",
        "city",
        "citycode",
        "number",
        "street_type",
        "street",
    )
    return tuple(entry for entry in synonyms("sites") if entry.field in wanted)


def read_analyst_table(
    path: Path,
    entries: Sequence[Synonyms],
    progress: Progress,
    grids: Mapping[str, Grid] | None = None,
) -> AnalystTable:
    """The table of ``path`` whose header names the most of ``entries``.

    ``grids``: the sheets of the file to choose from, when they were read before. Rows of the
    template that begin with « Exemple » are left out and told. Raises :class:`InputError` when
    nothing can be read.
    """
    path = Path(path)
    grids = {
        name: grid
        for name, grid in (read_grids(path) if grids is None else grids).items()
        if normalise(name).lower() not in _ASIDE
    }
    if not grids:
        raise InputError("The file {file} is empty.", file=path.name)
    heads = {name: find_head(grid[0], entries) for name, grid in grids.items()}
    best = max(grids, key=lambda name: heads[name][1])  # the first on equal terms
    table = _table(path, best, *grids[best], heads[best][0], progress)
    if len(grids) > 1:
        table.issues.insert(0, issue(0, best, ", ".join(grids), "other_sheets"))
    return table


def find_head(rows: Sequence[Sequence[str]], entries: Sequence[Synonyms]) -> tuple[int, int]:
    """Position of the header, and how many fields it names."""
    scores = [
        len(assigned([clean(cell)[0] for cell in row], entries)) for row in rows[:_HEADER_ROWS]
    ]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    if scores[best] >= 2 or (scores[best] and len([c for c in rows[best] if c.strip()]) == 1):
        return best, scores[best]
    widths = sorted(sum(bool(cell.strip()) for cell in row) for row in rows)
    usual = widths[len(widths) // 2]
    full = (
        at
        for at, row in enumerate(rows[:_HEADER_ROWS])
        if sum(bool(c.strip()) for c in row) >= max(1, _FULL * usual)
    )
    return next(full, 0), 0


def _table(
    path: Path,
    sheet: str,
    grid: list[list[str]],
    lines: list[int],
    position: int,
    progress: Progress,
) -> AnalystTable:
    filled = [(row, line) for row, line in zip(grid, lines) if any(cell.strip() for cell in row)]
    header_row = grid[position]
    start = next(at for at, (row, _) in enumerate(filled) if row is header_row)
    header_line, body = filled[start][1], filled[start + 1 :]
    if not body:
        raise InputError("{file} has column names but no row below them.", file=path.name)
    width = max(len(header_row), *(len(row) for row, _ in body))
    headers = [*header_row, *[""] * (width - len(header_row))]
    used = [
        at
        for at in range(width)
        if headers[at].strip() or any(at < len(row) and row[at].strip() for row, _ in body)
    ]
    names, renamed = unique_names([headers[at] for at in used])
    table = AnalystTable(path.name, tuple(names), [], [], sheet, header_line)
    for at in renamed:
        table.note(header_line, at, "duplicate_header", headers[used[at]])
    heads = [clean(headers[at])[0].lower() for at in used]
    for row, line in body:
        progress.check()
        _take(table, [row[at] if at < len(row) else "" for at in used], line, heads)
    if not table.rows:
        raise InputError("{file} has column names but no row below them.", file=path.name)
    return table


def _take(table: AnalystTable, cells: list[str], line: int, heads: list[str]) -> None:
    """Clean a row and keep it, unless it is the template's or its header again."""
    row = []
    for at, cell in enumerate(cells):
        text, codes = clean(cell, lines=True)
        row.append(text)
        for code in codes:
            table.note(line, at, code, cell)
    first = next((cell for cell in row if cell), "")
    if not first:  # nothing but accidents of the spreadsheet
        return
    if _SAMPLE.match(normalise(first)):
        table.note(line, -1, "sample_row")
    elif _TOTAL.fullmatch(normalise(first)):
        table.note(line, -1, "total")
    elif [cell.lower() for cell in row] == heads:
        table.note(line, -1, "repeated_header")
    else:
        table.rows.append(row)
        table.lines.append(line)


def told(issues: Iterable[Issue]) -> list[str]:
    """A sentence per code with the rows concerned and no cell: what a shareable journal prints."""
    by_code: dict[str, list[Issue]] = {}
    for item in issues:
        by_code.setdefault(item.code, []).append(item)
    sentences = []
    for code, items in by_code.items():
        problem, action = items[0].problem, items[0].action
        if "{other}" in SENTENCES[code][0] and len({item.problem for item in items}) > 1:
            problem = re.sub(r" \([^()]*\)$", "", problem)
        lines = sorted({item.line for item in items if item.line})
        columns = list(dict.fromkeys(item.column for item in items if item.column))
        about = _where(lines, columns if code in _BY_COLUMN else [])
        sentences.append(f"{problem}{about}{NO_BREAK_SPACE}: {action[0].lower()}{action[1:]}.")
    return sentences


#: Codes that are about a whole column: its name is told, which names nobody.
_BY_COLUMN = frozenset(
    {"identifying_column", "column_left", "duplicate_header", "same_question", "other_sheets"}
)


def _where(lines: list[int], columns: list[str]) -> str:
    if columns:
        return (
            " ("
            + ", ".join(f"«{NO_BREAK_SPACE}{name[:60]}{NO_BREAK_SPACE}»" for name in columns)
            + ")"
        )
    if not lines:
        return ""
    shown = ", ".join(number(line) for line in lines[:_LINES_TOLD])
    more = f" et {number(len(lines) - _LINES_TOLD)} autres" if len(lines) > _LINES_TOLD else ""
    return f" (ligne{'s' if len(lines) > 1 else ''} {shown}{more})"
