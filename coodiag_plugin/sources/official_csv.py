"""Bytes of official tables: plain, gzip or inside a zip; their encoding, separator and header."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Optional

import pandas as pd

from ..core.errors import SourceError
from ..core.progress import Progress, Silent
from .recognise import Recognition, recognise
from .record_filter import BLOCK, Codes, Records

#: Bytes read to recognise a file: two lines of the widest table (« dossier complet ») hold in it.
HEAD = 128 * 1024
#: Lines that may stand above the header (titles of exports).
MAX_TITLE_LINES = 15
SAMPLE_ROWS = 60
SEPARATORS = ";,\t|"
CHUNK_ROWS = 200_000

Keep = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class Head:
    """What the first bytes of a text table tell. ``titles`` are the lines above the header."""

    encoding: str
    separator: str
    header_line: int  # 0 is the first line of the file
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    titles: str
    recognition: Optional[Recognition]


@contextmanager
def open_bytes(path: Path, member: str = "") -> Iterator[IO[bytes]]:
    """The bytes of a file, of a member of a zip, decompressed when it is a gzip."""
    try:
        if member:
            with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
                yield _unzipped(stream, member)
        else:
            with path.open("rb") as stream:
                yield _unzipped(stream, path.name)
    except (OSError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        raise SourceError(
            "The file {file} cannot be read: {reason}. Download it again.",
            file=f"{path.name}/{member}" if member else path.name,
            reason=str(error),
        ) from error


def _unzipped(stream: IO[bytes], name: str) -> IO[bytes]:
    return gzip.open(stream) if name.lower().endswith(".gz") else stream  # type: ignore[return-value]


def encoding_of(head: bytes, whole: bool) -> str:
    """``utf-8-sig``, ``utf-16``, ``utf-8`` or, when the bytes are not UTF-8, ``cp1252``."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def clean_header(cells: Sequence[str]) -> tuple[str, ...]:
    """Header cells without their spaces; empty cells at the end of the line are dropped."""
    names = [cell.strip().strip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def read_head(data: bytes, name: str = "") -> Head | None:
    """Recognise a text table from its first :data:`HEAD` bytes; None when it is no table at all."""
    whole = len(data) < HEAD
    encoding = encoding_of(data, whole)
    text = data.decode(encoding, errors="replace")
    if "\x00" in text:
        return None
    lines = text.splitlines(keepends=True)
    if not whole and len(lines) > 1:
        lines.pop()
    first = "".join(lines[: MAX_TITLE_LINES + 1])
    best: Head | None = None
    for separator in sorted(SEPARATORS, key=first.count, reverse=True):
        if separator not in first:
            continue
        for number in range(min(MAX_TITLE_LINES, len(lines))):
            if separator not in lines[number]:
                continue
            head = _head_at(lines, number, separator, encoding, name)
            if head.recognition is not None:
                return head
            if best is None or len(head.columns) > len(best.columns):
                best = head
    return best


def _head_at(lines: list[str], number: int, separator: str, encoding: str, name: str) -> Head:
    """The table as it would be with its header on line ``number``."""
    header = next(csv.reader([lines[number]], delimiter=separator), [])
    columns = clean_header(header)
    body = lines[number + 1 : number + 1 + SAMPLE_ROWS]
    sample = tuple(tuple(row) for row in csv.reader(body, delimiter=separator) if any(row))
    recognition = recognise(columns, sample, name=name) if len(columns) > 1 else None
    titles = " ".join(lines[:number])
    return Head(encoding, separator, number, columns, sample, titles, recognition)


def read_table(
    path: Path,
    member: str,
    encoding: str,
    separator: str,
    header_line: int,
    columns: Sequence[str],
    places: Sequence[int],
    keep: Keep | None = None,
    progress: Progress | None = None,
    among: tuple[int, Collection[str]] | None = None,
) -> pd.DataFrame:
    """Columns at ``places`` of a text table, every cell text, "" for an empty one.

    Read by chunks of :data:`CHUNK_ROWS` so that a national file fits in memory once filtered by
    ``keep`` (chunk → boolean mask). ``among`` (place of a column, values): rows without one of
    these values there are not wanted, most of them are left out before they are parsed, so
    ``keep`` does not see them. ``attrs["read"]`` of the result counts all the rows of the file. A
    file said to be UTF-8 whose later bytes are not is read again as cp1252.
    """
    table = _Text(path, member, separator, header_line, columns, places)
    progress = progress or Silent()
    try:
        return table.read(encoding, keep, progress, among)
    except UnicodeDecodeError:
        return table.read("cp1252", keep, progress, among)


@dataclass(frozen=True)
class _Text:
    """A text table of known form, and the places of the columns wanted."""

    path: Path
    member: str
    separator: str
    header_line: int
    columns: Sequence[str]
    places: Sequence[int]

    def read(
        self,
        encoding: str,
        keep: Keep | None,
        progress: Progress,
        among: tuple[int, Collection[str]] | None,
    ) -> pd.DataFrame:
        names = [self.columns[place] for place in self.places]
        size = _size(self.path, self.member)
        codes = among and Codes.of(*among, encoding, self.separator)
        kept: list[pd.DataFrame] = []
        read = 0

        def told(position: int) -> None:
            progress.check()
            if size:
                progress.set(min(position / size, 1.0))

        with open_bytes(self.path, self.member) as stream, ExitStack() as opened:
            records: Records | None = None
            if codes:
                records = Records(stream, codes, self.separator, self.header_line + 1, told)
                opened.enter_context(records)
            source = io.BufferedReader(records, BLOCK) if records else stream
            for chunk in self._chunks(source, encoding):
                told(0 if stream.closed else stream.tell())
                read += len(chunk)
                chunk = chunk[list(self.places)].fillna("")
                chunk.columns = pd.Index(names)
                kept.append(chunk if keep is None else chunk[keep(chunk)])
            read += records.dropped if records else 0
        if kept:
            table = pd.concat(kept, ignore_index=True)
        else:
            table = pd.DataFrame({name: pd.Series(dtype=str) for name in names})
        table.attrs["read"] = read
        return table

    def _chunks(self, stream: IO[bytes], encoding: str) -> Iterator[pd.DataFrame]:
        """Rows by :data:`CHUNK_ROWS`, columns numbered; the index counts the rows of the stream."""
        text = io.TextIOWrapper(
            stream,
            encoding=encoding,
            errors="replace" if encoding == "cp1252" else "strict",
            newline="",
        )
        try:
            with text:
                for _ in range(self.header_line + 1):
                    text.readline()
                yield from pd.read_csv(
                    text,
                    sep=self.separator,
                    header=None,
                    names=list(range(len(self.columns))),
                    usecols=list(self.places),
                    index_col=False,
                    dtype=str,
                    keep_default_na=False,
                    na_filter=False,
                    chunksize=CHUNK_ROWS,
                )
        except pd.errors.EmptyDataError:
            return  # a header without rows
        except pd.errors.ParserError as error:
            raise SourceError(
                "The file {file} is damaged: {reason}. Download it again.",
                file=self.member or self.path.name,
                reason=str(error).strip(),
            ) from error


def _size(path: Path, member: str) -> int:
    if member:
        with zipfile.ZipFile(path) as archive:
            return archive.getinfo(member).file_size
    return 0 if path.suffix.lower() == ".gz" else path.stat().st_size
