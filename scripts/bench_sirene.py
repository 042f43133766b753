"""A Sirène stock of five million establishments filtered to one EPCI: Coodiag, DuckDB and pandas.

Each way runs in a process of its own, in turn, on the same files, so that the machine treats them
alike; the rows and columns that they find are compared. Time is that of the reading, without the
start of Python and the imports; memory is the peak of the whole process. DuckDB reads no zip: its
time on the csv is given with and without unzipping. DuckDB lives in build/bench/venv only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alias
import bench_stock

FOLDER = alias.ROOT / "build" / "bench"
VENV = FOLDER / "venv"
GOAL = 300  # MB, of the issue
COLUMNS = (
    "siret",
    "codeCommuneEtablissement",
    "statutDiffusionEtablissement",
    "etatAdministratifEtablissement",
    "trancheEffectifsEtablissement",
    "caractereEmployeurEtablissement",
    "activitePrincipaleEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "coordonneeLambertAbscisseEtablissement",
    "coordonneeLambertOrdonneeEtablissement",
)
_PLACE, _STATE = "codeCommuneEtablissement", "etatAdministratifEtablissement"
_CHUNK = 200_000

Rows = list[tuple[str, ...]]


# --- the ways; each gives the active establishments of the communes, in file order --------------


def coodiag(plain: Path, packed: Path, path: Path | None = None) -> Rows:
    """Coodiag's reader, on the zip as it is published."""
    alias.load()
    from coodiag.coodiag_plugin.sources.folder import read_columns
    from coodiag.coodiag_plugin.sources.sirene_files import StockFiles

    file = StockFiles.of(path or packed).establishments[0]
    codes = frozenset(bench_stock.COMMUNES)
    table = read_columns(
        file,
        COLUMNS,
        lambda chunk: chunk[_PLACE].isin(codes) & (chunk[_STATE] == "A"),
        among=(_PLACE, codes),
    )
    return list(table.itertuples(index=False, name=None))


def coodiag_csv(plain: Path, packed: Path) -> Rows:
    return coodiag(plain, packed, plain)


def coodiag_whole(plain: Path, packed: Path) -> Rows:
    """All that ``coodiag:establishments`` does with the zip: names, masks, coordinates."""
    alias.load()
    from coodiag.coodiag_plugin.sources.sirene import read_stock

    table = read_stock(packed, bench_stock.COMMUNES)
    return [(siret,) for siret in table["siret"]]


def duckdb_csv(plain: Path, packed: Path) -> Rows:
    import duckdb

    communes = ", ".join(f"'{code}'" for code in bench_stock.COMMUNES)
    query = (
        f"SELECT {', '.join(COLUMNS)} FROM read_csv(?, header=true, all_varchar=true) "
        f"WHERE {_PLACE} IN ({communes}) AND {_STATE} = 'A'"
    )
    found = duckdb.connect().execute(query, [str(plain)]).fetchall()
    return [tuple(cell or "" for cell in row) for row in found]


def duckdb_unzip(plain: Path, packed: Path) -> Rows:
    """What a user of DuckDB does with the published file: unzip it on the disk, then read."""
    target = FOLDER / "sirene" / "unzipped.csv"
    with (
        zipfile.ZipFile(packed) as archive,
        archive.open(bench_stock.MEMBER) as member,
        target.open("wb") as stream,
    ):
        shutil.copyfileobj(member, stream, 1 << 20)
    try:
        return duckdb_csv(target, packed)
    finally:
        target.unlink()


def pandas_chunks(plain: Path, packed: Path) -> Rows:
    import pandas as pd

    options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "usecols": list(COLUMNS)}
    parts = [
        _active(chunk)
        for chunk in pd.read_csv(packed, chunksize=_CHUNK, compression="zip", **options)
    ]
    return list(pd.concat(parts)[list(COLUMNS)].itertuples(index=False, name=None))


def pandas_whole(plain: Path, packed: Path) -> Rows:
    import pandas as pd

    options: dict[str, Any] = {"dtype": str, "keep_default_na": False, "usecols": list(COLUMNS)}
    table = _active(pd.read_csv(packed, compression="zip", **options))
    return list(table[list(COLUMNS)].itertuples(index=False, name=None))


def _active(table: Any) -> Any:
    return table[table[_PLACE].isin(bench_stock.COMMUNES) & (table[_STATE] == "A")]


WAYS: dict[str, tuple[str, Callable[[Path, Path], Rows]]] = {
    "coodiag": ("Coodiag, zip", coodiag),
    "coodiag_csv": ("Coodiag, csv already unzipped", coodiag_csv),
    "coodiag_whole": ("Coodiag, zip, establishments settled", coodiag_whole),
    "duckdb_unzip": ("DuckDB, zip unzipped then read", duckdb_unzip),
    "duckdb_csv": ("DuckDB, csv already unzipped", duckdb_csv),
    "pandas_chunks": ("pandas, zip, by chunks", pandas_chunks),
    "pandas_whole": ("pandas, zip, whole", pandas_whole),
}
#: Way → the way of Coodiag that does the same.
RIVALS = {
    "duckdb_unzip": "coodiag",
    "duckdb_csv": "coodiag_csv",
    "pandas_chunks": "coodiag",
    "pandas_whole": "coodiag",
}


# --- one run, in a process of its own ---------------------------------------------------------


