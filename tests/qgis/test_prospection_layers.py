"""Coverage, typology and prospects through Processing where the data is not as it should be."""

from __future__ import annotations

import random
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.coverage import penetration_layer
from coodiag.coodiag_plugin.qgis_bridge.establishments import establishment_table
from coodiag.coodiag_plugin.qgis_bridge.layers import (
    REAL,
    TEXT,
    add_all,
    memory_layer,
    native,
    records,
)
from coodiag.coodiag_plugin.qgis_bridge.prospects import (
    _hexagon_zones,
    client_table,
    prospects_layers,
)
from coodiag.coodiag_plugin.qgis_bridge.shapes import metric_crs, point_columns, point_table
from coodiag.coodiag_plugin.qgis_bridge.threshold_areas import threshold_layer
from coodiag.processing_algorithms.catchment import Catchment
from coodiag.processing_algorithms.coverage import Coverage
from coodiag.processing_algorithms.prospects import Prospects
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

CRS, DEGREES = "EPSG:2154", "EPSG:4326"
X0, Y0, SIDE = 400_000.0, 6_790_000.0, 4000.0
CODES = ("99001", "99002", "99003", "99004")
NAFS = ("81.21Z", "43.21A", "47.11B", "56.10A")


class Hearing(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))


def at(x: float, y: float) -> QgsGeometry:
    return QgsGeometry.fromPointXY(QgsPointXY(X0 + x, Y0 + y))


def spot(number: int) -> QgsGeometry:
    """Places spread over the four communes."""
    return at(60 + (number * 487) % 7880, 60 + (number * 331) % 7880)


def commune_of(number: int) -> str:
    point = spot(number).asPoint()
    return CODES[int(point.x() - X0 >= SIDE) + 2 * int(point.y() - Y0 >= SIDE)]


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    columns = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
    for name in ("menages", "chomeurs", "actifs", "part_sans_voiture"):
        columns.update({name: REAL, f"{name}_etat": TEXT})
    rows = []
    for place, code in enumerate(CODES):
        x, y = X0 + SIDE * (place % 2), Y0 + SIDE * (place // 2)
        row: dict[str, Any] = {"codgeo": code, "nom": f"Fictive-{place}", "role": "territoire"}
        for name, value in (
            ("menages", 300.0), ("chomeurs", 40.0 + 20 * place), ("actifs", 400.0),
            ("part_sans_voiture", 12.0),
        ):  # fmt: skip
            row.update({name: value, f"{name}_etat": "connu"})
        rows.append((row, QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))))
    return memory_layer("communes", columns, "Polygon", CRS, rows)


def site_layer(*places: QgsGeometry | None) -> QgsVectorLayer:
    return memory_layer("sites", {"nom": TEXT}, "Point", CRS, [({"nom": "Site fictif"}, p) for p in places])  # fmt: skip


def siret(number: int) -> str:
    return f"{900_000_000 + number}00011"


ESTABLISHMENT = dict.fromkeys(("siret", "nom", "naf", "tranche", "codgeo", "statut"), TEXT)


def establishment(number: int) -> dict[str, Any]:
    return {
        "siret": siret(number),
        "nom": f"ATELIER FICTIF {number}",
        "naf": NAFS[number % 4],
        "tranche": ("01", "11", "NN")[number % 3],
        "codgeo": commune_of(number),
        "statut": "O",
    }


@pytest.fixture
def establishments(qgis_app: Any) -> QgsVectorLayer:
    rows = [(establishment(n), spot(n)) for n in range(240)]
    return memory_layer("stock", ESTABLISHMENT, "Point", CRS, rows)


def clients(numbers: Iterable[int], place: QgsGeometry | None = None) -> QgsVectorLayer:
    rows = [({"siret": siret(n)}, spot(n) if place is None else place) for n in numbers]
    return memory_layer("clients", {"siret": TEXT}, "Point", CRS, rows)


