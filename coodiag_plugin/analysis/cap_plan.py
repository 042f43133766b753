"""What follows from the scores of a Cap: progress plan, comparison in time, network of structures."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..core.cap import (
    AnswerSheet,
    CapResult,
    Change,
    Comparison,
    NetworkResult,
    NetworkScore,
    ObjectiveScore,
    Plan,
    Step,
)
from ..core.privacy import MIN_UNITS, secret, units_reason
from ..core.values import ABSENT, State, Value
from .cap_means import weighted_mean

#: Decimals beyond which two urgencies are the same: figures of a division differ by less.
_SAME = 9


def progress_plan(
    scores: Sequence[ObjectiveScore], sheets: Sequence[AnswerSheet], target: float
) -> Plan:
    """Objectives under the target by gap × priority × weight; ties in the order of the grid."""
    under = []
    reached = 0
    for item in scores:
        if item.score.number is None:
            continue
        gap = round(target - item.score.number, _SAME)
        if gap <= 0:
            reached += 1
        else:
            under.append((round(gap * item.priority * item.objective.weight, _SAME), gap, item))
    under.sort(key=lambda row: -row[0])  # stable: ties stay in the order of the grid
    steps = tuple(
        _step(rank, urgency, gap, item, sheets)
        for rank, (urgency, gap, item) in enumerate(under, 1)
    )
    states = [item.score.state for item in scores]
    return Plan(
        steps,
        reached,
        states.count(State.NOT_APPLICABLE),
        states.count(State.ABSENT),
        states.count(State.SECRET),
    )


def _step(
    rank: int, urgency: float, gap: float, item: ObjectiveScore, sheets: Sequence[AnswerSheet]
) -> Step:
    said = [sheet.proposals.get(item.objective.code) for sheet in sheets]
    proposals = [each for each in said if each is not None]
    assert item.score.number is not None
    return Step(
        rank,
        item.objective,
        item.score.number,
        gap,
        item.priority,
        urgency,
        _joined(each.action for each in proposals),
        _joined(each.pilot for each in proposals),
        _joined(each.deadline for each in proposals),
    )


def _joined(texts: Iterable[str]) -> str:
    """Different texts in alphabetical order, so that who wrote which, and when, is not told."""
    different = {text.casefold(): text for text in sorted(texts, reverse=True) if text}
    return " / ".join(different[key] for key in sorted(different))


def compare(
    result: CapResult, before: Mapping[str, Value], date: str, themes_only: bool = False
) -> Comparison:
    """``result`` against earlier scores by objective, over those that are known both times.

    ``themes_only``: without sub-themes, nor themes that are one sub-theme.
    """
    now = {item.objective.code: item.score for item in result.objectives}
    known_now = {code for code, value in now.items() if value.known}
    known_before = {code for code, value in before.items() if value.known}
    both = known_now & known_before
    changes = []
    keys = [item.key for item in (*result.sub_themes, *result.themes, result.whole)]
    if themes_only:
        parts = Counter(item.theme for item in result.sub_themes)
        keys = [(theme, sub) for theme, sub in keys if not sub and parts.get(theme) != 1]
    for key in keys:
        inside = [o for o in result.grid.objectives if o.code in both and o.is_of(key)]
        means = [
            weighted_mean((float(table[o.code].number or 0.0), o.weight) for o in inside)
            for table in (before, now)
        ]
        first, second = (ABSENT if mean is None else Value(mean) for mean in means)
        difference = ABSENT
        if first.number is not None and second.number is not None:
            difference = Value(second.number - first.number)
        changes.append(Change(*key, first, second, difference, len(inside)))
    order = [item.code for item in result.grid.objectives]
    missing = tuple(code for code in order if code in known_now ^ known_before)
    return Comparison(date, tuple(changes), missing, themes_only)


def consolidate(results: Sequence[CapResult]) -> NetworkResult:
    """A network over its structures, none of them named, nothing of fewer than three."""
    first = results[0]

    def over(find: Callable[[CapResult], Value], key: tuple[str, str]) -> NetworkScore:
        return _network([find(result) for result in results], key)

    return NetworkResult(
        structures=len(results),
        minimum=MIN_UNITS,
        grid=first.grid,
        date=max(result.date for result in results),
        sub_themes=tuple(
            over(lambda result, at=at: result.sub_themes[at].score, item.key)  # type: ignore[misc]
            for at, item in enumerate(first.sub_themes)
        ),
        themes=tuple(
            over(lambda result, at=at: result.themes[at].score, item.key)  # type: ignore[misc]
            for at, item in enumerate(first.themes)
        ),
        whole=over(lambda result: result.whole.score, ("", "")),
    )


def _network(scores: Sequence[Value], key: tuple[str, str]) -> NetworkScore:
    known = sorted(value.number for value in scores if value.number is not None)
    reason = units_reason(len(known))
    mean = weighted_mean((score, 1.0) for score in known)
    if reason is not None or mean is None:
        hidden = ABSENT if reason is None else secret(reason)
        return NetworkScore(*key, len(known), hidden, hidden, hidden, hidden, hidden)
    low, median, high = statistics.quantiles(known, n=4, method="inclusive")
    return NetworkScore(
        *key,
        structures=len(known),
        mean=Value(mean),
        first=Value(low),
        median=Value(median),
        third=Value(high),
        deviation=Value(statistics.pstdev(known)),
    )
