"""Corrections of the review: where they are kept, and their way out and in."""

from __future__ import annotations

from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress
from .settings import cache_folder

FILE = "corrections.sqlite"


def corrections_file(given: Path | None) -> tuple[Path, bool]:
    """The file of corrections, and whether it is the one of the QGIS profile."""
    if given is not None:
        return given, False
    return cache_folder("corrections") / FILE, True


def export_corrections(target: Path, given: Path | None, progress: Progress) -> int:
    """Write every correction into a csv file; how many. Raises :class:`InputError`."""
    from ..geocoding.corrections import Corrections
    from ..geocoding.corrections_csv import write

    path, ours = corrections_file(given)
    if not path.is_file():
        raise InputError("There is no correction yet: {file} does not exist.", file=str(path))
    if target.exists() and target.samefile(path):
        raise InputError(
            "The file {file} could not be written ({reason}).",
            file=str(target),
            reason="OUTPUT = CORRECTIONS",
        )
    with Corrections(path, progress, ours) as corrections:
        return write(target, corrections.export())


def import_corrections(source: Path, given: Path | None, progress: Progress) -> int:
    """Add the corrections of a csv file; how many entered. Raises :class:`InputError`."""
    from ..geocoding.corrections import Corrections
    from ..geocoding.corrections_csv import read

    lines = read(source, progress)
    path, ours = corrections_file(given)
    with Corrections(path, progress, ours) as corrections:
        return corrections.take(lines)
