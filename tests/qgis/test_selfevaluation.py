"""``coodiag:answersheet`` and ``coodiag:selfevaluation`` as a user runs them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.demo import cap as demo
from coodiag.coodiag_plugin.demo.writing import csv_bytes
from coodiag.coodiag_plugin.qgis_bridge.layers import records
from coodiag.tests.qgis.conftest import Heard
from coodiag.tests.qgis.dossier_bytes import pdf_text
from qgis.core import QgsProcessingException, QgsProcessingProvider

ROWS = ("structure", "répondant", "date", "code", "note", "priorité")


def run(name: str, heard: Heard | None = None, **parameters: Any) -> dict[str, Any]:
    import processing

    outputs = {} if name == "answersheet" else {"TABLE": "memory:", "PLAN": "memory:", "ISSUES": "memory:", "DATE": "2026-03-31"}  # fmt: skip
    return processing.run(f"coodiag:{name}", {**outputs, **parameters}, feedback=heard or Heard())


def rows(layer: Any) -> list[dict[str, Any]]:
    return [row for row, _ in records(layer)]


def table(path: Path, *answers: tuple[object, ...]) -> str:
    path.write_bytes(csv_bytes(ROWS, answers))
    return str(path)


def test_demonstration(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    now, before = demo.write(tmp_path, 2026)
    done = run("selfevaluation", ANSWERS=str(now), PREVIOUS=str(before), OUTPUT_FOLDER=str(tmp_path / "out"))  # fmt: skip
    assert (done["RESPONDENTS"], done["STRUCTURES"], done["ISSUE_COUNT"]) == (6, 1, 0)
    for name, start in (("RADAR", b"<?xml"), ("PAGES", b"%PDF"), ("WORKBOOK", b"PK")):
        assert Path(done[name]).read_bytes().startswith(start)
    scores = rows(done["TABLE"])
    levels = [row["level"] for row in scores]
    assert (levels.count("objectif"), levels.count("sous_theme"), levels.count("theme")) == (41, 11, 4)  # fmt: skip
    assert {row["role"] for row in scores if row["level"] == "fonction"} == {"Salarié permanent"}
    assert any(row["difference"] for row in scores)
    plan = rows(done["PLAN"])
    urgencies = [row["urgency"] for row in plan]
    assert urgencies == sorted(urgencies, reverse=True) and [r["rank"] for r in plan][:2] == [1, 2]
    # The result is what the next year compares itself to.
    again = run("selfevaluation", ANSWERS=str(now), PREVIOUS=done["WORKBOOK"], OUTPUT_FOLDER=str(tmp_path / "b"))  # fmt: skip
    same = [row["difference"] for row in rows(again["TABLE"]) if row["level"] == "sous_theme"]
    assert same == pytest.approx([0.0] * 11)


def test_the_pages_say_what_they_are(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    """Text of the PDF: mark of the demonstration, own wording, no name of a respondent's sheet."""
    now, _ = demo.write(tmp_path, 2026)
    done = run("selfevaluation", ANSWERS=str(now), OUTPUT_FOLDER=str(tmp_path / "out"))
    text = pdf_text(Path(done["PAGES"]))
    assert "DONNÉES FICTIVES" in text and "Plan de progrès" in text
    assert "formulation propre à Coodiag" in " ".join(text.split())


