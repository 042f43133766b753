"""Work that a window has done beside itself: a task of QGIS with one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from qgis.core import QgsApplication, QgsProject, QgsTask

from ..core.errors import Cancelled, CoodiagError
from ..core.progress import Progress
from .algorithm import sentence
from .layers import transforms_of
from .translation import told

T = TypeVar("T")

#: Errands that have not answered: QGIS holds their C++ half alone, Python would drop the other.
_UNDER_WAY: set[Errand[Any]] = set()


class ErrandProgress:
    """The progress of a task, over ``start``–``end`` (0–1) of it."""

    def __init__(self, task: Errand[Any], start: float = 0.0, end: float = 1.0) -> None:
        self._task = task
        self._start = start
        self._end = end

    def set(self, fraction: float) -> None:
        within = min(max(fraction, 0.0), 1.0)
        self._task.setProgress(100 * (self._start + within * (self._end - self._start)))

    def say(self, template: str, **fields: Any) -> None:
        """Not kept: the window says itself what is under way."""

    def warn(self, template: str, **fields: Any) -> None:
        self._task.warned.append(told(template, fields))

    def check(self) -> None:
        if self._task.isCanceled():
            raise Cancelled

    def part(self, start: float, end: float) -> ErrandProgress:
        span = self._end - self._start
        return ErrandProgress(self._task, self._start + start * span, self._start + end * span)


class Errand(QgsTask, Generic[T]):
    """``work(progress)`` in a thread, then one of the two answers in the thread of the windows.

    ``done``: takes what the work returned. ``refused``: takes the translated sentence of a
    :class:`CoodiagError`, or nothing (an empty text) when the user cancelled the task in the list
    of QGIS. ``title``: translated, without anything personal, as the list shows it; ``hidden``:
    short work that is not to be seen there. An error that nobody foresaw is raised in the thread
    of the windows, where QGIS shows it, after ``refused`` had its name.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        refused: Callable[[str], None],
        hidden: bool = False,
    ) -> None:
        flags = QgsTask.Flag.CanCancel
        if hidden:
            flags = flags | QgsTask.Flag.Hidden
        super().__init__(title, flags)
        self.warned: list[str] = []  # translated sentences
        self._work = work
        self._done: Callable[[T], None] | None = done
        self._refused: Callable[[str], None] | None = refused
        self._result: T | None = None
        self._error: Exception | None = None
        self._transforms = QgsProject.instance().transformContext()

    def start(self) -> Errand[T]:
        """Give the work to QGIS."""
        _UNDER_WAY.add(self)
        QgsApplication.taskManager().addTask(self)
        return self

    def leave(self) -> None:
        """Nobody waits any more: the work is cancelled and its answer, if one comes, is ignored."""
        self._done = self._refused = None
        if self in _UNDER_WAY:
            self.cancel()

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come to someone."""
        return self._done is not None and self in _UNDER_WAY

    def run(self) -> bool:
        try:
            with transforms_of(self._transforms):
                self._result = self._work(ErrandProgress(self))
        except Cancelled:
            return False
        except Exception as error:  # noqa: BLE001 - finished() tells it, or raises it again
            self._error = error
            return False
        return not self.isCanceled()

    def finished(self, result: bool) -> None:
        _UNDER_WAY.discard(self)
        done, refused = self._done, self._refused
        self._done = self._refused = None
        if result:
            if done is not None:
                done(self._result)  # type: ignore[arg-type]
            return
        error, self._error = self._error, None
        if refused is not None:
            refused(_said(error))
            if error is not None and not isinstance(error, CoodiagError):
                raise error


def _said(error: Exception | None) -> str:
    if error is None:
        return ""
    return sentence(error) if isinstance(error, CoodiagError) else type(error).__name__
