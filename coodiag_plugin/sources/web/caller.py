"""Asking a service: in turn, with its key, through redirects, again when the failure is passing."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests

from ...core.progress import Progress
from ...core.words import Words
from .bucket import Bucket
from .exchange import Exchange, Reply, Sink, origin, session
from .faults import PASSING, REASONS, Fault, Kind, ServiceError
from .keys import Keys
from .messages import is_page, words_of
from .request import Request
from .services import LOOPBACK, Service, base_url
from .settings import NetworkSettings
from .waits import BUDGET, LONGEST_TOLD, QUIET, Clock, backoff, spent, told_wait

_MAX_HOPS = 5
#: A service that asks for longer is told to be asked again the next day.
_MOST_MINUTES = 24 * 60
_FAILURES = {408, 500, 502, 503, 504}
T = TypeVar("T")


class Caller:
    """One attempt (:meth:`ask`), its verdict (:meth:`judge`), and attempts until success.

    ``folder`` holds the buckets, shared with every process of the user. Attempts raise
    :class:`Fault`; :meth:`persist` turns the last one into a :class:`ServiceError`.
    """

    def __init__(
        self,
        settings: NetworkSettings,
        keys: Keys,
        folder: Path,
        progress: Progress,
        clock: Clock,
    ) -> None:
        self.settings = settings
        self.keys = keys
        self.progress = progress
        self.clock = clock
        self._quotas = folder / "quotas"
        self._session = session()
        #: Until when the waits that were said last, and what guards them.
        self._said: dict[tuple[str, Kind, int], float] = {}
        self._lock = threading.Lock()

    def under(self, progress: Progress) -> Caller:
        """The same connections and quotas, reporting to another progress."""
        view = copy.copy(self)
        view.progress = progress
        return view

    def close(self) -> None:
        """Leave every connection."""
        self._session.close()

    def base(self, service: Service) -> str:
        """Base URL of a service in this run."""
        return base_url(service, self.settings.urls)

    def persist(self, service: Service, seed: str, attempt: Callable[[], T]) -> T:
        """``attempt`` until it succeeds, each wait being said, within five minutes in all.

        A download that gained bytes starts counting again.
        """
        tries, start = 0, self.clock.now()
        while True:
            tries += 1
            try:
                return attempt()
            except Fault as fault:
                failed = fault
            if failed.moved:
                tries, start = 1, self.clock.now()
            pause = self._pause_after(service, failed, tries, seed)
            if pause is None or self.clock.now() + pause - start > BUDGET:
                raise self._error(service, failed, tries)
            self._say_once(service, failed.kind, tries, pause)
            self.pause(pause)

    def _say_once(self, service: Service, kind: Kind, tries: int, pause: float) -> None:
        """Say that a service will be asked again, once for all the requests that wait together."""
        now = self.clock.now()
        with self._lock:
            until = self._said.get((service.id, kind, tries), now)
            self._said[service.id, kind, tries] = now + pause
        if until <= now:
            self.progress.say(
                "{service}: {reason}. New attempt in {seconds} s ({attempt} of {attempts}).",
                service=service.title,
                reason=Words(REASONS[kind]),
                seconds=max(round(pause), 1),
                attempt=tries + 1,
                attempts=service.max_attempts,
            )

    def pause(self, seconds: float) -> None:
        """Wait, looking at the cancel flag ten times a second."""
        while seconds > 0:
            self.progress.check()
            step = min(seconds, 0.1)
            self.clock.sleep(step)
            seconds -= step
        self.progress.check()

    def ask(
        self,
        service: Service,
        request: Request,
        headers: Mapping[str, str],
        sink: Sink | None = None,
        watch: Callable[[], None] | None = None,
    ) -> Reply:
        """One answer, redirects followed; the key goes to the service and nowhere else."""
        home = origin(self.base(service))
        key = self._key_header(service, home)
        url, method, body = request.url(self.base(service)), request.method, request.body
        for _ in range(_MAX_HOPS):
            self._take_turn(service)
            sent = {**self._usual(), **dict(request.headers), **headers}
            if origin(url) == home:
                sent.update(key)
            reply = self._exchange(service, method, url, body, sent, sink, watch)
            quiet = spent(reply.headers, self.clock.now())
            if quiet:
                self._hold(service, quiet)
            if not reply.redirect:
                return reply
            if reply.status in (301, 302, 303) and method == "POST":
                method, body = "GET", b""
            _refuse_unsafe(url, reply.redirect, bool(body) or request.private)
            url = reply.redirect
        host = urlsplit(url).hostname or ""
        raise Fault(Kind.REDIRECT, host, host=home[1])

    def judge(self, service: Service, request: Request, reply: Reply) -> None:
        """Raise the :class:`Fault` that an answer means, if it means one."""
        status, host = reply.status, urlsplit(reply.url).hostname or ""
        if status in request.accept:
            return
        if 200 <= status < 300:
            if is_page(reply.content, reply.content_type):
                raise Fault(Kind.PORTAL, self._words(reply), status, host=host)
            return
        wait = told_wait(reply.headers, self.clock.now()) if status in (429, 503) else None
        raise Fault(_kind(service, status), self._words(reply), status, wait, host)

    def _usual(self) -> dict[str, str]:
        return {
            "User-Agent": self.settings.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive",
        }

    def _key_header(self, service: Service, home: tuple[str, str, int]) -> dict[str, str]:
        header = self.keys.header(service)
        if header and home[0] != "https" and home[1] not in LOOPBACK:
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
        silence = max(settings.read_timeout, service.read_timeout)
        if isinstance(settings.verify, str) and not Path(settings.verify).is_file():
            raise Fault(Kind.CERTIFICATE, Path(settings.verify).name)

        def send() -> requests.Response:
            return self._session.request(
                method,
                url,
                data=body or None,
                headers=headers,
                proxies=dict(settings.proxies),
                verify=settings.verify,
                timeout=(settings.connect_timeout, silence),
                allow_redirects=False,
                stream=True,
            )

        limit = None if sink is not None else settings.answer_timeout
        try:
            return Exchange(send, sink).result(watch or self.progress.check, limit)
        except Fault as fault:
            fault.host = fault.host or urlsplit(url).hostname or ""
            raise

    def _bucket(self, service: Service) -> Bucket:
        _, host, port = origin(self.base(service))
        name = f"{service.id}@{host.replace(':', '_')}_{port}"
        return Bucket(self._quotas / name, service.rate, service.burst)

    def _take_turn(self, service: Service) -> None:
        """Wait for a token of the service."""
        bucket, said = self._bucket(service), False
        while True:
            self.progress.check()
            try:
                wait = bucket.take(self.clock.now())
            except OSError as error:
                raise disk_error(service, error) from error
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
        told = fault.wait or 0.0
        if fault.kind not in PASSING or tries >= service.max_attempts or told > LONGEST_TOLD:
            return None
        pause = max(backoff(tries, seed), told)
        if fault.kind is Kind.BUSY:
            if fault.wait is None:
                pause = max(pause, service.quota_seconds)
            self._hold(service, pause)
        return pause

    def _hold(self, service: Service, seconds: float) -> None:
        """Leave the service alone, for everyone on this machine."""
        try:
            self._bucket(service).hold(self.clock.now(), seconds)
        except OSError as error:
            raise disk_error(service, error) from error

    def _words(self, reply: Reply) -> str:
        said = self.keys.hide(words_of(reply.content, reply.content_type))
        return said or f"{len(reply.content)} o"

    def _error(self, service: Service, fault: Fault, tries: int) -> ServiceError:
        return ServiceError(
            fault.kind,
            service,
            fault.status,
            host=fault.host or origin(self.base(service))[1],
            detail=fault.detail,
            attempts=tries,
            minutes=min(max(round((fault.wait or 60.0) / 60), 1), _MOST_MINUTES),
        )


def _kind(service: Service, status: int) -> Kind:
    """What a status that is no answer means."""
    if status == 429:
        return Kind.BUSY
    if status in _FAILURES or status in service.retry_also:
        return Kind.SERVER
    if status == 407:
        return Kind.PROXY_LOGIN
    return Kind.KEY_REFUSED if status in (401, 403) and service.key else Kind.REFUSED


def _refuse_unsafe(url: str, target: str, personal: bool) -> None:
    """A question is not sent on in clear, nor one that holds addresses to another host."""
    (scheme, host, _), (new_scheme, new_host, _) = origin(url), origin(target)
    clear = scheme == "https" and new_scheme != "https"
    if new_scheme not in ("http", "https") or clear or (personal and new_host != host):
        raise Fault(Kind.REDIRECT, new_host or new_scheme, host=host)


def disk_error(service: Service, error: OSError) -> ServiceError:
    """The disk refuses what a service gave."""
    return ServiceError(Kind.DISK, service, detail=error.strerror or type(error).__name__)
