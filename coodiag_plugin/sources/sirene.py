"""Establishments from Insee's Sirène stock files, read as a stream in bounded memory.

Reads the national files as published (csv, zipped or not), the geo_sirene extracts of Etalab, and
any smaller extract that keeps Sirène's column names. All codes are text. Only active
establishments are kept; partial diffusion masks everything but the commune and the activity;
the name of a natural person is never kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ..core.codes import arrondissements
from ..core.errors import SourceError
from ..core.nomenclatures import NafFilter, naf_code, tranches
from ..core.progress import Progress, Silent
from .official_file import OfficialFile
from .sirene_columns import TOWN_QUALITY, column, finish
from .sirene_files import StockFiles, read

#: Short name of a column of the register in Coodiag → name given by Insee.
ESTABLISHMENT = {
    "siret": "siret",
    "codgeo": "codeCommuneEtablissement",
    "etat": "etatAdministratifEtablissement",
    "statut": "statutDiffusionEtablissement",
    "naf": "activitePrincipaleEtablissement",
    "tranche": "trancheEffectifsEtablissement",
    "employer": "caractereEmployeurEtablissement",
    "enseigne1": "enseigne1Etablissement",
    "enseigne2": "enseigne2Etablissement",
    "usuelle": "denominationUsuelleEtablissement",
    "own_lon": "longitude",
    "own_lat": "latitude",
    "own_type": "geo_type",
    "own_x": "coordonneeLambertAbscisseEtablissement",
    "own_y": "coordonneeLambertOrdonneeEtablissement",
    "treated": "dateDernierTraitementEtablissement",
}
UNIT = {
    "unit_statut": "statutDiffusionUniteLegale",
    "denomination": "denominationUniteLegale",
    "denomination_usuelle": "denominationUsuelle1UniteLegale",
    "sigle": "sigleUniteLegale",
    "family_name": "nomUniteLegale",
    "used_name": "nomUsageUniteLegale",
    "legal_form": "categorieJuridiqueUniteLegale",
    "flag": "economieSocialeSolidaireUniteLegale",
}
POINT = {
    "geo_x": "x",
    "geo_y": "y",
    "geo_epsg": "epsg",
    "geo_lon": "x_longitude",
    "geo_lat": "y_latitude",
    "quality": "qualite_xy",
}


@dataclass
class StockCounts:
    """What became of each row read: every step adds up to the one before."""

    read: int = 0
    inside: int = 0  # in the territory, by commune code
    duplicates: int = 0  # of the inside, SIRET already read
    closed: int = 0  # of the others, not active
    filtered: int = 0  # active, left out by activity, workforce or ESS
    kept: int = 0
    masked: int = 0  # of the kept, partial diffusion: counted, not drawn
    without_point: int = 0  # of the kept, diffusible but not located
    at_town: int = 0  # of the located, at the town only
    natural_persons: int = 0
    ess_rule: str = "unknown"  # flag, legal_form or unknown

    def as_dict(self) -> dict[str, object]:
        return dict(vars(self))


@dataclass
class _Territory:
    """Commune codes accepted in the files and the territory's code each one stands for."""

    codes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, communes: Collection[str], changes: Mapping[str, str]) -> _Territory:
        codes = {code: code for code in communes}
        for code in communes:
            codes.update(dict.fromkeys(arrondissements(code), code))
        for old in changes:
            new, seen = old, {old}
            while new in changes and changes[new] not in seen and new not in codes:
                new = changes[new]
                seen.add(new)
            if old not in codes and new in codes:
                codes[old] = codes[new]
        return cls(codes)


