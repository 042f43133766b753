"""The COODIAG paradox: where need for work is marked, is the structure reaching it, and if not, why.

The rules of the typology are rows of ``catalogue/recruitment_types.csv``, read and printed from
there. A commune whose count of beneficiaries is hidden gets a type only from rules that do not
look at that count.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..core.catalogue import rows
from ..core.errors import InputError
from ..core.french import number
from ..core.values import ABSENT, State, Value, ratio

#: Type of a commune that no rule can judge, and its French label by reason.
UNCLASSED = "non_classee"
UNCLASSED_LABELS = {
    State.SECRET: "Non classée (secret statistique)",  # pragma: allowlist secret
    State.ABSENT: "Non classée (donnée absente)",
}

_CONDITION = re.compile(r"(\w+)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
VARIABLES = ("need_ratio", "need_share", "index", "minutes", "km", "car_ratio", "diploma_ratio")


@dataclass(frozen=True)
class Situation:
    """What the rules look at for one commune.

    ``need``: job seekers; ``need_rate``: their share of the active (%); ``index``: attraction
    index of the beneficiaries (100 = as expected); ``minutes`` or ``km`` to the nearest site;
    ``without_car`` and ``low_qualification`` in %.
    """

    unit: str
    need: Value
    need_rate: Value
    index: Value
    minutes: Value = ABSENT
    km: Value = ABSENT
    without_car: Value = ABSENT
    low_qualification: Value = ABSENT


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

    def judge(self, variables: Mapping[str, Value]) -> bool | State:
        """Whether the rule holds; SECRET when a hidden figure alone keeps it from being told.

        A figure that is absent makes the rule not hold: it is then not a reason.
        """
        unknown = False
        for name, sign, limit in self.conditions:
            value = variables[name]
            if value.number is not None:
                if not _OPERATORS[sign](value.number, limit):
                    return False
            elif value.state is State.SECRET:
                unknown = True
            else:
                return False
        return State.SECRET if unknown else True


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
    return tuple(_rule(row) for row in rows("recruitment_types"))


def _rule(row: Mapping[str, str]) -> Rule:
    conditions = []
    for text in row["conditions"].split(","):
        match = _CONDITION.fullmatch(text.strip())
        if match is None or match[1] not in VARIABLES:
            raise InputError(
                "The rule “{rule}” of recruitment_types.csv is not understood: write for example index>=80.",
                rule=text.strip(),
            )
        conditions.append((match[1], match[2], float(match[3])))
    return Rule(row["type"], row["label"], tuple(conditions), row["words"])


def variables(situation: Situation, reference: Reference) -> dict[str, Value]:
    """The variables of the rules for one commune."""
    return {
        "need_ratio": ratio(situation.need_rate, reference.need_rate),
        "need_share": ratio(situation.need, reference.need, 100.0),
        "index": situation.index,
        "minutes": situation.minutes,
        "km": situation.km,
        "car_ratio": ratio(situation.without_car, reference.without_car),
        "diploma_ratio": ratio(situation.low_qualification, reference.low_qualification),
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
        if verdict is State.SECRET:
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
    return [(kind, label, " ".join(words)) for kind, (label, words) in result.items()]
