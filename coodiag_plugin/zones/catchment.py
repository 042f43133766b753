"""Catchment zones by the cumulative rule (METHODS §1; Applebaum 1966), outliers and density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from ..core.errors import InputError
from ..core.privacy import is_few
from .contour import Polygon, contour

#: French names of the zones, from the core outwards.
ZONE_NAMES = ("primaire", "secondaire", "tertiaire")
#: Fewer costs than this have no quartiles worth a rule.
_FEWEST_FOR_QUARTILES = 8
#: Costs below this (seconds, or metres) count as this in a logarithm.
_SMALLEST_COST = 1.0
#: Most cells along the wider side of a density grid.
_MOST_CELLS = 1500


@dataclass(frozen=True, eq=False)
class Zone:
    """One cumulative zone: the members that hold at least ``threshold`` per cent of the weight.

    ``members`` are row numbers, inner zones included; ``share`` is the per cent actually held and
    ``reach`` the largest cost among the members.
    """

    name: str
    threshold: float
    share: float
    members: np.ndarray
    reach: float

    @property
    def count(self) -> int:
        return len(self.members)


def zone_name(rank: int) -> str:
    """``primaire``, ``secondaire``, ``tertiaire``, then ``zone 4``…"""
    return ZONE_NAMES[rank] if rank < len(ZONE_NAMES) else f"zone {rank + 1}"


def check_thresholds(thresholds: Sequence[float]) -> list[float]:
    """Percentages above 0 up to 100, ascending and once each."""
    if not thresholds or not all(0 < value <= 100 for value in thresholds):
        raise InputError(
            "The thresholds “{given}” cannot be used: give percentages above 0 and up to 100, for example 60,80,95.",
            given=", ".join(f"{value:g}" for value in thresholds),
        )
    return sorted(set(thresholds))


def cumulative(
    cost: np.ndarray,
    weights: np.ndarray,
    keys: np.ndarray | None,
    thresholds: Sequence[float],
) -> list[Zone]:
    """Zones of the clients ranked by ``keys`` ascending (by ``cost`` when None).

    C_k = Σ_{i≤k} w_i / Σ w_i; a zone ends at the smallest k with C_k ≥ threshold. Clients with
    equal keys enter together, so the order of the rows does not matter. A client whose cost or
    key is not finite takes no part (the caller counts them).
    """
    keys = cost if keys is None else keys
    rows = np.flatnonzero(np.isfinite(cost) & np.isfinite(keys))
    total = weights[rows].sum()
    if not len(rows) or not total > 0:
        raise InputError(
            "No client takes part in the catchment: none is located and linked, or all weights are zero. Check the clients, the roads and the weight field."
        )
    steps, step = np.unique(keys[rows], return_inverse=True)
    # Sums by step in the order of the weights: the same whatever the order of the rows.
    order = np.lexsort((weights[rows], step))
    held = np.cumsum(np.bincount(step[order], weights=weights[rows][order], minlength=len(steps)))
    held = held / held[-1]
    zones = []
    for rank, threshold in enumerate(check_thresholds(thresholds)):
        last = int(np.searchsorted(held, threshold / 100 - 1e-12))
        last = min(last, len(steps) - 1)
        members = rows[step <= last]
        zones.append(
            Zone(
                zone_name(rank),
                threshold,
                max(float(100 * held[last]), threshold) if held[last] < 1 else 100.0,
                members,
                float(cost[members].max()),
            )
        )
    return zones


def share_keys(groups: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Keys that rank clients by the share of their commune, largest first (−share)."""
    _, group = np.unique(groups, return_inverse=True)
    order = np.lexsort((weights, group))
    sums = np.bincount(group[order], weights=weights[order])
    return -(sums / sums.sum())[group] if sums.sum() > 0 else np.zeros(len(groups))


def outliers(cost: np.ndarray, cutoff: float | None = None) -> np.ndarray:
    """Clients left out as too far: above ``cutoff``, or above Q3 + 3·IQR of the log of the cost.

    The rule needs 8 finite costs and quartiles that differ: where most clients share one place
    (addresses known to the town only) it would call all the others outliers.
    """
    finite = np.isfinite(cost)
    if cutoff is not None:
        return finite & (cost > cutoff)
    if finite.sum() < _FEWEST_FOR_QUARTILES:
        return np.zeros(len(cost), dtype=bool)
    logs = np.log(np.maximum(cost, _SMALLEST_COST), where=finite, out=np.full(len(cost), -np.inf))
    low, high = np.quantile(logs[finite], [0.25, 0.75])
    if high - low < 1e-9:
        return np.zeros(len(cost), dtype=bool)
    return logs > high + 3 * (high - low)


