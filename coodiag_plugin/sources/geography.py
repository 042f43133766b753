"""Communes of one COG year, what they belong to, and territories resolved from codes or names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Optional

import pandas as pd

from ..core.catalogue import rows
from ..core.codes import commune_code, department, region
from ..core.errors import SourceError
from ..core.progress import Progress, Silent
from ..core.provenance import Provenance
from ..core.territory import JOINED, Territory, parts
from .changes import COLUMNS, Changes
from .contours import ContourList, contour_lists
from .folder import Inventory, provenance, read_columns
from .memberships import Membership, agrees, former_codes, read_membership, read_memberships

#: A source and the communes that took something from it; None stands for all of them.
Use = tuple[Provenance, Optional[frozenset[str]]]
#: Tables of figures short enough to be read for the communes they name.
NATIONAL_TABLES = ("comparateur", "populations_legales", "filosofi_cc")
#: Levels a commune belongs to, and the column of :attr:`Geography.communes` that holds them.
LEVEL_COLUMNS = {"EPCI": "epci", "DEP": "dep", "REG": "reg", "ZE": "ze"}


@dataclass
class Geography:
    """Communes of one COG year with their memberships.

    ``communes``: index codgeo, columns nom, epci, dep, reg, ze (text, "" when unknown). It may
    hold communes that no contour shows. ``names``: ``EPCI:243500139`` → « Rennes Métropole ».
    ``parents``: delegated or associated commune → its commune.
    """

    cog: int
    communes: pd.DataFrame
    names: dict[str, str]
    changes: Changes
    uses: list[Use]
    contours: tuple[ContourList, ...] = ()
    parents: dict[str, str] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)  # communes of a unit, as published
    inventory: Inventory | None = None

    @property
    def provenance(self) -> list[Provenance]:
        """Every table that something was taken from."""
        return [source for source, _ in self.uses]

    def provenance_of(self, communes: Iterable[str]) -> list[Provenance]:
        """The tables that something was taken from for these communes."""
        wanted = set(communes)
        return [source for source, taken in self.uses if taken is None or taken & wanted]

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Communes that statistical tables name and that no contour or membership table does.

        They show when the folder holds an extract of a département and not the whole of it.
        """
        if self.inventory is None:
            return frozenset()
        named: set[str] = set()
        for codes in _codes_with_figures(self.inventory):
            for code in codes:
                named.update(self.changes.current(code, None, self.cog or None))
        return frozenset(named - set(self.communes.index))

    def resolve(self, expression: str, progress: Progress | None = None) -> Territory:
        """The territory of a TERRITORY parameter, without its neighbours."""
        from .resolution import resolve

        return resolve(self, expression, progress or Silent())

    def members(self, unit_key: str) -> tuple[str, ...]:
        """Communes of ``EPCI:…``, ``DEP:…``, ``REG:…``, ``ZE:…``, ``FRANCE``, of a joined unit, or
        of a commune code.

        Only communes that the folder's tables and contours name: an extract knows its own.
        """
        if unit_key == "FRANCE":
            return tuple(self.communes.index)
        level, _, code = unit_key.partition(":")
        if level in JOINED:
            return tuple(commune for part in parts(unit_key) for commune in self.members(part))
        if not code:
            return (unit_key,) if unit_key in self.communes.index else ()
        column = self.communes[LEVEL_COLUMNS[level]]
        return tuple(column.index[column == code])

    def name(self, unit_key: str) -> str:
        """Name of a commune or of a unit, its code when no file names it."""
        if unit_key in self.communes.index:
            return str(self.communes.at[unit_key, "nom"]) or unit_key
        return self.names.get(unit_key, unit_key.partition(":")[2] or unit_key)


