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
from ..core.provenance import Provenance
from . import changes as commune_changes
from . import official_csv, parquet
from .folder import Inventory, scan
from .official_file import OfficialFile, provenance, read_columns

ESTABLISHMENTS = "sirene_etablissement"
UNITS = "sirene_unite_legale"
POINTS = "sirene_geolocalisation"
ESS_LIST = "ess_siren"

#: What the column ``ess`` follows, by ``counts["ess_rule"]``; French, for the page of sources.
_ESS_RULES = {
    "flag": "ESS : indicateur « economieSocialeSolidaireUniteLegale » du répertoire",
    "legal_form": "ESS : forme juridique et activité (périmètre statistique), "
    "faute de l’indicateur du répertoire",
    "unknown": "",
}
_LIST_NOTE = "seconde définition de l’ESS (champ liste_ess), jamais mêlée à celle du champ ess"

_FAMILIES = (ESTABLISHMENTS, UNITS, POINTS, ESS_LIST)
_TABLES = (".csv", ".txt", ".csv.gz")


@dataclass(frozen=True)
class StockFiles:
    """The files of a Sirène stock by family, the newest first."""

    establishments: tuple[OfficialFile, ...]
    units: tuple[OfficialFile, ...] = ()
    points: tuple[OfficialFile, ...] = ()
    ess: tuple[OfficialFile, ...] = ()  # the national list of the ESS

    @classmethod
    def of(cls, files: Any, progress: Progress | None = None) -> StockFiles:
        """From an instance, an inventory, or one or several paths (files or folders).

        Raises SourceError when no establishment file is among them.
        """
        if isinstance(files, cls):
            stock = files
        elif isinstance(files, Inventory):
            stock = cls(*(tuple(files.of(family)) for family in _FAMILIES))
        else:
            paths = [files] if isinstance(files, (str, Path)) else list(files)
            found = list(_recognised((Path(path) for path in paths), progress))
            stock = cls(
                *(tuple(file for file in found if file.dataset == family) for family in _FAMILIES)
            )
        if not stock.establishments:
            raise SourceError(
                "No Sirène establishment file was found: give StockEtablissement (csv, zip or Parquet) or an extract with the columns siret and codeCommuneEtablissement."
            )
        return stock

    @property
    def files(self) -> tuple[OfficialFile, ...]:
        """Every file, for the provenance table."""
        return self.establishments + self.units + self.points + self.ess[:1]

    def sources(self, ess_rule: str) -> list[Provenance]:
        """The lines of the page of sources; they say which definition of the ESS was followed.

        ``ess_rule``: as in the counts of the stock that was read.
        """
        notes = {ESTABLISHMENTS: _ESS_RULES[ess_rule], ESS_LIST: _LIST_NOTE}
        return [provenance(file, note=notes.get(file.dataset, "")) for file in self.files]


def read(
    file: OfficialFile,
    wanted: Mapping[str, str],
    among: tuple[str, Collection[str]],
    keep: Callable[[pd.DataFrame], pd.Series],
    progress: Progress,
) -> pd.DataFrame:
    """The ``wanted`` columns (name in the file → name given) that the file has, streamed.

    ``among``: name given of a column, and the codes of which the rows wanted hold one there.
    ``keep``: from a chunk of such rows, with the names given, to the mask of those to keep.
    """
    lower = {name.lower(): given for name, given in wanted.items()}
    names = {name: lower[name.lower()] for name in file.columns if name.lower() in lower}
    place = next(name for name, given in names.items() if given == among[0])
    table = read_columns(
        file,
        list(names),
        lambda chunk: keep(chunk.rename(columns=names)),
        progress,
        (place, among[1]),
    )
    return table.rename(columns=names)


def _recognised(paths: Iterable[Path], progress: Progress | None) -> Iterator[OfficialFile]:
    for path in paths:
        if path.is_dir():
            inventory = scan(path, progress)
            yield from inventory.of(*_FAMILIES)
        elif not path.is_file():
            raise SourceError(
                "The file {file} does not exist. Check its name and folder.", file=str(path)
            )
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
    if path.suffix.lower() == parquet.SUFFIX:
        columns, _ = parquet.head(path, 1)
        family = _family({name.lower() for name in columns})
        return OfficialFile(path, "", family, None, columns) if family else None
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
    """Which of the families a header belongs to, ``""`` when it is none of them."""
    if {"siret", "codecommuneetablissement"} <= columns:
        return ESTABLISHMENTS
    if {"siret", "qualite_xy"} <= columns:
        return POINTS
    if {"siren", "categoriejuridiqueunitelegale"} <= columns and "siret" not in columns:
        return UNITS
    if {"siren", "liste_ess"} <= columns:
        return ESS_LIST
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
        and item.name.lower().endswith((*_TABLES, ".zip", parquet.SUFFIX))
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
