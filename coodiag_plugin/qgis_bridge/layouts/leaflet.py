"""The synthesis of two A4 pages, upright: what an elected person reads, who reads only that."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsExpressionContextUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)

from ...core import french
from ...core.house import House
from ...edition import charts
from ...edition.context import ActionSheet, Block, Figure, ReportContext
from ...edition.deck_words import message, sentences
from ...edition.leaflet import Drawn, Leaflet, leaflet
from ..labels import NAMED
from .fonts import text_width, wrap
from .frame import DEMO_MARK, NEUTRAL, Draft
from .items import BOTTOM as BOTTOM_OF
from .items import CENTRE, MIDDLE, RIGHT, Page
from .leaflet_parts import COLUMN, GAP, UPRIGHT, Part, columns, height_of
from .legend import draw_legend
from .sheet_page import draw_chart
from .slides.map_slide import names_in
from .slides.opening import large
from .slides.page import on_one_line
from .theme import ALERT, GREY, HAIR, TYPE, WHITE

BAND = 38.0
ACCENT, ON_DARK = "#d1603d", "#d7e2e6"
#: Room of the answer at most, and of the map at least; height of a card; foot of a page (mm).
ANSWER, LEAST_MAP, CARD, BOTTOM = 96.0, 90.0, 22.0, 283.0
#: Column of the legend: that of classes, that of a crossing.
LEGEND, CROSSED = 52.0, 62.0
#: The closing columns of the second page, and the most that charts and actions take of it.
CLOSING, CHART, ACTIONS = 46.0, 58.0, 5


def make_leaflet(
    project: QgsProject,
    context: ReportContext,
    *,
    crs: str,
    extent: QgsRectangle,
    around: QgsRectangle,
    house: House,
) -> list[QgsPrintLayout]:
    """The two layouts, « S1 … » and « S2 … »; the caller adds them to the project, which holds the
    map themes. ``around`` is not used: the synthesis has no locator."""
    draft = Draft(project, context, UPRIGHT, crs, house)
    content = leaflet(context)
    return [_first(draft, content, extent), _second(draft, content)]


# --- first page ------------------------------------------------------------------------------


def _first(draft: Draft, content: Leaflet, extent: QgsRectangle) -> QgsPrintLayout:
    page = Page(draft.project, "S1 Synthèse", UPRIGHT)
    _band(page, draft)
    y = BAND + 7
    figures = -(-len(content.figures) // 3) * (CARD + 2.5) + (8 if content.figures else 0)
    room = BOTTOM - y - figures - (LEAST_MAP + 16 if content.map is not None else 0)
    room = min(room, ANSWER) if content.map is not None else room
    y = _answer(page, draft, content.answer, y, room)
    if content.figures:
        y = _title(page, "chiffres.titre", "Le territoire en chiffres", y)
        _figures(page, content.figures, y)
        y += figures - 6
    if content.map is not None:
        _map(page, draft, content, extent, y)
    _foot(page, draft, 1)
    return page.layout


def _band(page: Page, draft: Draft) -> None:
    """Territory, question, structure and date on a deep band."""
    context = draft.context
    page.box("titre.fond", 0, 0, UPRIGHT.width, BAND, fill=NEUTRAL, locked=True)
    page.box("titre.filet", 0, BAND, UPRIGHT.width, 1.2, fill=ACCENT, locked=True)
    room = UPRIGHT.inner - 58
    page.text(
        "texte.chapitre", f"{context.title} – Synthèse", UPRIGHT.margin, 6, room, 5, TYPE.body,
        bold=True, colour=ON_DARK, variable="chapitre",
    )  # fmt: skip
    page.text(
        "texte.titre", context.territory, UPRIGHT.margin, 11.5, room, 17, 20, bold=True,
        colour=WHITE, variable="titre",
    )  # fmt: skip
    page.text(
        "texte.sous_titre", context.subtitle, UPRIGHT.margin, 29.5, room, 5.5, TYPE.body,
        colour=WHITE, variable="sous_titre",
    )  # fmt: skip
    x, width = UPRIGHT.width - UPRIGHT.margin - 54, 54.0
    top = 11.5
    if draft.logo is not None:
        wide = min(9 * draft.logo.ratio, width)
        page.image("logo.titre", draft.logo, x + width - wide, top, wide, 9)
        top += 10
    page.text(
        "titre.structure", f"{context.structure}\n{french.date(context.date)}", x, top, width,
        BAND - 2 - top, TYPE.small, bold=True, colour=WHITE, align=RIGHT, vertical=BOTTOM_OF,
    )  # fmt: skip
    if context.demo:
        page.box(
            "marque.demonstration.cadre", x + width - 40, 4.5, 40, 5.6, fill=WHITE, outline=ALERT,
            line=0.4, locked=True,
        )  # fmt: skip
        page.text(
            "marque.demonstration", DEMO_MARK, x + width - 40, 4.5, 40, 5.6, TYPE.small, bold=True,
            colour=ALERT, align=CENTRE, vertical=MIDDLE,
        )  # fmt: skip


def _title(page: Page, name: str, text: str, y: float) -> float:
    page.text(name, text, UPRIGHT.margin, y, UPRIGHT.inner, 6, 12, bold=True, colour=NEUTRAL)
    page.rule(f"{name}.filet", UPRIGHT.margin, y + 6.2, UPRIGHT.inner, colour=NEUTRAL, weight=0.3)
    return y + 8.0


def _answer(page: Page, draft: Draft, blocks: Sequence[Block], y: float, room: float) -> float:
    """What the diagnosis answers, in two columns; returns the y below."""
    if not blocks:
        return y
    y = _title(page, "reponse.titre", "Ce que dit le diagnostic", y)
    parts = [Part(block.title, NEUTRAL, block.texts) for block in blocks]
    return (
        columns(page, "reponse", parts, y, room - 8, "Synthèse complète\u00a0: atlas, p.\u00a05.")
        + 5
    )


def _figures(page: Page, figures: Sequence[Figure], y: float) -> None:
    each = (UPRIGHT.inner - 5.0) / 3
    for rank, figure in enumerate(figures):
        row, column = divmod(rank, 3)
        x = UPRIGHT.margin + column * (each + 2.5)
        large(
            page, f"carte_cle.{rank + 1}", figure, x, y + row * (CARD + 2.5), each, CARD, NEUTRAL,
            most=16,
        )  # fmt: skip


def _map(page: Page, draft: Draft, content: Leaflet, extent: QgsRectangle, y: float) -> None:
    """The main map under its message, its legend beside it."""
    chapter, shown = content.chapter, content.map
    assert chapter is not None and shown is not None
    said = message(next(iter(sentences(shown.sentence)), "")) or shown.title
    tall = height_of(said, UPRIGHT.inner, 11, bold=True)
    page.text(
        "carte.chapitre", f"{shown.title} (atlas, p. {shown.number})", UPRIGHT.margin, y,
        UPRIGHT.inner, 4.4, TYPE.small, bold=True, colour=chapter.colour,
    )  # fmt: skip
    page.text("carte.titre", said, UPRIGHT.margin, y + 4.4, UPRIGHT.inner, tall, 11, bold=True)
    y += tall + 6.4
    source = french.typography(f"Sources : {' ; '.join(shown.sources)}.")
    foot = height_of(source, UPRIGHT.inner, TYPE.note)
    legend = CROSSED if shown.design.kind == "bivariate" else LEGEND
    width, bottom = UPRIGHT.inner - legend - 5, BOTTOM - foot - 1.5
    main = page.map(
        "carte.principale", UPRIGHT.margin, y, width, bottom - y, theme=shown.theme, extent=extent,
        crs=draft.crs, frame=HAIR,
    )  # fmt: skip
    bar = page.scale_bar("echelle", main, UPRIGHT.margin + 2, bottom - 1.5)
    bar.setMinimumBarWidth(10)
    bar.setMaximumBarWidth(24)
    bar.setNumberOfSegments(1)
    bar.update()
    QgsExpressionContextUtils.setLayoutVariable(page.layout, NAMED, names_in(said, shown.figures))
    x = UPRIGHT.margin + width + 5
    page.text(
        "carte.sous_titre", shown.subtitle, x, y, legend,
        height_of(shown.subtitle, legend, TYPE.small), TYPE.small, colour=GREY,
    )  # fmt: skip
    y += height_of(shown.subtitle, legend, TYPE.small) + 2
    draw_legend(page, shown.design, main, x, y, legend, 0.0, counts=False)
    page.text(
        "texte.source",
        source,
        UPRIGHT.margin,
        bottom + 1,
        UPRIGHT.inner,
        foot,
        TYPE.note,
        colour=GREY,
    )


# --- second page -----------------------------------------------------------------------------


def _second(draft: Draft, content: Leaflet) -> QgsPrintLayout:
    page = Page(draft.project, "S2 Synthèse", UPRIGHT)
    page.box("bandeau", 0, 0, UPRIGHT.width, 3.0, fill=NEUTRAL, locked=True)
    if draft.context.demo:
        page.text(
            "marque.demonstration", DEMO_MARK, UPRIGHT.margin, 5, UPRIGHT.inner, 4.5, TYPE.small,
            bold=True, colour=ALERT, align=RIGHT,
        )  # fmt: skip
    closing = BOTTOM - CLOSING
    lines = [_line(action) for action in content.actions[:ACTIONS]]
    actions_room = sum(height_of(line, UPRIGHT.inner - 4, TYPE.small) + 1 for line in lines)
    actions_room += 13 if lines else 0
    y, rows = 10.0, [content.charts[at : at + 2] for at in range(0, len(content.charts), 2)]
    if content.chapters:
        y = _title(page, "constats.titre", "Ce que nous avons trouvé", y)
        first = _charts_height(rows[0]) + 7 if rows else 0.0
        parts = [Part(item.title, item.colour, item.texts) for item in content.chapters]
        more = f"La suite est dans l’atlas, p.\u00a0{content.chapters[0].page} et suivantes."
        room = closing - first - actions_room - y - 6
        y = columns(page, "constat", parts, y, room, more, every=True) + 5
    for rank, row in enumerate(rows):
        tall = _charts_height(row) + 7
        if y + tall + actions_room <= closing:
            _charts(page, row, y, rank * 2)
            y += tall
    if lines:
        y = _title(page, "actions.titre", "Le plan d’actions", y)
        y = _actions(page, content, lines, y)
    _closing(page, draft, content, closing)
    _foot(page, draft, 2)
    return page.layout


def _line(action: ActionSheet) -> str:
    return f"{action.action} – {action.pilot}, {action.calendar}"


def _actions(page: Page, content: Leaflet, lines: Sequence[str], y: float) -> float:
    for rank, line in enumerate(lines, 1):
        tall = height_of(line, UPRIGHT.inner - 4, TYPE.small)
        page.box(f"action.{rank}.marque", UPRIGHT.margin, y + 1.2, 1.5, 1.5, fill=ACCENT)
        page.text(
            f"action.{rank}", line, UPRIGHT.margin + 4, y, UPRIGHT.inner - 4, tall, TYPE.small
        )
        y += tall + 1
    left = len(content.actions) - len(lines)
    if left:
        others = french.plural(left, "autre action", "autres actions")
        text = f"{others} (atlas, p. {content.actions_page})."
        page.text(
            "action.suite",
            text,
            UPRIGHT.margin + 4,
            y,
            UPRIGHT.inner - 4,
            4,
            TYPE.note,
            colour=GREY,
        )
        y += 5
    return y


def _charts(page: Page, drawn: Sequence[Drawn], y: float, before: int) -> None:
    """One chart over the whole width, or two side by side, each with its title and its sources."""
    width = COLUMN if len(drawn) > 1 else UPRIGHT.inner
    for rank, item in enumerate(drawn, 1):
        x = UPRIGHT.margin + (rank - 1) * (COLUMN + GAP)
        name = f"graphique.{before + rank}"
        title, tall, under = _chart_heights(item, width)
        page.text(
            f"{name}.titre",
            item.title,
            x,
            y,
            width,
            title,
            TYPE.body,
            bold=True,
            colour=item.colour,
        )
        draw_chart(page, name, item.chart, x, y + title + 1, width, tall, item.colour)
        page.text(
            f"{name}.source", _sources(item, width), x, y + title + tall + 2, width, under,
            TYPE.note, colour=GREY,
        )  # fmt: skip


def _charts_height(drawn: Sequence[Drawn]) -> float:
    width = COLUMN if len(drawn) > 1 else UPRIGHT.inner
    return max(sum(_chart_heights(item, width)) + 2 for item in drawn)


def _chart_heights(item: Drawn, width: float) -> tuple[float, float, float]:
    """Heights of the title of a chart, of the chart and of its sources."""
    title = height_of(item.title, width, TYPE.body, bold=True)
    under = height_of(_sources(item, width), width, TYPE.note)
    return title, min(charts.height_of(item.chart, width) * 1.1, CHART - title - under), under


def _sources(item: Drawn, width: float) -> str:
    """The sources of a chart on two lines: whole ones, then where the others are."""
    page = f"atlas, p. {item.page}"
    for count in range(len(item.sources), -1, -1):
        parts = [*item.sources[:count], *(["…"] if count < len(item.sources) else [])]
        text = french.typography(f"Sources : {' ; '.join(parts)} ({page}).")
        if len(wrap(text, width, TYPE.note)) <= 2:
            return text
    return french.typography(f"Sources : {page}.")


def _closing(page: Page, draft: Draft, content: Leaflet, y: float) -> None:
    """Method, secrecy and sources in three small columns."""
    context = draft.context
    width = (UPRIGHT.inner - 12) / 3
    page.rule("cloture.filet", UPRIGHT.margin, y, UPRIGHT.inner, colour=HAIR)
    parts = (
        ("Méthode", content.method, "Suite\u00a0: atlas, p.\u00a03."),
        ("Secret statistique", content.secrecy, f"Suite\u00a0: atlas, p.\u00a0{context.pages}."),
        (
            "Sources",
            (f"{french.listing(list(content.sources))}.",) if content.sources else (),
            f"Liste complète et millésimes\u00a0: atlas, p.\u00a0{context.source_pages[0]}.",
        ),
    )
    for rank, (title, texts, more) in enumerate(parts):
        x = UPRIGHT.margin + rank * (width + 6)
        page.text(
            f"cloture.{rank + 1}.titre",
            title,
            x,
            y + 2,
            width,
            4.6,
            TYPE.small,
            bold=True,
            colour=NEUTRAL,
        )
        at, bottom = y + 7, BOTTOM - 4.5
        for line, text in enumerate(texts, 1):
            tall = height_of(text, width, TYPE.note)
            if at + tall > bottom:
                break
            page.text(
                f"cloture.{rank + 1}.{line}", text, x, at, width, tall, TYPE.note, colour=GREY
            )
            at += tall + 0.8
        page.text(f"cloture.{rank + 1}.suite", more, x, at, width, 3.6, TYPE.note, colour=NEUTRAL)


def _foot(page: Page, draft: Draft, number: int) -> None:
    y = UPRIGHT.height - 11
    page.rule("filet.pied", UPRIGHT.margin, y, UPRIGHT.inner, colour=HAIR)
    end = f" · Coodiag, {french.date(draft.context.date)}"
    text = on_one_line(draft.producer, UPRIGHT.inner - 20 - text_width(end, TYPE.note)) + end
    page.text(
        "texte.credit", text, UPRIGHT.margin, y + 1.2, UPRIGHT.inner - 20, 4, TYPE.note, colour=GREY
    )
    page.text(
        "texte.page", f"{number}/2", UPRIGHT.width - UPRIGHT.margin - 18, y + 1, 18, 5, TYPE.body,
        bold=True, colour=NEUTRAL, align=RIGHT,
    )  # fmt: skip
