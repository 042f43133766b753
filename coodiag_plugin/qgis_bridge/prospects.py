"""Prospects and prospection zones as layers, from clients, the register and the sites."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSource,
    QgsGeometry,
    QgsPointXY,
    QgsSpatialIndex,
    QgsVectorLayer,
)

from ..core import french
from ..core.errors import InputError
from ..core.privacy import MIN_COUNT
from ..core.progress import Progress
from .communes import Commune, middles_of, read_communes
from .coverage import as_multi
from .establishments import establishment_table
from .layers import BOOLEAN, INTEGER, REAL, TEXT, memory_layer
from .roads import tell_apart
from .shapes import metric_crs, need_points, point_columns, point_table
from .travel import MIDDLE_GAP

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ..zones.graph import RoadGraph
    from ..zones.prospection import BackTest, Prospection, Structure

PROSPECTS, ZONES = "prospects", "zones_prospection"
FIELDS = {
    "siret": TEXT, "nom": TEXT, "naf": TEXT, "naf_label": TEXT, "tranche_label": TEXT,
    "codgeo": TEXT, "commune": TEXT, "cost": REAL, "cost_unit": TEXT, "score": REAL,
    "rank": INTEGER, "reason": TEXT,
}  # fmt: skip
ZONE_FIELDS = {
    "codgeo": TEXT, "nom": TEXT, "prospects": INTEGER, "score": REAL, "establishments": INTEGER,
    "score_per_1000": REAL, "cost": REAL, "cost_unit": TEXT, "white": BOOLEAN,
}  # fmt: skip
#: Name of each column of the clients, as the import and hand-made layers call it.
CLIENT_FIELDS = {
    "siret": ("siret",),
    "name": ("name", "nom"),
    "naf": ("naf",),
    "tranche": ("tranche",),
    "codgeo": ("geo_citycode", "codgeo", "citycode"),
}


@dataclass
class ProspectLayers:
    """The layers, the model and counts behind them, and the back-test (None: too few clients)."""

    prospects: QgsVectorLayer
    zones: QgsVectorLayer
    found: Prospection
    unit: str  # min or km
    back_test: BackTest | None
    hexagons: QgsVectorLayer | None = None  # beside the communes, where they were asked for


def prospects_layers(
    clients: QgsFeatureSource,
    establishments: QgsFeatureSource,
    sites: QgsFeatureSource,
    *,
    reach: float,
    mode: str = "time",
    graph: RoadGraph | None = None,
    communes: QgsFeatureSource | None = None,
    naf: Sequence[str] = (),
    weights: str = "",
    structure_name: str = "",
    min_count: int = MIN_COUNT,
    hidden: Collection[str] = (),
    hexagons: bool = False,
    progress: Progress,
) -> ProspectLayers:
    """Score the establishments that are not yet clients, and sum the scores by place.

    ``reach``: minutes (mode ``time``, needs ``graph``) or kilometres (``distance``: by road when
    there is a graph, else straight). ``zones``: the communes when given, else hexagons of 1 km;
    ``hexagons`` asks for both. ``hidden``: communes whose clients another output hides. No client is named, and no address is written. Refuses sites of
    which none has a point, or none is near a road.
    """
    from ..zones.nearest import cost_to_nearest, unit_of
    from ..zones.prospect_clients import Book
    from ..zones.prospection import Weights, back_test, rank

    _check(reach, mode, graph)
    for layer in (clients, establishments, sites):
        need_points(layer)
    crs = metric_crs(communes if communes is not None else establishments)
    stock = establishment_table(establishments, crs)
    site_rows, where = point_table(sites, crs, sites.sourceName())
    _check_sites(where, graph, progress)
    points = stock[["px", "py"]].to_numpy()
    unit = unit_of(graph, mode)
    stock["cost"] = _finite_or_far(cost_to_nearest(where, points, graph, mode), points)
    progress.set(0.4)
    progress.check()
    book = client_table(clients, crs)
    book["cost"] = cost_to_nearest(where, book[["px", "py"]].to_numpy(), graph, mode)
    progress.set(0.5)
    options: dict[str, Any] = {"reach": reach, "naf": naf, "weights": Weights.parse(weights)}
    known = Book.of(book, stock)
    found = rank(
        book,
        stock,
        book=known,
        structure=_structure(site_rows, structure_name),
        min_count=min_count,
        hidden=hidden,
        **options,
    )
    progress.set(0.7)
    progress.check()
    test = back_test(book, stock, book=known, **options)
    _tell(found, test, progress)
    places = read_communes(communes, crs) if communes is not None else []
    names = {place.code: place.name for place in places}
    layer = memory_layer(PROSPECTS, FIELDS, "Point", crs, _prospect_rows(found, names, unit))
    cells = _hexagon_zones(found, stock, places, crs, progress) if hexagons or not places else None
    if not places:
        assert cells is not None
        return ProspectLayers(layer, cells, found, unit, test, cells)
    _tell_outside(found, names, progress)
    zones = _commune_zones(places, found, stock, where, graph, mode, reach, unit, crs)
    return ProspectLayers(layer, zones, found, unit, test, cells)


def _check(reach: float, mode: str, graph: RoadGraph | None) -> None:
    if not reach > 0:
        raise InputError("The reach must be above zero, for example 20 (minutes or kilometres).")
    if mode == "time" and graph is None:
        raise InputError(
            "A reach in minutes needs a road layer: give the roads, or choose the mode distance."
        )


def _check_sites(where: np.ndarray, graph: RoadGraph | None, progress: Progress) -> None:
    """Refuse sites that reach nothing at all; tell of those that take no part."""
    import numpy as np

    from ..zones.nearest import MAX_GAP
    from ..zones.snapping import snap

    located = np.isfinite(where).all(axis=1)
    if not located.any():
        raise InputError(
            "No site is located: the prospection needs at least one site with a point. Geocode the sites first."
        )
    if not located.all():
        progress.warn("{count} sites have no point and take no part.", count=int((~located).sum()))
    if graph is None:
        return
    snapped = snap(graph, where[located], MAX_GAP)
    lost = int((~snapped.linked).sum())
    if lost == len(snapped):
        raise InputError(
            "No site lies within {distance} m of a road: check that the road layer covers the territory, or choose the mode distance without roads.",
            distance=round(MAX_GAP),
        )
    if lost:
        progress.warn(
            "{count} sites lie farther than {distance} m from any road and take no part.",
            count=lost,
            distance=round(MAX_GAP),
        )
    tell_apart(graph, snapped, progress)


def _tell_outside(found: Prospection, names: Mapping[str, str], progress: Progress) -> None:
    """Prospects of no commune of the layer are in no zone: the zones then do not add up."""
    outside = int((~found.prospects["codgeo"].isin(list(names))).sum())
    if outside:
        progress.warn(
            "{count} prospects are in communes that the layer of communes does not hold: no zone counts them.",
            count=outside,
        )


def _finite_or_far(cost: np.ndarray, points: np.ndarray) -> np.ndarray:
    """A point too far from any road is out of reach; only one without coordinates is unlocated."""
    import numpy as np

    placed = np.isfinite(points).all(axis=1)
    return np.where(placed & np.isnan(cost), math.inf, cost)


def client_table(clients: QgsFeatureSource, crs: str) -> pd.DataFrame:
    """Clients with siret, name, naf, tranche, codgeo (texts, ``""`` when missing), px and py."""
    import pandas as pd

    from ..core.nomenclatures import naf_code

    names = clients.fields().names()
    there = [name for choices in CLIENT_FIELDS.values() for name in choices if name in names]
    columns, points = point_columns(clients, crs, clients.sourceName(), there)
    if not len(points):
        raise InputError("The layer of clients is empty.")
    table = pd.DataFrame({"px": points[:, 0], "py": points[:, 1]})
    for name, choices in CLIENT_FIELDS.items():
        known = [columns[choice] for choice in choices if choice in columns]
        # The first of the fields that has something to say.
        table[name] = [str(next(filter(None, row), "")) for row in zip(*known)] if known else ""
    table["naf"] = table["naf"].map({code: naf_code(code) for code in table["naf"].unique()})
    return table


def _structure(sites: Sequence[Mapping[str, Any]], name: str) -> Structure:
    """The structure's SIRENs from the sites' SIRETs, and its name."""
    from ..zones.prospection import Structure

    sirets = ("".join(filter(str.isdigit, str(row.get("siret") or ""))) for row in sites)
    return Structure(
        sirens=frozenset(siret[:9] for siret in sirets if len(siret) in (9, 14)),
        names=frozenset({name} if name else ()),
    )


def _tell(found: Prospection, test: BackTest | None, progress: Progress) -> None:
    """Counts in sentences: every establishment is accounted for, and how sure the ranking is."""
    counts = found.counts
    progress.say(
        "{establishments} establishments: {other_activity} of other activities, {masked} with partial diffusion, {clients} already clients, {structure} of the structure, {unlocated} without a point, {out_of_reach} out of reach, {prospects} prospects.",
        **counts,
    )
    progress.say(
        "{clients_matched} of {clients_given} clients found in the register; target activities: {targets}.",
        targets=", ".join(found.model.target_divisions),
        **counts,
    )
    if found.stability:
        progress.say(
            "When one weight moves by 20 %, the order keeps a Kendall's tau of at least {tau} (1: the same order) and {kept} % of the first 50 stay among them.",
            tau=f"{min(item.tau for item in found.stability):.2f}",
            kept=round(100 * min(item.top_kept for item in found.stability)),
        )
    if test is None:
        progress.say("Too few clients are in the register to test the ranking on hidden ones.")
    else:
        progress.say(
            "Back-test on {hidden} hidden clients: {found} % are in the first tenth of the prospects ({by_chance} % by chance, {by_cost} % by distance alone). {unlooked} of them are of no target activity and cannot be found.",
            hidden=test.hidden,
            found=round(100 * test.found),
            by_chance=round(100 * test.by_chance),
            by_cost=round(100 * test.by_cost),
            unlooked=test.unlooked,
        )
    if not counts["prospects"]:
        progress.warn("No prospect is within reach: raise the reach or the list of activities.")


def _prospect_rows(
    found: Prospection, names: Mapping[str, str], unit: str
) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    from ..zones.prospect_zones import reasons

    table = found.prospects
    columns = {name: table[name].tolist() for name in FIELDS if name in table}
    # Without the communes, the register tells the name perhaps, and the code in any case.
    told = zip(columns["codgeo"], table["commune"].tolist())
    columns["commune"] = [names.get(code) or name or code for code, name in told]
    columns["cost"] = [round(cost, 1) for cost in columns["cost"]]
    columns["cost_unit"] = [unit] * len(table)
    columns["reason"] = reasons(table, found.model, unit)
    for row, x, y in zip(zip(*columns.values()), table["px"].tolist(), table["py"].tolist()):
        yield dict(zip(columns, row)), QgsGeometry.fromPointXY(QgsPointXY(x, y))


def _commune_zones(
    places: Sequence[Commune],
    found: Prospection,
    stock: pd.DataFrame,
    sites: np.ndarray,
    graph: RoadGraph | None,
    mode: str,
    reach: float,
    unit: str,
    crs: str,
) -> QgsVectorLayer:
    """Communes with the sums of their prospects; ``white``: their middle is out of reach."""
    from ..zones.nearest import cost_to_nearest
    from ..zones.prospect_zones import by_commune

    cost = cost_to_nearest(sites, middles_of(places), graph, mode, max_gap=MIDDLE_GAP)
    access = {place.code: float(value) for place, value in zip(places, cost)}
    table = by_commune(found.prospects, stock, access, reach)
    rows = (
        ({**row, "nom": place.name, "cost_unit": unit}, as_multi(place.shape))
        for row, place in zip(table.to_dict("records"), places)
    )
    return memory_layer(ZONES, ZONE_FIELDS, "MultiPolygon", crs, rows)


def _hexagon_zones(
    found: Prospection,
    stock: pd.DataFrame,
    places: Sequence[Commune],
    crs: str,
    progress: Progress,
) -> QgsVectorLayer:
    """Hexagons with a score, the best first, called by their rank and the nearest commune."""
    from ..zones.prospect_zones import HEXAGON, by_hexagon

    located = stock[stock["px"].notna()]
    table = by_hexagon(found.prospects, located)
    nothing = table[table["score"] <= 0]
    if len(nothing):
        progress.say(
            "{count} hexagons whose {prospects} prospects all score zero are left out of the zones.",
            count=len(nothing),
            prospects=int(nothing["prospects"].sum()),
        )
    table = table[table["score"] > 0]
    names = _hexagon_names(table["x"].tolist(), table["y"].tolist(), places)
    side = HEXAGON / math.sqrt(3.0)
    corners = [math.radians(30 + 60 * step) for step in range(7)]
    rows = (
        (
            {**row, "codgeo": None, "nom": name, "white": False},
            QgsGeometry.fromMultiPolygonXY(
                [[[
                    QgsPointXY(row["x"] + side * math.cos(a), row["y"] + side * math.sin(a))
                    for a in corners
                ]]]
            ),
        )
        for row, name in zip(table.to_dict("records"), names)
    )  # fmt: skip
    return memory_layer(ZONES, ZONE_FIELDS, "MultiPolygon", crs, rows)


def _hexagon_names(x: Sequence[float], y: Sequence[float], places: Sequence[Commune]) -> list[str]:
    """``Hexagone 12, près de Rennes``: the rank, and the commune at the centre or nearest to it."""
    index = QgsSpatialIndex(QgsSpatialIndex.Flag.FlagStoreFeatureGeometries)
    for rank, place in enumerate(places):
        feature = QgsFeature(rank)
        feature.setGeometry(place.shape)
        index.addFeature(feature)
    names = []
    for rank, (east, north) in enumerate(zip(x, y), 1):
        near = index.nearestNeighbor(QgsPointXY(east, north), 1)
        beside = f", près {french.of(places[min(near)].name)}" if near else ""
        names.append(f"Hexagone {rank}{beside}")
    return names
