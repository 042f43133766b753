"""What a reader of a Cap can solve: three notes by their ends, one respondent by two results."""

from __future__ import annotations

from itertools import combinations_with_replacement as multisets
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.cap_before import Scope, scope_of_result, scope_of_sheets
from coodiag.coodiag_plugin.analysis.cap_plan import compare
from coodiag.coodiag_plugin.analysis.cap_scores import evaluate
from coodiag.coodiag_plugin.core.cap import AnswerSheet, CapResult
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.edition.cap_pages import cap_pages, cap_radar
from coodiag.coodiag_plugin.edition.cap_workbook import cap_workbook
from coodiag.coodiag_plugin.sources.cap_answers import read_answers
from coodiag.coodiag_plugin.sources.spreadsheet import read_grids
from coodiag.tests.unit.cap_samples import GRID, sheet

FIVE = "01234"


def told(notes: tuple[str, ...]) -> tuple[object, ...]:
    """Everything that a result says of one objective."""
    item = evaluate(GRID, [sheet(f"{note}....") for note in notes]).objectives[0]
    spread = item.spread
    values = (item.score, spread.low, spread.high, spread.deviation)
    return *(None if v.number is None else round(v.number, 6) for v in values), spread.words


@pytest.mark.parametrize("respondents", [3, 4])
def test_the_ends_of_few_notes_do_not_give_the_others(respondents: int) -> None:
    """The mean with lowest and highest is no more than the mean with a mark."""
    for notes in multisets(FIVE, respondents):
        mean, *ends, words = told(notes)
        assert mean is not None and ends == [None] * 3
        assert words in ("divergents", "concordants")
    # Notes of one mean, alike in their mark, cannot be told apart.
    assert told(("2", "2", "2")[:respondents] + ("2",) * (respondents - 3)) == told(("1", "2", "3") + ("2",) * (respondents - 3))  # fmt: skip


def test_five_respondents_have_their_spread() -> None:
    assert told(tuple("01234"))[:3] == (2, 0, 4)
    assert told(tuple("22222"))[4] == "concordants"


def test_two_respondents_have_no_mark() -> None:
    assert told(("0", "4"))[4] == ""


def test_pages_and_workbook_of_three_have_marks_only(tmp_path: Path) -> None:
    result = evaluate(GRID, [sheet("04222"), sheet("04222"), sheet("40222")])
    pages = {page.id: page for page in cap_pages(result)}
    table = pages["cap_sous_themes"].blocks[0].table
    assert table is not None
    assert all(row.cells[1:4] == ("s", "s", "s") for row in table.rows)
    assert {row.cells[4] for row in table.rows} == {"concordants"}
    views = pages["cap_points_de_vue"].blocks[-1].table
    assert views is not None and [row.cells[1:] for row in views.rows] == [("s", "s")] * 2
    path = tmp_path / "cap.xlsx"
    path.write_bytes(cap_workbook(result, (), False))
    for name in ("Objectifs", "Synthèse"):
        rows = read_grids(path)[name][0]
        head = next(row for row in rows if "minimum" in row)
        body = rows[rows.index(head) + 1 :]
        at = [head.index(word) for word in ("minimum", "maximum", "écart type")]
        assert not any(row[column] for row in body for column in at)
        assert any(row[head.index("points de vue")] for row in body)


# --- comparison -----------------------------------------------------------------------------

THREE = [sheet("01234"), sheet("12340"), sheet("23401")]
FOURTH = sheet("40040")


def test_the_attack_itself() -> None:
    """Why it is refused: the means of four and of three give the fourth, in every grouping."""
    four, three = evaluate(GRID, [*THREE, FOURTH]), evaluate(GRID, THREE)
    alone = evaluate(GRID, [FOURTH])
    for many, few, one in zip(four.themes, three.themes, alone.themes):
        found = 4 * number(many.score) - 3 * number(few.score)
        assert found == pytest.approx(number(one.score))


def number(value: Value) -> float:
    assert value.number is not None
    return value.number


