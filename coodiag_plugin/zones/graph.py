"""The road graph: lines become nodes and edges in plain arrays, ready for scipy's searches.

Coordinates are metres in the legal projection. Costs exist in two modes: ``time`` (seconds) and
``distance`` (metres on the network); a closed direction costs infinity. Nothing here knows QGIS,
and every array can be stored and memory-mapped as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
#: Arrays of a CSR matrix, in the order in which scipy takes them.
MATRIX_PARTS = ("data", "indices", "indptr")


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
    #: Arrays that follow from the others, when they were kept with the graph (graph_store.py).
    kept: Mapping[str, np.ndarray] = field(default_factory=dict)

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
            self._matrices[key] = self._matrix(mode, reverse)
        return self._matrices[key]

    def _matrix(self, mode: str, reverse: bool) -> csr_matrix:
        if reverse:
            return self.matrix(mode).T.tocsr()
        size = len(self.xy)
        names = [f"{mode}_{part}" for part in MATRIX_PARTS]
        if names[0] in self.kept:
            return csr_matrix(tuple(self.kept[name] for name in names), shape=(size, size))
        return _cost_matrix(self, *self.costs(mode))

    @cached_property
    def _matrices(self) -> dict[tuple[str, bool], csr_matrix]:
        return {}

    @cached_property
    def component(self) -> np.ndarray:
        """Number of the connected part (directions ignored) of each node."""
        if "component" in self.kept:
            return self.kept["component"]
        ones = np.ones(len(self.u), dtype=np.int8)
        shape = (len(self.xy), len(self.xy))
        return connected_components(csr_matrix((ones, (self.u, self.v)), shape), directed=False)[1]

    @cached_property
    def component_length(self) -> np.ndarray:
        """Metres of edges in each connected part."""
        if "component_length" in self.kept:
            return self.kept["component_length"]
        return np.bincount(self.component[self.u], weights=self.length)

    @property
    def main_share(self) -> float:
        """Share of the length that lies in the largest connected part, 0 to 1."""
        return float(self.component_length.max() / self.component_length.sum())

    @cached_property
    def usable(self) -> np.ndarray:
        """Edges that a point may be joined to: joinable, and not in a scrap of the network."""
        if "usable" in self.kept:
            return self.kept["usable"]
        total = self.component_length.sum()
        scrap = (self.component_length < SCRAP_METRES) & (
            self.component_length < SCRAP_SHARE * total
        )
        return self.joinable & ~scrap[self.component[self.u]]

    @cached_property
    def bounds(self) -> np.ndarray:
        """Box of each edge: (edges, 4) as xmin, ymin, xmax, ymax."""
        if "bounds" in self.kept:
            return self.kept["bounds"]
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


@dataclass(frozen=True, eq=False)
class Lines:
    """Many polylines in one array: line ``i`` is the next ``counts[i]`` rows of ``coords``."""

    coords: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, lines: Sequence[np.ndarray]) -> Lines:
        counts = np.array([len(line) for line in lines], dtype=np.int64)
        flat = [np.asarray(line, dtype=float)[:, :2] for line in lines]
        return cls(np.concatenate([np.empty((0, 2)), *flat]), counts)

    def __len__(self) -> int:
        return len(self.counts)

    @cached_property
    def line(self) -> np.ndarray:
        """Number of the line of each row of ``coords``."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def lengths(self) -> np.ndarray:
        """Metres of each line."""
        step = np.zeros(len(self.coords))
        step[1:] = np.hypot(*np.diff(self.coords, axis=0).T)
        step[(np.cumsum(self.counts) - self.counts)[self.counts > 0]] = 0.0
        return np.bincount(self.line, weights=step, minlength=len(self))


