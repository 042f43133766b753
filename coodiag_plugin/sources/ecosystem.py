"""Places that matter to an inclusion enterprise, from every source of a data folder, in one table.

Nothing about persons: places of organisations only, without contacts nor addresses; the
establishments of natural persons are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..core.errors import SourceError
from ..core.progress import Progress, Silent
from .ecosystem_files import FAMILIES, TRUST, Register, Where, file_places, register_places
from .ecosystem_kinds import Kind, chosen, kinds
from .ecosystem_place import Merged, Place, merge
from .folder import Inventory
from .official_file import OfficialFile
from .sirene import read_stock
from .sirene_files import ESTABLISHMENTS, StockFiles, old_codes

#: Columns of the table, in order. ``lon`` and ``lat``: degrees (WGS84), NaN without a point.
COLUMNS = [
    "kind", "label", "theme", "name", "siret", "source", "codgeo", "lon", "lat", "quality",
]  # fmt: skip
#: The kind of an inclusion enterprise whose type no source tells.
UNTYPED = "siae"


@dataclass(frozen=True)
class Ecosystem:
    """Places of interest: rows of :data:`COLUMNS` by kind, commune and name.

    ``files``: what was read. ``told``: number of places that each source told, before merging.
    """

    table: pd.DataFrame
    files: tuple[OfficialFile, ...]
    told: Mapping[str, int]

    @property
    def located(self) -> int:
        return int(self.table["lon"].notna().sum())

    @property
    def by_kind(self) -> dict[str, int]:
        """Number of places of each kind that has some, in the order of the catalogue."""
        found = Counter(self.table["kind"])
        return {name: found[name] for name in kinds() if found[name]}


def holds_places(inventory: Inventory) -> bool:
    """Whether a folder has any file that places of interest come from."""
    return bool(inventory.of(*FAMILIES, ESTABLISHMENTS))


def ecosystem(
    inventory: Inventory,
    communes: Mapping[str, str],
    *,
    wanted: Collection[str] = (),
    register: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Ecosystem:
    """Places of interest of ``communes`` (code → name) in the files of a folder.

    ``wanted``: ids of ``catalogue/ecosystem.csv`` (none: all). ``register``: the result of
    :func:`sources.sirene.read_stock` for these communes when it was already read. Raises
    SourceError when no file of the folder holds places, InputError for an unknown kind.
    """
    progress = progress or Silent()
    asked = chosen(wanted)
    if not holds_places(inventory):
        raise SourceError(
            "The folder {folder} holds no file with places of interest. Put there the Base permanente des équipements (BPE), the Sirène stock or the lists of inclusion, or set SOURCE to online.",
            folder=inventory.folder.name,
        )
    changes = old_codes(inventory, communes)
    stock: tuple[OfficialFile, ...] = ()
    if inventory.of(ESTABLISHMENTS):
        stock = StockFiles.of(inventory, progress).files
        if register is None:
            part = progress.part(0.0, 0.6)
            register = read_stock(inventory, communes, changes=changes, progress=part)
    known = None if register is None else Register(register)
    if known is not None and register is not None and len(register) and not len(known.table):
        progress.warn(
            "The establishments give no place of interest: without StockUniteLegale, organisations cannot be told from persons."
        )
    places, files = file_places(
        inventory, Where.of(communes, changes), asked, known, progress.part(0.6, 0.8)
    )
    if known is not None:
        places += register_places(known, asked, progress.part(0.8, 0.9))
    merged = merge(_typed(places), TRUST, progress.part(0.9, 1.0))
    result = Ecosystem(
        _table(merged, asked), (*files, *stock), Counter(place.source for place in places)
    )
    _report(result, progress)
    return result


def _typed(places: list[Place]) -> list[Place]:
    """Places whose type another source tells for the same SIRET take that type."""
    types: dict[str, list[str]] = {}
    insertion = {kind.id for kind in kinds().values() if kind.siae and kind.id != UNTYPED}
    for place in places:
        if place.siret and place.kind in insertion:
            types.setdefault(place.siret, []).append(place.kind)
    return [
        replace(place, kind=kind)
        for place in places
        for kind in (
            dict.fromkeys(types.get(place.siret, [UNTYPED]))
            if place.kind == UNTYPED
            else [place.kind]
        )
    ]


def _table(merged: list[Merged], asked: list[Kind]) -> pd.DataFrame:
    order = {kind.id: rank for rank, kind in enumerate(asked)}
    rows = []
    for item in merged:
        kind, best = kinds()[item.kind], item.located
        lon, lat = best.point or (np.nan, np.nan)
        rows.append(
            {
                "kind": kind.id,
                "label": kind.label,
                "theme": kind.theme,
                "name": item.name,
                "siret": item.siret,
                "source": ", ".join(item.sources),
                "codgeo": best.codgeo,
                "lon": lon,
                "lat": lat,
                "quality": best.quality,
            }
        )
    rows.sort(key=lambda row: (order.get(str(row["kind"]), 0), *map(str, row.values())))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"lon": float, "lat": float})


def _report(found: Ecosystem, progress: Progress) -> None:
    several = int(found.table["source"].str.contains(", ").sum()) if len(found.table) else 0
    progress.say(
        "{count} places of interest: {located} located, {unlocated} without a point, {several} found in several sources.",
        count=len(found.table),
        located=found.located,
        unlocated=len(found.table) - found.located,
        several=several,
    )
