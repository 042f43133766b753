"""A run that is cancelled answers within a second; one cut anywhere ends with the same bytes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.sources.web.client import Request, Web
from coodiag.coodiag_plugin.sources.web.exchange import CHUNK
from coodiag.coodiag_plugin.sources.web.lock import held
from coodiag.coodiag_plugin.sources.web.waits import Clock
from coodiag.tests.servers import faulty
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.faulty import FILE, PAGES, FaultyServer, page
from coodiag.tests.unit import web_run
from coodiag.tests.unit.web_samples import Listener, client, items

FILE_REQUEST = Request.get("geo_api", "file")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as running:
        yield running


def exchanges() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "coodiag-http"]


def cancelled_after(delay: float, listener: Listener, run: object) -> float:
    """Seconds between the cancel, ``delay`` after the start, and its answer."""
    moment: list[float] = []

    def cancel() -> None:
        moment.append(time.monotonic())
        listener.cancel.set()

    timer = threading.Timer(delay, cancel)
    timer.start()
    with pytest.raises(Cancelled):
        run()  # type: ignore[operator]
    return time.monotonic() - moment[0]


@pytest.mark.parametrize(
    "fault",
    [
        faulty.silent(30),
        faulty.slow(0.05),
        replace(faulty.slow(0.05), chunked=True),
        faulty.busy("100"),
        faulty.failure(503).with_headers(("Retry-After", "100")),
    ],
    ids=["no headers", "slow body", "slow chunks", "asked to wait", "failing"],
)
def test_a_cancel_is_answered_within_a_second(
    server: FaultyServer, tmp_path: Path, fault: Response
) -> None:
    server.script(fault)
    listener = Listener()
    web = client(tmp_path, server.url, progress=listener, clock=Clock())
    assert cancelled_after(0.3, listener, lambda: web.json(items())) < 1.0
    assert exchanges() == [], "the connection is cut, its thread has ended"


def test_a_cancel_is_answered_while_waiting_for_the_quota(
    server: FaultyServer, tmp_path: Path
) -> None:
    listener = Listener()
    web = client(tmp_path, server.url, "refresh", "emplois_inclusion", listener, Clock())
    request = Request.get("emplois_inclusion", "items", {"page": 1})
    took = cancelled_after(0.4, listener, lambda: [web.json(request) for _ in range(9)])
    assert took < 1.0 and len(server.log) == 5
    assert "quota" in listener.said[0]


def test_a_cancel_is_answered_during_a_download_and_its_bytes_serve(
    server: FaultyServer, tmp_path: Path
) -> None:
    listener = Listener()
    web = client(tmp_path, server.url, progress=listener, clock=Clock())
    slow = Response(FILE, headers=(("ETag", faulty.ETAG),), drip=0.02, piece=1 << 15)
    server.script(slow)
    target = tmp_path / "stock.zip"
    took = cancelled_after(0.25, listener, lambda: web.download(FILE_REQUEST, target))
    assert took < 1.0 and not target.exists() and exchanges() == []
    received = (tmp_path / ".stock.zip.part").stat().st_size
    assert 0 < received < len(FILE) and 0 < listener.fractions[-1] < 1
    listener.cancel.clear()
    web.download(FILE_REQUEST, target)
    assert target.read_bytes() == FILE
    assert server.log[1].headers["range"] == f"bytes={received}-"


def test_a_cancel_is_answered_while_another_run_downloads(
    server: FaultyServer, tmp_path: Path
) -> None:
    listener = Listener()
    web = client(tmp_path, server.url, progress=listener, clock=Clock())
    server.script(faulty.silent(1.5))
    target = tmp_path / "stock.zip"
    other = threading.Thread(
        target=client(tmp_path, server.url).download, args=(FILE_REQUEST, target)
    )
    other.start()
    while not server.log:
        time.sleep(0.01)
    assert cancelled_after(0.2, listener, lambda: web.download(FILE_REQUEST, target)) < 1.0
    other.join()


def test_a_cancel_is_answered_while_a_name_is_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_: object, **__: object) -> None:
        time.sleep(2)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    listener = Listener()
    web = client(tmp_path, "https://service.invalid", progress=listener, clock=Clock())
    assert cancelled_after(0.2, listener, lambda: web.json(items())) < 1.0


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_cancel_is_answered_while_connecting(tmp_path: Path, scheme: str) -> None:
    """http: a full queue of connections; https: a server that never answers the handshake."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        address = listening.getsockname()
        for _ in range(4 if scheme == "http" else 0):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        listener = Listener()
        url = f"{scheme}://127.0.0.1:{address[1]}"
        web = client(tmp_path, url, progress=listener, clock=Clock())
        assert cancelled_after(0.3, listener, lambda: web.json(items())) < 1.0


