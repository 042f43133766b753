"""An invented StockEtablissement of any size, with Insee's true columns: the data of bench_sirene.

Every name is plainly fictitious. Values have the lengths and the frequencies of the real file as
far as they matter to a reader: about 270 bytes a row, empty second addresses, some quoted cells.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import alias

ROWS = 5_000_000
MEMBER = "StockEtablissement_utf8.csv"
#: The territory of the benchmark: 43 communes, the number of Rennes Métropole, with 0.9 % of the rows.
COMMUNES = tuple(f"35{number:03d}" for number in range(1, 344, 8))
_SEED = 20261101
_BATCH = 20_000
_WAYS = ("RUE", "AVENUE", "BOULEVARD", "CHEMIN", "IMPASSE", "PLACE", "ROUTE", "ALLEE")
_STREETS = ("DES EXEMPLES", "DE LA FICTION", "DU MODELE", "DES ESSAIS REUNIS", "DE L EPREUVE")
_TOWNS = ("VILLEFICTIVE", "SAINT-EXEMPLE", "BOURG-MODELE-SUR-ESSAI", "LES EPREUVES")
_NAF = ("68.20B", "81.21Z", "47.11F", "56.10A", "43.21A", "94.99Z", "01.11Z", "86.21Z", "49.41A")
_SIZES = ("NN", "NN", "NN", "", "", "00", "01", "02", "03", "11", "12", "21")


def write_stock(folder: Path, rows: int = ROWS) -> tuple[Path, Path]:
    """``StockEtablissement_utf8.csv`` and its zip in ``folder``; kept when already whole."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, packed, done = folder / MEMBER, folder / MEMBER.replace(".csv", ".zip"), folder / "rows"
    if done.exists() and done.read_text() == str(rows):
        return plain, packed
    with (
        plain.open("wb") as stream,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(MEMBER, "w", force_zip64=True) as member,
    ):
        for block in stock(rows):
            stream.write(block)
            member.write(block)
    done.write_text(str(rows))
    return plain, packed


def stock(rows: int) -> Iterator[bytes]:
    """The file by blocks, header first, sorted by SIRET as Insee's."""
    alias.load()  # here: the Python of a rival has neither the plugin's packages nor needs them
    from coodiag.coodiag_plugin.demo.stock import ESTABLISHMENT_HEADER as HEADER

    yield (",".join(HEADER) + "\n").encode()
    rng = random.Random(_SEED)
    for start in range(0, rows, _BATCH):
        yield "".join(
            _row(number, HEADER, rng) for number in range(start, min(start + _BATCH, rows))
        ).encode()


def _row(number: int, header: tuple[str, ...], rng: random.Random) -> str:
    siren, nic = 300_000_000 + number * 120, rng.randrange(11, 99)
    chance = rng.random()
    commune = rng.choice(COMMUNES) if chance < 0.009 else _elsewhere(rng)
    active = rng.random() < 0.38
    cells = _cells(siren, nic, commune, active, rng)
    return ",".join([cells.get(column, "") for column in header]) + "\n"


def _elsewhere(rng: random.Random) -> str:
    """A commune of another département, two letters of Corsica included."""
    place = rng.randrange(96)
    department = "2A" if place == 19 else f"{place + 1:02d}" if place != 34 else "56"
    return f"{department}{rng.randrange(1, 420):03d}"


def _cells(siren: int, nic: int, commune: str, active: bool, rng: random.Random) -> dict[str, str]:
    """The cells of a row that are not empty."""
    year = rng.randrange(1975, 2026)
    sign = rng.random()
    name = "" if sign < 0.7 else f"ATELIER FICTIF {siren % 9973}"
    if sign > 0.985:
        name = f'"EXEMPLE {siren % 997}, PERE ET FILS"'
    elif sign > 0.98:
        name = f'"LE ""PETIT"" MODÈLE {siren % 997}"'
    size = rng.choice(_SIZES)
    day = f"{year}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
    x, y = rng.randrange(100_000, 1_200_000), rng.randrange(6_050_000, 7_100_000)
    return {
        "siren": str(siren),
        "nic": f"{nic:05d}",
        "siret": f"{siren}{nic:05d}",
        "statutDiffusionEtablissement": "P" if rng.random() < 0.06 else "O",
        "dateCreationEtablissement": day,
        "trancheEffectifsEtablissement": size,
        "anneeEffectifsEtablissement": "2023" if size.isdigit() else "",
        "dateDernierTraitementEtablissement": "2024-03-30T16:55:27.000",
        "etablissementSiege": "true" if rng.random() < 0.7 else "false",
        "nombrePeriodesEtablissement": str(rng.randrange(1, 6)),
        "numeroVoieEtablissement": str(rng.randrange(1, 200)),
        "typeVoieEtablissement": rng.choice(_WAYS),
        "libelleVoieEtablissement": rng.choice(_STREETS),
        "codePostalEtablissement": f"{commune[:2].replace('2A', '20')}{rng.randrange(0, 95):02d}0",
        "libelleCommuneEtablissement": rng.choice(_TOWNS),
        "codeCommuneEtablissement": commune,
        "identifiantAdresseEtablissement": f"{commune}{rng.randrange(10_000):04d}_B",
        "coordonneeLambertAbscisseEtablissement": f"{x}.{siren % 10}",
        "coordonneeLambertOrdonneeEtablissement": f"{y}.{nic % 10}",
        "dateDebut": day,
        "etatAdministratifEtablissement": "A" if active else "F",
        "enseigne1Etablissement": name,
        "activitePrincipaleEtablissement": rng.choice(_NAF),
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
        "caractereEmployeurEtablissement": "O" if size.isdigit() and size != "00" else "N",
        "activitePrincipaleNAF25Etablissement": "",
    }
