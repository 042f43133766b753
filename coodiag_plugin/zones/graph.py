"""The road graph: lines become nodes and edges in plain arrays, ready for scipy's searches.

Coordinates are metres in the legal projection. Costs exist in two modes: ``time`` (seconds) and
``distance`` (metres on the network); a closed direction costs infinity. Nothing here knows QGIS,
and every array can be stored and memory-mapped as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from ..core.errors import InputError

#: End points nearer than this (metres) are one node.
TOLERANCE = 0.1
#: Speed of the leg between a point and the road, m/s (4 km/h).
WALK = 4 / 3.6
#: A part of the network shorter than both limits is a scrap: no point is joined to it.
SCRAP_METRES, SCRAP_SHARE = 2000.0, 0.01
#: Vertices are compared to the millimetre.
_MILLIMETRES = 1000.0

MODES = ("time", "distance")


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """Nodes ``xy`` (n, 2); edges ``u → v`` with ``length`` (m), ``forward`` and ``backward`` (s).

    The geometry of edge ``e`` is ``coords[offsets[e]:offsets[e + 1]]`` and ``along`` is the
    distance of each of its vertices from ``u``. ``joinable`` edges may receive a point (nobody
    steps from a house onto a motorway). ``crs`` is the EPSG code of the coordinates.
    """

    xy: np.ndarray
    u: np.ndarray
    v: np.ndarray
    length: np.ndarray
    forward: np.ndarray
    backward: np.ndarray
    coords: np.ndarray
    along: np.ndarray
    offsets: np.ndarray
    joinable: np.ndarray
    crs: str = ""

    def costs(self, mode: str = "time", reverse: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """Cost of each whole edge from ``u`` to ``v`` and back; ``reverse`` swaps the two."""
        if mode not in MODES:
            raise ValueError(f"mode {mode!r} is not one of {MODES}")
        there, back = self.forward, self.backward
        if mode == "distance":
            there = np.where(np.isfinite(there), self.length, np.inf)
            back = np.where(np.isfinite(back), self.length, np.inf)
        return (back, there) if reverse else (there, back)

    def matrix(self, mode: str = "time", reverse: bool = False) -> csr_matrix:
        """Cost matrix of the nodes; of parallel edges the cheapest stays. Kept once built."""
        key = (mode, reverse)
        if key not in self._matrices:
            self._matrices[key] = _cost_matrix(self, *self.costs(mode, reverse))
        return self._matrices[key]

    @cached_property
    def _matrices(self) -> dict[tuple[str, bool], csr_matrix]:
        return {}

    @cached_property
    def component(self) -> np.ndarray:
        """Number of the connected part (directions ignored) of each node."""
        ones = np.ones(len(self.u), dtype=np.int8)
        shape = (len(self.xy), len(self.xy))
        return connected_components(csr_matrix((ones, (self.u, self.v)), shape), directed=False)[1]

    @cached_property
    def component_length(self) -> np.ndarray:
        """Metres of edges in each connected part."""
        return np.bincount(self.component[self.u], weights=self.length)

    @property
    def main_share(self) -> float:
        """Share of the length that lies in the largest connected part, 0 to 1."""
        return float(self.component_length.max() / self.component_length.sum())

    @cached_property
    def usable(self) -> np.ndarray:
        """Edges that a point may be joined to: joinable, and not in a scrap of the network."""
        total = self.component_length.sum()
        scrap = (self.component_length < SCRAP_METRES) & (
            self.component_length < SCRAP_SHARE * total
        )
        return self.joinable & ~scrap[self.component[self.u]]

    @cached_property
    def bounds(self) -> np.ndarray:
        """Box of each edge: (edges, 4) as xmin, ymin, xmax, ymax."""
        start = self.offsets[:-1]
        return np.hstack(
            [np.minimum.reduceat(self.coords, start), np.maximum.reduceat(self.coords, start)]
        )

    def piece(self, edge: int, start: float, end: float) -> np.ndarray:
        """Polyline (k, 2) of an edge between two distances from ``u``."""
        rows = slice(self.offsets[edge], self.offsets[edge + 1])
        along, coords = self.along[rows], self.coords[rows]
        inner = (along > start) & (along < end)
        tips = np.column_stack([np.interp((start, end), along, coords[:, axis]) for axis in (0, 1)])
        return np.vstack([tips[:1], coords[inner], tips[1:]])


def build_graph(
    lines: Sequence[np.ndarray],
    seconds_forward: np.ndarray,
    seconds_backward: np.ndarray,
    tolerance: float = TOLERANCE,
    *,
    joinable: np.ndarray | None = None,
    level: np.ndarray | None = None,
    crs: str = "",
) -> RoadGraph:
    """Graph of ``lines`` ((k, 2) arrays, metres) and their seconds each way (inf: closed).

    End points within ``tolerance`` are joined. A line is also split where it shares a vertex with
    another one (OSM crossings), but only with one of the same ``level`` when levels are given, so
    that a bridge does not touch the road below it. Lines closed both ways are left out. Lines
    that cross without a common vertex stay apart: the share of the largest part tells.
    """
    forward = np.asarray(seconds_forward, dtype=float)
    backward = np.asarray(seconds_backward, dtype=float)
    kept, coords, line = _stack(lines, np.isfinite(forward) | np.isfinite(backward))
    if not len(kept):
        raise InputError(
            "The road layer has no line that this profile may use. Check the layer, its filter and the profile."
        )
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    ends = np.r_[starts[1:] - 1, len(line) - 1]
    is_end = np.zeros(len(line), dtype=bool)
    is_end[starts] = is_end[ends] = True
    place, places = _places(coords, is_end, tolerance)
    floor = np.zeros(len(kept), dtype=int)
    if level is not None:
        floor = np.unique(np.asarray(level)[kept], return_inverse=True)[1]
    storey = place * (floor.max() + 1) + floor[line]
    _, group = np.unique(storey, return_inverse=True)
    split = is_end | (np.bincount(group)[group] > 1)

    cut = np.flatnonzero(split)
    same_line = line[cut[:-1]] == line[cut[1:]]
    first, last = cut[:-1][same_line], cut[1:][same_line]
    return _assemble(
        coords, place, places, first, last, line,
        forward[kept], backward[kept],
        np.ones(len(kept), dtype=bool) if joinable is None else np.asarray(joinable)[kept],
        tolerance, crs,
    )  # fmt: skip


def _stack(
    lines: Sequence[np.ndarray], is_open: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lines kept (their numbers), all their vertices, and the rank of the line of each vertex.

    Repeated vertices go, and with them lines without length.
    """
    if not len(lines):
        return np.empty(0, dtype=int), np.empty((0, 2)), np.empty(0, dtype=int)
    counts = np.array([len(line) for line in lines])
    coords = np.concatenate([np.asarray(line, dtype=float)[:, :2] for line in lines])
    line = np.repeat(np.arange(len(lines)), counts)
    new_line = np.r_[True, line[1:] != line[:-1]]
    steps = np.abs(np.diff(np.round(coords * _MILLIMETRES), axis=0)).sum(axis=1)
    keep = (new_line | np.r_[True, steps > 0]) & is_open[line]
    coords, line = coords[keep], line[keep]
    long_enough = np.bincount(line, minlength=len(lines)) > 1
    keep = long_enough[line]
    kept, rank = np.unique(line[keep], return_inverse=True)
    return kept, coords[keep], rank


