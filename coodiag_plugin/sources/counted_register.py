"""Establishments of the register by commune: all of them, employers, ESS, filières, estimated jobs.

The ESS is that of the statistics (METHODS §5): associations, coopératives, mutuelles, fondations;
the commercial companies of the ESS are counted apart. The register tells workforce classes only:
jobs are estimated between the bounds of the classes, at their middle. An estimate is hidden when
fewer than three establishments are behind it, or one makes more than 85 % of it; that of a unit is
therefore computed from its establishments, not from its communes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from ..core.catalogue import rows
from ..core.errors import SourceError
from ..core.nomenclatures import COMMERCIAL_ESS, NafFilter, ess_legal_forms
from ..core.privacy import LinkedTable, Reason, Sum, closed, secret, units_reason
from ..core.progress import Progress
from ..core.values import Value
from .counted import REGISTER, Counted, CountedTable, Places, with_zeros
from .folder import Inventory
from .sirene import read_stock
from .sirene_files import ESTABLISHMENTS, StockFiles, old_codes

JOBS = ("jobs", "jobs_low", "jobs_high")
#: Columns that only a register which tells the legal forms can give.
_OF_ESS = frozenset({"ess", "family", "commercial"})
#: Smallest establishments of each class of size.
_SIZES = ((1, "1-9"), (10, "10-49"), (50, "50+"))


def count(
    inventory: Inventory, asked: Sequence[Counted], places: Places, progress: Progress
) -> Iterator[CountedTable]:
    """The figures of the register of a folder, when it has one and some are asked for."""
    wanted = [item for item in asked if item.family == REGISTER]
    if not wanted or not inventory.of(ESTABLISHMENTS):
        return
    stock = StockFiles(
        tuple(inventory.of(ESTABLISHMENTS)), tuple(inventory.of("sirene_unite_legale"))
    )
    communes = sorted({*places.asked.communes, *_near(places)})
    try:
        register = read_stock(
            stock, communes, changes=old_codes(inventory, communes), progress=progress
        )
    except SourceError as error:
        progress.warn(
            "{file} is put aside: {reason}",
            file=stock.establishments[0].name,
            reason=error.words(),
        )
        return
    rule = str(register.attrs["counts"]["ess_rule"])
    table = prepare(register)
    covered = places.covered(set(table["home"])) & set(communes)
    cells = {
        item.name: cells_of(item, table, covered, places.asked.units)
        for item in wanted
        if told(item, rule)
    }
    file = stock.establishments[0]
    latest = str(register.attrs["latest"])[:4]
    year = int(latest) if latest.isdigit() else file.vintage or 0
    yield CountedTable(file, year, cells, stock.sources(rule))


def _near(places: Places) -> set[str]:
    """Communes of the EPCI and the départements asked for: not those of a whole région."""
    near = ("TERRITOIRE", "EPCI:", "DEP:", "ZE:", "GROUP:")
    return {
        code
        for unit, members in places.asked.units.items()
        if unit.startswith(near)
        for code in members
    }


def told(item: Counted, rule: str) -> bool:
    """Whether a register tells a variable; ``rule``: how it tells the ESS.

    Only its own flag tells the commercial companies; nothing does without the legal units.
    """
    columns = set(item.columns)
    if "commercial" in columns:
        return rule == "flag"
    return rule != "unknown" or not columns & _OF_ESS


@cache
def filieres() -> dict[str, tuple[str, ...]]:
    """Activities of each filière of ``catalogue/ess_filieres.csv``."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("ess_filieres"):
        found[row["filiere"]] = (*found.get(row["filiere"], ()), row["naf"])
    return found


@cache
def bounds() -> dict[str, tuple[int, int]]:
    """Fewest and most employees of each workforce class; the last class has no upper bound, its
    lower one stands for it."""
    return {
        row["code"]: (int(row["minimum"]), int(row["maximum"] or row["minimum"]))
        for row in rows("workforce")
    }


def prepare(register: pd.DataFrame) -> pd.DataFrame:
    """The columns that the conditions of ``catalogue/counted.csv`` speak of, as text, and the jobs.

    ``register``: the result of :func:`sources.sirene.read_stock`. An employer is what the register
    says to be one; where it does not say, an establishment with employees.
    """
    low, high = (
        register["tranche"].map({code: pair[side] for code, pair in bounds().items()}).fillna(0)
        for side in (0, 1)
    )
    employer = register["employer"].map({True: True, False: False})
    employer = employer.where(employer.notna(), low > 0).astype(bool)
    family = register["ess_family"].where(register["ess"].eq(True), "")
    inside = family.isin(set(ess_legal_forms().values()))
    table = pd.DataFrame({"home": register["codgeo"], "family": family.where(inside, "")})
    table["employer"] = _mark(employer)
    table["ess"] = _mark(inside)
    table["commercial"] = _mark(family == COMMERCIAL_ESS)
    rank = np.searchsorted([start for start, _ in _SIZES], low.to_numpy(), side="right")
    table["size"] = [_SIZES[place - 1][1] if place else "" for place in rank]
    codes = register["naf"].unique()
    for filiere, activities in filieres().items():
        chosen = NafFilter(activities)
        table[filiere] = _mark(register["naf"].isin([code for code in codes if chosen.keeps(code)]))
    table["jobs_low"], table["jobs_high"] = low.astype(float), high.astype(float)
    table["jobs"] = (table["jobs_low"] + table["jobs_high"]) / 2
    return table


def _mark(mask: pd.Series[bool]) -> pd.Series[str]:
    return mask.map({True: "1", False: ""}).astype(object)


def cells_of(
    item: Counted,
    table: pd.DataFrame,
    covered: Collection[str],
    units: Mapping[str, Collection[str]],
) -> dict[str, Value]:
    """Figures by commune; for estimated jobs also by unit whose communes are all covered."""
    chosen = table[item.keeps(table, None)]
    if item.sum not in JOBS:
        numbers = chosen.groupby("home").size()
        return with_zeros({str(k): float(v) for k, v in numbers.items()}, covered)
    by_commune = {str(code): part for code, part in chosen.groupby("home")}
    nothing = chosen.iloc[:0]
    parts = {code: by_commune.get(code, nothing) for code in sorted(covered)}
    whole = {
        unit: tuple(dict.fromkeys(members))
        for unit, members in units.items()
        if members and set(members) <= set(covered)
    }
    for unit, members in whole.items():
        parts[unit] = chosen[chosen["home"].isin(set(members))]
    return _shown(parts, whole, item.sum)


def _shown(
    parts: Mapping[str, pd.DataFrame], units: Mapping[str, tuple[str, ...]], measure: str
) -> dict[str, Value]:
    """Estimated jobs of each part. The same establishments hide the estimate and its bounds; no
    hidden one follows from a unit and its other communes."""
    primary = {key: units_reason(None, part["jobs"].tolist()) for key, part in parts.items()}
    hidden = {key for key, reason in primary.items() if reason is not None}
    halves = {key: int(2 * part["jobs"].sum()) for key, part in parts.items()}
    table = LinkedTable(
        halves,
        tuple(Sum(unit, members) for unit, members in units.items()),
        told=frozenset(key for key, count in halves.items() if not count),
    )
    hidden |= closed(table, 1, hidden)
    return {
        key: secret(primary[key] or Reason.SECONDARY_UNITS)
        if key in hidden
        else Value(float(part[measure].sum()))
        for key, part in parts.items()
    }
