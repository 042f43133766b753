"""Colours of maps: ramps at equal steps of lightness, safe for grey printing and colour blindness.

CIE L*a*b* (D65, CIE 15:2004) is where ramps are sampled and distances measured. Palettes are rows
of ``catalogue/palettes.csv``; the hue of each theme is in ``catalogue/themes.csv``, unless the
house style in use has its own colour for it, from which a ramp is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..core.catalogue import rows
from ..core.colour import contrast as contrast
from ..core.errors import InputError
from ..core.house import current

Array = NDArray[np.float64]

#: Smallest difference of L* between classes that touch in the legend (grey print).
LIGHTNESS_STEP = 12.0
#: Lightness of the palest class, under white paper and over the grey of missing figures.
PALEST = 94.0
#: Usual lightness of the darkest class for 3 to 7 classes; more classes need a darker end.
_DARKEST = {1: 62.0, 2: 56.0, 3: 48.0, 4: 40.0, 5: 34.0, 6: 30.0, 7: 20.0}

#: Lightness of the full colour of a theme, and of the colour of its chapter.
_MIDDLE, CHAPTER_LIGHTNESS = 52.0, 38.0
#: Contrast of text of any size with its ground (WCAG 2.2, 1.4.3).
READABLE = 4.5
#: CIEDE2000 between the two hues of a diverging map, whoever looks; the partners tried in turn.
OPPOSED, _OPPOSITES = 20.0, ("blues", "oranges", "greens", "purples")

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE = _TO_XYZ.sum(axis=1)


def rgb(colour: str) -> Array:
    """``#rrggbb`` → three numbers 0–1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def hexa(values: Array) -> str:
    """Three numbers 0–1 (clipped) → ``#rrggbb``."""
    parts = np.clip(np.round(np.asarray(values) * 255), 0, 255).astype(int)
    return "#" + "".join(f"{int(part):02x}" for part in parts)


def linear(values: Array) -> Array:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def gamma(values: Array) -> Array:
    values = np.clip(values, 0, 1)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055)


def lab(colour: str) -> Array:
    """CIE L*, a*, b* of a colour (L* 0 black – 100 white)."""
    ratio = _TO_XYZ @ linear(rgb(colour)) / _WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def from_lab(values: Array) -> str:
    """The nearest printable colour to L*, a*, b*."""
    y = (values[0] + 16) / 116
    root = np.array([y + values[1] / 500, y, y - values[2] / 200])
    ratio = np.where(root > 6 / 29, root**3, 3 * (6 / 29) ** 2 * (root - 4 / 29))
    return hexa(gamma(np.linalg.inv(_TO_XYZ) @ (ratio * _WHITE)))


def difference(one: str, other: str) -> float:
    """CIE76 ΔE: 2.3 is just noticeable, 10 is told apart at a glance."""
    return float(np.linalg.norm(lab(one) - lab(other)))


def over(colour: str, opacity: float, ground: str = "#ffffff") -> str:
    """``colour`` painted at ``opacity`` over ``ground``, as it looks."""
    return hexa(opacity * rgb(colour) + (1 - opacity) * rgb(ground))


def under(look: str, opacity: float, ground: str = "#ffffff") -> str:
    """The paint that at ``opacity`` over ``ground`` looks like ``look`` (clipped to the gamut)."""
    return hexa((rgb(look) - (1 - opacity) * rgb(ground)) / opacity)


@cache
def palette(name: str) -> tuple[str, ...]:
    """Colours of a row of ``palettes.csv``; of ``#rrggbb``, the ramp that goes through it."""
    if name.startswith("#"):
        return ramp_through(name)
    for row in rows("palettes"):
        if row["id"] == name:
            return tuple(row["colours"].split())
    raise InputError("The palette “{name}” is not in the catalogue of palettes.", name=name)


def hue(theme: str) -> tuple[str, str]:
    """Palettes of a theme: its own, and the one opposed to it under a centre.

    The house style in use may give the theme a colour (``#rrggbb``, a name of palette too).
    """
    high, low = _catalogue_hue(theme)
    own = current().colours.get(theme)
    return (own, _opposed(own, low)) if own else (high, low)


@cache
def _catalogue_hue(theme: str) -> tuple[str, str]:
    found = {row["theme"]: (row["high"], row["low"]) for row in rows("themes")}
    return found.get(theme, found[""])


@cache
def _opposed(own: str, low: str) -> str:
    """``low`` when it is another hue than the colour ``own`` for every eye, else the farthest."""
    from .colour_vision import least_distance

    middle = at_lightness(palette(own), _MIDDLE)

    def apart(name: str) -> float:
        return least_distance(middle, at_lightness(palette(name), _MIDDLE))

    return low if apart(low) >= OPPOSED else max(_OPPOSITES, key=apart)


