"""Isochrones, catchment, penetration, recruitment and prospection of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsGeometry, QgsVectorLayer

from ...core import french
from ...core.errors import InputError
from ...core.privacy import suppressed_keys
from ...core.progress import Progress
from ...core.territory import Territory
from ...core.values import Value, ratio, total
from ..layers import INTEGER, TEXT, memory_layer, records
from .options import Run

if TYPE_CHECKING:
    from ...zones.graph import RoadGraph

#: Share of the communes that must have a road near their middle for the roads to be used.
_ROADS_COVER = 0.5
_ROAD_GAP_M = 5000.0
#: Prospects listed by name. A longer list, compared with the register, would show by their
#: absence who the clients are; and nobody visits a thousand companies.
BEST_PROSPECTS = 300


def road_graph(run: Run, territory: Territory, progress: Progress) -> RoadGraph | None:
    """The road graph of the run, None (and said) when no road layer covers the territory."""
    from ..roads import load_graph, open_roads

    run.journal.section("Réseau routier")
    layer, asked = run.options.roads, run.options.roads is not None
    if not asked:  # of several files, the first one that meets the territory
        found = [open_roads(file.path) for file in run.inventory.of("routes")]
        layer = min(found, key=lambda item: not _near(run, item), default=None)
    if layer is None:
        return _without_roads(run, "Le dossier de données n’a pas de couche de routes")
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
    run.facts |= {"mode": "minutes", "roads": layer.source()}
    return graph


def _without_roads(run: Run, why: str) -> None:
    note = f"{why} : les distances vont à vol d’oiseau, et les temps d’accès ne sont pas cartographiés."
    run.notes.append(note)
    run.journal.write(note)
    run.facts["mode"] = "km"


def _near(run: Run, layer: QgsVectorLayer) -> bool:
    """Whether the extent of the layer meets the territory (cheap, before a large file is read)."""
    from ..layers import transformer

    communes = run.layers["communes"]
    box = transformer(layer.crs(), communes.crs().authid()).transformBoundingBox(layer.extent())
    return bool(box.intersects(communes.extent()))


def _covers(run: Run, graph: RoadGraph) -> bool:
    import numpy as np

    from ...zones.snapping import snap

    middles = [shape.pointOnSurface().asPoint() for _, shape in records(run.layers["communes"])]
    found = snap(graph, np.array([(p.x(), p.y()) for p in middles]), _ROAD_GAP_M)
    return bool(found.linked.mean() >= _ROADS_COVER)


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


@dataclass(frozen=True)
class _Target:
    """What the clients are compared with: a field of the communes, and who counts."""

    field: str
    words: str
    people: str
    business: bool


_ESTABLISHMENTS = _Target(
    "etablissements_actifs", "établissements employeurs", "Clients entreprises", True
)
_HOUSEHOLDS = _Target("menages", "ménages", "Clients particuliers", False)


def penetration(run: Run, sources: Mapping[str, str], progress: Progress) -> None:
    """Business clients over establishments, or the other clients over households.

    The larger of the two groups is shown; a SIRET tells a business. ``sources``: citation of each
    indicator, for the target.
    """
    from ..coverage import penetration_layer

    found = _clients_and_target(run)
    if found is None:
        run.notes.append(
            "La pénétration n’est pas calculée : ni ménages ni établissements par commune dans les données."
        )
        return
    clients, target = found
    layer = penetration_layer(
        clients,
        run.layers["communes"],
        target.field,
        min_count=run.options.min_count,
        progress=progress,
    )
    run.layers["penetration"] = layer
    run.journal.section("Pénétration")
    _totals(run, "penetration", clients, target.field, progress)
    run.facts["penetration.people"] = target.people
    run.facts["penetration.sources"] = (sources[target.field],)
    run.facts["penetration.rate.libelle"] = f"{target.people} pour 100 {target.words}"
    run.facts["penetration.methode"] = (
        f"{target.people} localisés dans la commune rapportés aux {target.words}. "
        f"Effectifs de 1 à {run.options.min_count - 1} masqués (s), avec secret secondaire."
    )
    run.method.append(run.facts["penetration.methode"])


def _clients_and_target(run: Run) -> tuple[QgsVectorLayer, _Target] | None:
    layer = run.located["clients"].layer
    rows = list(records(layer))
    business = [pair for pair in rows if pair[0].get("siret")]
    others = [pair for pair in rows if not pair[0].get("siret")]
    communes = run.layers["communes"].fields().names()
    groups = sorted(
        ((business, _ESTABLISHMENTS), (others, _HOUSEHOLDS)), key=lambda item: -len(item[0])
    )
    for people, target in groups:
        if people and target.field in communes:
            columns = {field.name(): field.type() for field in layer.fields()}
            return memory_layer("clients", columns, "Point", layer.crs().authid(), people), target
    return None


def _totals(run: Run, name: str, people: QgsVectorLayer, target: str, progress: Progress) -> None:
    """The territory's own rate (all that is counted over all targets) and its count."""
    from ..coverage import count_points, read_communes
    from ..shapes import metric_crs

    communes = run.layers["communes"]
    crs = metric_crs(communes)
    places = read_communes(communes, crs)
    counted = count_points(people, places, crs, progress)
    inside = sum(counted.people.values())
    whole = total(place.figure(target) for place in places)
    counts = {place.code: counted.people.get(place.code, 0) for place in places}
    hidden = suppressed_keys(counts, run.options.min_count)
    # A total of few people is one of their counts; one over hidden cells only would solve them.
    few = 0 < inside < run.options.min_count or len(hidden) == len(counts)
    if not few:
        run.facts[f"{name}.count"] = Value(float(inside))
        run.facts[f"{name}.rate"] = ratio(Value(float(inside)), whole, 100.0)
    run.facts[f"{name}.outside"] = counted.outside
    run.journal.write(
        f"{french.number(people.featureCount())} localisés"
        + (
            " ; trop peu dans le territoire pour que leur nombre soit montré."
            if few
            else f" = {french.number(inside)} dans le territoire + {french.number(counted.outside)} au-dehors."
        )
    )


