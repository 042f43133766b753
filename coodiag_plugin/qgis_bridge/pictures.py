"""The maps of a dossier as pictures: those of its layouts, with what was changed there by hand.

A picture is the map of a page above its legend and its locator, all at one scale (circles of the
legend are as large as on the map), without title and footer, which a document writes as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
)
from qgis.PyQt.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QImageReader, QPainter

from ..core.errors import InputError
from ..core.house import House
from ..core.progress import Progress, each
from ..edition.context import MapPage, ReportContext
from ..edition.odt.alt import map_alt
from ..edition.odt.picture import (
    LOGO,
    PHOTO,
    TALLEST,
    TALLEST_OVER_CHART,
    TEXT_WIDTH,
    Picture,
)
from .few_colours import with_palette
from .labels import TYPE_SCALE
from .layouts.fonts import line_height, load_fonts, wrap
from .layouts.slides.page import SURE

MAP, LOCATOR, LEGEND, SCALE_BAR = "carte.principale", "carte.situation", "legende.", "echelle"
#: White between the pieces of a picture and around each of them, least width of the locator (mm of
#: the layout), and the smallest type of a picture on paper (points).
GAP, AROUND, LEAST_LOCATOR, LEAST_TYPE = 5.0, 0.4, 14.0, 7.0
_INCH = 25.4
#: Millimetres that a text of several lines may lack before more room is made for it.
_SLACK = 0.3
#: Times that type is enlarged to be read at the scale that it leads to.
_PASSES = 2
#: Parts of the names of the legend's items that may stand apart from those above them.
_APART = ("titre", "cas", "distribution")
#: Those whose words may take several lines.
_WORDED = ("titre", "classe", "cas")
#: A region of a layout and its place in the picture (mm).
Piece = tuple[QRectF, QRectF]


def map_pictures(
    project: QgsProject, context: ReportContext, *, dpi: float = 300, progress: Progress
) -> dict[str, Picture]:
    """The map of every page of ``context`` by the id of the page, as its layout stands now.

    A page whose layout or whose map has been removed by hand has no picture; that is told.
    Raises :class:`Cancelled` between two pictures.
    """
    load_fonts()
    pages = [page for chapter in context.chapters for page in chapter.pages]
    layouts = {layout.name()[:4]: layout for layout in project.layoutManager().printLayouts()}
    found: dict[str, Picture] = {}
    for page, _ in each(pages, progress):
        layout = layouts.get(f"{page.number:03d} ")
        picture = map_picture(layout, page, context, dpi) if layout is not None else None
        if picture is None:
            progress.warn(
                "The project has no layout with the map of page {number}, “{title}”: the report leaves its place empty.",
                number=page.number,
                title=page.title,
            )
        else:
            found[page.id] = picture
    progress.set(1.0)
    return found


def map_picture(
    layout: QgsPrintLayout, page: MapPage, context: ReportContext, dpi: float
) -> Optional[Picture]:
    """The picture of one page; ``None`` when its layout has no map any more."""
    main = _item(layout, MAP)
    if not isinstance(main, QgsLayoutItemMap):
        return None
    tallest = TALLEST if page.chart is None else TALLEST_OVER_CHART
    grown, pieces = layout, _pieces(layout)
    for _ in range(_PASSES):  # a legend is taller in larger type, and all is then drawn smaller
        grown = _readable(layout, _scale(pieces, tallest))
        pieces = _pieces(grown)
    width, height = _extent(pieces)
    scale = _scale(pieces, tallest)
    image = with_palette(_drawn(grown, pieces, dpi * scale))
    alt = map_alt(page, context.territory)
    return Picture(_png(image, dpi), width * scale, height * scale, alt)


def _scale(pieces: Sequence[Piece], tallest: float) -> float:
    """What brings the pieces into the width of the text and under ``tallest`` millimetres."""
    width, height = _extent(pieces)
    return min(TEXT_WIDTH / width, tallest / height)


def house_pictures(house: House) -> dict[str, Picture]:
    """The logo and the photo of a house, as pictures that any word processor shows."""
    named = (
        (LOGO, house.logo, "Logo", 60.0),
        (PHOTO, house.photo, "Photo de couverture", TEXT_WIDTH),
    )
    return {key: _picture(path, alt, width) for key, path, alt, width in named if path is not None}  # fmt: skip


def _picture(path: Path, alt: str, width: float, dpi: float = 300) -> Picture:
    """A file as a picture ``width`` mm wide at most ``dpi`` points per inch, drawings at just that."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size, broad = reader.size(), round(width / _INCH * dpi)
    if size.width() > 0 and (path.suffix.lower() == ".svg" or size.width() > broad):
        reader.setScaledSize(QSize(broad, max(round(broad * size.height() / size.width()), 1)))
    image = reader.read()
    if image.isNull():
        raise InputError(
            "The picture {file} of the house style cannot be read ({reason}).",
            file=path.name,
            reason=reader.errorString(),
        )
    return Picture(_png(image, dpi), width, width * image.height() / image.width(), alt)


def _item(layout: QgsPrintLayout, name: str) -> Optional[QgsLayoutItem]:
    return layout.itemById(name)


