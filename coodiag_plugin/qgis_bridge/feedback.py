"""QGIS feedback as the Progress that the rooms know."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.errors import Cancelled
from .translation import told


class FeedbackProgress:
    """Progress over ``start``–``end`` (0–100) of a processing feedback."""

    def __init__(
        self, feedback: QgsProcessingFeedback, start: float = 0.0, end: float = 100.0
    ) -> None:
        self._feedback = feedback
        self._start = start
        self._end = end

    @property
    def feedback(self) -> QgsProcessingFeedback:
        """The feedback of QGIS, for an algorithm that runs another one."""
        return self._feedback

    def set(self, fraction: float) -> None:
        fraction = min(max(fraction, 0.0), 1.0)
        self._feedback.setProgress(self._start + fraction * (self._end - self._start))

    def say(self, template: str, **fields: Any) -> None:
        self._feedback.pushInfo(told(template, fields))

    def warn(self, template: str, **fields: Any) -> None:
        self._feedback.pushWarning(told(template, fields))

    def cancelled(self) -> bool:
        return self._feedback.isCanceled()

    def check(self) -> None:
        if self.cancelled():
            raise Cancelled

    def part(self, start: float, end: float) -> FeedbackProgress:
        span = self._end - self._start
        return FeedbackProgress(
            self._feedback, self._start + start * span, self._start + end * span
        )
