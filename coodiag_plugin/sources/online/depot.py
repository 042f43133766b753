"""The data folder that services fill: files written whole, each with its source beside it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from ...core.errors import CoodiagError, SourceError
from ...core.provenance import Provenance
from ..citations import Fetch, read_fetch, write_citation
from ..official_file import sha256
from ..web.cache import whole_file, write_whole


class Depot:
    """A data folder being filled.

    The same answers give the same bytes: a run that was cut and starts again ends with the same
    files. ``files``: what was written, in order. ``fetch``: noted beside the files now written.
    ``failures``: what services could not give (variables of the catalogue, or the name of a
    collection) and the error that says why.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.files: list[Path] = []
        self.fetch = Fetch()
        self.failures: list[tuple[tuple[str, ...], CoodiagError]] = []

    @property
    def failed(self) -> dict[str, CoodiagError]:
        """Every name that could not be had."""
        return {name: error for names, error in self.failures for name in names}

    def table(self, name: str, frame: pd.DataFrame, source: Provenance) -> Path:
        """Write a table of text cells as csv (``;``, UTF-8), rows and columns in their order."""
        text = io.StringIO(newline="")
        frame.to_csv(text, sep=";", index=False, lineterminator="\n")
        return self._write(name, text.getvalue().encode(), source)

    def layer(
        self,
        name: str,
        features: Iterable[Mapping[str, Any]],
        source: Provenance | Callable[[], Provenance],
    ) -> Path:
        """Write GeoJSON features (degrees, longitude first) one a line, in their order.

        Features may come page by page: their source, whose day is known once the last page came,
        is then given as a function.
        """
        path, digest = self.folder / name, hashlib.sha256()
        with _writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as stream:
                for piece in _geojson(features):
                    digest.update(piece)
                    stream.write(piece)
        known = source() if callable(source) else source
        return self._noted(path, known, digest.hexdigest())

    def share(self, shared: Path, source: Provenance) -> Path:
        """Put a downloaded file into the folder as it is: a link where the disk allows it."""
        path = self.folder / shared.name
        with _writing(path):
            _place(shared, path)
        return self._noted(path, source, sha256(path))

    def tidy(self, scope: str, collected: Iterable[str]) -> None:
        """Remove what earlier runs fetched and that would now be read wrongly.

        A file of another territory would be read as if the communes of this one had nothing; one
        that a whole collection no longer gives (nothing there any more, another register) is out
        of date. A file without note is the user's and stays.
        """
        whole, written = set(collected), set(self.files)
        for note in sorted(self.folder.glob(".*.source")):
            path = self.folder / note.name[1 : -len(".source")]
            known = read_fetch(path)
            if known is None or path in written:
                continue
            if known.scope != scope or known.collection in whole:
                with _writing(path):
                    path.unlink(missing_ok=True)
                    note.unlink()

    def fail(self, names: Iterable[str], error: CoodiagError) -> None:
        """Remember that these could not be had; the run goes on and prints them as failed."""
        self.failures.append((tuple(names), error))

    def _write(self, name: str, content: bytes, source: Provenance) -> Path:
        path = self.folder / name
        with _writing(path):
            write_whole(path, content)
        return self._noted(path, source, hashlib.sha256(content).hexdigest())

    def _noted(self, path: Path, source: Provenance, digest: str) -> Path:
        with _writing(path):
            write_citation(path, source, digest, self.fetch)
        self.files.append(path)
        return path


def _geojson(features: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The text of a feature collection, piece by piece; ValueError for a figure that is not one."""
    yield b'{"type":"FeatureCollection","features":[\n'
    separator = ""
    for feature in features:
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        yield (separator + text).encode()
        separator = ",\n"
    yield b"\n]}\n"


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(
            "The file {file} cannot be written in the data folder: {reason}. Free some space or choose another folder.",
            file=path.name,
            reason=error.strerror or str(error),
        ) from error


def _place(shared: Path, path: Path) -> None:
    """``shared`` under another name: the same bytes on the disk when it allows it, else a copy."""
    if path.exists() and path.samefile(shared):
        return
    fresh = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    try:
        os.link(shared, fresh)
    except OSError:  # another disk, or one without links
        shutil.copyfile(shared, fresh)
    fresh.replace(path)