def load_geography(inventory: Inventory, progress: Progress | None = None) -> Geography:
    """Read the contours' lists and the tables of memberships of a folder.

    The COG year is that of the best contours, brought forward when a table of figures needs it
    (:func:`_cog_year`). Each commune takes each membership from the newest table that agrees
    with the contours.
    """
    progress = progress or Silent()
    changes, used = _load_changes(inventory)
    lists = contour_lists(inventory, changes, progress)
    tables = read_memberships(inventory, progress)
    if not lists and not tables:
        raise SourceError(
            "The folder {folder} holds neither contours of communes nor a table of communes. Add ADMIN EXPRESS (IGN) or the COG tables (Insee).",
            folder=str(inventory.folder),
        )
    cog = _cog_year(inventory, lists, tables, changes)
    if lists and lists[0].year and cog > lists[0].year:
        progress.say(
            "The contours of {file} follow the commune list of {year}; the communes merged since are put together, on the list of {cog}.",
            file=lists[0].file.name,
            year=lists[0].year,
            cog=cog,
        )
    listed = _listed(lists, changes, cog)
    geography = Geography(cog, pd.DataFrame(), {}, changes, used, tuple(lists), inventory=inventory)
    universe = _gather(geography, _with_layers(tables, lists), listed, progress)
    geography.communes = _table(universe)
    geography.published = _name_units(inventory, geography.names)
    return geography


def _gather(
    geography: Geography, tables: list[Membership], listed: frozenset[str], progress: Progress
) -> dict[str, dict[str, str]]:
    """Rows of every commune from the tables, newest first; names, parents and uses on the way."""
    universe: dict[str, dict[str, str]] = {code: {} for code in sorted(listed)}
    covered: set[str] = set()
    for table in tables:
        progress.check()
        converted = table.converted(geography.changes, geography.cog, listed)
        if listed and not agrees(converted, listed):
            progress.say(
                "{file} is of another commune geography than the contours of {year}: set aside.",
                file=table.file.name,
                year=geography.cog,
            )
            continue
        taken = _merge(universe, geography.names, converted, covered)
        if taken:
            geography.uses.append((provenance(table.file, cog=table.year or None), taken))
        geography.parents.update({k: v for k, v in table.parents.items() if k not in universe})
        if any("epci" in row for row in converted.values()):
            covered |= {department(code) for code in converted}
    return universe


def _load_changes(inventory: Inventory) -> tuple[Changes, list[Use]]:
    """The official table of changes, completed by the old codes that another table tells."""
    files, former = inventory.of("cog_mouvements"), former_codes(inventory)
    if not files:
        return Changes().with_former(former), []
    changes = Changes.from_table(read_columns(files[0], COLUMNS))
    return changes.with_former(former), [(provenance(files[0]), None)]


def _cog_year(
    inventory: Inventory, lists: list[ContourList], tables: list[Membership], changes: Changes
) -> int:
    """Year of the contours' list, or the latest that the table of changes knows.

    The contours are brought forward when a table of figures is on a later list than theirs:
    forwards, merged communes are put together and their counts summed; backwards, the figures
    of a merged commune could not be shared between its parts. A list with a commune split since
    stays at its own year. Without contours: the newest table's year.
    """
    if lists and lists[0].year:
        own, latest = lists[0].year, changes.year or 0
        if own < latest and _is_behind(lists[0], _codes_with_figures(inventory), changes):
            return latest
        return own
    years = [table.year for table in tables if table.year and not table.file.reserve]
    return years[0] if years else (changes.year or 0)


def _is_behind(item: ContourList, tables: list[frozenset[str]], changes: Changes) -> bool:
    """Whether a table has a commune in place of one of the list that merged into it."""
    successors = {code: changes.current(code, item.year) for code in item.codes}
    if any(len(after) > 1 for after in successors.values()):
        return False
    merged = {code: after[0] for code, after in successors.items() if after != (code,)}
    return any(
        code not in table and after in table for table in tables for code, after in merged.items()
    )


def _codes_with_figures(inventory: Inventory) -> list[frozenset[str]]:
    """Communes of each table of figures that is short enough to be read for that."""
    result = []
    for file in inventory.of(*NATIONAL_TABLES):
        if file.key is not None and not file.reserve:
            codes = {commune_code(cell) for cell in read_columns(file, [file.key])[file.key]}
            result.append(frozenset(code for code in codes if code is not None))
    return result


def _listed(lists: list[ContourList], changes: Changes, cog: int) -> frozenset[str]:
    """Communes of ``cog`` that some contours show."""
    return frozenset(code for item in lists for code in targets(item, changes, cog).values())