def read_stock(
    files: object,
    communes: Collection[str],
    *,
    naf: Sequence[str] = (),
    ess_only: bool = False,
    workforce_min: int | None = None,
    changes: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Active establishments of ``communes``, one row each, sorted by SIRET.

    The columns are ``sirene_columns.COLUMNS``.

    ``files``: a :class:`StockFiles`, an inventory of a data folder, or one or several paths.
    ``naf``: codes or prefixes (``N``, ``81``, ``81.21Z``). ``workforce_min``: keeps the workforce
    classes whose lower bound is at least that number (a class that is not known is left out).
    ``changes``: old commune code → code of the territory's geography.

    ``lon``/``lat`` are WGS84 degrees; where they are missing ``x``/``y`` are metres in ``epsg``.
    ``ess`` is None when neither the flag nor the legal form is in the files. ``liste_ess`` is
    another definition, never mixed with it: whether the unit is in the national list of the ESS,
    None without that list. The counts are in
    ``result.attrs["counts"]`` (:class:`StockCounts` as a dictionary), the day of the last change
    of a kept row in ``attrs["latest"]`` ("" when the file does not tell). Raises
    :class:`SourceError` when no establishment file is there or its columns do not do.
    """
    progress = progress or Silent()
    stock = StockFiles.of(files, progress)
    sieve = _Sieve(_Territory.of(communes, changes or {}), NafFilter(naf), workforce_min)
    table = _read_establishments(stock, sieve, progress.part(0, 0.6))
    counts = sieve.counts()
    latest = max(column(table, "treated"), default="")[:10]
    table = _join(table, stock.units, "siren", UNIT, progress.part(0.6, 0.8))
    table = _join(table, stock.points, "siret", POINT, progress.part(0.8, 1))
    table = _mark_listed(table, stock.ess, progress)
    table, counts.natural_persons, counts.ess_rule = finish(table)
    if ess_only:
        before = len(table)
        table = table[table["ess"].eq(True).to_numpy(dtype=bool)].reset_index(drop=True)
        counts.filtered += before - len(table)
    _count(table, counts)
    _report(counts, ess_only, progress)
    table.attrs["counts"], table.attrs["latest"] = counts.as_dict(), latest
    return table


class _Sieve:
    """Chooses the rows of the files, chunk after chunk, and counts what becomes of each.

    A SIRET found in several files is read from the first (newest) one, even if closed there.
    """

    def __init__(
        self, territory: _Territory, activities: NafFilter, workforce_min: int | None
    ) -> None:
        self.codes = territory.codes
        self._activities = activities
        self._enough = {
            code for code, row in tranches().items() if row.minimum >= (workforce_min or 0)
        }
        self._all_sizes = not workforce_min
        self._done: list[StockCounts] = []
        self._before: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self._counts = StockCounts()
        self._seen: set[str] = set()

    def end_file(self, read: int) -> None:
        """``read``: rows of the file, those that never came here included."""
        self._counts.read = read
        self._done.append(self._counts)
        self._before |= self._seen
        self._begin()

    def counts(self) -> StockCounts:
        """Counts of all the files."""
        result = StockCounts()
        for name in ("read", "inside", "duplicates", "closed", "filtered"):
            setattr(result, name, sum(getattr(part, name) for part in self._done))
        return result

    def __call__(self, chunk: pd.DataFrame) -> pd.Series:
        """The mask of the rows to keep of a chunk whose index counts the rows of its file."""
        if len(chunk) and chunk.index[0] == 0:
            self._begin()  # the reader starts again when the encoding proves to be another one
        counts = self._counts
        inside = chunk["codgeo"].isin(self.codes)
        counts.inside += int(inside.sum())
        siret = chunk.loc[inside, "siret"].str.strip().str.zfill(14)
        fresh = ~siret.isin(self._before) & ~siret.isin(self._seen) & ~siret.duplicated()
        self._seen.update(siret)
        counts.duplicates += int((~fresh).sum())
        rows = chunk.loc[fresh.index[fresh]]
        active = rows["etat"] == "A" if "etat" in rows else pd.Series(True, index=rows.index)
        counts.closed += int((~active).sum())
        rows = rows[active]
        chosen = self._chosen(rows)
        counts.filtered += int((~chosen).sum())
        return pd.Series(chunk.index.isin(rows.index[chosen]), index=chunk.index)

    def _chosen(self, rows: pd.DataFrame) -> np.ndarray:
        """Rows of the activities and sizes that are asked for."""
        activity = column(rows, "naf").map(naf_code).map(self._activities.keeps)
        chosen = activity.to_numpy(dtype=bool)
        if not self._all_sizes:
            # Not in place: the arrays of pandas 3 cannot be written to.
            chosen = chosen & column(rows, "tranche").isin(self._enough).to_numpy(dtype=bool)
        return chosen


def _read_establishments(stock: StockFiles, sieve: _Sieve, progress: Progress) -> pd.DataFrame:
    """Chosen rows with the short column names of ESTABLISHMENT and _UNIT."""
    wanted = {source: short for short, source in {**ESTABLISHMENT, **UNIT}.items()}
    share = 1 / len(stock.establishments)
    parts = []
    for number, file in enumerate(stock.establishments):
        part = progress.part(number * share, (number + 1) * share)
        found = read(file, wanted, ("codgeo", sieve.codes), sieve, part)
        parts.append(found)
        sieve.end_file(found.attrs["read"])
    table = pd.concat(parts, ignore_index=True).fillna("")
    table["siret"] = table["siret"].str.strip().str.zfill(14)
    table["siren"] = table["siret"].str[:9]
    table["codgeo"] = table["codgeo"].map(sieve.codes)
    table["naf"] = column(table, "naf").map(naf_code)
    return table


def _join(
    table: pd.DataFrame,
    files: Sequence[OfficialFile],
    key: str,
    columns: Mapping[str, str],
    progress: Progress,
) -> pd.DataFrame:
    """``table`` with the ``columns`` of the rows of ``files`` that share its ``key``.

    A cell that the establishment file already fills is kept.
    """
    if not files:
        return table
    keys = set(table[key])
    wanted = {**{source: short for short, source in columns.items()}, key: "join_key"}
    share = 1 / len(files)
    right = pd.concat(
        [
            read(
                file,
                wanted,
                ("join_key", keys),
                lambda chunk: chunk["join_key"].isin(keys),
                progress.part(number * share, (number + 1) * share),
            )
            for number, file in enumerate(files)
        ],
        ignore_index=True,
    )
    right = right.fillna("").drop_duplicates("join_key").set_index("join_key")
    result = table.copy()
    for short in right.columns:
        own = column(table, short)
        result[short] = own.where(own != "", table[key].map(right[short]).fillna(""))
    missing = int((~table[key].isin(right.index)).sum())
    if missing:
        progress.say(
            "{count} establishments have no row in {file}.",
            count=missing,
            file=", ".join(file.name for file in files),
        )
    return result


def _mark_listed(
    table: pd.DataFrame, files: Sequence[OfficialFile], progress: Progress
) -> pd.DataFrame:
    """``table`` with ``listed``: whether the unit is in the (newest) national list of the ESS."""
    if not files:
        return table
    sirens = frozenset(table["siren"])
    found = read(
        files[0],
        {"siren": "siren"},
        ("siren", sirens),
        lambda chunk: chunk["siren"].isin(sirens),
        progress.part(1, 1),
    )
    return table.assign(listed=table["siren"].isin(set(found["siren"])))


def _count(table: pd.DataFrame, counts: StockCounts) -> None:
    hidden = table["statut"] != "O"
    located = table["lon"].notna() | table["x"].notna()
    counts.kept = len(table)
    counts.masked = int(hidden.sum())
    counts.without_point = int((~hidden & ~located).sum())
    counts.at_town = int((located & (table["geo_quality"] == TOWN_QUALITY)).sum())
    balance = counts.closed + counts.duplicates + counts.filtered + counts.kept
    if balance != counts.inside:
        raise SourceError(
            "The establishments do not add up: {inside} in the territory, {balance} accounted for.",
            inside=counts.inside,
            balance=balance,
        )


def _report(counts: StockCounts, ess_only: bool, progress: Progress) -> None:
    """The reconciliation in sentences."""
    progress.say(
        "Sirène: {read} rows read, {inside} in the territory, of which {duplicates} repeated, "
        "{closed} closed, {filtered} left out by the filters, {kept} kept.",
        **counts.as_dict(),
    )
    progress.say(
        "Of the establishments kept, {masked} have partial diffusion (counted, not drawn), "
        "{without_point} have no point, {at_town} stand at the town only.",
        **counts.as_dict(),
    )
    if counts.ess_rule == "legal_form":
        progress.warn(
            "The files have no ESS flag: the ESS is recognised by legal form and activity."
        )
    if counts.ess_rule == "unknown" and ess_only:
        raise SourceError(
            "The ESS cannot be recognised: neither the ESS flag nor the legal form is in the files. "
            "Add StockUniteLegale to the folder."
        )
    if not counts.inside:
        progress.warn("The Sirène files hold no establishment of the territory.")
