"""What is said before the maps: the synthesis of the diagnosis, the opening of each chapter."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsPrintLayout

from ...core import french
from ...edition.context import Block, Chapter, Figure, MapPage, SheetPage, in_order
from .fonts import line_height, text_width, wrap
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .items import MIDDLE, RIGHT, Page
from .theme import GREY, HAIR, TYPE, WHITE

#: Height (mm) that the findings of a chapter take at most.
FINDINGS = 62.0
#: Height (mm) of the list of the pages of a chapter.
LISTING = 24.0
#: The synthesis: its top, the column of the figures quoted, the white between two columns, and the
#: type sizes of its sentences, the largest first (mm, points).
SYNTHESIS_TOP, CITED, GAP = 30.0, 84.0, 8.0
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)


def synthesis(draft: Draft) -> QgsPrintLayout:
    """What the whole diagnosis says, on one page: the sentences, and the figures that they quote."""
    page = start_page(draft, "005 Synthèse")
    heading(page, "LA SYNTHÈSE", f"{draft.context.territory} en une page", NEUTRAL)
    told = [block for block in draft.context.synthesis if block.texts]
    cited = [figure for block in draft.context.synthesis for figure in block.figures]
    sheet = draft.sheet
    room = sheet.inner - (CITED + GAP if cited else 0)
    _in_columns(page, told, sheet.margin, (room - GAP) / 2, sheet.height - 20)
    if cited:
        _cited(page, cited, sheet.width - sheet.margin - CITED, sheet.height - 20)
    footer(page, draft, 5, NEUTRAL)
    return page.layout


def _in_columns(page: Page, blocks: Sequence[Block], x: float, width: float, bottom: float) -> None:
    """Titled paragraphs in two columns, at the largest type at which they hold."""
    size = next(
        (size for size in SIZES if len(_dealt(blocks, width, size, bottom)) <= 2), TYPE.note
    )
    for column, held in enumerate(_dealt(blocks, width, size, bottom)[:2]):
        left = x + column * (width + GAP)
        for rank, (block, top) in enumerate(held, 1):
            name = f"synthese.{column + 1}.{rank}"
            title = len(wrap(block.title, width, size, bold=True)) * line_height(size)
            page.text(
                f"{name}.titre",
                block.title,
                left,
                top,
                width,
                title,
                size,
                bold=True,
                colour=NEUTRAL,
            )
            y = top + title + 0.8
            for line, text in enumerate(block.texts, 1):
                tall = len(wrap(text, width, size)) * line_height(size) + 0.2
                page.text(f"{name}.{line}", text, left, y, width, tall, size)
                y += tall + 0.8


def _dealt(
    blocks: Sequence[Block], width: float, size: float, bottom: float
) -> list[list[tuple[Block, float]]]:
    """The blocks by column, each with its top."""
    columns: list[list[tuple[Block, float]]] = [[]]
    y = SYNTHESIS_TOP
    for block in blocks:
        tall = len(wrap(block.title, width, size, bold=True)) * line_height(size) + 0.8
        tall += sum(len(wrap(text, width, size)) * line_height(size) + 1.0 for text in block.texts)
        if y + tall > bottom and columns[-1]:
            columns.append([])
            y = SYNTHESIS_TOP
        columns[-1].append((block, y))
        y += tall + 4.0
    return columns


def _cited(page: Page, figures: Sequence[Figure], x: float, bottom: float) -> None:
    """The figures that the sentences quote, one under the other."""
    page.text(
        "synthese.chiffres.titre", "Les chiffres cités", x, SYNTHESIS_TOP, CITED, 6, TYPE.body,
        bold=True, colour=NEUTRAL,
    )  # fmt: skip
    y = SYNTHESIS_TOP + 7
    labels = [f"{figure.label}\n{figure.note}".strip() for figure in figures]
    least = [
        len(wrap(text, CITED - 27, TYPE.note)) * line_height(TYPE.note) + 0.3 for text in labels
    ]
    spare = max((bottom - y - sum(least)) / len(figures), 0.0)
    for rank, (figure, label, need) in enumerate(zip(figures, labels, least), 1):
        name = f"synthese.chiffre.{rank}"
        step = min(need + spare, max(need, 9.5))
        page.rule(f"{name}.filet", x, y, CITED, colour=HAIR, weight=0.1)
        page.text(
            f"{name}.libelle", label, x, y, CITED - 27, step, TYPE.small, vertical=MIDDLE, colour=GREY,
        )  # fmt: skip
        page.text(
            f"{name}.valeur", figure.text, x + CITED - 26, y, 26, step, TYPE.body,
            bold=True, align=RIGHT, vertical=MIDDLE,
        )  # fmt: skip
        y += step


def titled(chapter: Chapter) -> list[MapPage | SheetPage]:
    """The pages of a chapter that a reader looks for: not those that go on from the one before."""
    return [page for page in in_order(chapter) if not page.title.endswith(" (suite)")]


def chapter_opening(draft: Draft, chapter: Chapter) -> QgsPrintLayout:
    """The title of a chapter with its findings."""
    sheet = draft.sheet
    page = start_page(draft, f"{chapter.number:03d} Chapitre {chapter.index}", chapter.colour)
    panel = 92.0
    page.box("chapitre.fond", 0, 0, panel, sheet.height, fill=chapter.colour, locked=True)
    page.text("chapitre.numero", str(chapter.index), 16, 30, 60, 44, 84, bold=True, colour=WHITE)
    page.text(
        "texte.titre", chapter.title, 16, 80, panel - 26, 60, 26, bold=True, colour=WHITE,
        variable="titre",
    )  # fmt: skip
    x, width = panel + 22, sheet.width - panel - 22 - sheet.margin - 6
    if chapter.findings:
        page.text(
            "chapitre.constats",
            "CE QU’IL FAUT RETENIR",
            x,
            42,
            width,
            6,
            TYPE.body,
            bold=True,
            colour=chapter.colour,
        )
    y = 54.0 if chapter.findings else 42.0
    size = _finding_size(chapter, width - 12)
    for rank, finding in enumerate(chapter.findings, 1):
        height = len(wrap(finding, width - 12, size)) * line_height(size) + 1
        page.text(
            f"chapitre.constat.{rank}.numero",
            str(rank),
            x,
            y - 1.2,
            8,
            9,
            18,
            bold=True,
            colour=chapter.colour,
        )
        page.text(f"chapitre.constat.{rank}", finding, x + 12, y, width - 12, height, size)
        y += height + 8
    if chapter.words or chapter.analysis:
        _analysis(page, chapter, x, y + 2, width)
    _listing(page, titled(chapter), x, sheet.height - 48, width)
    footer(page, draft, chapter.number, chapter.colour, left=x)
    return page.layout


def _listing(
    page: Page, pages: Sequence[MapPage | SheetPage], x: float, y: float, width: float
) -> None:
    """The pages of the chapter one after the other, each leading to its page."""
    size, gap = TYPE.small, 3.0
    texts = [french.typography(f"{item.title} ({item.number})") for item in pages]
    while size > TYPE.note and _lines(texts, size, gap, width) * line_height(size) > LISTING:
        size -= 0.5
    left, tall = x, line_height(size)
    for rank, (item, text) in enumerate(zip(pages, texts), 1):
        wide = min(text_width(text, size) + 0.5, width)
        if left > x and left + wide > x + width:
            left, y = x, y + tall
        name = f"chapitre.page.{rank}"
        label = page.text(name, text, left, y, wide, tall, size, colour=GREY)
        page.link(label, item.number)
        left += wide + gap


def _lines(texts: Sequence[str], size: float, gap: float, width: float) -> int:
    """Lines that texts set one after the other take."""
    lines, used = 1, 0.0
    for text in texts:
        wide = min(text_width(text, size) + 0.5, width)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + gap
    return lines


def _finding_size(chapter: Chapter, width: float) -> float:
    """Type size of the findings: the largest that leaves room for what is written under them."""
    size = 13.0
    while size > TYPE.body:
        lines = sum(len(wrap(finding, width, size)) for finding in chapter.findings)
        if lines * line_height(size) + 9 * len(chapter.findings) <= FINDINGS:
            break
        size -= 0.5
    return size


def _analysis(page: Page, chapter: Chapter, x: float, y: float, width: float) -> None:
    """What the team wrote on the chapter, else the question asked and the place for the answer."""
    page.text(
        "chapitre.paroles.titre",
        "L’ANALYSE DE L’ÉQUIPE",
        x,
        y,
        width,
        6,
        TYPE.body,
        bold=True,
        colour=chapter.colour,
    )
    room = page.sheet.height - 52 - y - 7
    if chapter.analysis:
        page.text("chapitre.paroles", chapter.analysis, x, y + 7, width, room, TYPE.lead)
        return
    page.text("chapitre.paroles", chapter.words, x, y + 7, width, 9, TYPE.small, colour=GREY)
    page.box("chapitre.paroles.place", x, y + 17, width, room - 10, outline=HAIR)
