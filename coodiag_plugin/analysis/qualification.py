"""Jobs by what they ask for, people by what they have: the levels of two censuses side by side.

The levels, and how socio-occupational groups and diplomas are made to correspond, are rows of
``catalogue/qualification_levels.csv``, which says what that choice rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..core.catalogue import rows
from ..core.crossings import LevelFigures, Qualification
from ..core.errors import InputError
from ..core.values import ABSENT, Value, ratio, total
from .coverage import MIN_BASE

#: What the people are called, by the first indicator of the lowest level.
_WHO = {"chomeurs": "Chômeurs", "sortis": "Habitants sortis de l’école"}


@dataclass(frozen=True)
class Level:
    """A row of the catalogue; ``seekers``: indicators of the people, in order of preference."""

    id: str
    label: str
    jobs_label: str
    seekers_label: str
    jobs: str
    seekers: tuple[str, ...]
    low: bool


@cache
def levels() -> tuple[Level, ...]:
    """The levels, the lowest first. Refused when they do not all have the same series of people."""
    found = tuple(
        Level(
            row["level"],
            row["label"],
            row["jobs_label"],
            row["seekers_label"],
            row["jobs"],
            tuple(row["seekers"].split()),
            row["low"] == "yes",
        )
        for row in rows("qualification_levels")
    )
    if len({len(level.seekers) for level in found}) > 1 or not any(level.low for level in found):
        raise InputError(
            "The levels of qualification_levels.csv must all name as many indicators of people, and one of them at least must be low."
        )
    return found


def needed() -> tuple[str, ...]:
    """Indicators that the crossing needs."""
    names = [name for level in levels() for name in (level.jobs, *level.seekers)]
    return tuple(dict.fromkeys(names))


#: Figures of one unit by indicator.
Figures = Mapping[str, Value]


def series(units: Sequence[Figures]) -> int | None:
    """Which series of the people serves: the first that any of ``units`` has whole; None for none."""
    for rank in range(len(levels()[0].seekers)):
        names = [level.seekers[rank] for level in levels()]
        if any(all(unit.get(name, ABSENT).known for name in names) for unit in units):
            return rank
    return None


def who(rank: int) -> str:
    """What the people of a series are called in print."""
    name = levels()[0].seekers[rank]
    return _WHO.get(name.partition("_")[0], name)


def balance(figures: Figures, rank: int) -> tuple[Value, Value]:
    """``(ratio, index)`` of a unit for the low levels.

    ``ratio``: people for 100 jobs. ``index``: their share of the people over the share of those
    jobs, ×100; 100 = balance. Not significant under 30 people or 30 jobs in all (as the coverage).
    """
    jobs, people = _parts(figures, rank)
    low = [at for at, level in enumerate(levels()) if level.low]
    few_jobs, few_people = total(jobs[at] for at in low), total(people[at] for at in low)
    all_jobs, all_people = total(jobs), total(people)
    index = ratio(ratio(few_people, all_people), ratio(few_jobs, all_jobs), 100.0)
    per_job = ratio(few_people, few_jobs, 100.0)
    small = any(v.number is not None and v.number < MIN_BASE for v in (all_jobs, all_people))
    return _marked(per_job, small), _marked(index, small)


def _marked(value: Value, small: bool) -> Value:
    return replace(value, significant=False) if small and value.known else value


def _parts(figures: Figures, rank: int) -> tuple[list[Value], list[Value]]:
    jobs = [figures.get(level.jobs, ABSENT) for level in levels()]
    people = [figures.get(level.seekers[rank], ABSENT) for level in levels()]
    return jobs, people


def qualification(
    whole: Figures, rank: int, references: Mapping[str, Figures] | None = None, source: str = ""
) -> Qualification:
    """The levels of a territory, with the shares of the units compared with (by name)."""
    given = references or {}
    jobs, people = _parts(whole, rank)
    all_jobs, all_people = total(jobs), total(people)
    elsewhere = {name: _shares(figures, rank) for name, figures in given.items()}
    found = []
    for at, level in enumerate(levels()):
        job_share = ratio(jobs[at], all_jobs, 100.0)
        people_share = ratio(people[at], all_people, 100.0)
        found.append(
            LevelFigures(
                level.id,
                level.label,
                level.jobs_label,
                level.seekers_label,
                jobs[at],
                people[at],
                job_share,
                people_share,
                _gap(people_share, job_share),
                tuple(shares[at] for shares in elsewhere.values()),
            )
        )
    per_job, index = balance(whole, rank)
    return Qualification(
        tuple(found),
        who(rank),
        per_job,
        index,
        tuple(elsewhere),
        source,
    )


def _shares(figures: Figures, rank: int) -> list[tuple[Value, Value]]:
    jobs, people = _parts(figures, rank)
    all_jobs, all_people = total(jobs), total(people)
    return [
        (ratio(one, all_jobs, 100.0), ratio(two, all_people, 100.0))
        for one, two in zip(jobs, people)
    ]


def _gap(one: Value, other: Value) -> Value:
    """Points between two shares; the state of the worst where one is not known."""
    if one.number is None or other.number is None:
        return total((one, other))
    return Value(one.number - other.number)
