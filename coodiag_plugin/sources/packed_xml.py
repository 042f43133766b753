"""XML packed in a workbook: bounded in size, and without a document type (no entity to expand)."""

from __future__ import annotations

import zipfile
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from ..core.errors import SourceError

#: Most bytes that a part may inflate to: seven times a sheet of 35 000 communes × 200 columns at
#: some 40 bytes a cell.
LARGEST_PART = 2 * 1024**3
#: The same for a part that is kept in memory as a whole: list of sheets, shared texts.
LARGEST_IN_MEMORY = 512 * 1024**2


class _Root(Exception):
    """The first element has come: no document type can follow."""


def check_part(
    archive: zipfile.ZipFile, member: str, file: str, largest: int = LARGEST_PART
) -> None:
    """Refuse a part of a workbook that would inflate beyond ``largest`` bytes, or with a DTD.

    The size is the one declared, beyond which the readers of zips do not read. XML that is not
    well formed is left to its reader. Raises SourceError, KeyError for a part that is not there,
    BadZipFile for one that is encrypted or cut.
    """
    entry = archive.getinfo(member)
    if entry.flag_bits & 1:
        raise zipfile.BadZipFile("encrypted")
    size = entry.file_size
    if size > largest:
        raise SourceError(
            "{file} is refused: its part {part} would take {size} MB once unpacked, more than the {largest} MB allowed. Save the table as csv.",
            file=file,
            part=member,
            size=size // 1024**2,
            largest=largest // 1024**2,
        )

    def refuse(*_: object) -> NoReturn:
        raise SourceError(
            "{file} is refused: its part {part} declares a document type, which no spreadsheet does. Open it in your spreadsheet and save it again.",
            file=file,
            part=member,
        )

    def stop(*_: object) -> NoReturn:
        raise _Root

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    with archive.open(member) as stream:
        try:
            parser.ParseFile(stream)
        except (_Root, ExpatError):
            return
