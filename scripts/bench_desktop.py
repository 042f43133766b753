"""What the plugin costs a QGIS that is open: its load, its memory, and what ten loads leave behind.

In a real window of QGIS on a screen of its own (Xvfb), in an empty profile. Each run is a QGIS of its
own, in which the plugin is loaded and unloaded again and again; the plugins take turns. Against an
empty plugin (what the load and the measure cost by themselves), MetaSearch, which comes with QGIS, and
any other that is given: ``--peer FOLDER``. The first load is that of a user (the modules are read
from the disk, compiled already); « first of all » compiles them, as after an installation. Fails when
the load takes longer than its goal or when the memory grows.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alias

alias.load()
from coodiag.tests.e2e.desktop import Desktop, lacking  # noqa: E402

FOLDER = alias.ROOT / "build" / "bench" / "desktop"
DRIVER = alias.ROOT / "tests" / "e2e" / "plugin_cycle.py"
OURS, EMPTY, SHIPPED = "coodiag", "vide", "MetaSearch"
CYCLES = 10
#: Most seconds of processor of a load, and most bytes that a cycle adds once QGIS and Python have
#: filled what they keep.
GOAL, GROWTH = 0.150, 300_000
_SETTLED = 3  # cycles
_MEGABYTE = 1e6
_EMPTY = """
class Nothing:
    def initGui(self):
        pass

    def unload(self):
        pass


def classFactory(iface):
    return Nothing()
"""


def prepare(folder: Path, peers: list[Path]) -> Desktop:
    """A profile with every plugin on the disk, none of them loaded."""
    shutil.rmtree(folder, ignore_errors=True)
    desktop = Desktop(folder, enabled=False)
    with (desktop.profile / "QGIS" / "QGIS3.ini").open("a", encoding="utf-8") as stream:
        stream.write(
            f"[PythonPlugins]\n{SHIPPED}=false\n"
        )  # QGIS loads it unless it is told not to
    empty = desktop.plugins / EMPTY
    empty.mkdir()
    (empty / "__init__.py").write_text(_EMPTY, encoding="utf-8")
    (empty / "metadata.txt").write_text(
        "[general]\nname=Vide\nversion=1\nqgisMinimumVersion=3.0\n", encoding="utf-8"
    )
    for peer in peers:
        shutil.copytree(peer, desktop.plugins / peer.name)
    return desktop


def measure(desktop: Desktop, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One QGIS: its state before, and its cycles."""
    told = desktop.run(DRIVER, name, CYCLES, [], seconds=400)
    return told.values["before"], told.values["cycles"]


def rows(found: dict[str, list[Any]]) -> Iterator[tuple[str, ...]]:
    yield ("", "load (ms)", "processor", "again", "modules", "memory", "per cycle", "left behind")
    for name, runs in found.items():
        first = [cycles[0] for _, cycles in runs]
        again = [cycle["processor"] for _, cycles in runs for cycle in cycles[1:]]
        grown = [cycles[0]["loaded"] - before["memory"] for before, cycles in runs]
        last = runs[-1][1][-1]["after"]
        left = f"{len(last['left'])} held, {last['actions'] - runs[-1][0]['actions']} actions"
        yield (
            name,
            f"{1000 * _middle(first, 'seconds'):.0f}",
            f"{1000 * _middle(first, 'processor'):.0f}",
            f"{1000 * statistics.median(again):.0f}",
            f"{first[0]['modules']}",
            f"{statistics.median(grown) / _MEGABYTE:.1f} MB",
            f"{growth(runs) / 1000:.0f} kB",
            left,
        )


def growth(runs: list[Any]) -> float:
    """Bytes that a cycle adds, once the first ones have filled what is kept."""
    return statistics.median(
        (cycles[-1]["after"]["memory"] - cycles[_SETTLED]["after"]["memory"])
        / (len(cycles) - 1 - _SETTLED)
        for _, cycles in runs
    )


def _middle(cycles: list[dict[str, Any]], what: str) -> float:
    return statistics.median(cycle[what] for cycle in cycles)


def show(table: Iterator[tuple[str, ...]]) -> None:
    for head, *cells in table:
        print(f"{head:<18}" + "".join(f"{cell:>12}" for cell in cells[:-1]) + f"   {cells[-1]}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--peer", type=Path, action="append", default=[], help="folder of a plugin")
    told = reader.parse_args()
    if lacking():
        raise SystemExit(f"To be installed first: {lacking()}.")
    desktop = prepare(FOLDER, told.peer)
    compiled = measure(desktop, OURS)  # compiles the modules: told apart
    names = [OURS, EMPTY, SHIPPED, *(peer.name for peer in told.peer)]
    found: dict[str, list[Any]] = {name: [] for name in names}
    for name in names[1:]:
        measure(desktop, name)
    for _ in range(told.runs):
        for name in names:
            found[name].append(measure(desktop, name))
    print(f"Load of a plugin in QGIS, medians of {told.runs} runs of {CYCLES} cycles")
    show(rows(found))
    print(f"first of all, compiled: {1000 * compiled[1][0]['processor']:.0f} ms of processor")
    spent = _middle([cycles[0] for _, cycles in found[OURS]], "processor")
    slow, grows = spent > GOAL, growth(found[OURS]) > GROWTH
    print(f"goal: under {1000 * GOAL:.0f} ms of processor, {'MISSED' if slow else 'met'}")
    sys.exit(slow or grows or bool(found[OURS][-1][1][-1]["after"]["left"]))


if __name__ == "__main__":
    main()
