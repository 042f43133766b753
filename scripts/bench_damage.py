"""What people do to an address before it reaches a spreadsheet: the classes of the bench.

Each operator takes a true address and a seeded draw and gives the question, or None when it does
not apply. Nothing is drawn from the clock: the same base gives the same questions.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from bench_addresses import Address

SHORT = {
    "rue": "R", "avenue": "Av.", "boulevard": "Bd", "allee": "All", "allée": "All.", "impasse": "Imp.",
    "place": "Pl", "chemin": "Chem.", "route": "Rte", "square": "Sq", "passage": "Pass.", "saint": "St",
    "sainte": "Ste", "docteur": "Dr", "général": "Gal", "general": "Gal", "maréchal": "Mal", "président": "Pdt",
    "professeur": "Pr", "capitaine": "Cne", "colonel": "Col", "lotissement": "Lot", "résidence": "Rés.",
    "faubourg": "Fbg", "notre-dame": "ND", "grande": "Gde", "vieux": "Vx",
}  # fmt: skip
LONG = {
    "r": "rue", "av": "avenue", "ave": "avenue", "bd": "boulevard", "pl": "place", "all": "allée", "imp": "impasse",
    "rte": "route", "che": "chemin", "sq": "square", "st": "saint", "ste": "sainte", "dr": "docteur", "gal": "général",
    "mal": "maréchal", "8": "huit", "11": "onze", "14": "quatorze", "19": "dix-neuf", "4": "quatre", "1er": "premier",
    "19e": "dix-neuvième", "j": "jean",
}  # fmt: skip
UNITS = ("Apt 12", "Bât. B", "apt n°4 esc 2", "3e étage", "Résidence des Exemples", "Appt 34 - 2ème étage", "Hall C", "porte 12", "Résidence Les Modèles Bât A1", "Bâtiment Copernic", "chez Mme Exemple", "c/o M. Modèle")  # fmt: skip
BOXES = ("BP 27", "CS 40123", "BP 70 412", "B.P. 12", "CS 10 001")
KINDS = ("allée", "avenue", "boulevard", "chemin", "impasse", "passage", "place", "route", "rue", "ruelle", "sentier", "square", "villa", "quai", "cours", "voie")  # fmt: skip


@dataclass(frozen=True)
class Question:
    address: str
    complement: str
    postcode: str
    city: str
    citycode: str = ""
    number: bool = True  # whether the house number can be found from it


Draw = random.Random
Operator = Callable[[Address, Question, Draw], "Question | None"]


def clean(a: Address) -> Question:
    number = " ".join(f"{a.number} {a.suffix}".split())
    return Question(f"{number} {a.street}", "", a.postcode, a.city)


def _same(a: Address, q: Question, draw: Draw) -> Question:
    return q


def _coded(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, citycode=a.citycode)


def misspell(text: str, draw: Draw) -> str:
    """Swap, drop, double or replace a letter in a word of four letters or more, not its first."""
    words = text.split(" ")
    places = [i for i, w in enumerate(words) if len(w) >= 4 and w.isalpha()]
    if not places:
        return text
    at = draw.choice(places)
    word = words[at]
    spot = draw.randrange(1, len(word) - 1)
    words[at] = draw.choice(
        (
            word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
            word[:spot] + word[spot + 1 :],
            word[:spot] + word[spot] + word[spot:],
            word[:spot] + draw.choice("aeiorstnlmuc") + word[spot + 1 :],
        )
    )
    return " ".join(words)


def _typo(a: Address, q: Question, draw: Draw) -> Question | None:
    text = misspell(q.address, draw)
    return replace(q, address=text) if text != q.address else None


def _typos(a: Address, q: Question, draw: Draw) -> Question | None:
    text = misspell(misspell(q.address, draw), draw)
    return replace(q, address=text) if text != q.address else None


def _town_typo(a: Address, q: Question, draw: Draw) -> Question | None:
    text = misspell(q.city, draw)
    return replace(q, city=text) if text != q.city else None


def _short(a: Address, q: Question, draw: Draw) -> Question | None:
    text = " ".join(SHORT.get(word.lower(), word) for word in q.address.split(" "))
    return replace(q, address=text) if text != q.address else None


def _long(a: Address, q: Question, draw: Draw) -> Question | None:
    head = q.address[: -len(a.street)]
    text = " ".join(LONG.get(word.lower().strip("."), word) for word in a.street.split(" "))
    return replace(q, address=head + text) if text != a.street else None


def _no_kind(a: Address, q: Question, draw: Draw) -> Question | None:
    kind, _, rest = a.street.partition(" ")
    if fold(kind) not in map(fold, KINDS) or len(rest) < 4:
        return None
    return replace(q, address=q.address.replace(a.street, rest))


def _no_number(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, address=a.street, number=False)


def _other_number(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, address=f"{a.number % 1000 + 7000} {a.street}", number=False)


def _no_postcode(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, postcode="")


def _no_town(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, city="")


def _wrong_postcode(a: Address, q: Question, draw: Draw) -> Question | None:
    """Two figures exchanged, one replaced, the main town's, or that of another département."""
    code = q.postcode
    if not code:
        return None
    wrong = (
        code[:2] + code[3] + code[2] + code[4],
        code[:4] + str((int(code[4]) + draw.randrange(1, 9)) % 10),
        code[:2] + "000",
        draw.choice(("75011", "13002", "59000", "31000")),
    )
    chosen = draw.choice([other for other in wrong if other != code])
    return replace(q, postcode=chosen)


