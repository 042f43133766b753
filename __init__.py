"""Coodiag, territorial diagnosis for QGIS. The repository root is the plugin package."""

from __future__ import annotations

import sys
import typing
from typing import Any


def classFactory(iface: Any) -> Any:
    """Build the plugin object (called by QGIS, with ``iface`` None under qgis_process)."""
    from .coodiag_plugin.plugin import CoodiagPlugin

    return CoodiagPlugin(iface, _forget)


def _forget() -> None:
    """Have the modules read again at the next load. QGIS takes back only those that its own import
    has seen: the others would stay those of a former version after an update.

    Python remembers the types that were combined (``Union[str, Number]``), and with them the modules
    of their classes: it is made to forget them too.
    """
    for name in [each for each in sys.modules if each.startswith(f"{__name__}.")]:
        del sys.modules[name]
    for forget in getattr(typing, "_cleanups", ()):
        forget()
