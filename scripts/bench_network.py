"""A plausible BD TOPO of a whole département, invented, for the benches: a GeoPackage of roads.

Nothing of it is real. Junctions are drawn around towns and over the countryside, joined as roads
join them (a Gabriel graph, thinned), bent, classed by the traffic between the towns, and written
with the fields of BD TOPO 3 in Lambert-93, three dimensions, as IGN does.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay, cKDTree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "bench"
LAYER = "troncon_de_route"
#: Lower left corner (Lambert-93) and sides of the invented département, metres.
CORNER, SIDE = (320_000.0, 6_740_000.0), 82_000.0
FIELDS = (
    ("cleabs", ogr.OFTString),
    ("nature", ogr.OFTString),
    ("importance", ogr.OFTString),
    ("etat_de_l_objet", ogr.OFTString),
    ("sens_de_circulation", ogr.OFTString),
    ("acces_vehicule_leger", ogr.OFTString),
    ("position_par_rapport_au_sol", ogr.OFTString),
    ("nombre_de_voies", ogr.OFTInteger),
    ("largeur_de_chaussee", ogr.OFTReal),
    ("vitesse_moyenne_vl", ogr.OFTInteger),
    ("nom_voie_ban_gauche", ogr.OFTString),
    ("insee_commune_gauche", ogr.OFTString),
)
_SPEEDS = {"1": 85, "2": 70, "3": 58, "4": 47, "5": 30, "6": 8}
#: Most vertices of a section: BD TOPO cuts a road wherever one of its attributes changes.
_VERTICES = 12
_PATHS = ("Chemin", "Sentier", "Route empierrée", "Escalier", "Piste cyclable")
_PATH_SHARES = (0.55, 0.15, 0.22, 0.01, 0.07)


@dataclass
class Network:
    """Sections ``a → b`` between junctions ``xy`` and what BD TOPO says of each."""

    xy: np.ndarray
    a: np.ndarray
    b: np.ndarray
    town: np.ndarray  # 0 in the countryside to 1 in the middle of a town
    needed: np.ndarray  # on the tree that holds the network together: neither path nor one-way
    importance: np.ndarray


def invent(sections: int, seed: int = 5) -> Network:
    """A network of about ``sections`` sections, always the same for the same seed."""
    random = np.random.default_rng(seed)
    side = SIDE * np.sqrt(sections / 500_000)
    xy, town = _junctions(random, round(0.39 * sections), round(0.061 * sections), side)
    a, b = _gabriel(xy)
    length = np.hypot(*(xy[a] - xy[b]).T)
    size = (len(xy), len(xy))
    tree = minimum_spanning_tree(csr_matrix((length, (a, b)), size)).tocoo()
    needed = np.isin(a * len(xy) + b, tree.row.astype(np.int64) * len(xy) + tree.col)
    kept = needed | (random.random(len(a)) < 0.62)
    a, b, length, needed = a[kept], b[kept], length[kept], needed[kept]
    importance = _importance(random, xy, a, b, length, side)
    importance[needed & (importance == "6")] = "5"
    return Network(xy + np.array(CORNER), a, b, (town[a] + town[b]) / 2, needed, importance)


def _junctions(
    random: np.random.Generator, streets: int, between: int, side: float
) -> tuple[np.ndarray, np.ndarray]:
    """Junctions of some three hundred towns and villages, and those of the countryside."""
    towns = random.uniform(0.03, 0.97, (max(round(300 * streets / 225_000), 4), 2)) * side
    weight = 1 / np.arange(1, len(towns) + 1) ** 0.9
    home = random.choice(len(towns), streets, p=weight / weight.sum())
    radius = 300 * np.sqrt(weight / weight[-1])
    inside = towns[home] + random.normal(0, 1, (streets, 2)) * radius[home, None]
    xy = np.vstack([inside, random.uniform(0, 1, (between, 2)) * side])
    xy = np.unique(np.round(np.clip(xy, 0, side), 1), axis=0)
    # Two junctions nearer than 12 m are one.
    pairs = cKDTree(xy).query_pairs(12.0, output_type="ndarray")
    xy = np.delete(xy, np.unique(pairs[:, 1]), axis=0)
    gap, near = cKDTree(towns).query(xy)
    return xy, np.clip(1.5 - gap / (2 * radius[near] + 1), 0, 1)


def _gabriel(xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs whose circle of diameter holds no third point: roads that have no shorter way round."""
    corners = Delaunay(xy).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    middle = (xy[pairs[:, 0]] + xy[pairs[:, 1]]) / 2
    half = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T) / 2
    gap, _ = cKDTree(xy).query(middle)
    good = gap >= half * (1 - 1e-9)
    return pairs[good, 0].astype(np.int64), pairs[good, 1].astype(np.int64)


