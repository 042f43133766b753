"""The slides chosen from a context: everything is there once, in order, with its own figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition.context import (
    Block,
    Chapter,
    Chart,
    Figure,
    MapPage,
    ReportContext,
    Series,
    SheetPage,
    Table,
    TableRow,
    in_order,
)
from coodiag.coodiag_plugin.edition.deck import ANNEX, TOLD_PAGES, deck
from coodiag.coodiag_plugin.edition.deck_sheets import COLUMNS, FIGURE, ROWS, WIDEST, shown_chart
from coodiag.coodiag_plugin.edition.deck_slide import Slide
from coodiag.coodiag_plugin.edition.sentences.numbers import numbers_of, printed_numbers
from coodiag.tests.unit import report_samples as samples

PROFILES = ("coodiag", "ess", "ctg")
CONTENT = {
    "map": "map",
    "chart": "chart",
    "table": "table",
    "figures": "figures",
    "cards": "figures",
    "synthesis": "said",
    "words": "texts",
    "lines": "texts",
    "sources": "texts",
    "actions": "actions",
    "plan": "plan",
}


@pytest.fixture(scope="module", params=PROFILES)
def context(request: pytest.FixtureRequest) -> ReportContext:
    return samples.context(load_profile(request.param), words={"territoire": "Un texte écrit."})


def of_kind(slides: tuple[Slide, ...], kind: str) -> list[Slide]:
    return [slide for slide in slides if slide.kind == kind]


def test_every_map_and_every_chart_has_one_slide(context: ReportContext) -> None:
    slides = deck(context)
    maps = [page for chapter in context.chapters for page in chapter.pages]
    drawn = sorted(of_kind(slides, "map"), key=lambda slide: slide.page)
    assert [slide.map for slide in drawn] == maps
    charts = [
        block.chart
        for chapter in context.chapters
        for page in in_order(chapter)
        if isinstance(page, SheetPage)
        for block in page.blocks
        if block.chart is not None
    ]
    found = sorted(of_kind(slides, "chart"), key=lambda slide: slide.page)
    assert [slide.chart for slide in found] == list(map(shown_chart, charts))


def told(slides: tuple[Slide, ...]) -> list[Slide]:
    """The slides before the annex."""
    annex = [slide.number for slide in slides if slide.title == ANNEX]
    return [slide for slide in slides if not annex or slide.number < annex[0]]


def test_a_chapter_tells_few_pages_and_the_annex_holds_the_others(context: ReportContext) -> None:
    slides = deck(context)
    main = told(slides)
    assert len(main) < len(slides)
    for chapter in context.chapters:
        first: dict[int, int] = {}  # of the pages that go on from one another
        for page in in_order(chapter):
            goes_on = page.title.endswith(" (suite)")
            first[page.number] = first[page.number - 1] if goes_on else page.number
        pages = {first[slide.page] for slide in main if slide.page in first}
        actions = {first[s.page] for s in slides if s.actions and s.page in first}
        assert len(pages) <= max(TOLD_PAGES, len(actions)) and actions <= pages
    annex = [slide for slide in slides if slide not in main][1:]
    assert [slide.page for slide in annex] == sorted(slide.page for slide in annex)


def test_a_page_that_gave_a_finding_is_told() -> None:
    context = samples.context(commune_pages=False)
    chapter = next(item for item in context.chapters if len(item.pages) > TOLD_PAGES)
    finding = "Un constat que rien d’autre ne dit\u00a0: 987 654,3."
    last = replace(chapter.pages[-1], sentence=finding)
    pages = (*chapter.pages[:-1], last)
    for findings, there in (((finding,), True), ((), False)):
        changed = replace(chapter, pages=pages, sheets=(), findings=findings)
        slides = told(deck(replace(context, chapters=(changed,), synthesis=())))
        assert (last.number in {slide.page for slide in slides}) == there


def test_the_order_is_that_of_the_report(context: ReportContext) -> None:
    slides = deck(context)
    assert [slide.number for slide in slides] == list(range(1, len(slides) + 1))
    assert [slide.kind for slide in slides[:3]] == ["title", "plan", "figures"]
    main = told(slides)
    assert [slide.title for slide in main if slide.kind == "divider"] == [
        chapter.title for chapter in context.chapters
    ]
    pages = [slide.page for slide in main if slide.kind in ("map", "chart", "table", "divider")]
    assert pages == sorted(pages)
    assert main[-1].kind == "sources"


def test_no_slide_is_empty(context: ReportContext) -> None:
    for slide in deck(context):
        assert slide.title.strip(), slide
        if slide.kind in CONTENT:
            assert getattr(slide, CONTENT[slide.kind]), slide.name


def test_a_title_quotes_only_figures_of_its_slide(context: ReportContext) -> None:
    for slide in deck(context):
        if slide.kind in ("map", "chart", "table", "cards"):
            shown = printed_numbers(replace(slide, title="", note="", map=None, texts=()))
            if slide.map is not None:
                shown |= printed_numbers(slide.map.design)
            assert set(numbers_of(slide.title)) <= shown, slide.name
        for said in slide.said:
            cited = printed_numbers(said.figures)
            assert {n for text in said.texts for n in numbers_of(text)} <= cited, slide.name


def test_a_title_says_the_words_of_its_page(context: ReportContext) -> None:
    """Nothing is reworded: a message is the beginning of a sentence of the context."""
    for slide in of_kind(deck(context), "map"):
        assert slide.map is not None
        plain = slide.title.replace("\u202f", " ")
        said = slide.map.sentence.replace("\u202f", " ")
        assert slide.title == slide.map.title or said.startswith(plain)


def test_cards_beside_a_map_are_few_and_hold_what_the_title_quotes(context: ReportContext) -> None:
    for slide in of_kind(deck(context), "map"):
        assert slide.map is not None
        assert set(slide.figures) <= set(slide.map.figures)
        quoted = [
            item for item in slide.figures if printed_numbers(item) & set(numbers_of(slide.title))
        ]
        assert len(slide.figures) <= max(3, len(quoted))


def test_tables_are_small_and_say_what_they_leave_out(context: ReportContext) -> None:
    for slide in of_kind(deck(context), "table"):
        assert slide.table is not None
        assert len(slide.table.rows) <= ROWS
        short = all(len(cell) <= FIGURE for row in slide.table.rows for cell in row.cells)
        assert len(slide.table.columns) <= (WIDEST if short else COLUMNS)
        fulls = [
            block.table
            for chapter in context.chapters
            for page in chapter.sheets
            for block in page.blocks
            if block.table is not None and page.number == slide.page
        ]
        whole = [
            full
            for full in fulls
            if full.columns == slide.table.columns and len(full.rows) == len(slide.table.rows)
        ]
        assert whole or f"p.\u00a0{slide.page}" in slide.note


def test_the_plan_leads_to_the_right_slides(context: ReportContext) -> None:
    slides = deck(context)
    plan = {text: number for text, number, _ in slides[1].plan}
    for slide in of_kind(slides, "divider"):
        name = f"{slide.index}. {slide.title}" if slide.index else ANNEX
        assert plan[name] == slide.number


def test_all_the_sources_are_there(context: ReportContext) -> None:
    told = " ".join(text for slide in of_kind(deck(context), "sources") for text in slide.texts)
    for source in context.sources:
        assert source.title in told and source.vintage in told


def test_the_same_context_gives_the_same_slides(context: ReportContext) -> None:
    assert deck(context) == deck(context)


def test_a_place_for_the_analyst_is_a_slide_only_once_written() -> None:
    empty = samples.context(commune_pages=False)
    assert not [slide for slide in deck(empty) if "équipe" in slide.title]
    chapter = empty.chapters[0].id
    written = samples.context(commune_pages=False, words={chapter: "Premier constat.\nSecond."})
    found = [slide for slide in deck(written) if slide.title == "L’analyse de l’équipe"]
    assert len(found) == 1 and found[0].texts == ("Premier constat.", "Second.")


def test_a_long_analysis_is_cut_at_a_sentence_and_says_where_it_goes_on() -> None:
    context = samples.context(commune_pages=False)
    text = " ".join(f"Le constat numéro {rank} est une phrase entière." for rank in range(60))
    chapter = replace(context.chapters[0], analysis=text)
    slides = deck(replace(context, chapters=(chapter, *context.chapters[1:])))
    found = next(slide for slide in slides if slide.title == "L’analyse de l’équipe")
    assert found.texts[0].endswith("entière.") and found.texts[0] != text
    assert f"p.\u00a0{chapter.number}" in found.note


def bare(**changes: object) -> ReportContext:
    """A context with nothing but a title, changed."""
    made = samples.context(commune_pages=False)
    empty = replace(
        made, chapters=(), synthesis=(), communes=(), quality=(), notes=(), skipped=(), method=(),
        sources=(), secrecy=(), key_table=Table(made.key_table.columns, ()),
    )  # fmt: skip
    return replace(empty, **changes)  # type: ignore[arg-type]


def test_a_context_without_anything_has_a_title() -> None:
    assert [slide.kind for slide in deck(bare())] == ["title"]


def test_a_chapter_with_nothing_to_tell_has_no_slide() -> None:
    whole = samples.context(commune_pages=False)
    empty = replace(whole.chapters[0], findings=(), pages=(), sheets=(), analysis="")
    slides = deck(replace(whole, chapters=(empty, *whole.chapters[1:])))
    assert empty.title not in {slide.title for slide in of_kind(slides, "divider")}


def test_a_context_without_maps_and_one_without_sheets() -> None:
    whole = samples.context(commune_pages=False)
    for emptied in ("pages", "sheets"):
        chapters = tuple(replace(item, **{emptied: ()}) for item in whole.chapters)
        slides = deck(replace(whole, chapters=chapters))
        dividers = [slide for slide in of_kind(slides, "divider") if slide.title != ANNEX]
        assert len(dividers) == len(chapters)
        assert bool(of_kind(slides, "map")) == (emptied == "sheets")


def test_key_figures_without_value_are_counted_not_shown() -> None:
    rows = (
        TableRow("Population", ("1 000", "2 000", "…")),
        TableRow("Pauvreté", ("s", "14 %", "12 %")),
    )
    context = bare(key_table=Table(("Indicateur", "Ici", "Département", "Région"), rows))
    (figures,) = of_kind(deck(context), "figures")
    assert figures.figures == (Figure("Population", "1 000", "Département\u00a0: 2 000"),)
    assert figures.note.startswith("1\u00a0autre chiffre sans valeur")


def chapter_of(*pages: MapPage | SheetPage) -> Chapter:
    made = samples.context(commune_pages=False).chapters[0]
    maps = tuple(page for page in pages if isinstance(page, MapPage))
    sheets = tuple(page for page in pages if isinstance(page, SheetPage))
    return replace(made, findings=(), pages=maps, sheets=sheets)


def test_a_table_over_two_pages_is_one_slide_of_its_first_rows() -> None:
    rows = tuple(TableRow(f"Ligne {rank}", (str(rank),)) for rank in range(20))
    columns = ("Nom", "Nombre")
    halves = (rows[:12], rows[12:])
    sheets = [
        SheetPage(
            f"t{rank}", 7 + rank, "c", "Un tableau" + " (suite)" * rank, "", "",
            (Block("table", "Par nom", table=Table(columns, half)),), ("Source",),
        )
        for rank, half in enumerate(halves)
    ]  # fmt: skip
    slides = of_kind(deck(bare(chapters=(chapter_of(*sheets),))), "table")
    assert [slide.page for slide in slides] == [7]
    assert "6 lignes sur 20" in slides[0].note and "p.\u00a07" in slides[0].note


def test_a_chart_of_indices_keeps_those_that_say_most() -> None:
    values = (None, *(90.0 + rank for rank in range(20)), 567.0)
    names = tuple(f"Secteur {rank}" for rank in range(len(values)))
    texts = tuple("s" if value is None else f"{value:.0f}" for value in values)
    chart = Chart("index", "Indices", names, (Series("Indice", values, texts),), centre=100.0)
    shown = shown_chart(chart)
    assert 1 < len(shown.categories) < len(names)
    assert "Secteur 21" in shown.categories and "Secteur 1" in shown.categories
    assert "Secteur 0" not in shown.categories and "Secteur 11" not in shown.categories
    assert list(shown.categories) == sorted(shown.categories, key=names.index)
    drawn = dict(zip(shown.categories, shown.series[0].texts))
    assert drawn["Secteur 21"] == "567" and shown.series[0].values[-1] == 567.0


def test_sources_too_long_for_the_foot_of_a_sheet_are_on_its_slides() -> None:
    context = samples.context(commune_pages=False)
    chapter = next(item for item in context.chapters if item.sheets)
    sheet = chapter.sheets[0]
    note = Block("note", texts=("Une méthode.", "Sources : Insee, un 2021 ; Dares, deux 2022."))
    long = replace(sheet, sources=(), blocks=(*sheet.blocks, note))
    slides = deck(replace(context, chapters=(replace(chapter, sheets=(long,)),)))
    found = [slide for slide in slides if slide.page == sheet.number and slide.kind != "words"]
    assert found and all(slide.sources == ("Insee, un 2021", "Dares, deux 2022") for slide in found)
