"""Each rule of the page checks catches the fault that it is made for, and no other page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from coodiag.coodiag_plugin.core.provenance import Provenance
from coodiag.coodiag_plugin.qgis_bridge.layouts.checks import RULES, Fault, check_layouts, sentences
from coodiag.tests.qgis.checked_pages import (
    faults,
    found,
    item,
    layout_of,
    made_pages,
    map_of,
    spoiled,
)
from coodiag.tests.qgis.layout_items import Made, plain
from qgis.core import (
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsRectangle,
    QgsTextBufferSettings,
    QgsTextFormat,
)
from qgis.PyQt.QtGui import QColor

(
    OUTSIDE, OVERLAP, EMPTY, TRUNCATED, SIZE, CONTRAST, LEGEND, SOURCE, GREYS, CIRCLES, CLASSES,
) = RULES  # fmt: skip
MM = QgsLayoutPoint(0, 0).units()


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return made_pages()


def test_pages_without_a_fault_have_none(made: Made) -> None:
    told = [fault.sentence() for fault in check_layouts(made.layouts, made.context)]
    assert not told, "\n".join(told)


def place(label: QgsLayoutItemLabel, x: float, y: float) -> None:
    label.attemptMove(QgsLayoutPoint(x, y, MM))


def write(
    layout: QgsPrintLayout, name: str, text: str, x: float, y: float, width: float, height: float,
    form: QgsTextFormat,
) -> QgsLayoutItemLabel:  # fmt: skip
    label = QgsLayoutItemLabel(layout)
    label.setId(name)
    label.setText(text)
    label.setTextFormat(form)
    layout.addLayoutItem(label)
    place(label, x, y)
    label.attemptResize(QgsLayoutSize(width, height, MM))
    return label


def draw(
    layout: QgsPrintLayout, name: str, x: float, y: float, width: float, height: float, fill: str,
    shape: QgsLayoutItemShape.Shape = QgsLayoutItemShape.Shape.Rectangle,
) -> QgsLayoutItemShape:  # fmt: skip
    made_item = QgsLayoutItemShape(layout)
    made_item.setId(name)
    made_item.setShapeType(shape)
    style = {"color": fill or "#ffffff", "style": "solid" if fill else "no"}
    made_item.setSymbol(QgsFillSymbol.createSimple(style))
    layout.addLayoutItem(made_item)
    made_item.attemptMove(QgsLayoutPoint(x, y, MM))
    made_item.attemptResize(QgsLayoutSize(width, height, MM))
    return made_item


def form_of(layout: QgsPrintLayout, name: str = "texte.titre") -> QgsTextFormat:
    return QgsTextFormat(item(layout, name).textFormat())


def test_an_item_moved_over_the_edge_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        place(item(layout, "texte.page"), 290.0, 195.0)
        (fault,) = [one for one in faults(layout, made) if one.rule == OUTSIDE]
        assert fault.item == "texte.page" and "mm le bord" in fault.words
        place(item(layout, "texte.page"), 286.9, 195.0)
        assert not [one for one in faults(layout, made) if one.rule == OUTSIDE], "0,1 mm at most"


def test_a_text_written_twice_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        box = item(layout, "texte.titre")
        write(
            layout, "double", "Un titre posé sur le titre", box.pos().x() + 2, box.pos().y() + 1,
            80, 9, form_of(layout),
        )  # fmt: skip
        assert ("double", OVERLAP) in found(layout, made)


@pytest.mark.parametrize("over", [True, False])
def test_a_text_half_on_a_map_is_found(made: Made, over: bool) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        chart = item(layout, "carte.principale")
        edge = chart.pos().x() + chart.rect().width()
        note = write(
            layout, "note", "Une note au bord de la carte", edge - 10, chart.pos().y() + 40, 60, 5,
            form_of(layout, "texte.source"),
        )  # fmt: skip
        note.setZValue(1000 if over else -1000)
        assert ("note", OVERLAP) in found(layout, made)


def test_a_shape_laid_over_a_text_is_found_and_one_behind_it_is_not(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        title = item(layout, "texte.titre")
        backdrop = draw(
            layout, "voile", title.pos().x() - 1, title.pos().y() - 0.2,
            title.rect().width() + 2, title.rect().height() + 0.4, "#fdfdfd",
        )  # fmt: skip
        backdrop.setZValue(1000)
        assert ("texte.titre", OVERLAP) in found(layout, made)
        backdrop.setZValue(-1)
        assert not {pair for pair in found(layout, made) if pair[1] == OVERLAP}


def test_a_rule_through_a_text_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        title = item(layout, "texte.titre")
        middle = title.pos().y() + title.rect().height() / 2
        draw(layout, "trait", title.pos().x(), middle, 60, 0.2, "#000000")
        assert ("texte.titre", OVERLAP) in found(layout, made)


def test_two_maps_over_one_another_are_found_and_an_inset_is_not(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        main, inset = (item(layout, f"carte.{name}") for name in ("principale", "situation"))
        inset.setZValue(main.zValue() + 50)
        inset.attemptMove(QgsLayoutPoint(main.pos().x() + 2, main.pos().y() + 2, MM))
        assert not {pair for pair in found(layout, made) if pair[1] == OVERLAP}
        inset.attemptMove(QgsLayoutPoint(main.pos().x() - 10, main.pos().y() + 2, MM))
        assert ("carte.situation", OVERLAP) in found(layout, made)


@pytest.mark.parametrize("text", ["", "  ", "[% NULL %]", "[% champ_absent %]"])
def test_an_empty_label_is_found(made: Made, text: str) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        item(layout, "texte.credit").setText(text)
        assert ("texte.credit", EMPTY) in found(layout, made)


def test_an_empty_map_and_an_empty_picture_are_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        item(layout, "carte.situation").setFollowVisibilityPresetName("un thème effacé")
        picture = QgsLayoutItemPicture(layout)
        picture.setId("logo")
        layout.addLayoutItem(picture)
        picture.attemptMove(QgsLayoutPoint(200, 200, MM))
        picture.attemptResize(QgsLayoutSize(5, 3, MM))
        assert {("carte.situation", EMPTY), ("logo", EMPTY)} <= found(layout, made)


def test_a_map_that_looks_elsewhere_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        main: QgsLayoutItemMap = item(layout, "carte.principale")
        main.zoomToExtent(QgsRectangle(900_000, 6_200_000, 920_000, 6_210_000))
        assert ("carte.principale", EMPTY) in found(layout, made)


def test_a_text_longer_than_its_box_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        label = item(layout, "texte.lecture")
        label.setText(label.currentText() + " Une phrase de plus qui ne tient pas." * 4)
        (fault,) = [one for one in faults(layout, made) if one.rule == TRUNCATED]
        assert fault.item == "texte.lecture" and "lignes" in fault.words
        label.setText("Mot" * 90)
        (fault,) = [one for one in faults(layout, made) if one.rule == TRUNCATED]
        assert "en largeur" in fault.words


def commune_layout(made: Made) -> QgsPrintLayout:
    return layout_of(made, made.context.commune_first)


def test_a_text_that_is_too_long_for_one_commune_alone_is_found(made: Made) -> None:
    with spoiled(commune_layout(made)) as layout:
        long = " une phrase sans fin" * 30
        item(layout, "texte.lecture").setText(
            f"""[% if("nom" LIKE 'Mirage', "nom" || '{long}', "nom") %]"""
        )
        (fault,) = [one for one in faults(layout, made) if one.rule == TRUNCATED]
        assert fault.item == "texte.lecture" and "(Mirage)" in fault.words


def test_a_fault_of_every_commune_is_told_once(made: Made) -> None:
    with spoiled(commune_layout(made)) as layout:
        place(item(layout, "texte.lecture"), 14.0, 400.0)
        (fault,) = [one for one in faults(layout, made) if one.rule == OUTSIDE]
        assert fault.words.endswith("13 fois")


def test_rows_that_do_not_fit_their_table_are_found(made: Made) -> None:
    with spoiled(commune_layout(made)) as layout:
        frame = item(layout, "tableau.comparaison")
        frame.attemptResize(QgsLayoutSize(frame.rect().width(), 5, MM))
        assert ("tableau.comparaison", TRUNCATED) in found(layout, made)
        frame.multiFrame().setFeatureFilter("false")
        assert ("tableau.comparaison", EMPTY) in found(layout, made)


@pytest.mark.parametrize("name", ["texte.source", "echelle"])
def test_small_type_is_found(made: Made, name: str) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        form = form_of(layout, name)
        form.setSize(5)
        item(layout, name).setTextFormat(form)
        told = [one for one in faults(layout, made) if one.rule == SIZE]
        assert [one.item for one in told] == [name] and "5,0 pt, 7 au moins" in told[0].words


@pytest.mark.parametrize(("width", "height", "least"), [(420, 297, 9), (338.67, 190.5, 14)])
def test_the_least_type_grows_with_the_paper(
    made: Made, width: float, height: float, least: int
) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width, height, MM))
        told = [one for one in faults(layout, made) if one.rule == SIZE]
        assert any(one.item == "texte.source" for one in told)
        assert all(f"{least} au moins" in one.words for one in told)


def test_small_names_on_a_map_are_found(made: Made) -> None:
    page, layout = map_of(made, "circles")
    (layer,) = [
        one for one in made.project.mapLayers().values()
        if one.customProperty("coodiag/page") == page.id
    ]  # fmt: skip
    kept = layer.labeling().clone()
    settings = layer.labeling().settings()
    form = QgsTextFormat(settings.format())
    form.setSize(4)
    settings.setFormat(form)
    settings.setDataDefinedProperties(type(settings.dataDefinedProperties())())
    layer.setLabeling(type(kept)(settings))
    told = found(layout, made)
    layer.setLabeling(kept)
    assert any(rule == SIZE and "noms de" in name for name, rule in told)
    assert not found(layout, made)


def test_pale_type_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        form = form_of(layout, "texte.source")
        form.setColor(QColor("#b0b0b0"))
        item(layout, "texte.source").setTextFormat(form)
        (fault,) = [one for one in faults(layout, made) if one.rule == CONTRAST]
        assert fault.item == "texte.source" and "#b0b0b0 sur #ffffff" in fault.words


def test_white_type_needs_a_dark_panel(made: Made) -> None:
    with spoiled(made.layouts[0]) as cover:
        assert not found(cover, made)
        symbol = QgsFillSymbol.createSimple({"color": "#d0e0e8", "outline_style": "no"})
        item(cover, "couverture.fond").setSymbol(symbol)
        assert ("texte.titre", CONTRAST) in found(cover, made)


def test_type_on_a_map_needs_a_halo(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        main, form = item(layout, "carte.principale"), form_of(layout, "texte.source")
        here = main.pos().x() + 20, main.pos().y() + 20
        note = write(layout, "note", "Une note sur la carte", *here, 50, 5, form)
        assert found(layout, made) == {("note", CONTRAST)}
        halo = QgsTextBufferSettings()
        halo.setEnabled(True)
        halo.setSize(0.7)
        halo.setColor(QColor("#ffffff"))
        form.setBuffer(halo)
        note.setTextFormat(form)
        assert not found(layout, made)


def test_a_page_that_cites_no_source_is_found(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        item(layout, "texte.source").setText("Sources : voir ailleurs.")
        told = [one.words for one in faults(layout, made) if one.rule == SOURCE]
        assert told and "n’est pas imprimée" in told[0]


def test_a_slide_that_counts_its_other_sources_has_said_where_they_are(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        line = "Sources : voir ailleurs ; 2 autres sources, diapositive 73 et suivantes."
        item(layout, "texte.source").setText(line)
        assert not [one for one in faults(layout, made) if one.rule == SOURCE]


def test_the_contours_must_be_cited_where_they_are_drawn(made: Made) -> None:
    contours = Provenance("contours_communes", "Contours des communes", "IGN", "2024")
    asked = replace(made.context, sources=(*made.context.sources, contours))
    layout = map_of(made, "choropleth")[1]
    told = [one for one in check_layouts([layout], asked) if one.rule == SOURCE]
    assert len(told) == 1 and "« contours »" in told[0].words


def test_the_words_of_the_journal_are_french() -> None:
    fault = Fault("007 Où ?", "texte.titre", TRUNCATED, "« Titre » : 3 lignes")
    assert fault.sentence() == (
        "Page « 007 Où ? », élément « texte.titre » (texte tronqué) : « Titre » : 3 lignes"
    )


def test_a_fault_of_several_pages_is_one_line_of_the_journal() -> None:
    alike = [Fault(f"{rank:03d}", "echelle", CONTRAST, "sans halo") for rank in range(1, 8)]
    other = Fault("009", "texte.titre", EMPTY, "texte vide")
    lines = sentences([*alike, other], 9)
    assert len(lines) == 2 and "« 004 » et 3 autres, élément « echelle »" in plain(lines[0])
    assert plain(lines[1]) == "Page « 009 », élément « texte.titre » (vide) : texte vide."
    assert plain(sentences([], 134)[0]) == "134 mises en page contrôlées : aucun défaut relevé."


def test_a_name_that_looks_like_an_expression_is_read_as_it_is(made: Made) -> None:
    with spoiled(map_of(made, "choropleth")[1]) as layout:
        for told in ("Bourg [% 1 + 1 %]", "Bourg [% champ_absent %]"):
            QgsExpressionContextUtils.setLayoutVariable(layout, "coodiag_essai", told)
            item(layout, "texte.credit").setText("[% @coodiag_essai %]")
            assert ("texte.credit", EMPTY) not in found(layout, made)
