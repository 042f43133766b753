"""The secrecy of flows against a reader who tries every table that fits what is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from coodiag.coodiag_plugin.core.privacy import is_few
from coodiag.coodiag_plugin.zones.flow_secrecy import Protected, protect
from hypothesis import given, settings
from hypothesis import strategies as st

MINIMUM = 3


def split(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write ``total`` as an ordered sum of ``parts``."""
    if parts < 2:
        if parts or not total:
            yield (total,) * parts
        return
    for first in range(total + 1):
        for rest in split(total - first, parts - 1):
            yield (first, *rest)


def possible(
    flows: dict[tuple[str, str], int], found: Protected
) -> dict[tuple[str, str], set[int]]:
    """Values that each hidden flow takes over all the tables of the reader (small ones only)."""
    origins = sorted({origin for origin, _ in flows})
    destinations = sorted({destination for _, destination in flows})
    everybody = sum(flows.values())
    free = [
        (o, d)
        for o in origins
        for d in destinations
        if not ((o, d) in flows and (o, d) not in found.flows)
    ]
    shown = {flow: count for flow, count in flows.items() if flow not in found.flows}
    values: dict[tuple[str, str], set[int]] = {flow: set() for flow in found.flows}

    def fits(table: dict[tuple[str, str], int]) -> bool:
        for o in origins:
            if o not in found.origins and sum(table.get((o, d), 0) for d in destinations) != sum(
                flows.get((o, d), 0) for d in destinations
            ):
                return False
        return all(
            d in found.destinations
            or sum(table.get((o, d), 0) for o in origins)
            == sum(flows.get((o, d), 0) for o in origins)
            for d in destinations
        )

    room = everybody - sum(shown.values())
    for tried in split(room, len(free)):
        if fits({**shown, **dict(zip(free, tried))}):
            for flow, value in zip(free, tried):
                if flow in values:
                    values[flow].add(value)
    return values


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
@settings(max_examples=60)
def test_no_small_flow_can_be_told(counts: list[int]) -> None:
    cells = [(o, d) for o in ("a", "b", "c") for d in ("x", "y")]
    flows = {cell: count for cell, count in zip(cells, counts) if count}
    found = protect(flows, MINIMUM)
    assert found.flows <= set(flows)
    if not found.total:
        assert is_few(sum(flows.values()), MINIMUM) or found.flows == set(flows)
        return
    for flow, values in possible(flows, found).items():
        if is_few(flows[flow], MINIMUM):
            assert len(values) > 1, (flow, found)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")), st.integers(1, 60)
    )
)
def test_few_are_hidden_with_the_sums_that_a_coverage_hides(
    flows: dict[tuple[str, str], int],
) -> None:
    found = protect(flows)
    assert {flow for flow, count in flows.items() if count < 5} <= found.flows
    for origin in found.origins:
        assert all(flow in found.flows for flow in flows if flow[0] == origin)
    if found.total:
        assert sum(flows.values()) >= 5 or not flows


def test_a_lone_small_flow_takes_the_smallest_flow_beside_it_away() -> None:
    flows = {("a", "x"): 2, ("a", "y"): 30, ("b", "x"): 40, ("b", "y"): 9, ("c", "y"): 50}
    found = protect(flows)
    assert found.flows == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}  # not the 50
    assert found.total and not found.origins and not found.destinations


def test_equals_are_hidden_together() -> None:
    """Which of two equal exchanges is taken must not tell who is beside."""
    flows = {(o, d): 40 for o in "abc" for d in "xy"}
    flows["a", "x"] = 2
    found = protect(flows)
    assert found.flows == set(flows)


def test_a_sensitive_flow_is_hidden_as_a_small_one() -> None:
    flows = {("a", "x"): 20, ("a", "y"): 30, ("b", "x"): 40, ("b", "y"): 9, ("c", "y"): 50}
    assert not protect(flows).flows
    found = protect(flows, sensitive={("a", "x")})
    assert found.flows == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_nothing_is_hidden_when_nothing_is_small() -> None:
    assert protect({("a", "x"): 7, ("b", "x"): 9}) == Protected(
        frozenset(), frozenset(), frozenset(), True
    )


@pytest.mark.parametrize("flows", [{}, {("a", "x"): 3}])
def test_so_few_people_that_not_even_their_number_is_told(
    flows: dict[tuple[str, str], int],
) -> None:
    found = protect(flows)
    assert found.flows == set(flows)
    assert found.total == (not flows)


def test_one_site_hides_what_a_coverage_hides() -> None:
    flows = {("a", "x"): 3, ("b", "x"): 20, ("c", "x"): 30}
    found = protect(flows)
    assert found.origins == {"a", "b"} and found.flows == {("a", "x"), ("b", "x")}
    assert found.total
