"""What an official file is, told by its headers and first rows, never by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import rows
from ..core.codes import COMMUNE, REGION_DEPARTMENTS
from .names import normalise

#: Sign that stands for the empty cell in the ``secrecy`` column of the catalogue.
EMPTY = "vide"

_SHAPES = {
    "commune": COMMUNE,
    "damaged": re.compile(r"[1-9]\d{3}"),
    "epci": re.compile(r"2\d{8}"),
    "iris": re.compile(r"(?:\d{2}|2[AB])\d{7}"),
    "departement": re.compile(r"\d{1,2}|2[AB]|97\d"),
    "region": re.compile(r"\d{2}"),
    "qpv": re.compile(r"Q[PN]\w{6}"),
    "siret": re.compile(r"\d{14}"),
    "siren": re.compile(r"\d{9}"),
    "france": re.compile(r"(?i)fr\w*|metro\w*|F"),
}
_NAMED_LEVELS = ("regions", "departements")


@dataclass(frozen=True)
class Dataset:
    """A row of ``catalogue/datasets.csv``: a family of files that a producer publishes."""

    id: str
    title: str  # French, as printed
    producer: str
    licence: str
    form: str  # table, polygon, line, point, xml
    level: str  # what the key column holds, "" when it is not checked
    required: tuple[re.Pattern[str], ...]
    excluded: tuple[re.Pattern[str], ...]
    key: re.Pattern[str] | None
    vintage: re.Pattern[str] | None
    secrecy: dict[
        str, str
    ]  # sign of a cell -> state (core.values.State text); "" is the empty cell
    refused: str  # French reason, "" when the family is used
    notes: str

    def key_column(self, columns: Sequence[str]) -> str | None:
        """The column that identifies a row: alternatives of ``key`` in the order they are written."""
        if self.key is None:
            return None
        for alternative in self.key.pattern.split("|"):
            pattern = re.compile(alternative, re.IGNORECASE)
            for column in columns:
                if pattern.fullmatch(column):
                    return column
        return None

    def fits(self, columns: Sequence[str], form: str) -> bool:
        """Whether the headers carry every required column and none of the excluded ones."""
        return (
            form == self.form
            and bool(self.required)
            and all(any(p.fullmatch(c) for c in columns) for p in self.required)
            and not any(p.fullmatch(c) for p in self.excluded for c in columns)
        )


def _patterns(text: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(part, re.IGNORECASE) for part in text.split())


def _signs(text: str) -> dict[str, str]:
    pairs = (part.split("=") for part in text.split())
    return {("" if sign == EMPTY else sign): state for sign, state in pairs}


@cache
def catalogue() -> tuple[Dataset, ...]:
    """Every row of the catalogue, the particular before the general."""
    return tuple(
        Dataset(
            id=row["id"],
            title=row["title"],
            producer=row["producer"],
            licence=row["licence"],
            form=row["form"],
            level=row["level"],
            required=_patterns(row["required"]),
            excluded=_patterns(row["excluded"]),
            key=re.compile(row["key"], re.IGNORECASE) if row["key"] else None,
            vintage=re.compile(row["vintage"], re.IGNORECASE) if row["vintage"] else None,
            secrecy=_signs(row["secrecy"]),
            refused=row["refused"],
            notes=row["notes"],
        )
        for row in rows("datasets")
    )


@cache
def datasets() -> dict[str, Dataset]:
    """Dataset families by id (the first row of an id speaks for the family)."""
    result: dict[str, Dataset] = {}
    for dataset in catalogue():
        result.setdefault(dataset.id, dataset)
    return result


@dataclass(frozen=True)
class Recognition:
    """A family, the reserve to make about the file (French, "" when there is none)."""

    dataset: Dataset
    reserve: str = ""


def recognise(
    columns: Sequence[str], sample: Sequence[Sequence[str]], form: str = "table", name: str = ""
) -> Recognition | None:
    """The family whose signature the headers and first rows carry, None when there is none.

    ``name`` of the file only settles what the content leaves open: whether the single code 53
    without a label is a région or a département.
    """
    for dataset in catalogue():
        if not dataset.fits(columns, form):
            continue
        if not dataset.level:
            return Recognition(dataset)
        key = dataset.key_column(columns)
        if key is None:
            continue
        place = columns.index(key)
        values = [row[place].strip() for row in sample if len(row) > place and row[place].strip()]
        found = _level(values, _labels(columns, sample), name)
        if not values or dataset.level in found:
            return Recognition(dataset)
        if dataset.level == "commune" and "damaged" in found:
            return Recognition(
                dataset, "codes sans leur zéro initial (fichier passé par un tableur)"
            )
    return None


def _labels(columns: Sequence[str], sample: Sequence[Sequence[str]]) -> list[str]:
    """Names beside the codes, which tell a région from a département of the same code."""
    for place, column in enumerate(columns):
        if re.fullmatch(r"LIB\w*|NOM\w*", column, re.IGNORECASE):
            return [row[place] for row in sample if len(row) > place]
    return []


def _level(values: list[str], labels: list[str], name: str) -> set[str]:
    """Levels that nearly all values can be codes of; a third of odd codes refuses a level."""
    if not values:
        return set()
    found = {
        level
        for level, shape in _SHAPES.items()
        if sum(1 for value in values if shape.fullmatch(value)) > 0.67 * len(values)
    }
    if "region" in found and not _are_regions(values, labels, name):
        found.discard("region")
    return found


def _are_regions(values: list[str], labels: list[str], name: str) -> bool:
    """Whether two-digit codes are those of régions: 53 is Bretagne or Mayenne, the name tells."""
    if not set(values) <= set(REGION_DEPARTMENTS):
        return False
    words = [normalise(label) for label in labels]
    names = {level: {normalise(row["nom"]) for row in rows(level)} for level in _NAMED_LEVELS}
    as_regions = sum(w in names["regions"] or w.startswith("REGION ") for w in words)
    as_departements = sum(w in names["departements"] or w.startswith("DEPARTEMENT ") for w in words)
    if as_regions == as_departements:
        return not re.search(r"(?i)(?<![a-z])dep", name)
    return as_regions > as_departements


def vintage_in(dataset: Dataset, columns: Sequence[str]) -> int | None:
    """Latest year that the column names carry by the family's own pattern (``P18_POP`` → 2018)."""
    if dataset.vintage is None:
        return None
    years = []
    for column in columns:
        match = dataset.vintage.fullmatch(column)
        if match and match.group(1):
            years.append(full_year(match.group(1)))
    return max(years, default=None)


def full_year(digits: str) -> int:
    """``18`` → 2018, ``99`` → 1999, ``2021`` → 2021."""
    number = int(digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number < 68 else 1900 + number


def year_in_name(name: str) -> int | None:
    """Latest plausible year written in a name or a title (``FILO2019_DISP_COM`` → 2019).

    Two digits are never read as a year: ``adresses-22.csv`` is a département.
    """
    years = [int(text) for text in re.findall(r"(?<!\d)(19[6-9]\d|20[0-6]\d)(?!\d)", name)]
    return max(years, default=None)
