"""Layouts as one PDF: real text, embedded fonts, bookmarks, links, and what it is about."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from qgis.core import (
    Qgis,
    QgsAbstractLayoutIterator,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsPrintLayout,
)

from ...core.errors import Cancelled, InputError
from ...core.version import version
from ...edition.context import ReportContext
from ...edition.pdf import objects
from ...edition.pdf.letters import put_spaces
from ...edition.pdf.marks import (
    About,
    Bookmark,
    Link,
    put_about,
    put_bookmarks,
    put_labels,
    put_links,
)
from ...edition.pdf.slim import slim
from ...edition.pdf.tags import Mark, Piece, Section, put_structure, tag_drawing
from ..feedback import FeedbackProgress
from . import outline

#: Part of the time that QGIS takes; the rest makes the file lighter.
_DRAWN = 0.85
#: What a whole PDF ends with.
_END = b"%%EOF"


@dataclass(frozen=True)
class Printed:
    """A page of the file: its layout, its printed number, the feature of an atlas, its links
    (number of the page aimed at, box as in :class:`Link`, words)."""

    layout: QgsPrintLayout
    letter: str
    number: int
    feature: str
    first: bool
    pieces: tuple[Piece, ...]
    links: tuple[tuple[int, tuple[float, float, float, float], str], ...]

    @property
    def label(self) -> str:
        return f"{self.letter}{self.number}" if self.number else ""


class AtlasSeries(QgsAbstractLayoutIterator):
    """Walks the layouts in order, and through the communes of the one that has an atlas."""

    def __init__(self, layouts: Sequence[QgsPrintLayout], progress: FeedbackProgress) -> None:
        super().__init__()
        self._layouts = layouts
        self._progress = progress
        self._current = -1
        self._in_atlas = False
        self._total = 1
        self.pages: list[Printed] = []
        self.cancelled = False

    def layout(self) -> QgsPrintLayout:
        return self._layouts[self._current]

    def count(self) -> int:
        return sum(
            layout.atlas().updateFeatures() if layout.atlas().enabled() else 1
            for layout in self._layouts
        )

    def beginRender(self) -> bool:
        self._current, self._in_atlas, self.pages = -1, False, []
        self._total = max(self.count(), 1)
        return True

    def next(self) -> bool:
        """Go to the next page. Called from C++: a cancel is noted here and raised afterwards."""
        if self._progress.cancelled():
            self.cancelled = True
            return False
        self._progress.set(len(self.pages) / self._total)
        if self._in_atlas:
            if self.layout().atlas().next():
                self._note()
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
        self._note()
        return True

    def _note(self) -> None:
        """Keep what is known of the sheets that are about to be drawn (a layout may have several)."""
        layout = self.layout()
        rank = layout.atlas().currentFeatureNumber() if self._in_atlas else 0
        feature = layout.atlas().nameForPage(rank) if self._in_atlas else ""
        letter, number = outline.number(layout)
        sheets = layout.pageCollection()
        kept = [at for at in range(sheets.pageCount()) if sheets.shouldExportPage(at)]
        for at, sheet in enumerate(kept):
            printed = number + rank * len(kept) + at if number else 0
            links = tuple(_links(layout, sheet))
            first = rank == 0 and at == 0
            name = feature if at == 0 else ""
            pieces = outline.pieces(layout, sheet)
            self.pages.append(Printed(layout, letter, printed, name, first, pieces, links))

    def endRender(self) -> bool:
        return True

    def filePath(self, base: str, extension: str) -> str:
        return f"{base}.{extension}"


def export_series(
    layouts: Sequence[QgsPrintLayout],
    path: Path,
    *,
    dpi: int,
    progress: FeedbackProgress,
    context: ReportContext | None = None,
) -> int:
    """Write the pages into one PDF with real text and embedded fonts; returns the page count.

    ``context`` tells what the document is about; without it the layouts' project does. ``path``
    is replaced at the end: a cancel, a failure or a kill leaves an earlier file as it was. Raises
    :class:`InputError` when the file cannot be written (open in a viewer, read-only).
    """
    _check_room(path)
    part = path.with_name(f".{path.name}.en-cours")
    try:
        series = _drawn(layouts, part, path.name, dpi, progress.part(0, _DRAWN))
        document = part.read_bytes()
        if not document.rstrip().endswith(_END):
            # Qt says nothing of what it could not write: the disk is full, and the file cut off.
            _refuse(path.name, os.strerror(errno.ENOSPC))
        made = _finished(document, series, dpi, context, progress.part(_DRAWN, 1))
        part.write_bytes(made)
        part.replace(path)
    except OSError as error:
        _refuse(path.name, error.strerror or str(error), error)
    finally:
        part.unlink(missing_ok=True)
    return len(series.pages)


def _check_room(path: Path) -> None:
    """Refuse a file that is locked or read-only before an hour is spent on its pages."""
    if not path.exists():
        return
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        _refuse(path.name, error.strerror or str(error), error)


def _refuse(name: str, reason: str, error: Exception | None = None) -> NoReturn:
    raise InputError(
        "The file {file} could not be written ({reason}). Close it if it is open in a viewer, make room if the disk is full, then run again.",
        file=name,
        reason=reason,
    ) from error


def settings(dpi: int) -> QgsLayoutExporter.PdfExportSettings:
    """How QGIS is asked to write the PDF."""
    result = QgsLayoutExporter.PdfExportSettings()
    result.dpi = dpi
    result.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    result.exportMetadata = True
    result.appendGeoreference = False
    result.simplifyGeometries = True
    return result


def _drawn(
    layouts: Sequence[QgsPrintLayout], part: Path, name: str, dpi: int, progress: FeedbackProgress
) -> AtlasSeries:
    series = AtlasSeries(layouts, progress)
    code, message = QgsLayoutExporter.exportToPdf(series, str(part), settings(dpi))
    if series.cancelled:
        raise Cancelled
    if code != QgsLayoutExporter.ExportResult.Success:
        _refuse(name, str(message or code))
    return series


def _finished(
    document: bytes,
    series: AtlasSeries,
    dpi: int,
    context: ReportContext | None,
    progress: FeedbackProgress,
) -> bytes:
    """The document, lighter, with its marks and its structure."""
    pdf = objects.read(document)
    pages = series.pages
    if pdf is None or len(pdf.pages) != len(pages):
        progress.warn(
            "The PDF that this QGIS writes is not of the known make: it has no bookmarks and no links."
        )
        return document
    pdf.settle()
    marks: dict[int, list[Mark]] = {}

    def tag(rank: int, operators: bytes) -> bytes:
        tagged, marks[rank] = tag_drawing(operators, pages[rank].pieces, dpi)
        return tagged

    slim(pdf, progress, tag)
    put_spaces(pdf)
    about = _about(series, context)
    put_about(pdf, about)
    put_bookmarks(pdf, list(_bookmarks(pages)))
    put_labels(pdf, [page.label for page in pages])
    put_links(pdf, list(_aimed(pages)))
    sections = [
        Section(page.feature or outline.title(page.layout), page.pieces, marks.get(rank, []))
        for rank, page in enumerate(pages)
    ]
    put_structure(pdf, about.title, sections)
    return pdf.to_bytes()


def _about(series: AtlasSeries, context: ReportContext | None) -> About:
    maker = f"Coodiag {version()}, QGIS {Qgis.version().partition('-')[0]}"
    if context is None:
        known = series.pages[0].layout.project().metadata()
        return About(known.title(), known.author(), known.abstract(), maker=maker)
    chapters = (chapter.title for chapter in context.chapters)
    return About(
        f"{context.title} – {context.territory}",
        context.structure,
        context.subtitle,
        (context.territory, *chapters),
        context.date,
        maker,
    )


def _bookmarks(pages: Sequence[Printed]) -> Iterator[Bookmark]:
    """One per layout and commune; pages that go on under the same title have one."""
    last = ""
    for rank, page in enumerate(pages):
        title, level = outline.title(page.layout), outline.level(page.layout)
        if page.first and title != last:
            yield Bookmark(title, rank, level if rank else 0)
        if page.feature:
            yield Bookmark(page.feature, rank, 1)
        last = title


def _links(
    layout: QgsPrintLayout, sheet: int
) -> Iterator[tuple[int, tuple[float, float, float, float], str]]:
    """Links of the items of one sheet of a layout."""
    size = layout.pageCollection().page(sheet).rect()
    for item in layout.items():
        if isinstance(item, QgsLayoutItem) and item.page() == sheet and item.isVisible():
            target = outline.link(item)
            if target:
                origin, box = item.pagePos(), item.rect()
                yield (
                    target,
                    (
                        origin.x() / size.width(),
                        origin.y() / size.height(),
                        (origin.x() + box.width()) / size.width(),
                        (origin.y() + box.height()) / size.height(),
                    ),
                    getattr(item, "currentText", str)(),
                )


def _aimed(pages: Sequence[Printed]) -> Iterator[Link]:
    """The links whose page is in the file."""
    places = {(page.letter, page.number): rank for rank, page in enumerate(pages) if page.number}
    for rank, page in enumerate(pages):
        for target, box, title in page.links:
            place = places.get((page.letter, target))
            if place is not None:
                yield Link(rank, box, place, title)
