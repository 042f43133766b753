"""Who can get to the structure's sites and to jobs without a car, in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.progress import Progress
from ..layers import memory_layer, records
from .options import Run
from .results import MobilityResult

if TYPE_CHECKING:
    from ...zones.graph import RoadGraph

#: Columns that are handed out: times from the middle of the communes, which tell of no person.
_SHARED = ("_centre", "_centre_etat")


def mobility(run: Run, graph: RoadGraph, progress: Progress) -> None:
    """Shares of the beneficiaries within reach of a site and of jobs, by car, bike and on foot.

    The layer keeps the times from the middle of each commune alone: shares by commune, read by
    several ways of moving, would tell of a few people. Those of all are printed.
    """
    from ..mobility import Targets, homes_of, jobs_of, mobility_layer
    from ..roads import load_graph
    from ..shapes import point_table

    crs = graph.crs
    communes = run.layers["communes"]
    roads = run.roads
    assert roads is not None
    _, sites = point_table(run.layers["sites"], crs, "sites")
    homes = homes_of(run.located["beneficiaries"].layer, communes, crs)
    jobs = jobs_of(run.register, crs) if run.register is not None else None
    found = mobility_layer(
        communes,
        homes,
        Targets(sites, jobs),
        lambda mode, part: graph if mode == "car" else load_graph(roads, crs, mode, part),
        crs=crs,
        min_count=run.options.min_count,
        progress=progress,
    )
    run.layers["mobilite"] = _for_sharing(found.layer)
    method = (
        "Temps de trajet par la route, sans embouteillage, jusqu’au site, ou au pôle d’emplois, le plus proche ; à pied jusqu’à la route à 4 km/h. "
        "Carte : depuis le centre de la commune. Parts : bénéficiaires actuels, depuis chez eux, dans le territoire ; elles ne disent rien des personnes qui ne viennent pas."
    )
    if jobs is not None and len(jobs.points):
        method += f" Pôles d’emplois : hexagones de 1 km les plus denses, qui réunissent {french.number(jobs.share)} % des emplois."
    run.results["mobilite"] = MobilityResult(
        method,
        ("Insee, base Sirene des entreprises et de leurs établissements",) if jobs else (),
        found.access,
    )
    run.journal.section("Mobilité")
    for sentence in found.sentences:
        run.journal.write(sentence)


def _for_sharing(layer: QgsVectorLayer) -> QgsVectorLayer:
    kept = {
        field.name(): field.type()
        for field in layer.fields()
        if field.name() in ("codgeo", "nom") or field.name().endswith(_SHARED)
    }
    return memory_layer("mobilite", kept, "MultiPolygon", layer.crs().authid(), records(layer))
