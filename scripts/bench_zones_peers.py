"""The engines of the bench of zones on the same roads: 20 sites, 5 rings each, one process each.

The roads are an invented BD TOPO. Coodiag reads it as it is. The others get the very edges of its
graph, already cut at the junctions, with one speed and one direction each, so that none of them
has to work out what a car may do: QGIS and QNEAT3 as a GeoPackage, Valhalla as OpenStreetMap with
``maxspeed``, pgRouting as a table with costs in seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import bench_network
import numpy as np
from bench_zones_qgis import Running, child_memory, memory

RINGS = (5, 10, 15, 20, 30)
SITES = 20
FOLDER = bench_network.FOLDER / "zones"
#: Cell of QNEAT3's interpolation, metres: its default, 10 m, makes millions of cells.
QNEAT3_CELL = 100
#: Sites that QNEAT3 is run on one by one.
QNEAT3_SITES = 3
#: Vertices shared by pgRouting's nodes and a hull, as its users draw one.
HULL = "ST_ConcaveHull(ST_Collect(geom), 0.3)"

Result = dict[str, Any]


def _graph(roads: Path) -> Any:
    from bench_graph import graph_of

    return graph_of(roads)


def prepare(roads: Path) -> Result:
    """Write the edges and the sites for the others; what there is."""
    from osgeo import gdal, ogr, osr

    gdal.UseExceptions()
    graph = _graph(roads)
    FOLDER.mkdir(parents=True, exist_ok=True)
    crs = osr.SpatialReference()
    crs.SetFromUserInput(graph.crs)
    path = FOLDER / "peers.gpkg"
    path.unlink(missing_ok=True)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    edges = source.CreateLayer("edges", crs, ogr.wkbLineString)
    edges.CreateField(ogr.FieldDefn("speed", ogr.OFTReal))
    edges.CreateField(ogr.FieldDefn("way", ogr.OFTString))
    edges.StartTransaction()
    for edge in range(len(graph.u)):
        there, back = float(graph.forward[edge]), float(graph.backward[edge])
        line = graph.coords[graph.offsets[edge] : graph.offsets[edge + 1]]
        feature = ogr.Feature(edges.GetLayerDefn())
        feature.SetField(0, 3.6 * float(graph.length[edge]) / min(there, back))
        feature.SetField(1, "both" if there == back else "forward" if there < back else "backward")
        head = np.array([1], "u1").tobytes() + np.array([2, len(line)], "<u4").tobytes()
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(head + line.astype("<f8").tobytes()))
        edges.CreateFeature(feature)
    edges.CommitTransaction()
    sites = source.CreateLayer("sites", crs, ogr.wkbPoint)
    sites.CreateField(ogr.FieldDefn("nom", ogr.OFTString))
    sites.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    for rank, place in enumerate(_sites(graph).tolist()):
        feature = ogr.Feature(sites.GetLayerDefn())
        feature.SetField(0, f"Site fictif {rank + 1}")
        feature.SetField(1, rank)
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(*place)
        feature.SetGeometryDirectly(point)
        sites.CreateFeature(feature)
    del source
    return {"edges": len(graph.u), "nodes": len(graph.xy), "length": float(graph.length.sum())}


def _sites(graph: Any) -> np.ndarray:
    """Places 20 m off a junction of the largest part, always the same for the same roads."""
    largest = np.bincount(graph.component).argmax()
    nodes = np.flatnonzero(graph.component == largest)
    return graph.xy[np.random.default_rng(12).choice(nodes, SITES, replace=False)] + [20.0, 0.0]


def _layer(name: str) -> str:
    return f"{FOLDER / 'peers.gpkg'}|layername={name}"


def _timed(work: Callable[[], Any], runs: int) -> list[float]:
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds


# --- in QGIS ------------------------------------------------------------------------------------


def coodiag(roads: Path, runs: int) -> Result:
    """``coodiag:isochrones``: first from no graph at all, then from the one that was kept."""
    cache = FOLDER / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    os.environ["COODIAG_CACHE"] = str(cache)
    qgis = Running()
    output = FOLDER / "coodiag.gpkg"

    def run(values: tuple[int, ...] = RINGS) -> float:
        output.unlink(missing_ok=True)
        _, seconds = qgis.run(
            "coodiag:isochrones",
            {
                "INPUT": _layer("sites"), "VALUES": ",".join(map(str, values)), "MODE": "time",
                "ENGINE": "roads", "ROADS": str(roads), "OUTPUT": str(output),
                "FAILED": "memory:",
            },
        )  # fmt: skip
        return seconds

    first = run()
    seconds = [run() for _ in range(runs)]
    used = memory()
    return {
        "first": [first], "seconds": seconds, "memory": used, "shapes": _shapes_alone(roads, runs),
    }  # fmt: skip


def _shapes_alone(roads: Path, runs: int) -> list[float]:
    """Seconds of the polygons alone, as a server gives them: the graph in memory, nothing checked,
    nothing written. The doors are joined to the roads anew each time."""
    from coodiag.coodiag_plugin.core.progress import Silent
    from coodiag.coodiag_plugin.qgis_bridge.reach_shapes import reach_shapes
    from coodiag.coodiag_plugin.zones.snapping import snap

    seconds = []
    for _ in range(runs):
        graph = _graph(roads)  # another one: what was joined to the last one is not used again
        started = time.perf_counter()
        origins = snap(graph, _sites(graph), 1000.0)
        reach_shapes(graph, origins, RINGS, "time", "each", Silent())
        seconds.append(time.perf_counter() - started)
    return seconds


def service_area(roads: Path, runs: int) -> Result:
    """QGIS's own service area: lines, one run for each ring. It takes minutes: measured once."""
    qgis = Running()
    parameters = {
        "INPUT": _layer("edges"), "STRATEGY": 1, "DIRECTION_FIELD": "way",
        "VALUE_FORWARD": "forward", "VALUE_BACKWARD": "backward", "VALUE_BOTH": "both",
        "SPEED_FIELD": "speed", "DEFAULT_SPEED": 50, "START_POINTS": _layer("sites"),
        "OUTPUT_LINES": "memory:",
    }  # fmt: skip
    hours = [ring / 60 for ring in RINGS]
    seconds = sum(
        qgis.run("native:serviceareafromlayer", {**parameters, "TRAVEL_COST2": cost})[1]
        for cost in hours
    )
    return {"seconds": [seconds], "memory": memory()}


