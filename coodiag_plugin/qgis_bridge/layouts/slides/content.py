"""The slides that show: a map, a chart, a table, cards, actions, words, sources."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsPrintLayout

from ....edition import charts, flow
from ....edition.context import ActionSheet, Table
from ....edition.deck import NOTE_WIDTH, UNDER_SOURCE
from ....edition.deck_slide import Slide
from ..cards import GUTTER
from ..cards import table as draw_table
from ..fonts import text_width
from ..items import Page
from ..sheet_page import draw_chart
from ..theme import GREY, HAIR, PAPER_TINT, TYPE, WIDE
from .opening import grid
from .page import (
    Stage,
    bottom_of,
    footer,
    heading,
    height,
    largest,
    note,
    paragraphs,
    start,
)

_SIZES = (13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
#: How much a chart may be taller than is comfortable where the slide has room (1: not at all).
_GROWN = 2.4
#: Height of the name of a line of an action.
LABEL = 3.6
_TABLE_SIZES = (11.0, 10.0, 9.0, 8.0)


def chart(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """A chart over the whole slide, under its message."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    assert slide.chart is not None
    room = bottom_of(slide) - y
    tall = min(charts.height_of(slide.chart, WIDE.inner) * _GROWN, room)
    draw_chart(page, "graphique", slide.chart, WIDE.margin, y, WIDE.inner, tall, slide.colour)
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def table(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """A small table, in the largest type at which it holds."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    assert slide.table is not None
    room = bottom_of(slide) - y - 1
    size = next((size for size in _TABLE_SIZES if _holds(stage, slide, size, room)), TYPE.small)
    under = _draw(page, slide, y, size)
    note(page, slide, min(under + 1.0, bottom_of(slide) + 1.0))
    footer(page, stage, slide)
    return page.layout


def _holds(stage: Stage, slide: Slide, size: float, room: float) -> bool:
    """Whether the table holds at a size without a broken word (drawn on a slide not kept)."""
    assert slide.table is not None
    if not _words_hold(slide.table, _widths(slide.table, size), size):
        return False
    return _draw(Page(stage.draft.project, "essai", WIDE), slide, 0.0, size) <= room


def _draw(page: Page, slide: Slide, y: float, size: float) -> float:
    """The table at a size; the y below it."""
    assert slide.table is not None
    return draw_table(
        page,
        "tableau",
        slide.table,
        WIDE.margin,
        y,
        _widths(slide.table, size),
        size=size,
        row_height=size * 0.8,
        colour=slide.colour,
        texts=flow.text_columns(slide.table),
    )


def _widths(content: Table, size: float) -> tuple[float, ...]:
    """Widths of the columns, measured for the type of a page and grown with it."""
    grown = size / TYPE.small
    return tuple(width * grown for width in flow.widths(content, WIDE.inner / grown))


def _words_hold(content: Table, widths: Sequence[float], size: float) -> bool:
    """Whether no word of a table is broken at a size."""
    rows = [content.columns, *((row.label, *row.cells) for row in content.rows)]
    return all(
        text_width(word, size, bold=True) <= width - 2 * GUTTER
        for row in rows
        for cell, width in zip(row, widths)
        for word in cell.split(" ")
    )


def cards(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """A few large figures, and what they say together."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    bottom = bottom_of(slide)
    said = sum(height(text, WIDE.inner, 10) + 2.0 for text in slide.texts)
    cards_bottom = max(bottom - said - (3 if said else 0), y + 20)
    grid(page, slide.figures, y, min(cards_bottom, y + 36), slide.colour)
    under = min(cards_bottom, y + 36) + 4
    size = largest(slide.texts, WIDE.inner, bottom - under, 2.0, _SIZES) if slide.texts else 10.0
    paragraphs(page, "texte", slide.texts, WIDE.margin, under, WIDE.inner, size, 2.0)
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def actions(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """Actions of a theme: what, then who, when, and by what each is measured."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    count = len(slide.actions)
    wide = (WIDE.inner - 3.0 * (count - 1)) / count
    needs = [_need(action, wide - 6) for action in slide.actions]
    room = bottom_of(slide) - y
    sizes = [
        largest((action.action,), wide - 6, room - need - 6, 0.0, _SIZES)
        for action, need in zip(slide.actions, needs)
    ]
    size = min(sizes)
    said = max(height(action.action, wide - 6, size, bold=True) for action in slide.actions)
    tall = min(said + max(needs) + 8, room)
    for rank, action in enumerate(slide.actions):
        x = WIDE.margin + rank * (wide + 3.0)
        name = f"action.{rank + 1}"
        page.box(f"{name}.fond", x, y, wide, tall, fill=PAPER_TINT, locked=True)
        page.box(f"{name}.filet", x, y, wide, 0.9, fill=slide.colour)
        page.text(f"{name}.action", action.action, x + 3, y + 2.6, wide - 6, said, size, bold=True)
        _lines(page, name, action, x + 3, y + tall - max(needs) - 1, wide - 6)
    footer(page, stage, slide)
    return page.layout


def _told(action: ActionSheet) -> tuple[tuple[str, str], ...]:
    return (
        ("Pilote", action.pilot),
        ("Calendrier", action.calendar),
        ("Indicateur", action.indicator),
    )


def _need(action: ActionSheet, width: float) -> float:
    return sum(LABEL + height(text, width, TYPE.body) + 1.6 for _, text in _told(action))


def _lines(page: Page, name: str, action: ActionSheet, x: float, y: float, width: float) -> None:
    for rank, (label, text) in enumerate(_told(action), 1):
        tall = height(text, width, TYPE.body)
        page.text(f"{name}.{rank}.libelle", label, x, y, width, LABEL, TYPE.note, colour=GREY)
        page.text(f"{name}.{rank}.texte", text, x, y + LABEL, width, tall, TYPE.body)
        y += LABEL + tall + 1.6


def words(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """What the team wrote, in large type."""
    page = start(stage, slide)
    y = heading(page, stage, slide) + 2
    width = WIDE.inner - 12
    size = largest(slide.texts, width, bottom_of(slide) - y, 3.0, _SIZES)
    under = paragraphs(page, "paroles", slide.texts, WIDE.margin + 5, y, width, size, 3.0)
    page.box("paroles.filet", WIDE.margin, y, 0.9, under - 3.0 - y, fill=slide.colour)
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def lines(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """A few lines, each after its mark."""
    page = start(stage, slide)
    y = heading(page, stage, slide) + 1
    width = WIDE.inner - 6
    size = largest(slide.texts, width, bottom_of(slide) - y, 2.6, _SIZES[3:])
    for rank, text in enumerate(slide.texts, 1):
        tall = height(text, width, size)
        page.box(f"ligne.{rank}.marque", WIDE.margin, y + size * 0.16, 1.6, 1.6, fill=slide.colour)
        page.text(f"ligne.{rank}", text, WIDE.margin + 5, y, width, tall, size)
        y += tall + 2.6
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def sources(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """Sources in two columns, at the smallest type of a slide."""
    page = start(stage, slide)
    top = heading(page, stage, slide)
    talls = [height(text, NOTE_WIDTH, TYPE.note) + UNDER_SOURCE for text in slide.texts]
    x, y = WIDE.margin, top
    for rank, (text, tall) in enumerate(zip(slide.texts, talls), 1):
        if x == WIDE.margin and y - top + tall / 2 > sum(talls) / 2:
            x, y = WIDE.width - WIDE.margin - NOTE_WIDTH, top
        page.text(f"source.{rank}", text, x, y, NOTE_WIDTH, tall - UNDER_SOURCE, TYPE.note)
        page.rule(f"source.{rank}.filet", x, y + tall - 1.0, NOTE_WIDTH, colour=HAIR, weight=0.1)
        y += tall
    footer(page, stage, slide)
    return page.layout
