"""A diagnosis under way: in a process of its own, or in this one where there is no other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsApplication

from ...core.errors import InputError
from . import DIAGNOSTIC
from .child import program
from .child_run import ChildRun
from .window_run import WindowRun


class Runner:
    """Starts runs. ``waits``: whether QGIS will wait while one goes, for want of qgis_process."""

    def __init__(self) -> None:
        self._program = program()

    @property
    def waits(self) -> bool:
        return not self._program

    def start(
        self, parameters: Mapping[str, Any], algorithm: str = DIAGNOSTIC
    ) -> ChildRun | WindowRun:
        """Start an algorithm; hear its signals from the returned object.

        Raises :class:`InputError` when the algorithm is not there, or the folder of the run cannot
        be written, and ``SourceError`` for a key that cannot be read.
        """
        if QgsApplication.processingRegistry().algorithmById(algorithm) is None:
            raise InputError("The algorithm {name} is not in the toolbox.", name=algorithm)
        if self.waits:
            return WindowRun(algorithm, parameters)
        return ChildRun(algorithm, parameters, self._program)
