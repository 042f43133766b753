"""The legend of a map as it is written beside it: classes, boxes, circles, crossing, distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...core import french
from ...core.design import MapDesign
from .scene import WIDTH, Entry, Scene

#: Height of the tallest bar of the distribution.
_TALL = 30.0


@dataclass(frozen=True)
class Line:
    """A line of the legend; ``entry``: rank of what it shows in the scene."""

    entry: int
    look: Entry
    label: str
    count: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Circle:
    """A circle of the legend in units of the scene, and its figure."""

    radius: float
    label: str
    text_y: float  # where the words stand, one under the other


@dataclass(frozen=True)
class Bar:
    height: float
    colour: str


@dataclass(frozen=True)
class Cross:
    """The square of a crossing, from its top row down, and the words of its axes."""

    rows: tuple[tuple[Line, ...], ...]
    up: str
    right: str


@dataclass(frozen=True)
class Legend:
    title: str
    groups: tuple[Group, ...]
    circles: tuple[Circle, ...] = ()
    cross: Cross | None = None
    bars: tuple[Bar, ...] = ()
    ends: tuple[str, str] = ("", "")


def legend(design: MapDesign, scene: Scene) -> Legend:
    """The legend of ``design``, its classes from high to low as a ramp is read."""
    looks = scene.entries
    first = len(looks) - len(design.boxes)
    boxes = tuple(Line(rank, looks[rank], looks[rank].label) for rank in range(first, len(looks)))
    cross = _cross(design, looks) if design.kind == "bivariate" else None
    groups = []
    if design.kind in ("choropleth", "coloured_circles"):
        lines = [
            Line(rank, looks[rank], looks[rank].label, french.plural(count, "commune"))
            for rank, count in enumerate(design.counts)
        ]
        groups.append(Group(design.colour_title, tuple(reversed(lines))))
    elif design.kind in ("typology", "zones", "points"):
        groups.append(
            Group("", tuple(Line(rank, looks[rank], looks[rank].label) for rank in range(first)))
        )
    if boxes:
        groups.append(Group("", boxes))
    return Legend(
        design.title,
        tuple(groups),
        _circles(design, scene),
        cross,
        _bars(design),
        _ends(design),
    )


def _circles(design: MapDesign, scene: Scene) -> tuple[Circle, ...]:
    """The largest first; words keep a line from one another, whatever the circles."""
    metres = scene.ground.metres
    made: list[Circle] = []
    values = sorted(design.circle_values)
    largest = _radius(design, values[-1], metres) if values else 0.0
    y = 2 * largest + 130
    for value in values:
        radius = _radius(design, value, metres)
        y = min(2 * largest - 2 * radius, y - 90)
        made.append(Circle(radius, french.number(value, design.circle_decimals), y))
    return tuple(reversed(made))


def _radius(design: MapDesign, value: float, metres: float) -> float:
    return round(math.sqrt(value * design.circle_ratio / math.pi) / metres, 1)


def _cross(design: MapDesign, looks: tuple[Entry, ...]) -> Cross:
    ranks = {key: rank for rank, (key, _, _) in enumerate(design.categories)}
    rows = tuple(
        tuple(
            Line(ranks[key], looks[ranks[key]], looks[ranks[key]].label)
            for column in (1, 2, 3)
            if (key := f"{row}-{column}") in ranks
        )
        for row in (3, 2, 1)
    )
    return Cross(
        rows,
        _axis(f"{design.axes[0]} ↑", design.breaks, design.decimals, design.unit),
        _axis(
            f"{design.axes[1]} →", design.cross_breaks, design.colour_decimals, design.colour_unit
        ),
    )


def _axis(name: str, breaks: tuple[float, ...], decimals: int, unit: str) -> str:
    limits = french.listing([french.number(value, decimals) for value in breaks[1:-1]])
    return f"{name} ({limits}{french.NO_BREAK_SPACE + unit if unit else ''})" if limits else name


def _bars(design: MapDesign) -> tuple[Bar, ...]:
    most = max(design.histogram, default=0)
    edges = design.histogram_edges
    return tuple(
        Bar(round(_TALL * count / most, 2), _colour_of(design, (edges[at] + edges[at + 1]) / 2))
        for at, count in enumerate(design.histogram)
    )


def _colour_of(design: MapDesign, number: float) -> str:
    for upper, colour in zip(design.breaks[1:], design.colours):
        if number < upper:
            return colour
    return design.colours[-1]


def _ends(design: MapDesign) -> tuple[str, str]:
    edges = design.histogram_edges
    if not edges:
        return "", ""
    decimals = design.colour_decimals if design.colour_field else design.decimals
    return french.number(edges[0], decimals), french.number(edges[-1], decimals)


def scale_bar(metres: float) -> tuple[int, str]:
    """A round length near a fifth of the map: its units, and how it is written."""
    most = WIDTH / 5 * metres
    power = 10 ** math.floor(math.log10(most))
    length = next(step * power for step in (5, 2, 1) if step * power <= most)
    text = f"{french.number(length / 1000)} km" if length >= 1000 else f"{french.number(length)} m"
    return round(length / metres), french.typography(text.replace(" ", french.NO_BREAK_SPACE))
