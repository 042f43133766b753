"""The formulas of the catalogue: sums and differences of variables without their vintage."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..core.errors import InputError
from ..core.values import Value, first_reason, worst_state

_TERM = re.compile(r"\s*([+-]?)\s*([A-Za-z][A-Za-z0-9_]*~?)\s*")


@dataclass(frozen=True)
class Formula:
    """``P_RP-P_RP_VOIT1P`` as signed terms: ``((1, "P_RP"), (-1, "P_RP_VOIT1P"))``."""

    terms: tuple[tuple[int, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Variables of the formula, each once, in the order they are written."""
        return tuple(dict.fromkeys(name for _, name in self.terms))

    def evaluate(self, units: Iterable[Mapping[str, Value]]) -> Value:
        """The formula summed over ``units`` (each maps a variable name to its value).

        The sum is exact (:func:`math.fsum`), whatever the order of the units. As soon as one part
        is not known the result is not, and takes the gravest state: a secret never leaks through
        a total.
        """
        numbers: list[float] = []
        odd: list[Value] = []
        for cells in units:
            for sign, name in self.terms:
                value = cells[name]
                if value.number is None:
                    odd.append(value)
                else:
                    numbers.append(sign * value.number)
        if odd:
            state = worst_state(odd)
            return Value(None, state, reason=first_reason(odd, state))
        return Value(math.fsum(numbers))


@cache
def parse(text: str) -> Formula | None:
    """Read a formula; None when it is empty (a count has no denominator).

    Raises :class:`InputError` showing the formula and the place where it stops making sense.
    """
    if not text.strip():
        return None
    terms: list[tuple[int, str]] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or (terms and not match.group(1)):
            raise InputError(
                "The formula “{formula}” of the catalogue cannot be read from “{rest}” on: write sums and differences of variables such as P_RP-P_RP_VOIT1P.",
                formula=text,
                rest=text[position:].strip() or text,
            )
        terms.append((-1 if match.group(1) == "-" else 1, match.group(2)))
        position = match.end()
    return Formula(tuple(terms))
