"""Notes and priorities of Cap as people write them: figures, words, « NSP », « sans objet »."""

from __future__ import annotations

import re
from functools import cache

from ..core.cap import LEAST_PRIORITY, MOST_PRIORITY
from ..core.catalogue import rows
from ..core.choices import HIGHEST, LOWEST
from ..core.values import ABSENT, FAILED, NOT_APPLICABLE, Value
from .names import normalise

_FIGURE = re.compile(r"(-?\d+(?:[.,]\d+)?)(?:\s*/\s*(\d+))?")
_STATES = {"NSP": ABSENT, "sans objet": NOT_APPLICABLE}


@cache
def _words(table: str, column: str) -> dict[str, str]:
    """Normalised words → figure or state of a scale of the catalogue."""
    found = {}
    for row in rows(table):
        for word in (row[column], row["label"], *row["words"].split("|")):
            found[normalise(word)] = row[column]
    return found


def read_note(text: str) -> Value | None:
    """The note of a cell; None for an empty one, FAILED for one that is not on the scale."""
    return _read(text, "cap_scale", "note", LOWEST, HIGHEST)


def read_priority(text: str) -> Value | None:
    """The priority of a cell, 1 to 3; None for an empty one, FAILED for what is none."""
    return _read(text, "cap_priorities", "priority", LEAST_PRIORITY, MOST_PRIORITY)


def _read(text: str, table: str, column: str, least: int, most: int) -> Value | None:
    text = " ".join(text.split())
    if not text or text in ("-", "–", "—"):
        return None
    found = _FIGURE.fullmatch(text)
    if found is None:
        said = _words(table, column).get(normalise(text), "")
        if said in _STATES:
            return _STATES[said]
        return Value(float(said)) if said else FAILED
    figure = float(found[1].replace(",", "."))
    if found[2] and int(found[2]) != most:  # « 3/4 » is on this scale, « 12/20 » is not
        return FAILED
    return Value(figure) if least <= figure <= most else FAILED
