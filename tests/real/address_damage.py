"""What people do to an address before it reaches a spreadsheet, seeded and repeatable."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from coodiag.coodiag_plugin.geocoding.geocoder import Query

_ABBREVIATIONS = {
    "rue": "R", "avenue": "AV", "boulevard": "BD", "allee": "ALL", "allée": "All.", "impasse": "IMP",
    "place": "PL", "chemin": "CHE", "route": "RTE", "square": "SQ", "saint": "St", "docteur": "Dr",
    "general": "Gal", "marechal": "Mal", "président": "Pdt",
}  # fmt: skip
_NOISE = ("Apt 12", "Bât. B", "apt n°4 esc 2", "3e étage", "Résidence du Parc", "Appt 34 - 2ème étage", "BP 27", "chez Mme Exemple", "Hall C", "porte 12")  # fmt: skip


def typo(query: Query, draw: random.Random) -> Query:
    """One typing error (swap, drop, double or replace a letter) in a word of four letters or more."""
    words = query.address.split(" ")
    places = [
        at
        for at, word in enumerate(words)
        if at and len(word) >= 4 and not any(map(str.isdigit, word))
    ]
    if not places:
        return query
    at = draw.choice(places)
    word = words[at]
    spot = draw.randrange(1, len(word) - 1)
    kind = draw.randrange(4)
    if kind == 0:
        word = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    elif kind == 1:
        word = word[:spot] + word[spot + 1 :]
    elif kind == 2:
        word = word[:spot] + word[spot] + word[spot:]
    else:
        word = word[:spot] + draw.choice("aeiorstnlm") + word[spot + 1 :]
    words[at] = word
    return replace(query, address=" ".join(words))


def two_typos(query: Query, draw: random.Random) -> Query:
    return typo(typo(query, draw), draw)


def abbreviate(query: Query, draw: random.Random) -> Query:
    words = [_ABBREVIATIONS.get(word.lower(), word) for word in query.address.split(" ")]
    return replace(query, address=" ".join(words))


def plain_capitals(query: Query, draw: random.Random) -> Query:
    """No accents, capitals, no apostrophes or hyphens."""
    text = unicodedata.normalize("NFKD", query.address.replace("’", " ").replace("-", " "))
    return replace(query, address="".join(c for c in text if not unicodedata.combining(c)).upper())


def no_type(query: Query, draw: random.Random) -> Query:
    number, _, rest = query.address.partition(" ")
    match = re.match(r"(bis|ter|quater|\w) (.+)", rest)
    suffix, rest = (match.group(1) + " ", match.group(2)) if match else ("", rest)
    head, _, tail = rest.partition(" ")
    return replace(query, address=f"{number} {suffix}{tail or head}")


def wrong_postcode(query: Query, draw: random.Random) -> Query:
    return replace(query, postcode=draw.choice(("93130", "93141", "39140", "75011", "9314")))


def no_postcode(query: Query, draw: random.Random) -> Query:
    return replace(query, postcode="")


def no_city(query: Query, draw: random.Random) -> Query:
    return replace(query, city="")


def glued(query: Query, draw: random.Random) -> Query:
    """``12 bis rue`` → ``12bis, rue``; ``12 rue`` → ``12, rue``."""
    text = re.sub(r"^(\d+) (bis|ter|quater|[a-z])\b", r"\1\2", query.address)
    return replace(query, address=text.replace(" ", draw.choice((", ", " ,", "  ")), 1))


def swapped_columns(query: Query, draw: random.Random) -> Query:
    if draw.random() < 0.5:
        return replace(query, address=query.city, city=query.address)
    return replace(query, postcode=query.city, city=query.postcode)


def noise_before(query: Query, draw: random.Random) -> Query:
    return replace(
        query, address=f"{draw.choice(_NOISE)}{draw.choice((', ', ' - ', ' '))}{query.address}"
    )


def noise_after(query: Query, draw: random.Random) -> Query:
    return replace(
        query, address=f"{query.address}{draw.choice((', ', ' - ', ' '))}{draw.choice(_NOISE)}"
    )


def one_cell(query: Query, draw: random.Random) -> Query:
    return replace(
        query, address=f"{query.address} {query.postcode} {query.city}", postcode="", city=""
    )


def as_complement(query: Query, draw: random.Random) -> Query:
    return replace(query, address=draw.choice(_NOISE), complement=query.address)


DAMAGES: dict[str, Callable[[Query, random.Random], Query]] = {
    "typo": typo,
    "two typos": two_typos,
    "abbreviation": abbreviate,
    "capitals": plain_capitals,
    "no type of way": no_type,
    "wrong postcode": wrong_postcode,
    "no postcode": no_postcode,
    "no city": no_city,
    "glued number": glued,
    "swapped columns": swapped_columns,
    "noise before": noise_before,
    "noise after": noise_after,
    "one cell": one_cell,
    "complement": as_complement,
}


def damage(query: Query, name: str, seed: int) -> Query:
    return DAMAGES[name](query, random.Random(f"{seed}-{query.row_id}-{name}"))


def compounded(query: Query, seed: int) -> Query:
    """One to three damages at once, applied in the order in which they happen."""
    draw = random.Random(f"{seed}-{query.row_id}")
    chosen = set(draw.sample(list(DAMAGES), draw.randint(1, 3)))
    if "swapped columns" in chosen and chosen & {
        "one cell",
        "no city",
        "no postcode",
        "wrong postcode",
        "complement",
    }:
        chosen.discard("swapped columns")
    if "one cell" in chosen:
        chosen -= {"no city", "no postcode", "wrong postcode", "complement"}
    if {"no city", "wrong postcode"} <= chosen or {"no city", "no postcode"} <= chosen:
        chosen.discard("no city")
    for name in DAMAGES:
        if name in chosen:
            query = DAMAGES[name](query, draw)
    return query
