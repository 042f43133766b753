"""The folder of a diagnosis: made whole, or not at all.

A run works in ``.en-cours`` inside the output folder and moves its files to their places at the
end, so that a refusal or a failure leaves an earlier dossier untouched and no half-written one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtCore import QLockFile

from ..core.errors import InputError
from ..core.places import is_link
from ..core.runfile import RUN_FILE
from ..edition.odt.edited import free_path

GEOPACKAGE = "diagnostic.gpkg"
PROJECT = "diagnostic.qgz"
ATLAS = "atlas.pdf"
JOURNAL = "journal.txt"
CONTEXT = "contexte.json"
FIGURES = "indicateurs.json"
WORKBOOK = "indicateurs.xlsx"
REPORT = "rapport.odt"
WEB_REPORT = "rapport.html"
SLIDES = "diaporama.pdf"
LEAFLET = "synthese.pdf"
CONFIDENTIAL = "confidentiel"
PEOPLE = f"{CONFIDENTIAL}/personnes.gpkg"
#: Every file that a run may write.
WRITTEN = (
    ATLAS,
    CONTEXT,
    FIGURES,
    GEOPACKAGE,
    JOURNAL,
    LEAFLET,
    PEOPLE,
    PROJECT,
    REPORT,
    RUN_FILE,
    SLIDES,
    WEB_REPORT,
    WORKBOOK,
)
#: Documents that are asked for by their format: output of the algorithms, file.
DOCUMENTS = {
    "odt": ("ODT", REPORT),
    "html": ("HTML", WEB_REPORT),
    "xlsx": ("WORKBOOK", WORKBOOK),
    "diaporama": ("SLIDES", SLIDES),
    "synthese": ("SYNTHESIS", LEAFLET),
}
_STAGE = ".en-cours"
_BEFORE = ".avant"  # inside the work folder: what an earlier run wrote, until the end
_REPLACED = ".remplace"  # the same, once all of it is there
_LOCK = ".coodiag.lock"


@dataclass(frozen=True)
class Dossier:
    """Paths of a dossier rooted at ``folder``."""

    folder: Path

    @property
    def geopackage(self) -> Path:
        return self.folder / GEOPACKAGE

    @property
    def project(self) -> Path:
        return self.folder / PROJECT

    @property
    def atlas(self) -> Path:
        return self.folder / ATLAS

    @property
    def people(self) -> Path:
        return self.folder / PEOPLE

    @property
    def journal(self) -> Path:
        return self.folder / JOURNAL

    @property
    def context(self) -> Path:
        return self.folder / CONTEXT

    @property
    def figures(self) -> Path:
        return self.folder / FIGURES

    @property
    def workbook(self) -> Path:
        return self.folder / WORKBOOK


@contextmanager
def taken(folder: Path) -> Iterator[None]:
    """Nobody else writes into the dossier meanwhile: it is refused as :class:`Staging` refuses.

    The unfinished files of a killed run are removed. A folder that is not there is left to the
    refusal of who opens it.
    """
    if not folder.is_dir():
        yield
        return
    lock = _lock(folder)
    try:
        for path in folder.glob(f".*{_STAGE}"):
            if path.is_file() and not path.is_symlink():
                path.unlink()
        yield
    finally:
        lock.unlock()


def refuse_link(path: Path) -> None:
    """Refuse a link where persons lie: they would be written, or read, wherever it leads.

    Raises :class:`InputError`.
    """
    if is_link(path):
        raise InputError(
            "{name} in the folder {folder} is a link to another place: what it leads to is neither read nor written. Remove the link, then do it again.",
            name=path.name,
            folder=str(path.parent),
        )


def sweep(folder: Path) -> None:
    """Remove the work folder that a killed run left in ``folder``: persons may lie in it. Nothing
    is touched while another run works there, nor where a link leads."""
    if is_link(folder / _STAGE) or not (folder / _STAGE).is_dir():
        return
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        _clear(folder)
        lock.unlock()


def _clear(folder: Path) -> None:
    """Remove the work folder, once what a run was moving when it ended is in its place; it stays
    where that cannot be done, as it may be all that is left of the earlier dossier."""
    with suppress(OSError):
        _settle(folder)
        shutil.rmtree(folder / _STAGE, ignore_errors=True)


def _settle(folder: Path) -> None:
    """End what a run that was killed, or failed, while it moved files to their places had begun: the
    earlier dossier is put back, or the new one is made whole if all of the earlier was put away."""
    work = folder / _STAGE
    onward = (work / _REPLACED).is_dir()
    origin = work if onward else work / _BEFORE
    if is_link(folder / CONFIDENTIAL) or is_link(origin) or not origin.is_dir():
        return
    for name in WRITTEN:
        held = origin / name
        if is_link(held) or is_link(held.parent) or not held.is_file():
            continue
        place = folder / name
        if name == REPORT and onward:
            place = free_path(place)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        held.replace(place)


def _lock(folder: Path) -> QLockFile:
    """The lock of a folder, held until its ``unlock``."""
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)  # a run may take hours: its lock goes with its process, not with time
    if lock.tryLock(0):
        return lock
    if lock.error() == QLockFile.LockError.LockFailedError:
        raise InputError(
            "Another diagnosis is writing into the folder {folder}. Wait for its end, or choose another folder.",
            folder=str(folder),
        )
    raise _not_written(folder, os.strerror(errno.EACCES))


def _not_written(folder: Path, reason: str) -> InputError:
    return InputError(
        "The output folder {folder} cannot be written ({reason}). Choose another folder.",
        folder=str(folder),
        reason=reason,
    )


class Staging:
    """The work folder of one run: ``with Staging(output) as stage: …; stage.publish()``.

    One run at a time works for an output folder; what a killed run left behind (it may hold
    persons) is removed. Without ``publish`` nothing stays. Raises :class:`InputError` when the
    folder cannot be written or is taken, before anything is computed.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self._made_output = not output.exists()
        self._work = output / _STAGE

    def __enter__(self) -> Dossier:
        try:
            self.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _not_written(self.output, error.strerror or str(error)) from error
        self._lock = _lock(self.output)
        try:
            for path in (self._work, self.output / CONFIDENTIAL):
                refuse_link(path)
        except InputError:
            self._lock.unlock()
            raise
        try:
            _clear(self.output)
            for folder in (self._work, self._work / CONFIDENTIAL):
                folder.mkdir(mode=0o700)  # for its owner before anything is in it
        except OSError as error:
            self._lock.unlock()
            raise _not_written(self.output, error.strerror or str(error)) from error
        return Dossier(self._work)

    def publish(self) -> dict[str, Path]:
        """Move every file of the work folder to its place, instead of those of an earlier run;
        returns the place of each by its name.

        What the earlier run wrote and this one did not is gone too, but for a report that someone
        has edited: it stays, and the new one takes a free name. When a file cannot be moved the
        earlier dossier is put back.
        """
        confidential = self.output / CONFIDENTIAL
        refuse_link(confidential)  # made meanwhile: a run may take hours
        (self._work / _BEFORE).mkdir()
        made = sorted(path for path in self._work.rglob("*") if path.is_file())
        names = [path.relative_to(self._work).as_posix() for path in made]
        places = {name: self._place(name) for name in names}
        taken = [self._place(name) for name in WRITTEN]
        moves = [
            (old, self._work / _BEFORE / old.relative_to(self.output))
            for old in taken
            if old.is_file()
        ]
        moves.append((self._work / _BEFORE, self._work / _REPLACED))
        moves += [(new, places[name]) for new, name in zip(made, names)]
        done: list[tuple[Path, Path]] = []
        for origin, target in moves:
            try:
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                origin.rename(target)
            except OSError as error:
                for source, place in reversed(done):
                    with suppress(OSError):  # it stays in the work folder: see _clear
                        place.rename(source)
                raise InputError(
                    "The file {file} of an earlier run cannot be replaced ({reason}). Close it, then run again.",
                    file=origin.name,
                    reason=error.strerror or str(error),
                ) from error
            done.append((origin, target))
        if confidential.is_dir():
            confidential.chmod(0o700)
            if not any(confidential.iterdir()):
                confidential.rmdir()
        return places

    def _place(self, name: str) -> Path:
        path = self.output / name
        return free_path(path) if name == REPORT else path

    def __exit__(self, *error: object) -> None:
        _clear(self.output)
        self._lock.unlock()
        if self._made_output and error[0] is not None and not any(self.output.iterdir()):
            self.output.rmdir()
