"""What the cache takes on the disk, and emptying it, on the page of the options."""

from __future__ import annotations

from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from .words import tr

_NAME, _SIZE = range(2)
_PART = Qt.ItemDataRole.UserRole


class CacheView(QWidget):
    """The parts of the cache to be ticked, a button, and the question it asks in place.

    Measuring and emptying go on beside the window; their late answers are ignored once it is gone.
    """

    def __init__(self, session: Any) -> None:
        super().__init__()
        self.session = session
        self._errands: list[Any] = []  # at most one, that has not answered
        self.destroyed.connect(partial(_leave, self._errands))
        self.tree = self._tree()
        self.empty = QPushButton(tr("&Empty what is ticked…"))
        self.empty.clicked.connect(lambda _=False: self._ask())
        self.stop = QPushButton(tr("&Stop"))
        self.stop.clicked.connect(lambda _=False: self._stop())
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.remove = QPushButton(tr("&Remove"))
        self.remove.clicked.connect(lambda _=False: self._empty())
        self.spare = QPushButton(tr("&Keep"))
        self.spare.clicked.connect(lambda _=False: self._answered())
        self.asking = QWidget()
        asked = QVBoxLayout(self.asking)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self.question)
        asked.addWidget(_buttons(self.remove, self.spare))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tree)
        layout.addWidget(self.told)
        layout.addWidget(_buttons(self.stop, self.empty))
        layout.addWidget(self.asking)
        self.asking.hide()
        self.measure()

    def measure(self, before: str = "") -> None:
        """Show the sizes anew, once they are known, after the sentence ``before``."""
        self._busy(tr("Measuring the cache…"))
        done = partial(self._measured, before)
        self._errands.append(self.session.measure(done, self._refused))

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels([tr("Content"), tr("Size")])
        tree.setRootIsDecorated(False)
        tree.setAccessibleName(tr("Parts of the cache"))
        tree.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(_SIZE, QHeaderView.ResizeMode.ResizeToContents)
        tree.itemChanged.connect(lambda *_: self._ticked())
        return tree

    def _measured(self, before: str, parts: list[Any]) -> None:
        self._errands.clear()
        self.tree.clear()
        for part in parts:
            held = _size(part.size) if part.size else tr("empty")
            item = QTreeWidgetItem([tr(self.session.content(part.name)), held])
            item.setTextAlignment(
                _SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            item.setToolTip(_NAME, str(part.folder))
            item.setData(_NAME, _PART, part)
            item.setCheckState(_NAME, Qt.CheckState.Unchecked)
            if not part.size:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            self.tree.addTopLevelItem(item)
        size = sum(part.size for part in parts)
        total = tr("In all: {size}.").format(size=_size(size)) if size else tr("Nothing is kept.")
        self._idle(f"{before} {total}".strip())

    def _chosen(self) -> list[Any]:
        """The parts that are ticked."""
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [
            item.data(_NAME, _PART)
            for item in items
            if item.checkState(_NAME) == Qt.CheckState.Checked
        ]

    def _ticked(self) -> None:
        self.empty.setEnabled(bool(self._chosen()) and not self._errands)
        self.asking.hide()

    def _ask(self) -> None:
        freed = _size(sum(part.size for part in self._chosen()))
        self.question.setText(
            tr(
                "Remove {size}? It will be asked or made again when it is needed. Do not do it while a diagnosis runs. Your corrections and the wizard's draft stay."
            ).format(size=freed)
        )
        self.asking.show()
        self.spare.setFocus()

    def _answered(self) -> None:
        self.asking.hide()
        self.empty.setFocus()

    def _empty(self) -> None:
        names = [part.name for part in self._chosen()]
        self.asking.hide()
        self._busy(tr("Emptying the cache…"))
        self.stop.show()
        self._errands.append(self.session.empty(names, self._emptied, self._refused))

    def _emptied(self, result: Any) -> None:
        self._errands.clear()
        said = tr("Freed: {size}.").format(size=_size(result.freed))
        if result.left:
            said += " " + tr(
                "Files that could not be removed, as they are in use or protected: {count}."
            ).format(count=result.left)
        self.measure(said)

    def _stop(self) -> None:
        """What is removed is removed: the sizes are those of what is left."""
        _leave(self._errands)
        self.measure(tr("Stopped."))

    def _refused(self, sentence: str) -> None:
        self._errands.clear()
        self._idle(sentence or tr("Stopped."))

    def _busy(self, text: str) -> None:
        self.told.setText(text)
        self.tree.setEnabled(False)
        self.empty.setEnabled(False)
        self.stop.hide()

    def _idle(self, text: str) -> None:
        self.told.setText(text)
        self.tree.setEnabled(True)
        self.stop.hide()
        self._ticked()


def _leave(errands: list[Any], _gone: Any = None) -> None:
    """Nobody waits for these any more."""
    while errands:
        errands.pop().leave()


def _size(count: int) -> str:
    return QLocale().formattedDataSize(count, 1)


def _buttons(*buttons: QPushButton) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addStretch(1)
    for button in buttons:
        layout.addWidget(button)
    return holder
