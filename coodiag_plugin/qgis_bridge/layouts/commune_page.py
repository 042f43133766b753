"""The commune pages: one layout driven by a QGIS atlas over the territory's communes.

Every text is an expression on the layer ``fiches`` of the dossier (its coverage) or a row of
``fiches_tableau``, so the layout can be edited and exported again in a QGIS without the plugin.
"""

from __future__ import annotations

import math

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemMap,
    QgsLayoutTableColumn,
    QgsPrintLayout,
    QgsProperty,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...edition.context import CommunePage, Figure
from ..sheets import in_two
from .cards import GAP, card
from .fonts import line_height, text_width, wrap
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .items import LEFT, MIDDLE, RIGHT, Page
from .theme import GREY, HAIR, INK, TYPE

_MAP = "carte.principale"
COLUMNS = 4
CARD_HEIGHT = 19.0
MAP_WIDTH = 118.0
MAP_HEIGHT = 106.0
CELL_MARGIN, LABELS = (1.3, 2.0), (36.0, 50.0)  # least and most
#: Where the headings need all the room: the labels still hold a word, the cells still part.
LEAST_LABELS, LEAST_WHITE = 28.0, 0.4
#: The scales asked for, and how much more than a commune its map shows at least.
FIT, FIXED, AROUND = "fit", "fixed", 1.05
#: Room around a commune that fills its map, so that its neighbours are seen: a part of its size.
MARGIN = 0.5
#: Scales of the commune map: the largest at which the commune holds, so that pages compare.
SCALES = (
    25_000.0,
    30_000.0,
    40_000.0,
    60_000.0,
    80_000.0,
    100_000.0,
    150_000.0,
    200_000.0,
    300_000.0,
    500_000.0,
)


def commune_pages(
    draft: Draft,
    cards_layer: QgsVectorLayer,
    rows_layer: QgsVectorLayer,
    locator: QgsRectangle,
    scale: str = FIT,
) -> QgsPrintLayout:
    """The atlas layout: one page per feature of ``cards_layer`` (``fiches``), by name.

    ``scale`` of their maps: ``fit``, the largest round one at which each commune holds; ``fixed``,
    the largest at which all of them do.
    """
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, f"{context.commune_first:03d} Communes")
    _drive(page, cards_layer)
    longest = max((item.name for item in context.communes), key=len)
    heading(page, "LES COMMUNES, PAGE PAR PAGE", field("nom"), NEUTRAL, widest=longest)
    page.text(
        "texte.lecture",
        field("phrase"),
        sheet.margin,
        22,
        sheet.inner,
        10,
        TYPE.lead,
        widest=max((item.sentence for item in context.communes), key=len),
    )
    top, bottom = 34.0, sheet.height - 18
    main = page.map(
        _MAP,
        sheet.margin,
        top,
        MAP_WIDTH,
        MAP_HEIGHT,
        theme="commune",
        extent=locator,
        crs=draft.crs,
        frame=HAIR,
    )
    main.setAtlasDriven(True)
    rescale(page.layout, cards_layer, scale)
    page.scale_bar("echelle", main, sheet.margin + 1, top + MAP_HEIGHT - 1)
    x = sheet.margin + MAP_WIDTH + 7
    width = sheet.width - sheet.margin - x
    y = _cards(page, context.communes, x, top, width)
    _table(page, draft, rows_layer, x, y + 1, width, bottom - y - 1)
    under = top + MAP_HEIGHT + 4
    side = bottom - under
    _chart(page, draft, sheet.margin, under, MAP_WIDTH - side - 3)
    locator_map = page.map(
        "carte.situation",
        sheet.margin + MAP_WIDTH - side,
        under,
        side,
        side,
        theme="situation_commune",
        extent=locator,
        crs=draft.crs,
        frame=HAIR,
    )
    locator_map.setAtlasDriven(False)
    sources = next(cards_layer.getFeatures())["sources"]
    footer(page, draft, context.commune_first, NEUTRAL, field("sources"), widest=sources)
    page.link(page.layout.itemById("texte.source"), context.source_pages[0])
    number = page.layout.itemById("texte.page")
    number.setText("[% @coodiag_page - 1 + @atlas_featurenumber %]")
    return page.layout


