"""Establishments, coverage and prospects through Processing, on an invented grid of communes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.core.values import State, Value
from coodiag.coodiag_plugin.qgis_bridge.communes import commune_codes
from coodiag.coodiag_plugin.qgis_bridge.coverage import penetration_layer
from coodiag.coodiag_plugin.qgis_bridge.establishments import FIELDS
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer, records
from coodiag.coodiag_plugin.qgis_bridge.prospects import prospects_layers
from coodiag.coodiag_plugin.qgis_bridge.recruitment import recruitment_layer
from coodiag.coodiag_plugin.qgis_bridge.roads import load_graph
from coodiag.processing_algorithms.coverage import Coverage
from coodiag.processing_algorithms.establishments import ReadEstablishments
from coodiag.processing_algorithms.prospects import Prospects
from qgis.core import (
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

CRS = "EPSG:2154"
SIDE = 5000.0
X0, Y0 = 400_000.0, 6_790_000.0
CODES = [f"9900{n}" for n in range(1, 7)]  # three columns, two rows


def corner(place: int) -> tuple[float, float]:
    return X0 + SIDE * (place % 3), Y0 + SIDE * (place // 3)


def spot(place: int, number: int) -> QgsGeometry:
    x, y = corner(place)
    return QgsGeometry.fromPointXY(
        QgsPointXY(x + 100 + (number * 487) % 4800, y + 100 + (number * 331) % 4800)
    )


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    figures = ("menages", "chomeurs", "actifs", "part_sans_voiture", "part_sans_diplome")
    columns: dict[str, Any] = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
    for name in figures:
        columns.update({name: REAL, f"{name}_etat": TEXT})
    rows = []
    for place, code in enumerate(CODES):
        x, y = corner(place)
        values = (200.0, 40.0 + 20 * place, 400.0, 10.0, 20.0)
        row: dict[str, Any] = {"codgeo": code, "nom": f"Fictive-{place + 1}", "role": "territoire"}
        for name, value in zip(figures, values):
            row.update({name: value, f"{name}_etat": "connu"})
        if place == 5:
            row.update(menages=None, menages_etat="secret")
        shape = QgsGeometry.fromRect(QgsRectangle(x, y, x + SIDE, y + SIDE))
        rows.append((row, shape))
    beside = QgsGeometry.fromRect(QgsRectangle(X0 - SIDE, Y0, X0, Y0 + SIDE))
    rows.append(({"codgeo": "99009", "nom": "Voisine", "role": "voisin"}, beside))
    return memory_layer("communes", columns, "Polygon", CRS, rows)


@pytest.fixture
def sites(qgis_app: Any) -> QgsVectorLayer:
    return memory_layer(
        "sites", {"name": TEXT}, "Point", CRS, [({"name": "Site fictif"}, spot(0, 1))]
    )


def people(per_commune: list[int], **more: Any) -> QgsVectorLayer:
    rows: list[tuple[dict[str, Any], QgsGeometry | None]] = [
        ({"name": "Personne Fictive", "weight": 10.0}, spot(place, number))
        for place, count in enumerate(per_commune)
        for number in range(count)
    ]
    far = QgsGeometry.fromPointXY(QgsPointXY(X0 - 100, Y0 + 100))
    rows.append(({"name": "Personne Fictive", "weight": 1.0}, far))
    rows.append(({"name": "Personne Fictive", "weight": None, "geo_citycode": CODES[1]}, None))
    columns = {"name": TEXT, "weight": REAL, "geo_citycode": TEXT}
    return memory_layer("people", columns, "Point", CRS, rows)


def run(algorithm: Any, parameters: dict[str, Any]) -> tuple[dict[str, QgsVectorLayer], list[str]]:
    """Run an algorithm as Processing does; its layers and log."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    feedback = Log()
    leaf = algorithm.create()
    fine, why = leaf.checkParameterValues(parameters, context)
    if not fine:
        raise QgsProcessingException(why)
    results, done = leaf.run(parameters, context, feedback)
    assert done, feedback.lines
    layers = {
        name: QgsProcessingUtils.mapLayerFromString(value, context)
        for name, value in results.items()
    }
    for layer in layers.values():
        context.temporaryLayerStore().takeMapLayer(layer)
    return layers, feedback.lines


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


def rows_of(layer: QgsVectorLayer) -> list[dict[str, Any]]:
    return [row for row, _ in records(layer)]


NAFS = ["81.21Z", "81.30Z", "43.21A", "47.11B", "56.10A"]


