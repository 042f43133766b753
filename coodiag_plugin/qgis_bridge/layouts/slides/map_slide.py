"""A map under its message: as large as the territory's shape lets it be, legend and cards beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItemMap,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)

from ....core.design import MapDesign
from ....edition.context import Figure
from ....edition.deck_slide import Slide
from ....edition.deck_words import quoted_first
from ...labels import NAMED
from ..fonts import line_height, wrap
from ..items import Page
from ..legend import draw_legend
from ..theme import HAIR, TYPE, WIDE
from .opening import large
from .page import BOTTOM, Stage, footer, heading, height, start

GAP = 3.0
#: Widths of the column of cards and of the strip of cards' height; widths tried for the legend.
CARDS, STRIP, FIGURE = 32.0, 18.0, 15.0
LEGENDS = (40.0, 45.0, 50.0, 58.0, 68.0)
#: Two columns of legend, where one does not hold.
SPLIT, OTHERS = 75.0, 31.0
CROSSED = (60.0, 68.0, 76.0)
#: Width that a class leaves to its words, and a crossing to the names of its axes; their lines.
_CLASS, _SQUARE, _LINES = 11.5, 36.0, 3
#: Least and largest width of the graphic scale.
SCALE_BAR = (9.0, 18.0)


@dataclass(frozen=True)
class Plan:
    """Where the map stands, and the cards: in a column on the left, or in a strip over it."""

    x: float
    y: float
    width: float
    height: float
    legend: float
    strip: bool
    split: bool = False


def map_slide(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """The layout of a map and of what makes it readable."""
    assert slide.map is not None
    page = start(stage, slide)
    top = heading(page, stage, slide)
    plan = _plan(stage, slide, top)
    main = page.map(
        "carte.principale", plan.x, plan.y, plan.width, plan.height, theme=slide.map.theme,
        extent=stage.extent, crs=stage.draft.crs, frame=HAIR,
    )  # fmt: skip
    _scale_bar(page, main, plan)
    QgsExpressionContextUtils.setLayoutVariable(
        page.layout, NAMED, names_in(slide.title, slide.figures)
    )
    x = WIDE.width - WIDE.margin - plan.legend
    if plan.split:
        _two_legends(page, slide.map.design, main, x, plan)
    else:
        draw_legend(page, slide.map.design, main, x, plan.y, plan.legend, 0.0, counts=False)
    _cards(page, slide, plan, top)
    footer(page, stage, slide)
    return page.layout


def _two_legends(
    page: Page, design: MapDesign, main: QgsLayoutItemMap, x: float, plan: Plan
) -> None:
    """A legend too tall for a slide, in two columns: circles and their colours, else classes and
    the other cases."""
    bare = replace(design, colours=(), labels=(), counts=(), categories=(), circle_values=())
    if design.circle_values and design.colours:
        classes = replace(
            design, circle_values=(), boxes=(), title=design.colour_title, colour_title=""
        )
        others = replace(bare, circle_values=design.circle_values)
    else:
        classes = replace(design, boxes=())
        others = replace(bare, kind="choropleth", title="Autres cas", colour_title="")
    wide = plan.legend - OTHERS - GAP
    draw_legend(page, classes, main, x, plan.y, wide, 0.0, counts=False)
    draw_legend(page, others, main, x + wide + GAP, plan.y, OTHERS, 0.0, counts=False)


def names_in(title: str, figures: Sequence[Figure]) -> str:
    """The texts that may name communes, as the layout's variable keeps them."""
    cards = (f"{figure.label} {figure.note}" for figure in figures)
    text = " | ".join((title, *cards))
    return f"{text} | {text.replace('’', chr(39))}"  # names of official files


def _scale_bar(page: Page, main: QgsLayoutItemMap, plan: Plan) -> None:
    """A graphic scale short enough for the corner of the map."""
    bar = page.scale_bar("echelle", main, plan.x + 1, BOTTOM - 1)
    bar.setMinimumBarWidth(SCALE_BAR[0] * WIDE.scale)
    bar.setMaximumBarWidth(SCALE_BAR[1] * WIDE.scale)
    bar.setNumberOfSegments(1)
    bar.update()


