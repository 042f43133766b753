"""Profile of a zone, or of the places where clients live, against the territory: index 100.

A rate of several places is always the sum of its numerators over the sum of its denominators,
never a mean of rates (METHODS §5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..core.values import ABSENT, Value, ratio

PERCENT = 100.0
#: An index at most this far from 100 reads as "like the territory".
LIKE = 10.0
#: Least share of the base that must be known for a rate to be told.
LEAST_KNOWN = 0.5


@dataclass(frozen=True)
class ProfileRow:
    """One variable of one zone. ``rate`` and ``reference`` are per cent of the base.

    ``known``: per cent of the zone's base whose count is known.
    """

    zone: str
    variable: str
    count: Value
    base: Value
    rate: Value
    reference: Value
    index: Value
    known: float
    reading: str


def zone_profile(
    parts: Mapping[str, np.ndarray], counts: Mapping[str, np.ndarray], base: np.ndarray
) -> list[ProfileRow]:
    """Rows by zone and variable. ``parts``: zone → which part of each place it holds (0 to 1, or more).

    ``counts`` (variable → by place) and ``base`` are NaN where not known; such places take no
    part in that variable, and the reference is the sum of all the places. For the places of
    clients, ``parts`` are the clients over the base of their place: the sum is then the mean of
    the places' rates over the clients.
    """
    everywhere = np.ones(len(base))
    rows = []
    for zone, part in parts.items():
        for variable, count in counts.items():
            known = np.isfinite(count) & np.isfinite(base)
            held = float((part * np.where(known, base, 0)).sum())
            whole = float(np.nansum(part * base))
            share = held / whole if whole > 0 else 0.0
            reference, *_ = _rate(everywhere, count, base, known)
            rate, number, below = _rate(part, count, base, known)
            if share < LEAST_KNOWN:
                rate = number = below = ABSENT
            index = ratio(rate, reference, PERCENT)
            rows.append(
                ProfileRow(
                    zone, variable, number, below, rate, reference, index,
                    PERCENT * share, reading(index),
                )
            )  # fmt: skip
    return rows


def _rate(
    part: np.ndarray, count: np.ndarray, base: np.ndarray, known: np.ndarray
) -> tuple[Value, Value, Value]:
    """Per cent, sum of the counts and sum of the base over the known places."""
    if not (part[known] > 0).any():
        return ABSENT, ABSENT, ABSENT
    above = Value(float((part[known] * count[known]).sum()))
    below = Value(float((part[known] * base[known]).sum()))
    return ratio(above, below, PERCENT), above, below


def reading(index: Value) -> str:
    """The index in French words."""
    if index.number is None:
        return "non disponible"
    if abs(index.number - PERCENT) <= LIKE:
        return "comme le territoire"
    return "plus que le territoire" if index.number > PERCENT else "moins que le territoire"
