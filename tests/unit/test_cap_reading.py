"""Answers and grids as people write them, and what is refused or told of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.cap_scores import evaluate
from coodiag.coodiag_plugin.core.cap import CapIssue, Grid
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.values import ABSENT, FAILED, NOT_APPLICABLE, Value
from coodiag.coodiag_plugin.demo import cap as demo
from coodiag.coodiag_plugin.edition.cap_sheet import answer_workbook
from coodiag.coodiag_plugin.edition.cap_workbook import cap_workbook
from coodiag.coodiag_plugin.sources.cap_answers import CapAnswers, read_answers
from coodiag.coodiag_plugin.sources.cap_grid import coodiag_grid, read_grid
from coodiag.coodiag_plugin.sources.cap_notes import read_note, read_priority
from coodiag.coodiag_plugin.sources.spreadsheet import read_grids
from coodiag.tests.unit.cap_samples import GRID, sheet

LONG = "structure;répondant;date;code;note;priorité;action envisagée;pilote\n"


def read(tmp_path: Path, text: str, grid: Grid = GRID, name: str = "r.csv") -> CapAnswers:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_answers(path, grid)


def problems(found: list[CapIssue]) -> list[tuple[int, str]]:
    return [(item.line, item.problem) for item in found]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("3", Value(3.0)), ("2,5", Value(2.5)), ("0", Value(0.0)), ("3/4", Value(3.0)),
        ("4.0", Value(4.0)), (" ", None), ("–", None), ("NSP", ABSENT), ("ne sait pas", ABSENT),
        ("Sans objet", NOT_APPLICABLE), ("n/a", NOT_APPLICABLE), ("En place", Value(3.0)),
        ("PARTIEL", Value(2.0)), ("tout à fait", Value(4.0)), ("5", FAILED), ("-1", FAILED),
        ("12/20", FAILED), ("bof", FAILED), ("1e9", FAILED),
    ],
)  # fmt: skip
def test_notes(text: str, note: Value | None) -> None:
    assert read_note(text) == note


def test_priorities() -> None:
    assert [read_priority(t) for t in ("1", "forte", "", "4")] == [Value(1.0), Value(3.0), None, FAILED]  # fmt: skip


def test_long_table_of_two_structures(tmp_path: Path) -> None:
    text = LONG + "".join(
        f"{name};Salarié {rank};2026;{code};{note};;;\n"
        for name in ("Une fictive", "Autre fictive")
        for rank, note in ((1, 2), (2, "NSP"))
        for code in ("A1", "a2")
    )
    found = read(tmp_path, text)
    assert [(s.structure, s.role, s.date, len(s.notes)) for s in found.sheets] == [
        ("Une fictive", "Salarié", "2026", 2), ("Une fictive", "Salarié", "2026", 2),
        ("Autre fictive", "Salarié", "2026", 2), ("Autre fictive", "Salarié", "2026", 2),
    ]  # fmt: skip
    assert found.sheets[1].notes["A1"] == ABSENT
    assert not found.issues


def test_everything_left_out_is_told_with_its_row(tmp_path: Path) -> None:
    text = LONG + (
        "X;Direction;2026;A1;7;;;\n"
        "X;Direction;2026;ZZ;3;;;\n"
        "X;Direction;2026;A2;3;9;;M. Dupont Fictif\n"
        "X;Direction;2026;A2;1;;;\n"
        "X;Direction;2026;B1;2;;;\n"
    )
    found = read(tmp_path, text)
    told = problems(found.issues)
    assert (2, "Note hors de l’échelle de 0 à 4") in told
    assert (3, "Objectif absent de la grille") in told
    assert (4, "Priorité hors de l’échelle de 1 à 3") in told
    assert (4, "Le pilote semble désigné par son nom") in told
    assert (5, "Objectif déjà noté plus haut dans la fiche") in told
    only = found.sheets[0]
    assert only.notes == {"A1": FAILED, "A2": Value(3.0), "B1": Value(2.0)}
    assert all(item.file == "r.csv" for item in found.issues)
    assert only.proposals == {}


def test_a_person_s_name_is_no_function(tmp_path: Path) -> None:
    found = read(tmp_path, LONG + "X;Mme Exemple Inventée;2026;A1;2;;;\n")
    assert found.sheets[0].role == ""
    assert "Inventée" not in repr(found)


def test_missing_respondent_and_structure(tmp_path: Path) -> None:
    found = read(tmp_path, LONG + "X;;2026;A1;2;;;\n")
    assert (0, "Fonction du répondant non renseignée") in problems(found.issues)
    with pytest.raises(InputError, match=r"r\.csv: the structure is not said"):
        read(tmp_path, "répondant;date;code;note\nDirection;2026;A1;2\n")


def test_a_copied_file_counts_once(tmp_path: Path) -> None:
    body = LONG + "".join(f"X;Direction;2026;{o.code};2;;;\n" for o in GRID.objectives)
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(body, encoding="utf-8")
    found = read_answers(tmp_path, GRID)
    assert len(found.sheets) == 1
    assert found.issues[-1].problem == "Fiche identique à une autre (a.csv)"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.csv", "", "is empty"),
        ("autre.csv", "nom;ville\nX;Y\n", "No answer is found"),
        ("faux.xlsx", "code;note\nA1;2\n", "is not one"),
        ("sans.csv", "structure;répondant;date;code;note\nX;Y;2026;A1;\n", "No answer is found"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(tmp_path, content, name=name)


def test_empty_folder_and_absent_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no table"):
        read_answers(tmp_path, GRID)
    with pytest.raises(InputError, match="does not exist"):
        read_answers(tmp_path / "rien.xlsx", GRID)


def test_coodiag_s_own_grid_is_whole() -> None:
    grid = coodiag_grid()
    assert grid.themes() == ("Identité", "Services rendus", "Supports", "Amélioration et changement")  # fmt: skip
    sizes = [sum(o.is_of(key) for o in grid.objectives) for key in grid.sub_themes()]
    assert len(sizes) == 11 and all(3 <= size <= 5 for size in sizes)
    assert len({o.code for o in grid.objectives}) == len(grid.objectives) == sum(sizes)
    assert all(o.evidence and o.text.endswith(".") and "'" not in o.text for o in grid.objectives)


def grid_file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "grille.csv"
    head = "theme;sub_theme;id;objective;evidence;weight"
    good = [f"T;S{at};O{at};Objectif {at};;1" for at in range(3)]
    path.write_text("\n".join(["# copie", head, *good, *lines]) + "\n", encoding="utf-8")
    return path


def test_own_grid(tmp_path: Path) -> None:
    grid = read_grid(grid_file(tmp_path, "T;S0;O9;Autre;traces;2,5"))
    assert [o.code for o in grid.objectives] == ["O0", "O1", "O2", "O9"]
    assert (grid.objectives[-1].weight, grid.objectives[-1].evidence) == (2.5, "traces")
    assert grid.name == "grille.csv"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T;S0;O0;Double;;1", "line 6: the objective “O0” stands on line 3"),
        ("T;S0;O8;;;1", "line 6: the column “objective” is empty"),
        ("T;S0;O8;X;;zéro", "line 6: the weight “zéro”"),
        ("T;S0;O8;X;;0", "line 6: the weight “0”"),
        ("U;S0;O8;X;;1", "line 6: the sub-theme “S0” stands in the theme “T”"),
    ],
)
def test_a_bad_line_of_a_grid_is_refused_by_its_number(
    tmp_path: Path, line: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        read_grid(grid_file(tmp_path, line))


def test_the_answer_sheet_is_read_back(tmp_path: Path) -> None:
    """Empty it holds no answer; its columns are all recognised."""
    path = tmp_path / "fiche.xlsx"
    path.write_bytes(answer_workbook(coodiag_grid(), "Structure fictive", 2))
    assert list(read_grids(path)) == ["Répondant 1", "Répondant 2", "Lisez-moi"]
    with pytest.raises(InputError, match="No answer is found"):
        read_answers(path, coodiag_grid())


def test_an_earlier_result_is_read_from_its_workbook(tmp_path: Path) -> None:
    result = evaluate(GRID, [sheet("0240.")] * 3)
    path = tmp_path / "avant.xlsx"
    path.write_bytes(cap_workbook(result, (), False))
    found = read_answers(path, GRID)
    assert not found.sheets and not found.issues
    (earlier,) = found.earlier
    assert (earlier.structure, earlier.date) == ("Structure fictive", "2026")
    assert {code: value.number for code, value in earlier.scores.items()} == {
        "A1": 0, "A2": 2, "B1": 4, "C1": 0,
    }  # fmt: skip


def test_the_demonstration_is_the_same_each_time_and_reads_whole(tmp_path: Path) -> None:
    now, before = demo.write(tmp_path / "a", 2026)
    again, _ = demo.write(tmp_path / "b", 2026)
    assert now.read_bytes() == again.read_bytes()
    for path, count in ((now, 6), (before, 6)):
        found = read_answers(path, coodiag_grid())
        assert len(found.sheets) == count and not found.issues
    assert now.stat().st_size + before.stat().st_size < 60_000