_FORMS = {"bis": ("{n}bis", "{n} b", "{n}B", "{n} BIS", "{n}, bis"), "ter": ("{n}ter", "{n}T", "{n} TER")}  # fmt: skip


def _suffix(a: Address, q: Question, draw: Draw) -> Question | None:
    if not a.suffix:
        return None
    forms = _FORMS.get(a.suffix, (f"{{n}}{a.suffix}", f"{{n}} {a.suffix.upper()}", f"{{n}}{a.suffix.upper()}"))  # fmt: skip
    number = draw.choice(forms).format(n=a.number)
    return replace(q, address=f"{number} {a.street}")


def _range(a: Address, q: Question, draw: Draw) -> Question | None:
    if a.suffix:
        return None
    other = draw.choice((f"{a.number}-{a.number + 2}", f"{a.number}/{a.number + 2}", f"{a.number} à {a.number + 2}", f"{a.number} - {a.number + 4}"))  # fmt: skip
    return replace(q, address=f"{other} {a.street}")


def _merged(a: Address, q: Question, draw: Draw) -> Question | None:
    return replace(q, city=a.old_city) if a.old_city and a.old_city != a.city else None


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def _bare(a: Address, q: Question, draw: Draw) -> Question:
    """Accents, apostrophes and hyphens lost, in the street and in the town."""
    street, city = (re.sub(r"[’'-]+", " ", fold(text)) for text in (q.address, q.city))
    return replace(q, address=street, city=city)


def _glued(a: Address, q: Question, draw: Draw) -> Question | None:
    """Apostrophes and hyphens lost without a space: « rue de leglise »."""
    text = re.sub(r"[’'-]+", "", q.address)
    return replace(q, address=text) if text != q.address else None


def _capitals(a: Address, q: Question, draw: Draw) -> Question:
    return replace(q, address=q.address.upper(), city=q.city.upper())


def _cedex(a: Address, q: Question, draw: Draw) -> Question:
    """A box in the address or the complement, CEDEX after the town, often with its own postcode."""
    box = draw.choice(BOXES)
    city = f"{q.city} CEDEX" + draw.choice(("", " 2", " 09"))
    postcode = draw.choice((q.postcode, q.postcode and q.postcode[:2] + f"{900 + draw.randrange(99)}"))  # fmt: skip
    if draw.random() < 0.5:
        return replace(q, complement=box, postcode=postcode, city=city)
    return replace(
        q, address=q.address + draw.choice((" ", ", ", " - ")) + box, postcode=postcode, city=city
    )


def _unit(a: Address, q: Question, draw: Draw) -> Question:
    unit, between = draw.choice(UNITS), draw.choice((", ", " - ", " "))
    text = unit + between + q.address if draw.random() < 0.5 else q.address + between + unit
    return replace(q, address=text)


def _complement(a: Address, q: Question, draw: Draw) -> Question:
    unit = draw.choice(UNITS)
    if draw.random() < 0.5:
        return replace(q, address=unit, complement=q.address)
    return replace(q, complement=unit)


def _one_cell(a: Address, q: Question, draw: Draw) -> Question:
    between = draw.choice((" ", ", ", " - ", "\n"))
    return replace(q, address=f"{q.address}{between}{q.postcode} {q.city}", postcode="", city="")


def _inverted(a: Address, q: Question, draw: Draw) -> Question:
    if draw.random() < 0.5:
        return replace(q, address=q.city, city=q.address)
    return replace(q, postcode=q.city, city=q.postcode)


#: In the order in which they happen; the last, one cell or columns inverted, is what they end in.
_TOGETHER: tuple[Operator, ...] = (
    _suffix, _short, _typo, _typo, _no_kind, _capitals, _bare, _unit, _wrong_postcode, _no_postcode, _town_typo, _cedex, _one_cell, _inverted,
)  # fmt: skip


def _several(a: Address, q: Question, draw: Draw) -> Question:
    """Two or three at once."""
    chosen = sorted(draw.sample(range(len(_TOGETHER)), draw.randint(2, 3)))
    for at in chosen:
        q = _TOGETHER[at](a, q, draw) or q
    return q


CLASSES: dict[str, Operator] = {
    "clean": _same,
    "with commune code": _coded,
    "one typing error": _typo,
    "two typing errors": _typos,
    "town misspelt": _town_typo,
    "abbreviated": _short,
    "written in full": _long,
    "no type of way": _no_kind,
    "no number": _no_number,
    "number that does not exist": _other_number,
    "no postcode": _no_postcode,
    "no town": _no_town,
    "wrong postcode": _wrong_postcode,
    "other forms of suffix": _suffix,
    "range of numbers": _range,
    "name of merged commune": _merged,
    "no accents, hyphens": _bare,
    "apostrophes glued": _glued,
    "capitals": _capitals,
    "BP, CS, CEDEX": _cedex,
    "flat, building, chez": _unit,
    "complement": _complement,
    "address in one cell": _one_cell,
    "columns inverted": _inverted,
    "two or three at once": _several,
}
#: Streets that are not where they are looked for: whatever is located is wrong.
ABSENT, ELSEWHERE = "street not in the base", "street of another commune"
#: A street name borne twice in a postcode, without town: nobody can know.
HOMONYM = "homonyms of a postcode"


def damaged(name: str, address: Address) -> Question | None:
    seeded = random.Random(f"{name}|{address.key}")
    return CLASSES[name](address, clean(address), seeded)
