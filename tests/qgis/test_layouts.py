"""Every page of the atlas, on an invented territory: nothing outside, over, cut, empty or tiny."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from coodiag.coodiag_plugin.core import french
from coodiag.coodiag_plugin.qgis_bridge.layouts import fonts
from coodiag.coodiag_plugin.qgis_bridge.layouts.theme import A4, FAMILY
from coodiag.tests.qgis.layout_items import (
    Made,
    box,
    ink,
    items,
    labels,
    lines_of,
    make,
    pages,
    plain,
    size_and_weight,
)
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsLayoutItemMap, QgsLayoutItemShape, QgsPrintLayout
from qgis.PyQt.QtCore import QRectF

MARK = "DONNÉES FICTIVES"


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return make(samples.context())


def test_there_is_a_layout_for_every_page_in_the_order_of_the_numbers(made: Made) -> None:
    context = made.context
    names = [layout.name() for layout in made.layouts]
    numbers = [int(name[:3]) for name in names]
    assert numbers == sorted(numbers) and len(set(names)) == len(names)
    expected = set(range(1, context.pages + 1)) - {
        context.commune_first + rank for rank in range(1, len(context.communes))
    }
    assert set(numbers) == expected
    assert [layout.name() for layout in made.project.layoutManager().printLayouts()] == names
    for layout in made.layouts:
        assert layout.pageCollection().pageCount() == 1
        size = layout.pageCollection().page(0).pageSize()
        assert (size.width(), size.height()) == (297.0, 210.0)


def test_every_item_is_inside_its_page(made: Made) -> None:
    sheet = QRectF(-0.01, -0.01, A4.width + 0.02, A4.height + 0.02)
    seen = 0
    for name, layout in pages(made):
        for item in items(layout):
            seen += 1
            assert sheet.contains(box(item)), (name, item.id(), box(item))
            assert box(item).width() > 0 and box(item).height() > 0, (name, item.id())
    assert seen > 1000


def test_every_item_has_a_name_of_its_own(made: Made) -> None:
    """Names are what a user finds an item by."""
    for name, layout in pages(made):
        names = [item.id() for item in items(layout)]
        assert all(names), name
        twice = {found for found in names if names.count(found) > 1}
        assert not twice, (name, twice)


def test_no_label_is_empty(made: Made) -> None:
    for name, layout in pages(made):
        for label in labels(layout):
            if not (name.endswith("Communes") and label.id().endswith(".note")):
                assert label.currentText().strip(), (name, label.id())
            assert "[%" not in label.currentText(), (name, label.id(), label.currentText())
            assert label.currentText() not in ("None", "NULL", "nan")


def test_no_text_is_cut(made: Made) -> None:
    cut = []
    for name, layout in pages(made):
        for label in labels(layout):
            size, bold = size_and_weight(label)
            lines, room = lines_of(label), box(label)
            tall = len(lines) * fonts.line_height(size)
            wide = max(fonts.text_width(line, size, bold) for line in lines)
            if tall > room.height() + 0.6 or wide > room.width() + 0.3:
                cut.append(
                    f"{name} | {label.id()} | {label.currentText()[:60]!r}: "
                    f"{wide:.1f}×{tall:.1f} in {room.width():.1f}×{room.height():.1f} at {size}"
                )
    assert not cut, "\n".join(cut)


def test_no_text_of_a_commune_page_is_cut(made: Made) -> None:
    """The commune pages one after the other: their texts are expressions."""
    (layout,) = [layout for layout in made.layouts if layout.atlas().enabled()]
    atlas = layout.atlas()
    atlas.beginRender()
    cut, seen = [], 0
    for rank in range(len(made.context.communes)):
        atlas.seekTo(rank)
        layout.refresh()
        seen += 1
        for label in labels(layout):
            size, _ = size_and_weight(label)
            lines, room = lines_of(label), box(label)
            if len(lines) * fonts.line_height(size) > room.height() + 0.6:
                cut.append(
                    f"{rank} {label.id()} {label.currentText()!r} in {room.height():.1f} at {size}"
                )
            if not label.id().startswith("graphique."):
                # a figure whose sign is unknown may be empty, a note of a count is
                assert label.currentText().strip() or label.id().endswith(".note"), label.id()
        title = layout.itemById("texte.titre").currentText()
        assert title.replace("\u00a0", " ") == samples.NAMES[rank]
        number = layout.itemById("texte.page").currentText()
        assert number == str(made.context.commune_first + rank)
    assert seen == 13
    assert not cut, "\n".join(cut)


def test_type_is_of_the_shipped_family_and_never_tiny(made: Made) -> None:
    sizes = set()
    for name, layout in pages(made):
        for label in labels(layout):
            size, _ = size_and_weight(label)
            sizes.add(size)
            assert size >= 7, (name, label.id(), size)
            assert label.textFormat().font().family() == FAMILY, (name, label.id())
    assert max(sizes) > 30


def test_blocks_do_not_overlap(made: Made) -> None:
    """Letters of a label over another's or over a map. A backdrop (``.fond``) carries labels."""
    over = []
    for name, layout in pages(made):
        texts = [(label.id(), ink(label)) for label in labels(layout)]
        maps = [
            (item.id(), box(item))
            for item in items(layout)
            if isinstance(item, QgsLayoutItemMap) and item.id() != "carte.couverture"
        ]
        for (one, first), (other, second) in [*combinations(texts, 2), *combinations(maps, 2)]:
            common = first.intersected(second)
            if common.width() > 0.3 and common.height() > 0.3:
                over.append(f"{name}: {one} × {other} ({common.width():.1f}×{common.height():.1f})")
        for one, first in texts:
            for other, second in maps:
                common = first.intersected(second)
                if common.width() > 0.3 and common.height() > 0.3:
                    over.append(f"{name}: {one} over {other}")
    assert not over, "\n".join(over)


