"""Jobs × qualification: by hand, by laws, and what is left unsaid."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.analysis.qualification import (
    balance,
    levels,
    needed,
    qualification,
    series,
    who,
)
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.values import ABSENT, NOT_APPLICABLE, SECRET, Value
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.qualification import qualification_sheet
from hypothesis import given
from hypothesis import strategies as st

PAGE = Page("qualification", "Les emplois sont-ils à portée ?", sheet="qualification")


def unit(jobs: tuple[float, ...], people: tuple[float, ...], rank: int = 0) -> dict[str, Value]:
    figures = {level.jobs: Value(n) for level, n in zip(levels(), jobs)}
    figures.update({level.seekers[rank]: Value(n) for level, n in zip(levels(), people)})
    return figures


WHOLE = unit((500.0, 300.0, 200.0), (140.0, 40.0, 20.0))


def test_the_catalogue_names_indicators() -> None:
    assert set(needed()) <= set(indicators())
    assert [level.low for level in levels()] == [True, False, False]
    assert who(0) == "Chômeurs" and who(1) == "Habitants sortis de l’école"


def test_by_hand() -> None:
    """70 % of the people and 50 % of the jobs are of the lowest level: index 140, 28 for 100."""
    found = qualification(WHOLE, 0, {"Département fictif": unit((1.0, 1.0, 2.0), (1.0, 1.0, 2.0))})
    assert [row.jobs_share.number for row in found.rows] == [50.0, 30.0, 20.0]
    assert [row.seekers_share.number for row in found.rows] == [70.0, 20.0, 10.0]
    assert [row.gap.number for row in found.rows] == [20.0, -10.0, -10.0]
    assert found.index.number == pytest.approx(140) and found.ratio.number == 28.0
    assert found.rows[2].references == ((Value(50.0), Value(50.0)),)


def test_few_people_or_jobs_are_not_significant() -> None:
    assert not balance(unit((50.0, 5.0, 5.0), (20.0, 5.0, 4.0)), 0)[1].significant
    assert not balance(unit((20.0, 5.0, 4.0), (200.0, 5.0, 4.0)), 0)[0].significant
    assert balance(unit((20.0, 5.0, 5.0), (20.0, 5.0, 5.0)), 0)[1].significant


def test_no_low_job_is_not_applicable_and_an_unknown_part_is_unknown() -> None:
    assert balance(unit((0.0, 50.0, 50.0), (50.0, 5.0, 5.0)), 0) == (NOT_APPLICABLE, NOT_APPLICABLE)
    hidden = {**WHOLE, levels()[1].jobs: SECRET}
    assert balance(hidden, 0)[1] == SECRET
    assert balance({**WHOLE, levels()[1].jobs: ABSENT}, 0)[1] == ABSENT


def test_the_residents_stand_in_when_the_unemployed_are_not_told() -> None:
    residents = unit((5.0, 3.0, 2.0), (7.0, 2.0, 1.0), rank=1)
    assert series([residents]) == 1 and series([residents, WHOLE]) == 0
    assert series([{levels()[0].jobs: Value(1.0)}]) is None


counts = st.tuples(*[st.floats(1, 1e5)] * 3)


@given(counts, counts)
def test_shares_add_up_and_gaps_to_nothing(jobs: tuple[float, ...], people: tuple[float, ...]) -> None:  # fmt: skip
    found = qualification(unit(jobs, people), 0)
    assert sum(row.jobs_share.number or 0 for row in found.rows) == pytest.approx(100)
    assert sum(row.seekers_share.number or 0 for row in found.rows) == pytest.approx(100)
    assert sum(row.gap.number or 0 for row in found.rows) == pytest.approx(0, abs=1e-9)


@given(counts, st.floats(0.01, 50))
def test_people_like_the_jobs_are_in_balance(jobs: tuple[float, ...], scale: float) -> None:
    figures = unit(jobs, tuple(scale * n for n in jobs))
    assert balance(figures, 0)[1].number == pytest.approx(100)


def test_the_page() -> None:
    page = qualification_sheet(PAGE, qualification(WHOLE, 0))
    assert isinstance(page, SheetMaterial)
    assert page.sentence.replace("\u00a0", " ").startswith(
        "Niveau baccalauréat ou moins : 70,0 % des chômeurs et 50,0 % des emplois. Les personnes"
    )
    assert [block.kind for block in page.blocks] == ["figures", "chart", "table"]
    table = page.blocks[2].table
    assert table is not None and table.rows[0].cells[-1] == "+20,0"
    stacked = qualification_sheet(
        Page("q", "q", sheet="qualification", chart="stacked"), qualification(WHOLE, 0)
    )
    assert isinstance(stacked, SheetMaterial)
    chart = stacked.blocks[1].chart
    assert chart is not None and [s.values for s in chart.series] == [(50, 70), (30, 20), (20, 10)]


def test_gaps_are_those_of_the_printed_shares() -> None:
    """66.666 % and 33.333 %: 66,7 − 33,3 = +33,4, though the exact gap rounds to 33,3."""
    page = qualification_sheet(PAGE, qualification(unit((1.0, 1.0, 1.0), (2.0, 1.0, 0.0)), 0))
    assert isinstance(page, SheetMaterial)
    table = page.blocks[2].table
    assert table is not None and table.rows[0].cells[-1] == "+33,4"


def test_a_page_without_the_census_is_left_out() -> None:
    hidden = {**WHOLE, levels()[0].jobs: ABSENT}
    assert isinstance(qualification_sheet(PAGE, qualification(hidden, 0)), str)


def test_elsewhere_only_where_it_is_known() -> None:
    given_ = {"Nulle part": {}, "Région fictive": WHOLE}
    page = qualification_sheet(PAGE, qualification(WHOLE, 0, given_))
    assert isinstance(page, SheetMaterial)
    table = page.blocks[3].table
    assert table is not None and table.columns == ("Niveau", "Région fictive")
