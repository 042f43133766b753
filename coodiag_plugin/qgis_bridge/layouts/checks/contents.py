"""What frames hold: maps with something on them, pictures that are there, tables whose rows fit."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from functools import cache

from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemPicture,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsPalLayerSettings,
    QgsTextFormat,
    QgsVectorLayer,
)

from .drawn import Theme, inner, table_of
from .fault import CONTRAST, EMPTY, OVERLAP, TRUNCATED, Fault, mm, quote
from .looks import WHITE, contrast, over, paint, plain
from .measure import MM_PER_POINT, Ruler, points
from .reading import PICTURE, SCALE, TABLE, TEXT, Piece, Sheet, least_size
from .texts import faint, too_small

_BASE64 = "base64:"
_SVG_SIZE = re.compile(r"font(?:-size)?:[^;\"]*?([\d.]+)(px|pt)")
_SVG_WIDTH = re.compile(r"<svg[^>]*?\swidth=\"([\d.]+)(pt|mm|px|in)?\"", re.DOTALL)
_MM = {"pt": MM_PER_POINT, "mm": 1.0, "px": 25.4 / 96, "in": 25.4}


def pictures(sheet: Sheet) -> Iterator[Fault]:
    """Pictures that are there, and whose letters are large enough."""
    least = least_size(sheet.paper)
    for piece in sheet.of(PICTURE):
        item: QgsLayoutItemPicture = piece.item
        path = item.picturePath()
        if not path or item.isMissingImage():
            yield Fault(sheet.layout.name(), piece.name, EMPTY, "image absente")
            continue
        smallest = _smallest(path)
        if smallest is not None:
            size = smallest * piece.box.width() / MM_PER_POINT
            if size < least - 0.05:
                yield too_small(sheet, piece.name, size, least, "lettres du dessin en corps")


@cache
def _smallest(path: str) -> float | None:
    """Smallest type of a drawing, as a share of its width; None for one without letters."""
    if not path.startswith(_BASE64):
        return None
    drawing = base64.b64decode(path[len(_BASE64) :])
    if b"<svg" not in drawing[:4000]:
        return None
    text = drawing.decode("utf-8", "replace")
    width, sizes = _SVG_WIDTH.search(text), _SVG_SIZE.findall(text)
    if width is None or not sizes:
        return None
    unit = _MM[width[2] or "px"]
    box = re.search(r"viewBox=\"[\d.]+ [\d.]+ ([\d.]+)", text)
    scale = float(width[1]) * unit / float(box[1]) if box else unit
    return float(min(float(size) * scale for size, _ in sizes) / (float(width[1]) * unit))


def maps(sheet: Sheet, themes: Sequence[Theme]) -> Iterator[Fault]:
    """Maps with layers that meet their extent, the layer of the page being one of them."""
    for theme in themes:
        name = theme.piece.name
        if not theme.layers:
            preset = theme.map.followVisibilityPresetName()
            told = f"carte sans couche (thème « {preset} »)" if preset else "carte sans couche"
            yield Fault(sheet.layout.name(), name, EMPTY, told)
        elif theme.map.extent().isEmpty():
            yield Fault(sheet.layout.name(), name, EMPTY, "carte sans emprise")
        elif theme.page is not None and theme.subject is None:
            told = f"la couche « {theme.page.layer} » de la page n’est pas dans son thème"
            yield Fault(sheet.layout.name(), name, EMPTY, told)


class Names:
    """The names on maps: their size and their contrast, worked out once for each layer."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, float], float] = {}

    def check(self, sheet: Sheet, themes: Sequence[Theme]) -> Iterator[Fault]:
        least = least_size(sheet.paper)
        for theme in themes:
            for layer in theme.layers:
                for settings in named(layer):
                    form = settings.format()
                    size = self._least(layer, settings, theme, least)
                    name = f"{theme.piece.name}, noms de « {layer.name()} »"
                    if size and size < least - 0.05:
                        yield too_small(sheet, name, size, least)
                    told = faint(form, "")
                    if told and not form.buffer().enabled():
                        told = _on_own_ground(form, layer, theme)
                    if told:
                        yield Fault(sheet.layout.name(), name, CONTRAST, told)

    def under(self, sheet: Sheet, themes: Sequence[Theme]) -> Iterator[Fault]:
        """Letters on a map that its names are not told to avoid."""
        for theme in themes:
            layers = [layer.name() for layer in theme.layers if named(layer)]
            if not layers:
                continue
            for piece in sheet.of(TEXT, SCALE):
                on_map = piece.z > theme.piece.z and theme.piece.box.contains(piece.ink.center())
                if on_map and not theme.map.isLabelBlockingItem(piece.item):
                    told = f"des noms de « {layers[0]} » peuvent passer dessous"
                    yield Fault(sheet.layout.name(), piece.name, OVERLAP, told)

    def _least(
        self, layer: QgsVectorLayer, settings: QgsPalLayerSettings, theme: Theme, least: float
    ) -> float:
        """Smallest size in points of the names of a layer on a map."""
        key = (f"{layer.id()}/{settings.fieldName}", least)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = _least_name(layer, settings, theme)
        return found


