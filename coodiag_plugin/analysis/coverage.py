"""Penetration and coverage of communes: counts of people over targets, under statistical secrecy.

Rates are per 100 targets (%). Every figure that is derived from a hidden count is hidden with it,
and nothing shown is computed from a hidden count except the totals, which are shown anyway.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from ..core.privacy import MAX_DOMINANCE, MIN_COUNT, suppressed_keys
from ..core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value, ratio

#: Quantile of the normal law for a 95 % interval.
Z_95 = 1.959963984540054
#: A rate on fewer targets than this, not different from the territory's, is not significant.
MIN_BASE = 30
PERCENT = 100.0
UNIT = "%"

STATUS_KNOWN = State.KNOWN.value
STATUS_SECRET = State.SECRET.value
STATUS_ABSENT = State.ABSENT.value
STATUS_NOT_APPLICABLE = State.NOT_APPLICABLE.value
STATUS_NOT_SIGNIFICANT = "n.s."

FIGURES = ("count", "target", "rate", "low", "high", "shrunk", "index", "share")


@dataclass(frozen=True)
class CoverageRow:
    """Figures of one unit. ``rate``, ``low``, ``high`` and ``shrunk`` are percentages.

    ``share`` is the part (%) of all the counted that the unit holds: another figure than the
    rate. ``index``: 100 = as many as the target leads to expect.
    """

    unit: str
    count: Value
    target: Value
    rate: Value
    low: Value
    high: Value
    shrunk: Value
    index: Value
    share: Value
    status: str

    def figures(self) -> dict[str, Value]:
        return {name: getattr(self, name) for name in FIGURES}


@dataclass(frozen=True)
class Coverage:
    """Rows in the order of the targets, and the territory's own figures."""

    rows: tuple[CoverageRow, ...]
    count: Value  # all that is counted in the units
    target: Value  # of the units whose target is known
    rate: Value

    def by_unit(self) -> dict[str, CoverageRow]:
        return {row.unit: row for row in self.rows}


def wilson(successes: float, trials: float, z: float = Z_95) -> tuple[float, float]:
    """Bounds (0–1) of a proportion by the score interval of Wilson (1927), without continuity.

    ``successes`` may not exceed ``trials``: a rate over 100 % is not a proportion.
    """
    if not 0 <= successes <= trials or trials <= 0:
        raise ValueError(f"{successes} of {trials} is not a proportion")
    share = successes / trials
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    centre = share + z * z / (2 * trials)
    scale = 1 + z * z / trials
    low = 0.0 if successes == 0 else max((centre - spread) / scale, 0.0)
    high = 1.0 if successes == trials else min((centre + spread) / scale, 1.0)
    return low, high


@dataclass(frozen=True)
class Prior:
    """Mean and variance of the true rates between units (gamma law of the gamma–Poisson model)."""

    mean: float
    variance: float

    def shrink(self, count: float, target: float) -> float:
        """Rate of a unit drawn towards the mean, the more so as its target is small."""
        if target <= 0:
            return self.mean
        noise = self.mean / target
        if self.variance <= 0:
            return self.mean
        weight = self.variance / (self.variance + noise)
        return self.mean + weight * (count / target - self.mean)


def prior(counts: Mapping[str, float], targets: Mapping[str, float], mean: float) -> Prior:
    """Moment estimate of the gamma–Poisson model (Marshall 1991, global empirical Bayes).

    ``counts`` and ``targets`` must hold shown units only: the variance is recoverable from two
    shrunk rates, and would betray a hidden count that had entered it. ``mean`` is the rate of
    the whole territory.
    """
    total = sum(targets[unit] for unit in counts)
    if not counts or total <= 0:
        return Prior(mean, 0.0)
    between = sum(targets[u] * (counts[u] / targets[u] - mean) ** 2 for u in counts) / total
    return Prior(mean, max(between - mean * len(counts) / total, 0.0))


