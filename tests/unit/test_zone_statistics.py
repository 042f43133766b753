"""Sums over zones, what makes them unknown, what may not be told, and rates taken apart."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.part_variables import computable, solve, variable_of
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value
from coodiag.coodiag_plugin.zones.zone_statistics import (
    Column,
    hidden_zones,
    known_share,
    mean_of,
    shares_matrix,
    sole,
    totals,
)
from hypothesis import given
from hypothesis import strategies as st


def numbers(*values: float) -> list[Value]:
    return [Value(float(value)) for value in values]


def test_a_part_counts_by_its_share_and_a_secret_is_no_zero() -> None:
    shares = shares_matrix([{0: 1.0, 1: 0.5}, {1: 0.5, 2: 1.0}, {}, {2: 1e-9, 0: 0.25}], 3)
    column = Column.of([Value(100.0), Value(40.0), SECRET])
    assert totals(shares, column) == [Value(120.0), SECRET, ABSENT, Value(25.0)]
    weights = np.array([1.0, 2.0, 1.0])
    assert known_share(shares, column, weights)[:2].tolist() == [100.0, 50.0]
    assert np.isnan(known_share(shares, column, weights)[2])
    marked = mean_of(shares, np.array([False, True, False]), weights)
    assert marked[:2].tolist() == [50.0, 50.0]


def test_the_gravest_state_wins() -> None:
    shares = shares_matrix([{0: 1.0, 1: 1.0}, {0: 1.0, 2: 1.0}], 3)
    found = totals(shares, Column.of([ABSENT, SECRET, Value(None, State.FAILED)]))
    assert [value.state for value in found] == [State.SECRET, State.FAILED]


def test_a_median_is_that_of_one_whole_part_only() -> None:
    shares = shares_matrix([{0: 1.0}, {0: 0.99}, {0: 1.0, 1: 1.0}], 2)
    assert sole(shares, Column.of(numbers(21_000, 19_000))) == [Value(21_000.0), ABSENT, ABSENT]


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=3, max_size=3), min_size=1, max_size=8))
def test_zones_that_share_all_parts_sum_to_the_total(weights: list[list[float]]) -> None:
    zones: list[dict[int, float]] = [{}, {}, {}]
    for part, of_zones in enumerate(weights):
        for zone, weight in enumerate(of_zones):
            zones[zone][part] = weight / sum(of_zones)
    people = [Value(float(7 * part + 1)) for part in range(len(weights))]
    found = totals(shares_matrix(zones, len(weights)), Column.of(people))
    assert sum(v.number or 0 for v in found) == pytest.approx(sum(v.number or 0 for v in people))


def test_few_households_are_hidden_with_the_ring_that_adds_few() -> None:
    parts = 4
    ring = [{0: 1.0}, {0: 1.0, 1: 1.0}, {0: 1.0, 1: 1.0, 2: 1.0}, {3: 1.0}]
    people = numbers(100, 104, 160, 30)
    shares = shares_matrix(ring, parts)
    assert hidden_zones(shares, people, 11) == {1}
    assert hidden_zones(shares, people, 4) == set()
    apart = shares_matrix([{0: 1.0}, {1: 1.0}], 4)
    assert hidden_zones(apart, numbers(100, 104), 11) == set(), "neither holds the other"


def test_a_zone_less_several_that_it_holds_leaves_nobody_told() -> None:
    """The whole of 203 less 100 and 100 is the hidden 3."""
    zones = [{0: 1.0, 1: 1.0, 2: 1.0}, {1: 1.0}, {2: 1.0}, {0: 1.0}]
    assert hidden_zones(shares_matrix(zones, 3), numbers(203, 100, 100, 3), 11) == {0, 3}
    assert hidden_zones(shares_matrix(zones, 3), numbers(220, 100, 100, 20), 11) == set()


def test_an_overlap_elsewhere_does_not_stop_the_protection_of_the_others() -> None:
    zones = [{0: 1.0}, {0: 1.0, 1: 1.0}, {2: 1.0}, {3: 1.0}, {4: 1.0}]
    people = numbers(100, 160, 6, 40, 90)
    assert hidden_zones(shares_matrix(zones, 5), people, 11) == {2, 3}


parts_of_zones = st.lists(st.sets(st.integers(0, 5), min_size=1), min_size=2, max_size=6)


@given(parts_of_zones, st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_no_shown_zone_less_shown_zones_leaves_few(
    zones: list[set[int]], people: list[int]
) -> None:
    """Every set of shown zones that do not overlap is taken away from every one that holds them."""
    counts = [sum(people[part] for part in zone) for zone in zones]
    shares = shares_matrix([dict.fromkeys(zone, 1.0) for zone in zones], 6)
    hidden = hidden_zones(shares, numbers(*counts), 5)
    shown = [row for row in range(len(zones)) if row not in hidden]
    for large in shown:
        held = [row for row in shown if row != large and zones[row] <= zones[large]]
        for size in range(len(held) + 1):
            for taken in itertools.combinations(held, size):
                parts = [part for row in taken for part in zones[row]]
                if len(parts) == len(set(parts)):
                    assert not 0 < counts[large] - sum(counts[row] for row in taken) < 5


def test_rings_around_many_sites_are_searched_at_once() -> None:
    rings = [{10 * site + k: 1.0 for k in range(n + 1)} for site in range(60) for n in range(5)]
    whole = {10 * site + k: 1.0 for site in range(60) for k in range(6)}
    people = numbers(*(20 * len(ring) for ring in rings), 20 * 300 + 60 * 20)
    assert hidden_zones(shares_matrix([*rings, whole], 600), people, 11) == set()
    exact = numbers(*(20 * len(ring) for ring in rings), 20 * 300 + 3)
    assert hidden_zones(shares_matrix([*rings, whole], 600), exact, 11) == {300}


def test_a_hidden_zone_is_not_found_from_the_sum_of_all() -> None:
    shares = shares_matrix([{0: 1.0}, {1: 1.0}, {2: 1.0}], 3)
    assert hidden_zones(shares, numbers(6, 40, 90), 11) == {0, 1}
    assert hidden_zones(shares, numbers(0, 40, 90), 11) == set(), "nobody is nobody"


@pytest.mark.parametrize(
    "field, found",
    [
        ("P18_POP", ("P_POP", 2018)),
        ("P99_POP", ("P_POP", 1999)),
        ("C20_FAM", ("C_FAM", 2020)),
        ("P_POP", ("P_POP", 0)),
        ("population", None),
        ("nom", None),
    ],
)
def test_variables_are_told_by_their_names(field: str, found: tuple[str, int] | None) -> None:
    assert variable_of(field) == found


def test_a_rate_and_one_side_of_its_fraction_give_the_other() -> None:
    found = solve(
        {},
        {
            "actifs": numbers(200, 100),
            "taux_chomage": numbers(10, 30),
            "population_rp": numbers(500, 250),
            "taille_menages": numbers(2.5, 2),
            "evolution_population": numbers(1, 2),
        },
    )
    assert [v.number for v in found["P_CHOM1564"]] == [20.0, 30.0]
    assert [v.number for v in found["P_MEN"]] == [200.0, 125.0]
    assert "P_POP~" not in found
    assert "part_sans_voiture" not in computable(["part_sans_voiture", "taux_chomage"], found)
    assert computable(["taux_chomage"], found) == ["taux_chomage"]


def test_a_difference_is_solved_for_the_term_that_is_missing() -> None:
    found = solve({"P_RP": numbers(1000)}, {"part_sans_voiture": numbers(12)})
    assert found["P_RP_VOIT1P"] == [Value(880.0)]


def test_states_go_through() -> None:
    found = solve(
        {}, {"actifs": [Value(0.0), SECRET], "taux_chomage": [NOT_APPLICABLE, Value(8.0)]}
    )
    assert found["P_CHOM1564"] == [Value(0.0), SECRET]
