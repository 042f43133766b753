"""The files of the demonstration, made once in the cache for the wizard and the profile editor."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..core.errors import InputError
from ..core.progress import Progress
from ..core.version import version
from .dependencies import require
from .settings import cache_folder

if TYPE_CHECKING:
    from ..demo.generate import DemoPaths

NAME = "demonstration"
_FILES, _TOLD = "fichiers", "fichiers.json"
#: Ends the name of the folder that a making under way writes into.
MAKING = ".en-cours"
_ONE_AT_A_TIME = Lock()


def files(progress: Progress) -> DemoPaths:
    """The files, always under the same names: made again when one lacks, was changed or was made by
    another version.

    They are made beside and put in their place whole: one making that is cancelled harms nobody.
    Raises :class:`InputError` when the cache cannot be written.
    """
    require("pandas")
    home = cache_folder(NAME)
    try:
        with _ONE_AT_A_TIME:
            return _kept(home) or _made(home, progress)
    except OSError as error:
        raise InputError(
            "The files of the demonstration cannot be written in {folder} ({reason}). Close what has one of them open, or choose another cache folder in Settings → Options → Coodiag.",
            folder=str(home),
            reason=error.strerror or str(error),
        ) from error


def _kept(home: Path) -> DemoPaths | None:
    from ..demo.generate import DemoPaths

    try:
        told = json.loads((home / _TOLD).read_text(encoding="utf-8"))
        if told["version"] != version() or told["sizes"] != _sizes(home / _FILES):
            return None
        paths = {name: _placed(home, name, text) for name, text in told["paths"].items()}
        return DemoPaths(**paths)
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _made(home: Path, progress: Progress) -> DemoPaths:
    from ..demo.generate import DemoPaths, generate

    work = Path(mkdtemp(suffix=MAKING, dir=home))
    try:
        made = asdict(generate(work / _FILES, progress=progress))
        progress.check()
        paths = {name: _relative(work, value) for name, value in made.items()}
        if (home / _FILES).exists():
            shutil.rmtree(home / _FILES)
        (work / _FILES).replace(home / _FILES)
        told = {"version": version(), "paths": paths, "sizes": _sizes(home / _FILES)}
        (work / _TOLD).write_text(json.dumps(told), encoding="utf-8")
        (work / _TOLD).replace(home / _TOLD)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return DemoPaths(**{name: _placed(home, name, text) for name, text in paths.items()})


def _sizes(folder: Path) -> dict[str, list[int]]:
    """Size and time of each file: they change when the user tries something in one."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            status = path.stat()
            found[path.relative_to(folder).as_posix()] = [status.st_size, status.st_mtime_ns]
    return found


def _relative(folder: Path, value: Any) -> str:
    return value.relative_to(folder).as_posix() if isinstance(value, Path) else str(value)


def _placed(folder: Path, name: str, text: str) -> Any:
    return text if name == "territory" else folder / text
