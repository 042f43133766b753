"""Titled paragraphs in two columns of an upright page, as many as hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core import french
from .fonts import line_height, wrap
from .items import Page
from .slides.page import SURE
from .theme import GREY, TYPE, Sheet

UPRIGHT = Sheet("A4 debout", 210.0, 297.0, 12.0, 1.0)
GAP, COLUMN = 8.0, (UPRIGHT.inner - 8.0) / 2
_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)


@dataclass(frozen=True)
class Part:
    """A titled paragraph: colour of its title, the sentences that hold."""

    title: str
    colour: str
    texts: tuple[str, ...]


def height_of(text: str, width: float, size: float, bold: bool = False) -> float:
    return (
        len(wrap(french.typography(text), width * SURE, size, bold=bold)) * line_height(size) + 0.2
    )


def _part(part: Part, size: float) -> float:
    title = height_of(part.title, COLUMN - 3, size, bold=True)
    return title + sum(height_of(text, COLUMN - 3, size) + 0.8 for text in part.texts) + 2.4


def columns(
    page: Page,
    name: str,
    parts: Sequence[Part],
    y: float,
    room: float,
    more: str,
    every: bool = False,
) -> float:
    """Titled paragraphs in two columns of like height, in the largest type at which they hold.

    Where even the smallest does not do, the last parts are left out; with ``every``, the last
    sentences of the longest ones before. ``more`` tells where they are. Returns the y below.
    """
    held, size, cut = list(parts), _SIZES[-1], False
    for size in _SIZES:
        if _tallest(held, size) <= room:
            break
    while held and _tallest(held, size) > room - (4.0 if cut else 0.0):
        cut = True
        longest = max(held, key=lambda part: len(part.texts))
        if every and len(longest.texts) > 1:
            at = held.index(longest)
            held[at] = Part(longest.title, longest.colour, longest.texts[:-1])
        else:
            held.pop()
    split = _split(held, size)
    tall = 0.0
    rank = 0
    for column, items in enumerate((held[:split], held[split:])):
        x, top = UPRIGHT.margin + column * (COLUMN + GAP), y
        for part in items:
            rank += 1
            top = _draw_part(page, f"{name}.{rank}", part, x, top, size)
        tall = max(tall, top - y)
    if cut:
        page.text(
            f"{name}.suite",
            more,
            UPRIGHT.margin,
            y + tall,
            UPRIGHT.inner,
            3.8,
            TYPE.note,
            colour=GREY,
        )
        tall += 4
    return y + tall


def _draw_part(page: Page, name: str, part: Part, x: float, y: float, size: float) -> float:
    title = height_of(part.title, COLUMN - 3, size, bold=True)
    page.box(f"{name}.filet", x, y + 0.4, 0.9, _part(part, size) - 3.2, fill=part.colour)
    page.text(
        f"{name}.titre",
        part.title,
        x + 3,
        y,
        COLUMN - 3,
        title,
        size,
        bold=True,
        colour=part.colour,
    )
    y += title
    for rank, text in enumerate(part.texts, 1):
        tall = height_of(text, COLUMN - 3, size)
        page.text(f"{name}.{rank}", text, x + 3, y, COLUMN - 3, tall, size)
        y += tall + 0.8
    return y + 2.4


def _split(parts: Sequence[Part], size: float) -> int:
    """How many parts stand in the first column, so that both are of like height."""
    heights = [_part(part, size) for part in parts]
    return min(
        range(len(parts) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])), default=0
    )


def _tallest(parts: Sequence[Part], size: float) -> float:
    heights = [_part(part, size) for part in parts]
    at = _split(parts, size)
    return max(sum(heights[:at]), sum(heights[at:]))
