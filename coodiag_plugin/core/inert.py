"""Cells of a csv file that a spreadsheet would compute, and so could send elsewhere."""

from __future__ import annotations

import re

#: A number or a phone number with its sign is none.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d .,()]*$)")


def inert(text: str) -> str:
    """The text, behind an apostrophe when a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) or text.startswith("'") else text


def restored(cell: str) -> str:
    """The text that :func:`inert` was given."""
    return cell[1:] if cell.startswith("'") else cell
