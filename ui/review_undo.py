"""Decisions of a review as steps that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

try:  # Qt 6 has them in QtGui, Qt 5 in QtWidgets
    from qgis.PyQt.QtGui import QUndoCommand, QUndoStack
except ImportError:
    from qgis.PyQt.QtWidgets import QUndoCommand, QUndoStack

from .words import tr

__all__ = ["Decision", "QUndoStack"]


class Decision(QUndoCommand):
    """A decision that was just kept; nothing of the row is in its text."""

    def __init__(
        self,
        session: Any,
        at: int,
        correction: Any,
        before: Any,
        shown: Callable[[int], None],
        refused: Callable[[Exception], None],
    ) -> None:
        super().__init__(tr("Decision on a row"))
        self._session = session
        self._at = at
        self._correction = correction
        self._before = before
        self._shown = shown
        self._refused = refused
        self._kept = True  # pushed on the stack after it was kept: the first redo has nothing to do

    def redo(self) -> None:
        if self._kept:
            self._kept = False
            return
        self._attempt(lambda: self._session.decide(self._at, self._correction))

    def undo(self) -> None:
        self._attempt(lambda: self._session.undo(self._at, self._before))

    def _attempt(self, change: Callable[[], Any]) -> None:
        try:
            change()
        except self._session.problem as error:
            self.setObsolete(True)
            self._refused(error)
            return
        self._shown(self._at)
