"""Coodiag, territorial diagnosis for QGIS. The repository root is the plugin package."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """Build the plugin object (called by QGIS, with ``iface`` None under qgis_process)."""
    from .coodiag_plugin.plugin import CoodiagPlugin

    return CoodiagPlugin(iface)
