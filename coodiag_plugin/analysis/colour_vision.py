"""What eyes tell apart: colour blindness simulated, and the CIEDE2000 distance.

Simulation: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, *A Physiologically-based Model for
Simulation of Color Vision Deficiency*, IEEE TVCG 15(6), 2009, matrices of severity 1.0, on linear
RGB. Distance: M. R. Luo, G. Cui, B. Rigg 2001, as written out by G. Sharma, W. Wu, E. N. Dalal,
*The CIEDE2000 Color-Difference Formula: Implementation Notes*, Color Research & Application 30(1),
2005. About 1 is just noticed side by side; 10 is another colour at a glance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from ..core.colour import luminance
from .colours import Array, gamma, hexa, lab, linear, rgb

#: Without red, green, blue cones.
DEFICIENCIES: dict[str, Array] = {
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
NORMAL, GREY = "normal", "grey"
#: Who looks in colours; grey print is measured by lightness alone.
EYES = (NORMAL, *DEFICIENCIES)


@cache
def seen(colour: str, eyes: str) -> str:
    """``colour`` (``#rrggbb``) as ``eyes`` see it: one of EYES, or ``grey`` for a grey print."""
    if eyes == NORMAL:
        return colour
    if eyes == GREY:
        level = np.full(3, luminance(colour))
        return hexa(gamma(level))
    return hexa(gamma(DEFICIENCIES[eyes] @ linear(rgb(colour))))


@cache
def distance(one: str, other: str, eyes: str = NORMAL) -> float:
    """CIEDE2000 between two colours as ``eyes`` see them."""
    return ciede2000(lab(seen(one, eyes)), lab(seen(other, eyes)))


def least_distance(one: str, other: str) -> float:
    """CIEDE2000 between two colours for the eyes that tell them least apart."""
    return min(distance(one, other, eyes) for eyes in EYES)


def lightness_step(one: str, other: str) -> float:
    """Difference of L*: all that a grey print leaves."""
    return abs(float(lab(one)[0] - lab(other)[0]))


def neighbours(ramp: Sequence[str]) -> list[tuple[str, str]]:
    """Colours that touch in the legend of a ramp."""
    return list(zip(ramp, ramp[1:]))


def every_pair(colours: Iterable[str]) -> list[tuple[str, str]]:
    """Any two of a set whose order means nothing."""
    return list(combinations(colours, 2))


def worst(pairs: Sequence[tuple[str, str]], eyes: str) -> tuple[float, tuple[str, str]]:
    """The pair that ``eyes`` tell least apart, and its distance: L* for ``grey``."""

    def apart(pair: tuple[str, str]) -> float:
        return lightness_step(*pair) if eyes == GREY else distance(*pair, eyes)

    found = min(pairs, key=apart)
    return apart(found), found


def ciede2000(one: Array, other: Array) -> float:
    """CIEDE2000 of two L*, a*, b* (kL = kC = kH = 1); equations 2–22 of Sharma et al. 2005."""
    (l1, a1, b1), (l2, a2, b2) = (tuple(map(float, each)) for each in (one, other))
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    swelling = 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    c1, h1 = _polar((1 + swelling) * a1, b1)
    c2, h2 = _polar((1 + swelling) * a2, b2)
    turn = _turn(c1, h1, c2, h2)
    d_light, d_chroma = l2 - l1, c2 - c1
    d_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = _mean_hue(c1, h1, c2, h2)
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_chroma = 1 + 0.045 * chroma
    s_hue = 1 + 0.015 * chroma * _weight(hue)
    rotation = 2 * math.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    rotation *= -math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    parts = d_light / s_light, d_chroma / s_chroma, d_hue / s_hue
    return math.sqrt(max(sum(part * part for part in parts) + rotation * parts[1] * parts[2], 0.0))


def _polar(a: float, b: float) -> tuple[float, float]:
    """Chroma, and hue in degrees 0–360 (0 for a grey)."""
    return math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _turn(c1: float, h1: float, c2: float, h2: float) -> float:
    """From the first hue to the second, −180 to 180 degrees; 0 with a grey."""
    if c1 * c2 == 0:
        return 0.0
    turn = h2 - h1
    if abs(turn) <= 180:
        return turn
    return turn - 360 if turn > 180 else turn + 360


def _mean_hue(c1: float, h1: float, c2: float, h2: float) -> float:
    if c1 * c2 == 0:
        return h1 + h2
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


def _weight(hue: float) -> float:
    """T of the formula: how much a turn of hue counts at that hue."""
    return (
        1
        - 0.17 * math.cos(math.radians(hue - 30))
        + 0.24 * math.cos(math.radians(2 * hue))
        + 0.32 * math.cos(math.radians(3 * hue + 6))
        - 0.20 * math.cos(math.radians(4 * hue - 63))
    )
