"""Charts of lines: over dates, between two dates, and the cumulated curve."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.french import number
from .chart_frame import (
    NOTE_ROOM,
    Box,
    Scale,
    all_known,
    dash,
    dodged,
    foot,
    free,
    known,
    legend,
    omit,
    text_box,
    trimmed,
    widest,
)
from .chart_pen import NOTE, SMALL, Pen, breadth, folded, line_height
from .chart_tones import GREY, HAIR, INK, Stroke, strokes
from .context import Chart, Series

#: Part of the width that labels at the end of lines take at most, and on both sides of slopes.
_LABELS, _SIDES = 0.4, 0.36
#: Room (mm) of the dates under the lines, and of a figure above the highest point.
_DATES, _ABOVE = 5.0, 4.0
#: Least span of the figures, in parts of the largest one.
_LEAST_SPAN = 0.05


def lines(pen: Pen, chart: Chart, colour: str) -> None:
    """One line per series over dates, named at its end where there is room; a date without a
    figure breaks the line."""
    series = trimmed(pen, chart)
    styles = strokes(colour, len(series))
    ends = [_end(item) for item in series]
    tags = [f"{item.name} {text}".strip() for item, (_, text) in zip(series, ends)]
    most = pen.width * _LABELS
    folds = [folded(tag, most, NOTE, 2, not rank) for rank, tag in enumerate(tags)]
    heights = [line_height(NOTE) * (text.count("\n") + 1) for text in folds]
    bottom = pen.height - _DATES - foot(pen)
    direct = sum(heights) <= bottom - _ABOVE and max(map(len, tags), default=0) < 3 * most
    top = 0.0
    if not direct:
        entries = [(item.name, dash(pen, style)) for item, style in zip(series, styles)]
        top = legend(pen, entries)
        bottom = pen.height - _DATES - foot(pen)  # names may be left out, which is said under it
    first = max([3.0, *(breadth(item.texts[0]) / 2 for item in series[:1] if item.texts)])
    right = widest(folds, NOTE, True) + 2.0 if direct else first
    first = min(first, pen.width * 0.2)
    across = _dates(chart.categories, first, pen.width - right)
    values = all_known(series)
    up = _upright(values, bottom - 2.0, top + _ABOVE + 1)
    pen.line([(0, bottom), (pen.width - right + 1, bottom)], HAIR, 0.5)
    _write_dates(pen, chart.categories, across, bottom + _DATES / 2)
    for item, style in reversed(list(zip(series, styles))):
        _broken(pen, item, across, up, style)
    taken: list[Box] = []
    if direct:
        taken = _name_ends(pen, folds, heights, ends, across, up, (top, bottom), series, styles)
    if series:
        _figures(pen, series[0], across, up, taken, direct)


def _upright(values: Sequence[float], bottom: float, top: float) -> Scale:
    """From the lowest to the highest figure, a twentieth of the largest apart at least: a change of one
    per cent may not look like a cliff."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    more = max(_LEAST_SPAN * max(abs(low), abs(high)) - (high / 2 - low / 2) * 2, 0.0) / 2
    return Scale(low - more, high + more, bottom, top)


def _dates(categories: Sequence[str], left: float, right: float) -> list[float]:
    """Where each date is: years at their distance, other categories at equal ones."""
    years = [int(text) for text in categories if text.isdigit()]
    places = list(map(float, years if len(years) == len(categories) else range(len(categories))))
    if not places:
        return []
    scale = Scale(min(places), max(places), left, right)
    return [scale(place) for place in places]


def _write_dates(pen: Pen, texts: Sequence[str], across: Sequence[float], y: float) -> None:
    """Dates under the axis; of those that would touch, the last and those that are clear of it."""
    taken: list[Box] = []
    order = [len(texts) - 1, *range(len(texts) - 1)] if texts else []
    most = pen.width / max(min(len(texts), 4), 1) - 1
    for rank in order:
        text = folded(texts[rank], most, NOTE, 1)
        half = breadth(text) / 2
        x = min(max(across[rank], half), pen.width - half)
        box = text_box(x, y, text)
        if free(box, taken):
            pen.text(x, y, text, NOTE, GREY, align="center")
            taken.append(box)


