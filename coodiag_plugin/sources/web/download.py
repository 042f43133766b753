"""A big file on disk: resumed by range, verified, renamed only when whole."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from .answers import iso_day
from .cache import DAY, LATEST, replace, write_whole
from .caller import disk_error
from .exchange import Reply
from .faults import DOWN, Fault, Kind, ServiceError
from .lock import held
from .messages import is_page
from .request import Request
from .services import Service, services

if TYPE_CHECKING:
    from .client import Web

_SUMS = {64: "sha256", 40: "sha1", 32: "md5"}
_MARGIN = 50_000_000  # bytes left free on the disk
_RANGE = re.compile(r"bytes\s+(?:([0-9]+)-[0-9]+|\*)/([0-9]+|\*)")


@dataclass(frozen=True)
class Source:
    """Where a downloaded file comes from, kept beside it in ``.<name>.origin``.

    ``date``: epoch at which the service gave or confirmed it. No URL and no key.
    """

    service: str
    request: str
    date: float
    size: int
    etag: str = ""
    last_modified: str = ""

    @property
    def day(self) -> str:
        return iso_day(self.date)


def source_of(path: Path) -> Source | None:
    """What is known of a file of a data folder, None when it is not there.

    A file put there by hand, or changed since, is dated by the disk.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    noted = _noted(_beside(path, "origin"))
    if noted is not None and noted.size == stat.st_size:
        return noted
    modified = formatdate(stat.st_mtime, usegmt=True)
    return Source("", "", stat.st_mtime, stat.st_size, last_modified=modified)


def download(web: Web, request: Request, path: Path, checksum: str) -> Path:
    """The file of ``request`` at ``path``; see :meth:`client.Web.download`.

    A file already there is used under the rules of the cache: fresh, or offline, or the network
    being down (said with its age); otherwise the service is asked whether it changed.
    """
    web.progress.check()
    service = services()[request.service]
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()
    try:
        with held(web.cache.folder / "locks" / digest, lambda: web.caller.pause(0.1)):
            return _download(web, service, request, path, checksum)
    except OSError as error:
        raise disk_error(service, error) from error


def _download(web: Web, service: Service, request: Request, path: Path, checksum: str) -> Path:
    known = source_of(path)
    age = (web.clock.now() - known.date) / DAY if known else 0.0
    if known and web.enough(service, age):
        web.note(service, known.day, "cache")
        return path
    if web.mode == "offline":
        raise ServiceError(Kind.OFFLINE, service)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(web, service, request, path, known, checksum)
    try:
        found = web.guarded(
            service, lambda: web.caller.persist(service, request.key(""), part.attempt)
        )
    except ServiceError as error:
        if known is None or web.mode != "auto" or error.kind not in DOWN:
            raise
        web.note(service, known.day, "stale")
        web.tell_stale(service, known.day, age, error)
        return path
    web.note(service, found.day, "live")
    return path


