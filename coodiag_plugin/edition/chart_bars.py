"""Charts of bars: beside each other with marks of reference, around a centre, stacked, back to back."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.french import figure
from ..core.values import Value
from .chart_frame import (
    BAR,
    LEAST_ROW,
    Rows,
    Sample,
    Scale,
    all_known,
    known,
    legend,
    name_size,
    row_names,
    rows,
    square,
    trimmed,
    widest,
)
from .chart_pen import NOTE, Pen, breadth, folded, line_height
from .chart_tones import GREY, INK, WHITE, Stroke, Tone, fills, lightness, over, ramp
from .context import Chart, Series

#: Marks of the references: a tick across the bar, then signs that are told apart without colour.
MARKS = (
    Stroke(INK, 1.6, (), "|"),
    Stroke(INK, 0.8, (2.5, 1.5), "D", True),
    Stroke(INK, 0.8, (1, 1.2), "o", True),
    Stroke(INK, 0.8, (5, 1.2, 1, 1.2), "^", True),
)
OTHER = Tone("#8fa0a8")
#: Lightness from which a fill has an outline.
PALE = 74.0


def bars(pen: Pen, chart: Chart, colour: str) -> None:
    """Horizontal bars, the first category on top, each with its printed figure.

    The series of ``reference`` and those after it are marks on the bars, or lines across all of
    them where they have one figure for all categories.
    """
    drawn, marks = parted(trimmed(pen, chart), chart.reference)
    tones = fills(colour, len(drawn))
    levels = [_level(item) for item in marks]
    top = _bars_legend(pen, chart, drawn, tones, marks, levels)
    place = rows(pen, top + 0.5, len(chart.categories))
    texts = [text for item in drawn for text in item.texts]
    right = min(widest(texts, NOTE, True), pen.width * 0.3)
    left = row_names(
        pen, place, chart.categories, min(pen.width * 0.4, (pen.width - right - 12) / 1.5)
    )
    values = all_known((*drawn, *marks))
    scale = Scale(min([0.0, *values]), max([0.0, *values]) or 1.0, left, pen.width - right - 2.0)
    lines = [scale(level) for level in levels if level is not None]
    for x, mark in zip(lines, _rules(levels)):
        pen.line([(x, place.top), (x, place.bottom)], mark.colour, mark.width, mark.dashes)
    thick = min(BAR, (place.pitch - 0.5) / max(len(drawn), 1), place.pitch * 0.72)
    for rank in range(place.count):
        ends = [
            x + 0.8
            for item, level in zip(marks, levels)
            if level is None
            for x in at_of(item, rank, scale)
        ]
        for at, (item, tone) in enumerate(zip(drawn, tones)):
            y = place.middle(rank) + (at - (len(drawn) - 1) / 2) * thick
            bar(pen, item.values[rank], y, thick * 0.88, scale, tone)
            if not at or thick >= LEAST_ROW * 0.86:
                end = max([scale(max(item.values[rank] or 0.0, 0.0)), *ends])
                text = folded(item.texts[rank], right + 1.0, NOTE, 1, True)
                _figure(pen, text, end, y, lines, bold=not at)
        for item, one, mark in zip(marks, levels, MARKS):
            if one is None:
                tick(pen, at_of(item, rank, scale), place.middle(rank), thick * len(drawn), mark)
    pen.line([(scale(0.0), place.top), (scale(0.0), place.bottom)], GREY, 0.5)


def parted(series: Sequence[Series], reference: str) -> tuple[Sequence[Series], Sequence[Series]]:
    """The series that are bars, and those that are marks: from the one of ``reference`` on, as many
    as there are signs."""
    # The territory may have the name of what it is compared with: a mark is never the first series.
    at = next((rank for rank, item in enumerate(series) if rank and item.name == reference), 0)
    if not reference or not at:
        return series, ()
    return series[:at], series[at : at + len(MARKS)]


def _level(item: Series) -> float | None:
    """The figure that a reference has for every category, if it is one."""
    values = set(item.values)
    return next(iter(values)) if len(values) == 1 and len(item.values) > 1 else None


def _rules(levels: Sequence[float | None]) -> list[Stroke]:
    """The strokes of the references that are lines."""
    return [mark for level, mark in zip(levels, MARKS) if level is not None]


def _bars_legend(
    pen: Pen,
    chart: Chart,
    drawn: Sequence[Series],
    tones: Sequence[Tone],
    marks: Sequence[Series],
    levels: Sequence[float | None],
) -> float:
    entries: list[tuple[str, Sample]] = []
    if len(drawn) > 1 or None in levels:  # lines across communes need no name for their bars
        entries += [(item.name, square(pen, tone)) for item, tone in zip(drawn, tones)]
    for item, level, mark in zip(marks, levels, MARKS):
        if level is None:
            entries.append((item.name, sign(pen, mark)))
        else:
            entries.append((f"{item.name}\u00a0: {item.texts[0]}", _rule(pen, mark)))
    return legend(pen, entries)


def sign(pen: Pen, mark: Stroke) -> Sample:
    return lambda x, y: tick(pen, [x], y, 2.6, mark)


def _rule(pen: Pen, mark: Stroke) -> Sample:
    return lambda x, y: pen.line([(x, y - 1.7), (x, y + 1.7)], mark.colour, mark.width, mark.dashes)


def at_of(item: Series, rank: int, scale: Scale) -> list[float]:
    return [scale(value) for value in known([item.values[rank]])]


def tick(pen: Pen, xs: Sequence[float], y: float, height: float, mark: Stroke) -> None:
    for x in xs:
        if mark.marker == "|":
            half = height / 2 + 0.5
            pen.line([(x, y - half), (x, y + half)], WHITE, mark.width + 1.4)
            pen.line([(x, y - half), (x, y + half)], mark.colour, mark.width)
        else:
            pen.dots([(x, y)], mark, 4.0)


def bar(pen: Pen, value: float | None, y: float, thick: float, scale: Scale, tone: Tone) -> None:
    if known([value]) and value:
        start = scale(0.0)
        pen.box(
            start,
            y - thick / 2,
            scale(value) - start,
            thick,
            tone,
            GREY if lightness(tone.fill) > PALE else "",
        )


def _figure(pen: Pen, text: str, end: float, y: float, lines: Sequence[float], bold: bool) -> None:
    """A figure after its bar, beyond the lines of reference that would cross it."""
    start, wide = end + 0.9, breadth(text, NOTE, bold)
    for line in sorted(lines):
        if start - 0.4 <= line <= start + wide + 0.4:
            start = line + 0.9
    start = min(start, pen.width - wide)
    pen.text(start, y, text, NOTE, INK if bold else GREY, bold)


def index(pen: Pen, chart: Chart, colour: str) -> None:
    """Bars on either side of the centre (100 for an index), with the figure at their end."""
    series = chart.series[0] if chart.series else Series("", (), ())
    centre = 0.0 if chart.centre is None else chart.centre
    head = figure(Value(centre), 0 if centre == round(centre) else 1, chart.unit)
    place = rows(pen, 4.4, min(len(chart.categories), len(series.values)))
    right = min(widest(series.texts, NOTE, True), pen.width * 0.25)
    most = min(pen.width * 0.4, (pen.width - 2 * right - 16) / 1.5)
    left = row_names(pen, place, chart.categories, most)
    values = known(series.values)
    reach = max([abs(value - centre) for value in values], default=1.0) or 1.0
    low = min([*values, centre - reach * 0.3])
    high = max([*values, centre + reach * 0.3])
    scale = Scale(low, high, left + right + 1.5, pen.width - right - 1.5)
    thick = min(place.pitch * 0.66, 2 * BAR)
    (more,) = fills(colour, 1)
    for rank in range(place.count):
        value, y = series.values[rank], place.middle(rank)
        above = not known([value]) or (value or 0.0) >= centre
        end = scale(centre if not known([value]) else value or 0.0)
        if end != scale(centre):
            width = end - scale(centre)
            pen.box(scale(centre), y - thick / 2, width, thick, more if above else OTHER)
        text = folded(series.texts[rank], right + 1.0, NOTE, 1, True)
        pen.text(
            end + (0.9 if above else -0.9), y, text, NOTE, INK, True, "left" if above else "right"
        )
    middle = scale(centre)
    pen.line([(middle, place.top - 0.6), (middle, place.bottom)], GREY, 0.7)
    half = breadth(head, NOTE) / 2
    pen.text(
        min(max(middle, half), pen.width - half),
        1.9,
        folded(head, pen.width, NOTE, 1),
        NOTE,
        GREY,
        align="center",
    )


def stacked(pen: Pen, chart: Chart, colour: str) -> None:
    """A bar of 100 % per category; ``series`` are its parts, from left to right.

    A figure that does not hold in its part is not written there.
    """
    series = trimmed(pen, chart)
    tones = ramp(colour, len(series))
    top = legend(pen, [(item.name, square(pen, tone)) for item, tone in zip(series, tones)])
    place = rows(pen, top + 0.8, len(chart.categories))
    left = row_names(pen, place, chart.categories, pen.width * 0.32)
    sums = [
        sum(max(value, 0.0) for value in known(item.values[rank] for item in series))
        for rank in range(place.count)
    ]
    scale = Scale(0.0, max([100.0, *sums]), left, pen.width - 0.6)
    thick = min(place.pitch * 0.7, 2.4 * BAR)
    for rank in range(place.count):
        y, start = place.middle(rank), 0.0
        for item, tone in zip(series, tones):
            value = max(sum(known([item.values[rank]])), 0.0)
            if value:
                _part(pen, item.texts[rank], scale(start), scale(start + value), y, thick, tone)
            start += value
        if not start and series:
            pen.text(
                left + 1,
                y,
                folded(series[0].texts[rank], pen.width - left - 2, NOTE, 1),
                NOTE,
                GREY,
            )


def _part(
    pen: Pen, text: str, start: float, end: float, y: float, thick: float, tone: Tone
) -> None:
    pen.box(start, y - thick / 2, end - start, thick, tone, WHITE)
    wide = breadth(text, NOTE)
    if wide + 1.2 <= end - start and thick >= 2.4:
        if tone.hatch:
            pen.box((start + end - wide) / 2 - 0.5, y - 1.3, wide + 1, 2.6, Tone(tone.fill))
        pen.text((start + end) / 2, y, text, NOTE, over(tone.fill), align="center")


def pyramid(pen: Pen, chart: Chart, colour: str) -> None:
    """Two series back to back, the first category at the bottom (the youngest)."""
    if len(chart.series) < 2:
        return bars(pen, chart, colour)
    sides = chart.series[:2]
    tones = fills(colour, 2)
    place = rows(pen, 5.2, len(chart.categories))
    size = name_size(place.pitch)
    shown = _middle_names(chart.categories[: place.count], pen.width * 0.3, place, size)
    figures = [min(widest(item.texts, NOTE), pen.width * 0.15) for item in sides]
    middle = widest(shown, size) + 3.0
    half = (pen.width - middle) / 2
    most = max([0.0, *all_known(sides)]) or 1.0
    for side, item, tone, room in zip((-1, 1), sides, tones, figures):
        start = half if side < 0 else half + middle
        scale = Scale(0.0, most, 0.0, half - room - 1.5)
        for rank in range(place.count):
            y = place.bottom - place.pitch * (rank + 0.5)
            long = scale(max(sum(known([item.values[rank]])), 0.0))
            tall = place.pitch * 0.8
            pen.box(start, y - tall / 2, side * long, tall, tone)
            text = folded(item.texts[rank], room + 1.0, NOTE, 1)
            pen.text(
                start + side * (long + 0.9), y, text, NOTE, INK, align=("right", "left")[side > 0]
            )
        name = folded(item.name, half, NOTE, 1, True)
        pen.text(start, 2.2, name, NOTE, GREY, True, ("right", "left")[side > 0])
    for rank, name in enumerate(shown):
        y = place.bottom - place.pitch * (rank + 0.5)
        pen.text(half + middle / 2, y, name, size, align="center")
    return None


def _middle_names(texts: Sequence[str], most: float, place: Rows, size: float) -> list[str]:
    lines = max(min(int(place.pitch / line_height(size)), 2), 1)
    return [folded(text, most, size, lines) for text in texts]
