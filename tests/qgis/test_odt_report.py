"""The report of the demonstration: maps of its layouts, and files that are never written over."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coodiag.coodiag_plugin.core.errors import Cancelled
from coodiag.coodiag_plugin.core.house import DEFAULT
from coodiag.coodiag_plugin.core.progress import Silent
from coodiag.coodiag_plugin.edition.context import ReportContext, from_json
from coodiag.coodiag_plugin.edition.odt.picture import TALLEST, TALLEST_OVER_CHART, TEXT_WIDTH
from coodiag.coodiag_plugin.qgis_bridge.layouts.fonts import line_height, load_fonts, wrap
from coodiag.coodiag_plugin.qgis_bridge.layouts.slides.page import SURE
from coodiag.coodiag_plugin.qgis_bridge.odt_report import write_odt
from coodiag.coodiag_plugin.qgis_bridge.pictures import MAP, _readable, house_pictures, map_pictures
from coodiag.tests.qgis.conftest import DemoRun
from qgis.core import (
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtGui import QColor, QImage

DPI = 60
#: Pages that are looked at: circles, classes, two columns of a legend.
PAGES = 3


class Told(Silent):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say(self, template: str, **fields: Any) -> None:
        self.said.append(template.format(**fields))

    warn = say

    def part(self, start: float, end: float) -> Told:
        return self


@pytest.fixture(scope="module")
def project(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[QgsProject]:
    """The project of a copy of the dossier: the tests may move what is on its pages."""
    folder = shutil.copytree(demo_run.dossier, tmp_path_factory.mktemp("odt") / "dossier")
    load_fonts()
    opened = QgsProject()
    assert opened.read(str(folder / "diagnostic.qgz"))
    yield opened
    opened.clear()


@pytest.fixture(scope="module")
def context(demo_run: DemoRun) -> ReportContext:
    """The context of the run with the first maps of one of its chapters."""
    whole = from_json((demo_run.dossier / "contexte.json").read_text(encoding="utf-8"))
    chapter = max(whole.chapters, key=lambda item: len(item.pages))
    held = replace(chapter, pages=chapter.pages[:PAGES], sheets=chapter.sheets[:1])
    return replace(whole, chapters=(held,), communes=whole.communes[:2])


def layout_of(project: QgsProject, number: int) -> QgsPrintLayout:
    found = [
        layout
        for layout in project.layoutManager().printLayouts()
        if layout.name().startswith(f"{number:03d} ")
    ]
    return found[0]


def image(png: bytes) -> QImage:
    found = QImage.fromData(png)
    assert not found.isNull()
    return found


def test_each_map_is_a_picture_of_its_layout(project: QgsProject, context: ReportContext) -> None:
    pages = context.chapters[0].pages
    found = map_pictures(project, context, dpi=DPI, progress=Silent())
    assert list(found) == [page.id for page in pages]
    for page in pages:
        picture = found[page.id]
        tallest = TALLEST if page.chart is None else TALLEST_OVER_CHART
        assert picture.width <= TEXT_WIDTH + 0.01 and picture.height <= tallest + 0.01
        assert page.sentence[:40] in picture.alt
        drawn = image(picture.png)
        assert abs(drawn.width() / DPI * 25.4 - picture.width) < 1
        colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 2) for y in range(0, drawn.height(), 2)}  # fmt: skip
        wanted = {colour.lower() for colour in page.design.colours}
        assert wanted <= colours or page.design.opacity < 1 or page.design.circle_values
    again = map_pictures(project, context, dpi=DPI, progress=Silent())
    assert again == found


def test_a_title_in_larger_type_covers_nothing_of_the_legend(
    project: QgsProject, context: ReportContext
) -> None:
    """At the scale of a report a title takes two lines: classes and circles go down with it."""
    grown = 0
    for page in context.chapters[0].pages:
        layout = layout_of(project, page.number)
        title = layout.itemById("legende.titre")
        if not isinstance(title, QgsLayoutItemLabel):
            continue
        before, below = title.rect().height(), _under(layout, title)
        copy = _readable(layout, 0.5)
        larger = copy.itemById("legende.titre")
        assert isinstance(larger, QgsLayoutItemLabel)
        form = larger.textFormat()
        lines = wrap(larger.currentText(), larger.rect().width() * SURE, form.size(), bold=True)
        tall = len(lines) * line_height(form.size())
        assert tall <= max(larger.rect().height(), line_height(form.size())) + 0.31
        assert _under(copy, larger) == pytest.approx(below, abs=0.1)
        grown += larger.rect().height() > before + 1
    assert grown, "no title of these pages takes a second line"


def _under(layout: QgsPrintLayout, title: QgsLayoutItemLabel) -> float:
    """The white under a title: to the first item of the legend below it (mm)."""
    bottom = title.sceneBoundingRect().bottom()
    tops = [
        item.sceneBoundingRect().top()
        for item in layout.items()
        if isinstance(item, QgsLayoutItem)
        and item.id().startswith("legende.")
        and item is not title
    ]
    return min(top for top in tops if top > title.sceneBoundingRect().top() + 0.1) - bottom


def test_what_is_changed_by_hand_is_in_the_picture(
    project: QgsProject, context: ReportContext
) -> None:
    page = context.chapters[0].pages[0]
    layout = layout_of(project, page.number)
    before = map_pictures(project, context, dpi=DPI, progress=Silent())
    main = layout.itemById(MAP)
    assert isinstance(main, QgsLayoutItemMap)
    extent = main.extent()
    main.zoomToExtent(QgsRectangle(extent.center(), extent.center()).buffered(extent.width() / 4))
    try:
        after = map_pictures(project, context, dpi=DPI, progress=Silent())
    finally:
        main.zoomToExtent(extent)
    assert after[page.id].png != before[page.id].png
    assert {key: item for key, item in after.items() if key != page.id} == {
        key: item for key, item in before.items() if key != page.id
    }


def test_a_layout_that_is_gone_is_told(project: QgsProject, context: ReportContext) -> None:
    page = context.chapters[0].pages[1]
    layout = layout_of(project, page.number)
    name = layout.name()
    layout.setName("mise de côté")
    told = Told()
    try:
        found = map_pictures(project, context, dpi=DPI, progress=told)
    finally:
        layout.setName(name)
    assert page.id not in found and len(found) == PAGES - 1
    assert any(page.title in text for text in told.said)


def test_a_cancel_is_heard_between_two_pictures(
    project: QgsProject, context: ReportContext, tmp_path: Path
) -> None:
    stopped = Silent()
    stopped.cancelled = True
    with pytest.raises(Cancelled):
        write_odt(project, context, tmp_path / "rapport.odt", house=DEFAULT, progress=stopped)
    assert list(tmp_path.iterdir()) == []


def test_a_logo_is_a_picture_whatever_its_format(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#125aa3"/></svg>',
        encoding="utf-8",
    )
    photo = QImage(400, 300, QImage.Format.Format_RGB32)
    photo.fill(QColor("#d1603d"))
    assert photo.save(str(tmp_path / "photo.jpg"))
    found = house_pictures(replace(DEFAULT, logo=logo, photo=tmp_path / "photo.jpg"))
    sizes = [(round(item.width), round(item.height)) for item in found.values()]
    assert sizes == [(60, 30), (170, 128)]
    assert image(found["@logo"].png).pixelColor(50, 50).name() == "#125aa3"
    assert image(found["@logo"].png).width() == 709


def test_an_edited_report_stays(
    project: QgsProject, context: ReportContext, tmp_path: Path
) -> None:
    path = tmp_path / "rapport.odt"
    told = Told()

    def write() -> Path:
        return write_odt(project, context, path, house=DEFAULT, dpi=DPI, progress=told)

    assert write() == path
    first = path.read_bytes()
    assert write() == path and path.read_bytes() == first and not told.said
    _edit(path)
    mine = path.read_bytes()
    assert write() == tmp_path / "rapport (2).odt"
    assert path.read_bytes() == mine and (tmp_path / "rapport (2).odt").read_bytes() == first
    assert any("rapport (2).odt" in text for text in told.said)
    assert write() == tmp_path / "rapport (2).odt"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["rapport (2).odt", "rapport.odt"]


def _edit(path: Path) -> None:
    """A word added in the text, as a word processor saves it."""
    with zipfile.ZipFile(path) as archive:
        members = [(item, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for item, content in members:
            if item.filename == "content.xml":
                content = content.replace("Synthèse".encode(), "Ma synthèse".encode())
            archive.writestr(item, content)


@pytest.fixture
def libreoffice() -> str:
    found = shutil.which("libreoffice") or shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not installed: the report is not opened by a word processor")
    return found


def test_libreoffice_makes_a_pdf_of_it(
    project: QgsProject, context: ReportContext, tmp_path: Path, libreoffice: str
) -> None:
    path = write_odt(
        project, context, tmp_path / "rapport.odt", house=DEFAULT, dpi=DPI, progress=Silent()
    )
    done = subprocess.run(
        [libreoffice, f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    # What LibreOffice says of its own Java is not about the document.
    told = [line for line in done.stderr.splitlines() if line.strip() and "javaldx" not in line]
    assert told == []
    assert (tmp_path / "rapport.pdf").stat().st_size > 20_000
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed: the text of the PDF is not read")
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "rapport.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    flat = " ".join(text.split())
    for row in context.key_table.rows:
        for cell in row.cells:
            assert " ".join(cell.split()) in flat, cell
    for chapter in context.chapters:
        assert chapter.title in flat
        assert all(" ".join(page.title.split()) in flat for page in chapter.pages)
    assert "Glossaire" in flat and "[À compléter par l’analyste" in flat
