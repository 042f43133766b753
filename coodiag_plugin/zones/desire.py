"""Desire lines between where people live and their site, gathered by commune (METHODS §1, §6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.privacy import MIN_COUNT, is_dominated
from .flow_secrecy import protect


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

    They are flows, and hidden as such (:func:`~.flow_secrecy.protect`): a reader may know the
    number of people of every site and of every commune that may be told.
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
    cells = [(str(k // len(codes)), str(codes[k % len(codes)])) for k in keys.tolist()]
    held_by_one = {
        cell
        for cell, heaviest, total in zip(cells, largest.tolist(), sums.tolist())
        if weighted and is_dominated(heaviest, total)
    }
    hidden = protect(dict(zip(cells, counts.tolist())), minimum, held_by_one).flows
    return [
        Bundle(place[1], int(place[0]), count, total, place not in hidden)
        for place, count, total in zip(cells, counts.tolist(), sums.tolist())
    ]
