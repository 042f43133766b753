"""Pages without a map, synthesis and chapter openings: each block in a place of its own."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import combinations

import pytest
from coodiag.coodiag_plugin.core.profiles import load_profile
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.context import Block, ReportContext
from coodiag.coodiag_plugin.edition.flow import holds_on_opening
from coodiag.coodiag_plugin.qgis_bridge.layouts import fonts
from coodiag.tests.qgis.layout_items import Made, box, ink, items, make, plain
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsLayoutItem, QgsLayoutItemLabel, QgsLayoutItemPicture, QgsPrintLayout
from qgis.PyQt.QtCore import QRectF

#: What an analyst may write on a chapter: some lines, or more than its opening holds.
SHORT = "Le territoire compte deux bassins de vie que rien ne relie le soir."
PARAGRAPH = "Les équipes disent que la voiture manque d’abord aux personnes les plus jeunes. " * 12
LONG = "\n".join([PARAGRAPH.strip()] * 8)
#: As much as the opening holds.
FULL = next(text for n in range(60, 0, -1) if holds_on_opening(text := " ".join([SHORT] * n)))
WRITTEN = ("", SHORT, LONG, FULL)
SVG = "{http://www.w3.org/2000/svg}"
#: Parts of a page that stand apart, by the beginning of the names of their items.
PARTS = re.compile(
    r"bloc\.\d+|texte\.\w+|synthese\.\d+\.\d+|synthese\.chiffres|synthese\.chiffre\.\d+"
    r"|chapitre\.constats|chapitre\.constat\.\d+|chapitre\.paroles|chapitre\.pages|filet\.pied"
)


def told(name: str) -> ReportContext:
    """The context of a profile where analysts have written: nothing, a little, too much.

    Of the pages that look alike a few are kept: three maps of a chapter, one sheet, all the words.
    """
    profile = load_profile(name)
    kept, drawn = set(), 0
    for chapter in profile.chapters:
        maps = [page.id for page in chapter.pages if not page.sheet]
        sheets = [page for page in chapter.pages if page.sheet]
        held = {page.id for page in sheets if page.sheet == "words"}
        if sheets and not drawn:
            held.add(next(page.id for page in sheets if page.sheet != "words"))
            drawn += 1
        kept |= {*maps[:3], *(held or [page.id for page in sheets if not maps][:1])}
    return samples.context(
        profile,
        commune_pages=False,
        without=tuple(page.id for page in profile.pages() if page.id not in kept),
        words={chapter.id: WRITTEN[rank % 4] for rank, chapter in enumerate(profile.chapters)},
        written={page.id: LONG for page in profile.pages() if page.sheet == "words"},
    )


@pytest.fixture(scope="module", params=["coodiag", "ctg"])
def made(request: pytest.FixtureRequest, qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return make(told(request.param))


def layouts(made: Made) -> dict[int, QgsPrintLayout]:
    return {int(layout.name()[:3]): layout for layout in made.layouts}


def told_pages(made: Made) -> Iterator[QgsPrintLayout]:
    """The synthesis, the openings and the sheets."""
    found = layouts(made)
    yield found[5]
    for chapter in made.context.chapters:
        yield found[chapter.number]
        yield from (found[page.number] for page in chapter.sheets)


def room(item: QgsLayoutItem) -> QRectF:
    return ink(item) if isinstance(item, QgsLayoutItemLabel) else box(item)


def parts(layout: QgsPrintLayout) -> dict[str, QRectF]:
    """Where each part of a page stands: all that its items cover."""
    found: dict[str, QRectF] = {}
    for item in items(layout):
        name = PARTS.match(item.id())
        if name is not None:
            held = found.get(name[0], QRectF())
            found[name[0]] = held.united(room(item))
    return found


def over(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    return common.width() > 0.3 and common.height() > 0.15


def test_the_parts_of_a_page_stand_apart(made: Made) -> None:
    wrong, seen = [], 0
    for layout in told_pages(made):
        found = parts(layout)
        seen += len(found)
        wrong += [
            f"{layout.name()}: {one} × {other}"
            for (one, first), (other, second) in combinations(found.items(), 2)
            if over(first, second)
        ]
        ground = found["filet.pied"].top()
        wrong += [
            f"{layout.name()}: {name} goes {place.bottom() - ground:.1f} mm into the foot"
            for name, place in found.items()
            if name not in ("texte.source", "texte.credit", "texte.page", "filet.pied")
            and place.bottom() > ground
        ]
    assert not wrong, "\n".join(wrong)
    assert seen > 80


def test_nothing_is_written_over_a_chart_or_in_an_empty_place(made: Made) -> None:
    wrong, charts_seen, places = [], 0, 0
    for layout in told_pages(made):
        drawn = [item for item in items(layout) if isinstance(item, QgsLayoutItemPicture)]
        empty = [item for item in items(layout) if item.id().endswith(".place")]
        charts_seen, places = charts_seen + len(drawn), places + len(empty)
        for item in (*drawn, *empty):
            wrong += [
                f"{layout.name()}: {other.id()} in {item.id()}"
                for other in items(layout)
                if other is not item
                and other.id() != "bandeau.chapitre"
                and over(room(other), box(item))
            ]
            assert box(item).height() >= 8, f"{layout.name()}: {item.id()} is a slit"
    assert not wrong, "\n".join(wrong)
    assert charts_seen >= len(charts.KINDS) and places >= 3


def test_every_block_of_a_sheet_is_drawn(made: Made) -> None:
    """Its texts, its cells, its figures and as many pictures as charts."""
    found = layouts(made)
    for chapter in made.context.chapters:
        for page in chapter.sheets:
            layout = found[page.number]
            drawn = [item for item in items(layout) if isinstance(item, QgsLayoutItemPicture)]
            assert len(drawn) == sum(block.chart is not None for block in page.blocks), page.title
            held = items(layout)
            texts = [i.currentText() for i in held if isinstance(i, QgsLayoutItemLabel)]
            whole = plain(" ".join(texts))
            for text in (text for block in page.blocks for text in words_of(block)):
                assert plain(text) in whole, (page.title, text[:60])


def words_of(block: Block) -> Iterator[str]:
    yield block.title
    yield from block.texts
    for figure in block.figures:
        yield from (figure.label, figure.text, figure.note)
    if block.table is not None:
        for row in block.table.rows:
            yield from (row.label, *row.cells)
    if block.action is not None:
        yield from (block.action.action, block.action.pilot, block.action.calendar)
        yield from (text for _, text in block.action.rows)


def test_all_that_analysts_wrote_is_printed(made: Made) -> None:
    """A text longer than the opening of its chapter goes on, and none of it is lost."""
    found = layouts(made)
    seen = dict.fromkeys(WRITTEN[1:], 0)
    for rank, chapter in enumerate(made.context.chapters):
        text = WRITTEN[rank % 4]
        numbers = [chapter.number, *(page.number for page in chapter.sheets)]
        whole = plain(" ".join(
            item.currentText()
            for number in numbers
            for item in items(found[number])
            if isinstance(item, QgsLayoutItemLabel)
        ))  # fmt: skip
        if text:
            times = len(text.splitlines())
            assert whole.count(plain(text.splitlines()[0])) >= times, chapter.title
            seen[text] += 1
    assert all(seen.values())


def pictures(made: Made) -> Iterator[tuple[str, QgsLayoutItemPicture, ElementTree.Element]]:
    for layout in told_pages(made):
        for item in items(layout):
            if isinstance(item, QgsLayoutItemPicture):
                assert item.picturePath().startswith("base64:"), "kept inside the project"
                drawing = base64.b64decode(item.picturePath()[len("base64:") :])
                yield f"{layout.name()}: {item.id()}", item, ElementTree.fromstring(drawing)


def test_charts_are_printed_at_the_size_they_were_drawn(made: Made) -> None:
    """So that seven points are seven points; and each text of a chart is inside it."""
    sizes: set[float] = set()
    kinds, wrong = 0, []
    for name, item, drawing in pictures(made):
        kinds += 1
        wide, high = (float(side) for side in drawing.attrib["viewBox"].split()[2:])
        assert wide * 25.4 / 72 == pytest.approx(box(item).width(), rel=0.01), name
        assert high * 25.4 / 72 == pytest.approx(box(item).height(), rel=0.01), name
        for place, size in texts_of(drawing):
            sizes.add(size)
            sheet = QRectF(-0.5, -0.5, wide + 1, high + 1)
            if not sheet.contains(place):
                wrong.append(f"{name}: {place} of {wide:.0f} × {high:.0f}")
    assert not wrong, "\n".join(wrong)
    assert kinds >= len(charts.KINDS) and min(sizes) >= 7


def texts_of(drawing: ElementTree.Element) -> Iterator[tuple[QRectF, float]]:
    """Place (points) and type size of each text of a drawing of matplotlib; upright ones only."""
    for text in drawing.iter(f"{SVG}text"):
        style = dict(
            part.strip().split(": ", 1) for part in text.attrib["style"].split(";") if part
        )
        size = float(style["font-size"].removesuffix("px"))
        bold = style.get("font-weight", "400") in ("bold", "700")
        turned = re.search(r"rotate\((-?[\d.]+)", text.attrib.get("transform", ""))
        if turned and abs(float(turned[1])) > 0.1:
            continue
        moved = re.search(r"translate\((-?[\d.]+) (-?[\d.]+)\)", text.attrib.get("transform", ""))
        x = float(moved[1] if moved else text.attrib["x"])
        y = float(moved[2] if moved else text.attrib["y"])
        wide = fonts.text_width("".join(text.itertext()), size, bold) * 72 / 25.4
        anchor = style.get("text-anchor", "start")
        x -= {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        yield QRectF(x, y - 0.72 * size, wide, 0.72 * size), size


def test_each_kind_of_chart_is_on_the_pages(made: Made) -> None:
    kinds = {
        block.chart.kind
        for chapter in made.context.chapters
        for page in chapter.sheets
        for block in page.blocks
        if block.chart is not None
    }
    assert kinds == set(charts.KINDS)