def siret(number: int) -> str:
    return f"{900000000 + number}00011"


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    """240 invented establishments as a geo_sirene extract, one in ten masked, beside their units."""
    lon_lat = _degrees()
    names = [
        "siren",
        "siret",
        "statutDiffusionEtablissement",
        "trancheEffectifsEtablissement",
        "codeCommuneEtablissement",
        "etatAdministratifEtablissement",
        "activitePrincipaleEtablissement",
        "libelleVoieEtablissement",
        "longitude",
        "latitude",
    ]
    path = tmp_path / "StockEtablissement_utf8.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        for number in range(240):
            place = number % 6
            lon, lat = lon_lat(place, number)
            status = "P" if number % 10 == 9 else "O"
            size = ["01", "11", "12", "NN"][number % 4]
            naf = NAFS[number % 5]
            writer.writerow(
                [
                    siret(number)[:9],
                    siret(number),
                    status,
                    size,
                    CODES[place],
                    "A",
                    naf,
                    "RUE FICTIVE",
                    lon,
                    lat,
                ]
            )
    units = tmp_path / "StockUniteLegale_utf8.csv"
    with units.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                "siren",
                "etatAdministratifUniteLegale",
                "denominationUniteLegale",
                "categorieJuridiqueUniteLegale",
                "economieSocialeSolidaireUniteLegale",
            ]
        )
        for number in range(240):
            ess = number % 8 == 0
            form = "9220" if ess else "5499"
            writer.writerow(
                [siret(number)[:9], "A", f"FIRME FICTIVE {number}", form, "O" if ess else "N"]
            )
    return path


def _degrees() -> Any:
    from coodiag.coodiag_plugin.qgis_bridge.layers import transformer
    from qgis.core import QgsCoordinateReferenceSystem

    move = transformer(QgsCoordinateReferenceSystem(CRS), "EPSG:4326")

    def at(place: int, number: int) -> tuple[float, float]:
        point = move.transform(spot(place, number).asPoint())
        return point.x(), point.y()

    return at


@pytest.fixture
def establishments(communes: QgsVectorLayer, stock: Path) -> QgsVectorLayer:
    layers, _ = run(
        ReadEstablishments(),
        {"COMMUNES": communes, "STOCK": str(stock), "ESTABLISHMENTS": "memory:"},
    )
    return layers["ESTABLISHMENTS"]


def clients_of(numbers: list[int]) -> QgsVectorLayer:
    return memory_layer(
        "clients",
        {"siret": TEXT, "name": TEXT},
        "Point",
        CRS,
        [({"siret": siret(n), "name": f"Client Fictif {n}"}, spot(n % 6, n)) for n in numbers],
    )


def test_establishments_read_and_counted(communes: QgsVectorLayer, stock: Path) -> None:
    layers, log = run(
        ReadEstablishments(),
        {
            "COMMUNES": communes,
            "STOCK": str(stock),
            "NAF": "81; 43.21A",
            "ESTABLISHMENTS": "memory:",
            "PROVENANCE": "memory:",
        },
    )
    layer = layers["ESTABLISHMENTS"]
    assert layer.fields().names() == list(FIELDS) and layer.crs().authid() == CRS
    assert layer.featureCount() == 144
    shapes = {row["siret"]: shape for row, shape in records(layer)}
    for row in rows_of(layer):
        if row["statut"] == "P":
            assert shapes[row["siret"]].isEmpty() and row["nom"] == ""
        else:
            number = int(row["siret"][:9]) - 900000000
            gap = shapes[row["siret"]].distance(spot(number % 6, number))
            assert gap < 0.01 and row["nom"] == f"FIRME FICTIVE {number}"
    assert any("240 rows read, 240 in the territory" in line for line in log)
    files = {row["file"] for row in rows_of(layers["PROVENANCE"])}
    assert files == {"StockEtablissement_utf8.csv", "StockUniteLegale_utf8.csv"}


def test_establishments_ess_only(communes: QgsVectorLayer, stock: Path) -> None:
    layers, _ = run(
        ReadEstablishments(),
        {"COMMUNES": communes, "STOCK": str(stock), "ESS_ONLY": True, "ESTABLISHMENTS": "memory:"},
    )
    rows = rows_of(layers["ESTABLISHMENTS"])
    assert len(rows) == 30 and {row["ess_family"] for row in rows} == {"association"}


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "cannot be found. Check the internet connection"),
        ({"SOURCE": "sirene-api"}, "cannot be found. Check the internet connection"),
        ({"STOCK": "x.csv", "NAF": "Z9"}, "Z9"),
        ({"STOCK": "x.csv"}, "does not exist"),
    ],
)
def test_establishments_refuse_in_a_sentence(
    communes: QgsVectorLayer, parameters: dict[str, Any], sentence: str
) -> None:
    with pytest.raises((QgsProcessingException, AssertionError), match=sentence):
        run(ReadEstablishments(), {"COMMUNES": communes, "ESTABLISHMENTS": "memory:", **parameters})