def _places(
    coords: np.ndarray, is_end: np.ndarray, tolerance: float
) -> tuple[np.ndarray, np.ndarray]:
    """Number of the place of each vertex, and the coordinates of the places.

    Ends within ``tolerance`` share a place, an inner vertex takes the place of an end within
    ``tolerance``, other inner vertices share one when they are equal to the millimetre. Places
    are numbered by their coordinates, so that the order of the lines does not matter.
    """
    end_cell, end_xy = _equal(coords[is_end])
    tree = cKDTree(end_xy)
    pairs = tree.query_pairs(tolerance, output_type="ndarray")
    links = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), (len(end_xy),) * 2)
    _, cluster = connected_components(links, directed=False)
    _, first, cluster = np.unique(cluster, return_index=True, return_inverse=True)

    inner_cell, inner_xy = _equal(coords[~is_end])
    place = np.empty(len(coords), dtype=np.int64)
    place[is_end] = cluster[end_cell]
    inner_place = len(first) + np.arange(len(inner_xy))
    if len(inner_xy):
        gap, nearest = tree.query(inner_xy, distance_upper_bound=max(tolerance, 1e-9))
        near = np.isfinite(gap)
        inner_place[near] = cluster[nearest[near]]
        place[~is_end] = inner_place[inner_cell]
    return place, np.vstack([end_xy[first], inner_xy])


