"""The commune pages: one layout driven by a QGIS atlas over the territory's communes.

Every text is an expression on the layer ``fiches`` of the dossier (its coverage) or a row of
``fiches_tableau``, so the layout can be edited and exported again in a QGIS without the plugin.
"""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTableColumn,
    QgsPrintLayout,
    QgsProperty,
    QgsRectangle,
    QgsTextFormat,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...edition.context import CommunePage, Figure
from . import fonts
from .cards import GAP, card
from .frame import NEUTRAL, Draft, footer, heading, start_page
from .items import LEFT, MIDDLE, RIGHT, Page
from .theme import GREY, HAIR, INK, TYPE

COLUMNS = 4
CARD_HEIGHT = 19.0
MAP_WIDTH = 118.0
MAP_HEIGHT = 106.0
CELL_MARGIN = 1.3
#: Scales of the commune map: the largest at which the commune holds, so that pages compare.
SCALES = (40_000.0, 60_000.0, 80_000.0, 100_000.0, 150_000.0, 200_000.0, 300_000.0, 500_000.0)


def commune_pages(
    draft: Draft, cards_layer: QgsVectorLayer, rows_layer: QgsVectorLayer, locator: QgsRectangle
) -> QgsPrintLayout:
    """The atlas layout: one page per feature of ``cards_layer`` (``fiches``), by name."""
    context, sheet = draft.context, draft.sheet
    page = start_page(draft, f"{context.commune_first:03d} Communes")
    _drive(page, cards_layer)
    heading(page, "LES COMMUNES, PAGE PAR PAGE", '[% "nom" %]', NEUTRAL)
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
        "carte.principale",
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
    main.setAtlasScalingMode(QgsLayoutItemMap.AtlasScalingMode.Predefined)
    page.layout.renderContext().setPredefinedScales(list(SCALES))
    page.scale_bar("echelle", main, sheet.margin + 1, top + MAP_HEIGHT - 1)
    x = sheet.margin + MAP_WIDTH + 7
    width = sheet.width - sheet.margin - x
    y = _cards(page, context.communes, x, top, width)
    _table(page, draft, rows_layer, x, y + 1, width, bottom - y - 1)
    _chart(page, draft, sheet.margin, top + MAP_HEIGHT + 4, MAP_WIDTH - 34)
    locator_map = page.map(
        "carte.situation",
        sheet.margin + MAP_WIDTH - 31,
        top + MAP_HEIGHT + 4,
        31,
        bottom - top - MAP_HEIGHT - 4,
        theme="situation_commune",
        extent=locator,
        crs=draft.crs,
        frame=HAIR,
    )
    locator_map.setAtlasDriven(False)
    footer(page, draft, context.commune_first, NEUTRAL, field("sources"))
    number = page.layout.itemById("texte.page")
    number.setText(f"[% {context.commune_first} - 1 + @atlas_featurenumber %]")
    return page.layout


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
    first = 50.0
    each = (width - first) / (len(columns) - 1)
    padding = 2 * CELL_MARGIN
    described = []
    for rank, title in enumerate(columns):
        column = QgsLayoutTableColumn(title)
        column.setAttribute("indicateur" if not rank else f"colonne_{rank}")
        column.setWidth((first if not rank else each) - padding)
        align = Qt.AlignmentFlag.AlignLeft if not rank else Qt.AlignmentFlag.AlignRight
        column.setHAlignment(align)
        described.append(column)
    table.setColumns(described)
    order = QgsLayoutTableColumn("")
    order.setAttribute("ordre")
    order.setSortOrder(Qt.SortOrder.AscendingOrder)
    table.setSortColumns([order])
    table.setWrapBehavior(QgsLayoutItemAttributeTable.WrapBehavior.WrapText)
    table.setHeaderTextFormat(_format(TYPE.small, bold=True, colour=NEUTRAL))
    table.setContentTextFormat(_format(TYPE.small))
    table.setCellMargin(CELL_MARGIN)
    table.setGridStrokeWidth(0.1)
    table.setGridColor(QColor(HAIR))
    table.setVerticalGrid(False)
    table.setHorizontalGrid(True)
    table.setShowEmptyRows(False)
    frame = QgsLayoutFrame(page.layout, table)
    frame.setId("tableau.comparaison")
    table.addFrame(frame)
    frame.attemptMove(QgsLayoutPoint(x, y, Qgis.LayoutUnit.Millimeters))
    frame.attemptResize(QgsLayoutSize(width, height, Qgis.LayoutUnit.Millimeters))


def _format(size: float, bold: bool = False, colour: str = INK) -> QgsTextFormat:
    form = QgsTextFormat()
    form.setFont(fonts.font(size, bold))
    if bold:
        form.setNamedStyle("Bold")
    form.setSize(size)
    form.setSizeUnit(Qgis.RenderUnit.Points)
    form.setColor(QColor(colour))
    return form


def _chart(page: Page, draft: Draft, x: float, y: float, width: float) -> None:
    """Bars of one indicator, commune first: native shapes whose width is an expression."""
    context = draft.context
    bars = context.communes[0].chart
    if not bars:
        return
    page.text("graphique.titre", context.commune_chart_title, x, y, width, 5, TYPE.small, bold=True)
    label_room = 31.0
    room = width - label_room - 16
    most = (
        max(
            (value for item in context.communes for _, value, _ in item.chart if value is not None),
            default=1.0,
        )
        or 1.0
    )
    step = min(8.0, (draft.sheet.height - 18 - y - 7) / len(bars))
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
            widest=max((item.chart[rank - 1][0] for item in context.communes), key=len),
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
            QgsProperty.fromExpression(f"max(0.2, coalesce({value}, 0) * {room / most!r})"),
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
                f"{x + label_room + 1!r} + max(0.2, coalesce({value}, 0) * {room / most!r})"
            ),
        )
        y += step
