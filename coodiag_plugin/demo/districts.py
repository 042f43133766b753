"""Priority neighbourhoods of the demonstration, in the form of Insee's tables, quirks included."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from .numbers import clamp, shares, stream
from .plane import distance
from .territory import DEPARTMENT, Commune, World
from .writing import columns, csv_bytes

YEAR = 2022
_PEOPLE = columns(
    "CODGEO LIBGEO POP_MUN POP_COM_QP POP_COM LIB_COM TX_F TX_TOT_0A24 TX_F_0A24 TX_TOT_60ETPLUS "
    "TX_F_60ETPLUS IND_JEUNE NOTE_RP"
)
_WORK = columns(
    "CODGEO LIBGEO TX_TOT_EMPL TX_F_EMPL NOTE_ASP ABCDE ABC ABC_F ABC_H A ABC_25 ABC_2649 ABC_50 "
    "ABC_INFCAPBEP ABC_CAPBEP ABC_BAC ABC_SUPBAC NOTE_PE"
)
#: Empty columns after the last one, as in the published files.
_TRAILING = 40


@dataclass(frozen=True)
class District:
    """``people``: its inhabitants in each of its communes."""

    code: str
    name: str
    communes: tuple[Commune, ...]
    people: tuple[int, ...]


def lay_out(world: World) -> list[District]:
    """Two neighbourhoods of the main town, one of which runs into the next commune, and one of the
    second town."""
    rng = stream(world.seed, "districts")
    inside = sorted((c for c in world.communes if c.inside), key=lambda c: -c.population)
    first, second = inside[:2]
    beside = min(inside[2:], key=lambda c: (distance(c.seat, first.seat), c.code))
    plan = (
        ("Les Tisserands", (first,), (rng.uniform(0.08, 0.1),)),
        ("Le Quai Neuf", (first, beside), (rng.uniform(0.03, 0.04), rng.uniform(0.06, 0.09))),
        ("La Garenne", (second,), (rng.uniform(0.07, 0.09),)),
    )
    return [
        District(
            f"QP0{DEPARTMENT}{rank + 1:03d}",
            name,
            towns,
            tuple(round(town.population * part) for town, part in zip(towns, parts)),
        )
        for rank, (name, towns, parts) in enumerate(plan)
    ]


def write(folder: Path, world: World) -> None:
    """Write the tables of people and of job seekers by neighbourhood."""
    rng = stream(world.seed, "districts-tables")
    found = lay_out(world)
    for name, header, rows in (
        ("DEMO", _PEOPLE, [_people(item, found, rng) for item in found]),
        ("IPRO", _WORK, [_work(item, rng) for item in found]),
    ):
        wide = [[*row, *[""] * _TRAILING] for row in rows]
        data = csv_bytes([*header, *[""] * _TRAILING], wide, encoding="utf-8-sig")
        (folder / f"{name}_QPV_{YEAR}.csv").write_bytes(data)


def _thousands(number: int) -> str:
    """``9495`` → ``9 495``, with the no-break space of the published files."""
    return f"{number:,}".replace(",", "\u00a0")


def _rate(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _people(item: District, all_of_them: list[District], rng: random.Random) -> list[object]:
    """POP_COM_QP counts every neighbourhood of the communes that the row names, in them."""
    whole = sum(
        people
        for other in all_of_them
        for commune, people in zip(other.communes, other.people)
        if commune in item.communes
    )
    young, old = rng.uniform(33, 46), rng.uniform(14, 24)
    return [
        item.code,
        item.name,
        _thousands(sum(item.people)),
        _thousands(whole),
        _thousands(sum(commune.population for commune in item.communes)),
        ", ".join(commune.name for commune in item.communes),
        _rate(rng.uniform(50, 56)),
        _rate(young),
        _rate(young - rng.uniform(0, 4)),
        _rate(old),
        _rate(old + rng.uniform(0, 4)),
        _rate(young / old),
        0,
    ]


def _work(item: District, rng: random.Random) -> list[object]:
    people = sum(item.people)
    seekers = round(people * rng.uniform(0.16, 0.2))
    women = round(seekers * rng.uniform(0.42, 0.5))
    ages = shares(seekers, (0.16, 0.6, 0.24))
    levels = shares(seekers, (0.27, 0.38, 0.2, 0.15))
    rate = clamp(rng.gauss(40, 3), 30, 50)
    return [
        item.code,
        item.name,
        _rate(rate),
        _rate(rate - rng.uniform(1, 6)),
        0,
        _thousands(round(seekers * 1.16)),
        _thousands(seekers),
        _thousands(women),
        _thousands(seekers - women),
        _thousands(round(seekers * 0.66)),
        *map(_thousands, ages),
        *map(_thousands, levels),
        0,
    ]
