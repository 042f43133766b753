"""What is hidden of a question of a survey, alone and crossed with groups.

The number of respondents, and that of each group, are printed: they are what a reader knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..core.privacy import ALL, LinkedTable, crossed, is_few
from .disclosure import protect, table_facts, tight

Key = TypeVar("Key")
_YES, _NO = "1", "0"


@dataclass(frozen=True)
class Hidden(Generic[Key]):
    """Cells to hide; ``crossed``: whether the crossing with groups may be shown at all."""

    cells: set[Key]
    crossed: bool


def shown_alone(count: int, whole: int, minimum: int) -> bool:
    """Whether a count may be shown beside the whole: neither it nor the rest is of few people."""
    return not is_few(count, minimum) and not is_few(whole - count, minimum)


def hidden_table(
    told: Sequence[str],
    groups: Sequence[str],
    answers: Sequence[str],
    names: Sequence[str],
    minimum: int,
) -> Hidden[tuple[str, str]]:
    """Cells (answer, group) to hide when every respondent gave one of ``answers``.

    The group "" stands for everybody, whose cells are those of the answers by themselves: a
    crossing hides none of them. ``names`` empty, or a crossing that cannot be protected so: the
    answers by themselves only.
    """
    rank = {answer: f"a{at:03d}" for at, answer in enumerate(answers)}
    back = {key: answer for answer, key in rank.items()}
    counts = Counter(told)
    alone = _protected(crossed({(key,): counts[answer] for answer, key in rank.items()}), minimum)
    gone = {key for key in back if alone is None or (key,) in alone}
    cells = {(back[key], "") for key in gone}
    if not names or alone is None:
        return Hidden(cells, False)
    place = {name: f"g{at:03d}" for at, name in enumerate(names)}
    table: dict[tuple[str, ...], int] = {(a, g): 0 for a in rank.values() for g in place.values()}
    for answer, group in zip(told, groups):
        table[rank[answer], place[group]] += 1
    inner = _protected(
        crossed(table), minimum, {(key, ALL) for key in back if key not in gone}, gone
    )
    if inner is None:
        return Hidden(cells, False)
    home = {key: name for name, key in place.items()}
    return Hidden({*cells, *((back[a], home[g]) for a, g in inner if g != ALL)}, True)


def hidden_options(
    marks: Sequence[bool], groups: Sequence[str], names: Sequence[str], minimum: int
) -> Hidden[str]:
    """Groups ("" for everybody) whose number of ticks of one answer is to be hidden."""
    told = [_YES if mark else _NO for mark in marks]
    found = hidden_table(told, groups, [_YES, _NO], names, minimum)
    return Hidden({group for _, group in found.cells}, found.crossed)


def _protected(
    table: LinkedTable[tuple[str, ...]],
    minimum: int,
    shown: Set[tuple[str, ...]] = frozenset(),
    gone: Set[str] = frozenset(),
) -> set[tuple[str, ...]] | None:
    """Cells to hide, the totals that readers know staying; None when that protects nobody.

    ``shown``: other margins that stay; ``gone``: answers whose margin is hidden already.
    """
    totals = {key for key in table.counts if key[0] == ALL}
    table = LinkedTable(table.counts, table.sums, frozenset(totals | shown))
    hidden = protect(table, minimum, {(key, ALL) for key in gone})
    return None if tight(table_facts(table, hidden), hidden, minimum) else hidden
