"""A road graph from a table of edges that already knows its nodes (pgRouting, osm2pgrouting)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..core.errors import InputError
from .graph import RoadGraph


def graph_of_edges(
    lines: Sequence[np.ndarray],
    source: np.ndarray,
    target: np.ndarray,
    forward: np.ndarray,
    backward: np.ndarray,
    crs: str,
) -> tuple[RoadGraph, np.ndarray]:
    """The graph, and the id of each of its nodes in ascending order.

    ``lines`` ((k, 2) metres) run from ``source`` to ``target`` (ids); costs in seconds, closed
    where negative or not finite. Nodes are joined by their ids, never by their place. Edges
    closed both ways and lines without length are left out; a node lies where its first line says.
    """
    there, back = (_open(np.asarray(cost, dtype=float)) for cost in (forward, backward))
    lengths = np.array([np.hypot(*np.diff(line, axis=0).T).sum() for line in lines])
    kept = np.flatnonzero((np.isfinite(there) | np.isfinite(back)) & (lengths > 0))
    if not len(kept):
        raise InputError(
            "The table of edges has no road near the points that may be used: check its costs and where it lies."
        )
    stack = np.vstack([lines[row] for row in kept])
    counts = np.array([len(lines[row]) for row in kept])
    offsets = np.r_[0, np.cumsum(counts)]
    step = np.r_[0.0, np.hypot(*np.diff(stack, axis=0).T)]
    step[offsets[:-1]] = 0.0
    walked = np.cumsum(step)
    ids, first, ends = np.unique(
        np.concatenate([np.asarray(source)[kept], np.asarray(target)[kept]]),
        return_index=True,
        return_inverse=True,
    )
    tips = np.vstack([stack[offsets[:-1]], stack[offsets[1:] - 1]])
    graph = RoadGraph(
        xy=tips[first],
        u=ends[: len(kept)],
        v=ends[len(kept) :],
        length=lengths[kept],
        forward=there[kept],
        backward=back[kept],
        coords=stack,
        along=walked - np.repeat(walked[offsets[:-1]], counts),
        offsets=offsets,
        joinable=np.ones(len(kept), dtype=bool),
        crs=crs,
    )
    return graph, ids


def _open(cost: np.ndarray) -> np.ndarray:
    """Costs with infinity for a closed direction, and none so small that it would vanish."""
    return np.where(np.isfinite(cost) & (cost >= 0), np.maximum(cost, 1e-9), np.inf)
