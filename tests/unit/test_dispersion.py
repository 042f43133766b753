"""Centres and spread of weighted points, threshold rings, Thiessen polygons, desire lines."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.privacy import shown_counts, suppressed_keys
from coodiag.coodiag_plugin.zones.catchment import main_site
from coodiag.coodiag_plugin.zones.contour import ring_area
from coodiag.coodiag_plugin.zones.desire import bundles
from coodiag.coodiag_plugin.zones.dispersion import dispersion, median_centre, within_ellipse
from coodiag.coodiag_plugin.zones.thiessen import thiessen
from coodiag.coodiag_plugin.zones.thresholds import check_targets, grow, nearest_only
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

crowds = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50), st.integers(0, 9)),
    min_size=1,
    max_size=40,
).filter(lambda rows: sum(weight for *_, weight in rows) > 0)


def arrays(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray]:
    table = np.array(rows, dtype=float)
    return table[:, :2] * 100, table[:, 2]


def by_the_formula(points: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """METHODS §1 as it is written: half-axis along θ, half-axis across, θ in degrees."""
    mean = (points * weights[:, None]).sum(axis=0) / weights.sum()
    x, y = (points - mean).T
    a = (weights * (x**2 - y**2)).sum()
    c = (weights * x * y).sum()
    theta = math.atan((a + math.sqrt(a * a + 4 * c * c)) / (2 * c))
    across = math.sqrt(2) * math.sqrt(
        (weights * (x * math.cos(theta) - y * math.sin(theta)) ** 2).sum() / weights.sum()
    )
    along = math.sqrt(2) * math.sqrt(
        (weights * (x * math.sin(theta) + y * math.cos(theta)) ** 2).sum() / weights.sum()
    )
    return along, across, math.degrees(theta) % 180


def test_a_cross_by_hand() -> None:
    """Four points at ±3 km east–west and ±1 km north–south."""
    points = np.array([[3000.0, 0], [-3000, 0], [0, 1000], [0, -1000]])
    found = dispersion(points, np.ones(4))
    assert found.mean.tolist() == [0, 0]
    assert found.standard_distance == pytest.approx(math.sqrt(20e6 / 4))
    # √2 · √(Σx²/n): √2 · √(18e6/4) east–west, √2 · √(2e6/4) north–south.
    assert (found.major, found.minor) == pytest.approx((3000.0, 1000.0))
    assert found.angle == 90
    turned = np.array([[2000.0, 2000], [-2000, -2000], [100, -100], [-100, 100]])
    assert dispersion(turned, np.ones(4)).angle == pytest.approx(45)
    north = np.array([[0.0, 5], [0, -5], [1, 0], [-1, 0]])
    assert dispersion(north, np.ones(4)).angle == 0
    west = dispersion(turned * [-1, 1], np.ones(4))
    assert west.angle == pytest.approx(135)


def test_the_published_example_of_another_package() -> None:
    """The example of pointpats 2.5.5 (``ellipse``), which divides by n − 2 as CrimeStat does.

    Its angle is that of the long axis from the east, counter-clockwise.
    """
    points = np.array(
        [
            [66.22, 32.54], [22.52, 22.39], [31.01, 81.21], [9.47, 31.02], [30.78, 60.10],
            [75.21, 58.93], [79.26, 7.68], [8.23, 39.93], [98.73, 77.17], [89.78, 42.53],
            [65.19, 92.08],
        ]
    )  # fmt: skip
    found = dispersion(points, np.ones(11))
    correction = math.sqrt((11 - 2) / 11)
    assert found.major == pytest.approx(50.13029459102783 * correction)
    assert found.minor == pytest.approx(37.95222670267865 * correction)
    assert found.angle == pytest.approx(90 - math.degrees(0.3465582095042642))


def test_weights_count_as_so_many_points() -> None:
    points = np.array([[0.0, 0], [1000, 200], [300, 900]])
    weights = np.array([3.0, 1, 2])
    one = dispersion(points, weights)
    two = dispersion(np.repeat(points, [3, 1, 2], axis=0), np.ones(6))
    assert one.mean == pytest.approx(two.mean) and one.median == pytest.approx(two.median, abs=0.1)
    assert (one.major, one.minor, one.angle) == pytest.approx((two.major, two.minor, two.angle))


@given(crowds)
def test_the_ellipse_is_that_of_the_formula_and_of_the_covariance(
    rows: list[tuple[int, int, int]],
) -> None:
    points, weights = arrays(rows)
    found = dispersion(points, weights)
    spread = np.cov(points.T, aweights=weights, ddof=0) if len(points) > 1 else np.zeros((2, 2))
    low, high = np.maximum(np.linalg.eigvalsh(np.atleast_2d(spread)), 0)
    assert found.major == pytest.approx(math.sqrt(2 * high), abs=1e-3)
    assert found.minor == pytest.approx(math.sqrt(2 * low), abs=1e-3)
    assert found.major**2 + found.minor**2 == pytest.approx(2 * found.standard_distance**2)
    assert 0 <= found.angle < 180
    x, y = (points - found.mean).T
    if abs((weights * x * y).sum()) > 1 and found.major - found.minor > 1:
        along, across, angle = by_the_formula(points, weights)
        assert (found.major, found.minor) == pytest.approx((along, across), abs=1e-3)
        assert abs(found.angle - angle) < 1e-3 or abs(abs(found.angle - angle) - 180) < 1e-3


@given(crowds)
@example([(0, -5, 1), (-1, -1, 2), (-2, 2, 3)])  # a near-straight row, approached without an end
@example([(-13, -21, 4), (-44, -43, 5), (49, 18, 1)])
def test_no_place_is_nearer_to_all_than_the_median(rows: list[tuple[int, int, int]]) -> None:
    points, weights = arrays(rows)

    def total(place: np.ndarray) -> float:
        return float((weights * np.hypot(*(points - place).T)).sum())

    found = total(median_centre(points, weights))
    best = minimize(total, points.mean(axis=0), method="Nelder-Mead", options={"xatol": 1e-3})
    assert found <= best.fun * (1 + 1e-6) + 1e-3
    assert found <= min(total(place) for place in points) * (1 + 1e-6) + 1e-3


def test_a_bivariate_normal_crowd_lies_in_its_ellipse_as_the_theory_says() -> None:
    """√2 standard deviations hold 1 − e⁻¹ = 63.2 % of a bivariate normal law."""
    points = np.random.default_rng(5).multivariate_normal(
        [0, 0], [[9e6, 3e6], [3e6, 4e6]], size=40_000
    )
    found = dispersion(points, np.ones(len(points)))
    assert within_ellipse(points, found).mean() == pytest.approx(1 - math.exp(-1), abs=0.01)
    assert ring_area(found.ellipse()) == pytest.approx(
        math.pi * found.major * found.minor, rel=1e-3
    )
    ring = found.ellipse()
    far = ring[np.hypot(*(ring - found.mean).T).argmax()] - found.mean
    heading = math.degrees(math.atan2(far[0], far[1])) % 180
    assert heading == pytest.approx(found.angle, abs=1.1)


def test_one_point_and_points_in_a_row() -> None:
    one = dispersion(np.array([[5.0, 6]]), np.array([2.0]))
    assert one.mean.tolist() == one.median.tolist() == [5, 6]
    assert (one.standard_distance, one.major, one.minor) == (0, 0, 0)
    assert within_ellipse(np.array([[5.0, 6]]), one).all()
    row = np.array([[0.0, 0], [1000, 1000], [2000, 2000]])
    found = dispersion(row, np.ones(3))
    assert found.minor == pytest.approx(0, abs=1e-6) and found.angle == pytest.approx(45)
    with pytest.raises(ValueError, match="weight"):
        dispersion(row, np.zeros(3))


# Threshold rings

demands = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 50)), max_size=40)


@given(demands, st.lists(st.integers(1, 600), min_size=1, max_size=4), st.integers(0, 30))
def test_a_ring_is_the_smallest_that_holds_its_target(
    rows: list[tuple[int, int]], targets: list[int], tolerance: int
) -> None:
    cost = np.array([row[0] for row in rows], dtype=float)
    counts = np.array([row[1] for row in rows], dtype=float)
    rings = grow(cost, counts, [float(target) for target in targets], float(tolerance))
    assert [ring.target for ring in rings] == sorted(set(targets))
    for ring in rings:
        enough = ring.target * (1 - tolerance / 100)
        if not ring.met:
            assert counts.sum() < enough and ring.value == counts.sum() and math.isnan(ring.reach)
            continue
        assert ring.value == counts[cost <= ring.reach].sum() >= enough - 1e-9
        assert counts[cost < ring.reach].sum() < enough
    met = [ring.reach for ring in rings if ring.met]
    assert met == sorted(met)
    order = np.random.default_rng(1).permutation(len(rows))
    again = grow(cost[order], counts[order], targets, float(tolerance))
    assert [(r.value, r.places, r.met) for r in again] == [
        (r.value, r.places, r.met) for r in rings
    ]


def test_targets_and_places_out_of_reach() -> None:
    rings = grow(np.array([1.0, np.inf, 3]), np.array([10.0, 99, 5]), [12])
    assert (rings[0].reach, rings[0].value, rings[0].places) == (3, 15, 2)
    for bad in ([], [0.0], [-1.0], [math.inf]):
        with pytest.raises(InputError, match="targets"):
            check_targets(bad)
    cost = nearest_only(np.array([[1.0, 5, 2], [3.0, 4, 2]]))
    assert cost.tolist() == [[1, math.inf, 2], [math.inf, 4, math.inf]]


# Who is nearest, and whose commune it is


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=12))
def test_thiessen_polygons_part_the_box(places: list[tuple[int, int]]) -> None:
    sites = np.array(places, dtype=float)
    rings = thiessen(sites, np.array([-10.0, -10, 110, 110]))
    areas = [ring_area(ring) if len(ring) else 0.0 for ring in rings]
    assert sum(areas) == pytest.approx(120 * 120)
    for rank, (site, ring) in enumerate(zip(sites, rings)):
        if len(ring):
            middle = ring[:-1].mean(axis=0)
            gaps = np.hypot(*(sites - middle).T)
            assert np.hypot(*(site - middle)) <= gaps.min() + 1e-6
        else:
            assert any((sites[:rank] == site).all(axis=1))


def test_a_commune_goes_to_the_site_of_most_of_its_weight() -> None:
    groups = np.array(["A", "A", "A", "B", "B", "C", "D"])
    site = np.array([0, 0, 1, 1, 0, -1, 2])
    weights = np.array([1.0, 1, 3, 0, 0, 1, 1])
    assert main_site(groups, site, weights).tolist() == [1, 1, 1, 0, 0, -1, 2]
    assert main_site(groups, np.full(7, -1), weights).tolist() == [-1] * 7


def test_a_count_that_leaves_out_a_few_is_not_shown() -> None:
    assert shown_counts([60, 80, 97], 5, 100) == [True, True, False]
    assert shown_counts([60, 80, 97], 5) == [True, True, True]
    assert shown_counts([60, 100], 5, 100) == [True, True]


# Desire lines

cells = st.dictionaries(
    st.tuples(st.integers(0, 2), st.sampled_from("ABCDE")), st.integers(1, 30), max_size=15
)


def crowd(counts: dict[tuple[int, str], int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Communes, sites and weights of the people of a table of counts."""
    people = [cell for cell, count in counts.items() for _ in range(count)]
    site = np.array([at for at, _ in people], dtype=int)
    return np.array([code for _, code in people], dtype=object), site, np.ones(len(people))


