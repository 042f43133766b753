"""Catchment zones: ways of ranking, sites that share, what goes with the zones, threshold areas."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.catchment import catchment
from coodiag.coodiag_plugin.qgis_bridge.catchment_extras import lines_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph
from coodiag.coodiag_plugin.qgis_bridge.threshold_areas import read_demand, threshold_layer
from coodiag.coodiag_plugin.qgis_bridge.travel import Travel
from coodiag.coodiag_plugin.zones.graph import RoadGraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all places below are invented
Place = tuple[float, float]


def layer(name: str, rows: list[tuple[dict[str, Any], Place | None]]) -> QgsVectorLayer:
    columns = {key: TEXT if isinstance(value, str) else REAL for key, value in rows[0][0].items()}
    shapes = [
        QgsGeometry() if at is None else QgsGeometry.fromPointXY(QgsPointXY(X + at[0], Y + at[1]))
        for _, at in rows
    ]
    return memory_layer(name, columns, "Point", CRS, zip((row for row, _ in rows), shapes))


def square(west: float, south: float, side: float = 2000) -> QgsGeometry:
    w, s, e, n = X + west, Y + south, X + west + side, Y + south + side
    return QgsGeometry.fromWkt(f"Polygon(({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))")


def rows_of(made: QgsVectorLayer) -> list[dict[str, Any]]:
    names = made.fields().names()
    return [
        {**dict(zip(names, item.attributes())), "shape": item.geometry()}
        for item in made.getFeatures()
    ]


def known(value: Any) -> bool:
    return value is not None and not (hasattr(value, "isNull") and value.isNull())


@pytest.fixture(scope="module")
def roads(qgis_app: Any) -> QgsVectorLayer:
    """A grid of roads every kilometre over 12 × 12 km at 60 km/h."""
    columns = {
        "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
    }  # fmt: skip
    row = {
        "nature": "Route à 1 chaussée", "importance": "4", "sens_de_circulation": "Double sens",
        "vitesse_moyenne_vl": 60.0,
    }  # fmt: skip
    lines = []
    for step in range(13):
        for start in range(12):
            for a, b, c, d in ((start, step, start + 1, step), (step, start, step, start + 1)):
                points = [
                    QgsPointXY(X + 1000 * a, Y + 1000 * b),
                    QgsPointXY(X + 1000 * c, Y + 1000 * d),
                ]
                lines.append((row, QgsGeometry.fromPolylineXY(points)))
    return memory_layer("troncon_de_route", columns, "LineString", CRS, lines)


@pytest.fixture(scope="module")
def graph(roads: QgsVectorLayer) -> RoadGraph:
    return load_graph(roads, CRS, "car", Silent())


@pytest.fixture(scope="module")
def communes(qgis_app: Any) -> QgsVectorLayer:
    """Thirty-six square communes of 2 km, with their people."""
    rows = []
    for i in range(6):
        for j in range(6):
            west, south = X + 2000 * i, Y + 2000 * j
            box = f"Polygon(({west} {south}, {west + 2000} {south}, {west + 2000} {south + 2000}, {west} {south + 2000}, {west} {south}))"
            row = {
                "codgeo": f"35{900 + 6 * i + j}",
                "nom": f"Commune {i}{j}",
                "people": 100.0 * (1 + i),
            }
            rows.append((row, QgsGeometry.fromWkt(box)))
    return memory_layer(
        "communes", {"codgeo": TEXT, "nom": TEXT, "people": REAL}, "Polygon", CRS, rows
    )


@pytest.fixture(scope="module")
def sites(qgis_app: Any) -> QgsVectorLayer:
    return layer("sites", [({"nom": "Atelier"}, (3000, 3000)), ({"nom": "Dépôt"}, (9000, 9000))])


@pytest.fixture(scope="module")
def clients(qgis_app: Any) -> QgsVectorLayer:
    """Four hundred clients around the two sites, each with hours and an agency of their own."""
    random = np.random.default_rng(3)
    rows: list[tuple[dict[str, Any], Place | None]] = []
    for rank in range(400):
        corner = np.array([3000.0, 3000.0] if rank % 3 else [9000.0, 9000.0])
        at = np.clip(corner + random.normal(0, 1800, 2), 50, 11_950)
        agency = "Atelier" if bool(rank % 3) == bool(rank % 7) else "Dépôt"
        rows.append(({"heures": float(1 + rank % 4), "agence": agency}, (at[0], at[1])))
    rows.append(({"heures": 1.0, "agence": "Atelier"}, None))
    return layer("clients", rows)


def test_all_sites_less_each_leaves_nobody_told(qgis_app: Any) -> None:
    """A 30 + 30, B 20 + 25, C 3 + 27 people near and far: 53 − 30 − 20 would be the three of C."""
    at = [5000.0, 65_000.0, 125_000.0]
    row = {"codgeo": TEXT, "nom": TEXT}
    squares = [
        ({"codgeo": f"35{k:03d}", "nom": f"F{k}"}, square(2000 * k, -1000)) for k in range(70)
    ]
    places = memory_layer("communes", row, "Polygon", CRS, squares)
    people: list[tuple[dict[str, Any], Place | None]] = []
    for x, near, far in zip(at, (30, 20, 3), (30, 25, 27)):
        people += [({"n": 1.0}, (x + 100, 0.1 * rank)) for rank in range(near)]
        people += [({"n": 1.0}, (x + 8000, 0.1 * rank)) for rank in range(far)]
    options: dict[str, Any] = {"communes": places, "order": "distance", "thresholds": [30, 60]}
    options.update(outlier_km=0, progress=Silent())
    sites = layer("sites", [({"nom": name}, (x, 0.0)) for name, x in zip("ABC", at)])
    found = catchment(layer("clients", people), sites, **options)
    alone = rows_of(catchment(layer("clients", people), sites, each=False, **options).layer)
    assert [(row["site"], row["clients"]) for row in alone] == [("Ensemble", 53), ("Ensemble", 135)]
    table = {(row["site"], row["threshold"]): row for row in rows_of(found.layer)}
    counts = {key: row["clients"] for key, row in table.items() if known(row["clients"])}
    assert counts["A", 30] == 30 and counts["B", 30] == 20 and counts["Ensemble", 60] == 135
    assert ("Ensemble", 30) not in counts and not known(table["Ensemble", 30]["share"])


def test_zones_of_communes_hold_the_share_that_they_say(
    graph: RoadGraph, communes: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    found = catchment(
        clients, sites, communes=communes, graph=graph, outlier_km=0, bands=False,
        generalise=False, progress=Silent(),
    )  # fmt: skip
    points = [item.geometry() for item in clients.getFeatures() if item.hasGeometry()]
    zones = rows_of(found.layer)[:3]
    for zone in zones:
        inside = sum(zone["shape"].intersects(point) for point in points)
        assert inside == zone["clients"]
        assert zone["share"] == pytest.approx(100 * inside / len(points))
        assert "dans les communes à" in zone["label"] and zone["kind"] == "mesurée"
        assert zone["share"] >= zone["threshold"]
    assert zones[0]["shape"].difference(zones[2]["shape"]).area() < 1


def test_an_isopleth_tells_the_clients_that_it_holds(
    sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    """60 % of the density is not 60 % of the clients, and nothing about minutes."""
    points = [item.geometry() for item in clients.getFeatures() if item.hasGeometry()]
    for generalise in (True, False):
        found = catchment(
            clients, sites, order="distance", shape="density", outlier_km=0, bands=False,
            generalise=generalise, progress=Silent(),
        )  # fmt: skip
        zones = rows_of(found.layer)[:3]
        told = [zone for zone in zones if known(zone["clients"])]
        assert len(told) >= 2
        for zone in told:
            inside = sum(zone["shape"].intersects(point) for point in points)
            assert (inside, zone["share"]) == (zone["clients"], pytest.approx(inside / 4))
            threshold = f"{zone['threshold']:g}"
            assert f"isoplèthe de {threshold}\u00a0% de la densité\u00a0: " in zone["label"]
            assert zone["label"].endswith("% des clients") and not known(zone["reach"])
            assert zone["order"] == "densité des clients"
        assert told[0]["share"] != pytest.approx(60, abs=2)
        for zone in zones:
            beyond = 400 - sum(zone["shape"].intersects(point) for point in points)
            if generalise and 0 < beyond < 5:
                assert not known(zone["clients"]) and zone["label"].endswith("de la densité")


@pytest.mark.parametrize("shape", ["convex", "isochrone"])
def test_an_outline_tells_the_share_that_it_holds_beside(
    shape: str, graph: RoadGraph, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    """What is drawn around the nearest 60 % holds more of them; a share that is told is right."""
    points = [item.geometry() for item in clients.getFeatures() if item.hasGeometry()]
    one = layer("s", [({"nom": "Atelier"}, (3000, 3000))])
    shown = 0
    for stands, generalise in ((one, True), (one, False), (sites, True), (sites, False)):
        zones = rows_of(
            catchment(
                clients, stands, shape=shape, graph=graph, outlier_km=0, bands=False,
                generalise=generalise, progress=Silent(),
            ).layer
        )[:3]  # fmt: skip
        counts = {0, 400, *(zone["clients"] for zone in zones if known(zone["clients"]))}
        for zone in zones:
            inside = sum(zone["shape"].intersects(point) for point in points)
            part = zone["note"].partition("le contour dessiné en tient ")[2]
            if inside == zone["clients"]:
                assert not part
            elif part.endswith("%"):
                shown += 1
                assert float(part[:-2].replace(",", ".")) == pytest.approx(inside / 4, abs=0.051)
                if generalise:
                    assert stands is one
                    assert all(inside == n or abs(inside - n) >= 5 for n in counts)
                counts.add(inside)
            else:
                assert generalise and part in ("davantage", "moins")
                if known(zone["clients"]):
                    assert (inside > zone["clients"]) == (part == "davantage")
    assert shown > 3


def test_zones_of_the_same_clients_say_so(qgis_app: Any) -> None:
    crowd = layer("c", [({"n": 1.0}, (3000.0, 3000.0))] * 9 + [({"n": 1.0}, (5000.0, 3000.0))] * 6)
    site = layer("s", [({"nom": "Atelier"}, (3000, 3000))])
    options: dict[str, Any] = {"order": "distance", "shape": "convex", "outlier_km": 0}
    for bands in (True, False):
        found = catchment(
            crowd, site, thresholds=[20, 60, 95], bands=bands, progress=Silent(), **options
        )
        notes = [row["note"] for row in rows_of(found.layer)]
        assert "identique à la zone primaire" in notes[1]
        assert "identique" not in notes[0] + notes[2]


def test_a_weight_goes_by_its_alias(sites: QgsVectorLayer, clients: QgsVectorLayer) -> None:
    named = clients.clone()
    named.setFieldAlias(named.fields().indexOf("heures"), "heures facturées")
    options: dict[str, Any] = {"order": "distance", "shape": "convex", "weight": "heures"}
    for crowd, words in ((named, "heures facturées"), (clients, "heures")):
        row = rows_of(catchment(crowd, sites, progress=Silent(), **options).layer)[0]
        assert f"de «\u00a0{words}\u00a0»" in row["label"] and row["weight"] == "heures"
    people = layer("d", [({"pop": 10.0}, (3000.0 + 100 * k, 3000.0)) for k in range(40)])
    people.setFieldAlias(0, "habitants")
    ring = threshold_layer(sites, people, "pop", targets=[50], mode="distance", progress=Silent())
    row = rows_of(ring)[0]
    assert "«\u00a0habitants\u00a0»" in row["label"] and row["variable"] == "pop"


def test_who_lives_alone_cannot_be_seen_on_the_map(
    graph: RoadGraph, communes: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    """The communes drawn follow from the reach alone: whoever lives there."""
    options: dict[str, Any] = {"communes": communes, "graph": graph, "progress": Silent()}
    whole = catchment(clients, sites, **options)
    homes = whole.ground.home
    assert homes is not None
    alone = sorted(code for code in set(homes.tolist()) if code and (homes == code).sum() < 5)
    assert alone
    drawn = rows_of(catchment(clients, sites, bands=False, **options).layer)[:3]
    nearest = whole.ground.commune_costs(whole.ground.places).min(axis=0)
    assert whole.ground.area is not None
    for row in drawn:
        for place, cost in zip(whole.ground.area.communes, nearest):
            held = place.shape.intersection(row["shape"]).area() / place.shape.area()
            assert held == pytest.approx(1 if cost <= row["reach"] else 0, abs=1e-6)
    by_share = rows_of(
        catchment(
            clients, sites, order="commune", bands=False, thresholds=[60, 100], **options
        ).layer
    )
    shapes = {row["codgeo"]: row["shape"] for row in rows_of(communes)}
    for row in by_share[:2]:
        for code in alone:
            assert row["shape"].intersection(shapes[code]).area() < 1
    assert by_share[1]["status"] == "absent" and "communes de moins de 5" in by_share[1]["note"]
    assert by_share[1]["label"].endswith("% des clients, non atteint"), "no zone is promised"
    assert not known(by_share[1]["share"]) and not known(by_share[1]["clients"])


@pytest.mark.parametrize("shape", ["communes", "convex", "concave", "isochrone", "density"])
@pytest.mark.parametrize("field", [None, "agence"])
def test_split_gives_each_place_to_one_site(
    shape: str,
    field: str | None,
    graph: RoadGraph,
    communes: QgsVectorLayer,
    sites: QgsVectorLayer,
    clients: QgsVectorLayer,
) -> None:
    options: dict[str, Any] = {"communes": communes, "graph": graph, "shape": shape, "bands": False}
    options.update(site_field=field, progress=Silent())
    apart = rows_of(catchment(clients, sites, one_site=True, **options).layer)
    # Cut to its site, an isopleth may add too few clients to be drawn.
    seen = [
        row for row in apart if shape != "density" or row["clients"] or not row["shape"].isNull()
    ]
    mine = [row["shape"] for row in seen if row["site"] == "Atelier"]
    theirs = [row["shape"] for row in seen if row["site"] == "Dépôt"]
    assert mine and theirs
    assert all(shape.area() > 0 and shape.isGeosValid() for shape in mine + theirs)
    for one in mine:
        for two in theirs:
            assert one.intersection(two).area() < 1
    for inner, outer in zip(mine, mine[1:]):
        assert inner.difference(outer).area() < 1
    over = rows_of(catchment(clients, sites, **options).layer)
    if field:
        overlap = [
            row["shape"] for row in over if row["threshold"] == 95 and row["site"] != "Ensemble"
        ]
        assert overlap[0].intersection(overlap[1]).area() > 1e6
    assert {row["parting"] for row in over} == {"chevauchement"}
    assert {row["parting"] for row in apart} == {"chaque lieu à un seul site"}


def test_split_as_the_crow_flies_follows_the_bisector(
    sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    found = catchment(
        clients, sites, order="distance", shape="convex", one_site=True, site_field="agence",
        bands=False, progress=Silent(),
    )  # fmt: skip
    for row in rows_of(found.layer):
        if row["site"] == "Ensemble":
            continue
        near, far = (3000, 9000) if row["site"] == "Atelier" else (9000, 3000)
        for corner in row["shape"].vertices():
            x, y = corner.x() - X, corner.y() - Y
            assert math.hypot(x - near, y - near) <= math.hypot(x - far, y - far) + 1e-3


def test_kilometres_by_road_and_the_direction(roads: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    crowd = layer("c", [({"n": 1.0}, (3000.0 + 1000 * step, 5000.0)) for step in range(6)] * 2)
    options: dict[str, Any] = {
        "order": "distance",
        "shape": "convex",
        "graph": graph,
        "outlier_km": 0,
    }
    site = layer("s", [({"nom": "Atelier"}, (3000, 3000))])
    by_road = rows_of(
        catchment(
            crowd, site, distance="roads", thresholds=[100], progress=Silent(), **options
        ).layer
    )[0]
    assert by_road["reach"] == 7 and by_road["unit"] == "km"  # 5 km east and 2 km north
    assert by_road["order"] == "distance par la route"
    by_air = rows_of(
        catchment(
            crowd, site, thresholds=[100], generalise=False, progress=Silent(), **options
        ).layer
    )[0]
    assert by_air["reach"] == pytest.approx(math.hypot(5, 2))
    towards = rows_of(
        catchment(crowd, site, distance="roads", direction="to", progress=Silent(), **options).layer
    )
    assert towards[0]["order"] == "distance par la route vers le site"


def test_one_way_roads_make_two_directions_two_zones(qgis_app: Any) -> None:
    """A ring road of 8 km driven one way: a client 1 km ahead is 1 km away, or 7 km."""
    corners = [(0, 0), (2000, 0), (2000, 2000), (0, 2000), (0, 0)]
    columns = {
        "nature": TEXT,
        "importance": TEXT,
        "sens_de_circulation": TEXT,
        "vitesse_moyenne_vl": REAL,
    }
    row = {
        "nature": "Route à 1 chaussée",
        "importance": "4",
        "sens_de_circulation": "Sens direct",
        "vitesse_moyenne_vl": 60.0,
    }
    lines = [
        (
            row,
            QgsGeometry.fromPolylineXY(
                [QgsPointXY(X + a[0], Y + a[1]), QgsPointXY(X + b[0], Y + b[1])]
            ),
        )
        for a, b in zip(corners, corners[1:])
    ]
    graph = load_graph(memory_layer("r", columns, "LineString", CRS, lines), CRS, "car", Silent())
    site = layer("s", [({"nom": "Atelier"}, (500, 0))])
    crowd = layer("c", [({"n": 1.0}, (1500.0, 0.0))] * 6)
    for direction, minutes in (("from", 1), ("to", 7)):
        found = catchment(
            crowd, site, graph=graph, shape="isochrone", direction=direction, progress=Silent()
        )
        zone = rows_of(found.layer)[0]
        assert zone["reach"] == minutes
        assert zone["shape"].contains(QgsGeometry.fromPointXY(QgsPointXY(X + 1500, Y)))
    # One minute towards the site starts behind it, not ahead.
    behind = layer("c", [({"n": 1.0}, (100.0, 0.0))] * 6)
    zone = rows_of(
        catchment(
            behind, site, graph=graph, shape="isochrone", direction="to", progress=Silent()
        ).layer
    )[0]
    assert zone["reach"] == 1
    assert zone["shape"].contains(QgsGeometry.fromPointXY(QgsPointXY(X + 100, Y)))
    assert not zone["shape"].contains(QgsGeometry.fromPointXY(QgsPointXY(X + 1450, Y)))


@pytest.mark.parametrize("centre", ["mean", "median"])
def test_ranked_from_the_centre_of_the_clients(centre: str, sites: QgsVectorLayer) -> None:
    crowd = layer(
        "c", [({"n": 1.0}, (6000.0 + dx, 3000.0)) for dx in (-200, -100, 0, 100, 200)] * 3
    )
    options: dict[str, Any] = {"order": "distance", "shape": "convex", "thresholds": [100]}
    options.update(generalise=False, outlier_km=0, progress=Silent())
    row = rows_of(catchment(crowd, sites, centre=centre, **options).layer)[0]
    assert row["reach"] == pytest.approx(0.2, abs=1e-4)
    assert row["centre"] == (
        "centre moyen des clients" if centre == "mean" else "centre médian des clients"
    )


def test_a_site_of_few_clients_is_not_given_away_by_the_others(qgis_app: Any) -> None:
    three = layer(
        "s", [({"nom": name}, (x, 0.0)) for name, x in (("A", 0), ("B", 5000), ("C", 10_000))]
    )
    rows = [({"n": 1.0}, (10.0 * k, 0.0)) for k in range(40)]
    rows += [({"n": 1.0}, (5000.0 + k, 0.0)) for k in range(3)]
    rows += [({"n": 1.0}, (10_000.0 + k, 0.0)) for k in range(20)]
    found = catchment(
        layer("c", rows), three, order="distance", shape="convex", outlier_km=0, progress=Silent()
    )
    states = {row["site"]: row["status"] for row in rows_of(found.layer) if row["threshold"] == 60}
    # B has three clients; all together minus A minus C would tell it, so C is hidden too.
    assert states == {"Ensemble": "connu", "A": "connu", "B": "secret", "C": "secret"}
    assert all(row["shape"].isNull() for row in rows_of(found.layer) if row["site"] in ("B", "C"))


Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(provider: QgsProcessingProvider) -> Run:
    import processing

    def runs(name: str, **given: Any) -> dict[str, Any]:
        return dict(processing.run(f"coodiag:{name}", given))

    return runs


MORE = dict.fromkeys(("ZONES", "CENTRES", "SPREAD", "LINES", "FORECAST"), "memory:")


def test_all_outputs_through_processing(
    run: Run,
    roads: QgsVectorLayer,
    communes: QgsVectorLayer,
    sites: QgsVectorLayer,
    clients: QgsVectorLayer,
) -> None:
    given = {"CLIENTS": clients, "SITES": sites, "COMMUNES": communes, "ROADS": roads}
    assert set(run("catchment", **given, ZONES="memory:")) == {"ZONES"}
    out = run("catchment", **given, OUTLIERS=0, **MORE)
    centres, spread = rows_of(out["CENTRES"]), rows_of(out["SPREAD"])
    assert [(row["site"], row["centre"]) for row in centres][:3] == [
        ("Ensemble", "moyen"), ("Ensemble", "médian"), ("Atelier", "moyen"),
    ]  # fmt: skip
    assert all(row["status"] == "connu" and row["part"] <= 100 for row in centres)
    assert {row["figure"] for row in spread} == {"circle", "ellipse"}
    for row in spread:
        assert row["shape"].isGeosValid() and 0 < row["within"] <= 100
        radius = row["standard_distance"]
        area = (
            math.pi * radius**2
            if row["figure"] == "circle"
            else math.pi * row["major"] * row["minor"]
        )
        assert row["shape"].area() == pytest.approx(area, rel=1e-3)
    lines = rows_of(out["LINES"])
    assert lines and all(row["clients"] >= 5 and row["kind"] == "mesurée" for row in lines)
    middles = [row["shape"].pointOnSurface().asPoint() for row in rows_of(communes)]
    for row in lines:
        start, end = row["shape"].asPolyline()
        assert min(start.distance(middle) for middle in middles) < 1e-6
        assert min(end.distance(QgsPointXY(X + at, Y + at)) for at in (3000, 9000)) < 1e-6
    rings = rows_of(out["FORECAST"])
    assert [row["site"] for row in rings] == ["Atelier", "Dépôt"]
    for row in rings:
        assert row["kind"] == "prévue" and row["share"] >= row["percentile"] == 80
        assert row["shape"].area() > 0 and row["value"] == int(row["value"])
    assert {row["kind"] for row in rows_of(out["ZONES"])} == {"mesurée"}


def test_the_ring_is_the_percentile_of_the_observed_times(
    run: Run, roads: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    given = {
        "CLIENTS": clients,
        "SITES": sites,
        "ROADS": roads,
        "SHAPE": "isochrone",
        "OUTLIERS": 0,
    }
    out = run(
        "catchment", **given, GENERALISE=False, PERCENTILE=80, ZONES="memory:", FORECAST="memory:"
    )
    zone = next(row for row in rows_of(out["ZONES"]) if row["threshold"] == 80)
    ring = rows_of(out["FORECAST"])[0]
    assert ring["value"] == pytest.approx(zone["reach"]) and ring["share"] == pytest.approx(
        zone["share"]
    )


def test_private_lines_and_the_clients_left_out(
    run: Run, communes: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    given = {
        "CLIENTS": clients,
        "SITES": sites,
        "ORDER": "distance",
        "SHAPE": "convex",
        "OUTLIERS": 3.0,
    }
    out = run(
        "catchment", **given, GENERALISE=False, ZONES="memory:", LINES="memory:", EXCLUDED="memory:"
    )
    lines, left = rows_of(out["LINES"]), rows_of(out["EXCLUDED"])
    assert len(lines) + len(left) == clients.featureCount()
    assert {row["reason"] for row in left} == {"écarté comme très éloigné", "sans position"}
    assert all(row["km"] > 3 for row in left if row["reason"].startswith("écarté"))
    assert "heures" in out["EXCLUDED"].fields().names()
    for row in lines:
        assert (
            row["shape"].length() / 1000 == pytest.approx(row["km"]) == pytest.approx(row["cost"])
        )
    with pytest.raises(QgsProcessingException, match="about persons"):
        run("catchment", **given, ZONES="memory:", EXCLUDED="memory:")
    with pytest.raises(QgsProcessingException, match="made of communes"):
        run("catchment", **given, ZONES="memory:", CENTRES="memory:")


def test_no_count_of_a_few_in_what_may_be_shared(
    communes: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    found = catchment(
        clients, sites, order="distance", communes=communes, weight="heures", progress=Silent()
    )
    shown = {
        (row["site"], row["codgeo"]): row["clients"]
        for row in rows_of(lines_layer(found, Silent()))
    }
    homes, ranked = found.ground.home, found.ground.ranked
    assert homes is not None
    real: dict[tuple[str, str], int] = {}
    for code, site in zip(homes[ranked].tolist(), found.site[ranked].tolist()):
        key = (found.ground.names[site], code)
        real[key] = real.get(key, 0) + 1
    assert shown and all(shown[key] == real[key] for key in shown)
    for name in found.ground.names:  # nobody can be told from the total of a site
        rest = [count for key, count in real.items() if key[0] == name and key not in shown]
        assert not rest or (len(rest) > 1 and sum(rest) >= 5)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    places=st.lists(
        st.tuples(st.integers(100, 11_900), st.integers(100, 11_900), st.integers(0, 3)),
        min_size=6, max_size=60,
    ).filter(lambda rows: sum(weight for *_, weight in rows) > 0),
    shape=st.sampled_from(["communes", "convex", "density"]),
    order=st.sampled_from(["distance", "commune"]),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_properties_of_any_crowd(
    places: list[tuple[int, int, int]],
    shape: str,
    order: str,
    seed: int,
    communes: QgsVectorLayer,
    sites: QgsVectorLayer,
) -> None:
    """Shares rise and hold their threshold, bands stay apart, sums hold, row order is nothing."""
    rows = [({"w": float(w)}, (float(x), float(y))) for x, y, w in places]
    options: dict[str, Any] = {"order": order, "shape": shape, "communes": communes, "weight": "w"}
    options.update(generalise=False, min_count=1, outlier_km=0, progress=Silent())
    found = catchment(layer("c", rows), sites, **options)
    table = rows_of(found.layer)
    assert sum(found.counts.values()) == len(rows)
    total = sum(row["w"] for row, _ in rows)
    for name in ("Ensemble", "Atelier", "Dépôt"):
        zones = [row for row in table if row["site"] == name and known(row["share"])]
        for zone in zones:
            assert shape == "density" or zone["share"] >= zone["threshold"] - 1e-9
            if name == "Ensemble":
                assert zone["held"] == pytest.approx(zone["share"] / 100 * total)
        for inner, outer in zip(zones, zones[1:]):
            assert inner["share"] <= outer["share"] + 1e-9 and inner["clients"] <= outer["clients"]
            assert inner["shape"].intersection(outer["shape"]).area() < 1
    nested = [
        r["shape"]
        for r in rows_of(catchment(layer("c", rows), sites, bands=False, **options).layer)[:3]
    ]
    for inner, outer in zip(nested, nested[1:]):
        assert inner.difference(outer).area() < 1
    mixed = [rows[at] for at in np.random.default_rng(seed).permutation(len(rows))]
    again = rows_of(catchment(layer("c", mixed), sites, **options).layer)
    for one, two in zip(table, again):
        for key in ("site", "share", "clients", "reach", "held", "label"):
            assert known(one[key]) == known(two[key])
            assert not known(one[key]) or one[key] == pytest.approx(two[key])
        assert (
            one["shape"].symDifference(two["shape"]).area() < 1
            if not one["shape"].isNull()
            else True
        )


OVERSEAS = {"EPSG:2975": (55.45, -21.1), "EPSG:5490": (-61.0, 14.6), "EPSG:2972": (-52.3, 4.9)}


@pytest.mark.parametrize("crs", OVERSEAS)
def test_overseas_is_measured_in_its_own_projection(crs: str, qgis_app: Any) -> None:
    lon, lat = OVERSEAS[crs]
    at = QgsGeometry.fromPointXY(QgsPointXY(lon, lat))
    near = QgsGeometry.fromPointXY(QgsPointXY(lon, lat + 0.009))  # one kilometre to the north
    one = memory_layer("s", {"nom": TEXT}, "Point", "EPSG:4326", [({"nom": "Atelier"}, at)])
    crowd = memory_layer("c", {"n": REAL}, "Point", "EPSG:4326", [({"n": 1.0}, near)] * 6)
    options: dict[str, Any] = {"order": "distance", "shape": "convex", "progress": Silent()}
    found = catchment(crowd, one, generalise=False, **options).layer
    assert found.crs().authid() == crs
    assert rows_of(found)[0]["reach"] == pytest.approx(1, abs=0.01)


def test_a_crowd_on_both_sides_of_the_antimeridian_is_refused(qgis_app: Any) -> None:
    ends = [QgsGeometry.fromPointXY(QgsPointXY(lon, -13.3)) for lon in (-179.9, 179.9)]
    crowd = memory_layer("c", {"n": REAL}, "Point", "EPSG:4326", [({"n": 1.0}, at) for at in ends])
    with pytest.raises(InputError, match="does not lie in France"):
        catchment(crowd, crowd, order="distance", shape="convex", progress=Silent())


def test_zero_weights_and_an_island_without_a_road(
    graph: RoadGraph, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    idle = layer("c", [({"w": 0.0}, (3000.0 + k, 3000.0)) for k in range(8)])
    options: dict[str, Any] = {"communes": communes, "graph": graph, "progress": Silent()}
    for row in rows_of(catchment(idle, sites, weight="w", **options).layer):
        assert row["clients"] == 0 and not known(row["share"]) and row["shape"].isNull()
    island = memory_layer(
        "communes", {"codgeo": TEXT, "nom": TEXT}, "Polygon", CRS,
        [
            ({"codgeo": row["codgeo"], "nom": row["nom"]}, row["shape"])
            for row in rows_of(communes)
        ]
        + [({"codgeo": "35999", "nom": "Île"}, square(40_000, 40_000))],
    )  # fmt: skip
    crowd = layer(
        "c",
        [({"w": 1.0}, (3000.0 + k, 3000.0)) for k in range(8)]
        + [({"w": 1.0}, (41_000.0, 41_000.0))],
    )
    found = catchment(crowd, sites, communes=island, graph=graph, progress=Silent())
    assert found.counts["unreachable"] == 1 and found.counts["ranked"] == 8


# Threshold areas


def test_a_ring_holds_its_target_exactly(sites: QgsVectorLayer) -> None:
    """Points of ten people every 100 m on a line: 35 people are within 300 m (4 points)."""
    people = layer("d", [({"n": 10.0}, (3000.0 + 100 * k, 3000.0)) for k in range(40)])
    one = layer("s", [({"nom": "Atelier"}, (3000, 3000))])
    made = rows_of(
        threshold_layer(
            one, people, "n", targets=[35, 400, 401], mode="distance", progress=Silent()
        )
    )
    by_target = {row["target"]: row for row in made}
    assert [row["target"] for row in made] == [401, 400, 35]
    small = by_target[35]
    assert (small["value"], small["places"], small["status"]) == (40, 4, "atteint")
    assert small["reach"] == pytest.approx(0.3) and small["gap"] == pytest.approx(14.3)
    assert small["kind"] == "prévue" and small["mode"] == "distance à vol d’oiseau"
    assert small["shape"].area() == pytest.approx(math.pi * 300**2, rel=2e-3)
    assert by_target[400]["value"] == 400 and by_target[400]["reach"] == pytest.approx(3.9)
    never = by_target[401]
    assert never["status"] == "non atteint" and never["value"] == 400
    assert never["shape"].isNull() and not known(never["reach"])
    made = rows_of(
        threshold_layer(
            one, people, "n", targets=[41], tolerance=5, mode="distance", progress=Silent()
        )
    )
    assert made[0]["value"] == 40 and made[0]["gap"] == pytest.approx(-2.4)


def test_communes_are_spread_over_their_surface(
    run: Run,
    roads: QgsVectorLayer,
    communes: QgsVectorLayer,
    sites: QgsVectorLayer,
    graph: RoadGraph,
) -> None:
    given = {
        "SITES": sites,
        "DEMAND": communes,
        "COUNT": "people",
        "ROADS": roads,
        "OUTPUT": "memory:",
    }
    out = rows_of(run("thresholdareas", TARGETS="1000,4000", **given)["OUTPUT"])
    assert [(row["site"], row["target"]) for row in out] == [
        ("Atelier", 4000), ("Dépôt", 4000), ("Atelier", 1000), ("Dépôt", 1000),
    ]  # fmt: skip
    for row in out:
        assert row["target"] <= row["value"] < 1.1 * row["target"]
    # The polygon as drawn holds the places that were counted.
    demand = read_demand(communes, "people", CRS, "surface", Travel(graph))
    for row in out:
        inside = np.array(
            [
                row["shape"].contains(QgsGeometry.fromPointXY(QgsPointXY(*place)))
                for place in demand.places.tolist()
            ]
        )
        assert demand.counts[inside].sum() == pytest.approx(row["value"], rel=0.03)
    large, small = out[0]["shape"], out[2]["shape"]
    assert small.difference(large).area() < 1
    whole = rows_of(run("thresholdareas", TARGETS="12600", SPREAD="middle", **given)["OUTPUT"])
    assert all(row["value"] == pytest.approx(12_600) and row["places"] == 36 for row in whole)


@pytest.mark.parametrize("by_road", [True, False])
def test_split_areas_count_each_place_once(
    by_road: bool, graph: RoadGraph, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    made = rows_of(threshold_layer(
        sites, communes, "people", targets=[1500, 1e9], mode="distance", one_site=True,
        graph=graph if by_road else None, progress=Silent(),
    ))  # fmt: skip
    assert sum(row["value"] for row in made if row["target"] == 1e9) == pytest.approx(12_600)
    one, two = (row["shape"] for row in made if row["target"] == 1500)
    assert one.area() > 0 and two.area() > 0 and one.intersection(two).area() < 1


def test_threshold_areas_refuse_in_a_sentence(
    run: Run, communes: QgsVectorLayer, sites: QgsVectorLayer, graph: RoadGraph
) -> None:
    given = {"SITES": sites, "DEMAND": communes, "COUNT": "people", "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException, match="road layer"):
        run("thresholdareas", **given)
    with pytest.raises(QgsProcessingException, match="above zero"):
        run("thresholdareas", MODE="distance", TARGETS="0,5", **given)
    rates = layer("d", [({"taux_chomage": 12.0}, (0.0, 0.0))])
    with pytest.raises(InputError, match="taux_chomage cannot be summed up"):
        threshold_layer(
            sites, rates, "taux_chomage", targets=[5], mode="distance", progress=Silent()
        )
    far = layer("s", [({"nom": "Loin"}, (90_000, 0))])
    with pytest.raises(InputError, match="within 1000 m of a road"):
        threshold_layer(far, communes, "people", targets=[5], graph=graph, progress=Silent())
    nobody = layer("s", [({"nom": "Nulle part"}, None)])
    with pytest.raises(InputError, match="No site is located"):
        threshold_layer(nobody, communes, "people", targets=[5], mode="distance", progress=Silent())
    with pytest.raises(InputError, match="no field"):
        threshold_layer(sites, communes, "rien", targets=[5], mode="distance", progress=Silent())
    unknown = layer("d", [({"n": math.nan}, (0.0, 0.0))])
    with pytest.raises(InputError, match="known figure"):
        threshold_layer(sites, unknown, "n", targets=[5], mode="distance", progress=Silent())
