"""The client of every public service: cached, within quotas, patient, and cancelled at once."""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests

from ...core.progress import Progress, Silent
from ...core.words import Words
from .bucket import Bucket
from .cache import Cache, Entry, kept_headers
from .exchange import Exchange, Reply, Sink, origin, session
from .faults import DOWN, NO_NETWORK, PASSING, REASONS, Fault, Kind, ServiceError, TryAgain
from .keys import Keys
from .messages import is_page, words_of
from .request import Request
from .services import Service, base_url, services
from .settings import NetworkSettings
from .waits import BUDGET, LONGEST_TOLD, QUIET, Clock, backoff, spent, told_wait

_MAX_HOPS = 5
_SILENCE = 60.0  # seconds during which a service found unreachable is not tried again
_SERVER_FAILURES = {408, 500, 502, 503, 504}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_Bytes = bytes  # Web.bytes hides the name
T = TypeVar("T")
#: Says, in the service's own words, that a good status holds an error; empty or None when not.
Check = Callable[[Any], "str | None"]


@dataclass(frozen=True)
class Answer:
    """What a service answered, and when.

    ``state``: ``live``, ``cache`` (recent enough) or ``stale`` (old, the network being down).
    ``age`` in days. ``date``: ISO day on which the service gave or confirmed it.
    """

    service: str
    content: bytes
    status: int
    headers: Mapping[str, str]
    date: str
    age: float
    state: str

    def text(self) -> str:
        """The body as text, in the encoding it declares, else UTF-8 (with or without BOM)."""
        return _decoded(self.content, self.headers.get("content-type", ""))

    def json(self) -> Any:
        """The body as JSON; one that does not parse was cut on the way."""
        try:
            return json.loads(self.text())
        except json.JSONDecodeError as error:
            cut = Fault(Kind.CUT)
            raise cut from error


@dataclass
class Origin:
    """What a run took from one service: oldest and newest day, how many answers of each kind."""

    oldest: str = ""
    newest: str = ""
    live: int = 0
    cache: int = 0
    stale: int = 0

    def add(self, date: str, state: str) -> None:
        self.oldest = min(self.oldest or date, date)
        self.newest = max(self.newest, date)
        setattr(self, state, getattr(self, state) + 1)


