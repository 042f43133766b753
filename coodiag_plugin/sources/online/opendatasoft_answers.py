"""What the Opendatasoft portals answer (Explore API v2.1), and whether it is whole.

A *check* returns the words of an error that came under a good status, None when there is none, and
raises ``TryAgain`` for an answer that is not complete.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..web.faults import TryAgain
from .asking import fitting

PAGE = 100  # rows of a page at most


@dataclass(frozen=True)
class About:
    """What a portal says of a dataset. ``modified``: ISO day of its data, "" when not told.

    ``fields``: technical name → type (``text``, ``int``, ``date``…), in the order of the dataset.
    """

    id: str
    title: str
    licence: str
    modified: str
    fields: dict[str, str]


def about(dataset: str, answer: Any) -> About:
    """The metadata of a dataset; v2.0 wraps them."""
    found = answer.get("dataset", answer)
    metas = (found.get("metas") or {}).get("default") or {}
    modified = text_of(metas.get("data_processed")) or text_of(metas.get("modified"))
    return About(
        dataset,
        text_of(metas.get("title")),
        text_of(metas.get("license")),
        modified[:10],
        {str(field["name"]): str(field.get("type", "")) for field in found["fields"]},
    )


def quoted(text: str) -> str:
    """An ODSQL string: ``14118`` → ``"14118"``."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def chunks(key: str, codes: Collection[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Codes by lists whose condition ``key in (…)`` is not longer than ``longest`` once escaped."""
    room = longest - len(quote(f"{key} in ()"))
    return fitting(codes, lambda code: len(quote(quoted(code) + ",")), room)


def both(first: str, second: str) -> str:
    return f"{first} and {second}" if second else first


def text_of(value: Any) -> str:
    """A JSON value as the csv export writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(text_of, value)) if isinstance(value, list) else str(value)


def cells(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";") if row]


# Checks: what an answer of status 200 says in fact.


def refusal(answer: Any) -> str | None:
    """The words of an error: ``{"error_code": "ODSQLError", "message": "Unknown field: xxx"}``."""
    if not isinstance(answer, dict):
        return f"{type(answer).__name__} ?"
    if "error_code" in answer or "errorcode" in answer:
        return text_of(answer.get("message") or answer.get("error") or answer.get("error_code"))
    return None


def described(answer: Any) -> str | None:
    said = refusal(answer)
    if said is None and not answer.get("dataset", answer).get("fields"):
        return "fields ?"
    return said


def counted(answer: Any) -> str | None:
    said = refusal(answer)
    return "total_count ?" if said is None and "total_count" not in answer else said


def page_check(total: int, offset: int, former: list[Any]) -> Callable[[Any], str | None]:
    """A page must be whole, of the same table, and not the one before."""

    def check(answer: Any) -> str | None:
        said = counted(answer)
        if said is not None:
            return said
        rows = answer.get("results", [])
        whole = answer["total_count"] == total and len(rows) == min(PAGE, total - offset)
        if not whole or (len(rows) > 1 and rows == former):
            raise TryAgain
        return None

    return check


def whole_export(text: str, columns: Sequence[str], total: int) -> str | None:
    """An export must have the columns asked for, and the rows that were counted."""
    if text.lstrip("\ufeff \r\n").startswith("{"):
        return _error_words(text)
    rows = cells(text)
    if not rows or any(len(row) != len(columns) for row in rows) or len(rows) - 1 != total:
        raise TryAgain
    if rows[0] != list(columns):
        return ", ".join(rows[0][:6])
    return None


def _error_words(text: str) -> str:
    try:
        return refusal(json.loads(text.lstrip("\ufeff"))) or "JSON ?"
    except ValueError:
        raise TryAgain from None
