"""Cover, contents, reading guide and data quality, key figures, chapter openings."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qgis.core import QgsLayoutItemPicture, QgsPrintLayout, QgsRectangle

from ...core import french
from ...edition.context import (
    ReportContext,
    Table,
    TableRow,
)
from ...edition.flow import widths
from ...edition.notices import by_reason
from .cards import table
from .fonts import line_height, wrap
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .images import photograph
from .items import RIGHT, Page, variable
from .opening import titled
from .theme import GREY, HAIR, INK, TYPE, WHITE

#: Width of the panel of the cover, height of its logo and of its photo at most (mm).
PANEL, LOGO, PHOTO = 118.0, 18.0, 66.0
ACCENT, PALE_BLUE = "#d1603d", "#d7e2e6"
ENTRY, ENTRY_STRONG, ENTRY_GAP = 5.8, 6.6, 3.4  # heights of the lines of the contents
_Entries = list[tuple[str, int, str, bool]]  # text, page, colour, whether it opens a part


def cover(draft: Draft, extent: QgsRectangle) -> QgsPrintLayout:
    """Title on a deep panel, the territory drawn beside it, over the photo of the house if any."""
    sheet = draft.sheet
    page = start_page(draft, "001 Couverture")
    page.box("couverture.fond", 0, 0, PANEL, sheet.height, fill=NEUTRAL, locked=True)
    page.box("couverture.filet", PANEL, 0, 2, sheet.height, fill=ACCENT, locked=True)
    _panel(page, draft)
    left, bottom = PANEL + 2, sheet.height
    if draft.house.photo is not None:
        bottom -= PHOTO
        wide = sheet.width - left
        image = photograph(draft.house.photo, wide * sheet.scale, PHOTO * sheet.scale)
        item = page.image("couverture.photo", image, left, bottom, wide, PHOTO)
        item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Stretch)  # cut to this very shape
        bottom += 4
    page.map(
        "carte.couverture",
        left + 8,
        18,
        sheet.width - left - 16,
        bottom - 30,
        theme="couverture",
        extent=extent,
        crs=draft.crs,
    )
    return page.layout


def _panel(page: Page, draft: Draft) -> None:
    """What the atlas is about, whom it is for, who made it and when."""
    context, top = draft.context, 24.0
    room, x = PANEL - 30, 16.0
    if draft.logo is not None:
        # White under the logo, whatever colours it was made for.
        wide = min(LOGO * draft.logo.ratio, room - 8)
        tall = min(LOGO, wide / draft.logo.ratio)
        page.box("couverture.logo.fond", x, 14, wide + 8, tall + 6, fill=WHITE, locked=True)
        page.image("couverture.logo", draft.logo, x + 4, 17, wide, tall)
        top = 14 + tall + 6 + 8
    page.text(
        "couverture.collection", "[% upper(@coodiag_document) %]", x, top, room, 12, TYPE.body,
        bold=True, colour=PALE_BLUE, widest=french.typography(context.title).upper(),
    )  # fmt: skip
    page.text(
        "texte.titre", variable("territoire"), x, top + 18, room, 106 - (top + 18), TYPE.cover,
        bold=True, colour=WHITE, widest=context.territory,
    )  # fmt: skip
    page.text(
        "couverture.sous_titre", variable("objet"), x, 110, room, 24, TYPE.heading, colour=WHITE,
        widest=context.subtitle,
    )  # fmt: skip
    page.rule("couverture.trait", x, 140, 26, colour=ACCENT, weight=0.8)
    page.text(
        "couverture.structure", variable("structure"), x, 146, room, 16, TYPE.heading, bold=True,
        colour=WHITE, widest=context.structure,
    )  # fmt: skip
    printed = f"Atlas produit le {french.date(context.date)}"
    told = f"Atlas produit le {variable('date')}"
    if draft.producer != context.structure:
        printed, told = f"{printed}\npar {draft.producer}", f"{told}\npar {variable('producteur')}"
    page.text(
        "couverture.date", told, x, 164, room, 16, TYPE.body, colour=PALE_BLUE, widest=printed
    )
    page.text(
        "couverture.credit",
        "Coodiag, diagnostic territorial · sources et millésimes en fin d’atlas",
        x, 190, room, 9, TYPE.note, colour=PALE_BLUE,
    )  # fmt: skip


def contents(draft: Draft) -> QgsPrintLayout:
    """Contents with page numbers, chapters in their colour, in two columns."""
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, "002 Sommaire")
    heading(page, "SOMMAIRE", "Ce que contient cet atlas", NEUTRAL)
    entries: list[tuple[str, int, str, bool]] = [
        ("Comment lire cet atlas", 3, NEUTRAL, True),
        ("Les chiffres clés", 4, NEUTRAL, True),
        ("La synthèse", 5, NEUTRAL, True),
    ]
    for chapter in context.chapters:
        entries.append((f"{chapter.index}. {chapter.title}", chapter.number, chapter.colour, True))
        entries += [(item.title, item.number, INK, False) for item in titled(chapter)]
    if context.communes:
        entries.append(("Les communes, page par page", context.commune_first, NEUTRAL, True))
    last = context.pages
    entries += [
        ("Glossaire", context.glossary_pages[0], NEUTRAL, True),
        ("Sources et millésimes", context.source_pages[0], NEUTRAL, True),
        ("Secret statistique, données et crédits", last, NEUTRAL, True),
    ]
    _entries(page, entries, sheet.margin, 32, (sheet.inner - 14) / 2, sheet.height - 20)
    footer(page, draft, 2, NEUTRAL)
    return page.layout


def _entries(
    page: Page,
    entries: list[tuple[str, int, str, bool]],
    x: float,
    top: float,
    width: float,
    bottom: float,
) -> None:
    """Two columns of like height, filled by whole chapters; a long contents tightens its lines."""
    blocks: list[_Entries] = []
    for entry in entries:
        if entry[3]:
            blocks.append([])
        blocks[-1].append(entry)
    tight, cut = _fitting(blocks, bottom - top)
    y, rank = top, 0
    for at, block in enumerate(blocks):
        if at == cut:
            x, y = x + width + 14, top
        for text, number, colour, strong in block:
            rank += 1
            size = TYPE.lead if strong else TYPE.body
            size = max(size * min(1.0, tight * 1.25), TYPE.note)
            left = x if strong else x + 5
            title = page.text(
                f"sommaire.{rank}", text, left, y, width - 15, 6, size, bold=strong, colour=colour
            )
            page.link(title, number)
            figure = page.text(
                f"sommaire.{rank}.page",
                str(number),
                x + width - 10,
                y,
                10,
                6,
                size,
                bold=strong,
                colour=colour,
                align=RIGHT,
            )
            page.link(figure, number)
            if strong:
                page.rule(
                    f"sommaire.{rank}.filet",
                    x,
                    y + min(5.4, ENTRY_STRONG * tight - 0.4),
                    width,
                    colour=HAIR,
                )
            y += (ENTRY_STRONG if strong else ENTRY) * tight
        y += ENTRY_GAP * tight


def _fitting(blocks: Sequence[_Entries], room: float) -> tuple[float, int]:
    """How much the lines are tightened so that both columns hold, and where the second one begins."""
    heights = [_block_height(block) for block in blocks]
    cut = min(range(1, len(heights) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    tallest = max(sum(heights[:cut]), sum(heights[cut:])) - ENTRY_GAP
    return min(1.0, room / tallest), cut


def _block_height(block: _Entries) -> float:
    return sum(ENTRY_STRONG if entry[3] else ENTRY for entry in block) + ENTRY_GAP


#: What the table of the files must satisfy, in words.
_RECONCILED = "Lignes lues = écartées (doublons compris) + localisées à l’adresse + à la voie + au lieu-dit + à la commune + échecs."
#: Room (mm) that a title, one line under it and the foot of the page take.
_LEAST_LIST = 44.0


def reading_guide(draft: Draft) -> QgsPrintLayout:
    """How to read, what was located, what is missing."""
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, "003 Comment lire cet atlas")
    heading(page, "MODE D’EMPLOI ET QUALITÉ DES DONNÉES", "Comment lire cet atlas", NEUTRAL)
    column = (sheet.inner - 12) / 2
    y = _paragraphs(page, "guide", context.intro, sheet.margin, 32, column, TYPE.lead)
    if context.method:
        _heading(page, "guide.methode", "Méthode et seuils", sheet.margin, y + 2, column)
    held = _holding(context.method, column, sheet.height - 24 - (y + 10))
    _paragraphs(page, "methode", context.method[:held], sheet.margin, y + 10, column)
    x = sheet.margin + column + 12
    y, notes = 30.0, context.notes
    if context.quality:
        title = "Ce que sont devenues les lignes des fichiers"
        _heading(page, "qualite.titre", title, x, 32, column)
        told = _quality_table(draft)
        y = table(page, "qualite", told, x, 40, widths(told, column), row_height=7.5)
        notes = (_RECONCILED, *notes)
    y = _paragraphs(page, "note", notes, x, y + 2, column, TYPE.small)
    for name, title, items in (
        ("absentes", "Pages absentes, faute de données", context.skipped),
        ("echecs", "Chiffres non reçus (« … » dans les tableaux)", context.failures),
    ):
        if items and y + _LEAST_LIST < sheet.height:
            _heading(page, f"{name}.titre", title, x, y + 2, column)
            y = _paragraphs(
                page, name, by_reason(items), x, y + 10, column, TYPE.small, sheet.height - 24
            )
    rest = context.method[held:]
    if rest and y + _LEAST_LIST < sheet.height:
        _heading(page, "guide.methode.suite", "Méthode et seuils (suite)", x, y + 2, column)
        _paragraphs(page, "methode.suite", rest, x, y + 10, column, TYPE.small, sheet.height - 24)
    footer(page, draft, 3, NEUTRAL)
    return page.layout


def _holding(texts: tuple[str, ...], width: float, room: float) -> int:
    """How many paragraphs hold in a column."""
    used = 0.0
    for rank, text in enumerate(texts):
        used += len(wrap(text, width, TYPE.body)) * line_height(TYPE.body) + 2.1
        if used > room:
            return rank
    return len(texts)


def _quality_table(draft: Draft) -> Table:
    rows = tuple(
        TableRow(
            item.file,
            tuple(
                french.number(count)
                for count in (
                    item.read,
                    item.refused,
                    item.address,
                    item.street,
                    item.place,
                    item.town,
                    item.failed,
                )
            ),
        )
        for item in draft.context.quality
    )
    return Table(
        (
            "Fichier",
            "Lues",
            "Écartées",
            "Adresse",
            "Voie",
            "Lieu-dit",
            "Commune",
            "Échec",
        ),
        rows,
    )


def _heading(page: Page, name: str, text: str, x: float, y: float, width: float) -> None:
    page.text(name, text, x, y, width, 7, TYPE.heading, bold=True, colour=NEUTRAL)


def _paragraphs(
    page: Page,
    name: str,
    texts: tuple[str, ...],
    x: float,
    y: float,
    width: float,
    size: float = TYPE.body,
    bottom: float = math.inf,
) -> float:
    """Paragraphs from ``y`` down; what would pass ``bottom`` is left to the journal."""
    for rank, text in enumerate(texts, 1):
        height = len(wrap(text, width, size)) * line_height(size) + 0.5
        if y + height > bottom - line_height(size):
            text, height = "La suite est dans le journal.", line_height(size) + 0.5
            page.text(f"{name}.{rank}", text, x, y, width, height, size)
            return y + height + 1.6
        page.text(f"{name}.{rank}", text, x, y, width, height, size)
        y += height + 1.6
    return y


def key_figures(draft: Draft) -> QgsPrintLayout:
    """The territory against its references."""
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, "004 Chiffres clés")
    heading(
        page, "LES CHIFFRES CLÉS", f"{context.territory} et ses territoires de comparaison", NEUTRAL
    )
    first = 96.0
    count = len(context.key_table.columns) - 1
    y = table(
        page,
        "chiffres",
        context.key_table,
        sheet.margin,
        34,
        (first, *[(sheet.inner - first) / count] * count),
        size=TYPE.lead,
        row_height=11.5,
        colour=NEUTRAL,
    )
    note = page.text(
        "chiffres.note",
        "s : secret statistique · … : non disponible · /// : sans objet · n.s. : non significatif. "
        + _failed_note(context)
        + "Les ratios d’un groupe de communes sont des rapports de sommes ; les médianes sont celles que l’Insee publie.",
        sheet.margin,
        y + 3,
        sheet.inner,
        9,
        TYPE.small,
        colour=GREY,
    )
    if context.failures:
        page.link(note, 3)
    footer(page, draft, 4, NEUTRAL)
    return page.layout


def _failed_note(context: ReportContext) -> str:
    """Which figures of the atlas a service should have given, for the reader of a « … »."""
    if not context.failures:
        return ""
    labels = french.listing([f"« {item.title} »" for item in context.failures])
    return f"Non reçu, voir la page 3 : {labels}. "
