"""Where Coodiag keeps what outlives a run."""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsApplication


def cache_folder(name: str) -> Path:
    """Folder ``name`` of the plugin's cache (``COODIAG_CACHE`` overrides the QGIS profile)."""
    base = os.environ.get("COODIAG_CACHE")
    root = Path(base) if base else Path(QgsApplication.qgisSettingsDirPath()) / "coodiag"
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
