"""Which codes of a Melodi dataset make a variable of the catalogue, and what its figures are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from ...core.catalogue import rows
from ...core.errors import SourceError

#: Signs of a cell without figure, as the families ``melodi_*`` of catalogue/datasets.csv read them.
SECRET, NO_DATA, FAILED = "s", "nd", "echec"  # pragma: allowlist secret
TOTAL = "_T"
_ASIDE = ("GEO", "TIME_PERIOD")
_GEO = re.compile(r"(?:(\d{4})-)?([A-Z]\w*)-(\w+)")
_SPAN = re.compile(r"([A-Z]+)(\d+)\.\.\1(\d+)")
#: Observation statuses (SDMX code list) of a cell whose figure stands elsewhere or was not made.
_ELSEWHERE = ("K", "M", "L", "O", "H")
_SUPPRESSED = ("Q",)
_GRAVEST_FIRST = (FAILED, SECRET, NO_DATA)

#: Codes of each dimension of a dataset.
Shape = Mapping[str, Sequence[str]]
Codes = tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """A row of ``catalogue/melodi.csv``: dimension → alternatives, each of codes to add up."""

    variable: str
    dataset: str
    named: tuple[tuple[str, tuple[Codes, ...]], ...]
    periods: int  # years wanted, from the latest


@dataclass(frozen=True)
class Mix:
    """One way to make a variable: dimension → codes to add up."""

    codes: tuple[tuple[str, Codes], ...]

    @property
    def parts(self) -> tuple[Codes, ...]:
        """Every combination of codes, in the order of the dimensions."""
        return tuple(product(*(codes for _, codes in self.codes)))


@dataclass(frozen=True)
class Observation:
    """A figure of an answer. ``text`` is the cell that it makes: a number or a sign."""

    unit: str
    year: int
    dimensions: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Geo:
    """``2025-COM-44109`` in parts; ``cog`` is empty when the service does not say the year."""

    cog: str
    level: str
    code: str


@cache
def recipes() -> dict[str, Recipe]:
    """Every variable that Melodi gives, by name without vintage."""
    return {
        row["variable"]: Recipe(
            row["variable"], row["dataset"], _named(row["codes"]), len(row["years"].split())
        )
        for row in rows("melodi")
    }


@cache
def lacking(name: str) -> tuple[str, str] | None:
    """Which file of Insee gives a variable that Melodi is not asked for, and why (French)."""
    for row in rows("melodi_lacking"):
        if re.fullmatch(row["name"], name):
            return row["file"], row["reason"]
    return None


def _named(text: str) -> tuple[tuple[str, tuple[Codes, ...]], ...]:
    pairs = (part.split("=", 1) for part in text.split())
    return tuple(
        (dimension, tuple(_added(one) for one in alternatives.split("|")))
        for dimension, alternatives in pairs
    )


def _added(text: str) -> Codes:
    """``Y90..Y99+Y_GE100`` as codes."""
    codes: list[str] = []
    for part in text.split("+"):
        span = _SPAN.fullmatch(part)
        if span is None:
            codes.append(part)
        else:
            ages = range(int(span.group(2)), int(span.group(3)) + 1)
            codes += [f"{span.group(1)}{age}" for age in ages]
    return tuple(codes)


def geo(text: str) -> Geo | None:
    """A code of the dimension GEO, None when it is of no known form."""
    match = _GEO.fullmatch(text)
    return Geo(match.group(1) or "", match.group(2), match.group(3)) if match else None


class Plan:
    """How the variables wanted of one dataset are made, its dimensions being known.

    ``ways``: for each variable the possible mixes, best first. ``lacking``: variables whose codes
    the dataset does not have, with the dimension that lacks them.
    """

    def __init__(self, wanted: Iterable[Recipe], shape: Shape) -> None:
        self.shape = {name: tuple(codes) for name, codes in shape.items() if name not in _ASIDE}
        self.ways: dict[str, tuple[Mix, ...]] = {}
        self.lacking: dict[str, str] = {}
        for recipe in wanted:
            found = self._ways(recipe)
            if isinstance(found, str):
                self.lacking[recipe.variable] = found
            else:
                self.ways[recipe.variable] = found

    def _ways(self, recipe: Recipe) -> tuple[Mix, ...] | str:
        choices: list[list[tuple[str, Codes]]] = []
        for dimension, alternatives in recipe.named:
            there = set(self.shape.get(dimension, ()))
            fitting = [codes for codes in alternatives if there.issuperset(codes)]
            if fitting:
                choices.append([(dimension, codes) for codes in fitting])
            elif there or (TOTAL,) not in alternatives:
                return dimension
        return tuple(Mix(codes) for codes in product(*choices))

    def filters(self) -> dict[str, list[str]]:
        """Parameters of the question: for each dimension the codes that some variable needs."""
        found: dict[str, list[str]] = {}
        for dimension, codes in self.shape.items():
            needed: set[str] = set()
            for mixes in self.ways.values():
                for mix in mixes:
                    needed.update(dict(mix.codes).get(dimension) or self._rest(dimension))
            if needed and len(codes) > 1 and not any(code == "" for code in needed):
                found[dimension] = [code for code in codes if code in needed]
        return found

    def _rest(self, dimension: str) -> Codes:
        """The code of a dimension that a variable does not name; "" when any has to do."""
        codes = self.shape[dimension]
        if TOTAL in codes:
            return (TOTAL,)
        return codes if len(codes) == 1 else ("",)

    def part(self, mix: Mix, dimensions: Mapping[str, str]) -> Codes | None:
        """The part of the mix that an observation is, None when it is none of it."""
        named = dict(mix.codes)
        for dimension, code in dimensions.items():
            if dimension in _ASIDE or dimension in named or dimension not in self.shape:
                continue
            rest = self._rest(dimension)
            if rest != ("",) and code not in rest:
                return None
        part = tuple(dimensions.get(dimension, "") for dimension in named)
        return part if all(c in codes for c, codes in zip(part, named.values())) else None


class Cells:
    """Figures of one variable by unit and year, from all the observations of a dataset."""

    def __init__(self, plan: Plan, variable: str, observations: Sequence[Observation]) -> None:
        self.variable = variable
        self._parts: dict[tuple[str, int], dict[Codes, str]] = {}
        self._whole: dict[int, tuple[Codes, ...]] = {}
        for mix in plan.ways[variable]:
            found = self._read(plan, mix, observations)
            for (unit, year), parts in found.items():
                if year in self._whole and self._whole[year] != mix.parts:
                    continue  # a better mix gives this year
                self._whole[year] = mix.parts
                self._parts[unit, year] = parts

    def _read(
        self, plan: Plan, mix: Mix, observations: Sequence[Observation]
    ) -> dict[tuple[str, int], dict[Codes, str]]:
        found: dict[tuple[str, int], dict[Codes, str]] = {}
        for seen in observations:
            part = plan.part(mix, seen.dimensions)
            if part is None:
                continue
            parts = found.setdefault((seen.unit, seen.year), {})
            if parts.setdefault(part, seen.text) != seen.text:
                raise SourceError(
                    "Insee, API Melodi: {variable} comes with several figures for the unit {unit} in {year}; the dataset has changed. Look for a newer version of Coodiag.",
                    variable=self.variable,
                    unit=seen.unit,
                    year=seen.year,
                )
        return found

    @property
    def years(self) -> list[int]:
        """Years with at least one figure or one secret, the latest first."""
        told = {year for (_, year), parts in self._parts.items() if set(parts.values()) - {NO_DATA}}
        return sorted(told, reverse=True)

    def text(self, unit: str, year: int) -> str:
        """The cell of a unit; « nd » where the service gives nothing or a part is missing."""
        parts = self._parts.get((unit, year), {})
        texts = [parts.get(part, NO_DATA) for part in self._whole.get(year, ())]
        for sign in _GRAVEST_FIRST:
            if sign in texts or not texts:
                return sign if texts else NO_DATA
        return texts[0] if len(texts) == 1 else number(math.fsum(float(text) for text in texts))


def cell(observation: Mapping[str, Any]) -> str:
    """The figure of an observation with all its digits, or the sign of why there is none.

    The name of the measure varies (OBS_VALUE_NIVEAU…): the first is taken. ``CONF_STATUS`` other
    than F (free) is secret; without figure and without status, the figure was not made.
    """
    status = observation.get("attributes") or {}
    measures = observation.get("measures") or {}
    measure = next(iter(measures.values()), None)
    value = measure.get("value") if isinstance(measure, Mapping) else measure
    if status.get("CONF_STATUS") not in (None, "", "F"):
        return SECRET
    if status.get("OBS_STATUS") in _SUPPRESSED and value is None:
        return SECRET
    if value is None or value == "" or status.get("OBS_STATUS") in _ELSEWHERE:
        return NO_DATA
    try:
        return number(float(value))
    except (TypeError, ValueError):
        return FAILED


def number(value: float) -> str:
    """``327734`` or ``2057.93753915075``: what reads back as the same number.

    No count, median or rate of the datasets is below zero: such a figure was not received.
    """
    if not math.isfinite(value):
        return NO_DATA
    if value < 0:
        return FAILED
    return str(int(value)) if value == int(value) else repr(value)
