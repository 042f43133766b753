"""What is written: nothing empty, nothing cut, nothing too small, nothing too pale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.core import QgsLayoutItem, QgsLayoutItemLabel, QgsTextFormat
from qgis.PyQt.QtCore import QRectF

from .fault import CONTRAST, EMPTY, SIZE, TRUNCATED, Fault, mm, number, quote
from .looks import WHITE, Paints, contrast, over, paint, plain
from .measure import is_bold, points
from .reading import MAP, PICTURE, SCALE, SHAPE, TEXT, Piece, Sheet, least_size

#: Letters past the edge of their box, in millimetres, that nobody sees.
PAST = 0.3
#: Least contrast of letters with what lies under them, and of large ones (WCAG 2.1, 1.4.3).
LEAST, LEAST_LARGE = 4.5, 3.0
#: What a failed expression or an absent figure would print.
_BROKEN = ("none", "null", "nan", "inf")


def empty(pages: Sequence[Sheet]) -> Iterator[Fault]:
    """Labels that print nothing, on whatever page of their layout; and broken expressions."""
    written: set[str] = set()
    blank: dict[str, Piece] = {}
    for sheet in pages:
        for piece in sheet.of(TEXT):
            words = piece.words.strip()
            if words:
                written.add(piece.item.uuid())
            else:
                blank[piece.item.uuid()] = piece
            if words.casefold() in _BROKEN or piece.failed:
                told = f"l’expression ne donne rien à lire : {quote(words)}"
                yield Fault(sheet.layout.name(), piece.name, EMPTY, told)
    for uuid, piece in blank.items():
        if uuid not in written:
            yield Fault(pages[0].layout.name(), piece.name, EMPTY, "texte vide")


def truncated(sheet: Sheet) -> Iterator[Fault]:
    """Labels whose letters pass their box, measured line by line in their own type."""
    for piece in sheet.of(TEXT):
        item = piece.item
        if not piece.words.strip() or item.mode() == QgsLayoutItemLabel.Mode.ModeHtml:
            continue
        room = item.rect() if item.itemRotation() else piece.box
        wide = piece.wide - (room.width() - 2 * item.marginX())
        tall = piece.tall - (room.height() - 2 * item.marginY())
        if wide > PAST:
            told = f"{quote(piece.words)} dépasse sa boîte de {mm(wide)} en largeur"
            yield Fault(sheet.layout.name(), piece.name, TRUNCATED, _at(sheet, told))
        elif tall > PAST:
            told = (
                f"{quote(piece.words)} : {piece.lines} lignes, {mm(tall)} de trop "
                f"pour une boîte de {mm(room.height())}"
            )
            yield Fault(sheet.layout.name(), piece.name, TRUNCATED, _at(sheet, told))


def _at(sheet: Sheet, told: str) -> str:
    """The feature of an atlas on whose page it is."""
    extra = sheet.page[len(sheet.layout.name()) :].lstrip(", ")
    return f"{told} ({extra})" if extra else told


def small(sheet: Sheet) -> Iterator[Fault]:
    """Labels and scale bars under the least size of the paper."""
    least = least_size(sheet.paper)
    for piece in sheet.of(TEXT, SCALE):
        size = points(piece.item.textFormat())
        if size < least - 0.05:
            yield too_small(sheet, piece.name, size, least)


def too_small(sheet: Sheet, name: str, size: float, least: float, what: str = "corps") -> Fault:
    told = f"{what} {number(size)} pt, {number(least, 0)} au moins sur ce papier"
    return Fault(sheet.layout.name(), name, SIZE, told)


def pale(sheet: Sheet, paints: Paints) -> Iterator[Fault]:
    """Letters that do not stand out from what lies under them."""
    for piece in sheet.of(TEXT, SCALE):
        if piece.kind == TEXT and not piece.words.strip():
            continue
        ground = _ground(sheet, piece, paints)
        told = faint(piece.item.textFormat(), ground)
        if told:
            words = f"{quote(piece.words)} : {told}" if piece.words else told
            yield Fault(sheet.layout.name(), piece.name, CONTRAST, words)


def faint(form: QgsTextFormat, ground: str) -> str:
    """What is wrong with letters on a ``ground`` (a colour, or "" for a map or a picture)."""
    buffer, letters = form.buffer(), plain(form.color())
    halo = plain(buffer.color()) if buffer.enabled() and buffer.size() > 0 else ""
    under = halo or ground
    if not under:
        return "sur une carte ou une image, sans halo ni fond"
    found, least = contrast(letters, under), _least(form)
    if found >= least - 0.005:
        return ""
    return f"contraste {number(found)} ({letters} sur {under}), {number(least)} au moins"


def _least(form: QgsTextFormat) -> float:
    size = points(form)
    return LEAST_LARGE if size >= 18 or (size >= 14 and is_bold(form)) else LEAST


def _ground(sheet: Sheet, piece: Piece, paints: Paints) -> str:
    """Colour under a text; "" when a map or a picture is."""
    item: QgsLayoutItem = piece.item
    layers: list[tuple[object, float]] = []
    if item.hasBackground() and item.backgroundColor().alpha() > 0:
        layers.append((item.backgroundColor(), 1.0))
    colour = _paper(sheet)
    for under in reversed(sheet.pieces):
        if layers and layers[-1][0].alphaF() * layers[-1][1] > 0.95:  # type: ignore[attr-defined]
            break
        if under.z >= piece.z or not _covers(under.box, piece.ink):
            continue
        if under.kind in (MAP, PICTURE):
            colour = ""
            break
        if under.kind == SHAPE:
            filled = paints.of(under.item)
            if filled is not None:
                layers.append(filled)
    opaque = bool(layers) and layers[-1][0].alphaF() * layers[-1][1] > 0.95  # type: ignore[attr-defined]
    if not colour and not opaque:
        return ""
    for paint_, opacity in reversed(layers):
        colour = over(paint_, opacity, colour or WHITE)
    return colour


def _covers(box: QRectF, ink: QRectF) -> bool:
    """Whether most of the letters lie on that box."""
    common = box.intersected(ink)
    return bool(common.width() * common.height() > 0.5 * ink.width() * ink.height())


def _paper(sheet: Sheet) -> str:
    """Colour of the paper."""
    found = paint(sheet.layout.pageCollection().page(0).pageStyleSymbol())
    return over(found[0], found[1], WHITE) if found else WHITE
