"""Charts for documents: pictures, drawings inside a page, and what is told to who does not see."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from coodiag.coodiag_plugin.core import house
from coodiag.coodiag_plugin.core.french import typography
from coodiag.coodiag_plugin.edition import charts

from . import chart_samples

COLOUR = "#8a3b12"


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_a_picture_is_the_same_twice_and_bears_no_date(kind: str) -> None:
    item = chart_samples.ordinary(kind)
    picture = charts.png(item, 100.0, 50.0, COLOUR, 150.0)
    assert picture == charts.png(item, 100.0, 50.0, COLOUR, 150.0)
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == pytest.approx((100 / 25.4 * 150, 50 / 25.4 * 150), abs=1.5)
    for chunk in (b"tEXt", b"iTXt", b"tIME", b"Software", b"matplotlib"):
        assert chunk not in picture


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_drawings_stand_in_one_page_without_taking_each_others_names(kind: str) -> None:
    item = chart_samples.ordinary(kind)
    one, other = (charts.svg(item, 100.0, 50.0, COLOUR, ids=name) for name in ("g1", "g2"))
    assert one == charts.svg(item, 100.0, 50.0, COLOUR, ids="g1")
    assert one.startswith("<svg ") and "<style" not in one and "<metadata" not in one
    page = ElementTree.fromstring(f"<div>{one}{other}</div>")
    names = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(names) == len(set(names)) and all(name[:3] in ("g1-", "g2-") for name in names)
    for drawing, own in ((one, "g1-"), (other, "g2-")):
        known = set(re.findall(r'\bid="([^"]+)"', drawing))
        asked = re.findall(r'(?:url\(#|href="#)([^")]+)', drawing)
        assert all(name in known and name.startswith(own) for name in asked)


def test_text_that_looks_like_mathematics_stays_text() -> None:
    item = chart_samples.chart("bars", ("5 $ et 10 $", "a_b^c", r"\frac"), [(1.0, 2.0, 3.0)])
    drawing = charts.svg(item, 129.0, 30.0, COLOUR)
    texts = ["".join(node.itertext()) for node in ElementTree.fromstring(drawing).iter()]
    assert {"5 $ et 10 $", "a_b^c", r"\frac"} <= set(texts)


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_a_chart_in_words_is_one_sentence_with_its_figures(kind: str) -> None:
    item = chart_samples.ordinary(kind)
    words = charts.alt(item)
    assert words.endswith(".") and "Titre" in words and len(words) <= 640
    told = item.marks if kind == "lorenz" else (*item.categories, *item.series[0].texts)
    assert all(typography(text) in words for text in told if text)


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_words_stay_short_and_say_what_they_leave(kind: str) -> None:
    for name, item in chart_samples.hostile(kind):
        words = charts.alt(item)
        assert words.endswith(".") and "\n" not in words
        assert len(words) <= 640, (name, len(words))
    forty = dict(chart_samples.hostile(kind))["forty"]
    if kind != "lorenz":
        words = charts.alt(forty)
        told = sum(f"Commune {rank}," in words for rank in range(40))
        assert f"{40 - told}\u00a0autres catégories ne sont pas détaillées" in words
    assert "aucune donnée" in charts.alt(dict(chart_samples.hostile(kind))["nothing"])


def test_texts_are_of_the_family_of_the_house(tmp_path: Path) -> None:
    item = chart_samples.ordinary("bars")
    shipped = charts.svg(item, 100.0, 40.0, COLOUR)
    assert set(re.findall(r"font-family: '([^']+)'", shipped)) == {"Coodiag Sans"}
    with house.in_use(house.House(family="DejaVu Sans")):
        own = charts.svg(item, 100.0, 40.0, COLOUR)
    assert set(re.findall(r"font-family: '([^']+)'", own)) == {"DejaVu Sans"}
    assert charts.svg(item, 100.0, 40.0, COLOUR) == shipped


def test_the_height_of_a_chart_does_not_depend_on_the_house() -> None:
    """Pages are numbered once: another family may not move a block to another page."""
    item = chart_samples.ordinary("bars")
    with house.in_use(house.House(family="DejaVu Sans")):
        other = charts.height_of(item, 129.5)
    assert charts.height_of(item, 129.5) == other


def test_a_reference_is_a_mark_and_the_first_series_its_bar() -> None:
    item = chart_samples.ordinary("bars")
    bars = charts.svg(item, 129.0, 50.0, COLOUR).count(f"fill: {COLOUR}")
    assert bars == 4 + 1  # categories, and the sample of the legend
    alone = charts.height_of(item, 129.0)
    pairs = charts.height_of(chart_samples.Chart(**{**vars(item), "reference": ""}), 129.0)
    assert alone < pairs, "marks need no bars of their own"


def test_a_reference_of_one_figure_is_a_line_with_its_figure() -> None:
    item = chart_samples.chart(
        "bars", ("A", "B", "C"), [(5.0, 9.0, 12.0), (7.0, 7.0, 7.0)], ("Communes", "France"), reference="France",
    )  # fmt: skip
    drawing = charts.svg(item, 129.0, 50.0, COLOUR)
    assert "France\u00a0: 7,0\u00a0%" in drawing
