"""Waiting for QGIS in the tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtTest import QTest

#: Seconds before a test gives up what it waits for. It is long: on a machine that does much else, the
#: first task of a process takes a minute to load pandas and to index addresses. Only a test that
#: fails waits so long.
PATIENCE = 300.0


def settle() -> None:
    """Let QGIS do what is at hand."""
    for _ in range(5):
        QgsApplication.processEvents()


def wait(until: Callable[[], Any], what: str = "") -> None:
    """Let QGIS work until something is true."""
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, what or "nothing came"
        QTest.qWait(10)
    settle()
