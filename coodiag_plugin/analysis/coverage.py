"""Penetration and coverage of communes: counts of people over targets, under statistical secrecy.

Rates are per 100 targets (%). Every figure that is derived from a hidden count is hidden with it.
All that is published belongs to one protected table, whose cells are the units and what is counted
``beside`` them (people outside the territory, people of another kind), and of which a reader knows:

- the sum of all the cells, which the quality page of an atlas tells;
- where they may be told, the sum inside the territory (count, share) and the sum of the units with
  a known target (rate, index, shrunk rate).

One suppression closes all the cells by the first sum. The others are told only where every hidden
cell is a unit with a target: taking shown cells from a sum then gives the same remainder for all
three. Else the territory's figures are hidden, and units are compared with the units shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from ..core.privacy import (
    MIN_COUNT,
    LinkedTable,
    Reason,
    Sum,
    closed,
    is_dominated,
    is_few,
    people_reason,
    secret,
)
from ..core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value, ratio
from .disclosure import protect

#: Quantile of the normal law for a 95 % interval.
Z_95 = 1.959963984540054
#: A rate on fewer targets than this, not different from the territory's, is not significant.
MIN_BASE = 30
PERCENT = 100.0
UNIT = "%"

STATUS_KNOWN = State.KNOWN.value
STATUS_SECRET = State.SECRET.value
STATUS_ABSENT = State.ABSENT.value
STATUS_NOT_SIGNIFICANT = "n.s."

#: Keys of the sums in the linked table of the cells; no unit and no reason begins so.
_EVERYBODY, _RING, _OTHERS = "\0everybody", "\0ring", "\0others"

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
class Ring:
    """People whom another output tells together: those of ``units``, and perhaps some others.

    ``others``: whether a reader must suppose people who are in no cell of the table (clients of
    another kind, places outside the territory), be there none in truth.
    """

    units: frozenset[str]
    people: int
    others: bool


@dataclass(frozen=True)
class Coverage:
    """Rows in the order of the targets, and the territory's own figures."""

    rows: tuple[CoverageRow, ...]
    count: Value  # all that is counted in the units; SECRET where it would betray a cell
    target: Value  # of the units whose target is known
    rate: Value
    #: What indices and shrunk rates compare with: ``rate``, or that of the shown units (%).
    mean: Value
    beside: Mapping[str, Value] = field(default_factory=dict)
    located: Value = SECRET  # people in the units and beside

    @property
    def compares_shown(self) -> bool:
        """Whether units are compared with the shown ones, the territory's rate being hidden."""
        return self.mean.known and not self.rate.known

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

    ``counts`` must hold shown units only: the variance is recoverable from two shrunk rates, and
    would betray a hidden count that had entered it. ``mean`` is the rate compared with.
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
    beside: Mapping[str, int] | None = None,
    rings: Sequence[Ring] = (),
    sensitive: Set[str] = frozenset(),
) -> Coverage:
    """Coverage of each unit of ``targets`` by the people counted in it.

    ``counts``: people by unit (a unit without any may be left out). ``weights``: sum of the
    weights (turnover, hours) of the people of each unit, which then stands as the count; people
    still decide on secrecy, and so does ``largest`` (the heaviest weight of the unit): a unit
    where one person holds more than 85 % is hidden. Intervals and shrinkage exist for counts of
    people only, and intervals not where the rate passes 100 %.

    ``beside``: people of the same file who are in no unit, by reason (outside the territory…);
    its names may not be units. The rule of secrecy is the module's.

    ``rings``: sums of units that another output tells (zones of catchment): units are hidden so
    that none can be found from these either. ``sensitive``: units to hide in any case.
    """
    people = {unit: int(counts.get(unit, 0)) for unit in targets}
    outer = {name: int(count) for name, count in (beside or {}).items()}
    if not people.keys().isdisjoint(outer):
        raise ValueError("what is beside the units bears the name of a unit")
    sums = {unit: float((people if weights is None else weights).get(unit, 0)) for unit in targets}
    heavy = _dominated(people, sums, largest or {}) if weights is not None else set()
    based = {
        u: float(v.number) for u, v in targets.items() if v.number is not None and v.number > 0
    }
    hidden, told = _protect(people, set(based), outer, heavy | sensitive, min_count, rings)
    reasons = {
        unit: Reason.DOMINANT_PERSON
        if unit in heavy and not is_few(people[unit], min_count)
        else people_reason(people[unit], min_count)
        for unit in people
    }
    shown = {unit: sums[unit] for unit in based if unit not in hidden}
    untold = secret(Reason.SECONDARY_PEOPLE)
    total = Value(sum(sums.values())) if told else untold
    rate = _rate(sums, based) if told or not based else untold
    mean = rate if told else _rate(shown, based)
    drawn = prior(shown, based, (mean.number or 0.0) / PERCENT) if weights is None else None
    rows = tuple(
        _secret_row(unit, target, secret(reasons[unit]))
        if unit in hidden
        else _row(unit, Value(sums[unit]), target, total, mean, drawn)
        for unit, target in targets.items()
    )
    cells = {**people, **outer}
    everybody = sum(cells.values())
    silent = is_few(everybody, min_count) or (bool(hidden) and hidden == cells.keys())
    return Coverage(
        rows,
        total,
        Value(sum(based.values())) if based else ABSENT,
        rate,
        mean,
        {
            name: secret(people_reason(n, min_count)) if name in hidden else Value(float(n))
            for name, n in outer.items()
        },
        secret(people_reason(everybody, min_count)) if silent else Value(float(everybody)),
    )


