"""Rows that say the same thing twice, and references used twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Sequence

from .issues import Issue, issue
from .rows import Layout, Row

#: Fields that tell one person or establishment from another.
IDENTITY = ("ref", "name", "siret")


def mark_twins(rows: Sequence[Row], layout: Layout) -> tuple[list[Row], list[Issue]]:
    """Rows without exact duplicates, and the issues.

    Two rows are duplicates when all their cells agree without regard to case, accents and
    punctuation, and one of ``IDENTITY`` is filled: two people of an anonymous list may well live
    at the same place, so identical rows without identity are kept and flagged. The same reference
    with another content is kept and flagged.
    """
    kept: list[Row] = []
    issues: list[Issue] = []
    first_line: dict[Hashable, int] = {}
    first_ref: dict[str, int] = {}
    for row in rows:
        key = _key(row, layout)
        if key in first_line:
            identity = any(row.values.get(name) for name in IDENTITY)
            code = "duplicate" if identity else "same_without_identity"
            issues.append(issue(row.line, "", "", code, first_line[key]))
            if identity:
                continue
        first_line.setdefault(key, row.line)
        ref = str(row.values.get("ref") or "")
        if ref and _folded(ref) in first_ref:
            other = first_ref[_folded(ref)]
            issues.append(issue(row.line, layout.name_of("ref"), ref, "same_ref", other))
        elif ref:
            first_ref[_folded(ref)] = row.line
        kept.append(row)
    return kept, issues


def _key(row: Row, layout: Layout) -> Hashable:
    values = [row.values.get(name) for name in layout.fields]
    values += [row.cells[index] for index in layout.others]
    return tuple(
        _folded(value or "") if not isinstance(value, float) else value for value in values
    )


def _folded(text: str) -> str:
    """Letters (of any script) and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum()) or text
