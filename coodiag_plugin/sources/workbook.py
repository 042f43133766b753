"""Sheets of xlsx and ods files through GDAL, every cell as text.

What GDAL gives (checked on 3.6): raw numbers (a postcode shown ``01400`` by a number format comes as
``1400``), dates as ``2024/02/01`` or ``2024-02-01``, errors as ``#REF!``, the cached result of
formulas, merged cells in their first cell only, feature id = row of the sheet.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from osgeo import gdal, ogr

from ..core.errors import InputError
from .packed_xml import LARGEST_IN_MEMORY, check_part

DRIVERS = {".xlsx": "XLSX", ".xlsm": "XLSX", ".ods": "ODS"}


T = TypeVar("T")


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of GDAL on the console."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


@contextmanager
def _as_texts() -> Iterator[None]:
    """No row taken for a header and no cell for a number, in this thread.

    GDAL 3.6 knows these as configuration only and passes over the options of opening: a row of
    titles above numbers was lost, and the numbers were no texts.
    """
    wanted = {
        f"OGR_{driver}_{name}": value
        for driver in DRIVERS.values()
        for name, value in (("HEADERS", "DISABLE"), ("FIELD_TYPES", "STRING"))
    }
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in wanted}
    for name, value in wanted.items():
        gdal.SetThreadLocalConfigOption(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            gdal.SetThreadLocalConfigOption(name, value)


def _insist(call: Callable[[], T]) -> T:
    """The result of a GDAL call, asked a second time when the first one raises.

    A sheet padded with a million empty rows (LibreOffice does it) is an error to GDAL, said once,
    after all its rows were read. Whether that raises depends on who else uses GDAL in the process,
    and the switch cannot be turned safely from here.
    """
    try:
        return call()
    except RuntimeError:
        return call()


def read_sheets(path: Path) -> dict[str, tuple[list[list[str]], list[int]]]:
    """``{sheet: (rows, row numbers)}`` in the order of the workbook; empty sheets have no rows."""
    _check_container(path)
    with _quiet(), _as_texts():
        try:
            source = gdal.OpenEx(
                str(path),
                gdal.OF_VECTOR | gdal.OF_READONLY,
                allowed_drivers=[DRIVERS[path.suffix.lower()]],
                open_options=["HEADERS=DISABLE", "FIELD_TYPES=STRING"],
            )
        except RuntimeError as error:
            raise _damaged(path) from error
        if source is None:
            raise _damaged(path)
        try:
            count = _insist(source.GetLayerCount)
            layers = [source.GetLayer(index) for index in range(count)]
            return {layer.GetName(): _sheet(layer) for layer in layers}
        except RuntimeError as error:
            raise _damaged(path) from error


def _sheet(layer: ogr.Layer) -> tuple[list[list[str]], list[int]]:
    _insist(layer.GetFeatureCount)  # reads the sheet
    width = layer.GetLayerDefn().GetFieldCount()
    rows, lines = [], []
    for feature in layer:
        row = [feature.GetField(column) or "" for column in range(width)]
        if any(cell.strip() for cell in row):
            rows.append(row)
            lines.append(int(feature.GetFID()))
    return rows, lines


def _damaged(path: Path) -> InputError:
    return InputError(
        "{file} cannot be opened as a workbook: it is damaged. Open it in your spreadsheet and save it again.",
        file=path.name,
    )


def _check_container(path: Path) -> None:
    """Refuse what is not a readable xlsx or ods, with its reason."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: an encrypted xlsx, or an old xls renamed
        data = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _protected(path)
        raise InputError(
            "{file} is an old Excel 97 workbook. Save it as xlsx or csv.", file=path.name
        )
    if not start.startswith(b"PK"):
        raise InputError(
            "{file} has the extension of a workbook but is not one. If it is a text table, rename it to .csv.",
            file=path.name,
        )
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = "META-INF/manifest.xml"
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    check_part(archive, part, path.name, LARGEST_IN_MEMORY)
            if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
                raise _protected(path)
    except (zipfile.BadZipFile, zlib.error, OSError) as error:
        raise _damaged(path) from error


def _protected(path: Path) -> InputError:
    return InputError(
        "{file} is protected by a password. Remove it in your spreadsheet (Save as, without password), then run again.",
        file=path.name,
    )
