"""Readings of the cells that spreadsheets damage: codes, numbers and dates.

Each ``read_*`` takes a cleaned, non-empty text and gives a :class:`Reading`: the value (None when it
is refused) and the codes of :mod:`issues` that say what was repaired, flagged or refused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..core.codes import COMMUNE, commune_code, luhn
from .names import normalise

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """A cell as read. ``city`` and ``citycode``: what else a postcode cell held."""

    value: str | None
    codes: tuple[str, ...] = ()
    city: str = ""
    citycode: str = ""


@dataclass(frozen=True)
class NumberReading:
    value: float | None
    codes: tuple[str, ...] = ()


# Postcodes and commune codes ---------------------------------------------------------------

_POSTCODE = re.compile(
    r"(?P<country>(?:FR?|FRANCE)\s*[-–.]?\s*)?(?P<digits>\d{5}|\d{2}[ .]\d{3}|\d{4})(?P<decimal>[.,]0+)?"
    r"(?:\s*[-–,/]?\s*(?P<city>[^\d\s].*))?",
    re.IGNORECASE | re.DOTALL,
)


def valid_postcode(digits: str) -> bool:
    """Five digits of a French département, overseas territory or Monaco (98000)."""
    return bool(re.fullmatch(r"(?:0[1-9]|[1-8]\d|9[0-5]|97|98)\d{3}", digits))


def read_postcode(text: str) -> Reading:
    """``1400`` → ``01400``; ``35000.0``, ``35 000``, ``F-35000`` → ``35000``; ``35000 RENNES`` gives
    the city too; ``2A004`` is a commune code."""
    clean = _SPACES.sub(" ", text).strip(" '’`.,;")
    if re.fullmatch(r"2[ABab]\d{3}", clean):
        return Reading(None, ("postcode_is_citycode",), citycode=clean.upper())
    found = _POSTCODE.fullmatch(clean)
    if not found:
        return Reading(None, ("postcode_bad",))
    digits = re.sub(r"\D", "", found["digits"])
    codes = []
    if len(digits) == 4:
        digits = "0" + digits
        codes.append("postcode_zero")
    elif found["country"] or found["decimal"] or digits != found["digits"] or clean != text.strip():
        codes.append("postcode_form")
    if not valid_postcode(digits):
        return Reading(None, ("postcode_bad",))
    city = (found["city"] or "").strip()
    if city:
        codes = [code for code in codes if code != "postcode_form"] + ["city_in_postcode"]
    return Reading(digits, tuple(codes), city=city)


def read_citycode(text: str) -> Reading:
    """``1004`` → ``01004``; ``35238.0`` → ``35238``; anything else than a commune code is refused."""
    clean = re.sub(r"[.,]0+$", "", _SPACES.sub("", text).strip("'"))
    code = commune_code(clean)
    if code is None or (code.isdigit() and not valid_postcode(code)):
        return Reading(None, ("citycode_bad",))
    return Reading(code, () if COMMUNE.fullmatch(clean.upper()) else ("citycode_zero",))


# SIRET and NAF -----------------------------------------------------------------------------

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")


def read_siret(text: str) -> Reading:
    """A SIRET (14 digits) or SIREN (9 digits) as text.

    A scientific notation is expanded only if it still holds at least 12 digits and the check
    digit is right: what a spreadsheet shows (``3,8013E+13``) has lost its end.
    """
    clean = re.sub(r"[\s.\-_/'’]", "", re.sub(r"[.,]0+$", "", text.strip()))
    found = _SCIENTIFIC.fullmatch(text.strip().replace(" ", ""))
    if found:
        mantissa = found[1] + (found[2] or "")
        digits = mantissa.ljust(int(found[3]) + 1, "0")
        if int(found[3]) in (12, 13) and 12 <= len(mantissa) <= 14 and luhn(digits.zfill(14)):
            return Reading(digits.zfill(14), ("siret_expanded",))
        return Reading(None, ("siret_scientific",))
    vat = re.fullmatch(r"FR[0-9A-Z]{2}(\d{9})", clean.upper())
    if vat:
        return Reading(vat[1], ("siren_only",))
    if not clean.isascii() or not clean.isdigit():
        return Reading(None, ("siret_bad",))
    if len(clean) in (12, 13):
        whole = clean.zfill(14)
        if len(clean) == 13 or luhn(whole):
            return Reading(whole, ("siret_zero",) if luhn(whole) else ("siret_zero", "siret_luhn"))
    if len(clean) == 14:
        return Reading(clean, () if luhn(clean) else ("siret_luhn",))
    if len(clean) == 8 and luhn("0" + clean):
        return Reading("0" + clean, ("siret_zero", "siren_only"))
    if len(clean) == 9:
        return Reading(clean, ("siren_only",) if luhn(clean) else ("siren_only", "siret_luhn"))
    return Reading(None, ("siret_bad",))


def read_naf(text: str) -> Reading:
    """``8899b``, ``88.99 B``, ``88.99B – Action sociale`` → ``88.99B``; ``111Z`` → ``01.11Z``."""
    found = re.match(r"\s*(\d{2})[\s.]?(\d{2})[\s.]?([A-Za-z])?(?![A-Za-z0-9])", text)
    if found:
        if found[3]:
            return Reading(f"{found[1]}.{found[2]}{found[3].upper()}")
        return Reading(f"{found[1]}.{found[2]}", ("naf_incomplete",))
    short = re.match(r"\s*(\d)[.]?(\d{2})[\s.]?([A-Za-z])(?![A-Za-z0-9])", text)
    if short:
        return Reading(f"0{short[1]}.{short[2]}{short[3].upper()}", ("naf_zero",))
    return Reading(None, ("naf_bad",))


# Numbers -----------------------------------------------------------------------------------

_HOURS = (
    re.compile(r"(?P<h>\d+)\s*(?:h|H|:)\s*(?P<m>\d{2})?(?::\d{2})?\s*(?:mn|min)?"),
    re.compile(r"PT(?P<h>\d+)H(?:(?P<m>\d+)M)?(?:\d+(?:\.\d+)?S)?"),
)
_UNITS = re.compile(r"(?:€|EUR|euros?|HT|TTC|heures?|hrs?|H)\.?", re.IGNORECASE)
_KILO = re.compile(r"k(?:€|eur|euros?)", re.IGNORECASE)
_SIGNED = re.compile(r"(?P<open>\()?(?P<sign>[+-]?)(?P<body>[\d.,][^()]*?)(?P<trail>-?)(?(open)\))")
#: Cells that can be read with one decimal sign only.
_COMMA = re.compile(r",\d{1,2}\D*$|,\d{4,}\D*$|\.\d{3},|\d\.\d{3}\.\d{3}")
_DOT = re.compile(r"\.\d{1,2}\D*$|\.\d{4,}\D*$|,\d{3}\.|\d,\d{3},\d{3}")


def decimal_sign(cells: Iterable[str]) -> str:
    """Decimal sign of a column: ``,`` or ``.`` when cells prove it, ``""`` when nothing does.

    It settles ``1.234`` and ``1,234``: thousands where the column writes decimals with the other
    mark, decimals otherwise.
    """
    comma = dot = False
    for cell in cells:
        comma = comma or bool(_COMMA.search(cell))
        dot = dot or bool(_DOT.search(cell))
    if comma == dot:
        return ""
    return "," if comma else "."


def read_number(text: str, sign: str = "", hours: bool = False) -> NumberReading:
    """A number as people write it: ``1 234,5 €``, ``(120)``, ``12 k€``, ``120-``; ``7h30`` in hours.

    ``sign`` is the decimal sign of the column (:func:`decimal_sign`).
    """
    clean = re.sub(r"[\s'’]+", "", text).replace("−", "-").replace("–", "-")
    if hours:
        for pattern in _HOURS:
            found = pattern.fullmatch(clean)
            if found:
                return NumberReading(int(found["h"]) + int(found["m"] or 0) / 60)
    codes: tuple[str, ...] = ()
    factor = 1
    if _KILO.search(clean):
        clean = _KILO.sub("", clean)
        factor, codes = 1000, ("number_thousand",)
    signed = _SIGNED.fullmatch(_UNITS.sub("", clean))
    plain = _plain_number(signed["body"], sign) if signed else None
    if signed is None or plain is None:
        return NumberReading(None, ("number_bad",))
    value = float(Decimal(plain) * factor)
    negative = signed["open"] or signed["sign"] == "-" or signed["trail"]
    return NumberReading(-value if negative and value else value, codes)


def _plain_number(text: str, sign: str) -> str | None:
    """Digits with a dot from ``1.234,5``, ``1,234.5`` or ``1234,5``; None when it is no number."""
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}", text):
        return text.replace(",", ".")
    if not re.fullmatch(r"\d[\d.,]*|[.,]\d+", text) or len(text) > 25:
        return None
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text
    mark, head, tail = text[last], text[:last], text[last + 1 :]
    other = "." if mark == "," else ","
    if mark in head:  # 1.234.567: the same mark twice separates thousands
        groups = text.split(mark)
        if other in text or any(len(group) != 3 for group in groups[1:]):
            return None
        return "".join(groups)
    if other in head:
        groups = head.split(other)
        if any(len(group) != 3 for group in groups[1:]):
            return None
        return "".join(groups) + "." + (tail or "0")
    if len(tail) == 3 and 1 <= len(head) <= 3 and head != "0" and sign == other:
        return head + tail
    return (head or "0") + "." + (tail or "0")


# Dates -------------------------------------------------------------------------------------

_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "january": 1,
    "fevrier": 2, "fevr": 2, "fev": 2, "feb": 2, "february": 2,
    "mars": 3, "mar": 3, "march": 3,
    "avril": 4, "avr": 4, "apr": 4, "april": 4,
    "mai": 5, "may": 5,
    "juin": 6, "jun": 6, "june": 6,
    "juillet": 7, "juil": 7, "jul": 7, "july": 7,
    "aout": 8, "aou": 8, "aug": 8, "august": 8,
    "septembre": 9, "sept": 9, "sep": 9, "september": 9,
    "octobre": 10, "oct": 10, "october": 10,
    "novembre": 11, "nov": 11, "november": 11,
    "decembre": 12, "dec": 12, "december": 12,
}  # fmt: skip
_TIME = r"(?:[T\s]+\d{1,2}[:hH]\d{0,2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_FRENCH = re.compile(r"(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})" + _TIME)
_WORDS = re.compile(r"(?:[A-Z]+DI|DIMANCHE|LE)?\s*(\d{1,2})(?:ER)?\s+([A-Z]+)\s+(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
#: Excel's day 0, with its false 29 February 1900 behind it.
_EPOCH = datetime.date(1899, 12, 30)


def read_date(text: str) -> Reading:
    """ISO date of ``01/02/2024`` (day first), ``2024-02-01``, ``1 févr. 2024`` or an Excel serial
    (20000–60000: 1954–2064). A year (``2024``) or a month (``02/2024``) alone stays one, in ISO."""
    clean = text.strip()
    codes: tuple[str, ...] = ()
    found = _ISO.fullmatch(clean)
    if found:
        year, month, day = found[1], int(found[2]), int(found[3])
    elif re.fullmatch(r"\d{8}", clean):
        year, month, day = clean[:4], int(clean[4:6]), int(clean[6:])
    elif found := _FRENCH.fullmatch(clean):
        year, month, day = found[3], int(found[2]), int(found[1])
    elif found := _WORDS.fullmatch(normalise(clean)):
        year, month, day = found[3], _MONTHS.get(found[2].lower(), 0), int(found[1])
    elif found := _SERIAL.fullmatch(clean):
        serial = int(found[1])
        if not 20000 <= serial <= 60000:
            return Reading(None, ("date_bad",))
        return Reading((_EPOCH + datetime.timedelta(days=serial)).isoformat(), ("date_serial",))
    else:
        return _partial_date(clean)
    if len(year) == 2:
        year, codes = ("20" if int(year) < 50 else "19") + year, ("date_short_year",)
    return _checked_date(int(year), month, day, codes)


def _checked_date(year: int, month: int, day: int, codes: tuple[str, ...]) -> Reading:
    if not 1900 <= year <= 2100:
        return Reading(None, ("date_bad",))
    try:
        return Reading(datetime.date(year, month, day).isoformat(), codes)
    except ValueError:
        return Reading(None, ("date_bad",))


def _partial_date(text: str) -> Reading:
    """``2024`` and ``02/2024`` → ``2024``, ``2024-02``."""
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return Reading(text)
    for pattern, year, month in ((r"(\d{1,2})[/-](\d{4})", 2, 1), (r"(\d{4})[/-](\d{1,2})", 1, 2)):
        found = re.fullmatch(pattern, text)
        if found and 1 <= int(found[month]) <= 12 and 1900 <= int(found[year]) <= 2100:
            return Reading(f"{found[year]}-{int(found[month]):02d}")
    return Reading(None, ("date_bad",))
