"""Blocks of a sheet page dealt over columns and pages, before any is drawn.

Dimensions are those of A4 landscape, in millimetres. A wide block (a table of many columns) takes
the whole width; the others stand in two columns, in reading order, down the left one first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import charts
from .context import ActionSheet, Block, Table
from .measure import breadth, height_at_most

WIDTH, GUTTER = 269.0, 10.0
COLUMN = (WIDTH - GUTTER) / 2
#: Room under the sentence of a page, and the white under a block.
ROOM, AFTER = 144.0, 5.0
TITLE = 7.0
#: Height of a box of key figures, of a row of a table at least, and of an empty place for words.
CARDS, ROW, WORDS = 22.5, 6.2, 34.0
CARD_COLUMNS = 4
TABLE_SIZE, BODY_SIZE, NOTE_SIZE = 8.0, 9.0, 7.0
#: Room that the opening of a chapter leaves at least under its findings, for the analyst's text.
OPENING_WIDTH, OPENING_ROOM, OPENING_SIZE = 163.0, 33.0, 8.0
#: How much charts and rows may grow where a page has room, or shrink to spare a page.
SCALES = (2.0, 1.8, 1.6, 1.45, 1.3, 1.15, 1.0, 0.9, 0.8, 0.7)
_LEAST_ROW, _MOST_ROW, _MOST_TYPE = 0.85, 1.5, 1.125
_CELL, _AROUND, _BOLD = 3.5, 1.4, 1.2
_MANY_COLUMNS = 6
#: Widths of the headings of an action and of its texts, and letters after which a word is parted.
ACTION_HEADS, ACTION_INSET, _LONGEST_WORD = 30.0, 40.0, 500
#: Letters of a cell from which it is a text, and those from which its table wants the whole width.
_TEXT, _LONG = 20, 70
#: Least width of a column of figures and of one of texts, and the largest share of the labels.
_LEAST_FIGURES, _LEAST_LABELS, _MOST_LABELS = 15.0, 34.0, 0.52


@dataclass(frozen=True)
class Placed:
    """A block at its place: column 0 or 1, or the whole width; ``top`` under the page's sentence.

    ``scale``: how much its chart or its rows are grown or shrunk.
    """

    block: Block
    wide: bool
    column: int
    top: float
    height: float
    scale: float = 1.0


def is_wide(block: Block) -> bool:
    """Whether a block needs the whole width of the page."""
    if block.table is None:
        return len(block.figures) > 2
    longest = max((len(cell) for row in block.table.rows for cell in row.cells), default=0)
    return len(block.table.columns) >= _MANY_COLUMNS or longest >= _LONG


def text_columns(table: Table) -> tuple[bool, ...]:
    """Which columns hold texts, which stand on the left; the labels always do."""
    columns = zip(*(row.cells for row in table.rows))
    held = [any(len(cell) >= _TEXT for cell in cells) for cells in columns]
    return (True, *held, *[False] * (len(table.columns) - 1 - len(held)))


def widths(table: Table, width: float, size: float = TABLE_SIZE) -> tuple[float, ...]:
    """Widths of the columns of a table in type of ``size``: figures take what they need, texts
    share the rest."""
    if len(table.columns) == 1:
        return (width,)
    texts = text_columns(table)
    need = [_need(table, at, size) for at in range(len(texts))]
    figures = {at: max(need[at], _LEAST_FIGURES) for at, text in enumerate(texts) if not text}
    rest = width - sum(figures.values())
    held = sum(texts)
    if held == 1:
        labels = min(max(need[0], _LEAST_LABELS), width * _MOST_LABELS, max(rest, _LEAST_LABELS))
        more = (width - labels - sum(figures.values())) / len(figures)
        return (labels, *(wide + more for wide in figures.values()))
    weights = [need[at] ** 0.6 if text else 0.0 for at, text in enumerate(texts)]
    return tuple(
        figures[at] if at in figures else rest * weights[at] / sum(weights)
        for at in range(len(texts))
    )


def _need(table: Table, at: int, size: float) -> float:
    """Millimetres that the longest cell of a column takes on one line; its heading on three."""
    cells = [row.label if not at else row.cells[at - 1] for row in table.rows]
    longest = max((breadth(cell, size) for cell in cells), default=0.0)
    words = max((breadth(word, size) for word in table.columns[at].split(" ")), default=0.0)
    return max(longest, words * _BOLD, breadth(table.columns[at], size) / 3) + _CELL + 1.0


def height_of(block: Block, width: float, scale: float = 1.0) -> float:
    """Millimetres that a block takes at most, its title included."""
    title = TITLE if block.title else 0.0
    if block.chart is not None:
        return title + min(charts.height_of(block.chart, width) * scale, ROOM - title)
    if block.table is not None:
        return title + _table(block.table, width, scale)
    if block.figures:
        return title + -(-len(block.figures) // CARD_COLUMNS) * CARDS
    if block.action is not None:
        return title + _action(block, width)
    size = NOTE_SIZE if block.kind == "note" else BODY_SIZE
    text = sum(height_at_most(text, width, size) + 1.6 for text in block.texts)
    return title + text + (WORDS if block.kind == "words" else 0.0)


def row_height(scale: float) -> float:
    """Least height of a row of a table."""
    return ROW * min(max(scale, _LEAST_ROW), _MOST_ROW)


def type_size(scale: float) -> float:
    """Type size of a table: larger where its page has room, never smaller."""
    return TABLE_SIZE * min(max(scale, 1.0), _MOST_TYPE)


def _table(table: Table, width: float, scale: float) -> float:
    size = type_size(scale)
    columns = widths(table, width, size)
    least = row_height(scale)
    rows = (max(least, _row((row.label, *row.cells), columns, size)) for row in table.rows)
    return _row(table.columns, columns, size) + 0.6 + sum(rows)


def _row(cells: Sequence[str], columns: Sequence[float], size: float) -> float:
    return _AROUND + max(
        height_at_most(text, width - _CELL, size) for text, width in zip(cells, columns)
    )


def _action(block: Block, width: float) -> float:
    """A sheet of action: its title, then a line per heading."""
    action = block.action
    assert action is not None
    height = 9.0 + height_at_most(action.action, width - 8, BODY_SIZE + 1)
    return height + sum(
        max(
            height_at_most(head, ACTION_HEADS, TABLE_SIZE),
            height_at_most(text, width - ACTION_INSET, TABLE_SIZE),
            3.9,
        )
        + 1.6
        for head, text in action_lines(action)
    )


def action_lines(action: ActionSheet) -> tuple[tuple[str, str], ...]:
    """What is written under an action: heading, text."""
    return (
        ("Pilote", action.pilot),
        ("Calendrier", action.calendar),
        ("Indicateur", action.indicator),
        *action.rows,
    )


def over_pages(blocks: Sequence[Block]) -> list[list[Placed]]:
    """Pages of placed blocks, in order. A table longer than a page is cut, its header repeated; so
    is a text.

    Charts and rows take the largest of :data:`SCALES` at which the pages are fewest.
    """
    if len(blocks) == 1 and blocks[0].kind in ("words", "texts"):
        return [[Placed(piece, True, 0, 0.0, ROOM)] for piece in _pieces(blocks[0], WIDTH)]
    held = [
        piece for block in blocks for piece in _pieces(block, WIDTH if is_wide(block) else COLUMN)
    ]
    tried = [_dealt(held, scale) for scale in SCALES]
    return min(tried, key=len)


def _dealt(blocks: Sequence[Block], scale: float) -> list[list[Placed]]:
    pages: list[list[Placed]] = [[]]
    tops = [0.0, 0.0]
    column = 0
    for block in _cut(blocks, scale):
        wide = is_wide(block)
        height = height_of(block, WIDTH if wide else COLUMN, scale)
        if wide:
            column = 0 if tops[0] >= tops[1] else 1
        elif tops[column] + height > ROOM:
            column = 1 - column
        if tops[column] and tops[column] + height > ROOM:
            pages.append([])
            tops, column = [0.0, 0.0], 0
        pages[-1].append(Placed(block, wide, 0 if wide else column, tops[column], height, scale))
        tops[column] += height + AFTER
        if wide:
            tops, column = [tops[column]] * 2, 0
    return [_balanced(page) for page in pages if page]


def _cut(blocks: Sequence[Block], scale: float) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        width = WIDTH if is_wide(block) else COLUMN
        while (
            block.table is not None
            and height_of(block, width, scale) > ROOM
            and len(block.table.rows) > 1
        ):
            most = int(ROOM / row_height(scale))  # no page holds more, whatever is in the rows
            rows = max(min(len(block.table.rows) - 1, most), 1)
            while rows > 1 and height_of(_rows(block, 0, rows), width, scale) > ROOM:
                rows -= 1
            result.append(_rows(block, 0, rows))
            block = _rows(block, rows, len(block.table.rows))
        result.append(block)
    return result


def _pieces(block: Block, width: float) -> list[Block]:
    """A text longer than a page in several blocks, cut between paragraphs, else between words; so is
    an action, which is then set as a text."""
    if block.action is not None and height_of(block, width) > ROOM:
        lines = (f"{head} : {text}" for head, text in action_lines(block.action) if text)
        block = replace(block, kind="texts", action=None, texts=(block.action.action, *lines))
    if not block.texts or block.kind == "words" or height_of(block, width) <= ROOM:
        return [block]
    size = NOTE_SIZE if block.kind == "note" else BODY_SIZE
    pieces: list[Block] = []
    held: list[str] = []
    for part in [part for text in block.texts for part in _parts(text, width, size)]:
        if held and height_of(replace(block, texts=(*held, part)), width) > ROOM:
            pieces.append(replace(block, texts=tuple(held)))
            held = []
        held.append(part)
    return [*pieces, replace(block, texts=tuple(held))]


def _parts(text: str, width: float, size: float) -> list[str]:
    """A paragraph cut between words so that each part holds on a page, under a title."""
    room = ROOM - TITLE - 2
    if height_at_most(text, width, size) <= room:
        return [text]
    words = re.findall(rf"[^ ]{{1,{_LONGEST_WORD}}}", text)
    parts = []
    while words:
        heights = _Heights(words, width, size)
        count = max(bisect_right(heights, room) - 1, 1)
        parts.append(" ".join(words[:count]))
        words = words[count:]
    return parts


class _Heights(Sequence[float]):
    """Heights of the first 0, 1, 2… words, worked out when they are asked for."""

    def __init__(self, words: Sequence[str], width: float, size: float) -> None:
        self._words, self._width, self._size = words, width, size

    def __len__(self) -> int:
        return len(self._words) + 1

    def __getitem__(self, count: Any) -> Any:
        return height_at_most(" ".join(self._words[:count]), self._width, self._size)


def holds_on_opening(text: str) -> bool:
    """Whether the opening of a chapter has room for what its analyst wrote."""
    return height_at_most(text, OPENING_WIDTH, OPENING_SIZE) <= OPENING_ROOM


def _rows(block: Block, first: int, last: int) -> Block:
    assert block.table is not None
    return replace(block, table=replace(block.table, rows=block.table.rows[first:last]))


def _balanced(page: list[Placed]) -> list[Placed]:
    """The narrow blocks of a page that has no other, dealt over two columns of like height."""
    if len(page) < 2 or any(item.wide for item in page):
        return page
    heights = [item.height + AFTER for item in page]
    cut = min(range(1, len(page)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    if max(sum(heights[:cut]), sum(heights[cut:])) - AFTER > ROOM:
        return page  # they hold only as they were dealt
    tops = [sum(heights[(0 if at < cut else cut) : at]) for at in range(len(page))]
    return [replace(item, column=int(at >= cut), top=tops[at]) for at, item in enumerate(page)]
