"""A few pages against pictures of them that someone has looked at.

A page that changed on purpose: look at it, then renew its picture with
``COODIAG_GOLDEN=renew scripts/test tests/qgis/test_golden_pages.py`` and commit it.
Pages are compared small and blurred: letters may be drawn otherwise by another machine, nothing may
move, change its colour or go away.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from coodiag.tests.qgis.checked_pages import layout_of, made_pages, map_of
from coodiag.tests.qgis.layout_items import Made
from numpy.typing import NDArray
from qgis.core import QgsLayoutExporter, QgsPrintLayout
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage

GOLDEN = Path(__file__).parent / "golden_pages"
DPI = 40
#: The picture is compared at this size (pixels), where a letter is less than one.
WIDE, TALL = 148, 105
#: Parts of 255: mean difference, and the share of the places that may differ by more than ``FAR``.
MEAN, FAR, SHARE = 2.0, 40, 0.0015
PAGES = ("couverture", "aplats", "cercles", "commune")


@pytest.fixture(scope="module")
def made(qgis_app) -> Made:  # type: ignore[no-untyped-def]
    return made_pages()


def layout(made: Made, name: str) -> QgsPrintLayout:
    if name == "couverture":
        return made.layouts[0]
    if name == "commune":
        return layout_of(made, made.context.commune_first)
    return map_of(made, {"aplats": "choropleth", "cercles": "circles"}[name])[1]


def drawn(page: QgsPrintLayout) -> QImage:
    if page.atlas().enabled():
        page.atlas().beginRender()
        page.atlas().first()
    page.refresh()
    image = QgsLayoutExporter(page).renderPageToImage(0, dpi=DPI)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def small(image: QImage) -> NDArray[np.float64]:
    """The picture blurred, as numbers 0–255."""
    held = image.convertToFormat(QImage.Format.Format_RGB888).scaled(
        WIDE,
        TALL,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    data = held.constBits().asarray(held.sizeInBytes())
    lines = np.frombuffer(bytes(data), dtype=np.uint8).reshape(TALL, held.bytesPerLine())
    return lines[:, : 3 * WIDE].astype(float)


def apart(one: QImage, other: QImage) -> tuple[float, float]:
    """Mean difference, and share of the places that differ much."""
    difference = np.abs(small(one) - small(other))
    return float(difference.mean()), float((difference > FAR).mean())


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_it_did(made: Made, name: str, tmp_path: Path) -> None:
    path, image = GOLDEN / f"{name}.png", drawn(layout(made, name))
    if os.environ.get("COODIAG_GOLDEN") == "renew":
        GOLDEN.mkdir(exist_ok=True)
        assert image.save(str(path), "PNG", 0)
    golden = QImage(str(path))
    assert not golden.isNull() and path.stat().st_size < 60_000
    mean, far = apart(image, golden)
    if mean > MEAN or far > SHARE:
        image.save(str(tmp_path / f"{name}.png"))
    assert mean <= MEAN and far <= SHARE, (
        f"{name}: {mean:.2f} in the mean, {far:.3%} of the page far off; see {tmp_path}"
    )


def test_a_page_that_changed_is_seen(made: Made) -> None:
    """A legend gone, a map of another colour: both are past the tolerance."""
    page = layout(made, "aplats")
    golden = drawn(page)
    spoiled = page.clone()
    for item in list(spoiled.items()):
        if hasattr(item, "id") and str(item.id()).startswith("legende."):
            spoiled.removeLayoutItem(item)
    mean, far = apart(drawn(spoiled), golden)
    assert mean > MEAN or far > SHARE
    assert apart(drawn(page), golden) == (0.0, 0.0)
