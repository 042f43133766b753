"""What every chart shares: names that hold in their rows, the legend, rows and texts set apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..core.french import listing, plural, typography
from .chart_pen import NOTE, SMALL, Pen, breadth, folded, line_height
from .chart_tones import GREY, INK, Stroke, Tone
from .context import Chart, Series

#: Height (mm) of one bar, of the white between two categories, and of a line of the legend.
BAR, BETWEEN, LEGEND_LINE = 4.2, 2.6, 4.6
#: Least height (mm) of a row whose name and figure are read.
LEAST_ROW = 3.15
#: Series drawn at most.
MOST_SERIES = 12
#: Room (mm) of a remark under the drawing.
NOTE_ROOM = 4.4
#: Part of the height that the legend may take.
_LEGEND_PART = 0.45
#: A sample in the legend, drawn around a point by the pen.
Sample = Callable[[float, float], None]
#: Left, top, right and bottom of what is taken, in millimetres.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Rows:
    """Rows of one height under each other: ``count`` are drawn, from ``top`` down."""

    top: float
    pitch: float
    count: int

    def middle(self, rank: int) -> float:
        return self.top + self.pitch * (rank + 0.5)

    @property
    def bottom(self) -> float:
        return self.top + self.pitch * self.count


def rows(pen: Pen, top: float, count: int) -> Rows:
    """As many rows as hold and can be read."""
    room = pen.height - top - 0.5 - foot(pen)
    held = count
    if count * LEAST_ROW > room:
        held = max(int((pen.height - top - 0.5 - NOTE_ROOM) / LEAST_ROW), 0)
        omit(pen, count - held, "autre catégorie", "autres catégories")
        room = pen.height - top - 0.5 - foot(pen)
    return Rows(top, room / max(held, 1), held)


def trimmed(pen: Pen, chart: Chart, most: int = MOST_SERIES) -> tuple[Series, ...]:
    """The series that are drawn."""
    omit(pen, len(chart.series) - most, "autre série", "autres séries")
    return chart.series[:most]


def omit(pen: Pen, count: int, one: str, many: str) -> None:
    """Have what is left out said at the foot of the drawing."""
    if count > 0:
        pen.omitted.append(plural(count, one, many))


def foot(pen: Pen) -> float:
    """Room (mm) of what is said to be left out."""
    return NOTE_ROOM if pen.omitted else 0.0


def say_omitted(pen: Pen) -> None:
    """« Non dessiné : 12 autres catégories. »"""
    if pen.omitted:
        text = typography(f"Non dessiné : {listing(pen.omitted)}.")
        pen.text(0, pen.height - 2.0, folded(text, pen.width, NOTE, 1), NOTE, GREY)


def names(texts: Sequence[str], most: float, height: float) -> tuple[list[str], float]:
    """Names over as many lines as a row of ``height`` holds, three at most, and their size.

    Where a name would be cut, all are smaller, then the column is wider, by a half at most.
    """
    tries = ((name_size(height), most), (NOTE, most), (NOTE, most * 1.25), (NOTE, most * 1.5))
    for size, width in tries:
        lines = max(min(int(height / (line_height(size) * 0.98)), 3), 1)
        shown = [folded(text, width, size, lines) for text in texts]
        if all(len(made) >= len(text) for made, text in zip(shown, texts)):
            break
    return shown, size


def name_size(height: float) -> float:
    """Size of the names of rows of that height."""
    return SMALL if height >= 1.02 * line_height(SMALL) else NOTE


def widest(texts: Iterable[str], size: float = NOTE, bold: bool = False) -> float:
    return max((breadth(text, size, bold) for text in texts), default=0.0)


def row_names(pen: Pen, place: Rows, texts: Sequence[str], most: float) -> float:
    """The names of rows written at the left, ending on one line; returns where that line is (mm)."""
    shown, size = names(texts[: place.count], most, place.pitch)
    right = widest(shown, size)
    for rank, name in enumerate(shown):
        pen.text(right, place.middle(rank), name, size, INK, align="right")
    return right + 1.5


def legend(pen: Pen, entries: Sequence[tuple[str, Sample]], top: float = 0.0) -> float:
    """Names after their samples, in lines over the drawing; returns where it ends (mm)."""
    x, y = 0.0, top
    tall = LEGEND_LINE
    for rank, (name, sample) in enumerate(entries):
        text = folded(name, pen.width - 6.0, NOTE, 2)
        need = 5.2 + breadth(text, NOTE)
        if x and x + need > pen.width:
            x, y, tall = 0.0, y + tall, LEGEND_LINE
        tall = max(tall, (text.count("\n") + 1) * line_height(NOTE) + 1.4)
        if y + tall - top > pen.height * _LEGEND_PART:
            omit(pen, len(entries) - rank, "autre nom", "autres noms")
            return y
        sample(x + 1.8, y + tall / 2)
        pen.text(x + 4.4, y + tall / 2, text, NOTE, GREY)
        x += need + 2.6
    return y + tall if entries else top


def square(pen: Pen, tone: Tone) -> Sample:
    return lambda x, y: pen.box(x - 1.3, y - 1.3, 2.6, 2.6, tone, GREY)


def dash(pen: Pen, stroke: Stroke) -> Sample:
    def sample(x: float, y: float) -> None:
        pen.line([(x - 1.8, y), (x + 1.8, y)], stroke.colour, stroke.width, stroke.dashes)
        pen.dots([(x, y)], stroke, 3.4)

    return sample


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` on millimetres from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        # In halves: the span of two huge figures of opposite signs is no number.
        span = self.high / 2 - self.low / 2
        part = (value / 2 - self.low / 2) / span if span > 0 else 0.5
        return self.start + min(max(part, 0.0), 1.0) * (self.end - self.start)


def known(values: Iterable[float | None]) -> list[float]:
    """The figures that can be drawn."""
    return [value for value in values if value is not None and math.isfinite(value)]


def all_known(series: Iterable[Series]) -> list[float]:
    return known(value for item in series for value in item.values)


def dodged(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Middles of labels under each other, as near as can be to those ``wanted``, none over another.

    Labels that push each other move together, by their mean (pool adjacent violators); all stay
    between ``low`` and ``high`` as long as they hold there.
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    pools: list[tuple[float, list[int]]] = []  # middle of the pool, its labels
    for at in order:
        middle, held = wanted[at], [at]
        while pools and _top(middle, held, heights) < _bottom(*pools[-1], heights):
            before, others = pools.pop()
            middle = (before * len(others) + middle * len(held)) / (len(others) + len(held))
            held = others + held
        pools.append((middle, held))
    places = [0.0] * len(wanted)
    for middle, held in pools:
        y = _top(middle, held, heights)
        for at in held:
            places[at] = y + heights[at] / 2
            y += heights[at]
    return _kept(order, places, heights, low, high)


def _top(middle: float, held: Sequence[int], heights: Sequence[float]) -> float:
    return middle - sum(heights[at] for at in held) / 2


def _bottom(middle: float, held: Sequence[int], heights: Sequence[float]) -> float:
    return middle + sum(heights[at] for at in held) / 2


def _kept(
    order: Sequence[int], places: list[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    edge = low
    for at in order:
        places[at] = max(places[at], edge + heights[at] / 2)
        edge = places[at] + heights[at] / 2
    edge = high
    for at in reversed(order):
        places[at] = min(places[at], edge - heights[at] / 2)
        edge = places[at] - heights[at] / 2
    return places


def free(box: Box, taken: Iterable[Box]) -> bool:
    """Whether nothing taken is where ``box`` would be."""
    left, top, right, bottom = box
    return all(right <= a or c <= left or bottom <= b or d <= top for a, b, c, d in taken)


def text_box(
    x: float, y: float, text: str, size: float = NOTE, align: str = "center", bold: bool = False
) -> Box:
    """Where :meth:`Pen.text` writes, a little more."""
    width = breadth(text, size, bold)
    left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
    tall = line_height(size) * (text.count("\n") + 1)
    return (left - 0.3, y - tall / 2, left + width + 0.3, y + tall / 2)