def _importance(
    random: np.random.Generator,
    xy: np.ndarray,
    a: np.ndarray,
    b: np.ndarray,
    length: np.ndarray,
    side: float,
) -> np.ndarray:
    """1 to 3 on the shortest ways between places, 4 and 5 elsewhere, 6 for paths."""
    importance = random.choice(["4", "5", "6"], len(a), p=[0.15, 0.4, 0.45])
    graph = csr_matrix((length, (a, b)), (len(xy), len(xy)))
    edge = {pair: rank for rank, pair in enumerate(zip(a.tolist(), b.tolist()))}
    for level, hubs in (("3", 90), ("2", 24), ("1", 5)):
        places = cKDTree(xy).query(random.uniform(0.05, 0.95, (hubs, 2)) * side)[1]
        _, before = dijkstra(graph, directed=False, indices=places[0], return_predecessors=True)
        ends = places[1:]
        if level == "3":  # not a star: each place is joined to its three nearest
            ends = np.empty(0, dtype=int)
            near = cKDTree(xy[places]).query(xy[places], k=4)[1][:, 1:]
            for place, others in zip(places, places[near]):
                _, own = dijkstra(
                    graph, directed=False, indices=place, return_predecessors=True, limit=side / 4
                )
                _mark(importance, edge, own, others, level)
        _mark(importance, edge, before, ends, level)
    return importance


def _mark(
    importance: np.ndarray,
    edge: dict[tuple[int, int], int],
    before: np.ndarray,
    ends: np.ndarray,
    level: str,
) -> None:
    for end in ends:
        node = int(end)
        while before[node] >= 0:
            other = int(before[node])
            importance[edge[min(node, other), max(node, other)]] = level
            node = other


