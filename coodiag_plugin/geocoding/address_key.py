"""What makes two rows the same address, whatever the way they are written.

A correction is found again by this key, in a year and with another version of Coodiag: nothing here
may change for a reading that was merely improved elsewhere. The words are therefore few, and its
own; a test holds the keys of a list of addresses to the letter. :data:`FORM` is part of every key:
raise it when the form has to change, and older corrections are no more found.

Two writings give one key when they differ by case, accents, punctuation, spaces, articles, usual
abbreviations, a flat or a floor, CEDEX, or the town written again at the end. Digits are never left
out but those of a flat, a floor, a door or a box: two numbers of a street are two keys, as are
``12``, ``12 bis``, ``12 B`` and ``12-14``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..core.codes import commune_code
from .queries import Query, arrange
from .words import fold

FORM = 1

_ABBREVIATIONS = {
    "r": "rue", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard",
    "blvd": "boulevard", "boul": "boulevard", "imp": "impasse", "all": "allee", "ch": "chemin",
    "che": "chemin", "chem": "chemin", "rte": "route", "pl": "place", "sq": "square",
    "res": "residence", "resid": "residence", "bat": "batiment", "bt": "batiment",
    "imm": "immeuble", "fg": "faubourg", "fbg": "faubourg", "crs": "cours", "pass": "passage",  # nosec B105
    "ham": "hameau", "st": "saint", "ste": "sainte", "gal": "general", "gral": "general",
    "mal": "marechal", "cdt": "commandant", "dr": "docteur", "pr": "professeur",
    "prof": "professeur", "pdt": "president", "nd": "notredame", "gd": "grand", "grd": "grand",
    "gde": "grande",
}  # fmt: skip
_ARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))
_CITY_WORDS = {"st": "saint", "ste": "sainte", "s": "sur", "ss": "sous"}
_ID = r"\s*(?:n\s*)?(?:\d{1,4}[a-z]?|[a-z]\d{0,4})(?![\w'])"
#: What says where in the building, or how the mail is sorted.
_INSIDE = re.compile(
    r"\bcedex\b(?:\s*\d{1,2}\b)?"
    r"|\b(?:b\.?p\.?|c\.?s\.?|t\.?s\.?a\.?|boite postale)\s*(?:n\s*)?\d{1,6}(?: \d{3})?\b"
    r"|(?<!de )(?<!du )(?<!la )\b(?:appartement|appart|appt|apt|app|escalier|esc|etage|etg|porte|"
    r"pte|boite aux lettres|boite|bal)\.?"
    + _ID
    + r"|\b\d{1,2}\s*(?:er|e|eme|ieme|nd)?\s*(?:etage|etg)\b"
    r"|\b(?:rdc|rez[ -]de[ -]chaussee)\b"
    r"|\blieu[ -]?dit\b\s*:?"
)
_TAIL = re.compile(r"(?:^|[\s,])(?:f-?)?(\d{5})[\s,]+([a-z][a-z' -]*?)\s*$")
_POSTCODE = re.compile(r"(?:f-?)?\s*(\d{2})\s?(\d{3})(?:\.0)?")
_HEAD = re.compile(
    r"(?:n\s+)?(\d{1,4})"
    r"(?:[\s,]*(bis|ter|quater|quinquies)\b|([a-z])(?![a-z'])|\s+([a-qs-z])(?![a-z0-9']|\s*\d)|(?!\d))"
)
_RANGE = re.compile(r"\s*(?:-|/|&|\bet\b|\ba\b)\s*(?=\d)")
_ORDINAL = re.compile(r"(?<!\d)(\d+)(?:ere|er|eme|ieme|e|nde|nd)\b")
_TOKEN = re.compile(r"[a-z]+|\d+")
_FIVE = re.compile(r"(?<!\d)\d{5}(?!\d)")


@dataclass(frozen=True)
class AddressKey:
    """The two ways in which a row may be found again; plain text, never stored as such.

    ``coded``: address and commune code, empty when the row gives no code. ``named``: address,
    postcode and commune's name, empty when the row gives neither of the two but a code.
    """

    named: str
    coded: str

    @property
    def address(self) -> str:
        """What both texts say of the address alone: numbers and words, without the town."""
        if self.coded:
            return self.coded.partition("|")[2].rpartition("|")[0]
        return self.named.partition("|")[2].rsplit("|", 2)[0]

    @property
    def says_where(self) -> bool:
        """Whether the row gives a commune or a postcode: a street alone is one in a thousand towns."""
        return bool(self.coded) or not self.named.endswith("||")

    def meets(self, other: AddressKey) -> bool:
        """Whether a correction of one is found for the other: by code when both have one, else by
        name (``corrections.py`` decides the same on what it has hashed)."""
        if self.coded and other.coded:
            return self.coded == other.coded
        return bool(self.named) and self.named == other.named


def address_key(query: Query) -> AddressKey | None:
    """Key of a row, None when it has no address: nothing would tell it from its neighbours.

    Cells are put back where they belong only in a row that would have no key as it is written:
    the keys that are already kept must not change.
    """
    return _key_of(query) or _key_of(arrange(query), repaired=True)


def _key_of(query: Query, repaired: bool = False) -> AddressKey | None:
    found = _key(query.address, query.complement, query.postcode, query.city, query.citycode)
    # « Valmoreau 99100 » in the column of the town is a town, whatever cell it is moved to
    return None if found and repaired and _FIVE.search(found.address) else found


@lru_cache(maxsize=2_000)  # rows of one address stand near to one another
def _key(
    address_cell: str, complement: str, postcode_cell: str, city_cell: str, citycode: str
) -> AddressKey | None:
    text = fold(f"{address_cell} , {complement}" if complement else address_cell)
    text = _INSIDE.sub(" ", text.replace("n°", " n ").replace("°", " "))
    postcode, city = _place(postcode_cell, city_cell)
    tail = _TAIL.search(text.rstrip(" ,"))
    if tail and postcode in ("", tail.group(1)) and city in ("", normal_city(tail.group(2))):
        postcode, city = tail.group(1), normal_city(tail.group(2))
        text = text[: tail.start()]
    address = normal_address(text)
    if not re.search("[a-z]", address):
        return None
    code = commune_code(citycode) if citycode.strip() else None
    coded = f"{FORM}|{address}|{code}" if code else ""
    named = "" if code and not (postcode or city) else f"{FORM}|{address}|{postcode}|{city}"
    return AddressKey(named, coded)


def normal_address(folded: str) -> str:
    """``12 bis r. de la Gare`` → ``12bis|ruegare``: numbers apart, letters without spaces."""
    text = folded.strip(" ,;.-")
    parts: list[str] = []
    head = _HEAD.match(text)
    while head:
        suffix = head.group(2) or head.group(3) or head.group(4) or ""
        parts.append(f"{int(head.group(1))}{suffix}")
        text = text[head.end() :].lstrip(" ,;.")
        between = _RANGE.match(text)
        if not between:
            break
        parts[-1] += "-"
        text = text[between.end() :]
        head = _HEAD.match(text)
    words = [_ABBREVIATIONS.get(t, t) for t in _TOKEN.findall(_ORDINAL.sub(r"\1 ", text))]
    kept = [word for word in words if word not in _ARTICLES] or words
    letters = False
    result = "".join(parts)
    for word in kept:
        if word.isdigit():
            result += f"|{_whole(word)}"
        else:
            result += word if letters else f"|{word}"
        letters = not word.isdigit()
    return result


def normal_city(text: str) -> str:
    """``ST-Aubin s/ Mer CEDEX 2`` → ``saintaubinsurmer``; ``Paris 12e`` → ``paris12``."""
    folded = re.sub(r"\bcedex\b.*$", "", fold(text))
    folded = _ORDINAL.sub(r"\1 ", folded)
    words = [_CITY_WORDS.get(word, word) for word in _TOKEN.findall(folded)]
    words = [word for word in words if not re.fullmatch("arr(?:ondissement|dt|t)?", word)]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return "".join(_whole(word) if word.isdigit() else word for word in words)


def _whole(digits: str) -> str:
    """Digits without leading zeros; Python refuses to make a number of thousands of them."""
    return str(int(digits)) if len(digits) < 1000 else digits.lstrip("0")


def _place(postcode: str, city: str) -> tuple[str, str]:
    """Postcode of five digits and reduced name, exchanged back when they were exchanged."""
    folded, name = fold(postcode).strip(), fold(city).strip()
    if _POSTCODE.fullmatch(name) and not any(c.isdigit() for c in folded):
        folded, name = name, folded
    both = re.fullmatch(r"(\d{5})\s+(\D+)", name)
    if both and folded in ("", both.group(1)):
        folded, name = both.group(1), both.group(2)
    shaped = _POSTCODE.fullmatch(folded)
    if shaped:
        folded = shaped.group(1) + shaped.group(2)
    elif re.fullmatch(r"\d{4}(?:\.0)?", folded):  # a spreadsheet took the leading zero
        folded = "0" + folded[:4]
    return folded, normal_city(name)
