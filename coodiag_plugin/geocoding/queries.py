"""A row to locate, and its cells put back where they belong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .ways import is_way
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
_FOUR_FIGURES = re.compile(r"\d{4}(?:\.0)?")
_POSTCODE_INSIDE = re.compile(r"^[^\s\d].*\b\d{5}\b", re.DOTALL)
_BOTH = re.compile(r"\s*(\d{5})[\s,]+(\D+)$")


def arrange(query: Query) -> Query:
    """Put cells where they belong: postcode and city exchanged, street in the city's column…"""
    address, complement = query.address.strip(), query.complement.strip()
    postcode, city = _postcode_and_city(query.postcode.strip(), query.city.strip())
    numbered = _is_numbered(city) and not any(map(str.isdigit, address + complement))
    if (_is_street(city) or numbered) and not _is_street(address):
        address, city = city, address
        if _POSTCODE.fullmatch(city):  # the three cells may have turned: postcode, town, street
            found = (postcode, "") if _figures(postcode) else _postcode_and_city(city, postcode)
            postcode, city = found
    elif not address and not complement and _POSTCODE_INSIDE.search(city):
        address, city = city, ""
    if _is_street(complement) and not _is_street(address):
        address, complement = complement, address
    citycode = query.citycode.strip().upper()
    return Query(query.row_id, address, complement, postcode, city, citycode)


def _postcode_and_city(postcode: str, city: str) -> tuple[str, str]:
    """The two cells the right way round, each with what is its own."""
    if not _figures(postcode) and (_POSTCODE.fullmatch(city) or not city):
        postcode, city = city, postcode
    if not _figures(postcode):
        both = _BOTH.match(city)
        if both:
            return both.group(1), both.group(2)
    both = _BOTH.match(postcode)
    if both:
        return both.group(1), city or both.group(2)
    shaped = _POSTCODE.fullmatch(postcode)
    if shaped:
        return shaped.group(1) + shaped.group(2), city
    if _FOUR_FIGURES.fullmatch(postcode):  # Excel took the leading zero
        return "0" + postcode[:4], city
    return postcode, city


def _figures(text: str) -> bool:
    """Whether a cell has the figures of a postcode: « Rennes Cedex 7 » has not."""
    return sum(map(str.isdigit, text)) > 2


@lru_cache(maxsize=5_000)
def _is_numbered(text: str) -> bool:
    """Whether a cell begins with a house number: no commune does."""
    words = tokens(text)
    return len(words) > 2 and _is_number(words[0])


@lru_cache(maxsize=5_000)
def _is_street(text: str) -> bool:
    """Whether a cell reads as a street: a type of way, then words, or a number before a way."""
    words = tokens(text)
    if len(words) < 2:
        return False
    if _is_number(words[0]):
        return any(is_way(word) or word == "rond" for word in words[1:4])
    if len(words[0]) > 1 and words[0] in _STREET_HEADS:
        return True
    # « Apt 12, 3 rue Carnot »: the street comes after
    return any(
        _is_number(word) and any(next_ in _STREET_HEADS for next_ in words[at + 1 : at + 3])
        for at, word in enumerate(words[:-2])
    )


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) < 5


_STREET_HEADS = frozenset(
    ("rond", "rue", "avenue", "boulevard", "impasse", "allee", "chemin", "route", "place", "square", "av", "bd", "imp", "rte")
)  # fmt: skip