def test_coverage_counts_hides_and_adds_up(communes: QgsVectorLayer) -> None:
    points = people([40, 20, 3, 2, 12, 9])
    layers, log = run(
        Coverage(),
        {"POINTS": points, "COMMUNES": communes, "TARGET": "menages", "OUTPUT": "memory:"},
    )
    rows = {row["codgeo"]: row for row in rows_of(layers["OUTPUT"])}
    assert list(rows) == CODES, "the neighbour is left out"
    assert rows["99001"]["count"] == 40 and rows["99001"]["rate"] == pytest.approx(20)
    assert rows["99002"]["count"] == 21, "one is placed by its commune code"
    assert [rows[code]["status"] for code in CODES[2:]] == ["secret", "secret", "connu", "secret"]
    assert rows["99003"]["count"] is None and rows["99003"]["index_etat"] == "secret"
    inside = [line for line in log if "counted in the communes" in line]
    assert inside and inside[0].startswith("87 points counted") and "1 outside" in inside[0]


def test_coverage_with_weights(communes: QgsVectorLayer) -> None:
    layer = penetration_layer(
        people([40, 20, 30, 25, 12, 9]), communes, "actifs", weight="weight", progress=Silent()
    ).layer
    rows = {row["codgeo"]: row for row in rows_of(layer)}
    assert rows["99001"]["count"] == 400 and rows["99002"]["count"] == 200
    assert rows["99001"]["low_etat"] == State.NOT_APPLICABLE.value
    assert rows["99001"]["index"] == pytest.approx(400 / 1360 * 6 * 100)


def test_coverage_refuses_an_unknown_field(communes: QgsVectorLayer) -> None:
    with pytest.raises(InputError, match="logements"):
        penetration_layer(people([5] * 6), communes, "logements", progress=Silent())


def test_communes_without_code_or_twice_are_refused(qgis_app: Any) -> None:
    with pytest.raises(InputError, match="codgeo"):
        commune_codes(memory_layer("x", {"code": TEXT}, "Polygon", CRS))
    twice = memory_layer("x", {"codgeo": TEXT}, rows=[({"codgeo": "99001"}, None)] * 2)
    with pytest.raises(InputError, match="99001"):
        commune_codes(twice)


