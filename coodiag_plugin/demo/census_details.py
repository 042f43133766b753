"""Details of the demonstration's census: fine ages, sexes, contracts, commuting, rooms, heating.

Each function cuts totals that :mod:`census` has drawn, in whole persons or homes, so that the parts
always add up; nothing here is drawn, and the totals stay what they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .numbers import capped, clamp, shares

if TYPE_CHECKING:
    from .census import Character

Counts = Mapping[str, int]
DIPLOMAS = ("DIPLMIN", "BEPC", "CAPBEP", "BAC", "SUP2", "SUP34", "SUP5")
CONTRACTS = ("CDI", "CDD", "INTERIM", "EMPAID", "APPR")
PLACES = ("ILT1", "ILT2", "ILT3", "ILT4", "ILT5")
MODES = ("PASTRANS", "MARCHE", "VELO", "2ROUESMOT", "VOITURE", "COMMUN")
ROOMS = ("1P", "2P", "3P", "4P", "5PP")
BUILT = ("ACH19", "ACH45", "ACH70", "ACH90", "ACH05", "ACH18")
HEATING = ("CGAZV", "CFIOUL", "CELEC", "CGAZB", "CAUT")
STAYS = ("ANEM0002", "ANEM0204", "ANEM0509", "ANEM10P")
CHILDREN = ("NE24F0", "NE24F1", "NE24F2", "NE24F3", "NE24F4P")
ROOM_NORM = ("SOUSOCC_TACC", "SOUSOCC_ACC", "SOUSOCC_MOD", "NORME", "SUROCC_MOD", "SUROCC_ACC")
SCHOOL_AGES = ("0205", "0610", "1114", "1517", "1824", "2529", "30P")
SECTORS = ("AGRI", "INDUS", "CONST", "CTS", "APESAS")
#: Jobs of a sector by social category, from farmers to workers.
_CATEGORIES = {
    "AGRI": (62, 1, 2, 4, 4, 27),
    "INDUS": (0, 6, 13, 22, 11, 48),
    "CONST": (0, 24, 6, 13, 8, 49),
    "CTS": (0, 13, 15, 25, 29, 18),
    "APESAS": (0, 2, 16, 33, 43, 6),
}


def named(prefix: str, names: Sequence[str], parts: Sequence[int]) -> dict[str, int]:
    return {prefix + name: part for name, part in zip(names, parts)}


def persons(counts: Counts, who: Character) -> dict[str, int]:
    """Fine ages, sexes of the young and the old, and where people lived a year before."""
    children = shares(counts["POP0014"], (18.6 + who.suburb, 19.8, 34, 27.6))
    babies = round(children[0] / 3)
    young = counts["POP1524"]
    teens, adults = shares(young, (34, 66 + 12 * who.town))
    over_65 = counts["POP6074"] - round(0.36 * counts["POP6074"])
    over_65 += counts["POP7589"] + counts["POP90P"]
    minors = counts["POP0014"] + teens + round(0.29 * adults)
    over_80 = round(0.62 * counts["POP7589"]) + counts["POP90P"]
    boys, girls = shares(minors, (51.2, 48.8))
    old_men, old_women = shares(over_65, (44, 56))
    whole = counts["POPH"] + counts["POPF"]
    result = {
        **named("POP", ("0002", "0305", "0610", "1114"), children),
        "POP0205": babies + children[1],
        "POP1517": teens,
        "POP1824": adults,
        "POP1117": children[3] + teens,
        "POP2529": counts["POP1529"] - young,
        "POP30P": whole - counts["POP0014"] - counts["POP1529"],
        "POP80P": over_80,
        "POP80P_PSEUL": round(over_80 * clamp(0.4 + 0.08 * who.town + 0.04 * who.valley, 0, 1)),
        "H0019": boys,
        "F0019": girls,
        "H65P": old_men,
        "F65P": old_women,
        "POP01P": whole - babies,
        "PMEN": whole - round(0.014 * whole),
    }
    moves = (89 - 3 * who.town, 4 + 2.5 * who.town, 4 + 2 * who.suburb, 1.3, 1, 0.1, 0.4)
    parts = shares(result["POP01P"], moves)
    return {**result, **named("POP01P_IRAN", "1234567", parts)}


def activity(counts: Counts, who: Character) -> dict[str, int]:
    """Sexes and diplomas of the active and the unemployed, pupils and students by age."""
    men, women = shares(counts["POP1564"], (50.2, 49.8))
    active = capped(counts["ACT1564"], (51.4, 48.6), (men, women))
    out = capped(counts["CHOM1564"], (50 - 2 * who.valley, 50 + 2 * who.valley), active)
    result = {"H1564": men, "F1564": women}
    for sex, present, unemployed in zip("HF", active, out):
        result[f"{sex}ACT1564"], result[f"{sex}CHOM1564"] = present, unemployed
        result[f"{sex}ACTOCC1564"] = present - unemployed
    taking_part = (0.62, 0.7, 0.92, 0.95, 1.0, 1.0, 1.0)
    weights = [counts[f"NSCOL15P_{d}"] * k + 1e-3 for d, k in zip(DIPLOMAS, taking_part)]
    by_diploma = shares(counts["ACT1564"], weights)
    risks = (2.1, 1.6, 1.05, 0.95, 0.7, 0.62, 0.55)
    lost = capped(counts["CHOM1564"], [n * k for n, k in zip(by_diploma, risks)], by_diploma)
    return {**result, **named("ACT_", DIPLOMAS, by_diploma), **named("CHOM_", DIPLOMAS, lost)}


def schooling(counts: Counts, fine: Counts, who: Character) -> dict[str, int]:
    """Pupils and students: from 15 on, those whom the diplomas leave out."""
    adults = fine["POP1517"] + fine["POP1824"] + fine["POP2529"] + fine["POP30P"]
    limits = tuple(fine[f"POP{band}"] for band in SCHOOL_AGES[3:])
    rates = (0.96, 0.44 + 0.16 * who.town, 0.06 + 0.04 * who.town, 0.008)
    students = adults - counts["NSCOL15P"]
    grown = capped(students, [n * k for n, k in zip(limits, rates)], limits)
    early = clamp(0.73 + 0.02 * who.town, 0, 1)
    pupils = [round(fine["POP0205"] * early), round(fine["POP0610"] * 0.985)]
    pupils.append(round(fine["POP1114"] * 0.985))
    return named("SCOL", SCHOOL_AGES, [*pupils, *grown])


def workers(counts: Counts, who: Character) -> dict[str, int]:
    """Residents with a job: status, contract, part time, place of work and way of getting there."""
    employed = counts["ACTOCC1564"] + round(0.011 * counts["ACTOCC1564"])
    salaried, own = shares(employed, (88 - 6 * who.remote, 12 + 6 * who.remote))
    men, women = shares(salaried, (50.3, 49.7))
    result = {"ACTOCC15P": employed, "SAL15P": salaried, "NSAL15P": own}
    rates = {"H": 0.073, "F": 0.268 + 0.03 * who.remote}
    for sex, number in (("H", men), ("F", women)):
        result[f"{sex}SAL15P"] = number
        result[f"{sex}SAL15P_TP"] = round(number * rates[sex])
        temporary = (3.2 if sex == "H" else 1.3) * (1 + who.valley)
        weights = (86, 6.5 + (2.5 if sex == "F" else 0) + 2 * who.valley, temporary, 0.7, 3.6)
        result.update(named(f"{sex}SAL15P_", CONTRACTS, shares(number, weights)))
    result["SAL15P_TP"] = result["HSAL15P_TP"] + result["FSAL15P_TP"]
    near = clamp(14 + 38 * who.town + 9 * who.valley + 6 * who.remote, 10, 60)
    places = shares(employed, (near, (100 - near) * 0.85, (100 - near) * 0.085, 5, 0.4))
    result.update(named("ACTOCC15P_", PLACES, places))
    result["ACTOCC15P_ILT2P"] = employed - places[0]
    modes = (
        5 + 3 * who.remote,
        4 + 9 * who.town,
        1 + 2.5 * who.town,
        1.6,
        84 - 12 * who.town,
        1.2 + 4 * who.town,
    )
    result.update(named("ACTOCC15P_", MODES, shares(employed, modes)))
    return result


def homes(number: int, who: Character) -> dict[str, int]:
    """Main homes by rooms, year of building, heating and length of stay."""
    rooms = (1.5 + 6 * who.town, 4 + 10 * who.town, 14 + 6 * who.town, 26, 54 - 24 * who.town)
    age = (24 + 8 * who.remote, 9 + 6 * who.valley, 18 + 9 * who.valley + 6 * who.town)
    built = (*age, 21, 14 + 8 * who.suburb, 12 + 10 * who.suburb)
    heating = (6 + 40 * who.town, 22 - 12 * who.town, 36 + 6 * who.suburb, 6, 30 - 16 * who.town)
    stays = (10 + 5 * who.town, 17 + 3 * who.suburb, 18, 55 - 8 * who.town)
    dated = number - round(0.017 * number)
    return {
        **named("RP_", ROOMS, shares(number, rooms)),
        "RP_ACHTOT": dated,
        **named("RP_", BUILT, shares(dated, built)),
        **named("RP_", HEATING, shares(number, heating)),
        **named("MEN_", STAYS, shares(number, stays)),
    }


def families(counts: Counts, who: Character) -> dict[str, int]:
    """Lone mothers and fathers, families by number of children under 25, room for each home."""
    mothers, fathers = shares(counts["FAMMONO"], (81, 19))
    with_children = counts["COUPAENF"] + counts["FAMMONO"]
    grown_up = round(0.12 * with_children)
    sizes = (41, 39 + 2 * who.suburb, 13 + 3 * who.valley, 3.2 + 2 * who.valley)
    children = shares(with_children - grown_up, sizes)
    measured = counts["MEN"] - round((0.01 + 0.03 * who.town) * counts["MEN"])
    rooms = (28 - 14 * who.town, 25, 22, 20 + 10 * who.town, 3 + 4 * who.town, 0.6 + who.town)
    return {
        "FMONO": mothers,
        "HMONO": fathers,
        **named("", CHILDREN, [counts["COUPSENF"] + grown_up, *children]),
        **named("RP_", ROOM_NORM, shares(measured, rooms)),
    }


def categories(active: int, who: Character) -> dict[str, int]:
    """Active residents by social category, farmers to workers."""
    weights = (
        2.6 * (1 - who.town) + 1.5 * who.remote + 0.1,
        6.6,
        11 + 8 * who.suburb + 2 * who.town,
        25 + 4 * who.suburb,
        28 + 3 * who.town,
        26 + 12 * who.valley,
    )
    return {"ACT1564": active, **named("ACT1564_CS", "123456", shares(active, weights))}


def jobs(total: int, by_sector: Mapping[str, float]) -> dict[str, int]:
    """Jobs at the workplace by sector and by social category of those who hold them."""
    parts = shares(total, [by_sector.get(sector, 0.0) + 0.01 for sector in SECTORS])
    inside = [shares(part, _CATEGORIES[sector]) for sector, part in zip(SECTORS, parts)]
    women = sum(round(part * share) for part, share in zip(parts, (0.29, 0.3, 0.12, 0.46, 0.69)))
    return {
        "EMPLT": total,
        **named("EMPLT_", SECTORS, parts),
        **named("EMPLT_CS", "123456", [sum(column) for column in zip(*inside)]),
        "EMPLT_F": women,
    }
