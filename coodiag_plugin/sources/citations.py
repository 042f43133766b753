"""What is known of a file that Coodiag brought from a service, kept beside it in ``.<name>.source``.

A file that the user downloaded has no such note: its family and its columns speak for it.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..core.provenance import Provenance
from .web.cache import write_whole


def write_citation(path: Path, source: Provenance, digest: str) -> None:
    """Note where the file at ``path``, of SHA-256 ``digest``, comes from."""
    row = {**source.as_row(), "file": path.name, "sha256": digest}
    text = json.dumps(row, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(citation_path(path), text.encode() + b"\n")


def read_citation(path: Path) -> Provenance | None:
    """The note of a file, None when it has none or one that cannot be read."""
    try:
        row = json.loads(citation_path(path).read_text(encoding="utf-8"))
        return Provenance(**row)
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError, ValueError, TypeError):
        return None


def citation_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.source")
