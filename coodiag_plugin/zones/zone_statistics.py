"""Sums over zones of what parts hold (communes, IRIS, squares), each by the share that is inside.

Shares are a sparse matrix (zones, parts): 1 for a part that is wholly inside. A part without a
known figure makes the sum unknown, with the gravest state: a secret is not a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    A zone of 1 to ``minimum − 1``; of two zones one of which holds the other (rings), the larger
    when what it adds is so few; among zones that do not overlap, as many more as it takes so that
    a hidden one is not found from the sum of all.
    """
    counts = {row: value.number for row, value in enumerate(base) if value.number is not None}
    hidden = {row for row, count in counts.items() if _few(count, minimum)}
    order = sorted(counts, key=lambda row: (counts[row], row))
    for rank, large in enumerate(order):
        for small in reversed(order[:rank]):
            added = counts[large] - counts[small]
            if large in hidden or added >= minimum:
                break
            if small not in hidden and _few(added, minimum) and _within(shares, small, large):
                hidden.add(large)
    if hidden and not _overlapping(shares):
        whole = {row: max(int(count), 1) for row, count in counts.items() if count > 0}
        hidden |= suppressed_keys(whole, minimum, {row for row in hidden if row in whole})
    return hidden


def _few(count: float, minimum: int) -> bool:
    """As :func:`is_few`, a thousandth of a person being the noise of areas."""
    return count > 1e-3 and is_few(count, minimum)


def _within(shares: Shares, small: int, large: int) -> bool:
    if shares[small].nnz == 0:
        return False
    beyond = shares[small] - shares[large]
    return beyond.nnz == 0 or float(beyond.data.max()) <= SLIVER


def _overlapping(shares: Shares) -> bool:
    held = np.asarray(shares.sum(axis=0)).ravel()
    return bool((held > 1 + 1e-3).any())
