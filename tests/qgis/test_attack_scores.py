"""The score of a commune is rounded: no published ratio may give it back."""

from __future__ import annotations

from coodiag.coodiag_plugin.qgis_bridge.layers import memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.pipeline.crossings import _without_counts
from coodiag.coodiag_plugin.qgis_bridge.prospects import ZONE_FIELDS


def test_the_score_per_establishment_is_that_of_the_rounded_score(qgis_app: object) -> None:
    """Establishments by commune are in the same GeoPackage: ratio × number must be the rounded score."""
    shown = {"codgeo": "01001", "nom": "Fictive", "prospects": 3, "cost": 4.0, "cost_unit": "min"}
    known = {**shown, "white": False, "score": 14.9, "establishments": 51, "score_per_1000": 292.2}
    empty = {**known, "codgeo": "01002", "score": 0.0, "establishments": 0, "score_per_1000": None}
    layer = memory_layer("z", ZONE_FIELDS, rows=[(known, None), (empty, None)])
    first, second = (row for row, _ in records(_without_counts(layer)))
    assert first["score"] == 10.0
    assert round(first["score_per_1000"] * 51 / 1000, 1) == 10.0
    assert second["score_per_1000"] is None
    assert not {"prospects", "establishments"} & set(first)
