"""Coverage figures: known values, and nothing hidden can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from coodiag.coodiag_plugin.analysis.coverage import Coverage, Prior, coverage, prior, wilson
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, State, Value
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

COUNTS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), min_size=1, max_size=8
)


def targets_of(counts: dict[str, int], target: float = 200.0) -> dict[str, Value]:
    return {unit: Value(target) for unit in counts}


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_agrees_with_scipy(successes: int, extra: int) -> None:
    trials = successes + extra
    expected = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    low, high = wilson(successes, trials)
    assert low == pytest.approx(expected.low, abs=1e-9)
    assert high == pytest.approx(expected.high, abs=1e-9)


def test_wilson_published_example() -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I: 81/263 → 0.2553–0.3662."""
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_wilson_refuses_what_is_no_proportion() -> None:
    with pytest.raises(ValueError):
        wilson(5, 4)


def test_index_and_share_by_hand() -> None:
    result = coverage({"a": 30, "b": 10}, {"a": Value(100.0), "b": Value(300.0)}).by_unit()
    assert result["a"].rate.number == pytest.approx(30)
    assert result["a"].index.number == pytest.approx((30 / 40) / (100 / 400) * 100)
    assert result["b"].index.number == pytest.approx((10 / 40) / (300 / 400) * 100)
    assert result["a"].share.number == pytest.approx(75)


def test_shrinkage_by_hand() -> None:
    """Marshall 1991 with figures worked out step by step."""
    counts, targets = {"a": 20.0, "b": 5.0}, {"a": 100.0, "b": 100.0}
    mean = 25 / 200
    between = (100 * (0.2 - mean) ** 2 + 100 * (0.05 - mean) ** 2) / 200
    law = prior(counts, targets, mean)
    assert law.variance == pytest.approx(between - mean * 2 / 200)
    weight = law.variance / (law.variance + mean / 100)
    assert law.shrink(20, 100) == pytest.approx(mean + weight * (0.2 - mean))


def test_shrinkage_draws_small_units_more() -> None:
    law = Prior(0.1, 0.01)
    assert abs(law.shrink(2, 4) - 0.1) < abs(law.shrink(200, 400) - 0.1)
    assert law.shrink(200_000, 400_000) == pytest.approx(0.5, abs=1e-3)
    assert Prior(0.1, 0.0).shrink(2, 4) == 0.1


def test_not_significant_needs_small_base_and_common_rate() -> None:
    counts = {"small": 5, "large": 500, "odd": 20}
    targets = {"small": Value(25.0), "large": Value(2500.0), "odd": Value(25.0)}
    rows = coverage(counts, targets).by_unit()
    assert rows["small"].status == "n.s." and not rows["small"].rate.significant
    assert rows["large"].status == "connu"
    assert rows["odd"].status == "connu"


def test_missing_targets_keep_their_reason() -> None:
    counts = {"a": 10, "b": 10, "c": 10, "d": 10, "e": 10}
    targets = {
        "a": Value(100.0),
        "b": ABSENT,
        "c": SECRET,
        "d": Value(0.0),
        "e": Value(None, State.FAILED),
    }
    rows = coverage(counts, targets).by_unit()
    assert [rows[u].status for u in "abcde"] == [
        "connu",
        "absent",
        "secret",
        "sans_objet",
        "absent",
    ]
    assert rows["b"].rate.state is State.ABSENT and rows["b"].count.number == 10
    assert rows["d"].rate.state is State.NOT_APPLICABLE
    assert rows["e"].rate.state is State.FAILED


def test_rate_over_a_hundred_has_no_interval() -> None:
    row = coverage({"a": 30, "b": 10}, {"a": Value(20.0), "b": Value(40.0)}).by_unit()["a"]
    assert row.rate.number == pytest.approx(150)
    assert row.low.state is State.NOT_APPLICABLE and row.high.state is State.NOT_APPLICABLE


def test_weights_stand_as_counts_and_a_dominant_client_is_hidden() -> None:
    counts = {"a": 10, "b": 12, "c": 20}
    sums = {"a": 1000.0, "b": 500.0, "c": 900.0}
    largest = {"a": 900.0, "b": 100.0, "c": 100.0}
    targets = targets_of(counts)
    rows = coverage(counts, targets, sums, largest).by_unit()
    assert rows["c"].count.number == 900
    assert rows["a"].status == "secret"
    assert rows["b"].status == "secret", "alone, the hidden sum would follow from the total"
    assert rows["c"].low.state is State.NOT_APPLICABLE


