"""The radar: one ray per category, an outline per series."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .chart_frame import (
    Scale,
    all_known,
    dash,
    dodged,
    foot,
    known,
    legend,
    omit,
    trimmed,
)
from .chart_pen import NOTE, Pen, folded, line_height
from .chart_tones import HAIR, Stroke, strokes
from .context import Chart, Series

#: Under this, a ray is taken for vertical and its name stands over or under it.
_UPRIGHT = 0.05
#: Millimetres from the end of a ray to its name.
_AWAY = 2.2


def radar(pen: Pen, chart: Chart, colour: str) -> None:
    """Rays from 0 to ``most``; a category without a figure breaks the outline, the first is filled."""
    series = trimmed(pen, chart)
    styles = strokes(colour, len(series))
    top = legend(pen, [(item.name, dash(pen, style)) for item, style in zip(series, styles)]) + 1
    bottom = pen.height - foot(pen)
    band = 2 * line_height(NOTE) + _AWAY
    radius = max(min(pen.width * 0.27, (bottom - top) / 2 - band), 4.0)
    count = min(len(chart.categories), 2 * int((2 * radius + _AWAY) / line_height(NOTE)) + 1)
    if count < len(chart.categories):
        omit(pen, len(chart.categories) - count, "autre catégorie", "autres catégories")
        bottom = pen.height - foot(pen)
        radius = max(min(radius, (bottom - top) / 2 - band), 4.0)
        count = min(count, 2 * int((2 * radius + _AWAY) / line_height(NOTE)) + 1)
    if count < 1:
        return
    centre = (pen.width / 2, (top + bottom) / 2)
    rays = [-math.pi / 2 + 2 * math.pi * rank / count for rank in range(count)]
    for step in (0.25, 0.5, 0.75, 1.0):
        ring = [_point(centre, radius * step, ray) for ray in rays]
        pen.line([*ring, ring[0]], HAIR, 0.5)
    for ray in rays:
        pen.line([centre, _point(centre, radius, ray)], HAIR, 0.5)
    _names(pen, chart.categories[:count], rays, centre, radius, (top, bottom))
    most = chart.most or max(all_known(series), default=1.0) or 1.0
    scale = Scale(0.0, most, 0.0, radius)
    for rank, (item, style) in reversed(list(enumerate(zip(series, styles)))):
        _outline(pen, item, style, rays, centre, scale, filled=not rank)


def _point(centre: tuple[float, float], radius: float, ray: float) -> tuple[float, float]:
    return centre[0] + radius * math.cos(ray), centre[1] + radius * math.sin(ray)


def _outline(
    pen: Pen,
    item: Series,
    style: Stroke,
    rays: Sequence[float],
    centre: tuple[float, float],
    scale: Scale,
    filled: bool,
) -> None:
    points = [
        _point(centre, scale(value or 0.0), ray) if known([value]) else None
        for ray, value in zip(rays, item.values)
    ]
    held = [point for point in points if point is not None]
    if not held:
        return
    for one, other in zip(points, [*points[1:], points[0]]):
        if one is not None and other is not None and len(held) > 1:
            pen.line([one, other], style.colour, style.width, style.dashes)
    pen.dots(held, style, 3.4)
    if filled and len(held) == len(points) > 2:
        pen.area(held, style.colour, 0.16)


def _names(
    pen: Pen,
    texts: Sequence[str],
    rays: Sequence[float],
    centre: tuple[float, float],
    radius: float,
    room: tuple[float, float],
) -> None:
    """Names around: one over and one under in bands of their own, the others on each side."""
    upright = [rank for rank, ray in enumerate(rays) if abs(math.cos(ray)) < _UPRIGHT]
    for rank in upright:
        up = math.sin(rays[rank]) < 0
        text = folded(texts[rank], pen.width * 0.5, NOTE, 2)
        half = line_height(NOTE) * (text.count("\n") + 1) / 2
        y = centre[1] - radius - _AWAY / 2 - half if up else centre[1] + radius + _AWAY / 2 + half
        pen.text(centre[0], y, text, NOTE, align="center")
    low = centre[1] - radius - _AWAY / 2 if upright else room[0]
    high = centre[1] + radius + _AWAY / 2 if len(upright) > 1 else room[1]
    for right in (True, False):
        side = [
            rank
            for rank in range(len(rays))
            if rank not in upright and (math.cos(rays[rank]) > 0) == right
        ]
        _side(pen, texts, side, rays, centre, radius, right, (low, high))


def _side(
    pen: Pen,
    texts: Sequence[str],
    side: Sequence[int],
    rays: Sequence[float],
    centre: tuple[float, float],
    radius: float,
    right: bool,
    room: tuple[float, float],
) -> None:
    held = int((room[1] - room[0]) / line_height(NOTE) / max(len(side), 1))
    ends = [_point(centre, radius + _AWAY, rays[rank]) for rank in side]
    folds = []
    for rank, (x, _) in zip(side, ends):
        wide = pen.width - x if right else x
        folds.append(folded(texts[rank], wide - 0.5, NOTE, max(min(held, 3), 1)))
    heights = [line_height(NOTE) * (text.count("\n") + 1) for text in folds]
    places = dodged([y for _, y in ends], heights, *room)
    for text, (x, _), y in zip(folds, ends, places):
        pen.text(x, y, text, NOTE, align="left" if right else "right")
