"""Which files of a folder, or given by the user, make up a Sirène stock."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..core.errors import SourceError
from ..core.progress import Progress
from . import changes as commune_changes
from . import official_csv
from .folder import Inventory, scan
from .official_file import OfficialFile, read_columns

ESTABLISHMENTS = "sirene_etablissement"
UNITS = "sirene_unite_legale"
POINTS = "sirene_geolocalisation"

_TABLES = (".csv", ".txt", ".csv.gz")


@dataclass(frozen=True)
class StockFiles:
    """The csv files of a Sirène stock by family, the newest first."""

    establishments: tuple[OfficialFile, ...]
    units: tuple[OfficialFile, ...] = ()
    points: tuple[OfficialFile, ...] = ()

    @classmethod
    def of(cls, files: Any, progress: Progress | None = None) -> StockFiles:
        """From an instance, an inventory, or one or several paths (files or folders).

        Raises SourceError when no establishment file is among them.
        """
        if isinstance(files, cls):
            stock = files
        elif isinstance(files, Inventory):
            stock = cls(*(tuple(files.of(family)) for family in (ESTABLISHMENTS, UNITS, POINTS)))
        else:
            paths = [files] if isinstance(files, (str, Path)) else list(files)
            found = list(_recognised((Path(path) for path in paths), progress))
            stock = cls(
                *(
                    tuple(file for file in found if file.dataset == family)
                    for family in (ESTABLISHMENTS, UNITS, POINTS)
                )
            )
        if not stock.establishments:
            raise SourceError(
                "No Sirène establishment file was found: give StockEtablissement (csv or zip) or an extract with the columns siret and codeCommuneEtablissement."
            )
        return stock

    @property
    def files(self) -> tuple[OfficialFile, ...]:
        """Every file, for the provenance table."""
        return self.establishments + self.units + self.points


def read(
    file: OfficialFile,
    wanted: Mapping[str, str],
    keep: Callable[[pd.DataFrame], pd.Series],
    progress: Progress,
) -> pd.DataFrame:
    """The ``wanted`` columns (name in the file → name given) that the file has, streamed.

    ``keep``: from a chunk with the names given to the mask of its rows to keep.
    """
    lower = {name.lower(): given for name, given in wanted.items()}
    names = {name: lower[name.lower()] for name in file.columns if name.lower() in lower}
    table = read_columns(
        file, list(names), lambda chunk: keep(chunk.rename(columns=names)), progress
    )
    return table.rename(columns=names)


def _recognised(paths: Iterable[Path], progress: Progress | None) -> Iterator[OfficialFile]:
    for path in paths:
        if path.is_dir():
            inventory = scan(path, progress)
            yield from inventory.of(ESTABLISHMENTS, UNITS, POINTS)
        elif not path.is_file():
            raise SourceError("The file {file} was not found.", file=str(path))
        else:
            for member in _members(path):
                file = _file(path, member)
                if file is not None:
                    yield file


def _members(path: Path) -> list[str]:
    if path.suffix.lower() != ".zip":
        return [""]
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(name for name in archive.namelist() if name.lower().endswith(_TABLES))
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceError(
            "The file {file} is not a readable zip. Download it again.", file=path.name
        ) from error


def _file(path: Path, member: str) -> OfficialFile | None:
    """A file that the user chose: looser than the scan of a folder, any extract will do."""
    with official_csv.open_bytes(path, member) as stream:
        head = official_csv.read_head(stream.read(official_csv.HEAD))
    family = _family({name.lower() for name in head.columns}) if head else ""
    if head is None or not family:
        return None
    return OfficialFile(
        path,
        member,
        family,
        None,
        head.columns,
        encoding=head.encoding,
        separator=head.separator,
        header_line=head.header_line,
    )


def _family(columns: set[str]) -> str:
    """Which of the three families a header belongs to, ``""`` when it is none of them."""
    if {"siret", "codecommuneetablissement"} <= columns:
        return ESTABLISHMENTS
    if {"siret", "qualite_xy"} <= columns:
        return POINTS
    if {"siren", "categoriejuridiqueunitelegale"} <= columns and "siret" not in columns:
        return UNITS
    return ""


def companions(path: Path) -> list[Path]:
    """A file that the user chose, and the unit and geolocation files published beside it.

    Only names as Insee gives them are looked for, so that a folder of downloads is not read whole.
    """
    beside = path.parent.iterdir() if path.is_file() else ()
    found = [
        item
        for item in sorted(beside)
        if item != path
        and item.is_file()
        and item.name.lower().endswith((*_TABLES, ".zip"))
        and any(word in item.name.lower() for word in ("stockunitelegale", "geolocalisation"))
    ]
    return [path, *found]


def old_codes(inventory: Inventory, communes: Collection[str]) -> dict[str, str]:
    """Codes of communes that have become one of ``communes``, by the official table of changes."""
    files = inventory.of("cog_mouvements")
    if not files:
        return {}
    table = read_columns(files[0], commune_changes.COLUMNS)
    found = commune_changes.Changes.from_table(table).convert(dict.fromkeys(table["COM_AV"]))
    return {
        old: after[0]
        for old, after in found.items()
        if len(after) == 1 and after[0] in communes and old not in communes
    }
