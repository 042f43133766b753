"""Isochrones and catchment zones through QGIS layers and the algorithms."""

from __future__ import annotations

from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled, CoodiagError, InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.catchment import catchment
from coodiag.coodiag_plugin.qgis_bridge.isochrones import isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph
from coodiag.processing_algorithms.catchment import Catchment
from coodiag.processing_algorithms.isochrones import Isochrones
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all places below are invented


class Listening(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    warn = say

    def part(self, start: float, end: float) -> Listening:
        return self


def wkt(text: str) -> QgsGeometry:
    shape = QgsGeometry.fromWkt(text)
    shape.translate(X, Y)
    return shape


@pytest.fixture
def roads() -> QgsVectorLayer:
    """A grid of roads every kilometre over 12 × 12 km, 60 km/h, BD TOPO fields."""
    rows = []
    for step in range(13):
        for start in range(12):
            for ends in (
                (start, step, start + 1, step),
                (step, start, step, start + 1),
            ):
                a, b, c, d = (1000 * value for value in ends)
                rows.append(
                    (
                        {
                            "nature": "Route à 1 chaussée",
                            "importance": "4",
                            "sens_de_circulation": "Double sens",
                            "vitesse_moyenne_vl": 60.0,
                        },
                        wkt(f"LineString({a} {b}, {c} {d})"),
                    )
                )
    columns = {
        "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
    }  # fmt: skip
    return memory_layer("troncon_de_route", columns, "LineString", CRS, rows)


@pytest.fixture
def communes() -> QgsVectorLayer:
    """Nine square communes of 4 km."""
    rows = []
    for i in range(3):
        for j in range(3):
            west, south = 4000 * i, 4000 * j
            box = f"{west} {south}, {west + 4000} {south}, {west + 4000} {south + 4000}, {west} {south + 4000}, {west} {south}"
            rows.append(({"codgeo": f"3599{3 * i + j}"}, wkt(f"Polygon(({box}))")))
    return memory_layer("communes", {"codgeo": TEXT}, "Polygon", CRS, rows)


def points(
    name: str, rows: list[tuple[dict[str, Any], tuple[float, float] | None]]
) -> QgsVectorLayer:
    columns = {key: (TEXT if isinstance(value, str) else REAL) for key, value in rows[0][0].items()}
    return memory_layer(
        name,
        columns,
        "Point",
        CRS,
        [
            (
                row,
                QgsGeometry()
                if at is None
                else QgsGeometry.fromPointXY(QgsPointXY(X + at[0], Y + at[1])),
            )
            for row, at in rows
        ],
    )


@pytest.fixture
def sites() -> QgsVectorLayer:
    return points("sites", [({"nom": "Atelier"}, (3000, 3000)), ({"nom": "Dépôt"}, (9000, 9000))])


@pytest.fixture
def clients() -> QgsVectorLayer:
    """One hundred clients on and beside the roads, thinning out from the two sites."""
    rows: list[tuple[dict[str, Any], tuple[float, float] | None]] = []
    for rank in range(100):
        corner = (3000, 3000) if rank % 2 else (9000, 9000)
        away = (rank // 2) * 60
        shift = (away, 30) if rank % 4 < 2 else (-20, -away)
        rows.append(({"heures": float(1 + rank % 3)}, (corner[0] + shift[0], corner[1] + shift[1])))
    rows.append(({"heures": 2.0}, None))
    rows.append(({"heures": 2.0}, (40_000, 3000)))
    return points("clients", rows)


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [
        {**dict(zip(layer.fields().names(), item.attributes())), "shape": item.geometry()}
        for item in layer.getFeatures()
    ]


def test_rings_are_nested_and_bands_apart(roads: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    nested, failed = isochrone_layer(graph, sites, values=[5, 2, 4], progress=Silent())
    assert failed.featureCount() == 0
    assert nested.fields().names() == [
        "nom", "value", "mode", "engine", "inside_error", "outside_error",
    ]  # fmt: skip
    rings = rows_of(nested)
    assert [row["value"] for row in rings] == [5, 5, 4, 4, 2, 2]
    for name in ("Atelier", "Dépôt"):
        large, middle, small = (row["shape"] for row in rings if row["nom"] == name)
        assert large.isGeosValid() and middle.isGeosValid() and small.isGeosValid()
        assert small.difference(middle).area() < 1 and middle.difference(large).area() < 1
    # 4 minutes at 60 km/h on a grid: a lozenge whose tips lie 4 km away.
    lozenge = next(row["shape"] for row in rings if row["nom"] == "Atelier" and row["value"] == 4)
    assert lozenge.boundingBox().xMaximum() == pytest.approx(X + 7000, abs=60)
    assert all(row["outside_error"] <= 5 for row in rings)

    bands, _ = isochrone_layer(graph, sites, values=[2, 4, 5], rings="bands", progress=Silent())
    cut = [row["shape"] for row in rows_of(bands) if row["nom"] == "Atelier"]
    assert cut[0].intersection(cut[1]).area() < 1 and cut[1].intersection(cut[2]).area() < 1
    whole = next(row["shape"] for row in rings if row["nom"] == "Atelier")
    assert sum(shape.area() for shape in cut) == pytest.approx(whole.area())


def test_nearest_shares_and_merged_joins(roads: QgsVectorLayer) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    sites = points("s", [({"nom": "ouest"}, (3000, 6000)), ({"nom": "est"}, (9000, 6000))])
    layers = {
        merge: rows_of(
            isochrone_layer(graph, sites, values=[4, 8], merge=merge, progress=Silent())[0]
        )
        for merge in ("each", "merged", "nearest")
    }
    large = {name: [r["shape"] for r in rows if r["value"] == 8] for name, rows in layers.items()}
    a, b = large["nearest"]
    assert a.intersection(b).area() < 1
    assert large["each"][0].intersection(large["each"][1]).area() > 1e6
    (joined,) = large["merged"]
    assert a.area() + b.area() == pytest.approx(joined.area(), rel=0.02)
    for shape in large["each"]:
        assert shape.difference(joined).area() < 1
    assert layers["merged"][0]["nom"] is None or not layers["merged"][0]["nom"]
    for east, north in ((1, 1), (3, 6), (5, 11)):
        for owner, other, x in ((a, b, 1000 * east), (b, a, 12_000 - 1000 * east)):
            place = wkt(f"Point({x} {1000 * north})")
            assert owner.contains(place) and not other.contains(place)


def test_failed_points_keep_their_fields_and_say_why(roads: QgsVectorLayer) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    places = points(
        "points",
        [
            ({"value": "bon"}, (3000, 3000)),
            ({"value": "loin"}, (90_000, 0)),
            ({"value": "nulle part"}, None),
            ({"value": "à l’écart"}, (3500, 3400)),
        ],
    )
    output, failed = isochrone_layer(graph, places, values=[3, 10], progress=Silent())
    reasons = {row["value"]: row["reason"] for row in rows_of(failed)}
    assert reasons == {
        "loin": "à plus de 1\u202f000 m d’une route",
        "nulle part": "sans coordonnées",
        "à l’écart": "rien d’accessible en 3 min",
    }
    assert "value_2" in output.fields().names()
    assert {(r["value_2"], r["value"]) for r in rows_of(output)} == {
        ("bon", 3), ("bon", 10), ("à l’écart", 10),
    }  # fmt: skip
    with pytest.raises(InputError, match="covers the territory"):
        isochrone_layer(graph, points("p", [({"a": "b"}, (9e5, 0))]), values=[3], progress=Silent())


def test_lines_without_attributes_take_one_speed_and_say_so(sites: QgsVectorLayer) -> None:
    bare = memory_layer(
        "lignes", {}, "MultiLineString", CRS, [({}, wkt("MultiLineString((0 3000, 6000 3000))"))]
    )
    progress = Listening()
    graph = load_graph(bare, CRS, "car", progress)
    assert any("30 km/h" in sentence for sentence in progress.said)
    assert graph.forward.sum() == pytest.approx(6000 / (30 / 3.6))


def test_roads_in_another_projection_give_the_same_graph(roads: QgsVectorLayer) -> None:
    transform = QgsCoordinateTransform(
        roads.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance()
    )
    moved = []
    for row in rows_of(roads):
        shape = QgsGeometry(row.pop("shape"))
        shape.transform(transform)
        moved.append((row, shape))
    columns = {field.name(): field.type() for field in roads.fields()}
    degrees = memory_layer("wgs84", columns, "LineString", "EPSG:4326", moved)
    one, two = (load_graph(layer, CRS, "car", Silent()) for layer in (roads, degrees))
    assert len(one.u) == len(two.u) == 312
    assert two.length.sum() == pytest.approx(one.length.sum(), rel=1e-6)


def test_zones_per_site_and_together(
    roads: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer, communes: QgsVectorLayer
) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    result = catchment(clients, sites, communes=communes, graph=graph, progress=Silent())
    assert sum(result.counts.values()) == clients.featureCount()
    assert result.counts["no_place"] == 1 and result.counts["no_commune"] == 1
    rows = rows_of(result.layer)
    assert [row["site"] for row in rows] == ["Ensemble"] * 3 + ["Atelier"] * 3 + ["Dépôt"] * 3
    for row in rows:
        assert row["share"] >= row["threshold"]
        assert row["status"] == "connu"
    together = rows[:3]
    assert [row["zone"] for row in together] == ["primaire", "secondaire", "tertiaire"]
    assert [row["clients"] for row in together] == sorted(row["clients"] for row in together)
    assert together[0]["label"] == (
        "Zone primaire\u00a0: 67\u00a0% des clients, dans la commune de leur site"
    )
    assert "dans les communes à" in together[1]["label"]
    for name in ("Ensemble", "Atelier"):
        shapes = [row["shape"] for row in rows if row["site"] == name and not row["shape"].isNull()]
        for rank, shape in enumerate(shapes):
            for other in shapes[:rank]:
                assert shape.intersection(other).area() < 1


@pytest.mark.parametrize("shape", ["concave", "convex", "isochrone", "density"])
def test_every_shape_is_drawn_and_nested(
    shape: str, roads: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    # Whatever an isopleth adds: the one of 95 % may add too few clients to be drawn.
    least = 1 if shape == "density" else 5
    result = catchment(
        clients, sites, shape=shape, graph=graph, bands=False, min_count=least, progress=Silent()
    )
    inner, middle, outer = (row["shape"] for row in rows_of(result.layer)[:3])
    assert inner.isGeosValid() and outer.isGeosValid()
    assert 0 < inner.area() <= middle.area() <= outer.area()
    assert inner.difference(outer).area() < 1


@pytest.mark.parametrize("shape", ["concave", "convex"])
def test_no_vertex_of_a_shareable_hull_is_a_client(
    shape: str, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    zones = catchment(clients, sites, order="distance", shape=shape, progress=Silent()).layer
    places = [item.geometry().asPoint() for item in clients.getFeatures() if item.hasGeometry()]
    for row in rows_of(zones):
        for vertex in row["shape"].vertices():
            assert min(place.distance(vertex.x(), vertex.y()) for place in places) > 1
        assert row["reach"] == int(row["reach"])


def test_a_zone_that_adds_too_few_is_hidden(sites: QgsVectorLayer) -> None:
    rows = [({"n": 1.0}, (3000.0, 3000.0))] * 18 + [({"n": 1.0}, (6000.0, 3000.0))] * 2
    options: dict[str, Any] = {"order": "distance", "shape": "convex", "thresholds": [60, 95]}
    options.update(outlier_km=0, progress=Silent())
    zones = catchment(points("c", rows), sites, generalise=False, **options).layer
    primary, secondary = rows_of(zones)[:2]
    assert (primary["clients"], primary["share"], primary["status"]) == (18, 90, "connu")
    assert secondary["status"] == "secret"
    zones = catchment(points("c", rows), sites, **options).layer
    primary, secondary = rows_of(zones)[:2]
    # Its count and its share would tell that two clients live beyond.
    assert primary["status"] == "secret" and not primary["clients"] and not primary["share"]
    assert primary["reach"] == 0 and primary["shape"].area() > 0
    assert not secondary["clients"] and not secondary["share"] and not secondary["reach"]
    assert secondary["shape"].isNull()
    assert "au moins 95" in secondary["label"]


def test_sites_named_by_the_clients(sites: QgsVectorLayer) -> None:
    rows = [({"agence": "DÉPÔT "}, (3000.0 + 10 * n, 3000.0)) for n in range(10)]
    rows.append(({"agence": "inconnue"}, (3000.0, 3000.0)))
    progress = Listening()
    result = catchment(
        points("c", rows), sites, site_field="agence", order="distance", shape="convex",
        progress=progress,
    )  # fmt: skip
    assert result.site.tolist() == [1] * 10 + [0]
    assert any("1 clients name no known site" in sentence for sentence in progress.said)


def test_by_commune_share(
    sites: QgsVectorLayer, clients: QgsVectorLayer, communes: QgsVectorLayer
) -> None:
    result = catchment(
        clients, sites, order="commune", communes=communes, weight="heures", progress=Silent()
    )
    rows = rows_of(result.layer)[:3]
    assert all(row["share"] >= row["threshold"] for row in rows)
    assert rows[0]["order"] == "part des communes" and rows[0]["unit"] == "km"
    assert result.counts["no_commune"] == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "needs a road layer"),
        ({"order": "distance", "shape": "isochrone"}, "isochrone"),
        ({"order": "distance"}, "COMMUNES"),
        ({"order": "distance", "shape": "convex", "thresholds": [120]}, "thresholds"),
    ],
)
def test_what_cannot_work_is_refused_in_a_sentence(
    options: dict[str, Any], sentence: str, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    with pytest.raises(CoodiagError) as refused:
        catchment(clients, sites, **options, progress=Silent())
    assert sentence in str(refused.value)


def test_roads_elsewhere_and_nobody_located_are_refused(
    roads: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    away = points("c", [({"n": 1.0}, (80_000.0 + n, 0.0)) for n in range(6)])
    with pytest.raises(InputError, match="do not cover the territory"):
        catchment(away, sites, graph=graph, shape="convex", progress=Silent())
    nowhere = points("c", [({"n": 1.0}, None)])
    with pytest.raises(InputError, match="No client is located"):
        catchment(nowhere, sites, order="distance", shape="convex", progress=Silent())
    with pytest.raises(InputError, match="No site is located"):
        catchment(away, nowhere, order="distance", shape="convex", progress=Silent())


def run(algorithm: Any, parameters: dict[str, Any]) -> tuple[dict[str, Any], QgsProcessingContext]:
    algorithm = algorithm.create()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    fine, message = algorithm.checkParameterValues(parameters, context)
    if not fine:
        raise QgsProcessingException(message)
    results, good = algorithm.run(parameters, context, QgsProcessingFeedback(), {}, False)
    assert good
    return results, context


def test_the_algorithms_run(
    roads: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer, communes: QgsVectorLayer
) -> None:
    given: dict[str, Any] = {"INPUT": sites, "ROADS": roads, "VALUES": "3;6", "MODE": "distance",
                             "OUTPUT": "memory:", "FAILED": "memory:"}  # fmt: skip
    results, context = run(Isochrones(), given)
    assert context.takeResultLayer(results["OUTPUT"]).featureCount() == 4
    assert context.takeResultLayer(results["FAILED"]).featureCount() == 0
    given = {"CLIENTS": clients, "SITES": sites, "COMMUNES": communes, "ROADS": roads,
             "ZONES": "memory:"}  # fmt: skip
    results, context = run(Catchment(), given)
    zones = context.takeResultLayer(results["ZONES"])
    assert zones.featureCount() == 9
    assert zones.crs().authid() == CRS


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ENGINE": "pgrouting"}, "needs a database"),
        ({"ROADS": None}, "road layer"),
        ({"VALUES": "cinq"}, "VALUES"),
        ({"VALUES": "0,5"}, "above zero"),
    ],
)
def test_bad_parameters_are_refused_before_the_run(
    change: dict[str, Any], sentence: str, roads: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    given = {"INPUT": sites, "ROADS": roads, "OUTPUT": "memory:", **change}
    with pytest.raises(QgsProcessingException, match=sentence):
        run(Isochrones(), given)


@pytest.mark.parametrize("algorithm", [Isochrones, Catchment])
def test_every_parameter_has_help(algorithm: Any) -> None:
    made = algorithm()
    made.initAlgorithm({})
    assert all(parameter.help() for parameter in made.parameterDefinitions())


@pytest.mark.parametrize("shape", ["communes", "concave", "convex", "isochrone", "density"])
def test_all_clients_at_one_place_and_a_lone_client(
    shape: str, roads: QgsVectorLayer, sites: QgsVectorLayer, communes: QgsVectorLayer
) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    options: dict[str, Any] = {"shape": shape, "graph": graph, "communes": communes}
    crowd = points("c", [({"n": 1.0}, (3000.0, 3000.0))] * 7)
    primary = rows_of(catchment(crowd, sites, progress=Silent(), **options).layer)[0]
    assert (primary["clients"], primary["share"]) == (7, 100)
    assert primary["shape"].isGeosValid() and primary["shape"].area() > 0
    lone = points("c", [({"n": 1.0}, (3000.0, 3000.0))])
    for row in rows_of(catchment(lone, sites, progress=Silent(), **options).layer):
        assert row["shape"].isNull()
        assert row["status"] == "secret" or row["clients"] == 0


def test_the_same_run_gives_the_same_table(
    roads: QgsVectorLayer, sites: QgsVectorLayer, clients: QgsVectorLayer
) -> None:
    tables = []
    for _ in range(2):
        graph = load_graph(roads, CRS, "car", Silent())
        layer = catchment(clients, sites, shape="isochrone", graph=graph, progress=Silent()).layer
        tables.append(
            [(item.attributes(), bytes(item.geometry().asWkb())) for item in layer.getFeatures()]
        )
    assert tables[0] == tables[1]


def test_a_cancelled_run_stops(roads: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    graph = load_graph(roads, CRS, "car", Silent())
    stopped = Silent()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        isochrone_layer(graph, sites, values=[2], progress=stopped)
    with pytest.raises(Cancelled):
        load_graph(roads, CRS, "car", stopped)
