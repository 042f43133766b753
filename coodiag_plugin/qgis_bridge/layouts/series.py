"""The atlas as a series of layouts."""

from __future__ import annotations

from qgis.core import QgsPrintLayout, QgsProject, QgsRectangle, QgsVectorLayer

from ...core.house import House, current
from ...edition.context import MapPage, ReportContext, in_order
from ...edition.notices import deal_terms
from ...edition.sources import deal
from ..sheets import CARDS_LAYER, ROWS_LAYER
from . import outline
from .back import glossary, secrecy, sources
from .commune_page import FIT, commune_pages
from .frame import Draft
from .front import contents, cover, key_figures, reading_guide
from .map_page import map_page
from .opening import chapter_opening, synthesis
from .sheet_page import sheet_page
from .theme import SHEETS


def make_layouts(
    project: QgsProject,
    context: ReportContext,
    *,
    paper: str,
    crs: str,
    extent: QgsRectangle,
    around: QgsRectangle,
    house: House | None = None,
    commune_scale: str = FIT,
) -> list[QgsPrintLayout]:
    """Add every page of ``context`` to the project's layouts, in printing order.

    ``extent`` frames the territory, ``around`` the territory with its surroundings (locator);
    both in ``crs``. The project must hold the map themes named by the pages. ``commune_scale``:
    see :func:`commune_pages`.
    """
    draft = Draft(project, context, SHEETS[paper], crs, house or current())
    layouts = [
        cover(draft, extent),
        contents(draft),
        reading_guide(draft),
        key_figures(draft),
        synthesis(draft),
    ]
    for chapter in context.chapters:
        opening = chapter_opening(draft, chapter)
        outline.place(opening, f"{chapter.index}. {chapter.title}")
        layouts.append(opening)
        for page in in_order(chapter):
            if isinstance(page, MapPage):
                layout = map_page(draft, chapter, page, extent, around)
            else:
                layout = sheet_page(draft, chapter, page)
            outline.place(layout, level=1)
            layouts.append(layout)
    if context.communes:
        cards, rows = (_layer(project, name) for name in (CARDS_LAYER, ROWS_LAYER))
        layouts.append(commune_pages(draft, cards, rows, extent, commune_scale))
    for number, terms in zip(context.glossary_pages, deal_terms(context.glossary)):
        layouts.append(glossary(draft, number, terms))
    for number, items in zip(context.source_pages, deal(context.sources)):
        layouts.append(sources(draft, number, items))
    layouts.append(secrecy(draft, context.pages))
    for layout in layouts:
        project.layoutManager().addLayout(layout)
    return layouts


def _layer(project: QgsProject, name: str) -> QgsVectorLayer:
    return project.mapLayersByName(name)[0]