def ramp_through(colour: str) -> tuple[str, ...]:
    """Nine colours of the hue of ``colour``, from L* 97 to 20.

    Chroma follows that of the palettes made for the plugin: little near white, most at mid
    lightness, scaled so that the ramp goes through ``colour``, and cut at the gamut of screens.
    """
    own = lab(colour)
    strength = float(np.hypot(own[1], own[2])) / float(_chroma(own[0]))
    angle = float(np.arctan2(own[2], own[1]))
    return tuple(
        _printable(float(target), strength * float(_chroma(target)), angle)
        for target in np.linspace(97.0, 20.0, 9)
    )


def _chroma(lightness: float) -> float:
    """Relative chroma at a lightness, 1 at most."""
    return float(np.interp(lightness, (0, 20, 45, 65, 90, 100), (0.3, 0.55, 1.0, 0.95, 0.3, 0.05)))


def _printable(lightness: float, chroma: float, angle: float) -> str:
    """The most vivid colour up to ``chroma`` of that lightness and hue that a screen can show."""
    low, high = 0.0, chroma
    for _ in range(24):
        if _in_gamut(_at(lightness, high, angle)):
            low = high
            break
        middle = (low + high) / 2
        if _in_gamut(_at(lightness, middle, angle)):
            low = middle
        else:
            high = middle
    return from_lab(_at(lightness, low, angle))


def _at(lightness: float, chroma: float, angle: float) -> Array:
    return np.array([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])


def _in_gamut(values: Array) -> bool:
    """Whether a colour survives its writing as ``#rrggbb``."""
    return bool(np.linalg.norm(lab(from_lab(values)) - values) < 1.0)


@cache
def kind_colours() -> dict[str, str]:
    """Colours of kinds by value (``kinds.csv``)."""
    return {row["value"]: row["colour"] for row in rows("kinds")}


def theme_colour(theme: str) -> str:
    """The full colour of a theme: circles, bars."""
    return at_lightness(palette(hue(theme)[0]), _MIDDLE)


def chapter_colour(theme: str) -> str:
    """The colour of a chapter: bands under white titles, titles on white.

    The colour of the house as it is when it can be read on white, else darkened like the others.
    """
    own = current().colours.get(theme)
    if own and contrast(own, "#ffffff") >= READABLE:
        return own
    return at_lightness(palette(hue(theme)[0]), CHAPTER_LIGHTNESS)


def at_lightness(colours: Sequence[str], target: float) -> str:
    """The colour of a ramp (light to dark) at lightness ``target``.

    Interpolated in L*a*b*; beyond the dark end the last colour is darkened and dulled.
    """
    points = np.array([lab(colour) for colour in colours])
    if target < points[-1, 0]:
        share = target / points[-1, 0]
        return from_lab(points[-1] * np.array([share, share, share]))
    falling = points[::-1]
    return from_lab(
        np.array([np.interp(target, falling[:, 0], falling[:, axis]) for axis in range(3)])
    )


def sequential(
    name: str, classes: int, palest: float = PALEST, darkest: float | None = None
) -> tuple[str, ...]:
    """``classes`` colours light to dark, at equal steps of L* of at least LIGHTNESS_STEP.

    ``darkest``: lightness wished at the dark end (less when the steps need it).
    """
    if classes == 1:
        return (at_lightness(palette(name), _DARKEST[1]),)
    darkest = min(
        _DARKEST[classes] if darkest is None else darkest,
        palest - (LIGHTNESS_STEP + 0.4) * (classes - 1),
    )
    return tuple(
        at_lightness(palette(name), float(target))
        for target in np.linspace(palest, darkest, classes)
    )


def diverging(low: str, high: str, below: int, above: int) -> tuple[str, ...]:
    """Colours of ``below`` classes under a centre and ``above`` over it, darkest at the ends.

    The two classes that touch at the centre differ in hue and by LIGHTNESS_STEP.
    """
    longest = max(below, above)
    step = min(19.0, max(LIGHTNESS_STEP + 0.4, 58.0 / max(longest, 1)))
    pale_above = PALEST if not below else PALEST - 4
    pale_below = PALEST if not above else pale_above - LIGHTNESS_STEP - 0.6
    under_centre = [at_lightness(palette(low), pale_below - step * rank) for rank in range(below)]
    over_centre = [at_lightness(palette(high), pale_above - step * rank) for rank in range(above)]
    return (*reversed(under_centre), *over_centre)


def bivariate(rows_palette: str, columns_palette: str) -> tuple[tuple[str, ...], ...]:
    """A 3 × 3 scheme: two ramps of three multiplied; ``[row][column]``, low first."""
    first = [at_lightness(palette(rows_palette), target) for target in (95, 80, 64)]
    second = [at_lightness(palette(columns_palette), target) for target in (95, 80, 64)]
    return tuple(tuple(hexa(rgb(a) * rgb(b)) for b in second) for a in first)