def build_graph(
    lines: Sequence[np.ndarray] | Lines,
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
        raise _nothing()
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
    graph = _assemble(
        coords, place, places, first, last, line,
        forward[kept], backward[kept],
        np.ones(len(kept), dtype=bool) if joinable is None else np.asarray(joinable)[kept],
        tolerance, crs,
    )  # fmt: skip
    if not len(graph.u):
        raise _nothing()
    return graph


def _nothing() -> InputError:
    return InputError(
        "The road layer has no line that this profile may use. Check the layer, its filter and the profile."
    )


def _stack(
    lines: Sequence[np.ndarray] | Lines, is_open: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lines kept (their numbers), all their vertices, and the rank of the line of each vertex.

    Repeated vertices go, and with them lines without length; lines with a coordinate that is no
    number go too.
    """
    if not len(lines):
        return np.empty(0, dtype=int), np.empty((0, 2)), np.empty(0, dtype=int)
    flat = lines if isinstance(lines, Lines) else Lines.of(lines)
    coords, line = flat.coords, flat.line
    if not len(coords):
        return np.empty(0, dtype=int), np.empty((0, 2)), np.empty(0, dtype=int)
    lost = np.unique(line[~np.isfinite(coords).all(axis=1)])
    is_open = is_open.copy()
    is_open[lost] = False
    coords = np.nan_to_num(coords, nan=0.0, posinf=0.0, neginf=0.0) if len(lost) else coords
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
        maybe = _maybe_near(inner_xy, end_xy, max(tolerance, 1e-9))
        gap, nearest = tree.query(inner_xy[maybe], distance_upper_bound=max(tolerance, 1e-9))
        near = np.isfinite(gap)
        inner_place[maybe[near]] = cluster[nearest[near]]
        place[~is_end] = inner_place[inner_cell]
    return place, np.vstack([end_xy[first], inner_xy])


def _equal(xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Group of each point (equal to the millimetre) and the groups' coordinates, sorted."""
    cells = np.round(xy * _MILLIMETRES).astype(np.int64)
    order = _sorted_by_place(cells)
    ranked = cells[order]
    new = np.ones(len(ranked), dtype=bool)
    new[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
    group = np.empty(len(ranked), dtype=np.int64)
    group[order] = np.cumsum(new) - 1
    return group, ranked[new] / _MILLIMETRES


def _sorted_by_place(cells: np.ndarray) -> np.ndarray:
    """Order of whole numbers (n, 2) by x, then y; over one key where it fits, much faster."""
    if len(cells):
        low = cells.min(axis=0)
        width, height = (cells.max(axis=0) - low + 1).tolist()
        if width * height < 2**62:
            return np.argsort((cells[:, 0] - low[0]) * height + (cells[:, 1] - low[1]))
    return np.lexsort((cells[:, 1], cells[:, 0]))


def _maybe_near(xy: np.ndarray, others: np.ndarray, distance: float) -> np.ndarray:
    """Rows of ``xy`` among which are all those within ``distance`` of one of ``others``.

    A sieve before an exact search: cells that hold one of ``others``, or touch one that does, are
    marked in a table of bits by a hash.
    """
    size = 1 << max(int(len(others) * 64).bit_length(), 10)
    side = 2.0 * distance + 1.0

    def slot(column: np.ndarray, row: np.ndarray) -> np.ndarray:
        return (column * 73_856_093 ^ row * 19_349_663) & (size - 1)

    marked = np.zeros(size, dtype=bool)
    cells = np.floor(others / side).astype(np.int64)
    for step in np.ndindex(3, 3):
        near = cells + np.array(step) - 1
        marked[slot(near[:, 0], near[:, 1])] = True
    cells = np.floor(xy / side).astype(np.int64)
    return np.flatnonzero(marked[slot(cells[:, 0], cells[:, 1])])


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
        u=ends[: len(first)].astype(np.int32),
        v=ends[len(first) :].astype(np.int32),
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
    size = len(graph.xy)
    cost = np.concatenate([there, back])
    keep = np.isfinite(cost) & np.tile(graph.u != graph.v, 2)
    tail = np.concatenate([graph.u, graph.v])[keep].astype(np.int64)
    pair = tail * size + np.concatenate([graph.v, graph.u])[keep]
    order = np.argsort(pair, kind="stable")
    pair, cost = pair[order], cost[keep][order]
    new = np.ones(len(pair), dtype=bool)
    new[1:] = pair[1:] != pair[:-1]
    first = np.flatnonzero(new)
    if len(first):
        pair, cost = pair[first], np.minimum.reduceat(cost, first)
    start = np.r_[0, np.cumsum(np.bincount(pair // size, minlength=size))]
    return csr_matrix(
        (cost, (pair % size).astype(np.int32), start.astype(np.int32)), shape=(size, size)
    )
