"""Files whose bytes depend only on their content: no clock, no host, no order of a set."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from osgeo import ogr

from ..core.errors import InputError

#: The date that every generated file carries.
DATE = (2026, 1, 15, 0, 0, 0)
MOMENT = "2026-01-15T00:00:00.000Z"
_GZIP_TIME = 1768435200


def columns(names: str) -> tuple[str, ...]:
    """A header from its column names separated by blanks."""
    return tuple(names.split())


def csv_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    delimiter: str = ";",
    encoding: str = "utf-8",
    ending: str = "\r\n",
) -> bytes:
    """A CSV file with its header line; a None cell is empty."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ending)
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def records_bytes(
    header: Sequence[str],
    records: Iterable[Mapping[str, object]],
    delimiter: str = ",",
    ending: str = "\n",
) -> bytes:
    """A CSV file from mappings: a column that a record does not name stays empty."""
    return csv_bytes(
        header,
        ([record.get(name, "") for name in header] for record in records),
        delimiter,
        ending=ending,
    )


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """A zip archive with fixed dates and attributes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content)


def write_gzip(path: Path, content: bytes) -> None:
    """A gzip file without its name and with a fixed time."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, _GZIP_TIME) as stream:
        stream.write(content)


def create(driver: str, path: Path) -> Any:
    """A new OGR data source in place of any former one; what prevents it is said by name."""
    path.unlink(missing_ok=True)
    found = ogr.GetDriverByName(driver)
    try:
        source = found.CreateDataSource(str(path)) if found else None
    except RuntimeError:  # GDAL was told to raise instead of returning None
        source = None
    if source is None:
        raise InputError(
            "The file {file} cannot be written with the {driver} driver of GDAL.",
            file=str(path),
            driver=driver,
        )
    return source


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """A workbook of plain rows (text, int, float, None), titles above the header included.

    OGR writes a line of column names only when they differ from ``Field1``, ``Field2``…
    """
    source = create("XLSX", path)
    for name, rows in sheets.items():
        layer = source.CreateLayer(name)
        width = max(map(len, rows), default=0)
        for column in range(width):
            cells = [row[column] for row in rows if column < len(row)]
            layer.CreateField(ogr.FieldDefn(f"Field{column + 1}", _type(cells)))
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for column, cell in enumerate(row):
                if cell is not None:
                    feature.SetField(column, cell)
            layer.CreateFeature(feature)
        del layer
    del source
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    write_zip(path, members)


def _type(cells: Sequence[object]) -> int:
    filled = [cell for cell in cells if cell is not None]
    if filled and all(isinstance(cell, int) for cell in filled):
        return int(ogr.OFTInteger)
    if filled and all(isinstance(cell, (int, float)) for cell in filled):
        return int(ogr.OFTReal)
    return int(ogr.OFTString)
