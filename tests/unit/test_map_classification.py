"""Classes: golden cuts of mapclassify 2.10 on real series, and what every cut must satisfy."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.classification import (
    METHODS,
    choose_method,
    class_number,
    classify,
    clean,
    count,
    fisher,
    rounded,
    skewness,
)
from coodiag.coodiag_plugin.core.errors import InputError
from hypothesis import given, settings
from hypothesis import strategies as st

# Skewed, symmetric and middling series, reproducible without any file.
_STEPS = np.arange(1, 61)
SKEWED = np.round(50 * 1.12**_STEPS, 1)
SYMMETRIC = np.round(20 + 5 * np.sin(_STEPS * 0.7) + 0.05 * _STEPS, 1)


def brute_fisher(values: list[float], classes: int) -> float:
    """Least within-class sum of squares over all partitions (tiny series only)."""
    from itertools import combinations

    ordered = sorted(values)
    best = np.inf
    for cuts in combinations(range(1, len(ordered)), classes - 1):
        edges = [0, *cuts, len(ordered)]
        groups = [np.array(ordered[a:b]) for a, b in zip(edges, edges[1:])]
        best = min(best, sum(float(((g - g.mean()) ** 2).sum()) for g in groups))
    return best


def within(values: list[float], starts: list[float]) -> float:
    series = np.sort(np.array(values))
    index = np.searchsorted(np.array(starts), series, side="right")
    return sum(
        float(((series[index == g] - series[index == g].mean()) ** 2).sum())
        for g in range(len(starts) + 1)
        if (index == g).any()
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=10, unique=True),
    st.integers(2, 4),
)
def test_fisher_is_the_exact_optimum(values: list[float], classes: int) -> None:
    starts = fisher(np.sort(np.array(values)), classes)
    assert within(values, starts) == pytest.approx(brute_fisher(values, classes), abs=1e-6)


series_of_figures = st.lists(
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)), min_size=1, max_size=120
)


@settings(max_examples=150, deadline=None)
@given(
    series_of_figures,
    st.integers(0, 2),
    st.sampled_from([m for m in METHODS if m not in ("fixed", "geometric")]),
)
def test_classes_partition_the_printed_values(
    values: list[float], decimals: int, method: str
) -> None:
    cut = classify(values, decimals, method)
    printed = rounded(values, decimals)
    assert sum(cut.counts) == len(values)
    assert all(n > 0 for n in cut.counts)
    assert len(cut.counts) == len(cut.breaks) - 1 <= 7
    assert list(cut.cuts) == sorted(set(cut.cuts))
    assert cut.breaks[0] == printed.min()
    assert cut.breaks[-1] == printed.max()
    # Breaks are printable: rounding them changes nothing.
    assert rounded(cut.breaks, decimals) == pytest.approx(np.array(cut.breaks), abs=1e-9)


def test_no_class_of_hair_width() -> None:
    series = np.sort(np.array([1.0] * 10 + [1.05] * 10 + [5.0] * 10 + [9.0] * 10))
    kept = clean(series, [1.05, 1.06, 5.0], hair=0.5)
    assert kept == (1.05, 5.0)


def test_an_empty_class_joins_its_smaller_neighbour() -> None:
    series = np.array([1.0, 1.0, 1.0, 9.0])
    assert clean(series, [4.0, 6.0], hair=0.0) in ((4.0,), (6.0,))
    assert count(series, clean(series, [4.0, 6.0], hair=0.0)) == (3, 1)


@pytest.mark.parametrize(
    ("units", "classes"), [(5, 3), (11, 3), (12, 4), (19, 4), (20, 4), (43, 5), (100, 6), (5000, 6)]
)
def test_number_of_classes(units: int, classes: int) -> None:
    assert class_number(units) == classes
    if units >= 20:
        assert classes <= 1 + 3.3 * np.log10(units)


def test_method_follows_the_shape_of_the_distribution() -> None:
    assert skewness(SKEWED) > 1
    assert choose_method(SKEWED) == "q6"
    assert choose_method(SKEWED, 4) == "geometric"
    assert choose_method(SYMMETRIC) == "msd"
    assert choose_method(SKEWED[:15]) == "fisher"
    assert choose_method(np.append(SKEWED[:25], 0.0) - 0.0, 5) == "fisher"  # reaches zero


def test_centre_is_a_break_and_both_sides_are_cut() -> None:
    values = [-3.2, -2.0, -0.4, -0.1, 0.2, 0.3, 0.8, 1.4, 2.2, 5.0, 0.4, 1.1]
    cut = classify(values, 1, centre=0.0)
    assert 0.0 in cut.cuts
    assert cut.centre == 0.0
    one_sided = classify([v for v in values if v > 0], 1, centre=0.0)
    assert 0.0 not in one_sided.cuts


def test_breaks_are_the_roundest_that_keep_the_partition() -> None:
    values = [21340.0, 21460.0, 25010.0, 25320.0, 30100.0, 31950.0]
    cut = classify(values, 0, "fisher", 3)
    assert cut.cuts == (25000.0, 30000.0)
    assert cut.counts == (2, 2, 2)


def test_series_compared_share_breaks_computed_on_all() -> None:
    first, second = [1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]
    pooled = classify([*first, *second], 0, "quantile", 4)
    assert classify(first, 0, "quantile", 4).cuts != pooled.cuts
    assert pooled.counts == (2, 2, 2, 2)


def test_refusals_say_why() -> None:
    with pytest.raises(InputError, match="no known figure"):
        classify([])
    with pytest.raises(InputError, match="not a classification method"):
        classify([1.0], method="jenks")
    with pytest.raises(InputError, match="ask for 2 to 7"):
        classify([1.0, 2.0], classes=9)
    with pytest.raises(InputError, match="needs its breaks"):
        classify([1.0, 2.0], method="fixed")
    with pytest.raises(InputError, match="above zero"):
        classify([0.0, 1.0, 2.0], method="geometric")


def test_constant_series_has_one_class() -> None:
    cut = classify([7.0] * 12, 0)
    assert (cut.breaks, cut.counts) == ((7.0, 7.0), (12,))
