"""Cost from places to the nearest site: minutes or kilometres, by road or as the crow flies."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from .graph import RoadGraph
from .search import cost_from_any, least_costs
from .snapping import snap

#: A place farther than this from any road is not joined to it, metres.
MAX_GAP = 1000.0
MINUTE, KILOMETRE = 60.0, 1000.0


def unit_of(graph: RoadGraph | None, mode: str) -> str:
    """``min`` for times, which need roads; ``km`` for distances."""
    return "min" if mode == "time" and graph is not None else "km"


def cost_to_nearest(
    sites: np.ndarray,
    places: np.ndarray,
    graph: RoadGraph | None,
    mode: str = "time",
    *,
    towards_sites: bool = False,
    limit: float = np.inf,
    max_gap: float = MAX_GAP,
) -> np.ndarray:
    """Cost of each place ((n, 2) metres in the CRS of the graph) to its nearest site.

    Minutes (mode ``time``) or kilometres (mode ``distance``, along the roads when there is a
    graph, else straight). ``towards_sites``: the trip goes from the place to the site, which
    one-way roads make another one. ``limit`` in the same unit. NaN for a place without
    coordinates or, with a graph, farther than ``max_gap`` metres from any road; inf where no site is reached.
    """
    sites = np.asarray(sites, dtype=float).reshape(-1, 2)
    sites = sites[np.isfinite(sites).all(axis=1)]
    places = np.asarray(places, dtype=float).reshape(-1, 2)
    placed = np.isfinite(places).all(axis=1)
    result = np.full(len(places), np.nan)
    if not placed.any():
        return result
    if not len(sites):
        result[placed] = np.inf
        return result
    if graph is None:
        if mode == "time":
            raise ValueError("times need a road graph")
        far, _ = cKDTree(sites).query(places[placed])
        result[placed] = far / KILOMETRE
    else:
        scale = MINUTE if mode == "time" else KILOMETRE
        origins, targets = snap(graph, sites, MAX_GAP), snap(graph, places, max_gap)
        nodes = least_costs(graph, origins, limit * scale, towards_sites, mode)
        result = cost_from_any(graph, nodes, origins, targets, towards_sites, mode) / scale
        result[~targets.linked] = np.nan
    result[result > limit] = np.inf
    return result
