"""Catchment and threshold areas on the streets of Montpellier, against a plain count.

The clients and the demand are invented: places drawn at random over the streets.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.catchment import catchment
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
from coodiag.coodiag_plugin.qgis_bridge.threshold_areas import threshold_layer
from coodiag.coodiag_plugin.zones.graph import RoadGraph
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

pytestmark = pytest.mark.real
SITES = np.array([[770_500, 6_279_500], [772_500, 6_281_000], [768_500, 6_277_500]], dtype=float)
CRS = "EPSG:2154"


@pytest.fixture(scope="module")
def graph(real_data: Path) -> RoadGraph:
    path = real_data / "osm" / "montpellier_filaire_voies_2011.gpkg"
    return load_graph(open_roads(path), CRS, "car", Silent())


@pytest.fixture(scope="module")
def places(graph: RoadGraph) -> np.ndarray:
    random = np.random.default_rng(11)
    return graph.xy[random.integers(0, len(graph.xy), 3000)] + random.normal(0, 30, (3000, 2))


def points(places: np.ndarray, numbers: np.ndarray) -> QgsVectorLayer:
    rows = [
        ({"n": float(number), "nom": str(rank)}, QgsGeometry.fromPointXY(QgsPointXY(*place)))
        for rank, (place, number) in enumerate(zip(places.tolist(), numbers))
    ]
    return memory_layer("points", {"n": REAL, "nom": TEXT}, "Point", CRS, rows)


@pytest.fixture(scope="module")
def minutes(graph: RoadGraph, places: np.ndarray) -> np.ndarray:
    return times(graph, snap(graph, SITES, 1000), snap(graph, places, 1000)) / 60


def test_zones_by_time_against_a_plain_count(
    graph: RoadGraph, places: np.ndarray, minutes: np.ndarray
) -> None:
    numbers = np.arange(len(places)) % 5
    start = time.perf_counter()
    found = catchment(
        points(places, numbers), points(SITES, np.ones(3)), weight="n", graph=graph,
        shape="convex", outlier_km=0, generalise=False, progress=Silent(),
    )  # fmt: skip
    assert time.perf_counter() - start < 20
    nearest = minutes.min(axis=0)
    for row, _ in records(found.layer):
        mine = np.isfinite(nearest)
        if row["site"] != "Ensemble":
            mine &= minutes.argmin(axis=0) == int(row["site"])
        within = mine & (nearest <= row["reach"] + 1e-9)
        assert row["clients"] == within.sum()
        assert row["held"] == pytest.approx(numbers[within].sum())
        assert row["share"] == pytest.approx(100 * numbers[within].sum() / numbers[mine].sum())
        assert row["share"] >= row["threshold"]
        less = mine & (nearest < row["reach"] - 1e-9)
        assert 100 * numbers[less].sum() / numbers[mine].sum() < row["threshold"]


@pytest.mark.parametrize("one_site", [False, True])
def test_threshold_areas_against_a_plain_count(
    graph: RoadGraph, places: np.ndarray, minutes: np.ndarray, one_site: bool
) -> None:
    numbers = 1 + np.arange(len(places)) % 9
    layer = threshold_layer(
        points(SITES, np.ones(3)), points(places, numbers), "n", targets=[500, 2000],
        graph=graph, one_site=one_site, progress=Silent(),
    )  # fmt: skip
    rows = list(records(layer))
    for row, shape in rows:
        site = int(row["site"])
        mine = minutes.argmin(axis=0) == site if one_site else np.ones(len(places), dtype=bool)
        cost = minutes[site]
        if row["status"] == "non atteint":
            assert row["value"] == numbers[mine & np.isfinite(cost)].sum() < row["target"]
            assert shape.isNull()
            continue
        assert row["value"] == numbers[mine & (cost <= row["reach"] + 1e-9)].sum() >= row["target"]
        assert numbers[mine & (cost < row["reach"] - 1e-9)].sum() < row["target"]
        inside = np.array(
            [shape.contains(QgsGeometry.fromPointXY(QgsPointXY(*at))) for at in places.tolist()]
        )
        assert numbers[inside & mine].sum() == pytest.approx(row["value"], rel=0.1)
    assert sum(row["status"] == "atteint" for row, _ in rows) >= 5
    if one_site:
        shapes = [shape for row, shape in rows if row["target"] == 2000]
        for rank, shape in enumerate(shapes):
            for other in shapes[:rank]:
                assert shape.intersection(other).area() < 1
