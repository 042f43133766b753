"""Glossary, sources, secrecy and credits."""

from __future__ import annotations

from qgis.core import QgsPrintLayout

from ...core.provenance import Provenance
from ...edition.context import Table, TableRow, Term
from ...edition.sources import COLUMNS, WIDTHS, printed_row
from .cards import table
from .fonts import line_height, wrap
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .theme import GREY, TYPE


def glossary(draft: Draft, number: int, terms: tuple[Term, ...]) -> QgsPrintLayout:
    """Definitions of the indicators printed in this atlas, in two columns."""
    sheet = draft.sheet
    page = start_page(draft, f"{number:03d} Glossaire")
    heading(page, "GLOSSAIRE", "Les mots et les indicateurs de cet atlas", NEUTRAL)
    column = (sheet.inner - 12) / 2
    size = _glossary_size(draft, terms, column)
    x, y = sheet.margin, 31.0
    for rank, term in enumerate(terms, 1):
        label, definition = (
            wrap(term.term, column, size, bold=True),
            wrap(term.definition, column, size),
        )
        height = (len(label) + len(definition)) * line_height(size) + 1.8
        if y + height > sheet.height - 18:
            x, y = x + column + 12, 31.0
        page.text(
            f"glossaire.{rank}.terme",
            term.term,
            x,
            y,
            column,
            len(label) * line_height(size),
            size,
            bold=True,
        )
        page.text(
            f"glossaire.{rank}.definition",
            term.definition,
            x,
            y + len(label) * line_height(size),
            column,
            len(definition) * line_height(size) + 0.4,
            size,
        )
        y += height
    footer(page, draft, number, NEUTRAL)
    return page.layout


def _glossary_size(draft: Draft, terms: tuple[Term, ...], column: float) -> float:
    """The largest type at which the whole glossary holds in its two columns."""
    room = 2 * (draft.sheet.height - 18 - 31) - 14
    size = TYPE.body
    while size > TYPE.note:
        needed = sum(
            (len(wrap(t.term, column, size, bold=True)) + len(wrap(t.definition, column, size)))
            * line_height(size)
            + 1.8
            for t in terms
        )
        if needed <= room:
            break
        size -= 0.5
    return size


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
    width = sheet.inner * 0.68
    y = 33.0
    for rank, text in enumerate(context.secrecy, 1):
        height = len(wrap(text, width, TYPE.lead)) * line_height(TYPE.lead) + 1
        page.text(f"secret.{rank}", text, sheet.margin, y, width, height, TYPE.lead)
        y += height + 2.5
    credit = (
        f"Réalisation : {context.structure}, avec Coodiag {context.version} pour QGIS. "
        "Police Coodiag Sans, tirée de Lato (licence SIL Open Font 1.1). Palettes ColorBrewer et Viridis."
    )
    page.text(
        "credits", credit, sheet.margin, sheet.height - 34, sheet.inner, 9, TYPE.small, colour=GREY
    )
    footer(page, draft, number, NEUTRAL)
    return page.layout
