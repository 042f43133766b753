"""The variables behind the indicators of a layer, so that those of a group can be recomputed.

A layer of indicators holds rates; the rate of a group is the sum of the numerators over the sum
of the denominators, never a mean of rates (METHODS §5). Counts of the layer are variables as
they stand (``menages`` is ``P_MEN``); a rate and one side of its fraction give the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..core.catalogue import Indicator, indicators
from ..core.errors import InputError
from ..core.values import NOT_APPLICABLE, State, Value, worst_state
from ..core.variables import family
from .formula import Formula
from .indicators import formulas

#: ``P18_POP`` or ``C20_MEN``: a variable of Insee with its vintage.
_DATED = re.compile(r"([A-Z]+)(\d{2})(_\w+)")
_Values = Sequence[Value]


def variable_of(field: str) -> tuple[str, int] | None:
    """Variable and year of a field named as in Insee's files; None for any other field."""
    match = _DATED.fullmatch(field.upper())
    name = match.group(1) + match.group(3) if match else field.upper()
    if not match and field != name:
        return None
    try:
        family(name)
    except InputError:
        return None
    year = int(match.group(2)) if match else 0
    return name, 2000 + year if match and year < 68 else (1900 + year if match else 0)


def solve(known: Mapping[str, _Values], figures: Mapping[str, _Values]) -> dict[str, list[Value]]:
    """Values by part of every variable that ``figures`` (indicators by id) give, and ``known``.

    Indicators of other kinds than counts, rates, densities and indices give nothing (an evolution
    has two dates), but a median, which is its own variable.
    """
    found = {name: list(values) for name, values in known.items()}
    items = [indicators()[name] for name in figures if name in indicators()]
    for item in items:
        numerator, denominator = formulas(item)
        if denominator is None and len(numerator.terms) == 1:
            found.setdefault(numerator.names[0], list(figures[item.id]))
    before = -1
    while len(found) != before:
        before = len(found)
        for item in items:
            if item.kind in ("rate", "density", "index"):
                _complete(item, figures[item.id], found)
    return found


def _complete(item: Indicator, rates: _Values, found: dict[str, list[Value]]) -> None:
    """Find the one variable of a rate that is missing, on either side of its fraction."""
    numerator, denominator = formulas(item)
    if denominator is None or set(numerator.names) & set(denominator.names) - set(found):
        return
    missing = [n for n in (*numerator.names, *denominator.names) if n not in found]
    if len(missing) != 1:
        return
    above = missing[0] in numerator.names
    side, other = (numerator, denominator) if above else (denominator, numerator)
    if [name for _, name in side.terms].count(missing[0]) != 1:
        return
    found[missing[0]] = [
        _solved(item, rate, side, other, missing[0], {n: v[row] for n, v in found.items()}, above)
        for row, rate in enumerate(rates)
    ]


def _solved(
    item: Indicator,
    rate: Value,
    side: Formula,
    other: Formula,
    name: str,
    cells: Mapping[str, Value],
    above: bool,
) -> Value:
    whole = other.evaluate([cells])
    if whole.number == 0 and above and rate.state is State.NOT_APPLICABLE:
        return Value(0.0)  # nothing of nobody: the numerator is a part of the denominator
    if rate.number is None or whole.number is None:
        return Value(None, worst_state((rate, whole)))
    if not above and rate.number == 0:
        return NOT_APPLICABLE  # a share of nothing tells nothing of the whole
    number = (
        rate.number * whole.number / item.multiplier
        if above
        else item.multiplier * whole.number / rate.number
    )
    rest = [(sign, cells[term]) for sign, term in side.terms if term != name]
    state = worst_state(value for _, value in rest)
    if state is not State.KNOWN:
        return Value(None, state)
    number -= sum(sign * (value.number or 0.0) for sign, value in rest)
    sign = next(sign for sign, term in side.terms if term == name)
    return Value(sign * number)


def computable(ids: Iterable[str], variables: Iterable[str]) -> list[str]:
    """Indicators all of whose variables are there."""
    there = set(variables)
    result = []
    for name in ids:
        numerator, denominator = formulas(indicators()[name])
        names = {*numerator.names, *(denominator.names if denominator else ())}
        if names <= there:
            result.append(name)
    return result
