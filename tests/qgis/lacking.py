"""The plugin in a Python that lacks packages: ``lacking.py GIVEN``, run in a process of its own.

``GIVEN`` is JSON: ``missing`` (names of packages), ``root`` (folder of the plugin), ``runs``
(parameters by algorithm). JSON comes back: the packages of each algorithm and what it says of no
parameters at all, how the runs went, what opening the windows raised.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WINDOWS = ("Guiding", "Editing")


class Absent:
    """Finds nothing under some names, as if it were not installed."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = set(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def lacking(names: Sequence[str]) -> None:
    for name in names:
        sys.modules[name] = None  # type: ignore[assignment]  # what find_spec() asks first
    sys.meta_path.insert(0, Absent(names))  # type: ignore[arg-type]


def desktop() -> Any:
    """The windows of QGIS as far as the plugin asks for them, with true widgets."""
    from qgis.gui import QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow

    class Desktop:
        def __init__(self) -> None:
            self.window = QMainWindow()
            self.canvas = QgsMapCanvas(self.window)
            self.bar = QgsMessageBar(self.window)
            self.mainWindow = lambda: self.window
            self.mapCanvas = lambda: self.canvas
            self.messageBar = lambda: self.bar
            self.addDockWidget = self.window.addDockWidget
            self.removeDockWidget = self.window.removeDockWidget

        def __getattr__(self, name: str) -> Any:
            if name.startswith(("add", "remove", "register", "unregister")):
                return lambda *_: None  # menus, tool bars, options
            raise AttributeError(name)

    return Desktop()


def tried(what: Any) -> str:
    """What a call raised, with its trace; empty where it went well."""
    try:
        what()
    except Exception:  # noqa: BLE001  # whatever it is, the test tells it
        return traceback.format_exc()
    return ""


def ran(algorithm: Any, parameters: dict[str, Any]) -> tuple[bool, str]:
    """Whether a run came to its end, and its log."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    good, why = algorithm.checkParameterValues(parameters, context)
    if good:
        _, good = algorithm.run(parameters, context, feedback)
    return bool(good), why + feedback.textLog()


def windows(plugin: Any, app: Any) -> dict[str, str]:
    """What opening each window, and each step of the wizard, raised."""
    told: dict[str, str] = {}
    for part in plugin.parts:
        name = type(part).__name__
        if name in WINDOWS:
            told[name] = tried(part.open)
        elif name == "Configuring":
            told[name] = tried(lambda made=part: made.factory.createWidget(None))
        app.processEvents()
    return told


def main() -> None:
    given = json.loads(sys.argv[1])
    lacking(given["missing"])
    from qgis.core import QgsApplication, QgsProcessingContext

    app = QgsApplication([], True)
    app.initQgis()
    root = Path(given["root"])
    spec = importlib.util.spec_from_file_location(
        "coodiag", root / "__init__.py", submodule_search_locations=[str(root)]
    )
    assert spec is not None and spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["coodiag"] = package
    spec.loader.exec_module(package)
    raised: list[str] = []

    def hear(*what: Any) -> None:
        raised.append("".join(traceback.format_exception(*what)))
        sys.__excepthook__(*what)

    sys.excepthook = hear

    plugin = package.classFactory(desktop())
    plugin.initGui()
    provider = QgsApplication.processingRegistry().providerById("coodiag")
    says = {
        item.name(): [
            getattr(item, "PACKAGES", ()),
            item.checkParameterValues({}, QgsProcessingContext())[1],
        ]
        for item in provider.algorithms()
    }
    runs = {name: ran(provider.algorithm(name), given["runs"][name]) for name in given["runs"]}
    shown = windows(plugin, app)
    plugin.unload()
    left = QgsApplication.processingRegistry().providerById("coodiag")
    print(json.dumps({"says": says, "runs": runs, "windows": shown, "raised": raised}))
    sys.stdout.flush()
    os._exit(0 if left is None else 1)  # without taking a whole QGIS apart


if __name__ == "__main__":
    main()
