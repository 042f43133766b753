"""Colour blindness and CIEDE2000, against what their authors published."""

from __future__ import annotations

import numpy as np
import pytest
from coodiag.coodiag_plugin.analysis import colour_vision as vision
from coodiag.coodiag_plugin.analysis.colours import lab

#: L*1, a*1, b*1, L*2, a*2, b*2, ΔE00: the 34 pairs of Sharma, Wu, Dalal 2005, table 1.
SHARMA = (
    (50.0, 2.6772, -79.7751, 50.0, 0.0, -82.7485, 2.0425),
    (50.0, 3.1571, -77.2803, 50.0, 0.0, -82.7485, 2.8615),
    (50.0, 2.8361, -74.02, 50.0, 0.0, -82.7485, 3.4412),
    (50.0, -1.3802, -84.2814, 50.0, 0.0, -82.7485, 1.0),
    (50.0, -1.1848, -84.8006, 50.0, 0.0, -82.7485, 1.0),
    (50.0, -0.9009, -85.5211, 50.0, 0.0, -82.7485, 1.0),
    (50.0, 0.0, 0.0, 50.0, -1.0, 2.0, 2.3669),
    (50.0, -1.0, 2.0, 50.0, 0.0, 0.0, 2.3669),
    (50.0, 2.49, -0.001, 50.0, -2.49, 0.0009, 7.1792),
    (50.0, 2.49, -0.001, 50.0, -2.49, 0.001, 7.1792),
    (50.0, 2.49, -0.001, 50.0, -2.49, 0.0011, 7.2195),
    (50.0, 2.49, -0.001, 50.0, -2.49, 0.0012, 7.2195),
    (50.0, -0.001, 2.49, 50.0, 0.0009, -2.49, 4.8045),
    (50.0, -0.001, 2.49, 50.0, 0.001, -2.49, 4.8045),
    (50.0, -0.001, 2.49, 50.0, 0.0011, -2.49, 4.7461),
    (50.0, 2.5, 0.0, 50.0, 0.0, -2.5, 4.3065),
    (50.0, 2.5, 0.0, 73.0, 25.0, -18.0, 27.1492),
    (50.0, 2.5, 0.0, 61.0, -5.0, 29.0, 22.8977),
    (50.0, 2.5, 0.0, 56.0, -27.0, -3.0, 31.903),
    (50.0, 2.5, 0.0, 58.0, 24.0, 15.0, 19.4535),
    (50.0, 2.5, 0.0, 50.0, 3.1736, 0.5854, 1.0),
    (50.0, 2.5, 0.0, 50.0, 3.2972, 0.0, 1.0),
    (50.0, 2.5, 0.0, 50.0, 1.8634, 0.5757, 1.0),
    (50.0, 2.5, 0.0, 50.0, 3.2592, 0.335, 1.0),
    (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
    (63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263),
    (61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731),
    (35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645),
    (22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373),
    (36.4612, 47.858, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146),
    (90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441),
    (90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381),
    (6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377),
    (2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082),
)
#: Seen by each eye at severity 1.0, computed by the package colorspacious 1.1.2 (Machado et al.
#: 2009, its own tables) on colours of the palettes.
SEEN = (
    ("#0072b2", "protanopia", "#5375b5"),
    ("#e69f00", "protanopia", "#b9a200"),
    ("#009e73", "protanopia", "#9a9271"),
    ("#cc79a7", "protanopia", "#808ba9"),
    ("#882255", "protanopia", "#353f56"),
    ("#6baed6", "protanopia", "#9cadd8"),
    ("#a13403", "protanopia", "#554a00"),
    ("#bcbcbc", "protanopia", "#bcbcbc"),
    ("#0072b2", "deuteranopia", "#3b67b1"),
    ("#e69f00", "deuteranopia", "#cab411"),
    ("#009e73", "deuteranopia", "#8a8676"),
    ("#cc79a7", "deuteranopia", "#9498a5"),
    ("#882255", "deuteranopia", "#525253"),
    ("#6baed6", "deuteranopia", "#8da1d5"),
    ("#a13403", "deuteranopia", "#6f6200"),
    ("#bcbcbc", "deuteranopia", "#bcbcbc"),
    ("#0072b2", "tritanopia", "#008289"),
    ("#e69f00", "tritanopia", "#fb8c87"),
    ("#009e73", "tritanopia", "#009e92"),
    ("#cc79a7", "tritanopia", "#d6788a"),
    ("#882255", "tritanopia", "#931838"),
    ("#6baed6", "tritanopia", "#32b8bb"),
    ("#a13403", "tritanopia", "#b20d2c"),
    ("#bcbcbc", "tritanopia", "#bcbcbc"),
)


@pytest.mark.parametrize("pair", SHARMA)
def test_ciede2000_of_the_published_pairs(pair: tuple[float, ...]) -> None:
    one, other, wanted = np.array(pair[:3]), np.array(pair[3:6]), pair[6]
    assert vision.ciede2000(one, other) == pytest.approx(wanted, abs=5e-5)
    assert vision.ciede2000(other, one) == pytest.approx(wanted, abs=5e-5)


@pytest.mark.parametrize(("colour", "eyes", "wanted"), SEEN)
def test_the_simulation_is_that_of_another_program(colour: str, eyes: str, wanted: str) -> None:
    found = vision.seen(colour, eyes)
    for at in (1, 3, 5):
        assert abs(int(found[at : at + 2], 16) - int(wanted[at : at + 2], 16)) <= 1


@pytest.mark.parametrize("eyes", vision.EYES)
def test_greys_are_greys_for_every_eye(eyes: str) -> None:
    for grey in ("#000000", "#5a5a5a", "#c9c9c9", "#ffffff"):
        assert vision.distance(grey, vision.seen(grey, eyes)) < 0.5


def test_a_grey_print_keeps_lightness_and_nothing_else() -> None:
    for colour in ("#e2001a", "#009e73", "#f0e442"):
        printed = vision.seen(colour, vision.GREY)
        assert printed[1:3] == printed[3:5] == printed[5:7]
        assert lab(printed)[0] == pytest.approx(lab(colour)[0], abs=0.3)


def test_red_and_green_are_confused_without_red_or_green_cones_only() -> None:
    red, green = "#d7191c", "#6b7a1f"
    assert vision.distance(red, green) > 45
    assert vision.distance(red, green, "deuteranopia") < 22
    assert vision.least_distance(red, green) < vision.distance(red, green, "tritanopia")


def test_the_worst_pair_is_found() -> None:
    pairs = vision.every_pair(["#000000", "#ffffff", "#fefefe"])
    apart, pair = vision.worst(pairs, vision.NORMAL)
    assert pair == ("#ffffff", "#fefefe") and apart < 1
    assert vision.worst(pairs, vision.GREY)[1] == pair
