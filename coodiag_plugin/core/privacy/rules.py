"""The rules themselves: how few is too few, what one unit may weigh, what protects what.

Every output calls these; no threshold of secrecy is written elsewhere (METHODS §6).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence, Set
from typing import TypeVar

from ..choices import MIN_COUNT
from ..values import Value
from .reasons import Reason, secret

#: Fewest fiscal households behind a published income figure.
MIN_HOUSEHOLDS = 11
#: Fewest establishments behind a published figure of establishments, and the dominance limit.
MIN_UNITS = 3
MAX_DOMINANCE = 0.85

Key = TypeVar("Key", bound=Hashable)


def is_few(count: float, minimum: int = MIN_COUNT) -> bool:
    """Whether a count of people, a total included, may not be shown: some, but too few."""
    return 0 < count < minimum


def is_dominated(largest: float, total: float) -> bool:
    """Whether one unit (or person) holds more than 85 % of a total."""
    return total > 0 and largest > MAX_DOMINANCE * total


def units_reason(units: float | None, contributions: Collection[float] = ()) -> Reason | None:
    """Why a figure of establishments may not be shown, None when it may.

    ``units``: how many establishments are behind it, None when that is not known; nothing may be
    shown from 1 or 2. ``contributions``: what each of them brings to the figure (jobs, turnover),
    where that is known; they then stand for ``units`` as well. A count of establishments of the
    public register is no secret: this is for figures about them (SOURCES §11).
    """
    brought = [value for value in contributions if value > 0]
    if brought:
        units = len(brought)
    if units is not None and is_few(units, MIN_UNITS):
        return Reason.FEW_UNITS
    if brought and is_dominated(max(brought), sum(brought)):
        return Reason.DOMINANT_UNIT
    return None


def shown_counts(counts: Sequence[int], minimum: int, total: int | None = None) -> list[bool]:
    """Which cumulative counts may be shown, the first ones first.

    No two shown ones differ by 1 to ``minimum − 1``, nor is the first so few; nor does one of them
    leave out so few of ``total``, when that is known to a reader.
    """
    shown, last = [], 0
    for count in counts:
        fits = not is_few(count - last, minimum)
        if total is not None and is_few(total - count, minimum):
            fits = False
        shown.append(fits)
        last = count if fits else last
    return shown


def suppressed_keys(
    counts: Mapping[Key, int],
    minimum: int = MIN_COUNT,
    sensitive: Set[Key] = frozenset(),
) -> set[Key]:
    """Keys whose count must be hidden when the total of ``counts`` is shown.

    Primary: counts 1 to ``minimum − 1``, and the ``sensitive`` keys, to hide for another reason
    (one person holds most of what is counted). Secondary: when the primary cells could be solved from
    the total (one cell alone, or a sum that leaves a single possible value to each), or when they
    are few people together, some of the smallest shown counts above zero are hidden too, or zeros
    when nothing else is left. What is left of the total is therefore never few people, and bounds
    no hidden count tighter than 0 to ``minimum``.

    Which of several equal counts is hidden must not tell which cell is the primary one, to a
    reader who knows this very rule. The primary cells and the candidates are therefore cut, in the
    order of their keys, into groups larger than the number of primary cells; a group that holds
    one is hidden whole. Any exchange of values inside a hidden group would have hidden the same
    cells and left the same total, so that none can be told. Where all cells are hidden only the
    total remains to be hidden by the caller.
    """
    hidden = {key for key, count in counts.items() if is_few(count, minimum) or key in sensitive}
    shown = [key for key in counts if key not in hidden]
    if not hidden or not shown or not is_solvable([counts[key] for key in hidden], minimum):
        return hidden
    least = min((counts[key] for key in shown if counts[key]), default=0)
    members = sorted([*hidden, *(key for key in shown if counts[key] == least)], key=str)
    size = len(hidden) + 1
    groups = [members[start : start + size] for start in range(0, len(members), size)]
    if len(groups) > 1 and len(groups[-1]) < size:
        rest = groups.pop()
        groups[-1] += rest
    return hidden.union(*(group for group in groups if not hidden.isdisjoint(group)))


def is_solvable(counts: Sequence[int], minimum: int) -> bool:
    """Whether a reader who knows the rule and the sum of hidden ``counts`` could tell one.

    One cell is told by the sum; so are cells that must all be 1, or all ``minimum − 1``. A sum of
    few people tells too much of each.
    """
    whole = sum(counts)
    return (
        len(counts) == 1 or whole in (len(counts), len(counts) * (minimum - 1)) or whole < minimum
    )


def suppress(
    counts: Mapping[Key, int], minimum: int = MIN_COUNT, unit: str = ""
) -> dict[Key, Value]:
    """Counts of people as values that may be shown beside their total; the hidden ones know why."""
    hidden = suppressed_keys(counts, minimum)
    return {
        key: secret(people_reason(count, minimum))
        if key in hidden
        else Value(float(count), unit=unit)
        for key, count in counts.items()
    }


def people_reason(count: float, minimum: int = MIN_COUNT) -> Reason:
    """Why a hidden count of people is hidden: it is few, or it protects another one."""
    return Reason.FEW_PEOPLE if is_few(count, minimum) else Reason.SECONDARY_PEOPLE
