"""The ``importtable`` algorithm in QGIS: sinks, numbers, refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.processing_algorithms.importtable import ImportTable
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType

TABLE = (
    "Clients;;;;\n;;;;\nNom;Adresse;CP;Ville;CA\nFictif;1 rue X;1400;Bourg;1 234,5\n"
    "Inventé;2 rue X;;;\nPerdu;;;;\nfictif;1, RUE X;01400;BOURG;1234,50\n"
)


class Recorder(QgsProcessingFeedback):
    """A feedback that keeps what was said."""

    def __init__(self) -> None:
        super().__init__(False)
        self.said: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.said.append(info)


def run(
    context: QgsProcessingContext, feedback: QgsProcessingFeedback, **inputs: Any
) -> dict[str, Any]:
    algorithm = ImportTable().create()
    parameters = {
        "ROLE": "clients",
        "TABLE": "TEMPORARY_OUTPUT",
        "ISSUES": "TEMPORARY_OUTPUT",
        **inputs,
    }
    fits, reason = algorithm.checkParameterValues(parameters, context)
    assert fits, reason
    results, ok = algorithm.run(parameters, context, feedback, {}, False)
    assert ok
    return dict(results)


def layer(results: dict[str, Any], name: str, context: QgsProcessingContext) -> QgsVectorLayer:
    return QgsProcessingUtils.mapLayerFromString(results[name], context)


@pytest.fixture
def context(qgis_app: Any, qgis_processing: Any) -> QgsProcessingContext:
    return QgsProcessingContext()


def test_table_and_issues(tmp_path: Path, context: QgsProcessingContext) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    feedback = Recorder()
    results = run(context, feedback, INPUT=str(path))
    assert {name: results[name] for name in ("ROWS_IN", "ROWS_OUT", "REFUSED", "DUPLICATES")} == {
        "ROWS_IN": 4,
        "ROWS_OUT": 2,
        "REFUSED": 1,
        "DUPLICATES": 1,
    }
    table = layer(results, "TABLE", context)
    assert table.wkbType() == QgsWkbTypes.Type.NoGeometry
    names = ["row_id", "name", "address", "postcode", "city", "turnover"]
    assert table.fields().names() == names
    assert table.fields()["postcode"].type() == QMetaType.Type.QString
    assert table.fields()["turnover"].type() == QMetaType.Type.Double
    rows = [feature.attributes() for feature in table.getFeatures()]
    assert rows[0] == ["c000004", "Fictif", "1 rue X", "01400", "Bourg", 1234.5]
    assert table.getFeature(next(table.getFeatures()).id()).fields().count() == 6
    assert [str(value) for value in rows[1][3:]] == ["NULL"] * 3
    issues = layer(results, "ISSUES", context)
    assert issues.fields().names() == ["line", "column", "value", "problem", "action"]
    found = [feature.attributes() for feature in issues.getFeatures()]
    assert [row[0] for row in found] == [4, 6, 7]
    assert found[0][1:] == ["CP", "1400", "Code postal sans son zéro de tête", "Zéro rétabli"]
    assert feedback.said == ["clients.csv: 4 rows read, 2 kept, 1 refused, 1 duplicates left out."]


def test_mapping_and_no_issues_sink(tmp_path: Path, context: QgsProcessingContext) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Qui;Où\nFictif;Rennes\n", encoding="utf-8")
    results = run(
        context, Recorder(), INPUT=str(path), MAPPING='{"name": "Qui", "city": "Où"}', ISSUES=None
    )
    assert "ISSUES" not in results
    assert layer(results, "TABLE", context).fields().names() == ["row_id", "name", "city"]


@pytest.mark.parametrize(
    ("text", "inputs", "words"),
    [
        ("", {}, "is empty"),
        ("Nom;Téléphone\nFictif;06\n", {}, "Columns seen: Nom, Téléphone"),
        ("Nom;Ville\nFictif;Rennes\n", {"MAPPING": "{"}, "not valid JSON"),
        ("Nom;Ville\nFictif;Rennes\n", {"SHEET": "Feuil1"}, "has no sheet"),
    ],
)
def test_bad_input_gives_one_sentence(
    tmp_path: Path, context: QgsProcessingContext, text: str, inputs: dict[str, str], words: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QgsProcessingException, match=words):
        run(context, Recorder(), INPUT=str(path), **inputs)


def test_cancel_gives_nothing(tmp_path: Path, context: QgsProcessingContext) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Nom;Ville\nFictif;Rennes\n", encoding="utf-8")
    feedback = Recorder()
    feedback.cancel()
    assert run(context, feedback, INPUT=str(path)) == {}
