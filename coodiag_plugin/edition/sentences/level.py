"""The level of the territory against its comparison, and the contrast between its communes."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.values import Value
from .gaps import gap, standing
from .quoting import (
    Named,
    Reference,
    again,
    first_reference,
    holders,
    printed,
    readable_territory,
    same,
    shown,
    spoken,
    ties,
)

_EVERYWHERE = "sur le territoire"


def level_sentence(
    subject: Indicator, references: Sequence[Reference], with_gap: bool = True
) -> str:
    """``Le territoire est plus touché que le Calvados : le taux de chômage y est de 12,5 %, contre
    10,4 %, soit 2,1 points de plus.`` Empty when the territory has no readable figure.

    ``with_gap``: whether the page prints the gap, so that the sentence may quote it.
    """
    whole = readable_territory(references)
    if whole is None:
        return ""
    reference = first_reference(references)
    if subject.kind == "evolution":
        return grammar.upper_first(_evolution(subject, whole, reference))
    return grammar.upper_first(_level(subject, whole, reference, with_gap))


def _level(subject: Indicator, whole: Value, reference: Reference | None, with_gap: bool) -> str:
    name = grammar.phrase(subject)
    figure = spoken(subject, whole)
    lead = f"{_EVERYWHERE}, {name.text} {name.be} de {figure}"
    if reference is None:
        return f"{lead}."
    found = gap(subject, whole, reference.value)
    other = again(subject, reference.value)
    where = reference.place
    if found.sign == 0:
        return f"{lead}, comme {where.within}."
    if found.close:
        return f"{lead}, proche de {name.that} {where.of} ({other})."
    soit = f", soit {found.words}" if found.words and with_gap else ""
    stands = standing(subject, found)
    if stands:
        return (
            f"le territoire est {stands} {grammar.than(where.the)}\u00a0: "
            f"{name.text} y {name.be} de {figure}, contre {other}{soit}."
        )
    return f"{lead}, contre {other} {where.within}{soit}."


# --- evolutions ------------------------------------------------------------------------------


def is_stable(subject: Indicator, value: Value) -> bool:
    return abs(shown(subject, value)) <= grammar.threshold("stable")


def yearly(subject: Indicator) -> str:
    return " par an" if "annuel" in subject.label else ""


def movement(subject: Indicator, value: Value, who: str, there: str = "") -> str:
    """``le territoire gagne 1,16 % d’habitants par an``, ``le nombre de places est stable
    (+0,04 % par an)``; ``who`` names the place that gains or loses, ``there`` is « y » when the
    sentence has named it before."""
    name = grammar.grows(subject)
    if name.text.startswith("l’évolution"):
        return f"{name.text}{there} est de {printed(subject, value)}"
    if is_stable(subject, value):
        return f"{name.text}{there} {name.be} stable{'s' if name.plural else ''} ({printed(subject, value)}{yearly(subject)})"
    size = french.figure(
        Value(abs(shown(subject, value))), subject.decimals, subject.unit
    ) + yearly(subject)
    up = shown(subject, value) > 0
    if name.many:
        text = french.figure(Value(abs(shown(subject, value))), subject.decimals, subject.unit)
        return f"{who} {'gagne' if up else 'perd'} {text} {grammar.of_many(name.many)}{yearly(subject)}"
    verb = "augmente" if up else "diminue"
    return f"{name.text}{there} {verb}{'nt' if name.plural else ''} de {size}"


def _evolution(subject: Indicator, whole: Value, reference: Reference | None) -> str:
    name = grammar.grows(subject)
    told = movement(subject, whole, "le territoire")
    named = name.many and not is_stable(subject, whole)
    lead = told if named else f"{_EVERYWHERE}, {told}"
    if reference is None:
        return f"{lead}."
    found = gap(subject, whole, reference.value)
    other = again(subject, reference.value)
    where = reference.place
    if found.sign == 0:
        return f"{lead}, comme {where.within}."
    if found.close:
        return f"{lead}, un rythme proche de celui {where.of} ({other})."
    stands = standing(subject, found)
    if stands:
        verb = movement(subject, whole, "il", " y")
        return (
            f"le territoire est {stands} {grammar.than(where.the)}\u00a0: {verb}, contre {other}."
        )
    return f"{lead}, contre {other} {where.within}."


# --- communes --------------------------------------------------------------------------------


def worst(subject: Indicator, ranked: Sequence[Named], whole: Value) -> Named | None:
    """The commune where the rate is worst, the highest one when no direction is known; None when
    several share it, when the territory is no better, or for an evolution."""
    if len(ranked) < 2 or subject.kind == "evolution":
        return None
    low = subject.direction == "high_good"
    place, value = ranked[-1 if low else 0]
    beyond = shown(subject, value) - shown(subject, whole)
    if len(ties(subject, ranked, value)) > 1 or (beyond >= 0 if low else beyond <= 0):
        return None
    return place, value


def peak(subject: Indicator, ranked: Sequence[Named], whole: Value) -> str:
    """``et atteint 20,2 % à Demoville``; it follows a sentence on the territory of which the
    indicator is the last subject. Empty where :func:`worst` finds none."""
    found = worst(subject, ranked, whole)
    if found is None:
        return ""
    many = grammar.phrase(subject).plural
    if subject.direction == "high_good":
        verb = "descendent à" if many else "descend à"
    else:
        verb = "atteignent" if many else "atteint"
    return f"et {verb} {again(subject, found[1])} {grammar.at(found[0])}"


def contrast_sentence(
    subject: Indicator, ranked: Sequence[Named], alone: bool = False, partial: bool = False
) -> str:
    """From the lowest commune to the highest; ``ranked`` readable figures from high to low.

    ``alone``: no sentence stands before, the indicator must be named; ``partial``: most communes
    are hidden, and the sentence says it. Empty for a single commune.
    """
    if len(ranked) < 2:
        return ""
    name = grammar.phrase(subject)
    subject_is = name.text if alone else name.it
    be, go, the = name.be, name.go, name.the
    if subject.kind == "evolution":
        subject_is, be, go, the = "l’évolution", "est", "va", "la"
        if alone:
            subject_is = grammar.evolution(subject)
    (_, top), (_, bottom) = ranked[0], ranked[-1]
    high = spoken(subject, top)
    if same(subject, top, bottom):
        who = (
            "les deux communes"
            if len(ranked) == 2
            else "toutes les communes où la valeur est connue"
        )
        equal = "mêmes" if the == "les" else "même"
        return grammar.upper_first(f"{subject_is} {be} {the} {equal} dans {who} ({high}).")
    if len(ranked) == 2:
        return grammar.upper_first(
            f"{subject_is} {be} de {high} {grammar.at(ranked[0][0])} et de {again(subject, bottom)} {grammar.at(ranked[1][0])}."
        )
    first = _who(ties(subject, ranked, bottom))
    last = _who(ties(subject, ranked, top))
    where = (
        "Parmi les seules communes où la valeur est montrée"
        if partial
        else "D’une commune à l’autre"
    )
    return f"{where}, {subject_is} {go} de {again(subject, bottom)} ({first}) à {high} ({last})."


def _who(names: Sequence[str]) -> str:
    return holders(names) + (", ex æquo" if len(names) > 1 else "")
