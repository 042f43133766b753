"""Location quotients: by hand, the laws of METHODS §5 and §6, the specialisation of communes."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.analysis.specialisation import (
    LEAST_SECTOR,
    LEAST_WHOLE,
    NONE,
    counts,
    dominant,
    families,
    location_quotients,
)
from coodiag.coodiag_plugin.core.privacy import MIN_UNITS
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, SECRET, State, Value
from hypothesis import assume, given
from hypothesis import strategies as st

SECTORS = ("AZ", "BE", "FZ", "GU", "OQ")
Counts = st.lists(st.integers(0, 400), min_size=5, max_size=5)


def of(*numbers: float) -> dict[str, Value]:
    return {sector: Value(float(number)) for sector, number in zip(SECTORS, numbers)}


def test_by_hand() -> None:
    """Industry: 30 of 100 here, 100 of 1 000 there: 30 % against 10 %, index 300."""
    found = location_quotients(of(10, 30, 20, 25, 15), of(100, 100, 200, 400, 200))
    industry = found[1]
    assert (industry.share.number, industry.reference.number) == (30.0, 10.0)
    assert industry.quotient.number == pytest.approx(300)
    assert [item.quotient.number for item in found] == pytest.approx([100, 300, 100, 62.5, 75])


@given(Counts)
def test_the_reference_itself_is_at_100(numbers: list[int]) -> None:
    assume(sum(numbers) > 0)
    for item in location_quotients(of(*numbers), of(*numbers)):
        if item.quotient.number is not None:
            assert item.quotient.number == pytest.approx(100)
        else:
            assert item.quotient.state in (State.SECRET, State.NOT_APPLICABLE)


@given(Counts, Counts, st.integers(2, 50))
def test_the_size_of_the_territory_changes_nothing(
    here: list[int], there: list[int], times: int
) -> None:
    one = location_quotients(of(*here), of(*there), minimum=0)
    other = location_quotients(of(*(times * n for n in here)), of(*there), minimum=0)
    for first, second in zip(one, other):
        assert first.quotient.state is second.quotient.state
        if first.quotient.number is not None:
            assert second.quotient.number == pytest.approx(first.quotient.number)


@given(Counts, Counts)
def test_quotients_weighted_by_the_reference_average_100(here: list[int], there: list[int]) -> None:
    assume(sum(here) > 0 and min(there) > 0)
    found = location_quotients(of(*here), of(*there), minimum=0)
    mean = sum((q.quotient.number or 0) * (q.reference.number or 0) / 100 for q in found)
    assert mean == pytest.approx(100)


@given(Counts, Counts)
def test_no_figure_of_one_or_two_establishments(here: list[int], there: list[int]) -> None:
    for item, number in zip(location_quotients(of(*here), of(*there)), here):
        if 0 < number < MIN_UNITS:
            assert {v.state for v in (item.count, item.share, item.quotient)} == {State.SECRET}


@given(Counts, Counts)
def test_a_hidden_sector_is_never_alone(here: list[int], there: list[int]) -> None:
    """The shown ones and the whole would give it back."""
    hidden = [item for item in location_quotients(of(*here), of(*there)) if not item.count.known]
    assert len(hidden) != 1


def test_a_sector_that_one_unit_dominates_is_hidden() -> None:
    here, there = of(10, 30, 20, 25, 15), of(100, 100, 200, 400, 200)
    sizes = {"BE": [900.0, *[1.0] * 29], "FZ": [5.0] * 20}
    found = {q.sector: q for q in location_quotients(here, there, sizes=sizes)}
    assert found["BE"].quotient.state is State.SECRET
    assert found["BE"].quotient.reason == "dominant_unit"
    assert found["FZ"].quotient.known
    assert sum(not q.count.known for q in found.values()) >= 2


def test_what_is_not_known_takes_the_others_with_it() -> None:
    here = {**of(10, 30, 20, 25, 15), "OQ": ABSENT}
    found = location_quotients(here, of(100, 100, 200, 400, 200))
    assert {q.quotient.state for q in found} == {State.ABSENT}
    assert found[0].count.number == 10
    secret = location_quotients({**here, "OQ": SECRET}, of(1, 1, 1, 1, 1), minimum=0)
    assert {q.share.state for q in secret} == {State.SECRET}


def test_one_or_two_establishments_are_hidden_beside_a_sector_that_is_not_known() -> None:
    here = {**of(1, 30, 20, 2, 15), "OQ": ABSENT}
    found = location_quotients(here, of(100, 100, 200, 400, 200))
    assert [item.count.state for item in found] == [
        State.SECRET, State.KNOWN, State.KNOWN, State.SECRET, State.ABSENT,
    ]  # fmt: skip


def test_a_sector_that_the_reference_lacks_has_no_quotient() -> None:
    found = location_quotients(of(10, 30, 20, 25, 15), of(0, 100, 200, 400, 300))
    assert found[0].quotient.state is NOT_APPLICABLE.state


def test_a_sample_too_small_is_not_significant() -> None:
    found = location_quotients(of(150, 900, 700, 3000, 2500), of(9, 9, 9, 9, 9), 0, readable=200)
    assert not found[0].share.significant and not found[0].quotient.significant
    assert found[0].count.significant
    assert found[1].quotient.significant


WHOLE = of(1000, 1000, 1000, 4000, 3000)


def test_the_dominant_sector_of_a_commune() -> None:
    assert dominant(of(10, 30, 8, 40, 12), WHOLE) == "BE"
    assert dominant(of(10, 10, 10, 40, 30), WHOLE) == NONE
    assert dominant(of(LEAST_SECTOR - 1, 3, 3, 12, 9), WHOLE) == NONE
    assert dominant(of(0, 15, 0, 8, LEAST_WHOLE - 24), WHOLE) == NONE
    assert dominant({**of(10, 30, 8, 40, 12), "BE": SECRET}, WHOLE) is State.SECRET
    assert dominant({**of(10, 30, 8, 40, 12), "BE": ABSENT}, WHOLE) is State.ABSENT


@given(Counts)
def test_a_dominant_sector_is_never_a_hidden_one(numbers: list[int]) -> None:
    sector = dominant(of(*numbers), WHOLE)
    if sector != NONE:
        assert numbers[SECTORS.index(str(sector))] >= LEAST_SECTOR
        assert sum(numbers) >= LEAST_WHOLE


def test_the_families_of_the_catalogue_add_up() -> None:
    by_id = {family.id: family for family in families()}
    assert set(by_id) >= {"employeurs", "employeurs_detail", "emplois"}
    for family in by_id.values():
        assert len(family.sectors) >= 5
        assert family.instead in ("", *by_id)
    cells = {"ETAZ": 5, "ETBE": 6, "ETFZ": 7, "ETGU": 30, "ETGZ": 12, "ETOQ": 10}
    values = [{name: Value(float(number)) for name, number in cells.items()}] * 2
    for name in ("employeurs", "employeurs_detail"):
        found = counts(by_id[name], values)
        assert sum(value.number or 0 for value in found.values()) == 2 * 58
    assert all(value is ABSENT for value in counts(by_id["employeurs"], []).values())
