"""Colours: lightness steps, colour blindness, one hue per theme."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis import colours as c
from coodiag.coodiag_plugin.core.catalogue import indicators, rows

THEMES = [row["theme"] for row in rows("themes")]
#: Deuteranopia, severity 1 (Machado, Oliveira, Fernandes 2009), on linear RGB.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)


def lightness(colour: str) -> float:
    return float(c.lab(colour)[0])


def deuteranopia(colour: str) -> str:
    """The colour as somebody without green cones sees it."""
    plain = c.rgb(colour)
    linear = np.where(plain <= 0.04045, plain / 12.92, ((plain + 0.055) / 1.055) ** 2.4)
    seen = np.clip(DEUTERANOPIA @ linear, 0, 1)
    return c.hexa(np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055))


def test_lab_of_known_colours() -> None:
    assert c.lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.01)
    assert c.lab("#000000") == pytest.approx([0, 0, 0], abs=0.01)
    assert c.lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert c.from_lab(c.lab("#6baed6")) == "#6baed6"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("classes", range(2, 8))
def test_sequential_neighbours_stand_apart(theme: str, classes: int) -> None:
    ramp = c.sequential(c.hue(theme)[0], classes)
    assert len(ramp) == classes
    for one, other in zip(ramp, ramp[1:]):
        assert lightness(one) - lightness(other) >= c.LIGHTNESS_STEP
        assert c.difference(deuteranopia(one), deuteranopia(other)) >= 10


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("below", range(5))
@pytest.mark.parametrize("above", range(1, 5))
def test_diverging_neighbours_stand_apart(theme: str, below: int, above: int) -> None:
    high, low = c.hue(theme)
    ramp = c.diverging(low, high, below, above)
    assert len(ramp) == below + above
    for one, other in zip(ramp, ramp[1:]):
        assert abs(lightness(one) - lightness(other)) >= c.LIGHTNESS_STEP
    for one, other in combinations(ramp, 2):
        assert c.difference(deuteranopia(one), deuteranopia(other)) >= 10


def test_bivariate_cells_stay_apart_for_the_colour_blind() -> None:
    cells = [cell for row in c.bivariate("reds", "blues") for cell in row]
    assert len(set(cells)) == 9
    for one, other in combinations(cells, 2):
        assert c.difference(deuteranopia(one), deuteranopia(other)) >= 12


def test_typology_hues_stay_apart_for_the_colour_blind() -> None:
    for one, other in combinations(c.palette("okabeito"), 2):
        assert c.difference(deuteranopia(one), deuteranopia(other)) >= 12
    kinds = c.kind_colours()
    for one, other in combinations(sorted(set(kinds.values())), 2):
        assert c.difference(deuteranopia(one), deuteranopia(other)) >= 12
    alike = {one for one, other in combinations(sorted(kinds), 2) if kinds[one] == kinds[other]}
    assert alike <= {"aucune"}, "no other kind of the same map has the colour of another"


def test_each_theme_of_the_catalogue_has_its_own_hue() -> None:
    used = {item.theme for item in indicators().values()}
    assert used <= set(THEMES)
    ramps = [c.hue(theme)[0] for theme in THEMES if theme]
    assert len(set(ramps)) == len(ramps)


def test_paint_over_white_looks_as_the_legend_says() -> None:
    for look in c.sequential("blues", 4, 90.0):
        assert c.difference(c.over(c.under(look, 0.8), 0.8), look) < 6
