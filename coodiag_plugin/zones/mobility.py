"""Who lives within reach of work: shares of people by time, under statistical secrecy.

What a reader knows: the people of each commune where they may be told (as a layer of coverage
tells them), those of all, and the shares that are shown. A share is shown only where the people
inside, those beyond and those between two shown times are nobody or enough (METHODS §6); where
hidden communes could be worked out at some time, others are hidden with them, or the share of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from ..core.privacy import (
    MIN_COUNT,
    Reason,
    is_few,
    people_reason,
    secret,
    shown_counts,
    suppressed_keys,
)
from ..core.values import NOT_APPLICABLE, Value
from .prospect_zones import HEXAGON, hexagons

#: Times that are told, minutes.
TIMES = (20.0, 30.0, 45.0)
#: Share of the jobs that the clusters hold together, per cent.
CLUSTERED = 50.0
#: Shares of all are printed in whole per cent.
_PRINTED = 100


@dataclass(frozen=True)
class Reached:
    """People of a commune or of all: how many, their median time, share (%) within each time.

    The median is in whole minutes, rounded up; NOT_APPLICABLE for nobody or out of reach.
    """

    people: Value
    median: Value
    within: Mapping[float, Value]


@dataclass(frozen=True)
class Access:
    """One way of moving towards one kind of place."""

    target: str  # site, jobs, stop
    mode: str  # car, bike, foot
    communes: Mapping[str, Reached]
    whole: Reached


def access(
    target: str,
    mode: str,
    homes: Sequence[str],
    people: np.ndarray,
    minutes: np.ndarray,
    communes: Sequence[str],
    times: Sequence[float] = TIMES,
    minimum: int = MIN_COUNT,
    beside: Sequence[Access] = (),
) -> Access:
    """Shares of people within each of ``times`` (ascending minutes).

    ``beside``: what is told of the same target by other ways of moving. A share that differs from
    theirs by a few people is not told: who gets there by car and not by bike would be counted.

    ``homes`` (n), ``people`` (n, whole numbers) and ``minutes`` (n): commune, number and time of
    each person or group; a time that is not finite is out of reach. ``communes``: all that are
    listed, those where nobody lives included.
    """
    rank = {code: row for row, code in enumerate(communes)}
    rows = np.array([rank[home] for home in homes], dtype=int)
    people = np.asarray(people, dtype=int)
    minutes = np.where(np.isfinite(minutes), minutes, np.inf)
    number = np.bincount(rows, weights=people, minlength=len(communes)).astype(int)
    inside = np.array(
        [
            np.bincount(rows, weights=people * (minutes <= time), minlength=len(communes))
            for time in times
        ]
    ).astype(int)
    closed = suppressed_keys({c: int(n) for c, n in zip(communes, number)}, minimum)
    everybody = int(number.sum())
    shown = {
        code: _shown(inside[:, row].tolist(), int(number[row]), minimum)
        if code not in closed
        else [False] * len(times)
        for row, code in enumerate(communes)
    }
    whole = _shown(inside.sum(axis=1).tolist(), everybody, minimum)
    if is_few(everybody, minimum):
        whole = [False] * len(times)
    counts = {c: inside[:, row].tolist() for c, row in rank.items()}
    of_commune = {c: int(n) for c, n in zip(communes, number)}
    near = _near_others(shown, counts, of_commune, beside, times, minimum)
    if everybody < _PRINTED * minimum:  # else whole per cent tell no few people apart
        others = [_counted(item.whole, everybody) for item in beside]
        for at, (time, count) in enumerate(zip(times, inside.sum(axis=1).tolist())):
            whole[at] &= not any(is_few(abs(count - o[time]), minimum) for o in others if time in o)
    _close(shown, whole, of_commune, counts, closed, near, minimum)
    found = {}
    for code, row in rank.items():
        of = rows == row
        told = code not in closed
        found[code] = _reached(
            int(number[row]), told, minutes[of], people[of], inside[:, row], shown[code], times
        )
    total = _reached(
        everybody, not is_few(everybody, minimum), minutes, people, inside.sum(axis=1), whole, times
    )
    return Access(target, mode, found, total)


def _shown(inside: Sequence[int], number: int, minimum: int) -> list[bool]:
    """Which of the cumulative counts may be told, from the longest time inwards."""
    beyond = [number - count for count in reversed(inside)]
    return shown_counts(beyond, minimum, number)[::-1]


def _near_others(
    shown: Mapping[str, list[bool]],
    inside: Mapping[str, Sequence[int]],
    number: Mapping[str, int],
    beside: Sequence[Access],
    times: Sequence[float],
    minimum: int,
) -> dict[tuple[str, int], list[int]]:
    """Hide what differs by a few people from another way of moving; what a reader then supposes.

    Gives, by commune and rank of the time, the counts that such a difference allows.
    """
    near: dict[tuple[str, int], list[int]] = {}
    for code, fits in shown.items():
        told = [_counted(item.communes[code], number[code]) for item in beside]
        for at, time in enumerate(times):
            others = [counts[time] for counts in told if time in counts]
            close = [o for o in others if is_few(abs(inside[code][at] - o), minimum)]
            if fits[at] and close:
                fits[at] = False
                around = {o + step for o in close for step in range(1 - minimum, minimum) if step}
                near[code, at] = sorted(c for c in around if 0 <= c <= number[code])
    return near


def _counted(reached: Reached, number: int) -> dict[float, int]:
    """People inside by time, where the share is told."""
    return {
        time: round(value.number * number / 100)
        for time, value in reached.within.items()
        if value.number is not None
    }


def _close(
    shown: Mapping[str, list[bool]],
    whole: list[bool],
    number: Mapping[str, int],
    inside: Mapping[str, Sequence[int]],
    closed: Set[str],
    near: Mapping[tuple[str, int], Sequence[int]],
    minimum: int,
) -> None:
    """Hide the smallest other communes, else the whole, until no hidden one is known from the sum.

    ``closed``: communes whose number is hidden; a reader supposes any count in them. ``near``: what
    a reader supposes of those hidden for another way of moving.
    """
    inhabited = sorted((code for code in shown if number[code]), key=lambda c: (number[c], c))
    for time in range(len(whole)):
        few = {
            code: near.get((code, time)) or _few_counts(number[code], minimum)
            for code in inhabited
            if not shown[code][time] and code not in closed
        }
        while whole[time]:
            hidden = [code for code in inhabited if not shown[code][time]]
            others = [code for code in inhabited if shown[code][time]]
            counts = {code: inside[code][time] for code in hidden}
            if len(hidden) != 1 and not _solvable(counts, number, few):
                break
            whole[time] = bool(others)
            # Equals go together: which of them is chosen must not tell who is beside.
            for code in others:
                if number[code] == number[others[0]]:
                    shown[code][time] = False


def _few_counts(number: int, minimum: int) -> list[int]:
    """What a reader supposes of a commune where few are inside, or few beyond."""
    edges = {*range(1, min(minimum, number)), *range(max(number - minimum + 1, 1), number)}
    return sorted(edges)


def _solvable(
    counts: Mapping[str, int], number: Mapping[str, int], few: Mapping[str, Sequence[int]]
) -> bool:
    """Whether the sum of hidden ``counts`` leaves a commune of ``few`` one count only.

    Sets of sums are the bits of whole numbers: exact, whatever the number of communes.
    """
    codes, total = list(counts), sum(counts.values())
    mask = (1 << total + 1) - 1
    before, after = [1], [1]  # what the communes before one, and those after it, may sum up to
    for sums, order in ((before, codes), (after, codes[::-1])):
        for code in order:
            if code in few:
                found = 0
                for count in few[code]:
                    found |= sums[-1] << count
            else:
                found = _up_to(sums[-1], number[code])
            sums.append(found & mask)
    for rank, code in enumerate(codes):
        rest = int(format(after[len(codes) - 1 - rank], f"0{total + 1}b")[::-1], 2)
        if code in few and sum(bool(before[rank] << c & rest) for c in few[code]) < 2:
            return True
    return False


def _up_to(sums: int, most: int) -> int:
    """``sums`` with 0 to ``most`` added, by doubling."""
    width = 1
    while width <= most:
        step = min(width, most + 1 - width)
        sums |= sums << step
        width += step
    return sums


def _reached(
    number: int,
    told: bool,
    minutes: np.ndarray,
    people: np.ndarray,
    inside: np.ndarray,
    shown: Sequence[bool],
    times: Sequence[float],
) -> Reached:
    if not number:
        return Reached(Value(0.0), NOT_APPLICABLE, dict.fromkeys(times, NOT_APPLICABLE))
    hidden = secret(people_reason(number))
    return Reached(
        Value(float(number)) if told else hidden,
        _median(minutes, people) if told else hidden,
        {
            time: Value(100.0 * float(count) / number) if fits else secret(Reason.SECONDARY_PEOPLE)
            for time, count, fits in zip(times, inside, shown)
        },
    )


def _median(minutes: np.ndarray, people: np.ndarray) -> Value:
    """Time within which half of the people are, in whole minutes."""
    order = np.argsort(minutes, kind="stable")
    held = np.cumsum(people[order])
    middle = float(minutes[order][np.searchsorted(held, held[-1] / 2)])
    return Value(float(math.ceil(middle - 1e-9))) if math.isfinite(middle) else NOT_APPLICABLE


@dataclass(frozen=True, eq=False)
class Clusters:
    """Places where jobs are dense: ``points`` (n, 2), their weight, and the share that they hold (%)."""

    points: np.ndarray
    weights: np.ndarray
    share: float


def clusters(
    points: np.ndarray,
    weights: np.ndarray,
    groups: Sequence[str] | None = None,
    share: float = CLUSTERED,
    width: float = HEXAGON,
) -> Clusters:
    """The fewest groups of places that hold ``share`` per cent of the weight, equals together.

    ``groups``: commune of each place; without it hexagons of ``width`` metres. A cluster stands at
    the mean of its places, by weight. Places without point or weight take no part.
    """
    weights = np.nan_to_num(np.asarray(weights, dtype=float))
    keep = np.isfinite(points).all(axis=1) & (weights > 0)
    if groups is None:
        cells = hexagons(points[keep, 0], points[keep, 1], width)
        names = np.array([f"{q}:{r}" for q, r in cells.tolist()], dtype=object)
    else:
        keep &= np.array([bool(group) for group in groups], dtype=bool)
        names = np.array(groups, dtype=object)[keep]
    points, weights = points[keep], weights[keep]
    if not len(points):
        return Clusters(np.empty((0, 2)), np.empty(0), 0.0)
    _, group = np.unique(names.astype(str), return_inverse=True)
    sums = np.bincount(group, weights=weights)
    middle = np.column_stack(
        [np.bincount(group, weights=weights * points[:, axis]) / sums for axis in (0, 1)]
    )
    order = np.argsort(-sums, kind="stable")
    held = np.cumsum(sums[order]) / sums.sum()
    last = min(int(np.searchsorted(held, share / 100 - 1e-12)), len(order) - 1)
    taken = np.flatnonzero(sums >= sums[order[last]])
    return Clusters(middle[taken], sums[taken], float(100 * sums[taken].sum() / sums.sum()))
