"""The report as one HTML file: everything is in it, nothing else is asked for, all is reachable."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from coodiag.coodiag_plugin.edition.context import MapPage, ReportContext, in_order
from coodiag.coodiag_plugin.edition.html.tables import SPOKEN
from coodiag.tests.unit import html_samples as html
from coodiag.tests.unit import report_samples as samples


@pytest.fixture(scope="module")
def context() -> ReportContext:
    return samples.context()


@pytest.fixture(scope="module")
def text(context: ReportContext) -> str:
    return html.report(context)


@pytest.fixture(scope="module")
def page(text: str) -> html.Page:
    return html.Page(text)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_same_context_gives_the_same_text(context: ReportContext, text: str) -> None:
    assert html.report(context) == text


def test_nothing_is_asked_of_the_network(page: html.Page, text: str) -> None:
    for tag, attributes in page.elements:
        for name in ("src", "href", "data", "action", "poster", "xlink:href"):
            target = attributes.get(name, "")
            allowed = target.startswith(("#", "data:")) or not target
            assert allowed or (tag == "a" and attributes["rel"] == "noopener noreferrer"), target
        assert tag not in ("link", "iframe", "object", "embed", "base")
    style = text[text.index("<style>") : text.index("</style>")]
    assert "@import" not in style
    assert set(re.findall(r"url\(\"?([a-z]+):", style)) == {"data"}


def test_only_the_shipped_script_may_run(page: html.Page, text: str) -> None:
    script = text[text.index("<script>") + len("<script>") : text.index("</script>")]
    printed = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    policy = next(item["content"] for item in page.of("meta") if "http-equiv" in item)
    assert f"script-src 'sha256-{printed}'" in policy
    assert policy.startswith("default-src 'none';")
    assert len(page.of("script")) == 1
    assert not [name for _, held in page.elements for name in held if name.startswith("on")]


def test_identifiers_are_unique_and_references_are_held(page: html.Page, text: str) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    held = set(ids)
    for tag, attributes in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set(attributes.get(name, "").split()) <= held, (tag, attributes)
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in held
        found = re.fullmatch(r"url\(#(.+)\)", attributes.get("fill", ""))
        assert not found or found[1] in held


def test_headings_go_down_one_level_at_a_time(page: html.Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_landmarks_language_and_skip_link(page: html.Page) -> None:
    assert page.of("html") == [{"lang": "fr"}]
    for landmark in ("header", "main", "footer"):
        assert len(page.of(landmark)) == 1
    assert page.of("nav")[0]["aria-label"] == "Sommaire"
    assert page.of("a")[0]["href"] == f"#{page.of('main')[0]['id']}"


def test_tables_have_captions_and_headers(page: html.Page) -> None:
    tables = page.of("table")
    assert len(page.of("caption")) == len(tables) > 20
    heads = page.of("th")
    assert heads and {item["scope"] for item in heads} == {"col", "row"}


def test_drawings_have_names_and_words(page: html.Page) -> None:
    for drawing in page.of("svg"):
        hidden = drawing.get("aria-hidden") == "true" or drawing.get("focusable") == "false"
        named = "aria-labelledby" in drawing or "aria-label" in drawing
        assert hidden or (drawing["role"] == "img" and named), drawing
    maps = [item for item in page.of("svg") if item.get("class") == "carte"]
    assert len(maps) == len(
        [item for item in page.of("details") if item.get("class") == "chiffres"]
    )


def test_every_printed_figure_is_in_the_report(context: ReportContext, page: html.Page) -> None:
    written = page.text
    wanted = [cell for row in context.key_table.rows for cell in row.cells]
    for chapter in context.chapters:
        wanted += [chapter.title, *chapter.findings]
        for item in in_order(chapter):
            wanted += [item.title, item.subtitle, item.sentence, *item.sources]
            if isinstance(item, MapPage):
                wanted += [item.method, item.design.method]
                wanted += [text for figure in item.figures for text in (figure.text, figure.label)]
                continue
            for block in item.blocks:
                wanted += [block.title, *block.texts]
                wanted += [figure.text for figure in block.figures]
                if block.table:
                    wanted += [cell for row in block.table.rows for cell in row.cells]
                if block.chart:
                    wanted += [text for series in block.chart.series for text in series.texts]
    for commune in context.communes:
        wanted += [commune.name, commune.sentence, *(item.text for item in commune.figures)]
        wanted += [cell for row in commune.table.rows for cell in row.cells]
    wanted += [part for term in context.glossary for part in (term.term, term.definition)]
    wanted += [*context.secrecy, *context.method, *context.intro]
    missing = [words for words in wanted if plain(words) not in written]
    assert not missing


def test_signs_are_told_in_words(text: str) -> None:
    for sign, words in SPOKEN.items():
        told = f'<span aria-hidden="true">{sign}</span><span class="vh">{words}</span>'
        assert sign == "n.s." or told in text


def test_the_mark_of_invented_data_is_there_only_for_them(text: str) -> None:
    assert "DONNÉES FICTIVES</p>" in text
    assert "DONNÉES FICTIVES" not in html.Page(html.report(samples.context(demo=False))).text


def test_a_report_without_communes_or_chapters_is_still_one() -> None:
    context = samples.context(commune_pages=False)
    text = html.report(context)
    assert 'id="communes-pages"' not in text
    ids = {held["id"] for _, held in html.Page(text).elements if "id" in held}
    links = {item["href"][1:] for item in html.Page(text).of("a") if item["href"][0] == "#"}
    assert links <= ids
