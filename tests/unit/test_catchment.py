"""The cumulative rule, outliers, secrecy of counts, density."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.privacy import shown_counts
from coodiag.coodiag_plugin.zones.catchment import (
    cumulative,
    density_zones,
    nearest_site,
    outliers,
    share_keys,
    standard_bandwidth,
)
from hypothesis import given, settings
from hypothesis import strategies as st

client_lists = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 9)), min_size=1, max_size=60
).filter(lambda rows: sum(weight for _, weight in rows) > 0)


def test_the_rule_by_hand_ties_enter_together() -> None:
    cost = np.array([1.0, 2, 3, 3, 3, 6, 7, 8, 9, 50])
    zones = cumulative(cost, np.ones(10), None, [40, 60, 80, 95])
    assert [zone.count for zone in zones] == [5, 6, 8, 10]
    assert [zone.share for zone in zones] == [50, 60, 80, 100]
    assert [zone.reach for zone in zones] == [3, 6, 8, 50]
    assert [zone.name for zone in zones] == ["primaire", "secondaire", "tertiaire", "zone 4"]


def test_by_weight_and_by_commune() -> None:
    cost = np.array([1.0, 2, 3, 4])
    assert cumulative(cost, np.array([1.0, 1, 1, 97]), None, [60])[0].count == 4
    keys = share_keys(np.array(["B", "A", "A", "A"]), np.ones(4))
    zone = cumulative(cost, np.ones(4), keys, [60])[0]
    assert zone.members.tolist() == [1, 2, 3]
    assert (zone.share, zone.reach) == (75, 4)


@settings(max_examples=200, deadline=None)
@given(rows=client_lists, seed=st.integers(0, 1000))
def test_shares_hold_their_thresholds_and_the_order_of_rows_does_not_matter(
    rows: list[tuple[int, int]], seed: int
) -> None:
    cost, weights = (np.array(column, dtype=float) for column in zip(*rows))
    thresholds = [60, 80, 95]
    zones = cumulative(cost, weights, None, thresholds)
    for zone, threshold in zip(zones, thresholds):
        held = weights[zone.members].sum() / weights.sum() * 100
        assert zone.share >= threshold
        assert zone.share == pytest.approx(held)
        assert zone.reach == cost[zone.members].max()
        outside = np.setdiff1d(np.arange(len(cost)), zone.members)
        assert (cost[outside] > zone.reach).all()
        nearer = cost < zone.reach
        assert weights[nearer].sum() / weights.sum() * 100 < threshold + 1e-9
    for inner, outer in zip(zones, zones[1:]):
        assert set(inner.members) <= set(outer.members)
        assert inner.share <= outer.share and inner.reach <= outer.reach
    order = np.random.default_rng(seed).permutation(len(cost))
    again = cumulative(cost[order], weights[order], None, thresholds)
    for zone, other in zip(zones, again):
        assert set(order[other.members]) == set(zone.members)
        assert other.share == zone.share


def test_clients_without_a_cost_take_no_part() -> None:
    zones = cumulative(np.array([1.0, np.inf, np.nan, 2]), np.ones(4), None, [100])
    assert zones[0].members.tolist() == [0, 3]
    with pytest.raises(InputError, match="No client"):
        cumulative(np.array([np.inf]), np.ones(1), None, [60])
    with pytest.raises(InputError, match="weights"):
        cumulative(np.array([1.0]), np.zeros(1), None, [60])
    with pytest.raises(InputError, match="thresholds"):
        cumulative(np.array([1.0]), np.ones(1), None, [0, 60])


def test_outliers_by_the_rule_and_by_a_cut_off() -> None:
    cost = np.array([100.0, 120, 150, 180, 200, 240, 260, 300, 250_000, np.inf])
    assert np.flatnonzero(outliers(cost)).tolist() == [8]
    assert np.flatnonzero(outliers(cost, 190)).tolist() == [4, 5, 6, 7, 8]
    town = np.array([500.0] * 9 + [9000.0])
    assert not outliers(town).any()  # no spread: the rule has nothing to say
    assert not outliers(np.array([1.0, 1e9])).any()


def test_the_rule_of_quartiles_by_hand() -> None:
    """Logs with quartiles 1 and 2: what counts as too far begins above e^(2 + 3·1)."""
    cost = np.exp([0.0, 1.0, 1.0, 1.5, 1.5, 1.5, 2.0, 2.0, 5.0])
    assert np.quantile(np.log(cost), [0.25, 0.75]).tolist() == pytest.approx([1, 2])
    assert not outliers(cost).any(), "at three times the spread, not above it"
    cost[8] = np.exp(5.001)
    assert np.flatnonzero(outliers(cost)).tolist() == [8]


def test_the_bandwidth_is_scott_s() -> None:
    points = np.array([[-3.0, 0], [3, 0], [0, 1], [0, -1]])
    even = np.sqrt((4.5 + 0.5) / 2)
    assert standard_bandwidth(points, np.ones(4)) == pytest.approx(even * 4 ** (-1 / 6))
    doubled = np.repeat(points, 2, axis=0)
    assert standard_bandwidth(doubled, np.ones(8)) == pytest.approx(even * 8 ** (-1 / 6))
    # Of unequal weights the effective number counts: (Σw)² / Σw².
    weights = np.array([3.0, 3, 1, 1])
    variance = (54 / 8 + 2 / 8) / 2
    assert standard_bandwidth(points, weights) == pytest.approx(np.sqrt(variance) * 3.2 ** (-1 / 6))


def test_nearest_site_takes_the_first_of_equals_and_none_for_nobody() -> None:
    site, cost = nearest_site(np.array([[3.0, 5, np.inf], [3.0, 4, np.inf]]))
    assert site.tolist() == [0, 1, -1]
    assert cost[:2].tolist() == [3, 4]


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(1, 6))
def test_no_two_shown_counts_differ_by_too_few(steps: list[int], minimum: int) -> None:
    counts = np.cumsum(steps).tolist()
    shown = [0] + [n for n, fits in zip(counts, shown_counts(counts, minimum)) if fits]
    for lower, upper in zip(shown, shown[1:]):
        assert upper == lower or upper - lower >= minimum
    assert shown_counts([240, 243, 320], 5) == [True, False, True]


def test_density_isopleths_hold_the_share_of_the_mass_and_are_nested() -> None:
    random = np.random.default_rng(1)
    points = random.normal(0, 1000, (4000, 2))
    areas = [
        sum(polygon.area() for polygon in zone)
        for zone in density_zones(points, np.ones(len(points)), [50, 80, 95], 300)
    ]
    # A Gaussian of variance s² + h² holds p within a disc of r² = −2 (s² + h²) ln(1 − p).
    for area, share in zip(areas, (0.5, 0.8, 0.95)):
        expected = -2 * np.pi * (1000**2 + 300**2) * np.log(1 - share)
        assert area == pytest.approx(expected, rel=0.06)