def test_a_network_of_three(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    answers = tmp_path / "reponses"
    answers.mkdir()
    for at, note in enumerate((1, 2, 4)):
        table(answers / f"{at}.csv", *((f"Fictive {at}", "Direction", 2026, code, note, 2) for code in ("ID-VAL-1", "ID-PRO-1")))  # fmt: skip
    out = tmp_path / "out"
    done = run("selfevaluation", ANSWERS=str(answers), OUTPUT_FOLDER=str(out))
    assert done["STRUCTURES"] == 3 and Path(done["PAGES"]) == out / "cap_reseau.pdf"
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["fictive_0", "fictive_1", "fictive_2"]  # fmt: skip
    (answers / "2.csv").unlink()
    heard = Heard()
    done = run("selfevaluation", heard, ANSWERS=str(answers), OUTPUT_FOLDER=str(tmp_path / "two"))
    assert not (tmp_path / "two" / "cap_reseau.pdf").exists()
    assert any("fewer than 3" in text for text in heard.said)


def test_issues_are_told(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    path = table(
        tmp_path / "r.csv",
        ("X", "Direction", 2026, "ID-VAL-1", 9, ""),
        ("X", "Direction", 2026, "ID-VAL-2", 2, ""),
    )
    heard = Heard()
    done = run("selfevaluation", heard, ANSWERS=path, OUTPUT_FOLDER=str(tmp_path / "o"))
    (issue,) = rows(done["ISSUES"])
    assert (issue["file"], issue["line"], issue["value"]) == ("r.csv", 2, "9")
    assert any("r.csv, –, row 2" in text for text in heard.said)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ANSWERS": "rien.csv"}, "does not exist"),
        ({"GRID": "grille.csv"}, "line 3: the weight"),
        ({"DATE": "hier"}, "is not a date"),
    ],
)
def test_refusals(
    provider: QgsProcessingProvider, tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    table(tmp_path / "r.csv", ("X", "Direction", 2026, "ID-VAL-1", 2, ""))
    (tmp_path / "grille.csv").write_text(
        "theme;sub_theme;id;objective;weight\nT;S;O;X;1\nT;S;P;X;lourd\n", encoding="utf-8"
    )
    parameters = {"ANSWERS": "r.csv", **changes}
    for name in ("ANSWERS", "GRID"):
        if name in parameters:
            parameters[name] = str(tmp_path / parameters[name])
    with pytest.raises(QgsProcessingException, match=reason):
        run("selfevaluation", OUTPUT_FOLDER=str(tmp_path / "o"), **parameters)


def test_answer_sheet_of_an_own_grid(provider: QgsProcessingProvider, tmp_path: Path) -> None:
    grid = tmp_path / "grille.csv"
    grid.write_text(
        "theme;sub_theme;id;objective;evidence;weight\n"
        + "".join(f"T;S{at};O{at};Objectif {at};;1\n" for at in range(3)),
        encoding="utf-8",
    )
    sheet = tmp_path / "fiche.xlsx"
    done = run("answersheet", GRID=str(grid), STRUCTURE="X", RESPONDENTS=2, OUTPUT=str(sheet))
    assert done["OBJECTIVES"] == 3 and sheet.read_bytes().startswith(b"PK")
    with pytest.raises(QgsProcessingException, match="No answer is found"):
        run("selfevaluation", ANSWERS=str(sheet), GRID=str(grid), OUTPUT_FOLDER=str(tmp_path / "o"))


def test_a_few_respondents_more_than_before_are_not_compared(
    provider: QgsProcessingProvider, tmp_path: Path
) -> None:
    """The fourth of four, by the difference to three: refused of answers, by theme of a result."""
    codes = ("ID-VAL-1", "ID-VAL-2", "ID-PRO-1", "SR-PER-5", "AC-UTI-1", "AC-DEM-2")
    people = [[(f"R{at}", code, (at + rank * (at + 1)) % 5) for rank, code in enumerate(codes)] for at in range(4)]  # fmt: skip
    files = {}
    for count in (3, 4):
        rows_ = [("X", who, 2020 + count, code, note, "") for one in people[:count] for who, code, note in one]  # fmt: skip
        files[count] = table(tmp_path / f"{count}.csv", *rows_)
    heard = Heard()
    done = run("selfevaluation", heard, ANSWERS=files[4], PREVIOUS=files[3], OUTPUT_FOLDER=str(tmp_path / "a"))  # fmt: skip
    assert any("no comparison" in text for text in heard.said)
    assert all(row["difference"] is None and row["previous"] is None for row in rows(done["TABLE"]))
    assert "Pas de comparaison" in " ".join(pdf_text(Path(done["PAGES"])).split())
    earlier = run("selfevaluation", ANSWERS=files[3], OUTPUT_FOLDER=str(tmp_path / "b"))
    heard = Heard()
    done = run("selfevaluation", heard, ANSWERS=files[4], PREVIOUS=earlier["WORKBOOK"], OUTPUT_FOLDER=str(tmp_path / "c"))  # fmt: skip
    assert any("only themes" in text for text in heard.said)
    told = {row["level"] for row in rows(done["TABLE"]) if row["previous"] is not None}
    assert told <= {"theme", "ensemble"} and "ensemble" in told
