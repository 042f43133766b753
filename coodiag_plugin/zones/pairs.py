"""Costs between places and sites, kept only for the pairs within a reach.

35 000 places and 2 000 sites make 70 million pairs, of which a reach keeps a few per cent: what is
kept is three columns, and no table of places × sites is ever held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix
from scipy.spatial import cKDTree

from ..core.progress import Progress
from .graph import RoadGraph
from .nearest import KILOMETRE, MAX_GAP, MINUTE
from .search import cost_at, search
from .snapping import Snapped, snap

#: Cells (sites × places) looked at at once: 8 bytes each.
_BLOCK_CELLS = 4_000_000
#: A cost this little above a limit is within it: sums of seconds carry the noise of floats.
EDGE = 1e-9

_Block = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of a place and a site, by place then site.

    ``place`` and ``site`` are row numbers, ``cost`` is in minutes or kilometres.
    ``place_linked`` and ``site_linked`` tell, for every row, whether it has coordinates and, on
    roads, lies near one: what is not linked is in no pair.
    """

    place: np.ndarray
    site: np.ndarray
    cost: np.ndarray
    place_linked: np.ndarray
    site_linked: np.ndarray

    def __len__(self) -> int:
        return len(self.cost)

    @property
    def places(self) -> int:
        return len(self.place_linked)

    @property
    def sites(self) -> int:
        return len(self.site_linked)

    def only(self, keep: np.ndarray) -> Pairs:
        """The pairs of a mask."""
        return replace(self, place=self.place[keep], site=self.site[keep], cost=self.cost[keep])

    def by_place(self, values: np.ndarray) -> np.ndarray:
        """Sum over the pairs of each place."""
        return np.bincount(self.place, weights=values, minlength=self.places)

    def by_site(self, values: np.ndarray) -> np.ndarray:
        """Sum over the pairs of each site."""
        return np.bincount(self.site, weights=values, minlength=self.sites)

    def largest_by_place(self, values: np.ndarray) -> np.ndarray:
        """Largest value among the pairs of each place, −inf for a place in no pair."""
        result = np.full(self.places, -np.inf)
        if len(self):
            first = np.flatnonzero(np.r_[True, np.diff(self.place) > 0])
            result[self.place[first]] = np.maximum.reduceat(values, first)
        return result

    def find(self, place: np.ndarray, site: np.ndarray) -> np.ndarray:
        """Row of each (place, site) among the pairs, −1 for one that is not there."""
        keys = self.place.astype(np.int64) * self.sites + self.site
        wanted = np.asarray(place, dtype=np.int64) * self.sites + np.asarray(site, dtype=np.int64)
        if not len(keys):
            return np.full(len(wanted), -1)
        rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[rows] == wanted, rows, -1)


def pairs_within(
    places: np.ndarray,
    sites: np.ndarray,
    graph: RoadGraph | None,
    mode: str = "time",
    *,
    limit: float = np.inf,
    max_gap: float = MAX_GAP,
    progress: Progress,
) -> Pairs:
    """Costs from ``places`` (n, 2) to ``sites`` (m, 2), metres, of the pairs within ``limit``.

    Minutes (mode ``time``) or kilometres of road (``distance``), on the way from the place to the
    site; without a graph kilometres as the crow flies. ``max_gap``: farthest road of a place,
    metres (sites: 1 km).
    """
    places = np.asarray(places, dtype=float).reshape(-1, 2)
    sites = np.asarray(sites, dtype=float).reshape(-1, 2)
    if graph is None:
        place_linked = np.isfinite(places).all(axis=1)
        site_linked = np.isfinite(sites).all(axis=1)
        blocks = _straight(places, sites, place_linked, site_linked, limit, progress)
    else:
        targets, origins = snap(graph, places, max_gap), snap(graph, sites, MAX_GAP)
        place_linked, site_linked = targets.linked, origins.linked
        blocks = _on_roads(graph, targets, origins, mode, limit, progress)
    columns = [list(column) for column in zip(*blocks)]
    if not columns:
        nothing = np.empty(0, dtype=np.int32)
        return Pairs(nothing, nothing, np.empty(0), place_linked, site_linked)
    place, site, cost = (np.concatenate(column) for column in columns)
    columns.clear()
    # A counting sort by place; costs of zero stay, as the matrix keeps what it is given.
    shape = (len(places), len(sites))
    table = coo_matrix((cost, (place, site)), shape).tocsr()
    table.sort_indices()
    ranks = np.repeat(np.arange(shape[0], dtype=np.int32), np.diff(table.indptr))
    return Pairs(ranks, table.indices, table.data, place_linked, site_linked)


def _slices(count: int, width: int) -> Iterator[np.ndarray]:
    """Rows 0…count, by groups whose table of ``width`` columns fits a block."""
    size = max(_BLOCK_CELLS // max(width, 1), 1)
    for start in range(0, count, size):
        yield np.arange(start, min(start + size, count))


def _straight(
    places: np.ndarray,
    sites: np.ndarray,
    place_linked: np.ndarray,
    site_linked: np.ndarray,
    limit: float,
    progress: Progress,
) -> Iterator[_Block]:
    here, there = np.flatnonzero(place_linked), np.flatnonzero(site_linked)
    if not len(here) or not len(there):
        return
    tree = cKDTree(places[here]) if np.isfinite(limit) else None
    for rows in _slices(len(there), len(here)):
        progress.check()
        progress.set(rows[0] / len(there))
        chosen = there[rows]
        if tree is None:
            gap = np.hypot(*np.moveaxis(places[here][None] - sites[chosen][:, None], 2, 0))
            site = np.repeat(chosen, len(here)).astype(np.int32)
            place = np.tile(here, len(chosen)).astype(np.int32)
            yield place, site, gap.ravel() / KILOMETRE
            continue
        near = cKDTree(sites[chosen]).sparse_distance_matrix(
            tree, (limit + EDGE) * KILOMETRE, output_type="ndarray"
        )
        place, site = here[near["j"]].astype(np.int32), chosen[near["i"]].astype(np.int32)
        yield place, site, near["v"] / KILOMETRE


def _on_roads(
    graph: RoadGraph,
    targets: Snapped,
    origins: Snapped,
    mode: str,
    limit: float,
    progress: Progress,
) -> Iterator[_Block]:
    """One search per site, against the direction of the roads: the trip goes to the site."""
    scale = MINUTE if mode == "time" else KILOMETRE
    here, there = np.flatnonzero(targets.linked), np.flatnonzero(origins.linked)
    places, sites = targets.take(here), origins.take(there)
    for batch, nodes in search(graph, sites, (limit + EDGE) * scale, True, mode):
        for rows in _slices(len(batch), len(here)):
            progress.check()
            progress.set(float(batch[rows[0]] / len(there)))
            chosen = sites.take(batch[rows])
            cost = cost_at(graph, nodes[rows], chosen, places, True, mode) / scale
            site, place = np.nonzero(np.isfinite(cost) & (cost <= limit + EDGE))
            found = cost[site, place]
            yield here[place].astype(np.int32), there[batch[rows]][site].astype(np.int32), found