class _Part:
    """The bytes received so far, in ``.<name>.part``, with what is needed to go on with them.

    It is the sink of the exchanges: bytes are appended only when the server says, by a 206 for
    the same validator, that they follow those already there.
    """

    def __init__(
        self,
        web: Web,
        service: Service,
        request: Request,
        path: Path,
        known: Source | None,
        checksum: str,
    ) -> None:
        self._web, self._service, self._request = web, service, request
        self._path, self._known = path, known
        self._algorithm, self._sum = _parse(checksum)
        self._id = request.key(web.caller.base(service))
        self._part = _beside(path, "part")
        self._note = _beside(path, "part.origin")
        self._stream: BinaryIO | None = None
        self._total: int | None = None
        self._size = 0

    def attempt(self) -> Source:
        """One exchange, from where the last one stopped."""
        before = self._resumable()
        try:
            reply = self._web.caller.ask(
                self._service, self._request, self._question(before), self, self._watch
            )
            return self._end(reply)
        except Fault as fault:
            fault.moved = self._resumable() > before
            raise

    # The sink. It runs in the thread of the exchange.

    def open(self, head: Reply) -> None:
        if "html" in head.content_type.lower():
            raise Fault(Kind.PORTAL, head.content_type, head.status)
        if head.status == 206 and not _RANGE.match(head.headers.get("content-range", "")):
            self._discard()  # a part, of which it is not said where it belongs
            raise Fault(Kind.CUT)
        start, self._total = _extent(head)
        if start and start != (self._part.stat().st_size if self._part.exists() else 0):
            self._discard()
            raise Fault(Kind.CUT)
        encoded = _encoded(head)
        if start and encoded:  # its ranges are not those of the file
            self._discard()
            raise Fault(Kind.CUT)
        self._size = start
        self._room()
        try:
            if not start:
                write_whole(self._note, _json(self._source({} if encoded else head.headers)))
            self._stream = self._part.open("ab" if start else "wb")
        except OSError as error:
            raise _full(error) from error

    def write(self, chunk: bytes) -> None:
        assert self._stream is not None
        try:
            self._stream.write(chunk)
        except OSError as error:
            raise _full(error) from error
        self._size += len(chunk)

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            try:
                stream.close()
            except OSError as error:
                raise _full(error) from error

    # Private.

    def _watch(self) -> None:
        self._web.progress.check()
        if self._total:
            self._web.progress.set(self._size / self._total)

    def _question(self, start: int) -> dict[str, str]:
        headers = {"Accept-Encoding": "identity"}  # ranges count the bytes of the file itself
        noted = _noted(self._note)
        if start and noted:
            headers["Range"] = f"bytes={start}-"
            headers["If-Range"] = _strong(noted) or noted.last_modified
        elif self._known and self._known.etag:
            headers["If-None-Match"] = self._known.etag
        elif self._known and self._known.last_modified:
            headers["If-Modified-Since"] = self._known.last_modified
        return headers

    def _resumable(self) -> int:
        """Bytes of the part that can be kept: same request, and a validator to prove the rest."""
        noted = _noted(self._note)
        if noted is None or noted.request != self._id or not self._part.exists():
            return 0
        return self._part.stat().st_size if _strong(noted) or noted.last_modified else 0

    def _end(self, reply: Reply) -> Source:
        if reply.status == 304 and self._known is not None:
            return self._keep(self._known)
        if reply.status == 416:  # nothing after what is there: whole already, or of another file
            if _extent(reply)[1] != self._resumable():
                self._discard()
                raise Fault(Kind.CUT)
        else:
            self._web.caller.judge(self._service, self._request, reply)
            if reply.status not in (200, 206):
                raise Fault(Kind.CUT)
        self._verify()
        noted = _noted(self._note)
        assert noted is not None
        replace(self._part, self._path)
        self._note.unlink()
        return self._keep(noted)

    def _verify(self) -> None:
        size = self._part.stat().st_size
        if self._total is not None and size != self._total:
            if size > self._total:
                self._discard()
            raise Fault(Kind.CUT)
        with self._part.open("rb") as stream:
            if is_page(stream.read(2048)):
                self._discard()
                raise Fault(Kind.PORTAL, self._path.name)
            if self._sum and self._digest(stream) != self._sum:
                self._discard()
                raise Fault(Kind.CHECKSUM, self._path.name)

    def _digest(self, stream: BinaryIO) -> str:
        digest = hashlib.new(self._algorithm, usedforsecurity=False)
        stream.seek(0)
        for block in iter(lambda: stream.read(1 << 20), b""):
            self._web.progress.check()
            digest.update(block)
        return digest.hexdigest()

    def _keep(self, source: Source) -> Source:
        size = self._path.stat().st_size
        values = {**asdict(source), "date": self._web.clock.now(), "size": size}
        kept = Source(**{**values, "service": self._service.id, "request": self._id})
        write_whole(_beside(self._path, "origin"), _json(kept))
        return kept

    def _source(self, headers: Mapping[str, str]) -> Source:
        return Source(
            self._service.id,
            self._id,
            self._web.clock.now(),
            0,
            headers.get("etag", ""),
            headers.get("last-modified", ""),
        )

    def _room(self) -> None:
        """Refuse before the first byte a file that the disk cannot hold."""
        need = (self._total or 0) - self._size + _MARGIN
        if shutil.disk_usage(self._path.parent).free < need:
            raise Fault(Kind.DISK, f"{need / 1e9:.1f} Go")

    def _discard(self) -> None:
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


def _beside(path: Path, suffix: str) -> Path:
    """A hidden file: a scan of the data folder does not see it."""
    return path.with_name(f".{path.name}.{suffix}")


def _json(source: Source) -> bytes:
    return json.dumps(asdict(source), sort_keys=True).encode()


def _noted(path: Path) -> Source | None:
    try:
        values: Any = json.loads(path.read_bytes())
        found = Source(**values)
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return None  # never written, or cut while a crash of the machine
    texts = (found.service, found.request, found.etag, found.last_modified)
    sound = (
        all(isinstance(text, str) for text in texts)
        and type(found.size) is int
        and type(found.date) in (int, float)
        and 0 <= found.date <= LATEST
    )
    return found if sound else None


def _strong(source: Source) -> str:
    """The ETag, if it may prove that two halves belong to the same file."""
    return "" if source.etag.startswith("W/") else source.etag


def _extent(head: Reply) -> tuple[int, int | None]:
    """First byte and total size told by an answer (None when it does not tell)."""
    found = _RANGE.match(head.headers.get("content-range", ""))
    if head.status != 200 and found:
        total = found.group(2)
        return int(found.group(1) or 0), None if total == "*" else int(total)
    length = head.headers.get("content-length", "")
    return 0, int(length) if length.isdecimal() and not _encoded(head) else None


def _encoded(head: Reply) -> bool:
    return head.headers.get("content-encoding", "identity") not in ("", "identity")


def _parse(checksum: str) -> tuple[str, str]:
    """``("sha256", hexadecimal)`` of ``sha256:…`` or of a bare digest, told by its length."""
    name, _, digest = checksum.rpartition(":")
    digest = digest.strip().lower()
    if not digest:
        return "", ""
    return name.strip().lower().replace("-", "") or _SUMS[len(digest)], digest


def _full(error: OSError) -> Fault:
    return Fault(Kind.DISK, error.strerror or type(error).__name__)