def nearest_site(cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Site of least cost of each client (the first of equals) and that cost; inf stays −1."""
    site = cost.argmin(axis=0)
    best = cost[site, np.arange(cost.shape[1])]
    return np.where(np.isfinite(best), site, -1), best


def shown_beside(
    whole: Sequence[np.ndarray],
    fits: Sequence[bool],
    parts: Sequence[tuple[np.ndarray, Sequence[np.ndarray]]],
    minimum: int,
) -> list[bool]:
    """Which counts of the zones of all (``whole``) may be shown beside the zones of the parts.

    ``fits`` says which may be shown by themselves. A part is the rows of its people, who are
    ``minimum`` at least, and the zones whose count is shown. Rows, never counts, are compared: what
    a reader subtracts are shown rings of the parts from rings of the whole. A count closes where the
    people of a ring of the whole that no shown ring of a part holds inside it are 1 to
    ``minimum − 1``, or the people whom the shown rings that touch it hold outside it.
    """
    size = 1 + max((int(rows.max()) for rows, _ in parts if len(rows)), default=-1)
    ring = np.full(size, -1)
    rings = 0
    for rows, zones in parts:
        ring[rows] = rings + len(zones)
        for rank in reversed(range(len(zones))):
            ring[zones[rank]] = rings + rank
        rings += len(zones) + 1
    column = np.full(size, len(whole))
    for rank in reversed(range(len(whole))):
        column[whole[rank]] = rank
    held = np.zeros((rings, len(whole) + 1), dtype=int)
    np.add.at(held, (ring[ring >= 0], column[ring >= 0]), 1)
    sums = held.sum(axis=1)

    def told(start: int, end: int) -> bool:
        inside = held[:, start:end].sum(axis=1)
        crossed = (inside > 0) & (inside < sums)
        return is_few(int(inside[crossed].sum()), minimum) or is_few(
            int((sums - inside)[crossed].sum()), minimum
        )

    shown: list[int] = [0]
    result = []
    for end, fit in enumerate(fits, start=1):
        fit = fit and not told(end, len(whole) + 1)
        fit = fit and not any(told(start, end) for start in shown)
        if fit:
            shown.append(end)
        result.append(fit)
    return result


def main_site(groups: np.ndarray, site: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """For each person, the site to which most of the weight of their group (commune) goes.

    Of equal sites the first. Persons without a site (−1) count for none, and a group whose
    weights are all zero goes by heads.
    """
    _, group = np.unique(groups.astype(str), return_inverse=True)
    rows = np.flatnonzero(site >= 0)
    if not len(rows):
        return np.full(len(site), -1)
    shape = (int(group.max()) + 1, int(site.max()) + 1)
    cell = group[rows] * shape[1] + site[rows]
    order = np.lexsort((weights[rows], cell))  # sums that do not depend on the order of the rows
    held = np.bincount(cell[order], weights[rows][order], shape[0] * shape[1]).reshape(shape)
    heads = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    chosen = np.where(held.any(axis=1), held.argmax(axis=1), heads.argmax(axis=1))
    return np.where(heads.any(axis=1), chosen, -1)[group]


def standard_bandwidth(points: np.ndarray, weights: np.ndarray) -> float:
    """Scott's rule in two dimensions, metres: n_eff^(−1/6) · root mean variance of x and y."""
    total = weights.sum()
    mean = (points * weights[:, None]).sum(axis=0) / total
    variance = (((points - mean) ** 2) * weights[:, None]).sum(axis=0) / total
    effective = total**2 / (weights**2).sum()
    return float(np.sqrt(variance.mean()) * effective ** (-1 / 6))


def density_zones(
    points: np.ndarray, weights: np.ndarray, thresholds: Sequence[float], bandwidth: float
) -> list[list[Polygon]]:
    """Isopleths of a Gaussian density that enclose each percentage of its mass.

    The level is the one whose cells above it hold the share, not an arbitrary one; areas are
    nested. Metres in, metres out; cells of a fifth of the bandwidth, coarser over a very wide area.
    """
    spread = float(np.ptp(points, axis=0).max())
    cell = max(bandwidth / 5, spread / _MOST_CELLS)
    low = points.min(axis=0) - 4 * bandwidth
    size = np.ceil((points.max(axis=0) + 4 * bandwidth - low) / cell).astype(int) + 1
    column, row = np.round((points - low) / cell).astype(int).T
    grid = np.zeros((size[1], size[0]))
    np.add.at(grid, (row, column), weights)
    density = gaussian_filter(grid, bandwidth / cell, mode="constant", truncate=4.0)
    density /= density.sum()
    ranked = np.sort(density, axis=None)[::-1]
    held = np.cumsum(ranked)
    polygons = []
    for threshold in check_thresholds(thresholds):
        rank = min(int(np.searchsorted(held, threshold / 100 * (1 - 1e-12))), len(ranked) - 1)
        level = max(ranked[rank], np.finfo(float).tiny)
        polygons.append(contour((level - density) / level, low[0], low[1], cell))
    return polygons
