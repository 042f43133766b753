"""Charts printed in grey: series told apart by lightness, hatching or the look of their lines."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from coodiag.coodiag_plugin.edition import chart_tones as tones
from coodiag.coodiag_plugin.edition import charts
from coodiag.coodiag_plugin.edition.chart_pen import hatching
from coodiag.coodiag_plugin.edition.context import Chart
from hypothesis import given
from hypothesis import strategies as st

from . import chart_samples

#: Chapters of any lightness, as a house may choose them.
COLOURS = ("#8a3b12", "#0b2545", "#f2c14e", "#2a9d8f", "#000000", "#ffffff", "#777777", "#d1603d")


def test_lightness_and_contrast_are_those_of_the_standards() -> None:
    assert tones.lightness("#000000") == pytest.approx(0.0)
    assert tones.lightness("#ffffff") == pytest.approx(100.0)
    assert tones.lightness("#777777") == pytest.approx(50.03, abs=0.02)
    assert tones.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert tones.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("count", range(1, 13))
def test_fills_are_told_apart_in_grey(colour: str, count: int) -> None:
    for made in (tones.fills(colour, count), tones.ramp(colour, count)):
        assert len(made) == count
        for one, other in combinations(made, 2):
            gap = abs(tones.lightness(one.fill) - tones.lightness(other.fill))
            assert gap >= tones.STEP - 0.5 or one.hatch != other.hatch, (one, other)
        assert all(tones.lightness(tone.fill) <= tones.PALEST + 0.5 for tone in made)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("count", range(1, 13))
def test_lines_are_told_apart_in_grey(colour: str, count: int) -> None:
    made = tones.strokes(colour, count)
    looks = [(stroke.dashes, stroke.marker, stroke.open) for stroke in made]
    assert len(set(looks)) == count
    for stroke in made:
        assert tones.contrast(stroke.colour, "#ffffff") >= 3.0


@pytest.mark.parametrize("colour", COLOURS)
def test_a_figure_on_a_part_can_be_read(colour: str) -> None:
    for tone in tones.ramp(colour, 9):
        assert tones.contrast(tones.over(tone.fill), tone.fill) >= tones.READABLE


@pytest.mark.parametrize("kind", chart_samples.KINDS)
def test_texts_are_read_on_paper(kind: str) -> None:
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    theme = "#2a6f97"
    item = chart_samples.ordinary(kind)
    for text in charts.drawing(item, 129.5, charts.height_of(item, 129.5), theme).findobj(Text):
        colour = to_hex(text.get_color())
        if kind == "stacked" and colour in ("#ffffff", "#000000"):
            continue  # on its part: see above
        assert tones.contrast(colour, "#ffffff") >= tones.READABLE, text.get_text()


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.1, 90), st.floats(0.1, 20))
def test_hatching_stays_inside_its_bar(x: float, y: float, width: float, height: float) -> None:
    for hatch in "/-x":
        for stroke in hatching(x, y, width, height, hatch):
            for across, down in stroke:
                assert x - 1e-6 <= across <= x + width + 1e-6
                assert y - 1e-6 <= down <= y + height + 1e-6


def test_drawings_need_no_pattern_that_qt_does_not_know() -> None:
    item = chart_samples.chart("stacked", ("A", "B"), [(10.0, 10.0)] * 10)
    drawing = charts.svg(item, 129.5, 40.0, "#8a3b12")
    assert "<pattern" not in drawing and "clip-path" not in drawing


def greys(item: Chart, colour: str) -> set[int]:
    """The tones that cover a hundredth of the picture or more, printed without colour."""
    import numpy as np
    from matplotlib import image

    picture = charts.png(item, 120.0, 60.0, colour, 60.0)
    pixels = image.imread(io.BytesIO(picture), format="png")[:, :, :3]
    grey = np.round((pixels @ np.array([0.299, 0.587, 0.114])) * 255).astype(int)
    held, counts = np.unique(grey, return_counts=True)
    return {int(tone) for tone, count in zip(held, counts) if count >= grey.size / 100}


@pytest.mark.parametrize("colour", ["#8a3b12", "#2a9d8f", "#f2c14e"])
@pytest.mark.parametrize(("kind", "series"), [("bars", 3), ("stacked", 4), ("pyramid", 2)])
def test_a_print_in_grey_has_a_tone_for_each_series(kind: str, series: int, colour: str) -> None:
    item = chart_samples.chart(kind, ("A", "B"), [(25.0, 25.0)] * series)
    found = sorted(greys(item, colour) - {255})
    apart = [tone for tone, before in zip(found, [-99, *found]) if tone - before >= 8]
    assert len(apart) >= series, found


def test_the_first_line_is_that_of_the_chapter_and_the_thickest() -> None:
    first, *others = tones.strokes("#1f6f8b", 4)
    assert first.colour == "#1f6f8b"
    assert all(first.width > other.width and other.colour != first.colour for other in others)
