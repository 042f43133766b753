"""Plainly fictitious structure files on a real territory, the same for the same seed.

No real address is used: streets are invented, towns are real, so addresses can only be located at
the town where the data folder has no BAN.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STREETS = ("rue de la Fiction", "allée du Modèle", "chemin de l’Exemple", "place du Témoin")


@dataclass(frozen=True)
class StructureFiles:
    sites: Path
    clients: Path
    beneficiaries: Path


def write_structure(
    folder: Path, weights: Mapping[str, float], sites: Sequence[str], seed: int = 35
) -> StructureFiles:
    """``weights``: commune name → population; ``sites``: communes that hold a site.

    Clients follow the population, beneficiaries too but three times more near the sites.
    """
    draw = random.Random(seed)
    names = sorted(weights)
    folder.mkdir(parents=True, exist_ok=True)
    paths = StructureFiles(
        folder / "sites.csv", folder / "clients.csv", folder / "beneficiaires.csv"
    )
    _write(
        paths.sites,
        ("Nom", "Adresse", "Commune"),
        [(f"Site de {name}", "1 rue de la Fiction", name) for name in sites],
    )
    _write(
        paths.clients,
        ("N° client", "Nom", "Adresse", "Commune", "CA"),
        [
            (
                f"C{i:04d}",
                f"Client-Fictif-{i:03d}",
                _street(draw),
                _town(draw, names, weights),
                f"{draw.randint(100, 9000)},50",
            )
            for i in range(300)
        ],
    )
    near = {name: weights[name] * (3 if name in sites else 1) for name in names}
    _write(
        paths.beneficiaries,
        ("Identifiant", "Nom", "Adresse", "Commune"),
        [
            (f"B{i:04d}", f"Personne-Fictive-{i:03d}", _street(draw), _town(draw, names, near))
            for i in range(700)
        ],
    )
    return paths


def _street(draw: random.Random) -> str:
    return f"{draw.randint(1, 90)} {draw.choice(STREETS)}"


def _town(draw: random.Random, names: list[str], weights: Mapping[str, float]) -> str:
    return draw.choices(names, [weights[name] for name in names])[0]


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)
