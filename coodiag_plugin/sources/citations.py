"""What is known of a file that Coodiag brought from a service, kept beside it in ``.<name>.source``.

A file that the user downloaded has no such note: its family and its columns speak for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.provenance import Provenance
from .web.cache import write_whole

_FETCH = "fetch"


@dataclass(frozen=True)
class Fetch:
    """Why a file was fetched: id of the collection, and the mark of the communes asked for."""

    collection: str = ""
    scope: str = ""


def write_citation(path: Path, source: Provenance, digest: str, fetch: Fetch) -> None:
    """Note where the file at ``path``, of SHA-256 ``digest``, comes from."""
    row: dict[str, Any] = {**source.as_row(), "file": path.name, "sha256": digest}
    row[_FETCH] = {"collection": fetch.collection, "scope": fetch.scope}
    text = json.dumps(row, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(citation_path(path), text.encode() + b"\n")


def read_citation(path: Path) -> Provenance | None:
    """The note of a file, None when it has none or one that cannot be read."""
    try:
        row = _note(path)
        row.pop(_FETCH, None)
        cited = Provenance(**row)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return cited if all(isinstance(text, str) for text in row.values()) else None


def read_fetch(path: Path) -> Fetch | None:
    """Why a file was fetched, None for a file without a note, which is the user's."""
    if read_citation(path) is None:
        return None
    try:
        return Fetch(**_note(path).get(_FETCH, {}))
    except TypeError:
        return Fetch()


def _note(path: Path) -> dict[str, Any]:
    row = json.loads(citation_path(path).read_text(encoding="utf-8"))
    if not isinstance(row, dict):
        raise TypeError(type(row).__name__)
    return row


def citation_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.source")
