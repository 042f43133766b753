"""French typography of figures and words, for everything that is printed."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

from .grammar import at as at
from .grammar import of as of
from .values import SIGN_NOT_SIGNIFICANT, SIGNS, Value

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
#: Signs that turn the direction of reading (Unicode, *Bidirectional Algorithm*, 2.1 to 2.4).
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Between two groups of a number; after a year (four digits in a row) another number begins.
_THOUSANDS = re.compile(r"(?<=\d)(?<!\d{4}) (?=\d{3}(?!\d))")

_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]

#: Digits enough for any float: the usual 28 refuse a target of 1e30.
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


def rounded(value: float, decimals: int = 0) -> Decimal:
    """The figure that is printed of ``value``: what a reader compares and subtracts."""
    if not math.isfinite(value):
        raise ValueError(f"{value!r} cannot be printed")
    quantum = Decimal(1).scaleb(-decimals)
    return Decimal(repr(float(value))).quantize(quantum, context=_WIDE)


def number(value: float, decimals: int = 0, signed: bool = False) -> str:
    """``12345.6`` → ``12 346`` (thin no-break space); halves away from zero, as INSEE rounds.

    ``signed`` prints ``+`` before a positive figure (evolutions). Minus is a true minus sign.
    """
    shown = rounded(value, decimals)
    text = f"{abs(shown):,f}".replace(",", NARROW_SPACE).replace(".", ",")
    if shown == 0:
        return text
    if shown < 0:
        return MINUS + text
    return "+" + text if signed else text


def figure(value: Value, decimals: int = 0, unit: str | None = None, signed: bool = False) -> str:
    """A value as printed: number and unit, or INSEE's sign (``s``, ``…``, ``///``, ``n.s.``)."""
    if value.number is None:
        return SIGNS[value.state]
    if not value.significant:
        return SIGN_NOT_SIGNIFICANT
    text = number(value.number, decimals, signed)
    unit = value.unit if unit is None else unit
    return f"{text}{NO_BREAK_SPACE}{unit}" if unit else text


def one_way(text: str) -> str:
    """``text`` without the signs that turn the reading of what follows them (U+202A–202E,
    U+2066–2069): a name may not rewrite the sentence that it stands in."""
    return text if text.isascii() else TURNS.sub("", text)


def typography(text: str) -> str:
    """French spaces that never break: thin before ``; ! ?`` and between thousands, plain before ``:``
    and inside « ». Signs that turn the reading are left out."""
    text = one_way(text)
    text = re.sub(r" (?=[;!?])", NARROW_SPACE, text)
    text = _THOUSANDS.sub(NARROW_SPACE, text)
    return re.sub(r" (?=[:»%€‰])|(?<=«) ", NO_BREAK_SPACE, text)


def date(iso: str) -> str:
    """``2026-03-01`` → ``1er mars 2026``."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    return f"{'1er' if day == 1 else day}{NO_BREAK_SPACE}{_MONTHS[month - 1]} {year}"


def month(iso: str) -> str:
    """``2024-12`` → ``décembre 2024``."""
    return f"{_MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


def plural(count: float, singular: str, several: str | None = None) -> str:
    """``1 ligne``, ``0 ligne``, ``2 lignes``: French plural starts at two."""
    word = (several or singular + "s") if abs(count) >= 2 else singular
    return f"{number(count)}{NO_BREAK_SPACE}{word}"


def few(count: int, minimum: int) -> str:
    """A number of people as it may be told: « moins de 5 » when it is small."""
    return f"moins de {minimum}" if 0 < count < minimum else number(count)


def listing(items: list[str]) -> str:
    """``a, b et c``."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " et " + items[-1]


def without_accents(text: str) -> str:
    """``Évry`` → ``Evry``; compatible forms (``ﬁ``, ``²``) become plain letters and digits."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(char for char in letters if not unicodedata.combining(char))


def alphabetical(name: str) -> str:
    """Sorting key of a French index: word by word, accents, case and ligatures do not count."""
    letters = without_accents(name.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char if char.isalnum() else " " for char in letters)
