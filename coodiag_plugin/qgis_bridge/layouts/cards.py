"""Key-figure cards and printed tables."""

from __future__ import annotations

from ...edition.context import Figure, Table
from .fonts import line_height, text_width, wrap
from .items import LEFT, MIDDLE, RIGHT, Page
from .theme import GREY, HAIR, INK, PAPER_TINT, TYPE

GAP = 2.5


def card(
    page: Page,
    name: str,
    figure: Figure,
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
    widest: Figure | None = None,
) -> None:
    """A figure in large type over its label; the coloured edge belongs to the chapter.

    ``widest`` gives the longest texts when those of ``figure`` are expressions.
    """
    measure = widest or figure
    page.box(f"{name}.fond", x, y, width, height, fill=PAPER_TINT)
    page.box(f"{name}.filet", x, y, 1, height, fill=colour)
    room = width - 5
    page.text(
        f"{name}.libelle",
        figure.label,
        x + 3,
        y + 1.2,
        room,
        line_height(TYPE.note) * 2 + 0.4,
        TYPE.note,
        colour=GREY,
        widest=measure.label,
    )
    page.text(
        f"{name}.valeur",
        figure.text,
        x + 3,
        y + height - 12.2,
        room,
        7.4,
        14,
        bold=True,
        colour=INK,
        vertical=MIDDLE,
        widest=measure.text,
        least=8,
    )
    if measure.note:
        page.text(
            f"{name}.note",
            figure.note,
            x + 3,
            y + height - 4.8,
            room,
            4,
            TYPE.note,
            colour=GREY,
            widest=measure.note,
        )


def cards(
    page: Page,
    figures: tuple[Figure, ...],
    x: float,
    y: float,
    width: float,
    columns: int,
    colour: str,
    height: float = 20,
) -> float:
    """A grid of cards; returns the y below it."""
    if not figures:
        return y
    each = (width - GAP * (columns - 1)) / columns
    for rank, figure in enumerate(figures):
        column, row = rank % columns, rank // columns
        card(
            page,
            f"carte_cle.{rank + 1}",
            figure,
            x + column * (each + GAP),
            y + row * (height + GAP),
            each,
            height,
            colour,
        )
    rows = -(-len(figures) // columns)
    return y + rows * (height + GAP)


def table(
    page: Page,
    name: str,
    content: Table,
    x: float,
    y: float,
    width: float,
    *,
    first: float,
    size: float = TYPE.small,
    row_height: float = 7.0,
    colour: str = INK,
    numeric: bool = True,
) -> float:
    """A table with a ruled header; the first column takes ``first`` mm. Returns the y below it.

    Rows grow with the lines of their label or cells; numbers stand on the right.
    """
    others = max(len(content.columns) - 1, 1)
    each = (width - first) / others
    align = RIGHT if numeric else LEFT
    head = _header_size(content.columns, first, each, size)
    header = max(
        len(wrap(text, (first if not rank else each) - 2, head, bold=True))
        for rank, text in enumerate(content.columns)
    )
    height = header * line_height(head) + 1.6
    for rank, text in enumerate(content.columns):
        left = x if not rank else x + first + (rank - 1) * each
        page.text(
            f"{name}.entete.{rank + 1}",
            text,
            left + (0 if not rank else 2),
            y,
            (first if not rank else each) - 2,
            height - 0.6,
            head,
            bold=True,
            colour=colour,
            align=LEFT if not rank else align,
            vertical=MIDDLE,
        )
    y += height
    page.rule(f"{name}.filet.entete", x, y, width, colour=colour, weight=0.35)
    y += 0.6
    for number, row in enumerate(content.rows, 1):
        lines = max(
            [len(wrap(row.label, first - 2, size))]
            + [len(wrap(cell, each - 2, size)) for cell in row.cells]
        )
        tall = max(row_height, lines * line_height(size) + 1.4)
        page.text(
            f"{name}.{number}.libelle", row.label, x, y, first - 2, tall, size, vertical=MIDDLE
        )
        for rank, cell in enumerate(row.cells):
            if not cell:
                continue
            page.text(
                f"{name}.{number}.{rank + 1}",
                cell,
                x + first + rank * each + 2,
                y,
                each - 2,
                tall,
                size,
                bold=rank == 0 and numeric,
                align=align,
                vertical=MIDDLE,
            )
        y += tall
        page.rule(f"{name}.{number}.filet", x, y, width, colour=HAIR, weight=0.1)
    return y + 1


def _header_size(columns: tuple[str, ...], first: float, each: float, size: float) -> float:
    """One size for all headings: that of the longest word in the narrowest column."""
    while size > TYPE.note:
        widths = ((first if not rank else each) - 2 for rank in range(len(columns)))
        if all(
            text_width(word, size, bold=True) <= width
            for text, width in zip(columns, widths)
            for word in text.split(" ")
        ):
            break
        size -= 0.5
    return size
