"""An empty profile of QGIS for the tests of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.qgis_bridge.settings import kept
from qgis.core import QgsApplication, QgsSettings


@contextmanager
def empty_profile(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No setting of Coodiag, and a cache that no variable names; gives the folder of Coodiag."""
    patch.delenv("COODIAG_CACHE")
    patch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: f"{folder}/profile/"))
    QgsSettings().remove("coodiag")
    kept._TOLD.clear()
    yield folder / "profile" / "coodiag"
    QgsSettings().remove("coodiag")