class Web:
    """Calls to the services of the catalogue. One per run; threads may share it.

    ``origins`` tells, by service, the dates of what was used. Every method may raise
    :class:`ServiceError` (a sentence) and ``Cancelled``, the latter within a second.
    """

    def __init__(
        self,
        settings: NetworkSettings,
        cache: Cache,
        keys: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.cache = cache
        self.mode = "offline" if settings.offline else cache.mode
        self.progress: Progress = progress or Silent()
        self.clock = clock or cache.clock
        self.origins: dict[str, Origin] = {}
        self._keys = Keys(keys or {}, settings.proxies)
        self._session = session()
        self._down: dict[str, tuple[float, ServiceError]] = {}
        self._told: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def under(self, progress: Progress) -> Web:
        """The same client (connections, dates, quotas), reporting to another progress."""
        view = copy.copy(self)
        view.progress = progress
        return view

    def json(self, request: Request, check: Check | None = None) -> Any:
        """The answer parsed as JSON; ``check`` looks for an error in a good status."""
        return self.fetch(request, Answer.json, check)[1]

    def text(self, request: Request, check: Check | None = None) -> str:
        """The answer as text."""
        return self.fetch(request, Answer.text, check)[1]

    def bytes(self, request: Request, check: Check | None = None) -> _Bytes:
        """The answer as received (decompressed)."""
        return self.fetch(request, _content, check)[1]

    def download(self, request: Request, path: Path, checksum: str = "") -> Path:
        """A big file on disk: see :func:`.download.download`."""
        from .download import download  # it needs this module

        return download(self, request, path, checksum)

    def fetch(
        self, request: Request, read: Callable[[Answer], T], check: Check | None = None
    ) -> tuple[Answer, T]:
        """The answer with its date, and what ``read`` makes of it (it may raise :class:`Fault`).

        ``check`` is given what was read. Only answers that pass both are kept.
        """
        self.progress.check()
        service = services()[request.service]
        key = request.key(self.base(service))
        entry = None if request.private else self._find(service, key)
        if entry is not None and self.enough(service, self.cache.age(entry)):
            return self._kept(service, entry, "cache", read)
        if self.mode == "offline":
            raise ServiceError(Kind.OFFLINE, service)
        try:
            return self.guarded(service, lambda: self._ask(service, request, entry, read, check))
        except ServiceError as error:
            if entry is None or self.mode != "auto" or error.kind not in DOWN:
                raise
            answer = self._kept(service, entry, "stale", read)
            self.tell_stale(service, answer[0].date, answer[0].age, error)
            return answer

    # What follows is shared with download.py, not with the clients of the services.

    def base(self, service: Service) -> str:
        return base_url(service, self.settings.urls)

    def enough(self, service: Service, age: float) -> bool:
        """Whether something ``age`` days old is used without asking."""
        return self.mode == "offline" or (self.mode == "auto" and age <= service.fresh_days)

    def guarded(self, service: Service, ask: Callable[[], T]) -> T:
        """``ask``, unless the service was found unreachable a moment ago in this run."""
        known = self._down.get(service.id)
        if known is not None and self.clock.now() < known[0]:
            raise known[1]
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

    def persist(self, service: Service, seed: str, attempt: Callable[[], T]) -> T:
        """``attempt`` until it succeeds, with waits that are said and a limit to their sum."""
        tries, waited = 0, 0.0
        while True:
            tries += 1
            try:
                return attempt()
            except Fault as fault:
                failed = fault
            if failed.moved:
                tries, waited = 1, 0.0  # a resumed download gained bytes
            pause = self._pause_after(service, failed, tries, seed)
            if pause is None or waited + pause > BUDGET:
                raise self._error(service, failed, tries)
            waited += pause
            self.progress.say(
                "{service}: {reason}. New attempt in {seconds} s ({attempt} of {attempts}).",
                service=service.title,
                reason=Words(REASONS[failed.kind]),
                seconds=max(round(pause), 1),
                attempt=tries + 1,
                attempts=service.max_attempts,
            )
            self.pause(pause)

    def pause(self, seconds: float) -> None:
        """Wait, looking at the cancel flag."""
        end = self.clock.now() + seconds
        while True:
            self.progress.check()
            # Never longer than asked, even when the clock of the machine is set back meanwhile.
            left = min(end - self.clock.now(), seconds)
            if left <= 0:
                return
            step = min(left, 0.1)
            self.clock.sleep(step)
            seconds -= step

    def talk(
        self,
        service: Service,
        request: Request,
        headers: Mapping[str, str],
        sink: Sink | None = None,
        watch: Callable[[], None] | None = None,
    ) -> Reply:
        """One answer, redirects followed; the key goes to the host of the service only."""
        base = self.base(service)
        url, method, body = request.url(base), request.method, request.body
        home = origin(base)
        key = self._key_header(service, url, home)
        for _ in range(_MAX_HOPS):
            self._take_turn(service)
            sent = {**self._headers(request, headers), **(key if origin(url) == home else {})}
            try:
                reply = self._exchange(service, method, url, body, sent, sink, watch)
            except Fault as fault:
                fault.host = fault.host or urlsplit(url).hostname or ""
                raise
            target = reply.redirect
            if not target:
                return reply
            if reply.status in (301, 302, 303) and method == "POST":
                method, body = "GET", b""
            _refuse_unsafe(url, target, body)
            url = target
        raise Fault(Kind.REDIRECT, urlsplit(url).hostname or "", host=home[1])

    def judge(self, service: Service, request: Request, reply: Reply) -> None:
        """Raise the :class:`Fault` that an answer means, if it is one."""
        status, host = reply.status, urlsplit(reply.url).hostname or ""
        if status in request.accept:
            return
        if 200 <= status < 300:
            if is_page(reply.content, reply.content_type):
                raise Fault(Kind.PORTAL, self._words(reply), status, host=host)
            return
        now = self.clock.now()
        if status == 429:
            wait = told_wait(reply.headers, now)
            raise Fault(Kind.BUSY, self._words(reply), status, wait, host)
        if status in _SERVER_FAILURES or status in service.retry_also:
            wait = told_wait(reply.headers, now) if status == 503 else None
            raise Fault(Kind.SERVER, self._words(reply), status, wait, host)
        if status == 407:
            raise Fault(Kind.PROXY_LOGIN, status=status, host=host)
        refused = Kind.KEY_REFUSED if status in (401, 403) and service.key else Kind.REFUSED
        raise Fault(refused, self._words(reply), status, host=host)

    # Below, nothing but Web itself.

    def _ask(
        self,
        service: Service,
        request: Request,
        entry: Entry | None,
        read: Callable[[Answer], T],
        check: Check | None,
    ) -> tuple[Answer, T]:
        question = _if_changed(entry)

        def attempt() -> tuple[Answer, T, Entry]:
            reply = self.talk(service, request, question)
            now = self.clock.now()
            if reply.status == 304 and entry is not None:
                found = Entry(entry.status, entry.headers, now, entry.content)
            else:
                self.judge(service, request, reply)
                found = Entry(reply.status, kept_headers(reply.headers), now, reply.content)
            answer = _answer(service, found, 0.0, "live")
            value = read(answer)
            self._examine(value, check)
            return answer, value, found

        answer, value, found = self.persist(service, request.key(""), attempt)
        if not request.private and not self._keys.inside(found.content):
            self._store(service, request, found)
        self.note(service, answer.date, answer.state)
        return answer, value

    def _examine(self, value: Any, check: Check | None) -> None:
        if check is None:
            return
        try:
            message = check(value)
        except TryAgain:
            message = None
            incomplete = True
        else:
            incomplete = False
        if incomplete:
            raise Fault(Kind.CUT)
        if message:
            raise Fault(Kind.ERROR_BODY, self._keys.hide(str(message)))

    def _kept(
        self, service: Service, entry: Entry, state: str, read: Callable[[Answer], T]
    ) -> tuple[Answer, T]:
        answer = _answer(service, entry, self.cache.age(entry), state)
        value = read(answer)
        self.note(service, answer.date, state)
        return answer, value

    def _find(self, service: Service, key: str) -> Entry | None:
        try:
            return self.cache.find(service.id, key)
        except OSError as error:
            raise _disk(service, error) from error

    def _store(self, service: Service, request: Request, entry: Entry) -> None:
        question = f"{request.method} {request.url('')}"
        try:
            self.cache.store(service.id, request.key(self.base(service)), entry, question)
        except OSError as error:
            raise _disk(service, error) from error

    def _headers(self, request: Request, more: Mapping[str, str]) -> dict[str, str]:
        usual = {
            "User-Agent": self.settings.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }
        return {**usual, **dict(request.headers), **more}

    def _key_header(
        self, service: Service, url: str, home: tuple[str, str, int]
    ) -> dict[str, str]:
        header = self._keys.header(service)
        if header and home[0] != "https" and home[1] not in _LOOPBACK:
            raise ServiceError(Kind.CLEAR_KEY, service, host=home[1])
        return header

    def _exchange(
        self,
        service: Service,
        method: str,
        url: str,
        body: bytes,
        headers: dict[str, str],
        sink: Sink | None,
        watch: Callable[[], None] | None,
    ) -> Reply:
        settings = self.settings
        timeouts = (settings.connect_timeout, max(settings.read_timeout, service.read_timeout))

        def send() -> requests.Response:
            return self._session.request(
                method,
                url,
                data=body or None,
                headers=headers,
                proxies=dict(settings.proxies),
                verify=settings.verify,
                timeout=timeouts,
                allow_redirects=False,
                stream=True,
            )

        limit = None if sink is not None else settings.answer_timeout
        return Exchange(send, sink).result(watch or self.progress.check, limit)

    def _bucket(self, service: Service) -> Bucket:
        _, host, port = origin(self.base(service))
        path = self.cache.folder / "quotas" / f"{service.id}@{host.replace(':', '_')}_{port}"
        return Bucket(path, service.rate, service.burst)

    def _take_turn(self, service: Service) -> None:
        """Wait for a token of the service."""
        bucket, said = self._bucket(service), False
        while True:
            self.progress.check()
            try:
                wait = bucket.take(self.clock.now())
            except OSError as error:
                raise _disk(service, error) from error
            if wait <= 0:
                return
            if wait > QUIET and not said:
                said = True
                self.progress.say(
                    "{service}: its quota is used up, waiting {seconds} s.",
                    service=service.title,
                    seconds=round(wait),
                )
            self.pause(wait)

    def _pause_after(self, service: Service, fault: Fault, tries: int, seed: str) -> float | None:
        """Seconds before the next attempt, None when there is to be none."""
        if fault.kind not in PASSING or tries >= service.max_attempts:
            return None
        pause = backoff(tries, seed)
        if fault.kind is Kind.BUSY and fault.wait is None:
            pause = max(pause, service.quota_seconds)
        if fault.wait is not None:
            pause = max(pause, fault.wait)
            if fault.wait > LONGEST_TOLD:
                return None
        if fault.kind is Kind.BUSY:
            self._hold(service, pause)
        return pause

    def _hold(self, service: Service, seconds: float) -> None:
        """Leave the service alone for everyone on this machine."""
        try:
            self._bucket(service).hold(self.clock.now(), seconds)
        except OSError as error:
            raise _disk(service, error) from error

    def _words(self, reply: Reply) -> str:
        return self._keys.hide(words_of(reply.content, reply.content_type)) or str(reply.status)

    def _error(self, service: Service, fault: Fault, tries: int) -> ServiceError:
        return ServiceError(
            fault.kind,
            service,
            fault.status,
            host=fault.host or origin(self.base(service))[1],
            detail=fault.detail,
            attempts=tries,
            minutes=max(round((fault.wait or 60.0) / 60), 1),
        )


def _content(answer: Answer) -> bytes:
    return answer.content


def _answer(service: Service, entry: Entry, age: float, state: str) -> Answer:
    day = iso_day(entry.date)
    return Answer(service.id, entry.content, entry.status, entry.headers, day, age, state)


def iso_day(epoch: float) -> str:
    """The day of a moment, in universal time."""
    return datetime.fromtimestamp(epoch, timezone.utc).date().isoformat()


def _if_changed(entry: Entry | None) -> dict[str, str]:
    """Headers that ask for the body only if it changed."""
    if entry is None:
        return {}
    if "etag" in entry.headers:
        return {"If-None-Match": entry.headers["etag"]}
    if "last-modified" in entry.headers:
        return {"If-Modified-Since": entry.headers["last-modified"]}
    return {}


def _decoded(content: bytes, content_type: str) -> str:
    _, found, charset = content_type.lower().partition("charset=")
    encoding = charset.split(";")[0].strip(" \"'") if found else "utf-8"
    encoding = "utf-8-sig" if encoding in ("utf-8", "utf8") else encoding
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        unreadable = Fault(Kind.ENCODING, encoding)
        raise unreadable from error


def _refuse_unsafe(url: str, target: str, body: bytes) -> None:
    """A question is not sent in clear, nor its body (addresses) to another host."""
    (scheme, host, _), (new_scheme, new_host, _) = origin(url), origin(target)
    clear = scheme == "https" and new_scheme != "https"
    if new_scheme not in ("http", "https") or clear or (body and new_host != host):
        raise Fault(Kind.REDIRECT, new_host or new_scheme, host=host)


def _disk(service: Service, error: OSError) -> ServiceError:
    return ServiceError(Kind.DISK, service, detail=error.strerror or type(error).__name__)
