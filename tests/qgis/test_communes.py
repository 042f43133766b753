"""Which commune somebody is in, what a layer may hold, and what a parameter holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.algorithm import given
from coodiag.coodiag_plugin.qgis_bridge.catchment_input import client_weights, site_names
from coodiag.coodiag_plugin.qgis_bridge.communes import CommuneMap, Home, read_communes
from coodiag.coodiag_plugin.qgis_bridge.layers import (
    TEXT,
    memory_layer,
    native,
    transformer,
    transforms,
    transforms_of,
)
from coodiag.coodiag_plugin.qgis_bridge.shapes import metric_crs
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

CRS = "EPSG:2154"


def square(rank: int) -> QgsGeometry:
    return QgsGeometry.fromRect(
        QgsRectangle(420000 + 1000 * rank, 6780000, 421000 + 1000 * rank, 6781000)
    )


def communes(*codes: str | None, field: str = "codgeo", crs: str = CRS) -> QgsVectorLayer:
    rows = [
        ({field: code, "role": "voisin" if rank == 2 else "territoire"}, square(rank))
        for rank, code in enumerate(codes)
    ]
    return memory_layer("communes", {field: TEXT, "role": TEXT}, "Polygon", crs, rows)


@pytest.fixture
def area(qgis_app: Any) -> CommuneMap:
    layer = communes("99003", "99001", "99002", field="INSEE_COM")
    return CommuneMap(read_communes(layer, CRS, neighbours=True))


def test_the_point_comes_before_the_code(area: CommuneMap) -> None:
    assert [commune.code for commune in area.communes] == ["99001", "99002", "99003"]
    inside = QgsPointXY(420500, 6780500)
    away = QgsPointXY(500000, 6780500)
    assert area.home(inside) == Home("99003")
    assert area.home(inside, "99001") == Home("99003")
    assert area.home(away, "99001") == Home("99001", True)
    assert area.home(None, "99001") == Home("99001", True)
    assert area.home(away, "35238") == area.home(None, None) == Home("")
    assert area.home(QgsPointXY(421000, 6780500)) == Home("99001"), "on a border: first by code"


def test_homes_of_a_table(area: CommuneMap) -> None:
    rows = [{"geo_citycode": "99001"}, {"geo_citycode": "99001"}, {}, {"geo_citycode": "1"}]
    points = np.array([[420500.0, 6780500.0], [np.nan, np.nan], [421500.0, 6780500.0], [0.0, 0.0]])
    assert area.homes(rows, points).tolist() == ["99003", "99001", "99001", ""]


@pytest.mark.parametrize(
    ("codes", "field", "said"),
    [
        (("99001", "99001"), "codgeo", "twice: 99001"),
        (("99001", "Rennes"), "codgeo", "“Rennes” in the field codgeo"),
        (("99001", None), "codgeo", "“” in the field codgeo"),
        ((), "codgeo", "no commune"),
        (("99001",), "numero", "no field with their code"),
    ],
)
def test_layers_of_communes_that_are_refused(
    qgis_app: Any, codes: tuple[str, ...], field: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read_communes(communes(*codes, field=field), CRS)


def test_neighbours_are_left_out_unless_asked_for(qgis_app: Any) -> None:
    layer = communes("99001", "99002", "99003")
    assert [c.code for c in read_communes(layer, CRS)] == ["99001", "99002"]
    assert len(read_communes(layer, CRS, neighbours=True)) == 3


def point(x: float, y: float, crs: str) -> QgsVectorLayer:
    shape = QgsGeometry.fromPointXY(QgsPointXY(x, y))
    return memory_layer("lieux", {"a": TEXT}, "Point", crs, [({"a": "x"}, shape)])


@pytest.mark.parametrize(
    ("x", "y", "crs", "found"),
    [
        (420000, 6780000, CRS, "EPSG:2154"),
        (9.2, 41.4, "EPSG:4326", "EPSG:2154"),
        (-61.5, 16.2, "EPSG:4326", "EPSG:5490"),
        (55.5, -21.1, "EPSG:4326", "EPSG:2975"),
    ],
)
def test_legal_projection_of_a_place(
    qgis_app: Any, x: float, y: float, crs: str, found: str
) -> None:
    assert metric_crs(point(x, y, crs)) == found


@pytest.mark.parametrize(("x", "y", "crs"), [(-74.0, 40.7, "EPSG:4326"), (2.3, 48.8, "EPSG:3857")])
def test_a_layer_outside_france_is_refused(qgis_app: Any, x: float, y: float, crs: str) -> None:
    with pytest.raises(InputError, match="“lieux” does not lie in France"):
        metric_crs(point(x, y, crs))


def test_native_values(qgis_app: Any) -> None:
    assert native(np.int64(3)) == 3 and native(np.float64("nan")) is None
    assert native(QDate(2026, 3, 31)) == native(date(2026, 3, 31)) == "2026-03-31"
    assert native(QDateTime(QDate(2026, 3, 31), QTime(8, 5))) == "2026-03-31T08:05:00"
    assert native(QDate()) is None and native(NULL) is None
    with pytest.raises(InputError, match="type dict"):
        native({"a": 1})


def test_parameters_that_hold_something(qgis_app: Any) -> None:
    context = QgsProcessingContext()
    empty = [
        *(None, "", "  ", NULL),
        QgsProcessingFeatureSourceDefinition(""),
        QgsProcessingOutputLayerDefinition(""),
        QgsProperty.fromValue(""),
    ]
    full = [
        *(0, 0.0, "x", communes("99001")),
        QgsProcessingFeatureSourceDefinition("couche"),
        QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT"),
        QgsProperty.fromExpression("1 + 1"),
    ]
    assert not given({}, "X", context)
    assert [given({"X": value}, "X", context) for value in empty] == [False] * len(empty)
    assert [given({"X": value}, "X", context) for value in full] == [True] * len(full)


def test_transforms_are_those_of_the_running_algorithm(qgis_app: Any) -> None:
    context = QgsCoordinateTransformContext()
    here, there = (QgsCoordinateReferenceSystem(code) for code in ("EPSG:4171", CRS))
    context.addCoordinateOperation(here, there, "+proj=noop")
    with transforms_of(context):
        assert transforms().hasTransform(here, there)
        assert transformer(here, CRS).coordinateOperation() == "+proj=noop"
    assert not transforms().hasTransform(here, there)


def test_names_and_weights_of_the_catchment(qgis_app: Any) -> None:
    rows = [{"site": "S1", "name": "Atelier"}, {"site": "S1", "name": "Accueil"}]
    assert site_names(rows, None) == ["Atelier", "Accueil"]
    assert site_names(rows, "site") == ["S1", "S1 (2)"]
    given_weights = [{"w": 2.0}, {"w": None}, {"w": -1}, {"w": "3"}]
    state = np.array(["ranked"] * 4, dtype=object)
    assert client_weights(given_weights, "w", state, Silent()).tolist() == [2.0, 0.0, 0.0, 0.0]