def _broken(pen: Pen, item: Series, across: Sequence[float], up: Scale, style: Stroke) -> None:
    run: list[tuple[float, float]] = []
    for x, value in zip((*across, 0.0), (*item.values, None)):
        if known([value]):
            run.append((x, up(value or 0.0)))
            continue
        if len(run) > 1:
            pen.line(run, style.colour, style.width, style.dashes)
        if run:
            pen.dots(run, style)
        run = []


def _end(item: Series) -> tuple[int, str]:
    """The last date with a figure, and that figure as printed; its sign where there is none."""
    held = [at for at, value in enumerate(item.values) if known([value])]
    if held:
        return held[-1], item.texts[held[-1]]
    return max(len(item.values) - 1, 0), item.texts[-1] if item.texts else ""


def _name_ends(
    pen: Pen,
    folds: Sequence[str],
    heights: Sequence[float],
    ends: Sequence[tuple[int, str]],
    across: Sequence[float],
    up: Scale,
    room: tuple[float, float],
    series: Sequence[Series],
    styles: Sequence[Stroke],
) -> list[Box]:
    """The names of the lines at their right, set apart; a hair leads to one that had to move."""
    if not across:
        return []
    x = max(across) + 2.0
    wanted = [
        up(value) if (value := item.values[at]) is not None else room[1]
        for item, (at, _) in zip(series, ends)
    ]
    places = dodged(wanted, heights, *room)
    taken = []
    for rank, (text, y, target) in enumerate(zip(folds, places, wanted)):
        if known([series[rank].values[ends[rank][0]]]) and abs(y - target) > 1.2:
            pen.line(
                [(across[ends[rank][0]] + 0.8, target), (x - 0.3, y)], styles[rank].colour, 0.3
            )
        pen.text(x, y, text, NOTE, INK if not rank else GREY, not rank)
        taken.append(text_box(x, y, text, NOTE, "left", not rank))
    return taken


def _figures(
    pen: Pen, item: Series, across: Sequence[float], up: Scale, taken: list[Box], direct: bool
) -> None:
    """The figures of the first series over its points, those that touch nothing; the last one
    stands in its label."""
    last = _end(item)[0] if direct else -1
    for rank, (value, text) in enumerate(zip(item.values, item.texts)):
        if not known([value]) or rank == last:
            continue
        half = breadth(text, NOTE, True) / 2
        x = min(max(across[rank], half), pen.width - half)
        y = up(value or 0.0) - 2.9
        box = text_box(x, y, text, NOTE, "center", True)
        if free(box, taken):
            pen.text(x, y, text, NOTE, INK, True, "center")
            taken.append(box)


# --- slope --------------------------------------------------------------------------------------


