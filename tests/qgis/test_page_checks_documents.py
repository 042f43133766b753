"""The documents of the demonstration hold no fault: atlas on A4 and A3, slides, synthesis, and what
another reader than QGIS sees of their PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json
from coodiag.coodiag_plugin.qgis_bridge.documents import SHEET, SLIDE, layouts_of
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import check_layouts
from coodiag.coodiag_plugin.qgis_bridge.layouts.fonts import load_fonts
from coodiag.coodiag_plugin.qgis_bridge.layouts.series import make_layouts
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import FAMILY
from coodiag.coodiag_plugin.qgis_bridge.project import frames
from coodiag.tests.qgis import printed_pages as printed
from coodiag.tests.qgis.conftest import DemoRun
from qgis.core import QgsPrintLayout, QgsProject

#: PDF of a dossier, and the least type (points) of its paper.
DOCUMENTS = (("atlas", 7.0), ("diaporama", 14.0), ("synthese", 7.0))
#: Points that QGIS rounds some letters by at the resolution of the tests (96 dots an inch).
ROUNDED = 0.5


def opened(dossier: Path) -> QgsProject:
    load_fonts()
    project = QgsProject()
    assert project.read(str(dossier / "diagnostic.qgz"))
    return project


def told(layouts: list[QgsPrintLayout], context: ReportContext) -> str:
    return "\n".join(fault.sentence() for fault in check_layouts(layouts, context))


@pytest.fixture(scope="module")
def project(demo_run: DemoRun) -> QgsProject:
    return opened(demo_run.dossier)


@pytest.fixture(scope="module")
def context(demo_run: DemoRun) -> ReportContext:
    return from_json((demo_run.dossier / "contexte.json").read_text("utf-8"))


@pytest.mark.parametrize("mark", ["", SLIDE, SHEET])
def test_the_pages_kept_in_the_project_have_no_fault(
    project: QgsProject, context: ReportContext, mark: str
) -> None:
    """Atlas, slides and synthesis, found by the first letter of their names."""
    layouts = layouts_of(project, mark)
    assert len(layouts) >= 2
    assert not told(layouts, context)


def test_the_pages_on_a3_have_no_fault(demo_run: DemoRun, context: ReportContext) -> None:
    project = opened(demo_run.dossier)
    project.layoutManager().clear()
    extent, around = frames(project)
    crs = project.crs().authid()
    layouts = make_layouts(project, context, paper="A3", crs=crs, extent=extent, around=around)
    size = layouts[0].pageCollection().page(0).pageSize()
    assert (round(size.width()), round(size.height())) == (420, 297)
    assert not told(layouts, context)


def present(demo_run: DemoRun, name: str) -> Path:
    path = demo_run.dossier / f"{name}.pdf"
    assert path.is_file(), name
    return path


@pytest.mark.parametrize(("name", "least"), DOCUMENTS)
def test_no_word_of_a_pdf_is_outside_over_another_or_tiny(
    demo_run: DemoRun, name: str, least: float
) -> None:
    wrong, seen = [], 0
    for page in printed.pages(present(demo_run, name)):
        seen += len(page.words)
        wrong += [f"page {page.number} : {word.text} hors page" for word in page.outside()]
        wrong += [f"page {page.number} : {one} × {other}" for one, other in page.overlapping()]
        wrong += [
            f"page {page.number} : {word.text} ({word.height:.1f} pt)"
            for word in page.words
            if word.height < least - ROUNDED
        ]
    assert seen > 300
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("name", "least"), DOCUMENTS)
def test_the_fonts_of_a_pdf_are_embedded_and_shipped(
    demo_run: DemoRun, name: str, least: float
) -> None:
    found = printed.fonts(present(demo_run, name))
    assert found
    for font, embedded, readable in found:
        assert embedded and readable and font.startswith(FAMILY.replace(" ", "")), font
