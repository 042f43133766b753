"""Classes of the numbers that respondents gave: round limits, open ends, no one's own figure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..core.french import number

MOST_VALUES, CLASSES = 7, 5


def classes_of(values: Sequence[float], minimum: int) -> tuple[dict[float, str], tuple[str, ...]]:
    """``({number: its class}, classes in order)``.

    A few whole numbers (children in the household) are classes of their own, the last ones put
    together until ``minimum`` people are there; other numbers fall between round limits. The first
    and the last class are open: the smallest and the largest number are somebody's.
    """
    if not values:
        return {}, ()
    counts = Counter(values)
    whole = all(value == int(value) for value in counts)
    if whole and len(counts) <= MOST_VALUES:
        return _each(counts, minimum)
    low, high = (float(bound) for bound in np.percentile(list(values), (5, 95)))
    step = _round_step((high - low) / CLASSES or max(abs(high), 1.0) / CLASSES)
    first = math.floor(low / step) + 1
    limits = [rank * step for rank in range(first, first + CLASSES - 1)]
    decimals = max(0, -math.floor(math.log10(step)))
    texts = [number(limit, decimals) for limit in limits]
    names = [
        f"Moins de {texts[0]}",
        *(f"De {a} à moins de {b}" for a, b in zip(texts, texts[1:])),
        f"{texts[-1]} et plus",
    ]
    placed = {value: names[int(np.searchsorted(limits, value, side="right"))] for value in counts}
    used = [name for name in names if name in placed.values()]
    return placed, tuple(used)


def _each(counts: Counter[float], minimum: int) -> tuple[dict[float, str], tuple[str, ...]]:
    order = sorted(counts)
    top = [order.pop()]
    while order and sum(counts[value] for value in top) < minimum:
        top.insert(0, order.pop())
    names = {value: number(value) for value in order}
    last = number(top[0]) + (" et plus" if len(top) > 1 or order else "")
    names.update(dict.fromkeys(top, last))
    return names, tuple(dict.fromkeys(names.values()))


def _round_step(wish: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(wish))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wish * 0.999)
