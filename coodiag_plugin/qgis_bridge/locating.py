"""The ways of locating addresses: on this machine, or by a service that is told before it is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core.choices import ADDOK, GEOPLATEFORME, OFFLINE
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.version import version
from .corrections import corrections_file
from .dependencies import require
from .settings import cache_folder

if TYPE_CHECKING:
    from ..geocoding.geocoder import Geocoder
    from ..geocoding.queries import Query
    from ..geocoding.resume import Answers
    from ..geocoding.service import ServiceWay
    from ..geocoding.session import Session
    from ..geocoding.towns import Towns

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class How:
    """How addresses are located: the parameters SERVICE, URL, BAN, MIN_SCORE, TOWN_FALLBACK.

    ``corrections``: another file of corrections than that of the QGIS profile.
    """

    service: str
    min_score: float
    town_fallback: bool = True
    url: str = ""
    ban: tuple[Path, ...] = ()
    corrections: Path | None = None

    @property
    def online(self) -> bool:
        return self.service != OFFLINE

    @property
    def catalogue(self) -> str:
        """The service's row of the catalogue."""
        return {GEOPLATEFORME: "geocodage", ADDOK: "addok"}[self.service]

    @property
    def base(self) -> str:
        """The address given, without the doors that people copy with it."""
        address = self.url.strip().rstrip("/")
        for door in ("/search/csv", "/search"):
            address = address.removesuffix(door)
        return address

    def check(self) -> None:
        """Refuse a service that cannot be asked, and a file of corrections that is not there."""
        from ..geocoding.corrections import check_named
        from .network import named_address

        if self.corrections is not None:
            check_named(self.corrections)
        if self.service == ADDOK and not self.base and not named_address(self.catalogue):
            raise InputError(
                "addok is a server of your own network: give its address in URL, for example http://addok.example:7878, or in Settings → Options → Coodiag."
            )
        if not self.online or not self.base:
            return
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
            raise InputError(
                "“{url}” is not the address of a server: write it as https://addok.example or http://localhost:7878.",
                url=self.url,
            )


@dataclass(frozen=True)
class Sending:
    """What is about to leave this machine. ``title`` and ``host``: of the service."""

    title: str
    host: str
    rows: int
    addresses: int


@contextmanager
def locating(how: How, towns: Towns | None, known: str, progress: Progress) -> Iterator[Session]:
    """A session of geocoding; what it kept is removed when the block ends well.

    ``known``: digest of ``towns``. Raises InputError, SourceError, Cancelled.
    """
    from ..geocoding.corrections import remembered
    from ..geocoding.memory import forget_rows
    from ..geocoding.resume import kept_answers
    from ..geocoding.session import OfflineWay, Session

    how.check()
    path, ours = corrections_file(how.corrections)
    folder = cache_folder("geocoding")
    with ExitStack() as stack:
        if how.online:
            answers = stack.enter_context(kept_answers(folder, _setting(how, known), progress))
            way: ServiceWay | OfflineWay = service_way(how, answers, towns, progress)
        else:
            geocoder = stack.enter_context(_geocoder(how, towns, progress))
            # after the index, whose building may take as long as the rest
            answers = stack.enter_context(kept_answers(folder, _setting(how, known), progress))
            way = OfflineWay(geocoder)
        stack.callback(forget_rows)
        yield Session(way, answers, remembered(path, progress, ours))


def announce(
    session: Session, how: How, queries: Iterable[Query], progress: Progress
) -> Sending | None:
    """Say what will be sent to whom, before anything is; None when nothing leaves the machine."""
    if not how.online:
        progress.say("Addresses are located on this machine: none is sent.")
        return None
    from ..sources.web.services import base_url, services
    from .network import network_settings

    service = services()[how.catalogue]
    address = urlsplit(base_url(service, network_settings(_urls(how)).urls))
    pending = session.pending(queries, progress)
    sending = Sending(service.title, address.hostname or "", pending.rows, pending.addresses)
    progress.say(
        "{service} ({host}) is about to receive at most {addresses} different addresses, of {rows} rows: number, street, postcode and commune, each under an identifier without meaning. No name, reference or other column is sent.",
        service=sending.title,
        host=sending.host,
        addresses=sending.addresses,
        rows=sending.rows,
    )
    if address.scheme == "http" and address.hostname not in _LOOPBACK:
        progress.warn(
            "The addresses travel unencrypted to {host}: ask for an https address of this server.",
            host=sending.host,
        )
    return sending


def tell_sent(session: Session, how: How, progress: Progress) -> None:
    """Say how many rows a person had placed, and how many addresses were sent in the end."""
    if session.by_person:
        progress.say(
            "Rows that have the place that a person gave to their address: {count}.",
            count=session.by_person,
        )
    if how.online:
        progress.say("Different addresses sent: {count}.", count=session.way.sent)


@contextmanager
def _geocoder(how: How, towns: Towns | None, progress: Progress) -> Iterator[Geocoder]:
    from ..geocoding.ban_index import open_index
    from ..geocoding.geocoder import Geocoder

    if not how.ban:
        yield Geocoder(None, towns, how.min_score, how.town_fallback)
        return
    with open_index(how.ban, cache_folder("ban"), progress) as index:
        yield Geocoder(index, towns, how.min_score, how.town_fallback)


def service_way(how: How, answers: Answers, towns: Towns | None, progress: Progress) -> ServiceWay:
    """A geocoding service and the judge of its proposals."""
    require("requests")
    from ..geocoding.addok import Addok
    from ..geocoding.geoplateforme import Geoplateforme
    from ..geocoding.service import ServiceWay
    from ..sources.web.client import Cache, Web
    from .network import network_settings

    # no key: these services have none, and those of the others stay where they are
    web = Web(network_settings(_urls(how)), Cache(cache_folder("web")), {}, progress)
    client = Addok(web) if how.service == ADDOK else Geoplateforme(web)
    return ServiceWay(
        client, answers, towns, min_score=how.min_score, town_fallback=how.town_fallback
    )


def _urls(how: How) -> dict[str, str]:
    return {how.catalogue: how.base} if how.base else {}


def _setting(how: How, known: str) -> list[str]:
    """What an answer depends on, beside the row: kept answers of another setting are not used."""
    from .network import named_address

    files = sorted(
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for given in how.ban
        for path in (given.rglob("*") if given.is_dir() else [given])
        if path.is_file()
    )
    asked = how.base or (named_address(how.catalogue) if how.online else "")
    texts = [how.service, asked, str(how.min_score), str(how.town_fallback), version(), known]
    return [*texts, *files]


def digest(rows: object) -> str:
    """Digest of a list of plain values."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
