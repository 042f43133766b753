"""Corrections as a csv file, to take them to another machine or to another person of the structure.

A line holds what the store holds, and the salt of its keys: addresses are found again there, and not
read from it. It is to be kept like the store.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress
from .corrections import WAYS, Correction, Exported, Hashed
from .geocoder import ADDRESS, FAILED, PLACE, STREET, TOWN

COLUMNS = ("sel", "cle_nom", "cle_code", "geste", "niveau", "lon", "lat", "libelle", "commune", "note", "date")  # fmt: skip
_LEVELS = (ADDRESS, STREET, PLACE, TOWN, FAILED)


def write(path: Path, lines: Iterable[Exported]) -> int:
    """Write corrections, readable by their owner only; how many."""
    try:
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(COLUMNS)
            count = 0
            for salt, key, c in lines:
                point = ("", "") if c.lon is None else (repr(c.lon), repr(c.lat))
                writer.writerow(
                    (salt, key.named, key.coded, c.how, c.status, *point, c.label, c.citycode, c.note, c.date)
                )  # fmt: skip
                count += 1
    except OSError as error:
        raise InputError(
            "The file {file} could not be written ({reason}).",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
    return count


def read(path: Path, progress: Progress) -> list[Exported]:
    """Corrections of a file of :func:`write`. Raises InputError naming the first line that is not."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, delimiter=";")
            if tuple(next(rows, ())) != COLUMNS:
                raise InputError(
                    "{file} is not an export of corrections: its first line is another one.",
                    file=path.name,
                )
            found = []
            for number, cells in enumerate(rows, start=2):
                progress.check()
                found.append(_line(path, number, cells))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "The file {file} cannot be read ({reason}).", file=str(path), reason=str(error)
        ) from error
    return found


def _line(path: Path, number: int, cells: Sequence[str]) -> Exported:
    try:
        salt, named, coded, how, status, lon, lat, label, citycode, note, date = cells
        for text, length in ((salt, 32), (named, 32), (coded, 32)):
            if text and len(bytes.fromhex(text)) * 2 != length:
                raise ValueError(text)
        point = (float(lon), float(lat)) if lon or lat else (None, None)
        if how not in WAYS or status not in _LEVELS or not salt or not (named or coded):
            raise ValueError(how)
        if (point[0] is None) != (status == FAILED) or not _on_earth(*point):
            raise ValueError(lon)
        if datetime.fromisoformat(date).tzinfo is None:
            raise ValueError(date)
    except ValueError as error:
        raise InputError(
            "Line {line} of {file} is not a correction: export the corrections again.",
            line=number,
            file=path.name,
        ) from error
    correction = Correction(how, status, point[0], point[1], label, citycode, note, date)
    return salt, Hashed(named, coded), correction


def _on_earth(lon: float | None, lat: float | None) -> bool:
    if lon is None or lat is None:
        return True
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
