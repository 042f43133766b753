"""Slides of the pages without a map: a chart or a small table, key figures, actions, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core import french
from ..core.french import typography
from . import flow
from .context import Block, Chapter, Chart, SheetPage, Table, TableRow
from .deck_slide import WIDTH, Slide, written
from .deck_words import held_by, message, numbers_in, sentences
from .measure import height_at_most
from .sentences.numbers import numbers_of, printed_numbers
from .sources import CITED, PARTED

#: A table on a slide: its columns, its rows, its room (mm), its type (points).
COLUMNS, ROWS, ROOM, SIZE = 5, 6, 52.0, 8.0
#: Columns of a table of short figures (counts that add up are shown whole), and letters of these.
WIDEST, FIGURE = 7, 7
#: Key figures and actions of a slide; letters of the longest cell that is read aloud.
CARDS, ACTIONS, CELL = 8, 3, 220
#: Least room (mm) of a chart's axis and legend, and of each category with so many series.
_AROUND = {"bars": 8.0, "index": 10.0, "stacked": 14.0, "pyramid": 14.0}
CHART_ROOM = 54.0
#: What ends a cell that is cut.
_CUT = " …"
#: Rows of a table (sum, mean, median) that the chart drawn of it need not show.
_SUMMED = 2
#: Titles of texts that only explain: they are read in the atlas.
_EXPLAINS = ("Comment lire", "Autres questions")


def sheet_slides(chapter: Chapter, sheets: Sequence[SheetPage]) -> list[Slide]:
    """The slides of a sheet and of the pages that go on from it, in the order of its blocks."""
    pages = [(block, sheet.number) for sheet in sheets for block in sheet.blocks]
    blocks = _merged(pages)
    charts = [block.chart for block, _ in blocks if block.chart is not None]
    first = sheets[0]
    unsaid = _sayable(sentences(first.sentence))
    base = Slide(
        "table",
        first.title,
        f"{chapter.index}. {chapter.title}",
        chapter.colour,
        caption=first.subtitle,
        index=chapter.index,
        sources=first.sources or _noted(sheets),
    )
    slides: list[Slide] = []
    actions: list[tuple[Block, int]] = []
    for block, number in blocks:
        here = replace(base, page=number)
        if block.chart is not None:
            slides.append(_chart(here, block, unsaid))
        elif block.table is not None and not _drawn(block.table, charts):
            slides.append(_table(here, block, unsaid))
        elif block.figures:
            slides += _cards(here, block, unsaid)
        elif block.action is not None:
            actions.append((block, number))
        elif block.kind not in ("note", "words") and block.title not in _EXPLAINS:
            title = block.title or first.title
            slides += written(chapter, title, block.texts, number)
    return [*slides, *_actions(base, actions)]


def _noted(sheets: Sequence[SheetPage]) -> tuple[str, ...]:
    """The sources of a sheet too many for the foot of its page: the atlas has them as a note."""
    for sheet in sheets:
        for block in sheet.blocks:
            for text in block.texts if block.kind == "note" else ():
                if text.startswith(CITED):
                    return tuple(text[len(CITED) :].rstrip(".").split(PARTED))
    return ()


def _merged(pages: Sequence[tuple[Block, int]]) -> list[tuple[Block, int]]:
    """The blocks with the page of each; a table that goes on over pages is one again."""
    merged: list[tuple[Block, int]] = []
    for block, number in pages:
        last = merged[-1][0] if merged else None
        goes_on = (
            block.table is not None
            and last is not None
            and last.table is not None
            and block.table.columns == last.table.columns
            and block.title == last.title
        )
        if goes_on and last is not None and last.table is not None and block.table is not None:
            rows = (*last.table.rows, *block.table.rows)
            merged[-1] = (replace(last, table=replace(last.table, rows=rows)), merged[-1][1])
        else:
            merged.append((block, number))
    return merged


# --- titles ----------------------------------------------------------------------------------


def _sayable(said: Sequence[str]) -> list[str]:
    """The sentences that can stand alone over a slide: the first, then those with figures; a
    single digit is found in any table, and proves nothing."""
    return [
        part
        for rank, part in enumerate(said)
        if not rank or any(len(number) > 1 for number in numbers_of(part))
    ]


def _said(slide: Slide, title: str, unsaid: list[str], numbers: set[str]) -> Slide:
    """The slide under the first sentence not yet said whose figures it shows, else under the title
    of its block; the title of the page goes over it."""
    caption = title if title and title != slide.title else slide.caption
    known = numbers | set(numbers_of(f"{slide.title} {caption}"))
    for sentence in unsaid:
        short = message(sentence)
        if held_by(short, known):
            unsaid.remove(sentence)
            return replace(slide, title=short, kicker=slide.title, caption=caption)
    if title and title != slide.title:
        return replace(slide, title=title, kicker=slide.title)
    return slide


# --- charts ----------------------------------------------------------------------------------


def _chart(slide: Slide, block: Block, unsaid: list[str]) -> Slide:
    assert block.chart is not None
    chart = shown_chart(block.chart)
    left = len(block.chart.categories) - len(chart.categories)
    centre = french.number(chart.centre or 0.0)
    kept = f", les plus loin de {centre}" if chart.kind == "index" else ""
    note = (
        f"{len(chart.categories)} sur {len(block.chart.categories)} lignes{kept} "
        f"(graphique complet dans l’atlas, p.\u00a0{slide.page})"
    )
    made = replace(slide, kind="chart", chart=chart, note=note if left else "")
    return _said(made, block.title or chart.title, unsaid, printed_numbers(chart))


def shown_chart(chart: Chart) -> Chart:
    """The categories of a chart whose names and figures can be read on a slide: the first ones, or
    those farthest from its centre in a chart of indices, whose order is that of a nomenclature."""
    each = {
        "bars": 2.7 * max(len(chart.series), 1) + 1.3,
        "index": 3.6,
        "stacked": 6.5,
        "pyramid": 3.4,
    }.get(chart.kind)
    if each is None:
        return chart
    most = max(int((CHART_ROOM - _AROUND[chart.kind]) / each), 1)
    if len(chart.categories) <= most:
        return chart
    ranks = _farthest(chart, most) if chart.kind == "index" else list(range(most))
    series = tuple(
        replace(
            item,
            values=tuple(item.values[at] for at in ranks),
            texts=tuple(item.texts[at] for at in ranks),
        )
        for item in chart.series
    )
    return replace(chart, categories=tuple(chart.categories[at] for at in ranks), series=series)


def _farthest(chart: Chart, most: int) -> list[int]:
    """Ranks of the indices farthest from the centre, in the order of the chart; the hidden ones last."""
    values = chart.series[0].values
    far = [-1.0 if value is None else abs(value - (chart.centre or 0.0)) for value in values]
    return sorted(sorted(range(len(far)), key=lambda at: -far[at])[:most])


def _drawn(table: Table, charts: Sequence[Chart]) -> bool:
    """Whether a chart of the same sheet already shows the figures of a table."""
    cells = {cell for row in table.rows for cell in row.cells}
    for chart in charts:
        texts = {text for series in chart.series for text in series.texts if text}
        lines = max(len(chart.categories), len(chart.series))
        if texts and texts <= cells and lines >= len(table.rows) - _SUMMED:
            return True
    return False


# --- tables ----------------------------------------------------------------------------------


def _table(slide: Slide, block: Block, unsaid: list[str]) -> Slide:
    assert block.table is not None
    table = shown_table(block.table)
    made = replace(slide, kind="table", table=table, note=_left_out(block.table, table, slide.page))
    return _said(made, block.title, unsaid, printed_numbers(table))


def _left_out(whole: Table, shown: Table, page: int) -> str:
    parts = []
    if len(shown.rows) < len(whole.rows):
        parts.append(f"{len(shown.rows)} lignes sur {len(whole.rows)}")
    if len(shown.columns) < len(whole.columns):
        parts.append(f"{len(shown.columns)} colonnes sur {len(whole.columns)}")
    cut = any(cell.endswith(_CUT) for row in shown.rows for cell in (row.label, *row.cells))
    if not parts and not cut:
        return ""
    told = f"{', '.join(parts)} " if parts else ""
    return f"… {told}(tableau complet dans l’atlas, p.\u00a0{page})"


def shown_table(table: Table) -> Table:
    """The first rows and columns of a table, as many as a slide holds; the longest cells are cut
    between words."""
    figures = max((len(cell) for row in table.rows for cell in row.cells), default=0) <= FIGURE
    most = WIDEST if figures else COLUMNS
    columns = tuple(typography(column) for column in table.columns[:most])
    rows = tuple(
        TableRow(_short(row.label), tuple(_short(cell) for cell in row.cells[: len(columns) - 1]))
        for row in table.rows[:ROWS]
    )
    made = Table(columns, rows)
    while len(made.rows) > 1 and height(made, WIDTH) > ROOM:
        made = replace(made, rows=made.rows[:-1])
    return made


def _short(text: str) -> str:
    text = typography(text)
    if len(text) <= CELL:
        return text
    return text[:CELL].rpartition(" ")[0].rstrip(" ,;:") + _CUT


def height(table: Table, width: float) -> float:
    """Millimetres that a table takes at most on a slide."""
    columns = flow.widths(table, width)
    rows = [table.columns, *((row.label, *row.cells) for row in table.rows)]
    return sum(
        max(
            6.4,
            1.4 + max(height_at_most(cell, wide - 3.5, SIZE) for cell, wide in zip(row, columns)),
        )
        for row in rows
    )


# --- figures and actions ---------------------------------------------------------------------


def _cards(slide: Slide, block: Block, unsaid: list[str]) -> list[Slide]:
    made = []
    for at in range(0, len(block.figures), CARDS):
        figures = block.figures[at : at + CARDS]
        numbers = {number for figure in figures for number in numbers_in(figure)}
        card = _said(replace(slide, kind="cards", figures=figures), block.title, unsaid, numbers)
        more = [part for part in unsaid if numbers_of(part) and held_by(part, numbers)][:2]
        for part in more:
            unsaid.remove(part)
        made.append(replace(card, texts=tuple(more)))
    return made


def _actions(slide: Slide, actions: Sequence[tuple[Block, int]]) -> list[Slide]:
    """The actions of the plan, theme by theme, a few on a slide."""
    groups: list[list[tuple[Block, int]]] = []
    for block, number in actions:
        last = groups[-1] if groups else []
        same = bool(last) and _theme(last[-1][0]) == _theme(block)
        if same and len(last) < ACTIONS:
            last.append((block, number))
        else:
            groups.append([(block, number)])
    return [
        replace(
            slide,
            kind="actions",
            title=_theme(group[0][0]) or slide.title,
            kicker=slide.title,
            caption="",
            page=group[0][1],
            actions=tuple(block.action for block, _ in group if block.action is not None),
        )
        for group in groups
    ]


def _theme(block: Block) -> str:
    return block.action.theme if block.action is not None else ""
