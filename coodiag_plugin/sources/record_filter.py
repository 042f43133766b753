"""Records of a big csv that may hold one of some codes, found in its bytes before any parsing.

A national file has millions of rows, a territory some thousands. Splitting every row into cells
costs far more than looking for a code of known length between two separators, which numpy does
on a whole block at once. What comes out is a superset of the rows wanted, in file order, as the
file writes them: the parser and the exact filter come after.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

#: Bytes of a block: the arrays made of it stay in the cache of the processor.
BLOCK = 1 << 20
#: Bytes after which a record that does not end is a quote that was never closed.
LONGEST = 32 << 20
#: Encodings in which a code is written as in ASCII.
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252")
_NEWLINE, _RETURN, _QUOTE = b'\n\r"'
_NONE = np.zeros(0, dtype=np.intp)

_Array = Any  # numpy arrays


@dataclass(frozen=True)
class Codes:
    """What is looked for: the cell at ``place`` is one of ``values``."""

    place: int
    values: frozenset[str]

    @classmethod
    def of(cls, place: int, values: Collection[str], encoding: str, separator: str) -> Codes | None:
        """None when these values cannot be looked for in the bytes of the file."""
        special = set(f'{separator}"\r\n')
        plain = all(value and value.isascii() and not special & set(value) for value in values)
        return cls(place, frozenset(values)) if plain and encoding in ENCODINGS else None


class Records(io.RawIOBase):
    """A stream of the records of ``stream`` that may hold one of the ``codes``.

    The ``header`` first lines are passed as they are. ``dropped``: records left out so far; empty
    lines do not count. ``told`` is given the number of bytes read, block after block, and may
    raise to stop. A file whose quotes do not follow the rule (a quoted cell is quoted whole,
    quotes inside it are doubled) is passed whole from there on: where its records end is the
    parser's to say. Raises EOFError at a quoted cell without end.
    """

    def __init__(
        self,
        stream: IO[bytes],
        codes: Codes,
        separator: str,
        header: int = 0,
        told: Callable[[int], None] = lambda read: None,
    ) -> None:
        super().__init__()
        self.dropped = 0
        self._finder = _Finder(codes, ord(separator))
        self._told = told
        self._pieces = self._sift(stream, header)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        """Stop reading ahead; the stream under it stays open."""
        if not self.closed:
            self._pieces.close()
        super().close()

    def _sift(self, stream: IO[bytes], header: int) -> Generator[bytes, None, None]:
        for _ in range(header):
            yield stream.readline()
        carry, read, sound = b"", 0, True
        for block in _ahead(stream.read):
            read += len(block)
            self._told(read)
            data = carry + block
            if sound:
                split = self._finder.split(data)
                sound = split is not None
            if split is None:
                yield data
                carry = b""
            else:
                piece, end, dropped = split
                self.dropped += dropped
                carry = data[end:]
                if len(carry) > LONGEST:
                    raise EOFError("a quoted cell never ends")
                yield piece
        if carry and not carry.endswith(b"\n"):
            split = self._finder.split(carry + b"\n")
            if split is None or split[1] <= len(carry):  # a quote that is never closed
                yield carry
            else:
                self.dropped += split[2]
                yield split[0]
        elif carry:
            yield carry


def _ahead(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Blocks, the next one being read (and decompressed) while the last one is looked at."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(read, BLOCK)
        while block := coming.result():
            coming = pool.submit(read, BLOCK)
            yield block


class _Finder:
    """Finds the records of a block that hold a code."""

    def __init__(self, codes: Codes, separator: int) -> None:
        self._first = codes.place == 0
        self._separator = separator
        self._codes = {value.encode("ascii") for value in codes.values}
        #: By length of the codes: for each of their places, the bytes that stand there in one.
        self._bytes = {
            width: [
                _table(code[place] for code in self._codes if len(code) == width)
                for place in range(width)
            ]
            for width in sorted({len(code) for code in self._codes})
        }
        self._marks = _table((separator, _NEWLINE, _RETURN, _QUOTE))

    def split(self, data: bytes) -> tuple[bytes, int, int] | None:
        """Records found in ``data``, where the last whole record ends, number of records left out.

        ``data`` starts with a record. None when its quotes do not follow the rule.
        """
        array = np.frombuffer(data, np.uint8)
        ends = lines = np.flatnonzero(array == _NEWLINE)
        quotes = np.flatnonzero(array == _QUOTE) if b'"' in data else _NONE
        if len(quotes):
            ends = lines[np.searchsorted(quotes, lines) % 2 == 0]
        end = int(ends[-1]) + 1 if len(ends) else 0
        if not self._regular(array, quotes[: np.searchsorted(quotes, end)]):
            return None
        returns = data.find(b"\r", 0, end) >= 0
        if returns and data.count(b"\r", 0, end) != data.count(b"\r\n", 0, end):
            return None  # a return alone ends a record too
        if not end:
            return b"", 0, 0
        starts = np.concatenate(([0], ends[:-1] + 1))
        if self._first:
            cells = starts + (array[starts] == _QUOTE)
            places = self._codes_at(data, array, cells)
        else:
            marks = array == self._separator
            marks[lines], marks[quotes] = True, True
            if returns:
                marks |= array == _RETURN
            places = self._codes_between(data, array, marks)
        found = np.unique(np.searchsorted(ends, places))
        found = found[found < len(ends)]
        sizes = ends - starts - (array[ends - 1] == _RETURN)  # of an empty line: 0
        kept = b"".join([data[starts[i] : ends[i] + 1] for i in found])
        dropped = int(np.count_nonzero(sizes > 0)) - int(np.count_nonzero(sizes[found] > 0))
        return kept, end, dropped

    def _regular(self, array: _Array, quotes: _Array) -> bool:
        """Whether each quote opens or closes a whole cell, or is one of a doubled pair inside it."""
        opening, closing = quotes[::2], quotes[1::2]
        before, after = array[opening - 1], array[closing + 1]
        opens = self._marks[before] | (opening == 0)
        return bool(opens.all() and self._marks[after].all())

    def _codes_at(self, data: bytes, array: _Array, cells: _Array) -> list[int]:
        """Those of the ``cells`` (first bytes) that hold a code."""
        found = []
        for width in self._bytes:
            places = cells[cells + width < len(array)]
            found += self._exact(data, array, places[self._marks[array[places + width]]], width)
        return found

    def _codes_between(self, data: bytes, array: _Array, marks: _Array) -> list[int]:
        """First bytes of the codes that stand between two marks."""
        found = []
        for width in self._bytes:
            if len(array) > width + 1:
                cells = marks[: -width - 1] & marks[width + 1 :]
                np.greater(cells, marks[1:-width], out=cells)  # and no empty cell
                found += self._exact(data, array, np.flatnonzero(cells) + 1, width)
        return found

    def _exact(self, data: bytes, array: _Array, places: _Array, width: int) -> list[int]:
        """Those of the ``places`` where a code of that width stands."""
        for offset, known in enumerate(self._bytes[width]):
            places = places[known[array[places + offset]]]
        codes = self._codes
        return [place for place in places.tolist() if data[place : place + width] in codes]


def _table(values: Iterable[int]) -> _Array:
    """For each byte, whether it is one of the values."""
    table = np.zeros(256, dtype=bool)
    table[list(values)] = True
    return table
