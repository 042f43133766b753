"""What the search of a territory asks of QGIS: nothing but what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import SourceError
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.desk.gazetteer import Gazetteer
from coodiag.coodiag_plugin.qgis_bridge.desk.territories import Territories
from coodiag.coodiag_plugin.qgis_bridge.network import service_keys
from coodiag.coodiag_plugin.qgis_bridge.settings.kept import keep
from coodiag.tests.qgis.waiting import wait
from coodiag.tests.servers.geo_api import GeoApiServer
from coodiag.tests.servers.world import World


def test_a_search_reads_no_key(
    provider: Any, demo: DemoPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read one, QGIS may ask for the master password."""
    monkeypatch.setenv("COODIAG_CACHE", str(tmp_path / "cache"))
    keep("keys/sirene", "zzzzzzz")
    lists: list[Gazetteer] = []
    outlines: list[Any] = []
    refusals: list[str] = []
    try:
        with pytest.raises(SourceError, match="zzzzzzz"):
            service_keys()
        with GeoApiServer(World(demo.data_folder)) as server:
            monkeypatch.setenv("COODIAG_URL_GEO_API", server.url)
            found = Territories()
            found.read("online", "", lists.append, refusals.append)
            wait(lambda: lists or refusals)
            assert refusals == []
            found.outline(lists[0], "EPCI:245390927", outlines.append, refusals.append)
            wait(lambda: outlines or refusals)
    finally:
        keep("keys/sirene", "")
    assert refusals == [] and outlines[0].communes > 1
