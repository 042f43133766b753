"""Texts of the pages are variables: changed in one place, printed as they are, never evaluated."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.layouts.export import export_series
from coodiag.coodiag_plugin.qgis_bridge.layouts.frame import Draft
from coodiag.coodiag_plugin.qgis_bridge.layouts.items import LINK, Page
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import A4
from coodiag.tests.qgis import dossier_bytes as unpack
from coodiag.tests.qgis.layout_items import Made, items, labels, make, pages, plain
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItemShape,
    QgsProcessingFeedback,
    QgsProject,
)

HOSTILE = "[% 1+1 %] & <b>Fils</b> [% @coodiag_version %]"
COMMON = ("document", "objet", "territoire", "structure", "producteur", "date", "version")


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return make(samples.context())


def test_the_texts_of_a_page_are_variables_of_its_layout(made: Made) -> None:
    held = {layout.name()[:3]: layout for layout in made.layouts}
    for chapter in made.context.chapters:
        for page in chapter.pages:
            layout = held[f"{page.number:03d}"]
            scope = QgsExpressionContextUtils.layoutScope(layout)
            told = {
                "titre": page.title, "sous_titre": page.subtitle, "lecture": page.sentence,
                "page": str(page.number),
            }  # fmt: skip
            for name, text in told.items():
                assert scope.variable(f"coodiag_{name}") == french.typography(text), page.title
            for name in ("titre", "sous_titre", "lecture", "source", "chapitre", "page", "credit"):
                assert "[% @coodiag_" in layout.itemById(f"texte.{name}").text(), name
            QgsExpressionContextUtils.setLayoutVariable(layout, "coodiag_titre", "Autre titre")
            assert layout.itemById("texte.titre").currentText() == "Autre titre"
            QgsExpressionContextUtils.setLayoutVariable(
                layout, "coodiag_titre", french.typography(page.title)
            )


def test_one_change_in_the_project_changes_every_page(made: Made) -> None:
    before = dict(made.project.customVariables())
    assert {f"coodiag_{name}" for name in COMMON} <= set(before)
    changed = {"structure": "Une autre maison", "producteur": "Une autre maison", "date": "1er mai"}
    try:
        for name, text in changed.items():
            QgsExpressionContextUtils.setProjectVariable(made.project, f"coodiag_{name}", text)
        seen = 0
        for _, layout in pages(made):
            credit = layout.itemById("texte.credit")
            if credit is not None:
                assert credit.currentText().startswith("Une autre maison\nCoodiag, 1er mai")
                seen += 1
        assert seen == len(made.layouts) - 1
        cover = made.layouts[0]
        assert cover.itemById("couverture.structure").currentText() == "Une autre maison"
        assert "1er mai" in cover.itemById("couverture.date").currentText()
        assert "Une autre maison" in made.layouts[-1].itemById("credits").currentText()
    finally:
        made.project.setCustomVariables(before)


def test_variables_that_a_project_has_are_not_overwritten(made: Made) -> None:
    project = QgsProject()
    QgsExpressionContextUtils.setProjectVariable(project, "coodiag_structure", "Changée à la main")
    Draft(project, made.context, A4, "EPSG:2154")
    held = project.customVariables()
    assert held["coodiag_structure"] == "Changée à la main"
    assert held["coodiag_territoire"] == french.typography(made.context.territory)


def test_what_looks_like_an_expression_is_printed_as_it_is(qgis_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A name is never evaluated, wherever it stands: variable, label, cell of a table."""
    whole = samples.context(commune_pages=False)
    chapter = whole.chapters[0]
    page = replace(chapter.pages[0], title=HOSTILE, sentence=HOSTILE, sources=(HOSTILE,))
    figures = tuple(replace(figure, label=HOSTILE) for figure in page.figures)
    page = replace(page, figures=figures)
    first = replace(chapter, title=HOSTILE, pages=(page,), sheets=(), findings=(HOSTILE,))
    context = replace(whole, structure=HOSTILE, territory=HOSTILE, title=HOSTILE, chapters=(first,))
    hostile = make(context)
    path = tmp_path / "atlas.pdf"
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    export_series(hostile.layouts, path, dpi=72, progress=progress, context=context)
    printed = " ".join(unpack.pdf_text(path).split()).replace("\u2060", "")
    assert printed.count(HOSTILE.split(" [% @")[0]) >= 8
    for _, layout in pages(hostile):
        for label in labels(layout):
            if "Fils" in label.currentText():
                told = label.currentText().replace("\n", "")  # a long word is cut
                assert "1+1" in told and "coodiag_version" in told, label.id()


