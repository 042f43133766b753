"""The road graph of a file, for the scripts that set another engine beside Coodiag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import alias

alias.load()


def graph_of(path: Path, crs: str = "EPSG:2154", profile: str = "car") -> Any:
    """The graph of a road file, as the algorithms read it; QGIS is started when it is not."""
    from coodiag.coodiag_plugin.core.progress import Silent
    from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph, open_roads
    from qgis.core import QgsApplication

    if QgsApplication.instance() is None:
        application = QgsApplication([], False)
        application.initQgis()
        _started.append(application)  # QGIS ends when its application is forgotten
    return load_graph(open_roads(path), crs, profile, Silent())


_started: list[Any] = []
