"""The sentence of a map page and the cards that hold its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core import french
from ...core.catalogue import Indicator
from ...core.values import State, Value
from ..context import Figure
from .counts import NAMED, count_sentence, followers, share_text, signed
from .gaps import gap
from .level import contrast_sentence, level_sentence
from .quoting import (
    WITHOUT_FIGURES,
    Named,
    Reference,
    bare,
    extremes,
    first_reference,
    hidden,
    holders,
    mostly_hidden,
    readable_territory,
    territory_value,
    ties,
    uncertain,
)

#: Labels of cards.
WHOLE = "Ensemble du territoire"
EXTREMES = ("Valeur la plus forte", "Valeur la plus faible")


def page_figures(
    subject: Indicator,
    values: Mapping[str, Value],
    names: Mapping[str, str],
    references: Sequence[Reference],
) -> tuple[Figure, ...]:
    """The four cards of a map page: the territory, its comparison, and the communes that stand out."""
    if subject.kind in WITHOUT_FIGURES:
        return ()
    ranked = extremes(subject, values, names)
    missing = _missing(values)
    cards = []
    whole = territory_value(references)
    if whole is not None:
        cards.append(Figure(WHOLE, bare(subject, whole), missing))
    if subject.is_count and not signed(subject, ranked, readable_territory(references)):
        cards += _count_cards(subject, ranked, readable_territory(references))
    else:
        cards += _rate_cards(subject, ranked, references)
    if whole is None and missing:
        cards.append(Figure("Communes non lues", _count_missing(values), missing))
    return tuple(cards[:4])


def _count_cards(subject: Indicator, ranked: Sequence[Named], whole: Value | None) -> list[Figure]:
    if not ranked:
        return []
    leaders = ties(subject, ranked, ranked[0][1])
    if len(leaders) > NAMED:
        return [
            Figure(french.plural(len(leaders), "commune"), bare(subject, ranked[0][1]), "ex æquo")
        ]
    if len(leaders) > 1:
        shown_ones = list(ranked[: len(leaders)])
    else:
        shown_ones = [ranked[0], *followers(subject, ranked)]
    return [Figure(name, bare(subject, value), _share(value, whole)) for name, value in shown_ones]


def _share(value: Value, whole: Value | None) -> str:
    share = share_text(value, whole) if whole is not None else ""
    return f"{share} du territoire" if share else ""


def _rate_cards(
    subject: Indicator, ranked: Sequence[Named], references: Sequence[Reference]
) -> list[Figure]:
    cards = []
    reference = None if subject.is_count else first_reference(references)
    if reference is not None:
        whole = readable_territory(references)
        short = gap(subject, whole, reference.value).short if whole is not None else ""
        note = ("rapport\u00a0: " if "fois" in short else "écart\u00a0: ") + short if short else ""
        cards.append(Figure(reference.name, bare(subject, reference.value), note))
    if len(ranked) > 1:
        for label, (_, value) in zip(EXTREMES, (ranked[0], ranked[-1])):
            who = holders(ties(subject, ranked, value))
            cards.append(Figure(label, bare(subject, value), who))
    elif ranked and readable_territory(references) is None:
        cards.append(Figure(ranked[0][0], bare(subject, ranked[0][1])))
    return cards


def _count_missing(values: Mapping[str, Value]) -> str:
    return french.number(hidden(values) + uncertain(values))


def _missing(values: Mapping[str, Value]) -> str:
    """``13 communes non montrées, 2 n.s.`` under the card of the territory."""
    parts = []
    if hidden(values):
        count = hidden(values)
        parts.append(f"{french.plural(count, 'commune')} sans valeur")
    if uncertain(values):
        parts.append(f"{french.number(uncertain(values))}\u00a0n.s.")
    return ", ".join(parts)


def page_sentence(
    subject: Indicator,
    values: Mapping[str, Value],
    names: Mapping[str, str],
    references: Sequence[Reference],
) -> str:
    """What the map shows, in one or two sentences that quote only the cards of the page.

    Empty for zones and typologies, whose sentences are those of :mod:`~..structure_pages`.
    """
    if subject.kind in WITHOUT_FIGURES:
        return ""
    ranked = extremes(subject, values, names)
    whole, partial = readable_territory(references), mostly_hidden(values)
    if subject.is_count and signed(subject, ranked, whole):
        level = count_sentence(subject, whole, []) if whole is not None else ""
        parts = [level, contrast_sentence(subject, ranked, not level, partial)]
    elif subject.is_count:
        parts = [count_sentence(subject, whole, ranked)]
    else:
        level = level_sentence(subject, references)
        parts = [level, contrast_sentence(subject, ranked, not level, partial)]
    if not ranked:
        parts.append("Aucune valeur ne peut être montrée à l’échelle des communes.")
    else:
        parts += _gaps_of_the_map(values)
    if not any(parts) and len(ranked) == 1:
        parts = [_alone(subject, ranked[0])]
    return " ".join(part for part in parts if part)


def _alone(subject: Indicator, only: Named) -> str:
    """A single commune and no territory to compare it with."""
    return f"{subject.short}\u00a0: {bare(subject, only[1])} ({only[0]})."


def _gaps_of_the_map(values: Mapping[str, Value]) -> list[str]:
    parts = []
    if hidden(values):
        parts.append(
            f"La valeur n’est pas montrée pour {_communes(hidden(values))} ({_why(values)})."
        )
    if uncertain(values):
        lead = "Elle" if parts else "La valeur"
        parts.append(
            f"{lead} est trop incertaine pour être lue (n.s.) dans {_communes(uncertain(values))}."
        )
    return parts


def _why(values: Mapping[str, Value]) -> str:
    """The reasons that the boxes of the legend tell apart."""
    states = {value.state for value in values.values() if not value.known}
    if State.NOT_APPLICABLE not in states:
        return "secret ou absence"
    return "sans objet" if len(states) == 1 else "secret, absence ou sans objet"


def _communes(count: int) -> str:
    return "une commune" if count == 1 else french.plural(count, "commune")
