"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from ..core.catalogue import rows
from .names import normalise
from .repairs import read_date, read_naf, read_number, read_postcode, read_siret

_HOUSE = re.compile(r"^\s*\d{1,4}\s*(bis|ter|quater|[a-dA-D])?\s*,?\s+\D", re.IGNORECASE)


@cache
def street_words() -> frozenset[str]:
    """Types of way (``rue``, ``av``, ``chemin``…) of two letters and more, without accents."""
    return frozenset(
        row["word"] for row in rows("street_words") if row["role"] == "way" and len(row["word"]) > 1
    )


def is_street(text: str) -> bool:
    """Whether a text starts like a street: a house number, or a type of way among its two first words."""
    words = normalise(text).lower().split()
    return bool(_HOUSE.match(text)) or bool(street_words().intersection(words[:2]))


def is_postcode(text: str) -> bool:
    reading = read_postcode(text)
    return reading.value is not None and not reading.city


def is_city(text: str) -> bool:
    """Letters in majority: a name of a place, with or without its postcode."""
    letters = sum(char.isalpha() for char in text)
    return letters >= 1 and "@" not in text and not is_postcode(text)


_CHECKS: dict[str, Callable[[str], bool]] = {
    "postcode": lambda text: read_postcode(text).value is not None,
    "city": is_city,
    "address": lambda text: "@" not in text and "://" not in text and any(map(str.isalpha, text)),
    "citycode": lambda text: bool(re.fullmatch(r"\d{4,5}(\.0)?|2[abAB]\d{3}", text.strip())),
    "siret": lambda text: bool(read_siret(text).value)
    or "siret_scientific" in read_siret(text).codes,
    "naf": lambda text: read_naf(text).value is not None,
    "turnover": lambda text: read_number(text).value is not None,
    "hours": lambda text: read_number(text, hours=True).value is not None,
    "date": lambda text: read_date(text).value is not None,
    "number": lambda text: bool(
        re.fullmatch(r"\d{1,4}(\.0)?(\s*(bis|ter|[a-d]))?", text.strip(), re.I)
    ),
    "repetition": lambda text: bool(re.fullmatch(r"(bis|ter|quater|[a-z])", text.strip(), re.I)),
}


def share(name: str, sample: Sequence[str]) -> float:
    """Share of ``sample`` (filled cells) that can be read as the field; 1 for free text."""
    check = _CHECKS.get(name)
    if check is None or not sample:
        return 1.0
    return sum(check(cell) for cell in sample) / len(sample)


def looks_like(name: str, sample: Sequence[str]) -> float:
    """Share of ``sample`` that can hardly be anything else than the field (address, postcode)."""
    check = is_street if name == "address" else is_postcode
    return sum(check(cell) for cell in sample) / len(sample) if sample else 0.0


def single_values(sample: Sequence[str]) -> float:
    """Share of distinct values."""
    return len(set(sample)) / len(sample) if sample else 0.0
