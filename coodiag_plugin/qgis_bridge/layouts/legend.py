"""The legend of a map, drawn as shapes and labels that can be moved and edited.

Each function draws from ``y`` downwards and returns the ``y`` below what it drew.
"""

from __future__ import annotations

import math

from qgis.core import QgsLayoutItemMap, QgsLayoutItemShape

from ...core import french
from ...core.design import LegendBox, MapDesign
from .fonts import line_height, wrap
from .items import MIDDLE, RIGHT, Page
from .theme import GREY, INK, TYPE

BOX_WIDTH = 9.0
BOX_HEIGHT = 5.0
OUTLINE = "#8d979e"
CIRCLE = "#4a5a63"


def draw_legend(
    page: Page, design: MapDesign, map_item: QgsLayoutItemMap, x: float, y: float, width: float
) -> float:
    """The whole legend of a design; circles are drawn at the true size that they have on the map."""
    y = _title(page, design.title, x, y, width)
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
            )
    elif design.colours:
        if design.colour_title:
            y = _title(page, design.colour_title, x, y + 1, width)
        y = _classes(page, design, x, y, width)
    for rank, box in enumerate(design.boxes, 1):
        y = _row(page, f"legende.cas.{rank}", box, x, y + (1.2 if rank == 1 else 0), width)
    return y


def _title(page: Page, text: str, x: float, y: float, width: float) -> float:
    lines = len(wrap(text, width, TYPE.small, bold=True))
    height = lines * line_height(TYPE.small) + 0.6
    page.text(f"legende.titre.{round(y)}", text, x, y, width, height, TYPE.small, bold=True)
    return y + height + 1


def _row(page: Page, name: str, box: LegendBox, x: float, y: float, width: float) -> float:
    room = width - BOX_WIDTH - 2.5
    lines = len(wrap(box.label, room, TYPE.small))
    height = max(BOX_HEIGHT, lines * line_height(TYPE.small))
    page.box(
        name,
        x,
        y + 0.4,
        BOX_WIDTH,
        BOX_HEIGHT - 0.8,
        fill=box.colour,
        outline=box.outline or OUTLINE,
        line=0.15,
        hatch=box.hatch,
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


def _classes(page: Page, design: MapDesign, x: float, y: float, width: float) -> float:
    """Classes from high to low, as a ramp is read, with the bars of their counts beside."""
    pairs = list(zip(design.colours, design.labels, design.counts))
    most = max((count for _, _, count in pairs), default=1) or 1
    bar_room = 17.0
    for rank, (colour, label, count) in enumerate(reversed(pairs), 1):
        page.box(
            f"legende.classe.{rank}",
            x,
            y + 0.25,
            BOX_WIDTH,
            BOX_HEIGHT - 0.25,
            fill=colour,
            outline="#ffffff",
            line=0.2,
        )
        page.text(
            f"legende.classe.{rank}.texte",
            label,
            x + BOX_WIDTH + 2.5,
            y,
            width - BOX_WIDTH - 2.5 - bar_room - 6,
            BOX_HEIGHT,
            TYPE.small,
            vertical=MIDDLE,
        )
        length = max(0.4, bar_room * count / most)
        page.box(
            f"legende.effectif.{rank}",
            x + width - bar_room - 6,
            y + 1.2,
            length,
            BOX_HEIGHT - 2.4,
            fill="#b9c2c7",
        )
        page.text(
            f"legende.effectif.{rank}.texte",
            french.number(count),
            x + width - 5,
            y,
            5,
            BOX_HEIGHT,
            TYPE.note,
            colour=GREY,
            align=RIGHT,
            vertical=MIDDLE,
        )
        y += BOX_HEIGHT
    page.text(
        "legende.effectif.note",
        "Nombre de communes par classe",
        x + width - 45,
        y + 0.3,
        45,
        3.6,
        TYPE.note,
        colour=GREY,
        align=RIGHT,
    )
    return y + 4.6


def _circles(
    page: Page, design: MapDesign, map_item: QgsLayoutItemMap, x: float, y: float, width: float
) -> float:
    """Nested circles for round values, at the size that the map gives them."""
    mm_per_unit = map_item.rect().width() / map_item.extent().width()
    radii = [
        math.sqrt(value * design.circle_ratio / math.pi) * mm_per_unit
        for value in design.circle_values
    ]
    pairs = sorted(zip(radii, design.circle_values), reverse=True)
    largest = pairs[0][0]
    bottom = y + 2 * largest + 1
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
        placed = min(top, placed - 4.4)
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
        design.axes[0] + " ↑",
        right,
        y,
        room,
        13,
        TYPE.small,
        colour=INK,
    )
    page.text(
        "legende.croisement.horizontal",
        design.axes[1] + " →",
        right,
        y + 14,
        room,
        13,
        TYPE.small,
        colour=INK,
    )
    return y + 3 * side + 3
