"""Services and the people they are for, in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core import french
from ...core.catalogue import layer_fields
from ...core.crossings import ServiceFigures, Supply
from ...core.progress import Progress
from ...core.territory import Territory
from ...core.values import Value
from ..indicators import unit_key
from .options import Run
from .results import StepResult

if TYPE_CHECKING:
    from ...analysis.indicators import IndicatorResult
    from ...zones.graph import RoadGraph


OFFER = "offre_demande"
#: Why its pages are left out, where the data know of no place.
NOTHING = "les données n’ont ni équipements, ni lieux d’accompagnement, ni établissements qui rendent ces services."


@dataclass(frozen=True)
class SupplyResult(StepResult):
    """``supply``: the services of the territory, for the page ``supply``; ``by_service``: the
    sources of each of them."""

    supply: Supply
    by_service: Mapping[str, tuple[str, ...]]

    def territory(self, field: str) -> Value | None:
        """Places within reach for 1 000 people, the communes together."""
        item = self.service(field)
        return item.within if item else None

    def label(self, field: str) -> str:
        """The people whom the run counted are in the name: job seekers, or the census's unemployed."""
        item, row = self.service(field), layer_fields()[(OFFER, field)]
        return f"{row.label.partition(' pour ')[0]} pour 1 000 {item.demand_label}" if item else ""

    def service(self, field: str) -> ServiceFigures | None:
        return next((item for item in self.supply.services if item.id == field), None)

    def cited(self, field: str) -> tuple[str, ...]:
        return self.by_service.get(field, self.sources)


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
        run.refusals[OFFER] = NOTHING
        run.journal.write(f"Étape sans résultat : {NOTHING}")
        return
    run.layers[OFFER] = found.layer
    method = (
        "Lieux à portée du centre de la commune, chacun partagé entre les personnes concernées de toutes les communes qui l’atteignent, pour 1 000 de ces personnes ; 0 : aucun lieu à portée. Moyenne du territoire : celle des communes, chacune comptant pour sa population concernée ; elle n’est pas le taux de la page des services, qui rapporte les lieux du territoire à sa population. "
        + ("Temps de trajet en voiture par la route, sans embouteillage." if graph is not None else "Distances à vol d’oiseau.")
    )  # fmt: skip
    by_service = {
        name: (*cited(result, used), *_recorded(found.told[name]))
        for name, used in found.used.items()
    }
    used = [name for names in found.used.values() for name in names]
    told = [name for names in found.told.values() for name in names]
    sources = (*cited(result, used), *_recorded(told))
    run.results[OFFER] = SupplyResult(method, sources, found.supply, by_service)
    run.method.append(method)
    _tell(run, found.supply)


def _recorded(names: Sequence[str]) -> tuple[str, ...]:
    """Who recorded the places that no indicator counts."""
    return (f"lieux : {french.listing(list(dict.fromkeys(names)))}",) if names else ()


def _tell(run: Run, supply: Supply) -> None:
    run.journal.section("Offre de services et population concernée")
    for item in supply.services:
        run.journal.write(
            f"{item.label} : {french.figure(item.supply, 0, '')} {item.supply_label} pour {french.figure(item.demand, 0, '')} {item.demand_label} ; "
            f"{french.plural(item.without.number or 0.0, 'commune')} sans accès ({item.reach})."
        )
    for label, why in supply.left_out:
        run.journal.write(f"{label} : non étudié, {why}.")
