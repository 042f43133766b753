"""The rules on legends, classes, greys and circles, each on a map spoiled on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from coodiag.coodiag_plugin.edition.context import MapPage
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import RULES
from coodiag.tests.qgis.checked_pages import faults, found, item, made_pages, map_of, spoiled
from coodiag.tests.qgis.layout_items import Made
from coodiag.tests.qgis.test_page_checks import draw, form_of, write
from qgis.core import QgsFillSymbol, QgsLayoutSize, QgsPrintLayout, QgsVectorLayer

(
    OUTSIDE, OVERLAP, EMPTY, TRUNCATED, SIZE, CONTRAST, LEGEND, SOURCE, GREYS, CIRCLES, CLASSES,
) = RULES  # fmt: skip


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return made_pages()


def layer_of(made: Made, page: MapPage) -> QgsVectorLayer:
    (layer,) = [
        one for one in made.project.mapLayers().values()
        if one.customProperty("coodiag/page") == page.id
    ]  # fmt: skip
    return layer


@pytest.fixture
def shaded(made: Made) -> Iterator[tuple[MapPage, QgsPrintLayout]]:
    page, layout = map_of(made, "choropleth")
    with spoiled(layout) as copy:
        yield page, copy


@pytest.fixture
def circled(made: Made) -> Iterator[tuple[MapPage, QgsPrintLayout]]:
    page, layout = map_of(made, "circles")
    kept = layer_of(made, page).renderer().clone()
    with spoiled(layout) as copy:
        yield page, copy
    layer_of(made, page).setRenderer(kept)


def below(layout: QgsPrintLayout) -> tuple[float, float]:
    """Free room between the legend and the locator."""
    last = max(
        one.pos().y() + one.rect().height()
        for one in layout.items()
        if hasattr(one, "id") and str(one.id()).startswith("legende.")
    )
    return item(layout, "legende.classe.1").pos().x(), last + 2


def test_an_entry_that_is_not_on_the_map_is_found(
    made: Made, shaded: tuple[MapPage, QgsPrintLayout]
) -> None:
    _, layout = shaded
    x, y = below(layout)
    draw(layout, "legende.classe.9", x, y, 9, 5, "#000000")
    form = form_of(layout, "texte.source")
    write(layout, "legende.classe.9.texte", "90,0 ou plus", x + 11, y, 30, 5, form)
    told = [one for one in faults(layout, made) if one.rule == LEGEND]
    assert [one.item for one in told] == ["legende.classe.9"]
    assert "n’a aucun élément" in told[0].words


def test_a_class_without_its_entry_is_found(
    made: Made, shaded: tuple[MapPage, QgsPrintLayout]
) -> None:
    page, layout = shaded
    for name in ("legende.classe.2", "legende.classe.2.texte"):
        layout.removeLayoutItem(item(layout, name))
    told = [one for one in faults(layout, made) if one.rule == LEGEND]
    assert len(told) == 1 and "n’est pas dans la légende" in told[0].words
    assert page.design.labels[-2] in told[0].words


def test_a_colour_that_is_not_that_of_the_map_is_found(
    made: Made, shaded: tuple[MapPage, QgsPrintLayout]
) -> None:
    _, layout = shaded
    symbol = QgsFillSymbol.createSimple({"color": "#ff00ff", "outline_style": "no"})
    item(layout, "legende.classe.1").setSymbol(symbol)
    told = [one for one in faults(layout, made) if one.rule == LEGEND]
    assert len(told) == 1 and "#ff00ff dans la légende" in told[0].words


def test_hatches_that_are_not_those_of_the_map_are_found(made: Made) -> None:
    page, layout = next(
        (page, layout)
        for page, layout in (map_of(made, kind) for kind in ("circles", "coloured_circles"))
        if any(box.hatch for box in page.design.boxes)
    )
    rank = next(rank for rank, box in enumerate(page.design.boxes, 1) if box.hatch)
    with spoiled(layout) as copy:
        box = page.design.boxes[rank - 1]
        plain = QgsFillSymbol.createSimple({"color": box.colour, "outline_color": box.outline})
        item(copy, f"legende.cas.{rank}").setSymbol(plain)
        told = [one for one in faults(copy, made) if one.rule == LEGEND]
        assert len(told) == 1 and "hachures" in told[0].words


def test_a_class_that_the_map_no_longer_shows_is_found(
    made: Made, shaded: tuple[MapPage, QgsPrintLayout]
) -> None:
    page, layout = shaded
    layer = layer_of(made, page)
    provider = layer.dataProvider()
    highest = page.design.breaks[-2]
    gone = [
        feature for feature in layer.getFeatures()
        if feature[page.design.field] not in (None,) and str(feature[page.design.field]) != "NULL"
        and round(feature[page.design.field], page.design.decimals) >= highest
    ]  # fmt: skip
    assert provider.deleteFeatures([feature.id() for feature in gone])
    told = found(layout, made)
    assert provider.addFeatures(gone)[0]
    assert ("legende.classe.1", LEGEND) in told
    assert not found(layout, made)


def test_classes_too_near_in_grey_are_found(
    made: Made, shaded: tuple[MapPage, QgsPrintLayout]
) -> None:
    page, layout = shaded
    other = page.design.colours[-2]
    near = "#" + "".join(f"{max(int(other[i : i + 2], 16) - 6, 0):02x}" for i in (1, 3, 5))
    symbol = QgsFillSymbol.createSimple({"color": near, "outline_style": "no"})
    item(layout, "legende.classe.1").setSymbol(symbol)
    told = [one for one in faults(layout, made) if one.rule == GREYS]
    assert len(told) == 1 and "12 au moins" in told[0].words


def test_too_few_classes_are_found(made: Made, shaded: tuple[MapPage, QgsPrintLayout]) -> None:
    page, layout = shaded
    for rank in range(2, len(page.design.colours) + 1):
        for name in (f"legende.classe.{rank}", f"legende.classe.{rank}.texte"):
            layout.removeLayoutItem(item(layout, name))
    (fault,) = [one for one in faults(layout, made) if one.rule == CLASSES]
    assert fault.words.startswith("1 classes pour")


def doubled(layer: QgsVectorLayer, design_ratio: float, times: float) -> None:
    """Circles of that many times their area."""
    root = layer.renderer().clone()
    for rule in root.rootRule().children():
        for part in rule.symbol().symbolLayers():
            if part.layerType() == "GeometryGenerator":
                part.setGeometryExpression(
                    part.geometryExpression().replace(
                        repr(design_ratio), repr(design_ratio * times)
                    )
                )
    layer.setRenderer(root)


def test_circles_over_a_seventh_of_the_territory_are_found(
    made: Made, circled: tuple[MapPage, QgsPrintLayout]
) -> None:
    page, layout = circled
    doubled(layer_of(made, page), page.design.circle_ratio, 2.0)
    told = {one.item: one.words for one in faults(layout, made) if one.rule == CIRCLES}
    assert "14,3 % au plus (un septième)" in told["carte.principale"]
    assert any(name.startswith("legende.cercle") for name in told), "the legend lies too"


def test_circles_within_a_seventh_are_not(
    made: Made, circled: tuple[MapPage, QgsPrintLayout]
) -> None:
    page, layout = circled
    doubled(layer_of(made, page), page.design.circle_ratio, 0.5)
    told = {one.item for one in faults(layout, made) if one.rule == CIRCLES}
    assert "carte.principale" not in told and told, "only the legend lies"


@pytest.mark.parametrize(("share", "caught"), [(1.05, True), (0.95, True), (1.005, False)])
def test_a_circle_of_another_size_than_the_map_s_is_found(
    made: Made, circled: tuple[MapPage, QgsPrintLayout], share: float, caught: bool
) -> None:
    _, layout = circled
    circle = item(layout, "legende.cercle.1")
    side = circle.rect().width() * share
    circle.attemptResize(QgsLayoutSize(side, side))
    assert (("legende.cercle.1", CIRCLES) in found(layout, made)) == caught


def test_a_map_zoomed_by_hand_no_longer_has_the_circles_of_its_legend(
    made: Made, circled: tuple[MapPage, QgsPrintLayout]
) -> None:
    _, layout = circled
    main = item(layout, "carte.principale")
    extent = main.extent()
    extent.scale(1.3)
    main.zoomToExtent(extent)
    assert any(rule == CIRCLES for _, rule in found(layout, made))
