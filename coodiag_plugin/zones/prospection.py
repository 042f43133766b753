"""Who to call next: establishments that look like the clients, within reach, in the open.

Score = lift of the activity × lift of the size × f(cost) × (1 − saturation of the commune), each
factor raised to its weight, rescaled to 0–100 (METHODS §3).

Tables: ``clients`` (siret, name, naf, tranche, codgeo, cost) and ``establishments`` as read by
``sources.sirene`` plus ``cost``. ``cost`` is minutes or kilometres to the nearest site.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.stats import kendalltau

from ..core.errors import InputError
from ..core.nomenclatures import NafFilter
from ..core.privacy import MIN_COUNT
from .prospect_clients import Book, Register, complete, name_key
from .prospect_model import Model, division, fit

FACTORS = ("naf", "size", "cost", "saturation")


@dataclass(frozen=True)
class Weights:
    """Exponents of the factors; 1 each is METHODS §3, 0 takes a factor out."""

    naf: float = 1.0
    size: float = 1.0
    cost: float = 1.0
    saturation: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Weights:
        """``naf=1, size=0.5`` → weights; factors not named keep 1."""
        given = {}
        for part in re.split(r"[,;\s]+", text.strip()):
            if not part:
                continue
            name, _, number = part.partition("=")
            try:
                value = float(number)
            except ValueError:
                value = math.nan
            if name not in FACTORS or not 0 <= value <= 10:
                raise InputError(
                    "“{part}” is not a weight: write for example naf=1, size=0.5, cost=1, saturation=1 (0 to 10).",
                    part=part,
                )
            given[name] = value
        return cls(**given)


@dataclass(frozen=True)
class Structure:
    """How to recognise the structure's own establishments: SIREN, or names."""

    sirens: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def owns(self, establishments: pd.DataFrame, register: Register) -> pd.Series:
        keys = {name_key(name) for name in self.names} - {""}
        sirens = establishments["siret"].str[:9]
        return sirens.isin(self.sirens) | register.names.isin(keys)


@dataclass(frozen=True)
class Stability:
    """How the ranking holds when one weight moves: Kendall's τ and the share of the top kept."""

    factor: str
    change: float
    tau: float
    top_kept: float


@dataclass(frozen=True)
class BackTest:
    """Share of the hidden clients found in the first tenth of the prospects, and by cost alone.

    ``unlooked``: how many of the ``hidden`` are of no target activity, hence never found.
    ``by_chance``: the share expected of a tenth drawn by lot.
    """

    hidden: int
    found: float
    by_cost: float
    by_chance: float
    unlooked: int