def slope(pen: Pen, chart: Chart, colour: str) -> None:
    """A line per series between two dates, its figure at the left, its name and figure at the
    right, none over another."""
    height = line_height(NOTE)
    top = line_height(SMALL) + 1.6
    held = int((pen.height - top - 1.0) / height)
    shown = chart.series
    if held < len(shown):
        held = max(int((pen.height - top - 1.0 - NOTE_ROOM) / height), 1)
        omit(pen, len(shown) - held, "autre série", "autres séries")
        shown = shown[:held]
    bottom = pen.height - 1.0 - (NOTE_ROOM if len(shown) < len(chart.series) else 0.0)
    styles = strokes(colour, len(shown))
    dates = [*chart.categories, "", ""][:2]
    most = pen.width * _SIDES
    starts = [folded(_at(item, 0), most, NOTE, 1, not rank) for rank, item in enumerate(shown)]
    if len({(item.values[:1], text) for item, text in zip(shown, starts)}) == 1:
        starts[1:] = [""] * (len(starts) - 1)  # all start from the same figure: it is said once
    ends = [
        folded(f"{_at(item, 1)} {item.name}".strip(), most, NOTE, 1, not rank)
        for rank, item in enumerate(shown)
    ]
    left, right = widest(starts, NOTE, True) + 2.5, pen.width - widest(ends, NOTE, True) - 2.5
    values = known(value for item in shown for value in item.values[:2])
    up = _upright(values, bottom - height, top + height)
    for side, (x, date) in enumerate(zip((left, right), dates)):
        pen.line([(x, top), (x, bottom)], HAIR, 0.5)
        room = left if not side else pen.width - right
        text = folded(date, max(room, pen.width / 2 - 2), SMALL, 1, True)
        half = breadth(text, SMALL, True) / 2
        clear = pen.width / 2
        low, high = (half, clear - 1 - half) if not side else (clear + 1 + half, pen.width - half)
        pen.text(min(max(x, low), high), line_height(SMALL) / 2, text, SMALL, GREY, True, "center")
    for item, style in reversed(list(zip(shown, styles))):
        points = [
            (x, up(value or 0.0)) for x, value in zip((left, right), item.values) if known([value])
        ]
        if len(points) == 2:
            pen.line(points, style.colour, style.width, style.dashes)
        if points:
            pen.dots(points, style)
    for side, texts in enumerate((starts, ends)):
        _side(pen, shown, side, texts, (left, right)[side], up, (top, bottom))


def _at(item: Series, side: int) -> str:
    return item.texts[side] if side < len(item.texts) else ""


def _side(
    pen: Pen,
    series: Sequence[Series],
    side: int,
    texts: Sequence[str],
    x: float,
    up: Scale,
    room: tuple[float, float],
) -> None:
    """The labels of one date, pushed apart around the height of their points."""
    values = [item.values[side] if side < len(item.values) else None for item in series]
    wanted = [up(value or 0.0) if known([value]) else room[1] for value in values]
    places = dodged(wanted, [line_height(NOTE) if text else 0.0 for text in texts], *room)
    gap, align = (2.0, "left") if side else (-2.0, "right")
    for rank, (text, y) in enumerate(zip(texts, places)):
        pen.text(x + gap, y, text, NOTE, INK if not rank else GREY, not rank, align)


# --- cumulated curve ----------------------------------------------------------------------------


def lorenz(pen: Pen, chart: Chart, colour: str) -> None:
    """Cumulated shares: the first series is what lies across, the others rise to 100 %.

    ``unit`` % says that both axes are shares: the diagonal is an even distribution. ``most``: the
    end of the axis across. ``marks``: what is written beside each point, "" for nothing.
    """
    if len(chart.series) < 2:
        return lines(pen, chart, colour)
    across, *curves = trimmed(pen, chart)
    styles = strokes(colour, len(curves))
    top = line_height(NOTE) + 1.2
    if len(curves) > 1:
        top += legend(pen, [(item.name, dash(pen, style)) for item, style in zip(curves, styles)])
    bottom = pen.height - 2 * line_height(NOTE) - 1.5 - foot(pen)
    left = widest(["100\u00a0%"]) + 2.0
    end = chart.most or max([0.0, *known(across.values)]) or 1.0
    x_of = Scale(0.0, end, left, pen.width - widest([_tick(end, chart.unit)]) / 2 - 0.5)
    y_of = Scale(0.0, 100.0, bottom, top + 1.5)
    pen.text(
        0,
        top - 1.2 - line_height(NOTE) / 2 + 0.6,
        folded(curves[0].name, pen.width, NOTE, 1),
        NOTE,
        GREY,
    )
    _axes(pen, chart, across, x_of, y_of, end)
    for item, style in reversed(list(zip(curves, styles))):
        points = [
            (x_of(x or 0.0), y_of(y or 0.0))
            for x, y in zip(across.values, item.values)
            if known([x]) and known([y])
        ]
        if points:
            pen.line(points, style.colour, style.width, style.dashes)
            pen.dots(points, style, 3.2 if len(points) < 30 else 1.2)
    _marks(pen, chart, across, curves[0], x_of, y_of)
    return None


