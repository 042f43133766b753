"""Decisions of a review as steps that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

try:  # Qt 6 has them in QtGui, Qt 5 in QtWidgets
    from qgis.PyQt.QtGui import QUndoCommand, QUndoStack
except ImportError:
    from qgis.PyQt.QtWidgets import QUndoCommand, QUndoStack

from .words import tr

__all__ = ["Decisions", "Deletion", "QUndoStack"]


class _Step(QUndoCommand):
    """Something that was just done; nothing of a row is in its text."""

    def __init__(self, text: str, session: Any, refused: Callable[[Exception], None]) -> None:
        super().__init__(text)
        self._session = session
        self._refused = refused
        self._done = True  # pushed on the stack after it was done: the first redo has nothing to do

    def redo(self) -> None:
        if self._done:
            self._done = False
        else:
            self._attempt(self._do)

    def undo(self) -> None:
        self._attempt(self._take_back)

    def _attempt(self, change: Callable[[], None]) -> None:
        try:
            change()
        except self._session.problem as error:
            self.setObsolete(True)
            self._refused(error)
            return
        self._show()

    def _do(self) -> None:
        raise NotImplementedError

    def _take_back(self) -> None:
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError


class Decisions(_Step):
    """Decisions kept together: ``made`` are rows with their corrections, ``before`` what each replaced."""

    def __init__(
        self,
        session: Any,
        made: Sequence[tuple[int, Any]],
        before: Sequence[Any],
        shown: Callable[[int], None],
        refused: Callable[[Exception], None],
    ) -> None:
        super().__init__(tr("Decision on a row"), session, refused)
        self._made = list(made)
        self._before = [(at, each) for (at, _), each in zip(made, before)]
        self._shown = shown

    def _do(self) -> None:
        self._session.decide_all(self._made)

    def _take_back(self) -> None:
        self._session.undo_all(self._before)

    def _show(self) -> None:
        self._shown(self._made[0][0])


class Deletion(_Step):
    """Corrections deleted from the file."""

    def __init__(
        self,
        session: Any,
        corrections: Sequence[Any],
        shown: Callable[[], None],
        refused: Callable[[Exception], None],
    ) -> None:
        super().__init__(tr("Corrections deleted"), session, refused)
        self._corrections = list(corrections)
        self._shown = shown

    def _do(self) -> None:
        self._session.forget(self._corrections)

    def _take_back(self) -> None:
        self._session.remember(self._corrections)

    def _show(self) -> None:
        self._shown()