@dataclass(frozen=True)
class Prospection:
    """``prospects``: the candidates with score, rank and the factors, best first."""

    prospects: pd.DataFrame
    model: Model
    stability: tuple[Stability, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def candidates(
    establishments: pd.DataFrame,
    book: Book,
    structure: Structure,
    targets: Sequence[str],
    naf: Sequence[str],
    reach: float,
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Establishments that may be prospects, and how many were left out for each reason, in order."""
    activities = NafFilter(naf)
    if naf:
        kept = {code: activities.keeps(code) for code in establishments["naf"].unique()}
        wanted = establishments["naf"].map(kept).astype(bool)
    else:
        wanted = division(establishments["naf"]).isin(targets)
    tests = {
        "other_activity": ~wanted,
        "masked": establishments["statut"] != "O",
        "clients": establishments["siret"].isin(book.sirets()),
        "structure": structure.owns(establishments, book.register),
        "unlocated": establishments["cost"].isna(),
        "out_of_reach": establishments["cost"] > reach,
    }
    left = pd.Series(False, index=establishments.index)
    counts = {}
    for reason, test in tests.items():
        new = test.to_numpy(dtype=bool) & ~left.to_numpy()
        counts[reason] = int(new.sum())
        left |= new
    return establishments[~left].copy(), counts


def score(factors: pd.DataFrame, weights: Weights) -> np.ndarray:
    """Scores 0–100, 100 for the best (all zero where every product is zero)."""
    product = np.ones(len(factors))
    for name in FACTORS:
        product *= factors[name].to_numpy(dtype=float) ** getattr(weights, name)
    best = product.max(initial=0.0)
    return 100.0 * (product / best) if best > 0 else np.zeros(len(factors))


def rank(
    clients: pd.DataFrame,
    establishments: pd.DataFrame,
    *,
    reach: float,
    naf: Sequence[str] = (),
    structure: Structure | None = None,
    weights: Weights | None = None,
    min_count: int = MIN_COUNT,
    book: Book | None = None,
    hidden: Collection[str] = (),
) -> Prospection:
    """Score and rank the candidates. Ties go by SIRET, so that the order of rows does not matter.

    A client found in the stock takes its activity and size from there when its own are missing.
    ``book``: the clients found again in the stock, when that is known already. ``hidden``:
    communes whose number of clients another output hides.
    """
    weights = weights or Weights()
    book = book or Book.of(clients, establishments)
    known = complete(clients, establishments, book.siret)
    near = establishments[establishments["cost"] <= reach]
    model = fit(known, near if len(near) else establishments, reach, naf, min_count, hidden)
    table, counts = candidates(
        establishments,
        book,
        structure or Structure(),
        model.target_divisions,
        naf,
        reach,
    )
    factors = model.factors(table)
    exact = score(factors, weights)
    for name in FACTORS:
        table[f"factor_{name}"] = factors[name]
    # The order goes by nine digits, so that the last bit of a sum cannot swap two equals.
    table["order"] = [float(f"{value:.9g}") for value in exact]
    table["score"] = np.round(exact, 1)
    table = table.sort_values(["order", "siret"], ascending=[False, True]).reset_index(drop=True)
    table = table.drop(columns="order")
    table["rank"] = np.arange(1, len(table) + 1)
    counts = {
        "establishments": len(establishments),
        **counts,
        "prospects": len(table),
        "clients_given": len(clients),
        "clients_matched": int((book.siret != "").sum()),
    }
    columns = table[[f"factor_{name}" for name in FACTORS]].set_axis(list(FACTORS), axis=1)
    return Prospection(table, model, stability(columns, weights), counts)


def stability(
    factors: pd.DataFrame, weights: Weights, change: float = 0.2, top: int = 50
) -> tuple[Stability, ...]:
    """Kendall's τ and the share of the top that stays when each weight moves by ±``change``."""
    if len(factors) < 2:
        return ()
    base = score(factors, weights)
    best = set(np.argsort(-base, kind="stable")[:top])
    result = []
    for name in FACTORS:
        for move in (-change, change):
            moved = replace(weights, **{name: getattr(weights, name) * (1 + move)})
            other = score(factors, moved)
            tau = float(kendalltau(base, other)[0])
            kept = len(best & set(np.argsort(-other, kind="stable")[:top])) / len(best)
            result.append(Stability(name, move, 1.0 if math.isnan(tau) else tau, kept))
    return tuple(result)


def back_test(
    clients: pd.DataFrame,
    establishments: pd.DataFrame,
    *,
    reach: float,
    naf: Sequence[str] = (),
    weights: Weights | None = None,
    share: float = 0.2,
    seed: int = 20,
    book: Book | None = None,
) -> BackTest | None:
    """Hide a share of the clients found in the stock, rank without them, see where they come.

    The clients hidden are within reach and of open diffusion. Targets are learnt without them: one
    whose activity is then no target counts as not found. None when fewer than ten are hidden. The
    draw depends on the SIRETs and the seed only.
    """
    book = book or Book.of(clients, establishments)
    usable = establishments[(establishments["statut"] == "O") & (establishments["cost"] <= reach)]
    pool = sorted(set(book.siret) & set(usable["siret"]))
    hidden = set(
        np.random.default_rng(seed).choice(pool, size=round(share * len(pool)), replace=False)
        if pool
        else ()
    )
    keep = ~book.siret.isin(hidden)
    kept = clients[keep]
    if len(hidden) < 10 or kept.empty:
        return None
    rest = book.only(keep)
    table = rank(kept, establishments, reach=reach, naf=naf, weights=weights, book=rest).prospects
    looked = hidden & set(table["siret"])
    decile = max(round(len(table) / 10), 1)
    by_cost = table.sort_values(["cost", "siret"])["siret"][:decile]
    return BackTest(
        hidden=len(hidden),
        found=len(hidden & set(table["siret"][:decile])) / len(hidden),
        by_cost=len(hidden & set(by_cost)) / len(hidden),
        by_chance=decile / max(len(table), decile) * len(looked) / len(hidden),
        unlooked=len(hidden) - len(looked),
    )
