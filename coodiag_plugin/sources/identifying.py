"""What tells who a person is, in tables that are not lists of persons: columns, cells, names.

Used where a table of the analyst goes into print: such columns are left out as soon as they are
read, and what may be a person's name is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..core.catalogue import rows
from .columns import words_of
from .names import normalise

#: At most 64 signs before the @, as the norm has it: a long word without any stays quick to read.
_EMAIL = re.compile(r"[\w.+'’%-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d])(?:(?:\+|00)\s?\d{2,3}[\s.]?(?:\(0\))?|0)[\s.]?[1-9](?:[\s.\-/]?\d{2}){4}(?!\d)"
)
#: What announced a contact and stands alone once it is gone.
_LABEL = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|mail|e-mail|courriel|port(?:able)?)\b\s*[.:]*\s*(?=$|[,;/)\n])",
    re.IGNORECASE,
)
#: Share of the filled cells from which a column holds e-mails or phones, whatever its header.
_CONTACTS = 0.2
_TITLE = re.compile(
    r"^(?i:m\.|mr\.?|mme\.?|mlle|m\.\s?et\s?mme|monsieur|madame|mademoiselle|dr\.?|docteur|docteure|"
    r"me|maître|maitre|pr\.?|professeur)\s+[A-ZÀ-Þ]"
)
#: A title before a name anywhere in a text, however it is typed.
_TITLED = re.compile(r"(?<!\w)(?:mme|mlle|mr|madame|mademoiselle|monsieur|docteure?|dr)\.?\s+[^\W\d_]{2,}|(?<!\w)M\.\s?[^\W\d_]{2,}", re.IGNORECASE)  # fmt: skip
_SAINT = re.compile(r"(?:saint|sainte|st|ste)\s", re.IGNORECASE)
_INITIAL = re.compile(r"^[A-ZÀ-Þ]\.\s?(?:[A-ZÀ-Þ]\.\s?)?[A-ZÀ-Þ][\w’'-]+$")
_PARTICLES = frozenset({"DE", "DU", "DES", "D", "LE", "LA", "L", "VAN", "VON", "EL", "AL", "BEN"})
_MOST_WORDS = 4


@cache
def _kinds() -> tuple[tuple[str, frozenset[str], tuple[tuple[str, ...], ...]], ...]:
    """Label, whole headers (without blanks) and words of each kind of identifying column."""
    return tuple(
        (
            row["label"],
            frozenset("".join(words_of(text)) for text in row["exact"].split("|") if text),
            tuple(words_of(text) for text in row["words"].split("|") if text),
        )
        for row in rows("identifying")
    )


@cache
def _organisations() -> frozenset[str]:
    return frozenset(
        word.upper() for row in rows("organisation_words") for word in row["words"].split()
    )


@cache
def _given_names() -> frozenset[str]:
    own = {name for row in rows("given_names") for name in row["names"].split()}
    streets = {row["word"] for row in rows("street_words") if row["role"] == "firstname"}
    return frozenset(name.upper() for name in own | streets)


def identifying(header: str, cells: Sequence[str] = ()) -> str:
    """What a column tells of a person (« courriel », « téléphone »…), "" when it tells nothing.

    By its header, else by its cells when they are e-mails or telephone numbers. A few words of a
    long header do not make one of a column of few different answers (« Avez-vous un téléphone ? »).
    """
    filled = [cell for cell in cells if cell]
    words = words_of(header)
    compact = "".join(words)
    few_answers = filled and len({cell.casefold() for cell in filled}) * 2 <= len(filled)
    for label, exact, inside in _kinds():
        if compact in exact:
            return label
        if not few_answers and any(_holds(words, part) for part in inside):
            return label
    for label, pattern in (("courriel", _EMAIL), ("téléphone", _PHONE)):
        found = sum(bool(pattern.fullmatch(cell.strip(" .;,<>"))) for cell in filled)
        if found and found >= _CONTACTS * len(filled):
            return label
    return ""


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(words[start : start + size] == part for start in range(len(words) - size + 1))


def without_contacts(text: str) -> str:
    """``text`` without its e-mail addresses and telephone numbers, and what held them together."""
    bare = _PHONE.sub(" ", _EMAIL.sub(" ", text))
    if bare == text:
        return text
    bare = _LABEL.sub(" ", bare)
    bare = re.sub(r"\(\s*[:,;/–-]*\s*\)|\[\s*\]|<\s*>", " ", bare)
    lines = (
        " ".join(line.split()).replace(" ,", ",").strip(" ,;:/–-") for line in bare.split("\n")
    )
    return "\n".join(line for line in lines if line)


def names_organisation(text: str) -> bool:
    """Whether a word of the text is one of organisations or of functions."""
    return not _organisations().isdisjoint(normalise(text).split())


def is_person(text: str) -> bool:
    """Whether a name may be that of a person: a title, an initial, or a given name among its words.

    A word of organisations settles it: « Association Jean Fictif » is none. A surname alone cannot
    be told from a brand.
    """
    text = " ".join(text.split())
    if not text or names_organisation(_TITLE.sub("", text)):
        return False
    if _TITLE.match(text) or _INITIAL.match(text):
        return True
    words = re.split(r"[\s]+", text)
    if not 2 <= len(words) <= _MOST_WORDS or any(char.isdigit() for char in text):
        return False
    if not all(word[:1].isupper() or normalise(word) in _PARTICLES for word in words):
        return False
    ends = {normalise(part) for word in (words[0], words[-1]) for part in word.split("-")}
    return not ends.isdisjoint(_given_names())


def without_persons(text: str) -> str:
    """The parts of a text (between commas, slashes, dashes, brackets) that are no person's name.

    ``Mme Fictive, directrice`` → ``directrice``: who pilots is told by a function.
    """
    parts = [part.strip() for part in re.split(r"\s*[,;/()\n]\s*|\s+[–-]\s+|\s+et\s+", text)]
    kept = [part for part in parts if part and not is_person(part)]
    return text if len(kept) == len([part for part in parts if part]) else ", ".join(kept)


def names_someone(text: str) -> bool:
    """Whether an answer in people's own words may give a contact or name a person, even among others.

    Wider than :func:`is_person`, as a respondent types « jean fictif » or « voir mme fictive »; a
    place called after a saint is none.
    """
    if without_contacts(text) != text or _TITLED.search(text):
        return True
    words = text.split()
    if _SAINT.match(text):
        return False
    if len(words) == 2 and normalise(words[0]) in _given_names() and not names_organisation(text):
        return True
    return without_persons(text) != text
