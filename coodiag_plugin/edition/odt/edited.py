"""Whose a report is: written by a run and untouched since, or a document that someone works on.

What a run wrote carries a fingerprint of its contents. Word processors write everything anew when
they save, so a document that was saved by hand no longer has its fingerprint, nor has a document
that comes from elsewhere: both stay, and the new report takes the next free name.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

#: Name of the fingerprint among the properties of the document.
PROPERTY = "coodiag:empreinte"
META = "meta.xml"
#: Members that hold the fingerprint, or nothing of the report.
_ASIDE = ("mimetype", META, "META-INF/manifest.xml")
_FOUND = re.compile(rf'meta:name="{PROPERTY}"[^>]*>([0-9a-f]{{64}})<')
_CHUNK, _LONGEST_META = 1 << 16, 1 << 20


def fingerprint(members: Mapping[str, bytes]) -> str:
    """SHA-256 of the members of a document by name, less those that hold the fingerprint itself."""
    digest = hashlib.sha256()
    for name in sorted(set(members) - set(_ASIDE)):
        _feed(digest, name, len(members[name]), io.BytesIO(members[name]))
    return digest.hexdigest()


def untouched(path: Path) -> bool:
    """Whether ``path`` is a report as a run wrote it. A file that cannot be read is not."""
    try:
        with zipfile.ZipFile(path) as archive:
            written = _written(archive)
            return bool(written) and written == _fingerprint_of(archive)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        # Not a document, a damaged or locked one: in doubt it is somebody's.
        return False


def kept(path: Path) -> bool:
    """Whether what stands at ``path`` must stay: something is there, and it is not an untouched
    report, or a word processor has it open."""
    if not path.exists() and not path.is_symlink():
        return False
    return _is_open(path) or not untouched(path)


def free_path(path: Path) -> Path:
    """``path``, else ``« rapport (2).odt »``, ``(3)``…: the first that may be written."""
    found, rank = path, 1
    while kept(found):
        rank += 1
        found = path.with_name(f"{path.stem} ({rank}){path.suffix}")
    return found


def _is_open(path: Path) -> bool:
    """Whether LibreOffice or Word has laid its mark beside the file."""
    marks = (f".~lock.{path.name}#", f"~${path.name[2:]}")
    return any(path.with_name(mark).exists() for mark in marks)


def _written(archive: zipfile.ZipFile) -> str:
    """The fingerprint that the properties hold; "" when there is none."""
    if META not in archive.namelist() or archive.getinfo(META).file_size > _LONGEST_META:
        return ""
    match = _FOUND.search(archive.read(META).decode("utf-8", "replace"))
    return match[1] if match else ""


def _fingerprint_of(archive: zipfile.ZipFile) -> str:
    digest = hashlib.sha256()
    for item in sorted(archive.infolist(), key=lambda item: item.filename):
        if item.filename not in _ASIDE:
            with archive.open(item) as stream:
                _feed(digest, item.filename, item.file_size, stream)
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, name: str, size: int, stream: IO[bytes]) -> None:
    digest.update(f"{len(name.encode())} {name} {size}\n".encode())
    while block := stream.read(_CHUNK):
        digest.update(block)