def named(layer: QgsVectorLayer) -> list[QgsPalLayerSettings]:
    """The settings of the names of a layer; none when it has no names."""
    labeling = layer.labeling()
    if not layer.labelsEnabled() or labeling is None:
        return []
    return [labeling.settings(provider) for provider in labeling.subProviders() or [""]]


def _least_name(layer: QgsVectorLayer, settings: QgsPalLayerSettings, theme: Theme) -> float:
    form = settings.format()
    size, unit = points(form), points(form) / form.size() if form.size() else 0.0
    properties, key = settings.dataDefinedProperties(), QgsPalLayerSettings.Property.Size
    if not properties.isActive(key):
        return size
    context = theme.map.createExpressionContext()
    context.appendScope(layer.createExpressionContextScope())
    sizes = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        value, good = properties.valueAsDouble(key, context, form.size())
        sizes.append(value * unit if good else size)
    return min(sizes, default=0.0)


def _on_own_ground(form: QgsTextFormat, layer: QgsVectorLayer, theme: Theme) -> str:
    """Names without a halo stand on the plain fill of the polygons that they name."""
    grounds = [
        fill
        for other in theme.layers
        if table_of(other) == table_of(layer) and other.id() != layer.id()
        for fill in _fills(other)
    ]
    if not grounds:
        return faint(form, "")
    letters = plain(form.color())
    return faint(form, min(grounds, key=lambda ground: contrast(letters, ground)))


def _fills(layer: QgsVectorLayer) -> Iterator[str]:
    """Colours that the symbols of a layer fill its polygons with."""
    for item in inner(layer.renderer()).legendSymbolItems():
        filled = paint(item.symbol()) if item.symbol() is not None else None
        if filled is not None:
            yield over(filled[0], filled[1], WHITE)


