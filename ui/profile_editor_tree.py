"""The chapters and pages of a profile, in their order: to choose from, to drag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from .profile_editor_forms import swatch
from .profile_editor_words import LAYERS, SHEETS, word
from .words import tip, tr

_PLACE = Qt.ItemDataRole.UserRole
Place = tuple[int, ...]


class PlanTree(QTreeWidget):
    """``chosen``: the place under the cursor has changed; ``moved``: a part was dragged before a
    place, the ones of the session."""

    chosen = pyqtSignal()
    moved = pyqtSignal(tuple, tuple)

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._items: dict[Place, QTreeWidgetItem] = {}
        self._open: set[str] = set()  # ids of the chapters that show their pages
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("Chapters and pages"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformRowHeights(True)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())
        self.itemExpanded.connect(lambda item: self._open.add(self._id(item)))
        self.itemCollapsed.connect(lambda item: self._open.discard(self._id(item)))

    def place(self) -> Place:
        """The place under the cursor, the profile itself when there is none."""
        item = self.currentItem()
        return tuple(item.data(0, _PLACE)) if item is not None else ()

    def show_plan(self, at: Place, wrong: set[Place]) -> None:
        """Fill the tree anew, the cursor at a place; ``wrong``: those that have a problem."""
        blocker = QSignalBlocker(self)
        top = self.verticalScrollBar().value()
        self.clear()
        document = self._session.document
        self._items = {(): self._item((), document.get("title", ""), tr("Profile"), wrong)}
        whole = self._items[()]
        self.addTopLevelItem(whole)
        for rank, chapter in enumerate(document["chapters"]):
            self._chapter(rank, chapter, wrong)
        whole.setExpanded(True)
        for place, item in self._items.items():
            if len(place) == 1:
                item.setExpanded(self._id(item) in self._open)
        item = self._items.get(at, whole)
        if item.parent() is not None:
            item.parent().setExpanded(True)
            self._open.add(self._id(item.parent()))
        self.setCurrentItem(item)
        blocker.unblock()
        self.verticalScrollBar().setValue(top)
        self.scrollToItem(item)

    def choose(self, place: Place) -> None:
        """Put the cursor at a place."""
        item = self._items.get(place)
        if item is not None:
            if item.parent() is not None:
                item.parent().setExpanded(True)
            self.setCurrentItem(item)

    def _chapter(self, rank: int, chapter: dict[str, Any], wrong: set[Place]) -> None:
        title = f"{rank + 1}. {chapter.get('title', '')}"
        item = self._item((rank,), title, tr("Chapter"), wrong)
        item.setIcon(0, swatch(self._session.choices.colour(chapter.get("theme", ""))))
        self._items[(rank,)] = item
        self._items[()].addChild(item)
        for at, page in enumerate(chapter["pages"]):
            table, key = (SHEETS, "sheet") if "sheet" in page else (LAYERS, "layer")
            kind = word(table, page.get(key, ""))
            below = self._item((rank, at), page.get("title", ""), kind, wrong)
            below.setFlags(below.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            self._items[(rank, at)] = below
            item.addChild(below)

    def _item(self, place: Place, title: str, kind: str, wrong: set[Place]) -> QTreeWidgetItem:
        shown = title or tr("(no title)")
        bad = place in wrong or (
            # a closed chapter tells of its pages
            len(place) == 1 and any(each[:1] == place for each in wrong)
        )
        item = QTreeWidgetItem([f"⚠ {shown}" if bad else shown])
        item.setData(0, _PLACE, list(place))
        item.setToolTip(0, tip(f"{shown}\n{kind}"))
        spoken = f"{kind}: {shown}" + (f", {tr('to be mended')}" if bad else "")
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not place:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        return item

    def _id(self, item: QTreeWidgetItem) -> str:
        place = tuple(item.data(0, _PLACE))
        return str(self._session.part(place).get("id", "")) if len(place) == 1 else ""

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where a part was dropped; the session moves it, and the tree is filled anew."""
        origin = self.place()
        at = event.position().toPoint() if hasattr(event, "position") else event.pos()  # Qt 6, 5
        item = self.itemAt(at)
        target = self._target(origin, item, self.dropIndicatorPosition())
        event.setDropAction(Qt.DropAction.CopyAction)  # a move would have Qt take the row out
        event.accept()
        if origin and target is not None:
            self.moved.emit(origin, target)

    def _target(self, origin: Place, item: QTreeWidgetItem | None, where: Any) -> Place | None:
        """The place before which ``origin`` goes."""
        below = where != QAbstractItemView.DropIndicatorPosition.AboveItem
        under = tuple(item.data(0, _PLACE)) if item is not None else None
        chapters = self._session.document["chapters"]
        find: Callable[..., Place | None] = _for_chapter if len(origin) == 1 else _for_page
        return find(under, below, [len(chapter["pages"]) for chapter in chapters])


def _for_chapter(under: Place | None, below: bool, counts: list[int]) -> Place | None:
    if under is None:
        return (len(counts),)
    if not under:
        return (0,)
    return (under[0] + (below or len(under) == 2),)


def _for_page(under: Place | None, below: bool, counts: list[int]) -> Place | None:
    """A page dropped on a chapter goes to its end, above it to the end of the one before."""
    if under is None:
        return (len(counts) - 1, counts[-1])
    if not under:
        return None
    if len(under) == 2:
        return (under[0], under[1] + below)
    chapter = under[0] if below else max(under[0] - 1, 0)
    return (chapter, counts[chapter] if below or under[0] else 0)
