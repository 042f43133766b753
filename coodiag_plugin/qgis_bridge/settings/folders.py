"""Where Coodiag keeps what outlives a run.

Two places: what can be made or asked again (:data:`REMADE`) goes where the user wants it, and may be
emptied; what a person did (corrections, the wizard's draft) stays in the QGIS profile.
``COODIAG_CACHE`` names one folder for both.
"""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsApplication

from ...core.errors import InputError
from .kept import raw_value
from .registry import CACHE_VARIABLE

#: Folders whose content can be made or asked again.
REMADE = ("web", "ban", "roads", "geocoding", "downloads", "apercus", "demonstration")
#: Name of ours inside a folder chosen by the user: nothing beside it is ever touched.
OURS = "coodiag-cache"
#: Names the folder of what can be made again alone, for a child process with another profile.
REMADE_VARIABLE = "COODIAG_CACHE_REMADE"


def cache_folder(name: str) -> Path:
    """Folder ``name`` of what is kept, made when it is not there.

    Raises :class:`InputError` when it cannot be made.
    """
    folder = root_of(name) / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # answers of services are kept as received, names included
    except OSError as error:
        raise InputError(
            "The cache folder {folder} cannot be written ({reason}). Free some space, or choose another folder in Settings → Options → Coodiag.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    return folder


def root_of(name: str) -> Path:
    """The folder that holds ``name``, which may not be there yet."""
    if name in REMADE and os.environ.get(REMADE_VARIABLE):
        return Path(os.environ[REMADE_VARIABLE])
    if os.environ.get(CACHE_VARIABLE):
        return Path(os.environ[CACHE_VARIABLE])
    chosen = raw_value("cache_folder") if name in REMADE else ""
    if chosen:
        return Path(chosen).expanduser() / OURS
    return profile_folder()


def profile_folder() -> Path:
    """The folder of Coodiag in the QGIS profile."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "coodiag"


def folders_for_child() -> dict[str, str]:
    """Environment variables by which a process with another profile finds the same folders."""
    return {CACHE_VARIABLE: str(root_of("")), REMADE_VARIABLE: str(root_of(REMADE[0]))}
