"""The slides that open: title, plan, key figures, synthesis, and the title of each chapter."""

from __future__ import annotations

from qgis.core import QgsPrintLayout

from ....edition.context import Figure
from ....edition.deck_slide import Said, Slide
from ..fonts import line_height
from ..frame import NEUTRAL
from ..items import MIDDLE, RIGHT, Page
from ..theme import GREY, HAIR, INK, PAPER_TINT, TYPE, WHITE, WIDE
from .page import (
    BOTTOM,
    LINE,
    Stage,
    bottom_of,
    demonstration,
    footer,
    heading,
    height,
    largest,
    note,
    on_one_line,
    paragraphs,
    start,
)

ACCENT, ON_DARK = "#d1603d", "#d7e2e6"
PANEL = 66.0
GAP = 2.5
#: Column of the texts of the synthesis, and of the figures that they quote.
SAID, CITED = 88.0, 59.0
FOUND = 90.0
_SIZES = (14.0, 13.0, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)


def title(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """The territory on a deep panel, its map beside it."""
    page, draft = start(stage, slide), stage.draft
    page.box("titre.fond", 0, 0, 78, WIDE.height, fill=NEUTRAL, locked=True)
    page.box("titre.filet", 78, 0, 1.2, WIDE.height, fill=ACCENT, locked=True)
    room = 62.0
    kicker = height(slide.kicker, room, TYPE.small, bold=True)
    page.text(
        "texte.chapitre", slide.kicker, WIDE.margin, 9, room, kicker, TYPE.small,
        bold=True, colour=ON_DARK, variable="chapitre",
    )  # fmt: skip
    page.text(
        "texte.titre", slide.title, WIDE.margin, 20, room, 31, 19, bold=True, colour=WHITE,
        variable="titre",
    )  # fmt: skip
    page.text(
        "texte.sous_titre", slide.caption, WIDE.margin, 53, room, 11, TYPE.body, colour=WHITE,
        variable="sous_titre",
    )  # fmt: skip
    page.rule("titre.trait", WIDE.margin, 66.5, 14, colour=ACCENT, weight=0.6)
    structure, date = slide.texts
    structure = on_one_line(structure, room, lines=2)
    page.text(
        "titre.structure", structure, WIDE.margin, 69, room, 8, TYPE.body, bold=True, colour=WHITE
    )
    page.text("titre.date", date, WIDE.margin, 78, room, LINE, TYPE.small, colour=ON_DARK)
    page.text(
        "titre.sources", "Sources et millésimes en fin de diaporama.", 85, WIDE.height - 7, 60, LINE,
        TYPE.note, colour=GREY,
    )  # fmt: skip
    page.text(
        "titre.credit", "Coodiag, diagnostic territorial", WIDE.margin, 84, room, LINE, TYPE.note,
        colour=ON_DARK,
    )  # fmt: skip
    page.map(
        "carte.titre", 85, 12, WIDE.width - 85 - 6, WIDE.height - 20, theme="couverture",
        extent=stage.extent, crs=draft.crs,
    )  # fmt: skip
    if draft.logo is not None:
        wide = min(12 * draft.logo.ratio, 30.0)
        page.image("logo.titre", draft.logo, WIDE.width - 6 - wide, WIDE.height - 16, wide, 12)
    demonstration(page, stage)
    page.tell("page", str(slide.number))
    return page.layout


def plan(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """The parts of the deck with the numbers of their slides, in two columns."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    y = paragraphs(page, "plan.question", slide.texts, WIDE.margin, y, WIDE.inner, 10, 2) + 1.5
    width, count = (WIDE.inner - 8) / 2, -(-len(slide.plan) // 2)
    step = min((BOTTOM - y) / max(count, 1), 7.4)
    for rank, (text, number, colour) in enumerate(slide.plan):
        column, row = divmod(rank, count)
        x, top = WIDE.margin + column * (width + 8), y + row * step
        if height(text, width - 11, TYPE.note, bold=True) > step - 0.4:
            text = on_one_line(text, width - 11)
        name = f"plan.{rank + 1}"
        page.text(
            name, text, x, top, width - 11, step - 0.4, 9, bold=True, colour=colour,
            vertical=MIDDLE,
        )  # fmt: skip
        page.text(
            f"{name}.page", str(number), x + width - 10, top, 10, step - 0.4, 9, bold=True,
            colour=colour, align=RIGHT, vertical=MIDDLE,
        )  # fmt: skip
        page.rule(f"{name}.filet", x, top + step - 0.3, width, colour=HAIR, weight=0.12)
    footer(page, stage, slide)
    return page.layout


def key_figures(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """Large figures in two rows at most, each with its references."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    grid(page, slide.figures, y, bottom_of(slide), slide.colour)
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def grid(
    page: Page, figures: tuple[Figure, ...], y: float, bottom: float, colour: str, most: int = 4
) -> None:
    """Cards over the whole width, in rows of like length."""
    rows = -(-len(figures) // most)
    columns = -(-len(figures) // rows)
    wide = (WIDE.inner - GAP * (columns - 1)) / columns
    tall = min((bottom - y - GAP * (rows - 1)) / rows, 34.0)
    for rank, figure in enumerate(figures):
        row, column = divmod(rank, columns)
        large(
            page, f"carte_cle.{rank + 1}", figure, WIDE.margin + column * (wide + GAP),
            y + row * (tall + GAP), wide, tall, colour,
        )  # fmt: skip


def large(
    page: Page,
    name: str,
    figure: Figure,
    x: float,
    y: float,
    width: float,
    tall: float,
    colour: str,
    most: float = 20.0,
) -> None:
    """A card whose figure is as large as its label and its references let it be."""
    page.box(f"{name}.fond", x, y, width, tall, fill=PAPER_TINT, locked=True)
    page.box(f"{name}.filet", x, y, 0.9, tall, fill=colour)
    room = width - 4.4
    label = height(figure.label, room, TYPE.note)
    lines = figure.note.split("\n") if figure.note else []
    least = line_height(10)
    while len(lines) > 1 and label + _notes(lines, room) + least + 3 > tall:
        lines.pop()
    while lines and label + _notes(lines, room) + least + 3 > tall and " " in lines[0]:
        shorter = _shorter(lines[0])
        if shorter == lines[0]:
            break
        # A note that is no reference says nothing once it is cut (« des … »): it is in the atlas.
        lines = [shorter] if "\u00a0: " in shorter else []
    notes = _notes(lines, room)
    page.text(
        f"{name}.libelle", figure.label, x + 2.6, y + 1.2, room, label, TYPE.note, colour=GREY
    )
    top = y + 1.4 + label
    page.text(
        f"{name}.valeur", figure.text, x + 2.6, top, room, y + tall - notes - 1.2 - top, most,
        bold=True, colour=INK, vertical=MIDDLE, least=8,
    )  # fmt: skip
    if lines:
        page.text(
            f"{name}.note", "\n".join(lines), x + 2.6, y + tall - notes - 0.8, room, notes,
            TYPE.note, colour=GREY,
        )  # fmt: skip


def _shorter(reference: str) -> str:
    """A reference whose name loses its last word: « Communauté d’agglomération … : 12 % »."""
    name, colon, figure = reference.rpartition("\u00a0: ")
    words = [word for word in (name or figure).split(" ") if word != "…"]
    if len(words) < 2:
        return reference
    return f"{' '.join(words[:-1])} …{colon}{figure if name else ''}"


def _notes(lines: list[str], room: float) -> float:
    return height("\n".join(lines), room, TYPE.note) if lines else 0.0


def synthesis(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """What was found, in large type, and the figures that it quotes beside it."""
    page = start(stage, slide)
    y = heading(page, stage, slide)
    bottom = bottom_of(slide)
    cited = any(said.figures for said in slide.said)
    width = SAID if cited else WIDE.inner
    size = next(
        (size for size in _SIZES if y + _told(slide.said, width, size) <= bottom), _SIZES[-1]
    )
    spare = bottom - y - _told(slide.said, width, size)
    gap = min(spare / max(len(slide.said), 1), 4.0)
    for rank, said in enumerate(slide.said, 1):
        y = _say(page, f"synthese.{rank}", said, y, width, size, slide.colour) + gap
    note(page, slide)
    footer(page, stage, slide)
    return page.layout


def _told(said: tuple[Said, ...], width: float, size: float) -> float:
    return sum(max(_texts(item, width, size), _figures(item)) + 3.0 for item in said) - 3.0


def _texts(said: Said, width: float, size: float) -> float:
    title = height(said.title, width, TYPE.small, bold=True)
    return title + sum(height(text, width, size) + 1.6 for text in said.texts)


def _figures(said: Said) -> float:
    return sum(_figure_height(figure) for figure in said.figures)


def _figure_height(figure: Figure) -> float:
    label = f"{figure.label}\n{figure.note}".strip()
    return max(height(label, CITED - 24, TYPE.note), line_height(12)) + 1.4


def _say(
    page: Page, name: str, said: Said, y: float, width: float, size: float, colour: str
) -> float:
    """A paragraph and its figures; returns the y below them."""
    top = y
    if said.title:
        tall = height(said.title, width, TYPE.small, bold=True)
        page.text(
            f"{name}.titre", said.title, WIDE.margin, y, width, tall, TYPE.small, bold=True,
            colour=colour,
        )  # fmt: skip
        y += tall
    y = paragraphs(page, f"{name}.texte", said.texts, WIDE.margin, y, width, size, 1.6)
    x = WIDE.width - WIDE.margin - CITED
    under = top
    for rank, figure in enumerate(said.figures, 1):
        label = f"{figure.label}\n{figure.note}".strip()
        tall = _figure_height(figure)
        page.rule(f"{name}.chiffre.{rank}.filet", x, under, CITED, colour=HAIR, weight=0.12)
        page.text(
            f"{name}.chiffre.{rank}", figure.text, x, under + 0.4, 22, tall - 0.6, 12, bold=True,
            vertical=MIDDLE, least=8,
        )  # fmt: skip
        page.text(
            f"{name}.chiffre.{rank}.libelle", label, x + 24, under + 0.4, CITED - 24, tall - 0.6,
            TYPE.note, colour=GREY, vertical=MIDDLE,
        )  # fmt: skip
        under += tall
    return max(y, under) + 1.4


def divider(stage: Stage, slide: Slide) -> QgsPrintLayout:
    """The number and the title of a chapter on its colour, its findings in large type."""
    page = start(stage, slide)
    page.box("chapitre.fond", 0, 0, PANEL, WIDE.height, fill=slide.colour, locked=True)
    page.text(
        "chapitre.numero",
        str(slide.index or "…"),
        WIDE.margin,
        10,
        40,
        26,
        52,
        bold=True,
        colour=WHITE,
    )
    page.text(
        "texte.titre", slide.title, WIDE.margin, 38, PANEL - 14, 40, 17, bold=True, colour=WHITE,
        variable="titre", least=9,
    )  # fmt: skip
    demonstration(page, stage)
    x = WIDE.width - WIDE.margin - FOUND
    if slide.texts:
        size = largest(slide.texts, FOUND - 8, BOTTOM - 20, 5.0, _SIZES)
        y = 18.0
        page.text(
            "chapitre.constats", "CE QU’IL FAUT RETENIR" if slide.index else "POUR LES QUESTIONS", x, 11, FOUND, LINE, TYPE.note,
            bold=True, colour=slide.colour,
        )  # fmt: skip
        for rank, text in enumerate(slide.texts, 1):
            tall = height(text, FOUND - 8, size)
            page.text(
                f"chapitre.constat.{rank}.numero", str(rank), x, y - 0.9, 7, 7, 13, bold=True,
                colour=slide.colour,
            )  # fmt: skip
            page.text(f"chapitre.constat.{rank}", text, x + 8, y, FOUND - 8, tall, size)
            y += tall + 5.0
    page.tell("page", str(slide.number))
    page.text(
        "texte.page", "[% @coodiag_page %]", WIDE.width - WIDE.margin - 9, 87, 9, 6, 11,
        bold=True, colour=slide.colour, align=RIGHT, widest="999",
    )  # fmt: skip
    return page.layout
