"""A real PostgreSQL with PostGIS and pgRouting on the roads of a graph: a cluster of its own in a
temporary folder, on loopback, gone when the block ends.

``python scripts/bench_pgrouting.py ROADS``: starts one on the streets of a layer of lines and waits.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench_valhalla import free_port

PACKAGES = ("postgresql-15-postgis-3", "postgresql-15-pgrouting")
TABLE = "ways"


def programs() -> tuple[Path | None, str]:
    """Folder of PostgreSQL's programs, its extensions being installed when missing and possible."""
    found = installed()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *PACKAGES])  # fmt: skip
        found = installed()
    if found is None:
        return None, f"PostgreSQL with PostGIS and pgRouting is not installed (Debian: apt-get install {' '.join(PACKAGES)})"  # fmt: skip
    if os.geteuid() == 0 and _run(["id", "postgres"]).returncode:
        return None, "PostgreSQL does not run as root, and there is no user postgres"
    return found, ""


def installed() -> Path | None:
    """Programs of the newest PostgreSQL that has both extensions (where Debian puts them)."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*"), reverse=True):
        extensions = Path("/usr/share/postgresql") / folder.name / "extension"
        if all((extensions / f"{name}.control").exists() for name in ("postgis", "pgrouting")):
            return folder / "bin"
    return None


@contextmanager
def server(bin_folder: Path, password: str = "") -> Iterator[str]:
    """Connection string of a database with both extensions; ``password``: that it asks for."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="coodiag-postgres-") as folder:
        data = Path(folder) / "data"
        secret = Path(folder) / "secret"
        secret.write_text(password or secrets.token_hex(8), encoding="ascii")
        if os.geteuid() == 0:
            for path in (Path(folder), secret):
                shutil.chown(path, "postgres")
        authentication = "scram-sha-256" if password else "trust"
        _must(_as_postgres([str(bin_folder / "initdb"), "-D", str(data), "-U", "coodiag", "-E", "UTF8", "--locale=C",
               "-A", authentication, f"--pwfile={secret}", "--no-sync"]))  # fmt: skip
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c shared_buffers=256MB -c jit=off"
        control = [
            str(bin_folder / "pg_ctl"),
            "-D",
            str(data),
            "-w",
            "-l",
            str(Path(folder) / "log"),
        ]
        _must(_as_postgres([*control, "-o", options, "start"]))
        string = f"host=127.0.0.1 port={port} dbname=postgres user=coodiag"
        if password:
            string += f" password={password}"
        try:
            psql(string, "CREATE EXTENSION postgis; CREATE EXTENSION pgrouting;")
            yield string
        finally:
            _run(_as_postgres([*control, "-m", "immediate", "stop"]))


def psql(string: str, script: str) -> str:
    """What psql says to a script; it stops at the first error."""
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", string]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"psql failed: {done.stderr[-800:]}")
    return done.stdout


def write_edges(string: str, graph: Any, table: str = TABLE) -> None:
    """The edges of a graph as a table that pgRouting reads, costs in seconds, −1 where closed.

    The ids of the nodes are their numbers in the graph, plus one.
    """
    rows = []
    for edge in range(len(graph.u)):
        line = graph.coords[graph.offsets[edge] : graph.offsets[edge + 1]]
        shape = ",".join(f"{x!r} {y!r}" for x, y in line.tolist())
        costs = [cost if cost != float("inf") else -1.0 for cost in (float(graph.forward[edge]), float(graph.backward[edge]))]  # fmt: skip
        rows.append(f"{edge + 1}\t{graph.u[edge] + 1}\t{graph.v[edge] + 1}\t{costs[0]!r}\t{costs[1]!r}\tLINESTRING({shape})\n")  # fmt: skip
    srid = graph.crs.rpartition(":")[2]
    psql(
        string,
        f"CREATE TEMP TABLE given (id bigint, source bigint, target bigint, cost float8, reverse_cost float8, shape text);\n"
        f"COPY given FROM STDIN;\n{''.join(rows)}\\.\n"
        f"CREATE TABLE {table} AS SELECT id, source, target, cost, reverse_cost, ST_GeomFromText(shape, {srid})::geometry(LineString, {srid}) AS geom FROM given;\n"
        f"ALTER TABLE {table} ADD PRIMARY KEY (id);\nCREATE INDEX ON {table} USING gist (geom);\nANALYZE {table};\n",
    )


def driving_distance(string: str, node: int, limit: float, table: str = TABLE) -> dict[int, float]:
    """Cost of each node (number in the graph) within a limit, asked of pgRouting alone."""
    told = psql(
        string,
        f"SELECT node, agg_cost FROM pgr_drivingDistance('SELECT id, source, target, cost, reverse_cost FROM {table}', {node + 1}, {limit!r}::float8, true);",
    )
    pairs = (line.split("|") for line in told.splitlines())
    return {int(name) - 1: float(cost) for name, cost in pairs}


def _as_postgres(command: list[str]) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    # A server that stays keeps the pipes open: what it says goes to its log.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        done = subprocess.run(command, stdout=told, stderr=told, text=True, check=False, cwd="/")
        told.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, told.read(), "")


def _must(command: list[str]) -> None:
    done = _run(command)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:5])} failed: {done.stdout[-500:]}")


def main() -> int:
    from bench_graph import graph_of

    bin_folder, reason = programs()
    if bin_folder is None:
        print(reason)
        return 1
    graph = graph_of(Path(sys.argv[1]))
    with server(bin_folder) as string:
        write_edges(string, graph)
        print(f"pgRouting: {string}, table {TABLE}; Enter stops it.", flush=True)
        sys.stdin.readline()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
