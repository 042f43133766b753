"""Sentences in French made from the values of a page; never from a hidden or uncertain figure.

The wording avoids agreement with the gender of an indicator's name, which the catalogue does not
know: the name stands before a colon, or is taken up by « en ».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core import french
from ..core.catalogue import Indicator
from ..core.values import Value
from .context import Figure

LEVEL_ADJECTIVES = {
    "TERRITOIRE": "du territoire",
    "EPCI": "intercommunal",
    "DEP": "départemental",
    "REG": "régional",
    "FRANCE": "national",
}


@dataclass(frozen=True)
class Reference:
    """A territory of comparison and its figure; ``level`` as in :class:`~core.territory.Unit`."""

    level: str
    name: str
    value: Value


def printed(subject: Indicator, value: Value) -> str:
    """A figure of this indicator with its unit, as sentences print it."""
    return french.figure(value, subject.decimals, subject.unit, signed=subject.kind == "evolution")


def bare(subject: Indicator, value: Value) -> str:
    """The same in a card or a table whose label already names what is counted."""
    unit = "" if subject.is_count else subject.unit
    return french.figure(value, subject.decimals, unit, signed=subject.kind == "evolution")


def readable(value: Value) -> bool:
    """Whether a sentence may quote the figure."""
    return value.known and value.significant


def extremes(
    subject: Indicator, values: Mapping[str, Value], names: Mapping[str, str]
) -> list[tuple[str, Value]]:
    """``(name, value)`` from high to low; equal figures in the order of the names."""
    quoted = [(names[code], value) for code, value in values.items() if readable(value)]
    return sorted(quoted, key=lambda pair: (-(pair[1].number or 0.0), french.alphabetical(pair[0])))


def first_reference(references: Sequence[Reference]) -> Reference | None:
    """The nearest territory of comparison with a readable figure, alone of its level.

    A territory on several départements is compared with none of them in particular.
    """
    levels = [r.level for r in references]
    return next(
        (
            r
            for r in references
            if r.level != "TERRITOIRE" and levels.count(r.level) == 1 and readable(r.value)
        ),
        None,
    )


def territory_value(references: Sequence[Reference]) -> Value | None:
    return next((r.value for r in references if r.level == "TERRITOIRE"), None)


def page_figures(
    subject: Indicator,
    values: Mapping[str, Value],
    names: Mapping[str, str],
    references: Sequence[Reference],
) -> tuple[Figure, ...]:
    """The four cards of a map page: the territory, its comparison, and the communes that stand out."""
    ranked = extremes(subject, values, names)
    cards = []
    whole = territory_value(references)
    if whole is not None:
        cards.append(Figure("Ensemble du territoire", bare(subject, whole)))
    if subject.is_count:
        total = whole.number if whole is not None else None
        for name, value in ranked[:3]:
            cards.append(Figure(name, bare(subject, value), _share(value, total)))
        return tuple(cards)
    reference = first_reference(references)
    if reference is not None:
        cards.append(Figure(reference.name, bare(subject, reference.value)))
    if len(ranked) > 1:
        cards.append(Figure("Valeur la plus forte", bare(subject, ranked[0][1]), ranked[0][0]))
        cards.append(Figure("Valeur la plus faible", bare(subject, ranked[-1][1]), ranked[-1][0]))
    return tuple(cards)


def _share(value: Value, total: float | None) -> str:
    if not total or value.number is None:
        return ""
    return f"{french.number(100 * value.number / total)}\u00a0% du territoire"


def page_sentence(
    subject: Indicator,
    values: Mapping[str, Value],
    names: Mapping[str, str],
    references: Sequence[Reference],
) -> str:
    """What the map shows, in one or two sentences that quote only the cards of the page."""
    ranked = extremes(subject, values, names)
    if not ranked:
        return "Aucune valeur ne peut être montrée à l’échelle des communes."
    parts = (
        [_count_sentence(subject, ranked, references)]
        if subject.is_count
        else _rate_sentences(subject, ranked, references)
    )
    hidden = sum(not value.known for value in values.values())
    if hidden:
        parts.append(
            f"La valeur n’est pas montrée pour {french.plural(hidden, 'commune')} (secret ou absence)."
        )
    uncertain = sum(value.known and not value.significant for value in values.values())
    if uncertain:
        parts.append(
            f"Elle est trop incertaine pour être lue (n.s.) dans {french.plural(uncertain, 'commune')}."
        )
    return " ".join(part for part in parts if part)


def _count_sentence(
    subject: Indicator, ranked: list[tuple[str, Value]], references: Sequence[Reference]
) -> str:
    whole = territory_value(references)
    first, value = ranked[0]
    if whole is None or not readable(whole) or not whole.number:
        return f"Le plus grand nombre se trouve {french.at(first)} ({printed(subject, value)})."
    lead = f"Le territoire en compte {printed(subject, whole)}"
    share = 100 * (value.number or 0.0) / whole.number
    text = f"{lead}, dont {french.number(share)}\u00a0% {french.at(first)}"
    others = [f"{name} ({printed(subject, figure)})" for name, figure in ranked[1:3]]
    if not others:
        return text + "."
    verb = "viennent ensuite" if len(others) > 1 else "vient ensuite"
    return f"{text}\u00a0; {verb} {french.listing(others)}."


def _rate_sentences(
    subject: Indicator, ranked: list[tuple[str, Value]], references: Sequence[Reference]
) -> list[str]:
    parts = [level_sentence(subject, references)]
    (high, top), (low, bottom) = ranked[0], ranked[-1]
    if printed(subject, top) != printed(subject, bottom):
        parts.append(
            f"Les communes vont de {printed(subject, bottom)} ({low}) à {printed(subject, top)} ({high})."
        )
    elif len(ranked) > 1:
        parts.append("Les communes ont toutes la même valeur.")
    return parts


def level_sentence(subject: Indicator, references: Sequence[Reference]) -> str:
    """``Taux de chômage : 12,5 %, au-dessus du niveau départemental (11,3 %).``"""
    whole = territory_value(references)
    if whole is None or not readable(whole) or whole.number is None:
        return ""
    text = f"{subject.short}\u00a0: {printed(subject, whole)} pour l’ensemble du territoire"
    reference = first_reference(references)
    if reference is None or reference.value.number is None:
        return text + "."
    level = LEVEL_ADJECTIVES[reference.level]
    where = _position(
        printed(subject, whole),
        whole.number,
        printed(subject, reference.value),
        reference.value.number,
    )
    return f"{text}, {where} niveau {level} ({printed(subject, reference.value)})."


def _position(text: str, number: float, other_text: str, other: float) -> str:
    """How one figure stands to another, judged as printed: equal texts are equal figures."""
    if text == other_text:
        return "comme au"
    return "au-dessus du" if number > other else "au-dessous du"


def commune_sentence(name: str, figures: Sequence[tuple[Indicator, Value, Value]]) -> str:
    """A commune in a sentence: ``figures`` are (indicator, its value, the territory's value)."""
    parts: list[str] = []
    for subject, value, whole in figures:
        if not readable(value) or value.number is None:
            continue
        if subject.id == "population":
            parts.insert(0, f"{name} compte {french.plural(value.number, 'habitant')}.")
        elif not subject.is_count and readable(whole) and whole.number is not None:
            where = _position(
                printed(subject, value), value.number, printed(subject, whole), whole.number
            )
            parts.append(
                f"{subject.short}\u00a0: {printed(subject, value)}, {where} niveau du territoire ({printed(subject, whole)})."
            )
    return " ".join(parts[:3])
