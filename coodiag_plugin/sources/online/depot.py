"""The data folder that services fill: files written whole, each with its source beside it."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ...core.errors import CoodiagError, SourceError
from ...core.provenance import Provenance
from ..citations import write_citation
from ..web.cache import write_whole


class Depot:
    """A data folder being filled.

    The same answers give the same bytes: a run that was cut and starts again ends with the same
    files. ``files``: what was written, in order. ``failed``: what a service could not give (a
    variable of the catalogue, or the name of a collection) → the error that says why.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.files: list[Path] = []
        self.failed: dict[str, CoodiagError] = {}

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

        Features that come page by page are not held together: their source, whose day is known
        once the last page came, is then given as a function.
        """
        lines = ",\n".join(
            json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
        )
        text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
        known = source() if callable(source) else source
        return self._write(name, text.encode(), known)

    def keep(self, path: Path, source: Provenance) -> Path:
        """Count in a file that was downloaded into the folder as it is."""
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        return self._noted(path, source, digest.hexdigest())

    def fail(self, names: Iterable[str], error: CoodiagError) -> None:
        """Remember that these could not be had; the run goes on and prints them as failed."""
        self.failed.update(dict.fromkeys(names, error))

    def _write(self, name: str, content: bytes, source: Provenance) -> Path:
        path = self.folder / name
        try:
            write_whole(path, content)
        except OSError as error:
            raise SourceError(
                "The file {file} cannot be written in the data folder: {reason}. Free some space or choose another folder.",
                file=name,
                reason=error.strerror or str(error),
            ) from error
        return self._noted(path, source, hashlib.sha256(content).hexdigest())

    def _noted(self, path: Path, source: Provenance, digest: str) -> Path:
        write_citation(path, source, digest)
        self.files.append(path)
        return path
