"""A recognised official file: what it is, its cells as text, its line among the sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Optional, Union

import pandas as pd

from ..core.errors import SourceError
from ..core.fingerprint import fingerprint
from ..core.progress import Progress, Silent
from ..core.provenance import Provenance
from . import official_csv, parquet, vectors
from .citations import read_citation
from .official_xlsx import OfficialWorkbook
from .recognise import Dataset, datasets

Keep = Union[Collection[str], Callable[[pd.DataFrame], "pd.Series[bool]"]]


@dataclass(frozen=True)
class OfficialFile:
    """A recognised table or layer: a file, a member of a zip, a sheet or a layer of one.

    ``vintage`` is the latest year found in the columns, else in the titles, the content or the
    name. ``reserve`` (French) says why the file is only used when nothing better is there.
    """

    path: Path
    member: str  # inside a zip, else ""
    dataset: str  # id in catalogue/datasets.csv
    vintage: Optional[int]
    columns: tuple[str, ...]
    encoding: str = ""
    separator: str = ""
    header_line: int = 0
    sheet: str = ""
    layer: str = ""
    reserve: str = ""

    @property
    def name(self) -> str:
        """Name to show: ``base.zip/base.csv``, ``classeur.xlsx (COM)``."""
        name = f"{self.path.name}/{self.member}" if self.member else self.path.name
        part = self.sheet or self.layer
        return f"{name} ({part})" if part else name

    @property
    def is_parquet(self) -> bool:
        return self.path.suffix.lower() == parquet.SUFFIX

    @property
    def family(self) -> Dataset:
        return datasets()[self.dataset]

    @property
    def key(self) -> Optional[str]:
        """The column that identifies a row, as written in this file."""
        return self.family.key_column(self.columns)


def read_columns(
    file: OfficialFile,
    columns: Sequence[str] | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
    among: tuple[str, Collection[str]] | None = None,
) -> pd.DataFrame:
    """Columns of a recognised file, every cell as text ("" when empty), rows in file order.

    ``columns``: names as in the file (None: all of them; a missing one raises SourceError).
    ``keep``: codes that the key column must hold, or a function from a chunk of the asked
    columns to a boolean mask. Big files are streamed: memory holds one chunk and what is kept.
    ``among`` (column, codes): rows that ``keep`` would leave out in any case, because that column
    holds none of the codes; they are found much faster. ``attrs["read"]`` of the result: rows of
    the file, those left out included.
    """
    progress = progress or Silent()
    wanted = list(file.columns) if columns is None else list(columns)
    missing = [name for name in wanted if name not in file.columns]
    if missing:
        raise SourceError(
            "The file {file} has no column {columns}.", file=file.name, columns=", ".join(missing)
        )
    asked = list(wanted)
    mask: Callable[[pd.DataFrame], pd.Series[bool]] | None = None
    if callable(keep):
        mask = keep
    elif keep is not None:
        key, codes = file.key, frozenset(keep)
        if key is None:
            raise SourceError("The file {file} has no key column to filter on.", file=file.name)
        if key not in asked:
            asked.append(key)
        mask = lambda chunk: chunk[key].isin(codes)  # noqa: E731
        among = (key, codes)
    table = _read(file, asked, mask, progress, among)
    result = table[wanted]
    result.attrs["read"] = table.attrs["read"]
    return result


def _read(
    file: OfficialFile,
    columns: list[str],
    mask: Callable[[pd.DataFrame], pd.Series[bool]] | None,
    progress: Progress,
    among: tuple[str, Collection[str]] | None,
) -> pd.DataFrame:
    if file.is_parquet:
        return parquet.read_table(file.path, columns, mask, progress, among)
    if file.separator:
        places = [file.columns.index(name) for name in columns]
        return official_csv.read_table(
            file.path,
            file.member,
            file.encoding,
            file.separator,
            file.header_line,
            file.columns,
            places,
            mask,
            progress,
            among and (file.columns.index(among[0]), among[1]),
        )
    if file.sheet:
        table = _read_sheet(file, columns, progress)
    elif file.columns:
        rows = list(vectors.attributes(file.path, file.member, file.layer, columns, progress.check))
        table = pd.DataFrame(rows, columns=columns, dtype=str)
    else:
        raise SourceError("The file {file} is not a table.", file=file.name)
    kept = table if mask is None else table[mask(table)].reset_index(drop=True)
    kept.attrs["read"] = len(table)
    return kept


def _read_sheet(file: OfficialFile, columns: list[str], progress: Progress) -> pd.DataFrame:
    places = [file.columns.index(name) for name in columns]
    rows = []
    with official_csv.open_bytes(file.path, file.member) as stream:
        book = OfficialWorkbook(stream, file.name)
        for number, row in enumerate(book.rows(file.sheet)):
            progress.check()
            if number > file.header_line and any(row):
                rows.append([row[place].strip() if place < len(row) else "" for place in places])
    return pd.DataFrame(rows, columns=columns, dtype=str)


def provenance(file: OfficialFile, cog: int | None = None, note: str = "") -> Provenance:
    """The line of the sources page for a file that a run has used.

    What a service told of a file that was fetched from it comes before what its family says.
    """
    family, digest = file.family, sha256(file.path)
    noted = "; ".join(part for part in (note, file.reserve) if part)
    cited = citation_of(file)
    if cited is not None:
        return replace(
            cited,
            dataset=family.id,
            vintage=cited.vintage or (str(file.vintage) if file.vintage else ""),
            cog=cited.cog or (str(cog) if cog else ""),
            note="; ".join(part for part in (cited.note, noted) if part),
        )
    stamp = date.fromtimestamp(file.path.stat().st_mtime).isoformat()
    return Provenance(
        dataset=family.id,
        title=family.title,
        producer=family.producer,
        vintage=str(file.vintage) if file.vintage else "",
        cog=str(cog) if cog else "",
        file=file.name,
        sha256=digest,
        retrieved=stamp,
        licence=family.licence,
        note=noted,
    )


def citation_of(file: OfficialFile) -> Provenance | None:
    """What the service said of a file that Coodiag fetched; None for a file changed since."""
    cited = read_citation(file.path)
    return cited if cited is not None and cited.sha256 == sha256(file.path) else None


def list_year(file: OfficialFile) -> int | None:
    """Year of the commune list of a file: as its service said, else the year found in the file."""
    cited = citation_of(file)
    if cited is not None and cited.cog.isdigit():
        return int(cited.cog)
    return file.vintage


_digests: dict[tuple[str, int, int], str] = {}


def sha256(path: Path) -> str:
    """SHA-256 of a file, remembered by path, size and date."""
    stat = path.stat()
    key = (str(path), stat.st_size, stat.st_mtime_ns)
    if key not in _digests:
        _digests[key] = fingerprint(path)
    return _digests[key]
