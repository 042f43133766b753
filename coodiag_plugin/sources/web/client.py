"""The client of every public service: cached, within quotas, patient, and cancelled at once."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ...core.progress import Progress, Silent
from .answers import Answer, Origin, iso_day
from .cache import Cache, Entry, kept_headers
from .caller import Caller, disk_error
from .download import download
from .faults import DOWN, NO_NETWORK, Fault, Kind, ServiceError, TryAgain
from .keys import Keys
from .request import FilePart, Request
from .services import Service, services
from .settings import NetworkSettings
from .waits import Clock

__all__ = [
    "Answer", "Cache", "FilePart", "NetworkSettings", "Origin", "Request", "ServiceError",
    "TryAgain", "Web",
]  # fmt: skip
_SILENCE = 60.0  # seconds during which a service found unreachable is not tried again
_Bytes = bytes  # Web.bytes hides the name
T = TypeVar("T")
#: Says, in the service's own words, that a good status holds an error; None or empty when not.
Check = Callable[[Any], "str | None"]


class Web:
    """Calls to the services of the catalogue. One per run; threads may share it.

    ``origins`` tells, by service, the dates of what was used. Every call may raise
    :class:`ServiceError` (a sentence) and ``Cancelled``, the latter within a second.
    """

    def __init__(
        self,
        settings: NetworkSettings,
        cache: Cache,
        keys: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.cache = cache
        self.mode = cache.mode
        self.progress: Progress = progress or Silent()
        self.clock: Clock = cache.clock
        self.origins: dict[str, Origin] = {}
        self._keys = Keys(keys or {}, settings.proxies)
        self.caller = Caller(settings, self._keys, cache.folder, self.progress, self.clock)
        self._down: dict[str, tuple[float, ServiceError]] = {}
        self._told: set[tuple[str, str]] = set()
        self._used: list[tuple[str, str]] = []
        self._lock = threading.Lock()

    def under(self, progress: Progress) -> Web:
        """The same client (connections, dates, quotas), reporting to another progress."""
        view = copy.copy(self)
        view.progress = progress
        view.caller = self.caller.under(progress)
        return view

    def close(self) -> None:
        """Leave the connections; what was asked stays known."""
        self.caller.close()

    def has_key(self, service: str) -> bool:
        """Whether the user has given a key for a service."""
        return self._keys.has(service)

    def json(self, request: Request, check: Check | None = None) -> Any:
        """The answer parsed as JSON; ``check`` looks for an error under a good status."""
        return self.fetch(request, Answer.json, check)[1]

    def text(self, request: Request, check: Check | None = None) -> str:
        """The answer as text."""
        return self.fetch(request, Answer.text, check)[1]

    def bytes(self, request: Request, check: Check | None = None) -> _Bytes:
        """The answer as received, decompressed."""
        return self.fetch(request, Answer.body, check)[1]

    def download(self, request: Request, path: Path, checksum: str = "") -> Path:
        """A big file at ``path``, resumed where a former run was cut.

        ``checksum``: ``sha256:…``, ``sha1:…`` or ``md5:…`` as the catalogue of the data gives it.
        """
        return download(self, request, Path(path), checksum)

    def fetch(
        self, request: Request, read: Callable[[Answer], T], check: Check | None = None
    ) -> tuple[Answer, T]:
        """The answer with its date, and what ``read`` (``Answer.json``…) makes of it.

        Only answers that ``read`` and ``check`` let through are kept in the cache.
        """
        self.progress.check()
        service = services()[request.service]
        self._used.append((service.id, request.key(self.caller.base(service))))
        kept = None if request.private else self._find(service, request, read)
        if kept is not None and self.enough(service, self.cache.age(kept[0])):
            return self._use(service, kept[0], "cache"), kept[1]
        if self.mode == "offline":
            raise ServiceError(Kind.OFFLINE, service)
        entry = kept[0] if kept else None
        try:
            return self.guarded(service, lambda: self._ask(service, request, entry, read, check))
        except ServiceError as error:
            if kept is None or self.mode != "auto" or error.kind not in DOWN:
                raise
            answer = self._use(service, kept[0], "stale")
            self.tell_stale(service, answer.date, answer.age, error)
            return answer, kept[1]

    def mark(self) -> int:
        """A moment of the run, for :meth:`forget`."""
        return len(self._used)

    def forget(self, mark: int) -> None:
        """Remove from the cache the answers used since a mark: they cannot be understood."""
        for name, key in self._used[mark:]:
            try:
                self.cache.forget(name, key)
            except OSError as error:
                raise disk_error(services()[name], error) from error

    # Shared with download.py.

    def enough(self, service: Service, age: float) -> bool:
        """Whether something ``age`` days old is used without asking."""
        return self.mode == "offline" or (self.mode == "auto" and age <= service.fresh_days)

    def guarded(self, service: Service, ask: Callable[[], T]) -> T:
        """``ask``, unless the service was found unreachable a moment ago in this run."""
        known = self._down.get(service.id)
        if known is not None and self.clock.now() < known[0]:
            raise known[1].with_traceback(None)
        try:
            return ask()
        except ServiceError as error:
            if error.kind in NO_NETWORK:
                self._down[service.id] = (self.clock.now() + _SILENCE, error)
            raise

    def tell_stale(self, service: Service, date: str, age: float, error: ServiceError) -> None:
        """Say that something old stands in for the service, once per service and day."""
        with self._lock:
            if (service.id, date) in self._told:
                return
            self._told.add((service.id, date))
        self.progress.warn(
            "{service} cannot be reached: what it gave on {date} is used ({days} days old). {reason}",
            service=service.title,
            date=date,
            days=round(age),
            reason=error.words(),
        )

    def note(self, service: Service, date: str, state: str) -> None:
        """Count an answer that the run uses."""
        with self._lock:
            self.origins.setdefault(service.id, Origin()).add(date, state)

    # Private.

    def _ask(
        self,
        service: Service,
        request: Request,
        entry: Entry | None,
        read: Callable[[Answer], T],
        check: Check | None,
    ) -> tuple[Answer, T]:
        def attempt() -> tuple[Entry, T]:
            reply = self.caller.ask(service, request, _if_changed(entry))
            now = self.clock.now()
            if reply.status == 304 and entry is not None:
                found = Entry(entry.status, entry.headers, now, entry.content)
            else:
                self.caller.judge(service, request, reply)
                found = Entry(reply.status, kept_headers(reply.headers), now, reply.content)
            value = read(_answer(service, found, 0.0, "live"))
            said = check(value) if check else None
            if said:
                raise Fault(Kind.ERROR_BODY, self._keys.hide(said))
            return found, value

        found, value = self.caller.persist(service, request.key(""), attempt)
        if not request.private and not self._keys.inside(found.content):
            self._store(service, request, found)
        return self._use(service, found, "live"), value

    def _use(self, service: Service, entry: Entry, state: str) -> Answer:
        answer = _answer(service, entry, self.cache.age(entry), state)
        self.note(service, answer.date, state)
        return answer

    def _find(
        self, service: Service, request: Request, read: Callable[[Answer], T]
    ) -> tuple[Entry, T] | None:
        """The kept answer and its reading; one that cannot be read this way is not there."""
        try:
            entry = self.cache.find(service.id, request.key(self.caller.base(service)))
        except OSError as error:
            raise disk_error(service, error) from error
        if entry is None:
            return None
        try:
            return entry, read(_answer(service, entry, self.cache.age(entry), "cache"))
        except Fault:
            return None

    def _store(self, service: Service, request: Request, entry: Entry) -> None:
        key, question = (
            request.key(self.caller.base(service)),
            f"{request.method} {request.url('')}",
        )
        try:
            self.cache.store(service.id, key, entry, question)
        except OSError as error:
            raise disk_error(service, error) from error


def _answer(service: Service, entry: Entry, age: float, state: str) -> Answer:
    day = iso_day(entry.date)
    return Answer(service.id, entry.content, entry.status, entry.headers, day, age, state)


def _if_changed(entry: Entry | None) -> dict[str, str]:
    """Headers that ask for the body only if it changed."""
    if entry is None:
        return {}
    if "etag" in entry.headers:
        return {"If-None-Match": entry.headers["etag"]}
    if "last-modified" in entry.headers:
        return {"If-Modified-Since": entry.headers["last-modified"]}
    return {}