def test_a_text_is_evaluated_only_when_the_page_says_so(qgis_app) -> None:  # type: ignore[no-untyped-def]
    project = QgsProject()
    page = Page(project, "001 Essai", A4)
    page.tell("titre", "Un titre")
    told = "[% @coodiag_titre %]"
    literal = page.text("a", told, 0, 0, 50, 10, 9)
    evaluated = page.text("b", told, 0, 20, 50, 10, 9, widest="Un titre")
    other = page.text("c", "[% 1+1 %]", 0, 40, 50, 10, 9, widest="Un titre")
    assert plain(literal.currentText().replace("\u2060", "")) == told
    assert evaluated.currentText() == "Un titre"
    assert plain(other.currentText().replace("\u2060", "")) == "[% 1+1 %]"


def test_contents_and_references_lead_to_their_pages(made: Made) -> None:
    held = {layout.name()[:3]: layout for layout in made.layouts}
    entries = {label.id(): label for label in labels(held["002"])}
    linked = 0
    for name, label in entries.items():
        if re.fullmatch(r"sommaire\.\d+", name):
            number = entries[f"{name}.page"]
            assert label.customProperty(LINK) == number.currentText()
            assert number.customProperty(LINK) == number.currentText()
            linked += 1
    assert linked > 25
    for chapter in made.context.chapters:
        opening = held[f"{chapter.number:03d}"]
        for label in labels(opening):
            if label.id().startswith("chapitre.page."):
                number = re.search(r"\((\d+)\)$", label.currentText())
                assert number is not None and label.customProperty(LINK) == number[1]
    licences = str(made.context.source_pages[0])
    assert held["007"].itemById("texte.credit").customProperty(LINK) == licences


def test_backgrounds_are_locked_and_texts_are_not(made: Made) -> None:
    locked = 0
    for name, layout in pages(made):
        for item in items(layout):
            if item.id().endswith(".fond") or item.id() == "bandeau.chapitre":
                assert item.isLocked(), (name, item.id())
                locked += 1
            elif not isinstance(item, QgsLayoutItemShape):
                assert not item.isLocked(), (name, item.id())
    assert locked > 100


def test_layouts_read_back_from_the_project_are_the_same(made: Made, tmp_path: Path) -> None:
    """Written and opened again as QGIS does: same items, same texts, same printed text."""
    made.project.setCrs(made.layouts[0].itemById("carte.couverture").crs())
    path = tmp_path / "projet.qgs"
    assert made.project.write(str(path))
    again = QgsProject()
    assert again.read(str(path))
    found = {layout.name(): layout for layout in again.layoutManager().printLayouts()}
    for layout in made.layouts:
        if layout.atlas().enabled():
            continue  # its layers are in memory, which a project does not keep
        other = found[layout.name()]
        assert {item.id() for item in items(other)} == {item.id() for item in items(layout)}
        for label in labels(layout):
            twin = other.itemById(label.id())
            assert twin.currentText() == label.currentText(), (layout.name(), label.id())
            assert twin.customProperty(LINK, "") == label.customProperty(LINK, "")
    texts = []
    for rank, held in enumerate((made.layouts[:8], [found[la.name()] for la in made.layouts[:8]])):
        out = tmp_path / f"{rank}.pdf"
        progress = FeedbackProgress(QgsProcessingFeedback(False))
        export_series(held, out, dpi=72, progress=progress, context=made.context)
        texts.append(plain(unpack.pdf_text(out, "-layout")))
    assert texts[0] == texts[1]
