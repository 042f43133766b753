"""Algorithms run by their id inside an errand of the wizard."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ...core.errors import Cancelled, InputError
from ...core.progress import Progress
from ..layers import transforms


class ErrandFeedback(QgsProcessingFeedback):
    """The progress of an errand as the feedback of an algorithm. Nothing is logged by QGIS."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(False)
        self._progress = progress
        self.errors: list[str] = []

    def isCanceled(self) -> bool:
        """Asked by the progress of our algorithms, whose loops all pass there."""
        try:
            self._progress.check()
        except Cancelled:
            return True
        return super().isCanceled()

    def setProgress(self, progress: float) -> None:
        self._progress.set(progress / 100)

    def pushInfo(self, info: str | None) -> None:
        self._progress.say("{line}", line=info or "")

    def pushWarning(self, warning: str | None) -> None:
        self._progress.warn("{line}", line=warning or "")

    def reportError(self, error: str | None, fatalError: bool = False) -> None:  # noqa: N803
        self.errors.append(error or "")


def run_algorithm(
    name: str,
    parameters: dict[str, Any],
    progress: Progress,
    context: QgsProcessingContext | None = None,
) -> dict[str, Any]:
    """Results of an algorithm, by its id, in the thread of the caller.

    Raises :class:`InputError` with the sentence of a refusal, and ``Cancelled``.
    """
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(name)
    if algorithm is None:
        raise InputError("The algorithm {name} is not in the toolbox.", name=name)
    context = context or QgsProcessingContext()
    context.setTransformContext(transforms())
    feedback = ErrandFeedback(progress)
    good, reason = algorithm.checkParameterValues(parameters, context)
    if not good:
        raise InputError("{reason}", reason=reason)
    results, good = algorithm.run(parameters, context, feedback)
    progress.check()
    if not good:
        raise InputError("{reason}", reason=" ".join(feedback.errors) or name)
    return dict(results)
