"""Lists of the inclusion of the demonstration: enterprises, structures, France services, ESS jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .equipments import beside
from .numbers import stream
from .plane import Degrees
from .register import Establishment
from .streets import Address
from .territory import DEPARTMENT, Commune, World
from .writing import columns, csv_bytes

ESS_YEAR = 22
_FAMILIES = {
    "9210": "ASSO", "9220": "ASSO", "9221": "ASSO", "9222": "ASSO", "9230": "ASSO", "9300": "FOND",
    "8210": "MUT", "5560": "COOP", "5458": "COOP",
}  # fmt: skip
#: Employees of an establishment of each workforce class, in the table of the observatory.
_JOBS = {"01": 1, "02": 4, "03": 7, "11": 14, "12": 31, "21": 68, "22": 130, "31": 220, "32": 320}
#: Type of inclusion enterprise → activities of those that may be one, number of them.
_KINDS = (
    ("ACI", ("88.99B", "47.79Z"), 5),
    ("EI", ("81.21Z", "38.32Z"), 3),
    ("AI", ("78.30Z",), 2),
    ("ETTI", ("78.20Z",), 2),
    ("GEIQ", ("78.30Z",), 1),
    ("EA", ("81.22Z", "81.10Z"), 2),
)


def write(
    folder: Path, world: World, homes: list[Address], establishments: list[Establishment]
) -> None:
    """Write the four lists."""
    _enterprises(folder, world, establishments)
    _structures(folder, world, establishments)
    _houses(folder, world, homes)
    _observatory(folder, world, establishments)


def _public(establishments: Iterable[Establishment]) -> Iterator[Establishment]:
    """Active establishments of organisations that are not masked."""
    for item in establishments:
        if item.active and not item.unit.person and not item.unit.partial:
            yield item


def _enterprises(folder: Path, world: World, establishments: list[Establishment]) -> None:
    rng = stream(world.seed, "enterprises")
    known, taken, rows = list(_public(establishments)), set(), []
    for kind, activities, number in _KINDS:
        pool = [
            item
            for item in known
            if item.naf in activities and item.commune.inside and item.siret not in taken
        ]
        for item in rng.sample(pool, min(number, len(pool))):
            taken.add(item.siret)
            town = item.commune
            rows.append(
                (
                    item.siret, kind, item.unit.name, item.sign, town.postcode, town.name,
                    DEPARTMENT, town.code, "", "",
                )
            )  # fmt: skip
    header = columns(
        "siret type raison_sociale enseigne code_postal ville departement code_commune longitude latitude"
    )
    (folder / "siae_2026.csv").write_bytes(csv_bytes(header, sorted(rows), ","))


def _structures(folder: Path, world: World, establishments: list[Establishment]) -> None:
    """Structures of inclusion: half of the social action, each with one service."""
    rng = stream(world.seed, "structures")
    pool = [item for item in _public(establishments) if item.naf in ("88.99B", "88.10A", "85.59A")]
    chosen = [item for item in pool if rng.random() < 0.5]
    places = Degrees().many(beside(item.address.x, item.address.y, rng) for item in chosen)
    rows = [
        (
            f"demo--{item.siret}", "demo", item.unit.name, item.siret, item.commune.postcode,
            item.commune.code, item.commune.name, f"{lon:.6f}", f"{lat:.6f}", "true", "",
            "2026-01-05", "0.8", "demo", "accompagnement", "",
        )
        for item, (lon, lat) in zip(chosen, places)
    ]  # fmt: skip
    header = columns(
        "id source nom siret code_postal code_insee commune longitude latitude adresse_certifiee "
        "reseaux_porteurs date_maj score_qualite sources types_services thematiques"
    )
    (folder / "data_inclusion_2026.csv").write_bytes(csv_bytes(header, sorted(rows), ","))


def _houses(folder: Path, world: World, homes: list[Address]) -> None:
    rng = stream(world.seed, "houses")
    rows = []
    for commune in world.communes:
        if commune.population >= 2500:
            spot = rng.choice([home for home in homes if home.commune is commune])
            ((lon, lat),) = Degrees().many([beside(spot.x, spot.y, rng)])
            moving = "Bus" if not commune.inside else "Espace labellisé"
            rows.append(
                (
                    f"France services de {commune.name}",
                    commune.code,
                    f"{lon:.6f}",
                    f"{lat:.6f}",
                    moving,
                )
            )
    header = columns("lib_fs insee_com longitude latitude format_fs")
    (folder / "liste_france_services_2026.csv").write_bytes(csv_bytes(header, sorted(rows)))


def _observatory(folder: Path, world: World, establishments: list[Establishment]) -> None:
    """Jobs of the ESS by commune and by EPCI: fewer than three establishments are secret."""
    names = [
        "ESS_EMPLOIS",
        "ESS_ETAB",
        "EMPLOIS_TOTAL",
        *(f"ESS_EMPLOIS_{f}" for f in ("ASSO", "COOP", "MUT", "FOND")),
    ]
    header = ["CODGEO", "LIBGEO", *(f"{name}{ESS_YEAR}" for name in names)]
    for level, units in (
        ("communes", {c.code: (c.name, [c]) for c in world.communes}),
        ("epci", _epcis(world)),
    ):
        of = {commune.code: code for code, (_, members) in units.items() for commune in members}
        held: dict[str, list[Establishment]] = {code: [] for code in units}
        for each in establishments:
            held[of[each.commune.code]].append(each)
        rows = [[code, name, *_figures(held[code])] for code, (name, _) in units.items()]
        path = folder / f"ess_emplois_{level}_20{ESS_YEAR}.csv"
        path.write_bytes(csv_bytes(header, rows, encoding="utf-8-sig"))


def _epcis(world: World) -> dict[str, tuple[str, list[Commune]]]:
    found: dict[str, tuple[str, list[Commune]]] = {}
    for commune in world.communes:
        found.setdefault(commune.epci.code, (commune.epci.name, []))[1].append(commune)
    return found


def _figures(establishments: list[Establishment]) -> list[object]:
    """Cells of a unit in the order of the header; a family of one or two employers is secret."""
    employers = [e for e in establishments if e.active and e.size in _JOBS]
    social = [e for e in employers if e.unit.social and e.unit.category in _FAMILIES]
    shown = [_jobs(social), len(social), sum(_JOBS[e.size] for e in employers)]
    families = (
        [e for e in social if _FAMILIES[e.unit.category] == family]
        for family in ("ASSO", "COOP", "MUT", "FOND")
    )
    return [*shown, *map(_jobs, families)]


def _jobs(part: list[Establishment]) -> object:
    return "s" if len(part) in (1, 2) else sum(_JOBS[e.size] for e in part)