class Tables:
    """Attribute tables: their rows are read once and measured for each page."""

    def __init__(self, ruler: Ruler) -> None:
        self._ruler = ruler
        self._rows: dict[str, list[QgsFeature]] = {}

    def check(self, sheet: Sheet) -> Iterator[Fault]:
        for piece in sheet.of(TABLE):
            table = piece.item.multiFrame()
            if isinstance(table, QgsLayoutItemAttributeTable) and table.vectorLayer() is not None:
                yield from self._table(sheet, piece, table)

    def _table(
        self, sheet: Sheet, piece: Piece, table: QgsLayoutItemAttributeTable
    ) -> Iterator[Fault]:
        least = least_size(sheet.paper)
        for form in (table.headerTextFormat(), table.contentTextFormat()):
            if points(form) < least - 0.05:
                yield too_small(sheet, piece.name, points(form), least)
            told = faint(form, plain(table.backgroundColor()))
            if told:
                yield Fault(sheet.layout.name(), piece.name, CONTRAST, told)
        rows = [self._cells(table, row, sheet) for row in self._shown(table, sheet)]
        if not rows:
            yield Fault(sheet.layout.name(), piece.name, EMPTY, "tableau sans ligne")
            return
        if table.frameCount() == 1:
            tall, held = self.height(table, rows), piece.box.height()
            if tall > held + 0.3:
                told = f"{len(rows)} lignes, {mm(tall)} dans un cadre de {mm(held)}"
                yield Fault(sheet.layout.name(), piece.name, TRUNCATED, told)
        if table.cellMargin() < 0:
            told = f"marge des cellules de {mm(table.cellMargin())} : les lignes se chevauchent"
            yield Fault(sheet.layout.name(), piece.name, OVERLAP, told)
        wide = self._too_wide(table, rows)
        if wide:
            yield Fault(sheet.layout.name(), piece.name, TRUNCATED, wide)

    def _shown(self, table: QgsLayoutItemAttributeTable, sheet: Sheet) -> list[QgsFeature]:
        layer = table.vectorLayer()
        rows = self._rows.get(layer.id())
        if rows is None:
            rows = self._rows[layer.id()] = list(layer.getFeatures())
        if not table.filterFeatures() or not table.featureFilter():
            return rows[: table.maximumNumberOfFeatures()]
        context = QgsExpressionContext(sheet.context)
        context.setFields(layer.fields())
        expression = QgsExpression(table.featureFilter())
        expression.prepare(context)
        found = []
        for row in rows:
            context.setFeature(row)
            if expression.evaluate(context):
                found.append(row)
        return found[: table.maximumNumberOfFeatures()]

    def _cells(
        self, table: QgsLayoutItemAttributeTable, row: QgsFeature, sheet: Sheet
    ) -> list[str]:
        found = []
        for column in table.columns():
            name = column.attribute()
            if row.fieldNameIndex(name) >= 0:
                value = row[name]
            else:
                context = QgsExpressionContext(sheet.context)
                context.setFeature(row)
                value = QgsExpression(name).evaluate(context)
            found.append("" if value is None or str(value) == "NULL" else str(value))
        return found

    def height(self, table: QgsLayoutItemAttributeTable, rows: Sequence[Sequence[str]]) -> float:
        """Millimetres that header and rows take, as QGIS lays them out."""
        line = table.gridStrokeWidth() if table.showGrid() and table.horizontalGrid() else 0.0
        tall = line
        if table.headerMode() != QgsLayoutTable.HeaderMode.NoHeaders:
            headings = [column.heading() for column in table.columns()]
            tall += self._row(table, headings, True) + line
        return tall + sum(self._row(table, row, False) + line for row in rows)

    def _row(
        self, table: QgsLayoutItemAttributeTable, cells: Sequence[str], heading: bool
    ) -> float:
        form = table.headerTextFormat() if heading else table.contentTextFormat()
        metrics = self._ruler.of(form)
        wraps = table.wrapBehavior() == QgsLayoutTable.WrapBehavior.WrapText
        lines = 1
        for column, text in zip(table.columns(), cells):
            room = column.width()
            held = metrics.wrap(text, room) if wraps and room else text.split("\n")
            lines = max(lines, len(held))
        return metrics.in_cell(lines) + 2 * table.cellMargin()

    def _too_wide(self, table: QgsLayoutItemAttributeTable, rows: Sequence[Sequence[str]]) -> str:
        """A word that passes its column."""
        wraps = table.wrapBehavior() == QgsLayoutTable.WrapBehavior.WrapText
        headings = [column.heading() for column in table.columns()]
        for cells, form in (
            (headings, table.headerTextFormat()),
            *((row, table.contentTextFormat()) for row in rows),
        ):
            metrics = self._ruler.of(form)
            for column, text in zip(table.columns(), cells):
                told = _past(
                    metrics.wrap(text, column.width()) if wraps else [text], column, metrics
                )
                if told:
                    return told
        return ""


def _past(lines: Sequence[str], column: QgsLayoutTableColumn, metrics) -> str:  # type: ignore[no-untyped-def]
    widest = max(lines, key=metrics.line)
    past = metrics.line(widest) - column.width()
    if not column.width() or past <= 0.3:
        return ""
    return f"{quote(widest)} dépasse de {mm(past)} sa colonne de {mm(column.width())}"