def told_range(
    counts: dict[tuple[int, str], int], hidden: set[tuple[int, str]], cell: tuple[int, str]
) -> tuple[float, float]:
    """What a hidden cell may be for a reader who has the lines, and the margins that may be told."""
    sides = [sorted({one[axis] for one in counts}) for axis in (0, 1)]
    free = [one for one in product(*sides) if one not in counts or one in hidden]
    rows, sums = [], []
    for axis in (0, 1):
        margin = {
            key: sum(n for one, n in counts.items() if one[axis] == key) for key in sides[axis]
        }
        for key in set(margin) - suppressed_keys(margin):
            rows.append([one[axis] == key for one in free])
            shown = (n for one, n in counts.items() if one[axis] == key and one not in hidden)
            sums.append(margin[key] - sum(shown))
    rows.append([True] * len(free))  # everybody
    sums.append(sum(counts[one] for one in hidden))
    goal = np.array([one == cell for one in free], dtype=float)
    low, high = (
        linprog(sign * goal, A_eq=np.array(rows, dtype=float), b_eq=sums).fun for sign in (1, -1)
    )
    return low, -high


def check_bundles(counts: dict[tuple[int, str], int]) -> None:
    hidden = {(b.site, b.group) for b in bundles(*crowd(counts)) if not b.shown}
    assert all(counts[cell] >= 5 for cell in counts if cell not in hidden)
    for cell in hidden:
        if counts[cell] < 5 and sum(counts.values()) >= 5 and hidden != set(counts):
            low, high = told_range(counts, hidden, cell)
            assert high - low > 0.5, (cell, low, high)


