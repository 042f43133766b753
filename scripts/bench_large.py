"""100,000 addresses in one run: seconds, memory, and what a ``kill -9`` costs.

The rows are the questions of the bench and the addresses of its base, numbered; ``coodiag:geocode``
runs offline through ``qgis_process`` as a user runs it. A tenth of them first, whose memory the whole
should not much exceed; then all of them; then again, killed in the middle and run once more. Row by
row, both must have given the same.
"""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import bench_addresses
import qgis_run
from bench_engines import FOLDER
from bench_questions import SAMPLE, questions

ROWS = 100_000
MIDDLE = 0.6  # locating goes from three to nine tenths of the progress
MEGABYTE = 1_000_000
_LAYERS = ("located", "failed")


class _Enough(Exception):
    """Raised at the middle: the process is then killed, without a word to it."""


def large(data: Path) -> int:
    """Run and compare; 1 when a row is lost, repeated or otherwise answered."""
    folder = FOLDER / "large"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["COODIAG_CACHE"] = str(folder / "cache")
    base, asked = questions(bench_addresses.addresses(data), SAMPLE)
    bench_addresses.write_ban(base, folder / "ban.csv")
    cells = [item.question for item in asked]
    rows = [(q.address, q.complement, q.postcode, q.city, q.citycode) for q in cells]
    rows += [(f"{a.number} {a.suffix} {a.street}", "", a.postcode, a.city, "") for a in base]
    rows = (rows * (1 + ROWS // len(rows)))[:ROWS]
    print(f"{len(rows):,} rows, {len(set(rows)):,} different; {len(base):,} addresses in the base; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    few, all_rows = (folder / name for name in ("few.csv", "rows.csv"))
    _write(few, rows[:: max(1, len(rows) // (ROWS // 10))])
    _write(all_rows, rows)
    _tell("a tenth of them, the index built besides", _run(folder, few, "few"))
    _tell("uninterrupted", _run(folder, all_rows, "whole"))
    started = time.monotonic()
    try:
        _run(folder, all_rows, "killed", _stop)
    except _Enough:
        seconds = time.monotonic() - started
    else:
        raise SystemExit("The run ended before it could be killed.")
    kept = _kept(folder)
    print(f"  {'killed in the middle':<44} {seconds:>6.1f} s, {kept:,} answers kept", flush=True)
    if not kept:
        return 1
    _tell("run again", _run(folder, all_rows, "again"))
    if list((folder / "cache" / "geocoding").glob("run-*.sqlite*")):
        raise SystemExit("The answers of the run were not removed at its end.")
    return _compare(folder, len(rows))


def _kept(folder: Path) -> int:
    """Answers that the killed run left to the next one."""
    (path,) = (folder / "cache" / "geocoding").glob("run-*.sqlite")
    with closing(sqlite3.connect(path)) as base:
        return int(base.execute("SELECT count(*) FROM located").fetchone()[0])


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("ref", "adresse", "complement", "code_postal", "commune", "code_insee"))
        writer.writerows((f"R{at}", *row) for at, row in enumerate(rows))


def _stop(fraction: float) -> None:
    if fraction >= MIDDLE:
        raise _Enough


def _run(
    folder: Path, rows: Path, name: str, ticked: Callable[[float], None] = lambda fraction: None
) -> qgis_run.Outcome:
    inputs = {"INPUT": str(rows), "SERVICE": "offline", "BAN": str(folder / "ban.csv")}
    for output, layer in zip(("OUTPUT", "FAILED"), _LAYERS):
        inputs[output] = str(folder / f"{name}-{layer}.gpkg")
    outcome = qgis_run.run("coodiag:geocode", inputs, ticked=ticked)
    if outcome.code or not outcome.results:
        raise SystemExit(f"The geocoding failed: {outcome.refusal}")
    return outcome


def _tell(name: str, outcome: qgis_run.Outcome) -> None:
    memory = outcome.memory / MEGABYTE
    count = int(outcome.results["COUNT_IN"])
    print(
        f"  {name:<44} {outcome.seconds:>6.1f} s, peak memory {memory:,.0f} MB, {count:,} rows",
        flush=True,
    )


def _compare(folder: Path, count: int) -> int:
    """Every row of the resumed run against that of the uninterrupted one."""
    seen = 0
    references = set()
    for layer in _LAYERS:
        pairs = (_rows(folder / f"{name}-{layer}.gpkg") for name in ("whole", "again"))
        for whole, again in zip_longest(*pairs):
            if whole != again:
                print(f"  {layer}: {whole} uninterrupted, {again} run again")
                return 1
            seen += 1
            references.add(whole[0])
    if not seen == len(references) == count:
        print(f"  {count:,} rows went in, {seen:,} came out, {len(references):,} different")
        return 1
    print(f"  row by row: {seen:,} rows, each once, the same answers")
    return 0


def _rows(path: Path) -> Iterator[tuple[object, ...]]:
    """Reference, point and answers of each row, in their order."""
    with closing(sqlite3.connect(path)) as base:
        (table,) = base.execute("SELECT table_name FROM gpkg_contents").fetchone()
        names = [line[1] for line in base.execute(f'PRAGMA table_info("{table}")')]
        shown = [name for name in names if name not in ("fid", "ref")]
        columns = ", ".join(f'"{name}"' for name in ("ref", *shown))
        yield from base.execute(f'SELECT {columns} FROM "{table}" ORDER BY fid')
