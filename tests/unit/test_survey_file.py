"""Surveys as people keep them: wide and long, questions described or not, identities dropped."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.survey import count_survey
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.qualitative import CHOICE, FREE, MULTIPLE, NUMBER, SCALE
from coodiag.coodiag_plugin.demo.writing import write_xlsx
from coodiag.coodiag_plugin.sources.analyst_table import told
from coodiag.coodiag_plugin.sources.survey_file import WRITTEN, SurveyFile, read_survey
from coodiag.coodiag_plugin.sources.survey_questions import kind_of, recognise
from coodiag.tests.unit.qualitative_samples import column, survey, written


def kinds(found: SurveyFile) -> dict[str, str]:
    return {question.wording: question.kind for question in found.answers.questions}


@pytest.mark.parametrize(
    ("wording", "cells", "kind"),
    [
        ("Venez-vous ?", "Oui*9 Non*3 -*2", CHOICE),
        ("Transport", "Bus*5 Voiture*5 Vélo*2", CHOICE),
        ("Âge", "18-25_ans*4 26-59_ans*5 60_ans_et_plus*3", CHOICE),
        ("Besoins", "Garde|Bus*4 Garde*2 Bus;Logement*3 Logement*2", MULTIPLE),
        ("Note", "1*2 3*3 5*6", SCALE),
        ("Accueil", "Satisfait*4 Très_satisfait*3 Peu_satisfait", SCALE),
        ("Accord", "1_-_Pas_du_tout*2 2_-_Un_peu*3 3_-_Beaucoup*4", SCALE),
        ("Nombre d’enfants", "1*3 2*4 3*2", NUMBER),
        ("Trajet", "12 7,5 31 44 18", NUMBER),
        ("Remarques", "Très_bien Rien Merci_beaucoup", FREE),
        ("Remarques", "Bien_;_mais_cher Trop_loin Rien_|_tout", FREE),
        ("Vide", "-*4", FREE),
    ],
)
def test_the_kind_of_a_question_is_recognised(wording: str, cells: str, kind: str) -> None:
    assert recognise(wording, column(cells)).kind == kind


def test_answers_come_in_their_order() -> None:
    ages = recognise("Âge", column("60_ans_et_plus*4 18-25_ans*4 26-59_ans*5 Moins_de_18_ans*3"))
    assert ages.order == ("moins de 18 ans", "18-25 ans", "26-59 ans", "60 ans et plus")
    marks = recognise("Avis", column("Très_satisfait*4 Peu_satisfait*4 Satisfait"))
    assert marks.order == ("Peu satisfait", "Satisfait", "Très satisfait")
    assert recognise("Note", column("2*3 4*3")).order == tuple("12345")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Choix multiple", MULTIPLE), ("QCM", MULTIPLE), ("Texte libre", FREE), ("numérique", NUMBER),
     ("échelle", SCALE), ("choix unique", CHOICE), ("n’importe quoi", ""), ("", "")],
)  # fmt: skip
def test_kinds_are_named_in_french(text: str, kind: str) -> None:
    assert kind_of(text) == kind


IDENTITIES = {
    "Horodateur": [f"2026/02/{n:02d} 10:00" for n in range(1, 13)],
    "Nom et prénom": [f"Personne Fictive {n}" for n in range(12)],
    "Votre courriel": [f"p{n}@exemple.invalid" for n in range(12)],
    "Tél.": [f"06 39 98 00 {n:02d}" for n in range(12)],
    "Joindre": [f"06 39 98 11 {n:02d}" for n in range(12)],
    "Commune": column("Demoville*7 Fictange*5"),
    "Q1. Avez-vous un téléphone ?": column("Oui*7 Non*5"),
    "Remarque": [f"Dites à Mme Fictive {n}" for n in range(12)],
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_identifies_is_dropped_and_told(tmp_path: Path, encoding: str) -> None:
    found = read_survey(survey(tmp_path / "e.csv", IDENTITIES, encoding))
    assert [name for name, _ in found.dropped] == list(IDENTITIES)[:5]
    assert kinds(found) == {"Avez-vous un téléphone ?": CHOICE, "Remarque": FREE}
    assert found.answers.group_label == "Commune"
    assert found.answers.groups.count("Demoville") == 7
    assert all(row["Remarque"] == WRITTEN for row in found.answers.rows)
    kept = f"{found.answers} {told(found.issues)}"
    assert "Fictive" not in kept and "06 39" not in kept and "@" not in kept
    assert any("«\u00a0Tél.\u00a0»" in line for line in told(found.issues))


def test_a_row_per_answer(tmp_path: Path) -> None:
    lines = ["Questionnaire;Question;Réponse;Profil"]
    for n in range(10):
        lines.append(f"{n};Venez-vous ?;{'oui' if n < 6 else 'Non'};{'Salarié' if n % 2 else ''}")
        lines += [f"{n};Besoins;Bus;", f"{n};Besoins;Garde;"] if n < 5 else [f"{n};Besoins;Bus;"]
        lines.append(f"{n};Besoins;Bus;")
    found = read_survey(written(tmp_path / "long.csv", *lines))
    assert len(found.answers.rows) == 10
    assert kinds(found) == {"Venez-vous ?": CHOICE, "Besoins": MULTIPLE}
    assert found.answers.rows[0] == {"Venez-vous ?": ("Oui",), "Besoins": ("Bus", "Garde")}
    assert found.answers.groups[:2] == ("", "Salarié")
    assert any("fois" in line for line in told(found.issues))


def test_a_row_per_answer_needs_respondents(tmp_path: Path) -> None:
    path = written(tmp_path / "l.csv", "Question;Réponse", "Q1;Oui", "Q1;Non")
    with pytest.raises(InputError, match="no column of respondents"):
        read_survey(path)


def test_a_sheet_describes_the_questions(tmp_path: Path) -> None:
    answers = [["Enquête fictive"], ["id", "lieu", "Q1", "Q2", "Q3", "code"]]
    answers += [[str(n), "Demoville" if n % 3 else "Fictange", "oui" if n % 2 else "non", "bus, vélo" if n % 2 else "bus", "4", "A"] for n in range(12)]  # fmt: skip
    questions = [
        ["Code", "Libellé", "Type", "Réponses", "Page"],
        ["lieu", "Commune", "groupe", "", ""],
        ["Q1", "Venez-vous ?", "choix unique", "Non | Oui | Ne sait pas", "emploi"],
        ["Q2", "Comment ?", "choix multiple", "", ""],
        ["Q3", "Enfants", "quantité", "", ""],
        ["code", "", "ignorer", "", ""],
        ["Q9", "Absente", "texte", "", ""],
        ["Q8", "Absente aussi", "truc", "", ""],
    ]  # fmt: skip
    path = tmp_path / "e.xlsx"
    write_xlsx(path, {"Questions": questions, "Données": answers})
    found = read_survey(path)
    assert kinds(found) == {"Venez-vous ?": CHOICE, "Comment ?": MULTIPLE, "Enfants": NUMBER}
    first = found.answers.questions[0]
    assert (first.order, first.page, first.declared) == (("Non", "Oui", "Ne sait pas"), "emploi", True)  # fmt: skip
    assert found.answers.rows[1]["Q2"] == ("bus", "vélo")
    assert found.answers.group_label == "Commune"
    codes = {item.code for item in found.issues}
    assert {"question_unknown", "question_kind"} <= codes


def test_a_file_beside_describes_the_questions(tmp_path: Path) -> None:
    path = survey(tmp_path / "enquete.csv", {"A": column("1*6 2*6"), "B": column("Oui*12")})
    written(tmp_path / "enquete_questions.csv", "code;question;type", "A;Note;échelle")
    found = read_survey(path)
    assert kinds(found) == {"Note": SCALE, "B": CHOICE}


def test_what_goes_wrong_is_told_with_its_row(tmp_path: Path) -> None:
    columns = {
        "Répondant": [*"12345678", "8", "9"],
        "Transport": column("Bus*6 Vélo*4"),
        "Transport ": column("Bus*6 Vélo*4"),
        "Enfants (nombre)": ["0", "1", "2", "1", "1", "0", "deux", "1", "1", "0"],
        "Vide": [""] * 10,
    }
    columns["Transport"][8] = columns["Transport"][7]
    columns["Transport "] = list(columns["Transport"])
    columns["Enfants (nombre)"][8] = columns["Enfants (nombre)"][7]
    found = read_survey(survey(tmp_path / "e.csv", columns))
    assert kinds(found) == {"Transport": CHOICE, "Enfants (nombre)": NUMBER}
    assert len(found.answers.rows) == 9
    lines = {item.code: item.line for item in found.issues}
    assert lines["duplicate"] == 10 and lines["answer_unread"] == 8 and lines["same_question"] == 1


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "empty"),
        (("", ";;"), "empty"),
        (("Question 1;Question 2",), "no row below"),
        (("Nom;Courriel", "A Fictif;a@exemple.invalid", "B Fictif;b@exemple.invalid"), "No answer is left"),
    ],
)  # fmt: skip
def test_a_file_without_answers_is_refused_in_a_sentence(
    tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        read_survey(written(tmp_path / "e.csv", *lines))


def test_one_column_and_one_respondent(tmp_path: Path) -> None:
    found = read_survey(written(tmp_path / "e.csv", "Venez-vous ?", "Oui"))
    assert len(found.answers.rows) == 1
    with pytest.raises(InputError, match="fewer than 5 respondents"):
        count_survey(found.answers)


def test_formulas_and_errors_of_a_spreadsheet(tmp_path: Path) -> None:
    answers = ['="Oui"', "=Oui", "#REF!", "Oui", "Non", "Non", "Oui", "NR"]
    found = read_survey(survey(tmp_path / "e.csv", {"Venez-vous ?": answers, "B": ["Oui"] * 8}))
    given = [row.get("Venez-vous ?") for row in found.answers.rows]
    assert given == [("Oui",), ("Oui",), None, ("Oui",), ("Non",), ("Non",), ("Oui",), None]


def test_ten_thousand_rows(tmp_path: Path) -> None:
    columns = {f"Q{n}": column("Oui*4000 Non*5000 -*1000") for n in range(8)}
    columns["Commune"] = column("Demoville*6000 Fictange*4000")
    columns["Q1"] = column("Oui*5000 Non*5000")
    found = read_survey(survey(tmp_path / "e.csv", columns))
    result = count_survey(found.answers)
    assert result.respondents == 10_000
    assert result.questions[1].answers[0].share.number == 50.0
