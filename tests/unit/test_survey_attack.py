"""Surveys made to print a person or to stop the machine: names as answers, thousands of columns."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.survey import OTHERS, count_survey
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.qualitative import OTHER_GROUPS, QuestionResult
from coodiag.coodiag_plugin.sources.analyst_table import told
from coodiag.coodiag_plugin.sources.identifying import names_someone
from coodiag.coodiag_plugin.sources.survey_file import MOST_QUESTIONS, read_survey
from coodiag.tests.unit.qualitative_samples import column, survey, written

NAMES = (
    "Mme Fictive", "mme fictive", "Monsieur Exemple", "voir M. Fictif", "J. Fictif", "Jean Fictif",
    "jean fictif", "Jeanne Fictive, accueil", "06 39 98 00 12", "p@exemple.invalid",
    "Écrire à p@exemple.invalid",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_that_names_a_person_is_with_the_others(tmp_path: Path, name: str) -> None:
    """Six people give it: a count that may be told, of words that may not."""
    cells = ["Le bouche à oreille"] * 34 + [name] * 6
    path = survey(tmp_path / "e.csv", {"Par qui nous connaissez-vous ?": cells})
    found = read_survey(path)
    (result,) = count_survey(found.answers).questions
    assert [(item.label, item.count.number) for item in result.answers] == [
        ("Le bouche à oreille", 34),
        (OTHERS, 6),
    ]
    assert name.casefold() not in repr(found.answers).casefold()
    journal = " ".join(told(found.issues))
    assert name not in journal
    assert "nommer une personne" in journal and "lignes 36, 37, 38, 39, 40, 41)" in journal


@pytest.mark.parametrize(
    "answer",
    ["Association Jean Fictif", "Saint Denis", "Oui, en partie", "Maison de quartier", "Pôle emploi",
     "Mairie", "Le bus 12", "Peu claire", "Pas du tout", "Moins de 30 minutes", "Vélo et bus"],
)  # fmt: skip
def test_ordinary_answers_are_kept(tmp_path: Path, answer: str) -> None:
    assert not names_someone(answer)
    path = survey(tmp_path / "e.csv", {"Question": ["Le bouche à oreille"] * 8 + [answer] * 6})
    (result,) = count_survey(read_survey(path).answers).questions
    assert {item.label for item in result.answers} == {"Le bouche à oreille", answer}


def test_among_several_answers_only_the_name_goes(tmp_path: Path) -> None:
    cells = ["Bus;Mme Fictive"] * 6 + ["Bus"] * 5 + ["Vélo"] * 6
    found = read_survey(survey(tmp_path / "e.csv", {"Moyens": [f'"{cell}"' for cell in cells]}))
    (result,) = count_survey(found.answers).questions
    assert counts(result) == {"Bus": 11, "Vélo": 6, OTHERS: 6}


def counts(result: QuestionResult) -> dict[str, float | None]:
    return {item.label: item.count.number for item in result.answers}


def test_a_person_that_the_analyst_declared_is_an_answer(tmp_path: Path) -> None:
    """A street or a centre may bear such a name: who says so in the sheet of questions is heard."""
    cells = ["Jean Exemple"] * 6 + ["Ailleurs"] * 8
    path = survey(tmp_path / "e.csv", {"Centre": cells})
    written(tmp_path / "e_questions.csv", "code;question;type;réponses", "Centre;Centre;choix unique;Jean Exemple | Ailleurs")  # fmt: skip
    (result,) = count_survey(read_survey(path).answers).questions
    assert counts(result) == {"Jean Exemple": 6, "Ailleurs": 8}


def test_others_typed_by_people_are_the_same_others(tmp_path: Path) -> None:
    """Neither twice in a table nor lost, declared or not."""
    cells = ["Bus"] * 8 + [OTHERS] * 6 + ["Mme Fictive"] * 5
    path = survey(tmp_path / "e.csv", {"Moyens": cells})
    (result,) = count_survey(read_survey(path).answers).questions
    assert [item.label for item in result.answers] == ["Bus", OTHERS]
    assert counts(result) == {"Bus": 8, OTHERS: 11}
    written(tmp_path / "e_questions.csv", "code;question;type;réponses", f"Moyens;Moyens;choix multiple;Bus | {OTHERS}")  # fmt: skip
    (result,) = count_survey(read_survey(path).answers).questions
    assert counts(result) == {"Bus": 8, OTHERS: 11}


def test_a_group_that_names_a_person_is_with_the_others(tmp_path: Path) -> None:
    groups = ["Mme Fictive"] * 12 + ["Demoville"] * 12
    path = survey(tmp_path / "e.csv", {"Groupe": groups, "Venez-vous ?": ["Oui", "Non"] * 12})
    found = read_survey(path)
    assert set(found.answers.groups) == {OTHER_GROUPS, "Demoville"}
    assert dict(count_survey(found.answers).groups) == {OTHER_GROUPS: 12, "Demoville": 12}
    assert "Groupe qui semble nommer" in " ".join(told(found.issues))


def test_too_many_questions_are_refused_at_once(tmp_path: Path) -> None:
    many = {f"Question {n}": column("Oui*7 Non*5") for n in range(20_000)}
    path = survey(tmp_path / "e.csv", many)
    start = time.monotonic()
    with pytest.raises(
        InputError, match=f"20.?000 questions, and a survey may have {MOST_QUESTIONS}"
    ):
        read_survey(path)
    assert time.monotonic() - start < 20


def test_too_many_questions_of_a_long_table_are_refused(tmp_path: Path) -> None:
    rows = [f"{who};Question {n};Oui" for n in range(MOST_QUESTIONS + 1) for who in range(2)]
    path = written(tmp_path / "l.csv", "répondant;question;réponse", *rows)
    with pytest.raises(InputError, match=f"{MOST_QUESTIONS + 1} questions"):
        read_survey(path)


def test_as_many_questions_as_may_be_are_read(tmp_path: Path) -> None:
    """Empty columns, and those left by the analyst, are no questions."""
    many = {f"Question {n}": ["Oui", "Non"] * (3 + n % 2) + ["Oui"] * (2 - 2 * (n % 2)) for n in range(MOST_QUESTIONS)}  # fmt: skip
    path = survey(tmp_path / "e.csv", {**many, "Vide": [""] * 8})
    assert read_survey(path).answers.questions
