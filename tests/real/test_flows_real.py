"""Insee's commuting flows of Ille-et-Vilaine, origins told by points."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.flows import work_flows
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, records
from qgis.core import QgsVectorLayer

pytestmark = pytest.mark.real


def communes(real_data: Path) -> QgsVectorLayer:
    path = real_data / "admin" / "communes_35_france-geojson.geojson"
    layer = QgsVectorLayer(str(path), "communes", "ogr")
    rows = [({"codgeo": row["code"], "nom": row["nom"]}, shape) for row, shape in records(layer)]
    return memory_layer(
        "communes", {"codgeo": TEXT, "nom": TEXT}, "MultiPolygon", "EPSG:4326", rows
    )


def test_flows_to_rennes(real_data: Path) -> None:
    path = real_data / "mobility" / "flux_domicile_travail_vers_rennes.geojson"
    table = QgsVectorLayer(str(path), "flux", "ogr")
    rows = list(records(table))
    total = sum(row["Nb"] for row, _ in rows)
    found = work_flows(table, communes(real_data), columns=("", "Commune", "Nb"), progress=Silent())
    assert total == pytest.approx(92_097.1314, abs=1e-3)
    assert sum(found.flows.values()) == pytest.approx(total, abs=1e-6), "counts in, counts out"
    to_rennes = sum(row["Nb"] for row, _ in rows if row["Commune"] == "Rennes")
    assert sum(n for (_, end), n in found.flows.items() if end == "35238") == pytest.approx(
        to_rennes
    )
    assert not found.protected.flows, "no flow of this file is under 50 people"
    lines = list(records(found.lines))
    assert len(lines) == len(found.flows)
    assert all(row["count"] == int(row["count"]) for row, _ in lines)
    # 21 rows start from the département next door, whose communes are not in the layer.
    beyond = sum(n for (start, _), n in found.flows.items() if start == "hors")
    assert beyond == pytest.approx(3250.0389, abs=1e-3)
    drawn = [
        shape for row, shape in lines if row["origin"] != "hors" and row["kind"] != "sur place"
    ]
    assert drawn and not any(shape.isNull() for shape in drawn)
    assert found.commuting is not None and found.commuting.stable.number == pytest.approx(
        sum(n for (start, _), n in found.flows.items() if start != "hors"), abs=1e-6
    )
