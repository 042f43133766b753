"""Observations of a Melodi dataset as tables of a data folder, one by level, columns as Insee names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ...core.codes import commune_of
from ...core.errors import SourceError
from ...core.provenance import Provenance
from ...core.variables import family
from .melodi_cells import NO_DATA, Cells, Observation, Plan, Recipe
from .melodi_query import Dataset, Seen

#: Level of GEO → (family of catalogue/datasets.csv, key column, end of the file name).
LEVELS = {
    "COM": ("melodi_commune", "GEO_COM", "communes"),
    "EPCI": ("melodi_epci", "GEO_EPCI", "epci"),
    "DEP": ("melodi_departement", "GEO_DEP", "departements"),
    "REG": ("melodi_region", "GEO_REG", "regions"),
    "FRANCE": ("melodi_france", "GEO_FRANCE", "france"),
}
ARRONDISSEMENT = "ARM"
#: The country with its overseas départements, and without; the first that has figures is kept.
FRANCE = {"F": "FRANCE", "FM": "METRO"}
_METROPOLIS = "France métropolitaine"
_ADDRESS = "https://catalogue-donnees.insee.fr/fr/catalogue/recherche/{dataset}"


@dataclass(frozen=True)
class LevelTable:
    """A file to be written."""

    name: str
    frame: pd.DataFrame
    source: Provenance


def tables(
    dataset: Dataset,
    plan: Plan,
    wanted: Sequence[Recipe],
    seen: Seen,
    communes: Iterable[str],
) -> tuple[list[LevelTable], dict[str, SourceError]]:
    """The tables of a dataset, and the variables whose figures contradict one another.

    ``communes`` have a row even when the service says nothing of them. Levels without any figure
    nor secret have no table.
    """
    found: list[LevelTable] = []
    spoilt: dict[str, SourceError] = {}
    for level, (_, key, end) in LEVELS.items():
        levels = (level, ARRONDISSEMENT) if level == "COM" else (level,)
        here = [(where, item) for where, item in seen if where.level in levels]
        units = _units(level, here, communes)
        years = _columns(plan, wanted, [item for _, item in here], units, spoilt)
        if not years:
            continue
        columns = {_header(*column): cells for column, cells in years.items()}
        frame = pd.DataFrame({key: list(units.values()), **columns}, dtype=str)
        source = _source(dataset, level, here, years)
        if "FM" in units:
            source = replace(source, note=f"{source.note} ; {_METROPOLIS}")
        found.append(LevelTable(f"melodi_{dataset.name}_{end}.csv", frame, source))
    return found, spoilt


def _units(level: str, here: Seen, communes: Iterable[str]) -> dict[str, str]:
    """Units of a table, sorted: code in the answer → cell of the key column."""
    there = {where.code for where, _ in here}
    if level == "FRANCE":
        told = {item.unit for _, item in here if item.text != NO_DATA}
        return {code: FRANCE[code] for code in FRANCE if code in told and code == min(told)}
    if level == "COM":
        apart = {commune_of(code) for code in there}  # with those given by arrondissement
        there |= set(communes) - apart
    return {code: code for code in sorted(there)}


def _columns(
    plan: Plan,
    wanted: Sequence[Recipe],
    observations: Sequence[Observation],
    units: Mapping[str, str],
    spoilt: dict[str, SourceError],
) -> dict[tuple[str, int], list[str]]:
    """Cells by variable and year; a variable that cannot be told goes to ``spoilt``."""
    columns: dict[tuple[str, int], list[str]] = {}
    for recipe in wanted:
        if recipe.variable not in plan.ways:
            continue
        try:
            cells = Cells(plan, recipe.variable, observations)
        except SourceError as error:
            spoilt[recipe.variable] = error
            continue
        for year in cells.years[: 1 if _undated(recipe.variable) else recipe.periods]:
            columns[recipe.variable, year] = [cells.text(unit, year) for unit in units]
    return columns


def _undated(variable: str) -> bool:
    """Whether a variable does not age: an area."""
    return not family(variable).source


def _header(variable: str, year: int) -> str:
    """``P22_POP``, ``C22_FAM``, ``MED21``, ``ETTEFP1022``, ``SUPERF``."""
    if _undated(variable):
        return variable
    if variable[:2] in ("P_", "C_"):
        return f"{variable[0]}{year % 100:02d}{variable[1:]}"
    return f"{variable}{year % 100:02d}"


def _source(
    dataset: Dataset, level: str, here: Seen, columns: Iterable[tuple[str, int]]
) -> Provenance:
    """The line among the sources: dataset, newest year of its variables, year of its list."""
    newest: dict[str, int] = {}
    for variable, year in columns:
        if not _undated(variable):
            newest[variable] = max(year, newest.get(variable, 0))
    lists = {where.cog for where, _ in here} - {""}
    known = {"title": dataset.title} if dataset.title else {}
    works = [family(variable).source for variable in newest]
    if works:
        producer, _, work = works[0].partition(", ")
        known = {"producer": producer, "title": _title(work, dataset.title)}
    return dataset.asking.source(
        LEVELS[level][0],
        vintage=", ".join(str(year) for year in sorted(set(newest.values()))),
        cog=lists.pop() if len(lists) == 1 else "",
        note=f"jeu de données {dataset.name}",
        address=_ADDRESS.format(dataset=dataset.name),
        **known,
    )


def _title(work: str, title: str) -> str:
    """« Recensement de la population : logements »."""
    if not title:
        return work
    lower = title[0].lower() + title[1:] if title[1:2].islower() else title
    return f"{work} : {lower}"
