"""A layout read as pieces of paper: what each item is, where it stands, what it says.

Only the items are read, whoever placed them: the pages are checked as they are, also after they
were edited by hand in QGIS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemGroup,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemPolyline,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutObject,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import QRectF, Qt

from .measure import Ruler, is_bold, points

TEXT, MAP, PICTURE, TABLE, SHAPE, SCALE, LINE, OTHER = (
    "texte", "carte", "image", "tableau", "aplat", "échelle", "ligne", "autre",
)  # fmt: skip
#: What carries content of its own, over which nothing may run.
SOLID = (MAP, PICTURE, TABLE)
_KINDS = (
    (QgsLayoutItemLabel, TEXT),
    (QgsLayoutItemMap, MAP),
    (QgsLayoutItemPicture, PICTURE),
    (QgsLayoutFrame, TABLE),
    (QgsLayoutItemShape, SHAPE),
    (QgsLayoutItemScaleBar, SCALE),
    (QgsLayoutItemPolyline, LINE),
)
#: A shape that is thinner than this (mm) is a rule.
THIN = 1.1
_DEFINED = QgsLayoutObject.DataDefinedProperty
#: An expression in the text of a label, as QGIS finds it.
_EXPRESSION = re.compile(r"\[%(.*?)%\]", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """An item on its page: ``box`` in millimetres of paper from the top left of its page.

    Of a text ``ink`` is where its letters stand, ``words`` what it prints, ``lines`` how many lines
    that makes, ``wide`` and ``tall`` its letters; elsewhere ``ink`` is the box.
    """

    item: QgsLayoutItem
    kind: str
    box: QRectF
    z: float
    ink: QRectF
    words: str = ""
    lines: int = 0
    wide: float = 0.0
    tall: float = 0.0
    failed: bool = False  # an expression of its text gives nothing

    @property
    def name(self) -> str:
        return str(self.item.id() or self.item.displayName())

    @property
    def thin(self) -> bool:
        return self.kind == LINE or min(self.box.width(), self.box.height()) <= THIN


@dataclass(frozen=True)
class Sheet:
    """One page as printed: its layout, its size in millimetres, its pieces from back to front.

    ``page`` names it: the layout, and the feature of an atlas.
    """

    layout: QgsPrintLayout
    page: str
    paper: QRectF
    pieces: tuple[Piece, ...]
    context: QgsExpressionContext

    def of(self, *kinds: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind in kinds]


def printed_items(layout: QgsPrintLayout) -> list[QgsLayoutItem]:
    """The items that are printed, from back to front."""
    found = [
        item
        for item in layout.items()
        if isinstance(item, QgsLayoutItem)
        and not isinstance(item, (QgsLayoutItemPage, QgsLayoutItemGroup))
        and item.isVisible()
        and not item.excludeFromExports()
    ]
    return sorted(found, key=lambda item: item.zValue())


def sheets(layout: QgsPrintLayout, ruler: Ruler) -> Iterator[Sheet]:
    """The pages of a layout; of an atlas, those of each of its features."""
    items = printed_items(layout)
    if not layout.atlas().enabled():
        yield from _pages(layout, items, layout.createExpressionContext(), "", ruler)
        return
    for rank, feature in enumerate(_features(layout), 1):
        context = layout.createExpressionContext()
        scope = context.scope(context.scopeCount() - 1)
        context.setFeature(feature)
        context.setFields(feature.fields())
        for name, value in (
            ("atlas_feature", feature),
            ("atlas_featureid", feature.id()),
            ("atlas_featurenumber", rank),
        ):
            scope.setVariable(name, value)
        name = _evaluated(layout.atlas().pageNameExpression(), context)
        yield from _pages(layout, items, context, f"{name or rank}", ruler)


def _features(layout: QgsPrintLayout):  # type: ignore[no-untyped-def]
    """Features of the coverage in the order of the atlas."""
    atlas = layout.atlas()
    layer = atlas.coverageLayer()
    found = list(layer.getFeatures()) if layer is not None else []
    if atlas.filterFeatures() and atlas.filterExpression():
        found = [item for item in found if _of(atlas.filterExpression(), layer, item)]
    if atlas.sortFeatures() and atlas.sortExpression():
        # Stable, absent keys last: the order tells nothing but the number of the page.
        keys = {item.id(): _of(atlas.sortExpression(), layer, item) for item in found}
        found.sort(
            key=lambda item: (not isinstance(keys[item.id()], (int, float)), keys[item.id()]),
            reverse=not atlas.sortAscending(),
        )
    return found


def _of(expression: str, layer, feature):  # type: ignore[no-untyped-def]
    context = QgsExpressionContext()
    context.setFeature(feature)
    context.setFields(layer.fields())
    return _evaluated(expression, context)


def _evaluated(expression: str, context: QgsExpressionContext):  # type: ignore[no-untyped-def]
    return QgsExpression(expression).evaluate(context) if expression else None


def _pages(
    layout: QgsPrintLayout,
    items: list[QgsLayoutItem],
    context: QgsExpressionContext,
    feature: str,
    ruler: Ruler,
) -> Iterator[Sheet]:
    pages = layout.pageCollection()
    for number in range(pages.pageCount()):
        paper = pages.page(number)
        origin, size = paper.pos(), paper.rect()
        name = layout.name() + (f", {feature}" if feature else "")
        name += f", page {number + 1}" if pages.pageCount() > 1 else ""
        pieces = [
            _piece(item, origin.x(), origin.y(), context, bool(feature), ruler)
            for item in items
            if max(item.page(), 0) == number
        ]
        held = tuple(piece for piece in pieces if piece is not None)
        yield Sheet(layout, name, QRectF(0, 0, size.width(), size.height()), held, context)


def _piece(
    item: QgsLayoutItem,
    left: float,
    top: float,
    context: QgsExpressionContext,
    driven: bool,
    ruler: Ruler,
) -> Piece | None:
    kind = next((name for kind, name in _KINDS if isinstance(item, kind)), OTHER)
    local = item.rect()
    box = item.mapRectToScene(local).translated(-left, -top)
    if driven and item.dataDefinedProperties().hasActiveProperties():
        placed = _driven(item, box, context)
        if placed is None:
            return None
        box = placed
    if not isinstance(item, QgsLayoutItemLabel):
        return Piece(item, kind, box, item.zValue(), box)
    words, failed = item.text(), False
    if "[%" in words:
        context.appendScope(QgsExpressionContextUtils.layoutItemScope(item))
        failed = _fails(words, context)
        words = QgsExpression.replaceExpressionText(words, context)
        context.popScope()
    metrics = ruler.of(item.textFormat())
    turned = item.itemRotation() != 0
    room = QRectF(0, 0, local.width(), local.height()) if turned else box
    inside = room.adjusted(item.marginX(), item.marginY(), -item.marginX(), -item.marginY())
    lines = metrics.wrap(words, inside.width())
    wide = metrics.widest(lines, inside.width())
    tall = metrics.height(len(lines))
    ink = _ink(item, inside, wide, tall, metrics.above)
    if turned:
        ink = item.mapRectToScene(ink).translated(-left, -top)
    return Piece(item, kind, box, item.zValue(), ink, words, len(lines), wide, tall, failed)


def _fails(text: str, context: QgsExpressionContext) -> bool:
    """Whether an expression of a text cannot be evaluated. The text that is printed does not tell:
    what a user typed may hold the same marks."""
    if "[%" in _EXPRESSION.sub("", text):
        return True
    for told in _EXPRESSION.findall(text):
        expression = QgsExpression(told)
        expression.evaluate(context)
        if expression.hasParserError() or expression.hasEvalError():
            return True
    return False


def _driven(item: QgsLayoutItem, box: QRectF, context: QgsExpressionContext) -> QRectF | None:
    """The box of an item placed by expressions for the feature; None when it is not printed."""
    properties = item.dataDefinedProperties()

    def value(key: QgsLayoutObject.DataDefinedProperty, standing: float) -> float:
        return float(properties.valueAsDouble(key, context, standing)[0])

    hidden = properties.isActive(_DEFINED.ExcludeFromExports)
    if hidden and properties.valueAsBool(_DEFINED.ExcludeFromExports, context, False)[0]:
        return None
    return QRectF(
        value(_DEFINED.PositionX, box.x()),
        value(_DEFINED.PositionY, box.y()),
        value(_DEFINED.ItemWidth, box.width()),
        value(_DEFINED.ItemHeight, box.height()),
    )


def _ink(label: QgsLayoutItemLabel, room: QRectF, wide: float, tall: float, above: float) -> QRectF:
    """Where the letters of a label stand: its lines at their alignment, without the white above."""
    x = {
        Qt.AlignmentFlag.AlignRight: room.right() - wide,
        Qt.AlignmentFlag.AlignHCenter: room.center().x() - wide / 2,
    }.get(label.hAlign(), room.x())
    y = {
        Qt.AlignmentFlag.AlignVCenter: room.center().y() - tall / 2,
        Qt.AlignmentFlag.AlignBottom: room.bottom() - tall,
    }.get(label.vAlign(), room.y())
    return QRectF(x, y + above, wide, tall - above)


def least_size(paper: QRectF) -> float:
    """Smallest type (points) of a paper: 7 on A4, 9 on A3, 14 on a slide (CARTOGRAPHY § 8)."""
    short, long = sorted((paper.width(), paper.height()))
    if long / short > 1.6:
        return 14.0
    return 9.0 if short > 250 else 7.0


def large(piece: Piece) -> bool:
    """Type that is read at a lower contrast: 18 points, or 14 in bold (WCAG 2.1, 1.4.3)."""
    form = piece.item.textFormat()
    return points(form) >= 18 or (points(form) >= 14 and is_bold(form))
