"""Corrections as a csv file, to take them to another machine or to another person of the structure.

A line holds what the store holds, and the salt of its keys: addresses are found again there, and not
read from it. It is to be kept like the store.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ..core.errors import InputError
from ..core.inert import inert, restored
from ..core.progress import Progress
from .correction import Correction
from .corrections import Exported, Hashed
from .geocoder import FAILED

COLUMNS = ("sel", "cle_nom", "cle_code", "geste", "niveau", "lon", "lat", "libelle", "commune", "note", "date")  # fmt: skip
#: What a clock may be ahead of another.
_AHEAD = timedelta(days=1)


def write(path: Path, lines: Iterable[Exported]) -> int:
    """Write corrections, readable by their owner only; how many. The file is there when it is whole."""
    made = None
    try:
        handle, made = tempfile.mkstemp(".part", path.name, path.parent)  # 0600
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(COLUMNS)
            count = 0
            for salt, key, c in lines:
                point = ("", "") if c.lon is None else (repr(c.lon), repr(c.lat))
                writer.writerow(
                    (salt, key.named, key.coded, c.how, c.status, *point, inert(c.label), inert(c.citycode), inert(c.note), c.date)
                )  # fmt: skip
                count += 1
        Path(made).replace(path)
        made = None
    except OSError as error:
        raise InputError(
            "The file {file} could not be written ({reason}).",
            file=str(path),
            reason=error.strerror or str(error),
        ) from error
    finally:
        if made is not None:
            Path(made).unlink()
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
            if text and (len(bytes.fromhex(text)) * 2 != length or len(text) != length):
                raise ValueError(text)
        point = (float(lon), float(lat)) if lon or lat else (None, None)
        texts = (restored(label), restored(citycode), restored(note))
        correction = Correction(how, status, point[0], point[1], *texts, _moment(date))
        if not salt or not (named or coded) or (point[0] is None) != (status == FAILED):
            raise ValueError(how)
        if not correction.sound:
            raise ValueError(how)
    except (ValueError, OverflowError) as error:
        raise InputError(
            "Line {line} of {file} is not a correction: export the corrections again.",
            line=number,
            file=path.name,
        ) from error
    return salt.lower(), Hashed(named.lower(), coded.lower()), correction


def _moment(date: str) -> str:
    """A date as the store compares them; one to come would for ever be the latest."""
    given = datetime.fromisoformat(date)
    if given.tzinfo is None or given > datetime.now(timezone.utc) + _AHEAD:
        raise ValueError(date)
    return given.astimezone(timezone.utc).isoformat(timespec="microseconds")
