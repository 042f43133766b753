"""Where Coodiag keeps what outlives a run."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsApplication

from ..core.errors import InputError


def cache_folder(name: str) -> Path:
    """Folder ``name`` of the plugin's cache (``COODIAG_CACHE`` overrides the QGIS profile).

    Raises :class:`InputError` when it cannot be made.
    """
    base = os.environ.get("COODIAG_CACHE")
    root = Path(base) if base else Path(QgsApplication.qgisSettingsDirPath()) / "coodiag"
    folder = root / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # answers of services are kept as received, names included
    except OSError as error:
        raise InputError(
            "The cache folder {folder} cannot be written ({reason}). Free some space, or let COODIAG_CACHE name another folder.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    return folder
