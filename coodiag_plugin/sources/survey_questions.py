"""What kind of question a column of answers is: said by a sheet « questions », else by the answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import rows
from ..core.french import without_accents
from ..core.qualitative import CHOICE, FREE, MULTIPLE, NUMBER, SCALE
from .analyst_table import AnalystTable, assigned, fields_of
from .names import normalise
from .repairs import read_number

#: A question with more different answers, or longer ones, is free text: what a few people wrote in
#: their own words is never printed.
MOST_CHOICES, MOST_PARTS, LONGEST = 15, 20, 90
#: Share of the answers that must be numbers.
_NUMBERS = 0.8
#: Share of the answers that hold several, from which a question is one of multiple choice.
_SEVERAL = 0.05
_SPLIT = re.compile(r"\s*[;|\n]\s*")
_COMMAS = re.compile(r"\s*[;|,\n]\s*")
#: ``1 - Pas du tout``, ``5 (très bien)``.
_GRADED = re.compile(r"([0-9]|10)\s*(?:[-–.:)=(]|$)")
_LEADING = re.compile(r"\D{0,12}?(\d+)")
#: Words of a wording whose small whole numbers are counts, not marks.
_COUNTED = frozenset(
    {
        "NOMBRE",
        "NB",
        "NBRE",
        "COMBIEN",
        "AGE",
        "ANS",
        "ANNEES",
        "DUREE",
        "DISTANCE",
        "KM",
        "MINUTES",
        "HEURES",
        "MONTANT",
        "ENFANTS",
    }
)


@dataclass(frozen=True)
class Guess:
    """Kind and order of the answers; ``declared`` when the words of the answers are known ones."""

    kind: str
    order: tuple[str, ...] = ()
    declared: bool = False


@dataclass(frozen=True)
class Described:
    """A row of the sheet « questions »; ``kind`` is "" when it was not said or not understood."""

    code: str
    wording: str
    kind: str
    order: tuple[str, ...]
    page: str
    line: int
    kind_text: str = ""


def fold(text: str) -> str:
    """An answer without accents, case and final stop: ``Plutôt d’accord.`` → ``plutot d'accord``."""
    plain = without_accents(text.casefold()).replace("’", "'")
    return " ".join(plain.split()).strip(" .")


def parts_of(cell: str, commas: bool = False) -> list[str]:
    """The answers of a cell of multiple choice, separated by ``;``, ``|`` or line ends.

    ``commas``: also by commas, which only a person can say that they separate.
    """
    split = _COMMAS if commas and not re.search(r"[;|\n]", cell) else _SPLIT
    return [part for part in split.split(cell) if part]


@cache
def _scales() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    found = []
    for row in rows("answer_scales"):
        answers = tuple(row["answers"].split("|"))
        found.append((row["kind"], answers, frozenset(map(fold, answers))))
    return tuple(sorted(found, key=lambda item: len(item[1])))


def recognise(wording: str, cells: Sequence[str]) -> Guess:
    """The kind of a question from its answers (``cells``, empty ones included).

    In doubt it is free text: nothing of it is printed but how many answered.
    """
    filled = [cell for cell in cells if cell]
    folded = Counter(map(fold, filled))
    if not filled:
        return Guess(FREE)
    for kind, answers, known in _scales():
        if known.issuperset(folded):
            return Guess(kind, tuple(answer for answer in answers if fold(answer) in folded), True)
    several = sum(len(parts_of(cell)) > 1 for cell in filled)
    if several:
        return _several(filled, several)
    numbers = [read_number(cell).value for cell in filled]
    if sum(number is not None for number in numbers) >= _NUMBERS * len(filled):
        return _numbers(wording, [number for number in numbers if number is not None])
    if len(folded) <= MOST_CHOICES and len(filled) >= 2 * len(folded) and _short(filled):
        return _choices(list(folded))
    return Guess(FREE)


def _several(filled: list[str], several: int) -> Guess:
    every = Counter(fold(part) for cell in filled for part in parts_of(cell))
    usual = several >= _SEVERAL * len(filled)
    if (
        usual
        and len(every) <= MOST_PARTS
        and sum(every.values()) >= 2 * len(every)
        and _short(filled)
    ):
        return Guess(MULTIPLE)
    return Guess(FREE)


def _short(cells: list[str]) -> bool:
    return all(len(part) <= LONGEST for cell in cells for part in parts_of(cell))


def _numbers(wording: str, numbers: list[float]) -> Guess:
    """Marks from 1 to 5, else a number."""
    counted = not _COUNTED.isdisjoint(normalise(wording).split())
    marks = {int(number) for number in numbers if number == int(number)}
    if not counted and all(n in (1, 2, 3, 4, 5) for n in numbers) and len(marks) > 1:
        return Guess(SCALE, tuple("12345"), True)
    return Guess(NUMBER)


def _choices(answers: list[str]) -> Guess:
    """Single choice; answers that begin with 1, 2, 3… are a scale in that order."""
    graded = {answer: int(found[1]) for answer in answers if (found := _GRADED.match(answer))}
    if len(graded) == len(answers) and len(set(graded.values())) == len(answers) > 1:
        return Guess(SCALE, tuple(sorted(graded, key=lambda answer: graded[answer])))
    numbered = {answer: int(found[1]) for answer in answers if (found := _LEADING.match(answer))}
    if len(numbered) >= max(2, len(answers) - 2) and len(set(numbered.values())) > 1:
        last = [answer for answer in answers if answer not in numbered]
        first = [answer for answer in numbered if answer.startswith("moins")]
        rest = sorted(set(numbered) - set(first), key=lambda answer: numbered[answer])
        return Guess(CHOICE, (*first, *rest, *last))
    return Guess(CHOICE)


@cache
def _kind_words() -> dict[str, str]:
    return {
        normalise(word): row["kind"]
        for row in rows("question_kinds")
        for word in (*row["words"].split("|"), row["label"])
        if word
    }


def kind_of(text: str) -> str:
    """The kind that a person names (« choix multiple »), "" when it is not one."""
    plain = normalise(text)
    return _kind_words().get(plain) or _kind_words().get(
        re.sub(r"\bQUESTION\b|\bTYPE\b", "", plain).strip(), ""
    )


def read_described(table: AnalystTable) -> list[Described]:
    """The rows of a sheet « questions »; columns that it has not are left to recognition."""
    found = assigned(table.columns, fields_of("questions"))
    if "code" not in found and "wording" not in found:
        return []
    result = []
    for row, line in zip(table.rows, table.lines):
        cell = {name: " ".join(row[at].split()) for name, at in found.items() if name != "order"}
        order = tuple(dict.fromkeys(parts_of(row[found["order"]]))) if "order" in found else ()
        kind_text = cell.get("kind", "")
        result.append(
            Described(
                cell.get("code", ""),
                cell.get("wording", ""),
                kind_of(kind_text),
                order,
                cell.get("page", ""),
                line,
                kind_text,
            )
        )
    return [item for item in result if item.code or item.wording]
