"""Geographic files as IGN and Insee publish them: contours and the tables of communes."""

from __future__ import annotations

import json
from pathlib import Path

from . import words
from .addresses import upper
from .plane import Degrees
from .territory import (
    COG,
    DEPARTMENT,
    DEPARTMENT_NAME,
    REGION,
    REGION_NAME,
    Commune,
    World,
)
from .writing import columns, csv_bytes, write_xlsx

_ARTICLES = (("Les ", "4"), ("Le ", "2"), ("La ", "3"), ("L'", "5"))


def write(folder: Path, world: World) -> None:
    """Write contours, code officiel géographique, EPCI, zones, changes and legal populations."""
    _contours(folder / f"communes_{COG}.geojson", world)
    header = columns("CODGEO LIBGEO EPCI LIBEPCI DEP REG")
    rows = [(c.code, c.name, c.epci.code, c.epci.name, DEPARTMENT, REGION) for c in world.communes]
    (folder / f"EPCI_{COG}.csv").write_bytes(csv_bytes(header, rows, encoding="utf-8-sig"))
    _official_codes(folder, world)
    _belonging(folder / f"table-appartenance-geo-communes-{COG - 2000}.xlsx", world)
    _populations(folder / "populations_legales_2021_communes.csv", world)


def _contours(path: Path, world: World) -> None:
    """GeoJSON in WGS84, six decimals: vertices of a common limit are the same on both sides."""
    degrees = Degrees()
    features = [
        {
            "type": "Feature",
            "properties": {
                "INSEE_COM": commune.code,
                "NOM": commune.name,
                "POP_2021": commune.population,
                "SUPERF_2023": commune.km2,
                "DEP": DEPARTMENT,
                "REG": REGION,
                "EPCI": commune.epci.code,
                "ZE2020": commune.zone,
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[list(point) for point in degrees.many(commune.ring)]],
            },
        }
        for commune in world.communes
    ]
    collection = {
        "type": "FeatureCollection",
        "name": f"communes_{COG}",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes((text + "\n").encode())


def _parts(name: str) -> tuple[str, str, str]:
    """Kind of article (TNCC), capitals and rich name without it: ``3, MAQUETTE, Maquette``."""
    for article, kind in _ARTICLES:
        if name.startswith(article):
            return kind, upper(name[len(article) :]), name[len(article) :]
    return ("1" if upper(name)[0] in "AEIOUY" else "0"), upper(name), name


def _official_codes(folder: Path, world: World) -> None:
    rows: list[tuple[object, ...]] = []
    for commune in world.communes:
        canton = f"{DEPARTMENT}{90 + int(commune.postcode[3:]) // 20}"
        rows.append(
            (
                "COM",
                commune.code,
                REGION,
                DEPARTMENT,
                f"{DEPARTMENT}D",
                f"{DEPARTMENT}1",
                *_parts(commune.name),
                commune.name,
                canton,
                "",
            )
        )
        rows += [
            ("COMD", code, "", "", "", "", *_parts(name), name, "", commune.code)
            for code, name, _ in commune.former
        ]
    header = columns("TYPECOM COM REG DEP CTCD ARR TNCC NCC NCCENR LIBELLE CAN COMPARENT")
    rows.sort(key=lambda row: (str(row[1]), str(row[0])))
    (folder / f"v_commune_{COG}.csv").write_bytes(csv_bytes(header, rows, ","))
    header = columns(
        "MOD DATE_EFF TYPECOM_AV COM_AV TNCC_AV NCC_AV NCCENR_AV LIBELLE_AV TYPECOM_AP COM_AP "
        "TNCC_AP NCC_AP NCCENR_AP LIBELLE_AP"
    )
    changes = [change for commune in world.communes for change in _merger(commune)]
    (folder / f"v_mvt_commune_{COG}.csv").write_bytes(csv_bytes(header, changes, ","))
    seat = world.named(words.MAIN_TOWN).code
    names = (upper(DEPARTMENT_NAME), DEPARTMENT_NAME, DEPARTMENT_NAME)
    header = columns("DEP REG CHEFLIEU TNCC NCC NCCENR LIBELLE")
    department = [(DEPARTMENT, REGION, seat, "0", *names)]
    (folder / f"v_departement_{COG}.csv").write_bytes(csv_bytes(header, department, ","))
    names = (upper(REGION_NAME), REGION_NAME, REGION_NAME)
    header = columns("REG CHEFLIEU TNCC NCC NCCENR LIBELLE")
    region = [(REGION, seat, "0", *names)]
    (folder / f"v_region_{COG}.csv").write_bytes(csv_bytes(header, region, ","))


def _merger(commune: Commune) -> list[tuple[str, ...]]:
    """Lines of the creation of a commune nouvelle (MOD 32): each former one becomes two things."""
    lines: list[tuple[str, ...]] = []
    for code, name, _ in commune.former:
        before = ("32", "2019-01-01", "COM", code, *_parts(name), name)
        lines.append((*before, "COMD", code, *_parts(name), name))
        lines.append((*before, "COM", commune.code, *_parts(commune.name), commune.name))
    return lines


def _belonging(path: Path, world: World) -> None:
    """The workbook of zonings: five lines of titles, then the codes of the columns."""
    header = columns("CODGEO LIBGEO DEP REG EPCI NATURE_EPCI ARR CV ZE2020")
    labels = [
        "Code géographique",
        "Libellé géographique",
        "Département",
        "Région",
        "Intercommunalité - Métropole",
        "Nature d'EPCI",
        "Arrondissement",
        "Canton ville",
        "Zone d'emploi 2020",
    ]
    rows: list[list[object]] = [
        [f"Table d'appartenance géographique des communes au 1er janvier {COG} - DONNÉES FICTIVES"],
        ["Découpages administratifs et zonages d'étude"],
        ["Mise en ligne le 15/01/2026"],
        ["Source : démonstration de Coodiag"],
        [*labels],
        [*header],
    ]
    for c in world.communes:
        nature = c.epci.name[:2]
        rows.append(
            [
                c.code,
                c.name,
                DEPARTMENT,
                REGION,
                c.epci.code,
                nature,
                f"{DEPARTMENT}1",
                f"{DEPARTMENT}90",
                c.zone,
            ]
        )
    write_xlsx(path, {"COM": rows, "Zones_supra_communales": [*rows[:4], *_zones(world)]})


def _zones(world: World) -> list[list[object]]:
    """Names of the zones above the commune; the région has others that are not drawn."""
    rows: list[list[object]] = [
        ["Niveau géographique", "Code géographique", "Libellé géographique", "Nombre de communes"],
        [*columns("NIVGEO CODGEO LIBGEO NB_COM")],
    ]
    for epci in sorted({c.epci for c in world.communes}, key=lambda epci: epci.code):
        rows.append(["EPCI", epci.code, epci.name, sum(c.epci is epci for c in world.communes)])
    for zone, town in (("5298", words.SECOND_TOWN), ("5299", words.MAIN_TOWN)):
        rows.append(["ZE2020", zone, town, sum(c.zone == zone for c in world.communes)])
    rows.append(["DEP", DEPARTMENT, DEPARTMENT_NAME, len(world.communes)])
    rows.append(["REG", REGION, REGION_NAME, 1403])
    return rows


def _populations(path: Path, world: World) -> None:
    header = columns("REG Région DEP CODARR CODCAN CODCOM COM Commune PMUN PCAP PTOT")
    rows = []
    for commune in world.communes:
        apart = round(commune.population * 0.014) + 2
        rows.append(
            (
                REGION,
                REGION_NAME,
                DEPARTMENT,
                "1",
                "90",
                commune.code[2:],
                commune.code,
                commune.name,
                commune.population,
                apart,
                commune.population + apart,
            )
        )
    path.write_bytes(csv_bytes(header, rows))
