"""What observed clients say of the exponents of Huff's model: maximum likelihood.

The choice of a site is a conditional logit (McFadden 1974): with n_ij clients of place i at site j,
ln L = Σ_ij n_ij·ln p_ij. Its gradient and second derivatives are known in closed form; a power and
an exponential make it concave, so that its one maximum is found from anywhere, and a logistic decay
is tried from several starts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, minimize
from scipy.stats import chi2

from ..core.errors import InputError
from .interaction import FLOOR, Decay, Huff, probabilities
from .pairs import Pairs

#: Fewest clients from whom exponents are estimated.
FEWEST_CLIENTS = 30
#: Least share of a covariate's spread within the places that the other does not explain.
_INDEPENDENT = 1e-6
#: A standard error above this, for one spread of the covariate, says that nothing was learnt.
_VAGUE = 10.0
#: Slope of the mean log-likelihood under which a maximum is one.
_LEVEL = 1e-6
#: Steepness of the logistic starts, per spread of the cost, and where they stand on the costs.
_STEEP, _MIDDLE = (0.5, 2.0, 5.0), (0.2, 0.5, 0.8)


@dataclass(frozen=True)
class Estimate:
    """One parameter: its value, its standard error, and the one robust to unlike places.

    ``error`` takes each client for one independent draw; ``robust`` (sandwich, one cluster per
    place) also holds where the clients of a place are alike, or are weights rather than persons.
    """

    name: str
    value: float
    error: float
    robust: float


@dataclass(frozen=True)
class Fit:
    """The estimated model, how sure it is, and how much better than chance it tells.

    ``loglik`` against ``null`` (every site of a place as likely as another); ``common`` is the
    share of the clients that the model sends where they go, Σ min(n, N·p) / Σ n.
    """

    model: Huff
    estimates: tuple[Estimate, ...]
    loglik: float
    null: float
    clients: float
    places: int
    sites: int
    common: float

    @property
    def pseudo_r2(self) -> float:
        """McFadden's: 1 − ln L / ln L0."""
        return 1 - self.loglik / self.null

    @property
    def likelihood_ratio(self) -> float:
        return 2 * (self.loglik - self.null)

    @property
    def p_value(self) -> float:
        """Probability of such a ratio if neither attraction nor cost mattered."""
        return float(chi2.sf(self.likelihood_ratio, len(self.estimates)))

    @property
    def plausible(self) -> bool:
        """Whether the larger and the nearer site draws more."""
        return self.model.gamma > 0 and self.model.decay.falls


def calibrate(
    pairs: Pairs,
    attraction: np.ndarray,
    clients: np.ndarray,
    decay: str,
    floor: float = FLOOR,
    fewest: float = FEWEST_CLIENTS,
) -> Fit:
    """Estimate γ and λ from ``clients``, the number of them on each pair.

    The sites of a place's pairs are what its clients could choose from; ``attraction`` (sites) is
    above zero. Refuses, with the reason, what cannot tell one exponent from another.
    """
    choice = _Choice.of(pairs, attraction, clients, decay, floor)
    choice.check(fewest)
    best = _maximise(choice)
    information = choice.second(best.x)
    level = float(np.abs(best.jac).max()) < _LEVEL
    covariance = _inverse(information, level, decay)
    scores = choice.scores(best.x)
    groups = len(choice.starts)
    meat = scores.T @ scores * groups / max(groups - 1, 1)
    robust = covariance @ meat @ covariance
    names = ("gamma", "lambda1", "lambda2") if decay == "logistic" else ("gamma", "lambda")
    scale = choice.scale
    estimates = tuple(
        Estimate(name, float(value), float(math.sqrt(one)), float(math.sqrt(other)))
        for name, value, one, other in zip(
            names,
            best.x / scale,
            np.diag(covariance) / scale**2,
            np.diag(robust) / scale**2,
        )
    )
    values = [estimate.value for estimate in estimates]
    model = Huff(values[0], Decay(decay, tuple(values[1:])), floor)
    share = probabilities(choice.pairs, attraction, model)
    sent = choice.by_place[choice.rank] * share
    return Fit(
        model,
        estimates,
        loglik=float(choice.loglik(best.x)),
        null=choice.null,
        clients=float(choice.clients.sum()),
        places=groups,
        sites=len(np.unique(choice.pairs.site)),
        common=float(np.minimum(choice.clients, sent).sum() / choice.clients.sum()),
    )


