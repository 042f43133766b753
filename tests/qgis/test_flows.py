"""Flows through Processing: invented tables and people on a row of communes."""

from __future__ import annotations

from typing import Any

import processing
import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.qgis_bridge.flow_layers import _LABELS
from coodiag.coodiag_plugin.qgis_bridge.flows import _WORDS, site_flows, work_flows
from coodiag.coodiag_plugin.qgis_bridge.layers import INTEGER, REAL, TEXT, memory_layer, records
from qgis.core import (
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsRectangle,
    QgsVectorLayer,
)

CRS = "EPSG:2154"
X, Y, SIDE = 350_000.0, 6_790_000.0, 4000.0
ZONE = ["35991", "35992", "35993"]
BESIDE = "35999"


class Heard(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    warn = say

    def part(self, start: float, end: float) -> Heard:
        return self


@pytest.fixture
def communes(qgis_app: Any) -> QgsVectorLayer:
    rows = []
    for place, code in enumerate([*ZONE, BESIDE]):
        box = QgsRectangle(X + SIDE * place, Y, X + SIDE * (place + 1), Y + SIDE)
        role = "voisin" if code == BESIDE else "territoire"
        row = {"codgeo": code, "nom": f"Fictive-{place + 1}", "role": role}
        rows.append((row, QgsGeometry.fromRect(box)))
    columns = {"codgeo": TEXT, "nom": TEXT, "role": TEXT}
    return memory_layer("communes", columns, "Polygon", CRS, rows)


TABLE = [
    ("35991", "35991", 100.0),
    ("35991", "35992", 60.5),
    ("35992", "35991", 20.25),
    ("35992", "35992", 70.0),
    ("35993", "35991", 30.0),
    ("35993", "35999", 40.0),
    ("35999", "35991", 25.0),
    ("35999", "35992", 10.0),
    ("35991", "99999", 8.0),
    ("35991", "BE219", 7.0),
    ("35999", "35999", 500.0),
    ("22278", "22278", 900.0),
]


def long_table(rows: list[tuple[str, str, float]], turned: bool = False) -> QgsVectorLayer:
    columns = {"CODGEO": TEXT, "LIBGEO": TEXT, "DCLT": TEXT, "NBFLUX_C20_ACTOCC15P": REAL}
    if turned:
        columns = dict(reversed(columns.items()))
    return memory_layer(
        "mobilites",
        columns,
        rows=(
            ({"CODGEO": a, "DCLT": b, "NBFLUX_C20_ACTOCC15P": n, "LIBGEO": "x"}, None)
            for a, b, n in rows
        ),
    )


def figures(layer: QgsVectorLayer) -> dict[str, Any]:
    return {row["id"]: row["value"] for row, _ in records(layer)}


@pytest.mark.parametrize("turned", [False, True])
def test_the_mobility_file_of_insee(provider: Any, communes: QgsVectorLayer, turned: bool) -> None:
    found = processing.run(
        "coodiag:flows",
        {
            "FLOWS": long_table(TABLE, turned),
            "COMMUNES": communes,
            "LINES": "memory:",
            "PLACES": "memory:",
            "FIGURES": "memory:",
        },
    )
    told = figures(found["FIGURES"])
    assert told["stable"] == pytest.approx(280.75)
    assert told["residents"] == pytest.approx(335.75) and told["leaving"] == pytest.approx(55)
    assert told["jobs"] == pytest.approx(315.75) and told["coming"] == pytest.approx(35)
    assert told["staying"] == pytest.approx(170)
    assert told["stable_share"] == pytest.approx(100 * 280.75 / 335.75, abs=1e-3)
    assert told["concentration"] == pytest.approx(100 * 315.75 / 335.75, abs=1e-3)
    lines = {(row["origin"], row["destination"]): (row, g) for row, g in records(found["LINES"])}
    assert len(lines) == 9  # the two countries are one « abroad »; far away is left out
    there, shape = lines["35991", "35992"]
    assert there["count"] == 61 and there["back"] == 20 and there["net"] == 40
    assert there["kind"] == "interne" and there["origin_name"] == "Fictive-1"
    assert len(shape.asPolyline()) > 2, "two opposite flows are bent apart"
    back = lines["35992", "35991"][1]
    assert shape.intersection(back).length() == 0
    assert len(lines["35993", "35991"][1].asPolyline()) == 2
    abroad, nowhere = lines["35991", "99999"]
    assert abroad["count"] == 15 and abroad["destination_name"] == "Étranger"
    assert nowhere.isNull() and lines["35991", "35991"][1].isNull()
    assert lines["35991", "35991"][0]["kind"] == "sur place"
    assert lines["35993", "35999"][0]["kind"] == "sortant"
    assert lines["35999", "35991"][0]["kind"] == "entrant"
    assert abroad["share_origin"] == pytest.approx(100 * 15 / 175.5, abs=0.01)
    places = {row["code"]: row for row, _ in records(found["PLACES"])}
    assert set(places) == set(ZONE)
    assert places["35992"]["concentration"] == pytest.approx(100 * 140.5 / 90.25, abs=0.01)
    assert found["LINES"].crs().authid() == CRS


def test_every_figure_has_words_for_the_log(
    communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    heard = Heard()
    given = people({(0, "Atelier"): 20, (1, "Dépôt"): 30})
    site_flows(given, communes, sites=sites, site_field="site", progress=heard)
    assert "People whose site is known: 50." in heard.said
    assert "People of the site Atelier: 20." in heard.said
    assert "Share of the site Dépôt: 60 %." in heard.said
    assert set(_WORDS) < set(_LABELS)


def test_rounding_is_said_and_so_are_the_columns(communes: QgsVectorLayer) -> None:
    heard = Heard()
    work_flows(long_table(TABLE), communes, progress=heard)
    text = " ".join(heard.said)
    assert "rounded to the unit" in text and "under 200" in text
    assert "12 rows" in text
    assert "Live and work in the zone: " in text and "Jobs for 100 employed people" in text
    for words, *_ in _WORDS.values():
        assert words not in text, "the log speaks the language of QGIS"


def test_a_wide_table_either_way(communes: QgsVectorLayer) -> None:
    def wide(key: str) -> QgsVectorLayer:
        columns = {key: TEXT, **{f"X{code}": REAL for code in ZONE}}
        rows = [
            (
                {
                    key: code,
                    **{f"X{other}": 10.0 * place + rank for rank, other in enumerate(ZONE)},
                },
                None,
            )
            for place, code in enumerate(ZONE, 1)
        ]
        return memory_layer("large", columns, rows=rows)

    rows = work_flows(wide("CODGEO"), communes, progress=Silent()).flows
    columns = work_flows(wide("DCLT"), communes, progress=Silent()).flows
    assert rows["35992", "35993"] == 22 and columns["35993", "35992"] == 22


def test_one_row_per_person_and_codes_read_as_numbers(communes: QgsVectorLayer) -> None:
    people = memory_layer(
        "salaries",
        {"com_domicile": INTEGER, "com_travail": INTEGER},
        rows=[({"com_domicile": 35991, "com_travail": 35992}, None)] * 7,
    )
    assert work_flows(people, communes, progress=Silent()).flows == {("35991", "35992"): 7.0}


def test_points_tell_origins_and_names_destinations(communes: QgsVectorLayer) -> None:
    rows = [
        ({"Commune": "Fictive-1", "Nb": 50.5}, spot(2)),
        ({"Commune": "Fictive-1", "Nb": 12.0}, spot(3)),
    ]
    table = memory_layer("points", {"Commune": TEXT, "Nb": REAL}, "Point", CRS, rows)
    found = work_flows(table, communes, columns=("", "Commune", ""), progress=Silent())
    assert found.flows == {("35993", "35991"): 50.5, ("35999", "35991"): 12.0}


def test_merged_communes_are_summed(communes: QgsVectorLayer, tmp_path: Any) -> None:
    (tmp_path / "mvtcommune_2024.csv").write_text(
        "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP\n"
        "32,2019-01-01,COM,35891,0,VIEILLE,Vieille,Vieille,COM,35991,0,FICTIVE,Fictive,Fictive-1\n"
        "32,2019-01-01,COM,35991,0,FICTIVE,Fictive,Fictive-1,COM,35991,0,FICTIVE,Fictive,Fictive-1\n",
        encoding="utf-8",
    )
    table = long_table(
        [("35891", "35992", 10.0), ("35991", "35992", 20.0), ("35992", "35891", 6.0)]
    )
    found = work_flows(table, communes, data_folder=tmp_path, progress=Silent())
    assert found.flows == {("35991", "35992"): 30.0, ("35992", "35991"): 6.0}


def spot(place: int, number: int = 0) -> QgsGeometry:
    return QgsGeometry.fromPointXY(
        QgsPointXY(X + SIDE * place + 500 + 37 * number % 3000, Y + 700 + 53 * number % 2000)
    )


def people(counts: dict[tuple[int, str], int]) -> QgsVectorLayer:
    rows = [
        ({"nom": "Personne Fictive", "site": site}, spot(place, number))
        for (place, site), count in counts.items()
        for number in range(count)
    ]
    return memory_layer("beneficiaires", {"nom": TEXT, "site": TEXT}, "Point", CRS, rows)


@pytest.fixture
def sites(qgis_app: Any) -> QgsVectorLayer:
    rows = [({"nom": "Atelier"}, spot(0, 3)), ({"nom": "Dépôt"}, spot(2, 9))]
    return memory_layer("sites", {"nom": TEXT}, "Point", CRS, rows)


def test_small_flows_to_sites_are_nowhere(
    provider: Any, communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    given = people(
        {(0, "Atelier"): 20, (0, "Dépôt"): 3, (1, "atelier"): 12, (1, "DEPOT"): 9, (3, "Dépôt"): 30}
    )
    found = processing.run(
        "coodiag:flows",
        {
            "POINTS": given,
            "COMMUNES": communes,
            "SITES": sites,
            "SITE_FIELD": "site",
            "LINES": "memory:",
            "FIGURES": "memory:",
            "PLACES": "memory:",
        },
    )
    rows = {(row["origin"], row["destination"]): (row, g) for row, g in records(found["LINES"])}
    assert set(rows) == {("35999", "Dépôt")}, "3 would follow from 23, 21, 32 and what is shown"
    row, shape = rows["35999", "Dépôt"]
    assert row["count"] == 30 and row["kind"] == "entrant"
    assert shape.asPolyline()[-1] == spot(2, 9).asPoint()
    told = figures(found["FIGURES"])
    assert told["people"] == 74 and told["site:Atelier"] == 32
    names = {field.name() for layer in found.values() for field in layer.fields()}
    assert "nom" not in names


def test_one_site_needs_no_field(communes: QgsVectorLayer, sites: QgsVectorLayer) -> None:
    one = memory_layer("site", {"nom": TEXT}, "Point", CRS, [({"nom": "Atelier"}, spot(0))])
    given = people({(0, "x"): 8, (1, "x"): 9})
    found = site_flows(given, communes, sites=one, progress=Silent())
    assert found.flows == {("35991", "Atelier"): 8.0, ("35992", "Atelier"): 9.0}
    with pytest.raises(InputError, match="SITE_FIELD"):
        site_flows(given, communes, sites=sites, progress=Silent())


def test_people_without_a_point_are_placed_by_their_code_or_told(
    communes: QgsVectorLayer, sites: QgsVectorLayer
) -> None:
    rows: list[tuple[dict[str, Any], QgsGeometry | None]] = [
        ({"site": "Atelier", "geo_citycode": "35992"}, None)
    ] * 6
    rows += [({"site": "Atelier", "geo_citycode": None}, None)] * 5
    rows += [({"site": "Inconnu", "geo_citycode": "35992"}, None)]
    layer = memory_layer("gens", {"site": TEXT, "geo_citycode": TEXT}, "Point", CRS, rows)
    found = site_flows(layer, communes, sites=sites, site_field="site", progress=Silent())
    assert found.flows == {("35992", "Atelier"): 6.0, ("hors", "Atelier"): 5.0}
    names = {row["origin_name"] for row, _ in records(found.lines)}
    assert "Hors des communes de la couche" in names


@pytest.mark.parametrize(
    "table, words",
    [
        ({"a": TEXT, "b": REAL}, "ORIGIN, DESTINATION"),
        ({"CODGEO": TEXT, "DCLT": TEXT}, "none that can be read|ORIGIN, DESTINATION"),
    ],
)
def test_an_unreadable_table_is_refused(
    communes: QgsVectorLayer, table: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        work_flows(memory_layer("t", table), communes, progress=Silent())


def test_a_table_of_elsewhere_is_refused(communes: QgsVectorLayer) -> None:
    with pytest.raises(InputError, match="No flow of the table"):
        work_flows(long_table([("22278", "22001", 5.0)]), communes, progress=Silent())


def test_points_or_a_table(provider: Any, communes: QgsVectorLayer) -> None:
    with pytest.raises(QgsProcessingException, match="one of them"):
        processing.run("coodiag:flows", {"COMMUNES": communes, "LINES": "memory:"})
