"""The hues of the themes are told apart, on chapter pages and in charts as on maps."""

from __future__ import annotations

from itertools import combinations

import pytest
from coodiag.coodiag_plugin.analysis import colours as c
from coodiag.coodiag_plugin.core.catalogue import rows, themes

PALETTES = [row["id"] for row in rows("palettes") if row["kind"] == "sequential"]


@pytest.mark.parametrize("lightness", [52.0, 38.0])
def test_two_themes_are_told_apart_at_a_glance(lightness: float) -> None:
    shown = {theme: c.at_lightness(c.palette(c.hue(theme)[0]), lightness) for theme in themes()}
    for (one, first), (other, second) in combinations(shown.items(), 2):
        assert c.difference(first, second) >= 15, f"{one} and {other}"


@pytest.mark.parametrize("theme", themes())
def test_the_partner_of_a_theme_is_another_hue(theme: str) -> None:
    high, low = c.hue(theme)
    assert high != low
    assert (
        c.difference(c.at_lightness(c.palette(high), 52), c.at_lightness(c.palette(low), 52)) >= 30
    )


@pytest.mark.parametrize("name", PALETTES)
def test_a_ramp_goes_from_light_to_a_dark_that_titles_can_use(name: str) -> None:
    steps = [float(c.lab(colour)[0]) for colour in c.palette(name)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] >= 85 and steps[-1] <= 38
