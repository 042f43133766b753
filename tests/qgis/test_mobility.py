"""Mobility through Processing, on a grid of roads and invented people."""

from __future__ import annotations

from typing import Any

import numpy as np
import processing
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.mobility import jobs_of, mobility_sentences, stops_of
from coodiag.coodiag_plugin.zones.mobility import Clusters, access
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0


class Heard(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__(False)
        self.said: list[str] = []

    def pushInfo(self, info: str | None) -> None:
        self.said.append(info or "")

    def pushWarning(self, warning: str | None) -> None:
        self.said.append(warning or "")


def point(x: float, y: float) -> QgsGeometry:
    return QgsGeometry.fromPointXY(QgsPointXY(X + x, Y + y))


@pytest.fixture
def roads(qgis_app: Any) -> QgsVectorLayer:
    """One road of 40 km along the communes, in pieces of a kilometre, 60 km/h by car."""
    rows = [
        (
            {
                "nature": "Route à 1 chaussée",
                "importance": "4",
                "sens_de_circulation": "Double sens",
                "vitesse_moyenne_vl": 60.0,
            },
            QgsGeometry.fromPolylineXY(
                [QgsPointXY(X + 1000 * k, Y), QgsPointXY(X + 1000 * (k + 1), Y)]
            ),
        )
        for k in range(40)
    ]
    columns = {
        "nature": TEXT, "importance": TEXT, "sens_de_circulation": TEXT, "vitesse_moyenne_vl": REAL,
    }  # fmt: skip
    return memory_layer("routes", columns, "LineString", CRS, rows)


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    """Four communes of 10 km, their middles at 5, 15, 25 and 35 minutes by car from the start."""
    rows = []
    for place in range(4):
        box = QgsRectangle(X + 10_000 * place, Y - 2000, X + 10_000 * (place + 1), Y + 2000)
        rows.append(
            (
                {"codgeo": f"3599{place}", "nom": f"Fictive-{place}", "nombre": 10 * (place + 1)},
                QgsGeometry.fromRect(box),
            )
        )
    columns = {"codgeo": TEXT, "nom": TEXT, "nombre": INTEGER}
    return memory_layer("communes", columns, "Polygon", CRS, rows)


@pytest.fixture
def sites(qgis_app: Any) -> QgsVectorLayer:
    return memory_layer("sites", {"nom": TEXT}, "Point", CRS, [({"nom": "Atelier"}, point(0, 0))])


def people(places: list[tuple[float, int]]) -> QgsVectorLayer:
    rows = [({"nom": "Personne Fictive"}, point(x, 0)) for x, count in places for _ in range(count)]
    return memory_layer("gens", {"nom": TEXT}, "Point", CRS, rows)


def run(parameters: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], list[str], QgsVectorLayer]:
    heard = Heard()
    found = processing.run("coodiag:mobility", {"OUTPUT": "memory:", **parameters}, feedback=heard)[
        "OUTPUT"
    ]
    return {row["codgeo"]: row for row, _ in records(found)}, heard.said, found