def test_recruitment_types_by_distance(communes: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    layer = recruitment_layer(
        people([60, 6, 6, 2, 3, 14]), communes, sites, None, progress=Silent()
    ).layer
    rows = {row["codgeo"]: row for row in rows_of(layer)}
    assert rows["99001"]["need_source"] == "chomeurs"
    assert rows["99001"]["need_rate"] == pytest.approx(10) and rows["99001"]["minutes"] is None
    assert rows["99001"]["type"] == "touchee" or rows["99001"]["need_rate"] < 22.5
    assert rows["99004"]["type"] is None and rows["99004"]["type_etat"] == "secret"
    assert rows["99004"]["type_label"] == "Non classée (secret statistique)"
    assert rows["99006"]["type"] == "proche_non_touchee" and rows["99006"]["km"] < 15
    assert sum(row["count"] or 0 for row in rows.values()) <= 92


def test_recruitment_by_road_takes_minutes(communes: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    graph = load_graph(grid_of_roads(), CRS, "car", Silent())
    layer = recruitment_layer(
        people([60, 6, 6, 8, 9, 14]), communes, sites, graph, reference={"part_sans_voiture": Value(10.0)},
        progress=Silent(),
    ).layer  # fmt: skip
    minutes = [row["minutes"] for row in rows_of(layer)]
    assert all(value is not None for value in minutes) and minutes[5] > minutes[0]


def test_recruitment_needs_figures(communes: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    bare = memory_layer("c", {"codgeo": TEXT, "n": INTEGER}, "Polygon", CRS, _bare(communes))
    with pytest.raises(InputError, match="compute the indicators"):
        recruitment_layer(people([5] * 6), bare, sites, None, progress=Silent())


def _bare(communes: QgsVectorLayer) -> Iterator[tuple[dict[str, Any], QgsGeometry]]:
    for row, shape in records(communes):
        yield {"codgeo": row["codgeo"]}, shape


def grid_of_roads() -> QgsVectorLayer:
    """Streets every 500 m that share their crossings, at one speed."""
    xs = [X0 + 500 * step for step in range(31)]
    ys = [Y0 + 500 * step for step in range(21)]
    lines = [[(x, y) for y in ys] for x in xs] + [[(x, y) for x in xs] for y in ys]
    shapes = [QgsGeometry.fromPolylineXY([QgsPointXY(*at) for at in line]) for line in lines]
    return memory_layer("roads", {"id": TEXT}, "LineString", CRS, (({}, shape) for shape in shapes))


@pytest.mark.parametrize("mode", ["time", "distance"])
def test_prospects_are_scored_and_explained(
    communes: QgsVectorLayer, establishments: QgsVectorLayer, sites: QgsVectorLayer, mode: str
) -> None:
    mine = [n for n in range(240) if NAFS[n % 5] == "81.21Z" and n % 10 != 9][:36]
    layers, log = run(
        Prospects(),
        {
            "CLIENTS": clients_of(mine),
            "ESTABLISHMENTS": establishments,
            "SITES": sites,
            "REACH": 25 if mode == "time" else 9,
            "MODE": mode,
            "ROADS": grid_of_roads() if mode == "time" else None,
            "COMMUNES": communes,
            "PROSPECTS": "memory:",
            "ZONES": "memory:",
        },
    )
    rows = rows_of(layers["PROSPECTS"])
    assert rows and [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert {row["naf"][:2] for row in rows} == {"81"}
    assert not {row["siret"] for row in rows} & {siret(n) for n in mine}
    assert rows[0]["score"] == 100 and all(0 <= row["score"] <= 100 for row in rows)
    assert all("du site le plus proche" in row["reason"] for row in rows)
    assert {row["cost_unit"] for row in rows} == {"min" if mode == "time" else "km"}
    assert not set(layers["PROSPECTS"].fields().names()) & {"adresse", "address", "enseigne"}
    assert not any("Client Fictif" in str(row) for row in rows)
    zones = {row["codgeo"]: row for row in rows_of(layers["ZONES"])}
    assert list(zones) == CODES
    by_commune = Counter(row["codgeo"] for row in rows)
    assert {code: zone["prospects"] for code, zone in zones.items()} == {
        code: by_commune[code] for code in CODES
    }
    if mode == "distance":
        assert zones["99003"]["white"] and not zones["99001"]["white"]
    said = next(line for line in log if "already clients" in line)
    assert said.startswith("240 establishments") and f"{len(rows)} prospects" in said
    numbers = [
        int(word) for word in said.replace(":", "").replace(",", "").split() if word.isdigit()
    ]
    assert numbers[0] == sum(numbers[1:])


def test_prospects_without_communes_give_hexagons(
    establishments: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    found = prospects_layers(
        clients_of(list(range(0, 60, 5))),
        establishments,
        sites,
        reach=30,
        mode="distance",
        progress=Silent(),
    )
    zones = list(records(found.zones))
    assert sum(row["prospects"] for row, _ in zones) == found.prospects.featureCount() > 0
    for row, shape in zones:
        assert shape.area() == pytest.approx(866_025.4, rel=1e-4), row
    scores = [row["score"] for row, _ in zones]
    assert scores == sorted(scores, reverse=True) and min(scores) > 0
    assert [row["nom"] for row, _ in zones] == [f"Hexagone {n}" for n in range(1, len(zones) + 1)]
    for row, _ in records(found.prospects):
        assert row["commune"] == row["codgeo"], "without communes the register's code"
    points = [shape for _, shape in records(found.prospects)]
    for point in points:
        assert sum(shape.buffer(1e-3, 1).contains(point) for _, shape in zones) >= 1


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"MODE": "time"}, "road layer"),
        ({"MODE": "distance", "NAF": "04"}, "04"),
        ({"MODE": "distance", "WEIGHTS": "naf=x"}, "weight"),
        ({"MODE": "distance", "REACH": 0}, "reach"),
    ],
)
def test_prospects_refuse_in_a_sentence(
    establishments: QgsVectorLayer,
    sites: QgsVectorLayer,
    parameters: dict[str, Any],
    sentence: str,
) -> None:
    given = {
        "CLIENTS": clients_of([0, 5, 10]),
        "ESTABLISHMENTS": establishments,
        "SITES": sites,
        "PROSPECTS": "memory:",
        "ZONES": "memory:",
    }
    with pytest.raises((QgsProcessingException, AssertionError), match=sentence):
        run(Prospects(), {**given, **parameters})
