"""What an attacker could still work out: the interval of each hidden count, by integer programming.

The attacker knows every published figure (each one a :class:`Fact`: a sum of unknown counts lies
between two bounds) and that counts are whole numbers, zero or more. A hidden count is safe when its
interval, ``high − low``, is at least ``minimum − 1`` wide: ``minimum`` values remain possible, and
never one alone. (Hundepool et al. 2012, « Statistical Disclosure Control », ch. 4: the auditing
problem.) Integers matter: a linear relaxation may leave open what whole numbers close.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from ..core.privacy import MIN_COUNT, LinkedTable, closed
from ..core.privacy.rules import Key

#: A count is bounded by nothing that can be larger than twice all that is known, and than this.
_LARGE = 1000.0
#: Slack of a bound, for the last digits of a figure.
_SLACK = 1e-6


@dataclass(frozen=True)
class Fact(Generic[Key]):
    """Σ coefficient × count lies within ``low`` and ``high``. ``words``: where it is published."""

    parts: Mapping[Key, float]
    low: float
    high: float
    words: str = ""


@dataclass(frozen=True)
class Interval:
    """Whole numbers that a hidden count may be; ``high`` is inf where nothing bounds it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low

    def is_safe(self, minimum: int = MIN_COUNT) -> bool:
        return self.width >= minimum - 1 and self.width > 0


def exactly(parts: Mapping[Key, float], number: float, words: str = "") -> Fact[Key]:
    return Fact(parts, number, number, words)


def table_facts(table: LinkedTable[Key], hidden: AbstractSet[Key]) -> list[Fact[Key]]:
    """What a linked table tells of its hidden and unpublished cells."""
    unknown = set(hidden) | table.unpublished
    facts = []
    for line in table.sums:
        parts: dict[Key, float] = {key: 1.0 for key in line.parts if key in unknown}
        number = -sum(table.counts[key] for key in line.parts if key not in unknown)
        if line.whole in unknown:
            parts[line.whole] = -1.0
        else:
            number += table.counts[line.whole]
        if parts:
            facts.append(exactly(parts, float(number)))
    return facts


def audit(facts: Iterable[Fact[Key]], cells: Collection[Key]) -> dict[Key, Interval]:
    """The interval of each of ``cells``, exact for whole numbers.

    Contradictory facts raise ``ValueError``: something that was published is wrong.
    """
    found = dict.fromkeys(cells, Interval(0.0, math.inf))
    for system in _systems(facts):
        for key in system.keys:
            if key in found:
                found[key] = Interval(system.extreme(key, 1), system.extreme(key, -1))
    return found


def tight(facts: Iterable[Fact[Key]], cells: Collection[Key], minimum: int = MIN_COUNT) -> set[Key]:
    """Those of ``cells`` whose interval is too narrow.

    As :func:`audit` says, but a solution found for one cell clears the others that it shows to be
    open: much faster where all is well.
    """
    wanted = set(cells)
    narrow: set[Key] = set()
    for system in _systems(facts):
        for key in system.keys:
            if key not in wanted or system.seen(key).is_safe(minimum):
                continue
            for sense in (-1, 1):
                system.extreme(key, sense)
                if system.seen(key).is_safe(minimum):
                    break
            else:
                narrow.add(key)
    return narrow


def protect(
    table: LinkedTable[Key], minimum: int = MIN_COUNT, sensitive: Iterable[Key] = ()
) -> set[Key]:
    """Cells of a linked table to hide so that no hidden count can be bounded too tightly.

    Lines first (:func:`.closed`); then, as long as the audit finds a cell too narrow, the smallest
    shown counts above zero of the lines that share a cell with it, with all their equals: which of
    equals is taken would tell beside whom. In the end everything is hidden, and nothing is told.
    """
    hidden = closed(table, minimum, sensitive)
    while hidden:
        narrow = tight(table_facts(table, hidden), hidden, minimum)
        more = _beside(table, hidden, narrow) if narrow else set()
        if not more:
            break
        hidden = closed(table, minimum, hidden | more)
    return hidden


