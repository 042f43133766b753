"""A driver (:mod:`desktop`): loads and unloads a plugin again and again, and tells what stays behind.

Given: the name of the plugin, how many times, and the names of actions that are triggered while it is
loaded (they open its windows).
"""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from types import FunctionType
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QWidget
from qgis.utils import iface, loadPlugin, startPlugin, unloadPlugin

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def drive(qgis: Any) -> None:
    name, times, actions = qgis.given
    qgis.settle(1500)  # what QGIS does after its own start is not the plugin's
    qgis.tell("before", _state(name))
    cycles = []
    for _ in range(times):
        wall, worked = time.perf_counter(), time.process_time()
        assert loadPlugin(name) and startPlugin(name), name
        cycle = {
            "seconds": time.perf_counter() - wall,
            "processor": time.process_time() - worked,
            "modules": len(_modules(name)),
            "loaded": _state(name)["memory"],
        }
        for action in actions:
            qgis.action(action).trigger()
            qgis.settle(300)
        wall = time.perf_counter()
        assert unloadPlugin(name), name
        cycle["unloading"] = time.perf_counter() - wall
        for _ in range(3):  # what Qt deletes later deletes others later still
            qgis.settle(100)
            _forget()
        cycles.append({**cycle, "after": _state(name)})
    qgis.tell("cycles", cycles)


def _forget() -> None:
    """Let Qt delete what waits to be, and Python what nobody refers to any more."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _state(name: str) -> dict[str, Any]:
    """What a plugin may leave behind. ``left``: its classes and functions that are still held, for
    example by a signal that a function listens to."""
    _forget()
    window = iface.mainWindow()
    return {
        "memory": _memory(),
        "actions": len(window.findChildren(QAction)),
        "docks": len(window.findChildren(QDockWidget)),
        "widgets": len(window.findChildren(QWidget)),
        "windows": len(QApplication.topLevelWidgets()),
        "providers": len(QgsApplication.processingRegistry().providers()),
        "tasks": QgsApplication.taskManager().count(),
        "modules": len(_modules(name)),
        "left": sorted(_held(name)),
    }


def _memory() -> int:
    """Bytes of this process that lie in memory; 0 where the system does not say."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as stream:
            return int(stream.read().split()[1]) * _PAGE
    except OSError:
        return 0


def _modules(name: str) -> list[str]:
    return [each for each in sys.modules if each.partition(".")[0] == name]


def _held(name: str) -> list[str]:
    """Classes and functions of the plugin that something still holds, as often as they are."""
    return [
        f"{each.__module__}.{each.__qualname__}"
        for each in gc.get_objects()
        if isinstance(each, (type, FunctionType)) and str(each.__module__).partition(".")[0] == name
    ]
