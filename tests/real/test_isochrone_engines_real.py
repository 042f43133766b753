"""Our isochrones beside those of a real Valhalla and a real pgRouting, on the same streets."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.isochrone_engines import Asked, Engine, draw
from coodiag.coodiag_plugin.qgis_bridge.isochrones import isochrone_layer
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
from coodiag.coodiag_plugin.zones.graph import RoadGraph
from coodiag.coodiag_plugin.zones.search import times
from coodiag.coodiag_plugin.zones.snapping import snap
from coodiag.tests.conftest import ROOT
from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

pytestmark = pytest.mark.real
PLACES = np.array([[770_500, 6_279_500], [772_500, 6_281_000], [768_500, 6_277_500]], dtype=float)
VALUES = [3.0, 5.0, 8.0]


@pytest.fixture(scope="module")
def graph(real_data: Path) -> RoadGraph:
    path = real_data / "osm" / "montpellier_filaire_voies_2011.gpkg"
    return load_graph(open_roads(path), "EPSG:2154", "car", Silent())


@pytest.fixture(scope="module")
def sites(graph: RoadGraph) -> QgsVectorLayer:
    """On the streets: Valhalla does not count the leg that leads to them."""
    feet = snap(graph, PLACES, 1000).foot.tolist()
    rows = [
        ({"nom": str(rank)}, QgsGeometry.fromPointXY(QgsPointXY(*place)))
        for rank, place in enumerate(feet)
    ]
    return memory_layer("sites", {"nom": TEXT}, "Point", "EPSG:2154", rows)


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    """A script of the benches by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module


@pytest.fixture(scope="module")
def database(script: Any, graph: RoadGraph) -> Iterator[str]:
    bench = script("bench_pgrouting")
    folder = bench.installed()
    if folder is None:
        pytest.skip(f"pgRouting is not installed ({' '.join(bench.PACKAGES)})")
    with bench.server(folder) as string:
        bench.write_edges(string, graph)
        yield string


def shapes(layer: QgsVectorLayer) -> dict[tuple[str, float], QgsGeometry]:
    return {(item["nom"], item["value"]): item.geometry() for item in layer.getFeatures()}


def likeness(one: QgsVectorLayer, other: QgsVectorLayer) -> dict[tuple[str, float], float]:
    """Intersection over union of the polygons of each site and value."""
    mine, theirs = shapes(one), shapes(other)
    assert set(mine) == set(theirs)
    return {
        key: mine[key].intersection(theirs[key]).area() / mine[key].combine(theirs[key]).area()
        for key in sorted(mine)
    }


def test_areas_beside_valhalla_on_the_same_streets(
    script: Any, graph: RoadGraph, sites: QgsVectorLayer
) -> None:
    bench = script("bench_valhalla")
    folder = bench.installed()
    if folder is None:
        pytest.skip("Valhalla is not installed: scripts/bench_valhalla.py installs it")
    config, _ = bench.build_tiles(folder, graph)
    ours, _ = isochrone_layer(graph, sites, values=VALUES, progress=Silent())
    off = [({"nom": "au large"}, QgsGeometry.fromPointXY(QgsPointXY(776_000, 6_260_000)))]
    lost = memory_layer("sites", {"nom": TEXT}, "Point", "EPSG:2154", off)
    with bench.server(folder, config) as url:
        theirs, failed = draw(Engine("valhalla", url=url), Asked(VALUES), sites, None, Silent())
        with pytest.raises(
            SourceError, match="no road lies near"
        ):  # and no lozenge of a few metres
            draw(Engine("valhalla", url=url), Asked(VALUES), lost, None, Silent())
    assert failed.featureCount() == 0
    found = likeness(ours, theirs)
    print()
    for (site, value), share in found.items():
        print(f"  site {site}, {value:g} min: intersection over union {share:.3f}")
    # Valhalla counts seconds at turns, and draws on a grid where we count the leg on foot.
    assert min(found.values()) > 0.7 and np.mean(list(found.values())) > 0.83
    for item in theirs.getFeatures():
        assert 0 <= item["inside_error"] <= 50 and 0 <= item["outside_error"] <= 20


def test_costs_of_nodes_are_those_of_pgrouting(
    script: Any, graph: RoadGraph, database: str
) -> None:
    bench = script("bench_pgrouting")
    compared, worst = 0, 0.0
    for node in (100, 2000, 5000):
        theirs = bench.driving_distance(database, node, 600.0)
        ours = times(graph, snap(graph, graph.xy[[node]], 1), None, 600.0)[0]
        assert set(theirs) == set(np.flatnonzero(np.isfinite(ours)).tolist())
        worst = max([worst, *(abs(ours[key] - cost) for key, cost in theirs.items())])
        compared += len(theirs)
    print(f"\n  {compared} nodes, largest difference {worst:.2e} s")
    assert compared > 5000 and worst < 1


@pytest.mark.parametrize("mode", ["time", "distance"])
def test_areas_of_the_engine_pgrouting_are_ours(
    graph: RoadGraph, sites: QgsVectorLayer, database: str, mode: str
) -> None:
    values = VALUES if mode == "time" else [1.0, 2.5]
    ours, _ = isochrone_layer(graph, sites, values=values, mode=mode, progress=Silent())
    engine = Engine("pgrouting", url=database)
    theirs, failed = draw(engine, Asked(values, mode), sites, None, Silent())
    assert failed.featureCount() == 0
    assert min(likeness(ours, theirs).values()) > 0.9999
