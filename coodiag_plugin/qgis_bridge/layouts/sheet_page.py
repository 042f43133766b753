"""A page without a map: charts, tables, key figures, action sheets, places for the analyst."""

from __future__ import annotations

from qgis.core import QgsLayoutItemPicture, QgsPrintLayout

from ...edition import charts, flow
from ...edition.context import Block, Chapter, Chart, SheetPage
from . import outline
from .cards import GAP, card, table
from .fonts import line_height, wrap
from .frame import Draft, footer, heading, sentence, start_page
from .images import drawing
from .items import Page
from .theme import GREY, HAIR, INK, PAPER_TINT, TYPE

TOP = 28.5


def sheet_page(draft: Draft, chapter: Chapter, content: SheetPage) -> QgsPrintLayout:
    """Build the layout of a sheet page: its blocks where :mod:`edition.flow` has placed them."""
    page = start_page(draft, f"{content.number:03d} {content.title}", chapter.colour)
    heading(
        page,
        f"{chapter.index}. {chapter.title}".upper(),
        content.title,
        chapter.colour,
        content.subtitle,
        territory=draft.context.territory,
    )
    top = sentence(page, content.sentence, TOP) if content.sentence else TOP
    place(page, content.blocks, top + 2, chapter.colour)
    footer(
        page,
        draft,
        content.number,
        chapter.colour,
        "Sources : " + " ; ".join(content.sources) + "." if content.sources else "",
    )
    return page.layout


def place(page: Page, blocks: tuple[Block, ...], top: float, colour: str) -> None:
    """Draw ``blocks``, which hold on one page, from ``top`` down."""
    for rank, item in enumerate(flow.over_pages(blocks)[0] if blocks else (), 1):
        x = page.sheet.margin + item.column * (flow.COLUMN + flow.GUTTER)
        width = flow.WIDTH if item.wide else flow.COLUMN
        _block(page, f"bloc.{rank}", item, x, top + item.top, width, colour)


def _block(
    page: Page,
    name: str,
    item: flow.Placed,
    x: float,
    y: float,
    width: float,
    colour: str,
) -> None:
    block, height = item.block, item.height
    if block.title:
        page.text(
            f"{name}.titre", block.title, x, y, width, 5.6, TYPE.lead, bold=True, colour=colour
        )
        y, height = y + flow.TITLE, height - flow.TITLE
    if block.chart is not None:
        draw_chart(page, f"{name}.graphique", block.chart, x, y, width, height, colour)
    elif block.table is not None:
        size = flow.type_size(item.scale)
        columns = flow.widths(block.table, width, size)
        table(
            page,
            f"{name}.tableau",
            block.table,
            x,
            y,
            columns,
            size=size,
            row_height=flow.row_height(item.scale),
            colour=colour,
            texts=flow.text_columns(block.table),
        )
    elif block.figures:
        each = (width - GAP * (flow.CARD_COLUMNS - 1)) / flow.CARD_COLUMNS
        for rank, figure in enumerate(block.figures):
            row, column = divmod(rank, flow.CARD_COLUMNS)
            left, under = x + column * (each + GAP), y + row * flow.CARDS
            card(page, f"{name}.carte_cle.{rank + 1}", figure, left, under, each, 20, colour)
    elif block.action is not None:
        _action(page, name, block, x, y, width, height, colour)
    elif block.kind == "note":
        _texts(page, name, block.texts, x, y, width, TYPE.note, GREY)
    else:
        under = _texts(page, name, block.texts, x, y, width)
        if block.kind == "words":
            room = height - (under - y) - 2
            page.box(f"{name}.place", x, under, width, room, outline=HAIR, line=0.3)


def _texts(
    page: Page,
    name: str,
    texts: tuple[str, ...],
    x: float,
    y: float,
    width: float,
    size: float = TYPE.body,
    colour: str = INK,
) -> float:
    for rank, text in enumerate(texts, 1):
        height = len(wrap(text, width, size)) * line_height(size) + 0.4
        page.text(f"{name}.texte.{rank}", text, x, y, width, height, size, colour=colour)
        y += height + 1.2
    return y


def _action(
    page: Page,
    name: str,
    block: Block,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
) -> None:
    """An action of the plan: what, then who, when, and by what it is measured."""
    action = block.action
    assert action is not None
    page.box(f"{name}.fond", x, y, width, height - 1, fill=PAPER_TINT, locked=True)
    page.box(f"{name}.filet", x, y, 1, height - 1, fill=colour)
    size = TYPE.body + 1
    tall = len(wrap(action.action, width - 8, size, bold=True)) * line_height(size) + 0.4
    page.text(f"{name}.action", action.action, x + 4, y + 2, width - 8, tall, size, bold=True)
    y += tall + 4
    heads, inset = flow.ACTION_HEADS, flow.ACTION_INSET
    for rank, (label, text) in enumerate(flow.action_lines(action), 1):
        high, tall = (
            len(wrap(told, room, TYPE.small)) * line_height(TYPE.small) + 0.4
            for told, room in ((label, heads), (text, width - inset))
        )
        head = max(high, 5.0)
        page.text(f"{name}.{rank}.libelle", label, x + 4, y, heads, head, TYPE.small, colour=GREY)
        page.text(
            f"{name}.{rank}.texte", text or "…", x + 36, y, width - inset, tall, TYPE.small,
            colour=INK,
        )  # fmt: skip
        y += max(tall, high, 3.9) + 1.2


def draw_chart(
    page: Page,
    name: str,
    chart: Chart,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
) -> None:
    """A chart drawn at the size of its place, with its figures in words for those who hear them."""
    svg = charts.svg(chart, width, height, colour)
    item = page.image(name, drawing(svg, width / height), x, y, width, height)
    item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Stretch)
    item.setCustomProperty(outline.ALT, charts.alt(chart))
