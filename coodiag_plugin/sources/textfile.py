"""Text tables as structures keep them: any usual encoding and separator, titles above."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import Literal

from ..core.errors import InputError
from .columns import header_score

SEPARATORS = (";", "\t", ",", "|")
#: A cell with more lines than this means a quote that was never closed.
_MOST_LINES = 12
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 300
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Old encodings of French files; the first one wins a tie.
_LEGACY = ("cp1252", "mac_roman", "cp850")
_FRENCH = dict.fromkeys("éèêëàâçîïôùûœ°’«»€–\xa0", 1.0)
#: Rarer, and what accents of another encoding often look like.
_FRENCH.update(dict.fromkeys("ÉÈÀÊÇÔÎ", 0.5))


@dataclass(frozen=True)
class Grid:
    """Rows of a file with the line where each starts; ``stray_quotes``: quotes were ignored."""

    rows: list[list[str]]
    lines: list[int]
    encoding: str = ""
    separator: str = ""
    stray_quotes: bool = False


def decode(data: bytes, file: str) -> tuple[str, str]:
    """``(text, encoding)`` of a text file; a binary one is refused."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _binary(file) from error
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide), wide
    if data.count(0) > len(data) // 1000:
        raise _binary(file)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _control_share(data) > 0.02:
            raise _binary(file) from None
        encoding = max(_LEGACY, key=lambda name: _french_share(data, name))
        return data.decode(encoding, errors="replace"), encoding


def _binary(file: str) -> InputError:
    return InputError("{file} is not a text table. Give a csv, txt, xlsx or ods file.", file=file)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly all odd (or even) bytes are null."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) / 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nulls = sample[offset::2].count(0)
        if nulls > 0.8 * half and sample[1 - offset :: 2].count(0) < 0.02 * half + 1:
            return encoding
    return None


def _control_share(data: bytes) -> float:
    sample = data[:20_000]
    controls = sum(1 for byte in sample if byte < 32 and byte not in (9, 10, 11, 12, 13, 26, 27))
    return controls / max(len(sample), 1)


def _french_share(data: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that French text uses."""
    text = data[:_SAMPLE_CHARACTERS].decode(encoding, errors="replace")
    beyond = [char for char in text if not char.isascii()]
    return sum(_FRENCH.get(char, 0.0) for char in beyond) / max(len(beyond), 1)


def read_text(data: bytes, file: str) -> Grid:
    """The grid of a text file: encoding, then separator, then rows."""
    text, encoding = decode(data, file)
    text = text.replace("\0", "")
    if not text.strip(' \t\r\n;,|"'):
        return Grid([], [], encoding)
    first, _, rest = text.partition("\n")
    skipped = 0
    separator = ""
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own line
        separator, text, skipped = first.strip()[4], rest, 1
    separator = separator or find_separator(text)
    rows, lines = _parse(text, separator)
    stray = any(cell.count("\n") > _MOST_LINES for row in rows for cell in row)
    if stray or (text.count('"') % 2 and _last_cell_swallows(rows)):
        stray = True
        rows, lines = _parse(text, separator, quotes=False)
        rows = [[_unquoted(cell) for cell in row] for row in rows]
    return Grid(rows, [line + skipped for line in lines], encoding, separator, stray)


def _last_cell_swallows(rows: list[list[str]]) -> bool:
    """Whether an unclosed quote took the end of the file into the last cell."""
    return bool(rows) and bool(rows[-1]) and "\n" in rows[-1][-1].strip()


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell.strip('"')


def _parse(text: str, separator: str, quotes: bool = True) -> tuple[list[list[str]], list[int]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    rows, lines = [], []
    start = 1
    for row in reader:
        rows.append(row)
        lines.append(start)
        start = reader.line_num + 1
    return rows, lines


def find_separator(text: str) -> str:
    """The separator under which the best header has as many cells as the rows below it."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(SEPARATORS, key=lambda separator: _separator_score(sample, separator))


def _separator_score(sample: str, separator: str) -> float:
    rows, _ = _parse(sample, separator)
    rows = [row for row in rows if any(cell.strip() for cell in row)][:_SAMPLE_ROWS]
    if not rows:
        return 0.0
    scores = [header_score(row) for row in rows[:30]]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    if scores[best] < 3:
        widths = [len(row) for row in rows]
        width = max(set(widths), key=lambda value: (widths.count(value), value))
        below = rows
    else:
        width = len(rows[best])
        below = rows[best + 1 :] or rows[best:]
    regular = sum(min(len(row), width) / max(len(row), width) for row in below) / len(below)
    return regular * (1 + scores[best]) * width**0.5
