"""Figures of zones through Processing, on a grid and communes that are invented."""

from __future__ import annotations

from typing import Any

import processing
import pytest
from coodiag.coodiag_plugin.analysis.indicators import formulas
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.variables import family
from coodiag.coodiag_plugin.demo.generate import DemoPaths
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.zone_statistics import zone_statistics
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y = 350_000.0, 6_790_000.0
SIDE = 2000.0


class Heard(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    def part(self, start: float, end: float) -> Heard:
        return self


def box(west: float, south: float, east: float, north: float) -> QgsGeometry:
    return QgsGeometry.fromRect(QgsRectangle(X + west, Y + south, X + east, Y + north))


def zones(*boxes: tuple[float, float, float, float]) -> QgsVectorLayer:
    rows = [
        ({"nom": f"zone {rank}", "population": rank}, box(*corners))
        for rank, corners in enumerate(boxes)
    ]
    return memory_layer("zones", {"nom": TEXT, "population": INTEGER}, "Polygon", CRS, rows)


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    """Four squares of 2 km: 1000, 2000, 3000 and 4000 people, unemployed 10, 20, 30 and 40 %."""
    columns: dict[str, Any] = {"codgeo": TEXT, "nom": TEXT}
    for name in (
        "population_rp",
        "actifs",
        "taux_chomage",
        "niveau_vie_median",
        "densite",
        "part_hlm",
    ):
        columns.update({name: REAL, f"{name}_etat": TEXT})
    rows = []
    for place in range(4):
        values = (1000.0 * (place + 1), 400.0 * (place + 1), 10.0 * (place + 1), 20_000.0 + place,
                  250.0 * (place + 1), 5.0)  # fmt: skip
        row: dict[str, Any] = {"codgeo": f"3599{place}", "nom": f"Fictive-{place}"}
        for name, value in zip(list(columns)[2::2], values):
            row.update({name: value, f"{name}_etat": "connu"})
        west, south = SIDE * (place % 2), SIDE * (place // 2)
        rows.append((row, box(west, south, west + SIDE, south + SIDE)))
    return memory_layer("indicateurs", columns, "Polygon", CRS, rows)


def squares(kind: str = "Polygon", crs: str = CRS) -> QgsVectorLayer:
    """A grid of 200 m over the communes: people in the western half of each commune only."""
    rows = []
    change = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS), QgsCoordinateReferenceSystem(crs), QgsProject.instance()
    )
    for i in range(20):
        for j in range(20):
            if i % 10 >= 5:
                continue
            shape = box(200 * i, 200 * j, 200 * i + 200, 200 * j + 200)
            shape = shape.centroid() if kind == "Point" else shape
            shape.transform(change)
            imputed = 1 if j == 0 else 0
            rows.append(
                ({"Ind": 50.0, "Men": 20.0, "Men_pauv": 2.0 + i, "I_est_200": imputed}, shape)
            )
    columns = {"Ind": REAL, "Men": REAL, "Men_pauv": REAL, "I_est_200": INTEGER}
    return memory_layer("carreaux", columns, kind, crs, rows)


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [row for row, _ in records(layer)]


WHOLE = (0, 0, 4000, 4000)


@pytest.mark.parametrize("method", ["area", "centroid", "grid"])
def test_a_zone_that_covers_everything_has_the_totals(
    provider: Any, communes: QgsVectorLayer, method: str
) -> None:
    found = processing.run(
        "coodiag:zonestatistics",
        {
            "ZONES": zones(WHOLE),
            "INDICATORS": communes,
            "METHOD": method,
            "GRID": squares(),
            "OUTPUT": "memory:",
        },
    )["OUTPUT"]
    (row,) = rows_of(found)
    assert row["population_rp"] == pytest.approx(10_000)
    assert row["taux_chomage"] == pytest.approx(30), "Σ numerators over Σ denominators"
    assert row["densite"] == pytest.approx(625)
    assert row["niveau_vie_median"] is None and row["niveau_vie_median_etat"] == "absent"
    assert row["part_hlm"] is None and row["part_hlm_etat"] == "absent"
    assert row["coverage"] == pytest.approx(100) and row["population_rp_part"] == 100
    assert row["car_population"] == pytest.approx(10_000) and row["squares"] == 200
    assert row["imputed"] == pytest.approx(5)
    assert row["car_pauvrete"] == pytest.approx(100 * (2 + 7) / 20), "i is 7 on average"
    assert row["nom"] == "zone 0" and ("200 m" in row["method"]) == (method == "grid")


