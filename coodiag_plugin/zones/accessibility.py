"""Access to a supply: Hansen's potential and the floating catchments (METHODS §4).

Hansen W. G., How Accessibility Shapes Land Use, 1959: A_i = Σ_j S_j·f(t_ij).
2SFCA (Luo and Wang 2003), E2SFCA (Luo and Qi 2009) and the French APL are one formula with
other bands: R_j = S_j / Σ_k w(t_kj)·P_k, A_i = Σ_j w(t_ij)·R_j, so that Σ_i A_i·P_i = Σ_j S_j.

An unknown capacity or population is NaN, never zero: it is left out, and counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..core import catalogue
from ..core.errors import InputError
from .interaction import FLOOR, Decay
from .pairs import EDGE, Pairs

METHODS = ("hansen", "2sfca", "e2sfca", "apl")
#: Farthest supply when the user says nothing, minutes or km.
REACH = 30.0


@dataclass(frozen=True)
class Bands:
    """Ends of the bands, included, and what a pair in each weighs."""

    ends: tuple[float, ...]
    weights: tuple[float, ...]

    def weigh(self, cost: np.ndarray) -> np.ndarray:
        """Weight of each cost, 0 beyond the last band."""
        band = np.searchsorted(np.asarray(self.ends) + EDGE, cost)
        return np.r_[self.weights, 0.0][band]


def make_bands(
    method: str, reach: float, ends: Sequence[float] = (), weights: Sequence[float] = ()
) -> Bands:
    """Bands of a method: those given, else the catalogue's, else (2SFCA) one up to the reach.

    A reach shorter than the last band cuts it.
    """
    if not ends and not weights:
        if method == "2sfca":
            return Bands((reach,), (1.0,))
        rows = [row for row in catalogue.rows("accessibility_bands") if row["method"] == method]
        ends = [float(row["upper"]) for row in rows]
        weights = [float(Fraction(row["weight"])) for row in rows]
    if (
        len(ends) != len(weights)
        or list(ends) != sorted(set(ends))
        or not all(0 < end < math.inf for end in ends)
        or not all(0 < weight < math.inf for weight in weights)
    ):
        raise InputError(
            "BANDS and WEIGHTS must hold as many numbers above zero, the bands ascending: for example 10,20,30 and 1,0.68,0.22. Given: {bands} and {weights}.",
            bands=", ".join(f"{end:g}" for end in ends) or "-",
            weights=", ".join(f"{weight:g}" for weight in weights) or "-",
        )
    inside = sum(end < reach for end in ends) + 1
    return Bands(
        tuple(min(end, reach) for end in ends[:inside]), tuple(weights[: min(inside, len(ends))])
    )


def fractions(text: str) -> list[float]:
    """Weights written ``1, 0.68, 0.22`` or ``1, 2/3, 1/3``."""
    try:
        return [float(Fraction(part.strip())) for part in text.split(",") if part.strip()]
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(
            "“{text}” is not a list of weights: write for example 1,0.68,0.22 or 1,2/3,1/3.",
            text=text,
        ) from error


@dataclass(frozen=True, eq=False)
class Access:
    """``index`` of each place (NaN without any usable supply in reach) and what it rests on.

    ``reached`` and ``unusable``: supplies within reach whose figure counts, and those left out.
    ``nearest``: cost of the nearest usable one, NaN for none. By supply: ``ratio`` (NaN when it is
    not usable), ``population`` (weighted, within reach), ``missing`` (places within reach whose
    population is unknown); None for Hansen, which counts nobody.
    """

    index: np.ndarray
    reached: np.ndarray
    unusable: np.ndarray
    nearest: np.ndarray
    ratio: np.ndarray | None = None
    population: np.ndarray | None = None
    missing: np.ndarray | None = None


def hansen(pairs: Pairs, supply: np.ndarray, decay: Decay, floor: float = FLOOR) -> Access:
    """A_i = Σ_j S_j·f(t_ij) over the pairs; ``supply`` NaN where unknown."""
    weight = decay(np.maximum(pairs.cost, floor))
    return _gather(pairs, weight, supply)


def floating_catchment(
    pairs: Pairs, supply: np.ndarray, population: np.ndarray, bands: Bands
) -> Access:
    """2SFCA and its kin: ``supply`` (sites) and ``population`` (places), NaN where unknown.

    A supply with nobody known in reach has no ratio and serves nobody. Capacity per person.
    """
    weight = bands.weigh(pairs.cost)
    pairs, weight = pairs.only(weight > 0), weight[weight > 0]
    people = population[pairs.place]
    known = np.isfinite(people)
    served = pairs.by_site(np.where(known, weight * np.nan_to_num(people), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(served > 0, supply / served, np.nan)
    found = _gather(pairs, weight, ratio)
    missing = pairs.by_site((~known).astype(float)).astype(int)
    return Access(found.index, found.reached, found.unusable, found.nearest, ratio, served, missing)


def _gather(pairs: Pairs, weight: np.ndarray, offer: np.ndarray) -> Access:
    """Σ_j weight·offer of each place over the sites whose offer is known."""
    known = np.isfinite(offer)[pairs.site]
    reached = pairs.by_place(known.astype(float)).astype(int)
    total = pairs.by_place(np.where(known, weight * np.nan_to_num(offer)[pairs.site], 0.0))
    nearest = -pairs.largest_by_place(np.where(known, -pairs.cost, -np.inf))
    return Access(
        index=np.where(reached > 0, total, np.nan),
        reached=reached,
        unusable=pairs.by_place((~known).astype(float)).astype(int),
        nearest=np.where(np.isfinite(nearest), nearest, np.nan),
    )
