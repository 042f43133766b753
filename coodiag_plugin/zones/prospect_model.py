"""What the client portfolio teaches about prospects: lifts, decay with cost, saturation (METHODS §3).

What a score may betray is kept from it: activities and sizes whose count of clients must be
hidden are weighed together, and communes whose count is hidden share one saturation.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..core.nomenclatures import NafFilter, tranches
from ..core.privacy import MIN_COUNT, suppressed_keys

#: Pseudo-clients that draw every lift towards 1.
PSEUDO_COUNTS = 10.0
#: Exponent of the decay with cost, and the smallest span, as a share of the reach: clients that
#: all stand at the doorstep would else leave nothing of a prospect ten minutes away.
BETA = 2.0
MIN_SPAN_SHARE = 0.25
#: Establishments from which a commune enters the P75 of penetration, and the percentile.
MIN_ESTABLISHMENTS = 5
SATURATION_QUANTILE = 0.75
#: Even the most worked commune keeps a tenth of its promise: its prospects stay in order.
MAX_SATURATION = 0.9
POOLED = "*"


@dataclass(frozen=True)
class Model:
    """What the client portfolio teaches: everything a score is made of."""

    naf_lift: Mapping[str, float]  # by division, POOLED for the others
    size_lift: Mapping[str, float]  # by workforce band, POOLED for the others
    span: float  # median cost of the clients, at least a quarter of the reach
    saturation: Mapping[str, float]  # by commune, 0 to MAX_SATURATION
    shown_communes: frozenset[str]  # communes whose saturation may be put in words
    reference_lift: float  # POOLED lift of the activities
    target_divisions: tuple[str, ...]

    def factors(self, table: pd.DataFrame) -> pd.DataFrame:
        """The four factors of each establishment of ``table``, all ≥ 0."""
        band = size_band(table["tranche"])
        saturation = table["codgeo"].map(self.saturation).fillna(0.0).astype(float)
        return pd.DataFrame(
            {
                "naf": division(table["naf"])
                .map(self.naf_lift)
                .fillna(self.reference_lift)
                .astype(float),
                "size": band.map(self.size_lift).fillna(self.size_lift[POOLED]).astype(float),
                "cost": decay(table["cost"].to_numpy(dtype=float), self.span),
                "saturation": 1.0 - saturation,
            },
            index=table.index,
        )


def division(naf: pd.Series) -> pd.Series:
    """The two digits of each activity, ``""`` when it is not known."""
    return naf.map({code: code[:2] for code in naf.unique()}).astype(object)


def size_band(tranche: pd.Series) -> pd.Series:
    """Workforce band of each class; the classes that are not known share an empty band."""
    return tranche.map({code: row.band for code, row in tranches().items()}).fillna("")


def target_divisions(
    naf: pd.Series, wanted: Sequence[str] = (), min_count: int = MIN_COUNT
) -> tuple[str, ...]:
    """Divisions to look for: the asked ones, else those with enough clients, else all of theirs."""
    if wanted:
        return tuple(sorted({code[:2] for code in NafFilter(wanted).prefixes}))
    counts = division(naf[naf != ""]).value_counts()
    if counts.empty:
        raise InputError(
            "No activity is known for the clients: give their SIRET, or choose the activities to look for."
        )
    enough = counts[counts >= min_count]
    return tuple(sorted(enough.index if len(enough) else counts.index))


def shrunk_lift(
    count: float, clients: float, size: float, establishments: float, pseudo: float = PSEUDO_COUNTS
) -> float:
    """(c + k·p) / ((C + k)·p), p = ``size`` / ``establishments``: 1 = as frequent as in the fabric.

    c of C ``clients`` are of the group; k pseudo-clients spread like the fabric draw it towards 1.
    """
    share = size / establishments
    return (count + pseudo * share) / ((clients + pseudo) * share)


def lift(
    clients: pd.Series,
    establishments: pd.Series,
    pseudo: float = PSEUDO_COUNTS,
    min_count: int = MIN_COUNT,
) -> dict[str, float]:
    """Share of each group among clients over its share among establishments (:func:`shrunk_lift`).

    Groups whose count of clients must be hidden are weighed as one, POOLED, so that no small count
    shows.
    """
    total = len(establishments)
    sizes = establishments.value_counts()
    clients = clients[clients.isin(set(sizes.index))]
    mine = clients.value_counts()
    counts = {str(group): int(mine.get(group, 0)) for group in sizes.index}
    hidden = suppressed_keys(counts, min_count)
    groups = {
        group: (float(counts[group]), float(sizes[group]))
        for group in counts
        if group not in hidden
    }
    if hidden:
        groups[POOLED] = (
            float(sum(counts[group] for group in hidden)),
            float(sum(sizes[group] for group in hidden)),
        )
    result = {POOLED: 1.0}
    for group, (count, size) in groups.items():
        result[group] = shrunk_lift(count, len(clients), size, total, pseudo)
    return result


def decay(cost: np.ndarray, span: float, beta: float = BETA) -> np.ndarray:
    """f(t) = exp(−ln 2·(t/span)^β): 1 at the site, one half at the span."""
    return np.exp(-math.log(2) * (np.asarray(cost, dtype=float) / span) ** beta)


def saturation(
    clients: Mapping[str, int],
    establishments: Mapping[str, int],
    min_count: int = MIN_COUNT,
    sensitive: Collection[str] = (),
) -> tuple[dict[str, float], frozenset[str]]:
    """How far each commune is worked (0 to MAX_SATURATION), and the communes that may be told.

    Penetration over its P75 among the communes with at least 5 target establishments. Only
    communes whose count may be shown have their own penetration, and only they make the P75; the
    others take the penetration of all of them together, which the total gives away anyway.
    ``sensitive``: communes to treat so in any case, because another output hides their count.
    """
    counts = {commune: int(clients.get(commune, 0)) for commune in establishments}
    hidden = suppressed_keys(counts, min_count, counts.keys() & set(sensitive))
    base = sum(establishments[commune] for commune in hidden)
    pooled = sum(counts[commune] for commune in hidden) / base if base else 0.0
    penetration = {
        commune: pooled if commune in hidden else counts[commune] / size if size else 0.0
        for commune, size in establishments.items()
    }
    large = [
        penetration[commune]
        for commune, size in establishments.items()
        if size >= MIN_ESTABLISHMENTS and commune not in hidden
    ]
    top = float(np.quantile(large, SATURATION_QUANTILE)) if large else 0.0
    if top <= 0:
        top = max(penetration.values(), default=0.0)
    result = {
        commune: min(value / top, MAX_SATURATION) if top > 0 else 0.0
        for commune, value in penetration.items()
    }
    return result, frozenset(set(counts) - hidden)


def _known(groups: pd.Series) -> pd.Series:
    return groups[groups != ""]


def fit(
    clients: pd.DataFrame,
    establishments: pd.DataFrame,
    reach: float,
    naf: Sequence[str] = (),
    min_count: int = MIN_COUNT,
    hidden: Collection[str] = (),
) -> Model:
    """Learn the portfolio. ``clients`` carry naf, tranche, codgeo and cost (NaN when unknown).

    ``establishments``: those within reach, clients included. Clients without any activity are
    taken for persons and teach nothing, unless all are. ``hidden``: see :func:`saturation`.
    """
    firms = clients[clients["naf"] != ""]
    clients = clients if firms.empty else firms
    targets = target_divisions(clients["naf"], naf, min_count)
    naf_lift = lift(
        _known(division(clients["naf"])),
        _known(division(establishments["naf"])),
        min_count=min_count,
    )
    size_lift = lift(
        _known(size_band(clients["tranche"])),
        _known(size_band(establishments["tranche"])),
        min_count=min_count,
    )
    size_lift[""] = 1.0  # a size that is not known speaks neither for nor against
    cost = clients["cost"].to_numpy(dtype=float)
    cost = cost[np.isfinite(cost)]
    target = establishments[division(establishments["naf"]).isin(targets)]
    shares, shown = saturation(
        clients["codgeo"].value_counts().to_dict(),
        target["codgeo"].value_counts().to_dict(),
        min_count,
        hidden,
    )
    return Model(
        naf_lift=naf_lift,
        size_lift=size_lift,
        span=max(float(np.median(cost)) if len(cost) else 0.0, MIN_SPAN_SHARE * reach),
        saturation=shares,
        shown_communes=shown,
        reference_lift=naf_lift[POOLED],
        target_divisions=targets,
    )
