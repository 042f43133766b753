"""``indicateurs.json``: the typed sheets of the workbook, from which a dossier writes it again.

A cell is a text, ``[number, decimals]`` or null, so that the figures can also be read by a program.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .xlsx import Cell, Number, Sheet

FORMAT = 1


def sheets_to_json(sheets: Sequence[Sheet]) -> str:
    """The sheets as JSON; equal sheets give equal bytes."""
    return json.dumps(
        {"format": FORMAT, "sheets": [_sheet(sheet) for sheet in sheets]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def sheets_from_json(text: str) -> list[Sheet]:
    """The sheets back; raises ``ValueError``, ``KeyError`` or ``TypeError`` on another document."""
    document = json.loads(text)
    if document["format"] != FORMAT:
        raise ValueError(f"format {document['format']!r} is not {FORMAT}")
    return [
        Sheet(
            name=item["name"],
            rows=_rows(item["rows"]),
            header=tuple(item["header"]),
            widths=tuple(item["widths"]),
            frozen=item["frozen"],
            wrapped=item["wrapped"],
            above=_rows(item["above"]),
            choices=tuple((column, tuple(words)) for column, words in item["choices"]),
        )
        for item in document["sheets"]
    ]


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "header": sheet.header,
        "widths": sheet.widths,
        "frozen": sheet.frozen,
        "wrapped": sheet.wrapped,
        "choices": sheet.choices,
        "above": [[_cell(cell) for cell in row] for row in sheet.above],
        "rows": [[_cell(cell) for cell in row] for row in sheet.rows],
    }


def _cell(cell: Cell) -> Any:
    return [cell.value, cell.decimals] if isinstance(cell, Number) else cell


def _rows(rows: Sequence[Sequence[Any]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(Number(*cell) if isinstance(cell, list) else cell for cell in row) for row in rows
    )
