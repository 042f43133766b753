"""Counts of places by commune: equipments (BPE), France services, structures of inclusion."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..core.codes import department
from ..core.errors import SourceError
from ..core.progress import Progress, each
from ..core.values import Value
from .counted import NATIONAL, Counted, CountedTable, Placed, Places, with_zeros
from .ecosystem_files import BPE, HOUSES, INCLUSION, SIAE, equipment_labels, year_of
from .folder import Inventory
from .names import normalise
from .official_file import OfficialFile, citation_of, read_columns


@dataclass(frozen=True)
class Shape:
    """Columns of a family, in lower case; those that a file lacks are read as empty.

    ``identity``: what makes two rows the same place, the first one that is not empty; () when each
    row is one. ``number``: places of a row.
    """

    code: str
    year: str = ""
    number: str = ""
    identity: tuple[str, ...] = ()
    place: tuple[str, ...] = ()  # what else places a row: name of the town, département


SHAPES = {
    BPE: Shape("depcom", year="an", number="nb_equip"),
    HOUSES: Shape("insee_com"),
    INCLUSION: Shape("code_insee", identity=("siret", "nom", "id")),
    SIAE: Shape("code_commune", identity=("siret",), place=("ville", "departement")),
}
#: Chunks of a file whose distinct rows are kept before they are put together.
_PARTS = 8


def count(
    inventory: Inventory, asked: Sequence[Counted], places: Places, progress: Progress
) -> Iterator[CountedTable]:
    """A table of figures by file of the families of ``asked``; a damaged file is put aside."""
    labels = equipment_labels(inventory)
    families = {item.family for item in asked}
    files = [file for name in SHAPES if name in families for file in inventory.of(name)]
    for file, part in each(files, progress):
        wanted = [item for item in asked if item.family == file.dataset]
        try:
            yield _count(file, SHAPES[file.dataset], wanted, labels, places, part)
        except SourceError as error:
            progress.warn("{file} is put aside: {reason}", file=file.name, reason=error.words())


def _count(
    file: OfficialFile,
    shape: Shape,
    wanted: Sequence[Counted],
    labels: Mapping[int | None, Mapping[str, str]],
    places: Places,
    progress: Progress,
) -> CountedTable:
    filters = tuple(dict.fromkeys(name for item in wanted for name in item.columns))
    table = _tally(file, shape, filters, progress)
    year = _newest(table, shape)
    if year is not None:
        table = table[table[shape.year] == str(year)]
    vintage = year or year_of(file)
    placed = places.place(table[shape.code], file)
    table = table.assign(home=table[shape.code].map(placed.now).fillna(""))
    if shape.place:
        table["home"] = _towns(file, table, shape, places, progress)
    covered = _covered(file, table, places)
    known = labels.get(vintage) or labels.get(None) or {}
    cells = {}
    for item in wanted:
        rows = table[item.keeps(table, vintage, known)]
        if len(rows) or item.always:
            cells[item.name] = _by_commune(rows, shape, covered, placed)
    return CountedTable(file, vintage or 0, cells, split=placed.lost)


def _by_commune(
    rows: pd.DataFrame, shape: Shape, covered: set[str], placed: Placed
) -> dict[str, Value]:
    if shape.identity:
        rows = rows.drop_duplicates(["home", "identity"]).assign(number=1)
    numbers = rows.loc[rows["home"] != ""].groupby("home")["number"].sum()
    return with_zeros({str(k): float(v) for k, v in numbers.items()}, covered, placed.lost)


class _Tally:
    """Distinct rows of a file with their ``number``, chunk after chunk: a national file fits in
    memory."""

    def __init__(self, shape: Shape, columns: Sequence[str]) -> None:
        self._shape, self._columns = shape, list(columns)
        self._parts: list[pd.DataFrame] = []

    def __call__(self, chunk: pd.DataFrame) -> pd.Series[bool]:
        if len(chunk) and chunk.index[0] == 0:
            self._parts.clear()  # the reader starts again when the encoding proves to be another
        lower = chunk.rename(columns=str.lower)
        part = lower.reindex(columns=self._columns, fill_value="").assign(number=1)
        if self._shape.number in lower:
            told = pd.to_numeric(lower[self._shape.number], errors="coerce").fillna(1)
            part["number"] = told.astype(int)
        self._parts.append(self._grouped(part))
        if len(self._parts) >= _PARTS:
            self._parts = [self._grouped(pd.concat(self._parts))]
        return pd.Series(False, index=chunk.index)

    def _grouped(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.groupby(self._columns, sort=False, as_index=False)["number"].sum()

    def table(self) -> pd.DataFrame:
        """The rows, sorted so that their order in the file changes nothing."""
        if not self._parts:
            return pd.DataFrame({name: pd.Series(dtype=object) for name in self._columns}).assign(
                number=0
            )
        table = pd.concat(self._parts)
        for name in self._columns:
            table[name] = table[name].str.strip()
        return self._grouped(table).sort_values(self._columns, ignore_index=True)


def _tally(
    file: OfficialFile, shape: Shape, filters: Sequence[str], progress: Progress
) -> pd.DataFrame:
    """Distinct rows of a file with their ``number``, by lower-case names."""
    columns = list(
        dict.fromkeys(
            name for name in (shape.code, shape.year, *shape.place, *shape.identity, *filters)
            if name
        )
    )  # fmt: skip
    there = {name.lower(): name for name in file.columns}
    tally = _Tally(shape, columns)
    asked = [there[name] for name in (*columns, shape.number) if name in there]
    read_columns(file, asked, tally, progress)
    table = tally.table()
    if shape.identity:
        table["identity"] = _identity(table, shape)
    return table


def _identity(table: pd.DataFrame, shape: Shape) -> list[str]:
    """The same text for the rows of one place; a row that tells nothing is one of its own."""
    cells = zip(*(table[name] for name in shape.identity))
    found = (next((text for text in row if text), "") for row in cells)
    return [normalise(text) or f"row {rank}" for rank, text in enumerate(found)]


def _newest(table: pd.DataFrame, shape: Shape) -> int | None:
    """Latest year that the rows tell, None when they tell none."""
    if not shape.year:
        return None
    years = [int(text) for text in table[shape.year].unique() if text.isdigit()]
    return max(years, default=None)


def _covered(file: OfficialFile, table: pd.DataFrame, places: Places) -> set[str]:
    """Communes for which a missing row means that there is no such place.

    The BPE has some equipment in nearly every commune: where most of a département have one, it is
    whole. The list of the France services is national, that of the inclusion enterprises is
    published by département, and so are the structures of inclusion, unless Coodiag fetched them
    for the communes of a run.
    """
    family = file.dataset
    homes = set(table["home"]) - {""}
    if family == BPE:
        return places.covered(homes)
    if family == INCLUSION:
        fetched = places.fetched(file, homes)
        if fetched or citation_of(file) is not None:
            return homes | fetched
    if family == SIAE:
        told = {text.zfill(2) for text in table["departement"] if text}
        return places.of_departments(told | {department(code) for code in homes}, False)
    return places.of_departments(
        {department(code) for code in homes}, table["number"].sum() >= NATIONAL
    )


def _towns(
    file: OfficialFile, table: pd.DataFrame, shape: Shape, places: Places, progress: Progress
) -> list[str]:
    """Commune of each row: its code, else the only commune of that name in the département."""
    names = _names(places, {text.zfill(2) for text in table["departement"] if text})
    homes = [
        home or names.get((dep.zfill(2), _town(town)), "")
        for home, town, dep in zip(table["home"], table["ville"], table["departement"])
    ]
    known = {department(code) for code in places.known}
    lost = sum(not home and dep.zfill(2) in known for home, dep in zip(homes, table["departement"]))
    if lost:
        progress.warn(
            "{file}: {count} rows name no commune that could be told: they are not counted.",
            file=file.name,
            count=lost,
        )
    return homes


def _town(name: str) -> str:
    """``RENNES CEDEX 7`` → ``RENNES``."""
    return normalise(name).partition(" CEDEX")[0]


def _names(places: Places, departments: Collection[str]) -> dict[tuple[str, str], str]:
    """(département, name) → commune, names that several communes bear left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for code, name in places.geography.communes["nom"].items():
        if department(str(code)) in departments:
            found.setdefault((department(str(code)), normalise(name)), []).append(str(code))
    return {key: codes[0] for key, codes in found.items() if len(codes) == 1}
