"""The chapters of the report: findings, then the pages, each with a place for its analyst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..context import Block, Chapter, MapPage, ReportContext, SheetPage, in_order
from .grids import cards, grid
from .parts import (
    ChartDrawing,
    Heading,
    Listed,
    MapDrawing,
    Part,
    Place,
    Sheet,
    Text,
)

_ON_MAP = "ce que cette carte dit du territoire, et ce qu’elle ne montre pas"
_ON_FIGURES = "ce que ces chiffres disent du territoire, et ce qu’ils ne montrent pas"
#: How the title of a page that goes on from the one before ends.
_GOES_ON = " (suite)"


def chapter(content: Chapter, context: ReportContext) -> Iterator[Part]:
    """A chapter, from its findings to its last page."""
    yield Heading(1, f"{content.index}. {content.title}", content.index)
    if content.findings:
        yield Text("Ce qu’il faut retenir", "label")
        yield Listed(content.findings, numbered=True)
    if content.words or content.analysis:
        yield Text("L’analyse de l’équipe", "label")
    if content.analysis:
        yield from written(content.analysis)
    elif content.words:
        yield Place(content.words)
    for pages in _together(content):
        yield from _with_its_place(list(_pages(pages, content, context)))


def written(text: str) -> Iterator[Part]:
    """What an analyst wrote, paragraph by paragraph."""
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield Text(paragraph.strip(), "written")


def _together(content: Chapter) -> list[list[MapPage | SheetPage]]:
    """The pages, those that go on from the one before with it: a report breaks where it wants."""
    groups: list[list[MapPage | SheetPage]] = []
    for page in in_order(content):
        if groups and page.title.endswith(_GOES_ON):
            groups[-1].append(page)
        else:
            groups.append([page])
    return groups


def _with_its_place(parts: list[Part]) -> Iterator[Part]:
    """The notes just above a place for the analyst go with it: it is never alone on a page."""
    follows = False
    held: list[Part] = []
    for part in reversed(parts):
        noted = isinstance(part, Text) and part.style in ("note", "source")
        follows = isinstance(part, Place) or (follows and noted)
        held.append(replace(part, keep=True) if isinstance(part, Text) and follows else part)
    yield from reversed(held)


def _pages(
    pages: list[MapPage | SheetPage], content: Chapter, context: ReportContext
) -> Iterator[Part]:
    first = pages[0]
    yield Heading(2, first.title, content.index, apart=isinstance(first, MapPage))
    if first.sentence:
        yield Text(first.sentence, "lead", keep=True)
    for page in pages:
        if page is not first and page.sentence not in ("", first.sentence):
            yield Text(page.sentence)
        if isinstance(page, MapPage):
            yield from _map(page, content, context)
        else:
            yield from _sheet(page, content)
    yield from _asked(pages)


def _asked(pages: list[MapPage | SheetPage]) -> Iterator[Part]:
    """The place for the analyst, where the page has none of its own."""
    if isinstance(pages[0], MapPage):
        yield Place(_ON_MAP)
    elif any(
        block.chart or block.table
        for page in pages
        if isinstance(page, SheetPage) and not _has_actions(page)
        for block in page.blocks
    ):
        yield Place(_ON_FIGURES)


def _has_actions(page: SheetPage) -> bool:
    return any(block.action for block in page.blocks)


def sources(names: tuple[str, ...]) -> Iterator[Part]:
    """The line of the sources under a picture or a table."""
    names = tuple(dict.fromkeys(names))
    if names:
        word = "Sources" if len(names) > 1 else "Source"
        yield Text(f"{word} : {' ; '.join(names)}.", "source")


def _map(page: MapPage, content: Chapter, context: ReportContext) -> Iterator[Part]:
    caption = f"{page.subtitle or page.title} – {context.territory}"
    yield MapDrawing(page.id, page.title, caption)
    yield from sources(page.sources)
    if page.figures:
        yield from cards(page.figures, content.index)
    if page.chart is not None:
        title = page.chart.title or page.title
        yield ChartDrawing(page.chart, content.colour, title, low=True)
    notes = [note for note in (page.method, page.design.method) if note]
    if notes:
        yield Text(" ".join(notes), "note")


def _sheet(page: SheetPage, content: Chapter) -> Iterator[Part]:
    subject = page.subtitle or page.title.removesuffix(_GOES_ON)
    alone = all(block.kind == "texts" and not block.title for block in page.blocks)
    told = True  # whether the sources stand under what was printed last
    for block in page.blocks:
        if block.chart is not None:
            title = block.title or block.chart.title or subject
            yield ChartDrawing(block.chart, content.colour, title)
            yield from sources(page.sources)
            told = True
        elif block.table is not None:
            yield grid(block.table, block.title or subject, content.index)
            told = False
        elif block.texts and alone:
            yield from written("\n".join(block.texts))
        else:
            yield from _block(block, content)
            told = told and not block.figures
    if not told:
        yield from sources(page.sources)


def _block(block: Block, content: Chapter) -> Iterator[Part]:
    """A block that is no picture and no table of figures."""
    if block.action is not None:
        if block.title:
            yield Heading(3, block.title, content.index)
        action = block.action
        rows = (
            ("Pilote", action.pilot),
            ("Calendrier", action.calendar),
            ("Indicateur", action.indicator),
            *action.rows,
        )
        yield Sheet(action.action, tuple((name, text or "…") for name, text in rows), content.index)
        return
    if block.title:
        yield Heading(3, block.title, content.index)
    if block.figures:
        yield from cards(block.figures, content.index)
    elif block.kind == "words":
        for text in block.texts:
            yield Place(text)
    else:
        for text in block.texts:
            yield Text(text, "note" if block.kind == "note" else "body")
