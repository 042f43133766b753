"""Secondary suppression against a reader who knows the rule, the total and what is shown."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import product

import pytest
from coodiag.coodiag_plugin.core.privacy import MIN_COUNT, suppress, suppressed_keys
from coodiag.coodiag_plugin.core.values import SECRET, Value
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.dictionaries(
    st.text("0123456789", min_size=2, max_size=3), st.integers(0, 60), min_size=1, max_size=12
)
Seen = tuple[int, frozenset[int], tuple[tuple[int, int], ...]]


def worlds(size: int, minimum: int, most: int) -> dict[Seen, list[tuple[int, ...]]]:
    """Every assignment of counts up to ``most``, by what a reader of the table sees."""
    found: dict[Seen, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=size):
        table = dict(enumerate(counts))
        hidden = frozenset(suppressed_keys(table, minimum))
        shown = tuple((key, count) for key, count in table.items() if key not in hidden)
        found[(sum(counts), hidden, shown)].append(counts)
    return found


@pytest.mark.parametrize(
    ("size", "minimum", "most"), [(3, 3, 9), (4, 3, 7), (5, 3, 4), (3, 5, 13), (4, 4, 8)]
)
def test_no_hidden_count_is_determined_by_the_total_and_the_shown(
    size: int, minimum: int, most: int
) -> None:
    """Brute force over every table that is consistent with the rule.

    Where all cells are hidden there is nothing left to hide but the total, which is the
    caller's: see :func:`test_where_all_is_hidden_the_total_must_be`.
    """
    tried = 0
    for (whole, hidden, shown), tables in worlds(size, minimum, most).items():
        left = whole - sum(count for _, count in shown)
        if not hidden or not shown or left > most:  # above ``most`` the enumeration is not whole
            continue
        for key in hidden:
            tried += 1
            values = {table[key] for table in tables}
            assert len(values) > 1, f"cell {key} of {tables[0]} can only be {values}"
    assert tried > 20


def test_where_all_is_hidden_the_total_must_be() -> None:
    assert suppressed_keys({"a": 1, "b": 1}) == {"a", "b"}
    assert suppressed_keys({"a": 3}) == {"a"}


@given(COUNTS, st.integers(3, 11))
def test_no_count_under_the_threshold_is_shown(counts: dict[str, int], minimum: int) -> None:
    hidden = suppressed_keys(counts, minimum)
    assert {key for key, count in counts.items() if 0 < count < minimum} <= hidden


@given(COUNTS, st.integers(3, 11))
def test_never_one_hidden_cell_alone_beside_shown_ones(
    counts: dict[str, int], minimum: int
) -> None:
    hidden = suppressed_keys(counts, minimum)
    if len(counts) > 1:
        assert len(hidden) != 1


@given(COUNTS)
def test_nothing_is_hidden_without_a_small_count(counts: dict[str, int]) -> None:
    large = {key: count + MIN_COUNT if count else 0 for key, count in counts.items()}
    assert suppressed_keys(large) == set()


@given(COUNTS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(counts: dict[str, int], random) -> None:  # type: ignore[no-untyped-def]
    items = list(counts.items())
    random.shuffle(items)
    assert suppressed_keys(dict(items)) == suppressed_keys(counts)


@given(COUNTS, st.integers(3, 11))
def test_exchanging_hidden_values_of_a_pair_hides_the_same_cells(
    counts: dict[str, int], minimum: int
) -> None:
    """The strongest form for one primary cell: its value may stand in another hidden cell."""
    hidden = suppressed_keys(counts, minimum)
    primary = [key for key in hidden if 0 < counts[key] < minimum]
    if len(primary) != 1 or len(hidden) == len(counts) == 1:
        return
    (small,) = primary
    others = hidden - {small}
    assert others
    for other in others:
        changed = {**counts, small: counts[other], other: counts[small]}
        assert suppressed_keys(changed, minimum) == hidden


def test_the_smallest_shown_count_above_zero_goes_before_a_zero() -> None:
    assert suppressed_keys({"a": 2, "b": 9, "c": 40, "d": 0}) == {"a", "b"}
    assert suppressed_keys({"a": 2, "b": 0}) == {"a", "b"}


def test_two_primary_cells_with_a_free_sum_need_no_third() -> None:
    assert suppressed_keys({"a": 2, "b": 3, "c": 9}) == {"a", "b"}
    assert suppressed_keys({"a": 1, "b": 1, "c": 9}) == {"a", "b", "c"}
    assert suppressed_keys({"a": 4, "b": 4, "c": 9, "d": 12}) == {"a", "b", "c"}


def test_a_sensitive_cell_is_hidden_and_never_alone() -> None:
    assert suppressed_keys({"a": 9, "b": 30, "c": 40}, sensitive={"b"}) == {"a", "b"}
    assert suppressed_keys({"a": 9, "b": 30, "c": 2}, sensitive={"b"}) == {"b", "c"}


def test_values_carry_the_unit_and_the_secret() -> None:
    shown = suppress({"a": 2, "b": 7, "c": 30}, unit="clients")
    assert shown == {"a": SECRET, "b": SECRET, "c": Value(30.0, unit="clients")}
    assert suppress({}) == {}


@given(COUNTS)
def test_shown_values_are_the_counts(counts: dict[str, int]) -> None:
    for key, value in suppress(counts).items():
        assert value.number is None or math.isclose(value.number, counts[key])
