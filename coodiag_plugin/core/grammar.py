"""French grammar from the catalogue: elision, contraction, articles of places, names of indicators.

What a rule cannot know (an aspirated h, the article of a département, the gender of an indicator)
is a row of ``catalogue/``: ``elision``, ``departements``, ``regions``, ``place_heads``,
``place_levels``, ``grammar``, ``units``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .catalogue import Indicator, layer_fields, rows

_VOWELS = "aàâäæeéèêëiîïoôöœuùûü"
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
#: Contractions of a preposition with the article that a place name starts with.
_CONTRACTED = {"de": {"Le": "du", "Les": "des"}, "à": {"Le": "au", "Les": "aux"}}


@dataclass(frozen=True)
class Phrase:
    """How an indicator stands in a sentence: ``le taux de chômage``, masculine, singular.

    ``one`` and ``many`` name what a count counts (``chômeur``, ``chômeurs``; empty when it cannot
    be counted in a sentence, ``one`` alone empty when the catalogue only has the plural),
    ``noun_feminine`` the gender of that noun.
    """

    text: str
    feminine: bool
    plural: bool = False
    one: str = ""
    many: str = ""
    noun_feminine: bool = False

    @property
    def it(self) -> str:
        return ("elle" if self.feminine else "il") + ("s" if self.plural else "")

    @property
    def be(self) -> str:
        return "sont" if self.plural else "est"

    @property
    def go(self) -> str:
        return "vont" if self.plural else "va"

    @property
    def that(self) -> str:
        """``celui``, ``celle``, ``ceux``, ``celles``."""
        if self.plural:
            return "celles" if self.feminine else "ceux"
        return "celle" if self.feminine else "celui"

    @property
    def the(self) -> str:
        """The article alone, as in ``le plus faible``."""
        return "les" if self.plural else "la" if self.feminine else "le"

    def counted(self, printed: str, number: float) -> str:
        """``1 chômeur``, ``27 126 chômeurs``; ``number`` is the one that is printed."""
        return f"{printed}\u00a0{self.one if abs(number) < 2 else self.many}"


@dataclass(frozen=True)
class Place:
    """A territory in a sentence: ``l’Orne``, ``de l’Orne``, ``dans l’Orne``."""

    the: str
    of: str
    within: str
    plural: bool = False


# --- letters ---------------------------------------------------------------------------------


@cache
def _listed() -> dict[str, bool]:
    return {row["name"].casefold(): row["elided"] == "yes" for row in rows("elision")}


def elides(text: str) -> bool:
    """Whether ``de``, ``que``, ``le`` lose their vowel before ``text``; never before a figure."""
    name = text.casefold().replace("'", "’")
    first = re.split(r"[\s\-–’,.;:()]", name, maxsplit=1)[0]
    listed = _listed()
    for known in (name, first):
        if known in listed:
            return listed[known]
    if name[:1] == "y":
        return name[1:2] in _CONSONANTS and len(name) > 1
    return name[:1] != "" and name[0] in _VOWELS + "h"


def of(name: str) -> str:
    """``de Rennes``, ``d’Acigné``, ``du Rheu``, ``des Mureaux``, ``de Houlgate``."""
    return _before("de", name, "d’")


def at(name: str) -> str:
    """``à Rennes``, ``au Rheu``, ``aux Mureaux``: where, with the contraction of a place name."""
    return _before("à", name, "à ")


def _before(preposition: str, name: str, elided: str) -> str:
    article, _, rest = name.partition(" ")
    if rest and article in _CONTRACTED[preposition]:
        return f"{_CONTRACTED[preposition][article]} {rest}"
    return f"{elided}{name}" if elides(name) else f"{preposition} {name}"


def than(text: str) -> str:
    """``que le Calvados``, ``qu’Angers``."""
    return f"qu’{text}" if elides(text) else f"que {text}"


def of_many(text: str) -> str:
    """``de chômeurs``, ``d’habitants``: before a noun without article."""
    return f"d’{text}" if elides(text) else f"de {text}"


def lower_first(text: str) -> str:
    """The first letter in lower case, unless the word is an acronym or a capital alone."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- places ----------------------------------------------------------------------------------


@cache
def _named() -> dict[tuple[str, str], Place]:
    found = {}
    for catalogue, level in (("departements", "DEP"), ("regions", "REG")):
        for row in rows(catalogue):
            place = Place(row["article"], row["de"], row["dans"], row["article"].startswith("les "))
            found[(level, row["nom"])] = place
    return found


@cache
def _levels() -> dict[str, Place]:
    return {
        row["level"]: Place(row["the"], row["of"], row["in"], row["the"].startswith("les "))
        for row in rows("place_levels")
    }


@cache
def _heads() -> dict[str, tuple[str, str, str]]:
    return {row["head"]: (row["the"], row["of"], row["in"]) for row in rows("place_heads")}


