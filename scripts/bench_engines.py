"""The two engines of the geocoding bench: Coodiag in this process, addok in one of its own."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import alias
import bench_addresses
from bench_addresses import Address
from bench_damage import Question
from bench_questions import Answer, Asked

alias.load()
from coodiag.coodiag_plugin.core.progress import Silent  # noqa: E402
from coodiag.coodiag_plugin.geocoding.ban_index import open_index  # noqa: E402
from coodiag.coodiag_plugin.geocoding.geocoder import Query, geocode  # noqa: E402
from coodiag.coodiag_plugin.geocoding.towns import Towns  # noqa: E402

FOLDER = alias.ROOT / "build" / "bench"
VENV = FOLDER / "addok"
PACKAGES = ("addok==1.3.2", "addok-france==1.2.0", "addok-fr", "addok-csv")


# --- Coodiag ----------------------------------------------------------------------------------


def coodiag(
    asked: Sequence[Asked], base: list[Address], folder: Path
) -> tuple[list[Answer], dict[str, float], dict[str, float]]:
    """Answers, processor seconds by class, and what the index costs.

    Each class is answered in a process of its own, so that it finds no answer of another class in
    the caches.
    """
    ban = folder / "ban.csv"
    bench_addresses.write_ban(base, ban)
    cost = _in_child(_index_cost, ban, folder)
    answers: dict[int, Answer] = {}
    seconds: dict[str, float] = {}
    for name in dict.fromkeys(a.name for a in asked):
        rows = [(at, asked[at].question) for at in range(len(asked)) if asked[at].name == name]
        found, seconds[name] = _in_child(_locate, ban, folder, rows, _towns(base))
        answers.update(found)
    return [answers[at] for at in range(len(asked))], seconds, cost


def _towns(base: list[Address]) -> list[dict[str, Any]]:
    middle: dict[str, Address] = {}
    for a in base:
        middle.setdefault(a.citycode, a)
    return [{"codgeo": a.citycode, "nom": a.city, "lon": a.lon, "lat": a.lat} for a in middle.values()]  # fmt: skip


def _in_child(work: Any, *given: Any) -> Any:
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(work, given)


def _index_cost(ban: Path, folder: Path) -> dict[str, float]:
    before, started = _resident(), time.perf_counter()
    with open_index([ban], folder / "index", Silent()):
        built = time.perf_counter() - started
    started = time.perf_counter()
    with open_index([ban], folder / "index", Silent()):
        opened = time.perf_counter() - started
        size = sum(f.stat().st_size for f in (folder / "index").glob("*.sqlite"))
        return {"built": built, "opened": opened, "size": size / 1e6, "memory": _resident() - before}  # fmt: skip


def _locate(
    ban: Path, folder: Path, rows: list[tuple[int, Question]], communes: list[dict[str, Any]]
) -> tuple[dict[int, Answer], float]:
    queries = [
        Query(str(at), q.address, q.complement, q.postcode, q.city, q.citycode) for at, q in rows
    ]
    towns = Towns.from_rows(communes)
    with open_index([ban], folder / "index", Silent()) as index:
        started = time.process_time()
        found = geocode(queries, index, towns, progress=Silent())
        seconds = time.process_time() - started
    levels = {"adresse": "number", "voie": "street", "lieu-dit": "street", "commune": "town"}
    names = {town["codgeo"]: town["nom"] for town in communes}
    answers = {}
    for located in found:
        level = levels.get(located.status, "none")
        city = names.get(located.citycode, "")
        street = re.sub(rf" ?\d{{5}} {re.escape(city)}$", "", located.label)
        if level == "number":
            street = re.sub(r"^\d+( (bis|ter|quater|quinquies|[a-z]))? ", "", street)
        answers[int(located.row_id)] = Answer(level, street, (city,), located.x or 0.0, located.y or 0.0, located.score)  # fmt: skip
    return answers, seconds


def _resident() -> float:
    """Memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found.group(1)) / 1024 if found else float("nan")


# --- addok ------------------------------------------------------------------------------------


def rival_python() -> tuple[str, str]:
    """The Python of addok's environment; "" and the reason when it cannot be had."""
    if shutil.which("redis-server") is None:
        return "", "redis-server is not installed (Debian: apt-get install redis-server)"
    python = VENV / "bin" / "python"
    if not python.exists():
        made = _run([sys.executable, "-m", "venv", str(VENV)])
        if made.returncode:
            return "", (made.stderr or made.stdout).strip()[-300:]
    if _run([str(python), "-c", "import addok, addok_france, addok_fr"]).returncode:
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]  # fmt: skip
        done = _run(pip)
        if done.returncode:
            return "", (done.stderr.strip().splitlines() or ["pip failed"])[-1]
    return str(python), ""


def _run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


@contextmanager
def redis() -> Iterator[Path]:
    """A Redis of its own on a socket in a temporary folder: no port, nothing written."""
    with tempfile.TemporaryDirectory(prefix="coodiag-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        settings = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", folder]  # fmt: skip
        server = subprocess.Popen(["redis-server", *settings], stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if socket.exists():
                    break
                time.sleep(0.1)
            yield socket
        finally:
            server.terminate()
            server.wait(30)


def addok(
    python: str, asked: Sequence[Asked], base: list[Address], folder: Path
) -> tuple[list[Answer], dict[str, float], dict[str, float]]:
    """Answers, processor seconds by class (Redis included), and what its index costs."""
    documents, put, got = folder / "addok.sjson", folder / "questions.jsonl", folder / "answers.jsonl"  # fmt: skip
    bench_addresses.write_addok(base, documents)
    with put.open("w", encoding="utf-8") as stream:
        for item in asked:
            stream.write(json.dumps({**asdict(item.question), "class": item.name}) + "\n")
    with redis() as socket:
        environment = _environment(folder, socket)
        started = time.perf_counter()
        for command in (["batch", str(documents)], ["ngrams"]):
            done = _run([str(Path(python).with_name("addok")), *command], env=environment)
            if done.returncode:
                raise SystemExit(f"addok {command[0]} failed: {done.stderr[-500:]}")
        built = time.perf_counter() - started
        script = str(Path(__file__).with_name("bench_addok.py"))
        done = _run([python, script, str(put), str(got)], env=environment)
        if done.returncode:
            raise SystemExit(f"addok failed: {done.stderr[-1000:]}")
    head, *lines = got.read_text(encoding="utf-8").splitlines()
    told = json.loads(head)
    cost = {"built": built, "memory": told["memory"], "redis": told["redis"]}
    return [_answer(json.loads(line)) for line in lines], told["seconds"], cost


def _environment(folder: Path, socket: Path) -> dict[str, str]:
    import bench_addok

    settings = folder / "addok.conf"
    settings.write_text(bench_addok.CONFIG, encoding="utf-8")
    told = {"ADDOK_CONFIG_MODULE": settings, "REDIS_SOCKET": socket, "ADDOK_LOG_DIR": folder}
    return {**os.environ, **{key: str(value) for key, value in told.items()}}


def _answer(told: dict[str, Any] | None) -> Answer:
    if told is None:
        return Answer("none")
    level = {"housenumber": "number", "street": "street", "locality": "street"}.get(told["type"], "town")  # fmt: skip
    return Answer(level, told["street"], tuple(told["cities"]), told["lon"], told["lat"], told["score"])  # fmt: skip
