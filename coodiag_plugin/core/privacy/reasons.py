"""Why a figure is suppressed: precisely inside the program, by family of rule in what is published.

A reader must not be able to tell a primary suppression from a secondary one, nor dominance from too
few units: of a hidden cell only the family of its rule is ever written.
"""

from __future__ import annotations

from enum import Enum

from ..values import State, Value


class Family(str, Enum):
    """What is published of a reason."""

    PEOPLE = "personnes"
    UNITS = "etablissements"
    HOUSEHOLDS = "menages"
    SOURCE = "source"


class Reason(str, Enum):
    """What is kept in :attr:`Value.reason`, and never written."""

    FEW_PEOPLE = "few_people"
    DOMINANT_PERSON = "dominant_person"
    SECONDARY_PEOPLE = "secondary_people"  # it would give another cell away, or a sum of cells
    FEW_UNITS = "few_units"
    DOMINANT_UNIT = "dominant_unit"
    SECONDARY_UNITS = "secondary_units"
    FEW_HOUSEHOLDS = "few_households"  # incomes, and squares of the grid
    SECONDARY_HOUSEHOLDS = "secondary_households"
    SOURCE = "source"  # hidden by who publishes it
    PARTIAL_DIFFUSION = "partial_diffusion"  # masked in the register at the firm's request

    @property
    def family(self) -> Family:
        return _FAMILIES[self]

    @property
    def words(self) -> str:
        """In French, for a person who looks inside: never for print."""
        return _WORDS[self]


_FAMILIES = {
    Reason.FEW_PEOPLE: Family.PEOPLE,
    Reason.DOMINANT_PERSON: Family.PEOPLE,
    Reason.SECONDARY_PEOPLE: Family.PEOPLE,
    Reason.FEW_UNITS: Family.UNITS,
    Reason.DOMINANT_UNIT: Family.UNITS,
    Reason.SECONDARY_UNITS: Family.UNITS,
    Reason.FEW_HOUSEHOLDS: Family.HOUSEHOLDS,
    Reason.SECONDARY_HOUSEHOLDS: Family.HOUSEHOLDS,
    Reason.SOURCE: Family.SOURCE,
    Reason.PARTIAL_DIFFUSION: Family.SOURCE,
}
_WORDS = {
    Reason.FEW_PEOPLE: "trop peu de personnes",
    Reason.DOMINANT_PERSON: "une personne tient plus de 85 % du total",
    Reason.SECONDARY_PEOPLE: "protège une autre case de personnes",
    Reason.FEW_UNITS: "moins de 3 établissements",
    Reason.DOMINANT_UNIT: "un établissement tient plus de 85 % du total",
    Reason.SECONDARY_UNITS: "protège une autre case d’établissements",
    Reason.FEW_HOUSEHOLDS: "moins de 11 ménages fiscaux",
    Reason.SECONDARY_HOUSEHOLDS: "protège une autre case de ménages",
    Reason.SOURCE: "secret de la source",
    Reason.PARTIAL_DIFFUSION: "établissement à diffusion partielle",
}
_PUBLISHED = {
    Family.PEOPLE: "règle des {minimum} personnes, directement ou pour protéger une autre case",
    Family.UNITS: "règle des 3 établissements et des 85 %, directement ou pour protéger une autre case",
    Family.HOUSEHOLDS: "règle des 11 ménages fiscaux, directement ou pour protéger une autre case",
    Family.SOURCE: "secret appliqué par le producteur de la donnée",
}
#: Of a hidden figure that came without its reason (read back from a layer).
_UNTOLD = "secret statistique"


def secret(reason: Reason, unit: str = "") -> Value:
    """A suppressed figure that knows why."""
    return Value(None, State.SECRET, unit=unit, reason=reason.value)


def reason_of(value: Value) -> Reason | None:
    """The precise reason, for the program only."""
    return Reason(value.reason) if value.reason else None


def published_reason(value: Value, minimum: int = 5) -> str:
    """The family of rule that hides a figure, in French; "" for a figure that is not secret.

    ``minimum``: fewest people shown in this run (:data:`.rules.MIN_COUNT` by default).
    """
    if value.state is not State.SECRET:
        return ""
    reason = reason_of(value)
    return _UNTOLD if reason is None else _PUBLISHED[reason.family].format(minimum=minimum)
