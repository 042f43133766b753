"""A server with every mood of the public services: pages of JSON, a big file, and faults."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace

from .base import LocalServer, Response, Seen

PAGES = 6
FILE = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(20_000))  # 640 000 bytes
ETAG = '"v1"'
LAST_MODIFIED = "Mon, 02 Nov 2026 06:00:00 GMT"
LOGIN = (
    "<!DOCTYPE html><html><head><title>Wifi de la gare &ndash; connexion</title></head>"
    "<body><form action='/login'></form></body></html>"
)


def page(number: int) -> dict[str, object]:
    """A page of the invented list that ``/items`` serves."""
    return {
        "page": number,
        "pages": PAGES,
        "items": [f"{number}-{rank} é" for rank in range(50)],
    }


@dataclass
class FaultyServer(LocalServer):
    """``/items?page=n`` (JSON), ``/file`` (ranges, ETag), ``/echo`` (what was received)."""

    file: bytes = FILE
    etag: str = ETAG
    last_modified: str = LAST_MODIFIED
    ranges: bool = True
    cut_file_after: int = 0  # bytes of the file per connection, 0: whole
    versions: dict[str, str] = field(default_factory=dict)  # ETag of /items pages

    def answer(self, seen: Seen) -> Response:
        if seen.path == "/items":
            return self._items(seen)
        if seen.path == "/file":
            return self._file(seen)
        if seen.path == "/echo":
            told = {"path": seen.path, "params": list(seen.params), "headers": seen.headers}
            return Response.of_json({**told, "body": seen.body.decode("latin-1")})
        return super().answer(seen)

    def _items(self, seen: Seen) -> Response:
        number = seen.param("page", "1")
        etag = self.versions.get(number)
        if etag and seen.headers.get("if-none-match") == etag:
            return Response(status=304, headers=(("ETag", etag),))
        response = Response.of_json(page(int(number)))
        return response.with_headers(("ETag", etag)) if etag else response

    def _file(self, seen: Seen) -> Response:
        validators = []
        if self.etag:
            validators.append(("ETag", self.etag))
        if self.last_modified:
            validators.append(("Last-Modified", self.last_modified))
        unchanged = self.etag and seen.headers.get("if-none-match") == self.etag
        if unchanged or seen.headers.get("if-modified-since") == self.last_modified != "":
            return Response(status=304, headers=tuple(validators))
        response = Response.typed(self.file, "application/zip", headers=tuple(validators))
        start = self._start(seen)
        if start >= len(self.file) > 0:
            size = ("Content-Range", f"bytes */{len(self.file)}")
            return Response(status=416, headers=(size, *validators))
        if start:
            extent = f"bytes {start}-{len(self.file) - 1}/{len(self.file)}"
            response = replace(response, body=self.file[start:], status=206)
            response = response.with_headers(("Content-Range", extent))
        if self.cut_file_after and len(response.body) > self.cut_file_after:
            return replace(response, cut_at=self.cut_file_after)
        return response

    def _start(self, seen: Seen) -> int:
        found = re.fullmatch(r"bytes=([0-9]+)-", seen.headers.get("range", ""))
        proof = seen.headers.get("if-range", "")
        if not found or not self.ranges or (proof and proof not in (self.etag, self.last_modified)):
            return 0
        return int(found.group(1))


# The faults.


def busy(after: str = "", **headers: str) -> Response:
    """429 as Gravitee gives it, with ``Retry-After`` or the headers given."""
    body = {"message": "Rate limit exceeded ! You reach the limit of 30 requests per 1 minutes"}
    told = [("Retry-After", after)] if after else []
    told += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Response.of_json({**body, "http_status_code": 429}, 429, headers=tuple(told))


def failure(
    status: int = 503, text: str = "Le serveur a rencontré une erreur inattendue."
) -> Response:
    return Response.of_text(text, status=status)


def cut_length() -> Response:
    """A Content-Length that is not honoured."""
    return Response.of_json(page(1), cut_at=100)


def cut_chunks() -> Response:
    """A chunked answer whose end never comes."""
    return Response.of_json(page(1), chunked=True, cut_at=100)


def cut_json() -> Response:
    """Truncated JSON in an answer that looks whole (Melodi above 10 MB)."""
    return Response.typed(json.dumps(page(1)).encode()[:-20], "application/json", chunked=True)


def bad_gzip() -> Response:
    response = Response.of_json(page(1)).gzipped()
    return replace(response, body=response.body[:20] + b"\0" * 20 + response.body[40:])


def reset() -> Response:
    return Response(reset=True)


def silent(seconds: float) -> Response:
    """Nothing, not even a status line."""
    return replace(Response.of_json(page(1)), hang=seconds)


def slow(seconds_per_byte: float) -> Response:
    """A body that never ends to come."""
    return replace(Response.of_json(page(1)), drip=seconds_per_byte)


def login_page(status: int = 200, content_type: str = "text/html") -> Response:
    return Response.of_text(LOGIN, content_type, status)


def redirect(url: str, status: int = 302) -> Response:
    return Response(status=status, headers=(("Location", url),))


def brotli() -> Response:
    return Response.typed(b"\x0b\x02\x80{}\x03", "application/json").with_headers(
        ("Content-Encoding", "br")
    )


def ods_error() -> Response:
    """An error under status 200."""
    return Response.of_json({"error_code": "ODSQLError", "message": "Unknown field: xxx"})
