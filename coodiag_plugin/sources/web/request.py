"""A question to a public service, without the key that will be sent with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Union
from urllib.parse import quote, urlencode

Values = Mapping[str, Union[object, Iterable[object]]]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FilePart:
    """A file of a multipart body."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Request:
    """What is asked: the same request, asked twice, has the same cache key.

    ``path`` is added to the base URL of the service, or is a whole URL that the service itself
    gave (the key is then sent only if it is the same host). ``vintage`` marks answers that must
    not be mixed though the words of the question are the same. ``accept``: statuses that are an
    answer, not an error (``404`` for « no result » of the API Sirène). ``private``: the question
    or its answer is about a person, so nothing of it is ever written.
    """

    service: str
    path: str = ""
    params: Pairs = ()
    method: str = "GET"
    body: bytes = field(default=b"", repr=False)
    headers: Pairs = ()
    vintage: str = ""
    accept: tuple[int, ...] = ()
    private: bool = False

    @classmethod
    def get(
        cls, service: str, path: str = "", params: Values | None = None, **more: Any
    ) -> Request:
        """A GET; a list gives a repeated parameter, None leaves it out."""
        return cls(service, path, pairs(params or {}), **more)

    @classmethod
    def form(cls, service: str, path: str, values: Values, **more: Any) -> Request:
        """A POST of a form, for questions too long for a URL."""
        body = urlencode(pairs(values)).encode("ascii")
        return cls._post(service, path, body, "application/x-www-form-urlencoded", more)

    @classmethod
    def of_json(cls, service: str, path: str, value: Any, **more: Any) -> Request:
        """A POST of a JSON document."""
        body = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return cls._post(service, path, body.encode(), "application/json", more)

    @classmethod
    def multipart(
        cls, service: str, path: str, parts: Iterable[tuple[str, str | FilePart]], **more: Any
    ) -> Request:
        """A POST of fields and files in their order (``multipart/form-data``)."""
        body, content_type = _multipart(list(parts))
        return cls._post(service, path, body, content_type, more)

    @classmethod
    def _post(
        cls, service: str, path: str, body: bytes, content_type: str, more: dict[str, Any]
    ) -> Request:
        params = pairs(more.pop("params", None) or {})
        headers = (("Content-Type", content_type), *more.pop("headers", ()))
        return cls(service, path, params, "POST", body, headers, **more)

    def url(self, base: str) -> str:
        """The whole address. ``*`` and accents are escaped."""
        if self.path.startswith(("http://", "https://")):
            address = self.path
        else:
            address = f"{base}/{quote(self.path, safe='/%~')}" if self.path else base
        if not self.params:
            return address
        return f"{address}{'&' if '?' in address else '?'}{urlencode(self.params)}"

    def key(self, base: str) -> str:
        """SHA-256 of everything that decides of the answer (JSON keeps the parts apart)."""
        parts = [
            base,
            self.service,
            self.method,
            self.path,
            sorted(self.params),
            hashlib.sha256(self.body).hexdigest(),
            sorted(self.headers),
            self.vintage,
            sorted(self.accept),
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def pairs(values: Values) -> Pairs:
    """``{"AGE": ["Y15T24", "Y_GE15"], "TIME_PERIOD": 2022}`` as sorted pairs of text."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        several = value if isinstance(value, (list, tuple)) else [value]
        found += [(name, _text(item)) for item in several if item is not None]
    return tuple(sorted(found))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _multipart(parts: list[tuple[str, str | FilePart]]) -> tuple[bytes, str]:
    """Body and content type; the boundary comes from the contents, so the key is stable."""
    chunks: list[tuple[str, bytes]] = []
    for name, value in parts:
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if isinstance(value, FilePart):
            head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {value.content_type}'
            chunks.append((head, value.content))
        else:
            chunks.append((head, value.encode()))
    digest = hashlib.sha256()
    for head, content in chunks:
        digest.update(hashlib.sha256(head.encode()).digest() + hashlib.sha256(content).digest())
    boundary = f"coodiag-{digest.hexdigest()[:32]}"
    lines = [
        b"--" + boundary.encode() + b"\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"
        for head, content in chunks
    ]
    body = b"".join(lines) + b"--" + boundary.encode() + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary}"


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
