"""Where a row is: address, complement, postcode, city and commune code put in their own cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .contents import is_street
from .repairs import read_citycode, read_postcode, valid_postcode

_CEDEX = re.compile(r"[\s,(-]*\bCEDEX\b(?:\s*\d{1,2})?\)?", re.IGNORECASE)
#: What is left of a CEDEX mention once its postcode was taken elsewhere.
_CEDEX_LINE = re.compile(r"[\s,–-]*\bCEDEX\b(?:\s*\d{1,2})?(?=\s*$|\s*\n)", re.IGNORECASE)
#: Boîte postale and course spéciale: a number of up to five digits, sometimes cut ``CS 40 123``.
_BOX = re.compile(
    r"[\s,;–-]*\b(?:B\.?\s?P\.?|C\.?\s?S\.?|T\.?S\.?A\.?|BO[IÎ]TE POSTALE)\s*(?:N?°\s*)?"
    r"(?:\d{2,3}\s\d{3}(?=\s*(?:[,;\n–-]|$))|\d{1,6})(?!\d)[\s,;–-]*",
    re.IGNORECASE,
)
#: ``…, 35000 RENNES`` at the end of an address.
_TAIL = re.compile(
    r"(?P<head>.*?)[\s,;–-]*(?<![\d])(?:F\s*-\s*|FR\s*-\s*)?(?P<postcode>\d{5}|\d{2} \d{3})[\s,]+"
    r"(?P<city>[^\W\d_][^\d,;]*?(?:\s*\bCEDEX\b(?:\s*\d{1,2})?)?(?:\s+\d{1,2}(?:er|e|ème|eme)?)?)"
    r"(?:[\s,;(-]+FRANCE\)?)?[\s,.;]*",
    re.IGNORECASE | re.DOTALL,
)
#: ``…, Rennes, 35000`` or ``…, Rennes (35000)`` at the end of an address.
_TAIL_REVERSED = re.compile(
    r"(?P<head>.*)[,;\n]\s*(?P<city>[^\W\d_][^\d,;\n]*?)[\s,(-]+(?P<postcode>\d{5})\)?(?:[\s,]+FRANCE)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_POSTCODE_FIRST = re.compile(
    r"(?:F-|FR-)?(?P<postcode>\d{4,5}|\d{2} \d{3})[\s,–-]+(?P<city>\D.*)", re.I
)
_POSTCODE_LAST = re.compile(r"(?P<city>\D+?)[\s,(–-]+(?P<postcode>\d{5})\)?")
#: What follows a house number of five digits, which is not a postcode.
_WAY = re.compile(
    r"(?:rue|route|rte|avenue|av|boulevard|bd|chemin|ch|impasse|imp|allée|allee|all|quai|place|pl|square|lieu[- ]dit|voie|cours|sentier|bis|ter)\b",
    re.IGNORECASE,
)
#: No address is longer: beyond, a cell is a note and is left as it is.
_LONGEST = 300
_DEPARTMENT = re.compile(r"\s*\((?:\d{2,3}|2[AB])\)\s*$", re.IGNORECASE)


@dataclass
class Place:
    """The cells that locate a row, cleaned text in and settled text out.

    ``codes`` gathers ``(field, code)`` of what :func:`settle` repaired or flagged. Lines of
    ``address`` are separated by line ends.
    """

    address: str = ""
    complement: str = ""
    postcode: str = ""
    city: str = ""
    citycode: str = ""
    codes: list[tuple[str, str]] = field(default_factory=list)

    def note(self, name: str, *codes: str) -> None:
        self.codes += [(name, code) for code in codes]

    @property
    def anywhere(self) -> bool:
        return bool(self.address or self.postcode or self.city or self.citycode)


def joined(*parts: str) -> str:
    """Parts of an address put one after the other, empty ones left out."""
    return " ".join(part for part in parts if part)


def with_number(number: str, repetition: str, street_type: str, street: str) -> str:
    """``12``, ``B``, ``rue``, ``du Lac`` → ``12 B rue du Lac``; a number already there is not repeated."""
    number = re.sub(r"[.,]0+$", "", number)
    if street_type and street.lower().startswith(street_type.lower() + " "):
        street_type = ""
    if number in ("", "0") or re.match(rf"{re.escape(number)}\b", street):
        number = repetition = ""
    return joined(number, repetition, street_type, street)


def settle(place: Place) -> Place:
    """Put each thing in its cell, in place: postcode, commune code, city, then the address."""
    if _inverted(place):
        place.postcode, place.city = place.city, place.postcode
        place.note("postcode", "inverted")
    _settle_citycode(place)
    _settle_postcode(place)
    _settle_city(place)
    _settle_address(place)
    return place


def inverted(postcode: str, city: str) -> bool:
    """Whether the cell of the postcode holds a name and that of the city only a postcode."""
    if not postcode or not city or any(map(str.isdigit, postcode)):
        return False
    reading = read_postcode(city)
    return reading.value is not None and not reading.city


def _inverted(place: Place) -> bool:
    return inverted(place.postcode, place.city)


def _settle_citycode(place: Place) -> None:
    if place.citycode:
        reading = read_citycode(place.citycode)
        place.citycode = reading.value or ""
        place.note("citycode", *reading.codes)


def _settle_postcode(place: Place) -> None:
    if not place.postcode:
        return
    reading = read_postcode(place.postcode)
    codes = reading.codes
    if codes == ("postcode_bad",):  # a box before the postcode: ``CS 12345 35042 RENNES CEDEX``
        rest, boxes = _without_boxes(place.postcode)
        if boxes:
            place.complement = joined(place.complement, boxes)
            place.note("postcode", "bp")
            reading = read_postcode(rest) if rest else reading
            codes = reading.codes
    if reading.citycode:
        place.citycode = place.citycode or reading.citycode
    city = _CEDEX.sub("", reading.city).strip()
    if reading.city != city:
        codes = (*(code for code in codes if code != "city_in_postcode" or city), "cedex")
    place.city = place.city or city
    place.postcode = reading.value or ""
    place.note("postcode", *codes)


def _settle_city(place: Place) -> None:
    city = place.city
    if not city:
        return
    city, boxes = _without_boxes(city)
    if boxes:
        place.complement = joined(place.complement, boxes)
        place.note("city", "bp")
    found = _POSTCODE_FIRST.fullmatch(city) or _POSTCODE_LAST.fullmatch(city)
    if found:
        reading = read_postcode(found["postcode"])
        if reading.value:
            city = found["city"].strip(" ,-()")
            place.note("city", "postcode_in_city")
            place.note("city", *(code for code in reading.codes if code == "postcode_zero"))
            _accept_postcode(place, reading.value, "city")
    elif not any(map(str.isalpha, city)):
        reading = read_postcode(city)
        if reading.value:
            place.note("city", "postcode_in_city")
            _accept_postcode(place, reading.value, "city")
        else:
            place.note("city", "city_bad")
        city = ""
    city = _without_cedex(place, city, "city")
    shorter = _DEPARTMENT.sub("", city)
    if shorter != city and shorter:
        place.note("city", "department_in_city")
        city = shorter
    place.city = city.strip(" ,;")


def _accept_postcode(place: Place, postcode: str, where: str) -> None:
    if place.postcode and place.postcode != postcode:
        place.note(where, "postcode_conflict")
    place.postcode = place.postcode or postcode


def _without_cedex(place: Place, text: str, where: str) -> str:
    shorter = _CEDEX.sub("", text).strip(" ,")
    if shorter != text.strip(" ,"):
        place.note(where, "cedex")
    return shorter


def _without_boxes(text: str) -> tuple[str, str]:
    """``(text without post boxes, the boxes)``."""
    boxes = [found.group().strip(" ,;–-\n") for found in _BOX.finditer(text)]
    if not boxes:
        return text, ""
    rest = _BOX.sub(lambda found: "\n" if "\n" in found.group() else " ", text)
    return "\n".join(line.strip(" ,;–-") for line in rest.splitlines()).strip(), ", ".join(boxes)


def _settle_address(place: Place) -> None:
    if not place.address:
        return
    text, boxes = _without_boxes(place.address)
    if boxes:
        place.note("address", "bp")
    text = _take_tail(place, text)
    text = _CEDEX_LINE.sub("", text)
    lines = [line.strip(" ,;–-") for line in text.splitlines()]
    lines = [line for line in lines if line]
    moved: list[str] = []
    if len(lines) > 1:
        street = next((line for line in lines if is_street(line)), None)
        if street is not None:
            moved = [line for line in lines if line is not street]
            lines = [street]
        place.note("address", "address_lines")
    place.address = ", ".join(lines)
    extras = [part for part in (place.complement, *moved, boxes) if part]
    place.complement = ", ".join(dict.fromkeys(extras))


def _take_tail(place: Place, text: str) -> str:
    """The address without ``35000 RENNES`` at its end, which fills the empty postcode and city.

    A house number of five digits (``12345 route de la Mer``) is not a postcode: what follows a
    postcode must not start like a street. A tail that contradicts the columns stays and is flagged.
    """
    if len(text) > _LONGEST:
        return text
    found = _TAIL.fullmatch(text) or _TAIL_REVERSED.fullmatch(text)
    if not found:
        return text
    postcode = found["postcode"].replace(" ", "")
    city = " ".join(found["city"].split())
    if not valid_postcode(postcode) or _WAY.match(city):
        return text
    if place.postcode and place.postcode != postcode:
        place.note("address", "postcode_conflict")
        return text
    place.note("address", "address_tail" if place.postcode and place.city else "address_split")
    place.postcode = postcode
    city = _without_cedex(place, city, "address")
    place.city = place.city or city.strip(" ,-()")
    return found["head"]
