"""Counts of a survey as they may be printed: shares, intervals, crossings with groups, secrecy.

Counts of respondents are counts of people (METHODS §6): 1 to ``minimum`` − 1 are hidden, and
whatever would give them away (the total, other answers, other groups, those who did not answer).
An answer in people's own words is only named when enough of them gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, median

from ..core.errors import InputError
from ..core.french import alphabetical
from ..core.privacy import MIN_COUNT, is_few
from ..core.qualitative import (
    FREE,
    MULTIPLE,
    NUMBER,
    OTHER_GROUPS,
    OTHERS,
    SCALE,
    AnswerCount,
    Answers,
    GroupShares,
    Question,
    QuestionResult,
    SurveyResult,
)
from ..core.values import ABSENT, SECRET, Value
from .coverage import wilson
from .number_classes import classes_of
from .survey_secrecy import hidden_options, hidden_table, shown_alone

NO_GROUP = "Groupe non précisé"
NO_ANSWER = "Sans réponse"
MOST_GROUPS = 8
#: Below this base a share that does not differ from the whole is not significant (METHODS §2).
SMALL_BASE = 30
#: Fewest answers behind a printed mean or median: twice what a count needs.
_MEAN_OF = 2
#: Answers that come last whatever their number.
_LAST = (
    "autre",
    "autres",
    "ne sait pas",
    "ne se prononce pas",
    "nsp",
    "sans avis",
    "aucun",
    "aucune",
)
_TOO_FEW = "trop peu de réponses pour être montrées sans risque de reconnaître quelqu’un."


def count_survey(answers: Answers, minimum: int = MIN_COUNT) -> SurveyResult:
    """Every question counted. Raises :class:`InputError` for fewer respondents than ``minimum``."""
    respondents = len(answers.rows)
    if respondents < minimum:
        raise InputError(
            "The survey has fewer than {minimum} respondents: nothing of it may be shown.",
            minimum=minimum,
        )
    groups = merged_groups(answers.groups, minimum) if answers.groups else ()
    names = tuple(dict.fromkeys(sorted(groups, key=lambda name: _group_rank(name, groups))))
    sizes = Counter(groups)
    if len(names) < 2:
        groups, names = (), ()
    results = tuple(
        _count(question, answers, groups, names, minimum) for question in answers.questions
    )
    return SurveyResult(
        respondents,
        minimum,
        results,
        answers.group_label if names else "",
        tuple((name, sizes[name]) for name in names),
    )


def merged_groups(groups: Sequence[str], minimum: int) -> tuple[str, ...]:
    """The group of each respondent, small groups put together so that none is of few people.

    The spelling of a group is its most frequent one; at most :data:`MOST_GROUPS` are kept.
    """
    spelling: dict[str, str] = {}
    for name, _ in sorted(Counter(groups).items(), key=lambda pair: (-pair[1], pair[0])):
        spelling.setdefault(alphabetical(name), name or NO_GROUP)
    named = [spelling[alphabetical(name)] for name in groups]
    sizes = Counter(named)
    order = sorted(sizes, key=lambda name: (-sizes[name], alphabetical(name)))
    kept = [name for name in order if sizes[name] >= minimum][:MOST_GROUPS]
    rest = sum(sizes[name] for name in sizes if name not in kept)
    while kept and is_few(rest, minimum):
        rest += sizes[kept.pop()]
    return tuple(name if name in kept else OTHER_GROUPS for name in named)


def _group_rank(name: str, groups: Sequence[str]) -> tuple[int, str]:
    return (name in (OTHER_GROUPS, NO_GROUP)) + (name == OTHER_GROUPS), alphabetical(name)


def _count(
    question: Question,
    answers: Answers,
    groups: Sequence[str],
    names: tuple[str, ...],
    minimum: int,
) -> QuestionResult:
    given = [row.get(question.code, ()) for row in answers.rows]
    if question.kind == FREE:
        return _free(question, given, minimum)
    if question.kind == MULTIPLE:
        return _multiple(question, given, groups, names, minimum)
    numbers: list[float] = []
    if question.kind == NUMBER:
        numbers = [float(one[0]) for one in given if one]
        labels, order = classes_of(numbers, minimum)
        given = [(labels[float(one[0])],) if one else () for one in given]
        question = replace(question, order=order, declared=True)
    return _single(question, given, numbers, groups, names, minimum)


def _free(question: Question, given: Sequence[tuple[str, ...]], minimum: int) -> QuestionResult:
    """Only how many wrote something."""
    written = sum(bool(one) for one in given)
    shown = shown_alone(written, len(given), minimum)
    base = Value(float(written)) if shown else SECRET
    silent = Value(float(len(given) - written)) if shown else SECRET
    return QuestionResult(question, base, False, silent)


def _single(
    question: Question,
    given: Sequence[tuple[str, ...]],
    numbers: Sequence[float],
    groups: Sequence[str],
    names: tuple[str, ...],
    minimum: int,
) -> QuestionResult:
    """One answer each: with those who gave none, the answers add up to everybody."""
    told = [one[0] if one else NO_ANSWER for one in given]
    counts = Counter(told)
    labels = _printed_labels(question, counts, minimum)
    told = [answer if answer in labels or answer == NO_ANSWER else OTHERS for answer in told]
    counts = Counter(told)
    order = [*labels, *([OTHERS] if counts[OTHERS] and OTHERS not in labels else [])]
    rows = [*order, *([NO_ANSWER] if counts[NO_ANSWER] else [])]
    hidden = hidden_table(told, groups, rows, names, minimum)
    everybody, silent = len(given), counts[NO_ANSWER]
    of_all = (NO_ANSWER, "") in hidden.cells
    base = everybody if of_all else everybody - silent
    if all((answer, "") in hidden.cells or not counts[answer] for answer in order):
        return QuestionResult(question, SECRET, True, SECRET, reason=_TOO_FEW)
    if not question.order:
        order = _by_count(
            order, counts, {answer for answer in order if (answer, "") in hidden.cells}
        )
    shown = tuple(
        _answer(answer, counts[answer], base, (answer, "") in hidden.cells) for answer in order
    )
    result = QuestionResult(
        question,
        Value(float(base)),
        of_all,
        SECRET if of_all else Value(float(silent)),
        shown,
        _crossing(order, told, groups, names, hidden.cells) if hidden.crossed else (),
    )
    exact = not of_all and all(item.count.known for item in shown) and OTHERS not in order
    return _with_centre(result, given, numbers, minimum) if exact else result


def _printed_labels(question: Question, counts: Mapping[str, int], minimum: int) -> list[str]:
    """Answers that may be named: those declared, and those that enough people gave."""
    found = [answer for answer in question.order if question.declared or counts[answer] >= minimum]
    rest = [a for a in counts if a not in found and a != NO_ANSWER and counts[a] >= minimum]
    return [*found, *sorted(rest, key=lambda a: (-counts[a], alphabetical(a)))]


def _by_count(order: Sequence[str], counts: Mapping[str, int], hidden: set[str]) -> list[str]:
    """The most frequent first; hidden ones after, by name, as their rank would tell their number."""
    return sorted(
        order,
        key=lambda answer: (
            answer == OTHERS,
            alphabetical(answer).strip() in _LAST,
            answer in hidden,
            0 if answer in hidden else -counts[answer],
            alphabetical(answer),
        ),
    )


def _answer(label: str, count: int, base: int, hidden: bool) -> AnswerCount:
    if hidden:
        return AnswerCount(label, SECRET, SECRET)
    low, high = wilson(count, base)
    share = Value(100.0 * count / base, unit="%")
    return AnswerCount(label, Value(float(count)), share, 100.0 * low, 100.0 * high)


def _crossing(
    order: Sequence[str],
    told: Sequence[str],
    groups: Sequence[str],
    names: Sequence[str],
    hidden: set[tuple[str, str]],
) -> tuple[GroupShares, ...]:
    """Share of each answer among everybody in the group, those without an answer included."""
    sizes = Counter(groups)
    whole, cells = Counter(told), Counter(zip(told, groups))
    return _worth_printing(
        GroupShares(
            name,
            sizes[name],
            tuple(
                SECRET
                if (answer, name) in hidden
                else group_share(cells[answer, name], sizes[name], whole[answer], len(told))
                for answer in order
            ),
        )
        for name in names
    )


def _worth_printing(found: Iterable[GroupShares]) -> tuple[GroupShares, ...]:
    """The crossing, unless most of it is hidden or none of its shares can be read."""
    crossing = tuple(found)
    shares = [share for group in crossing for share in group.shares]
    known = [share for share in shares if share.known]
    readable = any(share.significant and share.number for share in known)
    return crossing if readable and 2 * len(known) >= len(shares) else ()


def group_share(count: int, base: int, whole_count: int, whole: int) -> Value:
    """Share (%) of a group; not significant when its base is small and its interval holds the
    share of everybody."""
    low, high = wilson(count, base)
    unsure = base < SMALL_BASE and low <= whole_count / whole <= high
    return Value(100.0 * count / base, unit="%", significant=not unsure)


def _with_centre(
    result: QuestionResult,
    given: Sequence[tuple[str, ...]],
    numbers: Sequence[float],
    minimum: int,
) -> QuestionResult:
    """Mean (and median of numbers), of enough answers and none hidden: a mean would solve them."""
    if result.question.kind == SCALE:
        marks = [one[0] for one in given if one]
        numbers = [float(mark) for mark in marks] if all(m.isdigit() for m in marks) else []
    if len(numbers) < _MEAN_OF * minimum:
        return result
    middle = Value(median(numbers)) if result.question.kind == NUMBER else ABSENT
    return replace(result, mean=Value(fmean(numbers)), median=middle)


def _multiple(
    question: Question,
    given: Sequence[tuple[str, ...]],
    groups: Sequence[str],
    names: tuple[str, ...],
    minimum: int,
) -> QuestionResult:
    """Several answers each: every answer is a question of its own, given or not."""
    counts = Counter(answer for one in given for answer in one)
    labels = _printed_labels(question, counts, minimum)
    ticked = {label: [label in one for one in given] for label in labels}
    rare = [any(answer not in ticked or answer == OTHERS for answer in one) for one in given]
    if any(rare):
        ticked[OTHERS] = rare
    totals = {label: sum(marks) for label, marks in ticked.items()}
    everybody, silent = len(given), sum(not one for one in given)
    hidden = {
        label: hidden_options(marks, groups, names, minimum) for label, marks in ticked.items()
    }
    gone = {label for label in ticked if "" in hidden[label].cells}
    answered = everybody - silent
    # Everybody who answered ticked something: a known base would bound what the others hide.
    of_all = bool(
        gone
        or is_few(silent, minimum)
        or any(is_few(answered - count, minimum) for count in totals.values())
    )
    base = everybody if of_all else answered
    if not base or all(label in gone or not totals[label] for label in ticked):
        return QuestionResult(question, SECRET, True, SECRET, reason=_TOO_FEW)
    order = list(ticked) if question.order else _by_count(list(ticked), totals, gone)
    shown = tuple(_answer(label, totals[label], base, label in gone) for label in order)
    crossing: tuple[GroupShares, ...] = ()
    if names and any(hidden[label].crossed for label in order):
        sizes = Counter(groups)
        crossing = _worth_printing(
            GroupShares(
                name,
                sizes[name],
                tuple(
                    SECRET
                    if name in hidden[label].cells or not hidden[label].crossed
                    else group_share(
                        sum(mark for mark, g in zip(ticked[label], groups) if g == name),
                        sizes[name],
                        totals[label],
                        everybody,
                    )
                    for label in order
                ),
            )
            for name in names
        )
    return QuestionResult(
        question,
        Value(float(base)),
        of_all,
        SECRET if of_all else Value(float(silent)),
        shown,
        crossing,
    )
