"""The legend of a map, drawn as shapes and labels that can be moved and edited.

Each function draws from ``y`` downwards and returns the ``y`` below what it drew.
"""

from __future__ import annotations

import math

from qgis.core import QgsLayoutItemMap, QgsLayoutItemShape

from ...core import french
from ...core.design import LegendBox, MapDesign
from .. import symbols
from .fonts import line_height, wrap
from .items import LEFT, MIDDLE, RIGHT, Page
from .theme import GREY, INK, TYPE

BOX_WIDTH = 9.0
BOX_HEIGHT = 5.0
COUNT_ROOM = 18.0
HISTOGRAM_ROOM = 14.5
OUTLINE = "#8d979e"
CIRCLE = "#4a5a63"
#: Size of the mark of a kind of points, and its shapes.
MARK = 3.2
#: Height of the line of a value beside its circle.
LINE = 4.4
_SHAPES = {
    "circle": QgsLayoutItemShape.Shape.Ellipse,
    "square": QgsLayoutItemShape.Shape.Rectangle,
    "triangle": QgsLayoutItemShape.Shape.Triangle,
}


def draw_legend(
    page: Page,
    design: MapDesign,
    map_item: QgsLayoutItemMap,
    x: float,
    y: float,
    width: float,
    limit: float,
    counts: bool = True,
) -> float:
    """The whole legend of a design; circles are drawn at the true size that they have on the map.

    ``counts``: whether each class tells how many units it has.

    The histogram comes last, when it holds above ``limit``.
    """
    # The subject of a crossing is on its axes: the title of one of them would name half of it.
    title = "Deux indicateurs croisés" if design.kind == "bivariate" else design.title
    y = _title(page, "legende.titre", title, x, y, width)
    if design.circle_values:
        y = _circles(page, design, map_item, x, y, width)
    if design.kind == "bivariate":
        y = _bivariate(page, design, x, y, width)
    elif design.categories:
        for rank, (_, colour, label) in enumerate(design.categories, 1):
            y = _row(
                page,
                f"legende.classe.{rank}",
                LegendBox(colour, OUTLINE, False, label),
                x,
                y,
                width,
                design.shapes[rank - 1] if design.shapes else "",
            )
    elif design.colours:
        if design.colour_title:
            y = _title(page, "legende.titre.couleur", design.colour_title, x, y + 1, width)
        y = _classes(page, design, x, y, width, counts)
    for rank, box in enumerate(design.boxes, 1):
        y = _row(page, f"legende.cas.{rank}", box, x, y + (1.2 if rank == 1 else 0), width)
    if design.histogram and y + 2 + HISTOGRAM_ROOM <= limit:
        y = _histogram(page, design, x, y + 2, width)
    return y


def _title(page: Page, name: str, text: str, x: float, y: float, width: float) -> float:
    lines = len(wrap(text, width, TYPE.small, bold=True))
    height = lines * line_height(TYPE.small) + 0.6
    page.text(name, text, x, y, width, height, TYPE.small, bold=True)
    return y + height + 1


def _row(
    page: Page, name: str, box: LegendBox, x: float, y: float, width: float, shape: str = ""
) -> float:
    """A box and its words; a mark of that ``shape`` in its place for points."""
    room = width - BOX_WIDTH - 2.5
    lines = len(wrap(box.label, room, TYPE.small))
    height = max(BOX_HEIGHT, lines * line_height(TYPE.small))
    if shape:
        page.box(
            name,
            x + (BOX_WIDTH - MARK) / 2,
            y + (BOX_HEIGHT - MARK) / 2,
            MARK,
            MARK,
            fill=box.colour,
            outline=INK,
            line=0.2,
            shape=_SHAPES[shape],
        )
    else:
        page.box(
            name,
            x,
            y + 0.4,
            BOX_WIDTH,
            BOX_HEIGHT - 0.8,
            symbol=symbols.box_symbol(box),
        )
    page.text(
        name + ".texte",
        box.label,
        x + BOX_WIDTH + 2.5,
        y,
        room,
        height,
        TYPE.small,
        vertical=MIDDLE,
    )
    return y + height + 0.5


def _classes(
    page: Page, design: MapDesign, x: float, y: float, width: float, counts: bool
) -> float:
    """Classes from high to low, as a ramp is read, each with the number of its units."""
    beside = COUNT_ROOM if counts else 0.0
    pairs = list(zip(design.colours, design.labels, design.counts))
    for rank, (colour, label, count) in enumerate(reversed(pairs), 1):
        page.box(
            f"legende.classe.{rank}", x, y, BOX_WIDTH, BOX_HEIGHT, fill=colour, outline="#ffffff"
        )
        page.text(
            f"legende.classe.{rank}.texte",
            label,
            x + BOX_WIDTH + 2.5,
            y,
            width - BOX_WIDTH - 2.5 - beside,
            BOX_HEIGHT,
            TYPE.small,
            vertical=MIDDLE,
        )
        if counts:
            page.text(
                f"legende.effectif.{rank}",
                french.plural(count, "commune"),
                x + width - COUNT_ROOM,
                y,
                COUNT_ROOM,
                BOX_HEIGHT,
                TYPE.note,
                colour=GREY,
                align=RIGHT,
                vertical=MIDDLE,
            )
        y += BOX_HEIGHT
    return y + 0.5


