"""Incomes (Filosofi) and job seekers (DARES) of the demonstration, with their thresholds."""

from __future__ import annotations

from dataclasses import dataclass

from .census import YEAR, Character
from .numbers import clamp, stream
from .territory import World

#: Below these, Insee publishes only the number of households and the median.
DETAIL_HOUSEHOLDS, DETAIL_PERSONS = 1000, 2000
#: Below this, not even the median.
MEDIAN_HOUSEHOLDS = 50
CATEGORIES = ("A", "B", "C", "ABC")
SEXES = ("Total", "Femmes", "Hommes")
AGE_BANDS = ("Total", "Moins de 25 ans", "De 25 à 49 ans", "50 ans et plus")
SEEKER_YEARS = (2022, 2023)


@dataclass(frozen=True)
class Income:
    """Fiscal households, persons and consumption units of a unit, and its median (euros a year)."""

    households: int
    persons: int
    units: float
    median: int
    poverty: float  # per cent
    taxed: float  # per cent

    @property
    def detailed(self) -> bool:
        return self.households >= DETAIL_HOUSEHOLDS or self.persons >= DETAIL_PERSONS

    @property
    def published(self) -> bool:
        return self.households >= MEDIAN_HOUSEHOLDS


def communes(
    world: World, census: dict[str, dict[str, float]], nature: dict[str, Character]
) -> dict[str, Income]:
    rng = stream(world.seed, "incomes")
    result = {}
    for commune in world.communes:
        row, who = census[commune.code], nature[commune.code]
        persons = round(row[f"P{YEAR}_POP"] * rng.uniform(0.975, 0.995))
        median = 22400 + 1900 * who.suburb - 2300 * who.town - 3000 * who.valley - 500 * who.remote
        median = round((median + rng.gauss(0, 480)) / 10) * 10
        result[commune.code] = Income(
            households=round(row[f"P{YEAR}_MEN"] * rng.uniform(0.97, 0.99)),
            persons=persons,
            units=round(persons / rng.uniform(1.44, 1.52), 1),
            median=median,
            poverty=clamp(14.5 - (median - 21500) / 420 + rng.gauss(0, 0.6), 4, 32),
            taxed=clamp(46 + (median - 21500) / 260 + rng.gauss(0, 0.8), 25, 75),
        )
    return result


def together(parts: list[Income]) -> Income:
    """A group's row: counts add up; the median and rates stand for the published ones."""
    persons = sum(part.persons for part in parts)

    def mean(values: list[float]) -> float:
        return sum(value * part.persons for value, part in zip(values, parts)) / persons

    return Income(
        households=sum(part.households for part in parts),
        persons=persons,
        units=round(sum(part.units for part in parts), 1),
        median=round(mean([part.median for part in parts]) / 10) * 10,
        poverty=mean([part.poverty for part in parts]),
        taxed=mean([part.taxed for part in parts]),
    )


def job_seekers(
    world: World, census: dict[str, dict[str, float]]
) -> list[tuple[int, str, str, str, str, int]]:
    """``(year, commune, category, sex, age, persons)`` before any rounding."""
    rng = stream(world.seed, "job seekers")
    rows = []
    for commune in world.communes:
        unemployed = census[commune.code][f"P{YEAR}_CHOM1564"]
        for year in SEEKER_YEARS:
            level = (
                unemployed
                * 1.22
                * (1.04 if year == SEEKER_YEARS[0] else 1.0)
                * rng.uniform(0.95, 1.05)
            )
            women, young, old = (
                rng.uniform(0.49, 0.56),
                rng.uniform(0.12, 0.17),
                rng.uniform(0.26, 0.31),
            )
            sexes = {"Total": 1.0, "Femmes": women, "Hommes": 1 - women}
            ages = dict(zip(AGE_BANDS, (1.0, young, 1 - young - old, old)))
            for category, share in zip(CATEGORIES, (0.57, 0.14, 0.29, 1.0)):
                rows += [
                    (
                        year,
                        commune.code,
                        category,
                        sex,
                        age,
                        round(level * share * sexes[sex] * ages[age]),
                    )
                    for sex in SEXES
                    for age in AGE_BANDS
                ]
    return rows
