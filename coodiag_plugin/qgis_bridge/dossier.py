"""The folder of a diagnosis: made whole, or not at all.

A run works in ``.en-cours`` inside the output folder and moves its files to their places at the
end, so that a refusal or a failure leaves an earlier dossier untouched and no half-written one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import InputError

GEOPACKAGE = "diagnostic.gpkg"
PROJECT = "diagnostic.qgz"
ATLAS = "atlas.pdf"
JOURNAL = "journal.txt"
CONTEXT = "contexte.json"
PEOPLE = "confidentiel/personnes.gpkg"
_STAGE = ".en-cours"


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


class Staging:
    """The work folder of one run: ``with Staging(output) as stage: …; stage.publish()``.

    Raises :class:`InputError` when the output folder cannot be written, before anything is
    computed. Without ``publish`` nothing stays.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self._made_output = not output.exists()
        self._work: Path | None = None

    def __enter__(self) -> Dossier:
        try:
            self.output.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=_STAGE, dir=self.output))
            (work / "confidentiel").mkdir()
        except OSError as error:
            raise InputError(
                "The output folder {folder} cannot be written ({reason}). Choose another folder.",
                folder=str(self.output),
                reason=error.strerror or str(error),
            ) from error
        os.chmod(work / "confidentiel", 0o700)
        self._work = work
        return Dossier(work)

    def publish(self) -> Dossier:
        """Move every file of the work folder to its place, over those of an earlier run."""
        assert self._work is not None
        for source in sorted(path for path in self._work.rglob("*") if path.is_file()):
            target = self.output / source.relative_to(self._work)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                source.replace(target)
            except OSError as error:
                raise InputError(
                    "The file {file} of an earlier run cannot be replaced ({reason}). Close it, then run again.",
                    file=target.name,
                    reason=error.strerror or str(error),
                ) from error
        os.chmod(self.output / "confidentiel", 0o700)
        return Dossier(self.output)

    def __exit__(self, *error: object) -> None:
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)
        if (
            self._made_output
            and error[0] is not None
            and self.output.is_dir()
            and not any(self.output.iterdir())
        ):
            self.output.rmdir()
