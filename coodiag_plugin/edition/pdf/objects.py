"""The objects of a PDF written by Qt, to be changed and written again.

Qt writes plain numbered objects, one table of them at the end, each page's drawing as one
compressed stream whose length is an object of its own. Nothing else is read here: a document of
another make (tables in streams, several revisions) is not taken for one of Qt.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable

#: Of compression: a third of the time of the usual one, for pages eight hundredths heavier.
_LEVEL = 4

_START = re.compile(rb"startxref\n(\d+) *\n%%EOF\s*$")
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY = 20  # bytes of an entry of the table
_SIZE = re.compile(rb"/Size \d+ ?")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_INFO = re.compile(rb"/Info (\d+) 0 R")
_IDENTITY = re.compile(rb"\n/ID \[[^\]]*\]")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
#: Bytes that a string does not hold as they are.
_SIGNS = re.compile(rb"[\\()\r\n]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_STREAM = re.compile(
    rb"<<\n/Length (\d+) 0 R\n/Filter /FlateDecode\n>>\nstream\n(.*)\nendstream", re.DOTALL
)


class Pdf:
    """A document of Qt. ``objects``: whole objects by number, in the order of the file."""

    def __init__(self, head: bytes, objects: dict[int, bytes], trailer: bytes) -> None:
        self._head = head
        self._objects = objects
        self._trailer = trailer
        self._next = max(objects) + 1

    @property
    def root(self) -> int:
        """Number of the catalogue."""
        return _first(_ROOT, self._trailer)

    @property
    def numbers(self) -> list[int]:
        """Numbers of all the objects."""
        return list(self._objects)

    @property
    def pages(self) -> list[int]:
        """Numbers of the pages, in their order (Qt keeps them in one flat list)."""
        kids = _KIDS.search(self.body(_first(_PAGES, self.body(self.root))))
        return [int(number) for number in _REFERENCE.findall(kids[1])] if kids else []

    def body(self, number: int) -> bytes:
        """An object without its number."""
        item = self._objects[number]
        return item[item.index(b"\n") + 1 : item.rindex(b"endobj")].rstrip(b"\n")

    def put(self, number: int, body: bytes) -> None:
        self._objects[number] = b"%d 0 obj\n%s\nendobj\n" % (number, body)

    def add(self, body: bytes) -> int:
        """A new object; returns its number."""
        number = self.reserve(1)[0]
        self.put(number, body)
        return number

    def reserve(self, count: int) -> range:
        """Numbers for objects that name one another before they are put."""
        self._next += count
        return range(self._next - count, self._next)

    def extend(self, number: int, entries: bytes, without: Iterable[bytes] = ()) -> None:
        """Add ``entries`` to the dictionary ``number``, less its lines that name ``without``."""
        lines = self.body(number).split(b"\n")
        kept = [line for line in lines[:-1] if not line.startswith(tuple(without))]
        self.put(number, b"\n".join([*kept, entries, lines[-1]]))

    def contents(self, page: int) -> int:
        """Number of the drawing of a page; 0: it has none."""
        found = _CONTENTS.search(self.body(page))
        return int(found[1]) if found else 0

    def packed(self, number: int) -> bytes | None:
        """A packed stream; None for one that Qt does not write so."""
        stream = _STREAM.fullmatch(self.body(number)) if number in self._objects else None
        return stream[2] if stream else None

    def repack(self, number: int, packed: bytes) -> None:
        """Another content for a stream that is :meth:`packed`."""
        stream = _STREAM.fullmatch(self.body(number))
        if stream is None:
            raise ValueError(f"the object {number} is not a stream of Qt")
        length = int(stream[1])
        opening = b"<<\n/Length %d 0 R\n/Filter /FlateDecode\n>>\nstream\n" % length
        self.put(number, opening + packed + b"\nendstream")
        self.put(length, b"%d" % len(packed))

    def settle(self) -> None:
        """Number the objects in the order in which they are named, from the trailer on.

        Qt writes its fonts in an order that changes from one run to the next. What nothing names
        is left out.
        """
        waiting = [int(number) for number in _REFERENCE.findall(self._trailer)][::-1]
        order: dict[int, int] = {}
        while waiting:
            number = waiting.pop()
            if number not in order and number in self._objects:
                order[number] = len(order) + 1
                named = _REFERENCE.findall(_dictionary(self.body(number)))
                waiting += [int(other) for other in reversed(named)]

        def renamed(found: re.Match[bytes]) -> bytes:
            return b"%d 0 R" % order.get(int(found[1]), 0)

        objects = {order[number]: self.body(number) for number in order}
        self._objects, self._next = {}, len(order) + 1
        for number in sorted(objects):
            start = _dictionary(objects[number])
            rest = objects[number][len(start) :]
            self.put(number, _REFERENCE.sub(renamed, start) + rest)
        self._trailer = _REFERENCE.sub(renamed, self._trailer)

    def describe(self, info: bytes) -> None:
        """The information dictionary of the document, in place of Qt's."""
        found = _INFO.search(self._trailer)
        if found:
            self.put(int(found[1]), info)
        else:
            number = self.add(info)
            self._trailer = self._trailer.replace(b"/Root", b"/Info %d 0 R\n/Root" % number, 1)

    def to_bytes(self) -> bytes:
        """The file again: its head, the objects, and a table of where they are.

        Its identity is drawn from its content: the same pages give the same bytes.
        """
        offsets, parts, at = {}, [self._head], len(self._head)
        identity = hashlib.sha256(self._head)
        for number, item in self._objects.items():
            offsets[number] = at
            parts.append(item)
            identity.update(item)
            at += len(item)
        size = self._next
        table = [b"xref\n0 %d\n0000000000 65535 f \n" % size]
        for number in range(1, size):
            used = number in offsets
            table.append(
                b"%010d 00000 n \n" % offsets[number] if used else b"0000000000 65535 f \n"
            )
        name = identity.hexdigest()[:32].encode("ascii")
        trailer = _SIZE.sub(b"/Size %d " % size, _IDENTITY.sub(b"", self._trailer), count=1)
        trailer = trailer.replace(b"\n>>", b"\n/ID [<%s> <%s>]\n>>" % (name, name), 1)
        return b"".join([*parts, *table, trailer, b"startxref\n%d\n%%%%EOF\n" % at])


