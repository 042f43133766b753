"""A count over the territory: how many, and where they are."""

from __future__ import annotations

from collections.abc import Sequence

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.values import Value
from .quoting import Named, bare, same, shown, spoken, ties

#: Most communes that a sentence names one by one.
NAMED = 3
#: Unit of a sum of scores, which counts nothing that a reader could see.
SCORE = "points"


def count_sentence(subject: Indicator, whole: Value | None, ranked: Sequence[Named]) -> str:
    """``Le territoire compte 27 126 chômeurs, dont 61 % à Rennes ; viennent ensuite…``

    ``whole``: a readable total or None; ``ranked``: readable figures of communes from high to low.
    """
    holding = [(name, value) for name, value in ranked if shown(subject, value) > 0]
    if whole is None:
        return _without_total(subject, holding, bool(ranked))
    if subject.unit == SCORE:
        return _score(subject, whole, holding)
    lead = _lead(subject, whole)
    if not shown(subject, whole) or not holding or len(ranked) < 2:
        return f"{lead}."
    return f"{lead}{_where(subject, whole, holding)}."


def _score(subject: Indicator, whole: Value, holding: Sequence[Named]) -> str:
    """Where a sum of points is: its size means nothing. ``Le potentiel de prospection se concentre
    à Demoville (25 %), puis à Fictange (20 %).``"""
    name = grammar.phrase(subject)
    if not holding or len(ties(subject, holding, holding[0][1])) > 1:
        where = "est nul partout" if not holding else "ne se concentre dans aucune commune"
        return grammar.upper_first(f"{name.text} {where}.")
    told = [
        f"{grammar.at(place)} ({share})"
        for place, value in [holding[0], *followers(subject, holding)]
        if (share := share_text(value, whole))
    ]
    first = (
        f"{name.text} se concentre {told[0]}"
        if told
        else f"{name.text} est le plus fort {grammar.at(holding[0][0])}"
    )
    then = f", puis {french.listing(told[1:])}" if told[1:] else ""
    return grammar.upper_first(f"{first}{then}.")


def signed(subject: Indicator, ranked: Sequence[Named], whole: Value | None) -> bool:
    """Whether it is a balance, gains less losses, of which a part is no share of the whole."""
    return any(
        shown(subject, value) < 0
        for value in (*(value for _, value in ranked), *([] if whole is None else [whole]))
    )


def _lead(subject: Indicator, whole: Value) -> str:
    name = grammar.phrase(subject)
    number = shown(subject, whole)
    if not name.many or (not name.one and number < 2):
        figure = bare(subject, whole) if name.many else spoken(subject, whole)
        return f"Sur le territoire, {name.text} {name.be} {'nul' if not number and name.many else f'de {figure}'}"
    if not number:
        return f"Le territoire ne compte {'aucune' if name.noun_feminine else 'aucun'} {name.one}"
    return f"Le territoire compte {name.counted(bare(subject, whole), number)}"


def _where(subject: Indicator, whole: Value, holding: Sequence[Named]) -> str:
    first, value = holding[0]
    leaders = ties(subject, holding, value)
    if len(leaders) > 1:
        return f"\u202f; {_tied(subject, leaders, value)}"
    place = grammar.at(first)
    if same(subject, value, whole):
        return _all_there(subject, shown(subject, whole), place)
    share = share_text(value, whole)
    if not share:
        return f"\u202f; la valeur la plus forte est {place} ({bare(subject, value)})"
    text = f", dont {share} {place}"
    others = [f"{name} ({bare(subject, figure)})" for name, figure in followers(subject, holding)]
    if not others:
        return text
    verb = "viennent ensuite" if len(others) > 1 else "vient ensuite"
    return f"{text}\u202f; {verb} {french.listing(others)}"


def _all_there(subject: Indicator, number: float, place: str) -> str:
    name = grammar.phrase(subject)
    if number < 2:
        return f", {place}"
    if not name.one:
        return f", en totalité {place}"
    return f", {'toutes' if name.noun_feminine else 'tous'} {place}"


def _tied(subject: Indicator, leaders: Sequence[str], value: Value) -> str:
    if len(leaders) <= NAMED:
        who = french.listing(list(leaders))
    else:
        who = french.plural(len(leaders), "commune")
    return f"{who} arrivent en tête, ex æquo ({bare(subject, value)} chacune)"


def _without_total(subject: Indicator, holding: Sequence[Named], any_read: bool) -> str:
    name = grammar.phrase(subject)
    if not holding:
        if not any_read:
            return ""
        none = grammar.of_many(name.many) if name.many else ""
        return (
            f"Aucune des communes dont la valeur est connue ne compte {none}."
            if none
            else f"{grammar.upper_first(name.text)} {name.be} partout de {spoken(subject, Value(0.0))}."
        )
    first, value = holding[0]
    leaders = ties(subject, holding, value)
    if len(leaders) > 1:
        who = _tied(subject, leaders, value)
        what = f" pour {name.text}"
        return (
            grammar.upper_first(who.replace(" arrivent en tête", f" arrivent en tête{what}")) + "."
        )
    if name.many:
        what = f"l’on compte le plus {grammar.of_many(name.many)}"
    else:
        what = f"{name.text} {name.be} le plus élevé"
    return f"C’est {grammar.at(first)} que {what} ({bare(subject, value)})."


def followers(subject: Indicator, holding: Sequence[Named]) -> list[Named]:
    """The one or two communes after the first; none of a group of equals that would be cut."""
    kept: list[Named] = []
    rest = list(holding[1:])
    while rest and len(kept) < NAMED - 1:
        group = [pair for pair in rest if same(subject, pair[1], rest[0][1])]
        if len(kept) + len(group) > NAMED - 1:
            break
        kept += group
        rest = rest[len(group) :]
    return kept


def share_text(value: Value, whole: Value) -> str:
    """``61 %``, ``moins de 1 %``; empty when the part is no part of the total."""
    if not whole.number or value.number is None or not 0 <= value.number <= whole.number:
        return ""
    share = french.number(100 * value.number / whole.number)
    if share == "0" and value.number:
        return "moins de 1\u00a0%"
    if share == "100" and value.number < whole.number:
        return "plus de 99\u00a0%"
    return f"{share}\u00a0%"
