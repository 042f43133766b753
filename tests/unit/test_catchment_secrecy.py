"""What a reader works out from the zones of all sites and those of each: brute force."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
from coodiag.coodiag_plugin.core.privacy import shown_counts
from coodiag.coodiag_plugin.zones.catchment import cumulative, shown_beside
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MINIMUM = 3
Cut = tuple[float, int]  # a reach and the number of people within it


def tables(
    rows: list[tuple[float, float, int]], columns: list[tuple[float, float, int]]
) -> Iterator[list[list[int]]]:
    """Every table of people by ring of a site and ring of all that has these sums."""

    def fill(row: int, left: list[int]) -> Iterator[list[list[int]]]:
        if row == len(rows):
            if not any(left):
                yield []
            return
        low, high, total = rows[row]
        open_ = [low < end and start < high for start, end, _ in columns]
        ranges = [range(min(n, total) + 1 if is_open else 1) for n, is_open in zip(left, open_)]
        for cells in itertools.product(*ranges):
            if sum(cells) == total:
                for rest in fill(row + 1, [n - cell for n, cell in zip(left, cells)]):
                    yield [list(cells), *rest]

    yield from fill(0, [total for *_, total in columns])


def rings(cuts: list[Cut], everybody: int) -> list[tuple[float, float, int]]:
    """Rings between the shown zones, and beyond the last one: from, to, people."""
    edges = [(-math.inf, 0), *cuts, (math.inf, everybody)]
    return [(a, b, n - m) for (a, m), (b, n) in zip(edges, edges[1:]) if n > m]


def shown(
    costs: np.ndarray, site: np.ndarray, thresholds: list[float]
) -> tuple[list[bool], list[Cut], list[list[Cut]]]:
    """What fits by itself among the zones of all, and the cuts that may be told: all, each site."""
    parts, told = [], []
    for number in np.unique(site):
        rows = np.flatnonzero(site == number)
        zones = cumulative(costs[rows], np.ones(len(rows)), None, thresholds)
        fits = shown_counts([zone.count for zone in zones], MINIMUM, len(rows))
        kept = [zone for zone, fit in zip(zones, fits) if fit]
        parts.append((rows, [rows[zone.members] for zone in kept]))
        told.append([(zone.reach, zone.count) for zone in kept])
    zones = cumulative(costs, np.ones(len(costs)), None, thresholds)
    alone = shown_counts([zone.count for zone in zones], MINIMUM, len(costs))
    both = shown_beside([zone.members for zone in zones], alone, parts, MINIMUM)
    assert not any(fit and not before for fit, before in zip(both, alone))
    return alone, [(z.reach, z.count) for z, fit in zip(zones, both) if fit], told


def few_told(costs: np.ndarray, site: np.ndarray, whole: list[Cut], told: list[list[Cut]]) -> bool:
    """Whether some rings of sites within rings of all hold the same few people in every table."""
    rows = [
        ring
        for number, cuts in zip(np.unique(site), told)
        for ring in rings(cuts, int((site == number).sum()))
    ]
    columns = rings(whole, len(costs))
    found = np.array(list(tables(rows, columns)))
    assert len(found), "the truth is one of them"
    for start, end in itertools.combinations(range(len(columns) + 1), 2):
        inside = found[:, :, start:end].sum(axis=2)
        for chosen in itertools.product([False, True], repeat=len(rows)):
            sums = inside[:, np.array(chosen)].sum(axis=1)
            if sums.min() == sums.max() and 0 < sums[0] < MINIMUM:
                return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.lists(st.lists(st.integers(0, 6), min_size=MINIMUM, max_size=6), min_size=2, max_size=3),
    st.sets(st.sampled_from([20.0, 40.0, 60.0, 80.0]), min_size=1, max_size=2),
)
def test_no_few_people_are_told_by_all_less_the_sites(
    people: list[list[int]], thresholds: set[float]
) -> None:
    costs = np.array([cost for of_site in people for cost in of_site], dtype=float)
    site = np.repeat(np.arange(len(people)), [len(of_site) for of_site in people])
    _, whole, told = shown(costs, site, sorted(thresholds))
    assert not few_told(costs, site, whole, told)


def test_all_less_two_sites_is_closed_and_the_rest_stays_open() -> None:
    """A 3 + 3 and B 3 + 3 people near and far, C 1 near and 5 far: 7 − 3 − 3 = 1."""
    costs = np.array([0.0] * 3 + [8] * 3 + [0] * 3 + [8] * 3 + [0] + [8] * 5)
    site = np.repeat([0, 1, 2], 6)
    alone, whole, told = shown(costs, site, [38, 90])
    assert alone == [True, True] and told[:2] == [[(0.0, 3), (8.0, 6)]] * 2
    assert whole == [(8.0, 18)]
    assert few_told(costs, site, [(0.0, 7), (8.0, 18)], told), "the reader sees what is closed"


def test_nothing_closes_where_each_site_is_shown_or_unknown() -> None:
    rows = np.arange(12)
    near = np.array([0, 1, 2, 6, 7, 8])
    both = [(rows[:6], [rows[:3]]), (rows[6:], [rows[6:9]])]
    assert shown_beside([near, rows], [True, True], both, MINIMUM) == [True, True]
    hidden = [(rows[:6], [rows[:3]]), (rows[6:], [])]
    assert shown_beside([near, rows], [True, True], hidden, MINIMUM) == [True, True]
    assert shown_beside([near[:5], rows], [True, True], hidden, MINIMUM) == [False, True]
