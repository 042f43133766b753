"""The slides of the plenary restitution: one editable 16:9 layout per slide, exported as one PDF."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsPrintLayout, QgsProject, QgsRectangle

from ....core.house import House
from ....edition.context import ReportContext
from ....edition.deck import deck
from ....edition.deck_slide import Slide
from ..frame import Draft
from ..theme import WIDE
from . import content, opening
from .map_slide import map_slide
from .page import Stage

_BUILDERS: dict[str, Callable[[Stage, Slide], QgsPrintLayout]] = {
    "title": opening.title,
    "plan": opening.plan,
    "figures": opening.key_figures,
    "synthesis": opening.synthesis,
    "divider": opening.divider,
    "map": map_slide,
    "chart": content.chart,
    "table": content.table,
    "cards": content.cards,
    "actions": content.actions,
    "words": content.words,
    "lines": content.lines,
    "sources": content.sources,
}


def make_slides(
    project: QgsProject,
    context: ReportContext,
    *,
    crs: str,
    extent: QgsRectangle,
    around: QgsRectangle,
    house: House,
) -> list[QgsPrintLayout]:
    """The layouts of the slides, named « D001 … », in the order in which they are shown.

    The caller adds them to the project, which must hold the map themes that the pages name.
    ``extent`` frames the territory in ``crs``; ``around`` is not used: slides have no locator.
    """
    slides = deck(context)
    last = next((slide.number for slide in slides if slide.kind == "sources"), 0)
    stage = Stage(Draft(project, context, WIDE, crs, house), extent, last)
    return [_BUILDERS[slide.kind](stage, slide) for slide in slides]
