"""A structure's spreadsheet as a table of located-to-be rows, with the journal of every repair."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Union

from ..core.errors import InputError
from ..core.progress import Progress, Silent
from .cells import unique_names
from .columns import FIELDS, LOCATORS, PARTS, ROLES, Match, forced_columns, match
from .issues import REFUSED_ROW, Issue, issue
from .places import inverted
from .repairs import decimal_sign
from .rows import Layout, Row, clean_rows, read_row
from .spreadsheet import RawTable, read_table
from .structure_mapping import FileMapping, Place
from .twins import mark_twins

Cell = Union[str, float, None]
#: Names that other steps give to a column of their own.
RESERVED = frozenset({"row_id", "fid", "geom", "ogc_fid", *FIELDS})


@dataclass(frozen=True)
class ImportedTable:
    """The rows that can be used, and what happened to all of them.

    ``rows`` hold ``row_id``, the canonical fields found (``turnover`` and ``hours`` float, ``date``
    ISO text, all else text, None when empty), then the other columns as they are. ``mapping`` is
    field → column of the file (``numero + voie`` when an address was put together).
    ``rows_in = rows_out + refused + duplicates``. ``said``: what the user had said by hand, by
    places in the file. ``places``: field, or part of an address, → index of its column in the file.
    """

    role: str
    columns: tuple[str, ...]
    rows: list[dict[str, Cell]]
    lines: list[int]
    mapping: dict[str, str]
    issues: list[Issue]
    rows_in: int
    refused: int
    duplicates: int
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_line: int = 0
    said: FileMapping = field(default_factory=FileMapping)
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows_out(self) -> int:
        return len(self.rows)


def parse_mapping(text: str) -> dict[str, str]:
    """The MAPPING parameter: a JSON object of canonical field → column, empty for none."""
    if not text.strip():
        return {}
    example = '{"address": "Adresse du client", "city": "Ville"}'
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            "MAPPING is not valid JSON (line {line}, column {column}). Write for example {example}.",
            line=error.lineno,
            column=error.colno,
            example=example,
        ) from error
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise InputError(
            "MAPPING must give the name of a column for each field. Write for example {example}.",
            example=example,
        )
    return value


def import_table(
    path: Path,
    role: str,
    mapping: Mapping[str, Place] | None = None,
    sheet: Place = "",
    progress: Progress | None = None,
) -> ImportedTable:
    """Read, recognise, repair and check the table of ``role`` (clients, beneficiaries, sites).

    Raises :class:`InputError` when the file cannot be read, when ``mapping`` names what does not
    exist, when no column says where the rows are, or when no row can be used.
    """
    progress = progress or Silent()
    path = Path(path)
    if role not in ROLES:
        raise InputError(
            "“{role}” is not a role. Roles: {roles}.", role=role, roles=", ".join(ROLES)
        )
    raw = read_table(path, sheet)
    progress.check()
    table = import_raw(raw, path.name, role, mapping or {}, progress)
    return replace(table, said=_said(raw, mapping or {}, sheet, path.name))


def import_raw(
    raw: RawTable, file: str, role: str, mapping: Mapping[str, Place], progress: Progress
) -> ImportedTable:
    """What :func:`import_table` does with a table that is read; ``file``: its name."""
    issues = [issue(line, column, detail, code) for code, line, column, detail in raw.notes]
    rows = clean_rows(raw, progress.part(0.0, 0.4))
    layout, found_issues = _layout(raw, rows, role, mapping, file)
    issues += found_issues
    kept: list[Row] = []
    refused = 0
    for number, row in enumerate(rows):
        progress.check()
        progress.set(0.4 + 0.5 * number / len(rows))
        done = read_row(row, layout)
        issues += done.issues
        if any(item.code in REFUSED_ROW for item in done.issues):
            refused += 1
        else:
            kept.append(done)
    filled = {name for row in kept for name, value in row.values.items() if value not in (None, "")}
    layout = replace(
        layout, fields=tuple(n for n in layout.fields if n in layout.columns or n in filled)
    )
    unique, twin_issues = mark_twins(kept, layout)
    issues += twin_issues
    progress.set(1.0)
    if not unique:
        raise InputError(
            "None of the {count} rows of {file} can be used: they hold neither an address nor a town.",
            count=len(rows),
            file=file,
        )
    issues.sort(key=lambda item: item.line)
    progress.say(
        "{file}: {rows_in} rows read, {rows_out} kept, {refused} refused, {duplicates} duplicates left out.",
        file=file,
        rows_in=len(rows),
        rows_out=len(unique),
        refused=refused,
        duplicates=len(kept) - len(unique),
    )
    return ImportedTable(
        role=role,
        columns=("row_id", *layout.fields, *layout.others.values()),
        rows=[_record(row, role, layout) for row in unique],
        lines=[row.line for row in unique],
        mapping=layout.mapping(raw.columns),
        issues=issues,
        rows_in=len(rows),
        refused=refused,
        duplicates=len(kept) - len(unique),
        sheet=raw.sheet,
        encoding=raw.encoding,
        separator=raw.separator,
        header_line=raw.header_line,
        places=layout.columns,
    )


def recognised(
    raw: RawTable, file: str, role: str, mapping: Mapping[str, Place], progress: Progress
) -> Match:
    """Which column is what, also when none says where the rows are."""
    rows = clean_rows(raw, progress)
    return _match(raw, rows, role, mapping, file)[0]


def _said(raw: RawTable, mapping: Mapping[str, Place], sheet: Place, file: str) -> FileMapping:
    forced, without = forced_columns(mapping, raw.columns, file)
    places = {name: index + 1 for name, index in forced.items()} | dict.fromkeys(without, 0)
    return FileMapping(raw.sheets.index(raw.sheet) + 1 if sheet else "", places)


def _record(row: Row, role: str, layout: Layout) -> dict[str, Cell]:
    record: dict[str, Cell] = {"row_id": f"{role[0]}{row.line:06d}"}
    for name in layout.fields:
        value = row.values.get(name)
        record[name] = None if value == "" else value
    for index, name in layout.others.items():
        record[name] = row.cells[index] or None
    return record


def _layout(
    raw: RawTable, rows: Sequence[Row], role: str, mapping: Mapping[str, Place], file: str
) -> tuple[Layout, list[Issue]]:
    """Which column is what, and the issues of the header."""
    found, cells, forced = _match(raw, rows, role, mapping, file)
    if not any(name in found.columns for name in LOCATORS):
        raise InputError(
            "No column of {file} looks like an address, a postcode or a town. Columns seen: {columns}. "
            "Say in MAPPING which is which, for example {example}.",
            file=file,
            columns=", ".join(raw.columns),
            example='{"address": "Adresse du client", "city": "Ville"}',
        )
    found, issues = _unswapped(raw, rows, found, forced)
    line = raw.header_line or rows[0].line
    for name, index in found.guessed.items():
        issues.append(issue(line, raw.columns[index], "", "guessed_column", name))
    for name, index in found.contradicted.items():
        issues.append(issue(line, raw.columns[index], "", "column_not_used", name))
    others, renamed = _other_columns(raw, cells, found)
    issues += [issue(line, raw.columns[i], others[i], "renamed_column") for i in renamed]
    signs = {}
    for name in ("turnover", "hours"):
        if name in found.columns:
            sign = decimal_sign(cells[found.columns[name]])
            # a sheet holds true numbers, always written with a dot: a comma typed as text
            # beside them does not make thousands of their decimals
            signs[name] = "" if raw.sheet and sign == "," else sign
    fields = tuple(name for name in FIELDS if name in _filled_fields(found.columns))
    headers = tuple(header.strip().lower() for header in raw.headers)
    return Layout(found.columns, fields, others, signs, raw.columns, headers), issues


def _match(
    raw: RawTable, rows: Sequence[Row], role: str, mapping: Mapping[str, Place], file: str
) -> tuple[Match, list[list[str]], dict[str, int]]:
    """The columns found, the cells of each column of the file, and the columns told by hand."""
    cells = [[row.cells[index] for row in rows] for index in range(len(raw.columns))]
    forced, without = forced_columns(mapping, raw.columns, file)
    return match(raw.headers, cells, role, forced, without), cells, forced


def _filled_fields(columns: Mapping[str, int]) -> set[str]:
    """Canonical fields of the output: those found, and those that a repair may fill."""
    fields = {name for name in columns if name not in PARTS}
    if "street" in columns:
        fields.add("address")
    if fields & {"address", "postcode", "city"}:
        fields |= {"postcode", "city"}
    if "address" in fields:
        fields.add("complement")
    if "postcode" in fields:
        fields.add("citycode")
    return fields


def _other_columns(
    raw: RawTable, cells: list[list[str]], found: Match
) -> tuple[dict[int, str], list[int]]:
    """``{index: name}`` of the columns kept as they are; empty ones without a name leave."""
    taken = set(found.columns.values())
    kept = [
        index
        for index in range(len(raw.columns))
        if index not in taken and (raw.headers[index].strip() or any(cells[index]))
    ]
    names, renamed = unique_names([raw.columns[index] for index in kept], RESERVED)
    return dict(zip(kept, names)), [kept[position] for position in renamed]


def _unswapped(
    raw: RawTable, rows: Sequence[Row], found: Match, forced: Mapping[str, int]
) -> tuple[Match, list[Issue]]:
    """Exchange the columns of postcode and city when most rows have them inverted."""
    columns = found.columns
    if not {"postcode", "city"} <= set(columns) or {"postcode", "city"} & set(forced):
        return found, []
    postcode, city = columns["postcode"], columns["city"]
    filled = [row for row in rows if row.cells[postcode] and row.cells[city]]
    wrong = sum(inverted(row.cells[postcode], row.cells[city]) for row in filled)
    if not filled or wrong <= 0.5 * len(filled):
        return found, []
    exchanged = {**columns, "postcode": city, "city": postcode}
    line = raw.header_line or rows[0].line
    return (
        replace(found, columns=exchanged),
        [issue(line, raw.columns[postcode], raw.columns[city], "swapped_columns")],
    )