def _beside(
    table: LinkedTable[Key], hidden: AbstractSet[Key], narrow: AbstractSet[Key]
) -> set[Key]:
    """The smallest counts still shown around the cells that are too narrow, else anywhere."""
    fixed = table.told | table.unpublished
    lines = [{line.whole, *line.parts} for line in table.sums]
    around = set().union(*(line for line in lines if not narrow.isdisjoint(line)))
    for among in (around, set(table.counts)):
        counts = {key: table.counts[key] for key in among - hidden - fixed}
        if counts:
            least = min((count for count in counts.values() if count), default=0)
            return {key for key, count in counts.items() if count == least}
    return set()


class _System(Generic[Key]):
    """Facts that share unknowns, as an integer programme; keeps the extremes that it came by."""

    def __init__(self, facts: Sequence[Fact[Key]], keys: Sequence[Key]) -> None:
        self.keys = list(keys)
        self._rank = {key: rank for rank, key in enumerate(self.keys)}
        rows, columns, data = [], [], []
        for row, fact in enumerate(facts):
            for key, coefficient in fact.parts.items():
                rows.append(row)
                columns.append(self._rank[key])
                data.append(coefficient)
        matrix = csr_matrix((data, (rows, columns)), shape=(len(facts), len(self.keys)))
        bounds = np.array([_bounds(fact) for fact in facts])
        self._constraints = LinearConstraint(matrix, bounds[:, 0], bounds[:, 1])
        self._large = math.ceil(_LARGE + 2 * np.abs(bounds[np.isfinite(bounds)]).sum())
        self._least = np.full(len(self.keys), np.inf)
        self._most = np.full(len(self.keys), -np.inf)

    def seen(self, key: Key) -> Interval:
        """What solutions found so far show to be possible."""
        rank = self._rank[key]
        return Interval(float(self._least[rank]), float(self._most[rank]))

    def extreme(self, key: Key, sense: int) -> float:
        """The least count of a cell (``sense`` 1), or the most (−1); inf when it is unbounded."""
        cost = np.zeros(len(self.keys))
        cost[self._rank[key]] = sense
        found = self._solved(cost, whole=False)
        if np.abs(found - np.rint(found)).max() > _SLACK:
            found = self._solved(cost, whole=True)
        counts = np.rint(found)
        self._least = np.minimum(self._least, counts)
        self._most = np.maximum(self._most, counts)
        number = float(counts[self._rank[key]])
        return math.inf if number >= self._large else number

    def _solved(self, cost: np.ndarray, whole: bool) -> np.ndarray:
        """An optimal point. The relaxation of a sum over a table is nearly always whole by itself.

        Without the presolve of HiGHS: that of scipy 1.10 calls some feasible systems infeasible.
        """
        found = milp(
            cost,
            integrality=np.full(len(self.keys), int(whole)),
            bounds=Bounds(0, self._large),
            constraints=self._constraints,
            options={"presolve": False},
        )
        if found.x is None:
            raise ValueError(f"what is published contradicts itself: {found.message}")
        return np.asarray(found.x)


def _bounds(fact: Fact[Key]) -> tuple[float, float]:
    """The bounds of a fact; whole numbers where all its coefficients are."""
    low, high = fact.low - _SLACK, fact.high + _SLACK
    if all(float(coefficient).is_integer() for coefficient in fact.parts.values()):
        low = math.ceil(low) if math.isfinite(low) else low
        high = math.floor(high) if math.isfinite(high) else high
    return low, high


def _systems(facts: Iterable[Fact[Key]]) -> list[_System[Key]]:
    """The facts in groups that have no unknown in common."""
    facts = [fact for fact in facts if fact.parts]
    head: dict[Key, Key] = {}

    def root(key: Key) -> Key:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for fact in facts:
        first, *others = fact.parts
        head.setdefault(first, first)
        for key in others:
            head.setdefault(key, key)
            head[root(key)] = root(first)
    groups: dict[Key, list[Fact[Key]]] = {}
    for fact in facts:
        groups.setdefault(root(next(iter(fact.parts))), []).append(fact)
    return [
        _System(group, list(dict.fromkeys(key for fact in group for key in fact.parts)))
        for group in groups.values()
    ]
