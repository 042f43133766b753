"""The COODIAG paradox: where need for work is marked, is the structure reaching it, and if not, why.

The rules of the typology are rows of ``catalogue/recruitment_types.csv``, read and printed from
there. A commune whose count of beneficiaries is hidden gets a type only from rules that do not
look at that count, and one whose reach is not significant only from rules that do not look at it.
Figures are judged as they are printed, so that no page says otherwise than another.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ..core.catalogue import layer_fields, rows
from ..core.crossings import UNCLASSED, UNCLASSED_LABELS
from ..core.errors import InputError
from ..core.french import number
from ..core.values import ABSENT, State, Value, ratio
from .classification import rounded

#: Type of a commune with so few job seekers that its reach tells nothing.
UNCERTAIN, UNCERTAIN_LABEL = "non_significatif", "Non significatif"
_UNCERTAIN_WORDS = "Le besoin est marqué, mais trop peu de personnes sont en cause pour juger de ce que la structure y touche."
#: A need is strong from so many times the territory's share; a reach is from so much over 100 as
#: the threshold of the typology is under it.
STRONG_NEED = 1.25
_LAYER = "recrutement"

_CONDITION = re.compile(r"(\w+)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
VARIABLES = (
    "need_ratio", "need_share", "index", "minutes", "km", "car_ratio", "diploma_ratio", "qpv_share",
)  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """What the rules look at for one commune.

    ``need``: job seekers; ``need_rate``: their share of the active (%); ``index``: attraction
    index of the beneficiaries (100 = as expected); ``minutes`` or ``km`` to the nearest site;
    ``without_car``, ``low_qualification`` and ``priority`` (people who live in a priority
    neighbourhood, 0 where there is none, absent where it is not known) in %.
    """

    unit: str
    need: Value
    need_rate: Value
    index: Value
    minutes: Value = ABSENT
    km: Value = ABSENT
    without_car: Value = ABSENT
    low_qualification: Value = ABSENT
    priority: Value = ABSENT


@dataclass(frozen=True)
class Reference:
    """The territory's own figures, to which a commune is compared (Σ numerators / Σ denominators)."""

    need: Value
    need_rate: Value
    without_car: Value = ABSENT
    low_qualification: Value = ABSENT


@dataclass(frozen=True)
class Rule:
    """A row of the catalogue: ``conditions`` are (variable, operator, threshold)."""

    type: str
    label: str
    conditions: tuple[tuple[str, str, float], ...]
    words: str

    def explained(self) -> str:
        """The rule in French, with its thresholds."""
        return self.words.format(**{name: _plain(limit) for name, _, limit in self.conditions})

    def judge(self, variables: Mapping[str, Value]) -> bool | str:
        """Whether the rule holds; else which figure alone keeps it from being told.

        ``secret`` for a hidden figure, ``non_significatif`` for an uncertain one. A figure that is
        absent makes the rule not hold: it is then not a reason.
        """
        unknown = ""
        for name, sign, limit in self.conditions:
            value = variables[name]
            if value.number is None:
                if value.state is not State.SECRET:
                    return False
                unknown = State.SECRET.value
            elif not value.significant:
                unknown = unknown or UNCERTAIN
            elif not _OPERATORS[sign](value.number, limit):
                return False
        return unknown or True


@dataclass(frozen=True)
class RecruitmentType:
    unit: str
    type: str
    label: str
    state: State = State.KNOWN  # why there is no type, when there is none
    variables: Mapping[str, Value] = field(default_factory=dict)


