"""How each kind of chart is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .chart_frame import (
    BAR,
    BETWEEN,
    GREY,
    HAIR,
    INK,
    MM,
    NOTE,
    OTHERS,
    SMALL,
    bare,
    colours,
    inside,
    is_dark,
    label_room,
    legend,
    longest,
    ramp,
    wrapped,
)
from .context import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas


def bars(canvas: Canvas, chart: Chart, colour: str) -> None:
    """Horizontal bars, the first category on top, each with its printed figure."""
    width = canvas.get_size_inches()[0] / MM
    fills = colours(chart, colour)
    many = len(chart.series) > 1
    names = wrapped(chart.categories, width * 0.38)
    left = label_room(canvas, names, width * 0.4)
    right = label_room(canvas, [t for s in chart.series for t in s.texts], width * 0.2, NOTE) + 1
    axes = inside(canvas, left, right, 5.0 if many else 0.5, 0.5)
    thick = BAR / (BAR * len(chart.series) + BETWEEN)
    least = min([0.0, *(v for s in chart.series for v in s.values if v is not None)])
    for rank, (series, fill) in enumerate(zip(chart.series, fills)):
        places = [at + (rank - (len(chart.series) - 1) / 2) * thick for at in range(len(names))]
        axes.barh(places, [v or 0.0 for v in series.values], thick * 0.86, color=fill)
        for place, value, text in zip(places, series.values, series.texts):
            axes.annotate(
                text, (max(value or 0.0, 0.0), place), xytext=(2, 0), textcoords="offset points",
                va="center", size=NOTE, color=INK if not rank else GREY,
                weight="bold" if not rank else "normal",
            )  # fmt: skip
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(least, longest(chart) or 1.0)
    bare(axes)
    axes.axvline(0, color=GREY, linewidth=0.5)
    if many:
        legend(canvas, chart, fills)


def stacked(canvas: Canvas, chart: Chart, colour: str) -> None:
    """A bar of 100 % per category; ``series`` are its parts, from left to right."""
    width = canvas.get_size_inches()[0] / MM
    fills = ramp(colour, len(chart.series))
    names = wrapped(chart.categories, width * 0.3)
    left = label_room(canvas, names, width * 0.32)
    used = legend(canvas, chart, fills)
    axes = inside(canvas, left, 1.0, 1.0 + used, 0.5)
    start = [0.0] * len(names)
    for series, fill in zip(chart.series, fills):
        values = [value or 0.0 for value in series.values]
        axes.barh(
            range(len(names)),
            values,
            0.62,
            left=start,
            color=fill,
            edgecolor="white",
            linewidth=0.5,
        )
        for at, (value, text) in enumerate(zip(values, series.texts)):
            if value >= 7:
                axes.text(
                    start[at] + value / 2, at, text, ha="center", va="center", size=NOTE,
                    color="white" if is_dark(fill) else INK,
                )  # fmt: skip
        start = [before + value for before, value in zip(start, values)]
    for at, (whole, texts) in enumerate(zip(start, zip(*(s.texts for s in chart.series)))):
        if whole == 0:
            axes.text(1, at, texts[0], va="center", size=NOTE, color=GREY)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, max([100.0, *start]))
    bare(axes)


def pyramid(canvas: Canvas, chart: Chart, colour: str) -> None:
    """Two series back to back, the first category at the bottom (the youngest)."""
    width = canvas.get_size_inches()[0] / MM
    first, second = chart.series
    fills = colours(chart, colour)
    middle = label_room(canvas, chart.categories, width * 0.3, SMALL) + 2
    half = (width - middle) / 2
    most = longest(chart) * 1.22
    sides = (
        (inside(canvas, 0.5, width - half, 5.0, 0.5), first, -1, fills[0]),
        (inside(canvas, half + middle, 0.5, 5.0, 0.5), second, 1, fills[1]),
    )
    for axes, series, side, fill in sides:
        places = range(len(chart.categories))
        axes.barh(places, [side * (v or 0.0) for v in series.values], 0.8, color=fill)
        for place, value, text in zip(places, series.values, series.texts):
            axes.annotate(
                text, (side * (value or 0.0), place), xytext=(2 * side, 0), textcoords="offset points",
                va="center", ha="left" if side > 0 else "right", size=NOTE,
            )  # fmt: skip
        axes.set_xlim((0, most) if side > 0 else (-most, 0))
        axes.set_ylim(-0.5, len(chart.categories) - 0.5)
        axes.set_yticks([])
        bare(axes)
    height = canvas.get_size_inches()[1] / MM
    usable = height - 5.5
    for rank, name in enumerate(chart.categories):
        y = 0.5 + usable * (rank + 0.5) / len(chart.categories)
        canvas.text(
            (half + middle / 2) / width, y / height, name, ha="center", va="center", size=SMALL
        )
    canvas.text(
        half / width,
        1 - 2.3 / height,
        first.name,
        ha="right",
        va="center",
        size=NOTE,
        weight="bold",
        color=GREY,
    )
    canvas.text(
        (half + middle) / width,
        1 - 2.3 / height,
        second.name,
        va="center",
        size=NOTE,
        weight="bold",
        color=GREY,
    )


def lines(canvas: Canvas, chart: Chart, colour: str) -> None:
    """One line per series over dates; a date without a figure breaks the line."""
    fills = colours(chart, colour)
    width = canvas.get_size_inches()[0] / MM
    right = label_room(canvas, [series.name for series in chart.series], width * 0.34, NOTE) + 2
    axes = inside(canvas, 4.0, right, 5.0, 6.0)
    places = list(range(len(chart.categories)))
    for rank, (series, fill) in enumerate(zip(chart.series, fills)):
        values = [math.nan if value is None else value for value in series.values]
        axes.plot(
            places, values, color=fill, linewidth=2.2 if not rank else 1.3,
            linestyle="-" if rank < 2 else "--", marker="o", markersize=3.5,
        )  # fmt: skip
        for at, (value, text) in enumerate(zip(series.values, series.texts)):
            if value is not None and not rank:
                axes.annotate(
                    text, (at, value), xytext=(0, 4), textcoords="offset points", ha="center",
                    size=NOTE, weight="bold", color=INK,
                )  # fmt: skip
        last = next((at for at in reversed(places) if series.values[at] is not None), None)
        if last is not None:
            axes.annotate(
                series.name, (last, series.values[last] or 0.0), xytext=(5, 0),
                textcoords="offset points", va="center", size=NOTE, color=INK if not rank else GREY,
                annotation_clip=False,
            )  # fmt: skip
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_yticks([])
    axes.set_xticks(places, chart.categories)
    axes.margins(x=0.06, y=0.22)


def index(canvas: Canvas, chart: Chart, colour: str) -> None:
    """Bars on either side of the centre (100 for an index), with the figure at their end."""
    width = canvas.get_size_inches()[0] / MM
    series = chart.series[0]
    centre = 0.0 if chart.centre is None else chart.centre
    names = wrapped(chart.categories, width * 0.38)
    axes = inside(canvas, label_room(canvas, names, width * 0.4), 9.0, 5.0, 0.5)
    gaps = [0.0 if value is None else value - centre for value in series.values]
    axes.barh(
        range(len(names)), gaps, 0.62, color=[colour if gap >= 0 else OTHERS[0] for gap in gaps]
    )
    for at, (gap, text) in enumerate(zip(gaps, series.texts)):
        axes.annotate(
            text, (gap, at), xytext=(2 if gap >= 0 else -2, 0), textcoords="offset points",
            va="center", ha="left" if gap >= 0 else "right", size=NOTE, weight="bold",
        )  # fmt: skip
    reach = max((abs(gap) for gap in gaps), default=1.0) or 1.0
    most = max(reach * 0.35, *gaps, 0.0) * 1.1
    least = min(-reach * 0.35, *gaps, 0.0)
    # The figure at the end of the longest bar on the left stays clear of the names.
    texts = label_room(canvas, series.texts, width * 0.2, NOTE) + 2.0
    part = texts / (axes.get_position().width * width)
    axes.set_xlim((least - part * most) / (1 - part), most)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    bare(axes)
    axes.axvline(0, color=GREY, linewidth=0.7)
    axes.annotate(
        f"{centre:g}" + (f" : {chart.unit}" if chart.unit else ""), (0, -0.5), xytext=(0, 3),
        textcoords="offset points", ha="center", size=NOTE, color=GREY, annotation_clip=False,
    )  # fmt: skip


def radar(canvas: Canvas, chart: Chart, colour: str) -> None:
    """One ray per category from 0 to ``most``; each series is an outline, the first one filled."""
    count = len(chart.categories)
    most = chart.most or longest(chart)
    fills = colours(chart, colour)
    width, height = canvas.get_size_inches() / MM
    size = min(width - 60.0, height - 24.0)
    axes = inside(
        canvas,
        (width - size) / 2,
        (width - size) / 2,
        (height - size) / 2 + 2,
        (height - size) / 2 - 2,
    )
    axes.set_aspect("equal")
    axes.set_xlim(-1, 1)
    axes.set_ylim(-1, 1)
    axes.axis("off")
    rays = [math.pi / 2 - 2 * math.pi * rank / count for rank in range(count)]
    for step in (0.25, 0.5, 0.75, 1.0):
        ring = [(step * math.cos(ray), step * math.sin(ray)) for ray in [*rays, rays[0]]]
        axes.plot(*zip(*ring), color=HAIR, linewidth=0.5)
    for ray, name in zip(rays, wrapped(chart.categories, 28.0, NOTE)):
        axes.plot([0, math.cos(ray)], [0, math.sin(ray)], color=HAIR, linewidth=0.5)
        side = "center" if abs(math.cos(ray)) < 0.2 else ("left" if math.cos(ray) > 0 else "right")
        up = "center" if abs(math.sin(ray)) < 0.5 else ("bottom" if math.sin(ray) > 0 else "top")
        axes.text(
            1.07 * math.cos(ray),
            1.07 * math.sin(ray),
            name,
            ha=side,
            va=up,
            size=NOTE,
            clip_on=False,
        )
    for rank, (series, fill) in enumerate(zip(chart.series, fills)):
        known = [
            ((value / most) * math.cos(ray), (value / most) * math.sin(ray))
            for ray, value in zip(rays, series.values)
            if value is not None
        ]
        if not known:
            continue
        xs, ys = zip(*[*known, known[0]])
        axes.plot(
            xs,
            ys,
            color=fill,
            linewidth=1.8 if not rank else 1.1,
            linestyle="-" if not rank else "--",
            marker="o",
            markersize=3,
        )
        if not rank:
            axes.fill(xs, ys, color=fill, alpha=0.18, linewidth=0)
    legend(canvas, chart, fills)
