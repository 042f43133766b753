"""Which figures a sentence may quote, and how they are printed in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...core import french, grammar
from ...core.catalogue import Indicator
from ...core.values import Value

#: Kinds of subjects whose pages say what they have to say themselves: they have no figure to rank.
WITHOUT_FIGURES = ("typology", "zones")
#: A commune's name and its figure.
Named = tuple[str, Value]


@dataclass(frozen=True)
class Reference:
    """A territory of comparison and its figure; ``level`` as in :class:`~core.territory.Unit`."""

    level: str
    name: str
    value: Value

    @property
    def place(self) -> grammar.Place:
        """The territory as a sentence names it."""
        return grammar.place(self.level, self.name)


def printed(subject: Indicator, value: Value) -> str:
    """A figure of this indicator with its unit, as tables and legends print it."""
    return french.figure(value, subject.decimals, subject.unit, signed=subject.kind == "evolution")


def bare(subject: Indicator, value: Value) -> str:
    """The same in a card or a table whose label already names what is counted."""
    unit = "" if subject.is_count else subject.unit
    return french.figure(value, subject.decimals, unit, signed=subject.kind == "evolution")


def spoken(subject: Indicator, value: Value) -> str:
    """The same in a sentence: the unit in full and agreed (``1 habitant``, ``2,15 personnes``).

    The value must be readable.
    """
    if value.number is None:
        raise ValueError("a sentence cannot quote a figure that is not known")
    unit = grammar.unit(subject.unit, shown(subject, value))
    if unit_in_name(subject):
        unit = ""
    return french.figure(value, subject.decimals, unit, signed=subject.kind == "evolution")


def unit_in_name(subject: Indicator) -> bool:
    """Whether the name says the unit already: ``… pour 1 000 habitants``, in ‰."""
    return bool(re.search(r" pour \d", grammar.phrase(subject).text))


#: Units that stay beside both figures of a comparison; a unit in words is said once.
_SIGNS = ("%", "‰", "€", "min", "km")


def again(subject: Indicator, value: Value) -> str:
    """The second figure of a comparison: ``12,5 %, contre 10,4 %``, ``2,41 personnes, contre
    2,12``."""
    unit = subject.unit if subject.unit in _SIGNS and not unit_in_name(subject) else ""
    return french.figure(value, subject.decimals, unit, signed=subject.kind == "evolution")


def readable(value: Value) -> bool:
    """Whether a sentence may quote the figure."""
    return value.known and value.significant


def same(subject: Indicator, one: Value, other: Value) -> bool:
    """Whether two figures are equal for the reader, who sees them as printed."""
    return printed(subject, one) == printed(subject, other)


def extremes(
    subject: Indicator, values: Mapping[str, Value], names: Mapping[str, str]
) -> list[Named]:
    """``(name, value)`` from high to low as printed; equal figures in the order of the names."""
    quoted = [
        (names[code].replace("'", "’"), value) for code, value in values.items() if readable(value)
    ]
    return sorted(quoted, key=lambda pair: (-shown(subject, pair[1]), french.alphabetical(pair[0])))


def shown(subject: Indicator, value: Value) -> float:
    """The number that is printed of a readable value."""
    return float(french.rounded(value.number or 0.0, subject.decimals))


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


def readable_territory(references: Sequence[Reference]) -> Value | None:
    """The figure of the whole territory when a sentence may quote it."""
    whole = territory_value(references)
    return whole if whole is not None and readable(whole) else None


def ties(subject: Indicator, ranked: Sequence[Named], value: Value) -> list[str]:
    """Names of the communes whose printed figure is that of ``value``, in the order of an index."""
    return [name for name, other in ranked if same(subject, value, other)]


def holders(names: Sequence[str]) -> str:
    """Who holds an extreme: ``Clayes``, ``Bruz et Clayes``, ``4 communes``."""
    return french.listing(list(names)) if len(names) <= 2 else french.plural(len(names), "commune")


def hidden(values: Mapping[str, Value]) -> int:
    """Communes whose figure is not known."""
    return sum(not value.known for value in values.values())


def mostly_hidden(values: Mapping[str, Value]) -> bool:
    """Whether most communes have no figure to read: the others do not tell of the territory."""
    return 2 * (hidden(values) + uncertain(values)) > len(values)


def uncertain(values: Mapping[str, Value]) -> int:
    """Communes whose figure is known and printed ``n.s.``"""
    return sum(value.known and not value.significant for value in values.values())