OTHER_YEAR = [sheet("43210"), sheet("32104"), sheet("21043"), sheet("10432"), sheet("33333")]


@pytest.mark.parametrize(
    ("now", "before", "scope"),
    [
        ([*THREE, FOURTH], THREE, Scope.NOTHING),  # one more
        (THREE, [*THREE, FOURTH], Scope.NOTHING),  # one fewer
        ([*THREE, FOURTH, sheet("44444")], THREE, Scope.NOTHING),  # two more
        ([*THREE[:2], FOURTH], THREE, Scope.NOTHING),  # one in place of another
        ([*THREE, *OTHER_YEAR[:3]], THREE, Scope.FULL),  # three more: a mean of three
        (THREE, THREE, Scope.FULL),  # nothing differs
        (OTHER_YEAR[:3], THREE, Scope.FULL),  # another year: no sheet in both
        (OTHER_YEAR[:4], THREE, Scope.FULL),
        ([sheet("11111")], [sheet("22222")], Scope.FULL),  # a common sheet each year
    ],
)
def test_a_few_sheets_more_or_fewer_are_not_compared(
    now: list[AnswerSheet], before: list[AnswerSheet], scope: Scope
) -> None:
    assert scope_of_sheets(now, before, 3) is scope
    assert scope_of_sheets(now[::-1], before[::-1], 3) is scope


def test_dates_and_functions_make_no_other_sheet() -> None:
    later = [sheet("01234", "Direction", date="2027"), *THREE[1:], FOURTH]
    assert scope_of_sheets(later, THREE, 3) is Scope.NOTHING


@pytest.mark.parametrize(
    ("now", "before", "scope"),
    [(4, 3, Scope.THEMES), (3, 5, Scope.THEMES), (4, None, Scope.THEMES), (6, 3, Scope.FULL), (4, 4, Scope.FULL)],
)  # fmt: skip
def test_an_earlier_result_tells_only_its_number(
    now: int, before: int | None, scope: Scope
) -> None:
    assert scope_of_result(now, before, 3) is scope


def test_themes_only_have_no_sub_theme_anywhere() -> None:
    """Nor a theme that is one sub-theme: « Deux » has « C » alone."""
    result = evaluate(GRID, [*THREE, FOURTH])
    scores = {item.objective.code: item.score for item in evaluate(GRID, THREE).objectives}
    comparison = compare(result, scores, "2025", themes_only=True)
    assert [item.key for item in comparison.changes] == [("Un", ""), ("", "")]
    found = with_comparison(result, comparison)
    page = next(page for page in cap_pages(found) if page.id == "cap_evolution")
    assert page.blocks[0].table is not None
    assert [row.label for row in page.blocks[0].table.rows] == ["ENSEMBLE", "UN"]
    assert [block.kind for block in page.blocks] == ["table", "note"]
    assert len(cap_radar(found).series) == 1


def with_comparison(result: CapResult, comparison: object) -> CapResult:
    from dataclasses import replace

    return replace(result, comparison=comparison)  # type: ignore[arg-type]


def test_a_workbook_says_how_many_answered(tmp_path: Path) -> None:
    path = tmp_path / "cap.xlsx"
    path.write_bytes(cap_workbook(evaluate(GRID, THREE), (), False))
    (earlier,) = read_answers(path, GRID).earlier
    assert earlier.respondents == 3 and set(earlier.scores) == {o.code for o in GRID.objectives}


def test_a_table_says_how_many_answered_or_nothing(tmp_path: Path) -> None:
    head = "structure;date;level;code;score;respondents\n"
    body = "X;2025;objectif;A1;2,5;3\nX;2025;objectif;A2;1;3\n"
    for rows, count in ((body, None), (body + "X;2025;ensemble;;1,75;4\n", 4)):
        path = tmp_path / "table.csv"
        path.write_text(head + rows, encoding="utf-8")
        (earlier,) = read_answers(path, GRID).earlier
        assert earlier.respondents == count
