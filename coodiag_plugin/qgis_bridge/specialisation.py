"""What a territory and its communes are specialised in, from the tables of the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ..core.french import listing
from ..core.progress import Progress, Quiet
from ..core.provenance import Provenance
from ..core.territory import Territory, Unit
from ..core.values import State, Value
from .indicators import unit_key
from .layers import records
from .typology import kinds_layer

if TYPE_CHECKING:
    from ..analysis.specialisation import Quotient, SectorFamily
    from ..core.variables import Variable
    from ..sources.folder import Inventory
    from ..sources.geography import Geography
    from ..sources.statistics import Statistics

SPECIFICITIES = "specificites"
#: Sections of the NAF that no enterprise of the ESS can be of: public administration.
_NEVER_ESS = ("O",)
#: Levels that a territory is compared with, the one preferred first: the widest is the steadiest.
_LEVELS = ("FRANCE", "REG", "DEP", "EPCI")


@dataclass(frozen=True)
class Specialisation:
    """One family of sectors: its quotients against ``reference``, and of each commune the count by
    sector (never printed: see ``specificities_layer``)."""

    family: SectorFamily
    reference: Unit
    quotients: tuple[Quotient, ...]
    counts: Mapping[str, Value]
    communes: Mapping[str, Mapping[str, Value]]
    year: str
    source: str
    origins: tuple[Provenance, ...]


def specialisation_variables() -> tuple[str, ...]:
    """Variables that the quotients need, for what is asked of the services."""
    from ..analysis.specialisation import families

    return tuple(dict.fromkeys(name for family in families() for name in family.variables()))


def find_specialisation(
    inventory: Inventory,
    geography: Geography,
    territory: Territory,
    progress: Progress,
    read: Statistics | None = None,
) -> tuple[Specialisation, ...]:
    """Each family of the catalogue that the data give for the territory and for a reference.

    A family that another one replaces (``instead``) is left out where the first is there.
    ``read``: the tables when they were already read.
    """
    from ..analysis.specialisation import families
    from ..sources.statistics import Statistics

    names = specialisation_variables()
    statistics = Statistics(inventory, geography, names, Quiet(progress), read=read)
    found: list[Specialisation] = []
    replaced: set[str] = set()
    for family in families():
        progress.check()
        if family.id in replaced:
            continue
        variables = statistics.choose(family.variables(), territory.communes)
        made = _of_family(family, variables, territory, statistics) if variables else None
        if made is not None:
            found.append(made)
            replaced.add(family.instead)
    return tuple(found)


def _of_family(
    family: SectorFamily,
    variables: Mapping[str, Variable],
    territory: Territory,
    statistics: Statistics,
) -> Specialisation | None:
    from ..analysis.indicators import citation
    from ..analysis.specialisation import counts, location_quotients

    by_commune = {code: counts(family, [_cells(variables, code)]) for code in territory.communes}
    here = counts(family, [_cells(variables, code) for code in territory.communes])
    if not all(value.known for value in here.values()):
        return None
    for unit in _references(territory):
        there = _reference(family, variables, unit, statistics)
        if all(value.known for value in there.values()):
            break
    else:
        return None
    origins = (o for v in variables.values() for o in v.origins or (v.provenance,))
    return Specialisation(
        family,
        unit,
        location_quotients(here, there, family.minimum, family.readable),
        here,
        by_commune,
        listing(sorted({v.date for v in variables.values() if v.date})),
        citation(variables.values()),
        tuple(dict.fromkeys(origins)),
    )


def _references(territory: Territory) -> list[Unit]:
    """The units to compare with, the preferred level first, of those alone of their level."""
    levels = [unit.level for unit in territory.references]
    alone = [unit for unit in territory.references if levels.count(unit.level) == 1]
    return sorted(
        (unit for unit in alone if unit.level in _LEVELS),
        key=lambda unit: _LEVELS.index(unit.level),
    )


def _cells(variables: Mapping[str, Variable], unit: str) -> dict[str, Value]:
    return {name: variable.get(unit) for name, variable in variables.items()}


def _reference(
    family: SectorFamily,
    variables: Mapping[str, Variable],
    unit: Unit,
    statistics: Statistics,
) -> dict[str, Value]:
    """Count of each sector in a unit of reference: its communes together, else as published.

    Of France the few communes without data (Mayotte) may be left out, as in the indicators.
    """
    from ..analysis.indicators import NATIONAL_GAP
    from ..analysis.specialisation import counts

    key = unit_key(unit)
    members = statistics.members(key, variables)
    cells = [_cells(variables, code) for code in members]
    if unit.level == "FRANCE":
        there = [row for row in cells if all(v.state is not State.ABSENT for v in row.values())]
        cells = there if len(cells) - len(there) <= NATIONAL_GAP * len(cells) else cells
    found = counts(family, cells)
    if all(value.known for value in found.values()):
        return found
    return counts(family, [_cells(variables, key)])


def specificities_layer(
    communes: QgsVectorLayer, found: Specialisation
) -> tuple[QgsVectorLayer, dict[str, str]]:
    """Communes with the sector in which each stands out most from the whole territory, in words;
    and the label of each kind, in the order of the legend.

    Against the territory and not the reference of the sheet: the map tells its communes apart.
    """
    from ..analysis.specialisation import NONE, NONE_LABEL, dominant

    labels = {**found.family.labels(), NONE: NONE_LABEL}
    kinds = {
        code: dominant(counts, found.counts, found.family.minimum)
        for code, counts in found.communes.items()
    }
    return kinds_layer(SPECIFICITIES, communes, kinds, labels), labels


def ecosystem_quotients(
    establishments: QgsVectorLayer,
) -> tuple[tuple[Quotient, ...], dict[str, str]]:
    """Where the ESS weighs: its establishments by section (NAF) against all those of the territory,
    without public administration, which cannot be of the ESS.

    ``establishments``: the layer of the register (``section``, ``ess``). Returns the quotients and
    the short labels of the sections; empty when the register knows no establishment of the ESS.
    """
    from collections import Counter

    from ..analysis.specialisation import location_quotients
    from ..core.catalogue import rows

    own: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for row, _ in records(establishments):
        section = str(row["section"] or "")
        if not section or section in _NEVER_ESS:
            continue
        every[section] += 1
        if row["ess"]:
            own[section] += 1
    if not own:
        return (), {}
    codes = sorted(every)
    found = location_quotients(
        {code: Value(float(own[code])) for code in codes},
        {code: Value(float(every[code])) for code in codes},
    )
    return found, {row["section"]: row["short"] for row in rows("naf_sections")}
