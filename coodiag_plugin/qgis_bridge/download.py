"""A data folder filled from the services, for ``coodiag:download``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsFeatureSource, QgsVectorLayer

from ..core.profiles import load_profile
from ..core.progress import Progress
from ..core.wanted import OfficialSource, Wanted
from .establishments import provenance_layer
from .official import box_of, fetch


@dataclass(frozen=True)
class Downloaded:
    """Number of files fetched and of things that could not be, and the table of sources."""

    files: int
    failed: int
    provenance: QgsVectorLayer


def download(
    territory: str,
    area: QgsFeatureSource | None,
    what: Sequence[str],
    profile: str,
    register: str,
    source: OfficialSource,
    folder: Path,
    progress: Progress,
) -> Downloaded:
    """Fetch the collections ``what`` for a territory into ``folder``.

    The statistics are those of the indicators of ``profile``. Raises when the communes themselves
    cannot be had; any other failure is said and counted.
    """
    from ..analysis.indicators import variable_names
    from ..sources.citations import read_citation

    box = None if area is None else box_of(area.materialize(QgsFeatureRequest()))
    wanted = Wanted(
        territory,
        box,
        variable_names(load_profile(profile).indicator_ids()),
        tuple(what),
        register,
    )
    found = fetch(source, wanted, folder, progress)
    sources = [cited for path in found.files if (cited := read_citation(path)) is not None]
    progress.say("{count} files in {folder}.", count=len(found.files), folder=folder.name)
    return Downloaded(len(found.files), len(found.failed), provenance_layer(sources))