def _plan(stage: Stage, slide: Slide, top: float) -> Plan:
    """The arrangement in which the territory is largest among those whose legend holds."""
    assert slide.map is not None
    choices = []
    legends = LEGENDS if slide.map.design.kind != "bivariate" else CROSSED
    for strip in (False, True) if slide.figures else (True,):
        over = STRIP + 2.0 if strip and slide.figures else 0.0
        left = 0.0 if strip else CARDS + GAP
        room = BOTTOM - top - over
        for legend in legends:
            width = WIDE.inner - left - legend - GAP
            choice = Plan(WIDE.margin + left, top + over, width, room, legend, strip)
            tall = legend_height(stage.draft.project, slide.map.design, stage.extent, choice)
            if tall <= room and _holds(slide.map.design, legend):
                choices.append(choice)
                break
    if not choices:
        left = CARDS + GAP if slide.figures else 0.0
        width = WIDE.inner - left - SPLIT - GAP
        return Plan(WIDE.margin + left, top, width, BOTTOM - top, SPLIT, not left, True)
    return max(choices, key=lambda plan: _scale(plan, stage.extent))


def _holds(design: MapDesign, legend: float) -> bool:
    """Whether classes stand on one line, and the names of the axes of a crossing on three."""
    if design.kind == "bivariate":
        names = [f"{name} → (00,0 et 00,0\u00a0%)" for name in design.axes]
        return all(len(wrap(name, legend - _SQUARE, TYPE.small)) <= _LINES for name in names)
    return all(len(wrap(label, legend - _CLASS, TYPE.small)) == 1 for label in design.labels)


def _scale(plan: Plan, extent: QgsRectangle) -> float:
    return min(plan.width / extent.width(), plan.height / extent.height())


def legend_height(
    project: QgsProject, design: MapDesign, extent: QgsRectangle, plan: Plan
) -> float:
    """Height of the legend beside that map, drawn on a slide that is not kept."""
    scratch = Page(project, "essai", WIDE)
    item = QgsLayoutItemMap(scratch.layout)
    scratch.place(item, "carte", 0, 0, plan.width, plan.height)
    item.zoomToExtent(extent)
    return draw_legend(scratch, design, item, 0.0, 0.0, plan.legend, 0.0, counts=False)


def _cards(page: Page, slide: Slide, plan: Plan, top: float) -> None:
    figures = slide.figures if plan.strip else _holding(slide, BOTTOM - top)
    count = len(figures)
    room = (BOTTOM - top - 2.5 * (count - 1)) / max(count, 1)
    for rank, figure in enumerate(figures):
        name = f"carte_cle.{rank + 1}"
        if plan.strip:
            wide = (WIDE.inner - 2.5 * (count - 1)) / count
            x = WIDE.margin + rank * (wide + 2.5)
            large(page, name, figure, x, top, wide, STRIP, slide.colour, most=FIGURE)
        else:
            tall = min(room, _tall(figure))
            large(page, name, figure, WIDE.margin, top, CARDS, tall, slide.colour, most=FIGURE)
            top += tall + 2.5


def _holding(slide: Slide, room: float) -> tuple[Figure, ...]:
    """The cards that hold in the column, those that the title quotes before the others."""
    for most in range(len(slide.figures), 0, -1):
        figures = quoted_first(slide.figures, slide.title, most)
        if sum(_tall(figure) + 2.5 for figure in figures) - 2.5 <= room or len(figures) > most:
            return figures
    return slide.figures


def _tall(figure: Figure) -> float:
    """Height of a card in the column: what its label and its note take, and a line of figures."""
    room = CARDS - 4.4
    words = height(figure.label, room, TYPE.note) + height(figure.note, room, TYPE.note)
    return max(words + line_height(FIGURE) + 3.4, 16.0)
