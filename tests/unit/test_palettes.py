"""Every palette that the plugin can produce keeps its colours apart, for every eye and in grey."""

from __future__ import annotations

import importlib
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest
from coodiag.coodiag_plugin.analysis import colour_vision as vision
from coodiag.coodiag_plugin.analysis import colours as c
from coodiag.coodiag_plugin.analysis.legend import BOXES
from coodiag.coodiag_plugin.core.catalogue import themes
from coodiag.coodiag_plugin.core.house import House, in_use

ROOT = Path(__file__).resolve().parents[2]
#: House colours of every sort: vivid, pale, dark, grey, and the hue opposed to many themes.
HOUSE_COLOURS = ("#e2001a", "#ffdd00", "#1f6f8b", "#2b0a3d", "#808080", "#00a651", "#f28c28")


@pytest.fixture()
def document(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return importlib.import_module("document_palettes")


def test_the_document_of_palettes_is_up_to_date(document: ModuleType) -> None:
    written = (ROOT / "docs" / "palettes.md").read_text(encoding="utf-8")
    assert written == document.document(), "run scripts/document.py with the Python of QGIS"


@pytest.mark.parametrize("sets", ["ramps", "zones"])
def test_classes_that_touch_are_told_apart(document: ModuleType, sets: str) -> None:
    for each in getattr(document, sets)():
        for eyes in vision.EYES:
            apart, pair = vision.worst(each.pairs, eyes)
            assert apart >= document.CLASSES, (each.name, eyes, pair)
        apart, pair = vision.worst(each.pairs, vision.GREY)
        assert apart >= document.GREY, (each.name, pair)


@pytest.mark.parametrize("theme", themes())
def test_two_sides_of_a_centre_are_told_apart(document: ModuleType, theme: str) -> None:
    for below, above in product(range(1, 5), range(1, 5)):
        each = document.split(theme, below, above)
        assert vision.worst(each.pairs, vision.GREY)[0] >= document.GREY, each.name
        for eyes in vision.EYES:
            assert vision.worst(each.pairs, eyes)[0] >= document.CLASSES, (each.name, eyes)
            apart, pair = vision.worst(vision.every_pair(each.colours), eyes)
            assert apart >= document.SIDES, (each.name, eyes, pair)


def test_kinds_are_told_apart(document: ModuleType) -> None:
    for each in document.kinds():
        for eyes in vision.EYES:
            apart, pair = vision.worst(each.pairs, eyes)
            assert apart >= document.KINDS, (each.name, eyes, pair)


def test_fills_of_charts_that_are_not_hatched_stay_apart_in_grey(document: ModuleType) -> None:
    for each in document.charts():
        apart, pair = vision.worst(each.pairs, vision.GREY)
        assert apart >= document.GREY, (each.name, pair)


def test_cases_outside_the_classes_are_hatched_each_at_its_angle() -> None:
    hatched = [box for box in BOXES if box.hatch]
    assert [box.label for box in BOXES if not box.hatch] == ["Aucun"]
    angles = sorted(box.angle for box in hatched)
    assert all(other - one >= 20 for one, other in zip(angles, angles[1:]))


@pytest.mark.parametrize("colour", HOUSE_COLOURS)
def test_palettes_made_of_a_house_colour_hold_as_the_others(colour: str) -> None:
    with in_use(House(colours={"emploi": colour})):
        high, low = c.hue("emploi")
        assert high == colour and c.hue("logement") == ("brown", "blues")
        for classes in range(2, 7):
            ramp = c.sequential(high, classes)
            pairs = vision.neighbours(ramp)
            assert vision.worst(pairs, vision.GREY)[0] >= c.LIGHTNESS_STEP
            assert min(vision.worst(pairs, eyes)[0] for eyes in vision.EYES) >= 6
        sides = c.diverging(low, high, 3, 3)
        assert vision.worst(vision.neighbours(sides), vision.GREY)[0] >= c.LIGHTNESS_STEP
        every = vision.every_pair(sides)
        assert min(vision.worst(every, eyes)[0] for eyes in vision.EYES) >= 8
        chapter = c.chapter_colour("emploi")
        assert c.contrast(chapter, "#ffffff") >= c.READABLE
        assert (chapter == colour) == (c.contrast(colour, "#ffffff") >= c.READABLE)
    assert c.hue("emploi") == ("oranges", "blues")


def test_a_ramp_goes_through_the_colour_of_the_house() -> None:
    for colour in ("#e2001a", "#1f6f8b", "#808080"):
        ramp = c.ramp_through(colour)
        near = c.at_lightness(ramp, float(c.lab(colour)[0]))
        assert vision.distance(near, colour) < 4, (colour, near)
        steps = [float(c.lab(shade)[0]) for shade in ramp]
        assert steps == sorted(steps, reverse=True) and steps[0] >= 96 and steps[-1] <= 21