def write(network: Network, path: Path, seed: int = 6) -> int:
    """Write the network as BD TOPO; the number of sections."""
    random = np.random.default_rng(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    gdal.UseExceptions()
    driver = ogr.GetDriverByName("GPKG")
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    source = driver.CreateDataSource(str(path))
    layer = source.CreateLayer(LAYER, crs, ogr.wkbLineString25D, ["SPATIAL_INDEX=YES"])
    for name, kind in FIELDS:
        layer.CreateField(ogr.FieldDefn(name, kind))
    definition = layer.GetLayerDefn()
    layer.StartTransaction()
    written = 0
    for row, line in enumerate(_lines(network, random)):
        for values, points in _sections(network, row, line, random):
            feature = ogr.Feature(definition)
            for at, value in enumerate((f"TRONROUT{written:016d}", *values)):
                if value is not None:
                    feature.SetField(at, value)
            shape = ogr.CreateGeometryFromWkb(_wkb(points))
            feature.SetGeometryDirectly(shape)
            layer.CreateFeature(feature)
            written += 1
    layer.CommitTransaction()
    del layer, source
    return written


def _lines(network: Network, random: np.random.Generator) -> list[np.ndarray]:
    """Each section bent by halves: a vertex every 15 m or so, more where it turns."""
    start, end = network.xy[network.a], network.xy[network.b]
    length = np.hypot(*(end - start).T)
    result: list[np.ndarray] = [np.empty(0)] * len(length)
    depth = np.clip(np.ceil(np.log2(np.maximum(length, 1) / 14)), 0, 5).astype(int)
    for level in range(6):
        rows = np.flatnonzero(depth == level)
        points = np.stack([start[rows], end[rows]], axis=1)
        for _ in range(level):
            step = points[:, 1:] - points[:, :-1]
            bend = random.normal(0, 0.09, step.shape[:2])[..., None]
            middle = (points[:, 1:] + points[:, :-1]) / 2
            middle += bend * np.stack([-step[..., 1], step[..., 0]], axis=-1)
            grown = np.empty((len(rows), points.shape[1] + middle.shape[1], 2))
            grown[:, ::2], grown[:, 1::2] = points, middle
            points = grown
        points = np.round(points, 1)
        for rank, row in enumerate(rows.tolist()):
            result[row] = points[rank]
    return result


def _sections(
    network: Network, row: int, line: np.ndarray, random: np.random.Generator
) -> list[tuple[tuple[object, ...], np.ndarray]]:
    """Rows of the table: a long way comes in several, the greatest roads have two carriageways."""
    level = str(network.importance[row])
    in_town = float(network.town[row])
    if level == "6":
        nature = str(random.choice(_PATHS, p=_PATH_SHARES))
    else:
        nature = "Rond-point" if level in "345" and random.random() < 0.01 else "Route à 1 chaussée"
    speed = _SPEEDS[level] * (1 - 0.35 * in_town) * random.uniform(0.9, 1.1)
    way = "Double sens"
    if not network.needed[row] and random.random() < 0.02 + 0.2 * in_town:
        way = str(random.choice(["Sens direct", "Sens inverse"]))
    access = "Physiquement impossible" if nature in ("Sentier", "Escalier") else "Libre"
    if access == "Libre" and random.random() < 0.01:
        access = "Restreint aux ayants droit"
    state = "En construction" if random.random() < 0.002 else "En service"
    ground = "1" if random.random() < 0.005 else "0"
    name = f"RUE INVENTEE {row % 9973}" if in_town > 0.4 else None

    def values(kind: str, direction: str) -> tuple[object, ...]:
        return (kind, level, state, direction, access, ground, 2, 5.5, round(speed), name, "00000")

    if level != "1":
        cuts = range(0, max(len(line) - 4, 1), _VERTICES - 1)
        ends = [*cuts[1:], len(line) - 1]
        return [(values(nature, way), line[cut : end + 1]) for cut, end in zip(cuts, ends)]
    nature = "Type autoroutier" if in_town < 0.3 and row % 3 else "Route à 2 chaussées"
    there, back = line.copy(), line.copy()
    if len(line) > 2:
        there[1:-1] += 6.0
        back[1:-1] -= 6.0
    return [
        (values(nature, "Sens direct"), there),
        (values(nature, "Sens inverse"), back),
    ]


def _wkb(points: np.ndarray) -> bytes:
    """LineString Z of points (k, 2), some height above the sea."""
    tall = np.column_stack([points, np.full(len(points), 42.0)])
    return (
        np.array([1], "u1").tobytes()
        + np.array([0x80000002, len(points)], "<u4").tobytes()
        + tall.astype("<f8").tobytes()
    )


def ensure(sections: int = 500_000) -> Path:
    """Path of the GeoPackage of about ``sections`` sections, invented when it is not there."""
    path = FOLDER / f"bdtopo_{sections}.gpkg"
    if not path.exists():
        aside = path.with_suffix(".part.gpkg")
        write(invent(sections), aside)
        aside.replace(path)
    return path


def ready(path: Path) -> None:
    """One start of a session: the graph, then one site joined and its half hour searched; printed."""
    import alias

    alias.load()
    from coodiag.coodiag_plugin.core.progress import Silent
    from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
    from coodiag.coodiag_plugin.zones.search import times
    from coodiag.coodiag_plugin.zones.snapping import snap
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    begun = time.perf_counter()
    graph = load_graph(open_roads(path), "EPSG:2154", "car", Silent())
    loaded = time.perf_counter() - begun
    site = snap(graph, np.median(graph.xy, axis=0)[None], 1000.0)
    reached = int(np.isfinite(times(graph, site, None, 1800.0)).sum())
    total = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  graph of {len(graph.u):,} edges in {loaded:.2f} s, first site searched ({reached:,} "
        f"junctions in 30 min) after {total:.2f} s, peak memory {memory:.0f} MB",
        flush=True,
    )
    del graph, site
    application.exitQgis()


def measure(path: Path, runs: int) -> None:
    """Build from an empty cache, then open what was kept, each in a process of its own."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as cache:
        environment = {**os.environ, "COODIAG_CACHE": cache, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, __file__, "--ready", str(path)]
        for rank in range(runs + 1):
            print("kept graph" if rank else "empty cache", flush=True)
            subprocess.run(command, env=environment, check=True)
        size = sum(file.stat().st_size for file in Path(cache).rglob("*.npy"))
        print(f"  on disk: {size / 1e6:.0f} MB for a layer of {path.stat().st_size / 1e6:.0f} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sections", type=int, default=500_000, help="sections (500 000)")
    parser.add_argument("--measure", type=int, default=0, metavar="N", help="build, then N loads")
    parser.add_argument("--ready", type=Path, help="one start on a road file (used by --measure)")
    options = parser.parse_args()
    if options.ready:
        ready(options.ready)
        return 0
    path = ensure(options.sections)
    print(f"{path.name} ({path.stat().st_size / 1e6:.0f} MB)", flush=True)
    if options.measure:
        measure(path, options.measure)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
