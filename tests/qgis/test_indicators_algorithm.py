"""The ``indicators`` algorithm in QGIS: polygons, references, provenance, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.values import SECRET, Value
from coodiag.coodiag_plugin.qgis_bridge.indicators import join_figures
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer
from coodiag.processing_algorithms.indicators import ComputeIndicators
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QMetaType

#: Codes beyond the last commune of the Mayenne: an invented département is its own whole list.
CODES = ("53991", "53992", "53993", "53994")
BASE = "CODGEO;P21_POP;P15_POP;SUPERF;NBMENFISC21;MED21;P21_CHOM1564;P21_ACT1564;ETBE22;ETTOT22\n"
ROWS = {
    "53991": "1000;950;10;400;21000;50;500;2;20",
    "53992": "500;510;5;200;s;30;200;1;10",
    "53993": "250;250;5;100;19000;10;100;1;2",
    "53994": "100;100;5;40;18000;5;50;0;4",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Official files of four invented communes: contours, EPCI, comparateur, incomes by EPCI."""
    path = tmp_path / "officiel"
    path.mkdir()
    features = [
        {
            "type": "Feature",
            "properties": {"INSEE_COM": code, "NOM": f"Fictive {rank}"},
            "geometry": json.loads(square(rank).asJson()),
        }
        for rank, code in enumerate(CODES)
    ]
    write(
        path / "communes.geojson", json.dumps({"type": "FeatureCollection", "features": features})
    )
    lines = [f"{c};Fictive {n};{epci(c)};CC fictive;53;52" for n, c in enumerate(CODES)]
    write(path / "epci_2024.csv", "CODGEO;LIBGEO;EPCI;LIBEPCI;DEP;REG\n" + "\n".join(lines))
    write(path / "base.csv", BASE + "\n".join(f"{c};{r}" for c, r in ROWS.items()))
    write(
        path / "revenus.csv", "CODGEO;NBMENFISC21;MED21\n200000008;640;20500\n200000016;100;19000\n"
    )
    return path


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def epci(code: str) -> str:
    return "200000016" if code == "53993" else "200000008"


def square(rank: int) -> QgsGeometry:
    west = -0.7 + rank * 0.05
    return QgsGeometry.fromWkt(
        f"POLYGON(({west} 48,{west + 0.05} 48,{west + 0.05} 48.05,{west} 48.05,{west} 48))"
    )


def communes(codes: tuple[str, ...] = CODES, crs: str = "EPSG:4326") -> QgsVectorLayer:
    """The layer that a user has: single polygons in WGS 84, the last commune a neighbour."""
    rows = [
        (
            {"codgeo": c, "nom": f"Fictive {n}", "role": "voisin" if n == 3 else "territoire"},
            square(n),
        )
        for n, c in enumerate(codes)
    ]
    layer = memory_layer(
        "communes", dict.fromkeys(("codgeo", "nom", "role"), TEXT), "Polygon", "EPSG:4326", rows
    )
    if crs != "EPSG:4326":
        layer.setCrs(QgsCoordinateReferenceSystem(crs))
    return layer


@pytest.fixture
def context(qgis_app: Any, qgis_processing: Any) -> QgsProcessingContext:
    return QgsProcessingContext()


def run(context: QgsProcessingContext, **inputs: Any) -> dict[str, Any]:
    algorithm = ComputeIndicators().create()
    sinks = dict.fromkeys(("INDICATORS", "REFERENCES", "PROVENANCE"), "TEMPORARY_OUTPUT")
    parameters = {**sinks, **inputs}
    fits, reason = algorithm.checkParameterValues(parameters, context)
    assert fits, reason
    results, ok = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
    assert ok
    return dict(results)


def rows_of(
    results: dict[str, Any], name: str, context: QgsProcessingContext
) -> list[dict[str, Any]]:
    layer = QgsProcessingUtils.mapLayerFromString(results[name], context)
    return [item.attributeMap() for item in layer.getFeatures()]


