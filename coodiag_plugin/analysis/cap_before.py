"""What of an earlier Cap may be compared: two results told of nearly the same people give one away.

The mean of four less that of three of them is the fourth: ``4 · m4 − 3 · m3``. That holds of an
objective, of a sub-theme, of a theme and of the whole alike; a theme of one person is what the scores
of a function are hidden for. Hence nothing is compared when a few sheets only were added, left out
or changed among sheets that stand in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from ..core.cap import AnswerSheet
from ..core.privacy import is_few

#: Share of equal notes from which two sheets are of one respondent who hardly changed anything.
_ALIKE = 0.9


class Scope(Enum):
    """How far a result may be compared to an earlier one."""

    FULL = "full"
    THEMES = "themes"
    NOTHING = "nothing"


def scope_of_sheets(
    now: Sequence[AnswerSheet], before: Sequence[AnswerSheet], minimum: int
) -> Scope:
    """Of two groups of sheets. Without a sheet in both, each mean stands for itself."""
    left = list(before)
    new = 0
    for sheet in now:
        twin = next((item for item in left if _alike(sheet, item)), None)
        if twin is None:
            new += 1
        else:
            left.remove(twin)
    shared = len(now) - new
    return Scope.NOTHING if shared and is_few(max(new, len(left)), minimum) else Scope.FULL


def scope_of_result(now: int, before: int | None, minimum: int) -> Scope:
    """Of a number of respondents and that of an earlier result, None when it is not known.

    Who answered cannot be told: a few more or fewer may be the same people and a few others.
    """
    risky = before is None or is_few(abs(now - before), minimum)
    return Scope.THEMES if risky else Scope.FULL


def _alike(one: AnswerSheet, other: AnswerSheet) -> bool:
    """Whether two sheets say nearly the same of everything (dates and functions left aside)."""
    equal = sum(other.notes.get(code) == note for code, note in one.notes.items())
    return equal >= _ALIKE * max(1, min(len(one.notes), len(other.notes)))
