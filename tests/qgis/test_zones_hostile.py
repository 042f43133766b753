"""Hostile layers in the zone tools, and what a reader could work out of several outputs."""

from __future__ import annotations

from typing import Any

import numpy as np
import processing
import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer, records
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.servers.base import Response, Seen
from coodiag.tests.servers.isochrone import IsochroneServer
from qgis.core import (
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsRectangle,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0


def points(rows: list[tuple[dict[str, Any], float, float]]) -> QgsVectorLayer:
    columns = {key: TEXT if isinstance(value, str) else REAL for key, value in rows[0][0].items()}
    shapes = [QgsGeometry.fromPointXY(QgsPointXY(X + x, Y + y)) for _, x, y in rows]
    return memory_layer("points", columns, "Point", CRS, zip((row for row, *_ in rows), shapes))


def polygon(*corners: tuple[float, float]) -> QgsGeometry:
    text = ", ".join(f"{X + x} {Y + y}" for x, y in (*corners, corners[0]))
    return QgsGeometry.fromWkt(f"Polygon(({text}))")


def checking() -> QgsProcessingContext:
    """As the toolbox runs: an invalid shape stops QGIS's own algorithms."""
    context = QgsProcessingContext()
    context.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid)
    return context


def test_an_invalid_shape_neither_stops_nor_misplaces(provider: QgsProcessingProvider) -> None:
    """QGIS's check of shapes throws through the Python loop that reads: QGIS crashes after it."""
    bow = polygon((0, 0), (4000, 4000), (4000, 0), (0, 4000))  # crosses itself in the middle
    box = QgsGeometry.fromRect(QgsRectangle(X + 4000, Y, X + 8000, Y + 4000))
    assert not bow.isGeosValid()
    communes = memory_layer(
        "communes",
        {"codgeo": TEXT, "nombre": INTEGER},
        "Polygon",
        CRS,
        [({"codgeo": "35991", "nombre": 100}, bow), ({"codgeo": "35992", "nombre": 100}, box)],
    )
    people = points([({"n": 1.0}, 500, 2000)] * 7 + [({"n": 1.0}, 6000, 100)] * 9)
    context = checking()
    found = processing.run(
        "coodiag:coverage",
        {"POINTS": people, "COMMUNES": communes, "TARGET": "nombre", "OUTPUT": "memory:"},
        context=context,
        feedback=Heard(),
    )
    counts = {row["codgeo"]: row["count"] for row, _ in records(found["OUTPUT"])}
    assert counts == {"35991": 7.0, "35992": 9.0}
    check = context.invalidGeometryCheck()
    assert check == QgsFeatureRequest.InvalidGeometryCheck.GeometryAbortOnInvalid


def test_a_road_without_length_is_left_out(provider: QgsProcessingProvider) -> None:
    line = QgsGeometry.fromPolylineXY([QgsPointXY(X, Y), QgsPointXY(X + 5000, Y)])
    nothing = QgsGeometry.fromPolylineXY([QgsPointXY(X, Y)] * 2)
    roads = memory_layer("routes", {"n": TEXT}, "LineString", CRS, [({}, line), ({}, nothing)])
    assert not nothing.isGeosValid()
    found = processing.run(
        "coodiag:isochrones",
        {
            "INPUT": points([({"n": 1.0}, 2000, 0)]),
            "ROADS": roads,
            "VALUES": "2",
            "OUTPUT": "memory:",
        },
        context=checking(),
        feedback=Heard(),
    )
    assert found["OUTPUT"].featureCount() == 1


@pytest.mark.parametrize("alone", [1, 4])
def test_a_forecast_ring_does_not_tell_of_few_clients(
    alone: int, provider: QgsProcessingProvider
) -> None:
    """At a low percentile the share of the ring, times the clients, would be their number."""
    clients = [({"n": 1.0}, 2100.0, 0.0)] * alone + [({"n": 1.0}, 8000.0, 0.0)] * 96
    given = {
        "CLIENTS": points(clients),
        "SITES": points([({"nom": "A"}, 0, 0)]),
        "ORDER": "distance",
        "SHAPE": "convex",
        "OUTLIERS": 0,
        "PERCENTILE": 1,
        "ZONES": "memory:",
        "FORECAST": "memory:",
    }
    for shared in (True, False):
        made = processing.run(
            "coodiag:catchment", {**given, "GENERALISE": shared}, feedback=Heard()
        )
        ((ring, shape),) = records(made["FORECAST"])
        told = (ring["status"], ring["value"], ring["share"])
        if shared:
            assert told == ("secret", None, None) and shape.isEmpty() and not ring["label"]
        else:
            assert told == ("connu", pytest.approx(2.1), pytest.approx(100 * alone / (96 + alone)))


