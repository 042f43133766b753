"""One file of the folder opened and recognised: every table or layer it holds, or why it is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from . import official_csv, parquet, vectors
from .odd_files import DAMAGED, ODD, ODD_NAME, reason_of, refusal_of
from .official_file import OfficialFile
from .official_xlsx import OfficialWorkbook
from .recognise import Dataset, Recognition, recognise, vintage_in, year_in_name

_TABLES = (".csv", ".txt", ".tsv", ".csv.gz", ".txt.gz")
_LAYERS = (".gpkg", ".shp")
_JSON = (".geojson", ".json", ".geojson.gz")
_OSM = (".osm", ".osm.gz", ".osm.xml")
_SIDE_FILES = (".dbf", ".shx", ".prj", ".cpg", ".qmd", ".sbn", ".sbx", ".shp.xml", ".qix")
_HEADER_ROWS = 20
#: The day a file was put online is not the year it describes.
_PUT_ONLINE = re.compile(r"(?i)(?:mise en ligne|publi\w+|mise à jour)[^0-9]{0,12}[0-9/.\-]+")
_DATE_COLUMNS = ("DATE_EFF", "DATE", "DTREFFRE", "AN")

_NOT_READ = {
    ".7z": "archive 7z non lue : décompressez-la dans le dossier",
    ".rar": "archive rar non lue : décompressez-la dans le dossier",
    ".xls": "ancien format Excel (.xls) non lu : enregistrez-le en .xlsx",
    ".ods": "classeur .ods non lu comme fichier officiel : enregistrez-le en .xlsx",
    ".osm.pbf": "format OSM PBF non lu : prenez un extrait .osm ou une couche GeoPackage",
}


_BROKEN_ZIP = "archive zip illisible : téléchargez-la de nouveau"
#: Files found, and (member, French reason) of what is put aside.
Found = tuple[tuple[OfficialFile, ...], tuple[tuple[str, str], ...]]


def _ends(name: str, suffixes: Sequence[str]) -> bool:
    return name.lower().endswith(tuple(suffixes))


def examine(path: Path) -> Found:
    """Every table or layer of one file of the folder; refused ones as (member, reason).

    Whatever the file holds, this returns: one odd file must not end a run.
    """
    if path.suffix.lower() == ".zip":
        return _examine_zip(path)
    return _examine_one(path, "")


def _examine_zip(path: Path) -> Found:
    files: list[OfficialFile] = []
    refused: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            items = [item for item in archive.infolist() if not item.is_dir()]
    except ODD as error:
        told = reason_of(error)
        return (), (("", _BROKEN_ZIP if told == DAMAGED else told),)
    for item in sorted(items, key=lambda item: item.filename):
        member = item.filename
        reason = refusal_of(item)
        parts = PurePosixPath(member).parts
        if reason != ODD_NAME and any(part.startswith((".", "__MACOSX")) for part in parts):
            continue
        if not reason and member.lower().endswith(".zip"):
            reason = "archive dans une archive : décompressez-la dans le dossier"
        if reason:
            refused.append((_shown(member), reason))
            continue
        found, why = _examine_one(path, member)
        files.extend(found)
        refused.extend(why)
    return tuple(files), tuple(refused)


def _shown(member: str) -> str:
    """The name of a member as it may be printed: no control character."""
    return "".join(char if char.isprintable() else "?" for char in member)


def _examine_one(path: Path, member: str) -> Found:
    name = member or path.name
    if _ends(name, _SIDE_FILES):
        return (), ()  # parts of a shapefile
    try:
        for suffixes, opened in _OPENED:
            if _ends(name, suffixes):
                return opened(path, member)
    except ODD as error:
        return (), ((member, reason_of(error)),)
    for suffix, reason in _NOT_READ.items():
        if name.lower().endswith(suffix):
            return (), ((member, reason),)
    return (), ((member, "document, pas une table de données"),)


def _examine_table(path: Path, member: str) -> Found:
    with official_csv.open_bytes(path, member) as stream:
        data = stream.read(official_csv.HEAD)
    head = official_csv.read_head(data, member or path.name)
    if head is None:
        return (), ((member, "texte sans colonnes"),)
    found = _file(path, member, head.recognition, head.columns, head.sample, head.titles)
    if isinstance(found, str):
        return (), ((member, found),)
    return (
        replace(
            found,
            encoding=head.encoding,
            separator=head.separator,
            header_line=head.header_line,
        ),
    ), ()


def _examine_workbook(path: Path, member: str) -> Found:
    files = []
    with official_csv.open_bytes(path, member) as stream:
        name = member or path.name
        book = OfficialWorkbook(stream, name)
        for sheet in book.sheets:
            top = list(book.rows(sheet, _HEADER_ROWS + official_csv.SAMPLE_ROWS))
            for number, row in enumerate(top[:_HEADER_ROWS]):
                columns = official_csv.clean_header(row)
                sample = [tuple(line) for line in top[number + 1 :] if any(line)]
                found = recognise(columns, sample, name=name) if len(columns) > 1 else None
                titles = " ".join(cell for line in top[:number] for cell in line)
                file = _file(path, member, found, columns, sample, titles)
                if isinstance(file, OfficialFile):
                    files.append(replace(file, sheet=sheet, header_line=number))
                    break
    if not files:
        return (), ((member, "classeur dont aucune feuille n’a d’en-têtes reconnus"),)
    return tuple(files), ()


def _examine_layers(path: Path, member: str) -> Found:
    files = []
    refused = []
    for head in vectors.layer_heads(path, member):
        found = recognise(head.columns, head.sample, head.form)
        file = _file(path, member, found, head.columns, head.sample, head.layer)
        if isinstance(file, str):
            refused.append((f"{member} ({head.layer})" if member else head.layer, file))
        else:
            files.append(replace(file, layer=head.layer))
    return tuple(files), tuple(refused)


def _examine_json(path: Path, member: str) -> Found:
    with official_csv.open_bytes(path, member) as stream:
        text = stream.read(official_csv.HEAD).decode("utf-8", errors="replace")
        head = vectors.geojson_head(text)
        if head is not None and not head.columns:  # one very detailed polygon comes first
            more = stream.read(vectors.GEOJSON_HEAD).decode("utf-8", errors="replace")
            head = vectors.geojson_head(text + more)
    if head is None:
        return (), ((member, "JSON sans géographie (réponse d’un service ou fichier d’un tiers)"),)
    if head.partial:
        return (), ((member, "page d’une réponse de service : les autres pages manquent"),)
    found = recognise(head.columns, head.sample, head.form)
    file = _file(path, member, found, head.columns, head.sample, "")
    return ((), ((member, file),)) if isinstance(file, str) else ((file,), ())


def _examine_osm(path: Path, member: str) -> Found:
    with official_csv.open_bytes(path, member) as stream:
        head = stream.read(2048)
    if b"<osm" not in head:
        return (), ((member, "fichier XML qui n’est pas d’OpenStreetMap"),)
    return (OfficialFile(path, member, "osm_xml", None, ()),), ()


def _examine_parquet(path: Path, member: str) -> Found:
    if member:
        return (), ((member, "Parquet dans une archive : décompressez-la dans le dossier"),)
    if not parquet.engine():
        return (), ((member, parquet.NOT_READ),)
    columns, sample = parquet.head(path, official_csv.SAMPLE_ROWS)
    found = recognise(columns, sample, name=path.name)
    file = _file(path, member, found, columns, sample, "")
    return ((), ((member, file),)) if isinstance(file, str) else ((file,), ())


#: How files are opened, by the end of their name.
_OPENED: tuple[tuple[tuple[str, ...], Callable[[Path, str], Found]], ...] = (
    (_TABLES, _examine_table),
    ((".xlsx",), _examine_workbook),
    (_LAYERS, _examine_layers),
    (_JSON, _examine_json),
    (_OSM, _examine_osm),
    ((parquet.SUFFIX,), _examine_parquet),
)


def _file(
    path: Path,
    member: str,
    found: Recognition | None,
    columns: tuple[str, ...],
    sample: Sequence[Sequence[str]],
    titles: str,
) -> OfficialFile | str:
    """The recognised file, or the French reason why it is put aside."""
    if found is None:
        shown = ", ".join(columns[:4]) + ("…" if len(columns) > 4 else "")
        return f"en-têtes non reconnus ({shown})" if shown else "sans en-têtes"
    if found.dataset.refused:
        return found.dataset.refused
    if not sample:
        return "en-têtes sans aucune ligne"
    vintage = _vintage(found.dataset, columns, sample, titles, member or path.name)
    return OfficialFile(path, member, found.dataset.id, vintage, columns, reserve=found.reserve)


def _vintage(
    dataset: Dataset,
    columns: tuple[str, ...],
    sample: Sequence[Sequence[str]],
    titles: str,
    name: str,
) -> int | None:
    """Year of a file: columns, else titles above the header, else dates inside, else its name.

    Contours carry the year of the figures joined to them, and the table of changes the day of
    the last one: their name may tell a later year.
    """
    in_columns = vintage_in(dataset, columns)
    if dataset.form == "polygon":
        years = [year for year in (in_columns, year_in_name(titles), year_in_name(name)) if year]
        return max(years, default=None)
    dates = ""
    for place, column in enumerate(columns):
        if column.upper() in _DATE_COLUMNS:
            dates = " ".join(row[place][:4] for row in sample if len(row) > place)
    titles = _PUT_ONLINE.sub("", titles)
    inside = [year for year in (year_in_name(dates), year_in_name(name)) if year]
    return in_columns or year_in_name(titles) or max(inside, default=None)
