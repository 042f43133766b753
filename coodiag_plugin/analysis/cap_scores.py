"""Scores of a Cap self-evaluation: means, spread, functions; who may be told apart, and who not.

Rules (docs/selfevaluation.md): a mean of an objective needs as many notes as the fewest respondents
(all of them in a smaller group); the scores of a function, and whether views differ, need the fewest
respondents whatever the group; lowest, highest and deviation two more. Sums are exact (``fsum``): the order of rows and respondents changes nothing.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

from ..core.cap import (
    SPREAD_MARGIN,
    USUAL_PRIORITY,
    AnswerSheet,
    CapResult,
    Grid,
    GroupScore,
    Objective,
    ObjectiveScore,
    RoleScores,
    Spread,
)
from ..core.choices import DIVERGENCE, MIN_RESPONDENTS, TARGET
from ..core.french import alphabetical, rounded
from ..core.privacy import Reason, is_few, secret
from ..core.values import ABSENT, NOT_APPLICABLE, State, Value
from .cap_means import weighted_mean
from .cap_plan import progress_plan

_HIDDEN = secret(Reason.FEW_PEOPLE)


def evaluate(
    grid: Grid,
    sheets: Sequence[AnswerSheet],
    minimum: int = MIN_RESPONDENTS,
    target: float = TARGET,
    threshold: float = DIVERGENCE,
) -> CapResult:
    """Everything that is told of one structure from the sheets of its respondents."""
    scores = tuple(_objective(item, sheets, minimum, threshold) for item in grid.objectives)
    counted = [item for item in scores if item.score.known]
    roles, hidden = _roles(grid, counted, sheets, minimum)

    def group(key: tuple[str, str]) -> GroupScore:
        return _group(key, counted, sheets, minimum, threshold)

    return CapResult(
        structure=min((item.structure for item in sheets), key=alphabetical),
        date=max(item.date for item in sheets),
        grid=grid,
        respondents=len(sheets),
        minimum=minimum,
        target=target,
        threshold=threshold,
        objectives=scores,
        sub_themes=tuple(group(key) for key in grid.sub_themes()),
        themes=tuple(group((name, "")) for name in grid.themes()),
        whole=group(("", "")),
        roles=roles,
        roles_hidden=hidden,
        plan=progress_plan(scores, sheets, target),
    )


def _objective(
    item: Objective, sheets: Sequence[AnswerSheet], minimum: int, threshold: float
) -> ObjectiveScore:
    said = [sheet.notes.get(item.code) for sheet in sheets]
    states = Counter(value.state for value in said if value is not None)
    notes = [value.number for value in said if value is not None and value.number is not None]
    if len(notes) >= min(minimum, len(sheets)) and notes:
        mean = weighted_mean((note, 1.0) for note in notes)
        score = ABSENT if mean is None else Value(mean)
    elif notes:
        score = _HIDDEN
    else:
        # Concerned, but not judged, as soon as one respondent does not say « sans objet ».
        only = states[State.NOT_APPLICABLE] and not (states[State.ABSENT] or states[State.FAILED])
        score = NOT_APPLICABLE if only else ABSENT
    spread = _spread(notes, minimum, threshold)
    priorities = [
        proposal.priority
        for sheet in sheets
        if (proposal := sheet.proposals.get(item.code)) and proposal.priority is not None
    ]
    return ObjectiveScore(
        item,
        score,
        spread,
        answers=len(notes),
        unknown=states[State.ABSENT],
        not_applicable=states[State.NOT_APPLICABLE],
        unread=states[State.FAILED],
        blank=said.count(None),
        priority=weighted_mean((each, 1.0) for each in priorities) or float(USUAL_PRIORITY),
    )


def _spread(numbers: Sequence[float], minimum: int, threshold: float) -> Spread:
    if not numbers:
        return Spread()
    deviation = statistics.pstdev(numbers)
    divergent = rounded(deviation, 2) >= rounded(threshold, 2)
    if len(numbers) < minimum:
        return Spread(_HIDDEN, _HIDDEN, _HIDDEN)
    if len(numbers) < minimum + SPREAD_MARGIN:
        return Spread(_HIDDEN, _HIDDEN, _HIDDEN, divergent)
    return Spread(Value(min(numbers)), Value(max(numbers)), Value(deviation), divergent)


def own_score(
    sheet: AnswerSheet, counted: Sequence[ObjectiveScore], key: tuple[str, str]
) -> float | None:
    """The weighted mean of one respondent over the objectives that count for everybody."""
    pairs = []
    for item in counted:
        note = sheet.notes.get(item.objective.code)
        if item.objective.is_of(key) and note is not None and note.number is not None:
            pairs.append((note.number, item.objective.weight))
    return weighted_mean(pairs)


def _group(
    key: tuple[str, str],
    counted: Sequence[ObjectiveScore],
    sheets: Sequence[AnswerSheet],
    minimum: int,
    threshold: float,
) -> GroupScore:
    inside = [item for item in counted if item.objective.is_of(key)]
    mean = weighted_mean(
        (item.score.number, item.objective.weight)
        for item in inside
        if item.score.number is not None
    )
    own = [score for sheet in sheets if (score := own_score(sheet, counted, key)) is not None]
    return GroupScore(
        *key,
        score=ABSENT if mean is None else Value(mean),
        spread=_spread(own, minimum, threshold),
        respondents=len(own),
        counted=len(inside),
    )


def _roles(
    grid: Grid, counted: Sequence[ObjectiveScore], sheets: Sequence[AnswerSheet], minimum: int
) -> tuple[tuple[RoleScores, ...], int]:
    """Scores by theme of the functions that may be shown, and how many respondents are not in one.

    Those who said no function are one more group, never shown. A function is shown when neither it
    nor what is left of all respondents is few, theme by theme.
    """
    names: dict[str, str] = {}
    people: dict[str, list[AnswerSheet]] = {}
    for sheet in sheets:
        key = alphabetical(sheet.role).strip()
        names[key] = min(names.get(key, sheet.role), sheet.role)
        people.setdefault(key, []).append(sheet)
    shown = sorted(set(people) - _few({key: len(own) for key, own in people.items()}, minimum))
    if len(people) < 2:
        return (), len(sheets)
    table: dict[str, list[Value]] = {key: [] for key in shown}
    for theme in grid.themes():
        scores = {
            key: [s for one in own if (s := own_score(one, counted, (theme, ""))) is not None]
            for key, own in people.items()
        }
        few = _few({key: len(found) for key, found in scores.items()}, minimum)
        for key in shown:
            mean = weighted_mean((score, 1.0) for score in scores[key])
            hidden = key in few and mean is not None
            table[key].append(_HIDDEN if hidden else ABSENT if mean is None else Value(mean))
    roles = tuple(RoleScores(names[key], len(people[key]), tuple(table[key])) for key in shown)
    return roles, len(sheets) - sum(role.respondents for role in roles)


def _few(counts: Mapping[str, int], minimum: int) -> set[str]:
    """Functions to hide: those of few respondents, the unsaid one, and the smallest of the others
    as long as all the hidden ones together are few: the mean of everybody would tell them."""
    hidden = {key for key, count in counts.items() if not key or is_few(count, minimum)}
    while is_few(sum(counts[key] for key in hidden), minimum) and len(hidden) < len(counts):
        least = min(count for key, count in counts.items() if key not in hidden)
        hidden |= {key for key, count in counts.items() if count == least}
    return hidden
