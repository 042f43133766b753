"""A3 is the drawing of A4 at √2: every item, every size of type, every legend, and the PDF."""

from __future__ import annotations

import math
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.qgis_bridge.feedback import FeedbackProgress
from coodiag.coodiag_plugin.qgis_bridge.labels import TYPE_SCALE
from coodiag.coodiag_plugin.qgis_bridge.layouts.export import export_series
from coodiag.tests.qgis.layout_items import Made, box, items, labels, make, pages
from coodiag.tests.unit import report_samples as samples
from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsPrintLayout,
    QgsProcessingFeedback,
)

GROWN = math.sqrt(2)


def few() -> ReportContext:
    """A page of each kind of map, the pages without maps of one chapter, two communes."""
    whole = samples.context()
    kinds: dict[str, str] = {}
    for chapter in whole.chapters:
        for page in chapter.pages:
            kinds.setdefault(page.design.kind, page.id)
    told = next(chapter.id for chapter in whole.chapters if chapter.sheets)
    chapters = [
        replace(
            chapter,
            pages=tuple(page for page in chapter.pages if page.id in kinds.values()),
            sheets=chapter.sheets if chapter.id == told else (),
        )
        for chapter in whole.chapters
    ]
    held = tuple(chapter for chapter in chapters if chapter.pages or chapter.sheets)
    return replace(whole, chapters=held)


@pytest.fixture(scope="module")
def both(qgis_app) -> tuple[Made, Made]:  # type: ignore[no-untyped-def]
    context = few()
    return make(context), make(context, paper="A3")


def pairs(both: tuple[Made, Made]) -> list[tuple[QgsPrintLayout, QgsPrintLayout]]:
    small, large = ([layout for _, layout in pages(made)] for made in both)
    assert [layout.name() for layout in small] == [layout.name() for layout in large]
    return list(zip(small, large))


def test_every_item_of_a3_is_that_of_a4_enlarged(both: tuple[Made, Made]) -> None:
    wrong, seen = [], 0
    for small, large in pairs(both):
        found = {item.id(): item for item in items(large)}
        for item in items(small):
            one, other = box(item), box(found.pop(item.id()))
            seen += 1
            expected = [GROWN * side for side in one.getRect()]
            if small.atlas().enabled() and isinstance(item, QgsLayoutItemScaleBar):
                continue  # round scales: a commune may be drawn more than √2 larger
            # QGIS measures the letters of a bar of scale in whole pixels
            slack = 1.0 if isinstance(item, QgsLayoutItemScaleBar) else 0.02
            if any(abs(a - b) > slack for a, b in zip(expected, other.getRect())):
                wrong.append(f"{small.name()}: {item.id()} {one} → {other}")
        assert not found, (small.name(), sorted(found))
    assert not wrong, "\n".join(wrong)
    assert seen > 400


def test_type_grows_with_the_paper_and_on_the_maps_too(both: tuple[Made, Made]) -> None:
    for small, large in pairs(both):
        sizes = {label.id(): label.textFormat().size() for label in labels(large)}
        for label in labels(small):
            assert sizes[label.id()] == pytest.approx(GROWN * label.textFormat().size())
        assert min(sizes.values()) >= 9
        scale = QgsExpressionContextUtils.layoutScope(large).variable(TYPE_SCALE)
        assert float(scale) == pytest.approx(GROWN)


def test_maps_show_the_same_ground(both: tuple[Made, Made]) -> None:
    for small, large in pairs(both):
        for item in items(small):
            if isinstance(item, QgsLayoutItemMap) and not item.atlasDriven():
                other = large.itemById(item.id())
                assert other.extent().toString(0) == item.extent().toString(0)
                assert other.scale() == pytest.approx(item.scale() / GROWN, rel=1e-3)


def test_circles_of_the_legend_are_those_of_the_map_on_a3(both: tuple[Made, Made]) -> None:
    _, made = both
    layouts = {layout.name()[:3]: layout for layout in made.layouts}
    seen = 0
    for chapter in made.context.chapters:
        for page in chapter.pages:
            design = page.design
            if not design.circle_values:
                continue
            layout = layouts[f"{page.number:03d}"]
            drawn = layout.itemById("carte.principale")
            per_metre = drawn.rect().width() / drawn.extent().width()
            expected = sorted(
                2 * math.sqrt(value * design.circle_ratio / math.pi) * per_metre
                for value in design.circle_values
            )
            found = sorted(
                box(item).width()
                for item in items(layout)
                if re.fullmatch(r"legende\.cercle\.\d+", item.id())
            )
            assert found == pytest.approx(expected, abs=0.01)
            seen += 1
    assert seen >= 2


def test_the_table_and_the_bars_of_a_commune_grow(both: tuple[Made, Made]) -> None:
    small, large = (
        next(layout for layout in made.layouts if layout.atlas().enabled()) for made in both
    )
    one, other = (
        next(m for m in layout.multiFrames() if isinstance(m, QgsLayoutItemAttributeTable))
        for layout in (small, large)
    )
    assert other.cellMargin() == pytest.approx(GROWN * one.cellMargin())
    for a, b in zip(one.columns(), other.columns()):
        assert b.width() == pytest.approx(GROWN * a.width())
    assert other.contentTextFormat().size() == pytest.approx(GROWN * one.contentTextFormat().size())
    checked = 0
    for layout in (small, large):
        layout.atlas().beginRender()
    for rank in range(len(both[0].context.communes)):
        for layout in (small, large):
            layout.atlas().seekTo(rank)
            layout.refresh()
        for item in items(small):
            if re.fullmatch(r"graphique\.\d+\.(barre|texte)", item.id()):
                grown = box(large.itemById(item.id()))
                assert grown.width() == pytest.approx(GROWN * box(item).width(), abs=0.02)
                assert grown.left() == pytest.approx(GROWN * box(item).left(), abs=0.02)
                checked += 1
    assert checked > 20


def sizes(path: Path) -> dict[int, float]:
    """The smallest type of each page, in points: poppler gives a word the height of its type."""
    run = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True
    )
    found: dict[int, float] = {}
    for number, page in enumerate(run.stdout.split("<page ")[1:], 1):
        heights = [
            float(bottom) - float(top)
            for top, bottom in re.findall(r'<word xMin="[^"]+" yMin="([^"]+)" xMax="[^"]+" yMax="([^"]+)"', page)
        ]  # fmt: skip
        assert heights, number
        found[number] = min(heights)
    return found


@pytest.mark.parametrize(("rank", "least", "paper"), [(0, 6.95, "A4"), (1, 9.8, "A3")])
def test_the_smallest_type_measured_in_the_pdf(
    both: tuple[Made, Made], tmp_path: Path, rank: int, least: float, paper: str
) -> None:
    path = tmp_path / "atlas.pdf"
    progress = FeedbackProgress(QgsProcessingFeedback(False))
    made = both[rank]
    count = export_series(made.layouts, path, dpi=72, progress=progress, context=made.context)
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    assert f"({paper})" in info
    found = sizes(path)
    assert len(found) == count
    assert min(found.values()) >= least, found
