"""``catchment``, ``coverage`` and ``prospects`` at 1×, 4× and 16×: time, memory, how they grow.

Invented layers of a GeoPackage in, GeoPackages out, through Processing, as a user runs them; the
roads are those of a whole département, their graph being kept from before. 4× is the size of the
goal: 50 000 clients, 10 sites, 200 000 establishments.
"""

from __future__ import annotations

import math
import os
import statistics
from pathlib import Path
from typing import Any

import bench_network
import bench_zones_data
from bench_zones_qgis import Running, memory

CLIENTS, ESTABLISHMENTS = 12_500, 50_000
TIMES = (1, 4, 16)
GOAL_AT, GOAL_SECONDS, GOAL_MEMORY = 4, 20.0, 2000.0
FOLDER = bench_network.FOLDER / "zones"
STEPS = ("catchment", "coverage", "prospects")


def keep(roads: Path) -> None:
    """Build the graph of the roads and keep it, when it is not."""
    os.environ["COODIAG_CACHE"] = str(FOLDER / "scale_cache")
    _load(roads)


def steps(data: Path, roads: Path, runs: int) -> dict[str, Any]:
    """Seconds of each step, one figure by run, and the most memory (MB) of this process.

    The graph of the roads has been kept: every step loads it from the disk.
    """
    os.environ["COODIAG_CACHE"] = str(FOLDER / "scale_cache")
    qgis = Running()
    output = FOLDER / "output"
    output.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[float]] = {name: [] for name in STEPS}
    for _ in range(runs):
        for name, parameters in _parameters(data, roads, output).items():
            for path in output.glob("*.gpkg"):
                path.unlink()
            found[name].append(qgis.run(f"coodiag:{name}", parameters)[1])
    return {"seconds": found, "memory": memory()}


def _load(roads: Path) -> None:
    from bench_graph import graph_of

    graph_of(roads)


def _parameters(data: Path, roads: Path, output: Path) -> dict[str, dict[str, Any]]:
    def layer(name: str) -> str:
        return f"{data}|layername={name}"

    people = {"CLIENTS": layer("clients"), "SITES": layer("sites"), "COMMUNES": layer("communes")}
    return {
        "catchment": {
            **people, "WEIGHT": "ca", "ORDER": "time", "SHAPE": "communes", "ROADS": str(roads),
            "ZONES": str(output / "catchment.gpkg"),
        },
        "coverage": {
            "POINTS": layer("clients"), "COMMUNES": layer("communes"), "TARGET": "menages",
            "OUTPUT": str(output / "coverage.gpkg"),
        },
        "prospects": {
            **people, "ESTABLISHMENTS": layer("establishments"), "REACH": 30, "MODE": "time",
            "ROADS": str(roads), "PROSPECTS": str(output / "prospects.gpkg"),
            "ZONES": str(output / "zones.gpkg"),
        },
    }  # fmt: skip


def build(roads: Path, runs: int) -> dict[str, Any]:
    """Seconds to build the graph of the roads from nothing, and to load it once kept."""
    import shutil
    import time

    cache = FOLDER / "build_cache"
    os.environ["COODIAG_CACHE"] = str(cache)
    qgis = Running()
    built, loaded = [], []
    for _ in range(runs):
        shutil.rmtree(cache, ignore_errors=True)
        for seconds in (built, loaded):
            started = time.perf_counter()
            _load(roads)
            seconds.append(time.perf_counter() - started)
    del qgis
    return {"built": built, "loaded": loaded, "memory": memory()}


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Slope of the logarithms by least squares: 1 when the time grows as the size."""
    x, y = ([math.log(value) for value in values] for values in (sizes, seconds))
    middle = statistics.mean(x)
    return sum((a - middle) * b for a, b in zip(x, y)) / sum((a - middle) ** 2 for a in x)


def allowed(sizes: list[int]) -> float:
    """The exponent of n log n over the same sizes."""
    return exponent(sizes, [size * math.log(size) for size in sizes])


def data(times: int, sections: int) -> Path:
    return bench_zones_data.ensure(FOLDER, CLIENTS * times, ESTABLISHMENTS * times, sections)
