"""The report holds what the context holds, in the form that word processors and readers expect."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.french import typography
from coodiag.coodiag_plugin.core.house import DEFAULT, House
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.context import MapPage, ReportContext, Table, in_order
from coodiag.coodiag_plugin.edition.odt import LOGO, Picture, make_odt
from coodiag.coodiag_plugin.edition.odt.chapters import chapter as chapter_parts
from coodiag.coodiag_plugin.edition.odt.edited import untouched
from coodiag.coodiag_plugin.edition.odt.parts import ChartDrawing, Text
from coodiag.tests.conftest import ROOT
from coodiag.tests.unit import report_samples as samples
from coodiag.tests.unit.odt_reading import Odt, key, words

HOSTILE = "<b>&\"'</b> ]]> {{ 7 * 7 }} \x07\ud800 fin"
READ = "<b>&\"'</b> ]]> {{ 7 * 7 }}  fin"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a"
    "49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


@cache
def context() -> ReportContext:
    return samples.context(words={"territoire": "Nos trois bassins de vie se tournent le dos."})


@cache
def short() -> ReportContext:
    """One chapter and one commune of it: enough for what does not depend on the rest."""
    whole = context()
    return replace(whole, chapters=whole.chapters[:1], communes=whole.communes[:1])


def pictures(of: ReportContext) -> dict[str, Picture]:
    pages = [page for chapter in of.chapters for page in chapter.pages]
    return {page.id: Picture(DOT, 170.0, 150.0, f"Carte : {page.title}") for page in pages}


@cache
def report() -> Odt:
    return Odt(make_odt(context(), pictures(context()), DEFAULT, dpi=30))


def tables(of: ReportContext) -> list[Table]:
    blocks = [
        block
        for chapter in of.chapters
        for sheet in chapter.sheets
        for block in sheet.blocks
        if block.table
    ]
    return [of.key_table, *(item.table for item in of.communes), *(b.table for b in blocks if b.table)]  # fmt: skip


def test_the_package_begins_with_its_type_and_lists_its_members() -> None:
    first = report().archive.infolist()[0]
    assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    assert report().archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    listed = {
        entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
        for entry in report().xml("META-INF/manifest.xml")
    }
    held = set(report().archive.namelist()) - {"mimetype", "META-INF/manifest.xml"}
    assert listed == held | {"/"}
    assert {item.date_time for item in report().archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {item.create_system for item in report().archive.infolist()} == {0}


def test_every_part_is_well_formed() -> None:
    for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml"):
        assert report().xml(name).get(key("office:version")) == "1.3"


def test_every_style_that_is_used_is_there() -> None:
    styles = {
        style.get(key("style:name"))
        for part in ("content.xml", "styles.xml")
        for style in report().all(".//*[@style:name]", part)
    }
    for attribute in ("text:style-name", "table:style-name", "draw:style-name", "style:data-style-name"):  # fmt: skip
        used = {item.get(key(attribute)) for item in report().xml().iter() if item.get(key(attribute))}  # fmt: skip
        assert used <= styles, used - styles


def test_every_figure_of_the_tables_is_in_the_document() -> None:
    printed = [row for table in report().tables() for row in table]
    for table in tables(context()):
        for row in table.rows:
            assert [typography(text) for text in (row.label, *row.cells)] in printed


def test_every_word_of_the_chapters_is_in_the_document() -> None:
    text = words(report().xml())
    for chapter in context().chapters:
        assert all(typography(finding) in text for finding in chapter.findings)
        for page in in_order(chapter):
            assert typography(page.title.removesuffix(" (suite)")) in text
            assert typography(page.sentence) in text
            assert all(typography(name) in text for name in page.sources)
            for figure in page.figures if isinstance(page, MapPage) else ():
                assert typography(figure.text) in text and typography(figure.label) in text
    for term in context().glossary:
        assert typography(term.definition) in text
    for told in (*context().secrecy, *context().method, *context().intro):
        assert typography(told) in text


def test_headings_follow_their_levels_and_the_contents_lead_to_them() -> None:
    headings = report().all(".//text:h")
    levels = [int(item.get(key("text:outline-level"), "0")) for item in headings]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:]))
    marks = {
        mark.get(key("text:name")): words(item)
        for item in headings
        for mark in item.iter(key("text:bookmark-start"))
    }
    assert len(marks) == len(headings)
    entries = report().all(".//text:index-body//text:a")
    titles = [words(item) for item, level in zip(headings, levels) if level <= 2]
    assert [words(entry).split("\t")[0] for entry in entries] == titles
    for entry in entries:
        target = str(entry.get(key("xlink:href"))).lstrip("#")
        page = entry.find("text:bookmark-ref", {"text": key("text:x")[1:-2]})
        assert words(entry).split("\t")[0] == marks[target]
        assert page is not None and page.get(key("text:ref-name")) == target


def test_every_table_has_a_header_row_and_a_name_of_its_own() -> None:
    found = report().all(".//table:table")
    assert all(item.find(key("table:table-header-rows")) is not None for item in found)
    names = [item.get(key("table:name")) for item in found]
    assert len(set(names)) == len(names)
    for item in found:
        columns = len(item.findall(key("table:table-column")))
        for row in item.iter(key("table:table-row")):
            assert len(list(row)) == columns


def test_figures_are_numbers_on_the_right() -> None:
    typed = report().all(".//table:table-cell[@office:value]")
    assert len(typed) > 100
    styles = {
        str(cell[0].get(key("text:style-name")))
        for cell in typed
        if str(cell.get(key("table:style-name"))).startswith("Td")
    }
    assert styles == {"Table_20_Figures"}


def test_every_picture_has_its_words_its_file_and_holds_on_the_page() -> None:
    frames = report().all(".//draw:frame")
    maps = sum(len(chapter.pages) for chapter in context().chapters)
    assert len(frames) > maps
    for frame in frames:
        assert words(frame.find(key("svg:title"))) and words(frame.find(key("svg:desc")))
        assert float(str(frame.get(key("svg:width"))).rstrip("m")) <= 170
        assert float(str(frame.get(key("svg:height"))).rstrip("m")) <= 200
        name = frame.find(key("draw:image")).get(key("xlink:href"))
        assert report().archive.read(name).startswith(b"\x89PNG")


def test_captions_are_numbered_one_after_the_other() -> None:
    for sequence in ("Carte", "Graphique", "Tableau"):
        fields = [item for item in report().all(".//text:sequence") if item.get(key("text:name")) == sequence]  # fmt: skip
        assert [item.text for item in fields] == [str(rank) for rank in range(1, len(fields) + 1)]
        assert fields


def test_the_places_of_the_analysts_are_marked_and_their_words_stand() -> None:
    places = report().paragraphs("A_20_completer")
    assert all(text.startswith("[À compléter par l’analyste\u00a0: ") for text in places)
    maps = sum(len(chapter.pages) for chapter in context().chapters)
    assert len([text for text in places if "cette carte" in text]) == maps
    asked = {chapter.words for chapter in context().chapters if not chapter.analysis}
    assert all(any(typography(word) in text for text in places) for word in asked if word)
    assert "Nos trois bassins de vie se tournent le dos." in report().paragraphs(
        "Texte_20_analyste"
    )


def test_the_place_of_a_map_that_is_gone_is_marked() -> None:
    held = pictures(short())
    gone = short().chapters[0].pages[0]
    del held[gone.id]
    found = Odt(make_odt(short(), held, DEFAULT, dpi=30))
    assert any(typography(gone.title) in text for text in found.paragraphs("A_20_completer"))


def test_properties_have_the_date_of_the_dossier_and_no_user() -> None:
    meta = report().xml("meta.xml")[0]
    told = {item.tag: item.text for item in meta}
    assert told[key("dc:creator")] == told[key("meta:initial-creator")] == context().structure
    assert told[key("dc:date")] == told[key("meta:creation-date")] == "2026-03-31T00:00:00"
    assert told[key("dc:language")] == "fr-FR"
    assert context().territory in str(told[key("dc:title")])


def test_the_fonts_of_the_family_are_in_the_document() -> None:
    uris = {
        item.get(key("xlink:href"))
        for item in report().xml("styles.xml").iter(key("svg:font-face-uri"))
    }
    assert len(uris) == 2 and uris <= set(report().archive.namelist())
    text = report().archive.read("styles.xml").decode()
    assert 'fo:hyphenate="true"' in text and 'fo:language="fr" fo:country="FR"' in text


def test_texts_are_escaped_wherever_they_stand() -> None:
    page = context().chapters[0].pages[0]
    chapter = replace(
        context().chapters[0], title=HOSTILE, pages=(replace(page, title=HOSTILE, subtitle=HOSTILE),),
        findings=(HOSTILE,), analysis=HOSTILE,
    )  # fmt: skip
    odd = replace(short(), structure=HOSTILE, territory=HOSTILE, title=HOSTILE, chapters=(chapter,))
    held = {page.id: Picture(DOT, 10, 10, HOSTILE), LOGO: Picture(DOT, 60, 20, HOSTILE)}
    found = Odt(make_odt(odd, held, House(family='Police "<&'), dpi=30))
    for name in ("content.xml", "styles.xml", "meta.xml"):
        assert READ in words(found.xml(name))
    assert words(found.all(".//svg:desc")[0]) == READ


def test_spaces_and_lines_of_a_text_are_kept() -> None:
    chapter = replace(context().chapters[0], analysis="a   b\nc\td")
    found = Odt(make_odt(replace(short(), chapters=(chapter,)), {}, DEFAULT, dpi=30))
    assert found.paragraphs("Texte_20_analyste") == ["a   b", "c\td"]


def test_the_same_context_gives_the_same_bytes(tmp_path: Path) -> None:
    made = [make_odt(short(), pictures(short()), DEFAULT, dpi=30) for _ in range(2)]
    assert made[0] == made[1]
    path = tmp_path / "rapport.odt"
    path.write_bytes(made[0])
    assert untouched(path)


@pytest.mark.parametrize("demo", [True, False])
def test_the_mark_of_the_demonstration(demo: bool) -> None:
    found = Odt(make_odt(replace(short(), demo=demo), {}, DEFAULT, dpi=30))
    assert ("DONNÉES FICTIVES" in words(found.xml("styles.xml"))) is demo
    assert bool(found.paragraphs("Avertissement")) is demo


def test_every_template_is_described() -> None:
    with (ROOT / "templates" / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        told = {row["template"] for row in csv.DictReader(stream, delimiter=";")}
    there = {f"odt/{path.name}" for path in (ROOT / "templates" / "odt").iterdir()}
    assert there == {name for name in told if name.startswith("odt/")}


def test_a_chart_under_a_map_is_low_and_does_not_say_its_sources_again() -> None:
    whole = context()
    chapter = next(item for item in whole.chapters if any(page.chart for page in item.pages))
    page = next(page for page in chapter.pages if page.chart)
    assert page.chart is not None and page.sources
    alone = replace(chapter, pages=(page,), sheets=(), analysis="")
    parts = list(chapter_parts(alone, whole))
    drawn = [part for part in parts if isinstance(part, ChartDrawing)]
    assert [part.low for part in drawn] == [True]
    said = [part for part in parts if isinstance(part, Text) and part.style == "source"]
    assert len(said) == 1
    made = Odt(make_odt(replace(whole, chapters=(alone,), communes=()), {}, DEFAULT, dpi=30))
    (frame,) = (
        item for item in made.all(".//draw:frame") if item.get(key("draw:name")) == "Graphique 1"
    )
    height = float(str(frame.get(key("svg:height"))).removesuffix("mm"))
    assert height <= charts.height_of(page.chart, charts.NARROW) + 0.01
    assert height < charts.height_of(page.chart, 170.0)
