"""Answers kept on disk: one file each, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from .waits import Clock

MODES = ("auto", "refresh", "offline")
FORMAT = 1
_SUFFIX = ".answer"
_KEPT_HEADERS = (
    "content-type", "etag", "last-modified", "link", "x-total-count", "x-rows-count",
)  # fmt: skip
DAY = 86400.0
LATEST = 253_402_300_799  # the last second of the year 9999


class Usage(NamedTuple):
    """Files and bytes of a cache."""

    files: int
    size: int


@dataclass(frozen=True)
class Entry:
    """A kept answer; ``date`` is the second (epoch) at which the service gave or confirmed it."""

    status: int
    headers: Mapping[str, str]
    date: float
    content: bytes


class Cache:
    """A folder of answers by request key.

    ``mode``: ``auto`` (a fresh answer is used, an old one only when the network is down),
    ``refresh`` (everything is asked again), ``offline`` (nothing is asked). A file is one line of
    JSON (date, status, some headers, size and SHA-256 of the answer) then the answer as received:
    a file cut by a crash or damaged is seen, and counts as not there. Several processes may share
    the folder. Quotas and locks of the same folder are not answers and stay at a purge.
    """

    def __init__(self, folder: Path, mode: str = "auto", clock: Clock | None = None) -> None:
        if mode not in MODES:
            raise ValueError(f"mode {mode!r} is not one of {MODES}")
        self.folder = Path(folder)
        self.mode = mode
        self.clock = clock or Clock()

    def find(self, service: str, key: str) -> Entry | None:
        """The kept answer of a request, None when there is none or it is damaged."""
        try:
            raw = self._path(service, key).read_bytes()
        except FileNotFoundError:
            return None
        line, _, content = raw.partition(b"\n")
        meta = _meta(line)
        if not _sound(meta) or meta.get("sha256") != hashlib.sha256(content).hexdigest():
            return None
        return Entry(meta["status"], meta["headers"], float(meta["date"]), content)

    def store(self, service: str, key: str, entry: Entry, question: str) -> None:
        """Keep an answer; ``question`` (method, path and parameters) explains the file to a reader.

        Raises OSError when the disk refuses.
        """
        meta = {
            "format": FORMAT,
            "service": service,
            "question": question,
            "date": entry.date,
            "status": entry.status,
            "headers": kept_headers(entry.headers),
            "size": len(entry.content),
            "sha256": hashlib.sha256(entry.content).hexdigest(),
        }
        line = json.dumps(meta, ensure_ascii=False, sort_keys=True).encode()
        write_whole(self._path(service, key), line + b"\n" + entry.content)

    def forget(self, service: str, key: str) -> None:
        """Remove the kept answer of a request. Raises OSError when the disk refuses."""
        self._path(service, key).unlink(missing_ok=True)

    def age(self, entry: Entry) -> float:
        """Days since the answer was given."""
        return max(self.clock.now() - entry.date, 0.0) / DAY

    def usage(self) -> Usage:
        """What the answers take on disk."""
        sizes = [size for _, _, size in self._files()]
        return Usage(len(sizes), sum(sizes))

    def purge(self, older_than: float = 0.0) -> Usage:
        """Remove the answers written more than ``older_than`` days ago; what was removed."""
        limit = self.clock.now() - older_than * DAY
        removed = []
        for path, written, size in self._files():
            if written <= limit:
                path.unlink(missing_ok=True)
                removed.append(size)
        return Usage(len(removed), sum(removed))

    def _path(self, service: str, key: str) -> Path:
        return self.folder / "answers" / service / key[:2] / (key + _SUFFIX)

    def _files(self) -> Iterator[tuple[Path, float, int]]:
        """Answers and leftovers of writers that died, with date of writing and size."""
        for path in sorted((self.folder / "answers").rglob("*")):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue  # purged by another process
            if path.is_file():
                yield path, stat.st_mtime, stat.st_size


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers worth keeping: none of them can hold a key or a cookie."""
    return {name: headers[name] for name in _KEPT_HEADERS if name in headers}


def _meta(line: bytes) -> dict[str, Any]:
    try:
        meta = json.loads(line)
    except ValueError:
        return {}
    return meta if isinstance(meta, dict) else {}


def _sound(meta: Mapping[str, Any]) -> bool:
    """Whether the first line is one that :meth:`Cache.store` writes: the digest does not cover it."""
    status, date, headers = (meta.get(name) for name in ("status", "date", "headers"))
    return (
        meta.get("format") == FORMAT
        and isinstance(status, int)
        and isinstance(date, (int, float))
        and 0 <= date <= LATEST
        and isinstance(headers, dict)
        and all(isinstance(value, str) for value in headers.values())
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file at the end of the block; nothing if it fails.

    The file has the rights that the user's other programs give: a data folder may be shared.
    """
    aside = path.with_name(f".{uuid.uuid4().hex}.writing")
    try:
        with aside.open("xb") as stream:
            yield stream
        replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def replace(source: Path, target: Path) -> None:
    """``os.replace``, patient with Windows where a reader of the target forbids it for a while."""
    for _ in range(20):
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(0.05)
    source.replace(target)
