"""Why people who seek work are not reached: the typology of recruitment told by its factors.

Counting rule. The job seekers *not reached* are those of the communes whose need is marked and
that the structure touches little (types ``not_reached`` of ``catalogue/recruitment_types.csv``).
A factor of ``catalogue/recruitment_factors.csv`` is found in such a commune as soon as one of its
rows holds. All the job seekers of the commune count for each factor found there (``share``, which
may add up to more than 100); they are also dealt out equally between these factors, those of a
commune without any going to the row of no factor (``split``, which adds up to 100). It tells where
the people live and what stands out there, not what keeps each of them away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import rows
from ..core.crossings import Paradox, ParadoxFactor, ParadoxPlace, ParadoxType
from ..core.privacy import MIN_COUNT, suppress
from ..core.values import ABSENT, SECRET, State, Value, ratio, total
from .recruitment import RecruitmentType, Rule, conditions, legend, not_reached

NO_FACTOR_LABEL = "Aucun facteur relevé"
#: Row of the beneficiaries whose type may not be told, beside the types in the protected table.
_REST = ""


@dataclass(frozen=True)
class Factor:
    """A factor of the catalogue; it is found where one of its rules holds.

    ``data``: field of the layer that it rests on, "" for the distance. ``brief``: it in a sentence.
    """

    id: str
    label: str
    data: str
    rules: tuple[Rule, ...]
    brief: str = ""

    def found(self, seen: Mapping[str, Value]) -> bool:
        return any(rule.judge(seen) is True for rule in self.rules)

    def words(self, mode: str) -> str:
        """The rules in French; ``mode``: the kind of distance that was known, minutes or km."""
        other = "km" if mode == "minutes" else "minutes"
        told = [
            rule.explained()
            for rule in self.rules
            if not any(name == other for name, _, _ in rule.conditions)
        ]
        return " ".join(told)


@cache
def factors() -> tuple[Factor, ...]:
    """The factors of the catalogue, in order; a malformed rule is refused by name."""
    file = "recruitment_factors"
    found: dict[str, Factor] = {}
    for row in rows(file):
        rule = Rule(row["factor"], row["label"], conditions(row, file), row["words"])
        known = found.get(row["factor"])
        before = known.rules if known else ()
        found[row["factor"]] = Factor(
            row["factor"], row["label"], row["data"], (*before, rule), row["brief"]
        )
    return tuple(found.values())


def factors_of(kind: RecruitmentType) -> tuple[Factor, ...] | None:
    """Factors found in a commune, None for one that calls for no reason (reached, no need…)."""
    if kind.type not in not_reached():
        return None
    return tuple(factor for factor in factors() if factor.found(kind.variables))


def factor_words(kind: RecruitmentType) -> str:
    """« Distance, ménages sans voiture », for the layer; "" where no reason is called for."""
    found = factors_of(kind)
    if found is None:
        return ""
    return joined([factor.label for factor in found])


def joined(labels: Sequence[str]) -> str:
    """The labels as one text, the first with its capital."""
    if not labels:
        return NO_FACTOR_LABEL
    first, *others = labels
    return ", ".join([first, *(label[:1].lower() + label[1:] for label in others)])


def paradox(
    kinds: Sequence[RecruitmentType],
    names: Mapping[str, str],
    seekers: Mapping[str, Value],
    costs: Mapping[str, Value],
    counts: Mapping[str, Value],
    everybody: Value,
    *,
    known_data: Iterable[str],
    unit: str = "min",
    min_count: int = MIN_COUNT,
) -> Paradox:
    """Types, factors and communes of a territory.

    ``seekers``, ``costs`` and ``counts`` (protected numbers of beneficiaries) by commune,
    ``everybody``: the beneficiaries of the territory, SECRET where the coverage hides them.
    ``known_data``: fields that the data of the run give, for the factors that rest on them.
    """
    whole = total(value for value in seekers.values() if value.known)
    mode = "minutes" if unit == "min" else "km"
    missed = [kind for kind in kinds if kind.type in not_reached()]
    here = set(known_data)
    unknown = [factor for factor in factors() if factor.data and factor.data not in here]
    lost = total(
        [seekers[kind.unit] for kind in missed if seekers[kind.unit].known] or [Value(0.0)]
    )
    return Paradox(
        types=_types(kinds, names, seekers, whole, counts, everybody, mode, min_count),
        factors=_factors(missed, seekers, lost, unknown, mode),
        places=_places(missed, names, seekers, costs),
        seekers=whole,
        not_reached=lost,
        beneficiaries=everybody,
        unknown=tuple(factor.label for factor in unknown),
        unit=unit,
        uncounted=sum(not seekers[kind.unit].known for kind in kinds),
    )


def _types(
    kinds: Sequence[RecruitmentType],
    names: Mapping[str, str],
    seekers: Mapping[str, Value],
    whole: Value,
    counts: Mapping[str, Value],
    everybody: Value,
    mode: str,
    min_count: int,
) -> tuple[ParadoxType, ...]:
    order = {label: rank for rank, (_, label, _) in enumerate(legend(mode=mode))}
    held: dict[str, list[RecruitmentType]] = {}
    for kind in kinds:
        held.setdefault(kind.label, []).append(kind)
    told = _beneficiaries(held, counts, everybody, min_count)
    result = []
    for label in sorted(held, key=lambda label: (order.get(label, len(order)), label)):
        known = [seekers[kind.unit] for kind in held[label] if seekers[kind.unit].known]
        people = total(known) if known else _unknown(seekers[kind.unit] for kind in held[label])
        share = ratio(people, whole, 100.0)
        result.append(
            ParadoxType(
                held[label][0].type,
                label,
                len(held[label]),
                people,
                share,
                told[label],
                _by_seekers(held[label], names, seekers),
            )
        )
    return tuple(result)


def _by_seekers(
    kinds: Sequence[RecruitmentType], names: Mapping[str, str], seekers: Mapping[str, Value]
) -> tuple[str, ...]:
    ranked = sorted(kinds, key=lambda kind: (-(seekers[kind.unit].number or 0.0), kind.unit))
    return tuple(names[kind.unit] for kind in ranked)


def _unknown(values: Iterable[Value]) -> Value:
    secret = any(value.state is State.SECRET for value in values)
    return SECRET if secret else ABSENT


def _beneficiaries(
    held: Mapping[str, Sequence[RecruitmentType]],
    counts: Mapping[str, Value],
    everybody: Value,
    min_count: int,
) -> dict[str, Value]:
    """Beneficiaries of each type that has no hidden commune: sums of numbers that are shown.

    The other types would part the hidden communes into smaller groups, whose sums could betray
    one: they are one cell with what else is not told, and all cells are protected under the total.
    """
    sums = {
        label: round(sum(counts[kind.unit].number or 0.0 for kind in members))
        for label, members in held.items()
        if all(counts[kind.unit].known for kind in members)
    }
    cells = dict(sums)
    if everybody.number is not None:
        cells[_REST] = round(everybody.number) - sum(sums.values())
    shown = suppress(cells, min_count)
    return {label: shown.get(label, SECRET) if label in sums else SECRET for label in held}


def _factors(
    missed: Sequence[RecruitmentType],
    seekers: Mapping[str, Value],
    lost: Value,
    unknown: Sequence[Factor],
    mode: str,
) -> tuple[ParadoxFactor, ...]:
    every = {factor.id: [0, 0.0, 0.0] for factor in factors()}
    none = [0, 0.0, 0.0]
    for kind in missed:
        people = seekers[kind.unit].number or 0.0
        found = factors_of(kind) or ()
        for slot in [every[factor.id] for factor in found] or [none]:
            slot[0] += 1
            slot[1] += people
            slot[2] += people / max(len(found), 1)
    gone = {factor.id for factor in unknown}
    result = [
        _factor(factor.id, factor.label, factor.words(mode), every[factor.id], lost, factor.brief)
        if factor.id not in gone
        else ParadoxFactor(factor.id, factor.label, factor.words(mode), 0, ABSENT, ABSENT, ABSENT)
        for factor in factors()
    ]
    words = "Aucun des facteurs n’est relevé : le frein n’est pas dans les données réunies ici."
    return (*result, _factor("", NO_FACTOR_LABEL, words, none, lost))


def _factor(
    name: str, label: str, words: str, counted: Sequence[float], lost: Value, brief: str = ""
) -> ParadoxFactor:
    communes, people, part = counted
    return ParadoxFactor(
        name,
        label,
        words,
        int(communes),
        Value(people),
        ratio(Value(people), lost, 100.0),
        ratio(Value(part), lost, 100.0),
        brief,
    )


def _places(
    missed: Sequence[RecruitmentType],
    names: Mapping[str, str],
    seekers: Mapping[str, Value],
    costs: Mapping[str, Value],
) -> tuple[ParadoxPlace, ...]:
    """The communes that are not reached, those with most job seekers first."""
    places = [
        ParadoxPlace(
            kind.unit,
            names[kind.unit],
            kind.type,
            kind.label,
            seekers[kind.unit],
            costs.get(kind.unit, ABSENT),
            tuple(factor.label for factor in factors_of(kind) or ()),
        )
        for kind in missed
    ]
    return tuple(sorted(places, key=lambda place: (-(place.seekers.number or 0.0), place.code)))