def test_a_cancel_before_the_first_request_sends_nothing(
    server: FaultyServer, tmp_path: Path
) -> None:
    listener = Listener()
    listener.cancel.set()
    web = client(tmp_path, server.url, progress=listener)
    for call in (lambda: web.json(items()), lambda: web.download(FILE_REQUEST, tmp_path / "f")):
        with pytest.raises(Cancelled):
            call()
    assert server.log == []


def test_a_lock_excludes_threads_and_lets_a_waiter_leave(tmp_path: Path) -> None:
    inside, most = 0, 0

    def enter() -> None:
        nonlocal inside, most
        for _ in range(20):
            with held(tmp_path / "lock", lambda: time.sleep(0.0005)):
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1

    def leave() -> None:
        raise Cancelled

    path = tmp_path / "lock"
    with held(path, leave), pytest.raises(Cancelled), held(path, leave):
        pytest.fail("held twice")


# Cut at any request.

PIECES = 3  # the file comes in so many answers of 16 chunks
PIECE = 16 * CHUNK
REQUESTS = PAGES + PIECES


def whole_result(folder: Path) -> bytes:
    return (folder / "result.json").read_bytes() + (folder / "file.zip").read_bytes()


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a run without any cut gives."""
    folder = tmp_path_factory.mktemp("whole")
    with FaultyServer(cut_file_after=PIECE) as server:
        web_run.pages_and_file(server.url, folder / "cache", folder / "result.json")
        assert len(server.log) == REQUESTS
    return whole_result(folder)


@pytest.mark.parametrize("cut", range(1, REQUESTS + 1))
def test_a_run_killed_at_any_request_ends_with_the_same_bytes(
    server: FaultyServer, tmp_path: Path, reference: bytes, cut: int
) -> None:
    server.cut_file_after = PIECE
    command = [
        sys.executable, web_run.__file__, server.url, str(tmp_path / "cache"),
        str(tmp_path / "result.json"),
    ]  # fmt: skip
    ready = threading.Event()

    def kill(seen: Seen) -> Response | None:
        ready.wait(10)
        process.send_signal(signal.SIGKILL)
        return None

    server.script(*[lambda seen: None] * (cut - 1), kill)
    process = subprocess.Popen(command)
    ready.set()
    assert process.wait(20) == -signal.SIGKILL
    assert not (tmp_path / "result.json").exists()
    web_run.pages_and_file(server.url, tmp_path / "cache", tmp_path / "result.json")
    assert whole_result(tmp_path) == reference
    asked = [seen.param("page") for seen in server.log if seen.path == "/items"]
    assert all(asked.count(str(number)) == 1 for number in range(1, min(cut, PAGES + 1)))


@pytest.mark.parametrize("cut", range(1, REQUESTS + 1))
def test_a_run_cancelled_at_any_request_ends_with_the_same_bytes(
    server: FaultyServer, tmp_path: Path, reference: bytes, cut: int
) -> None:
    server.cut_file_after = PIECE
    listener = Listener()
    web = client(tmp_path / "cache", server.url, progress=listener)

    def cancel(seen: Seen) -> None:
        listener.cancel.set()

    server.script(*[lambda seen: None] * (cut - 1), cancel)
    with pytest.raises(Cancelled):
        run(web, tmp_path)
    web_run.pages_and_file(server.url, tmp_path / "cache", tmp_path / "result.json")
    assert whole_result(tmp_path) == reference


def run(web: Web, folder: Path) -> None:
    for number in range(1, PAGES + 1):
        assert web.json(items(number)) == page(number)
    web.download(FILE_REQUEST, folder / "file.zip")
    web.progress.check()
