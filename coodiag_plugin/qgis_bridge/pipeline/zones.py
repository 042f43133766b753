"""Sites, isochrones and catchment of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core import french
from ...core.progress import Progress
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
    """Measured catchment of the clients: communes (together and by site) and a generalised hull."""
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
    found = catchment(clients, sites, shape="communes", progress=progress.part(0, 0.6), **shared)
    hull = catchment(clients, sites, shape="concave", progress=progress.part(0.6, 1), **shared)
    run.layers["chalandise"] = _only(found.layer, "chalandise", TOGETHER)
    run.layers["chalandise_sites"] = _only(found.layer, "chalandise_sites", TOGETHER, keep=False)
    run.layers["chalandise_enveloppes"] = _only(hull.layer, "chalandise_enveloppes", TOGETHER)
    order = "temps de trajet" if graph is not None else "distance à vol d’oiseau"
    thresholds = french.listing([french.number(value) for value in options.thresholds])
    run.facts["chalandise.methode"] = (
        f"Zone mesurée : clients triés par {order} jusqu’au site le plus proche, seuils {thresholds} % (règle cumulative)."
        + _outliers(found.counts)
    )
    run.method.append(run.facts["chalandise.methode"])
    run.journal.section("Zone de chalandise")
    for row, _ in records(run.layers["chalandise"]):
        run.journal.write(f"{row['label']}." + (f" {row['note']}" if row.get("note") else ""))
    run.journal.write(
        "Clients : "
        + ", ".join(
            f"{french.number(count)} {_STATES[state]}"
            for state, count in found.counts.items()
            if count
        )
        + "."
    )


#: Columns of the zones that count a few people: for the private journal of a single run only.
_LEFT_OUT = ("outliers", "unlinked")
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


def _only(layer: QgsVectorLayer, name: str, site: str, keep: bool = True) -> QgsVectorLayer:
    """Rows of one site (or of all others), without the counts of people left out of the zones."""
    columns = {
        field.name(): field.type() for field in layer.fields() if field.name() not in _LEFT_OUT
    }
    rows = [(row, shape) for row, shape in records(layer) if (row["site"] == site) == keep]
    return memory_layer(name, columns, "MultiPolygon", layer.crs().authid(), rows)
