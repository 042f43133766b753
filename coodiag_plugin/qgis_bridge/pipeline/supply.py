"""Services and the people they are for, in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core import french
from ...core.crossings import Supply
from ...core.errors import InputError
from ...core.progress import Progress
from ...core.territory import Territory
from ...core.values import Value
from ..indicators import unit_key
from .options import Run
from .results import StepResult

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult
    from ...zones.graph import RoadGraph


@dataclass(frozen=True)
class SupplyResult(StepResult):
    """``supply``: the services of the territory, for the page ``supply``."""

    supply: Supply

    def territory(self, field: str) -> Value | None:
        """Places of the territory for 1 000 of its people concerned."""
        return next((item.rate for item in self.supply.services if item.id == field), None)


def needed() -> tuple[str, ...]:
    """Indicators that :func:`step` reads in the layers ``communes`` and ``voisins``."""
    from ..supply import needed as of_services

    return of_services()


def compared(
    run: Run, territory: Territory, result: IndicatorResult, names: Sequence[str]
) -> dict[str, Mapping[str, Value]]:
    """Figures of each unit that the territory is compared with, by its name."""
    return {
        unit.name: {name: result.references.get(unit_key(unit), name) for name in names}
        for unit in run.compared(territory)
    }


def cited(result: IndicatorResult, used: Sequence[str]) -> tuple[str, ...]:
    """Citations of indicators, each once."""
    found = [result.sources.get(name, "") for name in used]
    return tuple(dict.fromkeys(text for text in found if text))


def step(
    run: Run,
    territory: Territory,
    result: IndicatorResult,
    graph: RoadGraph | None,
    progress: Progress,
) -> None:
    """The layer ``offre_demande`` and the figures of the page ``supply``.

    ``graph``: roads for a car; None counts kilometres as the crow flies.
    """
    from ..supply import read_ground, supply_layer

    ground = read_ground(
        run.layers["communes"],
        run.layers.get("voisins"),
        territory.crs,
        places=run.layers.get("equipements"),
        register=run.register,
        graph=graph,
        references=compared(run, territory, result, needed()),
    )
    found = supply_layer(ground, progress)
    if not found.supply.services:
        raise InputError(
            "No service of services_offered.csv can be measured: the data hold neither places of interest, nor equipments, nor establishments."
        )
    run.layers["offre_demande"] = found.layer
    method = (
        "Lieux à portée du centre de la commune, chacun partagé entre les personnes concernées de toutes les communes qui l’atteignent (2SFCA), pour 1 000 de ces personnes ; 0 : aucun lieu à portée. "
        + ("Temps à vide par la route, en voiture." if graph is not None else "Distances à vol d’oiseau.")
    )  # fmt: skip
    places = (f"lieux : {french.listing(list(found.told))}",) if found.told else ()
    sources = (*cited(result, found.used), *places)
    run.results["offre_demande"] = SupplyResult(method, sources, found.supply)
    run.method.append(method)
    _tell(run, found.supply)


def _tell(run: Run, supply: Supply) -> None:
    run.journal.section("Offre de services et population concernée")
    for item in supply.services:
        run.journal.write(
            f"{item.label} : {french.figure(item.supply, 0, '')} {item.supply_label} pour {french.figure(item.demand, 0, '')} {item.demand_label} ; "
            f"{french.plural(item.without.number or 0.0, 'commune')} sans accès ({item.reach})."
        )
    for label, why in supply.left_out:
        run.journal.write(f"{label} : non étudié, {why}.")