def _tick(value: float, unit: str) -> str:
    text = (
        number(value, 0 if abs(value) >= 10 or value == round(value) else 1)
        if abs(value) < 1e9
        else f"{value:.1e}"
    )
    return f"{text}\u00a0{unit}" if unit else text


def _axes(pen: Pen, chart: Chart, across: Series, x_of: Scale, y_of: Scale, end: float) -> None:
    bottom = y_of.start
    tall = bottom - y_of.end
    for part in (0.0, 50.0, 100.0) if tall > 2.2 * line_height(NOTE) else (100.0,):
        y = y_of(part)
        pen.line([(x_of.start, y), (x_of.end, y)], HAIR, 0.5 if part else 0.7)
        pen.text(x_of.start - 1.2, y, f"{part:g}\u00a0%", NOTE, GREY, align="right")
    if chart.unit == "%":
        pen.line([(x_of.start, bottom), (x_of(end), y_of(100.0))], HAIR, 0.7, (3, 2))
    y = bottom + line_height(NOTE) / 2 + 0.8
    for part in (0.0, 0.5, 1.0):
        x = x_of(end * part)
        pen.line([(x, bottom), (x, bottom + 0.8)], HAIR, 0.7)
        pen.text(x, y, _tick(end * part, chart.unit), NOTE, GREY, align="center")
    name = folded(across.name, pen.width, NOTE, 1)
    pen.text(pen.width, y + line_height(NOTE), name, NOTE, GREY, align="right")


def _marks(pen: Pen, chart: Chart, across: Series, curve: Series, x_of: Scale, y_of: Scale) -> None:
    """What is said of some points, in the room under the curve."""
    told = [
        (x_of(x or 0.0), y_of(y or 0.0), text)
        for x, y, text in zip(across.values, curve.values, chart.marks)
        if text and known([x]) and known([y])
    ]
    room = (x_of.end - x_of.start) * 0.62
    texts = [folded(text, room, NOTE, 2, True) for *_, text in told]
    heights = [line_height(NOTE) * (text.count("\n") + 1) + 0.4 for text in texts]
    held = 0
    while held < len(texts) and sum(heights[: held + 1]) <= y_of.start - y_of.end - 2:
        held += 1
    starts = [
        min(x + 2.4, x_of.end - breadth(text, NOTE, True)) for (x, *_), text in zip(told, texts)
    ]
    # A text that begins before its point stands under the curve where it begins.
    line = [
        (x_of(x or 0.0), y_of(y or 0.0))
        for x, y in zip(across.values, curve.values)
        if known([x]) and known([y])
    ]
    wanted = [
        max(y, _height_at(line, start) if start < x else y) + height / 2 + 1.4
        for (x, y, _), start, height in zip(told, starts, heights)
    ][:held]
    places = dodged(wanted, heights[:held], y_of.end - 1, y_of.start - 0.6)
    for (x, y, _), text, start, place in zip(told, texts, starts, places):
        pen.line([(x, y), (max(start - 0.4, x), place)], GREY, 0.3)
        pen.text(start, place, text, NOTE, INK, True)


def _height_at(line: Sequence[tuple[float, float]], x: float) -> float:
    """Where a line drawn from left to right is at ``x``; at its nearest end beyond it."""
    for (left, high), (right, low) in zip(line, line[1:]):
        if left <= x <= right and right > left:
            return high + (low - high) * (x - left) / (right - left)
    return line[0][1] if x < line[0][0] else line[-1][1]