def _readable(layout: QgsPrintLayout, scale: float) -> QgsPrintLayout:
    """A copy of the layout whose type is large enough once printed at ``scale``.

    Names on the map grow by the variable that they follow, small labels by their format; what stands
    under a text of the legend that takes more lines goes down with it.
    """
    copy = layout.clone()
    variables = QgsExpressionContextUtils.layoutScope(layout)
    grown = float(variables.variable(TYPE_SCALE) or 1.0)
    least = LEAST_TYPE / scale
    QgsExpressionContextUtils.setLayoutVariable(copy, TYPE_SCALE, max(grown, least / LEAST_TYPE))
    for item in copy.items():
        if isinstance(item, (QgsLayoutItemLabel, QgsLayoutItemScaleBar)):
            form = item.textFormat()
            if form.size() < least:
                form.setSize(least)
                item.setTextFormat(form)
    _make_room(copy)
    return copy


def _make_room(layout: QgsPrintLayout) -> None:
    """The labels of the legend as tall as their lines, and all that is under them lower by as much."""
    legend = [item for item in _items(layout) if item.id().startswith(LEGEND)]
    column = _box(legend)
    for label in sorted(legend, key=lambda item: item.sceneBoundingRect().top()):
        if not isinstance(label, QgsLayoutItemLabel) or label.id().split(".")[1] not in _WORDED:
            continue
        box, form = label.sceneBoundingRect(), label.textFormat()
        lines = wrap(label.currentText(), box.width() * SURE, form.size(), form.font().bold())
        more = len(lines) * line_height(form.size()) - box.height()
        if len(lines) < 2 or more <= _SLACK:
            continue
        label.attemptResize(QgsLayoutSize(box.width(), box.height() + more))
        for item in _items(layout):
            at = item.sceneBoundingRect()
            beside = at.left() < column.right() and at.right() > column.left()
            if item is not label and beside and at.top() >= box.bottom() - AROUND:
                item.attemptMoveBy(0, more)


def _pieces(layout: QgsPrintLayout) -> list[Piece]:
    """The map above; under it the legend in one column or two, and the locator at the right."""
    across = _box([_item(layout, MAP)])
    legend = sorted(
        (item for item in _items(layout) if item.id().startswith(LEGEND) and item.isVisible()),
        key=lambda item: (item.sceneBoundingRect().top(), item.sceneBoundingRect().left()),
    )
    placed = [(across, QRectF(QPointF(0, 0), across.size()))]
    left, top = 0.0, across.height() + GAP
    for box in map(_box, _halves(legend, across.width())):
        placed.append((box, QRectF(QPointF(left, top), box.size())))
        left += box.width() + GAP
    locator = _item(layout, LOCATOR)
    if locator is not None and locator.isVisible():
        box = _box([locator])
        scale = min((across.width() - left) / box.width(), 1.0)
        width, height = box.width() * scale, box.height() * scale
        placed.append((box, QRectF(across.width() - width, top, width, height)))
    return placed


def _items(layout: QgsPrintLayout) -> Iterable[QgsLayoutItem]:
    return (item for item in layout.items() if isinstance(item, QgsLayoutItem))


def _halves(legend: Sequence[QgsLayoutItem], across: float) -> list[Sequence[QgsLayoutItem]]:
    """The legend in two columns of like height where it may be cut and both hold, else in one."""
    cuts = [at for at in range(1, len(legend)) if _may_part(legend, at)]
    if not legend or not cuts or 2 * (_box(legend).width() + GAP) + LEAST_LOCATOR > across:
        return [legend] if legend else []
    cut = min(cuts, key=lambda at: max(_box(legend[:at]).height(), _box(legend[at:]).height()))
    return [legend[:cut], legend[cut:]]


def _may_part(legend: Sequence[QgsLayoutItem], at: int) -> bool:
    """Whether the legend may be cut there: a new part of it begins, and nothing crosses the cut."""
    before, after = (item.id().split(".")[1] for item in legend[at - 1 : at + 1])
    if after not in _APART or before == after:
        return False
    return _box(legend[:at]).bottom() <= legend[at].sceneBoundingRect().top() + AROUND


def _box(items: Iterable[Optional[QgsLayoutItem]]) -> QRectF:
    """What surrounds the items, in millimetres of the page."""
    box = QRectF()
    for item in items:
        if item is not None:
            box = box.united(item.sceneBoundingRect())
    return box.adjusted(-AROUND, -AROUND, AROUND, AROUND)


def _drawn(layout: QgsPrintLayout, pieces: Sequence[Piece], dpi: float) -> QImage:
    """The pieces at their places on white, at ``dpi`` points per inch of the layout."""
    exporter = QgsLayoutExporter(layout)
    across, down = _extent(pieces)
    made = QImage(_pixels(across, dpi), _pixels(down, dpi), QImage.Format.Format_RGB32)
    made.fill(QColor("#ffffff"))
    painter = QPainter(made)
    for region, box in pieces:
        size = QSize(_pixels(box.width(), dpi), _pixels(box.height(), dpi))
        drawn = exporter.renderRegionToImage(region, size)
        painter.drawImage(_pixels(box.left(), dpi), _pixels(box.top(), dpi), drawn)
    painter.end()
    return made


def _extent(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Width and height of a picture, in millimetres of the layout."""
    boxes = [box for _, box in pieces]
    return max(box.right() for box in boxes), max(box.bottom() for box in boxes)


def _pixels(millimetres: float, dpi: float) -> int:
    return max(round(millimetres / _INCH * dpi), 0)


def _png(image: QImage, dpi: float) -> bytes:
    """The file: no date, no name of a programme, the same picture the same bytes."""
    for name in image.textKeys():
        image.setText(name, "")
    image.setDotsPerMeterX(round(dpi / _INCH * 1000))
    image.setDotsPerMeterY(round(dpi / _INCH * 1000))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 10)
    return bytes(buffer.data())