def test_polygons_with_figures_and_states(context: QgsProcessingContext, folder: Path) -> None:
    results = run(context, COMMUNES=communes(), DATA_FOLDER=str(folder))
    layer = QgsProcessingUtils.mapLayerFromString(results["INDICATORS"], context)
    assert layer.crs().authid() == "EPSG:2154"
    assert layer.wkbType() == QgsWkbTypes.Type.MultiPolygon
    names = layer.fields().names()
    ids = load_profile("coodiag").indicator_ids()
    assert names == ["codgeo", "nom", "role", *(f for i in ids for f in (i, f"{i}_etat"))]
    found = {row["codgeo"]: row for row in rows_of(results, "INDICATORS", context)}
    assert list(found) == list(CODES)
    assert found["53991"]["taux_chomage"] == 10.0
    assert found["53991"]["taux_chomage_etat"] == "connu"
    assert found["53992"]["niveau_vie_median_etat"] == "secret"
    assert (
        found["53992"]["niveau_vie_median"] in (None, "") or not found["53992"]["niveau_vie_median"]
    )
    assert found["53993"]["part_industrie_etat"] == "secret"
    assert found["53991"]["part_sans_voiture_etat"] == "absent"
    assert found["53994"]["role"] == "voisin"
    shape = next(layer.getFeatures()).geometry()
    assert 10e6 < shape.area() < 30e6  # square metres, not degrees


def test_the_other_fields_of_the_layer_are_kept(
    context: QgsProcessingContext, folder: Path
) -> None:
    """Those of the communes, with their types; figures of an earlier run are replaced."""
    layer = communes()
    added = [
        QgsField("epci", QMetaType.Type.QString),
        QgsField("fondation", QMetaType.Type.QDate),
        QgsField("taux_chomage", QMetaType.Type.QString),
    ]
    layer.dataProvider().addAttributes(added)
    layer.updateFields()
    day = QDate(1790, 3, 4)
    values = dict(zip(range(layer.fields().count() - 3, layer.fields().count()), ("E", day, "?")))
    layer.dataProvider().changeAttributeValues({item.id(): values for item in layer.getFeatures()})
    results = run(context, COMMUNES=layer, DATA_FOLDER=str(folder))
    made = QgsProcessingUtils.mapLayerFromString(results["INDICATORS"], context)
    names = made.fields().names()
    assert names[:3] == ["codgeo", "nom", "role"] and {"epci", "fondation"} < set(names)
    assert len(names) == len(set(names))
    assert made.fields().field("fondation").type() == QMetaType.Type.QDate
    for row in rows_of(results, "INDICATORS", context):
        assert (row["epci"], row["fondation"]) == ("E", day)
    assert rows_of(results, "INDICATORS", context)[0]["taux_chomage"] == 10.0


def test_references_leave_the_neighbours_out(context: QgsProcessingContext, folder: Path) -> None:
    results = run(context, COMMUNES=communes(), DATA_FOLDER=str(folder))
    rows = {row["unit"]: row for row in rows_of(results, "REFERENCES", context)}
    assert next(iter(rows)) == "TERRITOIRE"
    assert {"EPCI:200000008", "DEP:53", "REG:52", "FRANCE"} < set(rows)
    assert rows["TERRITOIRE"]["name"] == "Fictive 0, Fictive 1 et Fictive 2"
    assert rows["TERRITOIRE"]["taux_chomage"] == 100 * 90 / 800
    assert rows["DEP:53"]["taux_chomage"] == 100 * 95 / 850
    assert rows["EPCI:200000008"]["niveau_vie_median"] == 20500
    assert rows["TERRITOIRE"]["niveau_vie_median_etat"] == "absent"
    assert rows["REG:52"]["taux_chomage_etat"] == "absent"
    assert rows["FRANCE"]["population_etat"] == "absent"


def test_a_territory_that_is_an_epci_has_its_name_and_its_median(
    context: QgsProcessingContext, folder: Path
) -> None:
    layer = communes(("53993",))
    results = run(context, COMMUNES=layer, DATA_FOLDER=str(folder), SOURCE="folder")
    first = rows_of(results, "REFERENCES", context)[0]
    assert (first["name"], first["niveau_vie_median"]) == ("CC fictive", 19000)


