"""The words and boxes of a legend, in French."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ..core import french
from ..core.design import LegendBox
from ..core.values import SIGN_NOT_SIGNIFICANT, State, Value
from .classification import Classes

#: Cases of known figures, beside the states of core.values: nobody; too uncertain to be read.
ZERO, UNCERTAIN = "zero", SIGN_NOT_SIGNIFICANT

# Hatched, each at an angle of its own, but for nobody: no flat colour stays apart from every class of
# every ramp in grey print and for every eye (docs/palettes.md).
SECRET_BOX = LegendBox("#ffffff", "#8a8a8a", True, "Secret statistique", (State.SECRET.value,))
ABSENT_BOX = LegendBox(
    "#c9c9c9", "#a0a0a0", True, "Donnée non disponible", (State.ABSENT.value,), 90.0
)
FAILED_BOX = LegendBox(
    "#c9c9c9", "#5a5a5a", True, "Donnée non reçue (échec)", (State.FAILED.value,), 135.0
)
UNCERTAIN_BOX = LegendBox("#f0f0f0", "#a8a8a8", True, "Non significatif", (UNCERTAIN,), 0.0)
NOT_APPLICABLE_BOX = LegendBox(
    "#ece7da", "#a0a0a0", True, "Sans objet", (State.NOT_APPLICABLE.value,), 22.5
)
ZERO_BOX = LegendBox("#ffffff", "#8a8a8a", False, "Aucun", (ZERO,))
BOXES = (ZERO_BOX, UNCERTAIN_BOX, SECRET_BOX, ABSENT_BOX, FAILED_BOX, NOT_APPLICABLE_BOX)

_METHOD_NAMES = {
    "fisher": "seuils naturels (Fisher)",
    "quantile": "quantiles",
    "q6": "classes d’effectifs égaux, extrêmes à part",
    "msd": "moyenne et écart type",
    "headtail": "moyennes emboîtées",
    "geometric": "progression géométrique",
    "equal": "amplitudes égales",
    "fixed": "seuils fixés",
}


def legend_boxes(states: Iterable[str]) -> tuple[LegendBox, ...]:
    """The boxes that something on the map falls into."""
    present = set(states)
    return tuple(box for box in BOXES if present & set(box.states))


def method_sentence(cut: Classes) -> str:
    """« Discrétisation : seuils naturels (Fisher), 5 classes. »"""
    around = ""
    if cut.centre is not None:
        around = f", de part et d’autre de {french.number(cut.centre)}"
    classes = french.plural(len(cut.breaks) - 1, "classe")
    return f"Discrétisation : {_METHOD_NAMES[cut.method]}{around}, {classes}."


def round_values(largest: float, decimals: int = 0) -> tuple[float, ...]:
    """Up to three round values (1, 2 or 5·10^k) that a legend of circles shows, largest first."""
    unit = 10.0**-decimals
    if largest < unit:
        return ()
    ladder = []
    power = math.floor(math.log10(largest))
    while 10.0**power >= unit * (1 - 1e-9) and power >= math.floor(math.log10(largest)) - 3:
        ladder += [round(step * 10.0**power, decimals) for step in (5, 2, 1)]
        power -= 1
    ladder = [value for value in ladder if value <= largest * (1 + 1e-9)]
    first = ladder[0]
    spread = [first]
    for share in (4, 20):
        target = next((value for value in ladder if value <= first / share), ladder[-1])
        if target < spread[-1]:
            spread.append(target)
    return tuple(spread if len(spread) == 3 else ladder[:3])


def class_labels(breaks: Sequence[float], decimals: int, signed: bool = False) -> tuple[str, ...]:
    """« Moins de 8,0 », « 8,0 à moins de 9,9 », « 9,9 ou plus »; one class: « 8,0 à 9,9 »."""
    texts = [french.number(limit, decimals, signed) for limit in breaks]
    if len(breaks) == 2:
        return (texts[0] if texts[0] == texts[1] else f"{texts[0]} à {texts[1]}",)
    inner = [f"{low} à moins de {high}" for low, high in zip(texts[1:-2], texts[2:-1])]
    return (f"Moins de {texts[1]}", *inner, f"{texts[-2]} ou plus")


def state_of(value: Value, counted: bool) -> str:
    """State of a figure for the boxes: ``n.s.``, ``zero`` for a count of nobody, else its own."""
    if value.known and not value.significant:
        return UNCERTAIN
    return ZERO if counted and value.number == 0 else value.state.value


def pair_state(one: Value, other: Value) -> str:
    """State of a pair: secret first, so that a box never hides why a figure is missing."""
    states = {state_of(one, False), state_of(other, False)}
    order = (State.SECRET, State.FAILED, State.ABSENT, State.NOT_APPLICABLE)
    cases = (*(state.value for state in order), UNCERTAIN, State.KNOWN.value)
    return next(case for case in cases if case in states)
