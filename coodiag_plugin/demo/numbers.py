"""Random streams by part of the world, and integers that keep their total."""

from __future__ import annotations

import random
from collections.abc import Sequence


def stream(seed: int, part: str) -> random.Random:
    """The random stream of one part: changing a part leaves the others as they were."""
    return random.Random(f"coodiag-demo-{seed}-{part}")  # nosec B311  # no secret is made of it


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers proportional to ``weights`` whose sum is ``total`` (largest remainders)."""
    sum_weights = sum(weights)
    if sum_weights <= 0:
        raise ValueError("weights must have a positive sum")
    exact = [total * weight / sum_weights for weight in weights]
    whole = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in order[: total - sum(whole)]:
        whole[index] += 1
    return whole


def capped(total: int, weights: Sequence[float], limits: Sequence[int]) -> list[int]:
    """Shares of ``total``, none above its limit; what is too much goes to the one with most room."""
    parts = shares(total, [max(weight, 1e-9) for weight in weights])
    for index, limit in enumerate(limits):
        excess = parts[index] - limit
        if excess > 0:
            parts[index] = limit
            roomiest = max(range(len(parts)), key=lambda i: limits[i] - parts[i])
            parts[roomiest] += excess
    return parts


def luhn_key(digits: str) -> str:
    """The digit that makes ``digits`` + key valid (ISO/IEC 7812, used by SIREN and SIRET)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        step = int(digit) * (1 if position % 2 else 2)
        total += step - 9 if step > 9 else step
    return str(-total % 10)


def clamp(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))
