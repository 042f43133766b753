"""Rows of a review that are still without a place, written for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import QgsVectorFileWriter, QgsVectorLayer

from ..core.errors import InputError
from ..core.inert import inert
from .geocoding import text
from .layers import INTEGER, TEXT, memory_layer, transforms
from .review_rows import ReviewRow

_LINE = "ligne"
_DRIVERS = {".csv": "CSV", ".xlsx": "XLSX", ".ods": "ODS", ".gpkg": "GPKG"}


def write_failed(rows: Iterable[ReviewRow], path: Path) -> int:
    """Write the rows that failed and were not placed since; how many.

    csv, xlsx, ods or gpkg by the ending of ``path``, readable by its owner only: every column of
    the input is there. Raises :class:`InputError`.
    """
    driver = _DRIVERS.get(path.suffix.lower())
    if driver is None:
        raise InputError("Give the file a name that ends in .csv, .xlsx, .ods or .gpkg.")
    failed = [
        row
        for row in rows
        if row.lon is None and (row.correction is None or row.correction.lon is None)
    ]
    try:
        # GDAL makes its files readable by everyone: in a folder of their owner's until whole
        with TemporaryDirectory(prefix=".coodiag-", dir=path.parent) as private:
            made = Path(private) / path.name
            _write(_layer(failed, driver), driver, made, path)
            made.chmod(0o600)
            made.replace(path)
    except OSError as error:
        raise _refusal(path, error.strerror or str(error)) from error
    return len(failed)


def _layer(rows: list[ReviewRow], driver: str) -> QgsVectorLayer:
    columns: dict[str, None] = {}
    for row in rows:
        columns.update(dict.fromkeys(name for name in row.values if name not in ("fid", _LINE)))
    # a column of numbers: GDAL knows the head of a sheet of texts by it
    return memory_layer(
        "echecs",
        {_LINE: INTEGER, **dict.fromkeys([*columns, "geo_note"], TEXT)},
        rows=(
            ({**_texts(row.values, driver), _LINE: number, "geo_note": row.note}, None)
            for number, row in enumerate(rows, start=1)
        ),
    )


def _write(layer: QgsVectorLayer, driver: str, made: Path, path: Path) -> None:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = driver
    options.layerName = layer.name()
    options.fileEncoding = "UTF-8"
    if driver == "CSV":
        options.layerOptions = ["SEPARATOR=SEMICOLON", "WRITE_BOM=YES"]
    code, message, _, _ = QgsVectorFileWriter.writeAsVectorFormatV3(
        layer, str(made), transforms(), options
    )
    if code != QgsVectorFileWriter.WriterError.NoError:
        raise _refusal(path, message)


def _refusal(path: Path, reason: str) -> InputError:
    return InputError(
        "The file {file} could not be written ({reason}).", file=str(path), reason=reason
    )


def _texts(row: Mapping[str, object], driver: str) -> dict[str, str]:
    """Cells as text; in a csv, which has no types, none that a spreadsheet would compute."""
    found = {name: text(value) for name, value in row.items()}
    return {n: inert(cell) for n, cell in found.items()} if driver == "CSV" else found
