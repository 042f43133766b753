"""Counts linked by sums: crossed tables with their margins, hierarchies, tables that share cells.

:func:`closed` protects line by line. It is exact for one line; several lines together may still
leave a cell that can be solved, which the audit of ``analysis/disclosure`` finds and mends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Generic

from .rules import MIN_COUNT, Key, is_few, is_solvable, suppressed_keys

#: The margin of a dimension in the key of a cell.
ALL = "*"
#: Key of a cell of a crossed table: a category by dimension, :data:`ALL` in a margin.
Crossing = tuple[str, ...]


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """``whole`` is the sum of ``parts``."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class LinkedTable(Generic[Key]):
    """Every count that may be published, margins included, and the sums that a reader knows.

    ``told``: cells that other figures tell in any case: hiding them protects nothing.
    ``unpublished``: cells that nothing shows (people who are in a total, and in no row).
    """

    counts: Mapping[Key, int]
    sums: tuple[Sum[Key], ...]
    told: frozenset[Key] = frozenset()
    unpublished: frozenset[Key] = frozenset()


def crossed(
    cells: Mapping[Crossing, int], groups: Sequence[Mapping[str, str]] = ()
) -> LinkedTable[Crossing]:
    """The table of ``cells`` (all of one length, absent ones are zero) with all its margins.

    ``groups``: for each dimension, the group of each category (commune → EPCI), {} for none; the
    groups then are categories of their own between the cells and the margin.
    """
    size = len(next(iter(cells)))
    parents = [dict(groups[at]) if at < len(groups) else {} for at in range(size)]
    lines = [_lines(sorted({key[at] for key in cells}), parents[at]) for at in range(size)]
    names = [list(dict.fromkeys(n for w, parts in axis for n in (w, *parts))) for axis in lines]
    counts = dict.fromkeys(product(*names), 0)
    for key, count in cells.items():
        for margin in product(*((c, *_above(c, parents[at])) for at, c in enumerate(key))):
            counts[margin] += count
    sums = [
        Sum((*key[:at], whole, *key[at:]), tuple((*key[:at], part, *key[at:]) for part in parts))
        for at, axis in enumerate(lines)
        for whole, parts in axis
        for key in product(*(names[other] for other in range(size) if other != at))
    ]
    return LinkedTable(counts, tuple(sums))


def _lines(categories: Sequence[str], parents: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The sums of one dimension: each group of its categories, the margin of its groups."""
    groups: dict[str, list[str]] = {}
    for category in categories:
        if category in parents:
            groups.setdefault(parents[category], []).append(category)
    alone = [category for category in categories if category not in parents]
    return [*groups.items(), (ALL, [*groups, *alone])]


def _above(category: str, parents: Mapping[str, str]) -> list[str]:
    return [parents[category], ALL] if category in parents else [ALL]


def closed(
    table: LinkedTable[Key], minimum: int = MIN_COUNT, sensitive: Iterable[Key] = ()
) -> set[Key]:
    """Cells to hide so that no line (a sum and its parts) tells a hidden one of its cells.

    Primary cells are those of :func:`.suppressed_keys`, margins included. Lines are protected
    as tables whose total is known, again and again until none asks for more. Nothing is hidden without a
    small or a sensitive cell.
    """
    hidden = {key for key, count in table.counts.items() if is_few(count, minimum)}
    hidden = (hidden | set(sensitive)) - table.told
    while hidden:
        # All the lines at once: their order must change nothing.
        asked: set[Key] = set().union(*(_asked(table, s, hidden, minimum) for s in table.sums))
        more = asked - hidden - table.told
        if not more:
            break
        hidden |= more
    return hidden - table.unpublished


def _asked(table: LinkedTable[Key], line: Sum[Key], hidden: Set[Key], minimum: int) -> set[Key]:
    """Cells of a line to hide beside its hidden ones."""
    counts = {key: table.counts[key] for key in line.parts if key not in table.told}
    mine = {key for key in counts if key in hidden}
    if line.whole in hidden:
        return set() if mine else _least(counts)
    if not mine:
        return set()
    mine |= {key for key in counts if key in table.unpublished}
    asked = suppressed_keys(counts, minimum, mine)
    if len(asked) == len(counts) and is_solvable(list(counts.values()), minimum):
        asked.add(line.whole)
    return asked


def _least(counts: Mapping[Key, int]) -> set[Key]:
    """The smallest counts above zero and their equals; zeros when there is nothing else."""
    least = min((count for count in counts.values() if count), default=0)
    return {key for key, count in counts.items() if count == least}
