"""What the synthesis of two pages tells: for an elected person who reads only that. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Optional

from ..core.values import SIGN_NOT_SIGNIFICANT, SIGNS
from .context import (
    ActionSheet,
    Block,
    Chapter,
    Chart,
    Figure,
    MapPage,
    ReportContext,
    SheetPage,
    in_order,
)
from .deck_words import message, sentences

#: Key figures and charts, references under a key figure, and most lines of a chart.
FIGURES, CHARTS, REFERENCES, LINES = 6, 4, 2, 10
#: Layers of the crossing of needs with what the structure reaches, the most telling first.
_TELLING = ("recrutement", "penetration")
#: How the cards of a map tell its distance to the comparison.
_GAPS = ("écart", "rapport")
_SIGNS = {*SIGNS.values(), SIGN_NOT_SIGNIFICANT, ""}


@dataclass(frozen=True)
class Told:
    """A chapter in a few lines."""

    title: str
    colour: str
    texts: tuple[str, ...]
    page: int


@dataclass(frozen=True)
class Drawn:
    """A chart with what stands under it."""

    chart: Chart
    title: str
    colour: str
    sources: tuple[str, ...]
    page: int


@dataclass(frozen=True)
class Leaflet:
    """The content of the two pages, most important first where a page may not hold it all."""

    answer: tuple[Block, ...]
    figures: tuple[Figure, ...]
    chapter: Optional[Chapter]
    map: Optional[MapPage]
    chapters: tuple[Told, ...]
    charts: tuple[Drawn, ...]
    actions: tuple[ActionSheet, ...]
    actions_page: int
    method: tuple[str, ...]
    secrecy: tuple[str, ...]
    sources: tuple[str, ...]


def leaflet(context: ReportContext) -> Leaflet:
    """Choose from the context what the two pages tell."""
    chapter, page = main_map(context)
    actions = list(_actions(context))
    method = (sentences(text)[0] for text in (*context.method, *context.notes) if text.strip())
    secrecy = (sentences(text)[0] for text in context.secrecy if text.strip())
    return Leaflet(
        answer=tuple(block for block in context.synthesis if block.texts),
        figures=_figures(context),
        chapter=chapter,
        map=page,
        chapters=tuple(
            Told(item.title, item.colour, tuple(map(_short, item.findings)), item.number)
            for item in context.chapters
            if item.findings
        ),
        charts=_charts(context, chapter),
        actions=tuple(action for action, _ in actions),
        actions_page=actions[0][1] if actions else 0,
        method=tuple(method),
        secrecy=tuple(secrecy),
        sources=tuple(
            dict.fromkeys(
                name for item in context.sources for name in item.producer.split(", ") if name
            )
        ),
    )


def main_map(context: ReportContext) -> tuple[Optional[Chapter], Optional[MapPage]]:
    """The map of the first page: the crossing of need and reach; else who the structure reaches;
    else the first map that stands clear of its comparison, in the order in which the synthesis
    tells the chapters; else the first map; none in a context without maps.
    """
    maps = [(chapter, page) for chapter in context.chapters for page in chapter.pages]
    for chapter, page in maps:
        if page.design.kind == "bivariate":
            return chapter, page
    for layer in _TELLING:
        for chapter, page in maps:
            if page.layer == layer and page.sentence:
                return chapter, page
    told = [block.title for block in context.synthesis]
    first = sorted(maps, key=lambda found: _rank(found[0], told))
    for chapter, page in first:
        if _stands_clear(page):
            return chapter, page
    return maps[0] if maps else (None, None)


def _rank(chapter: Chapter, told: Sequence[str]) -> int:
    return told.index(chapter.title) if chapter.title in told else len(told)


def _stands_clear(page: MapPage) -> bool:
    return any(figure.note.startswith(_GAPS) for figure in page.figures)


def _short(finding: str) -> str:
    """The first sentence of a finding."""
    return message(sentences(finding)[0]) + "." if finding.strip() else ""


def _figures(context: ReportContext) -> tuple[Figure, ...]:
    names = context.key_table.columns[2:]
    figures = []
    for row in context.key_table.rows:
        if not row.cells or row.cells[0] in _SIGNS:
            continue
        known = [(name, cell) for name, cell in zip(names, row.cells[1:]) if cell not in _SIGNS]
        note = "\n".join(f"{name}\u00a0: {cell}" for name, cell in known[:REFERENCES])
        figures.append(Figure(row.label, row.cells[0], note))
    return tuple(figures[:FIGURES])


def _charts(context: ReportContext, first: Optional[Chapter]) -> tuple[Drawn, ...]:
    """One chart a chapter, of the chapter of the map before the others, short enough to be read."""
    order = [item for item in context.chapters if first is not None and item.id == first.id]
    order += [item for item in context.chapters if item not in order]
    found = []
    for chapter in order:
        drawn = next(_drawn(chapter), None)
        if drawn is not None:
            found.append(drawn)
    return tuple(found[:CHARTS])


def _drawn(chapter: Chapter) -> Iterator[Drawn]:
    for page in in_order(chapter):
        if not isinstance(page, SheetPage):
            continue
        for block in page.blocks:
            if block.chart is not None and _lines(block.chart) <= LINES:
                title = block.title or page.title.replace(" (suite)", "")
                yield Drawn(block.chart, title, chapter.colour, page.sources, page.number)


def _lines(chart: Chart) -> int:
    return len(chart.categories) * (len(chart.series) if chart.kind == "bars" else 1)


def _actions(context: ReportContext) -> Iterator[tuple[ActionSheet, int]]:
    for chapter in context.chapters:
        for page in chapter.sheets:
            for block in page.blocks:
                if block.action is not None:
                    yield block.action, page.number
