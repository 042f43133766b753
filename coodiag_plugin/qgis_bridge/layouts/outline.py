"""What a layout tells the PDF of itself: its place in the outline, its links, its structure.

Kept as custom properties, hence in the project: a dossier that is printed again after changes by
hand has the bookmarks and links of what it then holds.
"""

from __future__ import annotations

import re

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import Qt

from ...edition.pdf.tags import FIGURE, ORNAMENT, PARAGRAPH, TITLE, Piece
from .items import LINK

#: Of a layout: its words in the outline (its name without its number when it has none), its level.
BOOKMARK, LEVEL = "coodiag/signet", "coodiag/niveau"
#: Of a map or a picture: what is said to who cannot see it ("-": it is an ornament).
ALT = "coodiag/alt"
#: The same of pictures that every atlas has, by name.
_WORDS = {
    "carte.situation": "Carte de situation du territoire",
    "couverture.logo": "Logo",
    "couverture.photo": "-",
}
#: The label that is the title of a page, and the sentence that reads its map.
_TITLE_ID, _READING_ID = "texte.titre", "texte.lecture"

_NAME = re.compile(r"([A-Z]?)(\d+) *(.*)")


def place(layout: QgsPrintLayout, title: str = "", level: int = 0) -> None:
    """Tell the level (0, or 1 under the last 0) of a layout's bookmark, and its words when they
    are not those of its name."""
    if title:
        layout.setCustomProperty(BOOKMARK, title)
    layout.setCustomProperty(LEVEL, level)


def title(layout: QgsPrintLayout) -> str:
    found = _NAME.fullmatch(layout.name())
    return layout.customProperty(BOOKMARK, "") or (found[3] if found else "") or layout.name()


def level(layout: QgsPrintLayout) -> int:
    return int(layout.customProperty(LEVEL, 0))


def number(layout: QgsPrintLayout) -> tuple[str, int]:
    """Letter and number of the first page, as the layout's name bears them; ("", 0): none."""
    found = _NAME.fullmatch(layout.name())
    return (found[1], int(found[2])) if found else ("", 0)


def link(item: QgsLayoutItem) -> int:
    """Printed number of the page that an item leads to; 0: none."""
    return int(item.customProperty(LINK, 0) or 0)


def pieces(layout: QgsPrintLayout, sheet: int) -> tuple[Piece, ...]:
    """The items of a sheet in the order in which they are drawn, with what each of them is."""
    found = []
    for item in layout.items(Qt.SortOrder.AscendingOrder):
        if not isinstance(item, QgsLayoutItem) or isinstance(item, QgsLayoutItemPage):
            continue
        if item.page() == sheet and item.isVisible():
            place, kind = item.pagePos(), _kind(item)
            words = _words(layout, item)
            found.append(Piece(place.x(), place.y(), kind if words != "-" else ORNAMENT, words))
    return tuple(found)


def _kind(item: QgsLayoutItem) -> str:
    if isinstance(item, QgsLayoutItemLabel):
        return TITLE if item.id() == _TITLE_ID else PARAGRAPH
    if isinstance(item, (QgsLayoutItemMap, QgsLayoutItemPicture)):
        return FIGURE
    return PARAGRAPH if isinstance(item, QgsLayoutFrame) else ORNAMENT


def _words(layout: QgsPrintLayout, item: QgsLayoutItem) -> str:
    """The text of a label, the words of a picture."""
    if isinstance(item, QgsLayoutItemLabel):
        text = str(item.text())
        return str(item.currentText()) if "[%" in text else text
    return alt(layout, item) if _kind(item) == FIGURE else ""


def alt(layout: QgsPrintLayout, item: QgsLayoutItem) -> str:
    """What is said of a picture: its own words, else those of its page (title and sentence)."""
    own = str(item.customProperty(ALT, "") or "") or _WORDS.get(item.id(), "")
    if own:
        return own
    title_label, reading = (layout.itemById(name) for name in (_TITLE_ID, _READING_ID))
    said = [title_label.currentText() if title_label else title(layout)]
    said += [reading.currentText()] if reading else []
    what = "Carte" if isinstance(item, QgsLayoutItemMap) else "Figure"
    return f"{what} : {' '.join(said)}"
