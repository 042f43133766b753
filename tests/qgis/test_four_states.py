"""Absent, secret, not applicable and failed stay four things from the service's cell to the page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.analysis import design as d
from coodiag.coodiag_plugin.analysis.indicators import IndicatorResult, compute
from coodiag.coodiag_plugin.core.catalogue import indicators
from coodiag.coodiag_plugin.core.figures import figure_of
from coodiag.coodiag_plugin.core.journal import Journal
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, SECRET, State, Value
from coodiag.coodiag_plugin.core.variables import Variable
from coodiag.coodiag_plugin.edition.build import build_context
from coodiag.coodiag_plugin.edition.materials import CommuneData
from coodiag.coodiag_plugin.edition.workbook import theme_sheets
from coodiag.coodiag_plugin.qgis_bridge import styling
from coodiag.coodiag_plugin.qgis_bridge.indicators import join_figures
from coodiag.coodiag_plugin.qgis_bridge.layers import TEXT, memory_layer, write_geopackage
from coodiag.coodiag_plugin.qgis_bridge.pipeline.telling import tell_indicators
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsRectangle,
    QgsVectorLayer,
)

NAME = "taux_chomage"
#: What a table holds for each invented commune: unemployed and active.
CELLS = {
    "99001": (Value(10.0), Value(100.0)),
    "99002": (SECRET, Value(80.0)),
    "99003": (ABSENT, Value(70.0)),
    "99004": (Value(0.0), Value(0.0)),
    "99005": (FAILED, Value(60.0)),
    "99006": (Value(9.0), Value(60.0)),
    "99007": (Value(2.0), Value(90.0)),
}
STATES = {
    "99001": State.KNOWN,
    "99002": State.SECRET,
    "99003": State.ABSENT,
    "99004": State.NOT_APPLICABLE,
    "99005": State.FAILED,
    "99006": State.KNOWN,
    "99007": State.KNOWN,
}
NAMES = {code: f"Fictive-{code[-1]}" for code in CELLS}
SOURCE = Provenance("rp_base_cc", "Recensement (fictif)", "Insee", "2021")
REASON = "Insee, API Melodi : délai dépassé."


def variable(name: str, column: int) -> Variable:
    return Variable(name, 2021, {code: row[column] for code, row in CELLS.items()}, SOURCE)


@pytest.fixture
def result() -> IndicatorResult:
    variables = {"P_CHOM1564": variable("P_CHOM1564", 0), "P_ACT1564": variable("P_ACT1564", 1)}
    return compute(variables, {"TERRITOIRE": tuple(CELLS)}, CELLS, [NAME])


@pytest.fixture
def layer(qgis_app: Any, result: IndicatorResult, tmp_path: Path) -> QgsVectorLayer:
    """The communes as the GeoPackage gives them back."""
    rows = [
        (
            {"codgeo": code, "nom": NAMES[code]},
            QgsGeometry.fromRect(
                QgsRectangle(4e5 + n * 1e3, 67e5, 4e5 + (n + 1) * 1e3, 67e5 + 1e3)
            ),
        )
        for n, code in enumerate(CELLS)
    ]
    plain = memory_layer(
        "communes", {"codgeo": TEXT, "nom": TEXT}, "MultiPolygon", "EPSG:2154", rows
    )
    path = tmp_path / "d.gpkg"
    write_geopackage(path, [join_figures(plain, result, [NAME])])
    return QgsVectorLayer(f"{path}|layername=communes", "communes", "ogr")


def test_the_table_of_figures_and_the_geopackage(
    result: IndicatorResult, layer: QgsVectorLayer, tmp_path: Path
) -> None:
    assert {code: result.figures.get(code, NAME).state for code in CELLS} == STATES
    with closing(sqlite3.connect(tmp_path / "d.gpkg")) as database:
        stored = dict(database.execute(f"SELECT codgeo, {NAME}_etat FROM communes").fetchall())
        numbers = dict(database.execute(f"SELECT codgeo, {NAME} FROM communes").fetchall())
    assert stored == {code: state.value for code, state in STATES.items()}
    assert {code for code, number in numbers.items() if number is not None} == {
        code for code, state in STATES.items() if state is State.KNOWN
    }
    for item in layer.getFeatures():
        row = dict(zip(layer.fields().names(), item.attributes()))
        assert figure_of(row, NAME).state is STATES[row["codgeo"]]


def test_the_boxes_of_the_legend_and_of_the_map(layer: QgsVectorLayer) -> None:
    values = {
        item["codgeo"]: figure_of(dict(zip(layer.fields().names(), item.attributes())), NAME)
        for item in layer.getFeatures()
    }
    design = d.design_choropleth(d.subject(indicators()[NAME]), values)
    boxes = {box.label: box for box in design.boxes}
    assert list(boxes) == [
        "Secret statistique",
        "Donnée non disponible",
        "Donnée non reçue (échec)",
        "Sans objet",
    ]
    looks = {(box.colour, box.outline, box.hatch, box.angle) for box in design.boxes}
    assert len(looks) == 4
    styling.apply(layer, design)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for item in layer.getFeatures():
        context.setFeature(item)
        held = [
            rule.label()
            for rule in layer.renderer().rootRule().children()
            if QgsExpression(rule.filterExpression()).evaluate(context)
        ]
        assert len(held) == 1
        box = boxes.get(held[0])
        state = STATES[item["codgeo"]]
        assert (box.states if box else (State.KNOWN.value,)) == (state.value,)


def data(result: IndicatorResult, names: dict[str, str]) -> CommuneData:
    own = ("TERRITOIRE", "TERRITOIRE", "Territoire fictif")
    without = {*result.missing, *result.failed}
    return CommuneData(
        names,
        result.figures,
        result.references,
        (own,),
        dict.fromkeys(names, (own,)),
        {name: year for name, year in result.years.items() if name not in without},
        failed=result.failed,
    )


def test_the_page_of_a_commune_and_the_workbook(result: IndicatorResult) -> None:
    context = build_context(
        load_profile("coodiag"), "Territoire fictif", {}, {}, data(result, NAMES), samples.edition()
    )
    signs = {"99002": "s", "99003": "…", "99004": "///", "99005": "…", "99001": "10,0\u00a0%"}
    for page in context.communes:
        (row,) = [row for row in page.table.rows if row.label.startswith("Taux de chômage")]
        if page.codgeo in signs:
            assert row.cells[0] == signs[page.codgeo]
    (sheet,) = theme_sheets(data(result, NAMES))
    assert {line.labels[1]: line.values[0].state for line in sheet.lines[:-1]} == STATES


def test_the_journal_counts_each_reason_apart(result: IndicatorResult) -> None:
    journal = Journal()
    tell_indicators(journal, result, [NAME], CELLS)
    (sentence,) = journal.sections[0][1]
    plain = sentence.replace("\u00a0", " ")
    for words in ("secret : 1 commune", "absent : 1 commune", "sans objet : 1 commune"):
        assert words in plain
    assert "échec : 1 commune" in plain


# --- a service that gave nothing -------------------------------------------------------------


def test_what_could_not_be_fetched_is_failed_everywhere_and_never_absent() -> None:
    variables = {"P_ACT1564": variable("P_ACT1564", 1)}
    units = {"TERRITOIRE": tuple(CELLS), "FRANCE": ()}
    found = compute(
        variables, units, CELLS, [NAME, "population"], {"P_CHOM1564": REASON, "P_ACT1564": "autre"}
    )
    assert {found.figures.get(code, NAME).state for code in CELLS} == {State.FAILED}
    assert {found.references.get(unit, NAME).state for unit in units} == {State.FAILED}
    assert found.failed[NAME] in (REASON, "autre") and found.missing == ["population"]
    assert {found.figures.get(code, "population").state for code in CELLS} == {State.ABSENT}
    whole = {**variables, "P_CHOM1564": variable("P_CHOM1564", 0)}
    other = compute(whole, units, CELLS, [NAME], {"P_CHOM1564": REASON})
    assert other.failed == {} and other.figures.get("99001", NAME).known, (
        "another file serves what the service did not give"
    )


def test_a_table_of_failures_alone_has_failed() -> None:
    cells = [FAILED, ABSENT, FAILED, ABSENT, ABSENT, FAILED]
    codes = [f"9900{n}" for n in range(6)]
    variables = {
        name: Variable(name, 2021, dict(zip(codes, cells)), SOURCE)
        for name in ("P_CHOM1564", "P_ACT1564")
    }
    found = compute(variables, {}, codes, [NAME])
    assert found.missing == [] and "Le service" in found.failed[NAME]


def test_a_failure_is_printed_with_its_reason() -> None:
    found = compute({}, {"TERRITOIRE": tuple(CELLS)}, CELLS, [NAME], {"P_CHOM1564": REASON})
    context = build_context(
        load_profile("coodiag"), "Territoire fictif", {}, {}, data(found, NAMES), samples.edition()
    )
    assert [(item.title, item.reason) for item in context.failures] == [
        (indicators()[NAME].label, REASON)
    ]
    (row,) = [row for row in context.key_table.rows if row.label.startswith("Taux de chômage")]
    assert set(row.cells) == {"…"} and row.label == indicators()[NAME].label
    (line,) = [row for row in context.communes[0].table.rows if row.label == "Taux de chômage"]
    assert set(line.cells) == {"…"}
    assert all(not page.chart for page in context.communes), "no bar without a length"
    assert any("non reçu" in text for text in context.intro)
    journal = Journal()
    tell_indicators(journal, found, [NAME], CELLS)
    assert journal.sections[0][1] == [f"{indicators()[NAME].label} : échec. {REASON}"]
