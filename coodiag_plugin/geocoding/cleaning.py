"""Reading a French address as people write it: number, street, and what must be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .ways import COMMON_WAYS, is_way, misspelt_ways
from .words import fold, tokens, vocabulary

_SUFFIX_LETTERS = frozenset("abcdefqt")
_ARTICLES = frozenset(("de", "du", "des", "la", "le", "les"))
_SUFFIXES = {"bis": "bis", "ter": "ter", "quater": "quater", "quinquies": "quinquies"}
_BOX = re.compile(
    r"\b(?:b\.?p\.?|c\.?s\.?|t\.?s\.?a\.?|boite postale)\s*(?:n\s*)?\d{1,5}(?: \d{3}(?=\s*(?:,|$|\d{5})))?\b"
)
_CEDEX = re.compile(r"\bcedex\b(?:\s*\d{1,2}\b)?")
_ID = r"(?![a-z])\s*\.?\s*(?:n\s*)?(?:[a-z]?\d{1,4}[a-z]?|[a-z])(?![a-z0-9'])"
_UNIT = re.compile(
    r"(?<!\bde )(?<!\bdu )(?<!\bla )\b(?:appartements?|appart|appt|apt|app|batiments?|bat|bt|escalier|esc|"
    r"etage|etg|porte|pte|entree|hall|chambre|chb|logement|log|lgt|bloc|cage|immeuble|imm|tour|lot|"
    r"boite aux lettres|boite|bal|niveau|niv|studio)" + _ID
)
_FLOOR = re.compile(
    r"\b(?:\d{1,2}\s*(?:er|e|eme|ieme|nd)?\s*(?:etages?|etg)\b|rdc\b|rez[ -]de[ -](?:chaussee|jardin)\b)"
    r"(?:\s*(?:a )?(?:droite|gauche|face|dte|gche)\b)?"
)
_CHEZ = re.compile(r"\b(?:chez|c/o|s/c|sous couvert d[eu]|a l'attention d[eu])\b")
_TOWN_TAIL = re.compile(
    r"(?:^|[\s,])(?:f|fr)?-?\s?(\d{5})[\s,]+([a-z][a-z' .-]*)(?:,?\s*france)?\s*$"
)
_LONE_POSTCODE = re.compile(r"(?:^|[\s,])(\d{5})\s*,?\s*$")
_PLACE = re.compile(r"\b(?:lieu[ -]?dits?|l\.?d\.?|lt[ -]?dit)\b\.?\s*:?")
_SEPARATORS = re.compile(r"[\n\r\t;|()\[\]\"«»:]+")
_DASH = re.compile(r"\s[-–—]+\s")
_APART_SUFFIX = re.compile(r"(\d)\s*,\s*(bis|ter|quater|quinquies)\b")
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"\d+(?:ere|er|eme|ieme|e)(?![a-z])|\d+|[a-z]+|[-/,&]")
_BUILDINGS = frozenset(
    [
        "residence",
        "resid",
        "res",
        "batiment",
        "bat",
        "immeuble",
        "imm",
        "foyer",
        "tour",
        "camping",
        "centre",
        "copropriete",
    ]
)


@dataclass(frozen=True)
class Variant:
    """One reading of an address. ``number`` 0: no number. ``last``: end of a range (``3-5``)."""

    text: str
    number: int = 0
    suffix: str = ""
    last: int = 0
    place: bool = False  # residence, lieu-dit or leftover: tried after the street


@dataclass(frozen=True)
class ParsedAddress:
    """Readings of a row, most likely first, and the town found in its address cell."""

    variants: tuple[Variant, ...]
    postcode: str = ""
    city: str = ""
    box: bool = False  # a BP, CS or TSA was left out


@dataclass(frozen=True)
class _Piece:
    """A stretch of an address between commas or clear changes of subject."""

    tokens: tuple[str, ...]
    number: int = 0
    suffix: str = ""
    last: int = 0
    named_place: bool = False  # introduced by « lieu-dit »
    whole: tuple[str, ...] = ()  # tokens before the commune's name was dropped

    @property
    def way(self) -> bool:
        return bool(self.tokens) and is_way(self.tokens[0])

    def rank(self) -> int:
        """Likelihood of being the street: number and way, way, number, place."""
        if self.named_place or (self.tokens and self.tokens[0] in _BUILDINGS and not self.number):
            return 3
        if self.way:
            return 0 if self.number else 1
        return 2 if self.number else 4


@lru_cache(maxsize=4_000)  # the rows of a chunk: each is read several times
def parse(address: str, complement: str = "", city: str = "") -> ParsedAddress:
    """Readings of the address cell (and of the complement, when it says more).

    ``city``: the row's commune, whose name at the end of the address is left out.
    """
    text = _CEDEX.sub(" ", _prepare(address))
    # a box goes first: « CS 40123 » at the end of an address is no postcode
    box = bool(_BOX.search(text))
    text = _BOX.sub(" , ", text).strip(" ,")
    town = _TOWN_TAIL.search(text)
    postcode = found_city = ""
    if town:
        postcode, found_city = town.group(1), town.group(2).strip(" .-'")
        text = text[: town.start()]
    else:
        lone = _LONE_POSTCODE.search(text)
        if lone:
            postcode, text = lone.group(1), text[: lone.start()]
    city_tokens = _words(city)
    pieces = _pieces(_strip(text), city_tokens)
    variants = _variants(pieces)
    extra = _pieces(_strip(_prepare(complement)), city_tokens) if complement else []
    # The complement counts when it holds a street that the address lacks, else as a place.
    for variant in _variants(extra):
        firm = variant.number or is_way(variant.text.split(" ", 1)[0])
        if firm and not any(v.number for v in variants):
            variants.insert(0, variant)
        else:
            variants.append(replace(variant, place=True))
    unique = list(dict.fromkeys(variants))[:6]
    return ParsedAddress(tuple(unique), postcode, found_city, box)


@lru_cache(maxsize=5_000)
def _words(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


def _prepare(text: str) -> str:
    text = fold(text).replace("n°", " n ").replace("°", " ")
    text = _DASH.sub(" , ", _SEPARATORS.sub(" , ", text))
    return _SPACES.sub(" ", _APART_SUFFIX.sub(r"\1 \2", text)).strip()


def _strip(text: str) -> str:
    """Without boxes, floors, doors and whose home it is."""
    text = _CEDEX.sub(" ", _BOX.sub(" , ", text))
    text = _FLOOR.sub(" , ", text)
    text = _UNIT.sub(" , ", text)
    return _without_host(text)


def _without_host(text: str) -> str:
    """Drop ``chez M. X`` up to the next comma or house number before a way."""
    found = _CHEZ.search(text)
    if not found:
        return text
    rest = text[found.end() :]
    words = list(re.finditer(r"[a-z0-9]+|,", rest))
    end = len(rest)
    for at, word in enumerate(words):
        following = [w.group() for w in words[at + 1 : at + 3]]
        if word.group() == "," or (word.group().isdigit() and any(map(is_way, following))):
            end = word.start()
            break
        if at and word.group() in (
            "rue",
            "avenue",
            "place",
            "boulevard",
            "impasse",
            "allee",
            "chemin",
            "route",
        ):
            end = word.start()
            break
    return f"{text[: found.start()]} , {rest[end:]}"


def _pieces(text: str, city: tuple[str, ...]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for at, part in enumerate(_PLACE.split(text)):
        for chunk in part.split(","):
            items = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(chunk)]
            for group in _split(items):
                piece = _piece(group, bool(at))
                if piece.tokens or piece.number:
                    pieces.append(piece)
    return _without_city(_attach_numbers(pieces), city)


_Token = tuple[str, int, int]


def _split(items: list[_Token]) -> list[list[_Token]]:
    """Cut before a building's name and before a house number, when they start a new subject."""
    groups: list[list[_Token]] = [[]]
    for at, item in enumerate(items):
        word = item[0]
        before = items[at - 1][0] if at else ""
        opens = False
        if at and before not in vocabulary().stops:
            if word in _BUILDINGS and not before.isdigit() and before not in _SUFFIXES:
                # « allée résidence du Parc » is one name, « rue du Château résidence du Parc » two
                opens = len(before) > 1 and not (at <= 2 and is_way(before))
            elif (
                word.isdigit()
                and len(word) <= 4
                and not before.isdigit()
                and before not in ("-", "/", "&", "n")
            ):
                following = [w[0] for w in items[at + 1 : at + 3]]
                opens = any(map(is_way, following[:1])) or (
                    len(following) == 2
                    and (following[0] in _SUFFIXES or len(following[0]) == 1)
                    and is_way(following[1])
                )
        if opens:
            groups.append([])
        groups[-1].append(item)
    return groups