@given(COUNTS)
def test_every_figure_of_a_hidden_count_is_hidden(counts: dict[str, int]) -> None:
    result = coverage(counts, targets_of(counts))
    for row in result.rows:
        if 0 < counts[row.unit] < 5:
            assert row.count.state is State.SECRET
        if row.count.state is State.SECRET:
            assert row.status == "secret"
            for name, value in row.figures().items():
                assert name == "target" or value.state is State.SECRET


@given(COUNTS)
def test_counts_in_are_counts_out(counts: dict[str, int]) -> None:
    result = coverage(counts, targets_of(counts))
    shown = sum(row.count.number or 0 for row in result.rows)
    assert shown <= sum(counts.values())
    if all(row.count.known for row in result.rows):
        assert shown == sum(counts.values()) == result.count.number


@given(COUNTS, st.randoms())
def test_order_of_units_does_not_matter(counts: dict[str, int], random: object) -> None:
    units = list(counts)
    random.shuffle(units)  # type: ignore[attr-defined]
    first = coverage(counts, targets_of(counts)).by_unit()
    second = coverage({u: counts[u] for u in units}, {u: Value(200.0) for u in units}).by_unit()
    for unit in units:
        assert first[unit].status == second[unit].status
        assert first[unit].count == second[unit].count
        if first[unit].shrunk.known:
            assert first[unit].shrunk.number == pytest.approx(second[unit].shrunk.number)


def _published(result: Coverage) -> tuple[object, ...]:
    """Everything a reader sees, rounded as a float table would be."""
    cells = [
        (
            row.unit,
            name,
            value.state.value,
            None if value.number is None else round(value.number, 9),
        )
        for row in result.rows
        for name, value in row.figures().items()
    ]
    total = result.count
    return (*cells, total.state.value, total.number)


def _tables(untargeted: set[str], limit: int = 9) -> Iterator[tuple[tuple[int, ...], Coverage]]:
    for values in product(range(limit), repeat=3):
        counts = dict(zip("abc", values))
        targets = {u: ABSENT if u in untargeted else Value(100.0) for u in counts}
        yield values, coverage(counts, targets)


@pytest.mark.parametrize("untargeted", [set(), {"c"}, {"b", "c"}])
def test_published_figures_hold_no_more_than_shown_counts_and_totals(untargeted: set[str]) -> None:
    """Every table of three communes: same cells hidden, same cells shown, same totals → same page.

    Nothing else of a hidden count (through the prior, the index…) reaches the reader.
    """
    pages: dict[object, object] = {}
    for values, result in _tables(untargeted):
        secret = [row.count.state is State.SECRET for row in result.rows]
        shown = tuple(None if hide else value for hide, value in zip(secret, values))
        rate = result.rate.number
        key = (shown, result.count.number, None if rate is None else round(rate, 9))
        assert pages.setdefault(key, _published(result)) == _published(result)


@pytest.mark.parametrize("untargeted", [set(), {"c"}, {"b", "c"}])
def test_totals_and_shown_counts_leave_every_hidden_count_open(untargeted: set[str]) -> None:
    """Brute force: the reader solves the sums for the hidden cells, one of which is 1 to 4."""
    groups = [
        [place for place, unit in enumerate("abc") if unit in untargeted],
        [place for place, unit in enumerate("abc") if unit not in untargeted],
    ]
    for values, result in _tables(untargeted):
        secret = [row.count.state is State.SECRET for row in result.rows]
        known = [range(3)] if result.count.known else []
        if result.rate.known:  # gives the sum of the communes with a target, hence of the others
            known += [group for group in groups if result.count.known or group == groups[1]]
        options = [range(13) if hide else [value] for hide, value in zip(secret, values)]
        fits = [
            guess
            for guess in product(*options)
            if all(sum(guess[p] for p in g) == sum(values[p] for p in g) for g in known)
            and any(1 <= guess[place] <= 4 for place in range(3) if secret[place])
        ]
        for place in range(3):
            if secret[place]:
                assert len({guess[place] for guess in fits}) > 1, (values, secret)
