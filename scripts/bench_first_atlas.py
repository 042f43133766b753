"""From the zip to the first atlas, as a first user goes: how long it takes, and what it is made of.

In a real window of QGIS on a screen of its own (Xvfb), in an empty profile: the zip is installed by
QGIS's own plugin manager, the wizard opened, the demonstration taken, its steps gone through without
a change, the diagnosis run (134 pages, every document), the project opened. The seconds are those of
the machine alone: nothing is counted for reading. Fails when it takes more than ten minutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import alias

alias.load()
from coodiag.tests.e2e.desktop import Desktop, lacking  # noqa: E402

FOLDER = alias.ROOT / "build" / "bench" / "first atlas"
DRIVER = Path(__file__).with_name("bench_first_atlas_driver.py")
GOAL = 600.0
_SHOWN = 8  # of the longest silences of the log


def measure(package: Path) -> tuple[float, dict[str, Any]]:
    """Seconds until QGIS is there, and what the driver told."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    desktop = Desktop(FOLDER, plugin=None, language="fr")
    begun = time.perf_counter()
    started = desktop.start(DRIVER, str(package), str(FOLDER / "dossier"))
    try:
        started.wait_for("marks")
        first = started.values()["marks"][0][1]
        until_there = time.perf_counter() - begun - first
        return until_there, started.end(2 * GOAL).values
    finally:
        started.stop()


def stages(said: list[list[Any]], whole: float) -> list[tuple[float, str]]:
    """How long each sentence of the log stood as the last one, the longest first."""
    ends = [moment for moment, _, _ in said[1:]] + [whole]
    lasted = [(end - moment, text) for (moment, _, text), end in zip(said, ends)]
    return sorted(lasted, reverse=True)[:_SHOWN]


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--zip", type=Path, help="made of HEAD when it is not given")
    told = reader.parse_args()
    if lacking():
        raise SystemExit(f"To be installed first: {lacking()}.")
    package = told.zip
    if package is None:
        package = alias.ROOT / "build" / "bench" / "coodiag.zip"
        package.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([alias.ROOT / "scripts" / "package", package], check=True)
    before = os.getloadavg()[0]
    until_there, values = measure(package.resolve())
    print(f"load of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after")
    marks = [("QGIS open", 0.0), *((what, moment) for what, moment in values["marks"])]
    last = 0.0
    for what, moment in marks:
        print(f"{until_there + moment:8.1f} s  (+{moment - last:5.1f})  {what}")
        last = moment
    reached = dict(marks)
    begun = reached["four steps gone through"]
    print("What the log of the diagnosis was last saying, the longest:")
    for seconds, text in stages(values["said"], reached["atlas written"] - begun):
        print(f"{seconds:8.1f} s  {text[:110]}")
    whole = until_there + reached["atlas written"]
    print(f"atlas of {values['atlas'] / 1e6:.1f} MB after {whole:.0f} s, goal {GOAL:.0f} s")
    sys.exit(whole > GOAL)


if __name__ == "__main__":
    main()
