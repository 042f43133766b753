"""Medians of time, memory and speed on the embedded demonstration.

The diagnosis runs through ``qgis_process`` as a user runs it, without any cache; its steps are told
apart by the sentences it says (a step begins with the sentence that ends in « … »). The parts run
in this process. Goals are shown beside what they are about; a goal missed is no failure.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import alias
import qgis_run
import run_demo

alias.load()
from coodiag.coodiag_plugin.core.progress import Silent  # noqa: E402
from coodiag.coodiag_plugin.demo.generate import DemoPaths, generate  # noqa: E402

FOLDER = run_demo.BUILD / "bench"
MEGABYTE = 1_000_000


@dataclass
class Measure:
    """One line of the report; ``goal``: the most allowed, in ``unit``."""

    name: str
    unit: str
    goal: float | None = None
    values: list[float] = field(default_factory=list)

    def line(self) -> str:
        middle = statistics.median(self.values)
        spread = f"{_number(min(self.values))} to {_number(max(self.values))}"
        text = f"  {self.name:<42} {_number(middle):>9} {self.unit:<12} {spread:<18}"
        if self.goal is not None:
            verdict = "met" if middle < self.goal else "MISSED"
            text += f" goal: under {_number(self.goal)} {self.unit}, {verdict}"
        return text.rstrip()


class Report:
    """Measures by name, in the order in which they came."""

    def __init__(self) -> None:
        self._chapters: dict[str, dict[str, Measure]] = {}

    def add(
        self, chapter: str, name: str, unit: str, value: float, goal: float | None = None
    ) -> None:
        measures = self._chapters.setdefault(chapter, {})
        measures.setdefault(name, Measure(name, unit, goal)).values.append(value)

    def show(self) -> None:
        for chapter, measures in self._chapters.items():
            print(f"\n{chapter}")
            print(f"  {'':<42} {'median':>9} {'':<12} {'least to most':<18}".rstrip())
            for measure in measures.values():
                print(measure.line())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.3f}"


@contextmanager
def _second(told: Callable[[float], None]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    told(time.perf_counter() - started)


# --- the whole, as a user runs it -------------------------------------------------------------


def whole(report: Report, paths: DemoPaths) -> None:
    """One full diagnosis in a process of its own, from empty caches."""
    cache, dossier = FOLDER / "cache", FOLDER / "dossier"
    shutil.rmtree(cache, ignore_errors=True)
    os.environ["COODIAG_CACHE"] = str(cache)
    outcome = qgis_run.run("coodiag:diagnostic", run_demo.inputs(paths, dossier))
    if outcome.code or not outcome.results:
        raise SystemExit(f"The diagnosis failed: {outcome.refusal}")
    chapter = "Diagnosis of the demonstration (scripts/demo without the invention of its data)"
    report.add(chapter, "time", "s", outcome.seconds, goal=120)
    report.add(chapter, "peak memory", "MB", outcome.memory / MEGABYTE, goal=1500)
    report.add(chapter, "atlas.pdf", "MB", Path(outcome.results["ATLAS"]).stat().st_size / MEGABYTE)
    chapter = "Steps of the diagnosis"
    for name, seconds in steps(outcome):
        report.add(chapter, name, "s", seconds)
        if name.startswith(("Printing", "Impression")):
            pages = int(outcome.results["PAGES"])
            report.add(chapter, f"  one page of {pages}", "s", seconds / pages)


def steps(outcome: qgis_run.Outcome) -> list[tuple[str, float]]:
    """Name and seconds of each step, the start of QGIS first."""
    begun = [(0.0, "Start of QGIS")]
    begun += [(at, said[:-1]) for at, said in outcome.said if said.endswith("…")]
    ends = [at for at, _ in begun[1:]] + [outcome.seconds]
    return [(name, end - at) for (at, name), end in zip(begun, ends)]


def start(report: Report) -> None:
    """What every call of an algorithm pays: QGIS and the provider, no algorithm."""
    with _second(lambda seconds: report.add("Start", "qgis_process list", "s", seconds)):
        done = subprocess.run(["qgis_process", "list"], capture_output=True, check=True)
    if b"coodiag:diagnostic" not in done.stdout:
        raise SystemExit("The provider is not there: qgis_process list names no algorithm of it.")


# --- parts, in this process -------------------------------------------------------------------


def parts(report: Report, paths: DemoPaths) -> None:
    """Speed of the parts that a large structure or territory would feel."""
    from coodiag.coodiag_plugin.geocoding.ban_index import open_index
    from coodiag.coodiag_plugin.geocoding.geocoder import geocode
    from coodiag.coodiag_plugin.qgis_bridge.geocoding import QUERY_FIELDS, query
    from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
    from coodiag.coodiag_plugin.qgis_bridge.settings import cache_folder
    from coodiag.coodiag_plugin.sources.structure_file import import_table

    chapter, progress = "Parts", Silent()

    def rate(name: str, unit: str, count: int) -> Callable[[float], None]:
        return lambda seconds: report.add(chapter, name, unit, count / seconds)

    tables = []
    started = time.perf_counter()
    for role, path in (("clients", paths.clients), ("beneficiaries", paths.beneficiaries)):
        tables.append(import_table(path, role, progress=progress))
    rate("importtable", "rows/s", sum(table.rows_in for table in tables))(
        time.perf_counter() - started
    )

    cache = FOLDER / "ban"
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    ban = sorted(paths.data_folder.glob("adresses-*.csv.gz"))
    with _second(lambda seconds: report.add(chapter, "BAN index, built", "s", seconds)):
        index = open_index(ban, cache, progress)
    with index:
        fields = {name: name for name in QUERY_FIELDS}
        queries = [
            query(f"{at}-{rank}", dict(row), {f: f for f in fields if f in table.columns})
            for at, table in enumerate(tables)
            for rank, row in enumerate(table.rows)
        ]
        with _second(rate("geocode, offline, one process", "addresses/s", len(queries))):
            geocode(queries, index, None, progress=progress)

    layer = open_roads(next(paths.data_folder.glob("troncon_de_route*.gpkg")))
    shutil.rmtree(cache_folder("roads"), ignore_errors=True)
    with _second(rate("road graph, built", "roads/s", layer.featureCount())):
        load_graph(layer, "EPSG:2154", "car", progress)
    with _second(lambda seconds: report.add(chapter, "road graph, kept", "s", seconds)):
        load_graph(layer, "EPSG:2154", "car", progress)


def header(runs: int) -> None:
    from qgis.core import Qgis

    commit = subprocess.run(
        ["git", "-C", str(alias.ROOT), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    print(
        f"Coodiag {commit}, QGIS {Qgis.version()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; medians of {runs} runs",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure (3)")
    runs = max(1, parser.parse_args().runs)
    from qgis.core import QgsApplication

    FOLDER.mkdir(parents=True, exist_ok=True)
    report = Report()
    with run_demo.alone(FOLDER / "bench.lock"):
        header(runs)
        shutil.rmtree(FOLDER / "data", ignore_errors=True)
        invented = time.perf_counter()
        paths = generate(FOLDER / "data")
        report.add("Start", "invention of the data", "s", time.perf_counter() - invented)
        for rank in range(1, runs + 1):
            print(f"run {rank} of {runs}…", flush=True)
            start(report)
            whole(report, paths)
        application = QgsApplication([], False)
        application.initQgis()
        for _ in range(runs):
            parts(report, paths)
        report.show()
        application.exitQgis()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