@dataclass(frozen=True, eq=False)
class _Choice:
    """Choices as columns by pair: ln A and the covariate of cost, each divided by its spread.

    ``starts`` are the rows where a place begins, ``rank`` the place (0…) of each row.
    """

    pairs: Pairs
    clients: np.ndarray
    draw: np.ndarray
    cost: np.ndarray
    logistic: bool
    scale: np.ndarray
    spread: np.ndarray
    starts: np.ndarray
    rank: np.ndarray

    @classmethod
    def of(
        cls, pairs: Pairs, attraction: np.ndarray, clients: np.ndarray, decay: str, floor: float
    ) -> _Choice:
        keep = pairs.by_place(clients)[pairs.place] > 0
        pairs, clients = pairs.only(keep), clients[keep]
        draw = np.log(attraction[pairs.site])
        cost = np.maximum(pairs.cost, floor)
        cost = np.log(cost) if decay == "power" else cost
        new = np.r_[True, np.diff(pairs.place) > 0] if len(pairs) else np.empty(0, dtype=bool)
        starts, rank = np.flatnonzero(new), np.cumsum(new) - 1
        columns = np.column_stack([draw, cost])
        spread = _within(columns, clients, starts, rank)
        safe = np.where(np.diag(spread) > 0, np.sqrt(np.maximum(np.diag(spread), 0)), 1.0)
        logistic = decay == "logistic"
        # The intercept of a logistic has no unit of its own.
        scale = np.array([safe[0], 1.0, safe[1]]) if logistic else safe
        return cls(
            pairs, clients, draw / safe[0], cost / safe[1], logistic, scale, spread, starts, rank
        )

    @property
    def by_place(self) -> np.ndarray:
        return np.add.reduceat(self.clients, self.starts)

    @property
    def null(self) -> float:
        sizes = np.diff(np.r_[self.starts, len(self.clients)])
        return float(-(self.by_place * np.log(sizes)).sum())

    def check(self, fewest: float) -> None:
        """Refuse what no maximum could be read from."""
        total = float(self.clients.sum())
        if total < fewest:
            raise InputError(
                "Too few clients to estimate GAMMA and LAMBDA: {count}, where at least {fewest} are needed. Give more of them, or leave OBSERVED empty to use GAMMA and LAMBDA as given.",
                count=f"{total:g}",
                fewest=f"{fewest:g}",
            )
        chosen = np.unique(self.pairs.site[self.clients > 0])
        if len(chosen) < 2 or not np.any(np.diff(np.r_[self.starts, len(self.clients)]) > 1):
            raise InputError(
                "GAMMA and LAMBDA cannot be estimated: the clients go to {sites} site, and a choice needs two. Give clients of several sites, or leave OBSERVED empty to use GAMMA and LAMBDA as given.",
                sites=len(chosen),
            )
        attraction, cost = np.diag(self.spread)
        if attraction <= _INDEPENDENT:
            raise InputError(
                "GAMMA cannot be estimated: the sites among which the clients choose have the same attraction. Choose another field, or leave OBSERVED empty to use GAMMA and LAMBDA as given."
            )
        if cost <= _INDEPENDENT:
            raise InputError(
                "LAMBDA cannot be estimated: each client has all the sites at the same cost. Leave OBSERVED empty to use GAMMA and LAMBDA as given."
            )
        if 1 - self.spread[0, 1] ** 2 / (attraction * cost) < _INDEPENDENT:
            raise InputError(
                "GAMMA and LAMBDA cannot be told from each other: the larger site is always the nearer one, or the farther one, in the same proportion. Give more places or more sites, or leave OBSERVED empty to use GAMMA and LAMBDA as given."
            )

    def utility(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """V of each pair, its derivatives (pairs, parameters), and s·(1−s) of a logistic decay."""
        if not self.logistic:
            columns = np.column_stack([self.draw, self.cost])
            return columns @ x, columns, np.zeros(len(self.draw))
        inner = x[1] + x[2] * self.cost
        sigmoid = np.exp(-np.logaddexp(0.0, -inner))
        value = x[0] * self.draw - np.logaddexp(0.0, inner)
        columns = np.column_stack([self.draw, -sigmoid, -sigmoid * self.cost])
        return value, columns, sigmoid * (1 - sigmoid)

    def log_share(self, value: np.ndarray) -> np.ndarray:
        """ln p of each pair."""
        value = value - np.maximum.reduceat(value, self.starts)[self.rank]
        return value - np.log(np.add.reduceat(np.exp(value), self.starts))[self.rank]

    def loglik(self, x: np.ndarray) -> float:
        return float(self.clients @ self.log_share(self.utility(x)[0]))

    def scores(self, x: np.ndarray) -> np.ndarray:
        """Gradient of each place (places, parameters)."""
        value, columns, _ = self.utility(x)
        rest = self.clients - self.by_place[self.rank] * np.exp(self.log_share(value))
        return np.add.reduceat(rest[:, None] * columns, self.starts)

    def second(self, x: np.ndarray) -> np.ndarray:
        """Minus the second derivatives of ln L (the observed information)."""
        value, columns, bend = self.utility(x)
        share = np.exp(self.log_share(value))
        weight = self.by_place[self.rank] * share
        mean = np.add.reduceat(share[:, None] * columns, self.starts)[self.rank]
        centred = columns - mean
        information = (weight[:, None] * centred).T @ centred
        if self.logistic:
            pull = (self.clients - weight) * bend
            inner = np.column_stack([np.ones(len(pull)), self.cost])
            information[1:, 1:] += (pull[:, None] * inner).T @ inner
        return information


def _within(
    columns: np.ndarray, clients: np.ndarray, starts: np.ndarray, rank: np.ndarray
) -> np.ndarray:
    """Mean covariance of the columns within the places, every site as likely as another."""
    if not len(starts):
        return np.zeros((2, 2))
    sizes = np.diff(np.r_[starts, len(rank)])
    centred = columns - (np.add.reduceat(columns, starts) / sizes[:, None])[rank]
    weight = (np.add.reduceat(clients, starts) / sizes)[rank]
    return (weight[:, None] * centred).T @ centred / clients.sum()


def _starts(choice: _Choice) -> Sequence[np.ndarray]:
    if not choice.logistic:
        return [np.zeros(2)]
    middles = np.quantile(choice.cost, _MIDDLE)
    return [
        np.array([1.0 * choice.scale[0], -steep * middle, steep])
        for steep in _STEEP
        for middle in middles
    ]


def _maximise(choice: _Choice) -> OptimizeResult:
    """The highest maximum found; the mean likelihood has the same one and a plain scale."""
    total = choice.clients.sum()
    found = [
        minimize(
            lambda x: -choice.loglik(x) / total,
            start,
            jac=lambda x: -choice.scores(x).sum(axis=0) / total,
            hess=lambda x: choice.second(x) / total,
            method="trust-exact",
            options={"gtol": 1e-9, "maxiter": 500},
        )
        for start in _starts(choice)
    ]
    return min(found, key=lambda result: float(result.fun))


def _inverse(information: np.ndarray, level: bool, decay: str) -> np.ndarray:
    """Covariance of the estimates; refuses a maximum that stands nowhere (``level``: it is one)."""
    size = np.sqrt(np.abs(np.diag(information)))
    with np.errstate(divide="ignore", invalid="ignore"):
        flat = information / np.outer(size, size)
    steep = level and np.isfinite(flat).all() and np.linalg.eigvalsh(flat)[0] > _INDEPENDENT
    covariance = np.linalg.inv(information) if steep else np.full_like(information, np.inf)
    if not steep or np.sqrt(np.abs(np.diag(covariance))).max() > _VAGUE:
        raise InputError(
            "GAMMA and LAMBDA cannot be estimated with the decay {decay}: these clients let them take any value (they all go to the nearest or the largest site, or another decay fits as well). Choose another decay, or leave OBSERVED empty to use GAMMA and LAMBDA as given.",
            decay=decay,
        )
    return covariance
