"""Rows of a review that one gesture may accept together: located, waiting, and alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .review_rows import DOUBTFUL, ReviewRow

#: What changes from one remark to the next of its kind: names quoted or after a colon, numbers.
_QUOTED = re.compile(r"«[^»]*»")
_NAMED = re.compile(r"(\s*:\s)[^.]*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?(?:\s(?:bis|ter|quater|quinquies|[a-z])(?=[,.:\s\u00a0]))?")


def note_kind(note: str) -> str:
    """A remark without its names and numbers: « Numéro … absent de la BAN… »."""
    plain = _QUOTED.sub("« … »", note)
    plain = _NAMED.sub(r"\1…", plain)
    return _NUMBER.sub("…", plain).strip()


def of_score(rows: Sequence[ReviewRow], least: float) -> list[int]:
    """Doubtful rows whose score is at least ``least``. That of a commune says nothing of a street:
    rows at the commune are not among them."""
    return [row.at for row in _ready(rows) if row.kind == DOUBTFUL and row.score >= least]


def of_kind(rows: Sequence[ReviewRow], kind: str) -> list[int]:
    """Located rows whose remark is of a kind."""
    return [row.at for row in _ready(rows) if note_kind(row.note) == kind]


def _ready(rows: Sequence[ReviewRow]) -> list[ReviewRow]:
    """Rows with one likely place: where two are, a person has to look at each."""
    return [row for row in rows if row.waiting and row.lon is not None and not row.rivalled]
