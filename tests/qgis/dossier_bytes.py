"""Every text of a dossier, however it is packed: zip members, SQLite cells, PDF streams."""

from __future__ import annotations

import re
import sqlite3
import struct
import subprocess
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

CONFIDENTIAL = "confidentiel"


def shareable(dossier: Path) -> list[Path]:
    """Files of a dossier that may be handed out."""
    found = [path for path in sorted(dossier.rglob("*")) if path.is_file()]
    return [path for path in found if CONFIDENTIAL not in path.relative_to(dossier).parts]


def sql(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def tables(path: Path) -> list[str]:
    with closing(sql(path)) as base:
        rows = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return sorted(name for (name,) in rows)


def rows(path: Path, table: str) -> list[dict[str, object]]:
    """Rows of a table of a GeoPackage, blobs included, in the order of their key."""
    with closing(sql(path)) as base:
        base.row_factory = sqlite3.Row
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        return [dict(row) for row in base.execute(f'SELECT * FROM "{table}" ORDER BY 1')]


def layers(path: Path) -> list[str]:
    """Names of the layers of a GeoPackage (features and attributes)."""
    with closing(sql(path)) as base:
        kept = "data_type IN ('features', 'attributes')"
        found = base.execute(f"SELECT table_name FROM gpkg_contents WHERE {kept}")
        return sorted(name for (name,) in found if name != "layer_styles")


def cells(path: Path) -> Iterator[tuple[str, object]]:
    """``(table.column, value)`` of every cell of every table, system tables included."""
    for table in tables(path):
        for row in rows(path, table):
            for column, value in row.items():
                if value is not None:
                    yield f"{table}.{column}", value


def streams(data: bytes) -> Iterator[bytes]:
    """Streams of a PDF, inflated where they are deflated.

    Of a stream that draws, its strings: the rest is numbers and operators.
    """
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        raw = match.group(1)
        with suppress(zlib.error):  # one that is not deflated is searched as it is
            raw = zlib.decompress(raw)
        drawing = len(re.findall(rb"[\d.]+ [\d.]+ [lmc]\b", raw[:100_000])) > 20
        yield b" ".join(re.findall(rb"\(.*?\)|<.*?>", raw)) if drawing else raw


def pdf_text(path: Path, *options: str) -> str:
    run = subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, check=True, text=True
    )
    return run.stdout


def pieces(dossier: Path) -> Iterator[tuple[str, bytes]]:
    """``(where, bytes)`` of everything in the shareable part of a dossier, unpacked."""
    for path in shareable(dossier):
        name = path.relative_to(dossier).as_posix()
        data = path.read_bytes()
        yield name, data
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for item in archive.infolist():
                    yield f"{name}/{item.filename}", archive.read(item)
                    yield f"{name}/{item.filename} (entry)", item.filename.encode() + item.comment
        elif path.suffix == ".gpkg":
            texts = [f"{where}\t{value}" for where, value in cells(path)]
            yield f"{name} (cells)", "\n".join(texts).encode()
        elif path.suffix == ".pdf":
            yield f"{name} (streams)", b"\n".join(streams(data))
            yield f"{name} (text)", pdf_text(path).encode()
            info = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True)
            yield f"{name} (information)", info.stdout


def folded(text: str) -> str:
    """Lower case without accents, one plain space between words: how a name is searched for."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", _ACCENTS.sub("", plain)))


_ACCENTS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True)
class Piece:
    """A file or a part of one, with its words as :func:`folded` writes them."""

    where: str
    data: bytes
    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, where: str, data: bytes) -> Piece:
        """Words are read as UTF-8 and, without the zeros of UTF-16, in the Western code page."""
        text = folded(data.decode("utf-8", "replace"))
        if b"\0" in data:
            text += " " + folded(data.replace(b"\0", b"").decode("cp1252", "replace"))
        return cls(where, data, f" {text} ", frozenset(text.split(" ")))

    def holds(self, needle: str) -> bool:
        """Whether the (folded) ``needle`` stands there as whole words."""
        return all(word in self.words for word in needle.split(" ")) and f" {needle} " in self.text


def positions(path: Path, table: str) -> list[tuple[float, float]]:
    """Points of a layer of a GeoPackage."""
    return [point(row["geom"]) for row in rows(path, table) if row.get("geom")]  # type: ignore[arg-type]


def point(blob: bytes) -> tuple[float, float]:
    """Coordinates of a point in GeoPackage binary form (OGC 12-128, §2.1.3)."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    order = "<" if blob[8 + envelope] else ">"
    return struct.unpack_from(f"{order}dd", blob, 13 + envelope)
