"""What the user chose once for all, and where Coodiag keeps what outlives a run.

An environment variable comes first, then the user's settings of QGIS, then those that an
administrator gives to everybody (``qgis_global_settings.ini``), then the default of the registry.
"""

from __future__ import annotations

from .folders import cache_folder, folders_for_child
from .kept import value

__all__ = ["cache_folder", "folders_for_child", "value"]