def test_half_a_commune_by_surface_and_by_people(communes: QgsVectorLayer) -> None:
    halves = zones((0, 0, 1000, 2000), (1000, 0, 2000, 2000))
    area = rows_of(zone_statistics(halves, communes, method="area", progress=Silent()))
    assert [row["population_rp"] for row in area] == pytest.approx([500, 500])
    people = rows_of(
        zone_statistics(halves, communes, method="grid", grid=squares(), progress=Silent())
    )
    assert people[0]["population_rp"] == pytest.approx(1000)
    assert people[0]["car_population"] == pytest.approx(2500)
    assert people[1]["car_population"] == 0
    centre = rows_of(zone_statistics(halves, communes, method="centroid", progress=Silent()))
    assert sum(row["population_rp"] or 0 for row in centre) == 1000


@pytest.mark.parametrize("method", ["area", "centroid", "grid"])
@pytest.mark.parametrize("kind", ["Polygon", "Point"])
def test_a_partition_sums_to_the_total(communes: QgsVectorLayer, method: str, kind: str) -> None:
    parts = zones((0, 0, 1300, 4000), (1300, 0, 4000, 1700), (1300, 1700, 4000, 4000))
    found = rows_of(
        zone_statistics(parts, communes, method=method, grid=squares(kind), progress=Silent())
    )
    assert sum(row["population_rp"] or 0 for row in found) == pytest.approx(10_000)
    assert sum(row["car_population"] for row in found) == pytest.approx(10_000)


def test_one_whole_commune_keeps_its_published_median(communes: QgsVectorLayer) -> None:
    (row,) = rows_of(
        zone_statistics(zones((0, 0, 2000, 2000)), communes, method="area", progress=Silent())
    )
    assert row["niveau_vie_median"] == 20_000 and row["taux_chomage"] == pytest.approx(10)


def test_tilted_squares_in_degrees_and_squares_by_their_identifier() -> None:
    zone = zones((0, 0, 1100, 4000))
    (flat,) = rows_of(zone_statistics(zone, None, grid=squares(), progress=Silent()))
    (tilted,) = rows_of(
        zone_statistics(zone, None, grid=squares(crs="EPSG:4326"), progress=Silent())
    )
    assert tilted["car_population"] == pytest.approx(flat["car_population"], rel=1e-3)
    change = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS),
        QgsCoordinateReferenceSystem("EPSG:3035"),
        QgsProject.instance(),
    )
    corner = change.transform(QgsPointXY(X, Y))
    east, north = (200 * round(value / 200) for value in (corner.x(), corner.y()))
    names = [
        f"CRS3035RES200mN{north + 200 * j}E{east + 200 * i}" for i in range(3) for j in range(3)
    ]
    table = memory_layer(
        "carreaux", {"idcar_200m": TEXT, "ind": TEXT, "men": TEXT},
        rows=[({"idcar_200m": name, "ind": "100.5", "men": "40"}, None) for name in names]
        + [({"idcar_200m": "CRS3035RES200mN2029800E4252400", "ind": "9", "men": "4"}, None)],
    )  # fmt: skip
    (row,) = rows_of(
        zone_statistics(zones((-2000, -2000, 3000, 3000)), None, grid=table, progress=Silent())
    )
    assert row["car_population"] == pytest.approx(904.5) and row["squares"] == 9
    assert row["coverage"] is None and "200 m" in row["method"]


