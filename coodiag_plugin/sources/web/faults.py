"""What goes wrong with a service, told in one sentence: which one, what happened, what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from enum import Enum
from typing import Any

import requests

from ...core.errors import SourceError
from ...core.words import N_
from .services import Service


class Kind(Enum):
    """What went wrong."""

    NO_KEY = "no key"
    OFFLINE = "offline"
    DNS = "dns"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    CUT = "cut"
    BUSY = "busy"
    SERVER = "server"
    REFUSED = "refused"
    KEY_REFUSED = "key refused"
    PORTAL = "portal"
    REDIRECT = "redirect"
    CLEAR_KEY = "clear key"
    ERROR_BODY = "error body"
    CERTIFICATE = "certificate"
    PROXY = "proxy"
    PROXY_LOGIN = "proxy login"
    ENCODING = "encoding"
    CHECKSUM = "checksum"
    DISK = "disk"


#: Tried again, with a wait.
PASSING = {Kind.CONNECTION, Kind.TIMEOUT, Kind.CUT, Kind.BUSY, Kind.SERVER, Kind.CHECKSUM}
#: The network is missing: the next request would meet the same.
NO_NETWORK = {
    Kind.DNS, Kind.CONNECTION, Kind.TIMEOUT, Kind.CERTIFICATE, Kind.PROXY, Kind.PROXY_LOGIN,
}  # fmt: skip
#: A kept answer, however old, may stand in.
DOWN = NO_NETWORK | {Kind.CUT, Kind.BUSY, Kind.SERVER, Kind.REDIRECT, Kind.PORTAL}

#: Sentences by kind; fields: service, host, status, detail, attempts, minutes.
SENTENCES = {
    Kind.NO_KEY: N_(
        "{service} needs a key and none was given. Ask the service for one, keep it in QGIS (Settings → Options → Authentication, type API Header) and choose it among the advanced parameters."
    ),
    Kind.OFFLINE: N_(
        "{service}: this answer is not in the cache and the run is offline. Run once with the network, then offline."
    ),
    Kind.DNS: N_(
        "{service}: the name {host} cannot be found. Check the internet connection, and the proxy in Settings → Options → Network."
    ),
    Kind.CONNECTION: N_(
        "{service}: no connection to {host} could be kept, after {attempts} attempts. Check the internet connection, and the proxy in Settings → Options → Network, or try again later."
    ),
    Kind.TIMEOUT: N_(
        "{service}: {host} did not answer in time, after {attempts} attempts. Try again later; what was already received is kept."
    ),
    Kind.CUT: N_(
        "{service}: the answer was cut before its end, {attempts} times. Try again later or on a steadier connection; what was already received is kept."
    ),
    Kind.BUSY: N_(
        "{service} asks to slow down (HTTP {status}: {detail}). Try again in {minutes} min; what was already received is kept."
    ),
    Kind.SERVER: N_(
        "{service} has a failure of its own (HTTP {status}: {detail}), after {attempts} attempts. Try again later; what was already received is kept."
    ),
    Kind.REFUSED: N_(
        "{service} refuses the request (HTTP {status}: {detail}). Check the territory and the parameters; if they are right, the service has changed: look for a newer version of Coodiag."
    ),
    Kind.KEY_REFUSED: N_(
        "{service} refuses the key (HTTP {status}: {detail}). Check the key in Settings → Options → Authentication, and its subscription on the site of the service."
    ),
    Kind.PORTAL: N_(
        "{service}: {host} sent a web page instead of data ({detail}). A login page of the network probably stands in between: open a browser, log in, then run again."
    ),
    Kind.REDIRECT: N_(
        "{service}: {host} redirects the request to an address that is not safe to follow ({detail}). Check the proxy in Settings → Options → Network, or look for a newer version of Coodiag."
    ),
    Kind.CLEAR_KEY: N_(
        "{service}: the key would travel unencrypted to {host}. Give an https address for this service."
    ),
    Kind.ERROR_BODY: N_(
        "{service} answers with an error: {detail}. Check the territory and the parameters; if they are right, the service has changed: look for a newer version of Coodiag."
    ),
    Kind.CERTIFICATE: N_(
        "{service}: the certificate of {host} cannot be trusted ({detail}). Check the date of this computer; on a network that inspects connections, add its authority in Settings → Options → Authentication → Certificates."
    ),
    Kind.PROXY: N_(
        "{service}: the proxy does not let the connection to {host} through. Check it in Settings → Options → Network."
    ),
    Kind.PROXY_LOGIN: N_(
        "{service}: the proxy asks for a user name and a password (HTTP 407). Give them in Settings → Options → Network."
    ),
    Kind.ENCODING: N_(
        "{service}: the answer of {host} cannot be read (encoding {detail}). Look for a newer version of Coodiag."
    ),
    Kind.CHECKSUM: N_(
        "{service}: the file {detail} was received damaged, {attempts} times. Try again later, or download it with a browser into the data folder."
    ),
    Kind.DISK: N_(
        "{service}: the answer cannot be written on the disk ({detail}). Free some space or choose another folder, then run again: what was already received is kept."
    ),
}

#: Sentences of a server that the user runs: the internet has nothing to do with it.
OWN_SENTENCES = {
    Kind.DNS: N_(
        "{service}: the name {host} cannot be found. Correct the address of the server, or check that this machine reaches its network."
    ),
    Kind.CONNECTION: N_(
        "{service}: no server answers at {host}, after {attempts} attempts. Start it, or correct its address."
    ),
    Kind.TIMEOUT: N_(
        "{service}: {host} did not answer in time, after {attempts} attempts. Check that the server runs and is not overloaded, then run again; what was already received is kept."
    ),
}

#: Why a new attempt is made.
REASONS = {
    Kind.CONNECTION: N_("the connection failed"),
    Kind.TIMEOUT: N_("no answer in time"),
    Kind.CUT: N_("the answer was cut"),
    Kind.BUSY: N_("the service asks to slow down"),
    Kind.SERVER: N_("the service has a failure"),
    Kind.CHECKSUM: N_("the file was received damaged"),
}


class Fault(Exception):
    """One attempt went wrong. Holds no header, hence no key.

    ``detail``: words of the service or a name. ``wait``: seconds that the service asks for.
    ``moved``: bytes of a download were received and kept, so the attempt was not in vain.
    """

    def __init__(
        self,
        kind: Kind,
        detail: object = "",
        status: int = 0,
        wait: float | None = None,
        host: str = "",
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.detail = detail
        self.status = status
        self.wait = wait
        self.host = host
        self.moved = False


class TryAgain(Fault):
    """Raised by a ``check`` that finds an answer incomplete: it is asked for again."""

    def __init__(self) -> None:
        super().__init__(Kind.CUT)


class ServiceError(SourceError):
    """A service does not give what is needed; ``kind`` and ``status`` are for programs."""

    def __init__(self, kind: Kind, service: Service, status: int = 0, **fields: Any) -> None:
        self.kind = kind
        self.status = status
        self.service = service.id
        known: dict[str, Any] = {"host": "", "detail": "", "attempts": 1, "minutes": 1}
        known.update(fields, service=service.title, status=status)
        template = OWN_SENTENCES.get(kind, SENTENCES[kind]) if service.is_own else SENTENCES[kind]
        super().__init__(template, **known)


def network_fault(error: requests.RequestException) -> Fault:
    """What a failure of ``requests`` means. The error itself holds the headers: it is not kept."""
    causes = list(_causes(error))
    told = " ".join(str(cause) for cause in causes)
    if "Tunnel connection failed: 407" in told:
        return Fault(Kind.PROXY_LOGIN)
    proxy = (
        requests.exceptions.ProxyError,
        requests.exceptions.InvalidProxyURL,
        requests.exceptions.InvalidSchema,  # a SOCKS proxy without PySocks
    )
    if isinstance(error, proxy):
        return Fault(Kind.PROXY)
    if _among(causes, socket.gaierror):
        return Fault(Kind.DNS)
    if _among(causes, ssl.SSLError) and not _among(causes, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        return Fault(Kind.CERTIFICATE, _certificate(causes))
    if isinstance(error, requests.exceptions.Timeout) or _among(causes, socket.timeout):
        return Fault(Kind.TIMEOUT)
    broken = (
        requests.exceptions.ChunkedEncodingError,
        requests.exceptions.ContentDecodingError,
    )
    if isinstance(error, broken):
        return Fault(Kind.CUT)
    return Fault(Kind.CONNECTION)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it wraps, whatever the version of the libraries."""
    waiting, seen = [error], set()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        inside = [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
        waiting += [item for item in inside if isinstance(item, BaseException)]


def _among(causes: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in causes)


def _certificate(causes: list[BaseException]) -> str:
    """OpenSSL's own reason: « certificate has expired », « self signed certificate »."""
    for cause in causes:
        message = getattr(cause, "verify_message", "") or getattr(cause, "reason", "")
        if isinstance(cause, ssl.SSLError) and isinstance(message, str) and message:
            return message.rstrip(".")
    return "TLS"
