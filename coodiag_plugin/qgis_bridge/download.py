"""A data folder filled from the services, for ``coodiag:download``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsFeatureSource, QgsVectorLayer

from ..core.errors import InputError
from ..core.profiles import load_profile
from ..core.progress import Progress
from ..core.runfile import RUN_FILE
from ..core.version import ROOT
from ..core.wanted import FOR_DIAGNOSIS, OfficialSource, Wanted
from .establishments import provenance_layer
from .official import box_of, fetch


def check_target(folder: Path) -> None:
    """Refuse a folder that downloads must not be mixed into."""
    if not str(folder).isprintable():
        raise InputError(
            "The name of the data folder holds characters that no folder name may have."
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(
            "{folder} is a file: choose a folder for the official data.", folder=str(folder)
        )
    inside = [folder, *folder.parents]
    if any((item / RUN_FILE).is_file() for item in inside) or ROOT in (
        item.resolve() for item in inside
    ):
        raise InputError(
            "{folder} is in a dossier or in the plugin: choose another folder for the official data.",
            folder=str(folder),
        )


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
    progress.say("{count} files written in {folder}.", count=len(found.files), folder=folder.name)
    lacking = [name for name in FOR_DIAGNOSIS if name not in what]
    if lacking:
        progress.say(
            "A whole diagnosis without network also needs, in WHAT: {ids}.", ids=", ".join(lacking)
        )
    return Downloaded(len(found.files), found.failures, provenance_layer(sources))
