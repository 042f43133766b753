"""A PDF as Qt writes one, and what stands on its pages."""

from __future__ import annotations

import re
import zlib


def document(*pages: bytes) -> bytes:
    """A PDF as Qt writes one: pages, each with its content and the length of it apart."""
    bodies = [b"<<\n/Type /Catalog\n/Pages 2 0 R\n>>\n"]
    kids = b" ".join(b"%d 0 R" % (3 + 3 * rank) for rank in range(len(pages)))
    bodies.append(b"<<\n/Type /Pages\n/Kids [%s]\n/Count %d\n>>\n" % (kids, len(pages)))
    for rank, content in enumerate(pages):
        first, packed = 3 + 3 * rank, zlib.compress(content)
        bodies += [
            b"<<\n/Type /Page\n/Parent 2 0 R\n/Contents %d 0 R\n/MediaBox [0 0 842 595]\n>>\n"
            % (first + 1),
            b"<<\n/Length %d 0 R\n/Filter /FlateDecode\n>>\nstream\n%s\nendstream\n"
            % (first + 2, packed),
            b"%d\n" % len(packed),
        ]
    made, offsets = b"%PDF-1.4\n%\xc3\xa2\xc3\xa3\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<<\n/Size %d \n/Root 1 0 R\n>>\n"
        b"startxref\n%d \n%%%%EOF\n" % (size, table, size, len(made))
    )


def contents(made: bytes) -> list[bytes]:
    """Drawing operators of each page, read through the table of the file."""
    start = int(re.findall(rb"startxref\n(\d+)", made)[-1])
    assert made[start : start + 5] == b"xref\n"
    offsets = [int(item) for item in re.findall(rb"(\d{10}) 00000 n", made[start:])]
    for number, offset in enumerate(offsets, 1):
        assert made[offset:].startswith(b"%d 0 obj\n" % number)
    result = []
    for page in re.findall(rb"/Contents (\d+) 0 R", made):
        item = made[offsets[int(page) - 1] :]
        length = int(re.search(rb"/Length (\d+) 0 R", item)[1])  # type: ignore[index]
        size = int(made[offsets[length - 1] :].split(b"\n")[1])
        packed = item.partition(b"stream\n")[2][:size]
        assert item.partition(b"stream\n")[2][size:].startswith(b"\nendstream")
        result.append(zlib.decompress(packed))
    return result
