"""What an attacker can bound: brute force, random linked tables, speed on a large territory."""

from __future__ import annotations

import math
import random
import time
from itertools import product

import pytest
from coodiag.coodiag_plugin.analysis.disclosure import (
    Fact,
    Interval,
    audit,
    exactly,
    protect,
    table_facts,
    tight,
)
from coodiag.coodiag_plugin.core.privacy import ALL, LinkedTable, Sum, crossed, is_few
from hypothesis import given, settings
from hypothesis import strategies as st

SLOW = settings(max_examples=60, deadline=None)


def test_a_sum_bounds_its_parts() -> None:
    found = audit([exactly({"a": 1, "b": 1}, 7)], ["a", "b", "elsewhere"])
    assert found == {
        "a": Interval(0, 7),
        "b": Interval(0, 7),
        "elsewhere": Interval(0, math.inf),
    }


def test_whole_numbers_close_what_a_relaxation_leaves_open() -> None:
    """2a + 2b = 3 has no whole solution: with a bound on b, a is known where a relaxation is not."""
    found = audit([Fact({"a": 2, "b": 4}, 2, 5)], ["a", "b"])
    assert found == {"a": Interval(0, 2), "b": Interval(0, 1)}


def test_what_contradicts_itself_is_said() -> None:
    with pytest.raises(ValueError, match="contradicts"):
        audit([exactly({"a": 1}, 2), exactly({"a": 1}, 3)], ["a"])


def test_an_interval_is_safe_from_four_wide() -> None:
    assert Interval(0, 4).is_safe(5) and Interval(3, math.inf).is_safe(5)
    assert not Interval(1, 4).is_safe(5)
    assert not Interval(3, 3).is_safe(1), "a single value is never safe"


FACTS = st.lists(
    st.tuples(st.lists(st.integers(-1, 2), min_size=3, max_size=3), st.integers(0, 2)),
    min_size=1,
    max_size=4,
)


@SLOW
@given(FACTS, st.tuples(*[st.integers(0, 4)] * 3))
def test_the_audit_agrees_with_brute_force(
    rows: list[tuple[list[int], int]], truth: tuple[int, ...]
) -> None:
    """Facts around a true point; counts up to 6 by one more fact, so that all can be tried."""
    facts = [Fact({at: 1.0}, 0, 6) for at in range(3)]
    for coefficients, slack in rows:
        centre = sum(c * x for c, x in zip(coefficients, truth))
        parts = {at: float(c) for at, c in enumerate(coefficients) if c}
        if parts:
            facts.append(Fact(parts, centre - slack, centre + slack))
    worlds = [
        world
        for world in product(range(7), repeat=3)
        if all(f.low <= sum(c * world[k] for k, c in f.parts.items()) <= f.high for f in facts)
    ]
    found = audit(facts, range(3))
    for at in range(3):
        values = [world[at] for world in worlds]
        assert (found[at].low, found[at].high) == (min(values), max(values))
    assert tight(facts, range(3), 5) == {at for at in range(3) if not found[at].is_safe(5)}


# --- tables ----------------------------------------------------------------------------------

COUNT = st.one_of(st.integers(0, 7), st.integers(0, 60), st.just(0))


@st.composite
def tables(draw: st.DrawFn) -> LinkedTable[tuple[str, ...]]:
    """Crossed tables of two or three dimensions, some with groups of categories."""
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    names = [[f"{'xyz'[at]}{rank}" for rank in range(size)] for at, size in enumerate(shape)]
    cells = {key: draw(COUNT) for key in product(*names)}
    grouped = draw(st.booleans()) and shape[0] > 2
    groups = [{name: f"g{rank % 2}" for rank, name in enumerate(names[0])}] if grouped else []
    return crossed(cells, groups)


@SLOW
@given(tables(), st.integers(3, 6))
def test_no_hidden_cell_of_a_protected_table_can_be_bounded(
    table: LinkedTable[tuple[str, ...]], minimum: int
) -> None:
    hidden = protect(table, minimum)
    facts = table_facts(table, hidden)
    assert {key for key, count in table.counts.items() if is_few(count, minimum)} <= hidden
    assert not any(fact.parts.keys() - hidden for fact in facts), "only hidden cells are unknown"
    for key, interval in audit(facts, hidden).items():
        assert interval.is_safe(minimum), (key, table.counts[key], interval)
        assert interval.low <= table.counts[key] <= interval.high