def test_few_households_and_the_band_that_would_tell_them(communes: QgsVectorLayer) -> None:
    """A square of 200 m holds 20 households: a tenth of one more is 2."""
    rings = zones((0, 0, 100, 100), (0, 0, 1000, 1000), (0, 0, 1000, 1020), (0, 0, 1000, 2000))
    found = rows_of(zone_statistics(rings, None, grid=squares(), progress=Silent()))
    states = [row["car_menages_etat"] for row in found]
    assert states == ["secret", "connu", "secret", "connu"], "5, 500, 510 and 1000 households"
    assert found[0]["car_pauvrete"] is None and found[0]["imputed"] is None
    near = zones((0, 0, 1000, 1000), (0, 0, 1000, 1010))
    assert [
        row["car_menages_etat"]
        for row in rows_of(zone_statistics(near, None, grid=squares(), progress=Silent()))
    ] == ["connu", "secret"]


def test_a_secret_part_makes_the_sum_secret_and_tells_how_much_is_known(
    communes: QgsVectorLayer,
) -> None:
    rows = list(records(communes))
    rows[3][0].update(
        actifs=None, actifs_etat="secret", taux_chomage=None, taux_chomage_etat="secret"
    )
    columns = {field.name(): field.type() for field in communes.fields()}
    layer = memory_layer("indicateurs", columns, "Polygon", CRS, rows)
    (row,) = rows_of(zone_statistics(zones(WHOLE), layer, method="area", progress=Silent()))
    assert row["taux_chomage"] is None and row["taux_chomage_etat"] == "secret"
    assert row["taux_chomage_part"] == pytest.approx(60), "6000 people of 10 000"
    assert row["population_rp"] == 10_000


def test_iris_with_the_variables_of_insee(qgis_app: Any) -> None:
    columns = {
        "CODE_IRIS": TEXT,
        "P18_POP": REAL,
        "P13_POP": REAL,
        "P18_ACT1564": REAL,
        "P18_CHOM1564": REAL,
    }
    rows = [
        ({"CODE_IRIS": f"35999010{i}", "P18_POP": 1000.0, "P13_POP": 900.0, "P18_ACT1564": 400.0 + 100 * i,
          "P18_CHOM1564": 40.0}, box(1000 * i, 0, 1000 * i + 1000, 1000))
        for i in range(2)
    ]  # fmt: skip
    iris = memory_layer("iris", columns, "Polygon", CRS, rows)
    (row,) = rows_of(
        zone_statistics(
            zones((0, 0, 2000, 1000)),
            iris,
            method="area",
            counts=["P18_CHOM1564"],
            progress=Silent(),
        )
    )
    assert row["taux_chomage"] == pytest.approx(100 * 80 / 900)
    assert row["population_rp"] == 2000 and row["P18_CHOM1564"] == 80
    assert row["evolution_population"] == pytest.approx(100 * ((2000 / 1800) ** 0.2 - 1))


def test_a_zone_beyond_the_communes_tells_its_coverage(communes: QgsVectorLayer) -> None:
    outside = zones((2000, 0, 6000, 2000), (90_000, 0, 91_000, 900))
    beyond, elsewhere = rows_of(
        zone_statistics(outside, communes, method="area", progress=Silent())
    )
    assert beyond["coverage"] == pytest.approx(50) and beyond["population_rp"] == 2000
    assert elsewhere["coverage"] == 0 and elsewhere["population_rp_etat"] == "absent"
    assert beyond["population"] == 0 and beyond["nom"] == "zone 0"


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("area", "by the part of their surface"),
        ("centroid", "parts whose centre lies in the zone"),
        ("grid", "people by squares of 200 m, by the part of their surface"),
    ],
)
def test_the_log_always_tells_the_share_covered(
    communes: QgsVectorLayer, method: str, words: str
) -> None:
    heard = Heard()
    grid = squares() if method == "grid" else None
    inside = zones((0, 0, 2000, 2000), (1000, 1000, 3000, 3000))
    options = {"method": method, "grid": grid}
    row = rows_of(zone_statistics(inside, communes, progress=heard, **options))[0]
    assert f"Method: {words}." in heard.said and row["method"] not in " ".join(heard.said)
    covered = "Share of the surface of the zones that the layer of indicators covers: "
    assert f"{covered}100 to 100 %." in heard.said
    half = zones((0, 0, 2000, 2000), (2000, 0, 6000, 2000))
    zone_statistics(half, communes, progress=heard, **options)
    assert f"{covered}50 to 100 %." in heard.said


