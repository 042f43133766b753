"""The slides of the plenary restitution, chosen from the report context: one idea a slide.

Pure: what stands on which slide, in which order, under which title. How a slide looks is the
business of ``qgis_bridge.layouts.slides``. Each chapter tells its findings and the few pages that
they come from; its other pages stand in an annex, for questions. Lengths are millimetres of the drawing of a slide, in
which the smallest type is 7 points (:data:`~.deck_slide.WIDTH` × :data:`ROOM` under a title of two lines).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core import french
from ..core.values import SIGN_NOT_SIGNIFICANT, SIGNS
from . import deck_sheets
from .context import (
    Chapter,
    Figure,
    MapPage,
    ReportContext,
    SheetPage,
    in_order,
)
from .deck_slide import BETWEEN, WIDTH, Said, Slide, written
from .deck_words import held_by, holding, message, numbers_in, quoted_first, sentences
from .measure import height_at_most
from .sentences.numbers import numbers_of
from .sources import filled, printed_row

ROOM = 56.0
#: Most key figures of a slide, cards beside a map, and references under a key figure.
KEY_FIGURES, MAP_CARDS, REFERENCES = 8, 3, 2
#: Type (points) and room (mm) of the texts of a slide.
SAID, SAID_WIDTH, SAID_ROOM = 9.0, 86.0, 56.0
FOUND, FOUND_WIDTH, FOUND_ROOM = 9.0, 82.0, 62.0
NOTE, NOTE_WIDTH, NOTE_ROOM, UNDER_SOURCE = 7.0, 73.5, 60.0, 1.6
#: Lines of the method.
LINES = 5
#: Most pages of a chapter that are told; the others stand in the annex.
TOLD_PAGES = 3
ANNEX = "Annexe"
_ANNEX = "Les autres cartes et graphiques de chaque chapitre, dans l’ordre de l’atlas."
_SIGNS = {*SIGNS.values(), SIGN_NOT_SIGNIFICANT, ""}


def deck(context: ReportContext) -> tuple[Slide, ...]:
    """Every slide of the restitution, numbered, in the order in which it is told."""
    told = _synthesis(context)
    told_by = [*(text for block in context.synthesis for text in block.texts)]
    chapters, annex = [], []
    for chapter in context.chapters:
        main, others = _chapter(chapter, (*chapter.findings, *told_by))
        chapters += main
        annex += others
    closing = [*_method(context), *_secrecy(context), *_sources(context)]
    front = [_title(context), Slide("plan", "Ce que le diagnostic raconte", context.title)]
    front += _key_figures(context)
    if annex:
        annex.insert(0, Slide("divider", ANNEX, texts=(_ANNEX,)))
    slides = [*front, *told, *chapters, *closing, *annex]
    if len(slides) == len(front):
        slides = [slide for slide in slides if slide.kind != "plan"]
    slides = [replace(slide, number=rank) for rank, slide in enumerate(slides, 1)]
    plan = _plan(slides)
    return tuple(
        replace(slide, plan=plan, texts=_questions(context)) if slide.kind == "plan" else slide
        for slide in slides
    )


def _title(context: ReportContext) -> Slide:
    return Slide(
        "title",
        context.territory,
        context.title,
        caption=context.subtitle,
        texts=(context.structure, french.date(context.date)),
    )


def _plan(slides: Sequence[Slide]) -> tuple[tuple[str, int, str], ...]:
    """The parts of the deck with the number of the slide that opens each."""
    openings = {"figures": "Les chiffres clés", "synthesis": "La synthèse", "sources": "Sources"}
    entries: list[tuple[str, int, str]] = []
    seen: set[str] = set()
    for slide in slides:
        if slide.kind == "divider":
            rank = f"{slide.index}. " if slide.index else ""
            entries.append((f"{rank}{slide.title}", slide.number, slide.colour))
        elif slide.kind == "lines" and "lines" not in seen:
            seen.add("lines")
            entries.append((slide.title, slide.number, slide.colour))
        elif slide.kind in openings and slide.kind not in seen:
            seen.add(slide.kind)
            entries.append((openings[slide.kind], slide.number, slide.colour))
    return tuple(entries)


def _questions(context: ReportContext) -> tuple[str, ...]:
    return (context.subtitle,) if context.subtitle else ()


# --- key figures and synthesis ---------------------------------------------------------------


def _key_figures(context: ReportContext) -> list[Slide]:
    """Large figures of the territory, each under its label with one or two references."""
    table = context.key_table
    figures = [
        Figure(row.label, row.cells[0], "\n".join(_references(table.columns[2:], row.cells[1:])))
        for row in table.rows
        if row.cells and row.cells[0] not in _SIGNS
    ]
    missing = len(table.rows) - len(figures)
    note = (
        f"{french.plural(missing, 'autre chiffre', 'autres chiffres')} sans valeur (atlas, p.\u00a04)."
        if missing
        else ""
    )
    count = -(-len(figures) // KEY_FIGURES)
    each = -(-len(figures) // count) if count else 0
    return [
        Slide(
            "figures",
            "Les chiffres clés",
            context.territory,
            figures=tuple(figures[at : at + each]),
            page=4,
            note=note if at + each >= len(figures) else "",
        )
        for at in range(0, len(figures), each or 1)
    ]


def _references(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    known = [(name, cell) for name, cell in zip(names, cells) if cell not in _SIGNS]
    return [f"{name}\u00a0: {cell}" for name, cell in known[:REFERENCES]]


def _synthesis(context: ReportContext) -> list[Slide]:
    """The findings of the synthesis: one slide for each that needs it, the short ones together."""
    cited = [figure for block in context.synthesis for figure in block.figures]
    blocks = [block for block in context.synthesis if block.texts]
    held: list[list[Said]] = []
    start = 0
    for block in blocks:
        figures, start = _cited(block.texts, cited, start)
        said = Said(block.title, block.texts, figures)
        if held and len(held[-1]) < 3 and _tall([*held[-1], said]) <= SAID_ROOM:
            held[-1].append(said)
        else:
            held.append([said])
    return [_told(group) for group in held]


def _told(group: Sequence[Said]) -> Slide:
    title = group[0].title if len(group) == 1 else french.listing([item.title for item in group])
    if len(group) == 1:
        texts, cut = holding(group[0].texts, SAID_WIDTH, SAID_ROOM - 4, SAID, BETWEEN)
        group = [replace(group[0], title="", texts=texts)]
        note = "La suite est dans l’atlas, p.\u00a05." if cut else ""
    else:
        title, note = "Ce qu’il faut retenir", ""
    return Slide("synthesis", title, "La synthèse", said=tuple(group), page=5, note=note)


def _tall(group: Sequence[Said]) -> float:
    """Height of titled paragraphs, or of the figures that they quote where these are taller."""
    total = 0.0
    for item in group:
        texts = sum(height_at_most(text, SAID_WIDTH, SAID) + 1.2 for text in item.texts)
        total += max(5.0 + texts, 8.5 * len(item.figures)) + BETWEEN
    return total


def _cited(
    texts: Sequence[str], figures: Sequence[Figure], start: int
) -> tuple[tuple[Figure, ...], int]:
    """The figures that hold the numbers of ``texts``: those from ``start`` on before the others,
    as the synthesis cites them in order. Also gives where those of the next texts begin."""
    missing = {number for text in texts for number in numbers_of(text)}
    found: list[int] = []
    for rank in (*range(start, len(figures)), *range(start)):
        held = missing & numbers_in(figures[rank])
        if held:
            found.append(rank)
            missing -= held
    after = [rank for rank in found if rank >= start]
    return tuple(figures[rank] for rank in sorted(found)), (max(after) + 1 if after else start)


# --- chapters --------------------------------------------------------------------------------


def _chapter(chapter: Chapter, findings: Sequence[str]) -> tuple[list[Slide], list[Slide]]:
    """The slides of a chapter that tell its findings, and those of its other pages."""
    slides = [_divider(chapter)]
    annex: list[Slide] = []
    apart = f"{chapter.id}_analyse"
    if chapter.analysis and not any(sheet.id == apart for sheet in chapter.sheets):
        slides += written(chapter, "L’analyse de l’équipe", (chapter.analysis,), chapter.number)
    groups = _groups(chapter)
    chosen = _chosen(groups, findings)
    for rank, group in enumerate(groups):
        first = group[0]
        if isinstance(first, MapPage):
            made = [_map_slide(chapter, first)]
        else:
            sheets = [page for page in group if isinstance(page, SheetPage)]
            made = deck_sheets.sheet_slides(chapter, sheets)
        (slides if rank in chosen else annex).extend(made)
    # A title alone tells nothing: places that nobody has written in yet have no slide.
    return (slides if len(slides) > 1 or chapter.findings else []), annex


def _chosen(groups: Sequence[Sequence[MapPage | SheetPage]], findings: Sequence[str]) -> set[int]:
    """Ranks of the pages to tell: those whose sentence gave a finding, then the first ones, and
    what the structure itself brought (survey, actions), which has no second telling."""
    said = [set(numbers_of(text)) for finding in findings for text in sentences(finding)]
    found = [
        rank
        for rank, (page, *_) in enumerate(groups)
        if any(numbers and numbers <= set(numbers_of(page.sentence)) for numbers in said)
    ]
    own = [
        rank
        for rank, group in enumerate(groups)
        if any(block.action for page in group for block in getattr(page, "blocks", ()))
    ]
    ordered = dict.fromkeys((*own, *found, *range(len(groups))))
    return set(list(ordered)[: max(TOLD_PAGES, len(own))])


def _groups(chapter: Chapter) -> list[list[MapPage | SheetPage]]:
    """The pages of a chapter; those that go on from the one before are with it."""
    groups: list[list[MapPage | SheetPage]] = []
    for page in in_order(chapter):
        goes_on = isinstance(page, SheetPage) and page.title.endswith(" (suite)")
        if goes_on and groups and isinstance(groups[-1][0], SheetPage):
            groups[-1].append(page)
        else:
            groups.append([page])
    return groups


def _divider(chapter: Chapter) -> Slide:
    findings = [list(sentences(finding)) for finding in chapter.findings]
    while findings and _found(findings) > FOUND_ROOM:
        longest = max(findings, key=lambda item: sum(map(len, item)))
        if len(longest) == 1:
            findings.pop()
        else:
            longest.pop()
    return Slide(
        "divider",
        chapter.title,
        colour=chapter.colour,
        index=chapter.index,
        page=chapter.number,
        texts=tuple(" ".join(item) for item in findings),
    )


def _found(findings: Sequence[Sequence[str]]) -> float:
    return sum(height_at_most(" ".join(item), FOUND_WIDTH, FOUND) + 5.0 for item in findings)


def _map_slide(chapter: Chapter, page: MapPage) -> Slide:
    """The map under its message with the cards that hold its figures. The chart beside it in the
    atlas names the communes that the map shows: it is left out."""
    title = _map_title(page)
    kicker = page.title if title != page.title else f"{chapter.index}. {chapter.title}"
    return Slide(
        "map",
        title,
        kicker,
        chapter.colour,
        caption=page.subtitle,
        index=chapter.index,
        page=page.number,
        map=page,
        figures=quoted_first(_readable(page.figures), title, MAP_CARDS),
        sources=page.sources,
    )


def _readable(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The cards that hold a figure; all of them when none does."""
    return tuple(item for item in figures if item.text not in _SIGNS) or tuple(figures)