@settings(max_examples=60)
@given(cells)
def test_no_bundle_can_be_told_from_the_margins(counts: dict[tuple[int, str], int]) -> None:
    check_bundles(counts)


def test_a_bundle_between_two_groups_of_hidden_ones_cannot_be_told() -> None:
    """No line of the table holds one hidden cell alone, but two groups of lines do."""
    counts = {(site, code): 20 for site in range(4) for code in "ABCD"}
    counts.update({(site, code): 3 for site in (0, 1) for code in "AB"})
    counts.update({(site, code): 3 for site in (2, 3) for code in "CD"})
    counts[1, "C"] = 3
    low, high = told_range(counts, {cell for cell, n in counts.items() if n == 3}, (1, "C"))
    assert low == high == 3, "two secrets by line are not enough"
    check_bundles(counts)


@given(cells, st.integers(0, 99))
def test_bundles_hold_everybody_once(counts: dict[tuple[int, str], int], seed: int) -> None:
    people = [cell for cell, count in counts.items() for _ in range(count)]
    order = np.random.default_rng(seed).permutation(len(people))
    site = np.array([people[at][0] for at in order], dtype=int)
    groups = np.array([people[at][1] for at in order], dtype=object)
    found = bundles(groups, site, np.ones(len(people)))
    assert {(b.site, b.group): b.count for b in found} == counts
    assert sum(bundle.weight for bundle in found) == len(people)


def test_one_person_with_most_of_the_weight_is_not_told() -> None:
    groups = np.array(["A"] * 6 + ["B"] * 6 + ["C"] * 6)
    weights = np.ones(18)
    weights[0] = 100
    site = np.zeros(18, dtype=int)
    told = {b.group: b.shown for b in bundles(groups, site, weights, weighted=True)}
    assert not told["A"] and sum(told.values()) < 2
    assert all(b.shown for b in bundles(groups, site, weights))
