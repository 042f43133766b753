"""Rows of a published xlsx workbook, streamed: no package beyond the standard library."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse  # nosec B405

from ..core.errors import SourceError
from .packed_xml import LARGEST_IN_MEMORY, check_part

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST_COLUMNS = 16_384  # of a sheet; a reference beyond would fill the memory with empty cells
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class OfficialWorkbook:
    """A workbook of values: ``sheets`` are its sheet names, :meth:`rows` its cells as text."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.name = name
        try:
            self._archive = zipfile.ZipFile(stream)
            self._paths = self._sheet_paths()
        except (zipfile.BadZipFile, zlib.error, KeyError, ParseError, OSError) as error:
            raise self._damaged(error) from error
        self._strings: list[str] | None = None

    def _damaged(self, error: Exception) -> SourceError:
        return SourceError(
            "The workbook {file} cannot be read: {reason}. Open it in a spreadsheet and save it as xlsx.",
            file=self.name,
            reason=str(error),
        )

    @property
    def sheets(self) -> list[str]:
        return list(self._paths)

    def _whole(self, part: str) -> Element:
        """A part of the workbook read into memory."""
        check_part(self._archive, part, self.name, LARGEST_IN_MEMORY)
        return fromstring(self._archive.read(part))  # nosec B314  # no DTD, by check_part

    def _sheet_paths(self) -> dict[str, str]:
        relations = {
            item.get("Id"): item.get("Target", "")
            for item in self._whole("xl/_rels/workbook.xml.rels")
        }
        paths = {}
        for sheet in self._whole("xl/workbook.xml").iter(f"{_MAIN}sheet"):
            target = relations[sheet.get(_REL)]
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            if path.startswith("xl/worksheets"):
                paths[sheet.get("name", "")] = path
        return paths

    def rows(self, sheet: str, limit: int | None = None) -> Iterator[list[str]]:
        """Rows of a sheet from its first line, empty ones included, each cell as text."""
        expected = 1
        try:
            check_part(self._archive, self._paths[sheet], self.name)
            with self._archive.open(self._paths[sheet]) as stream:
                for _, element in iterparse(stream):  # nosec B314  # no DTD, by check_part
                    if element.tag != f"{_MAIN}row":
                        continue
                    number = int(element.get("r", expected))
                    if limit is not None and number > limit:
                        return
                    for _ in range(expected, number):  # lines left out of the file are empty lines
                        yield []
                    yield self._cells(element)
                    expected = number + 1
                    element.clear()
        except (ParseError, zipfile.BadZipFile, zlib.error, KeyError, IndexError) as error:
            raise self._damaged(error) from error

    def _cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            place = _column(cell.get("r", ""))
            if place is None:
                place = len(cells)
            if place >= _MOST_COLUMNS:
                raise IndexError(cell.get("r", ""))
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = self._text(cell)
        return cells

    def _text(self, cell: Element) -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            return _joined(cell).strip()
        value = cell.findtext(f"{_MAIN}v") or ""
        if kind == "s":
            return self._shared()[int(value)] if value else ""
        if kind is None or kind == "n":
            # 35238.0 is how some writers keep a code typed as a number
            return value[:-2] if re.fullmatch(r"-?\d+\.0", value) else value
        return value.strip()

    def _shared(self) -> list[str]:
        if self._strings is None:
            self._strings = []
            check_part(self._archive, "xl/sharedStrings.xml", self.name, LARGEST_IN_MEMORY)
            with self._archive.open("xl/sharedStrings.xml") as stream:
                for _, element in iterparse(stream):  # nosec B314  # no DTD, by check_part
                    if element.tag == f"{_MAIN}si":
                        self._strings.append(_joined(element).strip())
                        element.clear()
        return self._strings


def _joined(element: Element) -> str:
    """Text of an inline or shared string, its runs put end to end, phonetic notes left out."""
    phonetic = {id(text) for note in element.iter(f"{_MAIN}rPh") for text in note}
    texts = (item for item in element.iter(f"{_MAIN}t") if id(item) not in phonetic)
    return "".join(item.text or "" for item in texts)


def _column(reference: str) -> int | None:
    """``AB12`` → 27."""
    letters = re.match(r"[A-Z]+", reference)
    if letters is None:
        return None
    place = 0
    for letter in letters.group():
        place = place * 26 + ord(letter) - 64
    return place - 1
