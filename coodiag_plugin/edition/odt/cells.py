"""Cells of a table: what is a number is a number in the file too, not only a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...core.french import MINUS, NARROW_SPACE, NO_BREAK_SPACE

_NUMBER = re.compile(
    rf"([+{MINUS}-]?)(\d{{1,3}}(?:[{NARROW_SPACE}{NO_BREAK_SPACE}]\d{{3}})+|\d+)(?:,(\d+))?"
    rf"(?:[{NARROW_SPACE}{NO_BREAK_SPACE}]([%€]))?"
)


@dataclass(frozen=True)
class Cell:
    """A cell as written: ``kind`` of value (string, float, percentage, currency), ``value`` (``""``
    for a text), ``style``: the data style that prints it as ``text``, ``""`` for none."""

    text: str
    kind: str = "string"
    value: str = ""
    style: str = ""


_KINDS = {"": "float", "%": "percentage", "€": "currency"}
#: End of the data style of a figure with a sign: p prints + above zero, m a true minus below it.
_SIGNED = {"+": "p", MINUS: "m", "-": "m"}
MOST_DECIMALS = 4


def cell(text: str) -> Cell:
    """``« 12,5 % »`` → a percentage of 0.125; a sign of INSEE or any other words → a text."""
    match = _NUMBER.fullmatch(text)
    if match is None or len(match[3] or "") > MOST_DECIMALS:
        return Cell(text)
    sign, whole, part, unit = match.groups()
    digits = re.sub(r"\D", "", whole)
    if whole == digits and len(digits) > 3:
        return Cell(text)  # a year or a code: a count would have its spaces
    decimals = len(part or "")
    value = digits + (f".{part}" if part else "")
    if unit == "%":
        value = _hundredth(digits, part or "")
    minus = "-" if sign in (MINUS, "-") and value.strip("0.") else ""
    kind = _KINDS[unit or ""]
    return Cell(text, kind, minus + value, f"{kind}{decimals}{_SIGNED.get(sign, '')}")


def _hundredth(whole: str, part: str) -> str:
    """The digits moved by two places, exactly: 12 and 5 make 0.125."""
    moved = whole.zfill(3)
    text = f"{moved[:-2]}.{moved[-2:]}{part}"
    head, _, tail = text.partition(".")
    return f"{head.lstrip('0') or '0'}.{tail}"
