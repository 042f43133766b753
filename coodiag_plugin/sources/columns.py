"""Which column of a structure's spreadsheet is which canonical field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import rows
from ..core.errors import InputError
from .contents import looks_like, share, single_values
from .names import normalise

ROLES = ("clients", "beneficiaries", "sites")
#: Canonical fields in the order of the output table.
FIELDS = (
    "ref",
    "name",
    "address",
    "complement",
    "postcode",
    "city",
    "citycode",
    "siret",
    "naf",
    "turnover",
    "hours",
    "date",
    "site",
)
#: Parts of an address kept in columns of their own, put together into ``address``.
PARTS = ("number", "repetition", "street_type", "street")
#: Fields by which a row can be located.
LOCATORS = ("address", "street", "postcode", "city", "citycode")
#: Fields whose cells must look right even under an exact header: else every value would be lost.
CHECKED = frozenset({"siret", "naf", "turnover", "hours", "date"})

_SMALL_WORDS = frozenset({"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "of", "the"})
#: A column about something else than where the person is now.
_NEVER = frozenset({"naissance", "birth", "employeur", "conseiller", "referent", "tuteur"})
_EXACT, _WORDS, _WEAK = 100.0, 50.0, 30.0
_SAMPLE = 500


@dataclass(frozen=True)
class Synonyms:
    """A row of ``catalogue/columns.csv``: whole headers by rank (written without spaces), words
    inside headers, words that forbid."""

    field: str
    exact: dict[str, int]
    weak: dict[str, int]
    words: tuple[tuple[str, ...], ...]
    forbidden: frozenset[str]


@cache
def synonyms(role: str = "") -> tuple[Synonyms, ...]:
    """The synonyms that hold for ``role`` (all of them without a role)."""
    result = []
    for row in rows("columns"):
        if role and row["roles"] != "*" and role not in row["roles"].split("|"):
            continue
        exact, weak, words = (
            [words_of(text) for text in row[name].split("|") if text]
            for name in ("exact", "weak", "words")
        )
        result.append(
            Synonyms(
                row["field"],
                {"".join(synonym): rank for rank, synonym in reversed(list(enumerate(exact)))},
                {"".join(synonym): rank for rank, synonym in enumerate(weak)},
                tuple(words),
                frozenset(word for word in row["not"].split("|") if word),
            )
        )
    return tuple(result)


@cache
def words_of(header: str) -> tuple[str, ...]:
    """Words of a header without accents, case, punctuation and small words.

    ``CodePostal`` → ``code postal``; ``Adresse2`` → ``adresse 2``; ``N° de client`` → ``n client``.
    """
    text = header.replace("°", " ").replace("º", " ")
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", text)
    text = re.sub(r"(?<=[A-Za-z])(?=\d)", " ", text)
    words = tuple(normalise(text).lower().split())
    return tuple(word for word in words if word not in _SMALL_WORDS) or words


def _contains(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    size = len(part)
    return any(words[start : start + size] == part for start in range(len(words) - size + 1))


def name_score(header: str, entry: Synonyms) -> float:
    """How well ``header`` names the field: ≥ 60 exact, ≥ 35 by words, ≥ 20 weak, 0 not at all."""
    words = words_of(header)
    if not words or len(words) > 8:
        return 0.0
    compact = "".join(words)
    if compact in entry.exact:
        return _EXACT - 0.5 * entry.exact[compact]
    if compact in entry.weak:
        return _WEAK - entry.weak[compact]
    if entry.forbidden.intersection(words) or _NEVER.intersection(words):
        return 0.0
    for rank, synonym in enumerate(entry.words):
        if _contains(words, synonym):
            year = next((int(w) for w in words if re.fullmatch(r"20\d\d", w)), 2000)
            return _WORDS - rank - (len(words) - len(synonym)) + (year - 2000) / 1000
    return 0.0


def header_score(cells: Sequence[str]) -> float:
    """How much a row looks like a header: 3 for each field named exactly, 1 by words or weakly."""
    found: dict[str, float] = {}
    for cell in cells:
        if not cell or len(cell) > 60:
            continue
        for entry in synonyms():
            score = name_score(cell, entry)
            if score:
                points = 3.0 if score > _WORDS + 1 else 1.0
                found[entry.field] = max(found.get(entry.field, 0.0), points)
    return sum(found.values())


@dataclass(frozen=True)
class Candidate:
    """A column that may be a field, with its score."""

    score: float
    field: str
    column: int


@dataclass(frozen=True)
class Match:
    """Canonical field → column index; fields guessed from contents; headers contents contradict."""

    columns: dict[str, int]
    guessed: dict[str, int]
    contradicted: dict[str, int]


def match(
    headers: Sequence[str],
    cells: Sequence[Sequence[str]],
    role: str,
    forced: Mapping[str, int] | None = None,
    without: Sequence[str] = (),
) -> Match:
    """Give each field its best column, one column per field and one field per column.

    ``cells`` holds the cells of each column. ``forced`` columns are taken as they are;
    fields of ``without`` stay empty. Same input, same result: ties go to the fuller, then to the
    first column.
    """
    samples = [[cell for cell in column if cell][:_SAMPLE] for column in cells]
    taken = dict(forced or {})
    candidates, contradicted = _by_name(headers, samples, role, len(cells[0]) if cells else 0)
    _assign(candidates, taken, without)
    before = dict(taken)
    located = any(name in taken and name not in (forced or {}) for name in LOCATORS)
    _assign(_by_weak_name(headers, samples, role, taken), taken, without)
    _assign(_by_content(headers, samples, taken, located), taken, without)
    guessed = {name: index for name, index in taken.items() if name not in before}
    contradicted = {
        name: index
        for name, index in contradicted.items()
        if name not in taken and index not in taken.values()
    }
    return Match(taken, guessed, contradicted)


def _assign(candidates: list[Candidate], taken: dict[str, int], without: Sequence[str]) -> None:
    """Best score first; an address in one cell and a street apart exclude each other."""
    order = {name: rank for rank, name in enumerate((*FIELDS, *PARTS))}
    for item in sorted(candidates, key=lambda c: (-c.score, order[c.field], c.column)):
        rival = {"address": "street", "street": "address"}.get(item.field, item.field)
        free = item.field not in taken and rival not in taken
        if free and item.column not in taken.values() and item.field not in without:
            taken[item.field] = item.column


def _by_name(
    headers: Sequence[str], samples: list[list[str]], role: str, size: int
) -> tuple[list[Candidate], dict[str, int]]:
    candidates: list[Candidate] = []
    contradicted: dict[str, int] = {}
    for index, header in enumerate(headers):
        for entry in synonyms(role):
            score = name_score(header, entry)
            if score <= _WEAK:
                continue
            sample = samples[index]
            seen = share(entry.field, sample)
            exact = score > _WORDS + 1
            needed = 0.5 if entry.field in CHECKED else (0.0 if exact else 0.2)
            if sample and seen < needed:
                contradicted.setdefault(entry.field, index)
                continue
            filled = len(sample) / min(size, _SAMPLE) if size else 0.0
            candidates.append(
                Candidate(score + 0.2 * seen + 0.1 * min(filled, 1.0), entry.field, index)
            )
    return candidates, contradicted


def _by_weak_name(
    headers: Sequence[str], samples: list[list[str]], role: str, taken: Mapping[str, int]
) -> list[Candidate]:
    """Headers such as ``code`` or ``N°``: taken only when the cells look like the field."""
    candidates: list[Candidate] = []
    for index, header in enumerate(headers):
        for entry in synonyms(role):
            score, name, sample = name_score(header, entry), entry.field, samples[index]
            if not 0 < score <= _WEAK or not sample or not _plausible(name, index, samples, taken):
                continue
            seen = single_values(sample) if name == "ref" else share(name, sample)
            if seen >= (0.98 if name == "ref" else 0.8):
                bonus = {"number": 20, "repetition": 20, "postcode": 10}.get(name, 0)
                candidates.append(Candidate(score + bonus + seen, name, index))
    return candidates


def _plausible(name: str, index: int, samples: list[list[str]], taken: Mapping[str, int]) -> bool:
    """Whether the columns around allow a weak header to be this field.

    A house number stands near a street that has none of its own; a postcode goes with a town or a
    street and repeats, while the numbers of a file do not.
    """
    if name in ("number", "repetition"):
        street = taken.get("street", taken.get("address"))
        if street is None or not 1 <= abs(street - index) <= 3:
            return False
        numbered = sum(cell[:1].isdigit() for cell in samples[street])
        return numbered < 0.2 * max(len(samples[street]), 1)
    if name == "postcode":
        located = any(field in taken for field in ("city", "street", "address"))
        return located and not (len(samples[index]) > 20 and single_values(samples[index]) > 0.98)
    return True


def _by_content(
    headers: Sequence[str],
    samples: list[list[str]],
    taken: Mapping[str, int],
    located: bool,
) -> list[Candidate]:
    """Columns whose cells can only be addresses, when no header names one.

    Unless a header has ``located`` the rows by its name, postcodes too, and the names right after
    them as towns: what the user says of one column takes nothing from what is seen in the others.
    """
    candidates: list[Candidate] = []
    postcodes = [taken["postcode"]] if "postcode" in taken else []
    free = [
        index
        for index, sample in enumerate(samples)
        if sample
        and index not in taken.values()
        and not _NEVER.intersection(words_of(headers[index]))
    ]
    for index in free:
        if "street" not in taken and looks_like("address", samples[index]) >= 0.8:
            candidates.append(
                Candidate(2 + looks_like("address", samples[index]), "address", index)
            )
        if not located and looks_like("postcode", samples[index]) >= 0.8:
            candidates.append(Candidate(1.0, "postcode", index))
            postcodes.append(index)
    for index in postcodes:
        if not located and index + 1 in free and share("city", samples[index + 1]) >= 0.9:
            candidates.append(Candidate(0.5, "city", index + 1))
    return candidates


def forced_columns(
    mapping: Mapping[str, str | int], columns: Sequence[str], file: str
) -> tuple[dict[str, int], tuple[str, ...]]:
    """``({field: column index}, fields left empty on purpose)`` of a mapping made by hand.

    A column is found by its name as written, else by its words, or by its place counted from 1.
    ``{"naf": ""}`` (or 0) says that no column is a NAF code. Unknown fields and columns are refused
    with what exists.
    """
    forced: dict[str, int] = {}
    without = []
    for name, column in mapping.items():
        if name not in FIELDS and name not in PARTS:
            raise InputError(
                "MAPPING names the field “{field}”, which does not exist. Fields: {fields}.",
                field=name,
                fields=", ".join((*FIELDS, *PARTS)),
            )
        if not column:
            without.append(name)
            continue
        found = _columns_called(column, columns)
        if not found:
            raise InputError(
                "MAPPING names the column “{column}”, which is not in {file}. Columns: {columns}.",
                column=column,
                file=file,
                columns=", ".join(columns),
            )
        if found[0] in forced.values():
            raise InputError(
                "MAPPING gives the column “{column}” to two fields: keep one of them.",
                column=columns[found[0]],
            )
        forced[name] = found[0]
    return forced, tuple(without)


def _columns_called(column: str | int, columns: Sequence[str]) -> list[int]:
    """Indices of the columns of that name, or of that place counted from 1."""
    if isinstance(column, int):
        return [column - 1] if 0 < column <= len(columns) else []
    return [i for i, other in enumerate(columns) if other == column] or [
        i for i, other in enumerate(columns) if words_of(other) == words_of(column)
    ]
