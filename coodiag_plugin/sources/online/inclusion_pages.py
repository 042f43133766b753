"""Lists that a service gives page after page: put together whole, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ...core.errors import SourceError
from ...core.nomenclatures import MASKS
from ...core.progress import Progress
from ...core.words import Words
from ..web.faults import TryAgain
from ..web.request import Request
from .asking import Asking

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """``total``: rows of the whole list as told; ``size``: rows of a full page, as granted."""

    rows: list[Row]
    total: int
    size: int


#: The page of an answer, None when the answer has not the expected shape.
Reader = Callable[[Any], "Page | None"]


def whole_list(
    asking: Asking,
    request: Callable[[int], Request],
    read: Reader,
    what: Words,
    progress: Progress,
) -> list[Row]:
    """Every row of a list, each once, in the order of the service.

    ``request``: of a page, from 1. A page shorter than told is asked for again. Raises
    SourceError when the list changes on the way or does not add up to its total: ``what`` names
    it in the sentence.
    """
    page = _ask(asking, request(1), read, None)
    rows, total, size = list(page.rows), page.total, page.size
    pages = ceil(total / size) if total else 1
    for number in range(2, pages + 1):
        progress.check()
        progress.set((number - 1) / pages)
        left = min(size, total - (number - 1) * size)
        page = _ask(asking, request(number), read, left)
        if page.total != total:
            raise _incomplete(asking, what, len(rows), page.total)
        rows += page.rows
    distinct = {identity(row): row for row in rows}
    if len(distinct) != total or len(rows) != total:
        raise _incomplete(asking, what, len(distinct), total)
    return rows


def identity(row: Row) -> str:
    """What tells two rows of a list apart."""
    return str(row.get("id") or sorted((key, str(value)) for key, value in row.items()))


def _ask(asking: Asking, request: Request, read: Reader, expected: int | None) -> Page:
    """A page of ``expected`` rows; of the first one only the total and the size are known."""

    def check(payload: Any) -> str | None:
        page = read(payload)
        if page is None:
            return str(payload)[:120] or "?"
        wanted = min(page.total, page.size) if expected is None else expected
        if len(page.rows) < wanted:
            raise TryAgain
        return None

    page = read(asking.json(request, check))
    assert page is not None  # the check refused anything else
    return page


def _incomplete(asking: Asking, what: Words, received: int, total: int) -> SourceError:
    return SourceError(
        "{service}: the list of {what} is incomplete ({received} different rows, {total} announced). It probably changed while it was read: run again with CACHE set to refresh.",
        service=asking.service.title,
        what=what,
        received=received,
        total=total,
    )


def text_of(row: Row, name: str) -> str:
    """A cell as text on one line; "" for what is missing or masked."""
    value = row.get(name)
    text = "" if value is None or isinstance(value, (list, dict)) else " ".join(str(value).split())
    return "" if text.upper() in MASKS else text


def siret_of(row: Row) -> str:
    """The SIRET of a row, "" when it does not have the form of one."""
    digits = text_of(row, "siret").replace(" ", "")
    return digits if len(digits) == 14 and digits.isdigit() else ""
