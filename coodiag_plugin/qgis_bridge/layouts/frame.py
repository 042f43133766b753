"""What every page shares: chapter mark, title, footer, demonstration mark."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from qgis.core import QgsProject

from ...core import french
from ...core.house import House, current
from ...edition.context import ReportContext
from .fonts import line_height, wrap
from .images import Image, logo
from .items import CENTRE, MIDDLE, RIGHT, VARIABLE, Page, variable
from .theme import ALERT, GREY, HAIR, TYPE, Sheet

NEUTRAL = "#33505c"
DEMO_MARK = "DONNÉES FICTIVES"
#: Room of the logo at the foot of a page: width at most, height (mm).
_LOGO = (18.0, 8.0)


@dataclass(frozen=True)
class Draft:
    """What a page builder needs beside its own content; its project knows what all pages say."""

    project: QgsProject
    context: ReportContext
    sheet: Sheet
    crs: str
    house: House = field(default_factory=current)

    def __post_init__(self) -> None:
        _tell_project(self)

    @cached_property
    def logo(self) -> Image | None:
        return logo(self.house.logo) if self.house.logo else None

    @property
    def producer(self) -> str:
        """Who signs the documents."""
        return self.house.name or self.context.structure


def _tell_project(draft: Draft) -> None:
    """What all the pages say, as variables of the project: one change there changes every page.

    Those that a project already has, which may have been changed, stay.
    """
    context, held = draft.context, draft.project.customVariables()
    told = {
        "document": context.title,
        "objet": context.subtitle,
        "territoire": context.territory,
        "structure": context.structure,
        "producteur": draft.producer,
        "date": french.date(context.date),
        "version": context.version,
    }
    said = {VARIABLE.format(name): french.typography(text) for name, text in told.items()}
    draft.project.setCustomVariables({**said, **held})


def start_page(draft: Draft, name: str, colour: str = NEUTRAL) -> Page:
    """An empty page with the coloured band of its chapter and the demonstration mark."""
    page = Page(draft.project, name, draft.sheet)
    page.box("bandeau.chapitre", 0, 0, 4, draft.sheet.height, fill=colour, locked=True)
    if draft.context.demo:
        width = 42
        x = draft.sheet.width - draft.sheet.margin - width
        page.box(
            "marque.demonstration.cadre", x, 4.6, width, 5.6, outline=ALERT, line=0.4, locked=True
        )
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


def heading(
    page: Page,
    kicker: str,
    title: str,
    colour: str,
    subtitle: str = "",
    *,
    territory: str = "",
    widest: str = "",
) -> None:
    """Chapter name in its colour, title, subtitle: the top of a page (down to y = 29).

    ``territory`` follows the subtitle; ``widest`` measures a title that is an expression.
    """
    sheet = page.sheet
    room = sheet.inner - 46
    page.text(
        "texte.chapitre", kicker, sheet.margin, 7, room, 5, TYPE.small, bold=True, colour=colour,
        variable="chapitre",
    )  # fmt: skip
    page.text(
        "texte.titre", title, sheet.margin, 11.6, sheet.inner, 9.6, TYPE.title, bold=True,
        variable="titre", widest=widest,
    )  # fmt: skip
    printed = " – ".join(part for part in (subtitle, territory) if part)
    if not printed:
        return
    parts = [page.tell("sous_titre", french.typography(subtitle))] if subtitle else []
    parts += [variable("territoire")] if territory else []
    page.text(
        "texte.sous_titre", " – ".join(parts), sheet.margin, 21.4, sheet.inner, 5.4, TYPE.lead,
        colour=GREY, widest=printed,
    )  # fmt: skip


def sentence(page: Page, text: str, top: float) -> float:
    """The sentence that says what a page shows; returns the ``y`` below it."""
    sheet = page.sheet
    tall = len(wrap(text, sheet.inner, TYPE.lead)) * line_height(TYPE.lead) + 1
    page.text(
        "texte.lecture", text, sheet.margin, top, sheet.inner, tall, TYPE.lead, variable="lecture"
    )
    return top + tall


def footer(
    page: Page,
    draft: Draft,
    number: int,
    colour: str,
    source: str = "",
    left: float = 0,
    *,
    widest: str = "",
) -> None:
    """Sources on the left, producer and date, page number on the right; ``left`` of the rule.

    ``widest`` measures sources that are an expression.
    """
    sheet = page.sheet
    y = sheet.height - 15
    start = max(left, sheet.margin)
    page.rule("filet.pied", start, y, sheet.width - sheet.margin - start, colour=HAIR)
    if source:
        page.text(
            "texte.source", source, sheet.margin, y + 1.4, sheet.inner - 100, 11, TYPE.note,
            colour=GREY, variable="sources", widest=widest,
        )  # fmt: skip
    _credit(page, draft, y)
    if number:
        page.tell("page", str(number))
        page.text(
            "texte.page", variable("page"), sheet.width - sheet.margin - 10, y + 1.2, 10, 7,
            TYPE.heading, bold=True, colour=colour, align=RIGHT, widest="999",
        )  # fmt: skip


def _credit(page: Page, draft: Draft, y: float) -> None:
    """Who made the page, when, and where the licences are; the logo of the house beside it."""
    context, sheet = draft.context, page.sheet
    right, room = sheet.width - sheet.margin - 12, 86.0
    if draft.logo is not None:
        wide = min(_LOGO[1] * draft.logo.ratio, _LOGO[0])
        page.image("logo.pied", draft.logo, right - wide, y + 1.8, wide, _LOGO[1])
        right, room = right - wide - 2, room - wide - 2
    licences = f" · licences\u00a0: page {context.source_pages[0]}" if context.source_pages else ""
    printed = f"{draft.producer}\nCoodiag, {french.date(context.date)}{licences}"
    label = page.text(
        "texte.credit",
        f"{variable('producteur')}\nCoodiag, {variable('date')}{licences}",
        right - room, y + 1.4, room, 11, TYPE.note, colour=GREY, align=RIGHT, widest=printed,
    )  # fmt: skip
    if context.source_pages:
        page.link(label, context.source_pages[0])
