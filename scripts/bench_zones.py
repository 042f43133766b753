"""Reach, catchment, coverage and prospection: speed beside the peers, and how it grows.

Three chapters, each measure in a process of its own: the road graph of a département; 20 sites ×
5 rings against QGIS's service area, QNEAT3, a warm Valhalla and pgRouting on the same roads, with
what their results have in common; ``catchment``, ``coverage`` and ``prospects`` at 1×, 4× and 16×.
Goals are shown beside what they are about; a goal missed is no failure. See docs/zones_measured.md.
"""

from __future__ import annotations

import argparse
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import alias
import bench
import bench_network
import bench_zones_peers as peers
import bench_zones_scale as scale
import run_demo
from bench_zones_qgis import alone

#: Sections of the roads of a département, and of those that every peer can stand.
ROADS, PEER_ROADS = 500_000, 80_000
#: Goals of the graph (seconds) and against the peers.
BUILT, LOADED, TIMES_FASTER = 60.0, 2.0, 10.0
CHAPTERS = ("graph", "peers", "scale")


def say(line: str) -> None:
    print(line, flush=True)


def median(values: list[float]) -> float:
    return peers.median(values)


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def graph(sections: int, runs: int) -> None:
    roads = bench_network.ensure(sections)
    found = alone(scale.build, roads, runs)
    say(f"\nRoad graph of {sections:,} sections of an invented BD TOPO")
    for name, key, goal in (("built", "built", BUILT), ("loaded once kept", "loaded", LOADED)):
        seconds = median(found[key])
        say(f"  {name:<42} {seconds:9.2f} s   goal: under {goal:g} s, {verdict(seconds < goal)}")
    say(f"  {'most memory (QGIS included)':<42} {found['memory']:9.0f} MB")


# --- peers --------------------------------------------------------------------------------------


def beside(sections: int, runs: int) -> None:
    roads = bench_network.ensure(sections)
    network = alone(peers.prepare, roads)
    say(
        f"\n{peers.SITES} sites × {len(peers.RINGS)} rings ({', '.join(map(str, peers.RINGS))} min) on {sections:,} sections: "
        f"{network['edges']:,} edges, {network['nodes']:,} junctions, {network['length'] / 1000:,.0f} km open to cars"
    )
    found: dict[str, Any] = {}
    for name, work in (
        ("coodiag", peers.coodiag),
        ("valhalla", peers.valhalla),
        ("pgrouting", peers.pgrouting),
        ("qneat3", peers.qneat3),
        ("service", peers.service_area),
    ):
        say(f"  {name}…")
        try:
            found[name] = alone(work, roads, runs)
        except BrokenProcessPool:
            found[name] = {"reason": "its process crashed"}
    ours = median(found["coodiag"]["seconds"])
    say(f"\n  {'':<44} {'whole':>9} {'a ring':>9} {'a site':>9} {'to ours':>9} {'memory':>9}")
    lines = [
        ("Coodiag, graph kept from before", "coodiag", "seconds"),
        ("Coodiag, first run (graph built)", "coodiag", "first"),
        ("Coodiag, polygons alone (as a server)", "coodiag", "shapes"),
        ("QGIS service area (lines), one run a ring", "service", "seconds"),
        (f"QNEAT3, one run a site (from {peers.QNEAT3_SITES} sites)", "qneat3", "seconds"),
        ("QNEAT3, all the sites as one", "qneat3", "together"),
        ("Valhalla, warm, one request a site", "valhalla", "seconds"),
        ("Valhalla, warm, two requests at once", "valhalla", "abreast"),
        ("pgRouting, costs and hulls of nodes", "pgrouting", "seconds"),
        ("pgRouting, costs of nodes only", "pgrouting", "costs"),
    ]
    for label, name, key in lines:
        _line(label, found[name], key, ours)
    _goals(found, ours)
    _agreement(found)


def _line(label: str, result: dict[str, Any], key: str, ours: float) -> None:
    if key not in result:
        say(f"  {label:<44} did not run: {result['reason'][:120]}")
        return
    seconds = median(result[key])
    rings, used = peers.SITES * len(peers.RINGS), result.get("memory")
    say(
        f"  {label:<44} {seconds:7.2f} s {1000 * seconds / rings:6.0f} ms {1000 * seconds / peers.SITES:6.0f} ms "
        f"{seconds / ours:7.1f} × " + (f"{used:6.0f} MB" if used else f"{'–':>9}")
    )


