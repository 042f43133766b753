"""The territory of a run asked of the services: its communes, their surroundings, what they are in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Optional

import pandas as pd

from ...core.codes import parse_territory
from ...core.errors import InputError, SourceError, TerritoryError
from ...core.progress import Progress, each
from ..examine import examine
from ..folder import Inventory
from ..geography import Geography, load_geography
from ..web.client import Web
from . import geo_api, wfs
from .asking import Asking
from .boxes import apart, meet, union
from .depot import Depot
from .scope import Box, Scope
from .understood import understood

#: Communes of an employment zone (ZE2020 code), as a service tells them.
ZoneMembers = Callable[[Web, str], Sequence[str]]
ZONES = "zones_emploi.csv"
_ZONE_COLUMNS = ("CODGEO", "LIBGEO", "ZE2020", "LIBZE2020")
_SHOWN = 8


def collect_geography(
    web: Web,
    expression: str,
    box: Box | None,
    variables: Iterable[str],
    depot: Depot,
    progress: Progress,
    zone_members: Optional[ZoneMembers] = None,
) -> Scope:
    """Write the list of communes, their contours and outlines; returns what to ask next.

    ``expression``: a TERRITORY parameter, ``box``: the extent of drawn polygons (degrees), or
    both. With a box the territory counts every commune that meets it: the polygons themselves
    decide later. ``zone_members`` tells the communes of an employment zone (the API Melodi when
    it is not given). Raises TerritoryError for a code or a name that cannot be resolved.
    """
    if not expression.strip() and box is None:
        raise InputError(
            "No territory was given: write a code such as EPCI:243500139, a name, or choose a layer of polygons."
        )
    communes = geo_api.collect_communes(web, depot, progress.part(0.0, 0.3))
    written = [depot.files[-1]]
    zones = _zone_codes(expression)
    if zones:
        written.append(_write_zones(web, zones, communes, depot, zone_members or _melodi_members))
    geography = load_geography(_inventory(depot.folder, written), progress.part(0.3, 0.35))
    named = geography.resolve(expression, progress).communes if expression.strip() else ()
    found = wfs.collect_contours(web, named, box, depot, progress.part(0.35, 0.9))
    places = _placed(geography, found, progress)
    inside = {code for code, place in places.items() if box is not None and meet(place, box)}
    territory = tuple(sorted({*named, *inside}))
    if not territory:
        raise TerritoryError("No commune lies inside the polygons of the territory.")
    scope = _scope(geography, territory, places, tuple(variables))
    _outlines(web, scope, depot, progress.part(0.9, 1.0))
    return scope


def _scope(
    geography: Geography,
    territory: tuple[str, ...],
    places: Mapping[str, Box],
    variables: tuple[str, ...],
) -> Scope:
    table = geography.communes.loc[list(territory)]
    units = {name: tuple(sorted(set(table[name]) - {""})) for name in ("epci", "dep", "reg")}
    return Scope(
        communes=tuple(sorted({*places, *territory})),
        territory=territory,
        epcis=units["epci"],
        departments=units["dep"],
        regions=units["reg"],
        boxes=tuple(apart(places.values())),
        variables=variables,
    )


def _inventory(folder: Path, paths: Sequence[Path]) -> Inventory:
    """Only what was just written: older files of the folder do not decide of the territory."""
    return Inventory(folder, tuple(file for path in paths for file in examine(path)[0]), ())


def _placed(geography: Geography, found: Mapping[str, Box], progress: Progress) -> dict[str, Box]:
    """Extents by present commune; a contour of a code that is on no list is said by its code."""
    places: dict[str, Box] = {}
    lost = []
    for code, place in found.items():
        present = geography.changes.current(code, None, geography.cog or None)
        known = [item for item in present if item in geography.communes.index]
        if not known:
            lost.append(code)
        for item in known:
            places[item] = union([place, places.get(item, place)]) or place
    if lost:
        progress.warn(
            "{count} contours have a code that is on no list of communes and are not used: {codes}.",
            count=len(lost),
            codes=", ".join(lost[:_SHOWN]),
        )
    return places


def _zone_codes(expression: str) -> list[str]:
    if not expression.strip():
        return []
    parts = parse_territory(expression)
    return list(dict.fromkeys(code for part in parts if part.level == "ZE" for code in part.codes))


def _write_zones(
    web: Web,
    zones: Collection[str],
    communes: pd.DataFrame,
    depot: Depot,
    members: ZoneMembers,
) -> Path:
    """The communes of employment zones, as Insee's table of them: geo.api.gouv.fr has none."""
    names = dict(zip(communes["code"], communes["nom"]))
    rows = []
    for zone in sorted(zones):
        codes = members(web, zone)
        if not codes:
            raise TerritoryError(
                "No commune is known in the employment zone ZE:{code}. Check its code (four digits, zones of 2020).",
                code=zone,
            )
        label = f"Zone d’emploi {zone}"  # no service tells its name
        rows += [(code, names.get(code, ""), zone, label) for code in sorted(codes)]
    origin = web.origins.get("melodi")
    source = Asking(web, "melodi").source(
        "cog_ze",
        retrieved=origin.oldest if origin else "",
        cog=str(geo_api.list_year(origin.oldest)) if origin else "",
    )
    return depot.table(ZONES, pd.DataFrame(rows, columns=list(_ZONE_COLUMNS), dtype=str), source)


def _melodi_members(web: Web, zone: str) -> Sequence[str]:
    from .melodi import zone_members

    return zone_members(web, zone)


def _outlines(web: Web, scope: Scope, depot: Depot, progress: Progress) -> None:
    """The maps do without the outlines that the service does not give."""
    units = {"epci": scope.epcis, "departement": scope.departments, "region": scope.regions}
    for layer, part in each(list(units), progress):
        try:
            with understood(web, [wfs.SERVICE]):
                wfs.collect_outlines(web, layer, units[layer], depot, part)
        except SourceError as error:
            depot.fail([wfs.OUTLINES[layer]], error)
            progress.warn(
                "Outlines not fetched, the maps will do without them: {file}. {reason}",
                file=wfs.OUTLINES[layer],
                reason=error.words(),
            )