def test_times_by_car_by_bike_and_on_foot(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    jobs = memory_layer(
        "emplois",
        {"emplois": REAL},
        "Point",
        CRS,
        [({"emplois": 90.0}, point(25_000, 0)), ({"emplois": 10.0}, point(5000, 0))],
    )
    stops = memory_layer("arrets", {}, "Point", CRS, [({}, point(1500, 0))])
    rows, said, layer = run(
        {
            "POINTS": people([(1000, 12), (4000, 8), (12_000, 20), (27_000, 6)]),
            "COMMUNES": communes,
            "SITES": sites,
            "JOBS": jobs,
            "WEIGHT": "emplois",
            "STOPS": stops,
            "ROADS": roads,
        }
    )
    first, second, third, last = (rows[f"3599{k}"] for k in range(4))
    assert first["site_car_20"] == 100 and first["site_car_min"] == 1
    assert first["site_foot_20"] == 60, "4 km are an hour on foot, 1 km a quarter"
    assert first["site_bike_20"] == 100 and second["site_bike_20"] == 0
    assert second["site_car_min"] == 12 and second["site_bike_min"] == 48
    assert third["jobs_car_20"] == 100 and first["jobs_car_20"] == 0
    assert first["jobs_car_30"] == 100, "24 minutes"
    assert first["stop_foot_10"] == 60
    assert last["people"] == 0 and last["site_car_20_etat"] == "sans_objet"
    assert last["site_car_centre"] == pytest.approx(35, abs=0.1)
    assert layer.crs().authid() == CRS
    text = " ".join(said)
    assert "Beneficiaries within 20 min of a site: 87 % by car, " in text
    assert "not a journey" in text and "Clusters of jobs: 1, with 90 % of the jobs." in text
    assert "People" not in text and "bénéficiaires" not in text
    for move in ("by car", "by bike", "on foot"):
        assert sum(line.startswith(f"Roads {move}:") for line in said) == 1


def test_communes_with_a_count(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    rows, said, _ = run({"COMMUNES": communes, "COUNT": "nombre", "SITES": sites, "ROADS": roads})
    assert [row["site_car_20"] for row in rows.values()] == [100, 100, 0, 0]
    assert [row["site_car_30"] for row in rows.values()] == [100, 100, 100, 0]
    assert any("30" in line and "%" in line for line in said)
    text = " ".join(said)
    assert "People within 20 min of a site: " in text and "Beneficiaries" not in text


def test_a_number_that_is_not_known_is_no_zero(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    columns = {"codgeo": TEXT, "nombre": REAL, "nombre_etat": TEXT}
    numbers = [(20.0, "connu"), (None, "secret"), (None, "absent"), (-3.0, "connu")]
    told = [
        ({"codgeo": row["codgeo"], "nombre": number, "nombre_etat": state}, shape)
        for (row, shape), (number, state) in zip(records(communes), numbers)
    ]
    layer = memory_layer("communes", columns, "Polygon", CRS, told)
    rows, said, _ = run({"COMMUNES": layer, "COUNT": "nombre", "SITES": sites, "ROADS": roads})
    figures = ("people", "site_car_min", "site_car_20", "site_foot_45")
    for code, state in (("35991", "secret"), ("35992", "absent"), ("35993", "absent")):
        for name in figures:
            assert (rows[code][name], rows[code][f"{name}_etat"]) == (None, state), (code, name)
        assert rows[code]["site_car_centre"] is not None
    assert rows["35990"]["people"] == 20 and rows["35990"]["site_car_20"] == 100
    assert any("3 communes have no known number" in line for line in said), said


def test_few_people_are_nowhere(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    rows, _, _ = run(
        {
            "POINTS": people([(1000, 3), (12_000, 20), (27_000, 30)]),
            "COMMUNES": communes,
            "SITES": sites,
            "ROADS": roads,
        }
    )
    for code in ("35990", "35991"):
        row = rows[code]
        assert row["people"] is None and row["people_etat"] == "secret"
        assert row["site_car_20_etat"] == "secret" and row["site_car_min_etat"] == "secret"
        assert row["site_car_centre"] is not None, "the middle of a commune is nobody's home"
    assert rows["35992"]["people"] == 30


def test_stops_of_a_gtfs(qgis_app: Any) -> None:
    back = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS),
        QgsCoordinateReferenceSystem("EPSG:4326"),
        QgsProject.instance(),
    ).transform(QgsPointXY(X, Y))
    table = memory_layer(
        "stops",
        {"stop_id": TEXT, "stop_lat": TEXT, "stop_lon": TEXT, "location_type": TEXT},
        rows=[
            ({"stop_id": "a", "stop_lat": str(back.y()), "stop_lon": str(back.x()), "location_type": ""}, None),
            ({"stop_id": "b", "stop_lat": "48", "stop_lon": "-1", "location_type": "1"}, None),
        ],
    )  # fmt: skip
    found = stops_of(table, CRS)
    assert found.tolist() == [pytest.approx([X, Y], abs=0.01)]
    with pytest.raises(InputError, match="stop_lat"):
        stops_of(memory_layer("x", {"a": TEXT}), CRS)


def test_jobs_of_the_register_count_the_middle_of_their_slice(qgis_app: Any) -> None:
    layer = memory_layer(
        "etablissements",
        {"tranche": TEXT, "codgeo": TEXT},
        "Point",
        CRS,
        [
            ({"tranche": "12", "codgeo": "35990"}, point(0, 0)),
            ({"tranche": "NN", "codgeo": "35990"}, point(9000, 0)),
            ({"tranche": "01", "codgeo": "35991"}, point(5000, 0)),
        ],
    )
    assert jobs_of(layer, CRS, clustering="points").weights.tolist() == [34.5, 1.5]
    assert len(jobs_of(layer, CRS, clustering="commune").points) == 1


def test_refusals(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    base = {"COMMUNES": communes, "SITES": sites, "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException, match="one of them"):
        processing.run("coodiag:mobility", {**base, "ROADS": roads})
    with pytest.raises(QgsProcessingException, match="give ROADS"):
        processing.run("coodiag:mobility", {**base, "COUNT": "nombre"})
    shape = QgsGeometry.fromRect(QgsRectangle(X, Y - 2000, X + 10_000, Y + 2000))
    rows = [({"codgeo": "35990", "nom": "Fictive", "taux_chomage": 9.5}, shape)]
    columns = {"codgeo": TEXT, "nom": TEXT, "taux_chomage": REAL}
    rates = memory_layer("communes", columns, "Polygon", CRS, rows)
    with pytest.raises(QgsProcessingException, match="taux_chomage cannot be summed up"):
        counted = {**base, "COMMUNES": rates, "COUNT": "taux_chomage", "ROADS": roads}
        processing.run("coodiag:mobility", counted)
    with pytest.raises(QgsProcessingException, match="Nobody"):
        far = memory_layer("g", {"nom": TEXT}, "Point", CRS, [({"nom": "x"}, point(0, 90_000))])
        processing.run("coodiag:mobility", {**base, "ROADS": roads, "POINTS": far})


def test_a_site_off_the_roads_and_jobs_without_jobs_are_said(
    provider: Any, roads: QgsVectorLayer, communes: QgsVectorLayer
) -> None:
    far = memory_layer("sites", {"nom": TEXT}, "Point", CRS, [({"nom": "Île"}, point(0, 50_000))])
    none = memory_layer("jobs", {"emplois": REAL}, "Point", CRS, [({"emplois": 0.0}, point(0, 0))])
    rows, said, _ = run(
        {
            "COMMUNES": communes,
            "COUNT": "nombre",
            "SITES": far,
            "JOBS": none,
            "WEIGHT": "emplois",
            "ROADS": roads,
        }
    )
    assert any("Nobody is within reach of a site on foot" in line for line in said)
    assert any("no located place with jobs" in line for line in said)
    assert rows["35990"]["site_car_45"] == 0 and rows["35990"]["site_car_min_etat"] == "sans_objet"


def test_sentences_for_print_are_french() -> None:
    minutes = np.array([10.0] * 87 + [40.0] * 13)
    people = np.ones(100, dtype=int)
    found = [
        access("site", "car", ["a"] * 100, people, minutes, ["a"], (20.0,)),
        access("stop", "foot", ["a"] * 100, people, minutes, ["a"], (10.0,)),
    ]
    jobs = Clusters(np.zeros((1, 2)), np.ones(1), 90.0)
    text = " ".join(mobility_sentences(found, jobs)).replace("\u00a0", " ").replace("\u202f", " ")
    assert "À 20 minutes au plus d’un site : 87 % des bénéficiaires en voiture." in text
    assert "accès à un arrêt" in text and "1 lieu, soit 90 %" in text
    told = " ".join(mobility_sentences(found, counted=True))
    assert "des personnes en voiture" in told and "bénéficiaires" not in told
