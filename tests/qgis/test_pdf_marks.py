"""Bookmarks, links, tags and words of the demonstration's atlas, read back with poppler."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json, in_order
from coodiag.coodiag_plugin.edition.pdf.objects import Pdf, read
from coodiag.tests.qgis.conftest import DemoRun
from coodiag.tests.qgis.layout_items import plain


@pytest.fixture(scope="module")
def context(demo_run: DemoRun) -> ReportContext:
    return from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def atlas(demo_run: DemoRun) -> Path:
    return demo_run.dossier / "atlas.pdf"


@pytest.fixture(scope="module")
def pdf(atlas: Path) -> Pdf:
    made = read(atlas.read_bytes())
    assert made is not None
    return made


def told(*words: str | Path) -> str:
    done = subprocess.run([*map(str, words)], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def string(body: bytes, name: bytes) -> str:
    """A string of a dictionary, as the file holds it."""
    found = re.search(rb"/" + name + rb" ?\(\xfe\xff((?:[^\\)]|\\.)*)\)", body, re.DOTALL)
    if found is None:
        return ""
    signs = {b"n": b"\n", b"r": b"\r"}
    whole = re.sub(rb"\\(.)", lambda m: signs.get(m[1], m[1]), found[1], flags=re.DOTALL)
    return whole.decode("utf-16-be")


def reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" \[?(\d+) 0 R", body)
    return int(found[1]) if found else 0


def outline(pdf: Pdf) -> list[tuple[int, str, int]]:
    """Level, words and page number of each bookmark, in reading order."""
    result: list[tuple[int, str, int]] = []
    pages = pdf.pages

    def walk(number: int, level: int) -> None:
        while number:
            body = pdf.body(number)
            page = pages.index(reference(body, b"Dest")) + 1
            result.append((level, string(body, b"Title"), page))
            walk(reference(body, b"First"), level + 1)
            number = reference(body, b"Next")

    walk(reference(pdf.body(reference(pdf.body(pdf.root), b"Outlines")), b"First"), 0)
    return result


def test_the_outline_names_every_chapter_page_and_commune(pdf: Pdf, context: ReportContext) -> None:
    held = outline(pdf)
    for chapter in context.chapters:
        assert (0, f"{chapter.index}. {chapter.title}", chapter.number) in held
        last = ""
        for page in in_order(chapter):
            if page.title != last:  # a title that goes on over several pages is named once
                assert (1, plain(page.title), page.number) in [
                    (level, plain(words), number) for level, words, number in held
                ]
            last = page.title
    communes = [
        entry for entry in held if context.commune_first <= entry[2] < context.glossary_pages[0]
    ]
    assert [entry[1] for entry in communes if entry[0] == 1] == [c.name for c in context.communes]
    assert [entry[2] for entry in communes if entry[0] == 1] == [
        context.commune_first + rank for rank in range(len(context.communes))
    ]
    for words, number in (
        ("Couverture", 1),
        ("Glossaire", context.glossary_pages[0]),
        ("Sources", context.source_pages[0]),
    ):
        assert (0, words, number) in held
    assert [entry[2] for entry in held] == sorted(entry[2] for entry in held)


def test_each_line_of_the_contents_leads_to_the_page_whose_number_it_prints(
    pdf: Pdf, atlas: Path, context: ReportContext
) -> None:
    pages, links = pdf.pages, []
    body = pdf.body(pages[1])
    listed = re.search(rb"/Annots \[([^\]]+)\]", body)
    assert listed is not None
    for number in re.findall(rb"(\d+) 0 R", listed[1]):
        link = pdf.body(int(number))
        box = [float(part) for part in re.search(rb"/Rect \[([^\]]+)\]", link)[1].split()]  # type: ignore[index]
        links.append((box, pages.index(reference(link, b"Dest")) + 1))
    assert len(links) >= sum(len(in_order(chapter)) for chapter in context.chapters)
    height = float(re.search(rb"/MediaBox \[\S+ \S+ \S+ ([\d.]+)\]", body)[1])  # type: ignore[index]
    words = told("pdftotext", "-bbox", "-f", "2", "-l", "2", atlas, "-")
    printed = [
        (float(x), float(y), int(word))
        for x, y, word in re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">(\d+)</word>', words
        )
    ]
    numbers = [target for _, target in links]
    for box, target in links:
        left, bottom, _, top = box
        middle = height - (top + bottom) / 2
        # The number on the line of the link, in it or to its right, the nearest one.
        beside = [
            (x, number) for x, y, number in printed if y - 1 <= middle <= y + 14 and x >= left - 1
        ]
        assert target in [number for _, number in beside], (box, target)
    assert set(numbers) >= {chapter.number for chapter in context.chapters}


def test_the_title_the_language_and_the_day_are_the_dossiers(
    atlas: Path, context: ReportContext
) -> None:
    info = told("pdfinfo", atlas)
    assert re.search(rf"Title: +{re.escape(context.title)}", info)
    assert re.search(rf"Author: +{re.escape(context.structure)}", info)
    assert context.territory in re.search(r"Keywords:.*", info)[0]  # type: ignore[index]
    assert re.search(r"Tagged: +yes", info)
    content = atlas.read_bytes()
    day = context.date.replace("-", "").encode()
    assert b"/CreationDate (D:%s)" % day in content and b"/Lang (fr-FR)" in content
    assert b"DisplayDocTitle true" in content
    for secret in (b"uuid", b"ModDate", str(Path.home()).encode(), str(atlas.parent).encode()):
        assert secret not in content


def test_a_screen_reader_has_the_words_of_the_maps_and_spaces_between_words(
    pdf: Pdf, context: ReportContext
) -> None:
    figures = [
        string(body, b"Alt")
        for body in map(pdf.body, pdf.numbers)
        if re.match(rb"<</S/Figure", body)
    ]
    assert figures and all(figures)
    for chapter in context.chapters:
        for page in chapter.pages:
            assert any(plain(page.title) in plain(words) for words in figures), page.title
    tables = [body for body in map(pdf.body, pdf.numbers) if b"begincmap" in body[:200]]
    assert tables and not any(b"<0009>" in body for body in tables)


def test_each_page_is_read_title_first(pdf: Pdf, context: ReportContext) -> None:
    """A section of the structure per page, in the order of the pages, its title before the rest."""
    document = pdf.body(reference(pdf.body(reference(pdf.body(pdf.root), b"StructTreeRoot")), b"K"))
    sections = re.findall(rb"(\d+) 0 R", document.partition(b"/K [")[2])
    assert len(sections) == context.pages
    for page in (page for chapter in context.chapters for page in in_order(chapter)):
        section = pdf.body(int(sections[page.number - 1]))
        assert plain(string(section, b"T")) == plain(page.title)
        kids = re.findall(rb"(\d+) 0 R", section.partition(b"/K [")[2])
        kinds = [re.match(rb"<</S/(\w+)", pdf.body(int(kid)))[1] for kid in kids]  # type: ignore[index]
        assert kinds[0] == b"H1" and kinds.count(b"H1") == 1, page.title


def test_the_text_can_be_searched(atlas: Path, context: ReportContext) -> None:
    assert "Agglomération" in told("pdftotext", "-f", "1", "-l", "6", atlas, "-")
