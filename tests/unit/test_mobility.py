"""Shares of people by time: exact, and no few people found from them."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.privacy import is_few
from coodiag.coodiag_plugin.core.values import NOT_APPLICABLE, SECRET, Value
from coodiag.coodiag_plugin.zones.mobility import Access, access, clusters
from hypothesis import given
from hypothesis import strategies as st

TIMES = (20.0, 30.0)


def reach(minutes: dict[str, list[float]], communes: tuple[str, ...] = ()) -> Access:
    homes = [code for code, times in minutes.items() for _ in times]
    values = np.array([time for times in minutes.values() for time in times], dtype=float)
    listed = communes or tuple(minutes)
    return access("site", "car", homes, np.ones(len(homes), dtype=int), values, listed, TIMES)


def test_shares_and_medians() -> None:
    found = reach({"a": [5.0] * 6 + [25.0] * 6, "b": [10.2] * 10 + [np.nan] * 10}, ("a", "b", "c"))
    a, b, c = (found.communes[code] for code in "abc")
    assert a.within == {20.0: Value(50.0), 30.0: Value(100.0)} and a.median == Value(5.0)
    assert b.within == {20.0: Value(50.0), 30.0: Value(50.0)} and b.median == Value(11.0)
    assert c.people == Value(0.0) and c.median is NOT_APPLICABLE
    assert found.whole.within == {20.0: Value(50.0), 30.0: Value(100 * 22 / 32)}
    assert found.whole.people == Value(32.0)


def test_a_group_counts_for_its_people() -> None:
    found = access(
        "jobs", "foot", ["a", "b"], np.array([30, 10]), np.array([12.0, np.inf]), ["a", "b"]
    )
    assert found.whole.within[20.0] == Value(75.0)
    assert found.communes["b"].within[45.0] == Value(0.0)
    assert found.communes["b"].median is NOT_APPLICABLE


def test_two_people_who_are_apart_are_hidden_and_so_is_another_commune() -> None:
    found = reach({"a": [5.0] * 10 + [25.0] * 2, "b": [5.0] * 8, "c": [5.0] * 40 + [25.0] * 9})
    hidden = {code for code, r in found.communes.items() if r.within[20.0] == SECRET}
    assert hidden == {"a", "b"}
    assert all(r.within[30.0] == Value(100.0) for r in found.communes.values())
    assert found.whole.within[20.0].known


def test_a_commune_of_few_people_tells_nothing() -> None:
    found = reach({"a": [5.0] * 3, "b": [5.0] * 30, "c": [5.0] * 20})
    assert found.communes["a"].people == SECRET and found.communes["a"].median == SECRET
    assert found.communes["c"].people == SECRET, "the total less b would tell a"
    assert set(found.communes["c"].within.values()) == {SECRET}
    assert found.communes["b"].within[20.0] == Value(100.0)


def test_a_commune_hidden_beside_few_tells_no_share_either() -> None:
    """Two others are hidden at 20 minutes for reasons of their own: that opens nothing."""
    found = reach({"a": [5.0] * 3, "b": [5.0] * 30, "c": [5.0] * 6, "d": [5.0] * 10 + [25.0] * 2})
    c = found.communes["c"]
    assert c.people == SECRET and set(c.within.values()) == {SECRET}


def test_everybody_is_few() -> None:
    found = reach({"a": [5.0] * 3})
    assert found.whole.people == SECRET and found.whole.within[20.0] == SECRET


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.tuples(*[st.integers(0, 15)] * 3), min_size=1, max_size=6
    )
)
def test_no_difference_of_told_shares_tells_few_people(
    bands: dict[str, tuple[int, int, int]],
) -> None:
    minutes = {
        code: [10.0] * near + [25.0] * middle + [60.0] * far
        for code, (near, middle, far) in bands.items()
    }
    found = reach(minutes)
    for code, told in found.communes.items():
        number = sum(bands[code])
        if told.people == SECRET:  # a share with many digits would tell its denominator
            assert told.median == SECRET and set(told.within.values()) == {SECRET}, code
        counts = [0.0]
        for time in TIMES:
            value = told.within[time]
            if value.number is not None:
                counts.append(value.number * number / 100)
        if told.people != SECRET and number:
            counts.append(number)
        steps = [round(b - a) for a, b in zip(counts, counts[1:])]
        assert not any(is_few(step) for step in steps), (code, counts)
    for rank, time in enumerate(TIMES):
        hidden = [
            code
            for code, told in found.communes.items()
            if sum(bands[code]) and told.within[time] == SECRET
        ]
        assert len(hidden) != 1 or found.whole.within[time] == SECRET, rank


def test_clusters_are_the_densest_places_that_hold_the_share() -> None:
    points = np.array([[0, 0], [10, 0], [5000, 0], [9000, 0], [np.nan, 0]], dtype=float)
    found = clusters(points, np.array([30, 30, 30, 10, 500.0]), share=50)
    assert found.share == pytest.approx(60) and found.points.tolist() == [[5.0, 0.0]]
    two = clusters(points, np.array([30, 30, 60, 10, 500.0]), share=50)
    assert len(two.points) == 2, "equals enter together"
    assert len(clusters(points[:0], np.empty(0)).points) == 0
    by_commune = clusters(points, np.array([30, 30, 30, 10, 5.0]), ["x", "", "x", "y", "x"], 50)
    assert by_commune.points.tolist() == [[2500.0, 0.0]]


def test_communes_hidden_together_are_not_known_from_their_sum() -> None:
    """One person of each of b and c is within the time: the sum of all, less a, would tell it."""
    found = reach(
        {"a": [5.0] * 6, "b": [5.0] + [25.0] * 9, "c": [5.0] + [25.0] * 9, "d": [5.0] * 60}
    )
    hidden = {code for code, r in found.communes.items() if r.within[20.0] == SECRET}
    assert hidden == {"a", "b", "c"} and found.whole.within[20.0].known
    found = reach({"b": [5.0] + [25.0] * 9, "c": [5.0] + [25.0] * 9})
    assert found.whole.within[20.0] == SECRET
    found = reach({"b": [5.0] * 2 + [25.0] * 8, "c": [5.0] * 3 + [25.0] * 7})
    assert found.whole.within[20.0] == Value(25.0), "2 and 3, or 3 and 2, or 1 and 4"


def test_modes_together_do_not_count_a_few_people() -> None:
    """32 of 52 get there by car and 30 by bike: the two between them are not to be told."""
    minutes = {"a": [5.0] * 32 + [99.0] * 20, "b": [5.0] * 40, "c": [5.0] * 30}
    slower = {"a": [5.0] * 30 + [99.0] * 22, "b": [5.0] * 40, "c": [5.0] * 30}
    homes = [code for code, values in minutes.items() for _ in values]
    ones, listed = np.ones(len(homes), dtype=int), ["a", "b", "c"]
    car = access("site", "car", homes, ones, np.concatenate([*minutes.values()]), listed, (20.0,))
    bike = access(
        "site",
        "bike",
        homes,
        ones,
        np.concatenate([*slower.values()]),
        listed,
        (20.0,),
        beside=[car],
    )
    assert car.communes["a"].within[20.0].known
    assert bike.communes["a"].within[20.0] == SECRET
    known = {code: bike.communes[code].within[20.0].known for code in "abc"}
    assert sum(known.values()) < 2 or not bike.whole.within[20.0].known, "else the sum tells a"


def test_whole_per_cent_of_many_people_stay() -> None:
    """Of 1 100 people, two more by car are not seen in whole per cent: the share of all is told."""
    homes = ["a"] * 600 + ["b"] * 300 + ["c"] * 200
    ones, beyond = np.ones(len(homes), dtype=int), np.full(500, 5.0)
    listed = ["a", "b", "c"]

    def told(inside: int, beside: list[Access]) -> Access:
        minutes = np.r_[np.full(inside, 5.0), np.full(600 - inside, 99.0), beyond]
        return access("site", "x", homes, ones, minutes, listed, (20.0,), beside=beside)

    car = told(502, [])
    bike = told(500, [car])
    assert not bike.communes["a"].within[20.0].known
    assert bike.whole.within[20.0].known