def test_provenance_names_the_files(context: QgsProcessingContext, folder: Path) -> None:
    results = run(context, COMMUNES=communes(), DATA_FOLDER=str(folder))
    rows = rows_of(results, "PROVENANCE", context)
    assert {row["file"] for row in rows} == {"base.csv", "revenus.csv"}
    base = next(row for row in rows if row["file"] == "base.csv")
    assert base["vintage"] == "RP 2021, Flores 2022, Filosofi 2021"
    assert len(base["sha256"]) == 64


def test_references_and_provenance_may_be_skipped(
    context: QgsProcessingContext, folder: Path
) -> None:
    results = run(
        context, COMMUNES=communes(), DATA_FOLDER=str(folder), REFERENCES=None, PROVENANCE=None
    )
    assert set(results) == {"INDICATORS"}


def test_a_profile_file_chooses_the_indicators(
    context: QgsProcessingContext, folder: Path, tmp_path: Path
) -> None:
    page = {"id": "p", "title": "P", "map": "circles", "layer": "communes", "indicator": "chomeurs"}
    chapter = {"id": "c", "title": "C", "theme": "emploi", "pages": [page]}
    path = tmp_path / "profil.json"
    write(path, json.dumps({"id": "x", "title": "X", "chapters": [chapter]}))
    results = run(context, COMMUNES=communes(), DATA_FOLDER=str(folder), PROFILE=str(path))
    layer = QgsProcessingUtils.mapLayerFromString(results["INDICATORS"], context)
    assert layer.fields().names() == ["codgeo", "nom", "role", "chomeurs", "chomeurs_etat"]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"SOURCE": "folder", "DATA_FOLDER": None}, "DATA_FOLDER"),
        ({"DATA_FOLDER": "/nowhere/at/all"}, "/nowhere/at/all"),
        ({"PROFILE": "inconnu"}, "inconnu"),
    ],
)
def test_bad_parameters_are_refused_in_a_sentence(
    context: QgsProcessingContext, folder: Path, inputs: dict[str, Any], said: str
) -> None:
    algorithm = ComputeIndicators().create()
    parameters = {
        "COMMUNES": communes(),
        "DATA_FOLDER": str(folder),
        "INDICATORS": "TEMPORARY_OUTPUT",
        **inputs,
    }
    fits, reason = algorithm.checkParameterValues(parameters, context)
    assert not fits and said in reason


def test_a_layer_without_codes_is_refused(context: QgsProcessingContext, folder: Path) -> None:
    layer = memory_layer("x", {"code": TEXT}, "Polygon", "EPSG:2154")
    algorithm = ComputeIndicators().create()
    parameters = {"COMMUNES": layer, "DATA_FOLDER": str(folder), "INDICATORS": "TEMPORARY_OUTPUT"}
    fits, reason = algorithm.checkParameterValues(parameters, context)
    assert not fits and "codgeo" in reason


@pytest.mark.parametrize(
    ("layer_of", "said"),
    [
        (lambda: communes(("53991", "99999")), "99999"),
        (lambda: communes(crs=""), "coordinate reference system"),
    ],
)
def test_what_the_run_finds_wrong_is_said(
    context: QgsProcessingContext, folder: Path, layer_of: Any, said: str
) -> None:
    with pytest.raises(QgsProcessingException, match=said):
        run(context, COMMUNES=layer_of(), DATA_FOLDER=str(folder))


def test_join_keeps_the_fields_of_the_layer(qgis_app: Any) -> None:
    result = IndicatorResult()
    result.figures.put("53991", "population", Value(12.0))
    result.figures.put("53992", "population", SECRET)
    layer = join_figures(communes(CODES[:3]), result, ["population"])
    rows = [dict(zip(layer.fields().names(), item.attributes())) for item in layer.getFeatures()]
    assert [row["population_etat"] for row in rows] == ["connu", "secret", "absent"]
    assert rows[0]["population"] == 12.0
    assert rows[0]["nom"] == "Fictive 0" and layer.crs().authid() == "EPSG:4326"