@SLOW
@given(tables(), st.integers(3, 6))
def test_nothing_is_hidden_without_a_small_count(
    table: LinkedTable[tuple[str, ...]], minimum: int
) -> None:
    few = any(is_few(count, minimum) for count in table.counts.values())
    assert bool(protect(table, minimum)) == few


@SLOW
@given(tables(), st.randoms())
def test_the_order_of_cells_and_sums_does_not_matter(
    table: LinkedTable[tuple[str, ...]], rng: random.Random
) -> None:
    cells, sums = list(table.counts.items()), list(table.sums)
    rng.shuffle(cells)
    rng.shuffle(sums)
    assert protect(LinkedTable(dict(cells), tuple(sums))) == protect(table)


def test_lines_alone_are_not_enough() -> None:
    """Each row and column of the staircase hides two cells, and one can still be solved."""
    cells = {
        ("r1", "c1"): 1, ("r1", "c2"): 9, ("r1", "c3"): 30, ("r1", "c4"): 30,
        ("r2", "c1"): 9, ("r2", "c2"): 1, ("r2", "c3"): 2, ("r2", "c4"): 30,
        ("r3", "c1"): 30, ("r3", "c2"): 30, ("r3", "c3"): 9, ("r3", "c4"): 1,
        ("r4", "c1"): 30, ("r4", "c2"): 30, ("r4", "c3"): 30, ("r4", "c4"): 9,
    }  # fmt: skip
    table = crossed(cells)
    lines = {key for key, count in cells.items() if count < 10}
    assert audit(table_facts(table, lines), lines)["r2", "c3"] == Interval(2, 2)
    assert not tight(table_facts(table, protect(table)), protect(table))


def test_tables_that_share_cells_are_protected_together() -> None:
    """Clients by commune, and by zone of communes: what a zone leaves may not be one commune."""
    counts = {"a": 2, "b": 3, "c": 40, "d": 9, "e": 12, "zone": 42, "rest": 24, "all": 66}
    alone = LinkedTable(counts, (Sum("all", ("a", "b", "c", "d", "e")),))
    both = LinkedTable(
        counts,
        (*alone.sums, Sum("zone", ("a", "c")), Sum("rest", ("b", "d", "e"))),
        told=frozenset({"zone", "rest", "all"}),
    )
    assert protect(alone) == {"a", "b"}
    facts = table_facts(both, {"a", "b"})
    assert audit(facts, ["a", "b"]) == {"a": Interval(2, 2), "b": Interval(3, 3)}
    assert protect(both) == {"a", "c", "b", "d"}


def test_people_whom_nothing_shows_protect_as_hidden_ones_do() -> None:
    counts = {"a": 2, "c": 40, "others": 7, "zone": 49}
    line = (Sum("zone", ("a", "c", "others")),)
    told = frozenset({"zone"})
    with_others = LinkedTable(counts, line, told, frozenset({"others"}))
    assert protect(with_others) == {"a"}
    few = LinkedTable({**counts, "others": 1, "zone": 43}, line, told, frozenset({"others"}))
    assert protect(few) == {"a", "c"}, "a and the others are 3 people: that must not be told"


def test_a_crossed_table_has_every_margin() -> None:
    table = crossed({("a", "x"): 1, ("b", "x"): 2, ("c", "y"): 4}, [{"a": "g", "b": "g"}])
    assert table.counts["g", "x"] == 3 and table.counts[ALL, ALL] == 7
    assert table.counts["c", "x"] == 0 and table.counts["g", ALL] == 3
    for line in table.sums:
        assert table.counts[line.whole] == sum(table.counts[part] for part in line.parts)


def test_a_territory_of_333_communes_takes_less_than_two_seconds() -> None:
    """Clients by commune under their EPCI, in two groups, most communes with a few of them."""
    draw = random.Random(7)
    communes = [f"{rank:05d}" for rank in range(333)]
    cells = {
        (code, kind): draw.choice((0, 0, 1, 2, 3, 6, 8, 11, 25))
        for code in communes
        for kind in ("femmes", "hommes")
    }
    table = crossed(cells, [{code: f"E{rank % 19}" for rank, code in enumerate(communes)}])
    start = time.perf_counter()
    hidden = protect(table)
    assert time.perf_counter() - start < 2
    assert not tight(table_facts(table, hidden), hidden)
