"""The road graph of a run, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsVectorLayer

from ...core import french
from ...core.errors import InputError
from ...core.progress import Progress
from ...core.territory import Territory
from ..communes import middle_of
from ..layers import records
from .options import Run
from .used import sources_of_roads

if TYPE_CHECKING:
    from ...zones.graph import RoadGraph

#: Share of the communes that must have a road near their middle for the roads to be used.
_ROADS_COVER = 0.5
_ROAD_GAP_M = 5000.0


def road_graph(run: Run, territory: Territory, progress: Progress) -> RoadGraph | None:
    """The road graph of the run, None (and said) when no road layer covers the territory."""
    from ..roads import load_graph, open_roads

    run.journal.section("Réseau routier")
    layer, asked = run.options.roads, run.options.roads is not None
    if not asked:  # of several files, the first one that meets the territory
        found = [open_roads(file.path) for file in run.inventory.of("routes")]
        found = [item for item in found if item.crs().isValid()]
        layer = min(found, key=lambda item: not _near(run, item), default=None)
    if layer is None:
        return _without_roads(run, "Les données n’ont pas de couche de routes")
    if not asked and not _near(run, layer):
        return _without_roads(
            run, "La couche de routes du dossier de données ne couvre pas le territoire"
        )
    graph = load_graph(layer, territory.crs, "car", progress)
    if not _covers(run, graph):
        if asked:
            raise InputError(
                "The road layer {layer} does not cover the territory: fewer than half of its communes have a road near their middle. Give the roads of the territory, or none.",
                layer=layer.name(),
            )
        return _without_roads(
            run, "La couche de routes du dossier de données ne couvre pas le territoire"
        )
    run.journal.write(f"Couche « {layer.name()} » : {french.plural(len(graph.xy), 'nœud')}.")
    run.roads = layer
    known = dict.fromkeys(item.citation() for item in sources_of_roads(run))
    run.road_citations = tuple(known) or (f"routes : couche « {layer.name()} »",)
    return graph


def _without_roads(run: Run, why: str) -> None:
    note = f"{why} : les distances vont à vol d’oiseau, et les temps d’accès ne sont pas cartographiés."
    run.notes.append(note)
    run.journal.write(note)


def _near(run: Run, layer: QgsVectorLayer) -> bool:
    """Whether the extent of the layer meets the territory (cheap, before a large file is read)."""
    from ..layers import transformer

    communes = run.layers["communes"]
    box = transformer(layer.crs(), communes.crs().authid()).transformBoundingBox(layer.extent())
    return bool(box.intersects(communes.extent()))


def _covers(run: Run, graph: RoadGraph) -> bool:
    import numpy as np

    from ...zones.snapping import snap

    middles = [middle_of(shape) for _, shape in records(run.layers["communes"])]
    found = snap(graph, np.array([(p.x(), p.y()) for p in middles]), _ROAD_GAP_M)
    return bool(found.linked.mean() >= _ROADS_COVER)
