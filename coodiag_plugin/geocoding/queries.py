"""A row to locate, and its cells put back where they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .cleaning import is_way
from .words import tokens


@dataclass(frozen=True)
class Query:
    """A row to locate: text cells as written, empty when absent. ``row_id`` is opaque."""

    row_id: str
    address: str
    complement: str = ""
    postcode: str = ""
    city: str = ""
    citycode: str = ""


_POSTCODE = re.compile(r"(?:F-?)?\s*(\d{2})\s?(\d{3})(?:\.0)?", re.IGNORECASE)


def arrange(query: Query) -> Query:
    """Put cells where they belong: postcode and city exchanged, street in the city's column…"""
    address, complement = query.address.strip(), query.complement.strip()
    postcode, city = query.postcode.strip(), query.city.strip()
    if _POSTCODE.fullmatch(city) and not any(c.isdigit() for c in postcode):
        postcode, city = city, postcode
    if not postcode:
        both = re.match(r"\s*(\d{5})\s+(\D+)$", city)
        if both:
            postcode, city = both.group(1), both.group(2)
    shaped = _POSTCODE.fullmatch(postcode)
    if shaped:
        postcode = shaped.group(1) + shaped.group(2)
    elif re.fullmatch(r"\d{4}(?:\.0)?", postcode):  # Excel took the leading zero
        postcode = "0" + postcode[:4]
    if _is_street(city) and not _is_street(address):
        address, city = city, address
        if _POSTCODE.fullmatch(city):
            postcode, city = postcode or city, ""
    if _is_street(complement) and not _is_street(address):
        address, complement = complement, address
    return replace(
        query,
        address=address,
        complement=complement,
        postcode=postcode,
        city=city,
        citycode=query.citycode.strip().upper(),
    )


def _is_street(text: str) -> bool:
    """Whether a cell reads as a street: a number, then words, or a type of way, then words."""
    words = tokens(text)
    if len(words) < 2:
        return False
    if words[0].isdigit() and len(words[0]) < 5:
        return any(is_way(word) or word == "rond" for word in words[1:4])
    return len(words[0]) > 1 and words[0] in _STREET_HEADS


_STREET_HEADS = frozenset(
    ("rond", "rue", "avenue", "boulevard", "impasse", "allee", "chemin", "route", "place", "square", "av", "bd", "imp", "rte")
)  # fmt: skip