def rescale(layout: QgsPrintLayout, communes: QgsVectorLayer, scale: str) -> None:
    """Draw the maps of the commune pages at that choice of scale: :data:`FIT` or :data:`FIXED`."""
    main = layout.itemById(_MAP)
    if scale == FIT:
        main.setAtlasScalingMode(QgsLayoutItemMap.AtlasScalingMode.Auto)
        main.setAtlasMargin(MARGIN)
        return
    main.setAtlasScalingMode(QgsLayoutItemMap.AtlasScalingMode.Fixed)
    main.setScale(common_scale(communes, main.rect().width(), main.rect().height()))


def scale_of(layout: QgsPrintLayout) -> str:
    """The choice of scale that commune pages were made with."""
    main = layout.itemById(_MAP)
    fixed = main.atlasScalingMode() == QgsLayoutItemMap.AtlasScalingMode.Fixed
    return FIXED if fixed else FIT


def common_scale(communes: QgsVectorLayer, width: float, height: float) -> float:
    """The largest round scale at which each commune holds in a map of ``width`` × ``height`` mm."""
    boxes = [feature.geometry().boundingBox() for feature in communes.getFeatures()]
    needed = AROUND * max(max(box.width() / width, box.height() / height) for box in boxes) * 1000
    step = 10.0 ** max(math.floor(math.log10(needed)) - 1, 0)
    return next((held for held in SCALES if held >= needed), math.ceil(needed / step) * step)


def _drive(page: Page, coverage: QgsVectorLayer) -> None:
    atlas = page.layout.atlas()
    atlas.setEnabled(True)
    atlas.setCoverageLayer(coverage)
    atlas.setSortFeatures(True)
    atlas.setSortExpression('"ordre"')
    atlas.setPageNameExpression('"nom"')


def field(name: str) -> str:
    """A column of the commune of the page, as a label prints it."""
    return f'[% "{name}" %]'