def read(document: bytes) -> Pdf | None:
    """A document of Qt taken apart; None for one of another make."""
    start = _START.search(document, max(0, len(document) - 64))
    table = _TABLE.match(document, int(start[1])) if start else None
    if start is None or table is None:
        return None
    count = int(table[1])
    entries = document[table.end() : table.end() + count * _ENTRY]
    offsets = sorted(
        (int(entries[at : at + 10]), number)
        for number, at in enumerate(range(0, count * _ENTRY, _ENTRY))
        if entries[at + 17 : at + 18] == b"n"
    )
    trailer = document[table.end() + count * _ENTRY : start.start()]
    if not offsets or _ROOT.search(trailer) is None:
        return None
    ends = [offset for offset, _ in offsets[1:]] + [int(start[1])]
    objects = {number: document[offset:end] for (offset, number), end in zip(offsets, ends)}
    return Pdf(document[: offsets[0][0]], objects, trailer)


def _dictionary(body: bytes) -> bytes:
    """An object without the bytes of its stream."""
    return body.partition(b"stream\n")[0]


def unpack(packed: bytes) -> bytes:
    return zlib.decompress(packed)


def pack(content: bytes) -> bytes:
    return zlib.compress(content, _LEVEL)


def text(value: str) -> bytes:
    """A string of the document's dictionaries, in the encoding that holds every language."""
    return b"(%s)" % _SIGNS.sub(_escaped, b"\xfe\xff" + value.encode("utf-16-be"))


def _escaped(sign: re.Match[bytes]) -> bytes:
    return {b"\n": b"\\n", b"\r": b"\\r"}.get(sign[0], b"\\" + sign[0])


def _first(pattern: re.Pattern[bytes], content: bytes) -> int:
    found = pattern.search(content)
    if found is None:
        raise ValueError(f"{pattern.pattern!r} is not in the document")
    return int(found[1])
