"""The structure's own files: three sites, its clients and its beneficiaries, dirty as real ones."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path

from . import dirt, words
from .addresses import upper
from .census import YEAR
from .numbers import shares, stream
from .plane import distance
from .register import Establishment
from .streets import Address
from .territory import Commune, World
from .writing import csv_bytes, write_xlsx

CLIENTS, COMPANIES, BENEFICIARIES = 400, 240, 900
#: Rows repeated by mistake: about one in a hundred.
CLIENT_REPEATS, BENEFICIARY_REPEATS = 4, 9
#: How much more often than others the structure works for an activity (the rest: 0.25).
_PORTFOLIO = {
    "68.20A": 60, "87.10A": 40, "87.30A": 40, "81.10Z": 30, "88.10A": 16, "88.91A": 14, "55.10Z": 12,
    "47.11D": 14, "47.11F": 20, "84.11Z": 9, "41.20A": 6, "86.10Z": 20, "85.31Z": 14, "56.10A": 3.5,
    "46.69B": 5, "25.62B": 5, "52.10B": 8, "69.20Z": 4, "47.73Z": 3, "78.20Z": 4,
}  # fmt: skip
_ACTIVITIES = (
    "Entretien d'espaces verts, second œuvre",
    "Nettoyage de locaux, blanchisserie",
    "Recyclerie, maraîchage",
)


@dataclass(frozen=True)
class Site:
    name: str
    address: Address


def sites(world: World, addresses: list[Address]) -> list[Site]:
    """One site in each town and one in the north, all of them far from the old mill valley."""
    rng = stream(world.seed, "sites")
    north = max(
        (c for c in world.communes if c.inside and c.seat[1] > 6000 and c.seat[0] > -2000),
        key=lambda c: c.population,
    )
    result = []
    for commune in (world.named(words.MAIN_TOWN), world.named(words.SECOND_TOWN), north):
        pool = [a for a in addresses if a.commune is commune and not a.hamlet and not a.suffix]
        result.append(Site(f"Site de {commune.name}", rng.choice(pool)))
    return result


def write_sites(path: Path, places: list[Site]) -> None:
    rows: list[list[object]] = [["Site", "Adresse", "Code postal", "Ville", "Activités"]]
    for site, activities in zip(places, _ACTIVITIES):
        home = site.address
        rows.append([site.name, home.line, home.commune.postcode, home.commune.name, activities])
    write_xlsx(path, {"Sites": rows})


def write_clients(
    path: Path,
    world: World,
    addresses: list[Address],
    establishments: list[Establishment],
    places: list[Site],
) -> None:
    """CSV in cp1252 with ``;``: a title and an empty line above the header, empty columns."""
    rng = stream(world.seed, "clients")
    rows = _companies(establishments, places, rng)
    rows += _households(world, addresses, places, CLIENTS - len(rows), rng)
    rng.shuffle(rows)
    for rank, row in enumerate(rows):
        row[0] = f"C{rank + 1:04d}"
    _spoil_clients(rows, rng)
    rows = _repeated(rows, CLIENT_REPEATS, rng)
    header = [
        "N° client", "Nom ou raison sociale", "SIRET", "Type", "Adresse", "Complément", "", "CP", "Ville",
        "CA 2025", "Heures", "Site", "Date 1er contrat", "Téléphone", "",
    ]  # fmt: skip
    title = ["Liste des clients - Structure Exemple (DONNÉES FICTIVES)"] + [""] * (len(header) - 1)
    content = csv_bytes(title, [[""] * len(header), header, *rows], encoding="cp1252")
    path.write_bytes(content)


def _companies(
    establishments: list[Establishment], places: list[Site], rng: random.Random
) -> list[list[str]]:
    """Companies drawn from the register by activity and nearness to a site."""
    pool = [e for e in establishments if e.active and not e.unit.partial]
    keyed = []
    for place in pool:
        weight = _PORTFOLIO.get(place.naf, 0.25) * math.exp(-_gap(place.address, places) / 7000)
        weight *= 2.2 if place.size not in ("NN", "00") else 0.6
        keyed.append((rng.random() ** (1 / weight), place.siret, place))
    chosen = [place for *_, place in sorted(keyed, key=lambda k: k[:2], reverse=True)[:COMPANIES]]
    rows = []
    for place in chosen:
        unit, home = place.unit, place.address
        name = unit.name or f"{unit.family} {unit.first}"
        bulk = 2.2 if place.size not in ("NN", "00", "01", "02") else 1.0
        turnover = rng.lognormvariate(math.log(3200 * bulk), 0.9)
        rows.append(
            _row(
                name,
                dirt.siret(place.siret, rng),
                "Entreprise" if unit.category[0] != "7" else "Collectivité",
                home,
                turnover,
                places,
                rng,
            )
        )
    return rows


def _households(
    world: World, addresses: list[Address], places: list[Site], count: int, rng: random.Random
) -> list[list[str]]:
    """Private persons near the sites, and a few public bodies written without their SIRET."""
    rows = []
    public = [c for c in world.communes if c.inside]
    for rank in range(count):
        if rank < 24:
            commune = rng.choice(public)
            pool = [a for a in addresses if a.commune is commune and not a.hamlet]
            label = rng.choice(("Mairie", "École de", "Salle des fêtes"))
            name = f"{label} {commune.name}" if label != "Mairie" else f"Mairie de {commune.name}"
            rows.append(
                _row(
                    name,
                    "",
                    "Collectivité",
                    rng.choice(pool),
                    rng.lognormvariate(7.6, 0.7),
                    places,
                    rng,
                )
            )
            continue
        while True:
            home = rng.choice(addresses)
            if rng.random() < math.exp(-((_gap(home, places) / 6500) ** 1.3)):
                break
        rows.append(
            _row(
                f"Client-Fictif-{rank:03d} Exemple",
                "",
                "Particulier",
                home,
                rng.lognormvariate(6.1, 0.6),
                places,
                rng,
            )
        )
    return rows


def _row(
    name: str,
    siret: str,
    kind: str,
    home: Address,
    turnover: float,
    places: list[Site],
    rng: random.Random,
) -> list[str]:
    near = min(
        places, key=lambda site: distance((site.address.x, site.address.y), (home.x, home.y))
    )
    site = rng.choice(places) if rng.random() < 0.04 else near
    return [
        "",
        name,
        siret,
        kind,
        dirt.address_line(home.line, rng),
        "",
        "",
        dirt.postcode(home.commune.postcode, rng),
        dirt.town(_town_of(home, rng), rng),
        dirt.amount(turnover, rng),
        f"{turnover / rng.uniform(19, 25):.1f}".replace(".", ","),
        "" if rng.random() < 0.02 else site.name,
        dirt.date(rng.randint(2016, 2025), rng.randint(1, 12), rng.randint(1, 28), rng),
        dirt.phone(rng) if rng.random() < 0.5 else "",
        "",
    ]


def _town_of(home: Address, rng: random.Random) -> str:
    """The commune, or the name that it bore before its merger: people go on using it."""
    for code, name, _ in home.commune.former:
        if code == home.former and rng.random() < 0.6:
            return name
    return home.commune.name


def _spoil_clients(rows: list[list[str]], rng: random.Random) -> None:
    """Defects that a few rows have: BP and CEDEX, columns exchanged, formulas, no address."""
    ranks = rng.sample(range(len(rows)), 40)
    for rank in ranks[:9]:
        row = rows[rank]
        row[5] = f"BP {rng.randint(10, 99)}"
        row[8] = upper(row[8]).strip() + " CEDEX" + rng.choice(("", " 9"))
    for rank in ranks[9:12]:
        rows[rank][7], rows[rank][8] = rows[rank][8], rows[rank][7]
    for rank in ranks[12:15]:
        rows[rank][1] = f'=HYPERLINK("https://exemple.invalid/{rank}","{rows[rank][1]}")'
    for rank, text in zip(ranks[15:17], ("@structure exemple", "-- à rappeler --")):
        rows[rank][5] = text
    for rank, text in zip(ranks[17:22], dirt.NOWHERE):
        rows[rank][4], rows[rank][7], rows[rank][8] = text, "", ""
    for rank, (line, code, town) in zip(ranks[22:25], dirt.ELSEWHERE):
        rows[rank][4], rows[rank][7], rows[rank][8] = line, code.lstrip("0"), town
    for rank in ranks[25:33]:
        rows[rank][5] = rng.choice(("Bât. B", "2e étage", "Résidence Témoin, appt 12"))


def write_beneficiaries(
    path: Path,
    world: World,
    addresses: list[Address],
    places: list[Site],
    census: dict[str, dict[str, float]],
) -> None:
    """CSV in UTF-8 with BOM: the people whom the structure has taken on."""
    rng = stream(world.seed, "beneficiaries")
    pools: dict[str, list[Address]] = {}
    for address in addresses:
        pools.setdefault(address.commune.code, []).append(address)
    homes: list[Address] = []
    for commune, count in zip(world.communes, _reach(world, places, census)):
        homes += [rng.choice(pools[commune.code]) for _ in range(count)]
    rng.shuffle(homes)
    rows = [
        [
            f"B{rank + 1:05d}",
            f"Personne-Fictive-{rank + 1:03d}",
            rng.choice(words.FIRST_NAMES),
            dirt.address_line(home.line, rng),
            dirt.postcode(home.commune.postcode, rng),
            dirt.town(_town_of(home, rng), rng),
            dirt.date(rng.randint(2021, 2025), rng.randint(1, 12), rng.randint(1, 28), rng),
            dirt.phone(rng) if rng.random() < 0.6 else "",
        ]
        for rank, home in enumerate(homes)
    ]
    ranks = rng.sample(range(len(rows)), 16)
    for rank, text in zip(ranks[:7], dirt.NOWHERE):
        rows[rank][3], rows[rank][4], rows[rank][5] = text, "", ""
    for rank, (line, code, town) in zip(ranks[7:10], dirt.ELSEWHERE):
        rows[rank][3], rows[rank][4], rows[rank][5] = line, code.lstrip("0"), town
    for rank in ranks[10:14]:
        rows[rank][4], rows[rank][5] = rows[rank][5], rows[rank][4]
    rows = _repeated(rows, BENEFICIARY_REPEATS, rng)
    header = [
        "Identifiant",
        "Nom",
        "Prénom",
        "Adresse",
        "Code postal",
        "Commune",
        "Date d'entrée",
        "Tél.",
    ]
    path.write_bytes(csv_bytes(header, rows, encoding="utf-8-sig"))


def _reach(world: World, places: list[Site], census: dict[str, dict[str, float]]) -> list[int]:
    """Beneficiaries by commune: many of the unemployed near a site, few of those far away.

    Two near communes are left out of the structure's habits (« near but not reached »).
    """
    near = sorted(
        (c for c in world.communes if c.inside and 1400 < c.population < 4000),
        key=lambda c: (_seat_gap(world, c, places), c.code),
    )
    forgotten = {commune.code for commune in near[1:3]}
    weights = []
    for commune in world.communes:
        unemployed = census[commune.code][f"P{YEAR}_CHOM1564"]
        habit = math.exp(-((_seat_gap(world, commune, places) / 6800) ** 1.5)) + 0.055
        if commune.code in forgotten:
            habit *= 0.2
        weights.append(unemployed * habit * (1.0 if commune.inside else 0.35))
    return shares(BENEFICIARIES, weights)


def _seat_gap(world: World, commune: Commune, places: list[Site]) -> float:
    seat = world.bending.world(commune.seat)
    return min(distance(seat, (site.address.x, site.address.y)) for site in places)


def _gap(home: Address, places: list[Site]) -> float:
    """Metres from an address to the nearest site."""
    return min(distance((home.x, home.y), (s.address.x, s.address.y)) for s in places)


def _repeated(rows: list[list[str]], count: int, rng: random.Random) -> list[list[str]]:
    """Copy some rows further down, as a file put together by hand has them."""
    result = list(rows)
    for row in rng.sample(rows, count):
        result.insert(rng.randint(0, len(result)), list(row))
    return result
