"""What the synthesis of two pages tells, from any context."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition.leaflet import CHARTS, FIGURES, leaflet, main_map
from coodiag.tests.unit import report_samples as samples


def test_the_crossing_comes_first() -> None:
    chapter, page = main_map(samples.context(commune_pages=False))
    assert chapter is not None and page is not None and page.design.kind == "bivariate"


def test_without_a_crossing_the_map_is_that_of_who_is_reached_then_one_that_stands_clear() -> None:
    context = samples.context(commune_pages=False)
    without = tuple(
        replace(
            chapter,
            pages=tuple(page for page in chapter.pages if page.design.kind != "bivariate"),
        )
        for chapter in context.chapters
    )
    _, page = main_map(replace(context, chapters=without))
    assert page is not None and page.layer in ("recrutement", "penetration")
    plain = tuple(
        replace(chapter, pages=tuple(page for page in chapter.pages if page.layer == "communes"))
        for chapter in context.chapters
    )
    _, page = main_map(replace(context, chapters=plain))
    assert page is not None and any(f.note.startswith(("écart", "rapport")) for f in page.figures)


def test_without_maps_there_is_none() -> None:
    context = samples.context(commune_pages=False)
    empty = tuple(replace(chapter, pages=()) for chapter in context.chapters)
    assert main_map(replace(context, chapters=empty)) == (None, None)


@pytest.mark.parametrize("name", ["coodiag", "ess", "ctg"])
def test_the_content_comes_from_the_context(name: str) -> None:
    context = samples.context(load_profile(name), commune_pages=False)
    content = leaflet(context)
    assert len(content.figures) <= FIGURES
    labels = {row.label for row in context.key_table.rows}
    assert all(figure.label in labels for figure in content.figures)
    assert [part.page for part in content.chapters] == [
        chapter.number for chapter in context.chapters if chapter.findings
    ]
    assert len(content.charts) <= CHARTS and len({item.page for item in content.charts}) == len(
        content.charts
    )
    assert len(content.sources) == len(set(content.sources))