def shape_fill(item: QgsLayoutItemShape) -> str:
    return item.symbol().symbolLayer(0).color().name()


def map_pages(made: Made) -> Iterator[tuple[object, QgsPrintLayout]]:
    layouts = {layout.name()[:3]: layout for layout in made.layouts}
    for chapter in made.context.chapters:
        for page in chapter.pages:
            yield page, layouts[f"{page.number:03d}"]


def test_legend_boxes_are_the_classes_of_the_map(made: Made) -> None:
    kinds = set()
    for page, layout in map_pages(made):
        design = page.design  # type: ignore[attr-defined]
        kinds.add(design.kind)
        found = {item.id(): item for item in items(layout)}
        classes = [found[n] for n in found if re.fullmatch(r"legende\.classe\.\d+", n)]
        words = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.classe\.\d+\.texte", n)
        ]
        if design.kind == "bivariate":
            squares = [n for n in found if n.startswith("legende.croisement.") and n[-1].isdigit()]
            assert len(squares) == 9
        elif design.categories:
            assert sorted(shape_fill(c) for c in classes) == sorted(
                c for _, c, _ in design.categories
            )
            assert sorted(words) == sorted(label for _, _, label in design.categories)
        else:
            assert sorted(shape_fill(c) for c in classes) == sorted(design.colours)
            assert sorted(words) == sorted(design.labels)
            effectives = [
                found[n].currentText() for n in found if n.startswith("legende.effectif.")
            ]
            assert len(effectives) == len(design.counts)
        cases = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.cas\.\d+\.texte", n)
        ]
        assert sorted(cases) == sorted(case.label for case in design.boxes)
    assert {"choropleth", "circles", "coloured_circles", "bivariate", "typology", "zones"} <= kinds


def test_legend_circles_have_the_size_of_the_map(made: Made) -> None:
    seen = 0
    for page, layout in map_pages(made):
        design = page.design  # type: ignore[attr-defined]
        if not design.circle_values:
            continue
        drawn = layout.itemById("carte.principale")
        per_metre = drawn.rect().width() / drawn.extent().width()
        found = {item.id(): item for item in items(layout)}
        circles = [box(found[n]) for n in found if re.fullmatch(r"legende\.cercle\.\d+", n)]
        expected = [
            2 * math.sqrt(value * design.circle_ratio / math.pi) * per_metre
            for value in design.circle_values
        ]
        assert sorted(round(c.width(), 2) for c in circles) == sorted(round(e, 2) for e in expected)
        assert all(abs(c.width() - c.height()) < 1e-6 for c in circles)
        assert len({round(c.bottom(), 3) for c in circles}) == 1, "nested on one ground"
        texts = [
            found[n].currentText() for n in found if re.fullmatch(r"legende\.cercle\.\d+\.texte", n)
        ]
        assert sorted(texts) == sorted(
            french.number(v, design.circle_decimals) for v in design.circle_values
        )
        seen += 1
    assert seen >= 3


def test_every_map_page_is_dressed(made: Made) -> None:
    for page, layout in map_pages(made):
        for name in (
            "texte.titre", "texte.sous_titre", "texte.lecture", "texte.source", "texte.credit",
            "texte.page", "texte.chapitre", "echelle", "carte.principale", "carte.situation",
        ):  # fmt: skip
            assert layout.itemById(name) is not None, (page.title, name)  # type: ignore[attr-defined]
        assert plain(layout.itemById("texte.titre").currentText()) == plain(page.title)  # type: ignore[attr-defined]
        for source in page.sources:  # type: ignore[attr-defined]
            assert source in layout.itemById("texte.source").currentText()
        drawn = layout.itemById("carte.principale")
        assert drawn.followVisibilityPresetName() == page.id  # type: ignore[attr-defined]
        bar = layout.itemById("echelle")
        assert bar.linkedMap() == drawn
        assert 20 <= box(bar).width() <= 55


def test_the_mark_of_the_demonstration_is_on_every_page(made: Made) -> None:
    for name, layout in pages(made):
        mark = layout.itemById("marque.demonstration")
        assert mark is not None and mark.currentText() == MARK, name


def test_real_data_bear_no_mark(qgis_app) -> None:  # type: ignore[no-untyped-def]
    plain = make(samples.context(demo=False, commune_pages=False))
    for name, layout in pages(plain):
        assert layout.itemById("marque.demonstration") is None, name
        assert not any("FICTIVES" in label.currentText() for label in labels(layout)), name
