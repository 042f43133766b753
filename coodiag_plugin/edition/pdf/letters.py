"""What the letters of a PDF of Qt are, for who searches, copies or listens.

Qt names each letter by the first sign that its font draws so; the first that looks like a space
is the tabulation.
"""

from __future__ import annotations

import re

from .objects import Pdf

#: The table of the signs of a font, as Qt writes it (not packed), and the lists in it.
_TABLE = re.compile(rb"begincmap\n")
_LIST = re.compile(rb"\[[^\]]*\]")
_HEAD = 200  # bytes among which a table begins
_TABULATION, _SPACE = b"<0009>", b"<0020>"


def put_spaces(pdf: Pdf) -> None:
    """Have the words of ``pdf`` parted by spaces."""
    for number in pdf.numbers:
        body = pdf.body(number)
        if _TABLE.search(body, 0, _HEAD):
            pdf.put(number, _LIST.sub(lambda names: names[0].replace(_TABULATION, _SPACE), body))
