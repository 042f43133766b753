"""Small multiples: one panel of bars per series, the same scale in all of them."""

from __future__ import annotations

from dataclasses import dataclass

from .chart_bars import MARKS, at_of, bar, sign, tick
from .chart_frame import (
    BAR,
    LEAST_ROW,
    MOST_SERIES,
    NOTE_ROOM,
    Rows,
    Scale,
    all_known,
    legend,
    omit,
    widest,
)
from .chart_pen import NOTE, Pen, folded, line_height
from .chart_tones import GREY, INK, fills
from .context import Chart, Series

#: Least width (mm) of a panel; height (mm) of its title, and the white between two lines of panels.
LEAST_PANEL, TITLE, WHITE_ROOM = 27.0, 2 * line_height(NOTE) + 0.8, 1.6
#: Part of the width that the names of the categories may take.
_NAMES = 0.24


@dataclass(frozen=True)
class Grid:
    """Panels in lines: ``shown`` are drawn, each with ``count`` categories."""

    left: float
    top: float
    wide: float
    step: float
    columns: int
    shown: int
    count: int

    def place(self, rank: int) -> tuple[Rows, float]:
        """The rows of a panel and its left side."""
        line, column = divmod(rank, self.columns)
        pitch = (self.step - TITLE - WHITE_ROOM) / max(self.count, 1)
        top = self.top + line * self.step + TITLE
        return Rows(top, pitch, self.count), self.left + column * self.wide


def multiples(pen: Pen, chart: Chart, colour: str) -> None:
    """The categories are named once a line of panels; the series of ``reference`` is a tick in each."""
    # The last one of that name: the territory may have the name of one of its communes.
    bases = [item for item in chart.series if chart.reference and item.name == chart.reference]
    base = bases[-1] if bases else None
    panels = [item for item in chart.series if item is not base]
    top = legend(pen, [(base.name, sign(pen, MARKS[0]))]) if base is not None else 0.0
    left = min(widest(chart.categories), pen.width * _NAMES) + 1.5
    grid = _grid(pen, len(panels), len(chart.categories), left, top)
    values = all_known(chart.series)
    texts = [text for item in panels for text in item.texts]
    figures = min(widest(texts), grid.wide * 0.4)
    low, high = min([0.0, *values]), max([0.0, *values]) or 1.0
    for rank, item in enumerate(panels[: grid.shown]):
        place, x = grid.place(rank)
        if not rank % grid.columns:
            _names(pen, chart.categories, place, left - 1.5)
        title = folded(item.name, grid.wide - 2.0, NOTE, 2, True)
        pen.text(x, place.top - TITLE / 2, title, NOTE, INK, True)
        scale = Scale(low, high, x, x + grid.wide - figures - 3.0)
        _panel(pen, item, base, place, scale, figures, colour)


def panels_of(count: int, width: float) -> tuple[int, int]:
    """Columns and lines of ``count`` panels over ``width`` mm, the lines as full as can be."""
    count = max(min(count, MOST_SERIES), 1)
    lines = -(-count // max(min(count, int(width / LEAST_PANEL)), 1))
    return -(-count // lines), lines


def _grid(pen: Pen, count: int, categories: int, left: float, top: float) -> Grid:
    """The panels and categories that can be read; how many others there are is said at the foot."""
    columns, lines = panels_of(count, pen.width - left)
    for room in (pen.height - top, pen.height - top - NOTE_ROOM):
        held = max(min(lines, int(room / (TITLE + WHITE_ROOM + LEAST_ROW))), 1)
        step = room / held
        shown = min(count, held * columns, MOST_SERIES)
        named = max(min(categories, int((step - TITLE - WHITE_ROOM) / LEAST_ROW)), 0)
        if shown == count and named == categories:
            break
    else:
        if shown < count:
            omit(pen, count - shown, "autre série", "autres séries")
        else:
            omit(pen, categories - named, "autre catégorie", "autres catégories")
    return Grid(left, top, (pen.width - left) / columns, step, columns, shown, named)


def _names(pen: Pen, categories: tuple[str, ...], place: Rows, right: float) -> None:
    lines = max(min(int(place.pitch / line_height(NOTE)), 2), 1)
    for rank, name in enumerate(categories[: place.count]):
        text = folded(name, right, NOTE, lines)
        pen.text(right, place.middle(rank), text, NOTE, GREY, align="right")


def _panel(
    pen: Pen,
    item: Series,
    base: Series | None,
    place: Rows,
    scale: Scale,
    figures: float,
    colour: str,
) -> None:
    (tone,) = fills(colour, 1)
    thick = min(place.pitch * 0.7, BAR)
    for rank in range(place.count):
        y, value = place.middle(rank), item.values[rank]
        bar(pen, value, y, thick, scale, tone)
        ends = at_of(base, rank, scale) if base is not None else []
        tick(pen, ends, y, thick, MARKS[0])
        end = max([scale(max(value or 0.0, 0.0)), *ends])
        pen.text(end + 0.9, y, folded(item.texts[rank], figures + 0.3, NOTE, 1), NOTE)
    pen.line([(scale(0.0), place.top), (scale(0.0), place.bottom)], GREY, 0.5)
