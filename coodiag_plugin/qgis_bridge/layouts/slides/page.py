"""What every slide shares: chapter colour, message, source, number, logo, demonstration mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import QgsRectangle

from ....core import french
from ....edition.deck_slide import Slide
from ..fonts import line_height, wrap
from ..frame import DEMO_MARK, Draft
from ..items import CENTRE, MIDDLE, RIGHT, Page, variable
from ..theme import ALERT, GREY, HAIR, TYPE, WIDE

#: Width of the band of the chapter; top of the foot, bottom of the body (mm of the drawing).
BAND, FOOT, BOTTOM = 2.6, 86.0, 84.4
KICKER, TITLE, LINE = 4.2, 8.4, 3.8
#: Sizes of a message, in points: the largest, that of three lines, the least.
LARGE, DENSE, LEAST = 13.0, 11.0, 9.0
#: Part of a width that lines are measured in: QGIS may break a line a hair before.
SURE = 0.985
_MARK, _NUMBER = 32.0, 9.0
#: Room of the logo at the foot.
_LOGO = (16.0, 6.0)


@dataclass(frozen=True)
class Stage:
    """What a builder of slides needs beside its slide.

    ``extent`` frames the territory in the projection of ``draft``; ``last``: the first of the
    slides that list the sources (0: none).
    """

    draft: Draft
    extent: QgsRectangle
    last: int


def start(stage: Stage, slide: Slide) -> Page:
    """An empty slide with the band of its chapter."""
    page = Page(stage.draft.project, slide.name, WIDE)
    page.box("bandeau.chapitre", 0, 0, BAND, WIDE.height, fill=slide.colour, locked=True)
    return page


def demonstration(page: Page, stage: Stage, colour: str = ALERT) -> None:
    """The mark of invented data, at the top right."""
    if not stage.draft.context.demo:
        return
    x = WIDE.width - WIDE.margin - _MARK
    page.box(
        "marque.demonstration.cadre", x, 2.6, _MARK, 4.6, outline=colour, line=0.3, locked=True
    )
    page.text(
        "marque.demonstration", DEMO_MARK, x, 2.6, _MARK, 4.6, TYPE.note,
        bold=True, colour=colour, align=CENTRE, vertical=MIDDLE,
    )  # fmt: skip


def heading(page: Page, stage: Stage, slide: Slide) -> float:
    """Kicker, message and caption; returns the y of the body."""
    demonstration(page, stage)
    room = WIDE.inner - (_MARK + 4 if stage.draft.context.demo else 0)
    if slide.kicker:
        kicker = on_one_line(slide.kicker, room)
        page.text(
            "texte.chapitre", kicker, WIDE.margin, KICKER, room, LINE, TYPE.small,
            bold=True, colour=slide.colour, variable="chapitre",
        )  # fmt: skip
    title = french.typography(slide.title)
    size = message_size(title)
    tall = height(title, WIDE.inner, size, bold=True)
    page.text(
        "texte.titre", title, WIDE.margin, TITLE, WIDE.inner, tall, size, bold=True,
        variable="titre",
    )  # fmt: skip
    y = TITLE + tall + 0.4
    if slide.caption and slide.caption != slide.title:
        page.text(
            "texte.sous_titre", on_one_line(slide.caption, WIDE.inner, bold=False), WIDE.margin, y,
            WIDE.inner, LINE, TYPE.note, colour=GREY, variable="sous_titre",
        )  # fmt: skip
        y += LINE
    return y + 1.6


def message_size(title: str) -> float:
    """Type size of a message: the largest at which it stands on two lines, else on three."""
    size = LARGE
    while size > LEAST:
        if len(wrap(title, WIDE.inner * SURE, size, bold=True)) <= (2 if size > DENSE else 3):
            break
        size -= 0.5
    return size


def on_one_line(text: str, width: float, bold: bool = True, lines: int = 1) -> str:
    """The words of a text that hold on one line (or ``lines``) of the smallest type, « … » for the
    others."""
    text = french.typography(text)
    words = text.split(" ")
    shown = text
    while len(words) > 1 and len(wrap(shown, width * SURE, TYPE.note, bold=bold)) > lines:
        words.pop()
        shown = " ".join(words) + " …"
    return shown


def footer(page: Page, stage: Stage, slide: Slide) -> None:
    """Sources on the left, logo and number on the right."""
    right = WIDE.width - WIDE.margin
    page.rule("filet.pied", WIDE.margin, FOOT, WIDE.inner, colour=HAIR, weight=0.12)
    page.tell("page", str(slide.number))
    page.text(
        "texte.page", variable("page"), right - _NUMBER, FOOT + 1.0, _NUMBER, 6, 11,
        bold=True, colour=slide.colour, align=RIGHT, widest="999",
    )  # fmt: skip
    left = right - _NUMBER
    logo = stage.draft.logo
    if logo is not None:
        wide = min(_LOGO[1] * logo.ratio, _LOGO[0])
        left -= wide + 2
        page.image("logo.pied", logo, left, FOOT + 1.2, wide, _LOGO[1])
    room = left - WIDE.margin - 3
    text = source_line(slide.sources, room, stage.last) if slide.sources else stage.draft.producer
    page.text(
        "texte.source", text, WIDE.margin, FOOT + 1.0, room, 7.0, TYPE.note, colour=GREY,
        variable="sources",
    )  # fmt: skip


def source_line(sources: Sequence[str], width: float, last: int) -> str:
    """The sources that hold on two lines, whole; the others are counted, with the slide that has
    them all."""
    text = ""
    for count in range(len(sources), -1, -1):
        parts = list(sources[:count])
        if count < len(sources):
            others = french.plural(len(sources) - count, "autre source", "autres sources")
            parts.append(f"{others}, diapositive {last} et suivantes")
        text = french.typography(f"Sources : {' ; '.join(parts)}.")
        if len(wrap(text, width, TYPE.note)) <= 2:
            break
    return text


def note(page: Page, slide: Slide, y: float = BOTTOM - LINE) -> None:
    """What is not shown, and where it is."""
    if slide.note:
        page.text(
            "texte.note", slide.note, WIDE.margin, y, WIDE.inner, LINE, TYPE.note, colour=GREY
        )


def bottom_of(slide: Slide) -> float:
    """Where the body of a slide ends: over its note."""
    return BOTTOM - (LINE + 1.4 if slide.note else 0.0)


def paragraphs(
    page: Page,
    name: str,
    texts: Sequence[str],
    x: float,
    y: float,
    width: float,
    size: float,
    gap: float,
) -> float:
    """Paragraphs one under the other; returns the y below."""
    for rank, text in enumerate(texts, 1):
        tall = height(text, width, size)
        page.text(f"{name}.{rank}", text, x, y, width, tall, size)
        y += tall + gap
    return y


def height(text: str, width: float, size: float, bold: bool = False) -> float:
    """Height (mm) that a text takes at a size."""
    if not text:
        return 0.0
    lines = len(wrap(french.typography(text), width * SURE, size, bold=bold))
    return lines * line_height(size) + 0.2


def largest(
    texts: Sequence[str], width: float, room: float, gap: float, sizes: Sequence[float]
) -> float:
    """The first of ``sizes`` at which the paragraphs hold, else the last one."""
    for size in sizes:
        if sum(height(text, width, size) + gap for text in texts) - gap <= room:
            return size
    return sizes[-1]