def _plain(limit: float) -> str:
    """``20`` or ``1,25``: a threshold with as many decimals as it has."""
    return number(limit, max(len(f"{limit:g}".partition(".")[2]), 0))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of the catalogue, in order; a malformed one is refused by name."""
    return tuple(
        Rule(row["type"], row["label"], conditions(row, "recruitment_types"), row["words"])
        for row in rows("recruitment_types")
    )


@cache
def not_reached() -> frozenset[str]:
    """Types of the communes whose marked need is little touched: those that call for a reason."""
    return frozenset(row["type"] for row in rows("recruitment_types") if row["not_reached"])


def conditions(row: Mapping[str, str], file: str) -> tuple[tuple[str, str, float], ...]:
    """The column ``conditions`` of a row of ``catalogue/<file>.csv``; a slip is named."""
    found = []
    for text in row["conditions"].split(","):
        match = _CONDITION.fullmatch(text.strip())
        if match is None or match[1] not in VARIABLES:
            raise InputError(
                "The rule “{rule}” of {file}.csv is not understood: write for example index>=80.",
                rule=text.strip(),
                file=file,
            )
        found.append((match[1], match[2], float(match[3])))
    return tuple(found)


def as_printed(value: Value, name: str) -> Value:
    """A figure of the layer ``recrutement`` with the decimals that its field has in print."""
    if value.number is None:
        return value
    number = rounded([value.number], layer_fields()[(_LAYER, name)].decimals)[0]
    return replace(value, number=float(number))


def variables(situation: Situation, reference: Reference) -> dict[str, Value]:
    """The variables of the rules for one commune."""
    return {
        "need_ratio": ratio(
            as_printed(situation.need_rate, "need_rate"),
            as_printed(reference.need_rate, "need_rate"),
        ),
        "need_share": ratio(situation.need, reference.need, 100.0),
        "index": as_printed(situation.index, "index"),
        "minutes": situation.minutes,
        "km": situation.km,
        "car_ratio": ratio(situation.without_car, reference.without_car),
        "diploma_ratio": ratio(situation.low_qualification, reference.low_qualification),
        "qpv_share": situation.priority,
    }


def typology(
    situations: Sequence[Situation], reference: Reference, of: Sequence[Rule] | None = None
) -> list[RecruitmentType]:
    """Type of each commune, in the order given."""
    known = list(rules() if of is None else of)
    result = []
    for situation in situations:
        seen = variables(situation, reference)
        result.append(RecruitmentType(situation.unit, *_first(known, seen), seen))
    return result


def _first(known: Sequence[Rule], seen: Mapping[str, Value]) -> tuple[str, str, State]:
    """The first rule that holds; none as soon as one cannot be told without a hidden figure."""
    if seen["need_ratio"].number is None:
        return _unclassed(seen["need_ratio"].state)
    for rule in known:
        verdict = rule.judge(seen)
        if verdict is True:
            return rule.type, rule.label, State.KNOWN
        if verdict == UNCERTAIN:
            return UNCERTAIN, UNCERTAIN_LABEL, State.KNOWN
        if verdict:
            return _unclassed(State.SECRET)
    return _unclassed(State.ABSENT)


def _unclassed(state: State) -> tuple[str, str, State]:
    state = state if state in UNCLASSED_LABELS else State.ABSENT
    return UNCLASSED, UNCLASSED_LABELS[state], state


def legend(of: Sequence[Rule] | None = None, mode: str = "minutes") -> list[tuple[str, str, str]]:
    """``(type, label, French explanation)`` of each type, in order, for the page.

    ``mode``: ``minutes`` or ``km``, the kind of distance that was known in the run.
    """
    other = "km" if mode == "minutes" else "minutes"
    result: dict[str, tuple[str, list[str]]] = {}
    for rule in rules() if of is None else of:
        if any(name == other for name, _, _ in rule.conditions):
            continue
        result.setdefault(rule.type, (rule.label, []))[1].append(rule.explained())
    kinds = [(kind, label, " ".join(words)) for kind, (label, words) in result.items()]
    return [*kinds, (UNCERTAIN, UNCERTAIN_LABEL, _UNCERTAIN_WORDS)]


def large_share() -> float | None:
    """Part (%) of the territory's job seekers from which the need of a commune is marked whatever
    its rate, None when the rules have none."""
    limits = (
        limit for rule in rules() for name, _, limit in rule.conditions if name == "need_share"
    )
    return next(limits, None)


def crossing_breaks(level: Value) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the two axes of the crossing (need, reach) are cut: as the typology does.

    ``level``: the territory's own share of job seekers. The lowest class of need is under it,
    the lowest class of reach under the threshold of the typology.
    """
    level = as_printed(level, "need_rate")
    if level.number is None:
        raise ValueError("the territory's share of job seekers is not known")
    reached = next(
        limit for rule in rules() for name, _, limit in rule.conditions if name == "index"
    )
    return (level.number, STRONG_NEED * level.number), (reached, 200.0 - reached)