def streets(crs: str = CRS) -> QgsVectorLayer:
    """A grid of streets every 400 m, in any projection."""
    ticks = [400.0 * step for step in range(21)]
    lines = [[(x, y) for y in ticks] for x in ticks] + [[(x, y) for x in ticks] for y in ticks]
    move = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS), QgsCoordinateReferenceSystem(crs), QgsProject.instance()
    )
    shapes = []
    for line in lines:
        shape = QgsGeometry.fromPolylineXY([QgsPointXY(X0 + x, Y0 + y) for x, y in line])
        shape.transform(move)
        shapes.append(shape)
    return memory_layer("roads", {"id": TEXT}, "LineString", crs, (({}, s) for s in shapes))


class Log(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def pushInfo(self, text: str) -> None:
        self.lines.append(text)

    def pushWarning(self, text: str) -> None:
        self.lines.append(text)

    def reportError(self, text: str, *rest: Any) -> None:
        self.lines.append(text)


def run(algorithm: Any, parameters: dict[str, Any]) -> tuple[dict[str, QgsVectorLayer], list[str]]:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    feedback = Log()
    leaf = algorithm.create()
    fine, why = leaf.checkParameterValues(parameters, context)
    if not fine:
        raise QgsProcessingException(why)
    results, done = leaf.run(parameters, context, feedback)
    if not done:
        raise QgsProcessingException(" ".join(feedback.lines))
    layers = {
        name: QgsProcessingUtils.mapLayerFromString(value, context)
        for name, value in results.items()
    }
    for layer in layers.values():
        context.temporaryLayerStore().takeMapLayer(layer)
    return layers, feedback.lines


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [row for row, _ in records(layer)]


def prospecting(**more: Any) -> dict[str, Any]:
    return {"REACH": 20, "MODE": "distance", "PROSPECTS": "memory:", "ZONES": "memory:", **more}


# --- typology -----------------------------------------------------------------------------------


def people(per_commune: list[int]) -> QgsVectorLayer:
    rows = [
        ({}, at(SIDE * (place % 2) + 100 + 5 * n, SIDE * (place // 2) + 100 + 3 * n))
        for place, count in enumerate(per_commune)
        for n in range(count)
    ]
    return memory_layer("people", {"id": TEXT}, "Point", CRS, rows)


@pytest.mark.parametrize("by_road", [False, True])
def test_the_typology_is_an_output_with_its_rules(communes: QgsVectorLayer, by_road: bool) -> None:
    layers, log = run(
        Coverage(),
        {
            "POINTS": people([60, 8, 7, 6]), "COMMUNES": communes, "TARGET": "menages",
            "SITES": site_layer(at(3000, 3000)), "ROADS": streets() if by_road else None,
            "OUTPUT": "memory:", "TYPOLOGY": "memory:",
        },
    )  # fmt: skip
    types = {row["codgeo"]: row for row in rows_of(layers["TYPOLOGY"])}
    assert list(types) == list(CODES)
    assert types["99004"]["type"] == "proche_non_touchee"
    assert types["99004"]["type_label"] == "Proche mais non touchée"
    assert {row["type_etat"] for row in types.values()} == {"connu"}
    assert all((row["minutes"] is not None) == by_road for row in types.values())
    assert all((row["km"] is None) == by_road for row in types.values())
    said = "\n".join(log)
    for label in ("Touchée", "Éloignée", "Proche mais non touchée", "Pas de besoin marqué"):
        assert f"{label}: " in said
    assert ("à plus de 20" in said) == by_road, "the rules by minutes, where minutes are known"
    assert ("à plus de 15" in said) != by_road, "else those by kilometres"
    counts = {row["codgeo"]: row["count"] for row in rows_of(layers["OUTPUT"])}
    assert counts == {code: row["count"] for code, row in types.items()}


def test_the_typology_needs_sites_and_indicators(communes: QgsVectorLayer) -> None:
    asked = {"POINTS": people([9, 9, 9, 9]), "COMMUNES": communes, "TARGET": "menages", "OUTPUT": "memory:", "TYPOLOGY": "memory:"}  # fmt: skip
    with pytest.raises(QgsProcessingException, match="give SITES"):
        run(Coverage(), asked)
    bare = memory_layer(
        "bare", {"codgeo": TEXT, "menages": REAL}, "Polygon", CRS,
        [({"codgeo": row["codgeo"], "menages": 5.0}, shape) for row, shape in records(communes)],
    )  # fmt: skip
    with pytest.raises(QgsProcessingException, match="compute the indicators"):
        run(Coverage(), {**asked, "COMMUNES": bare, "SITES": site_layer(at(0, 0))})


# --- coverage -----------------------------------------------------------------------------------


def test_coverage_of_nobody_and_of_people_without_weight(communes: QgsVectorLayer) -> None:
    nobody = memory_layer("nobody", {"weight": REAL}, "Point", CRS)
    asked = {"COMMUNES": communes, "TARGET": "menages", "OUTPUT": "memory:"}
    layers, log = run(Coverage(), {**asked, "POINTS": nobody})
    assert [row["count"] for row in rows_of(layers["OUTPUT"])] == [0, 0, 0, 0]
    assert any("0 points counted" in line for line in log)
    idle = memory_layer(
        "idle", {"weight": REAL}, "Point", CRS,
        [({"weight": w}, spot(n)) for n, w in enumerate([0.0, None, -3.0, float("inf")] * 20)],
    )  # fmt: skip
    layers, log = run(Coverage(), {**asked, "POINTS": idle, "WEIGHT": "weight"})
    rows = rows_of(layers["OUTPUT"])
    assert [row["count"] for row in rows] == [0, 0, 0, 0]
    assert {row["share"] for row in rows} == {None}, "a share of nothing is no number"
    assert any("60 points have no usable weight" in line for line in log)


def test_coverage_of_people_all_at_one_point_outside_or_without_a_point(
    communes: QgsVectorLayer,
) -> None:
    one = memory_layer("one", {"id": TEXT}, "Point", CRS, [({}, at(500, 500))] * 30)
    covered = penetration_layer(one, communes, "menages", progress=Silent())
    rows = {row["codgeo"]: row for row in rows_of(covered.layer)}
    assert rows["99001"]["count"] == 30 and rows["99001"]["share"] == 100
    away = memory_layer("away", {"id": TEXT}, "Point", CRS, [({}, at(-9000, 0)), ({}, None)] * 9)
    covered = penetration_layer(away, communes, "menages", progress=Silent())
    assert covered.coverage.count.number == 0
    assert covered.coverage.beside["outside"].number == 18


def test_coverage_does_not_depend_on_the_order_of_rows_nor_on_their_projection(
    communes: QgsVectorLayer,
) -> None:
    draw = random.Random(3)
    rows: list[tuple[dict[str, Any], QgsGeometry]] = [
        ({"weight": draw.lognormvariate(3, 2)}, spot(n)) for n in range(400)
    ]
    move = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS),
        QgsCoordinateReferenceSystem(DEGREES),
        QgsProject.instance(),
    )
    found = []
    for crs in (CRS, CRS, DEGREES):
        turned = []
        for row, shape in rows:
            copy = QgsGeometry(shape)
            if crs == DEGREES:
                copy.transform(move)
            turned.append((row, copy))
        layer = memory_layer("p", {"weight": REAL}, "Point", crs, turned)
        covered = penetration_layer(layer, communes, "menages", weight="weight", progress=Silent())
        found.append(rows_of(covered.layer))
        total = sum(row["count"] for row in found[-1])
        assert total == pytest.approx(sum(row["weight"] for row, _ in rows))
        draw.shuffle(rows)
    assert found[0] == found[1] == found[2]


# --- prospects ----------------------------------------------------------------------------------


def test_hexagons_come_beside_the_communes(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    layers, _ = run(
        Prospects(),
        prospecting(
            CLIENTS=clients(range(0, 120, 4)), ESTABLISHMENTS=establishments,
            SITES=site_layer(at(500, 500)), COMMUNES=communes, HEXAGONS="memory:",
        ),
    )  # fmt: skip
    count = layers["PROSPECTS"].featureCount()
    zones, cells = rows_of(layers["ZONES"]), rows_of(layers["HEXAGONS"])
    assert [row["codgeo"] for row in zones] == list(CODES)
    assert sum(row["prospects"] for row in zones) == sum(row["prospects"] for row in cells) == count
    assert len(cells) > len(zones)
    names = {row["nom"] for row in zones}
    for rank, (row, shape) in enumerate(records(layers["HEXAGONS"]), 1):
        first, _, beside = row["nom"].partition(", près ")
        assert first == f"Hexagone {rank}" and beside in {french.of(name) for name in names}
        inside = [
            french.of(home["nom"])
            for home, place in records(communes)
            if place.contains(shape.centroid())
        ]
        assert not inside or beside == inside[0]


def test_hexagons_without_score_are_left_out_and_told(qgis_app: Any) -> None:
    """A factor of nothing gives nobody a score: such zones have nothing to offer."""
    row = {
        "nom": "A",
        "siret": "",
        "naf": "",
        "codgeo": "",
        "tranche_label": "",
        "px": 0.0,
        "py": 0.0,
    }
    table = pd.DataFrame(
        [{**row, "score": score, "px": x} for score, x in ((3.0, 0.0), (0.0, 9e3))]
    )
    progress = Hearing()
    cells = _hexagon_zones(SimpleNamespace(prospects=table), table, [], CRS, progress)  # type: ignore[arg-type]
    assert [row["score"] for row in rows_of(cells)] == [3.0]
    assert progress.said == [
        "1 hexagons whose 1 prospects all score zero are left out of the zones."
    ]


def test_the_register_may_tell_the_name_of_the_commune(
    establishments: QgsVectorLayer,
) -> None:
    columns = {field.name(): field.type() for field in establishments.fields()}
    named = memory_layer(
        "e", {**columns, "commune": TEXT}, "Point", CRS,
        [({**row, "commune": f"Commune {row['codgeo']}"}, shape) for row, shape in records(establishments)],
    )  # fmt: skip
    layers, _ = run(
        Prospects(),
        prospecting(
            CLIENTS=clients(range(0, 120, 4)), ESTABLISHMENTS=named, SITES=site_layer(at(500, 500))
        ),
    )
    found = rows_of(layers["PROSPECTS"])
    assert found and all(row["commune"] == f"Commune {row['codgeo']}" for row in found)


def test_a_table_without_points_is_sent_to_the_geocoder(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    table = memory_layer("adresses", {"nom": TEXT}, rows=[({"nom": "Fictive"}, None)])
    stands = site_layer(at(500, 500))
    for given in (
        {"CLIENTS": table, "SITES": stands}, {"CLIENTS": stands, "SITES": table},
    ):  # fmt: skip
        with pytest.raises(QgsProcessingException, match=r"adresses.*“Geocode addresses” first"):
            run(Prospects(), prospecting(ESTABLISHMENTS=establishments, **given))
        for shape in ("communes", "convex"):
            with pytest.raises(QgsProcessingException, match="“Geocode addresses” first"):
                run(
                    Catchment(),
                    {
                        "ORDER": "distance",
                        "SHAPE": shape,
                        "COMMUNES": communes,
                        "ZONES": "memory:",
                        **given,
                    },
                )
    with pytest.raises(InputError, match="“Geocode addresses”, communes from"):
        metric_crs(table)
    with pytest.raises(InputError, match=r"adresses.*“Geocode addresses” first"):
        threshold_layer(table, communes, "codgeo", targets=[5], mode="distance", progress=Silent())


def test_coverage_refuses_a_rate_as_a_target(communes: QgsVectorLayer) -> None:
    rates = memory_layer(
        "rates", {"codgeo": TEXT, "taux_chomage": REAL}, "Polygon", CRS,
        [({"codgeo": row["codgeo"], "taux_chomage": 9.0}, shape) for row, shape in records(communes)],
    )  # fmt: skip
    with pytest.raises(QgsProcessingException, match="taux_chomage cannot be summed up"):
        run(
            Coverage(),
            {
                "POINTS": people([9, 9]),
                "COMMUNES": rates,
                "TARGET": "taux_chomage",
                "OUTPUT": "memory:",
            },
        )


def test_prospects_beyond_the_layer_of_communes_are_told(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    part = memory_layer("part", {"codgeo": TEXT}, "Polygon", CRS, list(records(communes))[:2])
    layers, log = run(
        Prospects(),
        prospecting(
            CLIENTS=clients(range(0, 120, 4)), ESTABLISHMENTS=establishments,
            SITES=site_layer(at(500, 500)), COMMUNES=part,
        ),
    )  # fmt: skip
    inside = sum(row["prospects"] for row in rows_of(layers["ZONES"]))
    told = layers["PROSPECTS"].featureCount() - inside
    assert told > 0
    assert any(line.startswith(f"{told} prospects are in communes") for line in log)


def test_sites_that_reach_nothing_are_refused_or_told(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    asked = prospecting(
        CLIENTS=clients(range(0, 120, 4)), ESTABLISHMENTS=establishments, COMMUNES=communes,
        MODE="time", ROADS=streets(),
    )  # fmt: skip
    with pytest.raises(QgsProcessingException, match="No site lies within 1000 m of a road"):
        run(Prospects(), {**asked, "SITES": site_layer(at(-30_000, 0))})
    with pytest.raises(QgsProcessingException, match="No site is located"):
        run(Prospects(), {**asked, "SITES": site_layer(None)})
    near = site_layer(at(500, 500))
    mixed = site_layer(at(-30_000, 0), None, at(500, 500))
    alone, _ = run(Prospects(), {**asked, "SITES": near})
    found, log = run(Prospects(), {**asked, "SITES": mixed})
    assert rows_of(found["PROSPECTS"]) == rows_of(alone["PROSPECTS"])
    assert any("1 sites lie farther than 1000 m" in line for line in log)
    assert any("1 sites have no point" in line for line in log)


def test_roads_in_another_projection_give_the_same_prospects(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    found = []
    for crs in (CRS, DEGREES):
        layers, _ = run(
            Prospects(),
            prospecting(
                CLIENTS=clients(range(0, 120, 4)), ESTABLISHMENTS=establishments,
                SITES=site_layer(at(500, 500)), MODE="time", ROADS=streets(crs), COMMUNES=communes,
            ),
        )  # fmt: skip
        found.append({row["siret"]: row for row in rows_of(layers["PROSPECTS"])})
    assert found[0].keys() == found[1].keys()
    for code, row in found[0].items():
        assert row["cost"] == pytest.approx(found[1][code]["cost"], abs=0.11)
        assert row["score"] == pytest.approx(found[1][code]["score"], abs=0.3)


def test_clients_at_one_point_one_client_and_nobody(
    communes: QgsVectorLayer, establishments: QgsVectorLayer
) -> None:
    for some in (clients(range(0, 120, 4), at(500, 500)), clients([0])):
        found = prospects_layers(
            some, establishments, site_layer(at(500, 500)), reach=20, mode="distance",
            communes=communes, progress=Silent(),
        )  # fmt: skip
        rows = rows_of(found.prospects)
        assert rows and rows[0]["score"] == 100 and rows[-1]["score"] > 0
        assert {row["naf"][:2] for row in rows} == {"81"}
    with pytest.raises(InputError, match="clients is empty"):
        prospects_layers(
            clients([]), establishments, site_layer(at(0, 0)), reach=9, mode="distance",
            progress=Silent(),
        )  # fmt: skip


# --- reading and writing ------------------------------------------------------------------------


def test_columns_are_those_of_the_rows(establishments: QgsVectorLayer) -> None:
    rows, points = point_table(establishments, DEGREES, "stock")
    columns, same = point_columns(establishments, DEGREES, "stock", ["codgeo", "siret"])
    assert columns == {name: [row[name] for row in rows] for name in ("codgeo", "siret")}
    assert (points == same).all() and -6 < points[0, 0] < 0
    empty, nothing = point_columns(establishments, CRS, "stock", [])
    assert empty == {} and nothing.shape == (240, 2)


def test_what_a_layer_of_establishments_lacks_is_empty(qgis_app: Any) -> None:
    shape = QgsGeometry.fromRect(QgsRectangle(X0, Y0, X0 + 10, Y0 + 20))
    few = memory_layer(
        "few", {"siret": TEXT, "naf": TEXT, "codgeo": REAL}, "Polygon", CRS,
        [({"siret": siret(1), "naf": "8121z", "codgeo": 99001.0}, shape), ({"siret": None}, None)],
    )  # fmt: skip
    table = establishment_table(few, CRS)
    assert list(table["naf"]) == ["81.21Z", ""] and list(table["statut"]) == ["O", "O"]
    assert list(table["siret"]) == [siret(1), ""] and list(table["nom"]) == ["", ""]
    assert table.loc[0, "px"] == X0 + 5 and table.loc[0, "py"] == Y0 + 10
    assert table["px"].isna().tolist() == [False, True]
    with pytest.raises(InputError, match="naf, codgeo"):
        establishment_table(memory_layer("x", {"siret": TEXT}, "Point", CRS), CRS)


def test_the_first_field_with_something_to_say_names_a_client(qgis_app: Any) -> None:
    layer = memory_layer(
        "c", {"name": TEXT, "nom": TEXT, "codgeo": TEXT, "geo_citycode": TEXT}, "Point", CRS,
        [
            ({"name": "Atelier", "nom": "Autre", "codgeo": "99002", "geo_citycode": "99001"}, at(0, 0)),
            ({"name": "", "nom": "Fictif", "codgeo": "99003"}, None),
        ],
    )  # fmt: skip
    table = client_table(layer, CRS)
    assert list(table["name"]) == ["Atelier", "Fictif"]
    assert list(table["codgeo"]) == ["99001", "99003"] and list(table["siret"]) == ["", ""]


def test_a_row_that_cannot_be_written_is_an_error(qgis_app: Any) -> None:
    class Full:
        def addFeatures(self, items: list[QgsFeature], flags: Any) -> bool:
            return False

    item = QgsFeature(memory_layer("x", {"nom": TEXT}).fields())
    item.setAttributes(["Personne Fictive"])
    with pytest.raises(InputError, match="could not be written") as refused:
        add_all(Full(), [item])
    assert "Personne" not in str(refused.value.fields)
    add_all(Full(), [])
    layer = memory_layer("y", {"n": REAL})
    calls: list[int] = []
    add_all(
        layer.dataProvider(), [QgsFeature(layer.fields()) for _ in range(2500)], lambda: calls.append(1)
    )  # fmt: skip
    assert layer.featureCount() == 2500 and len(calls) == 3


def test_native_keeps_the_plain_and_empties_the_void() -> None:
    numpy = pytest.importorskip("numpy")
    assert [native(value) for value in ("a", 3, True, 2.5)] == ["a", 3, True, 2.5]
    assert native(float("nan")) is None and native(numpy.float64("nan")) is None
    assert type(native(numpy.int64(4))) is int and type(native(numpy.str_("x"))) is str
