"""A run in the process of the window, which waits: where QGIS comes without qgis_process."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from traceback import format_exc
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from .last_words import unforeseen
from .run import Running

_BREATH_SECONDS = 0.25
_AGAIN_MS = 250
#: Runs whose algorithm is at work: one at a time, and held until it has returned.
_AT_WORK: set[WindowRun] = set()


class WindowRun(Running):
    """A run that lets QGIS draw and hear whenever its algorithm asks whether it was cancelled.

    What the user does then may take away everything around the run: the dock, the plugin, the
    project, QGIS. The algorithm stands below on the stack and cannot be waited for; so the run is
    stopped there, is heard no more, and hears nothing more itself: it unwinds as soon as it has the
    answer to its question.
    """

    def __init__(self, algorithm: str, parameters: Mapping[str, Any]) -> None:
        super().__init__()
        self._algorithm, self._parameters = algorithm, dict(parameters)
        self._feedback = _WindowFeedback(self)
        QTimer.singleShot(0, self._begin)

    def cancel(self) -> None:
        self.cancelled = True
        self._feedback.cancel()

    def kill(self) -> None:
        self.cancel()
        self._end({}, "")  # whoever hears it may be gone when the algorithm returns

    def _begin(self) -> None:
        if self.over:
            return
        if self.cancelled:
            self._end({}, "")
        elif _AT_WORK:  # one that was killed is still below on the stack
            QTimer.singleShot(_AGAIN_MS, self._begin)
        else:
            self._work()

    def _work(self) -> None:
        project = QgsProject.instance()
        _AT_WORK.add(self)
        project.aboutToBeCleared.connect(self.cancel)  # another is opened, or QGIS closes
        project.layersWillBeRemoved.connect(self._lose)
        results: Mapping[str, Any] = {}
        refusal = ""
        try:
            results, refusal = self._run(project)
        except Exception:
            refusal = unforeseen(format_exc())
            raise  # QGIS shows it
        finally:
            project.aboutToBeCleared.disconnect(self.cancel)
            project.layersWillBeRemoved.disconnect(self._lose)
            _AT_WORK.discard(self)
            if self.cancelled:
                results, refusal = {}, ""
            elif not refusal:
                self._progress(100.0)
            self._end(results, refusal)

    def _run(self, project: QgsProject) -> tuple[Mapping[str, Any], str]:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(self._algorithm)
        context = QgsProcessingContext()
        context.setProject(project)
        good, reason = algorithm.checkParameterValues(self._parameters, context)
        if not good:
            return {}, reason
        results, good = algorithm.run(self._parameters, context, self._feedback)
        return (results, "") if good else ({}, " ".join(self._feedback.errors))

    def _lose(self, layers: Iterable[str]) -> None:
        """Layers of the project are about to go: stop when the run reads one of them."""
        if not set(layers).isdisjoint(map(str, self._parameters.values())):
            self.cancel()


class _WindowFeedback(QgsProcessingFeedback):
    """Tells a run in the window, and lets QGIS draw and hear where the run can be stopped."""

    def __init__(self, running: WindowRun) -> None:
        super().__init__(False)
        self._running = running
        self._drawn = 0.0
        self.errors: list[str] = []

    def setProgress(self, progress: float) -> None:
        if not self._running.over:
            self._running._progress(progress)

    def pushInfo(self, info: str | None) -> None:
        if not self._running.over:
            self._running.said.emit(info or "")

    def pushWarning(self, warning: str | None) -> None:
        if not self._running.over:
            self._running.warned.emit(warning or "")

    def reportError(self, error: str | None, fatalError: bool = False) -> None:  # noqa: N803
        self.errors.append(error or "")

    def isCanceled(self) -> bool:
        now = time.monotonic()
        if not self._running.cancelled and now - self._drawn > _BREATH_SECONDS:
            self._drawn = now
            QCoreApplication.processEvents()
        return self._running.cancelled or super().isCanceled()