def _rate(sums: Mapping[str, float], based: Mapping[str, float]) -> Value:
    """Sum of ``sums`` over the targets of the same units (%); SECRET when none of them is shown."""
    held = [unit for unit in based if unit in sums]
    if not held:
        return secret(Reason.SECONDARY_PEOPLE) if based else ABSENT
    return Value(PERCENT * sum(sums[u] for u in held) / sum(based[u] for u in held))


def _dominated(
    people: Mapping[str, int], sums: Mapping[str, float], largest: Mapping[str, float]
) -> set[str]:
    return {
        unit
        for unit, count in people.items()
        if count and is_dominated(largest.get(unit, 0.0), sums[unit])
    }


def _protect(
    people: Mapping[str, int],
    based: set[str],
    outer: Mapping[str, int],
    heavy: set[str],
    min_count: int,
    rings: Sequence[Ring] = (),
) -> tuple[set[str], bool]:
    """Cells to hide, and whether the sums of the territory may be told beside the others.

    They may where all that is hidden has a target: the sums that a reader knows (with a target,
    inside, everybody) are then one and the same for the hidden cells. That depends on which cells
    are hidden and on their sum only, both of which an exchange of hidden values leaves as they
    are: whether the sums are told therefore tells nothing of who is where.
    """
    cells = {**people, **outer}
    # One sum alone is closed exactly by its rule; several together take the audit.
    hidden = (protect if rings else closed)(_linked(cells, rings), min_count, heavy)
    few = is_few(sum(people.values()), min_count)
    if few:  # everybody less those beside would be those inside
        hidden |= {name for name, count in outer.items() if count}
    open_sum = is_few(sum(people[unit] for unit in based), min_count)
    inside = hidden <= based and not (hidden and hidden == cells.keys())
    return hidden, inside and not few and not open_sum


def _linked(cells: Mapping[str, int], rings: Sequence[Ring]) -> LinkedTable[str]:
    """The cells under the sum of all, which is told, and under the rings.

    A ring of one unit, where nobody else can be, tells that unit: it protects no other.
    """
    counts = {**cells, _EVERYBODY: sum(cells.values())}
    sums = [Sum(_EVERYBODY, tuple(cells))]
    told, unpublished = {_EVERYBODY}, set()
    for rank, ring in enumerate(rings):
        whole, rest = f"{_RING}{rank}", f"{_OTHERS}{rank}"
        parts = tuple(unit for unit in cells if unit in ring.units)
        counts[rest] = max(ring.people - sum(cells[unit] for unit in parts), 0)
        counts[whole] = sum(cells[unit] for unit in parts) + counts[rest]
        told.add(whole)
        if ring.others or counts[rest]:
            unpublished.add(rest)
            parts = (*parts, rest)
        else:
            del counts[rest]
        if len(parts) == 1:
            told.update(parts)
        if parts:
            sums.append(Sum(whole, parts))
    return LinkedTable(counts, tuple(sums), frozenset(told), frozenset(unpublished))


def _secret_row(unit: str, target: Value, hidden: Value) -> CoverageRow:
    return CoverageRow(
        unit, hidden, target, hidden, hidden, hidden, hidden, hidden, hidden, STATUS_SECRET
    )


def _row(
    unit: str, count: Value, target: Value, total: Value, mean: Value, drawn: Prior | None
) -> CoverageRow:
    """Figures of a unit whose count is shown; ``mean`` is the rate compared with (%)."""
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
    index = ratio(rate, mean, 100.0)
    if not significant and index.known:
        index = replace(index, significant=False)
    return CoverageRow(unit, count, target, rate, low, high, shrunk, index, share, status)


def _holds(low: Value, high: Value, mean: Value) -> bool:
    """Whether the interval contains the rate compared with (taken as such when there is none)."""
    if mean.number is None or low.number is None or high.number is None:
        return True
    return low.number <= mean.number <= high.number
