"""What the cache takes on the disk, and emptying it: never what a person did."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...core.progress import Progress
from ...core.words import N_
from .folders import REMADE, root_of

#: What each folder holds, as the page of the options says it.
CONTENTS = {
    "web": N_("Answers of the services"),
    "ban": N_("Address indexes"),
    "roads": N_("Road graphs"),
    "geocoding": N_("Interrupted geocodings, to be resumed"),
    "downloads": N_("Files of interrupted runs"),
    "apercus": N_("Previews of the profile editor"),
    "demonstration": N_("Files of the demonstration"),
}
#: What only a run under way makes: by folder, the ends of its names (empty: any name).
_PASSING = {
    "ban": (".part", ".lock"),
    "roads": (".building",),
    "geocoding": ("",),
    "downloads": ("",),
    "apercus": ("",),
    "demonstration": (".en-cours",),
}
#: Such a thing stays when it was touched less than this ago, seconds.
_LATELY = 3600.0


@dataclass(frozen=True)
class Part:
    """One folder of what can be made again. ``size``: bytes that emptying would free."""

    name: str
    folder: Path
    size: int


@dataclass(frozen=True)
class Emptied:
    """``freed``: bytes; ``left``: how many files could not be removed (in use, or forbidden)."""

    freed: int
    left: int


def parts(progress: Progress) -> list[Part]:
    """The folders of the cache with what they take; may read a hundred thousand files."""
    found = []
    for place, name in enumerate(REMADE):
        folder = root_of(name) / name
        size = sum(file.size for item in _removable(name) for file in _files(item, progress))
        found.append(Part(name, folder, size))
        progress.set((place + 1) / len(REMADE))
    return found


def empty(names: Collection[str], progress: Progress) -> Emptied:
    """Remove what the named folders hold; the quotas of the services stay, they are promises.

    A file that another program holds stays, and is counted. Raises ``Cancelled``: what was removed
    until then is.
    """
    unknown = set(names) - set(REMADE)
    if unknown:
        raise ValueError(f"{sorted(unknown)} is not what can be made again")
    freed = left = 0
    for name in names:
        for item in _removable(name):
            for file in _files(item, progress):
                try:
                    file.path.unlink(missing_ok=True)
                    freed += file.size
                except OSError:
                    left += 1
            _drop_folders(item)
    return Emptied(freed, left)


@dataclass(frozen=True)
class _File:
    path: Path
    size: int


def _removable(name: str) -> Iterator[Path]:
    """The entries of a folder that emptying removes."""
    folder = root_of(name) / name
    if name == "web":  # beside the answers lie the quotas and locks of the services
        folder = folder / "answers"
    if not folder.is_dir():
        return
    limit = time.time() - _LATELY
    for item in sorted(folder.iterdir()):
        passing = item.name.endswith(_PASSING.get(name, ()))
        if not passing or _last_touched(item) <= limit:
            yield item


def _last_touched(item: Path) -> float:
    try:
        inside = (path.lstat().st_mtime for path in item.rglob("*")) if item.is_dir() else ()
        return max((item.lstat().st_mtime, *inside))
    except FileNotFoundError:
        return time.time()  # another process is at it


def _files(item: Path, progress: Progress) -> Iterator[_File]:
    """The files under an entry; a link is a file, what it leads to is left alone."""
    progress.check()
    if item.is_symlink() or not item.is_dir():
        yield from _sized(item)
        return
    for home, folders, names in os.walk(item):
        progress.check()
        linked = [name for name in folders if (Path(home) / name).is_symlink()]
        for name in (*names, *linked):
            yield from _sized(Path(home) / name)


def _sized(path: Path) -> Iterator[_File]:
    try:
        yield _File(path, path.lstat().st_size)
    except FileNotFoundError:
        return  # another process removed it


def _drop_folders(item: Path) -> None:
    """Remove the folders left without a file; one that a run filled meanwhile stays."""
    if item.is_symlink() or not item.is_dir():
        return
    for home, _, _ in os.walk(item, topdown=False):
        with suppress(OSError):  # not empty
            Path(home).rmdir()
