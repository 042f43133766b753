"""Territories of the same kind that are most like one, for comparison (level SIMILAR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..core import french
from ..core.catalogue import indicators
from ..core.errors import InputError
from ..core.figures import FigureTable
from ..core.grammar import lower_first
from ..core.values import Value
from .clusters import LEAST_INDICATORS, Trait
from .similar import reason, similar

#: Territories taken as the reference, and fewest others that a choice can be made among.
NUMBER, LEAST_OTHERS = 5, 2


@dataclass(frozen=True)
class Alike:
    """A unit like the one compared. ``distance``: root mean square of the deviations, in standard
    deviations of all the units compared; ``reason``: a French sentence."""

    unit: str
    distance: float
    reason: str


@dataclass(frozen=True)
class Likeness:
    """``found``: the nearest units in order; ``used``: indicators compared, ``unused``: those that
    tell nothing or are not known of the unit; ``compared``: how many units had figures enough."""

    found: tuple[Alike, ...]
    used: tuple[str, ...]
    unused: tuple[str, ...]
    compared: int


def nearest(
    figures: FigureTable,
    own: str,
    others: Sequence[str],
    by: Sequence[Trait],
    number: int = NUMBER,
) -> Likeness:
    """The ``number`` units of ``others`` nearest to ``own`` by the traits ``by``, and at most half
    of those that can be compared: all of them would be no choice.

    Standardised over all of them (:func:`analysis.similar.similar`). The order of the units
    changes nothing: equal ones follow their codes. Raises :class:`InputError` when fewer than
    ``LEAST_OTHERS`` can be compared, or on fewer than ``LEAST_INDICATORS`` indicators.
    """
    units = [own, *sorted(unit for unit in dict.fromkeys(others) if unit != own)]
    values = np.array([[t.compared(figures.get(unit, t.indicator)) for t in by] for unit in units])
    known_here = [at for at in range(len(by)) if np.isfinite(values[0, at])]
    _enough(len(units) - 1, len(known_here))
    values = values[:, known_here]
    core = np.zeros(len(units), dtype=bool)
    core[0] = True
    comparison = similar(values, core)
    _enough(len(comparison.found), len(known_here) - len(comparison.unused))
    kept = [by[at] for at in known_here]
    labels = [lower_first(indicators()[trait.indicator].short) for trait in kept]
    text = {at: partial(_printed, trait) for at, trait in enumerate(kept)}
    used = tuple(t.indicator for at, t in enumerate(kept) if at not in comparison.unused)
    kept_units = min(number, max(1, len(comparison.found) // 2))
    return Likeness(
        tuple(
            Alike(
                units[item.row],
                item.distance,
                reason(item, values[item.row], comparison.core, labels, text),
            )
            for item in comparison.found[:kept_units]
        ),
        used,
        tuple(trait.indicator for trait in by if trait.indicator not in used),
        len(comparison.found),
    )


def _enough(others: int, names: int) -> None:
    if others < LEAST_OTHERS:
        raise InputError(
            "The data hold {count} other territories of this kind: {least} at least are needed to compare.",
            count=others,
            least=LEAST_OTHERS,
        )
    if names < LEAST_INDICATORS:
        raise InputError(
            "{count} of the indicators that territories are compared by are known: {least} at least are needed.",
            count=names,
            least=LEAST_INDICATORS,
        )


def _printed(trait: Trait, compared: float) -> str:
    """A figure of an indicator with its unit, as sentences print it."""
    row = indicators()[trait.indicator]
    return french.figure(
        Value(trait.figure(compared)), row.decimals, row.unit, signed=row.kind == "evolution"
    )


def method_words(found: Likeness) -> str:
    """How the similar territories were chosen, for the page (French)."""
    labels = french.listing([lower_first(indicators()[name].short) for name in found.used])
    return (
        f"Territoires les plus semblables parmi {french.number(found.compared)} de même nature présents dans les données, "
        f"d’après {french.plural(len(found.used), 'indicateur')}\u00a0: {labels}. "
        "Distance\u00a0: 0 pour deux territoires identiques, 1 s’ils diffèrent en moyenne d’un écart-type par indicateur (moyenne quadratique). "
        "Leur ensemble est la somme de leurs numérateurs rapportée à celle de leurs dénominateurs\u00a0; "
        "une médiane n’est pas recomposée (…)."
    )


def few_words(found: Likeness) -> str:
    """Why fewer territories than usual are taken, "" when they are not fewer (French)."""
    taken, compared = len(found.found), found.compared
    if taken >= NUMBER or taken != max(1, compared // 2):
        return ""
    verb = "est retenu" if taken == 1 else "sont retenus"
    return (
        f"Sur {french.number(compared)} territoires comparables dans les données, {french.number(taken)} {verb}\u00a0: "
        "en retenir plus de la moitié ne serait plus choisir."
    )