def _piece(items: list[_Token], named_place: bool) -> _Piece:
    """Read number, suffix and range at the head of a stretch."""
    if len(items) > 1 and re.fullmatch(r"\d{1,4}e", items[0][0]) and is_way(items[1][0]):
        word, start, end = items[0]  # « 12e rue »: an index, while « 48e régiment » is a rank
        items = [(word[:-1], start, end - 1), ("e", end - 1, end), *items[1:]]
    words = [item[0] for item in items]
    at = 0
    while (
        at < len(words)
        and words[at] in ("n", "no", "num", "numero", "-", "/", "&", "au")
        and at + 1 < len(words)
    ):
        if words[at] in ("no", "n", "num", "numero", "au") and not words[at + 1].isdigit():
            break
        at += 1
    number = last = 0
    suffix = ""
    if at < len(words) and words[at].isdigit() and len(words[at]) <= 4 and not _is_date(words, at):
        number = int(words[at])
        at += 1
        at, suffix = _suffix(items, at)
        while (
            at + 1 < len(words)
            and words[at] in ("-", "/", "a", "et", "&")
            and words[at + 1].isdigit()
            and len(words[at + 1]) <= 4
        ):
            last = int(words[at + 1])
            at += 2
            at, _ = _suffix(items, at)
    rest = tuple(word for word in words[at:] if word not in "-/&")
    return _Piece(rest, number, suffix, last, named_place)


