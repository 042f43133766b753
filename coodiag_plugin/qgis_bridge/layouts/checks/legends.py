"""The legend against its map: every class drawn is explained, every entry is drawn, in that colour.

Entries are found by geometry among the items whose name begins with « legende. »: a small shape
and the words at its right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qgis.core import QgsLayoutItemShape
from qgis.PyQt.QtGui import QColor

from ....core import french
from ....core.design import MapDesign
from .drawn import Features, Key, Theme
from .fault import CLASSES, EMPTY, GREYS, LEGEND, Fault, number, quote
from .looks import WHITE, Paints, is_hatched, lightness, over, paint
from .reading import SHAPE, TEXT, Piece, Sheet, least_size

PREFIX = "legende."
#: Room between a shape and its words, in millimetres of an A4 drawing.
_ASIDE = 8.0
#: Difference of L* between classes that touch in a legend (CARTOGRAPHY § 4).
LEAST_STEP = 12.0
#: Parts of 255 by which a colour of the legend may differ from that of the map.
_SAME = 3
_SHADED = ("choropleth", "coloured_circles")


@dataclass(frozen=True)
class Entry:
    """A shape of the legend with its words, and the colour in which it looks on paper."""

    shape: Piece
    words: str
    colour: str
    hatched: bool

    @property
    def outline(self) -> QgsLayoutItemShape.Shape:
        return self.shape.item.shapeType()


def folded(text: str) -> str:
    """Words without the spaces and joiners by which print and catalogue differ."""
    return re.sub(r"[\s\u2060]+", " ", french.typography(text)).strip().casefold()


def entries(sheet: Sheet, paints: Paints) -> list[Entry]:
    """Entries of the legends of a page, from top to bottom, then left to right."""
    texts = [piece for piece in sheet.of(TEXT) if piece.name.startswith(PREFIX)]
    found = []
    for shape in swatches(sheet, paints):
        beside = _beside(shape, texts, _ASIDE * least_size(sheet.paper) / 7)
        if beside is not None:
            found.append(_entry(shape, beside.words, paints))
    return sorted(found, key=lambda entry: (round(entry.shape.box.y(), 1), entry.shape.box.x()))


def swatches(sheet: Sheet, paints: Paints) -> list[Piece]:
    """Filled shapes of the legend, rules apart."""
    return [
        piece
        for piece in sheet.of(SHAPE)
        if piece.name.startswith(PREFIX) and not piece.thin and paints.of(piece.item) is not None
    ]


def _entry(shape: Piece, words: str, paints: Paints) -> Entry:
    filled = paints.of(shape.item)
    assert filled is not None
    colour = over(filled[0], filled[1], WHITE)
    return Entry(shape, words, colour, is_hatched(shape.item.symbol()))


def _beside(shape: Piece, texts: Sequence[Piece], aside: float) -> Piece | None:
    """The nearest words at the right of a shape, on its line."""
    box = shape.box
    near = [
        (text.ink.left() - box.right(), text)
        for text in texts
        if -0.5 <= text.ink.left() - box.right() <= aside
        and abs(text.box.center().y() - box.center().y())
        <= max(text.box.height(), box.height()) / 2
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def check(
    sheet: Sheet, themes: Sequence[Theme], features: Features, paints: Paints
) -> Iterator[Fault]:
    """Legend, colours, greys and classes of the maps of a page that show a page of the context."""
    shown = [theme for theme in themes if theme.page is not None and theme.subject is not None]
    held = entries(sheet, paints)
    for theme in shown:
        yield from _explained(sheet, theme, features, held, paints)
        yield from _greys(sheet, theme, held, paints)
        yield from _number(sheet, theme, features, held)
    if shown:
        yield from _drawn(sheet, shown, features, held)


def _keys(theme: Theme, features: Features) -> tuple[Key, ...]:
    assert theme.subject is not None
    return features.keys(theme.subject, theme.map)


def _explained(
    sheet: Sheet, theme: Theme, features: Features, held: list[Entry], paints: Paints
) -> Iterator[Fault]:
    """Each symbol that the map draws has an entry, in its colour."""
    design = _design(theme)
    by_words = {folded(entry.words): entry for entry in held}
    texts = {folded(piece.words) for piece in sheet.of(TEXT)}
    colours = [_entry(piece, "", paints).colour for piece in swatches(sheet, paints)]
    keys = _keys(theme, features)
    if not any(key.features for key in keys):
        yield Fault(sheet.page, theme.piece.name, EMPTY, "la carte ne montre aucun élément")
    for key in keys:
        if not key.features:
            continue
        look = _look(key, design)
        if design.kind == "bivariate" and key.label not in {box.label for box in design.boxes}:
            if look and not any(_alike(look, colour) for colour in colours):
                yield _unexplained(sheet, theme, key)
            continue
        entry = by_words.get(folded(key.label))
        if entry is None:
            if design.kind != "circles" or folded(key.label) not in texts:
                yield _unexplained(sheet, theme, key)
        elif look and not _alike(look, entry.colour):
            told = f"{quote(entry.words)} est {entry.colour} dans la légende, {look} sur la carte"
            yield Fault(sheet.layout.name(), entry.shape.name, LEGEND, told)
        elif entry.hatched != is_hatched(key.symbol):
            told = f"{quote(entry.words)} n’a pas les mêmes hachures que sur la carte"
            yield Fault(sheet.layout.name(), entry.shape.name, LEGEND, told)


def _unexplained(sheet: Sheet, theme: Theme, key: Key) -> Fault:
    told = (
        f"{quote(key.label)} est sur la carte ({french.plural(len(key.features), 'élément')}) "
        "et n’est pas dans la légende"
    )
    return Fault(sheet.layout.name(), theme.piece.name, LEGEND, told)


def _drawn(
    sheet: Sheet, shown: Sequence[Theme], features: Features, held: list[Entry]
) -> Iterator[Fault]:
    """Each entry of the legend is drawn on a map of the page."""
    present: set[str] = set()
    for theme in shown:
        if _design(theme).kind == "bivariate":
            scheme = {entry.words for entry in held if entry.words}
            boxes = {folded(box.label) for box in _design(theme).boxes}
            present |= {folded(words) for words in scheme} - boxes
        present |= {folded(key.label) for key in _keys(theme, features) if key.features}
    missing = [entry for entry in held if folded(entry.words) not in present]
    if missing:
        present |= set(_others(shown, features))
    for entry in missing:
        if folded(entry.words) not in present:
            told = f"{quote(entry.words)} n’a aucun élément sur la carte"
            yield Fault(sheet.layout.name(), entry.shape.name, LEGEND, told)


def _others(shown: Sequence[Theme], features: Features) -> Iterator[str]:
    """What the other layers of the maps draw: their names and their labels."""
    for theme in shown:
        for layer in theme.layers:
            keys = [key for key in features.keys(layer, theme.map) if key.features]
            yield from (folded(key.label) for key in keys if key.label)
            if keys:
                yield folded(layer.name())


def _design(theme: Theme) -> MapDesign:
    assert theme.page is not None
    return theme.page.design


def _look(key: Key, design: MapDesign) -> str:
    """Colour of a symbol on white paper; "" where paints add up (nested zones) or none fills."""
    filled = paint(key.symbol)
    if filled is None:
        return ""
    see_through = filled[0].alphaF() * filled[1] < 0.95
    if see_through and (design.kind in ("circles", "coloured_circles") or design.nested):
        return ""
    return over(filled[0], filled[1], WHITE)


def _alike(one: str, other: str) -> bool:
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb())
    return all(abs(first - second) <= _SAME for first, second in pairs)


def _classes(theme: Theme, held: Sequence[Entry]) -> list[Entry]:
    """Entries of the classes or kinds of a map, without the boxes outside the ramp."""
    design = _design(theme)
    labels = {folded(label) for label in design.labels}
    labels |= {folded(label) for _, _, label in design.categories}
    return [entry for entry in held if folded(entry.words) in labels]


def _greys(sheet: Sheet, theme: Theme, held: Sequence[Entry], paints: Paints) -> Iterator[Fault]:
    """Neighbours in the legend are told apart in a grey print, or by their shapes or hatches."""
    if _design(theme).kind == "bivariate":
        yield from _grid(sheet, swatches(sheet, paints), paints)
        return
    ranked = _classes(theme, held)
    for one, other in zip(ranked, ranked[1:]):
        if one.outline != other.outline or one.hatched != other.hatched:
            continue
        yield from _step(sheet, one, other, f"{quote(one.words)} et {quote(other.words)}")


def _grid(sheet: Sheet, squares: Sequence[Piece], paints: Paints) -> Iterator[Fault]:
    """Squares of a crossing that touch."""
    for one in squares:
        for other in squares:
            aside = other.box.x() - one.box.x(), other.box.y() - one.box.y()
            side = one.box.width()
            touch = (abs(aside[0] - side) < 0.5 and abs(aside[1]) < 0.5) or (
                abs(aside[0]) < 0.5 and abs(aside[1] - side) < 0.5
            )
            if touch:
                pair = _entry(one, "", paints), _entry(other, "", paints)
                yield from _step(sheet, *pair, f"« {one.name} » et « {other.name} »")


def _step(sheet: Sheet, one: Entry, other: Entry, names: str) -> Iterator[Fault]:
    step = abs(lightness(one.colour) - lightness(other.colour))
    if step < LEAST_STEP - 0.05:
        told = (
            f"{names} : {number(step)} de clarté (L*) entre eux, {number(LEAST_STEP, 0)} au moins"
        )
        yield Fault(sheet.layout.name(), other.shape.name, GREYS, told)


def _number(
    sheet: Sheet, theme: Theme, features: Features, held: Sequence[Entry]
) -> Iterator[Fault]:
    """4 to 6 classes, 3 or 4 under 20 units, fewer where the values cannot make them."""
    design = _design(theme)
    if design.kind not in _SHADED or not design.labels:
        return
    labels = {folded(label) for label in design.labels}
    field = design.colour_field or design.field
    decimals = design.colour_decimals if design.colour_field else design.decimals
    values = [
        round(float(feature[field]), decimals)
        for key in _keys(theme, features)
        if folded(key.label) in labels
        for feature in key.features
    ]
    count, units = len(_classes(theme, held)), len(values)
    low, high = (3, 4) if units < 20 else (4, 6)
    # A class is more than one value, or two where ties leave few of them.
    low = min(low, max(len(set(values)) // 2, 1), most_classes(units))
    if not low <= count <= high:
        told = f"{count} classes pour {french.plural(units, 'unité')}, de {low} à {high} attendues"
        yield Fault(sheet.layout.name(), theme.piece.name, CLASSES, told)


def most_classes(units: int) -> int:
    """Classes that so many units can fill: 1 + 3,3·log10 n (Huntsberger)."""
    return max(int(1 + 3.3 * math.log10(max(units, 1))), 1)
