"""Territories like the one studied among all those of the data, as a unit of comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.figures import FigureTable
from ..core.french import plural
from ..core.profiles import Similar
from ..core.progress import Progress, Quiet
from ..core.territory import Territory, Unit, joined
from .indicators import compute_indicators, unit_key

if TYPE_CHECKING:
    from ..analysis.alike import Likeness
    from ..sources.folder import Inventory
    from ..sources.geography import Geography
    from ..sources.statistics import Statistics

SIMILAR = "SIMILAR"
#: Kinds of territory that are compared with their own; any other is compared with EPCIs.
OWN_KIND = ("EPCI", "DEP", "REG", "ZE")
#: A unit whose published number of communes is not nearly reached is only partly in the data
#: (communes that merged since make the number fall a little).
_WHOLE = 0.9
#: What the tables of memberships write for a commune without an EPCI.
_NO_EPCI = "ZZZZZZZZZ"


@dataclass(frozen=True)
class SimilarTerritories:
    """``unit``: the nearest territories together, a reference like any other; ``units``: each of
    them, in order of ``likeness.found``; ``figures``: of the territory (``TERRITOIRE``) and of
    each unit by key, for the indicators compared and the others asked for; ``years``: of these."""

    unit: Unit
    units: tuple[Unit, ...]
    likeness: Likeness
    figures: FigureTable
    years: dict[str, str]

    def names(self) -> list[str]:
        return [unit.name for unit in self.units]


def find_similar(
    inventory: Inventory,
    geography: Geography,
    territory: Territory,
    by: Similar,
    progress: Progress,
    also: Iterable[str] = (),
    read: Statistics | None = None,
) -> SimilarTerritories:
    """The territories of the same kind nearest to ``territory``, as the profile says (``by``).

    One pass over the tables for all the units of the kind. ``also``: further indicators of which
    figures are wanted. ``read``: the tables when they were already read. Raises
    :class:`InputError` where the data hold too few other territories.
    """
    from ..analysis.alike import nearest
    from ..analysis.clusters import traits_of

    wanted = list(dict.fromkeys((*by.indicators, *also)))
    kind = kind_of(territory)
    others = list(_others(geography, territory, kind))
    figures = FigureTable()
    seen = replace(
        territory,
        neighbours=(),
        references=() if kind == "COM" else tuple(others),
        communes=territory.communes
        if kind != "COM"
        else (*territory.communes, *(unit.code for unit in others)),
    )
    result = compute_indicators(inventory, geography, seen, wanted, Quiet(progress), read=read)
    table = result.figures if kind == "COM" else result.references
    own = territory.communes[0] if kind == "COM" else "TERRITOIRE"
    keys = {_key(kind, unit): unit for unit in others}
    likeness = nearest(table, own, list(keys), traits_of(by.indicators), by.count)
    for name in wanted:
        figures.put("TERRITOIRE", name, table.get(own, name))
        for item in likeness.found:
            figures.put(item.unit, name, table.get(item.unit, name))
    found = [item.unit for item in likeness.found]
    return SimilarTerritories(
        joined(SIMILAR, found, _together(len(found), kind)),
        tuple(keys[key] for key in found),
        likeness,
        figures,
        {name: result.years.get(name, "") for name in wanted},
    )


def _together(count: int, kind: str) -> str:
    """« 5 territoires semblables »: the name of the units together."""
    one, several = (
        ("commune semblable", "communes semblables")
        if kind == "COM"
        else ("territoire semblable", "territoires semblables")
    )
    return plural(count, one, several)


def kind_of(territory: Territory) -> str:
    """The kind of the units that a territory is compared with: its own, EPCIs for several communes."""
    if territory.kind in OWN_KIND:
        return territory.kind
    return "COM" if territory.kind == "COM" and len(territory.communes) == 1 else "EPCI"


def _key(kind: str, unit: Unit) -> str:
    return unit.code if kind == "COM" else unit_key(unit)


def _others(geography: Geography, territory: Territory, kind: str) -> Iterator[Unit]:
    """Every other unit of the kind that the data hold as a whole and that shares no commune with
    the territory, in the order of the codes."""
    inside = set(territory.communes)
    if kind == "COM":
        for code in geography.communes.index:
            if code not in inside:
                yield Unit("COM", str(code), geography.name(str(code)))
        return
    column = geography.communes[kind.lower()]
    for code, members in sorted(column.groupby(column).groups.items()):
        key = f"{kind}:{code}"
        whole = len(members) >= _WHOLE * geography.published.get(key, 0)
        if code and code != _NO_EPCI and whole and not inside & set(members):
            yield Unit(kind, str(code), geography.name(key))
