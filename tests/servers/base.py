"""A local HTTP server to imitate a public service: log, counter by second, quota, faults.

A service server subclasses :class:`LocalServer` and writes :meth:`LocalServer.answer`; the test
adds faults with :meth:`LocalServer.script`, which come before the true answers.
"""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Optional, Union
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as received; ``time`` is of the monotonic clock of this process."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    headers: dict[str, str]  # names in lower case
    body: bytes
    time: float

    def param(self, name: str, default: str = "") -> str:
        return dict(self.params).get(name, default)

    def all(self, name: str) -> list[str]:
        """Every value of a repeated parameter."""
        return [value for key, value in self.params if key == name]


@dataclass(frozen=True)
class Response:
    """An answer and the manner in which it is sent.

    ``chunked``: without Content-Length. ``cut_at``: the connection closes after these bytes of
    the body. ``hang``: seconds of silence before the status line. ``drip``: seconds between two
    pieces of ``piece`` bytes. ``reset``: the connection is reset without any answer.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    chunked: bool = False
    cut_at: Optional[int] = None
    hang: float = 0.0
    drip: float = 0.0
    piece: int = 1
    reset: bool = False

    @classmethod
    def of_json(cls, value: Any, status: int = 200, **more: Any) -> Response:
        body = json.dumps(value, ensure_ascii=False).encode()
        return cls.typed(body, "application/json; charset=utf-8", status, **more)

    @classmethod
    def of_text(cls, text: str, content_type: str = "text/plain", status: int = 200) -> Response:
        return cls.typed(text.encode(), f"{content_type}; charset=utf-8", status)

    @classmethod
    def typed(cls, body: bytes, content_type: str, status: int = 200, **more: Any) -> Response:
        headers = (("Content-Type", content_type), *more.pop("headers", ()))
        return cls(body, status, headers, **more)

    def with_headers(self, *headers: tuple[str, str]) -> Response:
        return replace(self, headers=(*self.headers, *headers))

    def gzipped(self) -> Response:
        body = gzip.compress(self.body, mtime=0)
        return replace(self, body=body).with_headers(("Content-Encoding", "gzip"))


Fault = Union[Response, Callable[[Seen], Optional[Response]]]


@dataclass
class LocalServer:
    """A threading server on 127.0.0.1, a port of its own; use it as a context manager.

    ``quota`` (requests, seconds): beyond, :meth:`over_quota` answers, and the refusal is logged in
    ``refused`` too. ``tls``: (certificate, key) files.
    """

    quota: Optional[tuple[int, float]] = None
    tls: Optional[tuple[str, str]] = None
    log: list[Seen] = field(default_factory=list)
    refused: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._faults: deque[Fault] = deque()
        self._each: Optional[Fault] = None
        self._lock = threading.Lock()
        self._leaving = threading.Event()
        self._alive: set[socket.socket] = set()

    # To be written by a service.

    def answer(self, seen: Seen) -> Response:
        """The true answer."""
        return Response.of_text("Not Found", status=404)

    def over_quota(self, seen: Seen) -> Response:
        """The answer beyond the quota."""
        return Response.of_text("Too Many Requests", status=429)

    # For the tests.

    def script(self, *faults: Fault) -> None:
        """Faults for the next requests, in order; a function may return None to let one pass."""
        with self._lock:
            self._faults.extend(faults)

    def each(self, fault: Fault) -> None:
        """Ask ``fault`` at every request; it may return None to let one pass."""
        with self._lock:
            self._each = fault

    def rest(self) -> None:
        """Forget the requests received and the faults to come."""
        with self._lock:
            self._faults.clear()
            self._each = None
            self.log.clear()
            self.refused.clear()

    def paths(self) -> list[str]:
        return [seen.path for seen in self.log]

    def per_window(self, seconds: float = 1.0) -> int:
        """The most requests received in any window of ``seconds``."""
        times = sorted(seen.time for seen in self.log)
        start, most = 0, 0
        for end, moment in enumerate(times):
            while times[start] <= moment - seconds:
                start += 1
            most = max(most, end - start + 1)
        return most

    @property
    def url(self) -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Any:
        self._server = _Threading(("127.0.0.1", 0), type("Handler", (_Handler,), {"local": self}))
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*self.tls)
            # The handshake belongs to the thread of the connection, not to the loop that accepts.
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """No connection is accepted any more: the machine is offline."""
        self._leaving.set()
        self._server.shutdown()
        self._server.server_close()
        with self._lock:
            alive, self._alive = self._alive, set()
        for connection in alive:
            with suppress(OSError):  # it was leaving by itself
                connection.shutdown(socket.SHUT_RDWR)

    # Of the handler.

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._alive.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._alive.discard(connection)

    def receive(self, seen: Seen) -> Response:
        with self._lock:
            self.log.append(seen)
            over = self._is_over(seen)
            fault = self._faults.popleft() if self._faults and not over else self._each
            if over:
                self.refused.append(seen)
        if over:
            return self.over_quota(seen)
        response = fault(seen) if callable(fault) else fault
        return self.answer(seen) if response is None else response

    def sleep(self, seconds: float) -> None:
        """Wait, but not longer than the server lives."""
        self._leaving.wait(seconds)

    def _is_over(self, seen: Seen) -> bool:
        if self.quota is None:
            return False
        count, seconds = self.quota
        return sum(1 for other in self.log if other.time > seen.time - seconds) > count


class _Threading(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    local: LocalServer
    protocol_version = "HTTP/1.1"
    #: Head and body leave in two writes: the second must not wait for the client's delayed ACK.
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.local.opened(self.connection)

    def finish(self) -> None:
        self.local.closed(self.connection)
        super().finish()

    def handle_any(self) -> None:
        response = self.local.receive(self._seen())
        self.local.sleep(response.hang)
        if response.reset:
            self._reset()
            return
        self._send(response)

    def do_GET(self) -> None:
        self.handle_any()

    def do_POST(self) -> None:
        self.handle_any()

    def do_CONNECT(self) -> None:
        self.handle_any()

    def log_message(self, format: str, *args: Any) -> None:
        """The log is ``LocalServer.log``."""

    def _seen(self) -> Seen:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        params = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return Seen(self.command, parts.path, params, headers, body, time.monotonic())

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        told = {name.lower() for name, _ in response.headers}
        if response.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif "content-length" not in told and response.status not in (204, 304):
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command == "HEAD" or response.status in (204, 304):
            return
        self._send_body(response)

    def _send_body(self, response: Response) -> None:
        body = response.body if response.cut_at is None else response.body[: response.cut_at]
        step = response.piece if response.drip else 1 << 16
        for start in range(0, len(body), step):
            piece = body[start : start + step]
            if response.chunked:
                piece = f"{len(piece):X}\r\n".encode() + piece + b"\r\n"
            self.wfile.write(piece)
            self.wfile.flush()
            self.local.sleep(response.drip)
        if response.cut_at is not None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif response.chunked:
            self.wfile.write(b"0\r\n\r\n")
