"""A figure is never a bare float: it is known, or absent, secret, not applicable, or failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class State(str, Enum):
    """Why a figure is or is not there. The text is what tables store in ``<id>_etat``."""

    KNOWN = "connu"
    ABSENT = "absent"
    SECRET = "secret"  # nosec B105  # pragma: allowlist secret
    NOT_APPLICABLE = "sans_objet"
    FAILED = "echec"


#: INSEE's signs for print. A failed figure is printed as not available and listed in the journal.
SIGNS = {
    State.ABSENT: "…",
    State.SECRET: "s",
    State.NOT_APPLICABLE: "///",
    State.FAILED: "…",
}
SIGN_NOT_SIGNIFICANT = "n.s."


@dataclass(frozen=True)
class Value:
    """A figure with its unit, source and vintage.

    ``number`` is None exactly when ``state`` is not KNOWN. ``significant`` is False for a known
    rate too uncertain to be read (printed ``n.s.``). ``reason``: why a secret figure is one (see
    ``core/privacy/reasons``); it stays inside the program, and makes no figure another one.
    """

    number: float | None
    state: State = State.KNOWN
    unit: str = ""
    source: str = ""
    vintage: str = ""
    significant: bool = True
    reason: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if (self.number is None) == (self.state is State.KNOWN):
            raise ValueError(f"a {self.state.value} value cannot hold {self.number!r}")
        if self.number is not None and self.number != self.number:
            raise ValueError("NaN is not a figure: say absent, secret, not applicable or failed")

    @property
    def known(self) -> bool:
        return self.state is State.KNOWN


ABSENT = Value(None, State.ABSENT)
SECRET = Value(None, State.SECRET)
NOT_APPLICABLE = Value(None, State.NOT_APPLICABLE)
FAILED = Value(None, State.FAILED)

#: The order in which a missing part spoils a sum or a ratio: the gravest reason wins.
_GRAVITY = (State.FAILED, State.SECRET, State.ABSENT, State.NOT_APPLICABLE)


def worst_state(values: Iterable[Value]) -> State:
    """The state that a figure computed from ``values`` takes: KNOWN only if all are known."""
    states = {value.state for value in values}
    return next((state for state in _GRAVITY if state in states), State.KNOWN)


def first_reason(values: Iterable[Value], state: State) -> str:
    """The reason that a figure of this state takes from ``values``; "" unless it is secret."""
    if state is not State.SECRET:
        return ""
    return next((value.reason for value in values if value.reason), "")


def total(values: Iterable[Value]) -> Value:
    """Sum of counts; not known as soon as one part is not, so that a secret never leaks."""
    parts = list(values)
    state = worst_state(parts) if parts else State.ABSENT
    if state is not State.KNOWN:
        return Value(None, state, reason=first_reason(parts, state))
    return Value(sum(part.number for part in parts if part.number is not None))


def ratio(numerator: Value, denominator: Value, multiplier: float = 1.0) -> Value:
    """``multiplier × numerator / denominator``; not applicable over zero."""
    state = worst_state((numerator, denominator))
    if numerator.number is None or denominator.number is None:
        return Value(None, state, reason=first_reason((numerator, denominator), state))
    if denominator.number == 0:
        return NOT_APPLICABLE
    return Value(multiplier * numerator.number / denominator.number)
