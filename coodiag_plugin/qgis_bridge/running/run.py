"""What is heard of a run, wherever it goes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.time_left import seconds_left


class Running(QObject):
    """One run. ``progressed``: per cent done. ``said``, ``warned``: translated sentences, in their
    order. ``ended``: its results and an empty text; or nothing and why, in a sentence; or nothing
    and an empty text when it was cancelled."""

    progressed = pyqtSignal(float)
    said = pyqtSignal(str)
    warned = pyqtSignal(str)
    ended = pyqtSignal(dict, str)

    def __init__(self) -> None:
        super().__init__()
        self.fraction = 0.0
        self.over = False
        self.cancelled = False
        self._begun = time.monotonic()
        self._marks: list[tuple[float, float]] = []  # (second, per cent)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._begun

    def seconds_left(self) -> float | None:
        """A guess at what is left, from what has been done so far; None while nothing tells."""
        return None if self.over else seconds_left(self._marks, self.seconds)

    def cancel(self) -> None:
        """Ask the run to stop; ``ended`` comes when it has."""
        raise NotImplementedError

    def kill(self) -> None:
        """End the run, for those who hear it, before returning: they are about to go."""
        raise NotImplementedError

    def _progress(self, percent: float) -> None:
        self.fraction = max(self.fraction, percent)
        self._marks.append((self.seconds, self.fraction))
        self.progressed.emit(self.fraction)

    def _end(self, results: Mapping[str, Any], refusal: str) -> None:
        if not self.over:
            self.over = True
            self.ended.emit(dict(results), refusal)