def _map_title(page: MapPage) -> str:
    """The first sentence whose figures are on the cards, shortened; else the question."""
    numbers = {number for figure in page.figures for number in numbers_in(figure)}
    numbers |= set(numbers_of(f"{page.title} {page.subtitle} {page.design.title}"))
    numbers |= {number for label in _legend(page) for number in numbers_of(label)}
    short = message(next(iter(sentences(page.sentence)), ""))
    return short if short and held_by(short, numbers) else page.title


def _legend(page: MapPage) -> tuple[str, ...]:
    design = page.design
    return (*design.labels, *(label for _, _, label in design.categories), *design.axes)


# --- closing ---------------------------------------------------------------------------------


def _method(context: ReportContext) -> list[Slide]:
    """How it was made and what it cannot say, in a few lines."""
    lines: list[str] = []
    if context.quality:
        read = " ; ".join(
            f"{item.file}\u00a0: {french.plural(item.read, 'ligne lue', 'lignes lues')}, "
            f"{french.number(item.read - item.refused - item.failed)} localisées"
            for item in context.quality
        )
        lines.append(f"{read}.")
    firsts = [sentences(text)[0] for text in (*context.method, *context.notes) if text.strip()]
    limits = []
    if context.skipped:
        count = french.plural(
            len(context.skipped), "page n’a pas été faite", "pages n’ont pas été faites"
        )
        limits.append(f"Faute de données, {count} (atlas, p.\u00a03).")
    if context.failures:
        count = french.plural(
            len(context.failures), "indicateur n’a pas été reçu", "indicateurs n’ont pas été reçus"
        )
        limits.append(f"{count} (atlas, p.\u00a03).")
    room = LINES - len(lines) - len(limits[:1])
    kept, _ = holding((*lines, *firsts[:room], *limits[:1]), WIDTH - 10, ROOM, SAID, BETWEEN)
    if not kept:
        return []
    more = "Méthode complète\u00a0: atlas, p.\u00a03."
    return [Slide("lines", "Méthode et limites", context.title, texts=kept, page=3, note=more)]