def qneat3(roads: Path, runs: int) -> Result:
    """QNEAT3's iso-areas: all the sites as one, and a site alone. It takes minutes: measured once,
    and on the first sites only, of which the others are thought to take the mean."""
    qgis = Running()
    reason = qgis.add_qneat3()
    if reason:
        return {"reason": reason}
    common = {
        "INPUT": _layer("edges"), "MAX_DIST": 60 * RINGS[-1], "INTERVAL": 60 * RINGS[0],
        "CELL_SIZE": QNEAT3_CELL, "STRATEGY": 1, "DIRECTION_FIELD": "way",
        "VALUE_FORWARD": "forward", "VALUE_BACKWARD": "backward", "VALUE_BOTH": "both",
        "SPEED_FIELD": "speed", "DEFAULT_SPEED": 50, "OUTPUT_POLYGONS": "memory:",
        "OUTPUT_INTERPOLATION": str(FOLDER / "qneat3.tif"),
    }  # fmt: skip
    from qgis.core import QgsProcessingException, QgsVectorLayer

    places = [f.geometry().asPoint() for f in QgsVectorLayer(_layer("sites"), "s").getFeatures()]
    try:
        together = qgis.run(
            "qneat3:isoareaaspolygonsfromlayer",
            {**common, "START_POINTS": _layer("sites"), "ID_FIELD": "number"},
        )[1]
        each = sum(
            qgis.run(
                "qneat3:isoareaaspolygonsfrompoint",
                {**common, "START_POINT": f"{place.x()},{place.y()} [EPSG:2154]"},
            )[1]
            for place in places[:QNEAT3_SITES]
        )
    except QgsProcessingException as error:
        return {"reason": str(error)}
    each *= SITES / QNEAT3_SITES
    return {"seconds": [each], "together": [together], "memory": memory()}


# --- servers ------------------------------------------------------------------------------------


def valhalla(roads: Path, runs: int) -> Result:
    """A warm Valhalla on loopback: one request by site for all its rings."""
    import bench_valhalla

    programs, reason = bench_valhalla.programs()
    if programs is None:
        return {"reason": reason}
    config, built = bench_valhalla.build_tiles(programs, _graph(roads))
    settings = json.loads(config.read_text(encoding="utf-8"))
    # Its default takes four rings by request: five spare it a second request.
    settings["service_limits"]["isochrone"]["max_contours"] = len(RINGS)
    own = FOLDER / "valhalla.json"
    own.write_text(json.dumps(settings), encoding="utf-8")
    bodies = [
        json.dumps(
            {
                "locations": [{"lon": lon, "lat": lat}],
                "costing": "auto",
                "contours": [{"time": ring} for ring in RINGS],
                "polygons": True,
            }
        ).encode()
        for lon, lat in _degrees()
    ]
    with bench_valhalla.server(programs, own) as url:

        def ask(body: bytes) -> Any:
            with urllib.request.urlopen(f"{url}/isochrone", data=body, timeout=120) as answer:
                return json.load(answer)

        found = [ask(body) for body in bodies]  # it has its tiles in memory from here on
        seconds = _timed(lambda: [ask(body) for body in bodies], runs)
        with ThreadPoolExecutor(2) as pool:
            abreast = _timed(lambda: list(pool.map(ask, bodies)), runs)
        used = child_memory("valhalla_servic")
    (FOLDER / "valhalla.geojson").write_text(json.dumps(found), encoding="utf-8")
    return {"built": built, "seconds": seconds, "abreast": abreast, "memory": used}