def _goals(found: dict[str, Any], ours: float) -> None:
    desktop = [
        median(found[name][key])
        for name, key in (("service", "seconds"), ("qneat3", "seconds"), ("qneat3", "together"))
        if key in found[name]
    ]
    if desktop:
        ratio = min(desktop) / ours
        say(
            f"  {TIMES_FASTER:g} times the fastest QGIS-side peer: {ratio:.1f} times, {verdict(ratio >= TIMES_FASTER)}"
        )
    if "seconds" in found["valhalla"]:
        for theirs, words in (("seconds", "one request at a time"), ("abreast", "two at once")):
            for mine, what in (("seconds", "the algorithm"), ("shapes", "polygons alone")):
                ratio = median(found["valhalla"][theirs]) / median(found["coodiag"][mine])
                say(
                    f"  no slower a ring than a warm Valhalla, {words}, {what}: {ratio:.2f} times its speed, {verdict(ratio >= 1)}"
                )


def _agreement(found: dict[str, Any]) -> None:
    if "seconds" in found["valhalla"]:
        shares = alone(peers.overlap)
        say("\n  intersection over union with Valhalla's polygons, median and least of the sites")
        for ring, values in shares.items():
            say(f"    {ring:>2} min  {median(values):.2f}  {min(values):.2f}")
        if found["valhalla"]["built"]:
            say(f"  Valhalla's tiles were built in {found['valhalla']['built']:.1f} s")
    if "difference" in found["pgrouting"]:
        gap, count = found["pgrouting"]["difference"], found["pgrouting"]["compared"]
        say(
            f"  largest difference of the cost of a node with pgRouting: {gap:.2g} s over {count:,} costs, "
            f"goal: within 1 s, {verdict(gap <= 1)}"
        )


# --- scale --------------------------------------------------------------------------------------


def growth(sections: int, runs: int) -> None:
    roads = bench_network.ensure(sections)
    alone(scale.keep, roads)
    found = {}
    for times in scale.TIMES:
        say(f"  {times}×…")
        found[times] = alone(scale.steps, scale.data(times, sections), roads, runs)
    say(f"\nScale, on the roads of {sections:,} sections, 10 sites, 300 communes")
    head = "".join(f"{f'{times}×':>12}" for times in scale.TIMES)
    say(f"  {'':<22}{head}   grows as n^")
    for label, one in (("clients", scale.CLIENTS), ("establishments", scale.ESTABLISHMENTS)):
        say(f"  {label:<22}" + "".join(f"{one * times:>12,}" for times in scale.TIMES))
    totals = []
    for times in scale.TIMES:
        runs_of = zip(*found[times]["seconds"].values())
        totals.append(median([sum(one) for one in runs_of]))
    for name in scale.STEPS:
        _growing(name, [median(found[times]["seconds"][name]) for times in scale.TIMES])
    _growing("all three", totals)
    used = [found[times]["memory"] for times in scale.TIMES]
    say(f"  {'most memory':<22}" + "".join(f"{value:>9,.0f} MB" for value in used))
    sizes = list(scale.TIMES)
    grown = scale.exponent(sizes, totals)
    most = scale.allowed([scale.ESTABLISHMENTS * times for times in sizes])
    at = sizes.index(scale.GOAL_AT)
    say(
        f"  goals: under {scale.GOAL_SECONDS:g} s at {scale.GOAL_AT}×, {verdict(totals[at] < scale.GOAL_SECONDS)}; "
        f"under {scale.GOAL_MEMORY:,.0f} MB, {verdict(used[at] < scale.GOAL_MEMORY)}; "
        f"no worse than n log n (n^{most:.2f}), {verdict(grown <= most)}"
    )


def _growing(name: str, seconds: list[float]) -> None:
    grown = scale.exponent(list(scale.TIMES), seconds)
    say(f"  {name:<22}" + "".join(f"{value:>10.2f} s" for value in seconds) + f"   {grown:.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure (3)")
    parser.add_argument(
        "--sections", type=int, default=ROADS, help=f"roads of the département ({ROADS})"
    )
    parser.add_argument(
        "--peer-sections", type=int, default=PEER_ROADS, help=f"roads of the peers ({PEER_ROADS})"
    )
    parser.add_argument("--only", choices=CHAPTERS, help="one chapter only")
    given = parser.parse_args()
    runs = max(1, given.runs)
    bench.FOLDER.mkdir(parents=True, exist_ok=True)
    with run_demo.alone(bench.FOLDER / "bench.lock"):
        bench.header(runs)
        for name, chapter, sections in (
            ("graph", graph, given.sections),
            ("peers", beside, given.peer_sections),
            ("scale", growth, given.sections),
        ):
            if given.only in (None, name):
                chapter(sections, runs)
    return 0


if __name__ == "__main__":
    alias.load()
    raise SystemExit(main())