def test_as_many_sites_as_communes_do_not_tell_the_clients_of_each(
    provider: QgsProcessingProvider,
) -> None:
    truth = [40, 2, 33, 1]
    communes = memory_layer(
        "communes",
        {"codgeo": TEXT, "menages": REAL},
        "Polygon",
        CRS,
        [
            (
                {"codgeo": f"3599{k}", "menages": 100.0},
                QgsGeometry.fromRect(QgsRectangle(X + 3000 * k, Y, X + 3000 * k + 3000, Y + 3000)),
            )
            for k in range(4)
        ],
    )
    sites = points(
        [({"nom": f"S{k}", "m2": 100.0 + 30 * k}, 700 + 2600 * k, 1500 + 300 * (k % 2)) for k in range(5)]
    )  # fmt: skip
    clients = [
        ({"site": f"S{(k + i) % 5}"}, 3000 * k + 200 + 20 * i, 1500)
        for k, number in enumerate(truth)
        for i in range(number)
    ]
    made = processing.run(
        "coodiag:huff",
        {
            "SITES": sites,
            "ATTRACTION": "m2",
            "COMMUNES": communes,
            "DEMAND": "menages",
            "OBSERVED": points(clients),
            "OBSERVED_SITE": "site",
            "SHARES": "memory:",
            "TOTALS": "memory:",
        },
        feedback=Heard(),
    )
    totals = [row for row, _ in records(made["TOTALS"])]
    likely = {(r["codgeo"], r["site"]): r["probability"] for r, _ in records(made["SHARES"])}
    matrix = [[likely[f"3599{k}", row["site"]] for k in range(4)] for row in totals]
    modelled = [row["modelled"] for row in totals]
    solved = np.linalg.lstsq(np.array(matrix), np.array(modelled), rcond=None)[0]
    assert sum(modelled) == pytest.approx(sum(truth))
    assert all(abs(solved[k] - truth[k]) > 0.4 for k in (1, 3)), solved


class _Polar(IsochroneServer):
    """Answers an area that no projection of France holds to the points west of a longitude."""

    west: float = -1.55

    def answer(self, seen: Seen) -> Response:
        lon = float(seen.param("point").split(",")[0])
        if lon > self.west:
            return super().answer(seen)
        ring = [[0.0, 90.0], [1.0, 90.0], [360.0, -90.0], [0.0, 90.0]]
        return Response.of_json({"geometry": {"type": "Polygon", "coordinates": [ring]}})


def test_an_area_that_cannot_be_drawn_is_a_point_without_isochrone(
    provider: QgsProcessingProvider,
) -> None:
    with _Polar() as server:
        given = {"ENGINE": "geoplateforme", "URL": server.url, "VALUES": "5", "CACHE": "refresh"}
        given.update(OUTPUT="memory:", FAILED="memory:")
        both = points([({"nom": "A"}, 0, 0), ({"nom": "B"}, 20_000, 0)])
        made = processing.run("coodiag:isochrones", {"INPUT": both, **given}, feedback=Heard())
        assert [row["nom"] for row, _ in records(made["OUTPUT"])] == ["B"]
        ((lost, _),) = records(made["FAILED"])
        assert lost["nom"] == "A" and "incompréhensible" in str(list(lost.values()))
        with pytest.raises(QgsProcessingException, match="gave no area"):
            alone = points([({"nom": "A"}, 0, 0)])
            processing.run("coodiag:isochrones", {"INPUT": alone, **given}, feedback=Heard())


def test_a_target_beyond_all_words_is_a_target_not_met(provider: QgsProcessingProvider) -> None:
    made = processing.run(
        "coodiag:thresholdareas",
        {
            "SITES": points([({"nom": "A"}, 0, 0)]),
            "DEMAND": points([({"nombre": 10.0}, 1000, 0)]),
            "COUNT": "nombre",
            "TARGETS": "1e308",
            "MODE": "distance",
            "OUTPUT": "memory:",
        },
        feedback=Heard(),
    )
    ((row, _),) = records(made["OUTPUT"])
    assert row["value"] == 10.0 and row["status"] == "non atteint"
