"""Which site is nearest as the crow flies: Thiessen polygons, by half-planes (Thiessen 1911)."""

from __future__ import annotations

import numpy as np


def thiessen(sites: np.ndarray, box: np.ndarray) -> list[np.ndarray]:
    """Closed ring (k, 2) of each site within ``box`` (xmin, ymin, xmax, ymax); empty for none.

    Of sites on one place the first has it. ``sites`` (n, 2), metres.
    """
    corners = np.array(
        [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]], dtype=float
    )
    rings = []
    for rank, site in enumerate(sites):
        ring = corners
        for other, rival in enumerate(sites):
            if other == rank or not len(ring):
                continue
            away = rival - site
            if not away.any():
                ring = ring if rank < other else ring[:0]
                continue
            ring = _half(ring, (site + rival) / 2, away)
        rings.append(np.vstack([ring, ring[:1]]))
    return rings


def _half(ring: np.ndarray, middle: np.ndarray, away: np.ndarray) -> np.ndarray:
    """The convex ``ring`` (open) cut to the side of ``middle`` against ``away`` (Sutherland–Hodgman)."""
    side = (ring - middle) @ away
    following, after = np.roll(ring, -1, axis=0), np.roll(side, -1)
    kept: list[np.ndarray] = []
    for point, there, value, next_value in zip(ring, following, side, after):
        if value <= 0:
            kept.append(point)
        if value * next_value < 0:
            kept.append(point + (there - point) * (value / (value - next_value)))
    return np.array(kept).reshape(-1, 2)
