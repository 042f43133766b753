"""Reading Base Adresse Nationale files (``.csv``, ``.csv.gz``, zips of them) of any vintage."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO, cast

from ..core.errors import InputError, SourceError
from ..core.progress import Progress
from .words import repair

#: Names of a column in the files of BAN (since 2020), in the format BAL and in lieux-dits files.
_COLUMNS = {
    "id": ("id", "cle_interop"),
    "number": ("numero",),
    "suffix": ("rep", "suffixe"),
    "street": ("nom_voie", "voie_nom", "nom_lieu_dit"),
    "postcode": ("code_postal",),
    "citycode": ("code_insee", "commune_insee"),
    "city": ("nom_commune", "commune_nom"),
    "old_citycode": ("code_insee_ancienne_commune", "commune_deleguee_insee"),
    "old_city": ("nom_ancienne_commune", "commune_deleguee_nom"),
    "lon": ("lon", "long", "longitude"),
    "lat": ("lat", "latitude"),
    "position": ("type_position", "position"),
    "alias": ("alias",),
    "locality": ("nom_ld", "lieudit_complement_nom"),
    "postal_city": ("libelle_acheminement",),
}
_REQUIRED = ("street", "citycode", "city", "lon", "lat")
_TABLES = (".csv", ".csv.gz")
_ENDINGS = (*_TABLES, ".zip")
_LONGEST_HEADER = 10_000
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, csv.Error)
_STREET_ID = re.compile(r"(\w{5}_[^_]+)_\d+")

#: Positions of one address by decreasing precision for whoever has to go there.
_POSITIONS = ("entrée", "délivrance postale", "bâtiment", "cage d’escalier", "logement", "parcelle")
#: A number that BAL files give to a place without numbers.
PLACE_NUMBER = 99999


@dataclass(frozen=True)
class BanRow:
    """One address (``number`` 1–9999) or one place (``number`` None). lon, lat: WGS84 degrees."""

    street_id: str
    number: int | None
    suffix: str
    street: str
    postcode: str
    citycode: str
    city: str
    old_citycode: str
    old_city: str
    lon: float
    lat: float
    rank: int
    alias: str
    locality: str
    postal_city: str


def ban_files(path: Path) -> list[Path]:
    """The BAN files that a path holds: itself, or those of a folder and its subfolders.

    Files are recognised by their header, and zips by those of their members; what is no BAN file
    is left out. Raises InputError for a path that does not exist.
    """
    if not path.exists():
        raise InputError("The BAN file or folder {path} does not exist.", path=str(path))
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [file for file in files if file.is_file() and is_ban(file)]


def is_ban(path: Path) -> bool:
    """Whether the header, or that of a member of a zip, is that of a BAN file."""
    if not path.name.lower().endswith(_ENDINGS):
        return False
    try:
        with path.open("rb") as raw:
            return any(
                _layout(_split_header(text.readline(_LONGEST_HEADER))) is not None
                for text in _texts(path.name, raw)
            )
    except (*_DAMAGE, OSError):
        return False  # unreadable: not a file we can recognise, whoever needs it will say so


def read(path: Path, progress: Progress) -> Iterator[BanRow | None]:
    """Rows of a BAN file; None for a row without position, number or name (the caller counts)."""
    size = max(path.stat().st_size, 1)
    try:
        with path.open("rb") as raw:
            recognised = False
            for text in _texts(path.name, raw):
                header = text.readline(_LONGEST_HEADER)
                layout = _layout(_split_header(header))
                if layout is None:
                    continue
                recognised = True
                for at, cells in enumerate(csv.reader(text, delimiter=_delimiter(header))):
                    if at % 5000 == 0:
                        progress.check()
                        progress.set(min(raw.tell() / size, 1.0))
                    yield _row(cells, layout)
            if not recognised:
                raise InputError(
                    "{file} is not a BAN file: its first line must name the columns numero, nom_voie, code_insee, nom_commune, lon and lat. Take a file adresses-NN.csv.gz of adresse.data.gouv.fr.",
                    file=path.name,
                )
    except _DAMAGE as error:
        raise SourceError(
            "The BAN file {file} is damaged ({reason}). Download it again.",
            file=path.name,
            reason=str(error),
        ) from error


def _texts(name: str, raw: IO[bytes]) -> Iterator[TextIO]:
    """Text of an open file, or of each table of a zip; the progress is read from ``raw``."""
    if name.lower().endswith(".zip"):
        with zipfile.ZipFile(raw) as archive:
            for member in sorted(archive.infolist(), key=lambda item: item.filename):
                if not member.filename.lower().endswith(_TABLES):
                    continue
                if member.flag_bits & 1:
                    raise zipfile.BadZipFile("encrypted")
                with archive.open(member) as inner:
                    yield from _texts(member.filename, inner)
        return
    stream = gzip.GzipFile(fileobj=raw) if name.lower().endswith(".gz") else raw
    with closing(
        io.TextIOWrapper(
            cast("IO[bytes]", stream), encoding="utf-8-sig", errors="replace", newline=""
        )
    ) as text:
        yield text


def _delimiter(header: str) -> str:
    return ";" if header.count(";") >= header.count(",") else ","


def _split_header(header: str) -> list[str]:
    cells = next(csv.reader([header.strip("\r\n")], delimiter=_delimiter(header)), [])
    return [cell.strip().lower() for cell in cells]


def _layout(names: list[str]) -> dict[str, int] | None:
    """Position of each known column, None when the file is no BAN file."""
    layout = {}
    for field, variants in _COLUMNS.items():
        at = next((names.index(name) for name in variants if name in names), -1)
        if at < 0 and field in _REQUIRED:
            return None
        layout[field] = at
    if layout["number"] < 0 and "nom_lieu_dit" not in names:
        return None
    return layout


def _row(cells: list[str], layout: dict[str, int]) -> BanRow | None:
    def cell(field: str) -> str:
        at = layout[field]
        return cells[at].strip() if 0 <= at < len(cells) else ""

    street = repair(cell("street"))
    citycode = cell("citycode").upper()
    try:
        lon, lat = float(cell("lon")), float(cell("lat"))
        number = int(cell("number") or PLACE_NUMBER)
    except ValueError:
        return None
    if not street or len(citycode) != 5 or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    key = _STREET_ID.match(cell("id"))
    position = cell("position").lower().replace("'", "’")
    return BanRow(
        street_id=key.group(1) if key else "",
        number=number if 0 < number < PLACE_NUMBER else None,
        suffix=cell("suffix").lower(),
        street=street,
        postcode=cell("postcode"),
        citycode=citycode,
        city=repair(cell("city")),
        old_citycode=cell("old_citycode").upper(),
        old_city=repair(cell("old_city")),
        lon=lon,
        lat=lat,
        rank=_POSITIONS.index(position) if position in _POSITIONS else len(_POSITIONS),
        alias=repair(cell("alias")),
        locality=repair(cell("locality")),
        postal_city=repair(cell("postal_city")),
    )
