"""The look of the zone tools' outputs when QGIS loads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer
from coodiag.coodiag_plugin.qgis_bridge.showing import Facts, Showing
from coodiag.coodiag_plugin.qgis_bridge.zone_styles import LOOKS
from coodiag.processing_algorithms.isochrones import Isochrones
from qgis.core import (
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

ALGORITHMS = Path(__file__).resolve().parents[2] / "processing_algorithms"
CRS = "EPSG:2154"


class Heard(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.said.append(info)


def squares(rows: list[dict[str, Any]]) -> QgsVectorLayer:
    columns = {key: TEXT if isinstance(cell, str) else REAL for key, cell in rows[0].items()}
    shapes = [
        QgsGeometry.fromRect(QgsRectangle(350_000 + 100 * rank, 6_790_000, 350_090 + 100 * rank, 6_790_090))
        for rank in range(len(rows))
    ]  # fmt: skip
    return memory_layer("carres", columns, "MultiPolygon", CRS, list(zip(rows, shapes)))


def dress(look: str) -> Showing:
    return Showing(Facts("isochrones", "OUTPUT", "Isochrones", "", "Isochrones", ()), LOOKS[look])


def dressed(layer: QgsVectorLayer, look: str) -> list[tuple[str, str]]:
    """(label, colour) of the legend after the post-processor of a look."""
    heard = Heard()
    dress(look).postProcessLayer(layer, QgsProcessingContext(), heard)
    assert not heard.said
    root = layer.renderer().rootRule()
    return [(rule.label(), rule.symbol().color().name()) for rule in root.children()]


def darkness(colour: str) -> int:
    return -sum(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.parametrize("look", ["rings", "bands"])
def test_isochrones_are_darker_when_smaller(look: str) -> None:
    layer = squares([{"value": value, "mode": "time"} for value in (15.0, 2.5, 5.0)])
    legend = dressed(layer, look)
    assert [label for label, _ in legend] == [
        "2,5\u00a0min au plus", "5\u00a0min au plus", "15\u00a0min au plus",
    ]  # fmt: skip
    shades = [darkness(colour) for _, colour in legend]
    if look == "bands":
        assert shades == sorted(shades, reverse=True)
    assert layer.renderer().rootRule().children()[0].filterExpression().count("2.5")


def test_measured_and_forecast_zones_have_different_hues() -> None:
    measured = squares([{"zone": zone} for zone in ("tertiaire", "primaire", "secondaire")])
    forecast = squares([{"target": target, "variable": "population"} for target in (5000.0, 1e4)])
    ours, theirs = dressed(measured, "catchment"), dressed(forecast, "thresholds")
    assert [label for label, _ in ours] == ["Zone primaire", "Zone secondaire", "Zone tertiaire"]
    assert [label for label, _ in theirs] == ["5\u202f000 visés", "10\u202f000 visés"]
    assert not {colour for _, colour in ours} & {colour for _, colour in theirs}


@pytest.mark.parametrize(
    ("look", "field"),
    [
        ("shares", "probability"),
        ("market", "own_share"),
        ("accessibility", "accessibility"),
        ("mobility", "site_car_20"),
        ("coverage", "rate"),
    ],
)
def test_rates_are_shaded_in_classes(look: str, field: str) -> None:
    layer = squares([{field: 11.3 * rank} for rank in range(1, 9)])
    legend = dressed(layer, look)
    assert len(legend) >= 3 and len({colour for _, colour in legend}) == len(legend)


def test_lines_of_flows_are_wider_for_more_people() -> None:
    rows = [
        (
            {"count": float(count)},
            QgsGeometry.fromWkt(f"LineString(350000 6790000, 35{count:04d} 6791000)"),
        )
        for count in (5, 6, 8, 20, 60, 200, 900)
    ]
    layer = memory_layer("flux", {"count": REAL}, "LineString", CRS, rows)
    dress("flows").postProcessLayer(layer, QgsProcessingContext(), Heard())
    ranges = layer.renderer().ranges()
    arrows = [item.symbol().symbolLayer(0).subSymbol().symbolLayer(0) for item in ranges]
    widths = [arrow.arrowWidth() for arrow in arrows]
    assert len(widths) >= 3 and widths == sorted(set(widths))
    assert all(arrow.arrowStartWidth() < arrow.arrowWidth() / 2 for arrow in arrows), "tapered"
    assert len({item.symbol().color().name() for item in ranges}) == 1
    assert ranges[0].lowerValue() <= 5 and ranges[-1].upperValue() >= 900


def test_what_cannot_be_styled_says_so_and_stays() -> None:
    layer = squares([{"value": float(value), "mode": "time"} for value in range(1, 12)])
    before = layer.renderer().type()
    heard = Heard()
    dress("rings").postProcessLayer(layer, QgsProcessingContext(), heard)
    assert len(heard.said) == 1 and layer.renderer().type() == before


def test_only_shown_layers_are_dressed() -> None:
    road = memory_layer("routes", {}, "LineString", CRS, [
        ({}, QgsGeometry.fromWkt("LineString(350000 6790000, 356000 6790000)"))
    ])  # fmt: skip
    start = memory_layer("sites", {}, "Point", CRS, [
        ({}, QgsGeometry.fromWkt("Point(353000 6790000)"))
    ])  # fmt: skip
    project = QgsProject()
    for sink, shown in (("TEMPORARY_OUTPUT", True), ("memory:", False)):
        context = QgsProcessingContext()
        context.setProject(project)
        output = QgsProcessingOutputLayerDefinition(sink, project) if shown else sink
        given = {"INPUT": start, "ROADS": road, "VALUES": "2,4", "OUTPUT": output}
        results, good = Isochrones().create().run(given, context, Heard(), {}, False)
        assert good and context.willLoadLayerOnCompletion(results["OUTPUT"]) == shown
        if shown:
            details = context.layerToLoadOnCompletionDetails(results["OUTPUT"])
            layer = context.getMapLayer(results["OUTPUT"])
            details.postProcessor().postProcessLayer(layer, context, Heard())
            assert layer.renderer().type() == "RuleRenderer"


@pytest.mark.parametrize(
    ("algorithm", "looks"),
    [
        ("isochrones", ["rings", "bands"]), ("catchment", ["catchment", "forecast"]),
        ("thresholdareas", ["thresholds"]), ("flows", ["flows"]), ("huff", ["shares", "market"]),
        ("accessibility", ["accessibility"]), ("mobility", ["mobility"]), ("coverage", ["coverage"]),
    ],
)  # fmt: skip
def test_every_tool_names_a_look_that_exists(algorithm: str, looks: list[str]) -> None:
    text = (ALGORITHMS / f"{algorithm}.py").read_text(encoding="utf-8")
    for look in looks:
        assert f'"{look}"' in text and look in LOOKS
