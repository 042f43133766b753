"""Key-figure cards and printed tables."""

from __future__ import annotations

from collections.abc import Sequence

from ...edition.context import Figure, Table
from .fonts import line_height, text_width, wrap
from .items import LEFT, MIDDLE, RIGHT, Page
from .theme import GREY, HAIR, INK, PAPER_TINT, TYPE

GAP = 2.5
GUTTER = 2.0  # white between two columns of a table
#: By how much QGIS may find a line longer than it was measured, and cut it again (mm).
SLACK = 0.4


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
    page.box(f"{name}.fond", x, y, width, height, fill=PAPER_TINT, locked=True)
    page.box(f"{name}.filet", x, y, 1, height, fill=colour)
    room = width - 5
    # The name of a commune may take two lines under a short label.
    lift = (len(wrap(measure.note, room, TYPE.note)) - 1) * line_height(TYPE.note)
    # Under a label of two lines the figure is smaller.
    under_label = 1.2 + len(wrap(measure.label, room, TYPE.note)) * line_height(TYPE.note)
    top, note = max(height - 12.2 - lift, under_label), height - 4.8 - lift
    page.text(
        f"{name}.libelle",
        figure.label,
        x + 3,
        y + 1.2,
        room,
        under_label - 1.2 + 0.4,
        TYPE.note,
        colour=GREY,
        widest=widest.label if widest else "",
    )
    page.text(
        f"{name}.valeur",
        figure.text,
        x + 3,
        y + top,
        room,
        note - top,
        14,
        bold=True,
        colour=INK,
        vertical=MIDDLE,
        widest=widest.text if widest else "",
        least=8,
    )
    if measure.note:
        page.text(
            f"{name}.note",
            figure.note,
            x + 3,
            y + note,
            room,
            4 + lift,
            TYPE.note,
            colour=GREY,
            widest=widest.note if widest else "",
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
    widths: Sequence[float],
    *,
    size: float = TYPE.small,
    row_height: float = 7.0,
    colour: str = INK,
    texts: Sequence[bool] | None = None,
) -> float:
    """A table with a ruled header; ``widths`` of its columns in mm. Returns the y below it.

    Rows grow with the lines of their cells; ``texts``: columns that stand on the left (the first
    one by default), the others stand on the right, the first of them in bold.
    """
    left = tuple(texts) if texts else (True, *[False] * (len(widths) - 1))
    head = _header_size(content.columns, widths, size)
    y = _row(page, f"{name}.entete", content.columns, x, y, widths, head, 0, left, colour)
    page.rule(f"{name}.filet.entete", x, y, sum(widths), colour=colour, weight=0.35)
    y += 0.6
    for number, row in enumerate(content.rows, 1):
        cells = (row.label, *row.cells)
        y = _row(page, f"{name}.{number}", cells, x, y, widths, size, row_height, left)
        page.rule(f"{name}.{number}.filet", x, y, sum(widths), colour=HAIR, weight=0.1)
    return y + 1


def _row(
    page: Page,
    name: str,
    cells: Sequence[str],
    x: float,
    y: float,
    widths: Sequence[float],
    size: float,
    least_height: float,
    left: Sequence[bool],
    heading: str = "",
) -> float:
    """One row, ``heading`` being the colour of a header; returns the y below it."""
    leads = [_lead(left, rank) for rank in range(len(widths))]
    wrapped = [
        wrap(cell, width - max(lead, GUTTER) - SLACK, size, bold=bool(heading))
        for cell, width, lead in zip(cells, widths, leads)
    ]
    tall = max(least_height, max(map(len, wrapped)) * line_height(size) + 1.4)
    for rank, (lines, width) in enumerate(zip(wrapped, widths)):
        if any(lines):
            page.text(
                f"{name}.{rank + 1}",
                "\n".join(lines),
                x + leads[rank],
                y,
                width - max(leads[rank], GUTTER),
                tall,
                size,
                bold=bool(heading) or (rank == 1 and not left[rank]),
                colour=heading or INK,
                align=LEFT if left[rank] else RIGHT,
                vertical=MIDDLE,
            )
        x += width
    return y + tall


def _lead(left: Sequence[bool], rank: int) -> float:
    """White before a cell; a text after a column of figures stands clear of it."""
    if not rank:
        return 0.0
    return GUTTER * (1.75 if left[rank] and not left[rank - 1] else 1)


def _header_size(columns: Sequence[str], widths: Sequence[float], size: float) -> float:
    """One size for all headings: that at which the longest word holds in its column."""
    while size > TYPE.note:
        if all(
            text_width(word, size, bold=True) <= width - GUTTER - SLACK
            for text, width in zip(columns, widths)
            for word in text.split(" ")
        ):
            break
        size -= 0.5
    return size
