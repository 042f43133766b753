"""The limit of a road layer: what is reached there may go on where the layer ends."""

from __future__ import annotations

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from .graph import RoadGraph

#: Width of the band along the convex hull of the roads that is their limit, metres.
RIM = 500.0


def near_rim(graph: RoadGraph, width: float = RIM) -> np.ndarray:
    """Nodes of the graph within ``width`` of its convex hull (of its box, for roads on one line)."""
    xy = graph.xy
    if len(xy) < 3:
        return np.arange(len(xy))
    centre = xy.mean(axis=0)
    try:
        sides = ConvexHull(xy - centre).equations
    except QhullError:
        inner = np.minimum(xy - xy.min(axis=0), xy.max(axis=0) - xy)
        along = np.argmax(np.ptp(xy, axis=0))
        return np.flatnonzero(inner[:, along] <= width)
    # Distance to each side of the hull, its normal pointing out; the nearest side counts.
    least = np.full(len(xy), np.inf)
    for a, b, c in sides.tolist():
        np.minimum(least, -((xy[:, 0] - centre[0]) * a + (xy[:, 1] - centre[1]) * b + c), out=least)
    return np.flatnonzero(least <= width)