def _degrees() -> list[tuple[float, float]]:
    from qgis.core import QgsCoordinateReferenceSystem as System
    from qgis.core import QgsCoordinateTransform, QgsProject, QgsVectorLayer

    sites = QgsVectorLayer(_layer("sites"), "sites")
    move = QgsCoordinateTransform(sites.crs(), System("EPSG:4326"), QgsProject.instance())
    points = [move.transform(item.geometry().asPoint()) for item in sites.getFeatures()]
    return [(point.x(), point.y()) for point in points]


def pgrouting(roads: Path, runs: int) -> Result:
    """pgRouting's driving distance of all sites in one query, then a hull of its nodes by ring.

    Also the largest difference of its costs from ours, node by node, from the same junctions.
    """
    import bench_pgrouting

    programs, reason = bench_pgrouting.programs()
    if programs is None:
        return {"reason": reason}
    graph = _graph(roads)
    from scipy.spatial import cKDTree

    starts = cKDTree(graph.xy).query(_sites(graph))[1].tolist()
    edges = f"SELECT id, source, target, cost, reverse_cost FROM {bench_pgrouting.TABLE}"
    driving = (
        f"SELECT * FROM pgr_drivingDistance('{edges}', "
        f"ARRAY[{','.join(str(start + 1) for start in starts)}], {60 * RINGS[-1]}, true)"
    )
    first_of = "(SELECT source AS node, ST_StartPoint(geom) AS geom FROM ways UNION SELECT target, ST_EndPoint(geom) FROM ways)"
    hulls = ";".join(
        f"SELECT count(*) FROM (SELECT from_v, {HULL} FROM reached JOIN nodes USING (node) WHERE agg_cost <= {60 * ring} GROUP BY from_v) AS hulls"
        for ring in RINGS
    )
    with bench_pgrouting.server(programs) as string:
        bench_pgrouting.write_edges(string, graph)
        bench_pgrouting.psql(
            string,
            f"CREATE TABLE nodes AS SELECT DISTINCT ON (node) node, geom FROM {first_of} AS ends;"
            "ALTER TABLE nodes ADD PRIMARY KEY (node); ANALYZE nodes;",
        )
        costs = _timed(
            lambda: bench_pgrouting.psql(string, f"SELECT count(*) FROM ({driving}) AS d;"), runs
        )
        whole = _timed(
            lambda: bench_pgrouting.psql(
                string, f"CREATE TEMP TABLE reached AS {driving}; {hulls};"
            ),
            runs,
        )
        gaps = [_differences(graph, string, start) for start in starts]
    return {
        "seconds": whole,
        "costs": costs,
        "difference": max(float(gap.max()) for gap in gaps),
        "compared": sum(map(len, gaps)),
    }


def _differences(graph: Any, string: str, start: int) -> np.ndarray:
    """Differences (seconds) between pgRouting's costs of the nodes and ours; inf where one of the
    two does not reach a node that the other does well within the limit."""
    import bench_pgrouting
    from coodiag.coodiag_plugin.zones.search import times
    from coodiag.coodiag_plugin.zones.snapping import Snapped

    limit = 60.0 * RINGS[-1]
    theirs = bench_pgrouting.driving_distance(string, start, limit)
    edge = int(np.flatnonzero((graph.u == start) | (graph.v == start))[0])
    position = 0.0 if graph.u[edge] == start else float(graph.length[edge])
    place = Snapped(np.array([edge]), np.array([position]), graph.xy[[start]], np.zeros(1))
    ours = times(graph, place, None, limit)[0]
    other = np.full(len(graph.xy), np.inf)
    other[list(theirs)] = list(theirs.values())
    inside = np.minimum(ours, other) < limit - 1e-6
    return np.abs(ours[inside] - other[inside])


# --- agreement ----------------------------------------------------------------------------------


def overlap() -> dict[int, list[float]]:
    """Intersection over union with Valhalla's polygons by ring, one figure by site."""
    from osgeo import gdal, ogr, osr

    gdal.UseExceptions()
    degrees, metres = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    metres.ImportFromEPSG(2154)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    move = osr.CoordinateTransformation(degrees, metres)
    theirs: dict[tuple[int, int], Any] = {}
    for site, answer in enumerate(json.loads((FOLDER / "valhalla.geojson").read_text())):
        for item in answer["features"]:
            shape = ogr.CreateGeometryFromJson(json.dumps(item["geometry"]))
            shape.Transform(move)
            theirs[site, int(item["properties"]["contour"])] = shape.MakeValid()
    found: dict[int, list[float]] = {ring: [] for ring in RINGS}
    source = ogr.Open(str(FOLDER / "coodiag.gpkg"))
    for item in source.GetLayer(0):
        ring = int(item.GetField("value"))
        other = theirs[item.GetField("number"), ring]
        shape = item.GetGeometryRef().MakeValid()
        common = shape.Intersection(other).GetArea()
        found[ring].append(common / (shape.GetArea() + other.GetArea() - common))
    return found


def median(values: list[float]) -> float:
    return statistics.median(values)