def targets(item: ContourList, changes: Changes, cog: int) -> dict[str, str]:
    """``{code in the file: commune of cog}``; a commune split since has no target."""
    result = {}
    for code in item.codes:
        since = changes.since(code, item.year or 0, cog)
        successors = changes.current(code, since, cog or None)
        if len(successors) == 1:
            result[code] = successors[0]
    return result


def _with_layers(tables: list[Membership], lists: list[ContourList]) -> list[Membership]:
    """The tables with the attributes of the contours among them, newest first."""
    layers = [read_membership(item.file, item.year or 0) for item in lists]
    return sorted([*tables, *layers], key=lambda item: (bool(item.file.reserve), -item.year))


def _merge(
    universe: dict[str, dict[str, str]],
    names: dict[str, str],
    rows_: dict[str, dict[str, str]],
    covered: set[str],
) -> frozenset[str]:
    """Fill what is still blank; tell the communes that took something.

    A commune that is nowhere yet enters only where no newer table lists its département: an
    older table would bring back communes merged since.
    """
    taken: set[str] = set()
    for code, row in rows_.items():
        if code not in universe:
            if department(code) in covered:
                continue
            universe[code] = {}
            taken.add(code)
        target = universe[code]
        for meaning in ("nom", "epci", "dep", "reg", "ze"):
            if meaning in row and meaning not in target:
                target[meaning] = row[meaning]
                taken.add(code)
        for level, meaning in LEVEL_COLUMNS.items():
            if meaning in row and f"nom_{meaning}" in row:
                names.setdefault(f"{level}:{row[meaning]}", row[f"nom_{meaning}"])
    return frozenset(taken)


def _table(universe: dict[str, dict[str, str]]) -> pd.DataFrame:
    """Memberships as a table; département and région follow from the code when no file says."""
    records = []
    for code in sorted(universe):
        row = universe[code]
        records.append(
            {
                "codgeo": code,
                "nom": row.get("nom", ""),
                "epci": row.get("epci", ""),
                "dep": row.get("dep") or department(code),
                "reg": row.get("reg") or region(code) or "",
                "ze": row.get("ze", ""),
            }
        )
    columns = ["codgeo", "nom", "epci", "dep", "reg", "ze"]
    return pd.DataFrame(records, columns=columns, dtype=str).set_index("codgeo")


def _name_units(inventory: Inventory, names: dict[str, str]) -> dict[str, int]:
    """Name the EPCI and employment zones not named yet, the départements and régions.

    Returns the number of communes that the published table gives to each unit.
    """
    published: dict[str, int] = {}
    for file in inventory.of("cog_zones"):
        table = read_columns(file, ["NIVGEO", "CODGEO", "LIBGEO", "NB_COM"])
        for level, code, name, count in table.itertuples(index=False):
            unit = re.sub(r"^ZE(?:20\d\d)?$", "ZE", level)
            if unit in LEVEL_COLUMNS:
                names.setdefault(f"{unit}:{code}", name)
                if count.isdigit():
                    published.setdefault(f"{unit}:{code}", int(count))
    for dataset, level in (
        ("contours_epci", "EPCI"),
        ("cog_departements", "DEP"),
        ("cog_regions", "REG"),
    ):
        for file in inventory.of(dataset):
            _name_from(file.key, _name_column(file.columns), level, read_columns(file), names)
    for catalogue, level in (("departements", "DEP"), ("regions", "REG")):
        for row in rows(catalogue):
            names.setdefault(f"{level}:{row['code']}", row["nom"])
    return published


def _name_column(columns: Iterable[str]) -> str | None:
    wanted = ("LIBELLE", "NOM_OFFICIEL", "NOM_EPCI", "NOM", "LIBGEO")
    present = {column.upper(): column for column in columns}
    return next((present[name] for name in wanted if name in present), None)


def _name_from(
    key: str | None, label: str | None, level: str, table: pd.DataFrame, names: dict[str, str]
) -> None:
    if key is None or label is None:
        return
    for code, name in zip(table[key], table[label]):
        if name:
            names.setdefault(f"{level}:{code}", name)
