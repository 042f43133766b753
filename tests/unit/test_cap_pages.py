"""The printed pages and workbooks of Cap: what a sentence quotes stands on its page."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.analysis.cap_plan import compare, consolidate
from coodiag.coodiag_plugin.analysis.cap_scores import evaluate
from coodiag.coodiag_plugin.core.cap import AnswerSheet, CapIssue, CapResult
from coodiag.coodiag_plugin.core.values import Value
from coodiag.coodiag_plugin.demo import cap as demo
from coodiag.coodiag_plugin.edition.cap_document import CapPage, Circumstances, cap_context
from coodiag.coodiag_plugin.edition.cap_network_pages import network_pages
from coodiag.coodiag_plugin.edition.cap_pages import cap_pages, cap_radar
from coodiag.coodiag_plugin.edition.cap_sheet import OWN_WORDING, answer_workbook
from coodiag.coodiag_plugin.edition.cap_workbook import cap_workbook, network_workbook
from coodiag.coodiag_plugin.edition.context import from_json, to_json
from coodiag.coodiag_plugin.sources.cap_answers import read_answers
from coodiag.coodiag_plugin.sources.cap_grid import coodiag_grid
from coodiag.coodiag_plugin.sources.spreadsheet import read_grids
from coodiag.tests.unit.cap_samples import GRID, sheet
from hypothesis import given
from hypothesis import strategies as st

FIGURE = re.compile(r"[+−]?\d+(?:,\d+)?")
ABOUT = Circumstances("Structure fictive", "2026-03-31", "0", False, 3)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> CapResult:
    """The demonstration, compared to its year before."""
    now, before = demo.write(tmp_path_factory.mktemp("cap"), 2026)
    grid = coodiag_grid()
    found = evaluate(grid, read_answers(now, grid).sheets)
    old = evaluate(grid, read_answers(before, grid).sheets)
    scores = {item.objective.code: item.score for item in old.objectives}
    return replace(found, comparison=compare(found, scores, old.date))


def shown(page: CapPage) -> set[str]:
    """Every figure of the cards, tables and charts of a page."""
    texts: list[str] = []
    for block in page.blocks:
        texts += [f"{f.text} {f.note}" for f in block.figures]
        if block.table:
            texts += [" ".join(row.cells) for row in block.table.rows]
            texts += block.table.columns
        if block.chart and block.chart.kind == "bars":
            texts += [text for series in block.chart.series for text in series.texts]
    return set(FIGURE.findall(" ".join(texts)))


def quoted(page: CapPage) -> set[str]:
    return set(FIGURE.findall(re.sub("«.*?»", "", page.sentence)))


def test_pages_of_the_demonstration(result: CapResult) -> None:
    pages = cap_pages(result)
    assert [page.id for page in pages] == [
        "cap_position", "cap_sous_themes", "cap_points_de_vue", "cap_evolution", "cap_plan",
    ]  # fmt: skip
    assert any(quoted(page) for page in pages)
    for page in pages:
        assert quoted(page) <= shown(page), page.sentence
        notes = [text for block in page.blocks if block.kind == "note" for text in block.texts]
        told = " ".join([page.method, *notes])
        assert "ce n’est pas la grille d’une fédération" in told
    context = cap_context(pages, ABOUT)
    assert from_json(to_json(context)) == context
    numbers = [page.number for page in context.chapters[0].sheets]
    assert numbers == list(range(1, context.pages + 1))


signs = st.text(alphabet="01234?/.", min_size=5, max_size=5)
people = st.lists(st.builds(sheet, signs, st.sampled_from(("Salarié", "Direction"))), min_size=1, max_size=7)  # fmt: skip


@given(people, people)
def test_a_sentence_quotes_its_own_page(now: list[AnswerSheet], before: list[AnswerSheet]) -> None:
    found = evaluate(GRID, now)
    old = {o.objective.code: o.score for o in evaluate(GRID, before).objectives}
    found = replace(found, comparison=compare(found, old, "2025"))
    for page in cap_pages(found):
        assert quoted(page) <= shown(page), page.sentence


def test_no_page_tells_of_few_respondents() -> None:
    two = evaluate(GRID, [sheet("04040", "Direction"), sheet("40404", "Salarié")])
    pages = cap_pages(two)
    assert "cap_points_de_vue" not in [page.id for page in pages]
    table = pages[1].blocks[0].table
    assert table is not None
    assert all(row.cells[1:4] == ("s", "s", "s") for row in table.rows)
    assert not any(block.title == "Selon la fonction" for page in pages for block in page.blocks)


def test_the_cards_of_the_plan_explain_its_order(result: CapResult) -> None:
    """Gap × priority × weight as printed never grows (but by what rounding hides)."""
    (plan,) = [page for page in cap_pages(result) if page.id == "cap_plan"]
    places = [dict(b.action.rows)["Position"] for b in plan.blocks if b.action is not None]
    assert any("poids" in place for place in places)
    pressing = []
    for place in places:
        number = {
            word: float(found.group(1).replace(",", "."))
            for word in ("écart", "priorité", "poids")
            if (found := re.search(rf"{word}\s(\d+(?:,\d+)?)", place))
        }
        pressing.append(number["écart"] * number["priorité"] * number.get("poids", 1.0))
    assert all(after <= before + 0.3 for before, after in zip(pressing, pressing[1:])), pressing


def test_radar_has_both_outlines(result: CapResult) -> None:
    chart = cap_radar(result)
    assert [series.name for series in chart.series] == ["2026", "2025"]
    assert len(chart.categories) == 11 and chart.most == 4
    assert len(cap_radar(replace(result, comparison=None)).series) == 1


def test_evolution_is_the_difference_of_the_printed_scores() -> None:
    found = evaluate(GRID, [sheet("2...."), sheet("2...."), sheet("3....")])  # 2,33 → 2,3
    found = replace(found, comparison=compare(found, {"A1": Value(1.96)}, "2025"))  # 2,0
    page = cap_pages(found)[-2]
    assert page.blocks[0].table is not None
    assert page.blocks[0].table.rows[2].cells[:3] == ("2,0", "2,3", "+0,3")


def test_the_workbook_is_typed_and_quotes_no_cell(result: CapResult, tmp_path: Path) -> None:
    issue = CapIssue("f.csv", "", 3, "note", "Mme Fictive", "Note hors de l’échelle", "Non comptée")
    path = tmp_path / "cap.xlsx"
    path.write_bytes(cap_workbook(result, (issue,), True))
    sheets = read_grids(path)
    assert list(sheets) == [
        "Objectifs", "Synthèse", "Plan de progrès", "Comparaison", "Anomalies", "Méthode",
    ]  # fmt: skip
    text = repr(sheets)
    assert "Mme Fictive" not in text and "DONNÉES FICTIVES" in text
    assert OWN_WORDING.split(" : ")[0] in text
    objectives = sheets["Objectifs"][0]
    head = next(row for row in objectives if row[0] == "code")
    score, answers = head.index("score"), head.index("réponses")
    body = objectives[objectives.index(head) + 1 :]
    assert [row[0] for row in body] == [o.code for o in result.grid.objectives]
    assert {row[answers] for row in body} >= {"0", "6"}
    assert sum(bool(row[score]) for row in body) == 40  # one is « sans objet »
    assert path.read_bytes() == cap_workbook(result, (issue,), True)


def test_a_network_names_no_structure(tmp_path: Path) -> None:
    results = [evaluate(GRID, [sheet("12344", structure=f"Secrète {at}")]) for at in range(3)]
    network = consolidate(results)
    path = tmp_path / "n.xlsx"
    path.write_bytes(network_workbook(network, False))
    told = repr(network) + repr(network_pages(network)) + repr(read_grids(path))
    assert "Secrète" not in told
    for page in network_pages(network):
        assert quoted(page) <= shown(page)


def test_the_answer_sheet_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "fiche.xlsx"
    path.write_bytes(answer_workbook(coodiag_grid(), "Structure fictive"))
    sheets = read_grids(path)
    cells = sheets["Répondant 1"][0]
    assert cells[1][2] == "Structure fictive"
    assert cells[4][:6] == ["code", "thème", "sous-thème", "objectif", "repères", "note (0 à 4)"]
    help_text = repr(sheets["Lisez-moi"])
    assert "formulation propre à Coodiag" in help_text and "Maîtrisé" in help_text


def test_notes_and_priorities_are_chosen_from_a_list(tmp_path: Path) -> None:
    path = tmp_path / "fiche.xlsx"
    path.write_bytes(answer_workbook(GRID))
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    # Five objectives under a title, three cells to fill, a blank row and the header.
    assert 'sqref="F7:F11"><formula1>"0,1,2,3,4,NSP,sans objet"</formula1>' in xml
    assert 'sqref="G7:G11"><formula1>"1,2,3"</formula1>' in xml
    assert '<autoFilter ref="A6:K11"/>' in xml and 'ySplit="6" topLeftCell="E7"' in xml
