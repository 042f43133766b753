"""Colours of the series of a chart, told apart in grey: by lightness first, then by hatching."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..core.colour import contrast as contrast
from ..core.colour import lightness as lightness

INK, GREY, HAIR, WHITE = "#22313a", "#5f6b73", "#c9d0d4", "#ffffff"
#: Least difference of L* between two fills, and least contrast of a text with its ground.
STEP, READABLE = 12.0, 4.5
#: Lightness of the palest fill, which an outline holds on white, and of the palest line.
PALEST, PALEST_LINE = 93.0, 60.0
#: Least contrast of a bar or a line with white paper (WCAG 1.4.11).
_SEEN = 3.0
#: Where one more series is lighter than the one before, when there are few of them.
_USUAL = 20.0
#: A slightly blue grey, whose lightness is moved.
_NEUTRAL = "#7d8c95"
_HATCHES = ("", "/", "-", "x")


class Tone(NamedTuple):
    """A fill: its colour, its hatching and the colour of that."""

    fill: str
    hatch: str = ""
    line: str = ""


@lru_cache(maxsize=512)
def moved(colour: str, target: float) -> str:
    """``colour`` mixed with white or black until its lightness is ``target``."""
    end = 255 if target > lightness(colour) else 0
    low, high = 0.0, 1.0
    for _ in range(12):
        part = (low + high) / 2
        mixed = _mixed(colour, end, part)
        if (lightness(mixed) < target) == (end == 255):
            low = part
        else:
            high = part
    return _mixed(colour, end, high)


def _mixed(colour: str, end: int, part: float) -> str:
    tones = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(tone + (end - tone) * part):02x}" for tone in tones)


def grey(target: float) -> str:
    """The neutral of that lightness."""
    return moved(_NEUTRAL, target)


def strong(colour: str) -> str:
    """``colour``, darkened where a bar of it would not be seen on white."""
    return colour if contrast(colour, WHITE) >= _SEEN else moved(colour, PALEST_LINE - 2)


def written(colour: str) -> str:
    """``colour``, darkened where a text of it could not be read on white."""
    return colour if contrast(colour, WHITE) >= READABLE else moved(colour, 46.0)


def over(fill: str) -> str:
    """Colour of a text on ``fill``: white, ink, or black where neither can be read."""
    return next((text for text in (WHITE, INK) if contrast(text, fill) >= READABLE), "#000000")


def fills(colour: str, count: int) -> list[Tone]:
    """Fill of each series: the chapter's colour, then greys; more than that are hatched."""
    first = strong(colour)
    greys = _greys(lightness(first), count - 1)
    tones = [Tone(first), *(Tone(grey(level)) for level in greys)]
    return [_hatched(tones[rank % len(tones)], rank // len(tones)) for rank in range(count)]


def _greys(first: float, count: int) -> list[float]:
    """Lightness of ``count`` greys, or of as many as can be told apart from each other."""
    above = int((PALEST - first) / STEP)
    step = min(_USUAL, (PALEST - first) / max(min(count, above), 1))
    levels = [first + step * rank for rank in range(1, min(count, above) + 1)]
    if count > len(levels) and first - STEP - 2 > 12:
        levels.append(first - STEP - 2)
    return levels


def ramp(colour: str, count: int) -> list[Tone]:
    """``count`` tints of ``colour``, dark to light; neighbours of one tint are hatched."""
    dark = min(lightness(strong(colour)), 45.0)
    levels = min(count, int((PALEST - dark) / STEP) + 1)
    if levels < count and levels < 6:
        dark, levels = PALEST - 5 * STEP, min(count, 6)
    width = (PALEST - dark) / max(levels - 1, 1)
    result = []
    for rank in range(count):
        level, within = rank * levels // count, 0
        while rank - within - 1 >= 0 and (rank - within - 1) * levels // count == level:
            within += 1
        result.append(_hatched(Tone(moved(colour, dark + width * level)), within))
    return result


def _hatched(tone: Tone, rank: int) -> Tone:
    """The tone with the hatching of its ``rank`` among those of the same fill."""
    if not rank:
        return tone
    light = lightness(tone.fill)
    line = moved(tone.fill, light + 22 if light < 60 else light - 22)
    return Tone(tone.fill, _HATCHES[1 + (rank - 1) % (len(_HATCHES) - 1)], line)


class Stroke(NamedTuple):
    """A line: its colour, the dashes (in widths of the line) and the marker of its points."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    marker: str = "o"
    open: bool = False


_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 1.5), (1.2, 1.4), (6, 1.5, 1.2, 1.5))
_MARKERS = "osD^vP"


def strokes(colour: str, count: int) -> list[Stroke]:
    """Line of each series: the chapter's colour first and thick; then dark and middle greys, no two
    of the same dashes and marker."""
    first = strong(colour)
    level = lightness(first)
    greys = [grey(at) for at in (PALEST_LINE - 1, 30.0) if abs(at - level) >= STEP] or [grey(20.0)]
    result = [Stroke(first, 1.7)]
    for rank in range(1, count):
        result.append(
            Stroke(
                greys[(rank - 1) % len(greys)],
                1.0,
                _DASHES[rank % len(_DASHES)],
                _MARKERS[rank % len(_MARKERS)],
                (rank // len(_MARKERS)) % 2 == 1 or rank % 2 == 1,
            )
        )
    return result
