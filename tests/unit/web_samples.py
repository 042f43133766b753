"""A client, a clock and a progress for the tests of the HTTP room."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.sources.web.cache import Cache
from coodiag.coodiag_plugin.sources.web.client import NetworkSettings, Request, Web
from coodiag.coodiag_plugin.sources.web.waits import Clock

START = 1_795_000_000.0  # 18 November 2026


class FakeClock(Clock):
    """A clock that sleeping moves, so that waits take no time."""

    def __init__(self) -> None:
        self.time = START
        self.slept = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        with self._lock:
            return self.time

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.time += seconds
            self.slept += seconds


class Listener:
    """A progress that remembers what it is told, and may be cancelled from another thread."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.warned: list[str] = []
        self.fractions: list[float] = []
        self.cancel = threading.Event()

    def set(self, fraction: float) -> None:
        self.fractions.append(fraction)

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    def warn(self, template: str, **fields: Any) -> None:
        self.warned.append(template.format(**fields))

    def check(self) -> None:
        if self.cancel.is_set():
            raise Cancelled

    def part(self, start: float, end: float) -> Listener:
        return self


def client(
    folder: Path,
    url: str,
    mode: str = "auto",
    service: str = "geo_api",
    progress: Listener | None = None,
    clock: Clock | None = None,
    keys: dict[str, str] | None = None,
    **settings: Any,
) -> Web:
    """A client whose ``service`` is at ``url``."""
    cache = Cache(folder, mode, clock or FakeClock())
    network = NetworkSettings(urls={service: url}, **settings)
    return Web(network, cache, keys, progress)


def items(page: int = 1, **more: Any) -> Request:
    """A page of the list of the faulty server."""
    return Request.get("geo_api", "items", {"page": page}, **more)
