"""The synthesis: exactly two pages, nothing cut, whatever the context."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.edition.leaflet import leaflet
from coodiag.coodiag_plugin.qgis_bridge.layouts.leaflet import make_leaflet
from coodiag.tests.qgis import layout_items as look
from coodiag.tests.qgis import slide_items as seen
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsApplication, QgsPrintLayout, QgsProject


def contexts() -> dict[str, ReportContext]:
    whole = samples.context(commune_pages=False)
    found = {
        name: samples.context(load_profile(name), commune_pages=False) for name in ("ess", "ctg")
    }
    chapters = whole.chapters
    return {
        "coodiag": whole,
        **found,
        "long names": seen.with_long_names(whole),
        "no maps": replace(whole, chapters=tuple(replace(item, pages=()) for item in chapters)),
        "no sheets": replace(whole, chapters=tuple(replace(item, sheets=()) for item in chapters)),
        "nothing": replace(whole, chapters=(), synthesis=(), sources=(), method=(), notes=()),
    }


@pytest.fixture(
    scope="module",
    params=["coodiag", "ess", "ctg", "long names", "no maps", "no sheets", "nothing"],
)
def made(
    request: pytest.FixtureRequest, qgis_app: QgsApplication
) -> tuple[ReportContext, QgsProject, list[QgsPrintLayout]]:
    context = contexts()[request.param]
    project, extent = seen.ground(samples.context(commune_pages=False))
    if request.param in ("ess", "ctg"):
        project, extent = seen.ground(context)
    pages = make_leaflet(
        project, context, crs=look.CRS, extent=extent, around=extent, house=DEFAULT
    )
    return context, project, pages


Made = tuple[ReportContext, QgsProject, list[QgsPrintLayout]]


def test_two_pages_of_a4(made: Made) -> None:
    pages = made[2]
    assert [page.name()[:2] for page in pages] == ["S1", "S2"]
    for page in pages:
        assert page.pageCollection().pageCount() == 1
        size = page.pageCollection().page(0).pageSize()
        assert (size.width(), size.height()) == (210.0, 297.0)


def test_nothing_is_outside_cut_or_tiny(made: Made) -> None:
    for page in made[2]:
        page.refresh()
        assert not seen.outside(page), page.name()
        assert not seen.cut(page), page.name()
        assert seen.least_type(page) >= 7.0


def test_texts_stand_apart(made: Made) -> None:
    for page in made[2]:
        assert not seen.overlapping(page), page.name()


def test_the_map_is_the_one_chosen(made: Made) -> None:
    context, _, pages = made
    chosen = leaflet(context).map
    shown = [item.followVisibilityPresetName() for item in seen.maps(pages[0])]
    assert shown == ([chosen.theme] if chosen is not None else [])
    assert not seen.maps(pages[1])


def test_what_is_left_out_is_said(made: Made) -> None:
    """Every block of the synthesis stands on the page, or the page says where the rest is."""
    context, _, pages = made
    told = " ".join(look.plain(label.currentText()) for label in look.labels(pages[0]))
    blocks = [block for block in context.synthesis if block.texts]
    missing = [text for block in blocks for text in block.texts if look.plain(text) not in told]
    assert bool(missing) == (pages[0].itemById("reponse.suite") is not None)


def test_the_pdf_has_two_pages(made: Made, tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler) is not installed")
    path = seen.printed(made[2], tmp_path / "synthese.pdf")
    assert seen.pages_of_pdf(path) == 2
