"""Desire lines between where people live and their site, gathered by commune (METHODS §1, §6)."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np

from ..core.privacy import MAX_DOMINANCE, MIN_COUNT, suppressed_keys


@dataclass(frozen=True, eq=False)
class Bundle:
    """The people of one commune who go to one site. ``shown``: their number may be told."""

    group: str  # commune code, empty: in none
    site: int
    count: int
    weight: float
    shown: bool


def bundles(
    groups: np.ndarray,
    site: np.ndarray,
    weights: np.ndarray,
    minimum: int = MIN_COUNT,
    weighted: bool = False,
) -> list[Bundle]:
    """Bundles by site and commune; those that may not be told are there, with ``shown`` False.

    ``weighted``: a bundle where one person holds more than 85 % of the weight is not told.
    """
    codes, group = np.unique(groups.astype(str), return_inverse=True)
    key = site.astype(np.int64) * len(codes) + group
    keys, cell = np.unique(key, return_inverse=True)
    order = np.lexsort((weights, cell))  # sums that do not depend on the order of the rows
    sums = np.bincount(cell[order], weights=weights[order], minlength=len(keys))
    counts = np.bincount(cell, minlength=len(keys))
    largest = np.zeros(len(keys))
    np.maximum.at(largest, cell, weights)
    found = {
        (int(k // len(codes)), str(codes[k % len(codes)])): rank for rank, k in enumerate(keys)
    }
    held_by_one = {
        place
        for place, rank in found.items()
        if weighted and largest[rank] > MAX_DOMINANCE * sums[rank]
    }
    hidden = hidden_cells(
        {place: int(counts[rank]) for place, rank in found.items()}, minimum, held_by_one
    )
    return [
        Bundle(code, at, int(counts[rank]), float(sums[rank]), (at, code) not in hidden)
        for (at, code), rank in found.items()
    ]


def hidden_cells(
    counts: dict[tuple[int, str], int],
    minimum: int = MIN_COUNT,
    sensitive: Set[tuple[int, str]] = frozenset(),
) -> set[tuple[int, str]]:
    """Cells of a table sites × communes that stay hidden when both its margins are known.

    Each row and each column is protected as in :func:`~..core.privacy.suppressed_keys`, again
    until nothing more has to be hidden.
    """
    lines: dict[tuple[int, object], dict[tuple[int, str], int]] = {}
    for cell, count in sorted(counts.items()):
        for axis in (0, 1):
            lines.setdefault((axis, cell[axis]), {})[cell] = count
    hidden = set(sensitive)
    while True:
        before = len(hidden)
        for line in lines.values():
            hidden |= suppressed_keys(line, minimum, hidden & line.keys())
        if len(hidden) == before:
            return hidden
