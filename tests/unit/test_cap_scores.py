"""Scores, spread, functions, plan, comparison and consolidation of Cap, computed by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.analysis.cap_plan import compare, consolidate
from coodiag.coodiag_plugin.analysis.cap_scores import evaluate
from coodiag.coodiag_plugin.core.cap import AnswerSheet, CapResult, Proposal, Spread
from coodiag.coodiag_plugin.core.privacy import Reason, reason_of
from coodiag.coodiag_plugin.core.values import State, Value
from coodiag.tests.unit.cap_samples import GRID, sheet
from hypothesis import given
from hypothesis import strategies as st

ROLES = ("Direction", "Salarié", "Administrateur", "")
sheets = st.builds(
    sheet, st.text(alphabet="01234?/.", min_size=5, max_size=5), st.sampled_from(ROLES)
)


def of(result: CapResult, code: str) -> Value:
    return next(o.score for o in result.objectives if o.objective.code == code)


def test_means_by_hand() -> None:
    result = evaluate(GRID, [sheet("0240."), sheet("2441."), sheet("4102/")])
    assert [of(result, code).number for code in ("A1", "A2", "C1")] == pytest.approx([2, 7 / 3, 1])
    assert of(result, "B1").number == pytest.approx(8 / 3)
    sub = {item.sub_theme: item.score.number for item in result.sub_themes}
    assert sub == pytest.approx({"A": (2 + 7 / 3) / 2, "B": 8 / 3, "C": 1.0})
    # B1 counts twice in its theme and in the whole.
    assert result.themes[0].score.number == pytest.approx((2 + 7 / 3 + 2 * 8 / 3) / 4)
    assert result.whole.score.number == pytest.approx((2 + 7 / 3 + 2 * 8 / 3 + 1) / 5)


def test_spread_is_that_of_everybody_who_answered() -> None:
    result = evaluate(GRID, [sheet(f"{note}....") for note in (0, 2, 4, 2, 2)])
    spread = result.objectives[0].spread
    assert (spread.low.number, spread.high.number) == (0, 4)
    assert spread.deviation.number == pytest.approx(math.sqrt(8 / 5))
    assert result.objectives[0].divergent
    assert not evaluate(GRID, [sheet("3....")] * 3).objectives[0].divergent


def test_states_are_kept_apart() -> None:
    result = evaluate(GRID, [sheet("2?/.."), sheet("2?/.."), sheet("2./..")])
    first, second, third, fourth, _ = result.objectives
    assert (first.answers, first.score.state) == (3, State.KNOWN)
    assert (second.unknown, second.blank, second.score.state) == (2, 1, State.ABSENT)
    assert (third.not_applicable, third.score.state) == (3, State.NOT_APPLICABLE)
    assert (fourth.blank, fourth.score.state) == (3, State.ABSENT)
    plan = result.plan
    assert (len(plan.steps), plan.not_applicable, plan.unanswered) == (1, 1, 3)


def test_two_notes_among_many_are_not_shown_nor_counted() -> None:
    result = evaluate(GRID, [sheet("44..."), sheet("44..."), sheet("4....")])
    hidden = result.objectives[1]
    assert reason_of(hidden.score) is Reason.FEW_PEOPLE
    assert result.sub_themes[0].counted == 1
    assert result.plan.withheld == 1


def test_one_sheet_is_a_common_answer_without_spread() -> None:
    result = evaluate(GRID, [sheet("31...")])
    assert of(result, "A1").number == 3
    assert result.objectives[0].spread.deviation.state is State.SECRET
    assert result.roles == ()


@pytest.mark.parametrize(
    ("roles", "shown"),
    [
        ("SSSDDD", ["Direction", "Salarié"]),
        ("SSSDAA", ["Salarié"]),
        ("SSSSD", []),  # the rest would be one person
        ("SSSSDD", []),
        ("SSSS---", ["Salarié"]),  # those who said no function are never shown
        ("SSSS-", []),
        ("SSSSSS", []),  # one function: that is everybody
    ],
)
def test_a_function_is_shown_from_three_and_beside_three(roles: str, shown: list[str]) -> None:
    names = {"S": "Salarié", "D": "Direction", "A": "Administrateur", "-": ""}
    result = evaluate(GRID, [sheet("22222", names[sign]) for sign in roles])
    assert [role.role for role in result.roles] == shown


def test_plan_by_gap_priority_and_weight() -> None:
    notes = "21133"  # gaps to 3: 1, 2, 2, 0, 0
    result = evaluate(GRID, [sheet(notes, A1=Proposal(3.0), A2=Proposal(1.0, "Agir"))])
    found = [(step.objective.code, step.urgency) for step in result.plan.steps]
    assert found == [("B1", 8.0), ("A1", 3.0), ("A2", 2.0)]  # B1: 2 × 2 (usual) × 2
    assert result.plan.reached == 2
    assert [step.rank for step in result.plan.steps] == [1, 2, 3]
    assert result.plan.steps[2].action == "Agir"


def test_ties_stay_in_the_order_of_the_grid() -> None:
    result = evaluate(GRID, [sheet("11.11")])
    assert [step.objective.code for step in result.plan.steps] == ["A1", "A2", "C1", "C2"]


def test_proposals_of_several_are_joined_without_order_of_persons() -> None:
    one = sheet("1....", A1=Proposal(action="Zéro", pilot="Direction"))
    two = sheet("1....", A1=Proposal(action="Agir", pilot="direction"))
    for people in ([one, two], [two, one]):
        step = evaluate(GRID, people).plan.steps[0]
        assert step.action == "Agir / Zéro"
        assert step.pilot.casefold() == "direction"


def test_comparison_only_over_what_stands_in_both() -> None:
    result = evaluate(GRID, [sheet("3244.")])
    before = {"A1": Value(1.0), "C1": Value(3.0), "C2": Value(4.0), "XX": Value(0.0)}
    found = compare(result, before, "2025")
    by_key = {item.key: item for item in found.changes}
    assert by_key["Un", "A"].difference.number == pytest.approx(2.0)  # A1 alone
    assert by_key["Un", "A"].compared == 1
    assert by_key["Un", "B"].difference.state is State.ABSENT
    assert by_key["Deux", "C"].difference.number == pytest.approx(1.0)
    assert by_key["", ""].now.number == pytest.approx(3.5)
    assert found.left_out == ("A2", "B1", "C2")


def test_network_by_hand_and_not_under_three() -> None:
    results = [
        evaluate(GRID, [sheet(f"{note}....", structure=f"S{note}")]) for note in (0, 1, 2, 4)
    ]
    network = consolidate(results)
    first = network.sub_themes[0]
    figures = (first.mean, first.first, first.median, first.third)
    assert [value.number for value in figures] == pytest.approx([1.75, 0.75, 1.5, 2.5])
    assert network.sub_themes[1].mean.state is State.ABSENT
    few = consolidate(results[:2]).sub_themes[0]
    assert reason_of(few.mean) is Reason.FEW_UNITS and few.deviation.number is None


@given(st.lists(sheets, min_size=1, max_size=8), st.randoms())
def test_the_order_of_respondents_changes_nothing(
    people: list[AnswerSheet], chance: object
) -> None:
    mixed = list(people)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    turned = [replace(one, notes=dict(reversed(list(one.notes.items())))) for one in mixed]
    assert evaluate(GRID, people) == evaluate(GRID, turned)


@given(st.lists(sheets, min_size=1, max_size=8))
def test_scores_are_within_the_scale(people: list[AnswerSheet]) -> None:
    result = evaluate(GRID, people)
    groups = (*result.sub_themes, *result.themes, result.whole, *result.objectives)
    for item in groups:
        for value in (item.score, item.spread.low, item.spread.high):
            assert value.number is None or 0 <= value.number <= 4


@given(st.lists(sheets, min_size=2, max_size=9))
def test_nothing_shown_rests_on_one_or_two_of_several(people: list[AnswerSheet]) -> None:
    """Also after any respondent leaves: the rest is judged by the same rule."""
    for rest in (people, *(people[:at] + people[at + 1 :] for at in range(len(people)))):
        result = evaluate(GRID, rest)
        for item in result.objectives:
            assert item.score.number is None or item.answers >= min(3, len(rest))
            _spread_is_of_enough(item.spread, item.answers)
        for group in (*result.sub_themes, *result.themes, result.whole):
            _spread_is_of_enough(group.spread, group.respondents)
        for role in result.roles:
            assert role.role and role.respondents >= 3
            others = len(rest) - role.respondents
            assert others == 0 or others >= 3
            own = [one for one in rest if one.role == role.role]
            for theme, score in zip(GRID.themes(), role.scores):
                codes = {o.code for o in GRID.objectives if o.theme == theme}
                said = [
                    one for one in own if any(one.notes[c].known for c in codes & set(one.notes))
                ]
                assert score.number is None or len(said) >= 3
        assert result.roles_hidden == 0 or result.roles_hidden >= 3 or not result.roles


def _spread_is_of_enough(spread: Spread, notes: int) -> None:
    told = [value.number for value in (spread.low, spread.high, spread.deviation)]
    assert all(figure is None for figure in told) or notes >= 5
    assert spread.divergent is None or notes >= 3
