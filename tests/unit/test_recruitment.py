"""The COODIAG typology: its rules are the catalogue's, and hidden counts do not tell the type."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.analysis.recruitment import (
    Reference,
    Situation,
    large_share,
    legend,
    rules,
    typology,
)
from coodiag.coodiag_plugin.core.values import ABSENT, SECRET, State, Value
from hypothesis import given
from hypothesis import strategies as st

HERE = Reference(Value(1000.0), Value(10.0), Value(8.0), Value(20.0))


def place(
    need: float = 100,
    rate: float = 12,
    index: Value | float = 40,
    minutes: float | None = None,
    km: float | None = None,
    car: float | None = None,
    qpv: Value = ABSENT,
) -> Situation:
    return Situation(
        "x",
        Value(float(need)),
        Value(float(rate)),
        index if isinstance(index, Value) else Value(float(index)),
        Value(minutes) if minutes is not None else ABSENT,
        Value(km) if km is not None else ABSENT,
        Value(car) if car is not None else ABSENT,
        priority=qpv,
    )


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (place(rate=9, need=20, minutes=40.0), "sans_besoin"),
        (place(rate=9, need=200, index=120, minutes=5.0), "touchee"),
        (place(index=80, minutes=5.0), "touchee"),
        (place(index=79, minutes=21.0), "eloignee"),
        (place(index=79, minutes=20.0), "proche_non_touchee"),
        (place(index=79, minutes=15.0, car=10.0), "eloignee"),
        (place(index=79, minutes=15.0, car=9.9), "proche_non_touchee"),
        (place(index=79, km=16.0), "eloignee"),
        (place(index=79, km=2.0), "proche_non_touchee"),
        (place(index=79, minutes=2.0, qpv=Value(12.0)), "proche_qpv"),
        (place(index=79, km=2.0, qpv=Value(0.4)), "proche_qpv"),
        (place(index=79, minutes=2.0, qpv=Value(0.0)), "proche_non_touchee"),
        (place(index=79, minutes=2.0, qpv=SECRET), "non_classee"),
        (place(index=79, minutes=25.0, qpv=Value(12.0)), "eloignee"),
        (place(index=120, minutes=2.0, qpv=Value(12.0)), "touchee"),
        (place(index=79), "non_classee"),
        (place(index=SECRET, minutes=5.0), "non_classee"),
        (place(index=SECRET, minutes=60.0), "non_classee"),
        (place(index=SECRET, rate=9, need=20), "sans_besoin"),
    ],
)
def test_types(situation: Situation, expected: str) -> None:
    assert typology([situation], HERE)[0].type == expected


def test_reasons_of_unclassed_are_told_apart() -> None:
    secret, absent = typology([place(index=SECRET), place()], HERE)
    assert secret.label == "Non classée (secret statistique)"
    assert absent.label == "Non classée (donnée absente)"
    assert (secret.state, absent.state) == (State.SECRET, State.ABSENT)


@given(st.floats(0, 30), st.floats(0, 90), st.floats(0, 30))
def test_a_hidden_index_gives_no_type_that_looks_at_it(
    rate: float, minutes: float, car: float
) -> None:
    """Need 100 of 1 000 is marked whatever the rate, so every later rule needs the index."""
    hidden = typology([place(rate=rate, index=SECRET, minutes=minutes, car=car)], HERE)[0]
    assert hidden.type == "non_classee" and hidden.state is State.SECRET


def test_legend_prints_the_thresholds_of_the_rules() -> None:
    by_time = {kind: words for kind, _, words in legend(mode="minutes")}
    assert list(by_time) == [
        "sans_besoin", "touchee", "eloignee", "proche_qpv", "proche_non_touchee", "non_significatif"
    ]  # fmt: skip
    assert "20\u00a0minutes" in by_time["eloignee"] and "1,25 fois" in by_time["eloignee"]
    assert "80\u00a0%" in by_time["touchee"] and "km" not in by_time["eloignee"]
    by_distance = {kind: words for kind, _, words in legend(mode="km")}
    assert "15\u00a0km" in by_distance["eloignee"] and "minutes" not in by_distance["eloignee"]
    for rule in rules():
        assert "{" not in rule.explained()


def test_the_share_from_which_a_need_is_marked_is_that_of_the_rules() -> None:
    """The page of the crossing prints it: an edited rule must not leave it behind."""
    limits = {
        limit for rule in rules() for name, _, limit in rule.conditions if name == "need_share"
    }
    assert limits == {large_share()}
