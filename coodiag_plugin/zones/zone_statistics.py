"""Sums over zones of what parts hold (communes, IRIS, squares), each by the share that is inside.

Shares are a sparse matrix (zones, parts): 1 for a part that is wholly inside. A part without a
known figure makes the sum unknown, with the gravest state: a secret is not a zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from ..core.privacy import is_few, suppressed_keys
from ..core.values import State, Value

#: Shares (zones, parts) of the parts that lie in the zones: a ``csr_matrix``, which has no types.
Shares = Any
#: Shares below this come from limits that do not quite meet.
SLIVER = 1e-6
#: Shares of one part that sum to so much more than 1 overlap.
_OVERLAP = 1e-3
#: Sets of zones looked at before a zone is hidden unseen.
_LONGEST_SEARCH = 5000
#: States by gravity, as whole numbers in arrays; the first is KNOWN.
STATES = (State.KNOWN, State.NOT_APPLICABLE, State.ABSENT, State.SECRET, State.FAILED)


@dataclass(frozen=True, eq=False)
class Column:
    """A figure of the parts: ``numbers`` (n), 0 where not known, and ``states`` (rank in STATES)."""

    numbers: np.ndarray
    states: np.ndarray

    @classmethod
    def of(cls, values: Sequence[Value]) -> Column:
        ranks = {state: rank for rank, state in enumerate(STATES)}
        return cls(
            np.array([value.number or 0.0 for value in values], dtype=float),
            np.array([ranks[value.state] for value in values], dtype=np.int8),
        )

    @property
    def known(self) -> np.ndarray:
        return self.states == 0


def shares_matrix(shares: Sequence[dict[int, float]], parts: int) -> Shares:
    """Sparse matrix of ``{part: share}`` of each zone; slivers are left out, shares end at 1."""
    rows, columns, data = [], [], []
    for row, inside in enumerate(shares):
        for part, share in inside.items():
            if share > SLIVER:
                rows.append(row)
                columns.append(part)
                data.append(1.0 if share > 1 - SLIVER else share)
    return csr_matrix((data, (rows, columns)), shape=(len(shares), parts))


def totals(shares: Shares, column: Column) -> list[Value]:
    """Sum of a count over each zone; ABSENT for a zone without any part."""
    sums = shares @ np.where(column.known, column.numbers, 0.0)
    touching = (shares > 0).astype(float)
    worst = np.zeros(shares.shape[0], dtype=int)
    for rank in range(1, len(STATES)):
        worst[touching @ (column.states == rank).astype(float) > 0] = rank
    empty = np.diff(shares.indptr) == 0
    worst[empty] = STATES.index(State.ABSENT)
    return [
        Value(float(number)) if rank == 0 else Value(None, STATES[rank])
        for number, rank in zip(sums, worst)
    ]


def sole(shares: Shares, column: Column) -> list[Value]:
    """A figure that cannot be summed (a median): that of a zone made of one whole part."""
    result = []
    for row in range(shares.shape[0]):
        start, end = shares.indptr[row], shares.indptr[row + 1]
        parts, data = shares.indices[start:end], shares.data[start:end]
        whole = len(parts) == 1 and data[0] == 1.0
        state = STATES[column.states[parts[0]]] if whole else State.ABSENT
        number = float(column.numbers[parts[0]]) if state is State.KNOWN else None
        result.append(Value(number, state))
    return result


def known_share(shares: Shares, column: Column, weights: np.ndarray) -> np.ndarray:
    """Share (%) of the weight of each zone in the parts whose figure is known, NaN for no weight."""
    whole = shares @ weights
    part = shares @ np.where(column.known, weights, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, 100.0 * part / whole, np.nan)


def mean_of(shares: Shares, marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share (%) of the weight of each zone that is in marked parts, NaN for no weight."""
    return known_share(shares, Column(weights, np.where(marks, 0, 1).astype(np.int8)), weights)


