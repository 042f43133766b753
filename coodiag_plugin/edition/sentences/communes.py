"""A commune in two sentences: its rank among the communes, its gap to the territory."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple, Union

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.values import ABSENT, Value
from ..context import Figure
from .gaps import gap, standing
from .level import movement
from .quoting import again, bare, readable, same, shown, spoken

#: The indicator of which a commune's rank is told.
POPULATION = "population"
#: Weight of an indicator without direction of reading when the most telling one is chosen.
NEUTRAL = 0.7


class Standing(NamedTuple):
    """An indicator, its figure in the commune and in the territory, and those of all the communes
    of the territory (the commune included), for its rank."""

    subject: Indicator
    value: Value
    whole: Value = ABSENT
    peers: tuple[Value, ...] = ()

    @property
    def known_peers(self) -> list[Value]:
        return [value for value in self.peers if readable(value)]

    def rank(self, from_top: bool = True) -> tuple[int, bool]:
        """Rank as printed from the highest (or the lowest), and whether it is shared."""
        own = shown(self.subject, self.value)
        others = [shown(self.subject, value) for value in self.known_peers]
        before = sum(other > own if from_top else other < own for other in others)
        return before + 1, others.count(own) > 1


Told = Union[Standing, tuple[Indicator, Value, Value]]


def commune_sentence(name: str, figures: Sequence[Told]) -> str:
    """Two sentences at most: the population with its rank, then the indicator whose gap to the
    territory stands out most. Empty when nothing of the commune can be read."""
    name = name.replace("'", "’")
    standings = [Standing(*item) for item in figures]
    people = next((item for item in standings if item.subject.id == POPULATION), None)
    parts = []
    if people is not None and readable(people.value):
        parts.append(_population(name, people))
    chosen = telling(standings)
    if chosen is not None:
        parts.append(_rate(chosen, "" if parts else name))
    return " ".join(parts)


def commune_figures(figures: Sequence[Told]) -> tuple[Figure, ...]:
    """The cards of a commune page, in the order of ``figures``; the notes hold the ranks and gaps
    that :func:`commune_sentence` quotes."""
    return tuple(_card(Standing(*item)) for item in figures)


def _card(item: Standing) -> Figure:
    if item.subject.is_count:
        note = _rank_note(item) if item.subject.id == POPULATION else ""
        return Figure(item.subject.short, bare(item.subject, item.value), note)
    note = f"Territoire\u00a0: {bare(item.subject, item.whole)}"
    if readable(item.value) and readable(item.whole):
        short = gap(item.subject, item.value, item.whole).short
        note += f" ({short})" if short else ""
    return Figure(item.subject.short, bare(item.subject, item.value), note)


def _rank_note(item: Standing) -> str:
    if not readable(item.value) or len(item.known_peers) < 2:
        return ""
    rank, shared = item.rank()
    tie = " ex æquo" if shared else ""
    return f"{rank}{'re' if rank == 1 else 'e'}{tie} sur {french.plural(len(item.known_peers), 'commune')}"


# --- population ------------------------------------------------------------------------------


def _population(name: str, item: Standing) -> str:
    number = shown(item.subject, item.value)
    if not number:
        return f"{name} ne compte aucun habitant."
    lead = f"{name} compte {french.plural(number, 'habitant')}"
    peers = len(item.known_peers)
    if peers < 2:
        return f"{lead}."
    if _all_alike(item):
        return f"{lead}, comme chacune des {_communes(item)}."
    return f"{lead}\u00a0: c’est {_population_rank(item)}."


def _communes(item: Standing) -> str:
    count = len(item.known_peers)
    text = "deux communes" if count == 2 else french.plural(count, "commune")
    everywhere = count == len(item.peers)
    return f"{text} du territoire" if everywhere else f"{text} où elle est connue"


def _population_rank(item: Standing) -> str:
    rank, shared = item.rank()
    last, _ = item.rank(from_top=False)
    tie = ", ex æquo," if shared else ""
    if rank == 1 or last == 1:
        return f"la {'plus' if rank == 1 else 'moins'} peuplée{tie} des {_communes(item)}"
    tie = " ex æquo" if shared else ""
    return f"la {grammar.ordinal(rank, True)}{tie}, par ordre de population, des {_communes(item)}"


def _all_alike(item: Standing) -> bool:
    return all(same(item.subject, item.value, other) for other in item.known_peers)


# --- the figure that stands out --------------------------------------------------------------


def telling(standings: Sequence[Standing]) -> Standing | None:
    """The rate by which the commune stands out most (:func:`distance`); the first one that can be
    read when none can be compared."""
    rates = [item for item in standings if not item.subject.is_count and readable(item.value)]
    if not rates:
        return None
    return max(rates, key=lambda item: (distance(item), -rates.index(item)))


def distance(item: Standing) -> float:
    """How far the commune stands out: standard deviations from the mean of the communes, less for
    an indicator without direction; 0 when it is close to the territory, or cannot be compared.

    With fewer than three readable communes, the gap to the territory as a share of its figure.
    """
    if not readable(item.whole) or item.whole.number is None or item.value.number is None:
        return 0.0
    if gap(item.subject, item.value, item.whole).close:
        return 0.0
    numbers = [value.number for value in item.known_peers if value.number is not None]
    if len(numbers) > 2:
        middle, spread = statistics.fmean(numbers), statistics.pstdev(numbers)
    else:
        middle, spread = item.whole.number, abs(item.whole.number)
    weight = NEUTRAL if item.subject.direction == "neutral" else 1.0
    return weight * abs(item.value.number - middle) / spread if spread else 0.0


def _rate(item: Standing, name: str) -> str:
    """The second sentence; ``name`` when no sentence has named the commune before."""
    text = _evolution(item, name) if item.subject.kind == "evolution" else _level(item, name)
    return f"{grammar.upper_first(text)}{_rate_rank(item)}."


def _level(item: Standing, name: str) -> str:
    subject, noun = item.subject, grammar.phrase(item.subject)
    figure = spoken(subject, item.value)
    place = f"{grammar.at(name)}, " if name else ""
    there = "" if name else " y"
    lead = f"{place}{noun.text}{there} {noun.be} de {figure}"
    if not readable(item.whole):
        return lead
    other = again(subject, item.whole)
    found = gap(subject, item.value, item.whole)
    if found.sign == 0:
        return f"{lead}, comme sur l’ensemble du territoire"
    if found.close:
        return f"{lead}, proche de {noun.that} du territoire ({other})"
    soit = f", soit {found.words}" if found.words else ""
    stands = standing(subject, found, feminine=True)
    if stands:
        who = f"la commune {grammar.of(name)}" if name else "la commune"
        return (
            f"{who} est {stands} que l’ensemble du territoire\u00a0: "
            f"{noun.text} y {noun.be} de {figure}, contre {other}{soit}"
        )
    return f"{lead}, contre {other} sur l’ensemble du territoire{soit}"


def _evolution(item: Standing, name: str) -> str:
    subject = item.subject
    who = f"la commune {grammar.of(name)}" if name else "la commune"
    told = movement(subject, item.value, who)
    if not told.startswith(who):
        told = f"{grammar.at(name)}, {told}" if name else f"dans la commune, {told}"
    if not readable(item.whole):
        return told
    other = again(subject, item.whole)
    found = gap(subject, item.value, item.whole)
    if found.sign == 0:
        return f"{told}, comme sur l’ensemble du territoire"
    if found.close:
        return f"{told}, un rythme proche de celui du territoire ({other})"
    return f"{told}, contre {other} sur l’ensemble du territoire"


def _rate_rank(item: Standing) -> str:
    """`` ; c’est le quatrième niveau le plus faible…``: among the first or last ten only, and on
    the side of the gap to the territory."""
    peers = item.known_peers
    if len(peers) < 2 or _all_alike(item):
        return ""
    (top, shared), (bottom, _) = item.rank(), item.rank(from_top=False)
    from_top = top <= bottom
    if readable(item.whole):
        side = gap(item.subject, item.value, item.whole).sign
        if side and (side > 0) != from_top:
            return ""
    rank = min(top, bottom)
    if rank > min(int(grammar.threshold("told_ranks")), max(1, len(peers) // 3)):
        return ""
    return f"\u202f; c’est {_place(item, rank, from_top)}{', ex æquo,' if shared else ''} {_among(item)}"


def _place(item: Standing, rank: int, from_top: bool) -> str:
    """``le deuxième niveau le plus élevé``, ``l’évolution la plus faible``."""
    evolution = item.subject.kind == "evolution"
    nth = "" if rank == 1 else grammar.ordinal(rank, evolution) + " "
    if evolution:
        article = "la " if nth else "l’"
        return f"{article}{nth}évolution la plus {'forte' if from_top else 'faible'}"
    return f"le {nth}niveau le plus {'élevé' if from_top else 'faible'}"


def _among(item: Standing) -> str:
    if len(item.known_peers) < len(item.peers):
        return "parmi les communes dont la valeur est connue"
    if len(item.peers) == 2:
        return "des deux communes"
    return "parmi les communes du territoire"