def place(level: str, name: str) -> Place:
    """A territory of comparison by its level and name; a name unknown to the catalogue is told by
    its level (« le département »), that of an intercommunalité by its first word."""
    name = name.replace("'", "’").strip()
    if level != "EPCI":
        own = _named().get((level, name)) or _levels().get(level)
        return own or Place(name, of(name), at(name))
    head = re.split(r"[\s’\-]", name, maxsplit=1)[0]
    if not name:
        return _levels()[level]
    if head not in _heads() or head == name:
        return Place(name, of(name), at(name))
    the, de, within = (_joined(article, name) for article in _heads()[head])
    return Place(the, de, within)


def _joined(article: str, name: str) -> str:
    return f"{article}{name}" if article.endswith("’") else f"{article} {name}"


# --- indicators ------------------------------------------------------------------------------


@cache
def _phrases() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Rows by id, and rows of first words."""
    found = {row["id"]: row for row in rows("grammar")}
    heads = {key[:-1]: row for key, row in found.items() if key.endswith("*")}
    return {key: row for key, row in found.items() if not key.endswith("*")}, heads


def has_row(subject: Indicator) -> bool:
    return _key(subject) in _phrases()[0]


def has_head(subject: Indicator) -> bool:
    """Whether the first word of the label is one whose article the catalogue knows."""
    return _head(subject.label) in _phrases()[1]


def _head(label: str) -> str:
    return re.split(r"[\s’]", label, maxsplit=1)[0]


def _key(subject: Indicator) -> str:
    """``taux_chomage``; a field of a layer, told by its labels too, is ``layer.field``.

    A field that a run names more precisely goes by that name: its row would say something else.
    """
    for (layer, name), row in layer_fields().items():
        if name == subject.id and (row.label, row.short) == (subject.label, subject.short):
            return f"{layer}.{name}"
    return subject.id


@cache
def phrase(subject: Indicator) -> Phrase:
    """The name of an indicator in a sentence: its row, else by the first word of its label, else
    ``le nombre de…``."""
    by_id, heads = _phrases()
    row = by_id.get(_key(subject))
    if row is not None:
        return _of_row(row, row["phrase"])
    label = re.sub(r"\s*\([^()]*\)\s*$", "", subject.label.replace("'", "’"))
    head = heads.get(_head(label))
    if head is not None:
        return _of_row(head, _joined(head["phrase"], lower_first(label)))
    things = _grouped(lower_first(label))
    counted = subject.is_count and ":" not in things
    return Phrase(f"le nombre {of_many(things)}", feminine=False, many=things if counted else "")


def _grouped(text: str) -> str:
    """``1 000 habitants`` with a space that does not break."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text)


def _of_row(row: dict[str, str], text: str) -> Phrase:
    return Phrase(
        _grouped(text),
        row["gender"] == "f",
        row["number"] == "p",
        row["one"],
        row["many"],
        row["noun_gender"] == "f",
    )


def grows(subject: Indicator) -> Phrase:
    """What an evolution is the evolution of: ``Évolution annuelle moyenne du nombre de places`` →
    ``le nombre de places``."""
    found = phrase(subject)
    if has_row(subject):
        return found
    match = re.match(
        r"l’évolution(?: annuelle)?(?: moyenne)? (de la |de l’|du |des )(.+)", found.text
    )
    if match is None:
        return found
    article = {"de la ": "la ", "de l’": "l’", "du ": "le ", "des ": "les "}[match[1]]
    return Phrase(
        article + match[2],
        match[1] == "de la ",
        match[1] == "des ",
        found.one,
        found.many,
        found.noun_feminine,
    )


def evolution(subject: Indicator) -> str:
    """``l’évolution du nombre de places``: an evolution named as such."""
    name = grows(subject).text
    if name.startswith("l’évolution"):
        return name
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if name.startswith(article):
            return f"l’évolution {contracted}{name[len(article) :]}"
    return f"l’évolution de {name}"


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {row["unit"]: (row["one"], row["many"]) for row in rows("units")}


def unit(name: str, number: float) -> str:
    """The unit of a figure as a sentence writes it: ``habitants``, ``emploi``, ``%``."""
    if name in _units():
        return _units()[name][0 if abs(number) < 2 else 1]
    words = len(name) > 3 and name.isalpha() and name.endswith("s")
    return name[:-1] if words and abs(number) < 2 else name


@cache
def ordinal(rank: int, feminine: bool) -> str:
    """``première``, ``deuxième``… ``seizième``, then ``17e``."""
    if rank == 1:
        return "première" if feminine else "premier"
    words = [
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
        "onzième",
        "douzième",
        "treizième",
        "quatorzième",
        "quinzième",
        "seizième",
    ]
    return words[rank - 2] if rank <= 16 else f"{rank}e"


@cache
def threshold(name: str) -> float:
    """A figure of ``catalogue/wording.csv``: when a sentence says « proche », « stable », « fois »."""
    return next(float(row["value"]) for row in rows("wording") if row["name"] == name)


def rules() -> tuple[str, ...]:
    """When a sentence chooses its words, in French, for the reading guide."""
    return tuple(row["meaning"] for row in rows("wording"))
