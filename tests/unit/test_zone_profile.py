"""Profiles of zones and similar places: sums before rates, standardised distances, reasons."""

from __future__ import annotations

import math

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis.similar import reason, similar
from coodiag.coodiag_plugin.analysis.zone_profile import zone_profile
from coodiag.coodiag_plugin.core.errors import InputError
from hypothesis import assume, given
from hypothesis import strategies as st

nan = math.nan


def test_a_profile_by_hand() -> None:
    base = np.array([100.0, 300, 600])
    young = np.array([30.0, 30, 60])  # 12 % in all
    parts = {"core": np.array([1.0, 1, 0]), "far": np.array([0.0, 0, 1])}
    core, far = zone_profile(parts, {"young": young}, base)
    assert (core.count.number, core.base.number, core.rate.number) == (60, 400, 15)
    assert core.reference.number == 12 and core.index.number == pytest.approx(125)
    assert core.reading == "plus que le territoire" and far.reading == "moins que le territoire"
    # Three clients in the first place, one in the second: (3 × 30 % + 1 × 10 %) / 4.
    clients = np.array([3.0, 1, 0]) / base
    (places,) = zone_profile({"clients": clients}, {"young": young}, base)
    assert places.rate.number == pytest.approx(25)


def test_unknown_figures_take_no_part_and_are_told() -> None:
    base = np.array([100.0, 300, nan])
    count = np.array([nan, 30.0, 5])
    whole = np.ones(3)
    (row,) = zone_profile({"z": whole}, {"v": count}, base)
    assert row.rate.number == 10 and row.known == 75 and row.index.number == 100
    (few,) = zone_profile({"z": np.array([1.0, 0.1, 0])}, {"v": count}, base)
    assert not few.rate.known and not few.index.known and few.reading == "non disponible"
    (nothing,) = zone_profile({"z": np.zeros(3)}, {"v": count}, base)
    assert not nothing.rate.known


@given(
    st.lists(
        st.tuples(st.integers(1, 99), st.integers(1, 99), st.floats(0, 1)), min_size=1, max_size=9
    )
)
def test_the_whole_territory_has_the_index_100(rows: list[tuple[int, int, float]]) -> None:
    base, count, part = (np.array(column, dtype=float) for column in zip(*rows))
    parts = {"all": np.ones(len(rows)), "in": part, "out": 1 - part}
    found = {row.zone: row for row in zone_profile(parts, {"v": count}, base)}
    assert found["all"].index.number == pytest.approx(100)
    assume((part > 0).any() and (part < 1).any())
    held = [found[name].count.number or 0.0 for name in ("in", "out")]
    assert sum(held) == pytest.approx(count.sum())


TABLE = np.array([[10.0, 5], [12, 7], [11, 6], [30, 6], [50, 1], [nan, nan]])
CORE = np.array([True, True, False, False, False, False])


def test_the_most_alike_by_hand() -> None:
    found = similar(TABLE, CORE)
    assert [item.row for item in found.found] == [2, 3, 4]
    assert found.found[0].distance == pytest.approx(0, abs=1e-12)  # the mean of the core
    deviation = np.nanstd(TABLE[:, 0])
    assert found.found[1].distance == pytest.approx(math.sqrt((19 / deviation) ** 2 / 2))
    assert found.core.tolist() == pytest.approx([11, 6]) and found.unknown == 1
    heavy = similar(TABLE, CORE, np.array([3.0, 1, 0, 0, 0, 0]))
    assert heavy.core.tolist() == pytest.approx([10.5, 5.5])
    texts = {0: "{:.0f} %".format, 1: "{:.0f}".format}
    words = reason(found.found[1], TABLE[3], found.core, ["sans diplôme", "densité"], texts)
    assert (
        words
        == "Semblable par densité (6 pour 6)\u202f; s’en écarte par sans diplôme (30 % pour 11 %)."
    )


def test_the_shape_and_not_the_level() -> None:
    table = np.array([[2.0, 1], [4, 2.05], [0, 3], [1, 0.4], [-7, -6.45]])
    core = np.array([True, False, False, False, False])
    found = similar(table, core, method="profile")
    assert found.found[0].row == 1 and all(0 <= item.distance <= 2 for item in found.found)


@given(
    st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3), min_size=4, max_size=20),
    st.integers(2, 9),
    st.integers(-5, 5),
)
def test_units_and_the_order_of_rows_do_not_matter(
    rows: list[list[int]], scale: int, shift: int
) -> None:
    table = np.array(rows, dtype=float)
    core = np.arange(len(rows)) < 2
    assume((table.std(axis=0) > 0).all())
    one = similar(table, core).found
    two = similar(table * scale + shift, core).found
    assert [item.distance for item in one] == pytest.approx([item.distance for item in two])
    order = np.random.default_rng(2).permutation(len(rows))
    three = similar(table[order], core[order]).found
    assert [item.distance for item in one] == pytest.approx([item.distance for item in three])
    assert sorted(item.row for item in one) == list(range(2, len(rows)))
    assert [item.rank for item in one] == list(range(1, len(rows) - 1))


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(InputError, match="none of the places"):
        similar(TABLE, np.zeros(6, dtype=bool))
    with pytest.raises(InputError, match="none left"):
        similar(TABLE, np.ones(6, dtype=bool))
    with pytest.raises(InputError, match="differs"):
        similar(np.ones((3, 2)), np.array([True, False, False]))
    with pytest.raises(ValueError, match="method"):
        similar(TABLE, CORE, method="other")