def run(way: str, plain: Path, packed: Path) -> dict[str, Any]:
    """Seconds, megabytes, number of rows and a digest of what was found."""
    work = WAYS[way][1]
    if way.startswith("duckdb"):
        import duckdb  # noqa: F401 (its import is not part of the time)
    elif way.startswith("pandas"):
        import pandas  # noqa: F401
    else:
        alias.load()
        import coodiag.coodiag_plugin.sources.sirene  # noqa: F401
    started = time.perf_counter()
    rows = work(plain, packed)
    seconds = time.perf_counter() - started
    text = "\n".join("\t".join(row) for row in sorted(rows))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"seconds": seconds, "memory": peak(), "rows": len(rows), "digest": digest}


def peak() -> float:
    """Peak memory of this process in MB. ``getrusage`` would begin with that of the parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found.group(1)) / 1024 if found else float("nan")


def measured(python: str, way: str, plain: Path, packed: Path) -> dict[str, Any] | str:
    """The outcome of one run, or why there is none."""
    done = subprocess.run(
        [python, __file__, "--one", way, str(plain), str(packed)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
        return "out of memory, killed" if done.returncode == -9 else last
    return json.loads(done.stdout)


def rival_python() -> tuple[str, str]:
    """The Python that has DuckDB and its version; "" and the reason when it cannot be had."""
    python = str(VENV / "bin" / "python")
    if not Path(python).exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
        )
        if made.returncode:
            return "", (made.stderr or made.stdout).strip()[-300:]
    ask = [python, "-c", "import duckdb; print(duckdb.__version__)"]
    told = subprocess.run(ask, capture_output=True, text=True, check=False)
    if told.returncode:
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "duckdb"]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            return "", (done.stderr.strip().splitlines() or ["pip failed"])[-1]
        told = subprocess.run(ask, capture_output=True, text=True, check=False)
    return (
        (python, told.stdout.strip()) if not told.returncode else ("", told.stderr.strip()[-300:])
    )


# --- the report -------------------------------------------------------------------------------


def compare(runs: int, rows: int) -> int:
    print(
        f"Sirène stock of {rows:,} establishments (invented), filtered to one EPCI; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    plain, packed = bench_stock.write_stock(FOLDER / "sirene", rows)
    rival, version = rival_python()
    if rival:
        print(f"  DuckDB {version}", flush=True)
    else:
        print(f"  DuckDB could not be installed in {VENV.name}: left out. {version}", flush=True)
    outcomes: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    failed: dict[str, str] = {}
    for rank in range(1, runs + 1):
        print(f"  run {rank} of {runs}…", flush=True)
        for way in WAYS:
            python = rival if way.startswith("duckdb") else sys.executable
            if not python or way in failed:
                continue
            found = measured(python, way, plain, packed)
            if isinstance(found, str):
                failed[way] = found
            else:
                outcomes[way].append(found)
    show(outcomes, failed, plain, packed)
    return verdict(outcomes)


def show(
    outcomes: dict[str, list[dict[str, Any]]], failed: dict[str, str], plain: Path, packed: Path
) -> None:
    sizes = [path.stat().st_size / 1e6 for path in (plain, packed)]
    print(
        f"\n  csv {sizes[0]:,.0f} MB, zip {sizes[1]:,.0f} MB, {os.cpu_count()} processors; medians"
    )
    print(f"  {'':<40} {'time':>8} {'memory':>9}  {'Coodiag is':<16}")
    for way, (name, _) in WAYS.items():
        if way in failed:
            print(f"  {name:<40} failed: {failed[way]}")
        elif outcomes[way]:
            seconds, memory = (_median(outcomes[way], key) for key in ("seconds", "memory"))
            print(
                f"  {name:<40} {seconds:>6.1f} s {memory:>6.0f} MB  {_ratio(way, outcomes)}".rstrip()
            )


def _ratio(way: str, outcomes: dict[str, list[dict[str, Any]]]) -> str:
    mine = outcomes.get(RIVALS.get(way, ""))
    if not mine:
        return ""
    ratio = _median(outcomes[way], "seconds") / _median(mine, "seconds")
    memory = _median(outcomes[way], "memory") / _median(mine, "memory")
    faster = f"{ratio:.2f} × faster" if ratio >= 1 else f"{1 / ratio:.2f} × slower"
    return (
        f"{faster}, {memory:.1f} × less memory"
        if memory >= 1
        else f"{faster}, {1 / memory:.1f} × more memory"
    )


def verdict(outcomes: dict[str, list[dict[str, Any]]]) -> int:
    """Whether all found the same rows, and the memory of Coodiag against its goal."""
    alike = {
        found["digest"] for way in outcomes if way != "coodiag_whole" for found in outcomes[way]
    }
    counts = {found["rows"] for runs in outcomes.values() for found in runs}
    most = max(found["memory"] for way in ("coodiag", "coodiag_whole") for found in outcomes[way])
    same = "the same" if len(alike) == len(counts) == 1 else "DIFFERENT"
    print(
        f"  rows found: {', '.join(f'{count:,}' for count in sorted(counts))}, {same} by every way"
    )
    print(f"  goal: under {GOAL} MB for the whole process, {'met' if most < GOAL else 'MISSED'}")
    return 0 if same == "the same" else 1


def _median(found: list[dict[str, Any]], key: str) -> float:
    return statistics.median(item[key] for item in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each way (3)")
    parser.add_argument("--rows", type=int, default=bench_stock.ROWS, help="establishments")
    parser.add_argument("--one", nargs=3, metavar=("WAY", "CSV", "ZIP"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        way, plain, packed = given.one
        print(json.dumps(run(way, Path(plain), Path(packed))))
        return 0
    return compare(max(1, given.runs), given.rows)


if __name__ == "__main__":
    raise SystemExit(main())
