"""Write the whole demonstration into a folder: official files as published, and the structure's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..core.demo_mark import FIRST_LINE, MARKER
from ..core.progress import Progress, Silent
from . import (
    addresses,
    cap,
    census,
    districts,
    equipments,
    geography,
    inclusion,
    network,
    people,
    qualitative,
    register,
    roads,
    statistics,
    stock,
    streets,
    territory,
)

SEED = 2026
OFFICIAL, STRUCTURE = "officiel", "structure"
_MARKER_TEXT = f"""{FIRST_LINE}

Tous les fichiers de ce dossier sont inventés : communes, habitants, adresses, routes, entreprises,
revenus, demandeurs d'emploi, clients et bénéficiaires. Ils imitent la forme des fichiers publiés par
l'Insee, l'IGN, la Base Adresse Nationale et la Dares, mais aucun chiffre ni aucun nom n'en vient.
Le code de département 53 et les coordonnées ne servent qu'à donner aux fichiers une forme valable.

Graine du tirage : {{seed}}
"""


@dataclass(frozen=True)
class DemoPaths:
    """Where the demonstration was written, and the territory to ask for."""

    data_folder: Path
    clients: Path
    beneficiaries: Path
    sites: Path
    territory: str
    survey: Path
    actors: Path
    actions: Path
    words: Path


def generate(folder: Path, seed: int = SEED, progress: Progress | None = None) -> DemoPaths:
    """Write ``officiel/`` and ``structure/`` under ``folder``: same bytes for the same seed."""
    progress = progress or Silent()
    official, own = folder / OFFICIAL, folder / STRUCTURE
    official.mkdir(parents=True, exist_ok=True)
    own.mkdir(parents=True, exist_ok=True)
    world = territory.build(seed)
    progress.set(0.05)
    net = network.lay_out(world, progress)
    progress.set(0.4)
    homes = streets.lay_out(world, net)
    establishments = register.draw(world, homes)
    progress.set(0.5)
    (official / MARKER).write_bytes(_MARKER_TEXT.format(seed=seed).encode())
    geography.write(official, world)
    statistics.write(official, world, establishments)
    progress.set(0.6)
    equipments.write(official, world, homes, establishments)
    districts.write(official, world)
    inclusion.write(official, world, homes, establishments)
    addresses.write(official, homes, seed, progress)
    stock.write(official, world, establishments, progress)
    progress.set(0.7)
    roads.write(official / "troncon_de_route.gpkg", world, net, progress)
    progress.set(0.9)
    paths = DemoPaths(
        official,
        own / "clients.csv",
        own / "beneficiaires.csv",
        own / "sites.xlsx",
        world.expression,
        own / "enquete.xlsx",
        own / "acteurs.csv",
        own / "plan_action.xlsx",
        own / "textes.csv",
    )
    places = people.sites(world, homes)
    people.write_sites(paths.sites, places)
    people.write_clients(paths.clients, world, homes, establishments, places)
    figures = census.figures(world, establishments)
    people.write_beneficiaries(paths.beneficiaries, world, homes, places, figures)
    qualitative.write_survey(paths.survey, world)
    qualitative.write_actors(paths.actors, world, homes)
    qualitative.write_actions(paths.actions)
    qualitative.write_words(paths.words)
    cap.write(own, seed)
    progress.set(1.0)
    return paths
