"""Figures: five states that never collapse, sums that never leak, ratios over zero."""

from __future__ import annotations

import math

import pytest
from coodiag.coodiag_plugin.core.figures import FigureTable, value_of
from coodiag.coodiag_plugin.core.values import (
    ABSENT,
    FAILED,
    NOT_APPLICABLE,
    SECRET,
    State,
    Value,
    ratio,
    total,
    worst_state,
)
from hypothesis import given
from hypothesis import strategies as st

FINITE = st.floats(-1e12, 1e12)
HIDDEN = st.sampled_from([ABSENT, SECRET, NOT_APPLICABLE, FAILED])
VALUES = st.one_of(FINITE.map(Value), HIDDEN)
UNKNOWN = [state for state in State if state is not State.KNOWN]


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        Value(math.nan)


@pytest.mark.parametrize("state", UNKNOWN)
def test_a_number_and_a_reason_for_its_absence_exclude_each_other(state: State) -> None:
    with pytest.raises(ValueError, match=state.value):
        Value(3.0, state)
    assert not Value(None, state).known


def test_a_known_value_needs_its_number() -> None:
    with pytest.raises(ValueError):
        Value(None)
    assert Value(0.0).known, "zero is a figure"


def test_the_states_are_written_as_the_contract_says() -> None:
    assert [state.value for state in State] == [
        "connu",
        "absent",
        "secret",
        "sans_objet",
        "echec",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], State.KNOWN),
        ([Value(1.0), Value(2.0)], State.KNOWN),
        ([Value(1.0), NOT_APPLICABLE], State.NOT_APPLICABLE),
        ([ABSENT, NOT_APPLICABLE], State.ABSENT),
        ([ABSENT, SECRET, NOT_APPLICABLE], State.SECRET),
        ([SECRET, FAILED, ABSENT], State.FAILED),
    ],
)
def test_the_gravest_reason_wins(values: list[Value], expected: State) -> None:
    assert worst_state(values) is expected


@given(st.lists(VALUES, max_size=6), st.randoms())
def test_the_worst_state_does_not_depend_on_the_order(values: list[Value], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(values)
    random.shuffle(shuffled)
    assert worst_state(shuffled) is worst_state(values)


@given(st.lists(FINITE, min_size=1, max_size=8))
def test_a_total_of_known_values_is_their_sum(numbers: list[float]) -> None:
    assert total([Value(number) for number in numbers]) == Value(sum(numbers))


@given(st.lists(VALUES, max_size=5), HIDDEN)
def test_one_hidden_part_hides_the_total(values: list[Value], hidden: Value) -> None:
    result = total([*values, hidden])
    assert result.number is None
    assert result.state is worst_state([*values, hidden])


def test_the_total_of_nothing_is_absent_not_zero() -> None:
    assert total([]) == ABSENT


@given(VALUES, VALUES, st.floats(0.1, 1000))
def test_a_ratio_keeps_the_reason_or_divides(above: Value, below: Value, factor: float) -> None:
    result = ratio(above, below, factor)
    if not (above.known and below.known):
        assert result == Value(None, worst_state([above, below]))
    elif below.number == 0:
        assert result == NOT_APPLICABLE
    else:
        assert result.number == factor * above.number / below.number  # type: ignore[operator]


@given(st.floats(-1e300, 1e300).filter(lambda number: number != 0))
def test_a_ratio_over_zero_is_not_applicable_whatever_the_numerator(number: float) -> None:
    assert ratio(Value(number), Value(0.0)) is NOT_APPLICABLE
    assert ratio(Value(0.0), Value(-0.0)) is NOT_APPLICABLE


# --- tables of figures -----------------------------------------------------------------------

UNITS = st.text("0123456789AB", min_size=5, max_size=5)
TABLES = st.dictionaries(UNITS, st.dictionaries(st.sampled_from("abc"), VALUES), max_size=5)


def filled(cells: dict[str, dict[str, Value]]) -> FigureTable:
    table = FigureTable()
    for unit, row in cells.items():
        for name, value in row.items():
            table.put(unit, name, value)
    return table


@given(TABLES)
def test_a_table_written_as_two_columns_reads_back_the_same(
    cells: dict[str, dict[str, Value]],
) -> None:
    table = filled(cells)
    for unit in table.units():
        record = table.record(unit, "abc")
        for name in "abc":
            back = value_of(record[name], record[name + "_etat"])
            assert back == table.get(unit, name)


def test_a_cell_never_filled_is_absent() -> None:
    table = filled({"35238": {"a": Value(1.0)}})
    assert table.get("35238", "b") is ABSENT
    assert table.get("99999", "a") is ABSENT
    assert table.units() == ["35238"], "reading a missing unit does not create it"


def test_classes_are_computed_on_known_figures_only() -> None:
    table = filled({"a": {"x": Value(2.0)}, "b": {"x": SECRET}, "c": {"x": Value(0.0)}})
    assert table.known("x") == [2.0, 0.0]
    assert table.known("x", ["c", "b"]) == [0.0]
    assert table.column("x", ["b", "d"]) == {"b": SECRET, "d": ABSENT}


def test_iterating_gives_every_filled_cell_once() -> None:
    table = filled({"a": {"x": Value(2.0), "y": SECRET}, "b": {"x": FAILED}})
    assert sorted((unit, name) for unit, name, _ in table) == [("a", "x"), ("a", "y"), ("b", "x")]


@pytest.mark.parametrize(
    ("number", "state", "expected"),
    [
        (3, None, Value(3.0)),
        (3.5, "connu", Value(3.5)),
        (0, "", Value(0.0)),
        (None, "secret", SECRET),
        (None, None, ABSENT),
        (None, "connu", ABSENT),
        (None, "un mot inconnu", ABSENT),
        (7, "secret", SECRET),  # the state rules: a number beside it is never shown
    ],
)
def test_figures_of_a_layer(number: object, state: object, expected: Value) -> None:
    assert value_of(number, state) == expected
