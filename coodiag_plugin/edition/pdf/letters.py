"""What the letters of a PDF of Qt are, for who searches, copies or listens.

Qt names each letter by the first sign that its font draws so; the first that looks like a space
is the tabulation.
"""

from __future__ import annotations

import re

from .objects import Pdf, pack, unpack

_SIGNS = re.compile(rb"/ToUnicode (\d+) 0 R")
_TABULATION, _SPACE = b"<0009>", b"<0020>"
#: Signs of the letters: lists between brackets, in tables of ranges.
_LIST = re.compile(rb"\[[^\]]*\]")


def put_spaces(pdf: Pdf) -> None:
    """Have the words of ``pdf`` parted by spaces."""
    for number in pdf.numbers:
        found = _SIGNS.search(pdf.body(number)[:400])
        packed = pdf.packed(int(found[1])) if found else None
        if found and packed:
            table = _LIST.sub(lambda names: names[0].replace(_TABULATION, _SPACE), unpack(packed))
            pdf.repack(int(found[1]), pack(table))
