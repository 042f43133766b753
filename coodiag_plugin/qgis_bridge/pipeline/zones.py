"""Sites, isochrones and catchment of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core import french
from ...core.progress import Progress
from ...edition import structure_pages
from ..layers import INTEGER, TEXT, memory_layer, records
from .options import Run
from .results import CatchmentResult, IsochroneResult

if TYPE_CHECKING:
    from ...zones.graph import RoadGraph


def sites_layer(run: Run, crs: str) -> QgsVectorLayer:
    """Sites as they may be shared: a name, a commune and a point."""
    rows = [
        (
            {
                "site": rank,
                "nom": row.get("name") or f"Site {rank}",
                "codgeo": row.get("geo_citycode"),
            },
            shape,
        )
        for rank, (row, shape) in enumerate(records(run.located["sites"].layer), 1)
    ]
    return memory_layer("sites", {"site": INTEGER, "nom": TEXT, "codgeo": TEXT}, "Point", crs, rows)


def isochrones(run: Run, graph: RoadGraph, progress: Progress) -> None:
    """Bands of travel time from the nearest site, and the share of the territory they cover."""
    from ..isochrone_told import sites_cut
    from ..isochrones import isochrone_layer

    layer, failed = isochrone_layer(
        graph,
        run.layers["sites"],
        values=list(run.options.rings),
        rings="bands",
        merge="merged",
        progress=progress,
    )
    layer.setName("isochrones")
    run.layers["isochrones"] = layer
    whole = QgsGeometry.unaryUnion([shape for _, shape in records(run.layers["communes"])])
    bands = sorted(
        ((float(row["value"]), shape) for row, shape in records(layer)), key=lambda pair: pair[0]
    )
    covered, parts = 0.0, []
    for value, shape in bands:
        covered += shape.intersection(whole).area()
        parts.append((value, 100 * covered / whole.area()))
    run.results["isochrones"] = IsochroneResult(
        "Temps de trajet en voiture par la route, sans embouteillage, depuis les sites ; marche jusqu’à la route à 4 km/h.",
        (),
        tuple(parts),
    )
    run.journal.section("Isochrones")
    run.journal.write(
        "Part de la surface du territoire atteinte : "
        + french.listing(
            [f"{french.number(share)} % en {french.number(value)} min" for value, share in parts]
        )
        + "."
    )
    cut = sites_cut(graph, run.layers["sites"], max(run.options.rings))
    if cut:
        run.journal.write(
            f"{french.plural(cut, 'site atteint', 'sites atteignent')} la limite des routes fournies : la zone y est peut-être coupée. Donnez des routes qui vont plus loin."
        )
    if failed.featureCount():
        run.journal.write(
            f"{french.plural(failed.featureCount(), 'site')} trop loin d’une route pour être calculé."
        )


def catchment_zones(run: Run, graph: RoadGraph | None, progress: Progress) -> None:
    """Measured catchment of all sites together, by communes.

    Communes enter by the cost of their middle until they hold the threshold's share of the
    clients, so the share printed is that of the zone drawn. A union of the communes where clients
    live would show where one alone lives.
    """
    from ..catchment import catchment
    from ..zone_words import TOGETHER

    options = run.options
    found = catchment(
        run.located["clients"].layer,
        run.layers["sites"],
        thresholds=options.thresholds,
        order="time" if graph is not None else "distance",
        shape="communes",
        communes=run.layers["communes_toutes"],
        graph=graph,
        min_count=options.min_count,
        generalise=True,
        each=False,
        progress=progress,
    )
    layer = _of_site(found.layer, "chalandise", TOGETHER)
    run.layers["chalandise"] = layer
    _tell_catchment(run, graph, [row for row, _ in records(layer)], found.counts)


def _tell_catchment(
    run: Run, graph: RoadGraph | None, rows: list[dict[str, Any]], counts: dict[str, int]
) -> None:
    order = "temps de trajet" if graph is not None else "distance à vol d’oiseau"
    thresholds = french.listing([french.number(value) for value in run.options.thresholds])
    method = f"Zone mesurée : communes rangées par {order} de leur centre jusqu’au site le plus proche, réunies jusqu’à tenir {thresholds} % des clients localisés."
    run.results["chalandise"] = CatchmentResult(method, ())
    run.method.append(method)
    run.journal.section("Zone de chalandise")
    for row in rows:
        run.journal.write(f"{structure_pages.zone_label(zone_row(row))}.")
    states = [
        f"{french.few(count, run.options.min_count)} {_STATES[state]}"
        for state, count in counts.items()
        if count
    ]
    run.journal.write(f"Clients : {', '.join(states)}.")


def zone_row(row: Mapping[str, Any]) -> structure_pages.ZoneRow:
    """A zone of the layer ``chalandise`` as the pages print it."""
    return structure_pages.ZoneRow(
        str(row["zone"]),
        float(row["threshold"]),
        None if row["share"] is None else float(row["share"]),
        None if row["reach"] is None else float(row["reach"]),
        str(row["unit"]),
    )


#: Columns of the zones that count a few people, or describe the shape of a single run.
_LEFT_OUT = ("outliers", "unlinked", "label", "note")
_STATES = {
    "ranked": "classés",
    "no_place": "sans position",
    "unlinked": "loin de toute route",
    "unreachable": "inaccessibles par la route",
    "no_commune": "hors des communes connues",
    "outlier": "écartés comme très éloignés",
}


def _of_site(layer: QgsVectorLayer, name: str, site: str) -> QgsVectorLayer:
    """Rows of one site, without the counts of people left out of the zones."""
    columns = {
        field.name(): field.type() for field in layer.fields() if field.name() not in _LEFT_OUT
    }
    rows = [(row, shape) for row, shape in records(layer) if row["site"] == site]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)
