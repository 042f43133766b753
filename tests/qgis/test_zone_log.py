"""What the log tells of zones: the figures of the rows, in the language of QGIS."""

from __future__ import annotations

from typing import Any

import numpy as np
import processing
import pytest
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, NOT_APPLICABLE, SECRET, Value
from coodiag.coodiag_plugin.core.words import Words
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.zone_log import (
    MOST_TOLD,
    joined,
    shown,
    shown_value,
    tell_thresholds,
)
from coodiag.tests.qgis.conftest import Heard
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingProvider,
    QgsProcessingUtils,
    QgsProject,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all places below are invented
FRENCH = ("Zone ", "des clients", "isoplèthe", "à l’", "prorata", "dont ", "Part ", "habit")


def points(name: str, rows: list[tuple[dict[str, Any], float, float]]) -> QgsVectorLayer:
    columns = {key: TEXT if isinstance(value, str) else REAL for key, value in rows[0][0].items()}
    shapes = ((row, QgsGeometry.fromPointXY(QgsPointXY(X + x, Y + y))) for row, x, y in rows)
    return memory_layer(name, columns, "Point", CRS, shapes)


@pytest.fixture
def crowd(qgis_app: Any) -> QgsVectorLayer:
    draw = np.random.default_rng(5).normal(3000, 900, (80, 2)).tolist()
    return points("clients", [({"heures": 2.0}, x, y) for x, y in draw])


@pytest.fixture
def site(qgis_app: Any) -> QgsVectorLayer:
    return points("sites", [({"nom": "Atelier"}, 3000.0, 3000.0)])


def told(name: str, output: str, **parameters: Any) -> tuple[list[str], list[dict[str, Any]]]:
    heard, context = Heard(), QgsProcessingContext()
    context.setProject(QgsProject.instance())
    result = processing.run(
        f"coodiag:{name}", {**parameters, output: "memory:"}, feedback=heard, context=context
    )
    made = result[output]
    made = (
        made
        if isinstance(made, QgsVectorLayer)
        else QgsProcessingUtils.mapLayerFromString(made, context)
    )
    return heard.said, [row for row, _ in records(made)]


@pytest.mark.parametrize("shape", ["convex", "density"])
@pytest.mark.parametrize("weight", ["", "heures"])
def test_catchment_tells_its_zones(
    provider: QgsProcessingProvider, crowd: QgsVectorLayer, site: QgsVectorLayer,
    shape: str, weight: str,
) -> None:  # fmt: skip
    said, rows = told(
        "catchment", "ZONES", CLIENTS=crowd, SITES=site, ORDER="distance", SHAPE=shape,
        WEIGHT=weight or None, THRESHOLDS="50,80", OUTLIERS=0,
    )  # fmt: skip
    lines = [line for line in said if line.startswith("Ensemble – ")]
    assert len(lines) == len(rows) == 2
    what = "of “heures”" if weight else "of the clients"
    for line, row, name in zip(lines, rows, ("Primary", "Secondary")):
        assert line.startswith(f"Ensemble – {name} zone: ")
        assert f"{shown(row['share'])} % {what}" in line
        assert not any(word in line for word in FRENCH)
        if shape == "density":
            assert f"isopleth of {row['threshold']:g} % of the density" in line
            assert "away" not in line
        else:
            assert line.endswith(f", at most {row['reach']:g} km away.")


def test_the_sentences_of_the_log_and_of_the_label_say_the_same(
    provider: QgsProcessingProvider, site: QgsVectorLayer
) -> None:
    side = 2000.0
    boxes = [(side * i, side * j) for i in range(4) for j in range(4)]
    communes = memory_layer(
        "communes", {"codgeo": TEXT}, "Polygon", CRS,
        [
            (
                {"codgeo": f"359{rank:02}"},
                QgsGeometry.fromWkt(
                    f"Polygon(({X + w} {Y + s}, {X + w + side} {Y + s}, {X + w + side} {Y + s + side}, {X + w} {Y + s + side}, {X + w} {Y + s}))"
                ),
            )
            for rank, (w, s) in enumerate(boxes)
        ],
    )  # fmt: skip
    lonely = points(
        "c",
        [({"n": 1.0}, 3000.0 + k, 3000.0) for k in range(12)]
        + [({"n": 1.0}, 5000.0 + k, 3000.0) for k in range(6)]
        + [({"n": 1.0}, 500.0, 500.0)] * 2,
    )
    base = {"CLIENTS": lonely, "SITES": site, "COMMUNES": communes, "OUTLIERS": 0}
    said, rows = told("catchment", "ZONES", ORDER="distance", THRESHOLDS="50,80,99", **base)
    lines = [line for line in said if line.startswith("Ensemble – ")]
    assert lines[0].endswith("in the commune of their site.")
    assert "dans la commune de leur site" in rows[0]["label"]
    assert "at least 99 % of the clients" in lines[2] and "au moins 99" in rows[2]["label"]
    said, rows = told("catchment", "ZONES", ORDER="commune", THRESHOLDS="50,99", **base)
    lines = [line for line in said if line.startswith("Ensemble – ")]
    assert lines[0].endswith("in the communes that hold most of them.")
    assert lines[1].endswith("99 % of the clients, not reached.")
    assert "non atteint" in rows[1]["label"]


def test_threshold_areas_tell_what_was_met(
    provider: QgsProcessingProvider, site: QgsVectorLayer
) -> None:
    people = points("d", [({"pop": 10.0}, 3000.0 + 100 * k, 3000.0) for k in range(40)])
    people.setFieldAlias(0, "habitants")
    said, _ = told(
        "thresholdareas", "OUTPUT", SITES=site, DEMAND=people, COUNT="pop", TARGETS="35,5000",
        MODE="distance",
    )  # fmt: skip
    assert "Atelier: 35 of “habitants” aimed at, 40 within 0.3 km." in said
    assert "Atelier: 5,000 of “habitants” not reached, 400 in all within reach." in [
        line.replace("5000", "5,000") for line in said
    ]


def test_many_rows_are_counted_and_not_all_told(qgis_app: Any) -> None:
    class Said(Silent):
        lines: list[str] = []

        def say(self, template: str, **fields: Any) -> None:
            self.lines.append(template.format(**fields))

    columns = {"site": TEXT, "target": REAL, "value": REAL, "reach": REAL, "unit": TEXT}
    row = {"site": "A", "target": 5.0, "value": 6.0, "reach": 1.0, "unit": "km"}
    layer = memory_layer("z", columns, rows=[(row, None)] * (MOST_TOLD + 7))
    tell_thresholds(layer, "pop", Said())
    assert len(Said.lines) == MOST_TOLD + 1 and Said.lines[-1] == "7 more rows are in the table."


def test_values_and_lists_as_words() -> None:
    assert str(shown_value(Value(62.5), 1, "%")).replace(",", ".") == "62.5 %"
    assert [str(shown_value(one)) for one in (SECRET, ABSENT, FAILED, NOT_APPLICABLE)] == [
        "secret", "not known", "not known", "not applicable",
    ]  # fmt: skip
    assert str(joined([Words("a"), Words("b"), Words("c")])) == "a, b, c"
