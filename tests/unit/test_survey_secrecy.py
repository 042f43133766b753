"""Nothing that the survey prints gives a count of 1 to 4 people away."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from coodiag.coodiag_plugin.analysis.disclosure import Fact, audit, exactly
from coodiag.coodiag_plugin.analysis.survey import NO_ANSWER, count_survey
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.qualitative import (
    AnswerCount,
    Answers,
    GroupShares,
    Question,
    QuestionResult,
    SurveyResult,
)
from coodiag.coodiag_plugin.core.values import State
from coodiag.coodiag_plugin.edition.sheets.survey import survey_sheet
from coodiag.tests.unit.qualitative_samples import drawn
from hypothesis import given, settings
from hypothesis import strategies as st

MINIMUM = 5
PAGE = Page("paroles", "Ce que disent les personnes interrogées", sheet="survey")


def facts_of(
    survey: SurveyResult, item: QuestionResult
) -> tuple[list[Fact], list[tuple[str, str]]]:
    """What a reader knows of a question of single choice, and the cells that are hidden.

    A cell is (answer, group); the group "" is everybody. Stronger than a reader: a share printed
    ``n.s.`` is known too.
    """
    labels = [answer.label for answer in item.answers] + [NO_ANSWER]
    names = [group.name for group in item.groups]
    facts: list[Fact] = [exactly({(a, ""): 1.0 for a in labels}, survey.respondents)]
    hidden: list[tuple[str, str]] = []
    silent = (NO_ANSWER, "")
    if item.no_answer.known:
        facts.append(exactly({silent: 1.0}, item.no_answer.number or 0.0))
    else:
        hidden.append(silent)
    for answer in item.answers:
        _tell((answer.label, ""), answer.count.number, answer.count.state, facts, hidden)
    for group in item.groups:
        facts.append(exactly({(a, group.name): 1.0 for a in labels}, group.respondents))
        for answer, share in zip(item.answers, group.shares):
            number = None if share.number is None else round(share.number * group.respondents / 100)
            _tell((answer.label, group.name), number, share.state, facts, hidden)
    if names:
        for label in labels:
            parts = {(label, name): 1.0 for name in names}
            facts.append(exactly({**parts, (label, ""): -1.0}, 0.0))
    return facts, hidden


def _tell(
    cell: tuple[str, str],
    number: float | None,
    state: State,
    facts: list[Fact],
    hidden: list[tuple[str, str]],
) -> None:
    if number is None:
        assert state is State.SECRET
        hidden.append(cell)
    else:
        assert not 0 < number < MINIMUM, f"{cell} is shown with {number}"
        facts.append(exactly({cell: 1.0}, number))


def attacked(answers: Answers) -> int:
    """Bound every hidden cell of every question; the number of cells tried."""
    survey = count_survey(answers, MINIMUM)
    tried = 0
    for item in survey.questions:
        if item.reason:
            continue
        facts, hidden = facts_of(survey, item)
        for cell, interval in audit(facts, hidden).items():
            assert interval.width >= MINIMUM - 1, f"{cell} of {item.question.code}: {interval}"
            tried += 1
    return tried


@given(
    seed=st.integers(0, 10_000),
    people=st.integers(MINIMUM, 120),
    kinds=st.lists(st.integers(2, 6), min_size=1, max_size=2),
    groups=st.integers(0, 4),
)
@settings(max_examples=40)
def test_no_hidden_answer_can_be_bounded(
    seed: int, people: int, kinds: list[int], groups: int
) -> None:
    attacked(drawn(seed, people, kinds, groups, several=False))


def test_the_attack_has_cells_to_try() -> None:
    assert sum(attacked(drawn(seed, 70, [4, 5], 3, several=False)) for seed in range(6)) > 20


@pytest.mark.parametrize("seed", range(12))
def test_of_several_answers_neither_those_who_gave_one_nor_the_others_are_few(seed: int) -> None:
    survey = count_survey(drawn(seed, 30 + 8 * seed, [5, 4], 3, several=True), MINIMUM)
    for item in survey.questions:
        base = item.base.number
        for answer in item.answers:
            _check_shown(answer.count.number, base)
        for group in item.groups:
            for share in group.shares:
                if share.number is not None:
                    _check_shown(round(share.number * group.respondents / 100), group.respondents)
            assert group.respondents >= MINIMUM
        _check_lines(item.answers, item.groups)
        gone = [answer for answer in item.answers if not answer.count.known]
        # A known base would bound what is hidden: everybody who answered gave some answer.
        assert not (gone and item.no_answer.known)


def _check_shown(count: float | None, base: float | None) -> None:
    if count is not None and base is not None:
        assert not 0 < count < MINIMUM
        assert not 0 < base - count < MINIMUM


def _check_lines(answers: Sequence[AnswerCount], groups: Sequence[GroupShares]) -> None:
    """The hidden groups of an answer whose whole is shown can be exchanged."""
    for rank, answer in enumerate(answers):
        hidden = [group for group in groups if not group.shares[rank].known]
        if answer.count.known and groups:
            assert len(hidden) != 1, answer.label


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_the_printed_sheet_holds_no_small_count(seed: int, several: bool) -> None:
    survey = count_survey(drawn(seed, 47, [4, 6, 3], 3, several), MINIMUM)
    sheet = survey_sheet(PAGE, survey)
    if isinstance(sheet, str):
        return
    for block in sheet.blocks:
        if block.table is None or block.table.columns[1:2] != ("Effectif",):
            continue
        for row in block.table.rows:
            if row.label not in ("Moyenne", "Médiane"):
                assert row.cells[0] not in ("1", "2", "3", "4"), row
    for number in re.findall(r"sans réponse\W+(\d+)", sheet.method + sheet.sentence):
        assert int(number) >= MINIMUM


def test_those_who_did_not_answer_are_hidden_when_they_are_few() -> None:
    rows = tuple({"Q": ("Oui",)} for _ in range(30)) + tuple({"Q": ("Non",)} for _ in range(10))
    question = Question("Q", "Venez-vous ?", "choice", ("Oui", "Non"), "", True)
    found = count_survey(Answers((question,), (*rows, {"R": ("",)}, {"R": ("",)})), MINIMUM)
    item = found.questions[0]
    assert item.of_all and not item.no_answer.known
    assert item.base.number == found.respondents == 42
    assert sum(not answer.count.known for answer in item.answers) == 1
    assert not item.mean.known


def test_an_answer_in_peoples_own_words_is_named_only_when_enough_gave_it() -> None:
    given_ = ["Bus"] * 20 + ["Voiture"] * 9 + ["Le voisin M. Fictif"] * 2 + ["Vélo"] * 4
    question = Question("Q", "Comment venez-vous ?", "choice")
    rows = tuple({"Q": (answer,)} for answer in given_)
    item = count_survey(Answers((question,), rows), MINIMUM).questions[0]
    assert [answer.label for answer in item.answers] == ["Bus", "Voiture", "Autres réponses"]
    assert item.answers[-1].count.number == 6


def test_no_mean_is_printed_beside_a_hidden_mark() -> None:
    marks = ["5"] * 20 + ["4"] * 12 + ["3"] * 8 + ["1"] * 2
    question = Question("N", "Note", "scale", tuple("12345"), "", True)
    whole = count_survey(
        Answers((question,), tuple({"N": (mark,)} for mark in marks)), MINIMUM
    ).questions[0]
    assert not whole.mean.known
    open_ = count_survey(
        Answers((question,), tuple({"N": (mark,)} for mark in marks if mark != "1")), MINIMUM
    ).questions[0]
    assert open_.mean.number == pytest.approx((5 * 20 + 4 * 12 + 3 * 8) / 40)


def test_every_small_group_is_put_with_others() -> None:
    groups = ("A",) * 20 + ("B",) * 12 + ("C",) * 5 + ("D",) * 2 + ("",)
    rows = tuple({"Q": ("Oui" if rank % 2 else "Non",)} for rank in range(len(groups)))
    question = Question("Q", "?", "choice", ("Oui", "Non"), "", True)
    found = count_survey(Answers((question,), rows, groups, "Commune"), MINIMUM)
    assert dict(found.groups) == {"A": 20, "B": 12, "Autres groupes": 8}
