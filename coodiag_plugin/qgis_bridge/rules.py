"""A :class:`MapDesign` as QGIS expressions: which features fall into which class or box.

Each feature that the design was computed on satisfies exactly one of the expressions.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.design import MapDesign
from ..core.figures import SIGNIFICANCE, STATE_SUFFIX, UNCERTAIN
from ..core.values import SIGN_NOT_SIGNIFICANT, State

KNOWN = State.KNOWN.value
ZERO = "zero"
_OTHERS = (State.SECRET, State.FAILED, State.NOT_APPLICABLE)


def quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def state(field: str, names: Sequence[str], counted: bool = False) -> str:
    """Expression of the state of a figure, read as ``core.figures.figure_of`` reads it.

    ``names``: fields of the layer; without ``<field>_etat`` NULL is absent. ``counted``: a known
    count of nobody is ``zero``. A known figure that the row says uncertain is ``n.s.``.
    """
    figure, cases = quoted(field), []
    known = f"{figure} IS NOT NULL"
    if field + STATE_SUFFIX in names:
        stored = quoted(field + STATE_SUFFIX)
        known += f" AND coalesce({stored}, '') IN ('', {text(KNOWN)})"
        others = ", ".join(text(item.value) for item in _OTHERS)
        cases = [f"WHEN {stored} IN ({others}) THEN {stored}"]
    if counted:
        cases.insert(0, f"WHEN {known} AND {figure} = 0 THEN {text(ZERO)}")
    if field in UNCERTAIN and SIGNIFICANCE in names:
        unsure = f"{quoted(SIGNIFICANCE)} = {text(SIGN_NOT_SIGNIFICANT)}"
        cases.insert(0, f"WHEN {known} AND {unsure} THEN {text(SIGN_NOT_SIGNIFICANT)}")
    cases.append(f"WHEN {known} THEN {text(KNOWN)}")
    return f"CASE {' '.join(cases)} ELSE {text(State.ABSENT.value)} END"


def pair_state(one: str, other: str) -> str:
    """State of two figures together: the first of secret, failed, absent, n.a., n.s. that one has."""
    order = (State.SECRET, State.FAILED, State.ABSENT, State.NOT_APPLICABLE)
    cases = " ".join(
        f"WHEN {text(item)} IN ({one}, {other}) THEN {text(item)}"
        for item in (*(state.value for state in order), SIGN_NOT_SIGNIFICANT)
    )
    return f"CASE {cases} ELSE {text(KNOWN)} END"


def among(expression: str, states: Sequence[str]) -> str:
    """Whether a state expression gives one of ``states``."""
    return f"{expression} IN ({', '.join(text(item) for item in states)})"


def ranges(field: str, breaks: Sequence[float], decimals: int) -> list[str]:
    """Expression of each class: on the printed figure, left-closed, open at both ends."""
    printed = f"round({quoted(field)}, {decimals})"
    cuts = breaks[1:-1]
    lows = [None, *cuts]
    highs = [*cuts, None]
    result = []
    for low, high in zip(lows, highs):
        parts = []
        if low is not None:
            parts.append(f"{printed} >= {low!r}")
        if high is not None:
            parts.append(f"{printed} < {high!r}")
        result.append(" AND ".join(parts) or "TRUE")
    return result


def classes(design: MapDesign, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """(expression, colour, label) of each class or category of the design."""
    if design.kind == "choropleth":
        known = among(state(design.field, names, _zero_apart(design)), [KNOWN])
        return [
            (f"{known} AND {inside}", colour, label)
            for inside, colour, label in zip(
                ranges(design.field, design.breaks, design.decimals), design.colours, design.labels
            )
        ]
    if design.kind == "circles":
        known = among(state(design.field, names, True), [KNOWN])
        return [(known, design.circle_colour, design.title)]
    if design.kind == "coloured_circles":
        known = among(state(design.field, names, True), [KNOWN])
        rated = among(state(design.colour_field, names), [KNOWN])
        inside = ranges(design.colour_field, design.breaks, design.colour_decimals)
        return [
            (f"{known} AND {rated} AND {where}", colour, label)
            for where, colour, label in zip(inside, design.colours, design.labels)
        ]
    if design.kind == "bivariate":
        return _crossed(design, names)
    known = among(state(design.field, names), [KNOWN])
    return [
        (f"{known} AND to_string({quoted(design.field)}) = {text(value)}", colour, label)
        for value, colour, label in design.categories
    ]


def _crossed(design: MapDesign, names: Sequence[str]) -> list[tuple[str, str, str]]:
    both = " AND ".join(
        among(state(field, names), [KNOWN]) for field in (design.field, design.colour_field)
    )
    rows = ranges(design.field, design.breaks, design.decimals)
    columns = ranges(design.colour_field, design.cross_breaks, design.colour_decimals)
    result = []
    for value, colour, label in design.categories:
        row, column = (int(part) - 1 for part in value.split("-"))
        result.append((f"{both} AND {rows[row]} AND {columns[column]}", colour, label))
    return result


def box_state(design: MapDesign, names: Sequence[str]) -> str:
    """Expression of the state that decides in which box a feature falls."""
    if design.kind in ("circles", "coloured_circles"):
        return state(design.field, names, True)
    if design.kind == "bivariate":
        return pair_state(state(design.field, names), state(design.colour_field, names))
    return state(design.field, names, _zero_apart(design))


def _zero_apart(design: MapDesign) -> bool:
    """Whether nobody has a box of its own on the map; without zeros it makes no difference."""
    return any(ZERO in box.states for box in design.boxes)
