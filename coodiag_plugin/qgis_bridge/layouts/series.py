"""The atlas as a series of layouts, and its export as one PDF."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsAbstractLayoutIterator,
    QgsLayoutExporter,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from ...core.errors import Cancelled, InputError
from ...edition.context import MapPage, ReportContext, in_order
from ...edition.notices import deal_terms
from ...edition.slim_pdf import slim
from ...edition.sources import deal
from ..feedback import FeedbackProgress
from ..sheets import CARDS_LAYER, ROWS_LAYER
from .back import glossary, secrecy, sources
from .commune_page import commune_pages
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
) -> list[QgsPrintLayout]:
    """Add every page of ``context`` to the project's layouts, in printing order.

    ``extent`` frames the territory, ``around`` the territory with its surroundings (locator);
    both in ``crs``. The project must hold the map themes named by the pages.
    """
    draft = Draft(project, context, SHEETS[paper], crs)
    layouts = [
        cover(draft, extent),
        contents(draft),
        reading_guide(draft),
        key_figures(draft),
        synthesis(draft),
    ]
    for chapter in context.chapters:
        layouts.append(chapter_opening(draft, chapter))
        for page in in_order(chapter):
            if isinstance(page, MapPage):
                layouts.append(map_page(draft, chapter, page, extent, around))
            else:
                layouts.append(sheet_page(draft, chapter, page))
    if context.communes:
        cards, rows = (_layer(project, name) for name in (CARDS_LAYER, ROWS_LAYER))
        layouts.append(commune_pages(draft, cards, rows, extent))
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


class AtlasSeries(QgsAbstractLayoutIterator):
    """Walks the layouts in order, and through the communes of the one that has an atlas."""

    def __init__(self, layouts: list[QgsPrintLayout], progress: FeedbackProgress) -> None:
        super().__init__()
        self._layouts = layouts
        self._progress = progress
        self._current = -1
        self._in_atlas = False
        self._total = 1
        self.pages = 0
        self.cancelled = False

    def layout(self) -> QgsPrintLayout:
        return self._layouts[self._current]

    def count(self) -> int:
        return sum(
            layout.atlas().updateFeatures() if layout.atlas().enabled() else 1
            for layout in self._layouts
        )

    def beginRender(self) -> bool:
        self._current, self._in_atlas, self.pages = -1, False, 0
        self._total = max(self.count(), 1)
        return True

    def next(self) -> bool:
        """Go to the next page. Called from C++: a cancel is noted here and raised afterwards."""
        if self._progress.cancelled():
            self.cancelled = True
            return False
        self._progress.set(self.pages / self._total)
        if self._in_atlas:
            if self.layout().atlas().next():
                self.pages += 1
                return True
            self.layout().atlas().endRender()
            self._in_atlas = False
        self._current += 1
        if self._current >= len(self._layouts):
            return False
        atlas = self.layout().atlas()
        if atlas.enabled():
            self._in_atlas = atlas.beginRender() and atlas.next()
            if not self._in_atlas:
                return self.next()
        self.pages += 1
        return True

    def endRender(self) -> bool:
        return True

    def filePath(self, base: str, extension: str) -> str:
        return f"{base}.{extension}"


def export_series(
    layouts: list[QgsPrintLayout], path: Path, *, dpi: int, progress: FeedbackProgress
) -> int:
    """Write the pages into one PDF with real text and embedded fonts; returns the page count.

    Raises :class:`InputError` when the file cannot be written (open in a viewer, read-only).
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = dpi
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.exportMetadata = True
    settings.appendGeoreference = False
    settings.simplifyGeometries = True
    series = AtlasSeries(layouts, progress.part(0, 0.9))
    code, message = QgsLayoutExporter.exportToPdf(series, str(path), settings)
    if series.cancelled:
        path.unlink(missing_ok=True)
        raise Cancelled
    if code != QgsLayoutExporter.ExportResult.Success:
        raise InputError(
            "The atlas {file} could not be written ({reason}). Close it if it is open in a viewer, then run again.",
            file=path.name,
            reason=message or code,
        )
    try:
        path.write_bytes(slim(path.read_bytes(), progress.part(0.9, 1)))
    except Cancelled:
        path.unlink()
        raise
    return series.pages
