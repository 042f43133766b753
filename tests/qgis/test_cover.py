"""The cover and the foot of the pages in the style of a house: logo, photo, who signs."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core.errors import InputError
from coodiag.coodiag_plugin.core.house import DEFAULT, House, load_house
from coodiag.coodiag_plugin.edition.context import ReportContext
from coodiag.coodiag_plugin.qgis_bridge.layouts import images
from coodiag.tests.qgis.layout_items import Made, box, ink, items, labels, make, pages
from coodiag.tests.unit import report_samples as samples
from qgis.core import QgsLayoutItemMap, QgsLayoutItemPicture
from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtGui import QColor, QImage, QPainter

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" viewBox="0 0 300 100">'
    '<rect width="300" height="100" fill="#00695c"/></svg>'
)
LAND, BORDER = "#2e7d32", "#c62828"


def photo(path: Path, wide: int, high: int) -> Path:
    """A green picture with a red border, and words that a camera would write."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(BORDER))
    painter = QPainter(image)
    painter.fillRect(wide // 10, high // 10, wide * 8 // 10, high * 8 // 10, QColor(LAND))
    painter.end()
    image.setText("Author", "Jeanne Exemple")
    assert image.save(str(path))
    return path


def house(folder: Path, logo: str = "logo.svg", shape: tuple[int, int] = (1600, 900)) -> House:
    folder.mkdir(exist_ok=True)
    if logo == "logo.svg":
        (folder / logo).write_text(SVG, encoding="utf-8")
    elif logo:
        photo(folder / logo, 2400, 800)
    photo(folder / "photo.png", *shape)
    (folder / "maison.json").write_text(json.dumps({"name": "Agence Exemple"}), encoding="utf-8")
    return load_house(folder)


def short() -> ReportContext:
    whole = samples.context(commune_pages=False)
    chapter = replace(whole.chapters[0], pages=whole.chapters[0].pages[:1], sheets=())
    return replace(whole, chapters=(chapter,))


@pytest.fixture(scope="module", params=["logo.svg", "logo.png"])
def signed(request: pytest.FixtureRequest, qgis_app, tmp_path_factory) -> Made:  # type: ignore[no-untyped-def]
    return make(short(), house=house(tmp_path_factory.mktemp("maison"), request.param))


def pixels(item: QgsLayoutItemPicture) -> QImage:
    assert item.picturePath().startswith("base64:")
    image = QImage()
    content = base64.b64decode(item.picturePath()[len("base64:") :])
    assert image.loadFromData(QByteArray(content))
    return image


def test_the_cover_bears_logo_and_photo_inside_the_project(signed: Made) -> None:
    cover = signed.layouts[0]
    for name in ("couverture.logo", "couverture.photo"):
        item = cover.itemById(name)
        assert isinstance(item, QgsLayoutItemPicture)
        assert item.picturePath().startswith("base64:")
        sheet = cover.pageCollection().page(0).rect().adjusted(-0.01, -0.01, 0.01, 0.01)
        assert sheet.contains(box(item))
    plate, logo = cover.itemById("couverture.logo.fond"), cover.itemById("couverture.logo")
    assert box(plate).contains(box(logo)) and plate.isLocked()
    assert box(logo).width() / box(logo).height() == pytest.approx(3, rel=0.01)


def test_the_photo_fills_its_band_without_being_stretched(signed: Made) -> None:
    item = signed.layouts[0].itemById("couverture.photo")
    image = pixels(item)
    place = box(item)
    assert image.width() / image.height() == pytest.approx(place.width() / place.height(), rel=0.01)
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert abs(middle.green() - QColor(LAND).green()) < 12
    # 16:9 in a band of 2.7: the top and the bottom are cut, the sides stay
    side = image.pixelColor(image.width() // 40, image.height() // 2)
    top = image.pixelColor(image.width() // 2, image.height() // 40)
    assert abs(side.red() - QColor(BORDER).red()) < 25
    assert abs(top.green() - QColor(LAND).green()) < 25
    assert not image.text("Author"), "what a camera writes beside a picture is left out"
    assert image.width() <= 177 * images.PER_MM + 1, "no finer than print needs"


def test_nothing_of_the_cover_overlaps(signed: Made) -> None:
    cover = signed.layouts[0]
    texts = {label.id(): ink(label) for label in labels(cover)}
    for one, first in texts.items():
        for other, second in texts.items():
            common = first.intersected(second)
            assert one == other or common.width() < 0.3 or common.height() < 0.3, (one, other)
    photo_place = box(cover.itemById("couverture.photo"))
    (drawn,) = [item for item in items(cover) if isinstance(item, QgsLayoutItemMap)]
    assert not box(drawn).intersects(photo_place)
    assert not any(place.intersects(photo_place) for place in texts.values())


def test_each_page_is_signed_beside_its_credit(signed: Made) -> None:
    for name, layout in list(pages(signed))[1:]:
        logo, credit = layout.itemById("logo.pied"), layout.itemById("texte.credit")
        assert "Agence Exemple" in credit.currentText(), name
        assert box(logo).left() >= ink(credit).right() - 0.1, name
        assert box(logo).right() <= ink(layout.itemById("texte.page")).left() + 0.1, name
        source = layout.itemById("texte.source")
        if source is not None:
            assert not ink(source).intersects(ink(credit)), name


def test_without_a_house_the_cover_is_whole_and_bears_no_picture(qgis_app) -> None:  # type: ignore[no-untyped-def]
    made = make(short(), house=DEFAULT)
    for name, layout in pages(made):
        drawn = [item for item in items(layout) if isinstance(item, QgsLayoutItemPicture)]
        assert not drawn, name
    cover = made.layouts[0]
    assert box(cover.itemById("carte.couverture")).height() > 170
    assert "par " not in cover.itemById("couverture.date").currentText()


def test_a_photo_is_upright_and_smaller_ones_are_not_blown_up(qgis_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    small = photo(tmp_path / "petite.png", 200, 200)
    made = images.photograph(small, 177, 66)
    assert made.ratio == pytest.approx(177 / 66, rel=0.02)
    image = QImage()
    image.loadFromData(QByteArray(base64.b64decode(made.source[7:])))
    assert image.width() == 200


def test_a_picture_that_cannot_be_read_is_refused_in_a_sentence(qgis_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n et rien de plus")
    with pytest.raises(InputError, match=r"photo\.png .* cannot be read"):
        images.photograph(tmp_path / "photo.png", 100, 50)
    (tmp_path / "logo.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(InputError, match=r"logo\.svg .* cannot be read"):
        images.logo(tmp_path / "logo.svg")


def test_the_same_house_gives_the_same_pictures(qgis_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = house(tmp_path / "maison", "logo.png")
    assert made.logo is not None and made.photo is not None
    assert images.logo(made.logo) == images.logo(made.logo)
    assert images.photograph(made.photo, 177, 66) == images.photograph(made.photo, 177, 66)