def _secrecy(context: ReportContext) -> list[Slide]:
    firsts = [sentences(text)[0] for text in context.secrecy if text.strip()]
    if not firsts:
        return []
    kept, _ = holding(firsts, WIDTH - 10, ROOM, SAID, BETWEEN)
    return [
        Slide(
            "lines",
            "Ce que ces cartes ne montrent pas",
            "Secret statistique",
            texts=kept,
            page=context.pages,
            note=f"Texte complet\u00a0: atlas, p.\u00a0{context.pages}.",
        )
    ]


def _sources(context: ReportContext) -> list[Slide]:
    """Every source, over as many slides as they need, in two columns."""
    lines = list(dict.fromkeys(_source(printed_row(item)) for item in context.sources))
    heights = [height_at_most(line, NOTE_WIDTH, NOTE) + UNDER_SOURCE for line in lines]
    slides_needed = -(-len(filled(heights, NOTE_ROOM)) // 2)
    room = sum(heights) / max(2 * slides_needed, 1)
    while len(filled(heights, room)) > 2 * slides_needed:
        room += 1.0
    columns = filled(heights, room)
    slides = []
    for at in range(0, len(columns), 2):
        ranks = [rank for column in columns[at : at + 2] for rank in column]
        texts = tuple(lines[rank] for rank in ranks)
        slides.append(Slide("sources", "Sources et millésimes", "Sources", texts=texts))
    return slides


def _source(cells: Sequence[str]) -> str:
    title, vintage, _, _, _, licence = cells
    return ". ".join(
        part for part in (f"{title}, {vintage}" if vintage else title, licence) if part
    )
