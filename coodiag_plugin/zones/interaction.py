"""Where people may be expected to go: the model of Huff (1962) and the break points of Converse.

U_ij = A_j^γ · d(t_ij), p_ij = U_ij / Σ_k U_ik, E_ij = p_ij · C_i, T_j = Σ_i E_ij (METHODS §4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core import catalogue
from ..core.errors import InputError
from .pairs import Pairs

DECAYS = ("power", "exponential", "logistic")
#: Least cost that counts, minutes or km: at the very door a power has no value.
FLOOR = 1.0


@dataclass(frozen=True)
class Decay:
    """d(t): ``power`` t^λ, ``exponential`` e^{λt}, ``logistic`` 1/(1+e^{λ1+λ2·t})."""

    kind: str
    parameters: tuple[float, ...]

    def log(self, cost: np.ndarray) -> np.ndarray:
        """ln d(t); ``cost`` above zero for a power."""
        first = self.parameters[0]
        if self.kind == "power":
            return first * np.log(cost)
        if self.kind == "exponential":
            return first * cost
        return -np.logaddexp(0.0, first + self.parameters[1] * cost)

    def __call__(self, cost: np.ndarray) -> np.ndarray:
        return np.exp(self.log(cost))

    @property
    def falls(self) -> bool:
        """Whether what is farther attracts less."""
        return self.parameters[-1] > 0 if self.kind == "logistic" else self.parameters[0] < 0


def make_decay(kind: str, parameters: Sequence[float] = ()) -> Decay:
    """The decay of ``kind``, with the catalogue's parameters when none is given.

    Refuses the wrong number of parameters, and a decay that does not fall with cost.
    """
    values = tuple(parameters) or _usual(kind)
    wanted = 2 if kind == "logistic" else 1
    decay = Decay(kind, values)
    if len(values) != wanted or not all(map(math.isfinite, values)) or not decay.falls:
        raise InputError(
            "LAMBDA does not suit the decay {decay}: “{given}”. Give one number below zero for power (-2) and exponential (-0.1), two for logistic with the second above zero (-3,0.2).",
            decay=kind,
            given=", ".join(f"{value:g}" for value in values),
        )
    return decay


def _usual(kind: str) -> tuple[float, ...]:
    row = next(row for row in catalogue.rows("decays") if row["decay"] == kind)
    return tuple(float(number) for number in row["lambda"].split(","))


@dataclass(frozen=True)
class Huff:
    """The model: attraction A^γ, decay of the cost, least cost that counts."""

    gamma: float
    decay: Decay
    floor: float = FLOOR

    def log_utility(self, pairs: Pairs, attraction: np.ndarray) -> np.ndarray:
        """ln U of each pair; −inf for a site whose attraction is nil (and γ is not)."""
        with np.errstate(divide="ignore"):
            draw = self.gamma * np.log(attraction) if self.gamma else np.zeros(len(attraction))
        return draw[pairs.site] + self.decay.log(np.maximum(pairs.cost, self.floor))


def probabilities(pairs: Pairs, attraction: np.ndarray, model: Huff) -> np.ndarray:
    """p of each pair, summing to 1 over each place; NaN where no site has any attraction.

    Computed on logarithms, so that neither a far site nor a large exponent overflows.
    ``attraction`` (sites) is ≥ 0 for every site that is in a pair.
    """
    utility = model.log_utility(pairs, attraction)
    top = pairs.largest_by_place(utility)[pairs.place]
    with np.errstate(invalid="ignore"):
        share = np.exp(utility - top)
        return share / pairs.by_place(share)[pairs.place]


def expected(pairs: Pairs, probability: np.ndarray, demand: np.ndarray) -> np.ndarray:
    """E of each pair: what of the demand (places) goes to the site, NaN where it is not known."""
    return probability * demand[pairs.place]


def totals(pairs: Pairs, flows: np.ndarray) -> np.ndarray:
    """T of each site: sum of the known flows; 0 for a site to which none goes."""
    return pairs.by_site(np.nan_to_num(flows, nan=0.0))


def break_point(distance: float, here: float, there: float) -> float:
    """Distance from A of the point where A and B draw equally: D/(1+√(P_B/P_A)).

    Converse P. D., New Laws of Retail Gravitation, 1949. ``here`` and ``there`` are the masses P_A
    and P_B, not both nil; a site without mass draws nobody.
    """
    if here <= 0:
        return 0.0
    return distance / (1 + math.sqrt(there / here))
