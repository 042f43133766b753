"""The folder of official files as downloaded: what is in it, recognised by headers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress, Silent
from .examine import Found, examine
from .odd_files import reason_of, walk
from .official_file import OfficialFile, provenance, read_columns, sha256

__all__ = ["Inventory", "OfficialFile", "provenance", "read_columns", "scan", "sha256"]


@dataclass(frozen=True)
class Inventory:
    """What a folder holds: files that are used, files put aside with the reason in French."""

    folder: Path
    files: tuple[OfficialFile, ...]
    ignored: tuple[tuple[str, str], ...]

    def of(self, *ids: str) -> list[OfficialFile]:
        """Files of these families: without reserve first, newest vintage first, then by path."""
        chosen = [file for file in self.files if file.dataset in ids]
        return sorted(
            chosen,
            key=lambda f: (
                bool(f.reserve),
                -(f.vintage or 0),
                str(f.path),
                f.member,
                f.sheet,
                f.layer,
            ),
        )


_seen: dict[tuple[str, int, int, int], Found] = {}


def scan(folder: Path, progress: Progress | None = None) -> Inventory:
    """Recognise every file under ``folder``; raise InputError when nothing there can be used.

    What a file holds is remembered in memory by path, size and dates. Whatever cannot be read is
    put aside with its reason.
    """
    progress = progress or Silent()
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            "The data folder does not exist: {folder}. Choose the folder where the official files were downloaded.",
            folder=str(folder),
        )
    paths = sorted((path, why) for path, why in walk(folder) if not _hidden(path, folder))
    files: list[OfficialFile] = []
    ignored: list[tuple[str, str]] = []
    for number, (path, why) in enumerate(paths):
        progress.check()
        progress.set(number / len(paths))
        found, refused = _look(path) if not why else ((), (("", why),))
        files.extend(found)
        relative = path.relative_to(folder).as_posix()
        ignored.extend(
            (f"{relative}/{member}" if member else relative, why) for member, why in refused
        )
    if not files:
        raise InputError(
            "The folder {folder} holds no official file that is recognised ({count} files looked at). Put there the files as published: contours of communes, COG tables, census bases.",
            folder=str(folder),
            count=len(paths),
        )
    return Inventory(folder, tuple(files), tuple(ignored))


def _look(path: Path) -> Found:
    """What a file holds, or why it is put aside; a change of its rights is a change of date too."""
    try:
        stat = path.stat()
    except OSError as error:
        return (), (("", reason_of(error)),)
    key = (str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    if key not in _seen:
        _seen[key] = examine(path)
    return _seen[key]


def _hidden(path: Path, folder: Path) -> bool:
    """Hidden files, and everything in a dossier or a confidential folder: no official data there."""
    inside = path.relative_to(folder)
    if any(
        part.startswith((".", "__MACOSX", "~$")) or part == "confidentiel" for part in inside.parts
    ):
        return True
    return any((folder / parent / "coodiag.json").is_file() for parent in inside.parents)
