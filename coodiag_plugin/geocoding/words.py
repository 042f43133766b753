"""Words of French addresses: folding, abbreviations, and the parts of a street name.

A street name is compared as a *kind* of way (``rue``, ``avenue``…) and weighted words. Both the
user's text and the reference names go through the same functions, so that ``R. du Gal Leclerc``
and ``Rue du Général Leclerc`` come out equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ..core import catalogue
from ..core.french import without_accents

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})
_MOJIBAKE = re.compile("[ÃÂ][\x80-\xff\u0152-\u0178\u2013-\u2122]|â€")
_ORDINAL = re.compile(r"(\d+)(?:ere|er|eme|ieme|e|nd|nde)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")

#: Weights of words in a name: what tells one street from another weighs one.
PLAIN_WEIGHT = 1.0
TITLE_WEIGHT = 0.35
FIRST_NAME_WEIGHT = 0.4
INITIAL_WEIGHT = 0.3
YEAR_WEIGHT = 0.2
WEAK_WEIGHT = 0.2


@dataclass(frozen=True)
class Vocabulary:
    """``catalogue/street_words.csv`` by role: ``{word: full form}``."""

    ways: dict[str, str]
    titles: dict[str, str]
    months: dict[str, str]
    words: dict[str, str]
    numbers: dict[str, str]
    stops: frozenset[str]
    weak: frozenset[str]
    first_names: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    roles: dict[str, dict[str, str]] = {}
    for row in catalogue.rows("street_words"):
        roles.setdefault(row["role"], {})[row["word"]] = row["full"]
    return Vocabulary(
        ways=roles["way"],
        titles=roles["title"],
        months=roles["month"],
        words=roles["word"],
        numbers=roles["number"],
        stops=frozenset(roles["stop"]) | _slips(("de", "du", "des", "la", "le", "les")),
        weak=frozenset(roles["weak"]),
        first_names=frozenset(roles["firstname"]),
    )


def _slips(words: tuple[str, ...]) -> frozenset[str]:
    """Two letters exchanged or one doubled: ``ud``, ``dse``, ``dees`` are articles as well."""
    found = {"ds", "ls"}
    for word in words:
        for at, letter in enumerate(word):
            found.add(word[:at] + letter + word[at:])
            found.add(word[:at] + word[at + 1 : at + 2] + letter + word[at + 2 :])
    return frozenset(found)


def repair(text: str) -> str:
    """Undo UTF-8 read as Windows-1252 (``JaurÃ©s`` → ``Jaurés``), which BAN extracts do hold."""
    if not _MOJIBAKE.search(text):
        return text
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return text
            raw.append(ord(character))  # the five bytes that Windows-1252 leaves undefined
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def fold(text: str) -> str:
    """Lower case without accents; punctuation is kept."""
    if text.isascii():
        return text.lower()
    text = repair(text).translate(_LIGATURES).replace("’", "'").replace("`", "'").replace("´", "'")
    return without_accents(text).lower()


_TOKEN = re.compile(r"[a-z0-9]+")


def tokens(text: str) -> list[str]:
    """Folded words and numbers: ``Rue de l’Étoile`` → ``rue de l etoile``."""
    return _TOKEN.findall(fold(text))


@dataclass(frozen=True)
class StreetName:
    """A name ready for comparison. ``kind`` is empty when the name has no type of way."""

    kind: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    joined: str  # words without spaces: « Bel Air » and « Belair » are equal there
    extension: bool = False  # « prolongée »: another way than the one that it lengthens

    @property
    def key(self) -> str:
        return f"{self.kind}|{self.joined}"


@lru_cache(maxsize=100_000)
def street_name(text: str) -> StreetName:
    """Parse a street or place name."""
    kind, rest = split_kind(tokens(text))
    words = _meaningful(_expand(rest))
    if not words:
        # « Rue de la Place », « Grande Rue »: the type is the name.
        return StreetName(kind, (kind,) if kind else (), (1.0,) if kind else (), kind)
    weights = tuple(_weight(word, at, words) for at, word in enumerate(words))
    extension = any(word.startswith("prolonge") for word in words)
    return StreetName(kind, tuple(words), weights, "".join(words), extension)


def split_kind(items: list[str]) -> tuple[str, list[str]]:
    """Type of way at the head of a name and the remaining tokens."""
    ways = vocabulary().ways
    if items[:2] == ["rond", "point"]:
        return "rondpoint", items[2:]
    if len(items) > 1 and items[0] in ways:
        full = ways[items[0]].split()
        # « chemin rural », « ancien chemin »… : the abbreviation stands for two words
        return (full[0], full[1:] + items[1:]) if full[0] in ways else ("", full + items[1:])
    return "", items


def _expand(items: list[str]) -> list[str]:
    """Abbreviations in full; number words and ordinals as digits."""
    known = vocabulary()
    result: list[str] = []
    last = len(items) - 1
    for at, item in enumerate(items):
        ordinal = _ORDINAL.fullmatch(item)
        if ordinal:
            result.append(ordinal.group(1))
        elif item.isdigit():
            result.append(str(int(item)))
        elif at and item in known.months and result and result[-1].isdigit():
            result.append(known.months[item])
        elif item in known.numbers and last:
            result.append(known.numbers[item])
        elif at < last and item in known.titles:
            result.append(known.titles[item])
        elif item in known.words and (at < last or len(item) > 1):
            result.extend(known.words[item].split())
        else:
            result.append(item)
    return result


def _meaningful(items: list[str]) -> list[str]:
    """Words without articles, unless nothing else is left. An initial is no article."""
    stops = vocabulary().stops
    kept = [item for item in items if item not in stops]
    return kept or items


def _weight(word: str, at: int, words: list[str]) -> float:
    known = vocabulary()
    last = at == len(words) - 1
    if word in known.weak:
        return WEAK_WEIGHT
    if at and _YEAR.fullmatch(word):
        return YEAR_WEIGHT
    if last and not (at and words[at - 1].isdigit() and _YEAR.fullmatch(word)):
        return PLAIN_WEIGHT
    if len(word) == 1 and not word.isdigit():
        return INITIAL_WEIGHT
    if word in known.first_names:
        return FIRST_NAME_WEIGHT
    if word in known.titles and known.titles[word] == word:
        return TITLE_WEIGHT
    return PLAIN_WEIGHT