def _histogram(page: Page, design: MapDesign, x: float, y: float, width: float) -> float:
    """The distribution, each bar in the colour of its class, between its smallest and largest."""
    tall, edges = 9.0, design.histogram_edges
    each = width / len(design.histogram)
    most = max(design.histogram)
    for rank, count in enumerate(design.histogram):
        if count:
            middle = (edges[rank] + edges[rank + 1]) / 2
            height = tall * count / most
            page.box(
                f"legende.distribution.{rank + 1}",
                x + rank * each,
                y + tall - height,
                each - 0.3,
                height,
                fill=_colour_of(design, middle),
            )
    page.rule("legende.distribution.axe", x, y + tall, width, colour=OUTLINE, weight=0.15)
    decimals = design.colour_decimals if design.colour_field else design.decimals
    ends = (french.number(edges[0], decimals), french.number(edges[-1], decimals))
    for name, text, align in (("min", ends[0], LEFT), ("max", ends[1], RIGHT)):
        page.text(
            f"legende.distribution.{name}",
            text,
            x,
            y + tall + 0.6,
            width,
            3.6,
            TYPE.note,
            colour=GREY,
            align=align,
        )
    return y + HISTOGRAM_ROOM


def _colour_of(design: MapDesign, number: float) -> str:
    for upper, colour in zip(design.breaks[1:], design.colours):
        if number < upper:
            return colour
    return design.colours[-1]


def _circles(
    page: Page, design: MapDesign, map_item: QgsLayoutItemMap, x: float, y: float, width: float
) -> float:
    """Nested circles for round values, at the size that the map gives them."""
    mm_per_unit = map_item.rect().width() / map_item.extent().width() / page.sheet.scale
    radii = [
        math.sqrt(value * design.circle_ratio / math.pi) * mm_per_unit
        for value in design.circle_values
    ]
    pairs = sorted(zip(radii, design.circle_values), reverse=True)
    largest = pairs[0][0]
    # Where circles are too small for the lines of three values, the middle ones are left out.
    while len(pairs) > 1 and 2 * (pairs[0][0] - pairs[-1][0]) < LINE * (len(pairs) - 1):
        del pairs[len(pairs) // 2]
    bottom = y + max(2 * largest + 1, LINE)
    placed = bottom + 5.0
    for rank, (radius, _) in enumerate(pairs, 1):
        top = bottom - 2 * radius
        page.box(
            f"legende.cercle.{rank}",
            x + largest - radius,
            top,
            2 * radius,
            2 * radius,
            outline=CIRCLE,
            line=0.3,
            shape=QgsLayoutItemShape.Shape.Ellipse,
        )
    for rank, (radius, value) in enumerate(reversed(pairs), 1):
        top = bottom - 2 * radius
        placed = min(top, placed - LINE)
        page.rule(
            f"legende.cercle.{rank}.renvoi",
            x + largest,
            top,
            largest + 4,
            colour=OUTLINE,
            weight=0.12,
        )
        page.text(
            f"legende.cercle.{rank}.texte",
            french.number(value, design.circle_decimals),
            x + 2 * largest + 5,
            placed - 2,
            width - 2 * largest - 5,
            4.2,
            TYPE.small,
            vertical=MIDDLE,
        )
    return bottom + 3.5


def _bivariate(page: Page, design: MapDesign, x: float, y: float, width: float) -> float:
    """A 3 × 3 square: first subject upwards, second to the right, both named."""
    colours = {key: colour for key, colour, _ in design.categories}
    side = 9.0
    left = x + 6
    for row in range(3):
        for column in range(3):
            page.box(
                f"legende.croisement.{row + 1}{column + 1}",
                left + column * side,
                y + (2 - row) * side,
                side,
                side,
                fill=colours.get(f"{row + 1}-{column + 1}", "#ffffff"),
                outline="#ffffff",
                line=0.3,
            )
    right = left + 3 * side + 3
    room = width - (right - x)
    page.text(
        "legende.croisement.vertical",
        _axis(design.axes[0] + " ↑", design.breaks, design.decimals, design.unit),
        right,
        y,
        room,
        13,
        TYPE.small,
        colour=INK,
    )
    page.text(
        "legende.croisement.horizontal",
        _axis(
            design.axes[1] + " →", design.cross_breaks, design.colour_decimals, design.colour_unit
        ),
        right,
        y + 14,
        room,
        13,
        TYPE.small,
        colour=INK,
    )
    return y + 3 * side + 3


def _axis(name: str, breaks: tuple[float, ...], decimals: int, unit: str) -> str:
    """The name of an axis and the limits of its classes: « Besoin ↑ (7,5 et 9,2 %) »."""
    limits = french.listing([french.number(value, decimals) for value in breaks[1:-1]])
    if not limits:
        return name
    return f"{name} ({limits}{french.NO_BREAK_SPACE + unit if unit else ''})"
