"""Sites, isochrones and catchment of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core import french
from ...core.progress import Progress
from ...core.values import State
from ...edition import structure_pages
from ..layers import INTEGER, TEXT, memory_layer, records
from .options import Run

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
    run.facts["isochrones.parts"] = parts
    run.facts["isochrones.methode"] = (
        "Temps à vide par la route, en voiture, depuis les sites ; marche jusqu’à la route à 4 km/h."
    )
    run.journal.section("Isochrones")
    run.journal.write(
        "Part de la surface du territoire atteinte : "
        + french.listing(
            [f"{french.number(share)} % en {french.number(value)} min" for value, share in parts]
        )
        + "."
    )
    if failed.featureCount():
        run.journal.write(
            f"{french.plural(failed.featureCount(), 'site')} trop loin d’une route pour être calculé."
        )


def catchment_zones(run: Run, graph: RoadGraph | None, progress: Progress) -> None:
    """Measured catchment of all sites together: communes within each reach, and a hull.

    The zones are measured on the clients but drawn with every commune whose middle is within the
    reach: a union of the communes where clients live would show where one alone lives.
    """
    from ..catchment import TOGETHER, catchment

    options = run.options
    shared = {
        "thresholds": options.thresholds,
        "order": "time" if graph is not None else "distance",
        "communes": run.layers["communes_toutes"],
        "graph": graph,
        "min_count": options.min_count,
        "generalise": True,
    }
    clients, sites = run.located["clients"].layer, run.layers["sites"]
    found = catchment(clients, sites, shape="concave", progress=progress, **shared)
    hull = _of_site(found.layer, "chalandise_enveloppes", TOGETHER)
    rows = [row for row, _ in records(hull)]
    _hide_the_rest(rows, found.counts["ranked"], options.min_count)
    columns = {field.name(): field.type() for field in hull.fields()}
    crs = hull.crs().authid()
    shapes = _communes_within(run, graph, [row["reach"] for row in rows])
    run.layers["chalandise"] = memory_layer(
        "chalandise", columns, "MultiPolygon", crs, zip(rows, shapes)
    )
    hulls = [shape for _, shape in records(hull)]
    run.layers["chalandise_enveloppes"] = memory_layer(
        "chalandise_enveloppes", columns, "MultiPolygon", crs, zip(rows, hulls)
    )
    _tell_catchment(run, graph, rows, found.counts)


def _hide_the_rest(rows: list[dict[str, Any]], ranked: int, minimum: int) -> None:
    """A last zone that leaves out a few clients gives neither its count nor its share."""
    for row in rows:
        if row["clients"] is not None and 0 < ranked - row["clients"] < minimum:
            row.update(clients=None, share=None, status=State.SECRET.value)


def _communes_within(
    run: Run, graph: RoadGraph | None, reaches: list[float | None]
) -> list[QgsGeometry]:
    """For each reach, the communes whose middle it adds to the smaller ones; empty when hidden."""
    import numpy as np

    from ...zones.nearest import cost_to_nearest
    from ..shapes import point_table

    rows = list(records(run.layers["communes_toutes"]))
    crs = run.layers["sites"].crs().authid()
    _, sites = point_table(run.layers["sites"], crs, "sites")
    held = {str(row["codgeo"]) for row, _ in records(run.layers["sites"])}
    middles = [shape.pointOnSurface().asPoint() for _, shape in rows]
    cost = cost_to_nearest(
        sites,
        np.array([(point.x(), point.y()) for point in middles]),
        graph,
        "time" if graph is not None else "distance",
        max_gap=MIDDLE_GAP,
    )
    cost = np.where([str(row["codgeo"]) in held for row, _ in rows], 0.0, cost)
    taken = np.zeros(len(rows), dtype=bool)
    shapes = []
    for reach in reaches:
        chosen = ~taken & (cost <= (reach if reach is not None else -1.0))
        taken |= chosen
        union = QgsGeometry.unaryUnion([rows[at][1] for at in np.flatnonzero(chosen)])
        union.convertToMultiType()
        shapes.append(union)
    return shapes


def _tell_catchment(
    run: Run, graph: RoadGraph | None, rows: list[dict[str, Any]], counts: dict[str, int]
) -> None:
    order = "temps de trajet" if graph is not None else "distance à vol d’oiseau"
    thresholds = french.listing([french.number(value) for value in run.options.thresholds])
    run.facts["chalandise.methode"] = (
        f"Zone mesurée : clients triés par {order} jusqu’au site le plus proche, seuils {thresholds} % (règle cumulative) ; "
        "dessinée par les communes dont le centre est à cette portée." + _outliers(counts)
    )
    run.method.append(run.facts["chalandise.methode"])
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
#: How far from a road the middle of a commune may lie, metres.
MIDDLE_GAP = 5000.0
_STATES = {
    "ranked": "classés",
    "no_place": "sans position",
    "unlinked": "loin de toute route",
    "unreachable": "inaccessibles par la route",
    "no_commune": "hors des communes connues",
    "outlier": "écartés comme très éloignés",
}


def _outliers(counts: dict[str, int]) -> str:
    """Said only in general terms on a page when few people are concerned."""
    left = counts.get("outlier", 0)
    return (
        " Les clients très éloignés (au-delà du troisième quartile plus trois écarts interquartiles) sont écartés."
        if left
        else ""
    )


def _of_site(layer: QgsVectorLayer, name: str, site: str) -> QgsVectorLayer:
    """Rows of one site, without the counts of people left out of the zones."""
    columns = {
        field.name(): field.type() for field in layer.fields() if field.name() not in _LEFT_OUT
    }
    rows = [(row, shape) for row, shape in records(layer) if row["site"] == site]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)