def recruitment(
    run: Run,
    graph: RoadGraph | None,
    reference: dict[str, Value],
    sources: Mapping[str, str],
    progress: Progress,
) -> None:
    """The recruitment crossing of the beneficiaries."""
    from ..recruitment import recruitment_layer

    run.journal.section("Croisement du recrutement")
    people = run.located["beneficiaries"].layer
    layer = recruitment_layer(
        people,
        run.layers["communes"],
        run.layers.get("sites"),
        graph,
        reference=reference,
        min_count=run.options.min_count,
        progress=progress,
    )
    run.layers["recrutement"] = layer
    source = next(str(row["need_source"]) for row, _ in records(layer))
    _totals(run, "recrutement", people, source, progress)
    words = "demandeurs d’emploi" if source == "demandeurs_emploi" else "chômeurs du recensement"
    run.facts["recrutement.rate.libelle"] = f"Bénéficiaires pour 100 {words}"
    run.facts["recrutement.sources"] = (sources[source],)
    run.facts["recrutement.methode"] = (
        f"Bénéficiaires localisés rapportés aux {words} ; n.s. quand l’intervalle à 95 % contient le taux du territoire et que la base est inférieure à 30. "
        f"Effectifs de 1 à {run.options.min_count - 1} masqués (s), avec secret secondaire."
    )
    run.method.append(run.facts["recrutement.methode"])
    held: dict[str, int] = {}
    for row, _ in records(layer):
        held[str(row["type_label"])] = held.get(str(row["type_label"]), 0) + 1
    run.journal.write(
        "Typologie : "
        + " ; ".join(
            f"{label} : {french.plural(count, 'commune')}" for label, count in sorted(held.items())
        )
        + "."
    )


def prospection(run: Run, graph: RoadGraph | None, progress: Progress) -> None:
    """Prospects among the establishments of the register that are not yet clients."""
    from ..prospects import prospects_layers

    found = prospects_layers(
        run.located["clients"].layer,
        run.facts["register"],
        run.located["sites"].layer,
        reach=run.options.reach,
        mode="time" if graph is not None else "distance",
        graph=graph,
        communes=run.layers["communes"],
        structure_name=run.options.structure,
        min_count=run.options.min_count,
        progress=progress,
    )
    run.layers["prospects"] = _best(found.prospects, BEST_PROSPECTS)
    run.layers["zones_prospection"] = found.zones
    counts = found.found.counts
    run.journal.section("Prospection")
    run.journal.write(
        f"{french.plural(counts['establishments'], 'établissement')}, dont {french.plural(counts['prospects'], 'prospect')} "
        f"à moins de {french.number(run.options.reach)} {found.unit} d’un site."
    )
    if found.back_test is not None:
        test = found.back_test
        run.journal.write(
            f"Épreuve sur {french.plural(test.hidden, 'client caché', 'clients cachés')} : {french.number(100 * test.found)} % "
            f"dans le premier dixième du classement (hasard : 10 %, distance seule : {french.number(100 * test.by_cost)} %)."
        )
    for item in found.found.stability:
        run.journal.write(
            f"Poids « {item.factor} » modifié de {french.number(100 * item.change, signed=True)} % : "
            f"tau de Kendall {french.number(item.tau, 2)}, {french.number(100 * item.top_kept)} % des 50 premiers restent."
        )
    run.facts["zones_prospection.methode"] = (
        "Score d’un prospect : activité et taille fréquentes parmi les clients, proximité d’un site, commune encore peu servie ; de 0 à 100."
    )
    run.facts["zones_prospection.sources"] = (
        "Insee, base Sirene des entreprises et de leurs établissements",
    )
    run.method.append(run.facts["zones_prospection.methode"])
    total_score = sum(float(row["score"] or 0) for row, _ in records(found.zones))
    run.facts["zones_prospection.score"] = Value(total_score)


def _best(layer: QgsVectorLayer, most: int) -> QgsVectorLayer:
    """The first prospects of the ranking."""
    columns = {field.name(): field.type() for field in layer.fields()}
    rows = [(row, shape) for row, shape in records(layer) if row["rank"] <= most]
    return memory_layer("prospects", columns, "Point", layer.crs().authid(), rows)
