"""Shortest times and distances between joined points (Dijkstra 1959, scipy.sparse.csgraph)."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from .graph import RoadGraph
from .served import ServedGraph
from .snapping import Snapped

#: Cells (origins × nodes) searched at once: 8 bytes each.
_BATCH_CELLS = 20_000_000


def times(
    graph: RoadGraph,
    origins: Snapped,
    targets: Snapped | None,
    limit_seconds: float = np.inf,
    reverse: bool = False,
    mode: str = "time",
) -> np.ndarray:
    """Cost (origins, targets) door to door, inf where not reached within the limit.

    Seconds in mode ``time``, metres in mode ``distance``; the legs between points and road count
    at both ends. ``targets`` None means all nodes. ``reverse`` gives the cost from the targets to
    the origins.
    """
    width = len(graph.xy) if targets is None else len(targets)
    result = np.full((len(origins), width), np.inf)
    for rows, nodes in search(graph, origins, limit_seconds, reverse, mode):
        if targets is None:
            result[rows] = nodes
        else:
            result[rows] = cost_at(graph, nodes, origins.take(rows), targets, reverse, mode)
    result[result > limit_seconds] = np.inf
    return result


def search(
    graph: RoadGraph, origins: Snapped, limit: float, reverse: bool = False, mode: str = "time"
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Batches (rows of origins, cost to every node) small enough for the memory."""
    if isinstance(graph, ServedGraph) and graph.node_costs is not None:
        yield from graph.node_costs(origins, limit, reverse, mode)
        return
    size = max(_BATCH_CELLS // max(len(graph.xy), 1), 1)
    for start in range(0, len(origins), size):
        rows = np.arange(start, min(start + size, len(origins)))
        yield rows, _known_costs(graph, origins.take(rows), limit, reverse, mode)


#: The last search of each graph: an isochrone asks for the same one several times.
_last: WeakKeyDictionary[RoadGraph, tuple[tuple[object, ...], np.ndarray]] = WeakKeyDictionary()
_KEPT_CELLS = 10_000_000


def _known_costs(
    graph: RoadGraph, origins: Snapped, limit: float, reverse: bool, mode: str
) -> np.ndarray:
    """Costs (origins, nodes), read-only: those of the last search when it was the same."""
    places = (origins.edge, origins.position, origins.gap)
    key = (limit, reverse, mode, *(array.tobytes() for array in places))
    known = _last.get(graph)
    if known is not None and known[0] == key:
        return known[1]
    costs = _node_costs(graph, origins, limit, reverse, mode)
    costs.setflags(write=False)
    if costs.size <= _KEPT_CELLS:
        _last[graph] = (key, costs)
    return costs


def _node_costs(
    graph: RoadGraph, origins: Snapped, limit: float, reverse: bool, mode: str
) -> np.ndarray:
    """Costs (origins, nodes), inf beyond ``limit``."""
    nodes = len(graph.xy)
    grown = _tied(graph, origins, reverse, mode)
    return dijkstra(grown, indices=np.arange(nodes, grown.shape[0]), limit=limit)[:, :nodes]


def least_costs(
    graph: RoadGraph, origins: Snapped, limit: float, reverse: bool = False, mode: str = "time"
) -> np.ndarray:
    """Cost (nodes) from the nearest of ``origins``, by one search from all of them at once."""
    nodes = len(graph.xy)
    if isinstance(graph, ServedGraph) and graph.node_costs is not None:
        best = np.full(nodes, np.inf)
        for _, costs in search(graph, origins, limit, reverse, mode):
            best = np.minimum(best, costs.min(axis=0))
        return best
    if not origins.linked.any():
        return np.full(nodes, np.inf)
    grown = _tied(graph, origins, reverse, mode)
    starts = np.arange(nodes, grown.shape[0])
    return dijkstra(grown, indices=starts, limit=limit, min_only=True)[:nodes]


def _tied(graph: RoadGraph, origins: Snapped, reverse: bool, mode: str) -> csr_matrix:
    """Each origin becomes a node of its own, tied to both ends of the edge it stands on."""
    base = graph.matrix(mode, reverse)
    nodes, count = len(graph.xy), len(origins)
    linked = origins.linked
    edge = np.where(linked, origins.edge, 0)
    there, back = graph.costs(mode, reverse)
    share = origins.position / graph.length[edge]
    leg = origins.access(mode)
    cost = np.column_stack([leg + part(back[edge], share), leg + part(there[edge], 1 - share)])
    head = np.column_stack([graph.u[edge], graph.v[edge]])
    loop = head[:, 0] == head[:, 1]
    cost[loop, 0], cost[loop, 1] = cost[loop].min(axis=1), np.inf
    keep = np.isfinite(cost) & linked[:, None]
    return csr_matrix(
        (
            np.concatenate([base.data, cost[keep]]),
            np.concatenate([base.indices, head[keep]]),
            np.concatenate([base.indptr, base.indptr[-1] + np.cumsum(keep.sum(axis=1))]),
        ),
        shape=(nodes + count, nodes + count),
    )


def part(cost: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Cost of a share of an edge; nothing for no share, even of a closed edge."""
    with np.errstate(invalid="ignore"):
        return np.where(share <= 0, 0.0, cost * share)


def cost_at(
    graph: RoadGraph,
    nodes: np.ndarray,
    origins: Snapped,
    targets: Snapped,
    reverse: bool = False,
    mode: str = "time",
) -> np.ndarray:
    """Cost (origins, targets) from the costs to nodes: over either end, or along a shared edge."""
    cost = _over_ends(graph, nodes, targets, reverse, mode)
    for row in range(len(origins)):
        _along_own_edge(graph, cost[row], origins, row, targets, reverse, mode)
    return cost + np.where(targets.linked, targets.access(mode), np.inf)


def cost_from_any(
    graph: RoadGraph,
    nodes: np.ndarray,
    origins: Snapped,
    targets: Snapped,
    reverse: bool = False,
    mode: str = "time",
) -> np.ndarray:
    """Cost (targets) from the nearest of ``origins``, ``nodes`` (n) being the least to each node."""
    cost = _over_ends(graph, nodes[None], targets, reverse, mode)[0]
    for row in range(len(origins)):
        _along_own_edge(graph, cost, origins, row, targets, reverse, mode)
    return cost + np.where(targets.linked, targets.access(mode), np.inf)


def _over_ends(
    graph: RoadGraph, nodes: np.ndarray, targets: Snapped, reverse: bool, mode: str
) -> np.ndarray:
    there, back = graph.costs(mode, reverse)
    edge = np.where(targets.linked, targets.edge, 0)
    share = targets.position / graph.length[edge]
    over_u = nodes[:, graph.u[edge]] + part(there[edge], share)
    over_v = nodes[:, graph.v[edge]] + part(back[edge], 1 - share)
    return np.minimum(over_u, over_v)


def _along_own_edge(
    graph: RoadGraph,
    cost: np.ndarray,
    origins: Snapped,
    row: int,
    targets: Snapped,
    reverse: bool,
    mode: str,
) -> None:
    """Lower ``cost`` (targets) where origin ``row`` stands on the edge of the target."""
    on = origins.edge[row]
    same = np.flatnonzero(targets.edge == on) if on >= 0 else np.empty(0, dtype=int)
    if len(same):
        there, back = graph.costs(mode, reverse)
        step = (targets.position[same] - origins.position[row]) / graph.length[on]
        direct = np.where(step >= 0, part(there[on], step), part(back[on], -step))
        cost[same] = np.minimum(cost[same], direct + origins.access(mode)[row])
