"""The sheets of the survey, of the actors and of the plan, and the tables to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.points import PointKind, design_points, is_hue
from coodiag.coodiag_plugin.analysis.survey import count_survey
from coodiag.coodiag_plugin.core.design import MapDesign
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.profiles import Page
from coodiag.coodiag_plugin.core.qualitative import Action, ActionPlan, Actor, Answers, Question
from coodiag.coodiag_plugin.edition.materials import SheetMaterial
from coodiag.coodiag_plugin.edition.sheets.actions import actions_sheet
from coodiag.coodiag_plugin.edition.sheets.actors import actors_sheet, kind_figures
from coodiag.coodiag_plugin.edition.sheets.survey import dealt_questions, survey_sheet
from coodiag.coodiag_plugin.edition.sheets.words import words_sheet
from coodiag.coodiag_plugin.edition.templates import workbooks
from coodiag.coodiag_plugin.sources.actions_file import read_actions
from coodiag.coodiag_plugin.sources.actors_file import read_actors
from coodiag.coodiag_plugin.sources.spreadsheet import read_grids
from coodiag.coodiag_plugin.sources.survey_file import read_survey
from coodiag.coodiag_plugin.sources.words_file import read_words
from coodiag.tests.unit.qualitative_samples import column, survey

PAGE = Page("page", "Une page", sheet="survey")
MARKS = ("Peu satisfait", "Satisfait", "Très satisfait")


def made(material: SheetMaterial | str) -> SheetMaterial:
    assert isinstance(material, SheetMaterial), material
    return material


def marks(code: str, page: str, text: str) -> tuple[Question, list[str]]:
    return Question(code, f"Le service {code}", "scale", MARKS, page, True), column(text)


def answers(*columns: tuple[Question, list[str]]) -> Answers:
    people = len(columns[0][1])
    rows = tuple(
        {q.code: (cells[at],) for q, cells in columns if cells[at]} for at in range(people)
    )
    return Answers(tuple(q for q, _ in columns), rows)


SURVEY = answers(
    marks("A", "emploi", "Peu_satisfait*6 Satisfait*20 Très_satisfait*14"),
    marks("B", "", "Peu_satisfait*10 Satisfait*10 Très_satisfait*20"),
    (Question("C", "Vos remarques", "text", (), "social"), ["x"] * 8 + [""] * 32),
    (Question("D", "Venez-vous ?", "choice", ("Oui", "Non"), "", True), column("Oui*30 Non*10")),
)


def test_scales_that_follow_each_other_are_one_chart() -> None:
    sheet = made(survey_sheet(PAGE, count_survey(SURVEY)))
    charts = [block.chart for block in sheet.blocks if block.chart]
    assert [chart.kind for chart in charts] == ["stacked", "bars"]
    for at in range(2):
        assert sum(series.values[at] or 0.0 for series in charts[0].series) == pytest.approx(100)
    assert charts[0].series[1].texts == ("50\u00a0%", "25\u00a0%")
    table = next(block.table for block in sheet.blocks if block.table)
    assert table.rows[0].label == "Le service A (n\u00a0=\u00a040\u00a0répondants)"
    assert sheet.blocks[-1].texts == (
        "«\u00a0Vos remarques\u00a0»\u00a0: 8\u00a0réponses libres, non reproduites.",
    )


def test_every_figure_of_the_sentence_is_on_the_page() -> None:
    sheet = made(survey_sheet(PAGE, count_survey(SURVEY)))
    assert sheet.subtitle == "Enquête auprès de 40\u00a0répondants"
    assert "«\u00a0Satisfait\u00a0» (50\u00a0%)" in sheet.sentence
    printed = str([block.table for block in sheet.blocks])
    assert "50\\xa0%" in printed and "75\\xa0%" in printed


def test_questions_go_to_the_page_that_they_name() -> None:
    result = count_survey(SURVEY)
    dealt = dealt_questions(result, [("paroles", ("Impact",)), ("avis", ("emploi",))])
    codes = {page: [item.question.code for item in items] for page, items in dealt.items()}
    assert codes == {"paroles": ["B", "C", "D"], "avis": ["A"]}
    assert survey_sheet(PAGE, result, []) == "l’enquête n’a pas de question pour cette page."
    assert isinstance(survey_sheet(PAGE, result, dealt["paroles"][1:2]), str)


def test_a_long_wording_stands_whole_in_the_table() -> None:
    wording = "Pour quelles raisons, selon vous, est-il difficile de trouver un emploi durable près d’ici ?"
    question = Question("Q", wording, "choice", ("Oui", "Non"), "", True)
    sheet = made(survey_sheet(PAGE, count_survey(answers((question, column("Oui*20 Non*9"))))))
    assert sheet.blocks[0].title.endswith("…") and len(sheet.blocks[0].title) <= 60
    table = sheet.blocks[1].table
    assert table is not None and table.columns[0].startswith(wording)


def test_actors_by_kind_and_link() -> None:
    actors = [Actor(f"Structure {n}", "emploi", "", ("partenaire", "financeur")) for n in range(14)]
    actors += [Actor("École fictive", "formation", "", ("aucun",)), Actor("Zoo", "autre")]
    sheet = made(actors_sheet(PAGE, actors, persons=2))
    chart, table = sheet.blocks[0].chart, sheet.blocks[1].table
    assert chart is not None and dict(zip(chart.categories, chart.series[0].texts)) == {
        "Partenaire": "14",
        "Financeur": "14",
        "Sans lien à ce jour": "1",
    }
    assert table is not None
    assert [row.label for row in table.rows] == [
        "Emploi et insertion",
        "Formation et éducation",
        "Autres acteurs",
    ]
    assert table.rows[0].cells[1].endswith("et 2\u00a0autres")
    assert (
        sheet.sentence
        == "16\u00a0acteurs recensés de 3 types\u00a0; 1 sans lien avec la structure à ce jour."
    )
    assert "personnes" in sheet.method and "2 " not in sheet.method
    assert kind_figures(actors)[0].text == "14\u00a0acteurs"
    assert isinstance(actors_sheet(PAGE, []), str)


def test_a_sheet_per_action_and_a_summary() -> None:
    plan = ActionPlan(
        (
            Action("Mobilité", "Navette", "Direction", "2026–2027", "", (), (2026, 2027)),
            Action("Mobilité", "Vélos", "", "", "Prêts"),
            Action("Emploi", "Forum", "PLIE", "2027", "", (("Moyens", "Une salle"),), (2027,)),
        )
    )
    sheet = made(actions_sheet(PAGE, plan))
    table, first, second, third = sheet.blocks
    assert table.table is not None
    assert table.table.columns == ("Thème", "Actions", "2026", "2027", "Sans date")
    assert [row.cells for row in table.table.rows] == [
        ("2", "1", "1", "1"),
        ("1", "–", "1", "–"),
        ("3", "1", "2", "1"),
    ]
    assert [block.title for block in (first, second, third)] == ["Mobilité", "", "Emploi"]
    assert second.action is not None and second.action.pilot == "à préciser"
    assert third.action is not None and third.action.rows == (("Moyens", "Une salle"),)
    assert (
        sheet.sentence
        == "Le plan compte 3\u00a0actions, dans 2\u00a0thèmes. 1\u00a0pilote reste à désigner."
    )
    assert isinstance(actions_sheet(PAGE, None), str)


def test_words_are_plain_and_their_place_stays_empty_without_them() -> None:
    page = Page("mots", "Mots", sheet="words", words="Dites pourquoi.")
    empty = words_sheet(page).blocks[0]
    assert (empty.kind, empty.texts) == ("words", ("Dites pourquoi.",))
    full = words_sheet(page, "Un <b>mot</b> ?\n\nDeux.").blocks[0]
    assert (full.kind, full.texts) == ("texts", ("Un <b>mot</b>\u202f?", "Deux."))


def test_points_have_a_hue_a_mark_and_a_count() -> None:
    kinds = [
        PointKind("a", "Genre A", "#0072b2", "square"),
        PointKind("b", "Genre B", "#e69f00", "triangle"),
        PointKind("c", "Autres", "#8f979c"),
    ]
    design = design_points("kind", "Acteurs", ["a", "c", "a"], kinds)
    assert design.categories == (("a", "#0072b2", "Genre A (2)"), ("c", "#8f979c", "Autres (1)"))
    assert (design.shapes, design.counts) == (("square", "circle"), (2, 1))
    assert MapDesign.from_dict(design.to_dict()) == design
    assert not is_hue("#8f979c") and is_hue("#f0e442")
    with pytest.raises(InputError, match="not described"):
        design_points("kind", "Acteurs", ["z"], kinds)
    many = [PointKind(str(n), str(n), f"#{20 * n:02x}00{255 - 20 * n:02x}") for n in range(8)]
    with pytest.raises(InputError, match="at most"):
        design_points("kind", "Acteurs", [str(n) for n in range(8)], many)


def test_templates_are_read_by_their_readers(tmp_path: Path) -> None:
    pages = {"emploi": "L’emploi", "mobilite": "Se déplacer"}
    for name, content in workbooks(pages).items():
        (tmp_path / name).write_bytes(content)
        assert "Lisez-moi" in read_grids(tmp_path / name)
    # Only sample rows: nothing to read, and it is said.
    for reader, name in (
        (read_survey, "enquete"),
        (read_actors, "acteurs"),
        (read_actions, "plan_action"),
    ):
        with pytest.raises(InputError, match="no row below"):
            reader(tmp_path / f"{name}.xlsx")
    texts = read_words(tmp_path / "textes.xlsx", pages)
    assert (texts.texts, texts.rows_in, texts.issues[1:]) == ({}, 2, [])
    assert workbooks(pages) == workbooks(pages)


def test_a_filled_template_is_read_beside_its_samples(tmp_path: Path) -> None:
    columns = {
        "Répondant": [str(n) for n in range(12)],
        "Commune": column("Demoville*6 Fictange*6"),
    }
    columns["Q1. Comment avez-vous connu la structure ?"] = column("Presse*6 France_Travail*6")
    columns["Répondant"][0] = "Exemple 1"
    found = read_survey(survey(tmp_path / "e.csv", columns))
    assert len(found.answers.rows) == 11
    assert found.answers.questions[0].wording == "Comment avez-vous connu la structure ?"
    assert "sample_row" in {item.code for item in found.issues}
