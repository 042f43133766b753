"""Glossary, sources, secrecy and credits."""

from __future__ import annotations

from qgis.core import QgsPrintLayout

from ...core import french
from ...core.house import DEFAULT
from ...core.provenance import Provenance
from ...edition.context import Table, TableRow, Term
from ...edition.notices import COLUMN_ROOM, COLUMN_WIDTH, UNDER_TERM
from ...edition.sources import COLUMNS, WIDTHS, filled, printed_row
from .cards import table
from .fonts import line_height, wrap
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .items import Page, variable
from .slides.page import SURE
from .theme import GREY, TYPE

_TYPE = "Police Coodiag Sans, tirée de Lato (licence SIL Open Font 1.1). "
_PALETTES = "Palettes ColorBrewer et Viridis."


def glossary(draft: Draft, number: int, terms: tuple[Term, ...]) -> QgsPrintLayout:
    """Definitions of the indicators printed in this atlas, in two columns."""
    sheet = draft.sheet
    page = start_page(draft, f"{number:03d} Glossaire")
    heading(page, "GLOSSAIRE", "Les mots et les indicateurs de cet atlas", NEUTRAL)
    width = COLUMN_WIDTH
    size = TYPE.body
    while size > TYPE.note and len(_columns(terms, size)) > 2:
        size -= 0.5
    rank = 0
    for at, held in enumerate(_columns(terms, size)):
        x, y = sheet.margin + at * (width + 12), 31.0
        for term in held:
            rank += 1
            name, label = f"glossaire.{rank}", _tall(term.term, size, bold=True)
            page.text(f"{name}.terme", term.term, x, y, width, label, size, bold=True)
            below = _tall(term.definition, size)
            page.text(f"{name}.definition", term.definition, x, y + label, width, below + 0.4, size)
            y += label + below + UNDER_TERM
    footer(page, draft, number, NEUTRAL)
    return page.layout


def _columns(terms: tuple[Term, ...], size: float) -> list[list[Term]]:
    """The terms by column at that size, one after the other."""
    heights = [
        _tall(term.term, size, bold=True) + _tall(term.definition, size) + UNDER_TERM
        for term in terms
    ]
    return [[terms[rank] for rank in ranks] for ranks in filled(heights, COLUMN_ROOM)]


def _tall(text: str, size: float, bold: bool = False) -> float:
    """The room of a text as it is printed: QGIS may break a line that is all but full."""
    printed = french.typography(text)
    return len(wrap(printed, COLUMN_WIDTH * SURE, size, bold=bold)) * line_height(size)


def sources(draft: Draft, number: int, items: tuple[Provenance, ...]) -> QgsPrintLayout:
    """Every source with its vintage, geography, service or file, date, licence and credit."""
    sheet = draft.sheet
    page = start_page(draft, f"{number:03d} Sources")
    heading(page, "SOURCES", "Sources et millésimes", NEUTRAL)
    rows = tuple(TableRow(cells[0], cells[1:]) for cells in (printed_row(item) for item in items))
    content = Table(COLUMNS, rows)
    table(
        page,
        "sources",
        content,
        sheet.margin,
        31,
        WIDTHS,
        size=TYPE.note,
        row_height=5.2,
        texts=[True] * len(WIDTHS),
    )
    footer(page, draft, number, NEUTRAL)
    return page.layout


def secrecy(draft: Draft, number: int) -> QgsPrintLayout:
    """What is hidden and why, and who made the atlas with what."""
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, f"{number:03d} Secret et crédits")
    heading(page, "SECRET STATISTIQUE ET CRÉDITS", "Ce que cet atlas ne montre pas", NEUTRAL)
    width = sheet.inner * 0.62
    y = 33.0
    for rank, text in enumerate(context.secrecy, 1):
        height = len(wrap(text, width, TYPE.lead)) * line_height(TYPE.lead) + 1
        page.text(f"secret.{rank}", text, sheet.margin, y, width, height, TYPE.lead)
        y += height + 2.5
    x = sheet.margin + width + 14
    _licences(page, draft, x, sheet.width - sheet.margin - x)
    credit = "Réalisation\u00a0: {producer}, avec Coodiag {version} pour QGIS. "
    credit += (_TYPE if draft.house.family == DEFAULT.family else "") + _PALETTES
    printed = credit.format(producer=draft.producer, version=context.version)
    page.text(
        "credits",
        credit.format(producer=variable("producteur"), version=variable("version")),
        sheet.margin, sheet.height - 34, sheet.inner, 9, TYPE.small, colour=GREY, widest=printed,
    )  # fmt: skip
    footer(page, draft, number, NEUTRAL)
    return page.layout


def _licences(page: Page, draft: Draft, x: float, width: float) -> None:
    """Who produced the data, licence by licence; the pages of the sources tell more."""
    held: dict[str, list[str]] = {}
    for item in draft.context.sources:
        producers = held.setdefault(item.licence or "Licence non indiquée", [])
        for name in item.producer.split(", ") if item.producer else ():
            if name not in producers:
                producers.append(name)
    if not held:
        return
    page.text("licences.titre", "Licences des données", x, 33, width, 7, TYPE.lead, bold=True)
    y, bottom = 41.0, page.sheet.height - 38
    for rank, (licence, producers) in enumerate(held.items(), 1):
        text = french.typography(french.listing(producers) or "Producteur non indiqué")
        tall = _lines(licence, width, bold=True) + _lines(text, width) + 1
        if y + tall > bottom:
            page.text(f"licences.{rank}", "…", x, y, width, 5, TYPE.small, colour=GREY)
            return
        name = f"licences.{rank}"
        head = _lines(licence, width, bold=True)
        page.text(name, licence, x, y, width, head, TYPE.small, bold=True)
        page.text(f"{name}.producteurs", text, x, y + head, width, tall - head, TYPE.small)
        y += tall + 2


def _lines(text: str, width: float, bold: bool = False) -> float:
    return len(wrap(text, width, TYPE.small, bold=bold)) * line_height(TYPE.small)
