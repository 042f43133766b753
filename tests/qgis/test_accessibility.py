"""Access through Processing: methods by hand, conservation, roads, unknown figures, bad input."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coodiag.coodiag_plugin.qgis_bridge.layers import REAL, TEXT, memory_layer, write_geopackage
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.qgis.market_layers import (
    CODES,
    CRS,
    communes,
    middle,
    points,
    roads,
    rows_of,
    sites,
)
from qgis.core import QgsProcessingException, QgsProcessingProvider, QgsVectorLayer

PEOPLE = [50.0 + 25 * rank for rank in range(len(CODES))]
PLACES = [("Cabinet A", 0, 4.0), ("Cabinet B", 35, 6.0), ("Cabinet C", 14, 2.0)]


def run(heard: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    given: dict[str, Any] = {
        "CAPACITY": "surface",
        "POPULATION": "population",
        "OUTPUT": "memory:",
        "RATIOS": "memory:",
        **parameters,
    }
    given.setdefault("SUPPLY", sites(PLACES, "offre"))
    given.setdefault("DEMAND", communes({"population": PEOPLE}))
    return processing.run("coodiag:accessibility", given, feedback=heard or Heard())


def costs(minutes: bool = False) -> np.ndarray:
    """Kilometres as the crow flies, or minutes along the streets at 30 km/h, walking nothing."""
    result = np.empty((len(CODES), len(PLACES)))
    for i in range(len(CODES)):
        for j, (_, at, _) in enumerate(PLACES):
            x, y = (abs(a - b) / 1000 for a, b in zip(middle(i), middle(at)))
            result[i, j] = (x + y) / 30 * 60 if minutes else math.hypot(x, y)
    return result


def by_hand(weight: np.ndarray) -> np.ndarray:
    """Index per 1 000 people: NaN where every weight is nil."""
    ratio = np.array([s for _, _, s in PLACES]) / (weight * np.array(PEOPLE)[:, None]).sum(axis=0)
    index = 1000 * (weight * ratio).sum(axis=1)
    return np.where(weight.any(axis=1), index, np.nan)


def indexes(found: dict[str, Any]) -> np.ndarray:
    rows = rows_of(found["OUTPUT"])
    assert [row["codgeo"] for row in rows] == CODES
    values = [row["accessibility"] for row in rows]
    return np.array([np.nan if value is None else value for value in values])


@pytest.mark.parametrize(
    ("method", "weigh"),
    [
        ("2sfca", lambda t: (t <= 14 + 1e-6) * 1.0),
        ("e2sfca", lambda t: np.select([t <= 10.001, t <= 14.001], [1, 0.68], 0.0)),
        ("apl", lambda t: np.select([t <= 10.001, t <= 14.001], [1, 2 / 3], 0.0)),
    ],
)
def test_floating_catchments_on_roads_by_hand(
    provider: QgsProcessingProvider, method: str, weigh: Any
) -> None:
    found = run(METHOD=method, ROADS=roads(), REACH=14.0)
    np.testing.assert_allclose(indexes(found), by_hand(weigh(costs(minutes=True))), rtol=1e-6)
    assert {row["unit"] for row in rows_of(found["OUTPUT"])} == {"min"}


def test_apl_bands_whole(provider: QgsProcessingProvider) -> None:
    t = costs(minutes=True)
    weight = np.select([t <= 10.001, t <= 15.001, t <= 20.001], [1, 2 / 3, 1 / 3], 0.0)
    found = run(METHOD="apl", ROADS=roads())
    np.testing.assert_allclose(indexes(found), by_hand(weight), rtol=1e-6)


def test_hansen_straight_by_hand(provider: QgsProcessingProvider) -> None:
    for decay, function in (
        ("exponential", lambda t: np.exp(-0.1 * t)),
        ("power", lambda t: t**-2.0),
        ("logistic", lambda t: 1 / (1 + np.exp(-3 + 0.2 * t))),
    ):
        found = run(METHOD="hansen", DECAY=decay)
        weight = function(np.maximum(costs(), 1.0))
        expected = (weight * np.array([s for _, _, s in PLACES])).sum(axis=1)
        np.testing.assert_allclose(indexes(found), expected, rtol=1e-9)
        assert {row["unit"] for row in rows_of(found["OUTPUT"])} == {"km"}
        assert {row["ratio_etat"] for row in rows_of(found["RATIOS"])} == {"sans_objet"}


@pytest.mark.parametrize("method", ["2sfca", "e2sfca", "apl"])
@pytest.mark.parametrize("road", [False, True])
def test_what_is_there_is_shared_out(
    provider: QgsProcessingProvider, method: str, road: bool
) -> None:
    heard = Heard()
    found = run(heard, METHOD=method, PER=1, REACH=100.0, ROADS=roads() if road else None)
    given = np.nansum(indexes(found) * np.array(PEOPLE))
    assert given == pytest.approx(12.0)
    assert any("12 of 12 units of capacity are shared out" in line for line in heard.said)
    told = any("read as kilometres" in line for line in heard.said)
    assert told == (method != "2sfca" and not road)


def test_unknown_figures_are_left_out_and_told(provider: QgsProcessingProvider) -> None:
    people: list[Any] = [*PEOPLE]
    people[2], people[20] = "secret", "absent"
    supply = sites([*PLACES, ("Cabinet sans chiffre", 1, None)], "offre")
    heard = Heard()
    found = run(
        heard,
        METHOD="2sfca",
        PER=1,
        REACH=50.0,
        SUPPLY=supply,
        DEMAND=communes({"population": people}),
    )
    known = sum(PEOPLE) - PEOPLE[2] - PEOPLE[20]
    np.testing.assert_allclose(indexes(found), 12 / known)
    rows = rows_of(found["OUTPUT"])
    assert {row["supplies"] for row in rows} == {3} and {row["left_out"] for row in rows} == {1}
    assert rows[0]["note"] == "1\u00a0offre laissée de côté, faute de chiffre"
    ratios = {row["nom"]: row for row in rows_of(found["RATIOS"])}
    assert ratios["Cabinet A"]["missing"] == 2
    assert ratios["Cabinet A"]["served"] == pytest.approx(known)
    lost = ratios["Cabinet sans chiffre"]
    assert (lost["ratio"], lost["ratio_etat"], lost["note"]) == (
        None,
        "absent",
        "capacité inconnue",
    )
    assert any("2 rows" in line and "(1 of them secret)" in line for line in heard.said)


def test_nothing_within_reach_has_no_figure_and_a_note(provider: QgsProcessingProvider) -> None:
    heard = Heard()
    found = run(heard, METHOD="2sfca", REACH=2.0)
    rows = rows_of(found["OUTPUT"])
    away = [row for row in rows if row["accessibility"] is None]
    assert 0 < len(away) < len(rows)
    assert all(
        row["accessibility_etat"] == "sans_objet"
        and row["note"] == "aucune offre à portée (2\u00a0km au plus)"
        for row in away
    )
    assert any(f"{len(away)} reach none" in line for line in heard.said)


def test_an_island_far_supplies_and_rows_without_geometry(provider: QgsProcessingProvider) -> None:
    columns = {"nom": TEXT, "population": REAL}
    people = points(
        [
            ({"nom": "près", "population": 10.0}, middle(0)),
            ({"nom": "loin", "population": 10.0}, (500_000.0, 6_600_000.0)),
            ({"nom": "nulle part", "population": 10.0}, None),
        ],
        columns,
        "personnes",
    )
    supply = points(
        [
            ({"surface": 5.0}, middle(0)),
            ({"surface": 5.0}, (500_000.0, 6_600_000.0)),
            ({"surface": 1.0}, None),
        ],
        {"surface": REAL},
        "offre",
    )
    found = run(METHOD="2sfca", PER=1, DEMAND=people, SUPPLY=supply, ROADS=roads())
    near, far, nowhere = rows_of(found["OUTPUT"])
    assert near["accessibility"] == pytest.approx(0.5)
    for row in (far, nowhere):
        assert (row["accessibility"], row["accessibility_etat"]) == (None, "absent")
        assert row["note"] == "loin de toute route"
    assert [item.geometry().isEmpty() for item in found["OUTPUT"].getFeatures()] == [
        False,
        False,
        True,
    ]
    notes = [row["note"] for row in rows_of(found["RATIOS"])]
    assert notes == ["", "loin de toute route", "loin de toute route"]


def test_everybody_at_one_point(provider: QgsProcessingProvider) -> None:
    people = points([({"population": 1.0}, middle(0))] * 40, {"population": REAL}, "personnes")
    found = run(METHOD="e2sfca", PER=1, DEMAND=people, SUPPLY=sites(PLACES[:1]), ROADS=roads())
    assert [row["accessibility"] for row in rows_of(found["OUTPUT"])] == pytest.approx([0.1] * 40)


def test_nobody_within_reach_of_a_supply(provider: QgsProcessingProvider) -> None:
    """People of zero serve nobody: the ratio has no meaning, and the log counts the supply."""
    heard = Heard()
    found = run(heard, METHOD="2sfca", REACH=50.0, DEMAND=communes({"population": [0.0] * 36}))
    assert np.isnan(indexes(found)).all()
    assert {row["ratio_etat"] for row in rows_of(found["RATIOS"])} == {"sans_objet"}
    assert any("No place reaches a supply" in line for line in heard.said)


@pytest.mark.parametrize("crs", [CRS, "EPSG:4326", "EPSG:3857"])
def test_any_projection(provider: QgsProcessingProvider, crs: str) -> None:
    expected = indexes(run(METHOD="2sfca", REACH=5.0))
    found = run(METHOD="2sfca", REACH=5.0, DEMAND=communes({"population": PEOPLE}, crs))
    assert found["OUTPUT"].crs().authid() == CRS
    np.testing.assert_allclose(indexes(found), expected)


def test_overseas_is_measured_in_its_own_projection(provider: QgsProcessingProvider) -> None:
    columns = {"population": REAL, "surface": REAL}
    here = [(55.45, -20.88), (55.50, -20.90)]
    layer = points([({"population": 10.0, "surface": 2.0}, at) for at in here], columns, crs=CRS)
    layer = memory_layer(
        "reunion",
        columns,
        "Point",
        "EPSG:4326",
        [(dict(zip(columns, item.attributes())), item.geometry()) for item in layer.getFeatures()],
    )
    found = run(METHOD="2sfca", PER=1, DEMAND=layer, SUPPLY=layer)
    assert found["OUTPUT"].crs().authid() == "EPSG:2975"
    assert [row["accessibility"] for row in rows_of(found["OUTPUT"])] == pytest.approx([0.2, 0.2])


def test_across_the_antimeridian_is_refused(provider: QgsProcessingProvider) -> None:
    layer = memory_layer(
        "ailleurs",
        {"population": REAL, "surface": REAL},
        "Point",
        "EPSG:4326",
        [
            ({"population": 1.0, "surface": 1.0}, geometry)
            for item in points(
                [({}, (-179.9, -14.0)), ({}, (179.9, -14.0))], {}, crs=CRS
            ).getFeatures()
            for geometry in [item.geometry()]
        ],
    )
    with pytest.raises(QgsProcessingException, match="does not lie in France"):
        run(DEMAND=layer, SUPPLY=layer)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"REACH": 0}, "reach must be above zero"),
        ({"METHOD": "e2sfca", "BANDS": "10,20"}, "BANDS and WEIGHTS"),
        ({"METHOD": "apl", "BANDS": "20,10", "WEIGHTS": "1,1"}, "BANDS and WEIGHTS"),
        ({"METHOD": "apl", "BANDS": "x"}, "BANDS must be a list"),
        ({"WEIGHTS": "1,a"}, "not a list of weights"),
        ({"LAMBDA": "0.1"}, "LAMBDA does not suit"),
        ({"CAPACITY": "lits"}, "has no field lits"),
        ({"POPULATION": "habitants"}, "has no field habitants"),
    ],
)
def test_bad_parameters_have_their_sentence(
    provider: QgsProcessingProvider, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(QgsProcessingException, match=sentence):
        run(**parameters)


def test_rates_are_no_capacity(provider: QgsProcessingProvider) -> None:
    """A rate of the sites cannot be shared out, whatever the method."""
    rows = [({"taux_pauvrete": 9.0}, middle(at)) for _, at, _ in PLACES]
    supply = points(rows, {"taux_pauvrete": REAL}, "offre")
    for method in ("hansen", "2sfca"):
        with pytest.raises(QgsProcessingException, match="taux_pauvrete cannot be summed up"):
            run(SUPPLY=supply, CAPACITY="taux_pauvrete", METHOD=method)


def test_rates_are_no_population(provider: QgsProcessingProvider) -> None:
    rates = communes({"taux_chomage": [10.0] * len(CODES)})
    with pytest.raises(QgsProcessingException, match="taux_chomage cannot be summed up"):
        run(DEMAND=rates, POPULATION="taux_chomage", METHOD="2sfca")
    assert run(DEMAND=rates, POPULATION="taux_chomage", METHOD="hansen", REACH=90)["OUTPUT"]


def test_layers_that_are_nowhere_have_their_sentence(provider: QgsProcessingProvider) -> None:
    nowhere = points([({"surface": 5.0}, None)], {"surface": REAL}, "offre")
    with pytest.raises(QgsProcessingException, match="No supply can be reached"):
        run(SUPPLY=nowhere)
    table = memory_layer("table", {"population": REAL}, rows=[({"population": 1.0}, None)])
    with pytest.raises(QgsProcessingException):
        run(DEMAND=table)
    people = points([({"population": 5.0}, None)], {"population": REAL}, "personnes")
    with pytest.raises(QgsProcessingException, match="No place of the demand"):
        run(DEMAND=people)


def test_bands_of_the_user(provider: QgsProcessingProvider) -> None:
    heard = Heard()
    weight = np.select([costs() <= 3, costs() <= 6], [1, 0.25], 0.0)
    found = run(heard, METHOD="e2sfca", BANDS="3,6,9", WEIGHTS="1,1/4,0.1", REACH=6.0)
    np.testing.assert_allclose(indexes(found), by_hand(weight))
    assert any("bands are cut at the reach, 6 km" in line for line in heard.said)


def test_geopackages_in_and_out_keep_every_field(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    """A fid read from a GeoPackage is not the key of the result."""
    layer = communes({"population": PEOPLE})
    layer.setName("communes")
    write_geopackage(tmp_path / "entrée.gpkg", [layer])
    found = run(
        METHOD="2sfca",
        DEMAND=f"{tmp_path / 'entrée.gpkg'}|layername=communes",
        OUTPUT=str(tmp_path / "sortie.gpkg"),
        RATIOS=str(tmp_path / "offre.gpkg"),
    )
    result = QgsVectorLayer(found["OUTPUT"], "sortie", "ogr")
    assert result.featureCount() == len(CODES)
    names = result.fields().names()
    assert {"codgeo", "nom", "population", "population_etat", "accessibility"} <= set(names)
    assert QgsVectorLayer(found["RATIOS"], "offre", "ogr").featureCount() == len(PLACES)


def test_ratios_are_written_only_when_asked(provider: QgsProcessingProvider) -> None:
    assert set(run(METHOD="2sfca", RATIOS=None)) == {"OUTPUT"}


def test_a_cancel_stops_the_run(provider: QgsProcessingProvider) -> None:
    heard = Heard("Road network")
    found = run(heard, METHOD="2sfca", ROADS=roads())
    assert heard.isCanceled() and "OUTPUT" not in found
    assert not any("shared out" in line for line in heard.said)
