"""Coverage figures: known values, and nothing hidden can be found again."""

from __future__ import annotations

from collections import defaultdict
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


Cells = tuple[int, ...]
World = tuple[Cells, Coverage]
#: A target for each commune, or none for the reasons there are (an exact zero, an absent figure).
TARGETS = (Value(100.0), Value(60.0), Value(230.0), Value(310.0))
WITHOUT = (Value(0.0), ABSENT, ABSENT, Value(0.0))


def _worlds(
    based: tuple[bool, ...], most: int, outer: range, minimum: int = 5
) -> dict[object, list[World]]:
    """Every table by all that is published of it; the last count of a world is of those outside.

    With one possible number of people outside, none, the table has no such cell.

    The reader knows how many are located in all (the quality page of an atlas tells it), except
    where no cell at all is shown: there is then no table to protect, only that number.
    """
    units = "abcd"[: len(based)]
    targets = {
        unit: (TARGETS if known else WITHOUT)[place]
        for place, (unit, known) in enumerate(zip(units, based))
    }
    found: dict[object, list[World]] = defaultdict(list)
    for *counts, out in product(*[range(most + 1)] * len(based), outer):
        result = coverage(
            dict(zip(units, counts)),
            targets,
            min_count=minimum,
            beside={"outside": out} if len(outer) > 1 else None,
        )
        cells = (*counts, out)
        everybody = None if all(_secret(result)) else sum(cells)
        told = (result.count, result.rate, result.mean, result.located, *result.beside.values())
        found[everybody, told, result.rows].append((cells, result))
    return found


def _secret(result: Coverage) -> list[bool]:
    """Which cells are hidden, the one of those outside last."""
    values = [*(row.count for row in result.rows), *result.beside.values()]
    return [value.state is State.SECRET for value in values]


ALL_BASES = [based for size in (1, 2, 3, 4) for based in product((True, False), repeat=size)]


@pytest.mark.parametrize(
    ("most", "outer", "minimum", "sizes"),
    [
        pytest.param(7, range(1), 5, (1, 2, 3, 4), id="nobody outside"),
        pytest.param(7, range(8), 5, (1, 2, 3), id="some outside"),
        pytest.param(4, range(5), 3, (4,), id="four communes and outside, least count 3"),
    ],
)
def test_no_small_count_can_be_recovered_from_all_that_is_published(
    most: int, outer: range, minimum: int, sizes: tuple[int, ...]
) -> None:
    """Brute force: a reader who knows the rule runs it on every table and keeps those that fit.

    Every hidden count of 1 to ``minimum − 1`` has another value in some other table that gives the
    very same page. Counts above ``most`` are left out, which only makes the reader stronger.
    """
    tried = 0
    for based in ALL_BASES:
        if len(based) not in sizes:
            continue
        for tables in _worlds(based, most, outer, minimum).values():
            hidden = _secret(tables[0][1])
            for place, secret in enumerate(hidden):
                values = {cells[place] for cells, _ in tables}
                few = {value for value in values if 0 < value < minimum}
                assert secret or not few, f"{tables[0]} shows {few}"
                tried += bool(secret and few)
                assert not few or len(values) > 1, f"{tables[0]}: cell {place} can only be {few}"
    assert tried > 1000


def test_the_figures_of_the_territory_are_never_of_few_people() -> None:
    """Neither the total, nor the sum that the rate gives, nor those outside, nor everybody."""
    for based in ALL_BASES[:14]:  # up to three communes
        for (_, told, _), tables in _worlds(based, 7, range(8)).items():  # type: ignore[misc]
            count, rate, _, located, outside = told
            for value in (count, located, outside):
                assert value.number is None or not 0 < value.number < 5
            if any(based) and rate.number is not None:
                for cells, _ in tables:
                    assert not 0 < sum(n for n, known in zip(cells, based) if known) < 5


def test_the_case_of_one_small_commune_without_target() -> None:
    """The share told the total, the rate the sum of a and b: c was the difference."""
    result = coverage(
        {"a": 5, "b": 6, "c": 1}, {"a": Value(10.0), "b": Value(20.0), "c": Value(0.0)}
    )
    rows = result.by_unit()
    assert rows["c"].count == SECRET and result.count == SECRET and result.rate == SECRET
    assert all(row.share == SECRET for row in result.rows)
    assert result.compares_shown and rows["b"].index.number == pytest.approx(100)


def test_few_people_outside_hide_the_total_and_keep_the_index() -> None:
    """Everybody located is known elsewhere: the total would tell those outside."""
    counts = {"a": 40, "b": 20, "c": 12}
    result = coverage(counts, targets_of(counts), beside={"outside": 3})
    assert result.beside == {"outside": SECRET} and result.count == result.rate == SECRET
    assert result.located.number == 75
    rows = result.by_unit()
    assert rows["c"].status == "secret", "else the shown counts and the whole would tell"
    assert rows["a"].index.number == pytest.approx(40 / 30 * 100)


def test_many_outside_are_shown_and_everything_adds_up() -> None:
    counts = {"a": 40, "b": 20, "c": 3, "d": 2}
    result = coverage(counts, targets_of(counts), beside={"outside": 9, "autres": 30})
    assert result.count.number == 65 and result.located.number == 65 + 9 + 30
    assert result.beside == {"outside": Value(9.0), "autres": Value(30.0)}
    assert result.mean == result.rate and not result.compares_shown


def test_what_is_beside_may_not_be_named_as_a_unit() -> None:
    with pytest.raises(ValueError, match="name of a unit"):
        coverage({"a": 9}, targets_of({"a": 9}), beside={"a": 2})


def test_a_dominated_unit_without_target_hides_the_sums() -> None:
    targets = {"a": Value(100.0), "b": Value(100.0), "c": ABSENT}
    counts = {"a": 30, "b": 20, "c": 10}
    sums = {"a": 300.0, "b": 200.0, "c": 100.0}
    result = coverage(counts, targets, sums, {"c": 90.0})
    assert result.by_unit()["c"].status == "secret" and result.count == result.rate == SECRET


@pytest.mark.parametrize(("target", "status"), [(29, "n.s."), (30, "connu")])
def test_from_thirty_targets_a_rate_is_significant(target: float, status: str) -> None:
    found = coverage({"a": 6, "b": 200}, {"a": Value(target), "b": Value(1000.0)})
    assert found.by_unit()["a"].status == status
