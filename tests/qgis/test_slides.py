"""The slides as layouts: large type, nothing cut, nothing outside, one page each."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.edition.deck import deck
from coodiag.coodiag_plugin.qgis_bridge.layouts.slides import make_slides
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import WIDE
from coodiag.tests.qgis import layout_items as look
from coodiag.tests.qgis import slide_items as seen
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsApplication, QgsLayoutItemPicture, QgsPrintLayout, QgsProject

LEAST = 14.0


def slides_of(context: ReportContext) -> tuple[QgsProject, list[QgsPrintLayout]]:
    project, extent = seen.ground(context)
    made = make_slides(project, context, crs=look.CRS, extent=extent, around=extent, house=DEFAULT)
    return project, made


@pytest.fixture(scope="module", params=["coodiag", "ess", "ctg", "long names"])
def shown(
    request: pytest.FixtureRequest, qgis_app: QgsApplication
) -> tuple[ReportContext, QgsProject, list[QgsPrintLayout]]:
    long = request.param == "long names"
    profile = load_profile("coodiag" if long else request.param)
    context = samples.context(
        profile, commune_pages=False, words={profile.chapters[0].id: "Écrit."}
    )
    context = seen.with_long_names(context) if long else context
    return (context, *slides_of(context))


Shown = tuple[ReportContext, QgsProject, list[QgsPrintLayout]]


def test_a_layout_per_slide_in_order(shown: Shown) -> None:
    context, _, layouts = shown
    names = [layout.name() for layout in layouts]
    assert names == [slide.name for slide in deck(context)] == sorted(names)
    assert len(set(names)) == len(names)
    for layout in layouts:
        size = layout.pageCollection().page(0).pageSize()
        assert size.width() / size.height() == pytest.approx(16 / 9, rel=1e-3)


def test_nothing_is_tiny(shown: Shown) -> None:
    for layout in shown[2]:
        assert seen.least_type(layout) >= LEAST, layout.name()


def test_nothing_is_outside_or_cut(shown: Shown) -> None:
    found = {}
    for layout in shown[2]:
        layout.refresh()
        found[layout.name()] = (seen.outside(layout), seen.cut(layout))
    assert not {name: faults for name, faults in found.items() if any(faults)}


def test_texts_stand_apart(shown: Shown) -> None:
    found = {layout.name(): seen.overlapping(layout) for layout in shown[2]}
    assert not {name: pairs for name, pairs in found.items() if pairs}


def test_maps_are_large_and_dressed(shown: Shown) -> None:
    context, _, layouts = shown
    for slide, layout in zip(deck(context), layouts):
        if slide.map is None:
            continue
        (item,) = seen.maps(layout)
        assert item.followVisibilityPresetName() == slide.map.theme
        room = look.box(item)
        paper = WIDE.width * WIDE.height * WIDE.scale**2
        assert room.width() * room.height() > 0.13 * paper, layout.name()
        assert layout.itemById("echelle") is not None
        assert layout.itemById("legende.titre") is not None
        assert layout.itemById("legende.distribution.axe") is None


def test_a_crossing_is_not_named_by_one_of_its_subjects(shown: Shown) -> None:
    context, _, layouts = shown
    for slide, layout in zip(deck(context), layouts):
        if slide.map is not None and slide.map.design.kind == "bivariate":
            title = layout.itemById("legende.titre").currentText()
            assert title == "Deux indicateurs croisés"


def test_an_invented_territory_says_so(shown: Shown) -> None:
    for layout in shown[2]:
        assert layout.itemById("marque.demonstration") is not None, layout.name()


def test_the_pdf_has_the_pages_and_no_small_type(shown: Shown, tmp_path: Path) -> None:
    if shutil.which("pdftohtml") is None:
        pytest.skip("pdftohtml (poppler) is not installed")
    context, _, layouts = shown
    kinds: dict[str, int] = {}
    for rank, slide in enumerate(deck(context)):
        kinds.setdefault(slide.kind + (slide.chart.kind if slide.chart else ""), rank)
    some = [layouts[rank] for rank in kinds.values()]
    path = seen.printed(some, tmp_path / "diaporama.pdf")
    assert seen.pages_of_pdf(path) == len(some)
    assert min(seen.sizes_in_pdf(path)) >= LEAST


def test_a_chart_is_kept_in_the_project(shown: Shown) -> None:
    context, _, layouts = shown
    for slide, layout in zip(deck(context), layouts):
        if slide.chart is not None:
            item = layout.itemById("graphique")
            assert isinstance(item, QgsLayoutItemPicture)
            assert item.picturePath().startswith("base64:")


def test_contexts_without_maps_or_sheets_or_anything(qgis_app: QgsApplication) -> None:
    whole = samples.context(commune_pages=False, demo=False)
    project, extent = seen.ground(whole)
    for chapters in (
        tuple(replace(item, pages=()) for item in whole.chapters),
        tuple(replace(item, sheets=()) for item in whole.chapters),
        (),
    ):
        context = replace(whole, chapters=chapters)
        made = make_slides(
            project, context, crs=look.CRS, extent=extent, around=extent, house=DEFAULT
        )
        assert len(made) == len(deck(context))
        assert all(layout.itemById("marque.demonstration") is None for layout in made)
