"""The measure of colours: figures of the standards, and one measure for everything that asks."""

from __future__ import annotations

import pytest
from coodiag.coodiag_plugin.analysis import colours
from coodiag.coodiag_plugin.core import colour
from coodiag.coodiag_plugin.edition import chart_tones


@pytest.mark.parametrize(
    ("tone", "luminance", "lightness"),
    [
        ("#000000", 0.0, 0.0),
        ("#ffffff", 1.0, 100.0),
        ("#777777", 0.1845, 50.03),
        ("#ff0000", 0.2126, 53.23),
        ("#0a0a0a", 0.003035, 2.742),
    ],
)
def test_figures_of_the_standards(tone: str, luminance: float, lightness: float) -> None:
    assert colour.luminance(tone) == pytest.approx(luminance, abs=5e-5)
    assert colour.lightness(tone) == pytest.approx(lightness, abs=0.02)
    assert colour.lightness(tone) == pytest.approx(float(colours.lab(tone)[0]), abs=0.02)


def test_contrast_is_that_of_the_standard_whichever_comes_first() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert colour.contrast("#ffffff", "#777777") == pytest.approx(4.478, abs=1e-3)


def test_styles_and_charts_share_one_measure() -> None:
    assert colours.contrast is chart_tones.contrast is colour.contrast
    assert chart_tones.lightness is colour.lightness
