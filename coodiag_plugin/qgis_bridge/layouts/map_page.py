"""A thematic map: question, map, legend, figures, source."""

from __future__ import annotations

from qgis.core import QgsLayoutItemMap, QgsPrintLayout, QgsRectangle

from ...core import french
from ...edition import charts
from ...edition.context import Chapter, MapPage
from .cards import cards
from .fonts import line_height, wrap
from .frame import Draft, footer, heading, sentence, start_page
from .items import BOTTOM, Page
from .legend import draw_legend
from .sheet_page import draw_chart
from .theme import GREY, HAIR, TYPE

SIDE = 78.0  # width of the right column
TOP = 28.5
#: Width and height of the locator, and the part of them to which a long legend shrinks it.
LOCATOR, LEAST_LOCATOR = (30.0, 27.0), 0.55
#: How much a chart beside the map may shrink; it is left out where even so it does not hold.
LEAST_CHART = 0.62


def map_page(
    draft: Draft, chapter: Chapter, content: MapPage, extent: QgsRectangle, locator: QgsRectangle
) -> QgsPrintLayout:
    """Build the layout of one map page; ``extent`` frames the territory in the map's CRS."""
    sheet = draft.sheet
    page = start_page(draft, f"{content.number:03d} {content.title}", chapter.colour)
    heading(
        page,
        f"{chapter.index}. {chapter.title}".upper(),
        content.title,
        chapter.colour,
        content.subtitle,
        territory=draft.context.territory,
    )
    top = sentence(page, content.sentence, TOP) + 2
    bottom = sheet.height - 18
    map_width = sheet.inner - SIDE - 6
    main = page.map(
        "carte.principale",
        sheet.margin,
        top,
        map_width,
        bottom - top,
        theme=content.theme,
        extent=extent,
        crs=draft.crs,
        frame=HAIR,
    )
    page.scale_bar("echelle", main, sheet.margin + 2, bottom - 1.5)
    _side(page, draft, chapter, content, main, locator, top, bottom)
    footer(
        page,
        draft,
        content.number,
        chapter.colour,
        "Sources : " + " ; ".join(content.sources) + ".",
    )
    return page.layout


def _side(
    page: Page,
    draft: Draft,
    chapter: Chapter,
    content: MapPage,
    main: QgsLayoutItemMap,
    locator: QgsRectangle,
    top: float,
    bottom: float,
) -> None:
    """Right column: cards, legend, chart, locator, and the method where there is room for it."""
    x = draft.sheet.width - draft.sheet.margin - SIDE
    y = cards(page, content.figures, x, top, SIDE, 2, chapter.colour)
    ceiling = bottom - LOCATOR[1] - 3
    y = draw_legend(page, content.design, main, x, y + (2 if content.figures else 0), SIDE, ceiling)
    method = "\n".join(part for part in (content.method, content.design.method) if part)
    method = french.typography(method)  # measured as it is printed
    scale = max(min((bottom - y - 3) / LOCATOR[1], 1.0), LEAST_LOCATOR)
    wide, tall = LOCATOR[0] * scale, LOCATOR[1] * scale
    beside = SIDE - wide - 4
    if _height(method, beside) <= tall:
        _chart(page, content, x, y + 3, ceiling, chapter.colour)
        _locator(page, draft, locator, x, bottom, wide, tall)
        _method(page, method, x + wide + 4, bottom - tall, beside, tall)
    elif _height(method, SIDE) <= ceiling - y - 2:
        y = _chart(page, content, x, y + 3, ceiling - _height(method, SIDE) - 2, chapter.colour)
        _locator(page, draft, locator, x, bottom, wide, tall)
        _method(page, method, x, y + 2, SIDE, ceiling - y - 2)
    else:
        _method(page, method, x, y + 2, SIDE, bottom - y - 2)


def _chart(page: Page, content: MapPage, x: float, y: float, ceiling: float, colour: str) -> float:
    """The chart of the page where it holds above ``ceiling``; returns the ``y`` below it."""
    if content.chart is None:
        return y
    title = len(wrap(content.chart.title, SIDE, TYPE.small, bold=True)) * line_height(TYPE.small)
    room = ceiling - y - title - 1
    height = charts.height_of(content.chart, SIDE)
    if room < height * LEAST_CHART:
        return y
    height = min(height, room)
    page.text(
        "graphique.titre", content.chart.title, x, y, SIDE, title + 0.6, TYPE.small, bold=True
    )
    draw_chart(page, "graphique", content.chart, x, y + title + 1, SIDE, height, colour)
    return y + title + 1 + height


def _height(text: str, width: float) -> float:
    return len(wrap(text, width, TYPE.note)) * line_height(TYPE.note) if text else 0.0


def _method(page: Page, text: str, x: float, y: float, width: float, height: float) -> None:
    if text:
        page.text(
            "texte.methode",
            text,
            x,
            y,
            width,
            height,
            TYPE.note,
            colour=GREY,
            vertical=BOTTOM,
            variable="methode",
        )


def _locator(
    page: Page,
    draft: Draft,
    extent: QgsRectangle,
    x: float,
    bottom: float,
    width: float,
    height: float,
) -> None:
    page.map(
        "carte.situation",
        x,
        bottom - height,
        width,
        height,
        theme="situation",
        extent=extent,
        crs=draft.crs,
        frame=HAIR,
    )
