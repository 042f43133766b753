"""The road graph on the streets of Montpellier and on OpenStreetMap extracts."""

from __future__ import annotations

import heapq
import time
from pathlib import Path

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.isochrones import isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
from coodiag.coodiag_plugin.zones.graph import RoadGraph, build_graph
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from qgis.core import QgsGeometry, QgsPointXY

pytestmark = pytest.mark.real
SITES = np.array([[770_500, 6_279_500], [772_500, 6_281_000], [768_500, 6_277_500]], dtype=float)


@pytest.fixture(scope="module")
def montpellier(real_data: Path) -> RoadGraph:
    path = real_data / "osm" / "montpellier_filaire_voies_2011.gpkg"
    return load_graph(open_roads(path), "EPSG:2154", "car", Silent())


def test_the_figures_of_the_manifest(montpellier: RoadGraph) -> None:
    lines = [
        montpellier.coords[start:end]
        for start, end in zip(montpellier.offsets, montpellier.offsets[1:])
    ]
    assert round(montpellier.length.sum() / 1000) == 728
    cost = montpellier.forward
    exact = build_graph(lines, cost, cost, tolerance=0.001)
    sizes = np.bincount(exact.component)
    assert montpellier.main_share > 0.99
    assert sizes.max() / sizes.sum() > 0.985
    assert 15 <= len(montpellier.component_length) <= len(exact.component_length) <= 25


def test_times_agree_with_a_plain_search(montpellier: RoadGraph) -> None:
    graph = montpellier
    links: dict[int, list[tuple[int, float]]] = {}
    for u, v, there, back in zip(graph.u, graph.v, graph.forward, graph.backward):
        links.setdefault(int(u), []).append((int(v), float(there)))
        links.setdefault(int(v), []).append((int(u), float(back)))
    origin = int(graph.u[np.argmax(graph.length)])
    done: dict[int, float] = {}
    queue = [(0.0, origin)]
    while queue:
        cost, node = heapq.heappop(queue)
        if node not in done:
            done[node] = cost
            for other, step in links[node]:
                heapq.heappush(queue, (cost + step, other))
    found = times(graph, snap(graph, graph.xy[[origin]], 1), None)[0]
    expected = np.array([done.get(node, np.inf) for node in range(len(graph.xy))])
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-6)


def test_three_sites_by_four_rings_in_time(montpellier: RoadGraph) -> None:
    sites = memory_layer(
        "sites",
        {"nom": TEXT},
        "Point",
        "EPSG:2154",
        [
            ({"nom": str(n)}, QgsGeometry.fromPointXY(QgsPointXY(*place)))
            for n, place in enumerate(SITES.tolist())
        ],
    )
    start = time.perf_counter()
    rings, failed = isochrone_layer(montpellier, sites, values=[5, 10, 15, 20], progress=Silent())
    assert time.perf_counter() - start < 5
    assert rings.featureCount() == 12 and failed.featureCount() == 0
    for item in rings.getFeatures():
        assert item.geometry().isGeosValid()
        assert item["inside_error"] <= 8 and item["outside_error"] <= 5


@pytest.mark.parametrize(
    ("file", "least_km"),
    [
        ("redon_centre.osm", 12),
        ("saint_jean_la_poterie.osm", 5),
        ("meuse_rural_bbox.osm.gz", 60),
        ("pont_de_veyle_01.osm.gz", 20),
    ],
)
def test_osm_extracts_are_read(file: str, least_km: float, real_data: Path) -> None:
    layer = open_roads(real_data / "osm" / file)
    graphs = {name: load_graph(layer, "EPSG:2154", name, Silent()) for name in ("car", "foot")}
    assert graphs["car"].length.sum() > least_km * 1000
    assert graphs["foot"].length.sum() > graphs["car"].length.sum() * 0.95
    assert graphs["car"].main_share > 0.95
    speeds = graphs["car"].length / np.minimum(graphs["car"].forward, graphs["car"].backward) * 3.6
    assert speeds.min() >= 5 - 1e-6 and speeds.max() <= 110 + 1e-6


def test_one_way_streets_of_redon_close_one_direction(real_data: Path) -> None:
    graph = load_graph(
        open_roads(real_data / "osm" / "redon_centre.osm"), "EPSG:2154", "car", Silent()
    )
    assert np.isinf(graph.backward).sum() > 20
    assert not (np.isinf(graph.forward) & np.isinf(graph.backward)).any()
