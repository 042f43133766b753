"""Census of the demonstration: figures that agree with one another, commune by commune.

Every count of a commune is a whole number of persons times the commune's own census weight, so
that parts add up to their totals and figures carry decimals, as in the published tables.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from . import census_details as details
from .activities import sector
from .numbers import capped, clamp, shares, stream
from .register import Establishment
from .territory import Commune, World

#: Census year of the tables, of the comparison, and of the older one (population only).
YEAR, BEFORE, OLDER = 21, 15, 10
AGES = ("0014", "1529", "3044", "4559", "6074", "7589", "90P")
DIPLOMAS = details.DIPLOMAS
MODES = ("PAS", "MAR", "VELO", "2ROUESMOT", "VOIT", "TCOM")
#: Mean workforce of a size band of the register.
JOBS = {
    "NN": 0.55,
    "00": 0.6,
    "01": 1.5,
    "02": 4,
    "03": 7.5,
    "11": 14,
    "12": 31,
    "21": 70,
    "22": 140,
    "31": 220,
    "32": 340,
}
_NOT_JOBS = ("68.20B", "35.11Z", "93.12Z", "94.99Z", "55.20Z")


@dataclass(frozen=True)
class Character:
    """What makes a commune differ: each 0 to 1, and its own chance."""

    town: float
    suburb: float
    remote: float
    valley: float
    chance: tuple[float, ...]

    @classmethod
    def of(cls, commune: Commune, rng: random.Random) -> Character:
        town = clamp((commune.population - 1500) / 7500, 0, 1)
        suburb = (1 - town) * clamp(1.25 - commune.to_town / 9, 0, 1)
        remote = clamp((commune.to_town - 7) / 12, 0, 1) * (1 - town)
        return cls(town, suburb, remote, commune.valley, tuple(rng.gauss(0, 1) for _ in range(12)))


def characters(world: World) -> dict[str, Character]:
    rng = stream(world.seed, "character")
    return {commune.code: Character.of(commune, rng) for commune in world.communes}


def figures(world: World, establishments: list[Establishment]) -> dict[str, dict[str, float]]:
    """Census variables by commune code, named as Insee names them (``P21_POP``, ``C21_MEN``…)."""
    rng = stream(world.seed, "census")
    nature = characters(world)
    jobs = _jobs(world, establishments)
    sectors = _sectors(establishments)
    table = {}
    for commune in world.communes:
        who = nature[commune.code]
        growth = (
            0.0015
            + 0.010 * who.suburb
            - 0.0035 * who.remote
            - 0.008 * who.valley
            + 0.0025 * who.chance[0]
        )
        people = {YEAR: commune.population}
        for year in (BEFORE, OLDER):
            people[year] = max(40, round(commune.population / (1 + growth) ** (YEAR - year)))
        row: dict[str, float] = {f"P{OLDER}_POP": float(people[OLDER])}
        for year in (YEAR, BEFORE):
            row.update(_year(year, people[year], who, rng))
        row.update(_employment(jobs[commune.code], row, who))
        row.update(_kinds_of_jobs(row, sectors.get(commune.code, {})))
        row.update(_vital(row, who))
        table[commune.code] = row
    return table


def _year(year: int, people: int, who: Character, rng: random.Random) -> dict[str, float]:
    weight = 1.0 if rng.random() < 0.3 else 1 + rng.uniform(0.004, 0.03)
    whole = round(people / weight)
    weight = people / whole
    counts = _persons(whole, who, year)
    homes = round(whole / (2.18 - 0.2 * who.town + 0.28 * who.suburb - 0.1 * who.remote))
    counts.update(_homes(homes, who))
    counts.update(_details(counts, homes, who))
    result = {f"P{year}_{name}": count * weight for name, count in counts.items()}
    households = _households(homes, who)
    households.update(details.families(households, who))
    households.update(details.categories(counts["ACT1564"], who))
    result.update({f"C{year}_{name}": count * weight for name, count in households.items()})
    result.update({f"C{year}_{n}": c * weight for n, c in _workers(counts, who).items()})
    result[f"P{year}_POP"] = float(people)
    return result


def _details(counts: dict[str, int], homes: int, who: Character) -> dict[str, int]:
    fine = details.persons(counts, who)
    return {
        **fine,
        **details.activity(counts, who),
        **details.schooling(counts, fine, who),
        **details.workers(counts, who),
        **details.homes(homes, who),
    }


def _persons(whole: int, who: Character, year: int) -> dict[str, int]:
    ages = _ages(whole, who)
    counts = {f"POP{band}": count for band, count in zip(AGES, ages)}
    counts["POPH"], counts["POPF"] = shares(whole, (49.2, 50.8 + 1.2 * who.town))
    young = round(0.62 * ages[1])
    before_65 = round(0.36 * ages[4])
    senior = round(0.34 * ages[3]) + before_65
    working_age = ages[1] + ages[2] + ages[3] + before_65
    counts["POP1564"] = working_age
    counts["POP1524"], counts["POP5564"] = young, senior
    counts["POP2554"] = working_age - young - senior
    active = clamp(
        0.762 + 0.025 * who.suburb - 0.05 * who.valley - 0.045 * who.town + 0.014 * who.chance[1],
        0.62,
        0.83,
    )
    rest = 1 - active
    weights = (
        active,
        rest * (0.36 + 0.06 * who.town),
        rest * (0.30 - 0.03 * who.town),
        rest * 0.34,
    )
    act, students, retired, other = shares(working_age, weights)
    counts.update(
        ACT1564=act,
        INACT1564=working_age - act,
        ETUD1564=students,
        RETR1564=retired,
        AINACT1564=other,
    )
    rate = (
        0.075 + 0.055 * who.town + 0.095 * who.valley - 0.018 * who.suburb + 0.011 * who.chance[2]
    )
    unemployed = round(clamp(rate + (0.012 if year == BEFORE else 0), 0.03, 0.24) * act)
    counts.update(CHOM1564=unemployed, ACTOCC1564=act - unemployed)
    act_ages = capped(act, (0.10, 0.72, 0.18), (young, counts["POP2554"], senior))
    out_ages = capped(unemployed, [n * k for n, k in zip(act_ages, (2.1, 0.95, 0.8))], act_ages)
    for band, one, out in zip(("1524", "2554", "5564"), act_ages, out_ages):
        counts[f"ACT{band}"], counts[f"CHOM{band}"], counts[f"ACTOCC{band}"] = one, out, one - out
    counts.update(_diplomas(whole - ages[0], students, who))
    return counts


def _ages(whole: int, who: Character) -> list[int]:
    old = who.remote + 0.8 * who.valley - who.suburb + 0.35 * who.chance[3]
    weights = (
        17.5 - 1.6 * old - 1.5 * who.town,
        14.5 - 0.9 * old + 4.0 * who.town,
        17.8 - 1.3 * old,
        20.6 - 0.2 * old - 1.0 * who.town,
        18.2 + 2.3 * old,
        9.4 + 1.5 * old + 0.8 * who.town,
        1.9 + 0.4 * old + 0.3 * who.town,
    )
    return shares(whole, [max(0.4, weight) for weight in weights])


def _diplomas(adults: int, students: int, who: Character) -> dict[str, int]:
    out_of_school = adults - round(students * 1.08)
    low = 1 + 0.45 * who.valley + 0.18 * who.remote - 0.22 * who.suburb + 0.09 * who.chance[4]
    high = 1 + 0.35 * who.suburb - 0.3 * who.valley + 0.15 * who.town
    weights = (21 * low + 3 * who.town, 6, 29, 17, 11 * high, 9 * high, 6.5 * high)
    parts = shares(out_of_school, [max(1.0, weight) for weight in weights])
    counts = {f"NSCOL15P_{name}": part for name, part in zip(DIPLOMAS, parts)}
    return {"NSCOL15P": out_of_school, **counts}


def _homes(homes: int, who: Character) -> dict[str, int]:
    """Dwellings: main homes (one a household), second homes, empty ones; tenure and cars."""
    empty = 0.062 + 0.075 * who.valley + 0.03 * who.town + 0.02 * who.remote + 0.008 * who.chance[5]
    second = 0.022 + 0.055 * who.remote * (1 - who.valley) + 0.008 * abs(who.chance[6])
    vacant, holiday = round(homes * max(0.03, empty)), round(homes * second)
    hlm = clamp(0.022 + 0.2 * who.town + 0.12 * who.valley + 0.01 * who.chance[7], 0, 0.35)
    owners = clamp(0.79 - 0.33 * who.town - 0.11 * who.valley + 0.03 * who.suburb, 0.3, 0.92)
    free = 0.012
    tenure = shares(homes, (owners, 1 - owners - hlm - free, hlm, free))
    none = clamp(
        0.052 + 0.15 * who.town + 0.10 * who.valley - 0.012 * who.suburb + 0.008 * who.chance[8],
        0.015,
        0.3,
    )
    two = clamp(0.47 - 0.22 * who.town + 0.08 * who.suburb - 0.12 * who.valley, 0.15, 0.62)
    cars = shares(homes, (none, 1 - none - two, two))
    houses, flats = shares(homes + vacant + holiday, (0.96 - 0.5 * who.town, 0.04 + 0.5 * who.town))
    return {
        "MEN": homes,
        "RP": homes,
        "LOG": homes + vacant + holiday,
        "LOGVAC": vacant,
        "RSECOCC": holiday,
        "MAISON": houses,
        "APPART": flats,
        "RP_PROP": tenure[0],
        "RP_LOC": tenure[1] + tenure[2],
        "RP_LOCHLMV": tenure[2],
        "RP_GRAT": tenure[3],
        "RP_VOIT1P": cars[1] + cars[2],
        "RP_VOIT1": cars[1],
        "RP_VOIT2P": cars[2],
    }


def _households(homes: int, who: Character) -> dict[str, int]:
    alone = clamp(
        0.27
        + 0.16 * who.town
        + 0.07 * who.valley
        + 0.03 * who.remote
        - 0.04 * who.suburb
        + 0.01 * who.chance[9],
        0.15,
        0.5,
    )
    lone = clamp(0.055 + 0.05 * who.town + 0.035 * who.valley + 0.006 * who.chance[10], 0.02, 0.16)
    children = clamp(0.29 - 0.08 * who.town + 0.07 * who.suburb - 0.05 * who.remote, 0.1, 0.4)
    mixed = 0.018
    parts = shares(homes, (alone, mixed, 1 - alone - mixed - lone - children, children, lone))
    family = parts[2] + parts[3] + parts[4]
    men, women = shares(parts[0], (0.46, 0.54))
    return {
        "MEN": homes,
        "MENPSEUL": parts[0],
        "MENHSEUL": men,
        "MENFSEUL": women,
        "MENSFAM": parts[1],
        "MENFAM": family,
        "MENCOUPSENF": parts[2],
        "MENCOUPAENF": parts[3],
        "MENFAMMONO": parts[4],
        "FAM": family,
        "COUPSENF": parts[2],
        "COUPAENF": parts[3],
        "FAMMONO": parts[4],
    }


def _workers(counts: dict[str, int], who: Character) -> dict[str, int]:
    """Employed residents by way of commuting, and people of 15 or more by social category."""
    employed = counts["ACTOCC1564"]
    weights = (
        5 + 3 * who.remote,
        4 + 9 * who.town,
        1 + 2.5 * who.town,
        1.6,
        84 - 12 * who.town,
        1.2 + 4 * who.town,
    )
    result = {"ACTOCC15P": employed}
    result.update({f"ACTOCC15P_{m}": n for m, n in zip(MODES, shares(employed, weights))})
    adults = sum(counts[f"POP{band}"] for band in AGES[1:])
    classes = (
        2.6 * (1 - who.town) + 0.1,
        3.6,
        5.2 + 3.5 * who.suburb,
        13 + 3 * who.suburb,
        16,
        16 + 6 * who.valley,
        28 + 4 * who.remote,
        15 + 3 * who.town,
    )
    result["POP15P"] = adults
    result.update({f"POP15P_CS{k + 1}": n for k, n in enumerate(shares(adults, classes))})
    return result


def _jobs(world: World, establishments: list[Establishment]) -> dict[str, tuple[float, float]]:
    """Jobs and salaried jobs in each commune, from the sizes of its active establishments."""
    jobs = {commune.code: [4.0, 2.0] for commune in world.communes}
    for place in establishments:
        if not place.active or (place.size == "NN" and place.naf in _NOT_JOBS):
            continue
        number = JOBS[place.size]
        jobs[place.commune.code][0] += number
        if place.size not in ("NN", "00"):
            jobs[place.commune.code][1] += number
    # The draw gives few large employers: towns, which have them, are raised more than villages.
    scale = {c.code: 1.5 + 1.15 * clamp(c.population / 9000, 0, 1) for c in world.communes}
    return {code: (n * scale[code], salaried * scale[code]) for code, (n, salaried) in jobs.items()}


def _sectors(establishments: list[Establishment]) -> dict[str, dict[str, float]]:
    """Jobs of the active establishments by commune and sector of the census."""
    names = {"AZ": "AGRI", "BE": "INDUS", "FZ": "CONST", "OQ": "APESAS"}
    found: dict[str, dict[str, float]] = {}
    for place in establishments:
        if place.active and not (place.size == "NN" and place.naf in _NOT_JOBS):
            inside = found.setdefault(place.commune.code, {})
            name = names.get(sector(place.naf), "CTS")
            inside[name] = inside.get(name, 0.0) + JOBS[place.size]
    return found


def _kinds_of_jobs(row: dict[str, float], by_sector: dict[str, float]) -> dict[str, float]:
    """Jobs of the complementary census: same total, with the weight that the commune has."""
    total = row[f"P{YEAR}_EMPLT"]
    parts = details.jobs(round(total), by_sector)
    weight = total / max(1, parts["EMPLT"])
    return {f"C{YEAR}_{name}": count * weight for name, count in parts.items()}


def _employment(
    jobs: tuple[float, float], row: dict[str, float], who: Character
) -> dict[str, float]:
    weight = row[f"P{YEAR}_POP1564"] / max(1, round(row[f"P{YEAR}_POP1564"]))
    total, salaried = round(jobs[0]) * weight, round(jobs[1]) * weight
    trend = (1 + 0.002 + 0.004 * who.suburb - 0.014 * who.valley + 0.005 * who.chance[11]) ** (
        YEAR - BEFORE
    )
    return {
        f"P{YEAR}_EMPLT": total,
        f"P{YEAR}_EMPLT_SAL": salaried,
        f"P{YEAR}_EMPLT_NSAL": total - salaried,
        f"P{BEFORE}_EMPLT": total / trend,
        f"P{BEFORE}_EMPLT_SAL": salaried / trend,
        f"P{BEFORE}_EMPLT_NSAL": (total - salaried) / trend,
    }


def _vital(row: dict[str, float], who: Character) -> dict[str, float]:
    """Births and deaths between censuses and of the last year, whole numbers."""
    births = row[f"P{YEAR}_POP1529"] * 0.022 + row[f"P{YEAR}_POP3044"] * 0.029
    deaths = (
        row[f"P{YEAR}_POP7589"] * 0.052
        + row[f"P{YEAR}_POP90P"] * 0.21
        + row[f"P{YEAR}_POP6074"] * 0.008
    )
    return {
        "NAIS1520": float(round(births * 6.2)),
        "DECE1520": float(round(deaths * 5.7)),
        "NAISD23": float(max(0, round(births * (0.92 + 0.08 * who.chance[3])))),
        "DECESD23": float(max(0, round(deaths * (1 + 0.08 * who.chance[4])))),
    }