def _cards(
    page: Page, communes: tuple[CommunePage, ...], x: float, y: float, width: float
) -> float:
    count = len(communes[0].figures)
    each = (width - GAP * (COLUMNS - 1)) / COLUMNS
    for rank in range(count):
        column, row = rank % COLUMNS, rank // COLUMNS
        widest = Figure(
            *(
                max((getattr(item.figures[rank], part) for item in communes), key=len)
                for part in ("label", "text", "note")
            )
        )
        text = Figure(
            *(field(f"carte_{rank + 1}_{part}") for part in ("libelle", "valeur", "note"))
        )
        card(
            page,
            f"carte_cle.{rank + 1}",
            text,
            x + column * (each + GAP),
            y + row * (CARD_HEIGHT + GAP),
            each,
            CARD_HEIGHT,
            NEUTRAL,
            widest,
        )
    return y + -(-count // COLUMNS) * (CARD_HEIGHT + GAP)


def _table(
    page: Page, draft: Draft, rows: QgsVectorLayer, x: float, y: float, width: float, height: float
) -> None:
    """The comparison table: a QGIS attribute table filtered on the commune of the page."""
    columns = draft.context.communes[0].table.columns
    table = QgsLayoutItemAttributeTable(page.layout)
    page.layout.addMultiFrame(table)
    table.setVectorLayer(rows)
    table.setFilterFeatures(True)
    table.setFeatureFilter("\"codgeo\" = attribute(@atlas_feature, 'codgeo')")
    table.setMaximumNumberOfFeatures(40)
    scale = page.sheet.scale
    margin, size, first, each = _grid(draft.context.communes, width, height)
    padding = 2 * margin
    described = []
    for rank, title in enumerate(columns):
        column = QgsLayoutTableColumn(_heading(title, len(columns)))
        column.setAttribute("indicateur" if not rank else f"colonne_{rank}")
        column.setWidth(((first if not rank else each) - padding) * scale)
        align = Qt.AlignmentFlag.AlignLeft if not rank else Qt.AlignmentFlag.AlignRight
        column.setHAlignment(align)
        described.append(column)
    table.setColumns(described)
    order = QgsLayoutTableColumn("")
    order.setAttribute("ordre")
    order.setSortOrder(Qt.SortOrder.AscendingOrder)
    table.setSortColumns([order])
    table.setWrapBehavior(QgsLayoutItemAttributeTable.WrapBehavior.WrapText)
    table.setHeaderTextFormat(page.text_format(size, bold=True, colour=NEUTRAL))
    table.setContentTextFormat(page.text_format(size))
    table.setCellMargin(margin * scale)
    table.setGridStrokeWidth(0.1 * scale)
    table.setGridColor(QColor(HAIR))
    table.setVerticalGrid(False)
    table.setHorizontalGrid(True)
    table.setShowEmptyRows(False)
    frame = QgsLayoutFrame(page.layout, table)
    frame.setId("tableau.comparaison")
    table.addFrame(frame)
    page.move(frame, x, y, width, height)


def _grid(
    communes: tuple[CommunePage, ...], width: float, height: float
) -> tuple[float, float, float, float]:
    """White around the cells, type size, widths of the labels and of each column of figures.

    The white is that with which the longest table fills its place; the figures stand on one line,
    in smaller type when they are long.
    """
    least, most = CELL_MARGIN
    tables = [page.table for page in communes]
    count = len(tables[0].columns) - 1
    labels = [row.label for row in max(tables, key=lambda table: len(table.rows)).rows]
    cells = {cell for table in tables for row in table.rows for cell in row.cells}
    titles = [_heading(title, count + 1) for title in tables[0].columns[1:]]
    words = {word for title in titles for word in title.split()}
    size = TYPE.small
    while True:
        need = max(
            *(text_width(cell, size) for cell in cells),
            *(text_width(word, size, bold=True) for word in words),
        )
        each = need + 2 * least + 0.4
        if width - count * each >= LABELS[0] or size <= TYPE.note:
            break
        size -= 0.5
    # Columns of figures that need all the room leave the labels what remains.
    first = min(max(width - count * each, LEAST_LABELS), LABELS[1])
    each = (width - first) / count
    lines = 1 + sum(len(wrap(label, first - 2 * most, size)) for label in labels)
    white = (height - lines * line_height(size)) / (2 * (len(labels) + 1))
    return max(min(max(white, least), most, (each - need) / 2), LEAST_WHITE), size, first, each


def _heading(title: str, columns: int) -> str:
    """The heading of a column, its longest word cut where many columns leave it no room."""
    return title.replace("Intercommunalité", "Intercom-\nmunalité") if columns > 6 else title


def _longest(name: str) -> int:
    return max(map(len, name.split("\n")))


def _chart(page: Page, draft: Draft, x: float, y: float, width: float) -> None:
    """Bars of one indicator, commune first: native shapes whose width is an expression."""
    context = draft.context
    bars = context.communes[0].chart
    if not bars:
        return
    page.text("graphique.titre", context.commune_chart_title, x, y, width, 5, TYPE.small, bold=True)
    names = {in_two(item.chart[0][0]) for item in context.communes}
    longest = max(text_width(line, TYPE.note, True) for name in names for line in name.split("\n"))
    label_room, scale = max(31.0, min(longest + 3, width * 0.45)), page.sheet.scale
    room = width - label_room - 16
    most = (
        max(
            (value for item in context.communes for _, value, _ in item.chart if value is not None),
            default=1.0,
        )
        or 1.0
    )
    step = min(10.0, (draft.sheet.height - 18 - y - 7) / len(bars))
    y += 6.5
    for rank in range(1, len(bars) + 1):
        first = rank == 1
        page.text(
            f"graphique.{rank}.nom",
            field(f"barre_{rank}_nom"),
            x,
            y,
            label_room - 2,
            step,
            TYPE.note,
            bold=first,
            vertical=MIDDLE,
            align=RIGHT,
            widest=max(
                (in_two(item.chart[rank - 1][0]) for item in context.communes), key=_longest
            ),
        )
        bar = page.box(
            f"graphique.{rank}.barre",
            x + label_room,
            y + 1,
            room,
            step - 2,
            fill="#d1603d" if first else "#9fb0b8",
        )
        value = f'"barre_{rank}_valeur"'
        bar.dataDefinedProperties().setProperty(
            QgsLayoutItem.DataDefinedProperty.ItemWidth,
            QgsProperty.fromExpression(
                f"{scale!r} * max(0.2, coalesce({value}, 0) * {room / most!r})"
            ),
        )
        text = page.text(
            f"graphique.{rank}.texte",
            field(f"barre_{rank}_texte"),
            x + label_room + room + 1,
            y,
            15,
            step,
            TYPE.note,
            bold=first,
            vertical=MIDDLE,
            align=LEFT,
            colour=INK if first else GREY,
            widest="000,0 %",
        )
        text.dataDefinedProperties().setProperty(
            QgsLayoutItem.DataDefinedProperty.PositionX,
            QgsProperty.fromExpression(
                f"{scale!r} * ({x + label_room + 1!r} + max(0.2, coalesce({value}, 0) * {room / most!r}))"
            ),
        )
        y += step
