"""Who lives within reach of work: shares of people by time, under statistical secrecy.

What a reader knows: the people of each commune where they may be told (as a layer of coverage
tells them), those of all, and the shares that are shown. A share is shown only where the people
inside, those beyond and those between two shown times are nobody or enough (METHODS §6); where
one commune alone is hidden at some time, another is hidden with it, or the share of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..core.privacy import MIN_COUNT, is_few, suppressed_keys
from ..core.values import NOT_APPLICABLE, SECRET, Value
from .prospect_zones import HEXAGON, hexagons

#: Times that are told, minutes.
TIMES = (20.0, 30.0, 45.0)
#: Share of the jobs that the clusters hold together, per cent.
CLUSTERED = 50.0


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
) -> Access:
    """Shares of people within each of ``times`` (ascending minutes).

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
    _close(shown, whole, {c: int(n) for c, n in zip(communes, number)})
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
    result, last = [], number
    for count in reversed(inside):
        fits = not is_few(count, minimum) and not is_few(last - count, minimum)
        result.append(fits)
        last = count if fits else last
    return result[::-1]


def _close(shown: Mapping[str, list[bool]], whole: list[bool], number: Mapping[str, int]) -> None:
    """Where one commune alone is hidden at some time, hide the smallest other, else the whole."""
    inhabited = sorted((code for code in shown if number[code]), key=lambda c: (number[c], c))
    for time in range(len(whole)):
        hidden = [code for code in inhabited if not shown[code][time]]
        if len(hidden) != 1:
            continue
        others = [code for code in inhabited if code != hidden[0]]
        if not others:
            whole[time] = False
            continue
        # Equals go together: which of them is chosen must not tell who is beside.
        for code in others:
            if number[code] == number[others[0]]:
                shown[code][time] = False


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
    return Reached(
        Value(float(number)) if told else SECRET,
        _median(minutes, people) if told else SECRET,
        {
            time: Value(100.0 * float(count) / number) if fits else SECRET
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
