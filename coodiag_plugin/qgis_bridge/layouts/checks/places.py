"""Where things stand: everything inside its page, nothing running over anything else.

What may share a place is told by geometry and kind alone: a backdrop holds what lies on it, a small
map lies wholly on a large one, circles of a legend are nested. Letters, not boxes, are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsLayoutItemShape
from qgis.PyQt.QtCore import QRectF

from .fault import OUTSIDE, OVERLAP, Fault, area, mm, quote
from .looks import Paints
from .reading import LINE, MAP, OTHER, SCALE, SHAPE, SOLID, TABLE, TEXT, Piece, Sheet

#: Tolerances in millimetres: beyond the edge of the page, and of two pieces one over the other.
EDGE, TOUCH = 0.1, 0.3
#: A piece of content that lies on another one takes at most this share of it.
INSET = 0.5
#: Side of the square inside a circle, as a share of its diameter lost on each side.
_ROUND = 0.146


def outside(sheet: Sheet) -> Iterator[Fault]:
    """Pieces that pass the edge of the paper."""
    paper = sheet.paper
    for piece in sheet.pieces:
        box = piece.box.united(piece.ink) if piece.kind == TEXT and piece.words else piece.box
        past = max(
            paper.left() - box.left(),
            box.right() - paper.right(),
            paper.top() - box.top(),
            box.bottom() - paper.bottom(),
        )
        if past > EDGE:
            words = f"dépasse de {mm(past)} le bord de la page"
            yield Fault(sheet.layout.name(), piece.name, OUTSIDE, words)


def overlaps(sheet: Sheet, paints: Paints) -> Iterator[Fault]:
    """Pairs of pieces that run over one another."""
    placed = [
        (piece.ink.top(), piece.ink.bottom(), piece.ink.left(), piece.ink.right(), rank, piece)
        for rank, piece in enumerate(sheet.pieces)
        if piece.kind not in (LINE, OTHER) and (piece.kind != TEXT or piece.words.strip())
    ]
    placed.sort(key=lambda entry: entry[:5])
    for at, (_, bottom, left, right, rank, piece) in enumerate(placed):
        for top, _, other_left, other_right, other_rank, other in placed[at + 1 :]:
            if top >= bottom:
                break
            if other_left >= right or other_right <= left:
                continue
            below, above = (piece, other) if rank < other_rank else (other, piece)
            words = _clash(below, above, paints)
            if words:
                first, second = _named(below, above)
                told = f"{words} {_called(second)}{_common(below, above)}"
                yield Fault(sheet.layout.name(), first.name, OVERLAP, told)


def _named(below: Piece, above: Piece) -> tuple[Piece, Piece]:
    """The piece whose fault it is (a text when there is one), and the other."""
    letters = (TEXT, SCALE)
    if above.kind not in letters and below.kind in letters:
        return below, above
    return above, below


def _called(piece: Piece) -> str:
    return f"{piece.kind} « {piece.name} »" + (f" {quote(piece.words)}" if piece.words else "")


def _common(one: Piece, other: Piece) -> str:
    return f" ({area(one.ink.intersected(other.ink))})"


def _clash(below: Piece, above: Piece, paints: Paints) -> str:
    """What is wrong with two pieces whose places meet; "" when they may share it."""
    kinds = {below.kind, above.kind}
    letters = [piece for piece in (below, above) if piece.kind in (TEXT, SCALE)]
    if any(piece.kind == SHAPE and piece.thin for piece in (below, above)):
        return _struck(below, above, letters)
    if not _meet(below.ink, above.ink):
        return ""
    if len(letters) == 2:
        return "se mêle à"
    if letters:
        other = above if letters[0] is below else below
        if other.kind == SHAPE:
            return _on_shape(letters[0], other, other is above, paints)
        return _on_content(letters[0], other, other is above)
    if kinds == {SHAPE}:
        return "" if _nested(below, above) else "déborde sur"
    if SHAPE in kinds:
        return _shape_and_content(below, above, paints)
    return _inset(below, above)


def _meet(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    return bool(common.width() > TOUCH and common.height() > TOUCH)


def _within(inner: QRectF, outer: QRectF) -> bool:
    return bool(outer.adjusted(-TOUCH, -TOUCH, TOUCH, TOUCH).contains(inner))


def _nested(one: Piece, other: Piece) -> bool:
    return _within(one.box, other.box) or _within(other.box, one.box)


def _struck(below: Piece, above: Piece, letters: list[Piece]) -> str:
    """A rule through letters; over anything else a rule may run."""
    if not letters:
        return ""
    rule = above if letters[0] is below else below
    inner = letters[0].ink.adjusted(TOUCH, TOUCH, -TOUCH, -TOUCH)
    crossed = rule.box.intersected(inner)
    lying = rule.box.width() >= rule.box.height()
    through = crossed.width() > TOUCH if lying else crossed.height() > TOUCH
    return "est barré par" if not crossed.isEmpty() and through else ""


def _on_shape(text: Piece, shape: Piece, over: bool, paints: Paints) -> str:
    box = shape.box
    if shape.item.shapeType() == QgsLayoutItemShape.Shape.Ellipse:
        aside, down = box.width() * _ROUND, box.height() * _ROUND
        box = box.adjusted(aside, down, -aside, -down)
        if not _meet(text.ink, box):
            return ""
    if over and paints.of(shape.item) is not None:
        return "est caché par"
    return "" if _within(text.ink, box) else "est à cheval sur"


def _on_content(text: Piece, content: Piece, over: bool) -> str:
    if over:
        return "est caché par"
    if content.kind == TABLE:
        return "est sur"
    return "" if _within(text.ink, content.box) else "est à cheval sur"


def _shape_and_content(below: Piece, above: Piece, paints: Paints) -> str:
    if above.kind == SHAPE:
        if _within(above.box, below.box):
            return "" if below.kind == MAP or paints.of(above.item) is None else "couvre"
        frames = _within(below.box, above.box) and paints.of(above.item) is None
        return "" if frames else "couvre"
    return "" if _nested(below, above) else "est à cheval sur"


def _inset(below: Piece, above: Piece) -> str:
    """Two pieces of content: the upper one may be an inset of the lower."""
    share = above.box.width() * above.box.height() / (below.box.width() * below.box.height())
    fits = _within(above.box, below.box) and share <= INSET
    return (
        "" if fits and below.kind in SOLID and TABLE not in (below.kind, above.kind) else "couvre"
    )