def hidden_zones(shares: Shares, base: Sequence[Value], minimum: int) -> set[int]:
    """Zones whose figures may not be shown, ``base`` being their number of people or households.

    A zone of 1 to ``minimum − 1``; a zone that leaves so few when one shown zone that it holds, or
    several that do not overlap, are taken away; among the zones that overlap no other, as many more
    as it takes so that a hidden one is not found from the sum of all.
    """
    counts = {row: value.number for row, value in enumerate(base) if value.number is not None}
    hidden = {row for row, count in counts.items() if _few(count, minimum)}
    touching = (shares > 0).astype(np.int64)
    common = (touching @ touching.T).tocsr()
    for large in sorted(counts, key=lambda row: (counts[row], row)):
        if large not in hidden:
            held = [
                row
                for row in _held(shares, common, large)
                if row in counts and row not in hidden and 1e-3 < counts[row] <= counts[large]
            ]
            if held and _leaves_few(shares, common, large, held, counts, minimum):
                hidden.add(large)
    alone = _alone(shares)
    whole = {row: max(int(n), 1) for row, n in counts.items() if n > 0 and alone[row]}
    return hidden | suppressed_keys(whole, minimum, {row for row in hidden if row in whole})


def _few(count: float, minimum: int) -> bool:
    """As :func:`is_few`, a thousandth of a person being the noise of areas."""
    return count > 1e-3 and is_few(count, minimum)


def _held(shares: Shares, common: Shares, large: int) -> list[int]:
    """Zones that lie wholly in one. ``common``: how many parts two zones have in common."""
    beside, both = common[large].indices, common[large].data
    parts = np.diff(shares.indptr)
    whole = beside[(both == parts[beside]) & (beside != large)].tolist()
    return [row for row in whole if _fits(shares[row], shares[large], SLIVER)]


def _fits(inner: Shares, outer: Shares, slack: float) -> bool:
    beyond = inner - outer
    return beyond.nnz == 0 or float(beyond.data.max()) <= slack


def _leaves_few(
    shares: Shares,
    common: Shares,
    large: int,
    held: Sequence[int],
    counts: Mapping[int, float],
    minimum: int,
) -> bool:
    """Whether zones that do not overlap, taken away from the one that holds them, leave few.

    A search that takes or skips each zone, the largest first, cut where all that can still be taken
    leaves enough: of zones that all overlap each other (rings) one can be taken. Said to be so
    when the search grows too long: better a zone hidden than somebody told.
    """
    order = sorted(held, key=lambda row: (-counts[row], row))
    rank = {row: at for at, row in enumerate(order)}
    clash = [1 << at for at in range(len(order))]
    for at, row in enumerate(order):
        for other in common[row].indices.tolist():
            if rank.get(other, -1) > at and not _fits(
                shares[row] + shares[other], shares[large], _OVERLAP
            ):
                clash[at] |= 1 << rank[other]
                clash[rank[other]] |= 1 << at
    cliques = _cliques(clash)
    waiting = [(counts[large], (1 << len(order)) - 1)]
    for _ in range(_LONGEST_SEARCH):
        if not waiting:
            return False
        rest, free = waiting.pop()
        if _few(rest, minimum):
            return True
        best = [_first(free & clique) for clique in cliques if free & clique]
        if not free or rest - sum(counts[order[at]] for at in best) >= minimum:
            continue
        at = _first(free)
        if free & clash[at] & ~(1 << at):
            waiting.append((rest, free & ~(1 << at)))
        if counts[order[at]] <= rest + 1e-3:
            waiting.append((rest - counts[order[at]], free & ~clash[at]))
    return True


def _cliques(clash: Sequence[int]) -> list[int]:
    """Zones (bits) in sets whose members all overlap each other."""
    cliques: list[int] = []
    for at, overlaps in enumerate(clash):
        for rank, clique in enumerate(cliques):
            if clique & overlaps == clique:
                cliques[rank] |= 1 << at
                break
        else:
            cliques.append(1 << at)
    return cliques


def _first(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _alone(shares: Shares) -> np.ndarray:
    """Zones that overlap no other one: none of their parts is shared out more than wholly."""
    over = np.asarray(shares.sum(axis=0)).ravel() > 1 + _OVERLAP
    return np.asarray((shares > 0).astype(float) @ over.astype(float) == 0)
