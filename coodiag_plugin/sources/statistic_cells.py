"""Cells of statistical tables as values: numbers, INSEE's signs, and communes that changed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from ..core.privacy import Reason, secret
from ..core.values import ABSENT, FAILED, NOT_APPLICABLE, State, Value

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN: dict[State, Value] = {
    state: Value(None, state) for state in State if state is not State.KNOWN
}
#: What a producer hides is hidden by the producer.
SECRET = _PLAIN[State.SECRET] = secret(Reason.SOURCE)
#: Signs of the producers, in lower case. A file family may give them another meaning.
SIGNS: dict[str, Value] = {
    "s": SECRET,
    "c": SECRET,
    "secret": SECRET,
    "ns": SECRET,
    "n.s.": SECRET,
    "nd": ABSENT,
    "n.d.": ABSENT,
    "na": ABSENT,
    "n/a": ABSENT,
    "…": ABSENT,
    "...": ABSENT,
    "-": ABSENT,
    "///": NOT_APPLICABLE,
}


class CellReader:
    """Reads the cells of one column; the same text gives the same value.

    ``signs`` (sign → state, from catalogue/datasets.csv) goes before :data:`SIGNS`; ``empty`` is
    the state of an empty cell. ``unreadable`` collects the texts that are neither.
    """

    def __init__(self, signs: Mapping[str, str], empty: State) -> None:
        self._signs = {**SIGNS, **{k.lower(): _PLAIN[State(v)] for k, v in signs.items() if k}}
        self._known: dict[str, Value] = {"": _PLAIN[empty]}
        self.unreadable: list[str] = []

    def read(self, text: str) -> Value:
        """``149.9``, ``50,0``, ``15 156``, ``s``, ``N/A - secret statistique``, empty."""
        value = self._known.get(text)
        if value is None:
            value = self._known[text] = self._parse(text.strip())
        return value

    def _parse(self, text: str) -> Value:
        if not text:
            return self._known[""]
        if _NUMBER.fullmatch(text):  # nearly every cell
            return Value(float(text))
        digits = _SPACES.sub("", text).replace(",", ".").replace("\u2212", "-")
        if _NUMBER.fullmatch(digits):
            return Value(float(digits))
        sign = text.lower()
        if sign in self._signs:
            return self._signs[sign]
        if sign.startswith("n/a"):
            return _reason(sign)
        self.unreadable.append(text)
        return FAILED


def _reason(text: str) -> Value:
    """``N/A - division par 0``, ``N/A - résultat non disponible``, ``N/A - secret stat``."""
    if "secret" in text or "significat" in text:
        return SECRET
    return NOT_APPLICABLE if "division" in text else ABSENT


def merged(values: Iterable[Value], additive: bool) -> Value:
    """Value of a commune whose old parts are given: the sum of counts, no median of several.

    An unknown part makes the sum unknown, in the gravest state.
    """
    parts = list(values)
    if len(parts) == 1:
        return parts[0]
    if not parts or not additive:
        return ABSENT
    for state in (State.FAILED, State.SECRET, State.ABSENT, State.NOT_APPLICABLE):
        if any(part.state is state for part in parts):
            return _PLAIN[state]
    return Value(math.fsum(part.number for part in parts if part.number is not None))
