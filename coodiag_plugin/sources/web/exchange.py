"""One HTTP exchange in its own thread, so that the caller can leave it at any moment."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from .faults import Fault, Kind, network_fault

CHUNK = 1 << 14  # what a cut may lose of a download
LARGEST = 300_000_000  # bytes of an answer kept in memory, once decompressed
_POLL = 0.05  # seconds between two looks at the cancel flag
_LEAVE = 0.5  # seconds left to the thread to end, once its connection is cut
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_BODILESS = {204, 304}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Reply:
    """What came back. Names of headers are in lower case; ``content`` is empty for a sink."""

    status: int
    headers: Mapping[str, str]
    url: str
    content: bytes = b""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def redirect(self) -> str:
        """Where the answer sends to, empty when it does not."""
        target = self.headers.get("location", "")
        if not target or self.status not in _REDIRECTS:
            return ""
        try:
            whole = urljoin(self.url, target)
            origin(whole)
        except ValueError as error:  # an address that cannot be read
            astray = Fault(Kind.REDIRECT, "?")
            raise astray from error
        return whole


class Sink(Protocol):
    """Where the body of a good answer is written instead of memory."""

    def open(self, head: Reply) -> None: ...
    def write(self, chunk: bytes) -> None: ...
    def close(self) -> None: ...


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what must be equal for a key to be sent."""
    parts = urlsplit(url)
    return (
        parts.scheme,
        parts.hostname or "",
        parts.port or (443 if parts.scheme == "https" else 80),
    )


class _Line:
    """The connection of an exchange, known as soon as it exists, cut from another thread."""

    def __init__(self) -> None:
        self._connection: Any = None
        self.is_cut = False

    def hold(self, connection: Any) -> None:
        self._connection = connection
        if self.is_cut:
            raise ConnectionAbortedError

    def cut(self) -> None:
        self.is_cut = True
        sock = getattr(self._connection, "sock", None)
        if sock is not None:
            # Closing would wait for the reader's lock; a shutdown wakes the reader up.
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


_thread = threading.local()  # .line: the line of the exchange that runs in this thread


class _Held:
    """Mixin of the connections of urllib3: tells the exchange of this thread what it uses."""

    def connect(self) -> None:
        _thread.line.hold(self)
        super().connect()  # type: ignore[misc]
        _thread.line.hold(self)  # cut while it was being made

    def putrequest(self, *args: Any, **kwargs: Any) -> Any:
        _thread.line.hold(self)  # a connection used again does not connect
        return super().putrequest(*args, **kwargs)  # type: ignore[misc]


def _watch(manager: Any) -> Any:
    """Make a pool manager of urllib3 use watched connections, whatever its kind (SOCKS too)."""
    manager.pool_classes_by_scheme = {
        scheme: type(
            "WatchedPool",
            (pool,),
            {"ConnectionCls": type("WatchedConnection", (_Held, pool.ConnectionCls), {})},
        )
        for scheme, pool in manager.pool_classes_by_scheme.items()
    }
    return manager


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **kwargs)
        return manager if known else _watch(manager)


def session() -> requests.Session:
    """A session that takes nothing from the machine (no netrc, no cookie kept)."""
    made = requests.Session()
    made.trust_env = False
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers.clear()
    made.mount("https://", _Adapter())
    made.mount("http://", _Adapter())
    return made


class Exchange(threading.Thread):
    """Sends one request and reads its answer, into memory or into a sink."""

    def __init__(self, send: Callable[[], requests.Response], sink: Sink | None = None) -> None:
        super().__init__(name="coodiag-http", daemon=True)
        self._send = send
        self._sink = sink
        self._line = _Line()
        self._ended = threading.Event()
        self._reply: Reply | None = None
        self._failure: BaseException | None = None

    def result(self, watch: Callable[[], None], limit: float | None = None) -> Reply:
        """The answer. ``watch`` is called all along and may raise to leave; ``limit`` in seconds.

        Raises :class:`Fault`, never an error of ``requests``.
        """
        watch()
        start = time.monotonic()
        self.start()
        try:
            while not self._ended.wait(_POLL):
                watch()
                if limit is not None and time.monotonic() - start > limit:
                    raise Fault(Kind.TIMEOUT)
        finally:
            if not self._ended.is_set():
                self._line.cut()
                self.join(_LEAVE)
        if self._failure is not None:
            raise self._failure
        assert self._reply is not None
        return self._reply

    def run(self) -> None:
        _thread.line = self._line
        try:
            self._reply = self._talk()
        except requests.RequestException as error:
            self._failure = network_fault(error)
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._failure = error
        finally:
            self._ended.set()

    def _talk(self) -> Reply:
        try:
            response = self._send()
        except requests.RequestException:
            raise
        except ValueError as error:  # a host name that urllib3 cannot read
            nameless = Fault(Kind.DNS)
            raise nameless from error
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            head = Reply(response.status_code, headers, response.url)
            encoding = headers.get("content-encoding", "").strip().lower()
            if encoding not in _ENCODINGS:
                raise Fault(Kind.ENCODING, encoding)
            if self._sink is not None and head.status in (200, 206):
                self._pour(response, head, self._sink)
                return head
            memory = io.BytesIO()

            def keep(chunk: bytes) -> None:
                if memory.tell() + len(chunk) > LARGEST:
                    raise Fault(Kind.ERROR_BODY, f"> {LARGEST // 1_000_000} Mo", head.status)
                memory.write(chunk)

            self._read(response, head, keep)
            return Reply(head.status, headers, head.url, memory.getvalue())
        finally:
            response.close()

    def _pour(self, response: requests.Response, head: Reply, sink: Sink) -> None:
        sink.open(head)
        try:
            self._read(response, head, sink.write)
        finally:
            sink.close()

    def _read(
        self, response: requests.Response, head: Reply, write: Callable[[bytes], Any]
    ) -> None:
        for chunk in response.iter_content(CHUNK):
            if self._line.is_cut:
                raise Fault(Kind.CUT)
            write(chunk)
        declared = head.headers.get("content-length", "")
        measured = declared.isdecimal() and head.status not in _BODILESS
        # requests does not compare by itself; tell() counts bytes as they travelled.
        if measured and response.raw.tell() != int(declared):
            raise Fault(Kind.CUT)
