"""Profiles of zones and similar communes through the algorithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, records
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingProvider,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0  # a corner of Brittany; all places below are invented
Run = Callable[..., list[dict[str, Any]]]


def square(west: float, south: float, side: float = 1000) -> QgsGeometry:
    w, s, e, n = X + west, Y + south, X + west + side, Y + south + side
    return QgsGeometry.fromWkt(f"Polygon(({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))")


@pytest.fixture
def run(provider: QgsProcessingProvider) -> Run:
    import processing

    def runs(name: str, **given: Any) -> list[dict[str, Any]]:
        out = processing.run(f"coodiag:{name}", {**given, "OUTPUT": "memory:"})["OUTPUT"]
        return [{**row, "shape": shape} for row, shape in records(out)]

    return runs


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    """Four communes in a row: people, young people, and a rate; the last one is a neighbour."""
    figures = [
        ("35901", "A", 100, 40, 10.0, "territoire"),
        ("35902", "B", 300, 60, 11.0, "territoire"),
        ("35903", "C", 600, 60, 30.0, "territoire"),
        ("35904", "D", 1000, None, 10.5, "territoire"),
        ("35905", "E", 9999, 9999, 1.0, "voisin"),
    ]
    columns = {
        "codgeo": TEXT, "nom": TEXT, "people": REAL, "young": REAL, "young_etat": TEXT,
        "taux_chomage": REAL, "role": TEXT,
    }  # fmt: skip
    rows = [
        (
            {
                "codgeo": code, "nom": name, "people": people, "young": young,
                "young_etat": "secret" if young is None else "connu", "taux_chomage": rate,
                "role": role,
            },
            square(1000 * rank, 0),
        )
        for rank, (code, name, people, young, rate, role) in enumerate(figures)
    ]  # fmt: skip
    return memory_layer("communes", columns, "Polygon", CRS, rows)


@pytest.fixture
def zones(qgis_app: Any) -> QgsVectorLayer:
    """Catchment zones: the core is commune A, the next zone A to half of C; and those of a site."""
    columns = {"site": TEXT, "zone": TEXT, "threshold": REAL}
    wide = (
        square(0, 0)
        .combine(square(1000, 0))
        .combine(square(2000, 0, 400).combine(square(2000, 400, 400)))
    )
    rows = [
        ({"site": "Ensemble", "zone": "primaire", "threshold": 60}, square(0, 0)),
        ({"site": "Ensemble", "zone": "secondaire", "threshold": 80}, wide),
        ({"site": "Atelier", "zone": "primaire", "threshold": 60}, square(3000, 0)),
    ]
    return memory_layer("zones", columns, "Polygon", CRS, rows)


def points(counts: dict[float, int]) -> QgsVectorLayer:
    rows = [
        ({"n": 1.0}, QgsGeometry.fromPointXY(QgsPointXY(X + east, Y + 500)))
        for east, count in counts.items()
        for _ in range(count)
    ]
    return memory_layer("clients", {"n": REAL}, "Point", CRS, rows)


def test_zones_against_the_territory(
    run: Run, communes: QgsVectorLayer, zones: QgsVectorLayer
) -> None:
    given = {"PLACES": communes, "VARIABLES": ["young"], "BASE": "people", "ZONES": zones}
    core, wide, site = run("zoneprofile", **given)
    assert [row["zone"] for row in (core, wide, site)] == [
        "Ensemble – primaire", "Ensemble – secondaire", "Atelier – primaire",
    ]  # fmt: skip
    # All that is known: 160 of 1000; the neighbour takes no part.
    assert (core["count"], core["base"], core["rate"], core["reference"]) == (40, 100, 40, 16)
    assert core["index"] == 250 and core["reading"] == "plus que le territoire"
    assert wide["count"] == 100 and wide["index"] == pytest.approx(100 * 25 / 16)
    assert site["rate"] is None and site["rate_etat"] == "absent" and site["known"] == 0
    by_area = run("zoneprofile", METHOD="area", **given)[1]
    assert by_area["count"] == pytest.approx(100 + 60 * 0.32)
    named = run("zoneprofile", ZONE_FIELD="zone", **given)
    assert [row["zone"] for row in named] == ["primaire", "secondaire"]


def test_the_places_of_the_clients(run: Run, communes: QgsVectorLayer) -> None:
    clients = points({500: 6, 1500: 6, 2500: 4, 9500: 2})
    (row,) = run(
        "zoneprofile", PLACES=communes, VARIABLES=["young"], BASE="people", CLIENTS=clients
    )
    # Six clients at 40 % and six at 20 %; the four of C are too few to be told.
    assert row["rate"] == pytest.approx(30) and row["clients"] == 12
    assert row["index"] == pytest.approx(100 * 30 / 16)
    assert row["count"] is None and row["count_etat"] == "sans_objet"


def test_rates_are_not_summed_up(run: Run, communes: QgsVectorLayer, zones: QgsVectorLayer) -> None:
    with pytest.raises(QgsProcessingException, match="taux_chomage cannot be summed up"):
        run("zoneprofile", PLACES=communes, VARIABLES=["taux_chomage"], BASE="people", ZONES=zones)
    with pytest.raises(QgsProcessingException, match="nothing to profile"):
        run("zoneprofile", PLACES=communes, VARIABLES=["young"], BASE="people")


def test_communes_like_the_core(run: Run, communes: QgsVectorLayer, zones: QgsVectorLayer) -> None:
    given = {"COMMUNES": communes, "CORE": zones, "FIELDS": ["taux_chomage"]}
    rows = run("similarcommunes", **given)
    assert [(row["codgeo"], row["rank"]) for row in rows] == [
        ("35904", 1), ("35902", 2), ("35903", 3),
    ]  # fmt: skip
    assert [row["distance"] for row in rows] == sorted(row["distance"] for row in rows)
    assert rows[0]["reason"].startswith("Semblable par ") and "10,5" in rows[0]["reason"]
    assert "s’en écarte" in rows[2]["reason"]
    assert rows[0]["shape"].area() == pytest.approx(1e6)
    assert len(run("similarcommunes", NUMBER=1, METHOD="profile", **given)) == 1
    nowhere = memory_layer("z", {"a": TEXT}, "Polygon", CRS, [({"a": "x"}, square(90_000, 0))])
    with pytest.raises(QgsProcessingException, match="none of the places"):
        run("similarcommunes", **{**given, "CORE": nowhere})