def coverage(
    counts: Mapping[str, int],
    targets: Mapping[str, Value],
    weights: Mapping[str, float] | None = None,
    largest: Mapping[str, float] | None = None,
    min_count: int = MIN_COUNT,
) -> Coverage:
    """Coverage of each unit of ``targets`` by the people counted in it.

    ``counts``: people by unit (a unit without any may be left out). ``weights``: sum of the
    weights (turnover, hours) of the people of each unit, which then stands as the count; people
    still decide on secrecy, and so does ``largest`` (the heaviest weight of the unit): a unit
    where one person holds more than 85 % is hidden. Intervals and shrinkage exist for counts of
    people only, and intervals not where the rate passes 100 %.

    Units with and without a target are protected apart, because the territory's rate tells the
    sum of the first. Where one of these groups is hidden as a whole, its sum would tell too much:
    the territory's rate and what needs it (index, shrunk rate) are then hidden as well.
    """
    people = {unit: int(counts.get(unit, 0)) for unit in targets}
    sums = {unit: float((people if weights is None else weights).get(unit, 0)) for unit in targets}
    heavy = _dominated(people, sums, largest or {}) if weights is not None else set()
    based = {
        u: float(v.number) for u, v in targets.items() if v.number is not None and v.number > 0
    }
    groups = [group for group in (set(based), set(people) - set(based)) if group]
    hidden = _hidden(people, groups, heavy, min_count)
    exposed = any(group <= hidden for group in groups)
    total = SECRET if hidden and hidden == set(people) else Value(sum(sums.values()))
    total_target = Value(sum(based.values())) if based else ABSENT
    territory = ratio(Value(sum(sums[unit] for unit in based)), total_target, PERCENT)
    mean = SECRET if exposed else territory
    shown = {unit: sums[unit] for unit in based if unit not in hidden}
    drawn = prior(shown, based, (mean.number or 0.0) / PERCENT) if weights is None else None
    rows = tuple(
        _secret_row(unit, target)
        if unit in hidden
        else _row(unit, Value(sums[unit]), target, total, mean, drawn)
        for unit, target in targets.items()
    )
    return Coverage(rows, total, total_target, mean)


def _dominated(
    people: Mapping[str, int], sums: Mapping[str, float], largest: Mapping[str, float]
) -> set[str]:
    return {
        unit
        for unit, count in people.items()
        if count and sums[unit] > 0 and largest.get(unit, 0.0) > MAX_DOMINANCE * sums[unit]
    }


def _hidden(
    people: Mapping[str, int], groups: Iterable[set[str]], heavy: set[str], min_count: int
) -> set[str]:
    """Units to hide, primary and secondary: as a whole, and in each group whose sum is known."""
    hidden = suppressed_keys(people, min_count)
    for group in groups:
        part = {unit: count for unit, count in people.items() if unit in group}
        found = suppressed_keys(part, min_count) | (heavy & group)
        if len(found) == 1 and len(part) > 1:  # a dominated unit alone: the sum would tell it
            others = [unit for unit in part if unit not in found]
            found.add(min(others, key=lambda unit: (part[unit] == 0, part[unit], unit)))
        hidden |= found
    return hidden


def _secret_row(unit: str, target: Value) -> CoverageRow:
    return CoverageRow(
        unit, SECRET, target, SECRET, SECRET, SECRET, SECRET, SECRET, SECRET, STATUS_SECRET
    )


def _row(
    unit: str, count: Value, target: Value, total: Value, mean: Value, drawn: Prior | None
) -> CoverageRow:
    """Figures of a unit whose count is shown; ``mean`` is the territory's rate (%)."""
    share = ratio(count, total, PERCENT)
    if target.number is None or target.number <= 0:
        gap = NOT_APPLICABLE if target.number is not None else Value(None, target.state)
        status = STATUS_ABSENT if gap.state is State.FAILED else gap.state.value
        return CoverageRow(unit, count, target, gap, gap, gap, gap, gap, share, status)
    number, base = float(count.number or 0.0), target.number
    low = high = shrunk = NOT_APPLICABLE
    significant = True
    if drawn is not None:
        if mean.number is None:
            shrunk = Value(None, mean.state)
        else:
            shrunk = Value(PERCENT * drawn.shrink(number, base), unit=UNIT)
        if number <= base:
            low, high = (Value(PERCENT * bound, unit=UNIT) for bound in wilson(number, base))
            significant = base >= MIN_BASE or not _holds(low, high, mean)
    rate = Value(PERCENT * number / base, unit=UNIT, significant=significant)
    status = STATUS_KNOWN if significant else STATUS_NOT_SIGNIFICANT
    return CoverageRow(
        unit, count, target, rate, low, high, shrunk, ratio(rate, mean, 100.0), share, status
    )


def _holds(low: Value, high: Value, mean: Value) -> bool:
    """Whether the interval contains the territory's rate (taken as such when that is hidden)."""
    if mean.number is None or low.number is None or high.number is None:
        return True
    return low.number <= mean.number <= high.number


def count_by(keys: Mapping[Hashable, str | None]) -> dict[str, int]:
    """Number of people by unit from ``{person: unit}`` (None: outside every unit)."""
    counts: dict[str, int] = {}
    for unit in keys.values():
        if unit is not None:
            counts[unit] = counts.get(unit, 0) + 1
    return counts
