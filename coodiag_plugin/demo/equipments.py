"""The Base permanente des équipements of the demonstration, with the labels of its types."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from .numbers import stream
from .plane import Degrees
from .register import Establishment
from .streets import Address
from .territory import DEPARTMENT, REGION, Commune, World
from .writing import columns, csv_bytes

YEAR = 2024
HEADER = columns(
    "AN NOMRS DEPCOM DEP REG DOM SDOM TYPEQU SIRET LAMBERT_X LAMBERT_Y LONGITUDE LATITUDE QUALITE_XY EPSG"
)
#: Types of equipment with their labels. D591 and D592 are of the demonstration alone.
TYPES = {
    "A128": "France services",
    "A129": "Mairie",
    "A203": "Banque, caisse d’épargne",
    "A206": "Bureau de poste",
    "A207": "Relais poste",
    "A208": "Agence postale",
    "B104": "Hypermarché et grand magasin",
    "B105": "Supermarché et magasin multi-commerce",
    "B202": "Épicerie",
    "B207": "Boulangerie-pâtisserie",
    "C107": "École maternelle",
    "C108": "École primaire",
    "C109": "École élémentaire",
    "C201": "Collège",
    "C301": "Lycée d’enseignement général et/ou technologique",
    "C302": "Lycée d’enseignement professionnel",
    "D265": "Médecin généraliste",
    "D277": "Chirurgien-dentiste",
    "D281": "Infirmier",
    "D307": "Pharmacie",
    "D401": "Personnes âgées : hébergement",
    "D502": "Établissement d’accueil du jeune enfant",
    "D591": "Centre social",
    "D592": "Relais petite enfance",
    "E108": "Gare de voyageurs d’intérêt régional",
    "E109": "Gare de voyageurs d’intérêt local",
    "F101": "Bassin de natation",
    "F103": "Tennis",
    "F113": "Terrain de grands jeux",
    "F121": "Salle multisports",
    "F303": "Cinéma",
    "F305": "Conservatoire",
    "F307": "Bibliothèque",
}
#: Equipments that are establishments of the register, by activity.
_BY_NAF = {
    "10.71C": "B207", "47.11B": "B202", "47.11D": "B105", "47.11F": "B104", "47.73Z": "D307",
    "64.19Z": "A203", "85.10Z": "C107", "85.20Z": "C108", "85.31Z": "C201", "86.21Z": "D265",
    "86.90D": "D281", "87.10A": "D401", "87.30A": "D401", "88.91A": "D502",
}  # fmt: skip
#: The others: type, least population of a commune that has one, inhabitants for each further one.
_BY_PEOPLE = (
    ("A129", 0, 0), ("A206", 3000, 9000), ("A208", 900, 0), ("A207", 1600, 6000),
    ("A128", 2500, 12000), ("C109", 2200, 4000), ("C301", 9000, 0), ("C302", 12000, 0),
    ("D277", 1800, 1900), ("D591", 5000, 12000), ("D592", 2600, 10000), ("E108", 12000, 0),
    ("E109", 4000, 0), ("F101", 6000, 15000), ("F103", 500, 1500), ("F113", 250, 1300),
    ("F121", 800, 2200), ("F303", 7000, 15000), ("F305", 7000, 0), ("F307", 700, 6000),
)  # fmt: skip
_QUALITY = ("Bonne", "Bonne", "Bonne", "Acceptable", "Mauvaise")


def write(
    folder: Path, world: World, homes: list[Address], establishments: list[Establishment]
) -> None:
    """Write ``BPE24.csv`` and the list of labels of the same vintage."""
    rng = stream(world.seed, "equipments")
    places = [*_of_register(establishments), *_of_communes(world, homes, rng)]
    spots = [beside(x, y, rng) for *_, x, y in places]
    rows = [
        (
            YEAR, name, commune.code, DEPARTMENT, REGION, kind[0], kind[:2], kind, siret,
            f"{x:.1f}", f"{y:.1f}", f"{lon:.6f}", f"{lat:.6f}", rng.choice(_QUALITY), "2154",
        )
        for (kind, commune, name, siret, _, _), (x, y), (lon, lat) in zip(
            places, spots, Degrees().many(spots)
        )
    ]  # fmt: skip
    rows.sort(key=lambda row: (row[2], row[7], row[8], row[9], row[10]))
    (folder / f"BPE{YEAR - 2000}.csv").write_bytes(csv_bytes(HEADER, rows))
    labels = [("TYPEQU", code, label) for code, label in TYPES.items()]
    header = columns("COD_VAR COD_MOD LIB_MOD")
    (folder / f"varmod_bpe_{YEAR}.csv").write_bytes(csv_bytes(header, labels))


def beside(x: float, y: float, rng: random.Random) -> tuple[float, float]:
    """A point some metres from an address: a place of the public is at nobody's door."""
    return round(x + rng.choice((-1, 1)) * rng.uniform(4, 15), 1), round(
        y + rng.uniform(-15, 15), 1
    )


_Place = tuple[str, Commune, str, str, float, float]


def _of_register(establishments: list[Establishment]) -> Iterator[_Place]:
    """Active establishments of the equipments' activities; the name of a person is not written."""
    for item in establishments:
        if item.active and item.naf in _BY_NAF:
            unit = item.unit
            hidden = unit.person or unit.partial
            yield (
                _BY_NAF[item.naf], item.commune, "" if hidden else unit.name,
                "" if hidden else item.siret, item.address.x, item.address.y,
            )  # fmt: skip


def _of_communes(world: World, homes: list[Address], rng: random.Random) -> Iterator[_Place]:
    """What a commune of that size has, at addresses drawn in it."""
    by_commune: dict[str, list[Address]] = {}
    for address in homes:
        by_commune.setdefault(address.commune.code, []).append(address)
    for commune in world.communes:
        for kind, least, each in _BY_PEOPLE:
            beyond = commune.population - least
            for _ in range(0 if beyond < 0 else 1 + (beyond // each if each else 0)):
                spot = rng.choice(by_commune[commune.code])
                yield kind, commune, "", "", spot.x, spot.y
