"""Threshold areas: the smallest ring around a site that holds a target (METHODS §1).

Places of demand (people, households, job seekers…) are ranked by their cost from the site and
summed up: the ring is found exactly, without the trial rings of an iteration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.errors import InputError


@dataclass(frozen=True, eq=False)
class Ring:
    """The ring found for a target: its cost and what it holds.

    ``reach`` is NaN and ``met`` False when all that can be reached is less than the target;
    ``value`` is then all that. ``places`` counts the places of demand within.
    """

    target: float
    reach: float
    value: float
    places: int
    met: bool

    @property
    def gap(self) -> float:
        """How far the value lies from the target, per cent of the target."""
        return 100 * (self.value - self.target) / self.target


def check_targets(targets: Sequence[float]) -> list[float]:
    """Numbers above zero, ascending and once each."""
    if not targets or not all(np.isfinite(value) and value > 0 for value in targets):
        raise InputError(
            "The targets must be numbers above zero, for example 5000,10000 (inhabitants, households…)."
        )
    return sorted(set(targets))


def grow(
    cost: np.ndarray, counts: np.ndarray, targets: Sequence[float], tolerance: float = 0.0
) -> list[Ring]:
    """The smallest ring that holds each target: places by ascending cost, equal ones together.

    Without tolerance a ring holds at least its target. With one (per cent), the first ring that
    holds ``target · (1 − tolerance/100)`` is enough, so that a large place just beyond is not
    taken for a few missing units. A place without a finite cost, or without a count, is not
    counted.
    """
    rows = np.flatnonzero(np.isfinite(cost) & (counts > 0))
    steps, step = np.unique(cost[rows], return_inverse=True)
    order = np.lexsort((counts[rows], step))  # sums that do not depend on the order of the rows
    held = np.cumsum(np.bincount(step[order], weights=counts[rows][order], minlength=len(steps)))
    places = np.cumsum(np.bincount(step, minlength=len(steps)))
    rings = []
    for target in check_targets(targets):
        enough = target * (1 - tolerance / 100) * (1 - 1e-12)
        at = int(np.searchsorted(held, enough))
        if at < len(steps):
            found = Ring(target, float(steps[at]), float(held[at]), int(places[at]), True)
        else:
            value = float(held[-1]) if len(held) else 0.0
            found = Ring(target, float("nan"), value, len(rows), False)
        rings.append(found)
    return rings


def nearest_only(cost: np.ndarray) -> np.ndarray:
    """Costs (sites, places) where each place counts for its nearest site alone (first of equals)."""
    nearest = cost.argmin(axis=0)
    mine = nearest[None] == np.arange(len(cost))[:, None]
    return np.where(mine, cost, np.inf)
