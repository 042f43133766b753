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
from .results import CatchmentResult, IsochroneResult

if TYPE_CHECKING:
    import numpy as np

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
    run.results["isochrones"] = IsochroneResult(
        "Temps à vide par la route, en voiture, depuis les sites ; marche jusqu’à la route à 4 km/h.",
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
    if failed.featureCount():
        run.journal.write(
            f"{french.plural(failed.featureCount(), 'site')} trop loin d’une route pour être calculé."
        )


def catchment_zones(run: Run, graph: RoadGraph | None, progress: Progress) -> None:
    """Measured catchment of all sites together, by communes, and a generalised hull.

    Communes enter by the cost of their middle until they hold the threshold's share of the
    clients, so the share printed is that of the zone drawn. A union of the communes where clients
    live would show where one alone lives.
    """
    from ..catchment import TOGETHER, catchment

    options = run.options
    clients, sites = run.located["clients"].layer, run.layers["sites"]
    found = catchment(
        clients,
        sites,
        thresholds=options.thresholds,
        order="time" if graph is not None else "distance",
        shape="concave",
        communes=run.layers["communes_toutes"],
        graph=graph,
        min_count=options.min_count,
        generalise=True,
        progress=progress,
    )
    hull = _of_site(found.layer, "chalandise_enveloppes", TOGETHER)
    rows = [row for row, _ in records(hull)]
    hulls = [shape for _, shape in records(hull)]
    _hide_the_rest(rows, found.counts["ranked"], options.min_count)
    columns = {field.name(): field.type() for field in hull.fields()}
    crs = hull.crs().authid()
    run.layers["chalandise_enveloppes"] = memory_layer(
        "chalandise_enveloppes", columns, "MultiPolygon", crs, zip(rows, hulls)
    )
    zones = _zones_of_communes(run, graph, rows)
    run.layers["chalandise"] = memory_layer("chalandise", columns, "MultiPolygon", crs, zones)
    _tell_catchment(run, graph, [row for row, _ in zones], found.counts)


def _hide_the_rest(rows: list[dict[str, Any]], ranked: int, minimum: int) -> None:
    """A zone that adds, or leaves out, a few clients gives neither its count nor its share."""
    inner = 0
    for row in rows:
        if row["clients"] is None:
            continue
        few = 0 < row["clients"] - inner < minimum or 0 < ranked - row["clients"] < minimum
        inner = row["clients"]
        if few:
            row.update(clients=None, share=None, status=State.SECRET.value)


def _zones_of_communes(
    run: Run, graph: RoadGraph | None, like: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], QgsGeometry]]:
    """For each threshold of ``like`` its row and what its communes add to the smaller zones.

    A threshold that the known communes do not reach has no zone: clients live farther.
    """
    import numpy as np

    clients = run.located["clients"].layer
    rows = list(records(run.layers["communes_toutes"]))
    cost, held = _costs_and_clients(run, graph, rows)
    order = np.lexsort(([str(row["codgeo"]) for row, _ in rows], cost))
    order = order[np.isfinite(cost[order])]
    reached = np.cumsum(held[order])
    zones, start, total = [], 0, clients.featureCount()
    for pattern in like:
        enough = np.flatnonzero(reached >= pattern["threshold"] / 100 * total)
        if not len(enough):
            break
        last = cost[order[enough[0]]]
        end = int(np.searchsorted(cost[order], last, side="right"))  # ties enter together
        union = QgsGeometry.unaryUnion([rows[at][1] for at in order[start:end]])
        union.convertToMultiType()
        row = {
            **pattern,
            "clients": int(reached[end - 1]),
            "share": round(100 * float(reached[end - 1]) / total, 1),
            "reach": float(np.ceil(last)),
            "shape": "communes",
            "status": State.KNOWN.value,
        }
        zones.append((row, union))
        start = end
    _hide_the_rest([row for row, _ in zones], total, run.options.min_count)
    return zones


def _costs_and_clients(
    run: Run, graph: RoadGraph | None, rows: list[tuple[dict[str, Any], QgsGeometry]]
) -> tuple[np.ndarray, np.ndarray]:
    """Cost of the middle of each commune to its nearest site (0 where a site is), and clients."""
    import numpy as np

    from ...zones.nearest import cost_to_nearest
    from ..communes import CommuneMap, read_communes
    from ..shapes import point_table

    crs = run.layers["sites"].crs().authid()
    _, sites = point_table(run.layers["sites"], crs, "sites")
    here = {str(row["codgeo"]) for row, _ in records(run.layers["sites"])}
    middles = [shape.pointOnSurface().asPoint() for _, shape in rows]
    cost = cost_to_nearest(
        sites,
        np.array([(point.x(), point.y()) for point in middles]),
        graph,
        "time" if graph is not None else "distance",
        max_gap=MIDDLE_GAP,
    )
    cost = np.where([str(row["codgeo"]) in here for row, _ in rows], 0.0, cost)
    places = CommuneMap(read_communes(run.layers["communes_toutes"], crs, neighbours=True))
    people, points = point_table(run.located["clients"].layer, crs, "clients")
    homes = list(places.homes(people, points))
    return cost, np.array([homes.count(str(row["codgeo"])) for row, _ in rows])


def _tell_catchment(
    run: Run, graph: RoadGraph | None, rows: list[dict[str, Any]], counts: dict[str, int]
) -> None:
    order = "temps de trajet" if graph is not None else "distance à vol d’oiseau"
    thresholds = french.listing([french.number(value) for value in run.options.thresholds])
    method = f"Zone mesurée : communes rangées par {order} de leur centre jusqu’au site le plus proche, réunies jusqu’à tenir {thresholds} % des clients localisés (règle cumulative)."
    run.results["chalandise"] = CatchmentResult(method, ())
    run.method.append(method)
    run.journal.section("Zone de chalandise")
    for row in rows:
        run.journal.write(f"{structure_pages.zone_label(zone_row(row))}.")
    for threshold in run.options.thresholds[len(rows) :]:
        run.journal.write(
            f"{french.number(threshold)} % : non atteint, des clients habitent hors des communes connues ou accessibles."
        )
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


def _of_site(layer: QgsVectorLayer, name: str, site: str) -> QgsVectorLayer:
    """Rows of one site, without the counts of people left out of the zones."""
    columns = {
        field.name(): field.type() for field in layer.fields() if field.name() not in _LEFT_OUT
    }
    rows = [(row, shape) for row, shape in records(layer) if row["site"] == site]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)
