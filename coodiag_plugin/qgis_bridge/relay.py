"""What a run in another process tells the QGIS that waits for it, and hears from it.

The two share a private folder, named by :data:`VARIABLE`: lines of JSON that the run writes, a file
that asks it to stop, and a lock that the waiting QGIS holds for as long as it lives. Files, because
they work alike on the three systems and lose nothing when one of the two is slow.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingFeedback
from qgis.PyQt.QtCore import QLockFile

VARIABLE = "COODIAG_RELAY"
TOLD, STOP, ALIVE = "told.jsonl", "stop", "alive.lock"
_LOOK_SECONDS = 0.5  # how often a run looks whether it is to stop
#: Whether an algorithm of ours is at work: what it runs in turn tells through it.
_WITHIN: ContextVar[bool] = ContextVar("coodiag_within", default=False)
_LEAST_STEP = 0.1  # per cent: a smaller progress is not told


def relayed(feedback: QgsProcessingFeedback) -> QgsProcessingFeedback:
    """``feedback``, which is also told to the QGIS that waits, when one does."""
    folder = os.environ.get(VARIABLE)
    if not folder or isinstance(feedback, RelayedFeedback):
        return feedback
    return RelayedFeedback(feedback, Path(folder), tells=not _WITHIN.get())


@contextmanager
def at_work(feedback: QgsProcessingFeedback) -> Iterator[QgsProcessingFeedback]:
    """The feedback that an algorithm works with: :func:`relayed`.

    What an algorithm says that another one of ours runs goes through the feedback of that one, and
    a refusal of it is for that one to judge: a row that is refused does not refuse its table.
    """
    heard = relayed(feedback)
    token = _WITHIN.set(True)
    try:
        yield heard
    finally:
        _WITHIN.reset(token)


def refuse(sentence: str) -> None:
    """Tell the QGIS that waits, when one does, why the run ends without a result."""
    folder = os.environ.get(VARIABLE)
    if folder and not _WITHIN.get():
        _write(Path(folder), "refused", sentence)


class RelayedFeedback(QgsProcessingFeedback):
    """A feedback whose words go to the folder too, unless another one ``tells`` them already, and
    which a file of the folder cancels."""

    def __init__(self, feedback: QgsProcessingFeedback, folder: Path, tells: bool = True) -> None:
        super().__init__(False)
        self._feedback, self._folder, self._tells = feedback, folder, tells
        self._looked, self._stopped, self._fraction = 0.0, False, -1.0

    def setProgress(self, progress: float) -> None:
        self._feedback.setProgress(progress)
        if abs(progress - self._fraction) >= _LEAST_STEP:
            self._fraction = progress
            self._tell("progress", progress)

    def pushInfo(self, info: str | None) -> None:
        self._feedback.pushInfo(info)
        self._tell("said", info)

    def pushWarning(self, warning: str | None) -> None:
        self._feedback.pushWarning(warning)
        self._tell("warned", warning)

    def reportError(self, error: str | None, fatalError: bool = False) -> None:  # noqa: N803
        self._feedback.reportError(error, fatalError)
        self._tell("refused" if fatalError else "warned", error)

    def _tell(self, kind: str, value: Any) -> None:
        if self._tells:
            _write(self._folder, kind, value)

    def isCanceled(self) -> bool:
        now = time.monotonic()
        if not self._stopped and now - self._looked >= _LOOK_SECONDS:
            self._looked = now
            self._stopped = (self._folder / STOP).exists() or _is_alone(self._folder)
        return self._stopped or self._feedback.isCanceled()


def _is_alone(folder: Path) -> bool:
    """Whether the QGIS that waited has ended: its lock is then free, or gone with its folder."""
    if not folder.is_dir():
        return True
    lock = QLockFile(str(folder / ALIVE))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _write(folder: Path, kind: str, value: Any) -> None:
    line = json.dumps({kind: value}, ensure_ascii=False) + "\n"
    if folder.is_dir():  # gone: the QGIS that waited has ended, and the run is about to
        # a full disk under the cache costs a word on the screen, never the run
        with suppress(OSError), (folder / TOLD).open("a", encoding="utf-8") as stream:
            stream.write(line)
