"""Weighted means that do not depend on the order of what they are of."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Mean of (number, weight above 0), None without any; never outside the numbers themselves."""
    known = list(pairs)
    if not known:
        return None
    mean = fsum(number * weight for number, weight in known) / fsum(weight for _, weight in known)
    return min(max(mean, min(n for n, _ in known)), max(n for n, _ in known))
