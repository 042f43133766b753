"""Location quotients: what a territory is specialised in, against a territory of reference.

METHODS §5: quotient = (E_ij / E_i·) / (E_·j / E_··) × 100; 100 is the reference itself. Nothing is
given from fewer than three establishments or where one of them holds more than 85 %, and no hidden
sector can be found again from the others and the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..core.catalogue import rows
from ..core.errors import InputError
from ..core.privacy import MIN_UNITS, is_dominated, is_few, secret, suppressed_keys
from ..core.privacy.reasons import Reason
from ..core.values import ABSENT, State, Value, ratio, total
from .formula import Formula, parse

#: From how much above the reference a commune is specialised, from how many units of the sector
#: and of the whole its quotient is read at all: fewer move it too much by one more or less.
SPECIALISED, LEAST_SECTOR, LEAST_WHOLE = 120.0, 5, 30
#: Kind of a commune without a marked specialisation, or too small for one to be told.
NONE, NONE_LABEL = "aucune", "Sans spécialisation nette, ou trop petite"


@dataclass(frozen=True)
class Sector:
    code: str
    label: str
    formula: Formula


@dataclass(frozen=True)
class SectorFamily:
    """A row of ``catalogue/specialisations.csv`` with its sectors, which make a whole together."""

    id: str
    label: str
    unit: str
    minimum: int
    readable: float
    instead: str
    caveat: str
    sectors: tuple[Sector, ...]

    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for item in self.sectors for name in item.formula.names))

    def labels(self) -> dict[str, str]:
        return {sector.code: sector.label for sector in self.sectors}


@dataclass(frozen=True)
class Quotient:
    """A sector: its count and share here (%), its share in the reference (%), the quotient."""

    sector: str
    count: Value
    share: Value
    reference: Value
    quotient: Value


@cache
def families() -> tuple[SectorFamily, ...]:
    """The families of the catalogue; a sector without a formula is refused by name."""
    listed = rows("sectors")
    return tuple(
        SectorFamily(
            row["id"],
            row["label"],
            row["unit"],
            int(row["minimum"] or 0),
            float(row["readable"] or 0),
            row["instead"],
            row["caveat"],
            tuple(_sector(item) for item in listed if item["family"] == row["id"]),
        )
        for row in rows("specialisations")
    )


def _sector(row: Mapping[str, str]) -> Sector:
    formula = parse(row["formula"])
    if formula is None:
        raise InputError("The sector “{sector}” of sectors.csv has no formula.", sector=row["code"])
    return Sector(row["code"], row["label"], formula)


def counts(family: SectorFamily, communes: Collection[Mapping[str, Value]]) -> dict[str, Value]:
    """Count of each sector over ``communes`` (each maps a variable to its value)."""
    if not communes:
        return {sector.code: ABSENT for sector in family.sectors}
    return {sector.code: sector.formula.evaluate(communes) for sector in family.sectors}


def location_quotients(
    here: Mapping[str, Value],
    reference: Mapping[str, Value],
    minimum: int = MIN_UNITS,
    readable: float = 0.0,
    sizes: Mapping[str, Sequence[float]] | None = None,
) -> tuple[Quotient, ...]:
    """The quotient of each sector of ``here``, in its order.

    Counts under ``minimum`` are hidden, and others with them where the whole would give them back;
    so are, when the ``sizes`` (jobs) of the units of each sector are given, those that one unit
    dominates. Under ``readable`` the share and the quotient are marked as not significant. As
    soon as one sector is not known the whole is not, and no share is.
    """
    shown, others = _protected(here, minimum, sizes), _protected(reference, minimum, None)
    whole, whole_there = total(here.values()), total(reference.values())
    result = []
    for sector, count in shown.items():
        share = _of_hidden(count, ratio(here[sector], whole, 100.0))
        beside = others[sector]
        there = _of_hidden(beside, ratio(reference[sector], whole_there, 100.0))
        quotient = ratio(share, there, 100.0)
        if count.number is not None and count.number < readable:
            share, quotient = (_doubted(value) for value in (share, quotient))
        result.append(Quotient(sector, count, share, there, quotient))
    return tuple(result)


def _of_hidden(count: Value, value: Value) -> Value:
    return count if count.state is State.SECRET else value


def _doubted(value: Value) -> Value:
    return replace(value, significant=False) if value.known else value


def _protected(
    counts: Mapping[str, Value],
    minimum: int,
    sizes: Mapping[str, Sequence[float]] | None,
) -> dict[str, Value]:
    """The counts, those that may not be shown hidden with the reason why."""
    if not minimum:
        return dict(counts)
    known = {key: value.number for key, value in counts.items() if value.number is not None}
    dominated = {
        key for key, held in (sizes or {}).items() if held and is_dominated(max(held), sum(held))
    }
    whole = {key: round(number) for key, number in known.items()}
    if len(known) < len(counts):  # no whole is printed: nothing to find again beside the few
        hidden = {key for key in whole if key in dominated or is_few(whole[key], minimum)}
    else:
        hidden = suppressed_keys(whole, minimum, dominated & set(whole))
    if hidden == set(counts):
        return {key: secret(Reason.SECONDARY_UNITS) for key in counts}
    return {
        key: secret(_reason(whole[key], minimum, key in dominated)) if key in hidden else value
        for key, value in counts.items()
    }


def _reason(count: int, minimum: int, dominated: bool) -> Reason:
    if dominated:
        return Reason.DOMINANT_UNIT
    return Reason.FEW_UNITS if is_few(count, minimum) else Reason.SECONDARY_UNITS


def dominant(
    here: Mapping[str, Value], reference: Mapping[str, Value], minimum: int = MIN_UNITS
) -> str | State:
    """The sector in which a commune stands out most, or ``NONE``, or the state of what is missing.

    Judged on counts of ``LEAST_SECTOR`` units at least, so that nothing hidden is told.
    """
    whole = total(here.values())
    if whole.number is None:
        return whole.state
    if whole.number < LEAST_WHOLE:
        return NONE
    least = max(LEAST_SECTOR, minimum)
    found = [
        (item.quotient.number, item.sector)
        for item in location_quotients(here, reference, 0)
        if item.quotient.number is not None
        and item.quotient.number >= SPECIALISED
        and (item.count.number or 0) >= least
    ]
    return max(found, key=lambda pair: (round(pair[0], 9), pair[1]))[1] if found else NONE