def _equal(xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Group of each point (equal to the millimetre) and the groups' coordinates, sorted."""
    cells = np.round(xy * _MILLIMETRES).astype(np.int64)
    order = np.lexsort((cells[:, 1], cells[:, 0]))
    ranked = cells[order]
    new = np.ones(len(ranked), dtype=bool)
    new[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    group = np.empty(len(ranked), dtype=np.int64)
    group[order] = np.cumsum(new) - 1
    return group, ranked[new] / _MILLIMETRES


def _assemble(
    coords: np.ndarray,
    place: np.ndarray,
    places: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
    line: np.ndarray,
    forward: np.ndarray,
    backward: np.ndarray,
    joinable: np.ndarray,
    tolerance: float,
    crs: str,
) -> RoadGraph:
    """Edges between the vertices ``first`` and ``last``; costs go by the share of the length."""
    coords = coords.copy()
    coords[first], coords[last] = places[place[first]], places[place[last]]
    step = np.r_[0.0, np.hypot(*np.diff(coords, axis=0).T)]
    walked = np.cumsum(step)
    length = walked[last] - walked[first]
    line_length = np.bincount(line[first], weights=length, minlength=len(forward))
    # A loop no longer than the tolerance is a stutter of the digitising, not a road.
    keep = (length > 0) & ~((place[first] == place[last]) & (length <= 2 * tolerance))
    first, last, length = first[keep], last[keep], length[keep]

    counts = last - first + 1
    offsets = np.r_[0, np.cumsum(counts)]
    index = np.repeat(first - offsets[:-1], counts) + np.arange(offsets[-1])
    nodes, ends = np.unique(np.concatenate([place[first], place[last]]), return_inverse=True)
    of_line = line[first]
    share = length / line_length[of_line]
    return RoadGraph(
        xy=places[nodes],
        u=ends[: len(first)],
        v=ends[len(first) :],
        length=length,
        forward=np.maximum(forward[of_line] * share, 1e-9),
        backward=np.maximum(backward[of_line] * share, 1e-9),
        coords=coords[index],
        along=walked[index] - np.repeat(walked[first], counts),
        offsets=offsets,
        joinable=joinable[of_line],
        crs=crs,
    )


def _cost_matrix(graph: RoadGraph, there: np.ndarray, back: np.ndarray) -> csr_matrix:
    """CSR matrix built by hand: scipy would add up parallel edges, here the cheapest wins."""
    tail = np.concatenate([graph.u, graph.v])
    head = np.concatenate([graph.v, graph.u])
    cost = np.concatenate([there, back])
    keep = np.isfinite(cost) & (tail != head)
    tail, head, cost = tail[keep], head[keep], cost[keep]
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    new = np.ones(len(tail), dtype=bool)
    new[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    size = len(graph.xy)
    start = np.r_[0, np.cumsum(np.bincount(tail[new], minlength=size))]
    return csr_matrix((cost[new], head[new], start), shape=(size, size))
