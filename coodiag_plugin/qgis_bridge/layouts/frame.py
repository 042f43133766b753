"""What every page shares: chapter mark, title, footer, demonstration mark."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsExpressionContextUtils, QgsProject

from ...core import french
from ...edition.context import ReportContext
from .items import CENTRE, MIDDLE, RIGHT, Page
from .theme import ALERT, GREY, HAIR, TYPE, Sheet

NEUTRAL = "#33505c"
DEMO_MARK = "DONNÉES FICTIVES"


@dataclass(frozen=True)
class Draft:
    """What a page builder needs beside its own content."""

    project: QgsProject
    context: ReportContext
    sheet: Sheet
    crs: str


def start_page(draft: Draft, name: str, colour: str = NEUTRAL) -> Page:
    """An empty page with the coloured band of its chapter and the demonstration mark."""
    page = Page(draft.project, name, draft.sheet)
    page.box("bandeau.chapitre", 0, 0, 4, draft.sheet.height, fill=colour)
    if draft.context.demo:
        width = 42
        x = draft.sheet.width - draft.sheet.margin - width
        page.box("marque.demonstration.cadre", x, 4.6, width, 5.6, outline=ALERT, line=0.4)
        page.text(
            "marque.demonstration",
            DEMO_MARK,
            x,
            4.6,
            width,
            5.6,
            8,
            bold=True,
            colour=ALERT,
            align=CENTRE,
            vertical=MIDDLE,
        )
    return page


def heading(page: Page, kicker: str, title: str, colour: str, subtitle: str = "") -> None:
    """Chapter name in its colour, title, subtitle: the top of a page (down to y = 29)."""
    sheet = page.sheet
    room = sheet.inner - 46
    page.text(
        "texte.chapitre", kicker, sheet.margin, 7, room, 5, TYPE.small, bold=True, colour=colour
    )
    page.text("texte.titre", title, sheet.margin, 11.6, sheet.inner, 9.6, TYPE.title, bold=True)
    if subtitle:
        page.text(
            "texte.sous_titre",
            subtitle,
            sheet.margin,
            21.4,
            sheet.inner,
            5.4,
            TYPE.lead,
            colour=GREY,
        )


def footer(
    page: Page, draft: Draft, number: int, colour: str, source: str = "", left: float = 0
) -> None:
    """Sources on the left, producer and date, page number on the right; ``left`` of the rule."""
    sheet, context = page.sheet, draft.context
    y = sheet.height - 15
    start = max(left, sheet.margin)
    page.rule("filet.pied", start, y, sheet.width - sheet.margin - start, colour=HAIR)
    if source:
        page.text(
            "texte.source",
            source,
            sheet.margin,
            y + 1.4,
            sheet.inner - 84,
            9,
            TYPE.note,
            colour=GREY,
        )
    credit = f"{context.structure}\nCoodiag, {french.date(context.date)}"
    page.text(
        "texte.credit",
        credit,
        sheet.width - sheet.margin - 82,
        y + 1.4,
        70,
        8,
        TYPE.note,
        colour=GREY,
        align=RIGHT,
    )
    if number:
        QgsExpressionContextUtils.setLayoutVariable(page.layout, "coodiag_page", str(number))
        page.text(
            "texte.page",
            "[% @coodiag_page %]",
            sheet.width - sheet.margin - 10,
            y + 1.2,
            10,
            7,
            TYPE.heading,
            bold=True,
            colour=colour,
            align=RIGHT,
            widest="999",
        )