def test_zones_without_geometry_keep_their_row(communes: QgsVectorLayer) -> None:
    layer = memory_layer(
        "zones", {"nom": TEXT}, "Polygon", CRS, [({"nom": "a"}, box(*WHOLE)), ({"nom": "b"}, None)]
    )
    found = rows_of(zone_statistics(layer, communes, method="area", progress=Silent()))
    assert [row["nom"] for row in found] == ["a", "b"]
    assert found[1]["population_rp"] is None and found[1]["population_rp_etat"] == "absent"


def test_refusals(provider: Any, communes: QgsVectorLayer) -> None:
    with pytest.raises(QgsProcessingException, match="give GRID"):
        processing.run(
            "coodiag:zonestatistics",
            {"ZONES": zones(WHOLE), "INDICATORS": communes, "OUTPUT": "memory:"},
        )
    bare = memory_layer("x", {"a": TEXT}, "Polygon", CRS, [({"a": "b"}, box(*WHOLE))])
    with pytest.raises(InputError, match="no field of an indicator"):
        zone_statistics(zones(WHOLE), bare, method="area", progress=Silent())
    with pytest.raises(InputError, match="no column of people"):
        zone_statistics(zones(WHOLE), None, grid=bare, progress=Silent())
    far = memory_layer(
        "x", {"pop": REAL}, "Polygon", CRS, [({"pop": 1.0}, box(9e4, 9e4, 9.1e4, 9.1e4))]
    )
    with pytest.raises(InputError, match="No square of the grid"):
        zone_statistics(zones(WHOLE), None, grid=far, progress=Silent())


def summable(name: str) -> bool:
    """Whether the parts of a figure add up: not those of a median, nor of neighbourhoods that lie
    over several communes."""
    parts = [formula for formula in formulas(indicators()[name]) if formula is not None]
    return all(family(variable).additive for formula in parts for variable in formula.names)


def test_the_whole_territory_has_its_published_figures(provider: Any, demo: DemoPaths) -> None:
    """A zone of all the communes gives what the reference « territoire » gives, by either way."""
    official = {"SOURCE": "folder", "DATA_FOLDER": str(demo.data_folder)}
    communes = processing.run(
        "coodiag:territory", {"TERRITORY": demo.territory, **official, "COMMUNES": "memory:"}
    )["COMMUNES"]
    found = processing.run(
        "coodiag:indicators",
        {"COMMUNES": communes, **official, "INDICATORS": "memory:", "REFERENCES": "memory:"},
    )
    layer = found["INDICATORS"]
    inside = [(row, shape) for row, shape in records(layer) if row["role"] != "voisin"]
    zone = memory_layer(
        "zones", {"nom": TEXT}, "MultiPolygon", layer.crs().authid(),
        [({"nom": "tout"}, QgsGeometry.unaryUnion([shape for _, shape in inside]))],
    )  # fmt: skip
    (expected,) = (r for r, _ in records(found["REFERENCES"]) if r["level"] == "TERRITOIRE")
    alone, beside = (
        rows_of(
            zone_statistics(zone, layer, method="centroid", data_folder=folder, progress=Silent())
        )[0]
        for folder in (None, demo.data_folder)
    )
    names = [n for n in indicators() if n in expected and expected[n + "_etat"] == "connu"]
    told = {"alone": 0, "beside": 0}
    for name in names:
        if not summable(name):
            assert alone[name] is None and beside[name] is None, name
            continue
        for which, row in (("alone", alone), ("beside", beside)):
            if row[name] is not None:
                told[which] += 1
                assert row[name] == pytest.approx(expected[name], rel=1e-6), (which, name)
            else:
                assert row[f"{name}_etat"] in ("absent", "secret") and which == "alone", name
    summed = [name for name in names if summable(name)]
    assert told["beside"] == len(summed) > 10 and told["alone"] > 5