def _suffix(items: list[_Token], at: int) -> tuple[int, str]:
    """The repetition index at ``at``: ``bis``, a letter stuck to the number, or before a way."""
    following = items[at + 1][0] if at + 1 < len(items) else ""
    if (
        following
        and items[at][0] in ("-", "/")
        and (following in _SUFFIXES or _is_letter(following))
    ):
        at += 1
    if at >= len(items):
        return at, ""
    word, start, _ = items[at]
    if word in _SUFFIXES:
        return at + 1, _SUFFIXES[word]
    if _is_letter(word):
        glued = items[at - 1][2] == start
        following = items[at + 1][0] if at + 1 < len(items) else ""
        if following in ("-", "/", ","):
            return at + 1, word
        if following and (is_way(following) or (glued and word != "r")):
            return at + 1, word
        if word in _SUFFIX_LETTERS and (
            following in _ARTICLES or (len(following) > 3 and misspelt_ways(following))
        ):
            return at + 1, word
        if not following:
            return at + 1, word
    return at, ""


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _is_date(words: list[str], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1] in vocabulary().months


def _attach_numbers(pieces: list[_Piece]) -> list[_Piece]:
    """Give a number that stands alone to the street after it, else before it."""
    result: list[_Piece] = []
    waiting: _Piece | None = None
    for piece in pieces:
        if not piece.tokens:
            if result and result[-1].tokens and not result[-1].number and result[-1].way:
                result[-1] = replace(
                    result[-1], number=piece.number, suffix=piece.suffix, last=piece.last
                )
            elif waiting is None:
                waiting = piece
            continue
        if waiting is not None:
            if not piece.number:
                piece = replace(
                    piece, number=waiting.number, suffix=waiting.suffix, last=waiting.last
                )
            else:
                piece = replace(
                    piece, number=waiting.number, suffix=waiting.suffix, last=piece.number
                )
            waiting = None
        result.append(piece)
    return result


def _without_city(pieces: list[_Piece], city: tuple[str, ...]) -> list[_Piece]:
    """Drop the row's own commune at the end of a stretch, unless the name would be empty.

    What was there is kept as another reading: « rue Saint-Gouesnou » exists in Gouesnou.
    """
    if not city:
        return pieces
    kept = []
    for piece in pieces:
        if piece.tokens == city and len(pieces) > 1:
            continue
        head = piece.tokens[: -len(city)]
        named = [word for word in head[piece.way :] if word not in vocabulary().stops]
        if piece.tokens[-len(city) :] == city and named:
            piece = replace(piece, tokens=head, whole=piece.tokens)
        kept.append(piece)
    return kept


def _variants(pieces: list[_Piece]) -> list[Variant]:
    order = sorted(range(len(pieces)), key=lambda at: (pieces[at].rank(), at))
    result: list[Variant] = []
    for place, at in enumerate(order):
        piece = pieces[at]
        text = " ".join(piece.tokens)
        main = Variant(text, piece.number, piece.suffix, piece.last, place > 0)
        result.append(main)
        result += _other_readings(piece, main)
    if len(pieces) > 1 and result:
        # « Route de Volvic - Paugnat », « Rue Charles Foyer »: what looked like two is one name
        whole = " ".join(word for piece in pieces for word in piece.tokens)
        result.append(replace(result[0], text=whole, place=True))
    return result


def _other_readings(piece: _Piece, main: Variant) -> list[Variant]:
    """Readings that help when the first finds nothing: misspelt type, inner street, end number."""
    tokens = list(piece.tokens)
    found = [replace(main, text=" ".join(piece.whole))] if piece.whole else []
    if not piece.way and len(tokens) > 1:
        found += [
            replace(main, text=" ".join([way, *tokens[1:]])) for way in misspelt_ways(tokens[0])
        ]
    inner = next(
        (
            at
            for at in range(1, len(tokens) - 1)
            if tokens[at] in COMMON_WAYS and tokens[at - 1] not in vocabulary().stops
        ),
        0,
    )
    if inner and not piece.way:
        found.append(replace(main, text=" ".join(tokens[inner:])))
    if not piece.number and len(tokens) > 2 and tokens[-1].isdigit() and len(tokens[-1]) <= 3:
        found.append(Variant(" ".join(tokens[:-1]), int(tokens[-1]), place=main.place))
    if not piece.number and len(tokens) > 3 and tokens[-1] in _SUFFIXES and tokens[-2].isdigit():
        found.append(Variant(" ".join(tokens[:-2]), int(tokens[-2]), tokens[-1], place=main.place))
    if piece.number and not piece.suffix and len(tokens) > 1 and tokens[0] in _SUFFIX_LETTERS:
        # « 55 b Blanqui »: an index, where « 12 J Jaurès » is an initial
        found.append(replace(main, text=" ".join(tokens[1:]), suffix=tokens[0]))
    if piece.number and not piece.way:
        found.append(Variant(" ".join([str(piece.number), *tokens]), place=True))
    return found
