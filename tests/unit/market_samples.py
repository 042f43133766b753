"""Invented markets for the tests of interaction, calibration and access."""

from __future__ import annotations

import numpy as np
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.pairs import Pairs
from hypothesis import strategies as st


def full_pairs(cost: np.ndarray) -> Pairs:
    """Pairs of a table of costs (places, sites); inf where the site is not reached."""
    place, site = np.nonzero(np.isfinite(cost))
    places, sites = (np.ones(count, dtype=bool) for count in cost.shape)
    return Pairs(place, site, cost[place, site], places, sites)


def square_of_roads(side: int = 5, step: float = 1000.0, speed: float = 60.0) -> RoadGraph:
    """Crossing streets every ``step`` metres, ``side`` of them each way, at one speed (km/h)."""
    lines = []
    for rank in range(side):
        for part in range(side - 1):
            here, next_one = part * step, (part + 1) * step
            lines.append(np.array([(here, rank * step), (next_one, rank * step)]))
            lines.append(np.array([(rank * step, here), (rank * step, next_one)]))
    seconds = np.full(len(lines), step / (speed / 3.6))
    return build_graph(lines, seconds, seconds)


@st.composite
def markets(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Costs (places, sites; some inf), amounts of the sites and of the places (some zero)."""
    places, sites = draw(st.integers(1, 12)), draw(st.integers(1, 8))
    reach = st.one_of(st.floats(0, 60, width=32), st.just(np.inf))
    cost = draw(
        st.lists(st.lists(reach, min_size=sites, max_size=sites), min_size=places, max_size=places)
    )
    supply = draw(st.lists(st.integers(0, 500), min_size=sites, max_size=sites))
    people = draw(st.lists(st.integers(0, 5000), min_size=places, max_size=places))
    return np.array(cost), np.array(supply, dtype=float), np.array(people, dtype=float)
